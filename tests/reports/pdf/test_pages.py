"""Filling pages: nothing overlaps, nothing is lost, and nothing is torn where it should hold."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.presentation.document import (
    Block,
    Column,
    Facts,
    Figure,
    Items,
    Mark,
    Nested,
    Notice,
    Paragraph,
    Room,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
    Together,
)
from norm_engine.presentation.scene import Ink, Rectangle, Scene
from norm_engine.reports.pdf.layout import Frame, Layout
from norm_engine.reports.pdf.leaves import Drawing, Leaf, Row, Ruled, Setting, Words
from norm_engine.reports.pdf.pages import BOTTOM, ROOM, TOP, fill
from norm_engine.reports.pdf.sheet import HEIGHT, Book, Sheet
from tests.support.poppler import text_of

QUIET = {
    "deadline": None,
    "max_examples": 80,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
HAIR = 0.02
"""Points by which rounding may be off."""


@dataclass(frozen=True)
class Placed:
    """Where a leaf stands: its page, and its edges in points from the bottom of it."""

    page: int
    top: float
    leaf: Leaf
    repeated: bool

    @property
    def bottom(self) -> float:
        return self.top - self.leaf.height


@dataclass(frozen=True)
class Noting:
    """A leaf that notes where it is drawn."""

    leaf: Leaf
    into: list[Placed]

    @property
    def setting(self) -> Setting:
        head = self.leaf.setting.head
        noting = Noting(head, self.into) if head is not None else None
        return replace(self.leaf.setting, head=noting)

    @property
    def height(self) -> float:
        return self.leaf.height

    @property
    def least(self) -> float:
        return self.leaf.least

    def split(self, room: float) -> "tuple[Noting, Noting] | None":
        parts = self.leaf.split(room)
        return None if parts is None else (Noting(parts[0], self.into), Noting(parts[1], self.into))

    def draw(self, sheet: Sheet, top: float) -> None:
        self.into.append(Placed(sheet.index, top, self.leaf, sheet.muted))
        self.leaf.draw(sheet, top)


def leaves_of(*blocks: Block) -> tuple[Book, list[Leaf]]:
    book = Book(io.BytesIO())
    return book, Layout().blocks(blocks, Frame(book.root))


def placed(*blocks: Block) -> list[Placed]:
    """Where the leaves of these blocks stand, in the order in which they were drawn."""
    book, leaves = leaves_of(*blocks)
    found: list[Placed] = []
    fill(book, [Noting(leaf, found) for leaf in leaves])
    return found


def by_page(found: list[Placed]) -> list[list[Placed]]:
    pages: list[list[Placed]] = [[] for _ in range(found[-1].page + 1)] if found else []
    for each in found:
        pages[each.page].append(each)
    return pages


def lines_in(leaf: Leaf) -> Iterator[str]:
    """The text of a leaf, line by line; what is drawn to write on is named too."""
    match leaf:
        case Words(lines=lines):
            yield from ("".join(run.text for run, _width in line.runs) for line in lines)
        case Row(cells=cells):
            for cell in cells:
                for each in cell.leaves:
                    yield from lines_in(each)
        case Drawing(scene=scene):
            yield scene.title
        case Ruled(count=count):
            yield from ["____"] * count


def tag_of(leaf: Leaf) -> str:
    return leaf.node.tag if isinstance(leaf, Words) else ""


def said(count: int, word: str = "mot") -> str:
    return " ".join(f"{word}{number}" for number in range(count))


def paragraph(count: int, word: str = "mot") -> Paragraph:
    return Paragraph((said(count, word),))


def picture(width: float, height: float) -> Scene:
    return Scene(width, height, (Rectangle(0, 0, width, height, Ink("#000000")),), "Vue", "Carré")


def table(rows: int, words: int, *, caption: str = "Légende") -> Table:
    cells = tuple(((f"r{number}",), (said(words),), ("oui",)) for number in range(rows))
    columns = (Column(1), Column(3), Column(1, "end"))
    return Table((caption,), ("Quoi", "Comment", "Combien"), cells, columns)


LINES = st.one_of(
    st.integers(0, 250).map(lambda count: (said(count),)),
    st.just((Mark("met", "satisfait"), " ", Strong("x" * 300))),
)
PARAGRAPHS = st.builds(Paragraph, LINES, st.sampled_from(["", "lead", "note"]))
PICTURES = st.builds(picture, st.integers(20, 700), st.integers(5, 900))
FIGURES = st.builds(
    lambda scene, held: Figure(scene, table(held, 3) if held else None),
    PICTURES,
    st.integers(0, 5),
)
TABLES = st.builds(
    table, st.integers(0, 25), st.integers(0, 300), caption=st.sampled_from(["", "Légende"])
)
SIMPLE = st.one_of(
    PARAGRAPHS,
    FIGURES,
    TABLES,
    st.builds(Room, st.sampled_from(["", "Notes"]), st.integers(1, 50)),
    st.lists(st.builds(Tile, LINES.map(str), st.just("mot"), st.just("")), min_size=1, max_size=4)
    .map(tuple)
    .map(Tiles),
    st.lists(st.integers(0, 3), max_size=8).map(
        lambda depths: Nested(tuple((depth, (said(20),)) for depth in depths))
    ),
)


def _around(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, min_size=1, max_size=4).map(tuple)
    flags = st.booleans()
    return st.one_of(
        st.builds(Items, st.lists(several, max_size=3).map(tuple), flags),
        st.builds(Facts, st.lists(st.tuples(st.just("Libellé"), several), max_size=3).map(tuple)),
        st.builds(Together, several),
        st.builds(Notice, st.just("À savoir"), several),
        st.builds(
            lambda blocks, new, held: Section(
                "s", ("Une partie",), blocks, new_page=new, together=held
            ),
            several,
            flags,
            flags,
        ),
    )


BLOCKS = st.lists(st.recursive(SIMPLE, _around, max_leaves=8), min_size=1, max_size=5)


@settings(**QUIET)
@given(BLOCKS)
def test_whatever_a_document_holds_its_pages_are_well_filled(blocks: list[Block]) -> None:
    wanted = Counter(line for leaf in leaves_of(*blocks)[1] for line in lines_in(leaf))
    found = placed(*blocks)
    for page in by_page(found):
        # inside of the page, in order, without an overlap
        assert page[0].top <= HEIGHT - TOP + HAIR
        assert page[-1].bottom >= BOTTOM - HAIR
        assert all(below.top <= above.bottom + HAIR for above, below in pairwise(page))
        # no page for the head of a table alone
        assert any(not each.repeated for each in page)
    for each in found:
        # no line of a torn paragraph alone at the end of a page
        assert not isinstance(each.leaf, Words) or each.leaf.last or len(each.leaf.lines) >= 2
    # every line is there, and once
    drawn = (line for each in found if not each.repeated for line in lines_in(each.leaf))
    assert Counter(drawn) == wanted


START = [0, *range(20, 60)]
"""Lines above what is looked at: from a page's top to its bottom and over."""


