"""What screen readers go by: elements, their order, and what of each page belongs to them."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from norm_engine.presentation.document import (
    Facts,
    Figure,
    Items,
    Link,
    Mark,
    Paragraph,
    Section,
    Table,
    Words,
)
from norm_engine.presentation.scene import Ink, Rectangle, Scene, Text
from tests.support.poppler import structure_of, text_of

AUDIT = "association-des-deux-rives"

# ISO 32000-1, table 51: those that paint
PAINTING = {
    *("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"),
    *("Tj", "TJ", "'", '"', "Do", "BI", "INLINE IMAGE"),
}


@dataclass
class Element:
    """An element of the structure tree, with what of the pages belongs to it."""

    tag: str
    held: pikepdf.Dictionary
    kids: "list[Element]" = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    areas: list[pikepdf.Dictionary] = field(default_factory=list)

    def everything(self) -> "Iterator[Element]":
        yield self
        for kid in self.kids:
            yield from kid.everything()

    def all(self, *tags: str) -> "list[Element]":
        return [each for each in self.everything() if each.tag in tags]


def tree_of(pdf: pikepdf.Pdf) -> Element:
    """The elements of a file, from ``Document`` down."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

    def read(held: pikepdf.Dictionary) -> Element:
        element = Element(str(held.S)[1:], held)
        for kid in held.K:
            if kid.get("/Type") == "/MCR":
                element.marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                element.areas.append(kid.Obj)
            else:
                assert kid.P.objgen == held.objgen
                element.kids.append(read(kid))
        return element

    (document,) = pdf.Root.StructTreeRoot.K
    return read(document)


@dataclass(frozen=True)
class Painted:
    """A painting operator, and the mark inside which it stands: a number, or ``Artifact``."""

    operator: str
    mark: int | str | None


def painted(page: pikepdf.Page) -> Iterator[Painted]:
    stack: list[int | str | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            assert not any(mark is not None for mark in stack), "marks inside of marks"
            number = operands[1].get("/MCID") if name == "BDC" else None
            stack.append("Artifact" if operands[0] == "/Artifact" else int(number))
        elif name == "EMC":
            stack.pop()
        elif name in PAINTING:
            yield Painted(name, stack[-1] if stack else None)
    assert stack == []


@pytest.fixture(scope="module")
def compliance(report) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(report(AUDIT, "compliance")) as pdf:
        yield pdf


@pytest.fixture(scope="module")
def tree(compliance) -> Element:
    return tree_of(compliance)


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Element]]:
    """Reads the tree of a file, which stays open as long as the test runs."""
    with ExitStack() as files:
        yield lambda file: tree_of(files.enter_context(pikepdf.open(file)))


