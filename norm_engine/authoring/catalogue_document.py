"""A document as data: sections, paragraphs, lists, tables; writers make HTML or Markdown of it."""

from collections.abc import Iterator
from dataclasses import dataclass


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


Inline = str | Words | Strong | Code | Link
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` says what kind to writers that show it: ``lead``, ``note``."""

    line: Line
    role: str = ""


@dataclass(frozen=True)
class Items:
    """A list; each item is blocks."""

    items: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True)
class Nested:
    """A list whose lines have depths, from 0; a line is at most one deeper than that before."""

    lines: tuple[tuple[int, Line], ...]


@dataclass(frozen=True)
class Facts:
    """Labels, and what stands beside each."""

    rows: tuple[tuple[str, tuple["Block", ...]], ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row names it."""

    caption: Line
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Notice:
    """A box that a reader must not miss."""

    title: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Badge:
    """A few words on a thing; `strong` where it weighs."""

    words: str
    strong: bool = False


@dataclass(frozen=True)
class Section:
    """A part with a heading that links can name; `code` is its identifier, `listed` in contents."""

    anchor: str
    title: Line
    blocks: tuple["Block", ...]
    code: str = ""
    badges: tuple[Badge, ...] = ()
    listed: bool = True


Block = Paragraph | Items | Nested | Facts | Table | Notice | Section


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


@dataclass(frozen=True)
class Labels:
    """The words of the frame around a document."""

    contents: str
    skip: str


def bare(line: Line) -> str:
    """The words of a line without anything else."""
    return "".join(each if isinstance(each, str) else each.words for each in line)


def listed(section: Section) -> Iterator[Section]:
    """The sections right inside another one that tables of contents name."""
    return (each for each in section.blocks if isinstance(each, Section) and each.listed)
