"""Certificates made for the tests: real keys, real PKCS#12 files, issuers that nobody knows."""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

STARTS = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ENDS = datetime.datetime(2027, 12, 31, 23, 59, 59, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Held:
    """A certificate with its private key."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def held(
    person: str,
    organisation: str = "",
    issuer: Held | None = None,
    *,
    starts: datetime.datetime = STARTS,
    ends: datetime.datetime = ENDS,
    with_rsa: bool = False,
) -> Held:
    """A certificate valid from `starts` to `ends`, signed by `issuer` or by itself."""
    key = (
        rsa.generate_private_key(65537, 2048)
        if with_rsa
        else ec.generate_private_key(ec.SECP256R1())
    )
    attributes = [x509.NameAttribute(NameOID.COMMON_NAME, person)]
    if organisation:
        attributes.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    subject = x509.Name(attributes)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(_usage(signs_others=issuer is None), critical=True)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Held(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()))


def pkcs12_file(own: Held | None, password: str | None, *, with_key: bool = True) -> bytes:
    """The file that browsers and issuers hand out; without a key where one is to be missing."""
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    key = own.key if own and with_key else None
    return pkcs12.serialize_key_and_certificates(
        b"signature", key, own.certificate if own else None, None, encryption
    )


def _usage(*, signs_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_others,
        crl_sign=signs_others,
        encipher_only=False,
        decipher_only=False,
    )
