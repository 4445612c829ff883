"""Tables, facts and tiles as rows of cells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from norm_engine.language import _
from norm_engine.presentation.document import Align, Block, Column, Line, Picture, Table, Tile
from norm_engine.presentation.palette import INK, RAISED, RULE
from norm_engine.presentation.scene import Scene
from norm_engine.reports.pdf import styles
from norm_engine.reports.pdf.inlines import runs_of
from norm_engine.reports.pdf.leaves import Cell, Drawing, Leaf, Row, Setting, Words
from norm_engine.reports.pdf.structure import Node
from norm_engine.reports.pdf.styles import Style
from norm_engine.reports.pdf.typesetting import Run, set_lines

if TYPE_CHECKING:
    from norm_engine.reports.pdf.layout import Frame, Layout

_GUTTER = 10.0
"""Room between two columns."""

_LABELS = 0.27
"""The share of the width that the labels of facts take."""


def table_rows(table: Table, frame: "Frame") -> list[Leaf]:
    """The caption and the rows of a table; its head is repeated on each page."""
    node = frame.node.add("Table")
    places = _places(table, frame)
    leaves: list[Leaf] = []
    if table.caption:
        leaves.append(_caption(table.caption, node, frame))
    head = None
    if table.head:
        cells = tuple(
            _cell((words,), node_, place, styles.HEAD)
            for words, node_, place in zip(
                table.head, _nodes(node, len(table.head), head=True), places, strict=True
            )
        )
        setting = Setting(keep=True, band=frame.band)
        head = Row(cells, frame.x, frame.width, 3, setting, INK, thick=0.8)
        leaves.append(head)
    for number, row in enumerate(table.rows):
        cells = tuple(
            _cell(line, node_, place, styles.CELL)
            for line, node_, place in zip(row, _nodes(node, len(row)), places, strict=True)
        )
        last = number == len(table.rows) - 1
        # two rows at least stand under a head, and none stands alone at the end
        kept = len(table.rows) > 2 and number in (0, len(table.rows) - 2)
        setting = Setting(after=12 if last else 0, keep=kept, band=frame.band, head=head)
        leaves.append(Row(cells, frame.x, frame.width, 3.2, setting))
    return leaves


def _nodes(table: Node, count: int, *, head: bool = False) -> list[Node]:
    row = table.add("TR")
    if head:
        return [row.add("TH", scope="Column") for _ in range(count)]
    return [row.add("TH", scope="Row"), *(row.add("TD") for _ in range(count - 1))]


def _places(table: Table, frame: "Frame") -> list[tuple[float, float, Align]]:
    """The left edge, the width and the alignment of each column."""
    count = len(table.head) or max((len(row) for row in table.rows), default=1)
    columns = table.columns or (Column(1.6), *(Column(1.0) for _ in range(count - 1)))
    whole = sum(column.share for column in columns)
    room = frame.width - _GUTTER * (len(columns) - 1)
    found: list[tuple[float, float, Align]] = []
    x = frame.x
    for column in columns:
        wide = room * column.share / whole
        found.append((x, wide, column.align))
        x += wide + _GUTTER
    return found


def _cell(line: Line, node: Node, place: tuple[float, float, Align], style: Style) -> Cell:
    x, wide, align = place
    if len(line) == 1 and isinstance(line[0], Picture):
        scene = line[0].scene
        figure = node.add("Figure", alt=alternative(scene))
        scale = min(1.0, wide / scene.width)
        return Cell((Drawing(figure, scene, x, scale, Setting(before=1.5)),))
    lines = set_lines(runs_of(line, style.face), wide)
    return Cell((Words(node, lines, x, wide, style.leading, style.face.size, align=align),))


def alternative(scene: Scene) -> str:
    """What stands in place of a picture for those who do not see it."""
    if scene.title.endswith((".", "!", "?")):
        return f"{scene.title} {scene.description}"
    return _("{title}: {description}").format(title=scene.title, description=scene.description)


def _caption(line: Line, table: Node, frame: "Frame") -> Words:
    style = styles.CAPTION
    lines = set_lines(runs_of(line, style.face), frame.width)
    setting = Setting(style.before, style.after, True, frame.band)
    node = table.add("Caption")
    return Words(node, lines, frame.x, frame.width, style.leading, style.face.size, setting)


def facts_rows(
    rows: Sequence[tuple[str, tuple[Block, ...]]], frame: "Frame", layout: "Layout"
) -> list[Leaf]:
    """Labels, and what stands beside each."""
    node = frame.node.add("L", list="None")
    wide = frame.width * _LABELS
    style = styles.LABEL
    leaves: list[Leaf] = []
    for number, (label, blocks) in enumerate(rows):
        entry = node.add("LI")
        lines = set_lines([Run(label, style.face)], wide - _GUTTER)
        name = Words(entry.add("Lbl"), lines, frame.x, wide, style.leading, style.face.size)
        inside = replace(
            frame,
            node=entry.add("LBody"),
            x=frame.x + wide,
            width=frame.width - wide,
            body=styles.VALUE,
        )
        last = number == len(rows) - 1
        # the last row does not stand alone on a page
        keep = number == len(rows) - 2
        setting = Setting(after=10 if last else 0, keep=keep, band=frame.band)
        held = layout.blocks(blocks, inside)
        leaves += _fact(name, held, setting, frame, "" if last else RULE)
    return leaves


def _fact(
    name: Words, held: Sequence[Leaf], setting: Setting, frame: "Frame", rule: str
) -> list[Leaf]:
    """One row; what holds a table or boxes flows under its label's row instead of beside it."""
    if all(isinstance(leaf, Words | Drawing) for leaf in held):
        beside = tuple(leaf for leaf in held if isinstance(leaf, Words | Drawing))
        spaced = tuple(
            replace(leaf, setting=Setting(before=held[at - 1].setting.after / 2 if at else 0))
            for at, leaf in enumerate(beside)
        )
        row = Row((Cell((name,)), Cell(spaced)), frame.x, frame.width, 2.6, setting, rule)
        return [row]
    first = Row((Cell((name,)),), frame.x, frame.width, 2.6, Setting(keep=True), "")
    return [first, *held]


def tile_rows(tiles: Sequence[Tile], frame: "Frame") -> list[Leaf]:
    """Figures that count, beside one another."""
    node = frame.node.add("L", list="None")
    gap = 8.0
    wide = (frame.width - gap * (len(tiles) - 1)) / len(tiles)
    cells = []
    for number, tile in enumerate(tiles):
        body = node.add("LI").add("LBody")
        x = frame.x + number * (wide + gap)
        parts = (
            (tile.value, styles.TILE_VALUE),
            (tile.label, styles.TILE_LABEL),
            (tile.note, styles.TILE_NOTE),
        )
        words = tuple(
            Words(
                body.add("P"),
                set_lines([Run(text, style.face)], wide - 20),
                x + 10,
                wide - 20,
                style.leading,
                style.face.size,
            )
            for text, style in parts
            if text
        )
        cells.append(Cell(words))
    boxes = tuple((frame.x + number * (wide + gap), wide) for number in range(len(tiles)))
    setting = Setting(4, 12, band=frame.band)
    return [Row(tuple(cells), frame.x, frame.width, 8, setting, "", RAISED, boxes=boxes)]
