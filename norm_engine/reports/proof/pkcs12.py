"""Opens the PKCS#12 file that holds a certificate and its private key."""

import datetime
from typing import TYPE_CHECKING

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.loading.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate  # type: ignore[import-untyped]
    from pyhanko.sign.signers import SimpleSigner


def opened_certificate(
    certificate: bytes, password: str | None, *, at: datetime.datetime, name: str
) -> "SimpleSigner":
    """What signs with the certificate in a PKCS#12 file called `name`, at the moment `at`.

    Raises:
        InvalidInput: no PKCS#12 file, wrong password, no private key, not valid at that moment.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    _refuse_other_files(certificate, name)
    # a terminal of another encoding gives bytes that are none of ours: they are passed as they are
    secret = None if password is None else password.encode(errors="surrogateescape")
    try:
        key, own, _others = pkcs12.load_key_and_certificates(certificate, secret)
    except UnsupportedAlgorithm:
        raise _refused(
            name,
            _("This certificate is locked in a way that is no longer in use."),
            _("Export it again, with an up-to-date program."),
        ) from None
    except ValueError:
        raise _wrong_password(password, name) from None
    if key is None or own is None:
        raise _refused(
            name,
            _("This file holds no private key with its certificate."),
            _("Export the certificate again, together with its private key."),
        )
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(certificate, (), passphrase=secret)
    _refuse_outside_validity(signer.signing_cert, at, name)
    return signer


def _refuse_other_files(content: bytes, name: str) -> None:
    """Parse the file as PKCS#12: opening it would not tell another kind from a wrong password."""
    from asn1crypto.pkcs12 import Pfx  # type: ignore[import-untyped]

    try:
        _parsed = Pfx.load(content, strict=True).native
    except (ValueError, TypeError):
        raise _refused(
            name,
            _("This is not a PKCS#12 certificate."),
            _("Name the file with the certificate and its private key, often “.p12” or “.pfx”."),
        ) from None


def _wrong_password(password: str | None, name: str) -> InvalidInput:
    if password is None:
        return _refused(
            name,
            _("This certificate is protected by a password."),
            _("Give its password."),
        )
    return _refused(
        name,
        _("The password does not open this certificate."),
        _("Check the password; mind capitals and the layout of the keyboard."),
    )


def _refuse_outside_validity(certificate: "Certificate", at: datetime.datetime, name: str) -> None:
    starts, ends = certificate.not_valid_before, certificate.not_valid_after
    if at > ends:
        raise _refused(
            name,
            _("This certificate expired on {date}.").format(date=date_said(ends.date())),
            _("Ask its issuer for a new one."),
        )
    if at < starts:
        raise _refused(
            name,
            _("This certificate is not valid before {date}.").format(date=date_said(starts.date())),
            _("Sign from that day on, and check the date of this computer."),
        )


def _refused(name: str, message: str, remedy: str) -> InvalidInput:
    return InvalidInput([Problem(name, message, remedy)])
