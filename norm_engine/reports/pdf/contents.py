"""The table of contents of a document; its page numbers are painted when all pages are known."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from norm_engine.presentation.document import Document, Section, bare, listed
from norm_engine.presentation.palette import RULE
from norm_engine.reports.pdf import styles
from norm_engine.reports.pdf.faces import width
from norm_engine.reports.pdf.layout import together
from norm_engine.reports.pdf.leaves import Cell, Entry, Leaf, Row, Setting, Words
from norm_engine.reports.pdf.sheet import Book
from norm_engine.reports.pdf.structure import Node
from norm_engine.reports.pdf.styles import Style
from norm_engine.reports.pdf.typesetting import Run, cut_short, set_lines


def contents(document: Document, root: Node) -> list[Leaf]:
    """The table of contents; what a section holds stands in two columns when it is much."""
    style = styles.HEADINGS[2]
    node = root.add("Sect")
    title = Words(
        node.add("H2"),
        set_lines([Run(document.labels.contents, style.face)], styles.TEXT_WIDTH),
        styles.LEFT,
        styles.TEXT_WIDTH,
        style.leading,
        style.face.size,
        Setting(0, 14, True),
    )
    table = node.add("TOC")
    leaves: list[Leaf] = [title]
    for section in document.sections:
        inner = list(listed(section))
        setting = Setting(5, 0, keep=bool(inner))
        entry = _entry(section, table, styles.CONTENTS, styles.LEFT, styles.TEXT_WIDTH)
        leaves.append(replace(entry, setting=setting))
        below = table.add("TOC") if inner else table
        leaves += (
            _columns(inner, below) if len(inner) > _MOST_IN_ONE_COLUMN else _column(inner, below)
        )
    return leaves


def short_contents(sections: Sequence[Section], root: Node) -> list[Leaf]:
    """The table of contents of a document of few pages, below its title."""
    if len(sections) < 2:
        return []
    leaves = _columns(sections, root.add("TOC"), shift=0)
    last = leaves[-1]
    assert isinstance(last, Row)
    return [*leaves[:-1], replace(last, setting=Setting(after=12))]


_MOST_IN_ONE_COLUMN = 14


_SHIFT, _GAP = 16.0, 18.0


def _column(sections: Sequence[Section], table: Node) -> list[Leaf]:
    x, wide = styles.LEFT + _SHIFT, styles.TEXT_WIDTH - _SHIFT
    return [_entry(each, table, styles.CONTENTS_INNER, x, wide) for each in sections]


def _columns(sections: Sequence[Section], table: Node, shift: float = _SHIFT) -> list[Leaf]:
    """Entries in two columns, to be read one column after the other."""
    x, wide = styles.LEFT + shift, styles.TEXT_WIDTH - shift
    column = (wide - _GAP) / 2
    half = (len(sections) + 1) // 2
    entries = [
        _entry(
            each,
            table,
            styles.CONTENTS_INNER,
            x + (number >= half) * (column + _GAP),
            column,
        )
        for number, each in enumerate(sections)
    ]
    rows = [
        Row(tuple(Cell((each,)) for each in pair if each), x, wide, 0, rule="")
        for pair in zip_longest(entries[:half], entries[half:])
    ]
    return together(rows)


def _entry(section: Section, table: Node, style: Style, x: float, wide: float) -> Entry:
    words = f"{section.code}\u2002{bare(section.title)}" if section.code else bare(section.title)
    runs = cut_short(words, style.face, wide - 30)
    target = f"#{section.anchor}"
    node = table.add("TOCI").add("Reference").add("Link", to=target)
    return Entry(node, runs, x, x + wide, target, style.face, leading=style.leading)


def number_contents(book: Book) -> None:
    """Paint the page numbers that the table of contents waits for."""
    for sheet, entry, base in book.pending:
        place = book.places.get(entry.target[1:])
        if place is None:
            continue
        said = str(place.page + 1)
        wide = width(said, entry.face)
        end = entry.x + sum(width(run.text, run.face) for run in entry.runs)
        with sheet.artifact():
            sheet.add("[0.6 3] 0 d")
            sheet.rule(end + 6, base + 1, entry.to - wide - 6, RULE, 0.8)
            sheet.add("[] 0 d")
        with sheet.marked(entry.node):
            sheet.text([Run(f"{said} ", entry.face)], entry.to - wide, base)
