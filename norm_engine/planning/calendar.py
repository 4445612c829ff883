"""The calendar of a plan: tasks laid out in order, within the days that each role has.

A task's end is its start plus its lead time (a month from 1 March ends on 1 April), or later where
its role has not given the effort by then; what comes after it starts on the day that follows. It is
a heuristic: `Calendar.shortest` says what no calendar can beat.
"""

import datetime
from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction

from norm_engine.model.ruleset import Role
from norm_engine.planning.ledger import LONGEST, EndsTooLate, Ledger, NoCapacity, parts_of_a_day
from norm_engine.planning.schedule import Order, Schedule, ordered, scheduled, sketched
from norm_engine.planning.slack import slack
from norm_engine.planning.tasks import Calendar, Placed, Task

__all__ = ["LONGEST", "EndsTooLate", "NoCapacity", "lacking_days", "lay_out"]


def lay_out(
    tasks: Sequence[Task],
    start: datetime.date,
    capacity: Mapping[Role, Fraction],
    *,
    hurried: bool = False,
) -> Calendar:
    """Lay tasks out from `start` on.

    Interrupting the program (Ctrl-C) leaves the calendar as it comes first: it may end later than
    need be, and no step is said to have slack.

    Args:
        tasks: in any order; the same tasks always come to the same calendar.
        capacity: person-days a month by role, in the first month in proportion to the days left in
            it; a role not named has no limit.
        hurried: as if it had been interrupted already.

    Raises:
        NoCapacity: when a role has no days for what it is to do.
        EndsTooLate: when a task would not end within a century.
        ValueError: when a task comes after one that is not there, or after itself.
    """
    order = ordered(tasks)
    parts = parts_of_a_day([*(task.effort for task in tasks), *capacity.values()])
    whole = {role: int(days * parts) for role, days in capacity.items()}
    empty = Ledger(start, whole, parts)
    found = None
    if not hurried:
        with suppress(KeyboardInterrupt):
            found = _careful(order, empty)
    schedule, path, slacks = found or _hurried(order, empty)
    placed = [
        Placed(
            task=position.task,
            start=position.start,
            end=position.end,
            work={month: Fraction(given, parts) for month, given in position.work.items()},
            waits_for=schedule.waits_for[name],
            slack=slacks[name],
            critical=name in path,
        )
        for name, position in schedule.positions.items()
    ]
    return Calendar(
        placed=tuple(sorted(placed, key=lambda each: (each.start, each.task.rank, each.task.id))),
        critical_path=tuple(path),
        start=start,
        end=schedule.end,
        shortest=sketched(order, Ledger(start, {}, parts)).end,
        hurried=found is None,
    )


def lacking_days(
    calendar: Calendar, capacity: Mapping[Role, Fraction], day: datetime.date
) -> tuple[Role, ...]:
    """The roles for want of whose days the steps of a calendar end after a day.

    The one that would suffice by itself, had it all the days it wants; else those that would each
    make the whole end earlier; else all that have steps. None where lead times alone take longer.
    """
    if calendar.shortest > day:
        return ()
    tasks = [each.task for each in calendar.placed]
    order = ordered(tasks)
    parts = parts_of_a_day([*(task.effort for task in tasks), *capacity.values()])
    busy = [role for role in capacity if any(task.role == role for task in tasks)]
    ends = {}
    for role in busy:
        others = {name: int(days * parts) for name, days in capacity.items() if name != role}
        ends[role] = scheduled(order, Ledger(calendar.start, others, parts)).end
    best = min(busy, key=lambda role: ends[role])
    if ends[best] <= day:
        return (best,)
    return tuple(role for role in busy if ends[role] < calendar.end) or tuple(busy)


def _careful(order: Order, empty: Ledger) -> tuple[Schedule, Sequence[str], Mapping[str, int]]:
    schedule = scheduled(order, empty)
    path = _critical_path(schedule)
    slacks = {
        name: 0 if name in path else slack(order, schedule, name) for name in schedule.positions
    }
    return schedule, path, slacks


def _hurried(order: Order, empty: Ledger) -> tuple[Schedule, Sequence[str], Mapping[str, int]]:
    schedule = sketched(order, empty)
    return schedule, _critical_path(schedule), dict.fromkeys(schedule.positions, 0)


def _critical_path(schedule: Schedule) -> tuple[str, ...]:
    """From the task that ends last, back through what each waits for."""
    last = [each for each in schedule.positions.values() if each.end == schedule.end]
    if not last:
        return ()
    # what is gathered as late as may be ends with the whole, and sets nothing
    name: str | None = min(
        last, key=lambda each: (each.task.gathered, each.task.rank, each.task.id)
    ).task.id
    path: list[str] = []
    while name is not None:
        path.append(name)
        name = schedule.waits_for[name]
    return tuple(reversed(path))
