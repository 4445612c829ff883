"""The linear model of a problem, and what is minimised over it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isfinite, lcm
from typing import Any

from norm_engine.planning.circuit import ALWAYS, Expression, Linear, total, valued
from norm_engine.planning.decision_model import DecisionModel
from norm_engine.planning.problem import ROUNDING, Problem
from norm_engine.planning.solver import Solved, Watch
from norm_engine.planning.truths import Choice, Truths


@dataclass(frozen=True)
class Cost:
    """Likely effort in whole units, then the number of moves."""

    objective: Expression
    unit: int
    moves: int

    def least(self, bound: float) -> Fraction:
        """The least likely effort that a bound of the objective leaves possible."""
        if not isfinite(bound):
            return Fraction(0)
        units = ceil((bound - self.moves) / (self.moves + 1) - ROUNDING)
        return Fraction(max(units, 0), self.unit)

    def watched(self, watch: Watch | None) -> Watch | None:
        """The same watch, told in likely person-days."""
        if watch is None:
            return None

        def told(seconds: float, best: float | None, bound: float) -> None:
            """Tell the watch what the solver has found, in likely person-days."""
            days = None if best is None else floor(best / (self.moves + 1) + ROUNDING) / self.unit
            watch(seconds, days, float(self.least(bound)))

        return told


class RouteModel:
    """The linear model of a problem: a variable a move, needs, and the truths they make.

    Args:
        relaxed: requirements that may be taken as satisfied by other means, by their indices.
        given: answers that may be found to be so before any move, at no cost, by question.
    """

    def __init__(
        self,
        problem: Problem,
        relaxed: Collection[int] = (),
        given: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        self.problem = problem
        self.linear = Linear()
        moves = problem.offer.moves
        self.taken = {name: self.linear.new(integral=True) for name in moves}
        for name, move in moves.items():
            for need in move.needs:
                self.linear.at_least(self.taken[need], self.taken[name])
        for name in problem.forced:
            self.linear.at_least(self.taken[name], ALWAYS)
        self.relaxed = {index: self.linear.new(integral=True) for index in relaxed}
        self.given = [
            (name, answer, self.linear.new(integral=True))
            for name, answers in (given or {}).items()
            for answer in answers
        ]
        choices = [Choice(self.taken[name], move.action) for name, move in moves.items()]
        truths = Truths(
            self.linear, problem.evaluation, choices, self.relaxed, self._given_by_index()
        )
        self.decision = DecisionModel(self.linear, truths, problem.assume)

    def _given_by_index(self) -> dict[int, list[tuple[Any, Expression]]]:
        found: dict[int, list[tuple[Any, Expression]]] = {}
        for name, answer, shown in self.given:
            index = self.problem.evaluation.program.question_index[name]
            found.setdefault(index, []).append((answer, shown))
        return found

    def cost(self) -> Cost:
        """The objective: likely effort first, then the number of moves."""
        moves = self.problem.offer.moves
        unit = self._unit()
        count = len(moves)
        objective = total(
            (float(move.effort[1] * unit * (count + 1) + 1), self.taken[name])
            for name, move in moves.items()
        )
        return Cost(objective, unit, count)

    def likely(self) -> tuple[Expression, int]:
        """Likely effort in whole units, and how many units a day has."""
        moves = self.problem.offer.moves
        unit = self._unit()
        return (
            total((float(move.effort[1] * unit), self.taken[name]) for name, move in moves.items()),
            unit,
        )

    def _unit(self) -> int:
        moves = self.problem.offer.moves.values()
        return lcm(*(move.effort[1].denominator for move in moves))

    def start(self) -> dict[int, float] | None:
        """The choices of a route that was found before, by variable; None without one."""
        kept = self.problem.kept
        if kept is None:
            return None
        return {taken.terms[0][0]: float(name in kept) for name, taken in self.taken.items()}

    def chosen(self, solved: Solved) -> frozenset[str]:
        """The moves of a solution.

        Raises:
            KeyboardInterrupt: when there is none, since the search was stopped.
        """
        if not solved.values:
            raise KeyboardInterrupt
        return frozenset(
            name for name, taken in self.taken.items() if valued(taken, solved.values) > 1 / 2
        )

    def avoid(self, sets: Collection[Collection[str]]) -> None:
        """Allow no route that contains one of these sets."""
        for each in sets:
            some = total((1, self.taken[name]) for name in each)
            self.linear.at_least(Expression(len(each) - 1), some)

    def forbid_exactly(self, chosen: Collection[str]) -> None:
        """Allow every route but this one."""
        signs = {name: 1 if name in chosen else -1 for name in self.taken}
        some = total((signs[name], taken) for name, taken in self.taken.items())
        self.linear.at_least(Expression(len(chosen) - 1), some)
