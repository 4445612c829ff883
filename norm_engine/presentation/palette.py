"""The colours of pictures and documents, and the shapes that verdicts are drawn with.

Colours are ``#rrggbb``. Those for text hold 4.5:1 on white, on `RAISED` and on every tint.
"""

from collections.abc import Callable, Mapping

from norm_engine.presentation.scene import Circle, Ink, Line, Polygon, Rectangle, Shape, diamond

INK = "#1d2326"
QUIET = "#566066"
RULE = "#dcd8cf"
PAPER = "#ffffff"
RAISED = "#f4f2ed"
ACCENT = "#0c5c60"
POSSIBLE = "#bddad8"
"""What may still be won: a light tint of `ACCENT`."""

DOMAINS = ("#1f5c99", "#9a4a06", "#20704a", "#7a3b8f", "#9c2350", "#4a5560")
"""Domains in their order, from the first again after the last."""

STRONG_LINK = "#2b3035"
LIGHT_LINK = "#858d94"

STATUS_COLOURS: Mapping[str, str] = {
    "met": "#1b6b43",
    "partial": "#8a5300",
    "unmet": "#a82a2a",
    "blocked": "#6b3a8c",
    "undetermined": "#1f6390",
    "not_applicable": "#5f676c",
}
"""The colour of each status, for its shape and for text."""

STATUS_TINTS: Mapping[str, str] = {
    "met": "#e8f3eb",
    "partial": "#f8e2b4",
    "unmet": "#f3cbc4",
    "blocked": "#dfd0ec",
    "undetermined": "#ffffff",
    "not_applicable": "#f1f0ed",
}
"""The ground that stands for each status; in grey, what is missing is darker than what is met."""

HOLLOW = "#8fb2c9"
"""The outline of what is undetermined, whose ground is white."""


def status_shape(status: str, x: float, y: float, size: float) -> Shape:
    """The shape of a status around (x, y), about `size` wide, in its colour: ● ◆ ▲ ■ ○ –."""
    return _SHAPES[status](x, y, size / 2, STATUS_COLOURS[status])


def _disc(x: float, y: float, half: float, colour: str) -> Shape:
    return Circle(x, y, half, Ink(fill=colour))


def _ring(x: float, y: float, half: float, colour: str) -> Shape:
    width = half * 0.4
    return Circle(x, y, half - width / 2, Ink(fill=PAPER, stroke=colour, width=width))


def _diamond(x: float, y: float, half: float, colour: str) -> Shape:
    return diamond(x, y, half * 1.15, Ink(fill=colour))


def _triangle(x: float, y: float, half: float, colour: str) -> Shape:
    base = y + half * 0.9
    points = ((x, y - half), (x + half * 1.1, base), (x - half * 1.1, base))
    return Polygon(points, Ink(fill=colour))


def _square(x: float, y: float, half: float, colour: str) -> Shape:
    side = half * 0.9
    return Rectangle(x - side, y - side, side * 2, side * 2, Ink(fill=colour))


def _dash(x: float, y: float, half: float, colour: str) -> Shape:
    return Line(((x - half * 0.8, y), (x + half * 0.8, y)), Ink(stroke=colour, width=half * 0.4))


_SHAPES: Mapping[str, Callable[[float, float, float, str], Shape]] = {
    "met": _disc,
    "partial": _diamond,
    "unmet": _triangle,
    "blocked": _square,
    "undetermined": _ring,
    "not_applicable": _dash,
}
