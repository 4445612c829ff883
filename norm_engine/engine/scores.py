"""Scores as intervals: weighted means whose ends no completion of the unknowns can pass."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from norm_engine.engine.program import Program
from norm_engine.engine.state import State


class Score(NamedTuple):
    """A weighted mean of credits.

    Attributes:
        low, high: the ends of the interval, exact, 0 to 1; None when nothing can apply.
        certain: whether something surely applies, so that the score surely exists.
        coverage: weight of what is fully determined over weight of what may apply; None likewise.
    """

    low: Fraction | None
    high: Fraction | None
    certain: bool
    coverage: Fraction | None


class Scores:
    """The scores of one pass, by what they are a mean of; each is worked out when first asked."""

    def __init__(self, program: Program, states: Sequence[State]) -> None:
        self._groups = program.groups
        self._readers = program.group_readers
        self._unit = program.denominator
        self._columns = _Columns(*(list(map(read, states)) for read in _READERS))
        self._states = states

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scores) and self._all() == other._all()

    __hash__ = None  # type: ignore[assignment]

    def _all(self) -> tuple[object, ...]:
        return self.overall, self.recommendations, self.domains, self.workshops, self.bases

    @cached_property
    def overall(self) -> Score:
        """The score of the whole."""
        return self._mean("overall", "")

    @cached_property
    def recommendations(self) -> Score:
        """The score of the recommendations, which count nowhere else."""
        return self._mean("recommendations", "")

    @cached_property
    def domains(self) -> dict[str, Score]:
        """By domain."""
        return self._means("domain")

    @cached_property
    def workshops(self) -> dict[str, Score]:
        """By workshop."""
        return self._means("workshop")

    @cached_property
    def bases(self) -> dict[str, Score]:
        """By how well requirements are attested."""
        return self._means("basis")

    def _means(self, kind: str) -> dict[str, Score]:
        return {name: self._mean(kind, name) for name in self._groups[kind]}

    def _mean(self, kind: str, name: str) -> Score:
        """The weighted mean over requirements (docs/semantique.md)."""
        read = self._readers[kind][name]
        weight, low, high, covered, may_count = [sum(read(column)) for column in self._columns]
        if not may_count:
            return Score(None, None, False, None)
        coverage = Fraction(covered, may_count)
        if weight == may_count:
            least = Fraction(low, weight * self._unit)
            most = least if low == high else Fraction(high, weight * self._unit)
            return Score(least, most, True, coverage)
        uncertain = [
            state
            for state in map(self._states.__getitem__, self._groups[kind][name])
            if state.may_count and not state.weight
        ]
        lows = sorted((state.low or 0, state.may_count) for state in uncertain)
        highs = sorted(((state.high or 0, state.may_count) for state in uncertain), reverse=True)
        least = _pulled(weight, low, lows, -1, self._unit)
        most = _pulled(weight, high, highs, 1, self._unit)
        return Score(least, most, weight > 0, coverage)


class _Columns(NamedTuple):
    weight: list[int]
    low_points: list[int]
    high_points: list[int]
    covered: list[int]
    may_count: list[int]


_READERS = tuple(attrgetter(name) for name in _Columns._fields)


def _pulled(
    weight: int, points: int, credits_: list[tuple[int, int]], sign: int, unit: int
) -> Fraction:
    """An end of the mean over every choice of the requirements that may or may not count.

    Taking them in order of their credit, each is taken while it moves the mean further: the mean
    of a set is extreme when it holds exactly what lies beyond that mean.
    """
    for credit, own_weight in credits_:
        if weight and sign * (credit * weight - points) <= 0:
            break
        weight += own_weight
        points += credit * own_weight
    return Fraction(points, weight * unit)
