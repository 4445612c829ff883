"""What answers become, depending on which moves are chosen: indicators, one a possible value.

Moves apply in the order of work; each overwrites an answer or adds to its choices. The values that
an answer can take are followed move by move as a flow through an automaton (G. Pesant, "A regular
language membership constraint for finite sequences of variables", 2004): one unit flows from the
answer as it is to the answer as it ends, so that exactly one indicator is 1.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from norm_engine.engine.actions import overwritten
from norm_engine.planning.circuit import ALWAYS, NEVER, Expression, Linear, negated, total

Indicators = Mapping[Any, Expression]
"""By value, whether the answer ends up there; their sum is 1."""


@dataclass(frozen=True)
class Write:
    """A move that writes an answer: whether it is chosen, and what it writes."""

    chosen: Expression
    fact: Any


def final_answers(
    linear: Linear,
    starts: Sequence[tuple[Any, Expression]],
    writes: Sequence[Write],
    alike: Callable[[Any], Any],
) -> Indicators:
    """Indicators of what an answer ends up as.

    Args:
        starts: what it may be before any move, with indicators whose sum is 1.
        writes: in the order of work.
        alike: values with the same key are taken for one (they make no difference to any rule).
    """
    standing: dict[Any, tuple[Any, Expression]] = {}
    for value, shown in starts:
        key = alike(value)
        known, inflow = standing.get(key, (value, NEVER))
        standing[key] = (known, total(((1, inflow), (1, shown))))
    for write in writes:
        standing = _step(linear, standing, write, alike)
    return {value: inflow for value, inflow in standing.values()}


def _step(
    linear: Linear,
    standing: Mapping[Any, tuple[Any, Expression]],
    write: Write,
    alike: Callable[[Any], Any],
) -> dict[Any, tuple[Any, Expression]]:
    arriving: dict[Any, tuple[Any, list[Expression]]] = {}
    moved: list[Expression] = []
    kept: list[Expression] = []
    for key, (value, inflow) in standing.items():
        after = overwritten(value, write.fact)
        target = alike(after)
        if target == key:
            arriving.setdefault(key, (value, []))[1].append(inflow)
            continue
        if inflow == ALWAYS:
            go, stay = write.chosen, negated(write.chosen)
        else:
            go = linear.new()
            stay = total(((1, inflow), (-1, go)))
            linear.at_least(stay, total(()))
        moved.append(go)
        kept.append(stay)
        arriving.setdefault(key, (value, []))[1].append(stay)
        arriving.setdefault(target, (after, []))[1].append(go)
    if any(inflow != ALWAYS for _, inflow in standing.values()):
        linear.at_least(write.chosen, total((1, each) for each in moved))
        linear.at_least(negated(write.chosen), total((1, each) for each in kept))
    return {
        key: (value, total((1, each) for each in inflows))
        for key, (value, inflows) in arriving.items()
    }
