"""The cheapest route to *ready*, and the highest readiness within an effort: exact, and checked.

What is minimised is the sum of likely efforts; of routes that cost the same, one of those with the
fewest moves is given. Every route is evaluated by the evaluator itself before it is given.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, isfinite, lcm
from typing import Any

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.scores import Score
from norm_engine.planning.circuit import (
    ALWAYS,
    Expression,
    Linear,
    total,
    valued,
)
from norm_engine.planning.decision_model import DecisionModel
from norm_engine.planning.moves import Efforts, Offer, after_moves
from norm_engine.planning.options import Assume
from norm_engine.planning.solver import Solved, Watch, minimise
from norm_engine.planning.truths import Choice, Truths

_CUTS = 100
"""Routes that rounding may have let pass, after which it is no longer rounding."""


class PlanningError(RuntimeError):
    """A route that does not come to what the solver says: an internal error, never a result."""


@dataclass(frozen=True)
class Problem:
    """What a route is looked for in.

    Attributes:
        evaluation: of the audit on audit day, before any move.
        offer: the moves there are.
        forced: moves that every route takes.
        assume: how unknown answers are taken.
        watch: told how far the search is.
        kept: the moves that a search which the user stopped had found, on another audit day: this
            one sets out from them, and takes no longer than it takes to have a route.
    """

    evaluation: Evaluation
    offer: Offer
    forced: frozenset[str] = frozenset()
    assume: Assume = "worst"
    watch: Watch | None = None
    kept: frozenset[str] | None = None


@dataclass(frozen=True)
class Route:
    """A route: its moves in the order of work, what they cost, and what they lead to.

    Attributes:
        bound: proven: no route (no readiness, within a budget) is better than this.
        proven: whether the bound is reached: nothing is better.
        after: the evaluation once all moves are done.
    """

    moves: tuple[str, ...]
    effort: Efforts
    bound: Fraction
    proven: bool
    after: Evaluation


def cheapest(problem: Problem, avoid: Collection[Collection[str]] = ()) -> Route | None:
    """The cheapest route after which the decision is *ready*; None: it is proven that none exists.

    Args:
        avoid: sets of moves none of which the route may contain whole.

    Raises:
        PlanningError: when the evaluator does not find the outcome that the model promised.
        KeyboardInterrupt: when the search was stopped before any route was found.
    """
    model = RouteModel(problem)
    model.decision.require_ready()
    model.avoid(avoid)
    cost = model.cost()
    for _ in range(_CUTS):
        watch = cost.watched(problem.watch)
        solved = minimise(model.linear, cost.objective, watch, model.start())
        if solved.status == "none":
            return None
        chosen = model.chosen(solved)
        after = evaluate_after(problem, chosen)
        if is_ready(after, problem.assume):
            bound = cost.least(solved.bound)
            return _route(problem, chosen, after, bound)
        # what rounding let pass is cut off exactly, and the search goes on
        model.forbid_exactly(chosen)
    raise PlanningError("the evaluator does not find the routes of the solver ready")


def within_budget(problem: Problem, budget: Fraction) -> Route | None:
    """The highest overall readiness within an effort, and the least effort that gives it.

    The bound and the optimum speak of the overall score (its low end at worst, its high end at
    best). None: the forced moves alone pass the budget. The ratio is maximised through a
    sequence of sums (W. Dinkelbach, "On nonlinear fractional programming", 1967).

    A search that is stopped gives the best found so far.

    Raises:
        KeyboardInterrupt: when it was stopped before anything was found.
    """
    best = _first_within(problem, budget)
    if best is None:
        return None
    while True:
        reached = score_of(best.after, problem.assume)
        higher, bound, stopped = _higher(problem, budget, reached)
        best = higher or best
        if higher is None or stopped:
            break
    proven = not stopped
    found = _least_effort(problem, reached) if proven else None
    kept = best if found is None else found
    return replace(kept, bound=bound, proven=proven)


def evaluate_after(problem: Problem, chosen: Collection[str]) -> Evaluation:
    """The evaluation once these moves are done."""
    facts = after_moves(problem.evaluation, problem.offer, chosen)
    return evaluate(problem.evaluation.program, facts)


def is_ready(evaluation: Evaluation, assume: Assume) -> bool:
    """Whether the decision is *ready*; at best, whether nothing known stands against it."""
    outcome = evaluation.decision.outcome
    return outcome == "ready" if assume == "worst" else outcome != "not_ready"


def score_of(evaluation: Evaluation, assume: Assume) -> Fraction:
    """The overall readiness that a budget is spent on; 0 where there is none."""
    score: Score = evaluation.proven.scores.overall
    end = score.low if assume == "worst" else score.high
    return Fraction(0) if end is None else end


def effort_of(offer: Offer, chosen: Collection[str]) -> Efforts:
    """Low, likely and high effort of some moves together."""
    efforts = [offer.moves[name].effort for name in chosen]
    low, likely, high = (sum((each[i] for each in efforts), Fraction(0)) for i in range(3))
    return low, likely, high


def _route(problem: Problem, chosen: Collection[str], after: Evaluation, bound: Fraction) -> Route:
    moves = tuple(name for name in problem.offer.moves if name in chosen)
    efforts = effort_of(problem.offer, moves)
    return Route(moves, efforts, min(bound, efforts[1]), bound >= efforts[1], after)


@dataclass(frozen=True)
class _Cost:
    """Likely effort in whole units, then the number of moves."""

    objective: Expression
    unit: int
    moves: int

    def least(self, bound: float) -> Fraction:
        """The least likely effort that a bound of the objective leaves possible."""
        if not isfinite(bound):
            return Fraction(0)
        units = ceil((bound - self.moves) / (self.moves + 1) - _ROUNDING)
        return Fraction(max(units, 0), self.unit)

    def watched(self, watch: Watch | None) -> Watch | None:
        """The same watch, told in likely person-days."""
        if watch is None:
            return None

        def told(seconds: float, best: float | None, bound: float) -> None:
            days = None if best is None else floor(best / (self.moves + 1) + _ROUNDING) / self.unit
            watch(seconds, days, float(self.least(bound)))

        return told


_ROUNDING = 1e-6


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

    def cost(self) -> _Cost:
        """The objective: likely effort first, then the number of moves."""
        moves = self.problem.offer.moves
        unit = lcm(*(move.effort[1].denominator for move in moves.values()))
        count = len(moves)
        objective = total(
            (float(move.effort[1] * unit * (count + 1) + 1), self.taken[name])
            for name, move in moves.items()
        )
        return _Cost(objective, unit, count)

    def likely(self) -> tuple[Expression, int]:
        """Likely effort in whole units, and how many units a day has."""
        moves = self.problem.offer.moves
        unit = lcm(*(move.effort[1].denominator for move in moves.values()))
        return (
            total((float(move.effort[1] * unit), self.taken[name]) for name, move in moves.items()),
            unit,
        )

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


def _first_within(problem: Problem, budget: Fraction) -> Route | None:
    """The cheapest set of moves that may be taken at all: what is forced, and what that needs."""
    model = RouteModel(problem)
    cost = model.cost()
    solved = minimise(model.linear, cost.objective)
    if solved.status == "none":
        return None
    chosen = model.chosen(solved)
    found = _route(problem, chosen, evaluate_after(problem, chosen), Fraction(0))
    return found if found.effort[1] <= budget else None


def _higher(
    problem: Problem, budget: Fraction, reached: Fraction
) -> tuple[Route | None, Fraction, bool]:
    """A route within the budget that reaches more, the bound on any, whether it was stopped."""
    model = RouteModel(problem)
    indices = problem.evaluation.program.groups["overall"][""]
    effort, unit = model.likely()
    model.linear.at_least(Expression(float(floor(budget * unit))), effort)
    scale = _whole(problem.evaluation)
    surplus = model.decision.surplus(indices, reached)
    # points are whole after scaling; what is taken from them for each weight is a share of one
    grain = 1 / reached.denominator
    objective = total([(-scale, surplus)])
    solved = minimise(model.linear, objective, _timed(problem.watch), model.start(), grain)
    stopped = solved.status == "stopped"
    bound = Fraction(1)
    if isfinite(solved.bound):
        gain = max(0.0, -solved.bound / scale)
        weights = [model.decision.program.by_index[index].shape.weight for index in indices]
        lightest = min(weights, default=1)
        bound = min(bound, reached + Fraction(gain / lightest).limit_denominator(10**6))
    if solved.values:
        chosen = model.chosen(solved)
        after = evaluate_after(problem, chosen)
        score = score_of(after, problem.assume)
        if score > reached:
            return _route(problem, chosen, after, Fraction(0)), max(bound, score), stopped
    return None, bound if stopped else reached, stopped


def _timed(watch: Watch | None) -> Watch | None:
    """The same watch, told the time alone: what is raised here is no effort."""
    if watch is None:
        return None
    return lambda seconds, _best, _bound: watch(seconds, None, 0.0)


def _whole(evaluation: Evaluation) -> float:
    """What points are multiplied by so that a difference of one matters to the solver."""
    return float(evaluation.program.denominator)


def _least_effort(problem: Problem, reached: Fraction) -> Route | None:
    """The cheapest moves that reach a score."""
    model = RouteModel(problem)
    indices = problem.evaluation.program.groups["overall"][""]
    # half of the least by which a lower score falls short; what rounding lets pass is cut off below
    room = max(1 / (2 * _whole(problem.evaluation) * reached.denominator), _ROUNDING)
    model.linear.at_least(model.decision.surplus(indices, reached), Expression(-room))
    cost = model.cost()
    for _ in range(_CUTS):
        solved = minimise(model.linear, cost.objective, cost.watched(problem.watch))
        if solved.status == "none" or not solved.values:
            return None
        chosen = model.chosen(solved)
        after = evaluate_after(problem, chosen)
        if score_of(after, problem.assume) >= reached:
            return _route(problem, chosen, after, cost.least(solved.bound))
        model.forbid_exactly(chosen)
    raise PlanningError("the evaluator does not find the readiness of the solver")


def alternatives(problem: Problem, best: Route, count: int) -> Iterator[Route]:
    """The next-best routes: each the cheapest that contains none of those before it."""
    avoided = [best.moves]
    while len(avoided) <= count:
        found = cheapest(problem, avoided)
        if found is None or not found.proven:
            return
        avoided.append(found.moves)
        yield found
