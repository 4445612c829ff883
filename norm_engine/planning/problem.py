"""What a route is looked for in, what a route is, and what moves lead to."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.scores import Score
from norm_engine.planning.moves import Efforts, Offer, after_moves
from norm_engine.planning.options import Assume
from norm_engine.planning.solver import Watch

CUTS = 100
"""Routes that rounding may have let pass, after which it is no longer rounding."""

ROUNDING = 1e-6
"""What rounding may take from, or add to, a whole number."""


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


def route_of(
    problem: Problem, chosen: Collection[str], after: Evaluation, bound: Fraction
) -> Route:
    """A route of these moves, with what is proven of any."""
    moves = tuple(name for name in problem.offer.moves if name in chosen)
    efforts = effort_of(problem.offer, moves)
    return Route(moves, efforts, min(bound, efforts[1]), bound >= efforts[1], after)
