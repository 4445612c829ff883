"""The days that roles give, month by month, and where a task ends when a role has few of them.

A role's days are counted by calendar month. In the month the calendar starts in, a role has its
days in proportion to the days left in it; and of any month, a task takes no more than what the
role has in the days that the task and the month have in common, so that nobody does a month's work
in a morning. How days follow each other within a month is not looked at. What others leave of a
month is taken in quarters of a day, and not at all below half a day where a task needs more: no
task is begun with a crumb.

Numbers are exact: whole multiples of a part of a day, so small that every share of a month is one.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm

from norm_engine.model.ruleset import Role
from norm_engine.model.scalars import later
from norm_engine.planning.tasks import Month, Task

_DAY = datetime.timedelta(days=1)
_STEP = 4
"""Work is spread over months in quarters of a day, wherever days allow it."""
_CRUMB = 2
"""The part of a day, a half, below which what is left of a month is not worth beginning with."""
_WORTH = 3
"""Days of a shorter task that are worth one day by which it ends later."""
_LENGTHS = lcm(28, 29, 30, 31)


LONGEST = "P100Y"
"""How long a calendar may last."""


class NoCapacity(ValueError):
    """A role that has no days for what it is to do."""

    def __init__(self, role: Role) -> None:
        super().__init__(role)
        self.role = role


class EndsTooLate(ValueError):
    """A task that would end more than a century after the calendar starts, or after the year 9999.

    Attributes:
        role: whose days a month are too few for it; None where its lead time alone takes it there.
    """

    def __init__(self, task: str, role: Role | None) -> None:
        super().__init__(task)
        self.task = task
        self.role = role


@dataclass(frozen=True)
class Position:
    """Where a task stands: its first day, its last day, and its work by month in parts of a day."""

    task: Task
    start: datetime.date
    end: datetime.date
    work: Mapping[Month, int]


class Ledger:
    """What roles have given so far, and what they have left.

    Args:
        start: the first day of the calendar.
        capacity: parts of a day, a month by role; a role not named has no limit.
        parts: how many make a day.
    """

    def __init__(self, start: datetime.date, capacity: Mapping[Role, int], parts: int) -> None:
        self.start = start
        self.capacity = capacity
        self.parts = parts
        self._given: dict[tuple[Role, Month], int] = {}
        self._last = later(start, LONGEST)

    def copy(self) -> "Ledger":
        """The same days given, to try something out."""
        made = self.alone()
        made._given = dict(self._given)
        return made

    def alone(self) -> "Ledger":
        """The same roles with nothing given yet."""
        return Ledger(self.start, self.capacity, self.parts)

    def add(self, position: Position, sign: int = 1) -> None:
        """Take a task's days from its role (`sign` -1: give them back)."""
        for month, days in position.work.items():
            key = (position.task.role, month)
            self._given[key] = self._given.get(key, 0) + sign * days

    def end(self, task: Task, start: datetime.date) -> datetime.date:
        """The earliest day a task ends when it starts on `start`; never earlier for a later start.

        Raises:
            NoCapacity: when its role has no days.
            EndsTooLate: when it does not end within the century that a calendar lasts.
        """
        end = self._end(task, start)
        if end >= self._last:
            waited = later(start, task.lead_time) >= self._last
            raise EndsTooLate(task.id, None if waited else task.role)
        return end

    def earliest(self, task: Task, ready: datetime.date) -> datetime.date:
        """The day to start a task that could start on `ready`, for it to end as early as may be.

        That is `ready`, or the first day of the month in which its role has days again, or the day
        that keeps it from ending before `Task.not_before`. Where others take its role's days, it
        starts as late as it can without ending later.
        """
        end = self.end(task, ready)
        opening = self._opening(task, ready)
        if opening > ready:
            ready, end = opening, self.end(task, opening)
        if task.not_before is not None and end < task.not_before:
            ready = self._first(task, ready, task.not_before)
            end = self.end(task, ready)
        if end == self.alone().end(task, ready):
            return ready
        return self.latest(task, ready, end)

    def latest(self, task: Task, first: datetime.date, end: datetime.date) -> datetime.date:
        """The latest day from `first` on to start a task for it to end by `end`.

        It must be able to when it starts on `first`.
        """
        days = range(first.toordinal(), end.toordinal() + 1)
        return _day(days[bisect_right(days, end, key=lambda each: self._end(task, _day(each))) - 1])

    def without_crumb(
        self, task: Task, start: datetime.date, limit: datetime.date
    ) -> datetime.date:
        """A later start, by which a task still ends by `limit`, where a crumb would begin it.

        A crumb is what a first month gives below half a day, where the rest follows later. The
        later start spares three times the days by which it makes the task end later.
        """
        best, ended = start, self.end(task, start)
        while self._begins_with_a_crumb(task, start):
            first = (start.replace(day=1) + 31 * _DAY).replace(day=1)
            end = self._end(task, first)
            if end > limit:
                break
            start = self.latest(task, first, end)
            if (end - ended) * _WORTH <= start - best:
                best = start
        return best

    def _begins_with_a_crumb(self, task: Task, start: datetime.date) -> bool:
        work = self.placed(task, start).work
        taken = work.get((start.year, start.month), 0)
        return len(work) > 1 and taken * _CRUMB < min(self.parts, self._effort(task))

    def placed(self, task: Task, start: datetime.date) -> Position:
        """A task that starts on `start`, its effort spread over the months as evenly as may be."""
        end = self.end(task, start)
        return Position(task, start, end, self._spread(task, start, end))

    def _end(self, task: Task, start: datetime.date) -> datetime.date:
        return max(later(start, task.lead_time), self._worked_off(task, start))

    def _first(self, task: Task, ready: datetime.date, not_before: datetime.date) -> datetime.date:
        days = range(ready.toordinal(), not_before.toordinal())
        found = bisect_left(days, not_before, key=lambda each: self._end(task, _day(each)))
        return _day(ready.toordinal() + found)

    def _opening(self, task: Task, ready: datetime.date) -> datetime.date:
        """The first day on which the role has something left for a task."""
        capacity = self.capacity.get(task.role)
        if task.effort <= 0 or capacity is None:
            return ready
        spans = _months(ready, datetime.date.max)
        return next(first for first, last in spans if self._most(task, first, last, capacity))

    def _worked_off(self, task: Task, start: datetime.date) -> datetime.date:
        """The first day by which the role can have given the effort; at the latest, the last."""
        effort = missing = self._effort(task)
        capacity = self.capacity.get(task.role)
        if missing <= 0 or capacity is None:
            return start
        if capacity <= 0:
            raise NoCapacity(task.role)
        # asked for thousands of times: months are counted without making days of them
        year, month, first = start.year, start.month, start.day
        while year <= self._last.year:
            length = _length(year, month)
            days = length - first + 1
            most = self._room((task.role, (year, month)), effort, days, length, capacity)
            if missing <= most:
                return datetime.date(year, month, first - 1 - (-missing * length // capacity))
            missing -= most
            year, month, first = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
        return self._last

    def _most(self, task: Task, first: datetime.date, last: datetime.date, capacity: int) -> int:
        """What a task can take from its role between two days of a month."""
        month = (first.year, first.month)
        days = last.day - first.day + 1
        return self._room((task.role, month), self._effort(task), days, _length(*month), capacity)

    def _room(
        self, at: tuple[Role, Month], effort: int, days: int, length: int, capacity: int
    ) -> int:
        """What an effort can take from a role in so many days of a month of some length."""
        share = capacity * days // length
        given = self._given.get(at, 0)
        if not given:
            return share
        whole = capacity
        if at[1] == (self.start.year, self.start.month):
            whole = capacity * (length - self.start.day + 1) // length
        return min(share, self._worth_taking(whole - given, effort))

    def _worth_taking(self, left: int, effort: int) -> int:
        if left >= effort:
            return left
        step = self.parts // _STEP
        return left // step * step if left >= self.parts // _CRUMB else 0

    def _spread(self, task: Task, start: datetime.date, end: datetime.date) -> dict[Month, int]:
        effort, capacity = self._effort(task), self.capacity.get(task.role)
        spans = list(_months(start, end)) if effort > 0 else []
        room = [effort if capacity is None else self._most(task, *span, capacity) for span in spans]
        # the last day weighs nothing: from 1 March to 1 April is March
        total = max(1, (end - start).days)
        step = self.parts // _STEP
        later_room = sum(room)
        work: dict[Month, int] = {}
        done = 0
        for (first, last), most in zip(spans, room, strict=True):
            later_room -= most
            elapsed = min((last - start).days + 1, total)
            wanted = (2 * effort * elapsed + total * step) // (2 * total * step) * step - done
            # what later months have no room for is to be done now
            given = min(max(wanted, effort - done - later_room, 0), most, effort - done)
            if given:
                work[first.year, first.month] = given
            done += given
        return work

    def _effort(self, task: Task) -> int:
        return task.effort.numerator * self.parts // task.effort.denominator


def parts_of_a_day(numbers: Iterable[Fraction]) -> int:
    """The parts of which all these person-days, their quarters and shares of months are made."""
    return lcm(_STEP, *(each.denominator for each in numbers)) * _LENGTHS


def _months(
    start: datetime.date, end: datetime.date
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """The months between two days: of each, the first and the last day in between."""
    first = start
    while first <= end:
        last = first.replace(day=_length(first.year, first.month))
        yield first, min(last, end)
        if last >= end:
            return
        first = last + _DAY


@cache
def _length(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 12:
        return 31
    return (datetime.date(year, month + 1, 1) - datetime.date(year, month, 1)).days


def _day(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(ordinal)
