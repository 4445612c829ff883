"""By how many days a step may slip before the end of the whole moves."""

import datetime
from bisect import bisect_left
from collections.abc import Mapping

from norm_engine.planning.ledger import EndsTooLate, NoCapacity, Position
from norm_engine.planning.schedule import Order, Schedule, ready


def slack(order: Order, schedule: Schedule, name: str) -> int:
    """Days by which a task may start later without the whole ending later.

    It alone is put off; those that come after it give way as far as they must, in the days that
    their roles have left, and all others stay where they are. A true lower bound: were others to
    make room as well, it might slip further. However few of these days it slips, the whole still
    ends in time, since it can take the room of the longer delay.
    """
    room = (schedule.end - schedule.positions[name].end).days
    delays = range(1, room + 1)
    return bisect_left(delays, True, key=lambda days: slipped(order, schedule, name, days) is None)


def slipped(
    order: Order, schedule: Schedule, name: str, days: int
) -> Mapping[str, Position] | None:
    """Where tasks stand once one starts so many days later; None when the whole ends later."""
    ledger = schedule.ledger.copy()
    positions = dict(schedule.positions)
    moved = {name}
    for each in order.sequence:
        position = positions[each]
        if each == name:
            start = position.start + datetime.timedelta(days=days)
        elif moved.isdisjoint(position.task.after):
            continue
        else:
            start = max(position.start, ready(position.task, positions, ledger.start))
        if start == position.start:
            continue
        ledger.add(position, -1)
        try:
            positions[each] = ledger.placed(position.task, start)
        except (NoCapacity, EndsTooLate):
            return None
        if positions[each].end > schedule.end:
            return None
        ledger.add(positions[each])
        moved.add(each)
    return positions
