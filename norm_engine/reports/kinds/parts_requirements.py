"""Requirements as reports show them: marks, links, grades, and tables of them."""

from collections.abc import Callable, Mapping, Sequence

from norm_engine.language import _
from norm_engine.language.figures import number_said
from norm_engine.language.typography import WIDE
from norm_engine.model.results import RequirementResult
from norm_engine.model.ruleset import RuleSet, Status
from norm_engine.presentation.document import Column, Figure, Inline, Line, Link, Mark, Table
from norm_engine.presentation.gap_counts import GapCount, gap_count
from norm_engine.presentation.heat_map_picture import heat_map
from norm_engine.presentation.page_parts import grades_said
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.wording import grade_said, status_said, statuses_said
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.material import Evaluated, Material


def evaluated_of(material: Material) -> Evaluated:
    """The evaluation that a report on an audit is made from.

    Raises:
        ValueError: for a blank checklist, which has none.
    """
    if material.evaluated is None:
        raise ValueError("this report is made from no audit")
    return material.evaluated


def status_mark(status: Status) -> Mark:
    """The shape of a status with its words."""
    return Mark(status, status_said(status))


def counted_mark(status: Status, count: int) -> Mark:
    """How many requirements have a status, with its shape; kept on one line."""
    said = status_said(status) if count == 1 else statuses_said(status)
    return Mark(status, f"{count} {said}".replace(" ", WIDE))


def truth_mark(truth: str) -> Mark:
    """The shape of a truth with its words."""
    return Mark(truth, truth_said(truth))


def truth_said(truth: str) -> str:
    """A truth in words."""
    return {
        "true": _("yes"),
        "false": _("no"),
        "unknown": _("unknown"),
        "not_applicable": _("not applicable"),
    }[truth]


def title_lines(material: Material) -> Mapping[str, Line]:
    """The titles of requirements by their ids, marked where in another language."""
    ruleset = material.ruleset
    return {each.id: line_of(each.title, ruleset) for each in ruleset.requirements}


def own_anchor(name: str) -> str:
    """Where the sheet of a requirement stands, in reports where each one has a sheet."""
    return f"#{name}"


def linked(
    names: Sequence[str], target: Callable[[str], str] = own_anchor, most: int | None = None
) -> Line:
    """Requirements in a row, each a link to where it is treated.

    Args:
        most: beyond so many and one more, the rest is only counted.
    """
    shown = names if most is None or len(names) <= most + 1 else names[:most]
    found: list[Inline] = []
    for position, name in enumerate(shown):
        if position:
            last = position == len(names) - 1
            found.append(_("{most} and {last}").format(most="", last="") if last else ", ")
        found.append(Link(target(name), name))
    if len(shown) < len(names):
        found.append(" " + _("and {n} others").format(n=number_said(len(names) - len(shown))))
    return tuple(found)


def heat_map_figure(material: Material, target: Callable[[str], str] = own_anchor) -> Figure:
    """The status of every requirement as a picture, and as an index by domain and status."""
    result = evaluated_of(material).result
    caption = (_("Index of requirements by status"),)
    return Figure(heat_map(result), _index(caption, result.requirements, material, target))


def _index(
    caption: Line,
    requirements: Sequence[RequirementResult],
    material: Material,
    target: Callable[[str], str],
) -> Table:
    rows: list[tuple[Line, ...]] = []
    for domain in material.ruleset.head.domains:
        title = line_of(domain.title, material.ruleset)
        for status in STATUSES:
            names = [x.id for x in requirements if (x.domain, x.status) == (domain.id, status)]
            if names:
                rows.append((title, (counted_mark(status, len(names)),), linked(names, target)))
    head = (_("Domain"), _("Status"), _("Requirements"))
    return Table(caption, head, tuple(rows), (Column(0.2), Column(0.24), Column(0.56)))


def grade_of(requirement: RequirementResult) -> str:
    """The grade that a requirement derives, or those still possible."""
    if requirement.status == "not_applicable":
        return "–"
    return grades_said(requirement.grades) if requirement.grades else grade_said(requirement.grade)


def group_titles(ruleset: RuleSet) -> Mapping[str, Line]:
    """The titles of domains and workshops by their ids."""
    found = {each.id: line_of(each.title, ruleset) for each in ruleset.head.domains}
    found.update({each.id: line_of(each.title, ruleset) for each in ruleset.head.workshops})
    return found


def gap_count_of(material: Material) -> GapCount:
    """How many gaps the audit has, and how many recommendations it does not follow."""
    return gap_count(evaluated_of(material).result.requirements)
