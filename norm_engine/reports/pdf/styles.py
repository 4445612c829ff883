"""The look of reports: faces, sizes and distances, said once."""

from dataclasses import dataclass

from norm_engine.presentation.palette import ACCENT, INK, QUIET
from norm_engine.reports.pdf.faces import BOLD, REGULAR, SEMIBOLD, Face

LEFT, TEXT_WIDTH = 56.7, 481.9
"""The left margin and the width of the text, in points."""


@dataclass(frozen=True)
class Style:
    """How a paragraph is set: its face, its leading, and the room above and below it."""

    face: Face
    leading: float
    before: float = 0
    after: float = 0


BODY = Style(Face(REGULAR, 9.6, INK), 13.6, 0, 6)
LEAD = Style(Face(REGULAR, 11.5, INK), 16.5, 0, 9)
NOTE = Style(Face(REGULAR, 8.6, QUIET), 11.8, 0, 5)
CELL = Style(Face(REGULAR, 8.8, INK), 11.6)
HEAD = Style(Face(SEMIBOLD, 8.2, QUIET), 10.4)
CAPTION = Style(Face(SEMIBOLD, 9.6, INK), 13, 8, 3)
LABEL = Style(Face(SEMIBOLD, 8.8, QUIET), 12.4)
VALUE = Style(Face(REGULAR, 9.3, INK), 12.8)
NOTICE_TITLE = Style(Face(BOLD, 11.5, INK), 15.5, 0, 4)
TILE_VALUE = Style(Face(BOLD, 21, ACCENT), 25)
TILE_LABEL = Style(Face(SEMIBOLD, 8.8, INK), 11.4)
TILE_NOTE = Style(Face(REGULAR, 8, QUIET), 10.4)
CONTENTS = Style(Face(SEMIBOLD, 10.2, INK), 19)
CONTENTS_INNER = Style(Face(REGULAR, 9.3, INK), 14.6)
RUNNING = Face(REGULAR, 7.8, QUIET)
SMALL_PRINT = Face(REGULAR, 6.2, QUIET)

TITLE = Style(Face(BOLD, 24, INK), 28, 0, 8)
LONG_TITLE = Style(Face(BOLD, 18, INK), 22, 0, 7)
EYEBROW = Style(Face(SEMIBOLD, 10, ACCENT), 14, 0, 4)
HEADINGS = {
    2: Style(Face(BOLD, 19, INK), 23, 26, 10),
    3: Style(Face(BOLD, 13, INK), 17, 19, 6),
    4: Style(Face(BOLD, 10.6, INK), 14, 15, 4),
    5: Style(Face(SEMIBOLD, 9.6, INK), 13, 10, 3),
}
CODES = {
    2: Face(SEMIBOLD, 9.6, ACCENT),
    3: Face(SEMIBOLD, 9.6, ACCENT),
    4: Face(SEMIBOLD, 9.2, ACCENT),
    5: Face(SEMIBOLD, 8.8, ACCENT),
}
TONES = {"plain": ACCENT, "good": "#2e7d4f", "bad": "#b3261e", "open": "#0b6e8f"}
"""The bar of a notice, by its tone."""
