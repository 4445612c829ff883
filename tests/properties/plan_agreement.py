"""What must hold between a plan and brute force, for one case."""

from collections.abc import Collection
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.audit import Audit
from norm_engine.planning.budget import within_budget
from norm_engine.planning.moves import Limits, Offer, offer
from norm_engine.planning.problem import Problem, Route, evaluate_after, is_ready
from norm_engine.planning.route import alternatives, cheapest
from tests.oracle.action_strategies import PlanCase
from tests.oracle.moves import Base, Move
from tests.oracle.routes import Routes
from tests.properties.test_oracle_agreement import by_engine, same_decision, same_scores

ALTERNATIVES = 4
BUDGETS = (0, Fraction(1, 4), Fraction(1, 2), 1, Fraction(3, 2), 2, 3, 5, 100)


class Both:
    """A case as the planner sees it, and as brute force does."""

    def __init__(self, asked: PlanCase) -> None:
        evaluation, audit = by_engine(asked.case)
        self.asked = asked
        self.evaluation: Evaluation = evaluation
        self.audit: Audit = audit
        self.base = Base(*asked.case)
        self.offer = self.offered()
        forced = asked.wanted & set(self.offer.moves)
        self.problem = Problem(evaluation, self.offer, forced=forced, assume=asked.assume)
        self.routes = Routes(self.base, asked.limits, forced, asked.assume)

    def offered(self, without: Collection[str] = ()) -> Offer:
        """What the planner offers, with more left out."""
        told = self.asked.limits
        left_out = told.without | frozenset(without)
        limits = Limits(told.start, told.by, left_out, told.assume)
        return offer(self.evaluation, self.audit, self.asked.case.files, limits)


def check_moves(both: Both) -> None:
    """The moves there are, what they cost and need, and when they can be done by."""
    assert {
        each.id: Move(each.id, each.effort, frozenset(each.needs), each.earliest)
        for each in both.offer.moves.values()
    } == both.routes.moves
    place = {name: rank for rank, name in enumerate(both.offer.moves)}
    order = [name for name in both.base.order if name in place]
    assert list(place)[: len(order)] == order
    assert both.offer.in_place == {name for name in both.base.actions if both.base.in_place(name)}


def check_effects(both: Both) -> None:
    """What every set of moves leads to, by the evaluator run over the facts after it."""
    for chosen in both.routes.closed():
        after = evaluate_after(both.problem, chosen)
        expected = both.routes.result(chosen)
        same_scores(after, expected)
        same_decision(after.decision, expected["decision"])


def check_route(both: Both, route: Route) -> frozenset[str]:
    """A route's own figures are right, and it is one."""
    chosen = frozenset(route.moves)
    assert list(route.moves) == [name for name in both.offer.moves if name in chosen]
    assert both.problem.forced <= chosen
    assert all(both.routes.moves[name].needs <= chosen for name in chosen)
    efforts = [both.routes.moves[name].effort for name in chosen]
    assert route.effort == tuple(sum((e[i] for e in efforts), Fraction()) for i in range(3))
    same_decision(route.after.decision, both.routes.result(chosen)["decision"])
    return chosen


def check_cheapest(both: Both) -> Route | None:
    """The cheapest route costs what brute force's does, in no more moves; or neither has any."""
    route = cheapest(both.problem)
    if route is None:
        assert both.routes.minimal == []
        return None
    assert both.routes.minimal
    chosen = check_route(both, route)
    assert both.routes.is_route(chosen)
    assert is_ready(route.after, both.asked.assume)
    assert both.routes.cost(chosen) == both.routes.cost(both.routes.minimal[0])
    assert route.proven
    assert route.bound == route.effort[1]
    _nothing_is_idle(both, chosen)
    return route


def _nothing_is_idle(both: Both, chosen: frozenset[str]) -> None:
    """Without any of its moves, and those that need it, a route leads to *ready* no more."""
    for name in chosen:
        left = chosen - {name}
        while idle := {n for n in left if not both.routes.moves[n].needs <= left}:
            left -= idle
        if both.problem.forced <= left:
            assert not both.routes.is_route(left)


def check_alternatives(both: Both, best: Route) -> None:
    """The next-best routes are minimal ones, all different, and cost what the next-best cost."""
    minimal = both.routes.minimal
    found = [frozenset(best.moves)]
    for other in alternatives(both.problem, best, ALTERNATIVES):
        chosen = check_route(both, other)
        assert chosen in minimal
        assert chosen not in found
        assert other.bound <= other.effort[1]
        found.append(chosen)
    expected = [both.routes.cost(each) for each in minimal[: ALTERNATIVES + 1]]
    assert [both.routes.cost(each) for each in found] == expected


def check_budgets(both: Both) -> None:
    """The highest readiness within each effort, for the least effort, never less with more."""
    reached = Fraction(-1)
    for budget in sorted({*map(Fraction, BUDGETS), *map(_likely, _some_costs(both))}):
        route = within_budget(both.problem, budget)
        expected = both.routes.within(budget)
        if route is None:
            assert expected is None
            continue
        assert expected is not None
        chosen = check_route(both, route)
        assert route.effort[1] <= budget
        score = both.routes.score(chosen)
        assert (score, route.effort[1]) == expected[:2]
        assert route.proven
        assert route.bound >= score >= reached
        reached = score


def _likely(cost: tuple[Fraction, int]) -> Fraction:
    return cost[0]


def _some_costs(both: Both) -> list[tuple[Fraction, int]]:
    """Costs at which a budget just suffices."""
    return [both.routes.cost(chosen) for chosen in both.routes.minimal[:1]]


def check_left_out(both: Both, route: Route | None) -> None:
    """Leaving one more move out never makes a route cheaper, nor opens one."""
    for name in both.offer.moves:
        if name in both.problem.forced:
            continue
        offered = both.offered(without=[name])
        if not both.problem.forced <= set(offered.moves):
            continue
        narrowed = Problem(
            both.evaluation, offered, forced=both.problem.forced, assume=both.asked.assume
        )
        other = cheapest(narrowed)
        if route is None:
            assert other is None
        elif other is not None:
            assert other.effort[1] >= route.effort[1]
            assert name not in other.moves
