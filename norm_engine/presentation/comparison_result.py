"""A comparison as results carry it: two evaluations side by side, and why they differ."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from norm_engine import SEMANTICS
from norm_engine.engine.comparison import Change, Comparison, Side, View, movement
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.gaps import Gaps, is_gap
from norm_engine.engine.piece_changes import AGED
from norm_engine.engine.rule_changes import rule_changes
from norm_engine.engine.state import State
from norm_engine.engine.truth import TRUE
from norm_engine.language import _
from norm_engine.model.comparison_results import (
    AnswerChange,
    ComparedCondition,
    ComparedDecision,
    ComparedGroup,
    ComparedRequirement,
    ComparedSide,
    ComparedState,
    ComparisonResult,
    FindingChange,
    MilestoneCompared,
    PieceChange,
    RuleDifference,
)
from norm_engine.model.results import EvaluationResult, GroupScore, Interval
from norm_engine.presentation.atoms import value_said, words
from norm_engine.presentation.comparison_causes import Causes, piece_change, setting_said
from norm_engine.presentation.results import evaluation_result, identity, interval
from norm_engine.presentation.values import asked_words
from norm_engine.presentation.wording import disclaimer


class SideNamed(NamedTuple):
    """How a side is called, and the milestone that it is."""

    name: str
    milestone: MilestoneCompared | None = None


def comparison_result(
    comparison: Comparison, before: SideNamed, after: SideNamed
) -> ComparisonResult:
    """The whole result of a comparison, in the language in force."""
    one, two = (_evaluated(each) for each in (comparison.before, comparison.after))
    causes = Causes(comparison)
    requirements = tuple(
        _requirement(comparison, index, change, causes)
        for index, change in enumerate(comparison.changes)
    )
    made = causes.results()
    pieces = tuple(piece_change(move, causes.moved_by(move)) for move in comparison.pieces)
    gaps = _gaps_moved(comparison)
    decision = _decision(one, two)
    answers, rules = tuple(_answers(comparison)), tuple(_rules(comparison))
    findings = tuple(_findings(comparison)) if comparison.same_structure else ()
    moved = any((each.kind, each.declared_kind) != ("same", "same") for each in requirements)
    return ComparisonResult(
        format=1,
        semantics=SEMANTICS,
        disclaimer=disclaimer(),
        same_structure=comparison.same_structure,
        identical=not (moved or decision.changed or answers or pieces or rules or findings),
        before=_side(comparison.before, before),
        after=_side(comparison.after, after),
        decision=decision,
        overall=_group(one.overall, two.overall, _of_level(requirements, "requirement")),
        recommendations=_group(
            one.recommendations, two.recommendations, _of_level(requirements, "recommendation")
        ),
        workshops=_groups(one.workshops, two.workshops, requirements, "workshop"),
        domains=_groups(one.domains, two.domains, requirements, "domain"),
        requirements=requirements,
        causes=made,
        expired=tuple(sorted((each for each in pieces if each.change in AGED), key=_aged_on)),
        pieces=pieces,
        answers=answers,
        rules=rules,
        findings=findings,
        new_gaps=gaps["none", "gap"],
        known_gaps=gaps["open", "gap"],
        closed_gaps=gaps["gap", "none"],
        counts=dict(Counter(each.kind for each in requirements)),
    )


def _evaluated(side: Side) -> EvaluationResult:
    # without gaps: repairs take longer than all the rest, and none is shown
    return evaluation_result(side.evaluation, side.audit, Gaps((), ()))


def _gaps_moved(comparison: Comparison) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Requirements by what they were and are: surely a gap, surely none, or open.

    Recommendations that are not followed are counted as no gaps, here as everywhere.
    """
    found: dict[tuple[str, str], list[str]] = {}
    one, two = comparison.before.evaluation, comparison.after.evaluation
    for index, requirement in enumerate(two.program.requirements):
        if requirement.level == "recommendation":
            continue
        was, now = (_gap(each.proven.states[index]) for each in (one, two))
        found.setdefault((was, now), []).append(requirement.id)
    return defaultdict(tuple, {key: tuple(names) for key, names in found.items()})


def _gap(state: State) -> str:
    if is_gap(state):
        return "gap"
    return "none" if state.met == TRUE else "open"


def _aged_on(piece: PieceChange) -> tuple[datetime.date, str]:
    return piece.day or datetime.date.min, piece.id


def _side(side: Side, named: SideNamed) -> ComparedSide:
    return ComparedSide(
        name=named.name,
        structure=side.audit.structure.name,
        as_of=side.evaluation.facts.as_of,
        ruleset=identity(side.evaluation.program.ruleset),
        milestone=named.milestone,
        files_not_found=tuple(
            piece.id
            for piece in side.audit.evidence
            if piece.kept_at is None and side.files.get(piece.id, "ok") != "ok"
        ),
    )


