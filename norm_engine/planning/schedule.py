"""Where tasks stand: one after the other by priority, each as early as it can; then shaken down.

The serial schedule-generation scheme places one task at a time: once in the order of work, once
with the longest chain of what is still behind it first. The order of work is kept unless the other
spares a tenth of the time. Each schedule is justified twice: from the last to the first, every task
is put off as late as may be, and in the order of these starts all are placed anew (V. Valls,
F. Ballestín, S. Quintanilla, "Justification and RCPSP: a technique that pays", European Journal of
Operational Research 165, 2005). That is kept, and done again, as long as the whole ends earlier.
"""

import datetime
import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from norm_engine.model.scalars import later
from norm_engine.planning.ledger import Ledger, Position
from norm_engine.planning.tasks import Month, Task

_DAY = datetime.timedelta(days=1)
_MONTH = 30
"""Days of a month, where it is only to be told which chain is longer."""

Key = Callable[[Task], tuple[int | str, ...]]


@dataclass(frozen=True)
class Order:
    """Tasks by id, the ids that stand behind each, and all ids one after the other."""

    tasks: Mapping[str, Task]
    behind: Mapping[str, Sequence[str]]
    sequence: Sequence[str]


@dataclass(frozen=True)
class Schedule:
    """Tasks with their positions.

    Attributes:
        positions: by id.
        waits_for: by id, the task that sets its start or its end; None when nothing does.
        ledger: what roles give, all in all.
    """

    positions: Mapping[str, Position]
    waits_for: Mapping[str, str | None]
    ledger: Ledger

    @property
    def end(self) -> datetime.date:
        """The day the last task ends; the first day of the calendar where there is none."""
        return max((each.end for each in self.positions.values()), default=self.ledger.start)


def ordered(tasks: Sequence[Task]) -> Order:
    """Tasks in an order in which each stands behind those it comes after.

    Raises:
        ValueError: when a task comes after one that is not there, or after itself.
    """
    by_id = {task.id: task for task in tasks}
    behind: dict[str, list[str]] = {task.id: [] for task in tasks}
    for task in tasks:
        for name in dict.fromkeys(task.after):
            if name not in by_id:
                raise ValueError(f"{task.id} comes after {name}, which is not there")
            behind[name].append(task.id)
    sequence = _sequence(by_id, behind, _in_order)
    if len(sequence) < len(by_id):
        raise ValueError("tasks come after each other in a circle")
    return Order(by_id, behind, sequence)


def scheduled(order: Order, empty: Ledger) -> Schedule:
    """Tasks laid out over a ledger that holds nothing yet, ending as early as the scheme finds.

    Raises:
        NoCapacity: when a role has no days for what it is to do.
        EndsTooLate: when a task would not end within a century.
    """
    chains = _chains(order, empty)
    shortest = _shaken(
        order, _serial(order, empty, lambda task: (-chains[task.id], *_in_order(task)))
    )
    if not empty.capacity:
        return shortest
    return _tidied(order, _understood(order, empty, shortest))


def _understood(order: Order, empty: Ledger, shortest: Schedule) -> Schedule:
    """The order of work, where it costs little time; else what ends first."""
    in_order = _shaken(order, _serial(order, empty, _in_order))
    # people do the work in an order that they understand, where that costs them little time
    spared = (in_order.end - shortest.end).days
    lasts = (shortest.end - empty.start).days
    return in_order if spared * _WORTH <= lasts else shortest


def sketched(order: Order, empty: Ledger) -> Schedule:
    """Tasks laid out at once, in the order of work, where nobody wants to wait for better.

    Raises:
        NoCapacity, EndsTooLate: as `scheduled` does.
    """
    return _serial(order, empty, _in_order)


def _tidied(order: Order, schedule: Schedule) -> Schedule:
    """The same, without starts long before the work: nothing else moves for it."""
    ledger = schedule.ledger.copy()
    positions = dict(schedule.positions)
    for name, position in schedule.positions.items():
        if position.end == schedule.end:
            continue
        limit = min(
            (positions[other].start - _DAY for other in order.behind[name]), default=schedule.end
        )
        ledger.add(position, -1)
        # what was worth taking may be a crumb by now; then it stays
        if ledger.end(position.task, position.start) == position.end:
            start = ledger.without_crumb(position.task, position.start, limit)
            if start > position.start:
                positions[name] = ledger.placed(position.task, start)
        ledger.add(positions[name])
    return Schedule(positions, schedule.waits_for, ledger)


_WORTH = 10
"""The part of a calendar that must be spared for the order of work to be given up: a tenth."""


def _shaken(order: Order, best: Schedule) -> Schedule:
    """The schedule justified as long as it ends earlier."""
    while best.ledger.capacity and (again := _justified(order, best)).end < best.end:
        best = again
    return best


def _justified(order: Order, schedule: Schedule) -> Schedule:
    late = _put_off(order, schedule)
    return _serial(
        order,
        schedule.ledger,
        lambda task: (late[task.id].start.toordinal(), *_in_order(task)),
    )


