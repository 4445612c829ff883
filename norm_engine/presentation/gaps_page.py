"""Gaps and root causes as a page of text."""

from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed
from norm_engine.model.results import AtomResult, CauseResult, GapResult, GapsResult
from norm_engine.presentation.page_parts import page_head
from norm_engine.presentation.terminal import Page, as_typed
from norm_engine.presentation.wording import grade_said, status_said

_CAUSES_SHOWN = 12


def gaps_page(page: Page, result: GapsResult, audit: str) -> None:
    """Write gaps and root causes; `audit` is how the user named the audit."""
    page_head(page, result.structure, result.ruleset, result.as_of)
    if not result.gaps:
        page.line()
        page.paragraph(_("No gap among what is determined so far."))
        _foot(page, result, audit)
        return
    page.line()
    page.paragraph(
        ngettext("{n} gap, ", "{n} gaps, ", len(result.gaps)).format(n=len(result.gaps))
        + ngettext(
            "which comes down to {n} missing thing.",
            "which come down to {n} missing things.",
            len(result.causes),
        ).format(n=len(result.causes))
    )
    page.heading(_("What holds most back"))
    for cause in result.causes[:_CAUSES_SHOWN]:
        _cause(page, cause)
    if len(result.causes) > _CAUSES_SHOWN:
        page.paragraph(_("… and {n} others").format(n=len(result.causes) - _CAUSES_SHOWN), indent=2)
    page.heading(_("The gaps, worst first"))
    for gap in result.gaps:
        page.line()
        _gap(page, gap)
    _foot(page, result, audit)


def _cause(page: Page, cause: CauseResult) -> None:
    page.paragraph(_wanted(cause.atom), indent=2, lead="· ")
    held = ngettext("holds back {names}", "holds back {n}: {names}", len(cause.holds_back)).format(
        n=len(cause.holds_back), names=listed(cause.holds_back)
    )
    page.paragraph(held, indent=4)


def _wanted(atom: AtomResult) -> str:
    return atom.text


def _gap(page: Page, gap: GapResult) -> None:
    page.paragraph(f"{gap.id}  {gap.title}", lead=f"{page.shape(gap.status)} ", hang=2)
    grade = "" if gap.grade is None else f" · {grade_said(gap.grade)}"
    page.paragraph(f"{status_said(gap.status)}{grade}", indent=2)
    if not gap.repairs:
        page.paragraph(_("Nothing the structure could do would repair it as things stand."), 2)
    for number, repair in enumerate(gap.repairs):
        lead = _("missing: ") if number == 0 else _("or else: ")
        for position, atom in enumerate(repair):
            page.paragraph(_wanted(atom), indent=2, lead=lead if position == 0 else " " * len(lead))
    if gap.more_repairs:
        page.paragraph(_("There are other ways."), indent=2)


def _foot(page: Page, result: GapsResult, audit: str) -> None:
    page.heading(_("To go further"))
    first = result.gaps[0].id if result.gaps else "…"
    page.line(f"  norm-engine explain {first} {as_typed(audit)}")
    page.line()
    page.paragraph(result.disclaimer)
