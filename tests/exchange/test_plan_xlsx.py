"""A plan as a spreadsheet: read by openpyxl, and by LibreOffice, which works out the sums."""

import datetime
import io
import re
import zipfile
from dataclasses import replace
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook

from norm_engine.exchange.plan_xlsx import plan_xlsx
from norm_engine.language import speaking
from norm_engine.model.plan_results import PlanResult
from tests.support.small_plan import (
    HOSTILE_TITLES,
    empty_plan,
    hostile_plan,
    large_plan,
    small_plan,
)
from tests.support.spreadsheet import Sheets, sheets_as_shown

FIRST = 4
"""The row of the first step."""


def opened(plan: PlanResult) -> Workbook:
    with speaking("en"):
        return load_workbook(io.BytesIO(plan_xlsx(plan)))


def midnight(day: str) -> datetime.datetime:
    """How openpyxl reads a date."""
    return datetime.datetime.fromisoformat(day)


def column(book: Workbook, letter: str) -> list:
    return [cell.value for cell in book["Plan"][letter][FIRST - 1 : FIRST + 11]]


def test_a_step_is_a_row_whose_numbers_are_numbers_and_whose_dates_are_dates():
    sheet = opened(small_plan())["Plan"]
    row = [cell.value for cell in sheet[FIRST + 6]]
    assert row == [
        7,
        "Former les médiateurs au cadre et recueillir leur engagement",
        "supervisors",
        "Poser le cadre",
        1.5,
        3,
        4.5,
        midnight("2026-12-15"),
        midnight("2027-01-15"),
        "no. 1",
        "yes",
        "DEO-05",
        None,
        "to do",
        None,
        "engager_mediateurs",
    ]
    assert sheet.cell(FIRST, 8).number_format == "DD/MM/YYYY"
    assert column(opened(small_plan()), "A") == list(range(1, 13))


def test_the_sheet_can_be_worked_in():
    sheet = opened(small_plan())["Plan"]
    assert sheet.freeze_panes == "C4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.auto_filter.ref == "A3:P15"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1
    (states,) = sheet.data_validations.dataValidation
    assert states.formula1 == '"to do,in progress,done"'
    assert str(states.sqref) == "N4:N15"


def test_what_to_know_stands_in_the_file():
    plan = small_plan()
    rows = [[cell.value for cell in row] for row in opened(plan)["Good to know"].iter_rows()]
    held = {name: value for name, value, *_ in rows if name}
    assert held["Important"] == plan.disclaimer
    assert held["Fingerprint"] == "3f" * 32
    assert held["Version of the catalogue"] == "1.1.0"
    assert held["As of"] == midnight("2026-09-14")
    assert held["What is proven"] == (
        "No route takes less effort for an audit on 30 April 2027: proven."
    )
    assert held["Note"] == plan.notes[0]


def test_steps_that_end_too_late_are_said_to():
    late = replace(small_plan(), audit_day=datetime.date(2027, 3, 1), late=30)
    rows = [[cell.value for cell in row] for row in opened(late)["Good to know"].iter_rows()]
    held = {name: text for name, text, *_ in rows if name}
    assert str(held["Too late"]).startswith("The steps end 30 days after 1 March 2027.")
    assert str(held["Were the steps done by 1 March 2027"]).startswith("Ready")


def test_what_a_role_has_in_a_month_begun_already_is_what_is_left_of_it():
    """From 14 September on 17 days of 30 are left; the quality lead has 6 days in a whole month.

    The role has work in September and in November, none in October.
    """
    plan = small_plan()
    left = Fraction(6) * Fraction(17, 30)
    loads = tuple(
        replace(each, capacity=str(left) if each.month == "2026-09" else "6")
        for each in plan.loads
        if (each.role, each.month) != ("referent_qualite", "2026-10")
    )
    rows = [[c.value for c in row] for row in opened(replace(plan, loads=loads))["By month"].rows]
    at = next(number for number, row in enumerate(rows) if row[0] == "quality lead")
    assert rows[at + 1][1] == "available"
    # September, October, November
    assert rows[at + 1][2:5] == [pytest.approx(3.4), 6, 6]


