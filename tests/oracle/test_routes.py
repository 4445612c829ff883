"""Moves and routes of brute force, worked by hand."""

import datetime
from fractions import Fraction as F
from typing import Any

import pytest

from tests.oracle.moves import Base, Limits, after, order_of_work
from tests.oracle.routes import Assume, Routes
from tests.oracle.samples import AS_OF, SANS_OBJET, criterion, requirement, ruleset, yes
from tests.oracle.values import Doc

READY: list[Doc] = [{"id": "tout", "score_at_least": 1}]
FILING: Doc = {"effort": {"low": 0, "likely": "1/4", "high": 1}, "lead_time": "P1W"}


def action(likely: Any = 1, **more: Any) -> Doc:
    """An action of so many days, done within a month."""
    effort = {"low": 0, "likely": likely, "high": 9, "per": more.pop("per", None)}
    return {"effort": effort, "lead_time": "P1M", **more}


def rules(*requirements: Doc, filing: bool = False, **actions: Doc) -> Doc:
    """A rule set that is ready when all its requirements are met in full."""
    planning = {"filing": FILING} if filing else {}
    return ruleset(*requirements, decision=READY, actions=actions, planning=planning)


def base(rules_: Doc, **audit: Any) -> Base:
    return Base(rules_, audit, AS_OF, {})


def routes(base_: Base, assume: Assume = "worst", **limits: Any) -> Routes:
    forced = limits.pop("forced", frozenset())
    return Routes(base_, Limits(AS_OF, **limits), frozenset(forced), assume)


def found(routes_: Routes) -> list[set[str]]:
    return [set(each) for each in routes_.minimal]


A = requirement("R-01", criterion("a"))
AB = (A, requirement("R-02", criterion("b")))
SHOWN = requirement("R-01", criterion("a", when=yes("a"), proof={"evidence": "k"}))


def test_the_order_of_work_goes_by_what_comes_after_then_by_the_list() -> None:
    """`c` stands first but comes after `b`; `d` is free and listed after `b`."""
    actions = {"c": action(after=["b"]), "a": action(), "b": action(), "d": action()}
    assert order_of_work(actions) == ["a", "b", "c", "d"]


def test_months_are_clamped_and_days_are_added() -> None:
    assert after(datetime.date(2026, 1, 31), (1, 0)) == datetime.date(2026, 2, 28)
    assert after(datetime.date(2026, 1, 31), (1, 7)) == datetime.date(2026, 3, 7)


def test_routes_are_minimal_and_cheapest_first() -> None:
    """`both` costs 3; `x` and `y` cost 1 each; `both` with `x` holds the route `both`."""
    made = rules(
        *AB,
        x=action(sets={"a": True}),
        y=action(sets={"b": True}),
        both=action(3, sets={"a": True, "b": True}),
    )
    assert found(routes(base(made))) == [{"x", "y"}, {"both"}]
    assert found(routes(base(made), without=frozenset("x"))) == [{"both"}]
    assert found(routes(base(made), forced=["x", "both"])) == [{"x", "both"}]
    assert found(routes(base(made, answers={"a": True, "b": True}))) == [set()]


def test_no_route_where_nothing_sets_what_is_missing() -> None:
    made = rules(*AB, x=action(sets={"a": True}))
    assert found(routes(base(made))) == []
    # at best, `b` is yes already
    assert found(routes(base(made), "best")) == [set()]
    assert found(routes(base(made, answers={"a": False}), "best")) == [{"x"}]
    assert found(routes(base(made, answers={"b": False}), "best")) == []


