"""The legend under a picture: signs with their words, on as many lines as they need."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from norm_engine.presentation.palette import QUIET
from norm_engine.presentation.scene import Shape, Text, shortened, width_of

SIZE = 8.0
_LEADING = 14.0
_BESIDE = 5.0
_BETWEEN = 16.0


@dataclass(frozen=True)
class Entry:
    """A sign, `width` wide, drawn from its left end and around a height; and its words."""

    drawn: Callable[[float, float], Sequence[Shape]]
    width: float
    words: str


def legend(entries: Sequence[Entry], y: float, width: float) -> tuple[list[Shape], float]:
    """The legend whose first line is around `y`, and where it ends below."""
    shapes: list[Shape] = []
    x = 0.0
    for entry in entries:
        words = shortened(entry.words, SIZE, width - entry.width - _BESIDE)
        room = entry.width + _BESIDE + width_of(words, SIZE)
        if x > 0 and x + room > width:
            x, y = 0.0, y + _LEADING
        shapes += entry.drawn(x, y)
        shapes.append(Text(x + entry.width + _BESIDE, y + SIZE * 0.34, words, SIZE, QUIET))
        x += room + _BETWEEN
    return shapes, y + _LEADING / 2
