"""Gaps, worst first, and the root causes they come down to, weightiest first."""

import pytest

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.gaps import gaps
from tests.support.condition_tables import case
from tests.support.small_rules import (
    SPELLED,
    Doc,
    criterion,
    kept,
    letters,
    named,
    no,
    recommendation,
    requirement,
    rules,
    run,
    shown,
    spelled,
    yes,
)

IS_A_GAP = [
    case("unmet", "F", True),
    case("partial", "T F", True),
    case("partial or unmet: a gap in any case", "F U", True),
    case("met", "T", False),
    case("met with less than all", "T F?", False),
    case("met or unmet: not known yet", "U", False),
    case("not applicable", "X", False),
]


@pytest.mark.parametrize(("criteria", "expected"), IS_A_GAP)
def test_what_is_a_gap(criteria: str, expected: bool) -> None:
    ruleset = rules(requirement("T-1", *spelled(criteria)))
    assert bool(gaps(run(ruleset, SPELLED)).gaps) is expected


def test_a_blocked_requirement_is_a_gap_and_so_is_its_cause() -> None:
    ruleset = rules(
        requirement("T-1", *spelled("T"), requires=["T-2"]), requirement("T-2", *spelled("F"))
    )
    assert [gap.requirement.id for gap in gaps(run(ruleset, SPELLED)).gaps] == ["T-1", "T-2"]


def test_what_may_not_apply_is_no_gap_yet() -> None:
    ruleset = rules(requirement("T-1", *spelled("F"), applies_when=yes("u")))
    assert gaps(run(ruleset, SPELLED)).gaps == ()


def test_gaps_come_worst_first() -> None:
    """Requirements by gravity, then the weightier, then by id; recommendations last."""
    ruleset = rules(
        requirement("T-1", *spelled("F"), gravity="sensitive", weight=9),
        requirement("T-2", *spelled("F"), gravity="major", weight=1),
        requirement("T-3", *spelled("F"), gravity="minor", weight=2),
        requirement("T-4", *spelled("F"), gravity="minor", weight=3),
        requirement("T-5", *spelled("F"), gravity="minor", weight=2),
        recommendation("T-6", *spelled("F"), gravity="major", weight=9),
    )
    found = [gap.requirement.id for gap in gaps(run(ruleset, SPELLED)).gaps]
    assert found == ["T-2", "T-4", "T-3", "T-5", "T-1", "T-6"]


def causes(evaluation: Evaluation) -> list[tuple[str, tuple[str, ...], tuple[str, ...], int]]:
    """Each root cause: its atom, the gaps it holds back, those it alone would close, weight."""
    return [
        (named(evaluation.program, each.literal), each.requirements, each.alone, each.weight)
        for each in gaps(evaluation).causes
    ]


CAUSES: list[object] = [
    case(
        "one document, three gaps",
        [
            requirement("T-1", criterion("c", proof=shown("charte"))),
            requirement("T-2", criterion("c", when=yes("t"), proof=shown("charte")), weight=2),
            requirement("T-3", criterion("c", when=yes("f"), proof=shown("charte"))),
        ],
        [
            ("charte", ("T-2", "T-1", "T-3"), ("T-2", "T-1"), 4),
            ("f", ("T-3",), (), 1),
        ],
    ),
    case(
        "an atom behind a gate holds back what stands behind it",
        [requirement("T-1", "t", requires=["T-2"], weight=5), requirement("T-2", "f")],
        [("f", ("T-1", "T-2"), ("T-1", "T-2"), 6)],
    ),
    case(
        "each of two ways holds the gap back",
        [requirement("T-1", criterion("c", when={"any": [yes("f"), no("t")]}))],
        [("f", ("T-1",), ("T-1",), 1), ("not t", ("T-1",), ("T-1",), 1)],
    ),
    case(
        "at equal number, the weightier gap first",
        [requirement("T-1", "f"), requirement("T-2", criterion("c", when=no("t")), weight=3)],
        [("not t", ("T-2",), ("T-2",), 3), ("f", ("T-1",), ("T-1",), 1)],
    ),
    case("an inessential criterion holds nothing back", [requirement("T-1", *spelled("T F?"))], []),
    case(
        "what would not help is no cause",
        [
            requirement(
                "T-1", criterion("c", when={"any": [yes("f"), {"all": [yes("f"), yes("u")]}]})
            )
        ],
        [("f", ("T-1",), ("T-1",), 1)],
    ),
]


@pytest.mark.parametrize(("requirements", "expected"), CAUSES)
def test_root_causes(requirements: list[Doc], expected: list[object]) -> None:
    """There is no charter."""
    evaluation = run(rules(*requirements), SPELLED, no_evidence=["charte"])
    assert causes(evaluation) == expected


def test_seven_ways_close_the_gap_alone_though_five_are_shown() -> None:
    """Any of seven atoms: every one of them would do by itself."""
    condition = {"any": [yes(name) for name in "abcdefg"]}
    ruleset = rules(requirement("T-1", criterion("c", when=condition)))
    found = causes(run(ruleset, letters("FFFFFFF")))
    assert {name for name, _, alone, _ in found if alone == ("T-1",)} == set("abcdefg")


def test_a_piece_that_does_not_count_is_a_cause() -> None:
    """The charter expired the day before."""
    ruleset = rules(requirement("T-1", criterion("c", proof=shown("charte"))))
    expired = kept("P1", "charte", valid_until="2026-08-31")
    assert causes(run(ruleset, evidence=[expired])) == [("charte", ("T-1",), ("T-1",), 1)]
