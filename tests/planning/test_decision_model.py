"""What a decision asks of a plan: worked by hand, each condition by itself."""

import pytest

from norm_engine.planning.route import cheapest
from tests.planning.asking import NO_MINOR, doing, planned, problem
from tests.support.small_rules import (
    SANS_OBJET,
    criterion,
    met,
    no,
    recommendation,
    requirement,
    yes,
)

HALF = {"id": "plancher", "text": "…", "score_at_least": "1/2"}
"""The whole is to reach one half."""


def bound(grade: str, at_most=0) -> dict:
    return {"id": grade, "text": "…", "grade": grade, "at_most": at_most}


def floor(at_least, each=None) -> dict:
    return {"id": "plancher", "text": "…", "each": each, "score_at_least": at_least}


def route(ruleset, answers=None, **more):
    """The moves of the cheapest route; None where there is no route."""
    found = cheapest(problem(ruleset, answers, **more))
    return None if found is None else set(found.moves)


def one_each(**days):
    """An action for each question, named as it is, that takes so many days."""
    return {name: doing(each, name) for name, each in days.items()}


# --- grades ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ([bound("major")], {"a"}),
        ([bound("minor")], {"b"}),
        ([bound("sensitive")], {"c"}),
        ([bound("major"), bound("minor")], {"a", "b"}),
        ([], set()),
    ],
)
def test_what_is_short_counts_by_its_gravity(decision, expected):
    ruleset = planned(
        requirement("T-1", "a", gravity="major"),
        requirement("T-2", "b", gravity="minor"),
        requirement("T-3", "c", gravity="sensitive"),
        actions=one_each(a=1, b=1, c=1),
        decision=decision,
    )
    assert route(ruleset) == expected


def test_of_what_may_stay_short_the_dearest_stays():
    """Three are short, one may be: the two cheapest are done, 1 + 2 days."""
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "abc"),
        actions=one_each(a=3, b=1, c=2),
        decision=[bound("minor", 1)],
    )
    assert route(ruleset) == {"b", "c"}


def test_how_many_may_stay_short_can_be_a_setting():
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "abc"),
        actions=one_each(a=3, b=1, c=2),
        decision=[bound("minor", {"setting": "tolerees"})],
        settings={"tolerees": ("count", 2)},
    )
    assert route(ruleset) == {"b"}


def test_partly_is_still_short():
    """One of two criteria gives credit and leaves the grade."""
    ruleset = planned(requirement("T-1", "a", "b"), actions=one_each(a=1, b=1))
    assert route(ruleset, {"a": True}) == {"b"}
    assert route(ruleset) == {"a", "b"}


def test_what_is_blocked_has_no_grade_of_its_own():
    """T-2 is satisfied behind T-1, which is sensitive: no minor is left, and T-1 may stay."""
    ruleset = planned(
        requirement("T-1", "a", gravity="sensitive"),
        requirement("T-2", "b", requires=["T-1"]),
        actions=one_each(a=1, b=1),
    )
    assert route(ruleset) == {"b"}


def test_room_for_progress_counts_what_is_met_without_full_credit():
    """At most none: T-1 is met once `a` holds, and still leaves `b` to improve.

    Left unmet it has its gravity's grade instead, which is not bounded here: doing nothing is the
    cheapest. Where nobody knows, `a` may hold, and only `b` makes sure. Where it has to be met,
    both are done.
    """
    ruleset = planned(
        requirement("T-1", "a", criterion("b", essential=False)),
        actions=one_each(a=1, b=1),
        decision=[bound("improvement")],
    )
    assert route(ruleset, {"a": False, "b": False}) == set()
    assert route(ruleset) == {"b"}
    both = planned(
        requirement("T-1", "a", criterion("b", essential=False)),
        actions=one_each(a=1, b=1),
        decision=[bound("improvement"), bound("minor")],
    )
    assert route(both) == {"a", "b"}
    assert route(both, {"b": True}) == {"a"}


def test_what_is_known_not_to_apply_has_no_grade():
    ruleset = planned(requirement("T-1", "a", applies_when=yes("b")), actions=one_each(a=1))
    assert route(ruleset, {"b": False}) == set()
    assert route(ruleset, {"b": SANS_OBJET}) == set()
    assert route(ruleset, {"a": SANS_OBJET}) == set(), "nothing to satisfy"
    assert route(ruleset, {"b": True}) == {"a"}


