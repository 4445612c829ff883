"""A time axis for pictures: where days stand, the grid of months, and their names."""

import datetime
from dataclasses import dataclass

from norm_engine.language.figures import year_said
from norm_engine.presentation.months import short_month_said
from norm_engine.presentation.palette import INK, QUIET, RULE
from norm_engine.presentation.scene import Ink, Line, Shape, Text, Weight, width_of

AXIS_HEIGHT = 26.0
"""Of the names of years and months over the grid."""

_SIZE = 7.5
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 6000, 60000)
_WIDEST = 26.0
_WEEKS = (8, 15, 22)
_FAINT = Ink(stroke=RULE, width=0.5)
_STRONG = Ink(stroke="#b5aea0", width=0.7)


@dataclass(frozen=True)
class TimeAxis:
    """Days from the first of a month to the end of a month, from `left` on over `width` points."""

    first: datetime.date
    days: int
    months: int
    left: float
    width: float

    def at(self, day: datetime.date) -> float:
        """Where a day begins."""
        return self.left + self.width * min(max((day - self.first).days, 0), self.days) / self.days

    def after(self, day: datetime.date) -> float:
        """Where a day is over."""
        days = min(max((day - self.first).days + 1, 0), self.days)
        return self.left + self.width * days / self.days


def time_axis(first: datetime.date, last: datetime.date, left: float, width: float) -> TimeAxis:
    """The axis of whole months that holds both days."""
    begins = first.replace(day=1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    ends = _month_start(begins, months)
    # the last month there is has no day behind it
    days = (ends - begins).days if ends else (datetime.date.max - begins).days + 1
    return TimeAxis(begins, days, months, left, width)


def grid(axis: TimeAxis, top: float, bottom: float) -> list[Shape]:
    """Lines between months, thicker between years, with names above `top`; weeks where few."""
    step = _step(axis)
    shapes: list[Shape] = []
    for number in range(axis.months):
        start = _month_start(axis.first, number)
        if start is None or (start.year * 12 + start.month - 1) % step:
            continue
        shapes += _month(axis, start, top, bottom, named=step < 12)
    if axis.months <= 2:
        shapes += _weeks(axis, top, bottom)
    return [*shapes, *_first_year(axis, top, step)]


def _month(
    axis: TimeAxis, start: datetime.date, top: float, bottom: float, *, named: bool
) -> list[Shape]:
    x = axis.at(start)
    ink = _STRONG if start.month == 1 else _FAINT
    shapes: list[Shape] = [Line(((x, top - 12 if named else top - 4), (x, bottom)), ink)]
    if named:
        _add(shapes, axis, x + 2.5, top - 4, short_month_said(start.month), QUIET)
    if start.month == 1 and start != axis.first:
        _add(shapes, axis, x + 2.5, top - 15 if named else top - 6, year_said(start), INK)
    return shapes


def _add(shapes: list[Shape], axis: TimeAxis, x: float, y: float, words: str, colour: str) -> None:
    """Add a name unless it would pass the right edge."""
    if x + width_of(words, _SIZE) <= axis.left + axis.width + 0.01:
        weight: Weight = "semibold" if colour == INK else "regular"
        shapes.append(Text(x, y, words, _SIZE, colour, weight))


def _weeks(axis: TimeAxis, top: float, bottom: float) -> list[Shape]:
    shapes: list[Shape] = []
    for number in range(axis.months):
        start = _month_start(axis.first, number) or axis.first
        for day in _WEEKS:
            x = axis.at(start.replace(day=day))
            shapes.append(Line(((x, top - 4), (x, bottom)), _FAINT))
            _add(shapes, axis, x + 2.5, top - 4, str(day), QUIET)
    return shapes


def _first_year(axis: TimeAxis, top: float, step: int) -> list[Shape]:
    """The year that the axis begins in, where the next one leaves room for it."""
    words = year_said(axis.first)
    next_year = _month_start(axis.first, 13 - axis.first.month)
    room = axis.width if next_year is None else axis.at(next_year) - axis.left
    shown: list[Shape] = []
    if width_of(words, _SIZE) + 6 <= room:
        _add(shown, axis, axis.left + 2.5, top - (15 if step < 12 else 6), words, INK)
    return shown


def _step(axis: TimeAxis) -> int:
    """How many months from one line to the next, for names to have room."""
    month = axis.width / axis.months
    return next((step for step in _STEPS if step * month >= _WIDEST), _STEPS[-1])


def _month_start(first: datetime.date, months: int) -> datetime.date | None:
    """The first day of the month so many months later; None after the last there is."""
    index = first.year * 12 + first.month - 1 + months
    if index // 12 > datetime.MAXYEAR:
        return None
    return datetime.date(index // 12, index % 12 + 1, 1)
