"""Writes a report again from what it carries, and compares the two byte for byte."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pikepdf

from norm_engine import __version__
from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed
from norm_engine.loading.problems import InvalidInput
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.report_results import Check, Manifest, SignatureResult
from norm_engine.reports.logo import checked_logo
from norm_engine.reports.proof.carried import (
    AUDIT,
    EARLIER_AUDIT,
    LAYOUT,
    RULESET,
    libraries,
)
from norm_engine.reports.proof.opening import DAMAGED, opened_pdf
from norm_engine.reports.proof.pdf_differences import pdf_differences
from norm_engine.reports.proof.received import Received
from norm_engine.reports.proof.signature_check import has_signature
from norm_engine.reports.subject import Subject, Wish

Render = Callable[[Subject, Wish], bytes]
"""Writes a report."""


def pages_checks(
    report: Received,
    render: Render,
    signatures: Sequence[SignatureResult],
    plan: PlanResult | None = None,
) -> Iterator[Check]:
    """The report written again, compared byte for byte; and what stands after its end.

    Args:
        plan: the one made again, for a report on a plan.
    """
    why_not = _not_rendered(report, plan)
    rendered = None
    if not why_not and report.unpacked.subject is not None:
        try:
            rendered = render(replace(report.unpacked.subject, plan=plan), report.unpacked.wish)
        except (InvalidInput, ValueError, LookupError) as error:
            why_not = str(error)
    if rendered is None:
        text = _("The pages were not compared.")
        yield Check(id="rendering", outcome="unchecked", text=text, details=(why_not,))
    else:
        yield _rendering_check(report, rendered)
    yield from _ending_check(report, rendered, signatures)


def _not_rendered(report: Received, plan: PlanResult | None) -> str:
    """Why the report is not written again; '' when it is."""
    made_from = {AUDIT, EARLIER_AUDIT, RULESET, report.manifest.logo}
    altered = [name for name in report.altered if name in made_from]
    if altered:
        return _("{names}: not what the report was written from.").format(names=listed(altered))
    wish, subject = report.unpacked.wish, report.unpacked.subject
    if subject is None:
        return _("What the report was written from cannot be read.")
    if subject.audit is None and wish.kind != "checklist":
        return _("It carries no audit.")
    if subject.earlier is None and wish.kind == "comparison":
        return _("It carries nothing that it could look back to.")
    if wish.kind == "plan" and plan is None:
        return _("The plan could not be made again.")
    if wish.workshop not in (None, *(each.id for each in subject.ruleset.head.workshops)):
        return _("It names a workshop that the rule set does not have.")
    if wish.logo is not None:
        try:
            checked_logo(wish.logo, str(report.manifest.logo))
        except InvalidInput as refused:
            return refused.problems[0].message
    return ""


def _rendering_check(report: Received, rendered: bytes) -> Check:
    if report.content == rendered:
        text = _("Written again from what it carries, the report is the same, byte for byte.")
        return Check(id="rendering", outcome="holds", text=text)
    signed = has_signature(report.opened.pdf)
    begins_so = report.content.startswith(rendered)
    other_versions = _other_versions(report.manifest)
    if not begins_so and other_versions:
        text = _(
            "The pages were not compared: what is printed on them is not verified. Only the"
            " attached files and the evaluation were."
        )
        return Check(id="rendering", outcome="unchecked", text=text, details=other_versions)
    details = _named_differences(report.opened.pdf, rendered, signed=signed)
    if begins_so and not details:
        text = _("Written again from what it carries, the report is the same, byte for byte.")
        if signed:
            text = _(
                "Written again from what it carries, the report is the same, byte for byte, up to"
                " what signing added."
            )
        return Check(id="rendering", outcome="holds", text=text)
    text = _("Written again from what it carries, the report is not the same.")
    if not details:
        details = (
            _(
                "No page, attached file or bookmark differs: another program may have saved it"
                " again."
            ),
        )
    return Check(id="rendering", outcome="differs", text=text, details=details)


def _named_differences(pdf: pikepdf.Pdf, rendered: bytes, *, signed: bool) -> tuple[str, ...]:
    with opened_pdf(rendered) as again:
        try:
            return tuple(pdf_differences(pdf, again, signed=signed))
        except DAMAGED:
            return (_("Parts of it are damaged: they cannot be read."),)


def _other_versions(manifest: Manifest) -> tuple[str, ...]:
    """Why the same inputs may be written otherwise here, in words."""
    ours = {"norm-engine": __version__, _("report layout number"): str(LAYOUT)}
    theirs = {"norm-engine": manifest.product, _("report layout number"): str(manifest.layout)}
    here = libraries(solver=manifest.kind == "plan")
    for name in ("reportlab", "pikepdf", "qpdf", "highspy"):
        ours[name] = getattr(here, name) or ""
        theirs[name] = getattr(manifest.libraries, name) or ""
    return tuple(
        _("It was written with {name} {theirs}; this is {name} {ours}.").format(
            name=name, theirs=theirs[name], ours=ours[name]
        )
        for name in ours
        if ours[name] != theirs[name]
    )


def _ending_check(
    report: Received, rendered: bytes | None, signatures: Sequence[SignatureResult]
) -> Iterator[Check]:
    """Whether something stands after the end of the report that is no signature."""
    content, after = report.content, len(report.opened.after)
    if rendered is not None and content.startswith(rendered):
        signed = has_signature(report.opened.pdf)
        after = max(after, 0 if signed else len(content) - len(rendered))
    uncovered = bool(signatures) and not any(each.covers_whole for each in signatures)
    if after:
        text = _("Something was added after the end of the report.")
        if b" obj" in report.opened.after:
            text = _(
                "What was added after the end of the report, such as a signature, was cut short or"
                " damaged."
            )
        said = ngettext("{n} byte that is no signature.", "{n} bytes that are no signature.", after)
        yield Check(id="ending", outcome="differs", text=text, details=(said.format(n=after),))
    elif uncovered:
        text = _("Something was added after the report was signed.")
        yield Check(id="ending", outcome="differs", text=text)