def headings(blocks: tuple[Block, ...]) -> Section:
    return Section("a", ("Partie",), (Section("b", ("Sous-partie",), blocks),))


@pytest.mark.parametrize(
    ("what", "first"),
    [
        ("a paragraph", lambda: paragraph(200)),
        ("a list", lambda: Items(((paragraph(30),), (paragraph(30),)))),
        ("facts", lambda: Facts((("Libellé", (paragraph(100),)),))),
        ("a table", lambda: table(30, 10)),
        ("a high row", lambda: table(3, 900)),
        ("a picture", lambda: Figure(picture(400, 500), table(2, 3))),
        ("a box", lambda: Notice("À savoir", (paragraph(900),))),
        ("a box as high as a page", lambda: Together((paragraph(15),) * 34)),
        ("a part on a new page", lambda: Section("c", ("Détail",), (paragraph(9),), new_page=True)),
    ],
)
def test_no_heading_is_last_on_its_page(what: str, first: Callable[[], Block]) -> None:
    for lines in START:
        above = Paragraph((said(lines, "\n"),))
        for page in by_page(placed(above, headings((first(), paragraph(5))))):
            assert tag_of(page[-1].leaf)[:1] != "H", (what, lines)


def test_no_caption_and_no_head_of_a_table_stands_last_on_its_page() -> None:
    for lines in START:
        for page in by_page(placed(Paragraph((said(lines, "\n"),)), table(8, 12), paragraph(1))):
            assert tag_of(page[-1].leaf) != "Caption"
            assert "Quoi" not in list(lines_in(page[-1].leaf))


