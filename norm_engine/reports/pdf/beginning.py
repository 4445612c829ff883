"""How a document begins: a coloured cover or a small head, with a logo."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image
from reportlab.lib.utils import ImageReader

from norm_engine.language import _
from norm_engine.presentation.document import Document, bare
from norm_engine.presentation.palette import ACCENT
from norm_engine.reports.pdf import styles
from norm_engine.reports.pdf.faces import BOLD, SEMIBOLD, Face
from norm_engine.reports.pdf.inlines import runs_of
from norm_engine.reports.pdf.leaves import Leaf, Setting, Words
from norm_engine.reports.pdf.pages import TOP
from norm_engine.reports.pdf.sheet import HEIGHT, WIDTH, Book, Sheet
from norm_engine.reports.pdf.structure import Content, Node
from norm_engine.reports.pdf.typesetting import Line, Run, cut_short, set_lines, shown

_COVER = 300.0
"""The least height of the coloured part of a cover, in points."""

_MOST_TITLE_LINES = 7
_SHORT_TITLE = 38
_LOGO_WIDTH, _LOGO_HEIGHT = 150.0, 56.0

Started = Callable[[Sheet], float]
"""Draws what a first page begins with; gives the height from which leaves may stand."""


@dataclass(frozen=True)
class Logo:
    """A picture to stand on the first page, with its size in pixels."""

    content: bytes
    width: int
    height: int

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height on the page, in points."""
        scale = min(_LOGO_WIDTH / self.width, _LOGO_HEIGHT / self.height)
        return self.width * scale, self.height * scale


def image_of(logo: Logo | None) -> ImageReader | None:
    """The logo as the pages take it: what lets its ground through stands on white."""
    if logo is None:
        return None
    picture = Image.open(io.BytesIO(logo.content))
    if picture.format == "JPEG":
        return ImageReader(io.BytesIO(logo.content))
    ground = Image.new("RGBA", picture.size, "#ffffff")
    ground.alpha_composite(picture.convert("RGBA"))
    return ImageReader(ground.convert("RGB"))


def cover(document: Document, logo: Logo | None, book: Book) -> Started:
    """A first page of its own: a coloured part with the title, the logo under it."""
    size = _title_size(bare(document.title))
    lines = _title_lines(document, Face(BOLD, size, "#ffffff"))
    leading = size * 1.16
    high = max(_COVER, 150 + len(lines) * leading)
    room = styles.TEXT_WIDTH
    above = set_lines([Run(document.eyebrow, Face(SEMIBOLD, 11, "#d8ecea"))], room)
    # what is read first comes first in the structure, before the pages are filled
    eyebrow = Words(book.root.add("P"), above, styles.LEFT, room, 15, 11)
    title = Words(book.root.add("H1"), lines, styles.LEFT, room, leading, size)
    figure = _logo_node(document, logo, book)

    def draw(sheet: Sheet) -> float:
        """The cover on the first page; the height in points at which the text may begin."""
        with sheet.artifact():
            sheet.rectangle(0, HEIGHT - high, WIDTH, high, ACCENT)
            sheet.rectangle(styles.LEFT, HEIGHT - high + 44, 46, 3, "#ffffff")
        eyebrow.draw(sheet, HEIGHT - 70)
        title.draw(sheet, HEIGHT - high + 66 + len(lines) * leading)
        start = HEIGHT - high - 34
        if logo is None or figure is None:
            return start
        _place(sheet, logo, figure, styles.LEFT, start)
        return start - logo.size[1] - 24

    return draw


def small_head(document: Document, logo: Logo | None, book: Book) -> tuple[Started, list[Leaf]]:
    """The head of a document without a cover, the logo at its right."""
    figure = _logo_node(document, logo, book)
    room = styles.TEXT_WIDTH - (logo.size[0] + 20 if logo else 0)
    title = styles.TITLE if len(bare(document.title)) <= _SHORT_TITLE else styles.LONG_TITLE
    leaves: list[Leaf] = []
    for tag, line, style in (
        ("P", (document.eyebrow,), styles.EYEBROW),
        ("H1", document.title, title),
    ):
        lines = set_lines(runs_of(line, style.face), room)
        setting = Setting(style.before, style.after, True)
        node, size = book.root.add(tag), style.face.size
        leaves.append(Words(node, lines, styles.LEFT, room, style.leading, size, setting))

    def draw(sheet: Sheet) -> float:
        """The head on the first page; the height in points at which the text may begin."""
        if logo is not None and figure is not None:
            right = styles.LEFT + styles.TEXT_WIDTH
            _place(sheet, logo, figure, right - logo.size[0], HEIGHT - TOP)
        return HEIGHT - TOP

    return draw, leaves


def _logo_node(document: Document, logo: Logo | None, book: Book) -> Node | None:
    if logo is None:
        return None
    words = document.print.logo_words if document.print else ""
    return book.root.add("Figure", alt=words or _("Logo"))


def _place(sheet: Sheet, logo: Logo, node: Node, x: float, top: float) -> None:
    wide, high = logo.size
    node.attributes["box"] = (x, top - high, x + wide, top)
    sheet.add(f"/Figure <</MCID {sheet.marks}>> BDC")
    node.kids.append(Content(sheet.index, sheet.marks))
    sheet.marks += 1
    sheet.images.append((len(sheet.operators), "logo", (x, top - high, wide, high)))
    sheet.add("EMC")


def _title_size(title: str) -> float:
    count = len(shown(title))
    return 32 if count <= 60 else 25 if count <= 130 else 18


def _title_lines(document: Document, face: Face) -> tuple[Line, ...]:
    """The title in a few lines; the identity below gives a name in full."""
    room = styles.TEXT_WIDTH - 30
    lines = set_lines(runs_of(document.title, face), room)
    if len(lines) <= _MOST_TITLE_LINES:
        return lines
    first, rest = lines[: _MOST_TITLE_LINES - 1], lines[_MOST_TITLE_LINES - 1 :]
    words = " ".join(run.text for line in rest for run, _width in line.runs)
    return (*first, *set_lines(cut_short(words, face, room), styles.TEXT_WIDTH))
