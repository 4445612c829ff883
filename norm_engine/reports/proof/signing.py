"""Signs reports (PAdES) with a PKCS#12 certificate, and reads the signatures of a PDF.

The library, pyHanko, is an extra of ours: it is imported where a signature is made or read.
"""

import asyncio
import datetime
import importlib.util
import io
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from norm_engine.language import _
from norm_engine.reports.proof.pkcs12 import opened_certificate

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSigner, SimpleSigner
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+\d+\s+(\d+)\s+(\d+)\s*\]")
# what a file says that was ever signed, even cut short: its end is a signature's last part
_SIGNED = re.compile(rb"/ByteRange|/SigFlags\s+3|/ETSI\.CAdES\.detached")


class SigningUnavailable(Exception):
    """Raised when the library that makes and reads signatures is not installed."""


@dataclass(frozen=True)
class SignatureSeen:
    """What a signature in a PDF shows, without asking anybody else.

    Attributes:
        signer: whom the certificate names; empty when it cannot be read.
        signed_at: when, as the signer's own computer said; None when it says nothing.
        intact: what was signed is what the file still holds.
        covers_whole: nothing was added to the file afterwards.
        trusted: the certificate comes from an issuer that the reader said to trust.
        expired: the certificate was not valid when it signed.
        reason: what keeps the signature from being taken at its word; empty when nothing does.
        purpose: what the signer wrote beside the signature.
    """

    signer: str
    signed_at: datetime.datetime | None
    intact: bool
    covers_whole: bool
    trusted: bool
    expired: bool
    reason: str
    purpose: str = ""


def sign(
    pdf: bytes,
    certificate: bytes,
    password: str | None,
    *,
    at: datetime.datetime,
    reason: str | None = None,
    name: str = "certificate",
) -> bytes:
    """The PDF with an invisible signature: `pdf` unchanged, and the signature after it.

    `at` is the moment of signing, with its zone; `name` is what the certificate's file is called.

    Raises:
        InvalidInput: when the certificate cannot sign: no PKCS#12 file, wrong password, no private
            key, not valid at that moment.
        SigningUnavailable: when pyHanko is not installed.
    """
    _refuse_without_library()
    signer = opened_certificate(certificate, password, at=at, name=name)
    return asyncio.run(_signed(pdf, signer, at, reason))


def signatures(content: bytes, roots: Sequence[bytes] = ()) -> tuple[SignatureSeen, ...]:
    """The signatures of a PDF, in the order they were made; none is trusted without `roots`.

    `roots` are the certificates (PEM or DER) of the issuers to trust. No network is used, and
    whether a certificate was revoked is not known. A signature that cannot be read is one seen.

    Raises:
        SigningUnavailable: when the PDF has a signature and pyHanko is not installed.
        ValueError: when `roots` are no certificates.
    """
    if not _SIGNED.search(content):
        return ()
    _refuse_without_library()
    from pyhanko.keys import load_certs_from_pemder_data

    trusted = [each for root in roots for each in load_certs_from_pemder_data(root)]
    if found := _read(content, trusted):
        return found
    # what was added hides the signatures: look at the file as it was when it was signed
    for match in reversed(list(_BYTE_RANGE.finditer(content))):
        end = int(match[1]) + int(match[2])
        if end < len(content) and (found := _read(content[:end], trusted)):
            return tuple(_with_more_after(seen) for seen in found)
    return (_unreadable(),)


# --- signing --------------------------------------------------------------------------------------


async def _signed(
    pdf: bytes, own: "SimpleSigner", at: datetime.datetime, reason: str | None
) -> bytes:
    """`PdfSigner.sign_pdf`, step by step: only so can the moment be told instead of read."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    writer = _writer(pdf)
    signer = _pdf_signer(own, reason, f"Signature{len(writer.prev.embedded_signatures) + 1}")
    session = signer.init_signing_session(writer)
    session.system_time = at
    size = await session.estimate_signature_container_size(None, tight=False)
    document = session.prepare_tbs_document(validation_info=None, bytes_reserved=size)
    output = io.BytesIO()
    digest, _same = document.digest_tbs_document(output=output)
    signed = await document.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    await signed.post_signature_processing(output)
    return output.getvalue()


def _writer(pdf: bytes) -> "IncrementalPdfFileWriter":
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers.constants import ESIC_EXTENSION_1

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    # the metadata stay as they are: pyHanko would date them by the clock
    writer._update_meta = lambda: None  # type: ignore[method-assign]
    writer.register_extension(ESIC_EXTENSION_1)
    return writer


def _pdf_signer(own: "SimpleSigner", reason: str | None, field: str) -> "PdfSigner":
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    # PDF/A forbids the hidden flag, PDF/UA an untagged field on the page: it stands beside the page
    spec = SigFieldSpec(
        field,
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
        readable_field_name=_("Signature"),
    )
    metadata = PdfSignatureMetadata(
        field_name=field, reason=reason, subfilter=SigSeedSubFilter.PADES
    )
    signer = PdfSigner(metadata, own, new_field_spec=spec)
    # for elliptic curves pyHanko would declare PDF 2.0, but both standards are profiles of PDF 1.7
    signer.register_extensions = lambda *_out, **_digest: None  # type: ignore[method-assign]
    return signer


# --- reading --------------------------------------------------------------------------------------


def _read(content: bytes, roots: "Sequence[Certificate]") -> tuple[SignatureSeen, ...]:
    """The signatures that the file's form declares; none when the file cannot be read."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        declared = list(PdfFileReader(io.BytesIO(content)).embedded_regular_signatures)
    except Exception:  # an altered file makes pyHanko raise almost anything
        return ()
    return tuple(_seen(signature, roots) for signature in declared)


