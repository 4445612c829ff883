"""Durations: calendar months, clamped to the month's end, then days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.model.scalars import earlier, later, months_and_days
from tests.support.condition_tables import case

Day = tuple[int, int, int]

PARTS = [
    case("months", "P24M", (24, 0)),
    case("years are twelve months", "P2Y", (24, 0)),
    case("years and months", "P1Y6M", (18, 0)),
    case("weeks are seven days", "P2W", (0, 14)),
    case("days", "P30D", (0, 30)),
    case("everything", "P1Y2M3W4D", (14, 25)),
    case("nothing", "P0D", (0, 0)),
]

BEFORE = [
    case("24 months", "2026-09-01", "P24M", "2024-09-01"),
    case("a month before 31 March", "2026-03-31", "P1M", "2026-02-28"),
    case("a month before 31 March of a leap year", "2024-03-31", "P1M", "2024-02-29"),
    case("a month before 30 March", "2026-03-30", "P1M", "2026-02-28"),
    case("a month before 31 July: June has 30", "2026-07-31", "P1M", "2026-06-30"),
    case("a month before 28 February: not clamped up", "2026-02-28", "P1M", "2026-01-28"),
    case("a year before 29 February", "2024-02-29", "P1Y", "2023-02-28"),
    case("four years before 29 February", "2024-02-29", "P4Y", "2020-02-29"),
    case("over new year", "2026-01-31", "P2M", "2025-11-30"),
    case("13 months", "2026-01-15", "P13M", "2024-12-15"),
    case("1 day over the end of February", "2024-03-01", "P1D", "2024-02-29"),
    case("months first, then days", "2026-03-31", "P1M1D", "2026-02-27"),
    case("nothing", "2026-09-01", "P0D", "2026-09-01"),
    case("1900 was no leap year", "1900-03-31", "P1M", "1900-02-28"),
    case("2000 was one", "2000-03-31", "P1M", "2000-02-29"),
    case("before the calendar begins: its first day", "2026-09-01", "P3000Y", "0001-01-01"),
    case("days before the calendar begins", "0001-01-05", "P5D", "0001-01-01"),
]

AFTER = [
    case("24 months", "2024-09-01", "P24M", "2026-09-01"),
    case("a month after 31 January", "2026-01-31", "P1M", "2026-02-28"),
    case("a month after 31 January of a leap year", "2024-01-31", "P1M", "2024-02-29"),
    case("a month after 30 April: not clamped up", "2026-04-30", "P1M", "2026-05-30"),
    case("a year after 29 February", "2024-02-29", "P1Y", "2025-02-28"),
    case("over new year", "2025-12-31", "P2M", "2026-02-28"),
    case("december stays december", "2025-12-15", "P12M", "2026-12-15"),
    case("months first, then days", "2026-01-31", "P1M1D", "2026-03-01"),
    case("after the calendar ends: its last day", "2026-09-01", "P9000Y", "9999-12-31"),
    case("days after the calendar ends", "9999-12-30", "P5D", "9999-12-31"),
]


@pytest.mark.parametrize(("duration", "expected"), PARTS)
def test_months_and_days(duration: str, expected: tuple[int, int]) -> None:
    assert months_and_days(duration) == expected


@pytest.mark.parametrize(("day", "duration", "expected"), BEFORE)
def test_earlier(day: str, duration: str, expected: str) -> None:
    assert earlier(datetime.date.fromisoformat(day), duration).isoformat() == expected


@pytest.mark.parametrize(("day", "duration", "expected"), AFTER)
def test_later(day: str, duration: str, expected: str) -> None:
    assert later(datetime.date.fromisoformat(day), duration).isoformat() == expected


def last_day(year: int, month: int) -> int:
    """How many days a month has, as children learn it."""
    if month == 2:
        return 29 if year % 400 == 0 or (year % 4 == 0 and year % 100 != 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months_counted(day: Day, months: int, sign: int) -> Day:
    """Month after month on the calendar's pages, then the day, clamped."""
    year, month, number = day
    for _ in range(months):
        month += sign
        if month == 0:
            year, month = year - 1, 12
        elif month == 13:
            year, month = year + 1, 1
    return year, month, min(number, last_day(year, month))


def days_counted(day: Day, days: int, sign: int) -> Day:
    """Day after day on the calendar's pages."""
    year, month, number = day
    for _ in range(days):
        number += sign
        if number == 0:
            year, month, _last = months_counted((year, month, 1), 1, -1)
            number = last_day(year, month)
        elif number > last_day(year, month):
            year, month, number = months_counted((year, month, 1), 1, 1)
    return year, month, number


DAYS = st.dates(datetime.date(1890, 1, 1), datetime.date(2110, 12, 31))


@given(day=DAYS, years=st.integers(0, 5), months=st.integers(0, 40), days=st.integers(0, 400))
def test_they_agree_with_counting_on_the_pages(
    day: datetime.date, years: int, months: int, days: int
) -> None:
    duration = f"P{years}Y{months}M{days}D"
    start = (day.year, day.month, day.day)
    for moved, sign in ((earlier(day, duration), -1), (later(day, duration), 1)):
        counted = days_counted(months_counted(start, 12 * years + months, sign), days, sign)
        assert (moved.year, moved.month, moved.day) == counted


@given(day=DAYS, months=st.integers(0, 600))
def test_a_longer_duration_never_ends_nearer(day: datetime.date, months: int) -> None:
    assert earlier(day, f"P{months + 1}M") < earlier(day, f"P{months}M") <= day
    assert later(day, f"P{months + 1}M") > later(day, f"P{months}M") >= day
