"""What verifying a report comes to, as a page of text."""

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.report_results import Check, SignatureResult, VerificationResult
from norm_engine.presentation.terminal import Page

_SHOWN = 30
"""Details of one check that are shown; JSON has them all."""

_TRUTHS = {"holds": "true", "differs": "false", "unchecked": "unknown"}


def verification_page(page: Page, result: VerificationResult, name: str) -> None:
    """Write what verifying the report called `name` comes to."""
    page.paragraph(page.bold(name))
    said = [kind_said(result.report.kind)]
    if result.structure:
        said.append(result.structure)
    said.append(_("as of {day}").format(day=date_said(result.report.as_of)))
    page.paragraph(" · ".join(said))
    page.heading(_verdict_said(result))
    for check in result.checks:
        _check(page, check)
    for signature in result.signatures:
        _signature(page, signature)
    page.line()
    page.paragraph(result.proves)


def kind_said(kind: str) -> str:
    """A kind of report in words."""
    return {
        "self-audit": _("Self-audit report"),
        "compliance": _("Audit report"),
        "checklist": _("Checklist"),
        "summary": _("Summary"),
        "plan": _("Roadmap"),
        "comparison": _("Comparison"),
    }[kind]


def _verdict_said(result: VerificationResult) -> str:
    if {each.id for each in result.checks if each.outcome == "differs"} == {"evidence"}:
        return _("The report holds; the files of this folder are not those that it describes.")
    return {
        "holds": _("The report says what the audit it carries comes to."),
        "differs": _("The report was altered, or does not say what the audit it carries comes to."),
        "partly": _("Nothing differs in what could be checked; not everything could be."),
    }[result.verdict]


def _check(page: Page, check: Check) -> None:
    page.paragraph(check.text, indent=2, lead=f"{page.truth(_TRUTHS[check.outcome])} ")
    for detail in check.details[:_SHOWN]:
        page.paragraph(detail, indent=4, lead="· ")
    if len(check.details) > _SHOWN:
        rest = len(check.details) - _SHOWN
        page.paragraph(_("… and {n} others").format(n=rest), indent=4)


def _signature(page: Page, signature: SignatureResult) -> None:
    said = _("Signed by {signer}").format(signer=signature.signer or "–")
    if signature.signed_at is not None:
        day = date_said(signature.signed_at.date())
        said = _("{signed}, on {day}").format(signed=said, day=day)
    page.paragraph(said, indent=2, lead="  ")
