"""Texts that attack what writes them: every report stays whole, inside its pages, and readable."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from norm_engine.presentation.document import Paragraph
from norm_engine.reports.pdf.finishing import Description
from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.subject import KINDS
from tests.support.everything import everything
from tests.support.hostile import LONG, TEXTS
from tests.support.plain_document import DESCRIBED, document
from tests.support.poppler import information_of, text_of

AUDIT = "association-des-deux-rives"
WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')
PAGE = 841.9
LEFT, RIGHT, TOP, FOOT = 56.7, 595.3 - 56.7, 42, PAGE - 62
"""The margins, the running head and the rule over the foot, in points from the top left."""


@dataclass(frozen=True)
class Box:
    """Where a word stands, in points from the top left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float
    word: str


def boxes_of(file: Path) -> list[Box]:
    # poppler garbles characters beyond U+FFFF in the title that it puts over the words
    said = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True)
    found = WORD.findall(said.stdout.decode(errors="replace"))
    assert found
    return [Box(*map(float, each[:4]), word=each[4]) for each in found]


def words_out_of_place(file: Path) -> list[Box]:
    """The words beyond a margin, and those over the rule under which the foot stands."""
    return [
        each
        for each in boxes_of(file)
        if not (each.left >= LEFT - 1 and each.right <= RIGHT + 4)
        or not (each.top >= TOP - 14 and each.bottom <= PAGE - 28)
        or each.top < FOOT - 1 < FOOT + 1 < each.bottom
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_keeps_inside_its_pages(report, kind) -> None:
    assert words_out_of_place(report(AUDIT, kind, attacked=True)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_numbered_all_the_same(report, kind) -> None:
    file = report(AUDIT, kind, attacked=True)
    pages = text_of(file).split("\f")[:-1]
    assert len(pages) == int(information_of(file)["Pages"])
    for number, page in enumerate(pages, 1):
        assert f"page {number} sur {len(pages)}" in page


@pytest.mark.parametrize("kind", KINDS)
def test_no_character_without_a_meaning_reaches_a_page(report, kind) -> None:
    text = text_of(report(AUDIT, kind, attacked=True))
    # poppler says by marks of direction that text runs from right to left
    text = re.sub("[\u202a-\u202e\n\f]", "", text)
    assert not re.findall("[\x00-\x1f\x7f-\x9f\u200b\ufeff\ue000-\uf8ff\uffff]", text)


def test_markup_is_shown_as_it_was_typed(report) -> None:
    text = " ".join(text_of(report(AUDIT, "self-audit", attacked=True), "-raw").split())
    assert "<b>gras</b> &amp; <script>alert('x')</script>" in text
    assert "%s {name} {0} \\n ${HOME} $(id) `id` ]]> --> (parenthèses \\) BT ET EMC" in text


def test_words_longer_than_a_line_lose_nothing(written) -> None:
    # as many as fill a page and a half, all different
    word = "".join(f"{number:04}" for number in range(2500))
    file = written(Paragraph((f"avant {word} après",)))
    body = text_of(file, "-raw").replace("Essai · titre courant", "")
    body = re.sub(r"page \d sur \d", "", body)
    assert f"avant{word}après" in re.sub(r"\s", "", body)


@pytest.mark.parametrize("text", [*TEXTS, *LONG, ""], ids=range(len(TEXTS) + len(LONG) + 1))
def test_every_text_may_stand_anywhere(written, text: str) -> None:
    options = {"front": (Paragraph((text,)),), "small_print": ((text, text),) * 3}
    file = written(*everything(text), title=(text or "Essai",), cover=True, **options)
    assert words_out_of_place(file) == []
    with pikepdf.open(file) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_the_title_and_the_author_are_well_formed_in_the_metadata(tmp_path) -> None:
    """Control characters cannot stand in XML at all; the rest is kept."""
    said = "A\x00B\x0b\ufffe & <b>\x1b"
    described = Description(said, said, "fr-FR", DESCRIBED.day)
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf_of(document(Paragraph(("…",))), described, (), None))
    with pikepdf.open(file) as pdf:
        metadata = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
        assert str(pdf.trailer.Info.Title) == "AB  & <b>"
    texts = {"".join(each.itertext()).strip() for each in metadata.iter() if each.tag[-3:] == "}li"}
    assert "AB  & <b>" in texts
    assert information_of(file)["Title"] == "AB  & <b>"
