"""What pages are filled with: pieces that know their height and may go on over a page's end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from norm_engine.presentation.document import Align
from norm_engine.presentation.palette import RULE
from norm_engine.presentation.scene import Scene
from norm_engine.reports.pdf.faces import Face
from norm_engine.reports.pdf.painting import paint
from norm_engine.reports.pdf.sheet import Sheet
from norm_engine.reports.pdf.structure import Node, Place
from norm_engine.reports.pdf.typesetting import Line, Run


@dataclass(frozen=True)
class Band:
    """A ground behind the leaves of one box: its sides, its colour, a bar at its left."""

    x: float
    width: float
    fill: str
    bar: str = ""


@dataclass(frozen=True)
class Setting:
    """How a leaf stands among others.

    Attributes:
        before, after: room above and below, in points; of two that meet the larger counts.
        keep: stays on one page with what follows.
        band: the box it belongs to.
        head: the leaf that is repeated where a page starts with this one.
        fresh: starts a page.
        room: starts a page when less than so much of it is left.
        whole: is not split unless a page cannot hold it.
    """

    before: float = 0
    after: float = 0
    keep: bool = False
    band: Band | None = None
    head: "Row | None" = None
    fresh: bool = False
    room: float = 0
    whole: bool = False


@runtime_checkable
class Leaf(Protocol):
    """A piece of a document, set at its width."""

    @property
    def setting(self) -> Setting:
        """How it stands among others."""

    @property
    def height(self) -> float:
        """Its height in points."""

    @property
    def least(self) -> float:
        """The height of the least part of it that may stand at the end of a page."""

    def split(self, room: float) -> "tuple[Leaf, Leaf] | None":
        """A part at most `room` high, and the rest; None when nothing fits."""

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""


@dataclass(frozen=True)
class Words:
    """Lines of text that belong to one element.

    `label` is what stands before the first line (a bullet, a box to tick) with its element and
    place; `anchor` is what links can name.
    """

    node: Node
    lines: tuple[Line, ...]
    x: float
    width: float
    leading: float
    size: float
    setting: Setting = Setting()
    align: Align = "start"
    label: tuple[Node, tuple[Run, ...], float] | None = None
    anchor: str = ""
    last: bool = True

    @property
    def height(self) -> float:
        """Its height in points."""
        return len(self.lines) * self.leading

    @property
    def least(self) -> float:
        """Two lines, and no line alone on the next page."""
        count = len(self.lines)
        return self.leading * (count if count <= 3 else 2)

    def split(self, room: float) -> "tuple[Words, Words] | None":
        """Lines that fit, and the others; never one alone on either side."""
        count = min(int((room + 0.01) / self.leading), len(self.lines) - 2)
        if count < 2 or len(self.lines) <= 3:
            return None
        first = replace(
            self,
            lines=self.lines[:count],
            setting=replace(self.setting, after=0, keep=False),
            last=False,
        )
        rest = replace(self, lines=self.lines[count:], label=None, anchor="")
        return first, replace(rest, setting=replace(self.setting, before=0, fresh=False))

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        if self.anchor and not sheet.muted:
            sheet.book.places[self.anchor] = Place(sheet.index, top + 6)
        base = top - (self.leading + 0.7 * self.size) / 2
        if self.label is not None:
            node, runs, x = self.label
            with sheet.marked(node):
                sheet.text([*runs, Run(" ", runs[-1].face)], x, base)
        for number, line in enumerate(self.lines):
            room = self.width - line.width
            x = self.x + {"start": 0.0, "end": room, "centre": room / 2}[self.align]
            if line.runs:
                space = not self.last or number < len(self.lines) - 1
                sheet.line(self.node, line, x, base - number * self.leading, space)


@dataclass(frozen=True)
class Drawing:
    """A picture; it is never split."""

    node: Node
    scene: Scene
    x: float
    scale: float = 1
    setting: Setting = Setting()

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.scene.height * self.scale

    @property
    def least(self) -> float:
        """The whole of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        right = self.x + self.scene.width * self.scale
        self.node.attributes["box"] = (self.x, top - self.height, right, top)
        with sheet.marked(self.node):
            paint(sheet, self.scene, self.x, top, self.scale)