def test_what_belongs_together_stands_on_one_page_where_one_can_hold_it() -> None:
    for lines in START:
        group = Together((paragraph(60, "groupe"), table(6, 5), paragraph(60, "groupe")))
        found = placed(Paragraph((said(lines, "\n"),)), group)
        pages = {
            each.page for each in found if "groupe0" in "".join(lines_in(each.leaf)).split(" ")
        }
        assert len(pages) == 1


def test_the_last_of_several_facts_does_not_stand_alone_on_a_page() -> None:
    """However much stands before them, the last row has the one before it on its page."""
    rows = tuple((f"Libellé {number}", (paragraph(30),)) for number in range(4))
    for lines in range(1, 60):
        filling = (Paragraph(("x",)),) * lines
        pages = by_page(placed(*filling, Facts(rows)))
        held = [sum(isinstance(each.leaf, Row) for each in page) for page in pages]
        assert [count for count in held if count][-1] >= 2


def test_a_torn_paragraph_leaves_two_lines_at_least_on_each_side() -> None:
    for lines in START:
        above = Paragraph((said(lines, "\n"),))
        for count in range(10, 130, 15):
            parts = [
                len(each.leaf.lines)
                for each in placed(above, paragraph(count, "texte"))
                if "texte" in "".join(lines_in(each.leaf))
            ]
            assert len(parts) == 1 or min(parts) >= 2


def test_the_head_of_a_table_is_repeated_on_each_page_that_it_goes_on_over() -> None:
    pages = by_page(placed(table(300, 12)))
    assert len(pages) > 5
    for number, page in enumerate(pages):
        heads = [each for each in page if "Quoi" in list(lines_in(each.leaf))]
        assert [each.repeated for each in heads] == [number > 0]
    names = [next(lines_in(each.leaf)) for page in pages for each in page if not each.repeated]
    assert names == ["Légende", "Quoi", *(f"r{number}" for number in range(300))]


def test_a_table_that_ends_with_two_rows_as_high_as_a_page_ends() -> None:
    """Their head, repeated, leaves no room for both together."""
    rows = (("a",), ("b",), (said(1),), (said(560),), (said(370),))
    high = Table((), ("Quoi",), tuple((line,) for line in rows))
    leaves = leaves_of(high)[1]
    last, before = leaves[-1].height, leaves[-2].height
    assert ROOM - leaves[0].height < last + before <= ROOM
    assert Counter(each.page for each in placed(high)) == {0: 4, 1: 2, 2: 2}


def test_a_row_higher_than_a_page_goes_on_over_its_end_cell_by_cell() -> None:
    row = (("nom",), (said(3000),), (said(40, "autre"),))
    found = placed(Table((), ("A", "B", "C"), (row,)))
    rows = [each.leaf for each in found if not each.repeated][1:]
    assert len(rows) > 1
    texts = [
        " ".join(line for cell in parts for leaf in cell.leaves for line in lines_in(leaf))
        for parts in zip(*(each.cells for each in rows), strict=True)
    ]
    assert texts == ["nom", said(3000), said(40, "autre")]


def test_a_part_starts_a_page_when_it_is_to(written, tmp_path) -> None:
    one, two = (
        Section(name, (f"Partie {name}",), (paragraph(3, name),), new_page=True) for name in "ab"
    )
    pages = text_of(written(one, two)).split("\f")
    assert ["a0 a1 a2" in page for page in pages[:2]] == [True, False]
    assert ["b0 b1 b2" in page for page in pages[:2]] == [False, True]


def test_a_picture_wider_or_higher_than_a_page_is_made_smaller() -> None:
    for scene in (picture(2000, 100), picture(100, 2000)):
        (found,) = placed(Figure(scene))
        assert isinstance(found.leaf, Drawing)
        assert scene.width * found.leaf.scale <= 482
        assert found.leaf.height <= ROOM