def test_a_move_that_makes_a_requirement_inapplicable_will_do():
    """Ending the activity, `sortir`, takes a day; meeting the requirement takes three."""
    ruleset = planned(
        requirement("T-1", "a", applies_when=no("b")),
        actions={"sortir": doing(1, "b"), "faire": doing(3, "a")},
    )
    assert route(ruleset, {"b": False}) == {"sortir"}


def test_a_move_may_make_a_requirement_apply():
    """`b` is needed for T-1 and makes T-2 apply, which then has to be met too."""
    ruleset = planned(
        requirement("T-1", "b"),
        requirement("T-2", "a", applies_when=yes("b")),
        actions=one_each(a=2, b=1),
    )
    assert route(ruleset, {"b": False}) == {"a", "b"}


# --- floors ---------------------------------------------------------------------------------------


def test_a_floor_weighs_requirements():
    """Weights 3, 2 and 1: 3 of 6 make one half. T-1 alone costs 4 days, the others 1 + 2."""
    ruleset = planned(
        requirement("T-1", "a", weight=3),
        requirement("T-2", "b", weight=2),
        requirement("T-3", "c", weight=1),
        actions=one_each(a=4, b=1, c=2),
        decision=[HALF],
    )
    assert route(ruleset) == {"b", "c"}


def test_a_floor_just_reached_is_reached():
    """2/3 of the weight and a floor of 2/3, which binary fractions cannot hold exactly."""
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "abc"),
        actions=one_each(a=1, b=1, c=1),
        decision=[floor("2/3")],
    )
    found = route(ruleset)
    assert found is not None
    assert len(found) == 2


def test_criteria_give_credit_by_their_weight():
    """`a` weighs 2 of 3, which passes one half; `b` alone, cheaper, does not."""
    ruleset = planned(
        requirement("T-1", criterion("a", weight=2), "b"),
        actions=one_each(a=3, b=1),
        decision=[HALF],
    )
    assert route(ruleset) == {"a"}


def test_each_domain_is_to_reach_the_floor_by_itself():
    """Two domains of one requirement each; the whole would be content with the cheaper."""
    ones = (requirement("T-1", "a"), requirement("T-2", "b", domain="d2", workshop="w2"))
    actions = one_each(a=1, b=5)
    for each, expected in ((None, {"a"}), ("domain", {"a", "b"}), ("workshop", {"a", "b"})):
        ruleset = planned(*ones, actions=actions, decision=[floor("1/2", each)])
        assert route(ruleset) == expected


def test_behind_an_unmet_prerequisite_credit_is_capped():
    """T-2 weighs 3 of 4; blocked, its credit is one half: 3/2 of 4 is below a floor of 1/2.

    With T-1 as well all is full. Were blocked credit 3/4, then 9/4 of 4 would pass.
    """
    ones = (requirement("T-1", "a"), requirement("T-2", "b", weight=3, requires=["T-1"]))
    actions = one_each(a=5, b=1)
    half = planned(*ones, actions=actions, decision=[HALF])
    assert route(half) == {"a", "b"}
    more = planned(*ones, actions=actions, decision=[HALF], blocked_credit="3/4")
    assert route(more) == {"b"}


def test_recommendations_make_up_for_nothing_and_count_against_nothing():
    ruleset = planned(
        requirement("T-1", "a", weight=1),
        recommendation("T-2", "b", weight=9),
        actions=one_each(a=5, b=1),
        decision=[HALF, NO_MINOR],
    )
    assert route(ruleset) == {"a"}


def test_where_nothing_applies_there_is_no_floor():
    ruleset = planned(
        requirement("T-1", "a", applies_when=yes("b")), actions=one_each(a=1), decision=[HALF]
    )
    assert route(ruleset, {"b": False}) == set()


# --- what is not known ----------------------------------------------------------------------------


def test_at_worst_what_is_not_known_has_to_be_done_at_best_not():
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "b"), actions=one_each(a=1, b=1))
    assert route(ruleset, {"b": False}) == {"a", "b"}
    assert route(ruleset, {"b": False}, assume="best") == {"b"}