def _decision(one: EvaluationResult, two: EvaluationResult) -> ComparedDecision:
    conditions = tuple(
        ComparedCondition(
            id=after.id,
            text=after.text,
            changed=(before.truth, before.low, before.high, before.bound)
            != (after.truth, after.low, after.high, after.bound),
            before=before,
            after=after,
        )
        for before, after in zip(one.decision.conditions, two.decision.conditions, strict=True)
    )
    found = [each.decision_with_findings for each in (one, two)]
    outcomes = [None if each is None else each.outcome for each in found]
    return ComparedDecision(
        changed=one.decision.outcome != two.decision.outcome
        or outcomes[0] != outcomes[1]
        or any(each.changed for each in conditions),
        before=one.decision.outcome,
        after=two.decision.outcome,
        conditions=conditions,
        with_findings_before=outcomes[0],
        with_findings_after=outcomes[1],
    )


def _of_level(requirements: Iterable[ComparedRequirement], level: str) -> list[ComparedRequirement]:
    return [each for each in requirements if each.level == level]


def _groups(
    before: Sequence[GroupScore],
    after: Sequence[GroupScore],
    requirements: Iterable[ComparedRequirement],
    key: str,
) -> tuple[ComparedGroup, ...]:
    counted = _of_level(requirements, "requirement")
    return tuple(
        _group(one, two, [each for each in counted if getattr(each, key) == two.id])
        for one, two in zip(before, after, strict=True)
    )


def _group(
    before: GroupScore, after: GroupScore, members: Sequence[ComparedRequirement]
) -> ComparedGroup:
    def those(*directions: str) -> tuple[str, ...]:
        """The members that changed in one of these directions."""
        return tuple(
            each.id for each in members if each.kind != "same" and each.direction in directions
        )

    return ComparedGroup(
        id=after.id,
        title=after.title,
        before=before,
        after=after,
        movement=movement(_ends(before.score), _ends(after.score)),
        declared_movement=movement(_ends(before.declared), _ends(after.declared)),
        higher=those("higher"),
        lower=those("lower"),
        other=those("level"),
    )


def _ends(score: Interval | None) -> tuple[Fraction, Fraction] | None:
    return None if score is None else (Fraction(score.low), Fraction(score.high))


def _requirement(
    comparison: Comparison, index: int, change: Change, causes: Causes
) -> ComparedRequirement:
    one, two = comparison.before.evaluation, comparison.after.evaluation
    requirement = two.program.requirements[index]
    return ComparedRequirement(
        id=requirement.id,
        title=words(two.program, requirement.title),
        domain=requirement.domain,
        workshop=requirement.workshop,
        level=requirement.level,
        gravity=requirement.gravity,
        basis=requirement.basis,
        weight=requirement.weight,
        kind=change.kind,
        direction=change.direction,
        declared_kind=change.declared_kind,
        declared_direction=change.declared_direction,
        before=_state(one, index, change.before),
        after=_state(two, index, change.after),
        causes=causes.named(change),
    )


def _state(evaluation: Evaluation, index: int, view: View) -> ComparedState:
    declared = evaluation.declared.states[index]
    return ComparedState(
        status=view.status,
        possible=view.possible,
        credit=interval(view.credit),
        grades=tuple(each or "none" for each in view.grades),
        declared_status=declared.status,
        declared_credit=interval(evaluation.credit(declared)),
    )


def _answers(comparison: Comparison) -> Iterator[AnswerChange]:
    program = comparison.after.evaluation.program
    was, now = (each.evaluation.facts for each in (comparison.before, comparison.after))
    for name, question in program.ruleset.questions.items():
        place = program.question_index[name]
        one, two = was.answers[place], now.answers[place]
        if one == two:
            continue
        yield AnswerChange(
            question=name,
            text=asked_words(question, program.ruleset),
            change="new" if one is None else "gone" if two is None else "changed",
            before=value_said(program, question, one),
            after=value_said(program, question, two),
        )


def _rules(comparison: Comparison) -> Iterator[RuleDifference]:
    one, two = (each.evaluation.program for each in (comparison.before, comparison.after))
    workshops: Mapping[str, str] = {
        each.id: words(two, each.title) for each in two.ruleset.head.workshops
    }
    for change in rule_changes(one, two):
        if change.setting is not None:
            text = words(two, two.ruleset.head.settings[change.setting].title)
            values = [setting_said(each, change.setting) for each in (one, two)]
        elif change.path.endswith(".weight"):
            text = _("weight of {id}").format(id=change.requirement)
            values = [str(change.before), str(change.after)]
        else:
            text = _("workshop of {id}").format(id=change.requirement)
            values = [workshops[change.before], workshops[change.after]]
        yield RuleDifference(path=change.path, text=text, before=values[0], after=values[1])


def _findings(comparison: Comparison) -> Iterator[FindingChange]:
    was, now = (
        {each.id: each for each in side.audit.findings}
        for side in (comparison.before, comparison.after)
    )
    for held, other in ((now, was), (was, now)):
        for name, finding in held.items():
            if name not in other or (finding.requirement, finding.grade) != (
                other[name].requirement,
                other[name].grade,
            ):
                yield FindingChange(
                    id=name,
                    requirement=finding.requirement,
                    grade=finding.grade,
                    text=finding.text,
                    change="new" if held is now else "gone",
                )
