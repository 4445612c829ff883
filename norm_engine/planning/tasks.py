"""What a calendar lays out: steps with their effort, order, lead time and who does them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from norm_engine.model.ruleset import Role

Month = tuple[int, int]
"""A calendar month: year and month."""


@dataclass(frozen=True)
class Task:
    """One step to be laid out.

    Attributes:
        effort: likely person-days, 0 or more.
        lead_time: ISO 8601 duration from its start to its end, at least.
        after: the tasks (of the same calendar) that end before it starts.
        not_before: a day before which it must not end, lest what it records is too old on audit
            day; None where any day will do.
        rank: its place in the order of work: of two tasks that could start, the lower goes first.
        pressing: goes before all that are not, whatever their ranks.
        gathered: goes after all that are not, as late as it can without the whole ending later:
            what a practice keeps making counts the longer, the later it is gathered.
    """

    id: str
    effort: Fraction
    role: Role
    lead_time: str
    after: tuple[str, ...] = ()
    not_before: datetime.date | None = None
    rank: int = 0
    pressing: bool = False
    gathered: bool = False


@dataclass(frozen=True)
class Placed:
    """A task with its place in the calendar.

    Attributes:
        end: its last day; `start` plus the lead time, or later where the role is busy.
        work: person-days by month, adding up to the task's effort.
        waits_for: the task that sets its start or its end: of those that come before, or of those
            that take its role's days; None when nothing holds it back.
        slack: days that it may slip without moving the end of the whole.
        critical: whether it stands on the critical path.
    """

    task: Task
    start: datetime.date
    end: datetime.date
    work: Mapping[Month, Fraction]
    waits_for: str | None
    slack: int
    critical: bool


@dataclass(frozen=True)
class Calendar:
    """Tasks laid out.

    Attributes:
        placed: in the order of their starts, then of their ranks.
        critical_path: ids, first to last: each waits for the one before, the last ends last.
        end: the last task's end; the start where there is none.
        shortest: the end if every role had all the days it wants: no calendar ends earlier.
        hurried: whether it is the first that came, the user not wanting to wait for better.
    """

    placed: tuple[Placed, ...]
    critical_path: tuple[str, ...]
    start: datetime.date
    end: datetime.date
    shortest: datetime.date
    hurried: bool = False
