"""The state of one requirement, from the truth of its criteria, its applicability and its gates."""

from fractions import Fraction
from typing import NamedTuple

from norm_engine.engine.program import Shape
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE, UNKNOWN
from norm_engine.model.ruleset import Grade, Status


class State(NamedTuple):
    """What a requirement comes to in one pass (declared or proven).

    Attributes:
        status: the status, ``undetermined`` when several are possible.
        possible: every status that is possible.
        met: truth code of "met, or nothing to satisfy".
        low, high: ends of the credit, in numerators over the program's denominator; None when
            surely not applicable.
        grades: the grades possible, most severe first; None stands for "no grade of its own".
        weight: its weight if it surely counts in scores, else 0.
        low_points, high_points: weight times credit if it surely counts, else 0.
        covered: its weight if nothing about it is open, else 0.
        may_count: its weight unless it is surely not applicable.
    """

    status: Status
    possible: tuple[Status, ...]
    met: int
    low: int | None
    high: int | None
    grades: tuple[Grade | None, ...]
    weight: int
    low_points: int
    high_points: int
    covered: int
    may_count: int


def state_of(
    shape: Shape,
    truths: tuple[int, ...],
    applies: int,
    gate: int,
    blocked_credit: Fraction,
    denominator: int,
) -> State:
    """The state of a requirement of this shape.

    Args:
        truths: truth codes of its criteria.
        applies: truth code of its applicability (true, false or unknown).
        gate: truth code of "every prerequisite is met or not applicable".
        denominator: what credits are counted in; a common denominator of all credits.
    """
    left = [i for i, truth in enumerate(truths) if truth != NOT_APPLICABLE]
    if applies == FALSE or not left:
        return State("not_applicable", ("not_applicable",), TRUE, None, None, (), 0, 0, 0, 0, 0)
    essential = [i for i in left if shape.essential[i]] or left
    possible = _possible(truths, left, essential, gate)
    if applies == UNKNOWN:
        possible.append("not_applicable")
    low, high = _credit(shape, truths, left, gate, blocked_credit, denominator)
    sure = applies == TRUE
    determined = len(possible) == 1
    return State(
        status=possible[0] if determined else "undetermined",
        possible=tuple(possible),
        met=_met(possible),
        low=low,
        high=high,
        grades=_grades(shape, truths, left, essential, possible),
        weight=shape.weight if sure else 0,
        low_points=shape.weight * low if sure else 0,
        high_points=shape.weight * high if sure else 0,
        covered=shape.weight if determined and low == high else 0,
        may_count=shape.weight,
    )


def _possible(
    truths: tuple[int, ...], left: list[int], essential: list[int], gate: int
) -> list[Status]:
    possible: list[Status] = []
    if min(truths[i] for i in essential) != FALSE:
        if gate != FALSE:
            possible.append("met")
        if gate != TRUE:
            possible.append("blocked")
    may_hold = [i for i in left if truths[i] != FALSE]
    if any(truths[i] != TRUE and any(j != i for j in may_hold) for i in essential):
        possible.append("partial")
    if all(truths[i] != TRUE for i in left):
        possible.append("unmet")
    return possible


def _credit(
    shape: Shape,
    truths: tuple[int, ...],
    left: list[int],
    gate: int,
    blocked_credit: Fraction,
    denominator: int,
) -> tuple[int, int]:
    unit = denominator // sum(shape.weights[i] for i in left)
    low = unit * sum(shape.weights[i] for i in left if truths[i] == TRUE)
    high = unit * sum(shape.weights[i] for i in left if truths[i] != FALSE)
    cap = int(blocked_credit * denominator)
    if gate != TRUE:
        low = min(low, cap)
    if gate == FALSE:
        high = min(high, cap)
    return low, high


def _met(possible: list[Status]) -> int:
    satisfying = [status in ("met", "not_applicable") for status in possible]
    if all(satisfying):
        return TRUE
    return UNKNOWN if any(satisfying) else FALSE


_ORDER: tuple[Grade | None, ...] = (
    "major",
    "minor",
    "sensitive",
    None,
    "improvement",
    "satisfactory",
    "strength",
)


def _grades(
    shape: Shape,
    truths: tuple[int, ...],
    left: list[int],
    essential: list[int],
    possible: list[Status],
) -> tuple[Grade | None, ...]:
    """The grades possible (docs/semantique.md)."""
    found: set[Grade | None] = set()
    for status in possible:
        if status == "not_applicable":
            found.add(None)
        elif shape.recommended:
            found.add("strength" if status == "met" else "improvement")
        elif status == "blocked":
            found.add(None)
        elif status == "met":
            if all(truths[i] != FALSE for i in left):
                found.add("satisfactory")
            if any(truths[i] != TRUE for i in left if i not in essential):
                found.add("improvement")
        else:
            found.add(shape.gravity)  # type: ignore[arg-type]
    return tuple(grade for grade in _ORDER if grade in found)