@dataclass(frozen=True)
class Ruled:
    """Lines to write on."""

    x: float
    width: float
    count: int
    setting: Setting = Setting()
    pitch: float = 19

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.count * self.pitch

    @property
    def least(self) -> float:
        """One line."""
        return self.pitch

    def split(self, room: float) -> "tuple[Ruled, Ruled] | None":
        """As many lines as fit, and the others."""
        count = int(room / self.pitch)
        if not 0 < count < self.count:
            return None
        return replace(self, count=count), replace(self, count=self.count - count)

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        with sheet.artifact():
            for number in range(1, self.count + 1):
                y = top - number * self.pitch + 2
                sheet.rule(self.x, y, self.x + self.width, "#8a9296", 0.5)


@dataclass(frozen=True)
class Cell:
    """What stands in one cell of a row: leaves under one another."""

    leaves: "tuple[Words | Drawing | Entry, ...]"

    @property
    def height(self) -> float:
        """Its height in points."""
        return sum(each.height + each.setting.before for each in self.leaves)

    def split(self, room: float) -> "tuple[Cell, Cell]":
        """What fits into `room`, and the rest; either may be empty."""
        kept: list[Words | Drawing | Entry] = []
        rest = list(self.leaves)
        while rest and rest[0].height + rest[0].setting.before <= room:
            room -= rest[0].height + rest[0].setting.before
            kept.append(rest.pop(0))
        if rest and isinstance(rest[0], Words):
            parts = rest[0].split(room - rest[0].setting.before)
            if parts:
                kept.append(parts[0])
                rest[0] = parts[1]
        return Cell(tuple(kept)), Cell(tuple(rest))


@dataclass(frozen=True)
class Row:
    """Cells beside one another.

    `ground` is the colour behind it, `rule` that of the line under it; '' for none. `boxes` are
    the left edges and widths of what the ground covers; none: all of it.
    """

    cells: tuple[Cell, ...]
    x: float
    width: float
    padding: float = 4
    setting: Setting = Setting()
    rule: str = RULE
    ground: str = ""
    thick: float = 0.5
    boxes: tuple[tuple[float, float], ...] = ()

    @property
    def height(self) -> float:
        """Its height in points."""
        return max((cell.height for cell in self.cells), default=0) + 2 * self.padding

    @property
    def least(self) -> float:
        """The whole of it, unless it is so high that it has to be torn."""
        return self.height if self.height <= _TORN else 60

    def split(self, room: float) -> "tuple[Row, Row] | None":
        """Each cell as far as it fits, and the rest; only of rows that are very high."""
        inside = room - 2 * self.padding
        parts = [cell.split(inside) for cell in self.cells]
        if self.height <= _TORN or not any(first.leaves for first, _rest in parts):
            return None
        first = replace(self, cells=tuple(each for each, _rest in parts), rule="")
        rest = replace(self, cells=tuple(each for _first, each in parts))
        return first, replace(rest, setting=replace(self.setting, before=0, fresh=False))

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        with sheet.artifact():
            for x, wide in self.boxes or ((self.x, self.width),) if self.ground else ():
                sheet.rectangle(x, top - self.height, wide, self.height, self.ground)
            if self.rule:
                sheet.rule(self.x, top - self.height, self.x + self.width, self.rule, self.thick)
        for cell in self.cells:
            y = top - self.padding
            for leaf in cell.leaves:
                y -= leaf.setting.before
                leaf.draw(sheet, y)
                y -= leaf.height


_TORN = 300
"""A row higher than this goes on over the end of a page."""


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents; its page number is painted when all pages are known."""

    node: Node
    runs: Sequence[Run]
    x: float
    to: float
    target: str
    face: Face
    setting: Setting = Setting()
    leading: float = 16

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.leading

    @property
    def least(self) -> float:
        """The whole of it."""
        return self.leading

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it, its upper edge at `top`."""
        base = top - (self.leading + 0.7 * self.face.size) / 2
        with sheet.marked(self.node):
            sheet.text([*self.runs, Run(" ", self.face)], self.x, base)
        sheet.book.pending.append((sheet, self, base))
        box = (self.x, base - 4, self.to, base + self.face.size)
        sheet.link(self.node, box, self.target, "".join(run.text for run in self.runs))
