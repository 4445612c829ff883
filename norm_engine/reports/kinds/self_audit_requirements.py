"""Every requirement in a self-audit, domain by domain: what is missing, and how to get there."""

from collections.abc import Callable, Sequence

from norm_engine.engine.gaps import GAP_STATUSES
from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed, number_said
from norm_engine.model.results import RequirementResult
from norm_engine.model.ruleset import Domain, Requirement, Status, edges
from norm_engine.presentation.document import (
    Block,
    Column,
    Facts,
    Inline,
    Items,
    Line,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.gap_counts import gap_count, is_gap
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.uses import uses
from norm_engine.presentation.wording import level_said, status_said
from norm_engine.reports.kinds.parts_missing import common, missing_said
from norm_engine.reports.kinds.parts_requirements import (
    counted_mark,
    evaluated_of,
    grade_of,
    group_titles,
    linked,
    status_mark,
    title_lines,
)
from norm_engine.reports.kinds.parts_words import line_of, paragraphs_of, together
from norm_engine.reports.material import Material

SHEETS: tuple[Status, ...] = (*GAP_STATUSES, "undetermined")
"""The statuses of requirements that have a sheet; the others stand in a table."""

_NO_BREAK = "\u00a0"


def targets(material: Material) -> Callable[[str], str]:
    """Where each requirement is treated: its sheet, or the table of its domain."""
    found = {
        each.id: f"#{each.id}" if each.status in SHEETS else f"#{_settled_anchor(each.domain)}"
        for each in evaluated_of(material).result.requirements
    }
    return found.__getitem__


def _settled_anchor(domain: str) -> str:
    return f"settled-{domain}"


def requirements_section(material: Material, target: Callable[[str], str]) -> Section:
    """Every requirement once, by domain."""
    opening = _(
        "Each domain begins with what is still to be done or settled, a sheet each; the"
        " requirements that are met or do not apply follow in a table."
    )
    inside = (_domain(each, material, target) for each in material.ruleset.head.domains)
    blocks: tuple[Block, ...] = (Paragraph((opening,)), *(each for each in inside if each.blocks))
    return Section("requirements", (_("Every requirement, by domain"),), blocks, new_page=True)


def _domain(domain: Domain, material: Material, target: Callable[[str], str]) -> Section:
    results = [
        each for each in evaluated_of(material).result.requirements if each.domain == domain.id
    ]
    rules = {each.id: each for each in material.ruleset.requirements}
    sheets = tuple(
        _sheet(each, rules[each.id], material, target) for each in results if each.status in SHEETS
    )
    settled = [each for each in results if each.status not in SHEETS]
    blocks: list[Block] = [Paragraph((_counted(results),), "note"), *sheets] if results else []
    if settled:
        blocks.append(_settled(domain, settled, rules, material))
    title = line_of(domain.title, material.ruleset)
    return Section(f"domain-{domain.id}", title, tuple(blocks))


def _counted(results: Sequence[RequirementResult]) -> str:
    count = gap_count(results)
    left = sum(each.status == "undetermined" and not is_gap(each) for each in results)
    settled = len(results) - count.gaps - count.recommendations - left
    parts = [
        (ngettext("{n} gap", "{n} gaps", count.gaps), count.gaps),
        (
            ngettext(
                "{n} recommendation not followed",
                "{n} recommendations not followed",
                count.recommendations,
            ),
            count.recommendations,
        ),
        (ngettext("{n} still undetermined", "{n} still undetermined", left), left),
        (ngettext("{n} met or not applicable", "{n} met or not applicable", settled), settled),
    ]
    return together([said.format(n=number_said(n)) for said, n in parts if n])


def _sheet(
    result: RequirementResult,
    requirement: Requirement,
    material: Material,
    target: Callable[[str], str],
) -> Section:
    """A requirement that is not met or not settled yet."""
    waiting = _waiting_for(requirement, material)
    rows = _missing(result, waiting, material)
    if waiting:
        names = [each.id for each in waiting]
        rows.insert(0, (_("Must hold first"), (Paragraph(linked(names, target)),)))
    if result.status == "undetermined":
        rows += _to_settle(requirement, material)
    if requirement.guidance:
        rows.append((_("In practice"), paragraphs_of(requirement.guidance, material.ruleset)))
    statement = paragraphs_of(requirement.statement, material.ruleset)
    return Section(
        result.id,
        line_of(requirement.title, material.ruleset),
        (Paragraph(_standing(result, material)), *statement, Facts(tuple(rows))),
        code=result.id,
        listed=False,
        together=True,
    )


def _standing(result: RequirementResult, material: Material) -> Line:
    """The status; what grade it derives; what declarations alone would make of it."""
    line: list[Inline] = [status_mark(result.status)]
    if result.status == "undetermined":
        possible = listed([status_said(each) for each in result.possible])
        line.append(_(" · still possible: {statuses}").format(statuses=possible))
    elif result.status != "blocked":
        line += [" · ", grade_of(result)]
    if result.level == "recommendation":
        line += [" · ", level_said(result.level)]
    line += [" · ", *group_titles(material.ruleset)[result.workshop]]
    if result.declared.status != result.status:
        line += [" · ", _("declared: {status}").format(status=status_said(result.declared.status))]
    return tuple(line)


_Row = tuple[str, tuple[Block, ...]]


def _missing(
    result: RequirementResult, waiting: Sequence[RequirementResult], material: Material
) -> list[_Row]:
    """What every repair needs, then what repairs differ in; the sheets of gates have their own."""
    if not is_gap(result):
        return []
    if not result.repairs:
        said = _("Nothing the structure could do would repair it as things stand.")
        return [] if waiting else [(_("Missing"), (Paragraph((said,)),))]
    theirs = [atom for gate in waiting for repair in gate.repairs for atom in repair]
    always, choices = common(result.repairs, theirs)
    rows: list[_Row] = []
    if always:
        rows.append((_("Missing"), (_lines(missing_said(always, material.ruleset)),)))
    if choices:
        joint = _("; and ")
        said_of = [joint.join(missing_said(each, material.ruleset)) for each in choices]
        label = _("And one of these") if always else _("Missing, one of these")
        rows.append((label, (_lines(said_of),)))
    if rows and result.more_repairs:
        label, blocks = rows[-1]
        more = Paragraph((_("There are other ways."),), "note")
        rows[-1] = (label, (*blocks, more))
    return rows


def _lines(lines: Sequence[str]) -> Block:
    if len(lines) == 1:
        return Paragraph((lines[0],))
    return Items(tuple((Paragraph((each,)),) for each in lines))


def _waiting_for(requirement: Requirement, material: Material) -> list[RequirementResult]:
    """The requirements that must hold first and do not, or are not settled."""
    gates = edges(requirement)
    return [
        each
        for each in evaluated_of(material).result.requirements
        if each.id in gates and each.status in SHEETS
    ]


def _to_settle(requirement: Requirement, material: Material) -> list[_Row]:
    """The questions and kinds of evidence that would settle a requirement."""
    open_ = evaluated_of(material).result.open
    named = uses(requirement)
    ruleset = material.ruleset
    questions = [x for x in open_.questions if ("question", x) in named]
    kinds = [x for x in open_.evidence if ("evidence", x) in named]
    asked = [line_of(ruleset.questions[x].text, ruleset) for x in questions]
    shown = [line_of(ruleset.evidence[x].title, ruleset) for x in kinds]
    found = ((_("To answer"), asked), (_("To show, or say there is none"), shown))
    return [
        (label, (Items(tuple((Paragraph(line),) for line in lines)),))
        for label, lines in found
        if lines
    ]


def _settled(
    domain: Domain,
    results: Sequence[RequirementResult],
    rules: dict[str, Requirement],
    material: Material,
) -> Section:
    """The requirements of a domain that are met or do not apply, and what would add points."""
    titles = title_lines(material)
    rows = tuple(
        (
            (each.id.replace(" ", _NO_BREAK),),
            titles[each.id],
            (status_mark(each.status),),
            (score_said(each.credit),),
            _to_gain(each, rules[each.id], material),
        )
        for each in results
    )
    head = (_("Code"), _("Requirement"), _("Status"), _("Points"), _("What would add points"))
    columns = (
        Column(0.09),
        Column(0.43),
        Column(0.14),
        Column(0.09, "end"),
        Column(0.25),
    )
    statuses = [each for each in STATUSES if each not in SHEETS]
    counts = {each: sum(x.status == each for x in results) for each in statuses}
    marks = [counted_mark(each, count) for each, count in counts.items() if count]
    caption = (marks[0], *(part for mark in marks[1:] for part in (", ", mark)))
    table = Table(caption, head, rows, columns)
    return Section(
        _settled_anchor(domain.id),
        (_("Met, or not applicable"),),
        (table,),
        listed=False,
    )


def _to_gain(result: RequirementResult, requirement: Requirement, material: Material) -> Line:
    """The criteria that are not essential and not proven yet."""
    if result.status != "met":
        return ("–",)
    open_ = {each.id for each in result.criteria if each.proven in ("false", "unknown")}
    line: list[Inline] = []
    for criterion in requirement.criteria:
        if criterion.id in open_:
            line += [_("; ")] if line else []
            line += line_of(criterion.text, material.ruleset)
    return tuple(line) or ("–",)
