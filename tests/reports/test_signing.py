"""Signing a report, and what is seen of the signatures of a file: altered, added to, cut short."""

import datetime
import io
import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from norm_engine.language import speaking
from norm_engine.loading.problems import InvalidInput
from norm_engine.reports.proof.signing import sign, signatures
from norm_engine.reports.reading import read_subject
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import Wish
from tests.support.certificates import ENDS, STARTS, Held, held, pkcs12_file
from tests.support.small_pdf import small_pdf
from tests.support.verapdf import validated

EXAMPLE = Path(__file__).resolve().parents[2] / "audits/association-des-deux-rives"
AT = datetime.datetime(2026, 11, 25, 10, 30, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def issuer() -> Held:
    return held("Autorité d’essai")


@pytest.fixture(scope="module")
def anne(issuer) -> Held:
    return held("Anne Dupont", "Association Exemple", issuer)


@pytest.fixture(scope="module")
def certificate(anne) -> bytes:
    return pkcs12_file(anne, "clé à moi")


@pytest.fixture(scope="module")
def signed(certificate) -> bytes:
    return sign(small_pdf(), certificate, "clé à moi", at=AT, reason="Relu et approuvé")


# --- signing --------------------------------------------------------------------------------------


def test_the_file_that_is_signed_stands_unchanged_before_the_signature(signed) -> None:
    assert signed.startswith(small_pdf())
    assert len(signed) > len(small_pdf())


def test_what_is_signed_once_or_twice_keeps_both_standards(tmp_path) -> None:
    """A whole report, and the smallest file; with the two kinds of keys that issuers hand out."""
    elliptic, rsa = (
        pkcs12_file(held("Anne Dupont", with_rsa=kind), None) for kind in (False, True)
    )
    subject = read_subject(EXAMPLE, (), (), AT.date())
    report = sign(render_pdf(subject, Wish("summary")), elliptic, None, at=AT)
    once = sign(small_pdf(), rsa, None, at=AT)
    twice = sign(once, elliptic, None, at=AT)
    files = {"report.pdf": report, "once.pdf": once, "twice.pdf": twice}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    said = validated([tmp_path / name for name in files])
    assert {which: failures for which, failures in said.items() if failures} == {}


def test_the_signature_is_of_the_pades_kind_and_shows_nothing_on_the_page(signed) -> None:
    """ETSI EN 319 142-1 names the subfilter; the field lies outside of the page."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert field.V.SubFilter == "/ETSI.CAdES.detached"
        assert field.V.M == "D:20261125103000Z"
        assert all(place < 0 for place in field.Rect)
        # PDF/UA and PDF/A-3 are profiles of PDF 1.7
        assert (pdf.pdf_version, "/Version" in pdf.Root) == ("1.7", False)


def test_another_reader_finds_the_signature_valid(signed, tmp_path) -> None:
    """poppler's own reader of signatures."""
    (tmp_path / "signed.pdf").write_bytes(signed)
    said = subprocess.run(
        ["pdfsig", "signed.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False
    ).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "CN=Anne Dupont" in said


def test_the_moment_is_the_one_told_and_the_metadata_are_left_alone(certificate) -> None:
    later = AT + datetime.timedelta(days=300)
    content = sign(small_pdf(), certificate, "clé à moi", at=later)
    assert [seen.signed_at for seen in signatures(content)] == [later]
    with (
        pikepdf.open(io.BytesIO(content)) as after,
        pikepdf.open(io.BytesIO(small_pdf())) as before,
    ):
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()


@pytest.mark.parametrize("at", [STARTS, ENDS])
def test_a_certificate_signs_from_its_first_second_to_its_last(certificate, at) -> None:
    (seen,) = signatures(sign(small_pdf(), certificate, "clé à moi", at=at))
    assert (seen.signed_at, seen.expired) == (at, False)


def _refusal(certificate: bytes, password: str | None, at: datetime.datetime = AT) -> str:
    with pytest.raises(InvalidInput) as refused:
        sign(small_pdf(), certificate, password, at=at, name="clé.p12")
    (problem,) = refused.value.problems
    assert problem.file == "clé.p12"
    assert problem.remedy
    return problem.message


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("autre", "The password does not open this certificate."),
        ("", "The password does not open this certificate."),
        (None, "This certificate is protected by a password."),
    ],
)
def test_a_wrong_password_is_refused(certificate, password, words) -> None:
    assert _refusal(certificate, password) == words