def _seen(signature: "EmbeddedPdfSignature", roots: "Sequence[Certificate]") -> SignatureSeen:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    try:
        signed_at = signature.self_reported_timestamp
        status = _status(signature, roots, signed_at)
    except Exception:  # as above; what is read of it is as little worth as the rest
        return _unreadable()
    certificate = status.signing_cert
    intact = status.intact and status.valid
    covers_whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    expired = signed_at is not None and not (
        certificate.not_valid_before <= signed_at <= certificate.not_valid_after
    )
    trusted = status.trusted and signed_at is not None
    doubts = [
        *([] if intact else [_altered()]),
        *([] if covers_whole else [_added()]),
        *([] if trusted else _mistrust(certificate, expired=expired, dated=signed_at is not None)),
    ]
    return SignatureSeen(
        _name(certificate),
        signed_at,
        intact,
        covers_whole,
        trusted,
        expired,
        " ".join(doubts),
        _printable(str(signature.sig_object.get("/Reason", ""))),
    )


def _status(
    signature: "EmbeddedPdfSignature",
    roots: "Sequence[Certificate]",
    at: datetime.datetime | None,
) -> "PdfSignatureStatus":
    """What pyHanko says of it, as of when it says it was made."""
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    return validate_pdf_signature(
        signature,
        ValidationContext(
            trust_roots=list(roots),
            moment=at or signature.signer_cert.not_valid_before,
            allow_fetching=False,
            revocation_mode="soft-fail",
        ),
        key_usage_settings=KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}),
        skip_diff=True,
    )


def _mistrust(certificate: "Certificate", *, expired: bool, dated: bool) -> Iterator[str]:
    """Why the certificate is not trusted; a name is worth what its issuer is worth."""
    if not dated:
        yield _("The signature does not say when it was made.")
    if expired:
        yield _("The certificate was not valid when it signed.")
    if certificate.subject == certificate.issuer:
        yield _("The signer made the certificate: nobody else vouches for the name.")
    else:
        yield _(
            "The issuer of the certificate, “{issuer}”, is not one that is trusted here."
        ).format(issuer=_printable(certificate.issuer.human_friendly))


def _altered() -> str:
    return _("What was signed is not what the file holds now.")


def _added() -> str:
    return _("Something was added to the file after it was signed.")


def _with_more_after(seen: SignatureSeen) -> SignatureSeen:
    reason = seen.reason if _added() in seen.reason else f"{_added()} {seen.reason}".strip()
    return replace(seen, covers_whole=False, reason=reason)


def _unreadable() -> SignatureSeen:
    reason = _("The file has a signature that cannot be read: it is damaged.")
    return SignatureSeen("", None, False, False, False, False, reason)


def _name(certificate: "Certificate") -> str:
    """The person and the organisation, without the rest of what certificates say of them."""
    said = certificate.subject.native
    parts = [said.get("common_name"), said.get("organization_name")]
    named = [part for part in dict.fromkeys(parts) if isinstance(part, str) and part]
    return _printable(", ".join(named) or certificate.subject.human_friendly)


def _printable(text: str) -> str:
    """A text of unknown origin as one short line that no terminal takes for a command."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:300]).split())


def _refuse_without_library() -> None:
    """Also keeps quiet what pyHanko would log on the screen: `SignatureSeen` says it in words."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    if importlib.util.find_spec("pyhanko") is None:
        raise SigningUnavailable(
            _(
                "Signatures need one more library, which is not installed. "
                "Install the product with it: {command}"
            ).format(command="pip install 'norm-engine[sign]'")
        )
