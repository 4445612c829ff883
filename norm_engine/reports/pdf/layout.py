"""A document as leaves: each block set at its width, with its element of the structure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from norm_engine.language import _
from norm_engine.presentation.document import (
    Block,
    Facts,
    Figure,
    Items,
    Line,
    Nested,
    Notice,
    Paragraph,
    Room,
    Section,
    Table,
    Tiles,
    Together,
    bare,
)
from norm_engine.presentation.palette import RAISED
from norm_engine.reports.pdf import styles
from norm_engine.reports.pdf.inlines import runs_of
from norm_engine.reports.pdf.leaves import Band, Drawing, Leaf, Ruled, Setting, Words
from norm_engine.reports.pdf.pages import ROOM
from norm_engine.reports.pdf.structure import Bookmark, Node
from norm_engine.reports.pdf.styles import Style
from norm_engine.reports.pdf.tables import alternative, facts_rows, table_rows, tile_rows
from norm_engine.reports.pdf.typesetting import Run, set_lines

_INSET = 14.0
"""Room between the sides of a box and what stands in it."""

_HANG = 13.0
"""How far the text of a list stands in from its bullet."""

_SHORT = 0.4 * ROOM
"""A section that stays together is at most so high: a higher one would leave much room empty."""

_CHAPTER = 0.4 * ROOM
"""A section of the first level starts a page when less than so much of it is left."""

_CLOSER = 0.6
"""How much of the room above headings is left in a document without chapters."""

_OPENING = 5
"""Leaves at the beginning of a longer one that stay together all the same."""

ROLES = {"lead": styles.LEAD, "note": styles.NOTE}


@dataclass(frozen=True)
class Frame:
    """Where blocks are set: the element they belong to, their column, their box, their style."""

    node: Node
    x: float = styles.LEFT
    width: float = styles.TEXT_WIDTH
    band: Band | None = None
    body: Style = styles.BODY
    level: int = 2


class Layout:
    """Sets blocks; remembers the headings for the outline.

    Where sections are `chapters`, one of the first level starts a page when little of it is left.
    """

    def __init__(self, *, chapters: bool = True) -> None:
        self.bookmarks: list[Bookmark] = []
        self.chapters = chapters

    def blocks(self, blocks: Iterable[Block], frame: Frame) -> list[Leaf]:
        """The leaves of blocks, in order."""
        return [leaf for block in blocks for leaf in self.block(block, frame)]

    def block(self, block: Block, frame: Frame) -> list[Leaf]:
        """The leaves of one block."""
        match block:
            case Paragraph(line=line, role=role):
                style = ROLES.get(role, frame.body)
                return [paragraph(frame.node.add("P"), line, style, frame)]
            case Items():
                return self._items(block, frame)
            case Nested(lines=lines):
                return self._nested(lines, frame)
            case Facts(rows=rows):
                return facts_rows(rows, frame, self)
            case Table():
                return table_rows(block, frame)
            case Tiles(tiles=tiles):
                return tile_rows(tiles, frame)
            case Figure() | Room() | Together() | Notice() | Section():
                return self._box(block, frame)

    def _box(self, block: Figure | Room | Together | Notice | Section, frame: Frame) -> list[Leaf]:
        match block:
            case Figure():
                return self._figure(block, frame)
            case Room():
                return self._room(block, frame)
            case Together(blocks=inside):
                return together(self.blocks(inside, frame))
            case Notice():
                return self._notice(block, frame)
            case Section():
                return self._section(block, frame)

    def _section(self, section: Section, frame: Frame) -> list[Leaf]:
        node = frame.node.add("Sect")
        inside = replace(frame, node=node, level=frame.level + 1)
        self.bookmarks.append(Bookmark(frame.level - 2, _named(section), section.anchor))
        heading = self._heading(section, replace(frame, node=node))
        leaves: list[Leaf] = [heading]
        if section.badges:
            leaves.append(_badges(section, inside))
        leaves += self.blocks(section.blocks, inside)
        if not section.together:
            return leaves
        if sum(leaf.height for leaf in leaves) > _SHORT:
            return [*together(leaves[:_OPENING]), *leaves[_OPENING:]]
        return together(leaves)

    def _heading(self, section: Section, frame: Frame) -> Words:
        level = min(frame.level, 5)
        style = styles.HEADINGS[level]
        runs = []
        if section.code:
            code = styles.CODES[level]
            runs.append(Run(f"{section.code}\u2002", replace(code, size=style.face.size)))
        runs += runs_of(section.title, style.face)
        room = _CHAPTER if level == 2 and self.chapters else 0
        fresh = section.new_page
        before = style.before * (1 if self.chapters else _CLOSER)
        setting = Setting(before, style.after, True, frame.band, fresh=fresh, room=room)
        node = frame.node.add(f"H{min(frame.level, 6)}")
        return _words(node, runs, style, frame, setting, anchor=section.anchor)

    def _items(self, items: Items, frame: Frame) -> list[Leaf]:
        node = frame.node.add("L", list="Disc")
        bullet = "☐" if items.ticks else "•"
        hang = 17.0 if items.ticks else _HANG
        face = frame.body.face
        if items.ticks:
            face = replace(face, size=face.size + 2.5)
        leaves: list[Leaf] = []
        for item in items.items:
            entry = node.add("LI")
            spoken = _("to tick") if items.ticks else ""
            label = (entry.add("Lbl", actual=spoken), (Run(bullet, face),), frame.x)
            inside = replace(
                frame, node=entry.add("LBody"), x=frame.x + hang, width=frame.width - hang
            )
            leaves += _labelled(self.blocks(item, inside), label)
        return _closer(leaves, 3.0)

    def _nested(self, lines: Sequence[tuple[int, Line]], frame: Frame) -> list[Leaf]:
        node = frame.node.add("L", list="Disc")
        leaves: list[Leaf] = []
        for depth, line in lines:
            entry = node.add("LI")
            shift = depth * _HANG
            label = (entry.add("Lbl"), (Run("•", frame.body.face),), frame.x + shift)
            inside = replace(frame, x=frame.x + shift + _HANG, width=frame.width - shift - _HANG)
            body = entry.add("LBody")
            leaves.append(replace(paragraph(body, line, frame.body, inside), label=label))
        return _closer(leaves, 2.0)

    def _figure(self, figure: Figure, frame: Frame) -> list[Leaf]:
        scene = figure.scene
        scale = min(1.0, frame.width / scene.width, 640 / scene.height)
        node = frame.node.add("Figure", alt=alternative(scene))
        x = frame.x + (frame.width - scene.width * scale) / 2
        setting = Setting(6, 10, figure.table is not None and scene.height < 300, frame.band)
        drawn: list[Leaf] = [Drawing(node, scene, x, scale, setting)]
        return drawn + (table_rows(figure.table, frame) if figure.table else [])

    def _room(self, room: Room, frame: Frame) -> list[Leaf]:
        style = styles.LABEL
        leaves: list[Leaf] = []
        if room.label:
            setting = Setting(4, 0, True, frame.band)
            node = frame.node.add("P")
            leaves.append(_words(node, [Run(room.label, style.face)], style, frame, setting))
        after = Setting(after=8, band=frame.band)
        return [*leaves, Ruled(frame.x, frame.width, room.lines, after)]

    def _notice(self, notice: Notice, frame: Frame) -> list[Leaf]:
        band = Band(frame.x, frame.width, RAISED, styles.TONES[notice.tone])
        node = frame.node.add("Div")
        inside = replace(
            frame, node=node, x=frame.x + _INSET, width=frame.width - 2 * _INSET, band=band
        )
        style = styles.NOTICE_TITLE
        setting = Setting(20, style.after, bool(notice.blocks), band)
        title = _words(node.add("P"), [Run(notice.title, style.face)], style, inside, setting)
        leaves: list[Leaf] = [title, *self.blocks(notice.blocks, inside)]
        last = leaves[-1]
        leaves[-1] = _with(last, replace(last.setting, after=24))
        return together(leaves)


def paragraph(node: Node, line: Line, style: Style, frame: Frame) -> Words:
    """A paragraph as a leaf."""
    setting = Setting(style.before, style.after, False, frame.band)
    return _words(node, runs_of(line, style.face), style, frame, setting)


def _words(
    node: Node, runs: Sequence[Run], style: Style, frame: Frame, setting: Setting, anchor: str = ""
) -> Words:
    return Words(
        node,
        set_lines(runs, frame.width),
        frame.x,
        frame.width,
        style.leading,
        style.face.size,
        setting,
        anchor=anchor,
    )


def _badges(section: Section, frame: Frame) -> Words:
    words = "\u2002·\u2002".join(each.words for each in section.badges)
    style = styles.NOTE
    setting = Setting(0, 7, True, frame.band)
    return _words(frame.node.add("P"), [Run(words, style.face)], style, frame, setting)


def _named(section: Section) -> str:
    title = bare(section.title)
    return f"{section.code} {title}" if section.code else title


def together(leaves: Sequence[Leaf]) -> list[Leaf]:
    """The same leaves, each kept with the next one where a page can hold them all."""
    if sum(leaf.height + leaf.setting.before for leaf in leaves) > ROOM:
        return list(leaves)
    kept = [_with(leaf, replace(leaf.setting, keep=True)) for leaf in leaves[:-1]]
    last = [_with(leaf, replace(leaf.setting, whole=True)) for leaf in leaves[-1:]]
    return [*kept, *last]


def _labelled(leaves: list[Leaf], label: tuple[Node, tuple[Run, ...], float]) -> Iterator[Leaf]:
    for position, leaf in enumerate(leaves):
        if position == 0 and isinstance(leaf, Words):
            yield replace(leaf, label=label)
        else:
            yield leaf


def _closer(leaves: Sequence[Leaf], after: float) -> list[Leaf]:
    """The leaves of a list: close to one another, with room after the last."""
    inner = [
        _with(leaf, replace(leaf.setting, after=min(leaf.setting.after, after)))
        for leaf in leaves[:-1]
    ]
    return [*inner, *leaves[-1:]]


def _with(leaf: Leaf, setting: Setting) -> Leaf:
    changed: Leaf = replace(leaf, setting=setting)  # type: ignore[type-var]
    return changed
