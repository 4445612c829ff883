"""The faces that text is set in: vendored fonts, what they cover, how wide their characters are."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, SEMIBOLD, BOLD, FALLBACK = (
    "SourceSans3",
    "SourceSans3-SemiBold",
    "SourceSans3-Bold",
    "DejaVu",
)
_FILES = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-SemiBold.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    FALLBACK: "DejaVuSans.ttf",
}
MISSING = "□"
"""Stands for a character that no vendored font has."""


@dataclass(frozen=True)
class Face:
    """A font at a size in points, in a colour (``#rrggbb``)."""

    font: str
    size: float
    colour: str


@cache
def font(name: str) -> TTFont:
    """A vendored font, read when first needed."""
    read = TTFont(name, str(Path(__file__).with_name("fonts") / _FILES[name]))
    pdfmetrics.registerFont(read)
    return read


@cache
def _covered(name: str) -> frozenset[str]:
    return frozenset(chr(code) for code in font(name).face.charToGlyph)


def covers(name: str, text: str) -> bool:
    """Whether a font has every character of a text."""
    return _covered(name).issuperset(text)


@cache
def _advances(name: str) -> dict[str, float]:
    face = font(name).face
    return {chr(code): width / 1000 for code, width in face.charWidths.items()}


_widths: dict[tuple[str, str], float] = {}


def width(text: str, face: Face) -> float:
    """How wide a text is in a face, in points; the face's font covers it."""
    key = (face.font, text)
    found = _widths.get(key)
    if found is None:
        advances = _advances(face.font)
        found = sum([advances.get(each, 0.5) for each in text])
        if len(_widths) > 50_000:
            _widths.clear()
        _widths[key] = found
    return found * face.size