def test_what_may_apply_applies_at_worst_and_not_at_best():
    """Nobody knows whether `b`; that `a` does not hold is known."""
    ruleset = planned(requirement("T-1", "a", applies_when=yes("b")), actions=one_each(a=1))
    assert route(ruleset, {"a": False}) == {"a"}
    assert route(ruleset, {"a": False}, assume="best") == set()


def test_a_floor_at_worst_counts_what_may_apply_only_where_it_pulls_down():
    """T-2 may apply. Met, it is not counted on: T-1 has to reach the floor without it.

    Unmet, it is counted: with T-1 the score is 1 of 2, one half, and the floor is reached.
    """
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b", applies_when=yes("c")),
        actions=one_each(a=1),
        decision=[HALF],
    )
    assert route(ruleset, {"a": False, "b": True}) == {"a"}
    assert route(ruleset, {"a": False, "b": False}) == {"a"}
    strict = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b", applies_when=yes("c")),
        actions=one_each(a=1),
        decision=[floor("3/4")],
    )
    assert route(strict, {"a": False, "b": True}) == {"a"}
    assert route(strict, {"a": False, "b": False}) is None


def test_a_floor_at_best_counts_what_may_apply_only_where_it_pulls_up():
    """At best T-2 applies where it is met: 1 of 2 is one half; else it does not count at all."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b", applies_when=yes("c")),
        actions=one_each(a=1),
        decision=[HALF],
    )
    assert route(ruleset, {"a": False, "b": True}, assume="best") == set()
    assert route(ruleset, {"a": False, "b": False}, assume="best") == {"a"}


# --- conditions of every form ---------------------------------------------------------------------


def test_what_one_requirement_wants_another_may_refuse():
    """T-1 wants `a` or `b`, T-2 wants that there is no `a`: `b`, although it costs more."""
    either = criterion("c", when={"any": [yes("a"), yes("b")]})
    ones = (requirement("T-1", either), requirement("T-2", criterion("d", when=no("a"))))
    actions = one_each(a=1, b=3)
    assert route(planned(*ones, actions=actions), {"a": False}) == {"b"}
    assert route(planned(*ones, actions={"a": actions["a"]}), {"a": False}) is None


def test_not_of_what_is_not_known_is_not_known():
    """At worst there may be an `a`, and nothing undoes it; at best there is none."""
    ruleset = planned(requirement("T-1", criterion("c", when=no("a"))), actions={})
    assert route(ruleset) is None
    assert route(ruleset, assume="best") == set()


def test_at_least_two_of_three_takes_the_two_cheapest():
    of = criterion("c", when={"at_least": 2, "of": [yes("a"), yes("b"), yes("d")]})
    ruleset = planned(requirement("T-1", of), actions=one_each(a=3, b=2, d=4))
    assert route(ruleset) == {"a", "b"}
    assert route(ruleset, {"a": SANS_OBJET, "b": SANS_OBJET}) == {"d"}, "n never exceeds the rest"


def test_a_requirement_that_asks_for_another_to_be_met():
    ruleset = planned(
        requirement("T-1", "a", gravity="sensitive"),
        requirement("T-2", criterion("c", when=met("T-1"))),
        actions=one_each(a=1),
    )
    assert route(ruleset) == {"a"}
    assert route(ruleset, {"a": SANS_OBJET}) == set(), "nothing to satisfy there"


def test_a_ratio_follows_both_its_answers():
    """2 of 4 trained, all wanted: two more are trained, or two posts given up, which is cheaper."""
    enough = criterion("c", when={"ratio": ["formes", "postes"], "at_least": 1})
    actions = {
        "former": {**doing(3), "sets": {"formes": 4}},
        "reduire": {**doing(1), "sets": {"postes": 2}},
    }
    ruleset = planned(requirement("T-1", enough), actions=actions)
    assert route(ruleset, {"postes": 4, "formes": 2}) == {"reduire"}
    two = planned(
        requirement("T-1", enough),
        requirement("T-2", criterion("c", when={"answer": "postes", "at_least": 3})),
        actions=actions,
    )
    assert route(two, {"postes": 4, "formes": 2}) == {"former"}
