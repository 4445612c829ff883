"""The chain from a requirement to its root causes as a picture: a tree from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass

from norm_engine.language import _
from norm_engine.model.results import ChainLink
from norm_engine.presentation.chain_result import root_causes
from norm_engine.presentation.palette import (
    ACCENT,
    INK,
    PAPER,
    QUIET,
    RAISED,
    RULE,
    STATUS_COLOURS,
    STATUS_TINTS,
    STRONG_LINK,
    status_shape,
)
from norm_engine.presentation.scene import (
    Group,
    Ink,
    Line,
    Rectangle,
    Scene,
    Shape,
    Text,
    Weight,
    width_of,
    wrapped,
)
from norm_engine.presentation.wording import status_said

_SIZE = 11.5
_LEADING = 14.0
_WIDTH = 236.0
_PAD = 10.0
_SIGN = 22.0
_COLUMN = _WIDTH + 56.0
_GAP = 12.0
_MARGIN = 20.0
_HEAD = 30.0
_LINES = 7
_SOLID = Ink(stroke=STRONG_LINK, width=1.5)
_DASHED = Ink(stroke=STRONG_LINK, width=1.5, dashes=(5, 4))


@dataclass(frozen=True)
class _Row:
    """One line of text of a card."""

    words: str
    colour: str = INK
    weight: Weight = "regular"


@dataclass(frozen=True)
class _Card:
    """A link of the chain with its rows, and where its left top corner is."""

    link: ChainLink
    rows: tuple[_Row, ...]
    x: float
    y: float
    parts: tuple["_Card", ...]

    @property
    def height(self) -> float:
        """What its rows take."""
        return _height(self.rows)

    @property
    def middle(self) -> float:
        """Where lines reach it."""
        return self.y + self.height / 2


def chain_scene(path: ChainLink, structure: str) -> Scene:
    """What holds a requirement back, from the left to its root causes on the right."""
    root, bottom = _placed(path, 0, _MARGIN + _HEAD)
    cards = list(_all(root))
    width = max(card.x for card in cards) + _WIDTH + _MARGIN
    title = _("{id}: from the requirement to its root causes").format(id=path.id)
    shapes: list[Shape] = []
    for card in cards:
        shapes += _lines(card)
    for card in cards:
        shapes.append(Group(tuple(_drawn(card)), _told(card.link)))
    legend, right, bottom = _legend(cards, bottom + 18)
    width = max(width, right, _MARGIN * 2 + width_of(f"{title} – {structure}", 14))
    paper = Rectangle(0, 0, width, bottom, Ink(fill=PAPER))
    head = Text(_MARGIN, _MARGIN + 12, f"{title} – {structure}", 14, INK, "bold")
    said = _("Root causes: {causes}.").format(causes="; ".join(root_causes(path)))
    return Scene(width, bottom, (paper, head, *shapes, *legend), title, said)


def _placed(link: ChainLink, depth: int, top: float) -> tuple[_Card, float]:
    """A card with all that stands to its right, from `top` on; and where this ends below."""
    rows = tuple(_rows(link))
    own = _height(rows)
    parts = []
    bottom = top
    for part in link.parts:
        card, end = _placed(part, depth + 1, bottom)
        parts.append(card)
        bottom = end + _GAP
    if parts:
        bottom -= _GAP
    # a card stands beside the middle of its parts, never above where they may begin
    middle = (parts[0].middle + parts[-1].middle) / 2 if parts else top + own / 2
    y = max(top, middle - own / 2)
    card = _Card(link, rows, _MARGIN + depth * _COLUMN, y, tuple(parts))
    return card, max(bottom, y + own)


def _all(card: _Card) -> Iterator[_Card]:
    yield card
    for part in card.parts:
        yield from _all(part)


def _height(rows: tuple[_Row, ...]) -> float:
    return len(rows) * _LEADING + _PAD * 1.4


def _rows(link: ChainLink) -> Iterator[_Row]:
    """What a card says."""
    room = _WIDTH - _PAD * 2 - (_SIGN if link.kind in ("requirement", "criterion") else 6)
    if link.kind == "requirement":
        status = link.status or "undetermined"
        head = f"{link.id} – {status_said(status)}"
        yield from (_Row(each, STATUS_COLOURS[status], "bold") for each in _cut(head, room))
    elif link.kind == "atom":
        yield _Row(_("root cause"), ACCENT, "bold")
    yield from (_Row(each) for each in _cut(link.text, room))
    if link.kind == "atom" and link.found is not None:
        found = _("today: {found}").format(found=link.found)
        yield from (_Row(each, QUIET) for each in _cut(found, room))
    elif link.gate:
        yield _Row(_("prerequisite"), QUIET)
    if link.above:
        yield _Row(_("unfolded above"), QUIET)


def _cut(words: str, room: float) -> list[str]:
    # spaces that do not break are spaces to `wrapped`: a quotation mark would stand alone
    kept = words.translate(_HELD)
    return [line.translate(_LET_GO) for line in wrapped(kept, _SIZE, room, _LINES)]


_HELD = {0xA0: "\ue0a0", 0x202F: "\ue02f"}
_LET_GO = {0xE0A0: "\u00a0", 0xE02F: "\u202f"}


def _told(link: ChainLink) -> str:
    return f"{link.id} – {link.text}" if link.kind == "requirement" else link.text


def _lines(card: _Card) -> Iterator[Shape]:
    """The lines to the parts: dashed where not all of them are needed."""
    ink = _DASHED if card.link.needed < len(card.parts) else _SOLID
    start = (card.x + _WIDTH, card.middle)
    for part in card.parts:
        end = (part.x, part.middle)
        half = (start[0] + end[0]) / 2
        yield Line((start, (half, start[1]), (half, end[1]), end), ink, smooth=True)


def _drawn(card: _Card) -> Iterator[Shape]:
    link = card.link
    yield _outline(card)
    left = card.x + _PAD
    if link.kind == "requirement":
        yield status_shape(link.status or "undetermined", left + 7, card.middle, 14)
        left += _SIGN
    elif link.kind == "criterion":
        yield from _truth_sign(link.truth or "unknown", left + 7, card.middle)
        left += _SIGN
    elif link.kind == "atom":
        yield Rectangle(card.x, card.y, 5, card.height, Ink(fill=ACCENT))
        left += 4
    base = card.y + _PAD * 0.7 + _LEADING * 0.76
    for row, each in enumerate(card.rows):
        yield Text(left, base + row * _LEADING, each.words, _SIZE, each.colour, each.weight)


def _outline(card: _Card) -> Shape:
    at = (card.x, card.y, _WIDTH, card.height)
    match card.link.kind:
        case "requirement":
            status = card.link.status or "undetermined"
            ink = Ink(fill=STATUS_TINTS[status], stroke=STATUS_COLOURS[status], width=1.4)
            return Rectangle(*at, ink, 5)
        case "criterion":
            return Rectangle(*at, Ink(fill=PAPER, stroke=QUIET), 5)
        case "of":
            return Rectangle(*at, Ink(fill=RAISED, stroke=RULE), card.height / 2)
        case "atom":
            return Rectangle(*at, Ink(fill=PAPER, stroke=ACCENT, width=1.8))


def _truth_sign(truth: str, x: float, y: float) -> Iterator[Shape]:
    """A cross for what is false, a question mark for what is not known."""
    if truth == "false":
        ink = Ink(stroke=STATUS_COLOURS["unmet"], width=2.4)
        yield Line(((x - 5, y - 5), (x + 5, y + 5)), ink)
        yield Line(((x - 5, y + 5), (x + 5, y - 5)), ink)
    else:
        yield Text(x, y + 5.5, "?", 16, STATUS_COLOURS["undetermined"], "bold", "middle")


def _legend(cards: list[_Card], y: float) -> tuple[list[Shape], float, float]:
    """What lines and signs mean, where it ends to the right, and where below."""
    x = _MARGIN
    shapes: list[Shape] = []
    broken = any(card.link.needed < len(card.parts) for card in cards)
    entries = [(_SOLID, _("all of these are needed"))]
    entries += [(_DASHED, _("some of these are enough"))] if broken else []
    for ink, words in entries:
        shapes.append(Line(((x, y), (x + 34, y)), ink))
        shapes.append(Text(x + 42, y + 4, words, _SIZE, QUIET))
        x += 42 + width_of(words, _SIZE) + 28
    truths = {card.link.truth for card in cards if card.link.kind == "criterion"}
    for truth, words in (("false", _("does not hold")), ("unknown", _("not known yet"))):
        if truth in truths:
            shapes += [*_truth_sign(truth, x + 6, y), Text(x + 18, y + 4, words, _SIZE, QUIET)]
            x += 18 + width_of(words, _SIZE) + 28
    return shapes, x, y + 14 + _MARGIN
