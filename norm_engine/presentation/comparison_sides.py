"""Two audits or milestones that have been read, compared and named as users call them."""

from typing import NamedTuple

from norm_engine.engine.comparison import Comparison, Side, compare
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.loading.frozen_results import frozen_result
from norm_engine.model.comparison_results import ComparisonResult, MilestoneCompared
from norm_engine.model.results import EvaluationResult
from norm_engine.presentation.comparison_result import SideNamed, comparison_result
from norm_engine.presentation.frozen_result import frozen_differences
from norm_engine.store.milestones import RESULT_FILE, Milestone
from norm_engine.store.sides import ReadSide


class Compared(NamedTuple):
    """A comparison, and what is said of it."""

    comparison: Comparison
    result: ComparisonResult


def not_comparable(one: ReadSide, two: ReadSide) -> str | None:
    """Why two things cannot be compared, in words; None when they can."""
    heads = one.ruleset.head, two.ruleset.head
    if (heads[0].id, heads[0].edition) == (heads[1].id, heads[1].edition):
        return None
    return _(
        "The first is about {id} {edition}, the second about {other} {other_edition}: only audits"
        " of one edition can be compared."
    ).format(
        id=heads[0].id,
        edition=heads[0].edition,
        other=heads[1].id,
        other_edition=heads[1].edition,
    )


def compared(one: ReadSide, two: ReadSide) -> Compared:
    """Evaluate both and compare them, the first with the second, in the language in force.

    Raises:
        InvalidInput: when the result that a milestone keeps is none.
    """
    program = compile_ruleset(one.ruleset)
    same_rules = one.ruleset.fingerprint == two.ruleset.fingerprint != ""
    programs = program, program if same_rules else compile_ruleset(two.ruleset)
    sides = [
        Side(
            evaluate(each, facts_of(each, read.audit, read.states, read.as_of)),
            read.audit,
            read.states,
        )
        for each, read in zip(programs, (one, two), strict=True)
    ]
    same = same_structure(one, two)
    comparison = compare(sides[0], sides[1], same_structure=same)
    named = [
        SideNamed(name, _milestone(read, side.evaluation))
        for name, read, side in zip(_names(one, two, same), (one, two), sides, strict=True)
    ]
    return Compared(comparison, comparison_result(comparison, named[0], named[1]))


def same_structure(one: ReadSide, two: ReadSide) -> bool:
    """Whether two are states of one structure: of one folder, or of one name."""
    names = [" ".join(each.audit.structure.name.split()).casefold() for each in (one, two)]
    return one.home == two.home or names[0] == names[1]


def result_kept(milestone: Milestone) -> EvaluationResult:
    """The result that was frozen with a milestone.

    Raises:
        InvalidInput: when what it keeps is none.
    """
    return frozen_result(milestone.result, str(milestone.folder / RESULT_FILE))


def _names(one: ReadSide, two: ReadSide, same: bool) -> list[str]:
    """How the two are called; by their folders too, where nothing else tells them apart."""
    names = [_name(each, same) for each in (one, two)]
    if names[0] != names[1]:
        return names
    folders = [
        each.home.name if each.milestone is None else each.milestone.folder.name
        for each in (one, two)
    ]
    return [f"{name} ({folder})" for name, folder in zip(names, folders, strict=True)]


def _name(read: ReadSide, same: bool) -> str:
    if not same:
        return read.audit.structure.name
    if read.milestone is None:
        return _("audit as of {day}").format(day=date_said(read.as_of))
    if read.as_of != read.milestone.as_of:
        return _("milestone {name}, as of {day}").format(
            name=read.milestone.folder.name, day=date_said(read.as_of)
        )
    return _("milestone of {day}").format(day=date_said(read.as_of))


def _milestone(read: ReadSide, evaluation: Evaluation) -> MilestoneCompared | None:
    milestone = read.milestone
    if milestone is None:
        return None
    result = result_kept(milestone)
    frozen = milestone.ruleset
    return MilestoneCompared(
        name=milestone.folder.name,
        label=milestone.label,
        frozen_on=milestone.frozen_on,
        same_rules=frozen.get("rules_fingerprint") == read.ruleset.rules_fingerprint,
        frozen_version=str(frozen.get("version", "")),
        # at another day than its own it is meant to come to something else
        differences=frozen_differences(result, evaluation) if read.as_of == milestone.as_of else (),
    )
