"""Few things that close most gaps together: worked by hand, ties shown."""

import pytest

from norm_engine.engine.combinations import best_combinations
from norm_engine.engine.gaps import gaps
from tests.support.condition_tables import case
from tests.support.small_rules import (
    Doc,
    criterion,
    letters,
    named,
    no,
    recommendation,
    requirement,
    rules,
    run,
    yes,
)

Found = list[tuple[int, int, list[tuple[str, str, int]]]]


def best(requirements: list[Doc], answers: str) -> Found:
    """By size: gaps closed, how many do as well, then what, which gaps, of which weight."""
    evaluation = run(rules(*requirements), letters(answers))
    told = best_combinations(evaluation, gaps(evaluation).gaps)
    assert told.exact
    assert not any(each.more for each in told.best)
    return [
        (
            each.closed,
            each.ties,
            [
                (
                    " ".join(named(evaluation.program, literal) for literal in one.literals),
                    " ".join(one.closes),
                    one.weight,
                )
                for one in each.shown
            ],
        )
        for each in told.best
    ]


TABLE = [
    case(
        "one thing closes two gaps, a second one a third",
        [requirement("T-1", "a"), requirement("T-2", "a"), requirement("T-3", "b")],
        "FF",
        [(2, 1, [("a", "T-1 T-2", 2)]), (3, 1, [("a b", "T-1 T-2 T-3", 3)])],
    ),
    case(
        "of two things that close one gap each, the weightier first",
        [requirement("T-1", "a"), requirement("T-2", "b", weight=3)],
        "FF",
        [(1, 2, [("b", "T-2", 3), ("a", "T-1", 1)]), (2, 1, [("b a", "T-2 T-1", 4)])],
    ),
    case(
        "nothing alone closes a gap, two things close two of them",
        [requirement("T-1", "a", "b"), requirement("T-2", "a", "b"), requirement("T-3", "a", "c")],
        "FFF",
        [(2, 1, [("a b", "T-1 T-2", 2)]), (3, 1, [("a b c", "T-1 T-2 T-3", 3)])],
    ),
    case(
        "what two things do, three need not do again",
        [requirement("T-1", "a", "b"), requirement("T-2", "c", "d", "e", "f")],
        "FFFFFF",
        [(1, 1, [("a b", "T-1", 1)])],
    ),
    case(
        "a gap that takes four things is in no combination",
        [requirement("T-1", *"abcd")],
        "FFFF",
        [],
    ),
    case(
        "a cause behind a gate closes what it gates",
        [requirement("T-1", "a"), requirement("T-2", "b", requires=["T-1"])],
        "FT",
        [(2, 1, [("a", "T-1 T-2", 2)])],
    ),
    case(
        "either of two ways will do",
        [requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]}))],
        "FF",
        [(1, 2, [("a", "T-1", 1), ("b", "T-1", 1)])],
    ),
    case(
        "recommendations are not counted",
        [requirement("T-1", "a"), recommendation("T-2", "b"), recommendation("T-3", "b")],
        "FF",
        [(1, 1, [("a", "T-1", 1)])],
    ),
    case(
        "what one repair wants so and another the contrary cannot both be done",
        [
            requirement("T-1", "a", "b", weight=2),
            requirement("T-2", criterion("c", when={"all": [no("a"), yes("b")]})),
        ],
        "UF",
        [(1, 2, [("b a", "T-1", 2), ("b not a", "T-2", 1)])],
    ),
    case(
        "a repair that undoes what another leans on does not add to it",
        [
            requirement("T-1", "a"),
            requirement("T-2", criterion("c", when={"all": [no("a"), yes("b")]})),
        ],
        "FF",
        [(1, 2, [("a", "T-1", 1), ("b", "T-2", 1)])],
    ),
]


@pytest.mark.parametrize(("requirements", "answers", "expected"), TABLE)
def test_what_few_things_close_most(requirements: list[Doc], answers: str, expected: Found) -> None:
    assert best(requirements, answers) == expected


def test_five_of_the_ties_are_shown_and_all_are_counted() -> None:
    """Of ten things that close a gap each, 10 × 9 / 2 pairs and 120 triples do equally well."""
    found = best([requirement(f"T-{ord(name)}", name) for name in "abcdefghij"], "F" * 10)
    assert [(closed, ties, len(shown)) for closed, ties, shown in found] == [
        (1, 10, 5),
        (2, 45, 5),
        (3, 120, 5),
    ]


def test_ties_are_counted_up_to_a_thousand() -> None:
    """Of 26 things that close a gap each, 2,600 triples do equally well."""
    names = "abcdefghijklmnopqrstuvwxyz"
    evaluation = run(
        rules(*(requirement(f"T-{i}", name) for i, name in enumerate(names))), letters("F" * 26)
    )
    told = best_combinations(evaluation, gaps(evaluation).gaps)
    assert [(each.ties, each.more) for each in told.best] == [
        (26, False),
        (325, False),
        (1000, True),
    ]
    assert told.exact


def test_a_gap_with_too_many_small_repairs_leaves_the_answer_open() -> None:
    """Any three of 20 are 1,140 repairs; what was seen is said, and that it may not be all."""
    names = "abcdefghijklmnopqrst"
    condition = {"at_least": 3, "of": [yes(name) for name in names]}
    evaluation = run(rules(requirement("T-1", criterion("c", when=condition))), letters("F" * 20))
    told = best_combinations(evaluation, gaps(evaluation).gaps)
    assert not told.exact
    assert [(each.size, each.closed) for each in told.best] == [(3, 1)]
