"""The sheets that stand behind the steps of a plan: days by month, workshops, what to know."""

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from norm_engine.exchange.plain_text import one_line
from norm_engine.exchange.workbooks import (
    DATE,
    DAYS,
    PERCENT,
    for_print,
    month_format,
    put,
    put_formula,
    put_header,
    put_title,
    rule,
)
from norm_engine.language import _
from norm_engine.language.figures import percent
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.results import Interval
from norm_engine.presentation.plan_pace import days_in, whole_days
from norm_engine.presentation.plan_words import (
    day_aimed_at,
    effort_said,
    late_said,
    no_steps_said,
    proof_said,
    unanswered_said,
    with_steps_said,
)
from norm_engine.presentation.wording import outcome_said, role_said

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER = 3
_LONGEST_SPAN = 120
"""Months in a row; in a longer plan, only those that have work are shown."""


def months_sheet(sheet: "Worksheet", result: PlanResult) -> None:
    """Person-days by role and month, beside what each role can give."""
    from openpyxl.utils import get_column_letter

    months = _months(result)
    put_title(sheet, _("Days of work by month"), _("In person-days, as likely."))
    names: list[Any] = [_("Who"), "", *months, _("Total")]
    put_header(sheet, _HEADER, names, [18, 12, *(10 for _month in months), 10], range(3, 99_999))
    for column in range(3, 3 + len(months)):
        sheet.cell(_HEADER, column).number_format = month_format()
    days = {(each.role, _first(each.month)): Fraction(each.days) for each in result.loads}
    capacity = whole_days(result.as_of, result.loads)
    last = get_column_letter(2 + len(months))
    row, work_rows = _HEADER, []
    for role in dict.fromkeys(step.role for step in result.steps):
        row += 1
        work_rows.append(row)
        put(sheet.cell(row, 1), role_said(role), bold=True)
        put(sheet.cell(row, 2), _("planned"))
        for column, month in enumerate(months, 3):
            put(sheet.cell(row, column), float(days.get((role, month), 0)), DAYS)
        put_formula(sheet.cell(row, 3 + len(months)), f"SUM(C{row}:{last}{row})", DAYS)
        if role in capacity:
            row += 1
            put(sheet.cell(row, 2), _("available"))
            for column, month in enumerate(months, 3):
                there = days_in(result.as_of, month, capacity[role])
                put(sheet.cell(row, column), float(there), DAYS)
        rule(sheet, row, 3 + len(months))
    if work_rows:
        _month_totals(sheet, row + 1, work_rows, len(months) + 1)
    sheet.freeze_panes = f"C{_HEADER + 1}"
    for_print(sheet, _HEADER)


def workshops_sheet(sheet: "Worksheet", result: PlanResult) -> None:
    """The workshops with the day their steps are done, and their readiness before and after."""
    put_title(
        sheet,
        _("Milestones of the workshops"),
        _("Proven readiness, against this catalogue: at least and at most."),
    )
    names = (
        _("Workshop"),
        _("Steps"),
        _("Done on"),
        _("Before, at least"),
        _("Before, at most"),
        _("After, at least"),
        _("After, at most"),
    )
    put_header(sheet, _HEADER, names, (42, 9, 13, 12, 12, 12, 12), range(2, 8))
    for row, each in enumerate(result.milestones, _HEADER + 1):
        put(sheet.cell(row, 1), one_line(each.title))
        put(sheet.cell(row, 2), len(each.steps))
        if each.steps:
            put(sheet.cell(row, 3), each.day, DATE)
        for column, share in enumerate((*_ends(each.before), *_ends(each.after)), 4):
            if share is not None:
                put(sheet.cell(row, column), share, PERCENT)
        rule(sheet, row, len(names))
    sheet.freeze_panes = f"A{_HEADER + 1}"
    for_print(sheet, _HEADER)


def about_sheet(sheet: "Worksheet", result: PlanResult) -> None:
    """What one has to know to use the plan: what it rests on, and what it does not say."""
    from openpyxl.styles import Alignment

    put_title(sheet, _("Good to know"), "")
    put_header(sheet, _HEADER, (_("Subject"), _("What there is to know")), (28, 110))
    for row, (name, value) in enumerate(_about(result), _HEADER + 1):
        put(sheet.cell(row, 1), name, bold=True)
        put(sheet.cell(row, 2), value, DATE if isinstance(value, datetime.date) else "")
        if not isinstance(value, str):
            sheet.cell(row, 2).alignment = Alignment(horizontal="left", vertical="top", indent=1)
        rule(sheet, row, 2)
    sheet.freeze_panes = f"A{_HEADER + 1}"
    for_print(sheet, _HEADER)


def _about(result: PlanResult) -> Sequence[tuple[str, str | datetime.date]]:
    ruleset = result.ruleset
    unanswered, aimed_at = unanswered_said(result), day_aimed_at(result)
    found: list[tuple[str, str | datetime.date]] = [
        (_("Important"), result.disclaimer),
        *([(_("First of all"), unanswered)] if unanswered else []),
        (_("Structure"), one_line(result.structure)),
        (_("Rule set"), one_line(ruleset.title)),
        (_("Edition"), ruleset.edition),
        (_("Version of the catalogue"), ruleset.version),
        (_("Fingerprint"), ruleset.fingerprint),
        (_("As of"), result.as_of),
        *([(_("Audit day aimed at"), aimed_at)] if aimed_at else []),
        (_("Before the plan"), outcome_said(result.decision_before.outcome)),
    ]
    if result.found:
        found += [
            (with_steps_said(result), outcome_said(result.decision_after.outcome)),
            (_("Effort"), effort_said(result.effort)),
            (_("What is proven"), proof_said(result)),
            *([(_("Too late"), late_said(result))] if result.late else []),
        ]
    else:
        found.append((_("With the plan"), no_steps_said(result)))
    found.append(
        (
            _("Columns to fill in"),
            _(
                "The columns “In charge”, “State” and “Comment” are yours to fill in. Nothing"
                " that is written there changes the audit."
            ),
        )
    )
    return [*found, *((_("Note"), note) for note in result.notes)]


def _months(result: PlanResult) -> list[datetime.date]:
    worked = sorted({_first(each.month) for each in result.loads})
    if not worked:
        return []
    first, last = worked[0], worked[-1]
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > _LONGEST_SPAN:
        return worked
    start = first.year * 12 + first.month - 1
    return [
        datetime.date((start + offset) // 12, (start + offset) % 12 + 1, 1)
        for offset in range(count)
    ]


def _first(month: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{month}-01")


def _month_totals(sheet: "Worksheet", row: int, rows: Sequence[int], columns: int) -> None:
    from openpyxl.utils import get_column_letter

    put(sheet.cell(row, 1), _("Total"), bold=True)
    for column in range(3, 3 + columns):
        letter = get_column_letter(column)
        put_formula(sheet.cell(row, column), "+".join(f"{letter}{each}" for each in rows), DAYS)
    rule(sheet, row, 2 + columns, total=True)


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    """The ends of an interval, rounded as they are printed: 100 % only when complete."""
    if interval is None:
        return None, None
    low, high = (percent(Fraction(each)) / 100 for each in (interval.low, interval.high))
    return low, high
