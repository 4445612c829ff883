"""A plan as a spreadsheet, to follow the work in: steps, days by month, workshops, what to know."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from norm_engine.exchange.plain_text import one_line
from norm_engine.exchange.plan_sheets import about_sheet, months_sheet, workshops_sheet
from norm_engine.exchange.workbooks import (
    DATE,
    DAYS,
    for_print,
    put,
    put_formula,
    put_header,
    put_title,
    rule,
    workbook_bytes,
)
from norm_engine.language import _, current
from norm_engine.language.figures import date_said, period_said
from norm_engine.model.plan_results import PlanResult, PlanStep
from norm_engine.presentation.plan_words import (
    closes_if_said,
    day_aimed_at,
    surely_closed,
)
from norm_engine.presentation.wording import role_said

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER = 3
_WIDTHS = (5, 38, 14, 19, 9, 9, 9, 11, 11, 11, 9, 17, 14, 10, 16, 38)
_NUMBERS = (1, 5, 6, 7, 8, 9)
_EFFORTS = (5, 6, 7)
_STATE = 14


def plan_xlsx(result: PlanResult) -> bytes:
    """The workbook of a plan; the same plan comes to the same bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    steps = workbook.active
    assert steps is not None
    steps.title = _("Plan")
    _steps_sheet(steps, result)
    months_sheet(workbook.create_sheet(_("By month")), result)
    workshops_sheet(workbook.create_sheet(_("Workshops")), result)
    about_sheet(workbook.create_sheet(_("Good to know")), result)
    title = _("Preparation: {structure}").format(structure=result.structure)
    workbook.properties.title = one_line(title)
    workbook.properties.language = current()
    return workbook_bytes(workbook, result.as_of)


def _steps_sheet(sheet: "Worksheet", result: PlanResult) -> None:
    title = _("Preparation: {structure}").format(structure=result.structure)
    put_title(sheet, one_line(title), _below(result))
    put_header(sheet, _HEADER, _columns(), _WIDTHS, _NUMBERS)
    numbers = {step.id: number for number, step in enumerate(result.steps, 1)}
    titles = {each.workshop: each.title for each in result.milestones}
    for step in result.steps:
        row = _HEADER + numbers[step.id]
        _step_row(sheet, row, step, numbers, titles.get(step.workshop, step.workshop))
        rule(sheet, row, len(_WIDTHS))
    _total_row(sheet, len(result.steps))
    _states(sheet, len(result.steps))
    sheet.freeze_panes = f"C{_HEADER + 1}"
    sheet.auto_filter.ref = f"A{_HEADER}:P{_HEADER + len(result.steps)}"
    for_print(sheet, _HEADER)


def _columns() -> tuple[str, ...]:
    return (
        _("#"),
        _("Step"),
        _("Who"),
        _("Workshop"),
        _("Days, low"),
        _("Days, likely"),
        _("Days, high"),
        _("Start"),
        _("End"),
        _("Depends on"),
        _("Critical path"),
        _("Requirements met"),
        _("In charge"),
        _("State"),
        _("Comment"),
        _("Step identifier"),
    )


def _below(result: PlanResult) -> str:
    aimed_at = day_aimed_at(result)
    audit = _("audit on {day}").format(day=date_said(aimed_at)) if aimed_at else ""
    span = period_said(result.as_of, result.end) if result.end else ""
    return " · ".join(each for each in (span, audit) if each)


def _step_row(
    sheet: "Worksheet", row: int, step: PlanStep, numbers: dict[str, int], workshop: str
) -> None:
    effort = step.effort
    after = [_("no. {n}").format(n=numbers[each]) for each in step.after if each in numbers]
    values = (
        numbers[step.id],
        one_line(step.title),
        role_said(step.role),
        one_line(workshop),
        *(float(Fraction(each)) for each in (effort.low, effort.likely, effort.high)),
        step.start,
        step.end,
        ", ".join(after),
        _("yes") if step.critical else "",
        ", ".join((*surely_closed(step), *_unsure(step))),
        "",
        _("to do"),
        "",
        step.id,
    )
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        number_format = DATE if column in (8, 9) else DAYS if column in _EFFORTS else ""
        put(cell, value, number_format, bold=step.critical and column == 2)


def _unsure(step: PlanStep) -> Iterator[str]:
    """What a step closes that may not concern the structure, each with these words."""
    for name in step.may_not_apply:
        yield f"{name} ({closes_if_said(1)})"


def _total_row(sheet: "Worksheet", count: int) -> None:
    """The days of what the filter leaves in sight."""
    row = _HEADER + count + 1
    put(sheet.cell(row, 2), _("Total of the steps shown"), bold=True)
    for column in _EFFORTS:
        letter = "ABCDEFG"[column - 1]
        cell = sheet.cell(row, column)
        if count:
            put_formula(cell, f"SUBTOTAL(109,{letter}{_HEADER + 1}:{letter}{row - 1})", DAYS)
        else:
            put(cell, 0, DAYS, bold=True)
    rule(sheet, row, len(_WIDTHS), total=True)


def _states(sheet: "Worksheet", count: int) -> None:
    """The choices of a step's state."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if not count:
        return
    choices = ",".join((_("to do"), _("in progress"), _("done")))
    offered = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    offered.error = _("Choose one of the states in the list.")
    sheet.add_data_validation(offered)
    offered.add(f"N{_HEADER + 1}:N{_HEADER + count}")
