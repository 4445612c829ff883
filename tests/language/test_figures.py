"""How figures are said, in both languages. Every expected value was written by hand."""

import datetime
from collections.abc import Callable
from fractions import Fraction

import pytest

from norm_engine.language import Language, speaking
from norm_engine.language.figures import (
    date_said,
    days_said,
    duration_said,
    interval_said,
    listed,
    number_said,
    percent,
    percent_said,
    period_said,
)

THIN = "\u202f"
"""The narrow space that does not break, before the percent sign and between thousands."""


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("0", 0),
        ("1", 100),
        ("1/2", 50),
        ("1/3", 33),
        ("2/3", 67),
        # half up
        ("1/200", 1),
        ("3/200", 2),
        ("125/1000", 13),
        ("145/1000", 15),
        ("675/1000", 68),
        ("674/1000", 67),
        ("6749999/10000000", 67),
        # never empty unless empty
        ("1/201", 1),
        ("1/1000000", 1),
        ("1/1000000000000000000000000", 1),
        # never complete unless complete
        ("989/1000", 99),
        ("994/1000", 99),
        ("995/1000", 99),
        ("999999/1000000", 99),
        ("999999999999999999999999/1000000000000000000000000", 99),
    ],
)
def test_percent(share: str, expected: int) -> None:
    assert percent(Fraction(share)) == expected


@pytest.mark.parametrize(
    ("share", "french", "english"),
    [
        ("0", f"0{THIN}%", "0%"),
        ("17/25", f"68{THIN}%", "68%"),
        ("1/1000", f"1{THIN}%", "1%"),
        ("1", f"100{THIN}%", "100%"),
    ],
)
def test_percent_said(share: str, french: str, english: str) -> None:
    both(lambda: percent_said(Fraction(share)), french, english)


@pytest.mark.parametrize(
    ("low", "high", "french", "english"),
    [
        ("47/100", "82/100", f"47 à 82{THIN}%", "47 to 82%"),
        ("0", "1", f"0 à 100{THIN}%", "0 to 100%"),
        ("1/1000", "999/1000", f"1 à 99{THIN}%", "1 to 99%"),
        ("68/100", "68/100", f"68{THIN}%", "68%"),
        # ends that cannot be told apart once rounded
        ("681/1000", "684/1000", f"68{THIN}%", "68%"),
        # complete is told from nearly complete
        ("999/1000", "1", f"99 à 100{THIN}%", "99 to 100%"),
        ("0", "1/1000", f"0 à 1{THIN}%", "0 to 1%"),
    ],
)
def test_interval_said(low: str, high: str, french: str, english: str) -> None:
    both(lambda: interval_said(Fraction(low), Fraction(high)), french, english)


@pytest.mark.parametrize(
    ("number", "decimals", "french", "english"),
    [
        ("0", 1, "0", "0"),
        ("3", 1, "3", "3"),
        ("5/2", 1, "2,5", "2.5"),
        ("1/3", 1, "0,3", "0.3"),
        ("1/3", 3, "0,333", "0.333"),
        # half up
        ("5/4", 1, "1,3", "1.3"),
        ("249/200", 2, "1,25", "1.25"),
        ("1/20", 1, "0,1", "0.1"),
        ("49/1000", 1, "0", "0"),
        ("1/2", 0, "1", "1"),
        ("999/1000", 2, "1", "1"),
        # no zeros at the end, but those inside
        ("3/2", 3, "1,5", "1.5"),
        ("5/100", 2, "0,05", "0.05"),
        ("1001/1000", 3, "1,001", "1.001"),
        # thousands
        ("999", 1, "999", "999"),
        ("1000", 1, f"1{THIN}000", "1,000"),
        ("2469135/2", 1, f"1{THIN}234{THIN}567,5", "1,234,567.5"),
        # below zero: by its size; nothing is never below zero
        ("-5/2", 1, "-2,5", "-2.5"),
        ("-1/20", 1, "-0,1", "-0.1"),
        ("-1/100", 1, "0", "0"),
        ("-1000", 1, f"-1{THIN}000", "-1,000"),
    ],
)
def test_number_said(number: str, decimals: int, french: str, english: str) -> None:
    both(lambda: number_said(Fraction(number), decimals), french, english)


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (datetime.date(2026, 3, 31), "31/03/2026", "31 March 2026"),
        (datetime.date(2024, 2, 29), "29/02/2024", "29 February 2024"),
        (datetime.date(2026, 1, 1), "01/01/2026", "1 January 2026"),
        (datetime.date(1999, 12, 9), "09/12/1999", "9 December 1999"),
        # a year has four digits
        (datetime.date(987, 6, 5), "05/06/0987", "5 June 0987"),
        (datetime.date.min, "01/01/0001", "1 January 0001"),
    ],
)
def test_date_said(day: datetime.date, french: str, english: str) -> None:
    both(lambda: date_said(day), french, english)