@pytest.mark.parametrize("password", [None, ""])
def test_a_certificate_without_a_password_needs_none(anne, password) -> None:
    assert signatures(sign(small_pdf(), pkcs12_file(anne, None), password, at=AT))


def test_an_expired_certificate_is_refused(certificate) -> None:
    said = _refusal(certificate, "clé à moi", ENDS + SECOND)
    assert said == "This certificate expired on 31 December 2027."


def test_a_certificate_of_the_future_is_refused(certificate) -> None:
    said = _refusal(certificate, "clé à moi", STARTS - SECOND)
    assert said == "This certificate is not valid before 1 January 2026."


def test_what_is_no_pkcs12_file_is_refused(anne, certificate) -> None:
    for content in (b"", b"bonjour", small_pdf(), anne.pem, certificate[:-1], certificate + b"x"):
        assert _refusal(content, None) == "This is not a PKCS#12 certificate."


def test_a_certificate_without_its_private_key_is_refused(anne) -> None:
    said = _refusal(pkcs12_file(anne, "x", with_key=False), "x")
    assert said == "This file holds no private key with its certificate."


# --- reading --------------------------------------------------------------------------------------


def test_a_file_that_nobody_signed_has_no_signature() -> None:
    assert signatures(small_pdf()) == ()
    assert signatures(b"") == ()


def test_a_signature_tells_who_when_and_what_for(signed, issuer) -> None:
    (seen,) = signatures(signed, [issuer.pem])
    assert seen.signer == "Anne Dupont, Association Exemple"
    assert seen.signed_at == AT
    assert seen.purpose == "Relu et approuvé"
    assert (seen.intact, seen.covers_whole, seen.trusted, seen.expired) == (True, True, True, False)
    assert seen.reason == ""


def test_an_issuer_that_is_not_known_is_not_trusted(signed) -> None:
    (seen,) = signatures(signed)
    assert (seen.intact, seen.trusted) == (True, False)
    assert seen.reason == (
        "The issuer of the certificate, “Common Name: Autorité d’essai”, "
        "is not one that is trusted here."
    )


def test_nobody_vouches_for_a_certificate_that_its_signer_made(issuer) -> None:
    (seen,) = signatures(sign(small_pdf(), pkcs12_file(issuer, None), None, at=AT))
    assert (seen.intact, seen.trusted) == (True, False)
    assert seen.reason == "The signer made the certificate: nobody else vouches for the name."


def test_one_altered_byte_breaks_the_signature(signed) -> None:
    altered = signed.replace(b"Une page vide", b"Une page vidE")
    assert len(altered) == len(signed)
    (seen,) = signatures(altered)
    assert (seen.intact, seen.trusted) == (False, False)
    assert seen.reason.startswith("What was signed is not what the file holds now.")


@pytest.mark.parametrize("added", [b"x", b"\n%%EOF\n", b"x" * 5000, small_pdf()])
def test_what_is_added_afterwards_is_not_covered(signed, added) -> None:
    (seen,) = signatures(signed + added)
    assert (seen.intact, seen.covers_whole) == (True, False)
    assert seen.reason.startswith("Something was added to the file after it was signed.")


def test_a_second_version_appended_with_another_title_is_not_covered(signed) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    del writer.root["/Metadata"]
    writer.update_root()
    written = io.BytesIO()
    writer.write(written)
    (seen,) = signatures(written.getvalue())
    assert (seen.intact, seen.covers_whole) == (True, False)


