"""The first things to do: what brings a structure furthest, in the order of work.

An action is worth the sum over the gaps of gravity (major 9, minor 3, sensitive 1) times weight
times the share of the gap's easiest repair that it supplies. All criteria fail.
"""

from fractions import Fraction as F
from typing import Any

import pytest

from norm_engine.engine.gaps import gaps
from norm_engine.engine.priorities import Priority, first_things, work_ranks
from tests.support.condition_tables import case
from tests.support.small_rules import (
    Doc,
    action,
    criterion,
    letters,
    recommendation,
    requirement,
    rules,
    run,
    yes,
)


def does(names: str, days: int = 1, **more: Any) -> Doc:
    """An action that has each of these questions answered yes."""
    effort = {"low": days, "likely": days, "high": days}
    return action(sets=dict.fromkeys(names, True), effort=effort, **more)


def first(requirements: list[Doc], actions: dict[str, Doc], most: int = 6) -> list[Priority]:
    """The first things to do when every question is answered no."""
    evaluation = run(rules(*requirements, actions=actions), letters("F" * 26))
    return first_things(evaluation, gaps(evaluation).gaps, most)


MAJOR_A = requirement("T-1", "a", gravity="major")
MINOR_BC = requirement("T-2", "b", "c", gravity="minor", weight=2)

CHOSEN = [
    case(
        "a major (9) before two thirds of it (3 x 2 x 1)",
        [MAJOR_A, MINOR_BC],
        {"deux": does("bc"), "un": does("a")},
        1,
        ["un"],
    ),
    case(
        "a whole repair (6) before half of it (3)",
        [MINOR_BC],
        {"demi": does("b"), "tout": does("bc", days=9)},
        1,
        ["tout"],
    ),
    case(
        "what is supplied already is worth nothing",
        [MINOR_BC],
        {"demi": does("b"), "tout": does("bc", days=9)},
        6,
        ["tout"],
    ),
    case(
        "at equal worth the lesser effort",
        [MAJOR_A],
        {"lourd": does("a", days=5), "leger": does("a", days=2)},
        6,
        ["leger"],
    ),
    case(
        "weight never makes up for gravity: a major of weight 1 before a minor of weight 4",
        [MAJOR_A, requirement("T-3", "d", weight=4)],
        {"a": does("a"), "d": does("d")},
        1,
        ["a"],
    ),
    case(
        "a recommendation comes last, whatever its gravity and weight",
        [
            recommendation("T-3", "d", gravity="major", weight=4),
            requirement("T-4", "e", gravity="sensitive"),
            MINOR_BC,
        ],
        {"d": does("d"), "e": does("e"), "bc": does("bc")},
        2,
        ["bc", "e"],
    ),
    case(
        "the easiest repair: b alone (3) before a of a and c (3/2)",
        [
            requirement(
                "T-3", criterion("x", when={"any": [{"all": [yes("a"), yes("c")]}, yes("b")]})
            )
        ],
        {"a": does("a"), "b": does("b")},
        6,
        ["b"],
    ),
    case(
        "an action that makes no sense is none", [MAJOR_A], {"un": does("a", when=yes("z"))}, 6, []
    ),
    case("what no action supplies", [MAJOR_A], {"autre": does("z")}, 6, []),
    case(
        "an action makes room for what comes before it",
        [MAJOR_A, requirement("T-3", "d", gravity="sensitive")],
        {"un": does("a", after=["avant"]), "avant": does("d")},
        1,
        ["avant"],
    ),
]


@pytest.mark.parametrize(("requirements", "actions", "most", "expected"), CHOSEN)
def test_what_is_chosen(
    requirements: list[Doc], actions: dict[str, Doc], most: int, expected: list[str]
) -> None:
    assert [each.action for each in first(requirements, actions, most)] == expected


def test_no_gap_nothing_to_do() -> None:
    evaluation = run(rules(MAJOR_A, actions={"un": does("a")}), letters("T"))
    assert first_things(evaluation, gaps(evaluation).gaps) == []


@pytest.mark.parametrize("names", ["ab", "ba"])
def test_two_alike_are_told_apart_by_name_not_by_place(names: str) -> None:
    """The order that actions are written in has no say; the fingerprint does not see it either."""
    found = first([MAJOR_A], {name: does("a") for name in names}, 1)
    assert [each.action for each in found] == ["a"]


def test_six_at_most() -> None:
    names = "abcdefgh"
    requirements = [requirement(f"T-{i}", name) for i, name in enumerate(names, start=1)]
    assert len(first(requirements, {name: does(name) for name in names})) == 6


def test_what_each_closes_and_helps() -> None:
    """T-1 needs a; T-2 needs b and c; T-3 needs a and b and z, that nothing supplies."""
    requirements = [
        requirement("T-1", "a", gravity="major"),
        requirement("T-2", "b", "c"),
        requirement("T-3", "a", "b", "z"),
    ]
    found = first(requirements, {"a": does("a"), "b": does("b", days=2), "c": does("c", days=3)})
    day = (F(1), F(1), F(1))
    assert found == [
        Priority("a", ("T-1",), ("T-3",), day),
        Priority("b", (), ("T-2", "T-3"), (F(2), F(2), F(2))),
        Priority("c", ("T-2",), (), (F(3), F(3), F(3))),
    ]


ORDERED = [
    case("the requirement that comes first", {"after": ["T-2"]}, {}),
    case("the gate first", {"requires": ["T-2"]}, {}),
    case("what the action comes after", {}, {"after": ["b"]}),
]


@pytest.mark.parametrize(("links", "more"), ORDERED)
def test_they_stand_in_the_order_of_work(links: Doc, more: Doc) -> None:
    """The action for the major T-1 is worth most, and yet the one for T-2 stands first."""
    requirements = [requirement("T-1", "a", gravity="major", **links), requirement("T-2", "b")]
    found = first(requirements, {"a": does("a", **more), "b": does("b")})
    assert [each.action for each in found] == ["b", "a"]


def test_ranks_in_the_order_of_work() -> None:
    """T-4 comes after T-2, which requires T-1; T-3 rests on T-4 being met."""
    ruleset = rules(
        requirement("T-1", "a"),
        requirement("T-2", "a", requires=["T-1"]),
        requirement("T-3", criterion("c", when={"met": "T-4"})),
        requirement("T-4", "a", after=["T-2", "T-1"]),
    )
    assert work_ranks(run(ruleset)) == {"T-1": 0, "T-2": 1, "T-3": 3, "T-4": 2}
