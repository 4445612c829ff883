"""``{answer: q, newer_than: P24M}``: the day lies within that before the day spoken of.

Both ends count, months are calendar months clamped to the month's end, and a day that has not come
yet is not within.
"""

import datetime
from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("24 months before 1 Sep 2026: 1 Sep 2024", "2026-09-01", "P24M", "2024-09-01", "true"),
    case("the day before that", "2026-09-01", "P24M", "2024-08-31", "false"),
    case("the day itself", "2026-09-01", "P24M", "2026-09-01", "true"),
    case("the day after has not come", "2026-09-01", "P24M", "2026-09-02", "false"),
    case("P2Y is P24M: first day", "2026-09-01", "P2Y", "2024-09-01", "true"),
    case("P2Y is P24M: one too early", "2026-09-01", "P2Y", "2024-08-31", "false"),
    case("a month before 31 Mar: 28 Feb", "2026-03-31", "P1M", "2026-02-28", "true"),
    case("one day before 28 Feb", "2026-03-31", "P1M", "2026-02-27", "false"),
    case("a month before 31 Mar 2024: 29 Feb", "2024-03-31", "P1M", "2024-02-29", "true"),
    case("28 Feb 2024 is one too early", "2024-03-31", "P1M", "2024-02-28", "false"),
    case("a year before 29 Feb 2024: 28 Feb", "2024-02-29", "P1Y", "2023-02-28", "true"),
    case("a year before 28 Feb 2025: 28 Feb", "2025-02-28", "P1Y", "2024-02-28", "true"),
    case("a month before 30 Apr: 30 Mar, not 31", "2026-04-30", "P1M", "2026-03-30", "true"),
    case("29 Mar is one too early", "2026-04-30", "P1M", "2026-03-29", "false"),
    case("over new year: 15 Jan - 2 M = 15 Nov", "2026-01-15", "P2M", "2025-11-15", "true"),
    case("30 days before 1 Sep: 2 Aug", "2026-09-01", "P30D", "2026-08-02", "true"),
    case("1 Aug is 31 days before", "2026-09-01", "P30D", "2026-08-01", "false"),
    case("2 weeks before 1 Sep: 18 Aug", "2026-09-01", "P2W", "2026-08-18", "true"),
    case("months first: 31 Mar - 1 M - 1 D = 27 Feb", "2026-03-31", "P1M1D", "2026-02-27", "true"),
    case("26 Feb is one too early", "2026-03-31", "P1M1D", "2026-02-26", "false"),
    case("not known", "2026-09-01", "P24M", "unknown", "unknown"),
    case("« sans objet » drops out", "2026-09-01", "P24M", SANS_OBJET, "not_applicable"),
]


@pytest.mark.parametrize(("as_of", "duration", "answer", "expected"), TRUTHS)
def test_newer_than(as_of: str, duration: str, answer: Any, expected: str) -> None:
    condition = {"answer": "signature", "newer_than": duration}
    day = datetime.date.fromisoformat(as_of)
    assert truth_of(condition, {"signature": answer}, as_of=day) == expected
