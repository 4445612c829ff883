"""Looks at the signatures of a report, where the extra that can read them is installed."""

from collections.abc import Sequence

import pikepdf

from norm_engine.language import _
from norm_engine.model.report_results import Check, SignatureResult
from norm_engine.reports.proof.opening import DAMAGED, Opened
from norm_engine.reports.proof.signing import SigningUnavailable, signatures

_MAX_FIELDS = 1000


def has_signature(pdf: pikepdf.Pdf) -> bool:
    """Whether a PDF has a field that a signature fills."""
    try:
        form = pdf.Root.get("/AcroForm")
        fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
        if not isinstance(fields, pikepdf.Array):
            return False
        return any(
            field.get("/FT") == "/Sig" and "/V" in field for field in list(fields)[:_MAX_FIELDS]
        )
    except DAMAGED:
        return False


def signature_check(
    content: bytes, opened: Opened
) -> tuple[list[Check], tuple[SignatureResult, ...]]:
    """The check of a report's signatures, and what they say; nothing when it is not signed."""
    if not has_signature(opened.pdf):
        return [], ()
    try:
        seen = tuple(
            SignatureResult(
                signer=each.signer,
                signed_at=each.signed_at,
                intact=each.intact,
                covers_whole=each.covers_whole,
                trusted=each.trusted,
                reason=each.reason,
            )
            for each in signatures(content)
        )
    except SigningUnavailable as missing:
        text = _("This report is signed, and its signature was not looked at.")
        return [Check(id="signature", outcome="unchecked", text=text, details=(str(missing),))], ()
    return [_check(seen)], seen


def _check(seen: Sequence[SignatureResult]) -> Check:
    if not seen:
        text = _("The signature of this report cannot be read.")
        return Check(id="signature", outcome="differs", text=text)
    broken = tuple(
        _("What {signer} signed was altered afterwards.").format(signer=each.signer)
        for each in seen
        if not each.intact
    )
    if broken:
        text = _("A signature of this report does not hold.")
        return Check(id="signature", outcome="differs", text=text, details=broken)
    return Check(
        id="signature",
        outcome="holds",
        text=_("The report is as it was signed."),
        details=tuple(each.reason for each in seen if each.reason),
    )
