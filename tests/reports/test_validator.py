"""The validator that the other tests rely on says yes and no where it should."""

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.support.poppler import information_of, pages_as_png, text_of
from tests.support.small_pdf import small_pdf
from tests.support.verapdf import FLAVOURS, verdicts


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("files")
    small, plain, cut = (folder / f"{name}.pdf" for name in ("small", "plain", "cut, “é”"))
    small.write_bytes(small_pdf())
    canvas = Canvas(str(plain))
    for words in ("Bonjour", "Au revoir"):
        canvas.drawString(72, 720, words)
        canvas.showPage()
    canvas.save()
    cut.write_bytes(small_pdf()[:200])
    return {"small": small, "plain": plain, "cut": cut}


@pytest.fixture(scope="module")
def said(files):
    return verdicts(list(files.values()))


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_file_that_keeps_both_standards_has_no_failure(said, files, flavour) -> None:
    verdict = said[files["small"], flavour]
    assert verdict.failures == []
    assert verdict.assertions > 0


def test_a_plain_file_breaks_the_rules_that_a_canvas_of_reportlab_is_known_to_break(
    said, files
) -> None:
    """Clause and test number, in ISO 14289-1 and ISO 19005-3.

    Nothing is tagged, no language and no title to show are named, there are no metadata, and
    Helvetica is not embedded; for an archive there is no profile for the colour black either.
    """
    accessibility, archive = (
        {failure.split()[0] for failure in said[files["plain"], flavour].failures}
        for flavour in FLAVOURS
    )
    assert accessibility == {
        "6.2-1", "7.1-3", "7.1-8", "7.1-10", "7.1-11", "7.2-34", "7.21.4.1-1",
    }  # fmt: skip
    assert archive == {
        "6.1.7.1-2", "6.2.4.3-4", "6.2.11.4.1-1", "6.6.2.1-1", "6.7.2.2-1", "6.7.3.3-1",
    }  # fmt: skip


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_a_file_that_is_cut_short_is_not_taken_for_a_good_one(said, files, flavour) -> None:
    (failure,) = said[files["cut"], flavour].failures
    assert failure.startswith("cannot be checked")


def test_poppler_reads_words_titles_and_pages(files, tmp_path) -> None:
    assert [page.strip() for page in text_of(files["plain"]).split("\f")] == [
        "Bonjour",
        "Au revoir",
        "",
    ]
    assert information_of(files["small"])["Tagged"] == "yes"
    assert [page.name for page in pages_as_png(files["plain"], tmp_path)] == [
        "page-1.png",
        "page-2.png",
    ]
    assert information_of(files["plain"])["Pages"] == "2"
