"""The small values of documents: identifiers, exact numbers, dates, durations, texts.

Each is an ordinary Python type with a marker that the border reads to check it and to describe it
in JSON Schemas. The markers import nothing until the border asks them.
"""

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal


@dataclass(frozen=True)
class Form:
    """A marker: text that must follow a pattern, known to error messages by `name`."""

    name: str
    pattern: str
    also_integer: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Describe the check to pydantic (called by the border only)."""
        from pydantic_core import core_schema as core

        text = core.str_schema(pattern=self.pattern, strict=True)
        if not self.also_integer:
            return core.custom_error_schema(text, self.name, custom_error_message=self.name)
        # not a union error: one message that says what a number looks like
        either = core.union_schema([core.int_schema(strict=True), text])
        return core.custom_error_schema(either, self.name, custom_error_message=self.name)


NUMBER = r"^[+-]?([0-9]{1,18}(\.[0-9]{1,18})?|[0-9]{1,18}/0{0,8}[1-9][0-9]{0,17})( ?%)?$"
_N = "[0-9]{1,6}"
DURATION = f"^P({_N}Y({_N}M)?({_N}W)?({_N}D)?|{_N}M({_N}W)?({_N}D)?|{_N}W({_N}D)?|{_N}D)$"

Slug = Annotated[str, Form("identifier", r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$")]
"""Identifier of a question, an evidence kind, an action, a setting, a domain or a workshop."""

RequirementId = Annotated[str, Form("requirement_id", r"^[A-Z]{1,8}-[0-9]{1,4}$")]
"""Code of a requirement: ``STR-25``."""

PieceId = Annotated[str, Form("record_id", r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]
"""Identifier of a record in an audit: a piece of evidence, a finding, an action."""

Number = Annotated[int | str, Form("number", NUMBER, also_integer=True)]
"""An exact number: an integer, or text such as ``4/5``, ``80 %`` or ``0.8``."""

ExactText = Annotated[str, Form("exact", r"^-?[0-9]{1,999}(/[1-9][0-9]{0,998})?$")]
"""An exact number as results carry it: ``3``, ``7/12``."""

Duration = Annotated[str, Form("duration", DURATION)]
"""An ISO 8601 duration of years, months, weeks and days: ``P24M``."""

Sha256 = Annotated[str, Form("sha256", r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal."""

Version = Annotated[str, Form("version", r"^\d+\.\d+\.\d+$")]
"""A version of three numbers: ``1.0.0``."""

LanguageCode = Literal["fr", "en"]

Text = str | dict[LanguageCode, str]
"""What a user reads: in the rule set's language, or in several."""


def text_in(text: Text, language: str, fallback: str = "fr") -> str:
    """The words of `text` in `language`, or in the rule set's language when they are missing."""
    if isinstance(text, str):
        return text
    for wanted in (language, fallback):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()), "")


_NUMBER = re.compile(NUMBER)


def exact(value: int | str) -> Fraction:
    """The exact value of a number as documents write it.

    Raises:
        ValueError: when `value` is text that is not a number.
    """
    if isinstance(value, int):
        return Fraction(value)
    if not _NUMBER.fullmatch(value):
        raise ValueError(value)
    if value.endswith("%"):
        return Fraction(value[:-1].strip()) / 100
    return Fraction(value)


def is_number(value: object) -> bool:
    """Whether `value` is a number as documents write it (a truth value is none)."""
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (isinstance(value, str) and bool(_NUMBER.fullmatch(value)))


_DURATION_PARTS = re.compile(r"(\d+)([YMWD])")


def months_and_days(duration: str) -> tuple[int, int]:
    """An ISO 8601 duration as (calendar months, days)."""
    months = days = 0
    for amount, unit in _DURATION_PARTS.findall(duration):
        months += int(amount) * {"Y": 12, "M": 1}.get(unit, 0)
        days += int(amount) * {"W": 7, "D": 1}.get(unit, 0)
    return months, days


def canonical_duration(duration: str) -> str:
    """The same duration in calendar months and days, so that ``P1Y`` and ``P12M`` are one."""
    months, days = months_and_days(duration)
    return "P" + (f"{months}M" if months else "") + (f"{days}D" if days or not months else "")


def earlier(day: datetime.date, duration: str) -> datetime.date:
    """The day that lies `duration` before `day`; months are clamped to the month's end."""
    return _moved(day, duration, -1)


def later(day: datetime.date, duration: str) -> datetime.date:
    """The day that lies `duration` after `day`; months are clamped to the month's end."""
    return _moved(day, duration, 1)


def _moved(day: datetime.date, duration: str, sign: int) -> datetime.date:
    months, days = months_and_days(duration)
    index = day.year * 12 + day.month - 1 + sign * months
    if index < 12:
        return datetime.date.min
    if index >= 12 * (datetime.MAXYEAR + 1):
        return datetime.date.max
    year, month = divmod(index, 12)
    moved = datetime.date(year, month + 1, min(day.day, _last_day(year, month + 1)))
    try:
        return moved + datetime.timedelta(days=sign * days)
    except OverflowError:
        return datetime.date.min if sign < 0 else datetime.date.max


def _last_day(year: int, month: int) -> int:
    """The number of days of a month (the module `calendar` imports much that is not needed)."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