def test_what_comes_first_is_needed_unless_it_is_in_place_or_makes_no_sense() -> None:
    made = rules(*AB, x=action(sets={"a": True}, after=["y"]), y=action(sets={"b": True}))
    assert base(made).moves(Limits(AS_OF))["x"].needs == {"y"}
    assert base(made, answers={"b": True}).moves(Limits(AS_OF))["x"].needs == set()
    dropped = base(made, actions=[{"action": "y", "state": "dropped"}])
    assert set(dropped.moves(Limits(AS_OF))) == set()
    done = base(made, actions=[{"action": "y", "state": "done"}])
    assert done.moves(Limits(AS_OF))["x"].needs == set()
    made["actions"]["y"]["when"] = yes("c")
    assert set(base(made, answers={"c": False}).moves(Limits(AS_OF))) == {"x"}
    assert set(base(made, answers={"c": SANS_OBJET}).moves(Limits(AS_OF))) == {"x"}
    assert set(base(made).moves(Limits(AS_OF))) == {"x", "y"}


def test_moves_that_cannot_be_done_by_the_day_are_out() -> None:
    """`y` takes a month and `x` another one, from 1 September."""
    made = rules(*AB, x=action(sets={"a": True}, after=["y"]), y=action(sets={"b": True}))
    moves = base(made).moves(Limits(AS_OF, by=datetime.date(2026, 11, 1)))
    assert {name: each.earliest.month for name, each in moves.items()} == {"y": 10, "x": 11}
    assert set(base(made).moves(Limits(AS_OF, by=datetime.date(2026, 10, 31)))) == {"y"}


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ({}, {}),
        ({"n": 3}, {"m": 3}),
        ({"n": SANS_OBJET}, {}),
        ({"n": 3, "m": SANS_OBJET}, {}),
    ],
)
def test_facts_taken_from_answers(answers: Doc, facts: Doc) -> None:
    made = rules(A, x=action(sets={"m": {"answer": "n"}}))
    assert base(made, answers=answers).answers_after(["x"]) == facts


def test_facts_come_from_the_answers_before_any_move() -> None:
    """`x` makes n 5; `y`, done after it, still takes the 3 that n was."""
    made = rules(A, x=action(sets={"n": 5}), y=action(sets={"m": {"answer": "n"}}, after=["x"]))
    assert base(made, answers={"n": 3}).answers_after(["y", "x"]) == {"n": 5, "m": 3}


def test_choices_are_added_and_other_answers_overwritten_in_the_order_of_work() -> None:
    made = rules(
        A,
        x=action(sets={"kinds": ["y"], "n": 1, "day": {"as_of": True}}, after=["y"]),
        y=action(sets={"kinds": ["z"], "n": 2}),
    )
    left = base(made, answers={"kinds": ["x"]}).answers_after(["x", "y"])
    assert left == {"kinds": frozenset("xyz"), "n": 1, "day": AS_OF}
    assert base(made).answers_after(["x"])["kinds"] == frozenset("y")


def test_an_action_is_in_place_when_it_changes_no_comparison() -> None:
    made = rules(
        requirement("R-01", criterion("c", when={"answer": "n", "at_least": 3})),
        SHOWN | {"id": "R-02"},
        enough=action(sets={"n": 3}),
        less=action(sets={"n": 2}),
        same=action(sets={"n": {"answer": "m"}}),
        shown=action(records=["k"]),
        with_shown=action(sets={"n": 8}, records=["k"]),
    )

    def in_place(**audit: Any) -> set[str]:
        told = base(made, **audit)
        return {name for name in told.actions if told.in_place(name)}

    assert in_place(answers={"n": 5}) == {"enough", "with_shown"}
    assert in_place(answers={"n": 5, "m": 4}) == {"enough", "with_shown", "same"}
    assert in_place(answers={"n": 1, "m": 0}) == {"less", "same"}
    assert in_place(answers={"n": SANS_OBJET, "m": 4}) == {"enough", "less", "with_shown", "same"}
    # a source that is sans objet changes nothing, and is known to
    assert in_place(answers={"n": 5, "m": SANS_OBJET}) == {"enough", "with_shown", "same"}
    piece = {"id": "P1", "proves": ["k"], "kept_at": "au siège"}
    assert in_place(evidence=[piece]) == {"shown"}
    assert in_place(actions=[{"action": "less", "state": "done"}]) == {"less"}


