"""The cheapest route and the highest readiness within an effort, worked by hand."""

from fractions import Fraction
from itertools import combinations, product

import pytest

from norm_engine.planning.route import alternatives, cheapest, within_budget
from tests.planning.asking import FILING, doing, planned, problem, step
from tests.support.small_rules import criterion, requirement, shown, yes

PAIRS = (
    requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]})),
    requirement("T-2", criterion("c", when={"any": [yes("b"), yes("d")]})),
)
"""T-1 is satisfied by `a` or `b`, T-2 by `b` or `d`."""


def acting(**days):
    return {name: doing(each, name) for name, each in days.items()}


def found(ruleset, answers=None, **more):
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
    assert found(planned(*PAIRS, actions=acting(a="1/3", b="2/3", d="1/3"))) == (
        ["b"],
        Fraction(2, 3),
    )


def test_what_a_step_needs_is_paid_for():
    """`a` is cheap, but needs `avant`, which serves nothing else: 1 + 3 is more than 3 1/2."""
    actions = {
        "avant": step(3),
        "a": doing(1, "a", after=["avant"]),
        "autre": doing("7/2", "a"),
    }
    assert found(planned(requirement("T-1", "a"), actions=actions)) == (["autre"], Fraction(7, 2))
    actions["autre"] = doing(5, "a")
    assert found(planned(requirement("T-1", "a"), actions=actions)) == (["avant", "a"], 4)


def test_the_range_of_an_effort_is_added_up_the_likely_one_is_minimised():
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


def test_the_points_that_no_line_of_three_avoids():
    """In space over the field of three elements at most 9 of 27 points hold no line of three.

    (The largest cap sets of dimension 3: R. C. Bose, 1947.) So 18 are needed to meet every line.
    With 27 yes-or-no steps of a day each and 117 requirements, the plan takes 18 days.
    """
    points = list(product(range(3), repeat=3))
    lines = {
        frozenset({x, y, tuple((-a - b) % 3 for a, b in zip(x, y, strict=True))})
        for x, y in combinations(points, 2)
    }
    name = {point: f"p{''.join(map(str, point))}" for point in points}
    ruleset = planned(
        *(
            requirement(
                f"T-{number}",
                criterion("c", when={"any": [yes(name[point]) for point in sorted(line)]}),
            )
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
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1), decision=[])
    assert others(ruleset) == []


# --- within an effort -----------------------------------------------------------------------------

WEIGHTS = planned(
    requirement("T-1", "a", weight=5),
    requirement("T-2", "b", weight=4),
    requirement("T-3", "d", weight=3),
    actions=acting(a=4, b=3, d=2),
)
"""5 points for 4 days, 4 points for 3, 3 points for 2: 12 points in all."""


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
    """A knapsack of three. Taking the best value by the day first would fail at 4 days."""
    route = within_budget(problem(WEIGHTS), Fraction(budget))
    assert route is not None
    assert list(route.moves) == moves
    assert route.after.proven.scores.overall.low == Fraction(points, 12)
    assert (route.bound, route.proven) == (Fraction(points, 12), True)


def test_of_what_reaches_as_much_the_cheapest():
    """`b` alone gives T-1 and T-2; with a budget of 10, `a` and `d` would fit in as well."""
    ruleset = planned(*PAIRS, actions=acting(a=1, b=3, d=3))
    route = within_budget(problem(ruleset), Fraction(10))
    assert route is not None
    assert (list(route.moves), route.effort[1]) == (["b"], 3)


def test_a_budget_looks_at_readiness_not_at_the_decision():
    """Two minors in a weight of 2 leave a major of weight 1 unmet: the score decides."""
    ruleset = planned(
        requirement("T-1", "a", gravity="major"),
        requirement("T-2", "b", weight=2),
        actions=acting(a=1, b=1),
    )
    route = within_budget(problem(ruleset), Fraction(1))
    assert route is not None
    assert list(route.moves) == ["b"]


def test_what_is_forced_comes_out_of_the_budget():
    route = within_budget(problem(WEIGHTS, forced=["d"]), Fraction(5))
    assert route is not None
    assert list(route.moves) == ["b", "d"]
    assert within_budget(problem(WEIGHTS, forced=["a"]), Fraction(3)) is None


def test_dropping_out_of_a_weighted_mean_may_raise_it():
    """T-2, unmet, of weight 1, stops applying with `b`: 1 of 1 in place of 1 of 2.

    Meeting it with `d` gives 2 of 2, which is no more, for twice the effort.
    """
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "d", applies_when={"not": yes("b")}),
        actions=acting(b=1, d=2),
    )
    answers = {"a": True, "b": False, "d": False}
    route = within_budget(problem(ruleset, answers), Fraction(2))
    assert route is not None
    assert (list(route.moves), route.after.proven.scores.overall.low) == (["b"], 1)


def test_at_worst_the_low_end_is_raised_at_best_the_high_end():
    """`a` is unknown, `b` is known not to hold: at best only `b` can raise anything."""
    ruleset = planned(
        requirement("T-1", "a", weight=2), requirement("T-2", "b"), actions=acting(a=1, b=1)
    )
    for assume, expected in (("worst", ["a"]), ("best", ["b"])):
        route = within_budget(problem(ruleset, {"b": False}, assume=assume), Fraction(1))
        assert route is not None
        assert list(route.moves) == expected


def test_where_nothing_applies_nothing_is_bought():
    ruleset = planned(requirement("T-1", "a", applies_when=yes("b")), actions=acting(a=1))
    route = within_budget(problem(ruleset, {"b": False}), Fraction(10))
    assert route is not None
    assert (route.moves, route.proven) == ((), True)
