"""What the spreadsheets we write have in common: safe texts, their looks, the same bytes again."""

import datetime
import io
import zipfile
from collections.abc import Container, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from norm_engine.exchange.plain_text import plain_lines
from norm_engine.language import current
from norm_engine.presentation.palette import ACCENT, INK, QUIET, RAISED, RULE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

DAYS = "#,##0.00"
DATE = "DD/MM/YYYY"
PERCENT = "0 %"
_FONT = "Calibri"
_LINE = 13.5
"""Points from one line of a cell to the next."""
_LONGEST = 32_000
"""Characters of a cell; the format holds 32,767."""
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r")
_OLDEST = 1980
"""The first year that entries of a ZIP file can bear."""


def month_format() -> str:
    """How a month is shown: in the language of the file, whoever opens it."""
    return f"[$-{'40C' if current() == 'fr' else '409'}]MMM YYYY"


def put(
    cell: "Cell | MergedCell", value: Any, number_format: str = "", *, bold: bool = False
) -> None:
    """Write a value: text as text, whatever it looks like; top left, wrapped.

    What begins like a formula is marked as text as well, so that it stays text when the user edits
    it or hands the sheet on as CSV.
    """
    from openpyxl.cell.cell import MergedCell
    from openpyxl.styles import Alignment, Font

    assert not isinstance(cell, MergedCell)
    if isinstance(value, str):
        formula_like = value.startswith(_FORMULA_LIKE)
        cell.value = plain_lines(value)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = formula_like
    else:
        cell.value = value
    if number_format:
        cell.number_format = number_format
    cell.font = Font(name=_FONT, size=10, bold=bold, color=INK[1:])
    text = isinstance(value, str)
    cell.alignment = Alignment(
        vertical="top", wrap_text=True, horizontal="left" if text else "right", indent=int(text)
    )


def put_formula(cell: "Cell | MergedCell", formula: str, number_format: str) -> None:
    """Write a formula of ours, in bold."""
    put(cell, 0, number_format, bold=True)
    cell.value = f"={formula}"


def put_title(sheet: "Worksheet", title: str, below: str) -> None:
    """The first two rows of a sheet: what it is, and a line about it."""
    from openpyxl.styles import Alignment, Font

    for row, words, font in (
        (1, title, Font(name=_FONT, size=14, bold=True, color=ACCENT[1:])),
        (2, below, Font(name=_FONT, size=10, color=QUIET[1:])),
    ):
        cell = sheet.cell(row, 1)
        put(cell, words)
        cell.font, cell.alignment = font, Alignment(vertical="center", indent=1)
    sheet.row_dimensions[1].height = 22
    sheet.row_dimensions[2].height = 18


def put_header(
    sheet: "Worksheet",
    row: int,
    words: Sequence[Any],
    widths: Sequence[float],
    numbers: Container[int] = (),
) -> None:
    """The names of columns, and how wide these are in characters.

    Args:
        numbers: the columns, from 1 on, that hold numbers and dates, which stand at the right.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (each, width) in enumerate(zip(words, widths, strict=True), 1):
        cell = sheet.cell(row, column)
        put(cell, each)
        cell.font = Font(name=_FONT, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=ACCENT[1:])
        text = column not in numbers
        cell.alignment = Alignment(
            vertical="center",
            wrap_text=True,
            horizontal="left" if text else "right",
            indent=int(text),
        )
        sheet.column_dimensions[get_column_letter(column)].width = width


def rule(sheet: "Worksheet", row: int, columns: int, *, total: bool = False) -> None:
    """A line under a row, or over the row of a total, which stands on a tint."""
    from openpyxl.styles import Border, PatternFill, Side

    side = Side("medium" if total else "thin", color=(INK if total else RULE)[1:])
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(top=side) if total else Border(bottom=side)
        if total:
            cell.fill = PatternFill("solid", fgColor=RAISED[1:])


def fit_heights(sheet: "Worksheet", first: int) -> None:
    """Make rows from `first` on as tall as their texts need; not every program does so itself."""
    for number, row in enumerate(sheet.iter_rows(min_row=first), first):
        lines = 1
        for cell in row:
            if isinstance(cell.value, str) and not cell.value.startswith("="):
                room = max(1, int(sheet.column_dimensions[cell.column_letter].width * 0.95) - 1)
                wanted = sum(len(wrap(line, room)) or 1 for line in cell.value.split("\n"))
                lines = max(lines, wanted)
        # the format allows no more than 409 points
        sheet.row_dimensions[number].height = min(400, lines * _LINE + 3)


def for_print(sheet: "Worksheet", header: int) -> None:
    """Landscape A4, as wide as a page, the rows down to `header` again on each."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.print_title_rows = f"{header}:{header}"
    footer = HeaderFooterItem()
    footer.right.text = "&P / &N"
    sheet.oddFooter = footer
    sheet.sheet_view.showGridLines = False
    fit_heights(sheet, header)


def workbook_bytes(workbook: "Workbook", day: datetime.date) -> bytes:
    """The file of a workbook, dated `day` throughout: the same workbook comes to the same bytes."""
    from openpyxl.writer.excel import ExcelWriter

    made = datetime.datetime(max(day.year, _OLDEST), day.month, day.day)  # noqa: DTZ001 – files of this format bear no zone
    workbook.properties.created = workbook.properties.modified = made
    workbook.properties.creator = "norm-engine"
    written, again = io.BytesIO(), io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(written, "w")).save()
    stamp = (min(made.year, 2107), made.month, made.day, 0, 0, 0)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(again, "w") as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, parts.read(name))
    return again.getvalue()
