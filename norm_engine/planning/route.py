"""The cheapest route to *ready*, exact and checked, and the next best.

What is minimised is the sum of likely efforts; of routes that cost the same, one of those with the
fewest moves is given. Every route is evaluated by the evaluator itself before it is given.
"""

from collections.abc import Collection, Iterator

from norm_engine.planning.problem import (
    CUTS,
    PlanningError,
    Problem,
    Route,
    evaluate_after,
    is_ready,
    route_of,
)
from norm_engine.planning.route_model import RouteModel
from norm_engine.planning.solver import minimise


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
    for _ in range(CUTS):
        watch = cost.watched(problem.watch)
        solved = minimise(model.linear, cost.objective, watch, model.start())
        if solved.status == "none":
            return None
        chosen = model.chosen(solved)
        after = evaluate_after(problem, chosen)
        if is_ready(after, problem.assume):
            bound = cost.least(solved.bound)
            return route_of(problem, chosen, after, bound)
        # what rounding let pass is cut off exactly, and the search goes on
        model.forbid_exactly(chosen)
    raise PlanningError("the evaluator does not find the routes of the solver ready")


def alternatives(problem: Problem, best: Route, count: int) -> Iterator[Route]:
    """The next-best routes: each the cheapest that contains none of those before it."""
    avoided = [best.moves]
    while len(avoided) <= count:
        found = cheapest(problem, avoided)
        if found is None or not found.proven:
            return
        avoided.append(found.moves)
        yield found
