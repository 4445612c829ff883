"""What somebody adds to a report before signing it shows, and is not taken for a signature."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from norm_engine.reports.proof.signing import sign
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.subject import Wish
from tests.support.certificates import held, pkcs12_file
from tests.support.secretive_audit import secretive_subject
from tests.support.small_report import small_report

AT = datetime.datetime(2026, 11, 25, 9, 0, tzinfo=datetime.UTC)
Writer = IncrementalPdfFileWriter


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.NumberObject(value) for value in values])


def dictionary(**entries: object) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): held for key, held in entries.items()})


def a_false_figure(writer: Writer) -> None:
    """A field that calls itself a signature, its corners the wrong way round, with a picture."""
    picture = generic.StreamObject(
        dict_data=dictionary(
            Type=pdf_name("/XObject"), Subtype=pdf_name("/Form"), BBox=numbers(0, 0, 100, 40)
        ),
        stream_data=b"0 0 100 40 re f",
    )
    page = writer.root["/Pages"]["/Kids"][0]
    field = writer.add_object(
        dictionary(
            Type=pdf_name("/Annot"),
            Subtype=pdf_name("/Widget"),
            FT=pdf_name("/Sig"),
            T=generic.pdf_string("x"),
            Rect=numbers(165, 475, -1, 440),
            AP=dictionary(N=writer.add_object(picture)),
        )
    )
    page[pdf_name("/Annots")] = generic.ArrayObject([field])
    writer.update_container(page)
    writer.root[pdf_name("/AcroForm")] = writer.add_object(
        dictionary(Fields=generic.ArrayObject([field]), SigFlags=generic.NumberObject(3))
    )
    writer.update_root()


def another_form(writer: Writer) -> None:
    """A form in another language, which some viewers show in place of the pages."""
    form = writer.add_object(generic.StreamObject(stream_data=b"<xdp:xdp/>"))
    writer.root[pdf_name("/AcroForm")] = writer.add_object(
        dictionary(Fields=generic.ArrayObject(), XFA=form)
    )
    writer.update_root()


def a_field_to_fill_in(writer: Writer) -> None:
    field = writer.add_object(
        dictionary(FT=pdf_name("/Tx"), T=generic.pdf_string("a"), V=generic.pdf_string("95 %"))
    )
    writer.root[pdf_name("/AcroForm")] = writer.add_object(
        dictionary(Fields=generic.ArrayObject([field]))
    )
    writer.update_root()


@pytest.mark.parametrize("forged", [a_false_figure, another_form, a_field_to_fill_in])
def test_what_was_added_before_signing_differs(
    tmp_path: Path, forged: Callable[[Writer], None]
) -> None:
    subject, wish = secretive_subject(tmp_path), Wish("summary")
    report = small_report(subject, wish)
    certificate = pkcs12_file(held("Camille Exemple"), None)
    assert verify(sign(report, certificate, None, at=AT), small_report).verdict == "holds"

    writer = IncrementalPdfFileWriter(io.BytesIO(report))
    forged(writer)
    altered = io.BytesIO()
    writer.write(altered)
    signed = sign(altered.getvalue(), certificate, None, at=AT)
    assert verify(signed, small_report).verdict == "differs"
