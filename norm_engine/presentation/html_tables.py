"""Tables, figures and tiles of a document as HTML."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from norm_engine.language import _
from norm_engine.presentation.document import Column, Figure, Line, Picture, Table, Tile, bare
from norm_engine.presentation.html_words import Keys, class_of, line_html, plain, text
from norm_engine.presentation.svg import svg

_STACKED_FROM = 3
"""Columns from which a table is read row by row where the page is narrow."""

_WORDS = 56
"""Characters that the longest words of all columns may have where no word is broken."""

_PICTURE = 14
"""Characters that are as wide as a small picture."""

_STEP = 5
"""The style sheet knows widths in steps of so many hundredths."""


def table_html(table: Table, keys: Keys) -> str:
    """A table; where its columns are set and the page is narrow, each row becomes a block.

    The roles are those that the elements have anyway: some readers forget them once cells are
    displayed as blocks.
    """
    stacked = bool(table.columns) and len(table.columns) >= _STACKED_FROM
    cells = _Cells(table, stacked)
    caption = line_html(table.caption, keys)
    names = class_of(
        "set" if table.columns else "",
        "stacked" if stacked else "",
        "whole" if table.columns and _keeps_words(table) else "",
    )
    parts = (
        f"<table{names}{cells.role('table')}>",
        f"<caption>{caption}</caption>" if caption else "",
        _columns(table.columns),
        f"<thead{cells.role('rowgroup')}>{cells.head()}</thead>" if table.head else "",
        f"<tbody{cells.role('rowgroup')}>",
        *(cells.row(row, keys) for row in table.rows),
        "</tbody>",
        "</table>",
    )
    return "\n".join(part for part in parts if part)


def _keeps_words(table: Table) -> bool:
    """Whether columns are wide enough for their longest words, wherever the table stands."""
    rows = [tuple((words,) for words in table.head), *table.rows]
    widest = [
        max((_longest(row[at]) for row in rows if at < len(row)), default=0)
        for at in range(len(table.columns))
    ]
    return sum(widest) <= _WORDS


def _longest(line: Line) -> int:
    if any(isinstance(each, Picture) for each in line):
        return _PICTURE
    return max(map(len, bare(line).split()), default=0)


class _Cells:
    """Writes the cells of one table."""

    def __init__(self, table: Table, stacked: bool) -> None:
        self.heads = table.head
        self.stacked = stacked
        self.classes = [each.align if each.align != "start" else "" for each in table.columns]

    def role(self, name: str) -> str:
        """The attribute that keeps a stacked cell a cell for screen readers."""
        return f' role="{name}"' if self.stacked else ""

    def head(self) -> str:
        """The row of the heads."""
        cells = "".join(self._head_cell(words, at) for at, words in enumerate(self.heads))
        return f"<tr{self.role('row')}>{cells}</tr>"

    def row(self, row: Sequence[Line], keys: Keys) -> str:
        """A row of the table."""
        cells = "".join(self._cell(line, at, keys) for at, line in enumerate(row))
        return f"<tr{self.role('row')}>{cells}</tr>"

    def _head_cell(self, words: str, at: int) -> str:
        if not words.strip():
            return f"<td{self.role('cell')}></td>"
        return f'<th scope="col"{self.role("columnheader")}{self._class(at)}>{text(words)}</th>'

    def _cell(self, line: Line, at: int, keys: Keys) -> str:
        shown = line_html(line, keys)
        if at == 0 and shown:
            return f'<th scope="row"{self.role("rowheader")}{self._class(at)}>{shown}</th>'
        label = self.heads[at] if self.stacked and shown and at < len(self.heads) else ""
        named = f' data-head="{plain(label)}"' if label else ""
        return f"<td{self.role('cell')}{self._class(at)}{named}>{shown}</td>"

    def _class(self, at: int) -> str:
        return class_of(self.classes[at]) if at < len(self.classes) else ""


def _columns(columns: Sequence[Column]) -> str:
    """The widths of columns, rounded so that together they are the whole."""
    if not columns:
        return ""
    whole = sum(each.share for each in columns)
    ends = [0, *accumulate(each.share / whole for each in columns)]
    steps = [round(end * 100 / _STEP) * _STEP for end in ends]
    widths = "".join(f'<col class="w-{max(end - start, _STEP)}">' for start, end in pairwise(steps))
    return f"<colgroup>{widths}</colgroup>"


def figure_html(figure: Figure, keys: Keys) -> str:
    """A picture with its name, then the table that holds the same, folded on screens."""
    drawn = svg(figure.scene, key=next(keys))
    caption = f"<figcaption>{text(figure.scene.title)}</figcaption>"
    if figure.table is None:
        return f"<figure>\n{drawn}{caption}\n</figure>"
    said = text(_("The same data as a table"))
    return (
        f"<figure>\n{drawn}{caption}\n<details><summary>{said}</summary>\n"
        f"{table_html(figure.table, keys)}\n</details>\n</figure>"
    )


def tiles_html(tiles: Sequence[Tile]) -> str:
    """Figures that count, each named before it is told; the style sheet shows it first."""
    return f'<dl class="tiles">\n{"".join(map(_tile, tiles))}</dl>'


def _tile(tile: Tile) -> str:
    note = f'<dd class="tile-note">{text(tile.note)}</dd>' if tile.note else ""
    return (
        f'<div><dt>{text(tile.label)}</dt><dd class="tile-value">{text(tile.value)}</dd>'
        f"{note}</div>\n"
    )