def test_steps_are_named_and_what_may_not_concern_the_structure_is_marked():
    plan = small_plan()
    first = replace(plan.steps[0], may_not_apply=("DEO-04",))
    sheet = opened(replace(plan, steps=(first, *plan.steps[1:])))["Plan"]
    assert sheet["P3"].value == "Step identifier"
    assert sheet["L4"].value == "DEO-01, DEO-02, DEO-04 (if it concerns you)"


def test_without_a_route_the_file_says_so():
    plan = replace(empty_plan(), found=False, proof=None)
    values = [row[1].value for row in opened(plan)["Good to know"].iter_rows()]
    assert "No route leads to ready for an audit on 30 April 2027." in values


OURS = r"=(SUM|SUBTOTAL)\((109,)?[A-Z]+\d+:[A-Z]+\d+\)|=[A-Z]+\d+(\+[A-Z]+\d+)*"


@pytest.mark.parametrize("plan", [small_plan(), hostile_plan(), empty_plan(), large_plan(80, 300)])
def test_only_our_own_sums_are_formulas(plan):
    for sheet in opened(plan):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert re.fullmatch(OURS, cell.value)


def test_what_looks_like_a_formula_is_text_and_stays_so_when_edited():
    sheet = opened(hostile_plan())["Plan"]
    cells = [sheet.cell(FIRST + number, 2) for number in range(12)]
    for cell, title in zip(cells[:4], HOSTILE_TITLES, strict=False):
        assert cell.value == title
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert not opened(small_plan())["Plan"].cell(FIRST, 2).quotePrefix
    # tabs, line ends and controls cannot stand in a line
    assert [cells[number].value for number in (4, 5, 7, 8)] == [
        "avec une tabulation",
        "avec un retour",
        "deux lignes et trois séparées",
        "contrôles [31m fin",
    ]


@pytest.mark.parametrize("day", [datetime.date(2026, 9, 14), datetime.date(1, 1, 1)])
def test_the_same_plan_comes_to_the_same_bytes(day):
    plan = replace(small_plan(), as_of=day)
    content = plan_xlsx(plan)
    assert plan_xlsx(plan) == content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {each.date_time[0] for each in parts.infolist()} == {max(day.year, 1980)}


def said(days: Fraction) -> str:
    """Person-days with two decimals, half up, as a spreadsheet shows them."""
    hundredths = int(days * 100 + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> dict[str, Sheets]:
    """The sheets of the plans as LibreOffice shows them; it starts but once."""
    folder = tmp_path_factory.mktemp("plans")
    plans = {"small": small_plan(), "hostile": hostile_plan()}
    files = [folder / f"{name}.xlsx" for name in plans]
    with speaking("en"):
        for file, plan in zip(files, plans.values(), strict=True):
            file.write_bytes(plan_xlsx(plan))
    return dict(zip(plans, sheets_as_shown(files, folder), strict=True))


def test_libreoffice_opens_it_and_comes_to_the_same_sums(shown):
    sheets = shown["small"]
    assert set(sheets) == {"Plan", "By month", "Workshops", "Good to know"}
    total = sheets["Plan"][FIRST + 11]
    assert total[1] == "Total of the steps shown"
    # 59/3, 118/3 and 59 person-days
    assert total[4:7] == ["19.67", "39.33", "59.00"]
    assert sheets["Plan"][FIRST - 1][7:9] == ["14/09/2026", "14/12/2026"]
    assert sheets["Workshops"][FIRST - 1][3:7] == ["40 %", "60 %", "80 %", "90 %"]


def test_libreoffice_adds_the_months_up_to_the_days_of_each_role(shown):
    months = [row for row in shown["small"]["By month"] if row[1] == "planned" or row[0] == "Total"]
    given = {
        "management": Fraction(9),
        "quality lead": Fraction(23, 2),
        "supervisors": Fraction(12),
        "mediators": Fraction(41, 6),
    }
    assert {row[0]: row[-1] for row in months} == {
        **{role: said(days) for role, days in given.items()},
        "Total": said(sum(given.values())),
    }
    # September: 1 + 7/4 + 2 + 0
    assert months[-1][2] == "4.75"


def test_libreoffice_works_out_no_text_of_a_hostile_plan(shown):
    steps = shown["hostile"]["Plan"][FIRST - 1 : FIRST + 11]
    assert [row[1] for row in steps[:4]] == list(HOSTILE_TITLES[:4])
