"""A document as data: sections, paragraphs, tables, pictures; writers make HTML or PDF of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from norm_engine.presentation.scene import Scene


@dataclass(frozen=True)
class Words:
    """Text, with its language where that is not the document's."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Strong:
    """Text that stands out."""

    words: str
    language: str = ""


@dataclass(frozen=True)
class Code:
    """An identifier or a value, as documents write it."""

    words: str


@dataclass(frozen=True)
class Link:
    """A link: to an anchor (``#STR-25``) or to an address."""

    target: str
    words: str
    language: str = ""


@dataclass(frozen=True)
class Mark:
    """A verdict: its shape in its colour, then its words.

    `verdict` is a status (``met``, …) or a truth (``true``, …) as `presentation.wording` shapes
    them. Where `words` is empty, the shape stands alone and `label` says it to screen readers.
    """

    verdict: str
    words: str = ""
    label: str = ""


@dataclass(frozen=True)
class Picture:
    """A small picture that is a whole cell of a table, such as a gauge."""

    scene: Scene


Inline = str | Words | Strong | Code | Link | Mark | Picture
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` says what kind to writers that show it: ``lead``, ``note``."""

    line: Line
    role: str = ""


@dataclass(frozen=True)
class Items:
    """A list; each item is blocks. With `ticks`, each item starts with a box to tick."""

    items: tuple[tuple["Block", ...], ...]
    ticks: bool = False


@dataclass(frozen=True)
class Nested:
    """A list whose lines have depths, from 0; a line is at most one deeper than that before."""

    lines: tuple[tuple[int, Line], ...]


@dataclass(frozen=True)
class Facts:
    """Labels, and what stands beside each."""

    rows: tuple[tuple[str, tuple["Block", ...]], ...]


Align = Literal["start", "end", "centre"]


@dataclass(frozen=True)
class Column:
    """How a column of a table is set: its share of the width, and where its cells are aligned."""

    share: float
    align: Align = "start"


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row names it.

    `columns`, when given, has one entry a column; otherwise widths are left to the writer.
    """

    caption: Line
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A picture, and the table that holds the same data (None: the text right after names it)."""

    scene: Scene
    table: Table | None = None


@dataclass(frozen=True)
class Tile:
    """A figure that counts, large, with what it is and a few words on it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Tiles:
    """A row of figures that count; at most four."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Together:
    """Blocks that stay on one page where one page can hold them."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Room:
    """Room to write by hand: a label, then so many ruled lines."""

    label: str
    lines: int


Tone = Literal["plain", "good", "bad", "open"]


@dataclass(frozen=True)
class Notice:
    """A box that a reader must not miss; its tone tells good news, bad news, what is open."""

    title: str
    blocks: tuple["Block", ...]
    tone: Tone = "plain"


@dataclass(frozen=True)
class Badge:
    """A few words on a thing; `strong` where it weighs."""

    words: str
    strong: bool = False


@dataclass(frozen=True)
class Section:
    """A part with a heading that links can name; `code` is its identifier, `listed` in contents.

    In print it starts a page when `new_page`, and stays on one where it fits when `together`.
    """

    anchor: str
    title: Line
    blocks: tuple["Block", ...]
    code: str = ""
    badges: tuple[Badge, ...] = ()
    listed: bool = True
    new_page: bool = False
    together: bool = False


Block = (
    Paragraph | Items | Nested | Facts | Table | Figure | Tiles | Together | Room | Notice | Section
)


@dataclass(frozen=True)
class Print:
    """What print adds: the running head, the small print of each page, a logo with its words.

    `small_print` is labels with what stands under each. `cover` gives the front a page of its own,
    and `contents` a table of contents after it.
    """

    running: str
    small_print: tuple[tuple[str, str], ...] = ()
    logo: bytes | None = None
    logo_words: str = ""
    cover: bool = True
    contents: bool = True


@dataclass(frozen=True)
class Document:
    """A whole document: its front page, then its sections."""

    title: Line
    language: str
    eyebrow: str
    front: tuple[Block, ...]
    sections: tuple[Section, ...]
    colophon: tuple[Block, ...]
    labels: "Labels"
    print: Print | None = None


@dataclass(frozen=True)
class Labels:
    """The words of the frame around a document."""

    contents: str
    skip: str


def bare(line: Line) -> str:
    """The words of a line without anything else."""
    return "".join(_words(each) for each in line)


def _words(inline: Inline) -> str:
    if isinstance(inline, str):
        return inline
    return inline.scene.title if isinstance(inline, Picture) else inline.words


def listed(section: Section) -> Iterator[Section]:
    """The sections right inside another one that tables of contents name."""
    return (each for each in section.blocks if isinstance(each, Section) and each.listed)
