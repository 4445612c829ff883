"""How numbers, shares, dates and efforts are said in the language in force."""

import datetime
from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _, current, ngettext

NARROW_SPACE = "\u202f"
"""The thin non-breaking space that French puts before ``%``, ``;``, ``!``, ``?`` and in numbers."""


def percent(share: Fraction) -> int:
    """A share as a whole percentage, half up; 100 only when complete, 0 only when empty."""
    part, whole = share.numerator, share.denominator
    rounded = (200 * part + whole) // (2 * whole)
    if rounded == 100 and part < whole:
        return 99
    if rounded == 0 and part > 0:
        return 1
    return rounded


def percent_said(share: Fraction) -> str:
    """A share as users read it: ``68 %``, ``68%`` in English."""
    return f"{percent(share)}{NARROW_SPACE}%" if current() == "fr" else f"{percent(share)}%"


def wanted_percent_said(share: Fraction) -> str:
    """A share that somebody asked for, with its decimals: ``90,5 %``."""
    said = number_said(100 * share, 2)
    return f"{said}{NARROW_SPACE}%" if current() == "fr" else f"{said}%"


def interval_said(low: Fraction, high: Fraction) -> str:
    """An interval of shares: ``68 %`` when its ends meet, else ``47 à 82 %``."""
    if percent(low) == percent(high):
        return percent_said(low)
    return _("{low} to {high}").format(low=percent(low), high=percent_said(high))


def number_said(number: Fraction | int, decimals: int = 1) -> str:
    """A number rounded half up, without trailing zeros; with a decimal comma in French."""
    scale = 10**decimals
    scaled = int(abs(number) * scale + Fraction(1, 2))
    whole, rest = divmod(scaled, scale)
    digits = f"{whole:,}".replace(",", NARROW_SPACE if current() == "fr" else ",")
    tail = f"{rest:0{decimals}d}".rstrip("0") if decimals else ""
    sign = "-" if number < 0 and scaled else ""
    comma = "," if current() == "fr" else "."
    return f"{sign}{digits}{comma}{tail}" if tail else f"{sign}{digits}"


def date_said(day: datetime.date) -> str:
    """A date as users read it: ``31/03/2026``, in English ``31 March 2026``."""
    if current() == "fr":
        return f"{day.day:02}/{day.month:02}/{year_said(day)}"
    return f"{day.day} {_MONTHS[day.month - 1]} {year_said(day)}"


def year_said(day: datetime.date) -> str:
    """The year of a date, always in four digits: systems differ on years before 1000."""
    return f"{day.year:04}"


def period_said(start: datetime.date | None, end: datetime.date | None) -> str:
    """From a day to a day, or as much of it as is known; empty where neither day is."""
    if start and end:
        return _("from {start} to {end}").format(start=date_said(start), end=date_said(end))
    if start:
        return _("from {start}").format(start=date_said(start))
    return _("until {end}").format(end=date_said(end)) if end else ""


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def days_said(days: Fraction) -> str:
    """An effort in person-days: ``1,5 jour``, ``2,5 jours``; in English ``1.5 days``, ``1 day``."""
    tenths = int(days * 10 + Fraction(1, 2))
    several = tenths >= 20 if current() == "fr" else tenths > 10
    return ngettext("{days} day", "{days} days", 2 if several else 1).format(days=number_said(days))


def duration_said(duration: str) -> str:
    """An ISO 8601 duration in words: ``24 mois``, ``2 semaines``."""
    import re

    words = []
    for amount, unit in re.findall(r"(\d+)([YMWD])", duration):
        number = int(amount)
        said = {
            "Y": ngettext("{n} year", "{n} years", number),
            "M": ngettext("{n} month", "{n} months", number),
            "W": ngettext("{n} week", "{n} weeks", number),
            "D": ngettext("{n} day", "{n} days", number),
        }[unit]
        words.append(said.format(n=number))
    return listed(words)


def listed(words: Sequence[str]) -> str:
    """Words in a row: ``a, b et c``."""
    if len(words) < 2:
        return "".join(words)
    return _("{most} and {last}").format(most=", ".join(words[:-1]), last=words[-1])
