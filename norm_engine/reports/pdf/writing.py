"""Writes a document as one PDF file."""

import io
from collections.abc import Sequence
from dataclasses import replace

from norm_engine.language import _
from norm_engine.presentation.document import Document, Print, bare
from norm_engine.presentation.palette import RULE
from norm_engine.reports.pdf import styles
from norm_engine.reports.pdf.beginning import Logo, cover, image_of, small_head
from norm_engine.reports.pdf.contents import contents, number_contents, short_contents
from norm_engine.reports.pdf.faces import SEMIBOLD
from norm_engine.reports.pdf.finishing import Description, finished
from norm_engine.reports.pdf.layout import Frame, Layout
from norm_engine.reports.pdf.pages import fill
from norm_engine.reports.pdf.sheet import HEIGHT, Book, Sheet
from norm_engine.reports.pdf.typesetting import Run, cut_short, set_lines, shown
from norm_engine.reports.proof.carried import Attachment


def pdf_of(
    document: Document, described: Description, files: Sequence[Attachment], logo: Logo | None
) -> bytes:
    """The file of a document, its attachments inside.

    Raises:
        ValueError: when the document says nothing of print.
    """
    if not shown(bare(document.title)).strip():
        # headings start with the title: one that cannot be seen would leave them headless
        document = replace(document, title=(document.eyebrow,))
    if document.print is None:
        raise ValueError("a document without its print part")
    stream = io.BytesIO()
    book = Book(stream)
    layout = Layout(chapters=document.print.cover)
    frame = Frame(book.root)
    sections = document.sections
    if document.print.cover:
        started = cover(document, logo, book)
        fill(book, layout.blocks(document.front, frame), started)
        if document.print.contents:
            fill(book, contents(document, book.root))
        fill(book, layout.blocks((*sections, *document.colophon), frame))
    else:
        started, head = small_head(document, logo, book)
        if document.print.contents:
            head += short_contents(sections, book.root)
        blocks = (*document.front, *sections, *document.colophon)
        fill(book, [*head, *layout.blocks(blocks, frame)], started)
    number_contents(book)
    for sheet in book.sheets:
        covers = document.print.cover and sheet.index == 0
        _frame_page(sheet, document.print, len(book.sheets), bare_top=covers)
    book.close(image_of(logo))
    return finished(stream.getvalue(), book, layout.bookmarks, described, files)


def _frame_page(sheet: Sheet, print_: Print, count: int, *, bare_top: bool) -> None:
    """The running head, the page's number, and the small print."""
    left, right = styles.LEFT, styles.LEFT + styles.TEXT_WIDTH
    with sheet.artifact("Pagination"):
        if not bare_top:
            runs = cut_short(print_.running, styles.RUNNING, styles.TEXT_WIDTH)
            sheet.text(runs, left, HEIGHT - 42)
            sheet.rule(left, HEIGHT - 49, right, RULE)
        said = _("page {page} of {count}").format(page=sheet.index + 1, count=count)
        face = styles.RUNNING
        numbered = set_lines([Run(said, face)], 300)[0]
        sheet.rule(left, 62, right, RULE)
        sheet.text([run for run, _width in numbered.runs], right - numbered.width, 50)
        _small_print(sheet, print_)


_SMALL_LINES = 4


def _small_print(sheet: Sheet, print_: Print) -> None:
    """SHA-256 and the like, a line each: a label, then what it is of."""
    face = styles.SMALL_PRINT
    strong = replace(face, font=SEMIBOLD)
    for number, (label, value) in enumerate(print_.small_print[:_SMALL_LINES]):
        y = 49 - number * 7.6
        sheet.text(cut_short(label, strong, 60), styles.LEFT, y)
        sheet.text(cut_short(value, face, 330), styles.LEFT + 62, y)
