"""The cheapest route and the highest readiness within an effort, worked by hand."""

from fractions import Fraction
from itertools import combinations, product

import pytest

from norm_engine.planning.budget import within_budget
from norm_engine.planning.route import alternatives, cheapest
from tests.planning.asking import FILING, doing, planned, problem
from tests.support.small_rules import criterion, recommendation, requirement, shown, yes

PAIRS = (
    requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]})),
    requirement("T-2", criterion("c", when={"any": [yes("b"), yes("d")]})),
)
"""T-1 is satisfied by `a` or `b`, T-2 by `b` or `d`."""


def acting(**days):
    """An action for each question, named as it is, that takes so many days."""
    return {name: doing(each, name) for name, each in days.items()}


def found(ruleset, answers=None, **more):
    """The moves of the cheapest route and their likely effort; None where there is none."""
    route = cheapest(problem(ruleset, answers, **more))
    return None if route is None else (list(route.moves), route.effort[1])


# --- the cheapest ---------------------------------------------------------------------------------


def test_one_move_for_two_requirements_where_it_costs_less_than_two():
    """`b` alone takes 3 days; `a` and `d` together take 2 + 2."""
    assert found(planned(*PAIRS, actions=acting(a=2, b=3, d=2))) == (["b"], 3)
    assert found(planned(*PAIRS, actions=acting(a=2, b=5, d=2))) == (["a", "d"], 4)


def test_of_equal_effort_the_route_with_fewer_steps():
    assert found(planned(*PAIRS, actions=acting(a=2, b=4, d=2))) == (["b"], 4)


def test_steps_that_take_no_effort_are_not_taken_for_nothing():
    assert found(planned(*PAIRS, actions=acting(a=0, b=1, d=0))) == (["a", "d"], 0)
    assert found(planned(requirement("T-1", "a"), actions=acting(a=0, b=0))) == (["a"], 0)


def test_efforts_are_exact():
    """1/3 + 1/3 is less than 7/10 by a thirtieth of a day; 2/3 is not less than 1/3 + 1/3."""
    thirds = planned(*PAIRS, actions=acting(a="1/3", b="7/10", d="1/3"))
    assert found(thirds) == (["a", "d"], Fraction(2, 3))
    as_much = planned(*PAIRS, actions=acting(a="1/3", b="2/3", d="1/3"))
    assert found(as_much) == (["b"], Fraction(2, 3))


def test_what_a_step_needs_is_paid_for():
    """`a` is cheap but needs `avant`, which only a recommendation asks for: 1 + 3 is more than 7/2.

    Where the step that needs nothing takes 5 days, both are taken.
    """
    ones = (requirement("T-1", "a"), recommendation("T-2", "b"))
    actions = {
        "avant": doing(3, "b"),
        "a": doing(1, "a", after=["avant"]),
        "autre": doing("7/2", "a"),
    }
    assert found(planned(*ones, actions=actions)) == (["autre"], Fraction(7, 2))
    actions["autre"] = doing(5, "a")
    assert found(planned(*ones, actions=actions)) == (["avant", "a"], 4)


def test_the_likely_effort_is_minimised_and_its_range_added_up():
    wide = {"low": 0, "likely": 2, "high": 9}
    actions = {"a": {**doing(1, "a"), "effort": wide}, "b": doing(3, "a"), "d": doing(1, "d")}
    route = cheapest(problem(planned(requirement("T-1", "a", "d"), actions=actions)))
    assert route is not None
    assert (route.moves, route.effort) == (("a", "d"), (1, 3, 10))


def test_evidence_of_what_is_done_is_filed_not_made_anew():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    actions = {"ecrire": doing(2, "a", records=["charte"])}
    ruleset = planned(written, actions=actions, filing=FILING)
    assert found(ruleset, {"a": True}) == (["preuve:charte"], Fraction(1, 4))
    assert found(ruleset, {"a": False}) == (["ecrire"], 2)


def test_nothing_to_do():
    """With an action that could be taken, and where the rule set has none at all."""
    assert found(planned(requirement("T-1", "a"), actions=acting(a=1)), {"a": True}) == ([], 0)
    assert found(planned(requirement("T-1", "a"), actions={}), {"a": True}) == ([], 0)


def test_no_route():
    assert found(planned(requirement("T-1", "a"), actions={})) is None
    assert found(planned(requirement("T-1", "a"), actions=acting(b=1))) is None