def outline_of(pdf: pikepdf.Pdf) -> list[tuple[int, str, int]]:
    """The bookmarks: their depth, their words, the page that they lead to, from 0."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}

    def walk(items, depth: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield depth, item.title, pages[item.destination[0].objgen]
            yield from walk(item.children, depth + 1)

    with pdf.open_outline() as outline:
        return list(walk(outline.root, 0))


def plain(words: str) -> str:
    return " ".join(words.split())


@pytest.mark.parametrize("kind", ["compliance", "self-audit", "checklist", "summary"])
def test_headings_nest_without_skipping_a_level(report, opened, kind: str) -> None:
    levels = [int(each.tag[1]) for each in opened(report(AUDIT, kind)).all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def test_every_painting_operator_stands_in_a_mark_of_the_structure_or_is_an_artifact(
    compliance, tree
) -> None:
    owned: dict[int, list[int]] = {}
    for each in tree.everything():
        for page, mark in each.marks:
            owned.setdefault(page, []).append(mark)
    for index, page in enumerate(compliance.pages):
        marks = {each.mark for each in painted(page)} - {"Artifact"}
        assert None not in marks
        assert sorted(owned[index]) == list(range(len(owned[index])))
        assert marks <= set(owned[index])


def test_the_parent_tree_leads_from_each_mark_and_each_link_back_to_its_element(
    compliance, tree
) -> None:
    numbers = compliance.Root.StructTreeRoot.ParentTree.Nums
    keys = [int(key) for key in list(numbers)[::2]]
    parents = dict(zip(keys, list(numbers)[1::2], strict=True))
    assert keys == sorted(set(keys))
    assert int(compliance.Root.StructTreeRoot.ParentTreeNextKey) == keys[-1] + 1
    rows = [parents[int(page.obj.StructParents)] for page in compliance.pages]
    found = 0
    for each in tree.everything():
        for page, mark in each.marks:
            assert rows[page][mark].objgen == each.held.objgen
            found += 1
        for area in each.areas:
            assert parents[int(area.StructParent)].objgen == each.held.objgen
    assert found == sum(len(row) for row in rows)


def test_every_link_holds_text_and_an_area_and_every_area_leads_somewhere(compliance, tree) -> None:
    links = tree.all("Link")
    assert len(links) > 100
    for link in links:
        assert link.marks
        assert link.areas
        for area in link.areas:
            assert ("/Dest" in area) != ("/A" in area)
            assert str(area.Contents)
    areas = [area for page in compliance.pages for area in page.obj.get("/Annots", [])]
    assert sorted(area.objgen for area in areas) == sorted(
        area.objgen for link in links for area in link.areas
    )


def test_every_picture_says_what_it_shows_and_where_it_stands(tree) -> None:
    figures = tree.all("Figure")
    assert figures
    for figure in figures:
        assert len(str(figure.held.Alt)) > 10
        left, bottom, right, top = map(float, figure.held.A.BBox)
        assert 0 < left < right < 595.28
        assert 0 < bottom < top < 841.89


def test_tables_are_rows_of_as_many_cells_whose_heads_say_what_they_head(tree) -> None:
    tables = tree.all("Table")
    assert tables
    for table in tables:
        rows = [kid for kid in table.kids if kid.tag == "TR"]
        assert [kid.tag for kid in table.kids if kid.tag != "TR"] in ([], ["Caption"])
        assert table.kids[0].tag == "Caption" or table.kids == rows
        assert {len(row.kids) for row in rows} == {len(rows[0].kids)}
        assert {str(cell.held.A.Scope) for cell in rows[0].kids} == {"/Column"}
        for row in rows[1:]:
            assert [cell.tag for cell in row.kids] == ["TH", *["TD"] * (len(row.kids) - 1)]
            assert str(row.kids[0].held.A.Scope) == "/Row"


def test_lists_hold_items_and_items_hold_a_label_then_a_body(tree) -> None:
    for each in tree.all("L"):
        assert {kid.tag for kid in each.kids} <= {"LI", "Caption"}
    for each in tree.all("LI"):
        assert [kid.tag for kid in each.kids] in (["Lbl", "LBody"], ["LBody"])


def test_the_table_of_contents_holds_links_to_the_pages_that_it_names(compliance, report) -> None:
    tree = tree_of(compliance)
    pages = {page.obj.objgen: index for index, page in enumerate(compliance.pages)}
    printed = text_of(report(AUDIT, "compliance")).split("\f")
    contents = tree.all("TOC")[0]
    entries = contents.all("TOCI")
    assert len(entries) > 80
    for entry in entries:
        (link,) = entry.all("Link")
        (area,) = link.areas
        words = str(area.Contents).removesuffix("…").replace("\u2002", " ")
        assert plain(words) in plain(printed[pages[area.Dest[0].objgen]])


def test_bookmarks_nest_as_headings_do_and_lead_to_their_pages(compliance, tree, report) -> None:
    printed = [plain(page) for page in text_of(report(AUDIT, "compliance")).split("\f")]
    bookmarks = outline_of(compliance)
    for _depth, words, page in bookmarks:
        assert plain(words) in printed[page]
    # the table of contents has a heading and no bookmark, the title is the whole
    levels = [int(each.tag[1]) for each in tree.all(*HEADINGS)]
    assert [depth + 2 for depth, _words, _page in bookmarks] == levels[2:]


def test_a_paragraph_over_several_pages_is_one_element(written, opened) -> None:
    tree = opened(written(Paragraph((" ".join(f"mot{number}" for number in range(3000)),))))
    (paragraph,) = [each for each in tree.all("P") if len(each.marks) > 10]
    assert len({page for page, _mark in paragraph.marks}) > 2


def test_the_repeated_head_of_a_table_is_read_once(written, opened) -> None:
    rows = tuple(((f"r{number}",), ("oui",)) for number in range(120))
    file = written(Table(("Légende",), ("Quoi", "Combien"), rows))
    assert text_of(file).count("Combien") == 4
    assert structure_of(file).count("Combien") == 1
    assert len(opened(file).all("TR")) == 121


def test_a_link_over_two_lines_is_one_element_with_two_areas(written, opened) -> None:
    words = "une adresse qui va bien plus loin que le bout de la ligne où elle commence " * 2
    file = written(Paragraph(("Voir ", Link("https://exemple.invalid/", words), ".")))
    (link,) = opened(file).all("Link")
    assert len(link.areas) == len(link.marks) == 2


def test_an_address_that_could_run_a_script_is_text_and_no_link(written, opened) -> None:
    file = written(Paragraph((Link("javascript:alert(1)", "ici"),)))
    assert opened(file).all("Link") == []
    assert "ici (javascript:alert(1))" in text_of(file)


def test_words_of_another_language_say_so(written, opened) -> None:
    tree = opened(written(Paragraph(("On dit ", Words("gap analysis", "en"), " ailleurs."))))
    (span,) = tree.all("Span")
    assert str(span.held.Lang) == "en"


def test_a_mark_without_words_is_spoken(written, opened) -> None:
    tree = opened(written(Paragraph((Mark("met", label="satisfaite"), " : une exigence"))))
    (span,) = tree.all("Span")
    assert str(span.held.ActualText) == "satisfaite"


def test_items_have_their_bullets_as_labels_and_boxes_to_tick_where_they_are_to_be_ticked(
    written,
) -> None:
    items = ((Paragraph(("un",)),), (Paragraph(("deux",)),))
    for ticks, bullet in ((False, "•"), (True, "☐")):
        said = structure_of(written(Items(items, ticks)))
        assert re.findall(r'Lbl \(block\)\s+"(.) ?"', said) == [bullet, bullet]


def test_facts_are_a_list_whose_labels_are_theirs(written) -> None:
    file = written(Facts((("Structure", (Paragraph(("Association",)),)), ("Sites", ()))))
    assert re.findall(r'(Lbl|P) \(block\)\s+"(.+)"', structure_of(file))[-3:] == [
        ("Lbl", "Structure"),
        ("P", "Association"),
        ("Lbl", "Sites"),
    ]


def test_nothing_belongs_to_a_picture_but_what_it_paints(written, opened) -> None:
    ink = Ink("#112233")
    shapes = (Rectangle(0, 0, 90, 20, ink), Text(5, 12, "douze", 8))
    tree = opened(written(Figure(Scene(100, 30, shapes, "Jauge", "Douze sur vingt"))))
    (figure,) = tree.all("Figure")
    assert str(figure.held.Alt) == "Jauge\u00a0: Douze sur vingt"
    left, bottom, right, top = map(float, figure.held.A.BBox)
    assert (round(right - left), round(top - bottom)) == (100, 30)


def test_a_part_in_a_part_has_a_heading_one_level_below(written) -> None:
    inner = Section("c", ("Trois",), (Paragraph(("texte",)),), code="X-1")
    file = written(Section("a", ("Un",), (Section("b", ("Deux",), (inner,)),)))
    said = structure_of(file)
    assert re.findall(r'(H\d) \(block\)\s+"(.+?) ?"', said) == [
        ("H1", "Essai"),
        ("H2", "Un"),
        ("H3", "Deux"),
        ("H4", "X-1 Trois"),
    ]


@pytest.mark.parametrize("kind", ["self-audit", "summary"])
def test_a_report_is_read_from_its_title_on(report: Callable[..., Path], kind: str) -> None:
    """The words over the title and the title come first, whatever is drawn in which order."""
    with pikepdf.open(report(AUDIT, kind)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        first, second = document.K[0], document.K[1]
        assert [str(first.S), str(second.S)] == ["/P", "/H1"]
