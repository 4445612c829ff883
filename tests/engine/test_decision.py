"""The decision: Kleene's `all` of conditions over grades and scores.

Requirements are spelled by their criteria: T met, F unmet, ``T F`` partial with 1/2, U open, X not
applicable.
"""

from fractions import Fraction as F

import pytest

from norm_engine.engine.decision import Decision
from norm_engine.engine.truth import NAMES
from tests.support.condition_tables import case
from tests.support.small_rules import (
    SPELLED,
    Doc,
    recommendation,
    requirement,
    rules,
    run,
    spelled,
    yes,
)


def decided(conditions: list[Doc], *requirements: Doc, settings: Doc | None = None) -> Decision:
    """The decision by these conditions."""
    named = [{"id": f"c{i}", "text": "…", **each} for i, each in enumerate(conditions)]
    ruleset = rules(*requirements, decision=named, settings=settings)
    return run(ruleset, SPELLED).decision


def several(text: str, **more: object) -> list[Doc]:
    """Requirements of one spelled criterion each; ``?`` after it: may not apply."""
    return [
        requirement(
            f"T-{number}",
            *spelled(word[0]),
            **{"gravity": "major", **more, **({"applies_when": yes("u")} if word[1:] else {})},
        )
        for number, word in enumerate(text.split(), start=1)
    ]


COUNTS = [
    case("none of at most 0", 0, "T T", (0, 0), "true"),
    case("1 of at most 0", 0, "T F", (1, 1), "false"),
    case("1 of at most 1: the bound counts", 1, "T F", (1, 1), "true"),
    case("2 of at most 1", 1, "F F T", (2, 2), "false"),
    case("0 or 1 of at most 0", 0, "T U", (0, 1), "unknown"),
    case("1 or 2 of at most 1", 1, "F U", (1, 2), "unknown"),
    case("1 or 2 of at most 2: either way", 2, "F U", (1, 2), "true"),
    case("1 to 3 of at most 0: in any case", 0, "F U U", (1, 3), "false"),
    case("an unmet one that may not apply: 0 or 1", 0, "F?", (0, 1), "unknown"),
    case("a met one that may not apply: 0", 0, "T?", (0, 0), "true"),
    case("what does not apply has no grade", 0, "X", (0, 0), "true"),
]


@pytest.mark.parametrize(("bound", "criteria", "counts", "truth"), COUNTS)
def test_at_most_so_many_of_a_grade(
    bound: int, criteria: str, counts: tuple[int, int], truth: str
) -> None:
    (found,) = decided([{"grade": "major", "at_most": bound}], *several(criteria)).standings
    assert (found.low, found.high, found.bound) == (F(counts[0]), F(counts[1]), F(bound))
    assert NAMES[found.truth] == truth


OTHER_GRADES = [
    case("minor ones are no major ones", "major", {"gravity": "minor"}, (0, 0)),
    case("minor ones", "minor", {"gravity": "minor"}, (1, 2)),
    case("sensitive ones", "sensitive", {"gravity": "sensitive"}, (1, 2)),
    case(
        "recommendations have no gravity",
        "minor",
        {"gravity": "minor", "level": "recommendation"},
        (0, 0),
    ),
]


@pytest.mark.parametrize(("grade", "more", "counts"), OTHER_GRADES)
def test_grades_are_told_apart(grade: str, more: Doc, counts: tuple[int, int]) -> None:
    """One unmet, one open."""
    (found,) = decided([{"grade": grade, "at_most": 9}], *several("F U", **more)).standings
    assert (found.low, found.high) == (F(counts[0]), F(counts[1]))


def test_partial_or_unmet_is_surely_a_non_conformity() -> None:
    """Which of the two is open, its grade is not."""
    only = requirement("T-1", *spelled("F U"), gravity="major")
    (found,) = decided([{"grade": "major", "at_most": 0}], only).standings
    assert (found.low, found.high) == (F(1), F(1))


def test_a_blocked_requirement_counts_by_its_cause_only() -> None:
    """T-1 is blocked by T-2, unmet: one major in all."""
    blocked = requirement("T-1", *spelled("T"), gravity="major", requires=["T-2"])
    cause = requirement("T-2", *spelled("F"), gravity="major")
    (found,) = decided([{"grade": "major", "at_most": 0}], blocked, cause).standings
    assert (found.low, found.high) == (F(1), F(1))


FLOORS = [
    case("1/2 reaches 1/2: the floor counts", "1/2", ["T", "F"], (F(1, 2), F(1, 2)), "true"),
    case("1/2 is under 0.51", "0.51", ["T", "F"], (F(1, 2), F(1, 2)), "false"),
    case("2/3 is under 67 %, exactly", "67 %", ["T", "T", "F"], (F(2, 3), F(2, 3)), "false"),
    case("2/3 is over 66 %", "66 %", ["T", "T", "F"], (F(2, 3), F(2, 3)), "true"),
    case("1/2 to 1: may reach 3/4", "3/4", ["T", "U"], (F(1, 2), F(1)), "unknown"),
    case("0 to 1/2: cannot reach 3/4", "3/4", ["F", "U"], (F(0), F(1, 2)), "false"),
    case("1/2 to 1: reaches 1/2 in any case", "1/2", ["T", "U"], (F(1, 2), F(1)), "true"),
    case("nothing applicable: nothing to reach", 1, ["X"], (None, None), "true"),
    case("0 if it applies at all", "1/2", ["F?"], (F(0), F(0)), "unknown"),
    case("1 if it applies at all", "1/2", ["T?"], (F(1), F(1)), "true"),
]


