"""Paints a scene on a page: the second writer of the pictures, beside SVG."""

from collections.abc import Sequence

from norm_engine.presentation.scene import (
    Circle,
    Group,
    Ink,
    Line,
    Point,
    Polygon,
    Rectangle,
    Scene,
    Shape,
    Text,
)
from norm_engine.reports.pdf.faces import BOLD, REGULAR, SEMIBOLD, Face, width
from norm_engine.reports.pdf.sheet import Sheet, colour, number
from norm_engine.reports.pdf.typesetting import Run, in_fonts, shown

_FONTS = {"regular": REGULAR, "semibold": SEMIBOLD, "bold": BOLD}
_ROUND = 0.5523
"""How far the handles of a Bézier curve stand out for a quarter of a circle."""


def paint(sheet: Sheet, scene: Scene, x: float, top: float, scale: float = 1) -> None:
    """Paint a scene whose top left corner is (x, top). To be called inside of a mark."""
    brush = _Brush(sheet, x, top, scale)
    sheet.add("q")
    for shape in scene.shapes:
        brush.shape(shape)
    sheet.add("Q")


class _Brush:
    def __init__(self, sheet: Sheet, x: float, top: float, scale: float) -> None:
        self.sheet, self.x, self.top, self.scale = sheet, x, top, scale

    def shape(self, shape: Shape) -> None:
        """Paint a shape, or all of a group."""
        match shape:
            case Rectangle():
                self._rectangle(shape)
            case Line(points=points, ink=ink, smooth=smooth):
                self._painted(self._line(points, smooth), ink)
            case Polygon(points=points, ink=ink):
                self._painted(f"{self._line(points, False)} h", ink)
            case Circle(x=x, y=y, radius=radius, ink=ink):
                box = (x - radius, y - radius, 2 * radius, 2 * radius)
                self._painted(self._rounded(box, radius), ink)
            case Text():
                self._text(shape)
            case Group(shapes=shapes):
                for each in shapes:
                    self.shape(each)

    def _at(self, point: Point) -> str:
        x, y = point
        return f"{number(self.x + x * self.scale)} {number(self.top - y * self.scale)}"

    def _line(self, points: Sequence[Point], smooth: bool) -> str:
        first, *rest = [self._at(each) for each in points]
        if not smooth:
            return " ".join([f"{first} m", *(f"{each} l" for each in rest)])
        curves = (" ".join(rest[start : start + 3]) + " c" for start in range(0, len(rest), 3))
        return " ".join([f"{first} m", *curves])

    def _rectangle(self, shape: Rectangle) -> None:
        box = (shape.x, shape.y, shape.width, shape.height)
        radius = min(shape.radius, shape.width / 2, shape.height / 2)
        if radius > 0:
            self._painted(self._rounded(box, radius), shape.ink)
            return
        corner = self._at((shape.x, shape.y + shape.height))
        wide, high = number(shape.width * self.scale), number(shape.height * self.scale)
        self._painted(f"{corner} {wide} {high} re", shape.ink)

    def _rounded(self, box: tuple[float, float, float, float], radius: float) -> str:
        x, y, wide, high = box
        right, bottom, handle = x + wide, y + high, radius * (1 - _ROUND)
        corners = (
            ((right - handle, y), (right, y + handle), (right, y + radius)),
            ((right, bottom - handle), (right - handle, bottom), (right - radius, bottom)),
            ((x + handle, bottom), (x, bottom - handle), (x, bottom - radius)),
            ((x, y + handle), (x + handle, y), (x + radius, y)),
        )
        sides = (
            (right - radius, y),
            (right, bottom - radius),
            (x + radius, bottom),
            (x, y + radius),
        )
        parts = [f"{self._at((x + radius, y))} m"]
        for side, curve in zip(sides, corners, strict=True):
            parts += [f"{self._at(side)} l", " ".join(self._at(each) for each in curve) + " c"]
        return " ".join([*parts, "h"])

    def _painted(self, path: str, ink: Ink) -> None:
        set_up = []
        if ink.fill:
            set_up.append(colour(ink.fill, "rg"))
        if ink.stroke:
            set_up += [colour(ink.stroke, "RG"), f"{number(ink.width * self.scale)} w"]
            dashes = " ".join(number(each * self.scale) for each in ink.dashes)
            set_up.append(f"[{dashes}] 0 d")
        if not set_up:
            return
        operator = "B" if ink.fill and ink.stroke else "f" if ink.fill else "S"
        self.sheet.add(f"{' '.join(set_up)} {path} {operator}")

    def _text(self, text: Text) -> None:
        face = Face(_FONTS[text.weight], text.size * self.scale, text.colour)
        runs = list(in_fonts(Run(shown(text.words).replace("\n", " "), face)))
        wide = sum(width(run.text, run.face) for run in runs)
        back = {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        # a space, so that the words of a picture stay apart for those who read its text
        runs.append(Run(" ", face))
        x, y = self.x + text.x * self.scale - back, self.top - text.y * self.scale
        if len(runs) > 1:
            self.sheet.text(runs, x, y)