@pytest.mark.parametrize(
    ("start", "end", "french", "english"),
    [
        (1, 28, "du 01/02/2026 au 28/02/2026", "from 1 February 2026 to 28 February 2026"),
        (1, None, "à partir du 01/02/2026", "from 1 February 2026"),
        (None, 28, "jusqu’au 28/02/2026", "until 28 February 2026"),
        (None, None, "", ""),
    ],
)
def test_period_said(start: int | None, end: int | None, french: str, english: str) -> None:
    days = [None if each is None else datetime.date(2026, 2, each) for each in (start, end)]
    both(lambda: period_said(*days), french, english)


@pytest.mark.parametrize(
    ("days", "french", "english"),
    [
        # French counts several from 2 on, English from anything above 1
        ("0", "0 jour", "0 day"),
        ("1/2", "0,5 jour", "0.5 day"),
        ("1", "1 jour", "1 day"),
        ("103/100", "1 jour", "1 day"),
        ("3/2", "1,5 jour", "1.5 days"),
        ("19/10", "1,9 jour", "1.9 days"),
        # the word goes with the figure that is shown
        ("39/20", "2 jours", "2 days"),
        ("2", "2 jours", "2 days"),
        ("5/2", "2,5 jours", "2.5 days"),
        ("1200", f"1{THIN}200 jours", "1,200 days"),
    ],
)
def test_days_said(days: str, french: str, english: str) -> None:
    both(lambda: days_said(Fraction(days)), french, english)


@pytest.mark.parametrize(
    ("duration", "french", "english"),
    [
        ("P1Y", "1 an", "1 year"),
        ("P2Y", "2 ans", "2 years"),
        ("P1M", "1 mois", "1 month"),
        ("P24M", "24 mois", "24 months"),
        ("P1W", "1 semaine", "1 week"),
        ("P6W", "6 semaines", "6 weeks"),
        ("P1D", "1 jour", "1 day"),
        ("P10D", "10 jours", "10 days"),
        # French has no plural for nothing
        ("P0D", "0 jour", "0 days"),
        ("P1Y6M", "1 an et 6 mois", "1 year and 6 months"),
        (
            "P2Y1M3W4D",
            "2 ans, 1 mois, 3 semaines et 4 jours",
            "2 years, 1 month, 3 weeks and 4 days",
        ),
    ],
)
def test_duration_said(duration: str, french: str, english: str) -> None:
    both(lambda: duration_said(duration), french, english)


@pytest.mark.parametrize(
    ("words", "french", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a et b", "a and b"),
        (["a", "b", "c"], "a, b et c", "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c et d", "a, b, c and d"),
    ],
)
def test_listed(words: list[str], french: str, english: str) -> None:
    both(lambda: listed(words), french, english)


def both(said: Callable[[], str], french: str, english: str) -> None:
    """What is said in each of the two languages."""
    languages: tuple[Language, Language] = ("fr", "en")
    for language, expected in zip(languages, (french, english), strict=True):
        with speaking(language):
            assert said() == expected
