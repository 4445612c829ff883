"""The chain from a requirement to its root causes as indented text."""

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said
from norm_engine.model.results import ChainLink, ExplanationResult
from norm_engine.presentation.chain_result import root_causes
from norm_engine.presentation.page_parts import overlays_line
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import status_said

_DEEPEST = 30
"""Columns that lines are indented by at most: long words need room."""


def chain_page(page: Page, result: ExplanationResult, asked: str) -> None:
    """Write what holds a requirement back, step by step.

    Args:
        asked: the audit and its options as they are typed.
    """
    found = result.requirement
    page.paragraph(page.bold(f"{found.id}  {found.title}"))
    page.paragraph(
        _("{structure}, as of {day}").format(
            structure=result.structure, day=date_said(result.as_of)
        )
    )
    overlays_line(page, result.ruleset)
    if result.path is None:
        page.line()
        page.paragraph(
            _("Nothing holds it back: {status}.").format(status=status_said(found.status)),
            lead=f"{page.shape(found.status)} ",
        )
    else:
        page.heading(_("From the requirement to its root causes"))
        _link(page, result.path, 2)
        number = len(root_causes(result.path))
        page.line()
        page.paragraph(ngettext("{n} root cause.", "{n} root causes.", number).format(n=number))
        page.heading(_("As a picture"))
        page.line(f"  norm-engine explain {found.id} {asked} --path -o {found.id}.svg")
    page.line()
    page.paragraph(result.disclaimer)


def _link(page: Page, link: ChainLink, indent: int) -> None:
    at = min(indent, _DEEPEST)
    if link.kind == "requirement":
        lead = page.shape(link.status or "undetermined")
        page.paragraph(_requirement_said(link), indent=at, lead=f"{lead} ", hang=2)
    elif link.kind == "criterion":
        page.paragraph(link.text, indent=at, lead=f"{page.truth(link.truth or 'unknown')} ", hang=2)
    elif link.kind == "atom":
        page.paragraph(link.text, indent=at, lead=_("missing: "))
        if link.found is not None:
            page.paragraph(_("today: {found}").format(found=link.found), indent=at + 2)
    else:
        page.paragraph(link.text, indent=at, lead="· ")
    for part in link.parts:
        _link(page, part, indent + 2)


def _requirement_said(link: ChainLink) -> str:
    said = f"{link.id}  {link.text} — {status_said(link.status or 'undetermined')}"
    if link.gate:
        said = _("prerequisite: {requirement}").format(requirement=said)
    return said + " " + _("(see above)") if link.above else said
