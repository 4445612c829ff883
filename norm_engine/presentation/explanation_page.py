"""The explanation of one requirement as a page of text."""

from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.language.figures import date_said, listed
from norm_engine.model.results import ExplanationResult, Unfolded, UnfoldedCriterion
from norm_engine.presentation.page_parts import grades_said, overlays_line, requirement_head
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import (
    evidence_reason_said,
    status_said,
)


def explanation_page(page: Page, result: ExplanationResult, program: Program) -> None:
    """Write why a requirement has the status it has."""
    found = result.requirement
    requirement_head(page, found, found.title)
    page.paragraph(result.statement)
    page.line()
    _status(page, result)
    if not result.in_force:
        page.paragraph(_("This requirement is not in force on that day."), indent=2)
    if result.applies is not None:
        page.heading(_("When it applies"))
        _unfolded(page, result.applies, 2)
    page.heading(_("Its criteria"))
    for criterion in result.criteria:
        _criterion(page, criterion)
    if result.gates:
        page.heading(_("What must hold first"))
        for gate in result.gates:
            page.paragraph(
                f"{gate.id}  {gate.title} — {status_said(gate.status)}",
                indent=2,
                lead=f"{page.shape(gate.status)} ",
                hang=2,
            )
    _repairs(page, result)
    if result.holds_back:
        page.line()
        page.paragraph(_("Waiting for this one: {names}").format(names=listed(result.holds_back)))
    if result.guidance is not None:
        page.heading(_("How a structure usually gets there"))
        page.paragraph(result.guidance, indent=2)
    _sources(page, result, program)


def _status(page: Page, result: ExplanationResult) -> None:
    found = result.requirement
    said = status_said(found.status)
    if found.status == "undetermined":
        said += " (" + _(" or ").join(status_said(each) for each in found.possible) + ")"
    page.paragraph(
        _("{structure}, as of {day}: {status}").format(
            structure=result.structure, day=date_said(result.as_of), status=said
        ),
        lead=f"{page.shape(found.status)} ",
        hang=2,
    )
    parts = [
        _("declared: {status}").format(status=status_said(found.declared.status)),
    ]
    if found.credit is not None:
        parts.append(_("credit: {credit}").format(credit=score_said(found.credit)))
    if found.grades:
        parts.append(grades_said(found.grades))
    page.paragraph(" · ".join(parts), indent=2)
    overlays_line(page, result.ruleset)


def _criterion(page: Page, criterion: UnfoldedCriterion) -> None:
    page.line()
    note = "" if criterion.essential else " " + _("(not essential)")
    page.paragraph(
        f"{criterion.text}{note}", indent=2, lead=f"{page.truth(criterion.proven)} ", hang=2
    )
    if criterion.when is not None:
        page.paragraph(_("declared"), indent=4)
        _unfolded(page, criterion.when, 6)
    if criterion.proof is not None:
        page.paragraph(_("proof"), indent=4)
        _unfolded(page, criterion.proof, 6)


def _unfolded(page: Page, why: Unfolded, indent: int) -> None:
    page.paragraph(why.text, indent=indent, lead=f"{page.truth(why.truth)} ", hang=2)
    if why.found is not None:
        page.paragraph(why.found, indent=indent + 2, lead="→ ")
    for piece in why.evidence:
        dated = "" if piece.dated is None else f", {date_said(piece.dated)}"
        page.paragraph(
            f"{piece.id} {piece.title}{dated} — {evidence_reason_said(piece.reason)}",
            indent=indent + 2,
            lead=f"{page.truth('true' if piece.counts else 'false')} ",
            hang=2,
        )
    for setting in why.settings:
        page.paragraph(setting, indent=indent + 2, lead="· ")
    for part in why.parts:
        _unfolded(page, part, indent + 2)


def _repairs(page: Page, result: ExplanationResult) -> None:
    repairs = result.requirement.repairs
    if not repairs:
        return
    page.heading(_("What would be enough"))
    for number, repair in enumerate(repairs):
        for position, atom in enumerate(repair):
            lead = (_("or else: ") if number else "") if position == 0 else ""
            page.paragraph(atom.text, indent=2, lead=f"· {lead}")


def _sources(page: Page, result: ExplanationResult, program: Program) -> None:
    requirement = program.requirements[program.requirement_index[result.requirement.id]]
    if requirement.sources:
        page.heading(_("Sources"))
        for key in requirement.sources:
            source = program.ruleset.head.sources[key]
            title = (
                source.title if isinstance(source.title, str) else next(iter(source.title.values()))
            )
            page.paragraph(f"{key} {title}", indent=2, hang=len(key) + 1)
            if source.url:
                page.line(f"  {' ' * (len(key) + 1)}{source.url}")
    page.line()
    page.paragraph(result.disclaimer)