@pytest.mark.parametrize(("floor", "criteria", "ends", "truth"), FLOORS)
def test_a_floor_under_the_whole(
    floor: int | str, criteria: list[str], ends: tuple[F | None, F | None], truth: str
) -> None:
    (found,) = decided([{"score_at_least": floor}], *several(" ".join(criteria))).standings
    assert (found.low, found.high) == ends
    assert NAMES[found.truth] == truth


def placed(*pairs: tuple[str, str]) -> list[Doc]:
    """Requirements by where they stand (domain and workshop alike) and spelled criterion."""
    return [
        requirement(
            f"T-{number}",
            *spelled(word.rstrip("!")),
            domain=f"d{place}",
            workshop=f"w{place}",
            **({"applies_when": yes("u")} if word.endswith("!") else {}),
        )
        for number, (place, word) in enumerate(pairs, start=1)
    ]


EACH = [
    case("both reach it", [("1", "T"), ("2", "T F?")], (F(1, 2), F(1, 2)), "true", ()),
    case("one does not", [("1", "T"), ("2", "F")], (F(0), F(0)), "false", ("2",)),
    case("neither does", [("1", "F"), ("2", "T F3?")], (F(0), F(0)), "false", ("1", "2")),
    case("one may not", [("1", "T"), ("2", "U")], (F(0), F(1)), "unknown", ("2",)),
    case("one may not, one does not", [("1", "F"), ("2", "U")], (F(0), F(0)), "false", ("1", "2")),
    case("nothing applies in one of them", [("1", "T"), ("2", "X")], (F(1), F(1)), "true", ()),
    case("nothing applies anywhere", [("1", "X")], (None, None), "true", ()),
    case(
        "the mean of the whole does not help: 9 x 1, 0",
        [("1", "T")] * 9 + [("2", "F")],
        (F(0), F(0)),
        "false",
        ("2",),
    ),
    case(
        "the lowest is 0, or 1 where that does not apply",
        [("1", "T"), ("2", "F!")],
        (F(0), F(1)),
        "unknown",
        ("2",),
    ),
    case(
        "either may not apply: the lowest is 0 or 1",
        [("1", "T!"), ("2", "F!")],
        (F(0), F(1)),
        "unknown",
        ("2",),
    ),
]


@pytest.mark.parametrize("each", ["domain", "workshop"])
@pytest.mark.parametrize(("pairs", "ends", "truth", "below"), EACH)
def test_a_floor_under_each(
    each: str,
    pairs: list[tuple[str, str]],
    ends: tuple[F | None, F | None],
    truth: str,
    below: tuple[str, ...],
) -> None:
    """The floor is 1/2; what it stands at is the lowest score."""
    (found,) = decided([{"each": each, "score_at_least": "1/2"}], *placed(*pairs)).standings
    assert (found.low, found.high) == ends
    assert NAMES[found.truth] == truth
    assert found.below == tuple(each[0] + place for place in below)


def test_recommendations_do_not_lift_a_score_over_its_floor() -> None:
    """The requirement has 0; the recommendation's 1 is apart."""
    good = recommendation("T-2", *spelled("T"), weight=9)
    found = decided([{"score_at_least": "1/2"}], requirement("T-1", *spelled("F")), good)
    assert found.outcome == "not_ready"


OUTCOMES = [
    case("both hold", "T", "T", "ready"),
    case("one fails", "T", "F", "not_ready"),
    case("one is open", "T", "U", "undetermined"),
    case("one is open, one fails", "F", "U", "not_ready"),
    case("both fail", "F", "F", "not_ready"),
]


@pytest.mark.parametrize(("major", "minor", "expected"), OUTCOMES)
def test_outcome(major: str, minor: str, expected: str) -> None:
    """No major and no minor non-conformity is allowed; there is one requirement of each gravity."""
    conditions = [{"grade": "major", "at_most": 0}, {"grade": "minor", "at_most": 0}]
    two = [
        requirement("T-1", *spelled(major), gravity="major"),
        requirement("T-2", *spelled(minor), gravity="minor"),
    ]
    assert decided(conditions, *two).outcome == expected


def test_nothing_in_the_decision_is_ready() -> None:
    assert decided([], requirement("T-1", *spelled("F"))) == Decision("ready", ())


def test_bounds_can_be_settings() -> None:
    """One major of one tolerated; 1/2 under a floor of 60 %."""
    found = decided(
        [
            {"grade": "major", "at_most": {"setting": "tolerees"}},
            {"each": "domain", "score_at_least": {"setting": "plancher"}},
        ],
        *several("T F"),
        settings={"tolerees": ("count", 1), "plancher": ("share", "60 %")},
    )
    assert [NAMES[each.truth] for each in found.standings] == ["true", "false"]
    assert [each.bound for each in found.standings] == [1, F(3, 5)]