def test_a_route_is_given_with_its_proof_and_what_it_leads_to():
    route = cheapest(problem(planned(*PAIRS, actions=acting(a=2, b=3, d=2))))
    assert route is not None
    assert (route.bound, route.proven) == (3, True)
    assert route.after.decision.outcome == "ready"


def test_what_is_forced_is_taken_and_made_use_of():
    """With `a` taken anyway, T-2 alone is left: `d` at 2 days is cheaper than `b` at 3."""
    ruleset = planned(*PAIRS, actions=acting(a=2, b=3, d=2))
    assert found(ruleset, forced=["a"]) == (["a", "d"], 4)


def test_what_is_left_out_is_gone_without():
    ruleset = planned(*PAIRS, actions=acting(a=2, b=3, d=2))
    assert found(ruleset, without=["b"]) == (["a", "d"], 4)
    assert found(ruleset, without=["b", "d"]) is None


def test_the_fewest_points_that_meet_every_line():
    """In space over the field of three elements at most 9 of 27 points hold no line of three.

    (R. C. Bose, "Mathematical theory of the symmetrical factorial design", 1947.) So 18 are needed
    to meet all 117 lines. With a step of a day for each point and a requirement for each line, the
    plan takes 18 days; rounding the 9 days of the linear relaxation up would not prove that.
    """
    points = list(product(range(3), repeat=3))
    lines = {
        frozenset({x, y, tuple((-a - b) % 3 for a, b in zip(x, y, strict=True))})
        for x, y in combinations(points, 2)
    }
    name = {point: f"p{''.join(map(str, point))}" for point in points}
    ruleset = planned(
        *(
            requirement(f"T-{number}", criterion("c", when={"any": [yes(name[p]) for p in line]}))
            for number, line in enumerate(sorted(map(sorted, lines)))
        ),
        actions={each: doing(1, each) for each in name.values()},
        questions={each: {"type": "yes_no"} for each in name.values()},
    )
    route = cheapest(problem(ruleset))
    assert route is not None
    assert (len(lines), route.effort[1], route.proven) == (117, 18, True)


# --- others ---------------------------------------------------------------------------------------


def others(ruleset, count=3):
    """The next-best routes."""
    asked = problem(ruleset)
    best = cheapest(asked)
    assert best is not None
    return [(list(each.moves), each.effort[1]) for each in alternatives(asked, best, count)]


def test_the_next_best_routes_hold_none_of_those_before():
    """T-1 with a, b or d: 1, 2 and 3 days. The best with something idle added is no other."""
    either = criterion("c", when={"any": [yes("a"), yes("b"), yes("d")]})
    ruleset = planned(requirement("T-1", either), actions=acting(a=1, b=2, d=3))
    assert others(ruleset) == [(["b"], 2), (["d"], 3)]
    assert others(ruleset, 1) == [(["b"], 2)]
    assert others(ruleset, 0) == []


def test_where_there_is_one_route_there_is_no_other():
    assert others(planned(requirement("T-1", "a"), actions=acting(a=1, b=1))) == []


def test_doing_nothing_has_no_alternative():
    assert others(planned(requirement("T-1", "a"), actions=acting(a=1), decision=[])) == []


# --- within an effort -----------------------------------------------------------------------------

WEIGHTS = planned(
    requirement("T-1", "a", weight=5),
    requirement("T-2", "b", weight=4),
    requirement("T-3", "d", weight=3),
    actions=acting(a=4, b=3, d=2),
)
"""5 points for 4 days, 4 points for 3, 3 points for 2: 12 points in all."""


def bought(ruleset, budget, answers=None, **more):
    """The moves within a budget, and the low end that they lead to."""
    route = within_budget(problem(ruleset, answers, **more), Fraction(budget))
    if route is None:
        return None
    assert route.proven
    return list(route.moves), route.after.proven.scores.overall.low


@pytest.mark.parametrize(
    ("budget", "moves", "points"),
    [
        (0, [], 0),
        ("3/2", [], 0),
        (2, ["d"], 3),
        (3, ["b"], 4),
        (4, ["a"], 5),
        (5, ["b", "d"], 7),
        (6, ["a", "d"], 8),
        (7, ["a", "b"], 9),
        ("17/2", ["a", "b"], 9),
        (9, ["a", "b", "d"], 12),
        (100, ["a", "b", "d"], 12),
    ],
)
def test_the_most_points_for_an_effort(budget, moves, points):
    """A knapsack of three. Taking what gives most for a day first would fail at 4 days."""
    route = within_budget(problem(WEIGHTS), Fraction(budget))
    assert route is not None
    assert list(route.moves) == moves
    assert route.after.proven.scores.overall.low == Fraction(points, 12)
    assert (route.bound, route.proven) == (Fraction(points, 12), True)


