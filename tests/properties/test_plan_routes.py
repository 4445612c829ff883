"""Plans against brute force: every set of moves is tried on small rule sets."""

from hypothesis import given, settings

from tests.oracle.action_strategies import PlanCase, plan_cases
from tests.properties.plan_agreement import (
    Both,
    check_alternatives,
    check_budgets,
    check_cheapest,
    check_effects,
    check_left_out,
    check_moves,
)
from tests.properties.test_oracle_agreement import QUIET


@given(plan_cases(max_actions=5))
@settings(max_examples=40, **QUIET)
def test_moves_and_what_they_lead_to_are_those_of_brute_force(asked: PlanCase) -> None:
    both = Both(asked)
    check_moves(both)
    check_effects(both)


@given(plan_cases())
@settings(max_examples=80, **QUIET)
def test_the_cheapest_route_is_that_of_brute_force_and_nothing_in_it_is_idle(
    asked: PlanCase,
) -> None:
    check_cheapest(Both(asked))


@given(plan_cases(max_actions=5))
@settings(max_examples=20, **QUIET)
def test_other_routes_are_the_next_best_of_brute_force(asked: PlanCase) -> None:
    both = Both(asked)
    best = check_cheapest(both)
    if best is not None:
        check_alternatives(both, best)


@given(plan_cases(max_actions=5))
@settings(max_examples=15, **QUIET)
def test_a_budget_reaches_what_brute_force_reaches_and_more_never_gives_less(
    asked: PlanCase,
) -> None:
    check_budgets(Both(asked))


@given(plan_cases(max_actions=5))
@settings(max_examples=15, **QUIET)
def test_leaving_a_move_out_never_makes_a_route_cheaper(asked: PlanCase) -> None:
    both = Both(asked)
    check_left_out(both, check_cheapest(both))