def _in_order(task: Task) -> tuple[int | str, ...]:
    return (task.rank, task.id)


def ready(task: Task, positions: Mapping[str, Position], start: datetime.date) -> datetime.date:
    """The first day on which all that a task comes after has ended."""
    ends = [positions[name].end + _DAY for name in task.after]
    return max(ends, default=start)


def _sequence(
    tasks: Mapping[str, Task], behind: Mapping[str, Sequence[str]], key: Key
) -> list[str]:
    """Ids in the order of `key`, what presses first, what is gathered last; each behind its needs.

    A circle is left out.
    """
    missing = {task.id: len(set(task.after)) for task in tasks.values()}

    def place(name: str) -> tuple[bool, bool, tuple[int | str, ...]]:
        """What decides between tasks that could both come next: the least goes first."""
        return tasks[name].gathered, not tasks[name].pressing, key(tasks[name])

    heap = [(place(name), name) for name, count in missing.items() if not count]
    heapq.heapify(heap)
    found = []
    while heap:
        _, name = heapq.heappop(heap)
        found.append(name)
        for other in behind[name]:
            missing[other] -= 1
            if not missing[other]:
                heapq.heappush(heap, (place(other), other))
    return found


def _chains(order: Order, ledger: Ledger) -> dict[str, int]:
    """About how many days each task takes with the longest chain behind it."""
    found: dict[str, int] = {}
    for name in reversed(order.sequence):
        task = order.tasks[name]
        days = (later(ledger.start, task.lead_time) - ledger.start).days + 1
        monthly = ledger.capacity.get(task.role)
        if monthly:
            days = max(days, int(task.effort * ledger.parts) * _MONTH // monthly)
        found[name] = days + max((found[other] for other in order.behind[name]), default=0)
    return found


def _serial(order: Order, like: Ledger, key: Key) -> Schedule:
    ledger = like.alone()
    positions: dict[str, Position] = {}
    waits_for: dict[str, str | None] = {}
    end = ledger.start
    for name in _sequence(order.tasks, order.behind, key):
        task = order.tasks[name]
        first = ready(task, positions, ledger.start)
        start = _late(task, first, end, ledger)
        if start is None:
            position = ledger.placed(task, ledger.earliest(task, first))
            waits_for[name] = _held_by(position, first, positions, ledger)
        else:
            position = ledger.placed(task, start)
            waits_for[name] = None
        positions[name] = position
        ledger.add(position)
        end = max(end, position.end)
    return Schedule(positions, waits_for, ledger)


def _late(
    task: Task, first: datetime.date, end: datetime.date, ledger: Ledger
) -> datetime.date | None:
    """The latest day to start what is gathered for it to end with the whole; None: no such day."""
    wanted = max(first, task.not_before or first)
    if not task.gathered or end < wanted or ledger.end(task, first) > end:
        return None
    return ledger.latest(task, first, end)


def _held_by(
    position: Position,
    first: datetime.date,
    positions: Mapping[str, Position],
    ledger: Ledger,
) -> str | None:
    """What keeps a task from ending earlier, of what is placed already."""
    task = position.task
    alone = ledger.alone()
    start = alone.earliest(task, first)
    if position.start > start or position.end > alone.end(task, start):
        return _taking_days(position, first, positions)
    if start > first or not task.after:
        return None
    # of several that end on the day before, the one that goes first
    before = sorted(task.after, key=lambda name: (positions[name].task.rank, name))
    return max(before, key=lambda name: positions[name].end)


def _taking_days(
    position: Position, first: datetime.date, positions: Mapping[str, Position]
) -> str:
    """The last to end of those that take the role's days while a task could use them."""
    span = (_month(first), _month(position.end))
    rivals = [
        other
        for other in positions.values()
        if other.task.role == position.task.role
        and any(span[0] <= month <= span[1] for month in other.work)
    ]
    ending = [other for other in rivals if other.end <= position.end] or rivals
    last = max(ending, key=lambda other: (other.end, -other.task.rank, other.task.id))
    return last.task.id


def _put_off(order: Order, schedule: Schedule) -> dict[str, Position]:
    """Every task as late as it can be without the whole ending later, the last to end first."""
    ledger = schedule.ledger.copy()
    positions = dict(schedule.positions)
    place = {name: number for number, name in enumerate(order.sequence)}
    for name in sorted(positions, key=lambda each: (positions[each].end, place[each]))[::-1]:
        position = positions[name]
        limit = min(
            (positions[other].start - _DAY for other in order.behind[name]), default=schedule.end
        )
        ledger.add(position, -1)
        # what was worth taking may be a crumb by now; then it stays
        if ledger.end(position.task, position.start) <= limit:
            start = ledger.latest(position.task, position.start, limit)
            positions[name] = ledger.placed(position.task, start)
        ledger.add(positions[name])
    return positions


def _month(day: datetime.date) -> Month:
    return (day.year, day.month)
