"""The highest readiness within an effort, exact and checked, and the least effort that gives it."""

from dataclasses import replace
from fractions import Fraction
from math import floor, isfinite

from norm_engine.engine.evaluation import Evaluation
from norm_engine.planning.circuit import Expression, total
from norm_engine.planning.problem import (
    CUTS,
    ROUNDING,
    PlanningError,
    Problem,
    Route,
    evaluate_after,
    route_of,
    score_of,
)
from norm_engine.planning.route_model import RouteModel
from norm_engine.planning.solver import Solved, Watch, minimise


def within_budget(problem: Problem, budget: Fraction) -> Route | None:
    """The highest overall readiness within an effort, and the least effort that gives it.

    The bound and the optimum speak of the overall score (its low end at worst, its high end at
    best). None: the forced moves alone pass the budget. The ratio is maximised through a
    sequence of sums (W. Dinkelbach, "On nonlinear fractional programming", 1967). Where nothing
    surely applies its low end is no such ratio, but the least credit that may count.

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
    if not stopped and problem.assume == "worst":
        unsure, bound, stopped = _higher_where_none_surely_counts(problem, budget, reached)
        best = unsure or best
        reached = score_of(best.after, problem.assume)
    proven = not stopped
    found = _least_effort(problem, reached) if proven else None
    kept = best if found is None else found
    return replace(kept, bound=bound, proven=proven)


def _first_within(problem: Problem, budget: Fraction) -> Route | None:
    """The cheapest set of moves that may be taken at all: what is forced, and what that needs."""
    model = RouteModel(problem)
    cost = model.cost()
    solved = minimise(model.linear, cost.objective)
    if solved.status == "none":
        return None
    chosen = model.chosen(solved)
    found = route_of(problem, chosen, evaluate_after(problem, chosen), Fraction(0))
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
    found = _reaching_more(problem, model, solved, reached)
    if found is not None:
        return found, max(bound, score_of(found.after, problem.assume)), stopped
    return None, bound if stopped else reached, stopped


def _higher_where_none_surely_counts(
    problem: Problem, budget: Fraction, reached: Fraction
) -> tuple[Route | None, Fraction, bool]:
    """What `_higher` gives, of the moves after which no requirement surely counts."""
    model = RouteModel(problem)
    indices = problem.evaluation.program.groups["overall"][""]
    if model.decision.surely_exists(indices):
        return None, reached, False
    effort, unit = model.likely()
    model.linear.at_least(Expression(float(floor(budget * unit))), effort)
    scale = _whole(problem.evaluation)
    objective = total([(-scale, model.decision.least_credit(indices))])
    solved = minimise(model.linear, objective, _timed(problem.watch))
    stopped = solved.status == "stopped"
    if solved.status == "none":
        return None, reached, False
    bound = Fraction(1)
    if isfinite(solved.bound):
        bound = min(bound, Fraction(floor(-solved.bound + ROUNDING)) / Fraction(scale))
    found = _reaching_more(problem, model, solved, reached)
    if found is not None:
        return found, max(bound, score_of(found.after, problem.assume)), stopped
    return None, max(bound, reached) if stopped else reached, stopped


def _reaching_more(
    problem: Problem, model: RouteModel, solved: Solved, reached: Fraction
) -> Route | None:
    """The route that was solved for, where the evaluator finds that it reaches more."""
    if not solved.values:
        return None
    chosen = model.chosen(solved)
    after = evaluate_after(problem, chosen)
    more = score_of(after, problem.assume) > reached
    return route_of(problem, chosen, after, Fraction(0)) if more else None


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
    room = max(1 / (2 * _whole(problem.evaluation) * reached.denominator), ROUNDING)
    model.linear.at_least(model.decision.surplus(indices, reached), Expression(-room))
    if reached:
        model.decision.require_some(indices)
    cost = model.cost()
    for _ in range(CUTS):
        solved = minimise(model.linear, cost.objective, cost.watched(problem.watch))
        if solved.status == "none" or not solved.values:
            return None
        chosen = model.chosen(solved)
        after = evaluate_after(problem, chosen)
        if score_of(after, problem.assume) >= reached:
            return route_of(problem, chosen, after, cost.least(solved.bound))
        model.forbid_exactly(chosen)
    raise PlanningError("the evaluator does not find the readiness of the solver")