def test_evidence_of_what_is_done_already_is_filed() -> None:
    """`x` would do it all again for 5 days; what it records can be filed for a quarter."""
    made = rules(SHOWN, filing=True, x=action(5, sets={"a": True}, records=["k"]))
    done = base(made, answers={"a": True})
    assert found(routes(done)) == [{"preuve:k"}, {"x"}]
    assert done.moves(Limits(AS_OF))["preuve:k"].effort == (0, F(1, 4), 1)
    assert done.moves(Limits(AS_OF))["preuve:k"].earliest == datetime.date(2026, 9, 8)
    assert found(routes(base(made))) == [{"x"}]
    without = rules(SHOWN, x=action(5, sets={"a": True}, records=["k"]))
    assert found(routes(base(without, answers={"a": True}))) == [{"x"}]


def test_what_is_there_but_past_is_made_anew_and_not_filed() -> None:
    made = rules(SHOWN, filing=True, x=action(5, sets={"a": True}, records=["k"]))
    piece = {"id": "P1", "proves": ["k"], "kept_at": "au siège"}
    expired = {**piece, "valid_until": "2026-08-31"}
    assert found(routes(base(made, answers={"a": True}, evidence=[expired]))) == [{"x"}]
    lost = {"id": "P1", "proves": ["k"], "file": "perdu.pdf"}
    told = base(made, answers={"a": True}, evidence=[lost])
    assert found(routes(told)) == [{"preuve:k"}, {"x"}]
    rejected = [{"id": "C1", "requirement": "R-01", "grade": "minor", "rejected": ["P1"]}]
    told = base(made, answers={"a": True}, evidence=[piece], findings=rejected)
    assert found(routes(told)) == [{"x"}]


def test_what_is_in_place_is_filed_even_where_its_action_was_dropped() -> None:
    made = rules(SHOWN, filing=True, x=action(sets={"a": True}, records=["k"]))
    dropped = [{"action": "x", "state": "dropped"}]
    told = base(made, answers={"a": True}, actions=dropped)
    assert found(routes(told)) == [{"preuve:k"}]


def test_what_is_sans_objet_has_nothing_to_file() -> None:
    other = rules(SHOWN, filing=True, x=action(sets={"b": True}, records=["k"]))
    told = base(other, answers={"a": True, "b": SANS_OBJET})
    assert found(routes(told)) == [{"x"}]


@pytest.mark.parametrize(("n", "likely"), [(4, 2), (0, 0), ("unknown", F(1, 2))])
def test_efforts_per_answer(n: Any, likely: F) -> None:
    """Half a day for each; one of them where how many is unknown."""
    made = rules(A, x=action("1/2", per="n"))
    assert base(made, answers={"n": n}).effort(made["actions"]["x"]["effort"])[1] == likely


def test_a_budget_buys_the_highest_readiness_for_the_least() -> None:
    """R-02 weighs 3: `y` alone makes 3/4 for 2 days, `x` alone 1/4 for one, both 1 for 3."""
    made = rules(
        A,
        requirement("R-02", criterion("b"), weight=3),
        x=action(1, sets={"a": True}),
        y=action(2, sets={"b": True}),
    )
    tried = routes(base(made))
    assert [tried.within(F(n)) for n in range(5)] == [
        (0, 0, 0),
        (F(1, 4), 1, 1),
        (F(3, 4), 2, 1),
        (1, 3, 2),
        (1, 3, 2),
    ]
    assert routes(base(made), forced=["y"]).within(F(1)) is None


def test_moves_may_break_what_held() -> None:
    """Setting `b` for R-02 breaks R-01, which wants it not; `z` puts `c` in its place."""
    either = {"any": [{"not": yes("b")}, yes("c")]}
    made = rules(
        requirement("R-01", criterion("k", when=either)),
        requirement("R-02", criterion("b")),
        y=action(sets={"b": True}),
        z=action(sets={"c": True}),
    )
    assert found(routes(base(made, answers={"b": False, "c": False}))) == [{"y", "z"}]
