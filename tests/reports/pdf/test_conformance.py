"""Reports keep PDF/UA-1 and PDF/A-3a, whatever was written into the audit.

Every kind on every example, every kind in English, every kind on a hostile audit, and documents
with every block. All of it goes through the validator in one run, since each start costs seconds.
"""

import io
from collections.abc import Mapping
from itertools import cycle

import pytest
from PIL import Image

from norm_engine.presentation.document import Paragraph
from norm_engine.reports.pdf.beginning import Logo
from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.subject import KINDS
from tests.support.everything import everything
from tests.support.hostile import LONG, TEXTS
from tests.support.plain_document import DESCRIBED, document
from tests.support.verapdf import FLAVOURS, verdicts

EXAMPLES = (
    "association-des-deux-rives",
    "association-point-d-appui",
    "operateur-lumen-services",
    "service-mediation-valmont",
)
REPORTS = {
    **{f"{kind}, {audit}": (audit, kind) for kind in KINDS[:4] for audit in EXAMPLES},
    **{f"{kind}, {audit}": (audit, kind) for kind in KINDS[4:] for audit in EXAMPLES[:2]},
    **{
        f"{kind} in English, {audit}": (audit, kind, "en")
        for kind, audit in zip(KINDS, cycle(EXAMPLES), strict=False)
    },
    **{f"{kind}, attacked": (EXAMPLES[0], kind, "fr", True) for kind in KINDS},
}
DOCUMENTS = ("every block, attacked", "a logo that lets its ground through", "next to nothing")


@pytest.fixture(scope="module")
def said(report, tmp_path_factory) -> Mapping[tuple[str, str], object]:
    """What the validator says of each file, by its name and the standard."""
    files = {}
    for name, (audit, kind, *rest) in REPORTS.items():
        language, attacked = rest + ["fr", False][len(rest) :]
        files[name] = report(audit, kind, language, attacked=attacked)
    blocks = tuple(block for text in (*TEXTS, *LONG, "") for block in everything(text))
    held = io.BytesIO()
    Image.new("RGBA", (200, 90), (10, 90, 90, 120)).save(held, "PNG")
    logo = Logo(held.getvalue(), 200, 90)
    contents = (
        (document(*blocks, title=(TEXTS[4],), cover=True), None),
        (document(Paragraph(("…",)), cover=True), logo),
        (document(Paragraph(("",)), title=("\u200b",)), None),
    )
    folder = tmp_path_factory.mktemp("documents")
    for name, (made, of) in zip(DOCUMENTS, contents, strict=True):
        files[name] = folder / f"{len(files)}.pdf"
        files[name].write_bytes(pdf_of(made, DESCRIBED, (), of))
    found = verdicts(list(files.values()))
    return {
        (name, flavour): found[file, flavour]
        for name, file in files.items()
        for flavour in FLAVOURS
    }


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", [*REPORTS, *DOCUMENTS])
def test_a_report_breaks_no_rule(said, name: str, flavour: str) -> None:
    verdict = said[name, flavour]
    assert verdict.failures == []
    assert verdict.assertions > 100
