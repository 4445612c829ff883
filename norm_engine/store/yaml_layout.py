"""Where the values of a YAML text stand in it, so that one of them can be changed on the spot."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

_SPACES = " \t\r\n"


@dataclass
class Spot:
    """A value and where it stands.

    Attributes:
        kind: ``scalar``, ``list`` or ``map``.
        flow: whether it is written between brackets or braces.
        start, end: positions in the text, from its first character to after its last one; comments
            behind it are no part of it.
        inner: of a list or a map, where it begins behind a name that others stand for it by.
        text: of a scalar, what it says.
        items: of a list, its items; of a map, its keys and values by turns.
    """

    kind: str
    flow: bool
    start: int
    end: int
    inner: int
    text: str = ""
    items: list["Spot"] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple["Spot", "Spot"]]:
        """The keys of a map with their values."""
        yield from zip(self.items[::2], self.items[1::2], strict=True)

    def pair(self, key: str) -> tuple["Spot", "Spot"] | None:
        """A key of a map with its value."""
        return next((pair for pair in self.pairs() if pair[0].text == key), None)


def layout_of(text: str) -> Spot:
    """The spots of a text that is known to be readable YAML of one document."""
    from ruamel.yaml import YAML

    reader = YAML(typ="safe")
    reader.version = (1, 2)
    return _composed(text, reader.parse(text))


def _composed(text: str, events: Any) -> Spot:
    root = Spot("list", False, 0, 0, 0)
    open_spots = [root]
    for event in events:
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if kind in ("ScalarEvent", "AliasEvent"):
            # the mark at the end of a text of several lines stands on the line after it
            end = start + len(text[start:end].rstrip(_SPACES))
            open_spots[-1].items.append(
                Spot("scalar", False, start, end, start, getattr(event, "value", "") or "")
            )
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            flow = bool(event.flow_style)
            # the mark at the end stands behind a bracket, before the first “- ” of a list that is
            # indented, behind that of one that is not
            dash = text[start:end].endswith("-") and not text[end : end + 1].strip()
            inner = end - 1 if flow or dash else end
            named = "map" if kind.startswith("Mapping") else "list"
            spot = Spot(named, flow, start, end, inner)
            open_spots[-1].items.append(spot)
            open_spots.append(spot)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            closed = open_spots.pop()
            # the end of a block is only seen at what follows it, comments included
            closed.end = end if closed.flow or not closed.items else closed.items[-1].end
    return root.items[0] if root.items else Spot("scalar", False, len(text), len(text), len(text))


def line_start(text: str, position: int) -> int:
    """Where the line begins that holds a position."""
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def line_end(text: str, position: int) -> int:
    """Where the line ends that holds a position, its line end left out."""
    ends = [found for found in (text.find("\n", position), text.find("\r", position)) if found >= 0]
    return min(ends, default=len(text))


def next_line(text: str, position: int) -> int:
    """Where the line after the one that holds a position begins."""
    end = line_end(text, position)
    return end + (2 if text[end : end + 2] == "\r\n" else 1 if end < len(text) else 0)


def after_blank(text: str, position: int) -> int:
    """Where the first line begins, after the one that holds a position, that is not blank."""
    at = next_line(text, position)
    while at < len(text) and not text[at : line_end(text, at)].strip():
        at = next_line(text, at)
    return at


def colon(text: str, key: Spot) -> int:
    """The position behind the colon of a key; that behind the key where it has none."""
    found = _COLON.match(text, key.end)
    return found.end() if found else key.end


def column(text: str, position: int) -> int:
    """How many characters stand before a position on its line."""
    return position - line_start(text, position)


def spliced(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """The text with parts of it replaced: from, to, by what; they do not overlap."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def is_named(root: Spot, text: str) -> bool:
    """Whether some value stands for another one (``*name``)."""
    return any(text.startswith("*", spot.start) for spot in _scalars(root))


def comments_in(text: str, root: Spot, start: int, end: int) -> list[str]:
    """The comments that begin between two positions of a text."""
    part = text[start:end]
    for spot in _scalars(root):
        # a text of its own lines may have a comment on its first one, behind the sign “|”
        first = line_end(text, spot.start) if text[spot.start : spot.start + 1] in "|>" else 0
        low, high = max(spot.start, first, start) - start, min(spot.end, end) - start
        if low < high:
            part = part[:low] + _WORDS.sub("x", part[low:high]) + part[high:]
    return [
        text[start + found.start() : start + found.end()].rstrip()
        for found in _COMMENT.finditer(part)
    ]


_COLON = re.compile(r"(?:\s+#[^\r\n]*|\s)*:")
_WORDS = re.compile(r"[^\r\n]")
_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")


def _scalars(spot: Spot) -> Iterator[Spot]:
    if spot.kind == "scalar":
        yield spot
    for each in spot.items:
        yield from _scalars(each)