def test_of_what_reaches_as_much_the_cheapest():
    """`b` alone satisfies T-1 and T-2 for 3 days; `a` and `d` do so too, for 4."""
    ruleset = planned(*PAIRS, actions=acting(a=1, b=3, d=3))
    assert bought(ruleset, 10) == (["b"], 1)


def test_a_budget_looks_at_readiness_not_at_the_decision():
    """A minor of weight 2 goes before a major of weight 1: the score decides."""
    ruleset = planned(
        requirement("T-1", "a", gravity="major"),
        requirement("T-2", "b", weight=2),
        actions=acting(a=1, b=1),
    )
    assert bought(ruleset, 1) == (["b"], Fraction(2, 3))


def test_what_is_forced_comes_out_of_the_budget():
    assert bought(WEIGHTS, 5, forced=["d"]) == (["b", "d"], Fraction(7, 12))
    assert bought(WEIGHTS, 3, forced=["a"]) is None


def test_dropping_out_of_a_weighted_mean_may_raise_it():
    """T-2, unmet, stops applying with `b`: 1 of 1 in place of 1 of 2, for a day.

    Meeting it with `d` gives 2 of 2, which is no more, for two days.
    """
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "d", applies_when={"not": yes("b")}),
        actions=acting(b=1, d=2),
    )
    assert bought(ruleset, 2, {"a": True, "b": False, "d": False}) == (["b"], 1)


def test_shares_of_changing_wholes_are_compared_exactly():
    """27 of 28 met against 26 of 27: one more requirement, or one less to reckon with.

    `quitter` makes the unmet T-1, of weight 1, stop applying: 26 of 27, T-2 of weight 1 being
    unmet. `tenir` meets T-1: 27 of 28. They differ by 1/756, and each takes a day.
    """
    ruleset = planned(
        requirement("T-1", "b", applies_when={"not": yes("d")}),
        requirement("T-2", "e"),
        requirement("T-3", "a", weight=26),
        actions={"quitter": doing(1, "d"), "tenir": doing(1, "b")},
    )
    answers = {"a": True, "b": False, "d": False, "e": False}
    assert bought(ruleset, 1, answers) == (["tenir"], Fraction(27, 28))


def test_at_worst_the_low_end_is_raised_at_best_the_high_end():
    """`a` is unknown, `b` is known not to hold: at best only `b` can raise anything."""
    ruleset = planned(
        requirement("T-1", "a", weight=2), requirement("T-2", "b"), actions=acting(a=1, b=1)
    )
    for assume, expected in (("worst", ["a"]), ("best", ["b"])):
        route = within_budget(problem(ruleset, {"b": False}, assume=assume), Fraction(1))
        assert route is not None
        assert list(route.moves) == expected


def test_where_it_is_unknown_whether_anything_applies_the_least_credit_is_raised():
    """Whether T-1 and T-2 apply is unknown: at worst the one with less credit counts alone.

    `a` alone leaves T-2 without any; with `b` too, T-2 has the half of its credit.
    """
    ruleset = planned(
        requirement("T-1", "a", applies_when=yes("g")),
        requirement("T-2", criterion("b"), criterion("e", essential=False), applies_when=yes("h")),
        actions=acting(a=1, b=1),
    )
    known = {"a": False, "b": False, "e": False}
    assert bought(ruleset, 2, known) == (["a", "b"], Fraction(1, 2))
    assert bought(ruleset, 1, known) == ([], 0)


def test_what_surely_applies_may_be_left_for_what_may_not():
    """`quitter` makes the unmet T-1 stop applying: T-2, met, is all that may count."""
    ruleset = planned(
        requirement("T-1", "a", applies_when={"not": yes("b")}),
        requirement("T-2", "d", applies_when=yes("g")),
        actions={"quitter": doing(1, "b")},
    )
    known = {"a": False, "b": False, "d": True}
    assert bought(ruleset, 1, known) == (["quitter"], 1)


def test_where_nothing_applies_nothing_is_bought():
    ruleset = planned(requirement("T-1", "a", applies_when=yes("b")), actions=acting(a=1))
    assert bought(ruleset, 10, {"b": False}) == ([], None)
    assert bought(planned(requirement("T-1", "a"), actions={}), 10) == ([], 0)
