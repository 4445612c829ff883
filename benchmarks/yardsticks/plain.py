"""The words of a report set with reportlab as its manual shows it: no tags, nothing attached.

As a program: ``python plain.py WORDS.json STRETCH FONTS OUTPUT.pdf``; `FONTS` is a folder, or ``-``
for the fonts that every reader has.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import grey
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

_WIDTH = 481.9

_GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
)


def faces(folder: str) -> tuple[str, str]:
    """The names of a regular and a bold face: those of a folder, or Helvetica for ``-``."""
    if folder == "-":
        return "Helvetica", "Helvetica-Bold"
    for name in ("Regular", "Bold"):
        pdfmetrics.registerFont(TTFont(f"Plain-{name}", f"{folder}/SourceSans3-{name}.ttf"))
    return "Plain-Regular", "Plain-Bold"


def plain_pdf(pieces: list[Any], stretch: float, names: tuple[str, str]) -> tuple[bytes, int]:
    """The file, and how many pages it has.

    Args:
        stretch: the distance between lines, as a multiple of what it is in the report.
        names: the names of the regular and the bold face.
    """
    styles = _styles(stretch, *names)
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream, pagesize=A4, leftMargin=56.7, rightMargin=56.7, topMargin=68, bottomMargin=84
    )
    document.build([_flowable(piece, styles) for piece in pieces])
    return stream.getvalue(), document.page


def _styles(stretch: float, regular: str, bold: str) -> dict[str, ParagraphStyle]:
    """What the report's styles are, with no colours."""

    def style(
        font: str, size: float, high: float, before: float = 0, after: float = 0
    ) -> ParagraphStyle:
        return ParagraphStyle(
            f"{font} {size}",
            fontName=font,
            fontSize=size,
            leading=high * stretch,
            spaceBefore=before,
            spaceAfter=after,
        )

    return {
        "1": style(bold, 24, 28, 0, 8),
        "2": style(bold, 19, 23, 26, 10),
        "3": style(bold, 13, 17, 19, 6),
        "4": style(bold, 10.6, 14, 15, 4),
        "paragraph": style(regular, 9.6, 13.6, 0, 6),
        "item": style(regular, 9.6, 13.6, 0, 3),
        "cell": style(regular, 8.8, 11.6),
    }


def _flowable(piece: list[Any], styles: dict[str, ParagraphStyle]) -> Any:
    kind, words = piece[0], piece[-1]
    if kind == "table":
        return _table(words, styles["cell"])
    if kind == "heading":
        return Paragraph(escape(words), styles[str(min(piece[1], 4))])
    if kind == "item":
        return Paragraph(escape(words), styles["item"], bulletText="•")
    return Paragraph(escape(words), styles["paragraph"])


def _table(rows: list[list[str]], style: ParagraphStyle) -> LongTable:
    count = max(len(row) for row in rows)
    first = 0.27 if count == 2 else 1.6 / (count + 0.6)
    widths = [_WIDTH * first] + [_WIDTH * (1 - first) / max(count - 1, 1)] * (count - 1)
    cells = [
        [Paragraph(escape(text).replace("\n", "<br/>"), style) for text in row] for row in rows
    ]
    return LongTable(cells, colWidths=widths, style=_GRID, splitInRow=1)


if __name__ == "__main__":
    words, stretch, fonts, output = sys.argv[1:]
    pieces = json.loads(Path(words).read_text(encoding="utf-8"))
    Path(output).write_bytes(plain_pdf(pieces, float(stretch), faces(fonts))[0])
