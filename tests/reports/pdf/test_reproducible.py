"""The same inputs give the same bytes, whoever renders them, where, when, and after what."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from norm_engine.presentation.document import Paragraph
from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import Wish
from tests.support.hostile import hostile
from tests.support.plain_document import DESCRIBED, document
from tests.support.report_material import subject

ROOT = Path(__file__).parents[3]
AUDIT = ROOT / "audits/association-des-deux-rives"

RENDER = """
import hashlib, sys
from pathlib import Path
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import Wish
from tests.support.report_material import subject
for kind in sys.argv[2:]:
    print(hashlib.sha256(render_pdf(subject(Path(sys.argv[1])), Wish(kind))).hexdigest())
"""

PLACES = {
    "hashes in another order": {"PYTHONHASHSEED": "1"},
    "another zone and language": {"PYTHONHASHSEED": "2", "TZ": "Pacific/Auckland", "LANG": "C"},
    "another encoding": {"PYTHONHASHSEED": "3", "PYTHONUTF8": "0", "LC_ALL": "C", "TZ": "UTC"},
}


@pytest.mark.parametrize("place", PLACES)
def test_another_process_elsewhere_makes_the_same_bytes(report, tmp_path, place: str) -> None:
    kinds = ("compliance", "summary", "plan")
    ran = subprocess.run(
        [sys.executable, "-c", RENDER, str(AUDIT), *kinds],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **PLACES[place]},
        cwd=tmp_path,
        capture_output=True,
        check=True,
        text=True,
    )
    here = [hashlib.sha256(report(AUDIT.name, kind).read_bytes()).hexdigest() for kind in kinds]
    assert ran.stdout.split() == here


def test_what_was_rendered_before_leaves_no_trace(report) -> None:
    read = subject(AUDIT)
    render_pdf(hostile(read), Wish("summary", "en"))
    render_pdf(read, Wish("checklist"))
    assert render_pdf(read, Wish("self-audit")) == report(AUDIT.name, "self-audit").read_bytes()


def test_a_document_is_the_same_after_one_that_needs_other_characters() -> None:
    one, other = (document(Paragraph((text,))) for text in ("abc", "zyx ☎ 😀"))
    first = pdf_of(one, DESCRIBED, (), None)
    pdf_of(other, DESCRIBED, (), None)
    assert pdf_of(one, DESCRIBED, (), None) == first


def test_the_dates_in_a_report_are_the_day_that_it_speaks_of(report) -> None:
    with pikepdf.open(report(AUDIT.name, "summary")) as pdf:
        dates = [pdf.trailer.Info.CreationDate, pdf.trailer.Info.ModDate]
        dates += [file.get_file().obj.Params.ModDate for file in pdf.attachments.values()]
        assert set(map(str, dates)) == {"D:20261125000000+00'00'"}
        written = pdf.Root.Metadata.read_bytes().decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[^<\"]*", written)) == {"2026-11-25T00:00:00+00:00"}