def test_two_people_sign_one_after_the_other(signed, issuer) -> None:
    bruno = pkcs12_file(held("Bruno Martin", issuer=issuer), None)
    first, second = signatures(
        sign(signed, bruno, None, at=AT + datetime.timedelta(days=1)), [issuer.pem]
    )
    assert [first.signer, second.signer] == ["Anne Dupont, Association Exemple", "Bruno Martin"]
    assert [first.intact, second.intact] == [True, True]
    assert [first.covers_whole, second.covers_whole] == [False, True]


def test_a_signature_cut_short_is_seen_as_damaged(signed) -> None:
    """From where the signature's own part is recognisable, wherever the file ends."""
    begins = signed.index(b"/SigFlags 3") + 20
    for end in range(begins, len(signed), 211):
        (seen,) = signatures(signed[:end])
        assert (seen.intact, seen.covers_whole, seen.trusted) == (False, False, False)
        assert seen.reason == "The file has a signature that cannot be read: it is damaged."


def test_a_signature_of_zeros_is_not_intact(signed) -> None:
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    (seen,) = signatures(signed[:start] + b"0" * (end - start) + signed[end:])
    assert (seen.intact, seen.trusted) == (False, False)


def test_an_altered_byte_is_noticed_or_alters_nothing_that_is_said(signed, issuer) -> None:
    """Every 29th byte, its low bit flipped.

    Of a signature's own part not every byte means something (the room left after it, for one);
    then whom, when and what for must still be those that were signed.
    """
    whole = signatures(signed, [issuer.pem])
    for place in range(0, len(signed), 29):
        altered = bytearray(signed)
        altered[place] ^= 1
        seen = signatures(bytes(altered), [issuer.pem])
        assert seen == whole or not any(each.intact and each.trusted for each in seen)
        if place < len(small_pdf()):
            assert not any(each.intact for each in seen)


def test_a_certificate_that_had_expired_when_it_signed(issuer) -> None:
    """Made with pyHanko's own signer, which does not look at the dates."""
    old = held(
        "Anne Dupont",
        issuer=issuer,
        starts=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        ends=datetime.datetime(2021, 1, 1, tzinfo=datetime.UTC),
    )
    signer = signers.SimpleSigner.load_pkcs12_data(pkcs12_file(old, None), ())
    content = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(small_pdf())),
        signers.PdfSignatureMetadata(field_name="Signature"),
        signer,
    ).getvalue()
    (seen,) = signatures(content, [issuer.pem])
    assert (seen.intact, seen.expired, seen.trusted) == (True, True, False)
    assert seen.reason.startswith("The certificate was not valid when it signed.")


def test_a_name_never_reaches_the_terminal_as_a_command() -> None:
    (seen,) = signatures(
        sign(small_pdf(), pkcs12_file(held("\x1b[31mRouge\u202e\n!"), None), None, at=AT)
    )
    assert seen.signer == "[31mRouge !"


# --- without the library --------------------------------------------------------------------------

_WITHOUT = """
import datetime, json, sys
sys.path[:] = [entry for entry in sys.path if not entry.endswith("site-packages")]
from norm_engine.language import speaking
from norm_engine.reports.proof.signing import SigningUnavailable, sign, signatures
content = open(sys.argv[1], "rb").read()
said = []
with speaking("en"):
    for attempt in (
        lambda: sign(b"", b"", None, at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
        lambda: signatures(content),
        lambda: signatures(b"%PDF-1.7"),
    ):
        try:
            said.append(len(attempt()))
        except SigningUnavailable as error:
            said.append(str(error))
print(json.dumps(said))
"""


def test_without_the_extra_it_says_how_to_get_it(signed, tmp_path) -> None:
    """An interpreter that sees the code of the product and none of its libraries."""
    (tmp_path / "signed.pdf").write_bytes(signed)
    ran = subprocess.run(
        [sys.executable, "-c", _WITHOUT, str(tmp_path / "signed.pdf")],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    words = (
        "Signatures need one more library, which is not installed. "
        "Install the product with it: pip install 'norm-engine[sign]'"
    )
    assert json.loads(ran.stdout) == [words, words, 0]
