"""Scores: weighted means of credits, as intervals that nothing unknown can pass.

A requirement is spelled by its criteria: ``T3 F?`` has 3/4 of its credit and is met; ``U`` has 0
to 1. `maybe` ones may or may not apply.
"""

from fractions import Fraction as F
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.engine.scores import Score
from tests.support.condition_tables import case
from tests.support.small_rules import (
    SPELLED,
    Doc,
    criterion,
    no,
    recommendation,
    requirement,
    rules,
    run,
    shown,
    spelled,
    yes,
)

Weighted = tuple[int, str]
"""A requirement by its weight and its spelled criteria."""


def listed(sure: list[Weighted], maybe: list[Weighted]) -> list[Doc]:
    """Requirements that surely apply, then those that may."""
    return [
        requirement(
            f"T-{number}",
            *spelled(criteria),
            weight=weight,
            **({} if number <= len(sure) else {"applies_when": yes("u")}),
        )
        for number, (weight, criteria) in enumerate([*sure, *maybe], start=1)
    ]


def overall(sure: list[Weighted], maybe: list[Weighted] | None = None) -> Score:
    """The score of the whole."""
    return run(rules(*listed(sure, maybe or [])), SPELLED).proven.scores.overall


NONE, HALF, ALL = F(0), F(1, 2), F(1)

SURE = [
    case("one met: 1", [(1, "T")], (ALL, ALL), ALL),
    case("one of two: 1/2", [(1, "T"), (1, "F")], (HALF, HALF), ALL),
    case("by weight: 3 of 4", [(3, "T"), (1, "F")], (F(3, 4), F(3, 4)), ALL),
    case("(2 x 3/4 + 1 x 1/2) / 3 = 2/3", [(2, "T3 F?"), (1, "T F")], (F(2, 3), F(2, 3)), ALL),
    case("one open: 1 or 2 of 2; 1 of 2 covered", [(1, "T"), (1, "U")], (HALF, ALL), HALF),
    case("one open: 1/4 or 1; 1/4 covered", [(1, "T"), (3, "U")], (F(1, 4), ALL), F(1, 4)),
    case("all open: 0 to 1", [(1, "U"), (2, "U")], (NONE, ALL), NONE),
    case("met, credit open: not covered", [(1, "T U?"), (1, "T")], (F(3, 4), ALL), HALF),
    case("partial or unmet: not covered", [(1, "F U")], (NONE, HALF), NONE),
    case("what does not apply is left out", [(1, "T"), (9, "X")], (ALL, ALL), ALL),
]


@pytest.mark.parametrize(("sure", "ends", "coverage"), SURE)
def test_what_surely_applies(sure: list[Weighted], ends: tuple[F, F], coverage: F) -> None:
    assert overall(sure) == Score(*ends, certain=True, coverage=coverage)


MAYBE = [
    case(
        "1/2; with 0 of weight 2: 1/6; with 1: 3/4; with both: 3/8",
        [(1, "T F")],
        [(2, "F"), (1, "T")],
        (F(1, 6), F(3, 4)),
    ),
    case("1; with a met one: still 1", [(1, "T")], [(5, "T")], (ALL, ALL)),
    case("1; with 0 of weight 3: 1/4", [(1, "T")], [(3, "F")], (F(1, 4), ALL)),
    case("0; with 1 of weight 3: 3/4", [(1, "F")], [(3, "T")], (NONE, F(3, 4))),
    case(
        "1/2; with 1/4: 3/8; with 0 of weight 3: 1/8; with both: 3/20",
        [(1, "T F")],
        [(1, "T F3?"), (3, "F")],
        (F(1, 8), HALF),
    ),
    case(
        "1/2; with 3/4: 5/8; with 1 of weight 3: 7/8; with both: 17/20",
        [(1, "T F")],
        [(1, "T3 F?"), (3, "T")],
        (HALF, F(7, 8)),
    ),
    case("0 or 1; with 1: 1/2 or 1", [(1, "U")], [(1, "T")], (NONE, ALL)),
    case(
        "nothing sure: 3/4 alone, 1/4 alone, or 1/2",
        [],
        [(1, "T3 F?"), (1, "T F3?")],
        (F(1, 4), F(3, 4)),
    ),
    case("nothing sure, one only: 1/2 if at all", [], [(4, "T F")], (HALF, HALF)),
]


@pytest.mark.parametrize(("sure", "maybe", "ends"), MAYBE)
def test_what_may_apply(sure: list[Weighted], maybe: list[Weighted], ends: tuple[F, F]) -> None:
    found = overall(sure, maybe)
    assert (found.low, found.high) == ends
    assert found.certain == bool(sure)


def test_what_may_apply_is_not_covered() -> None:
    """Weight 2 is determined, of 2 + 3 that may count."""
    assert overall([(2, "T")], [(3, "F")]).coverage == F(2, 5)


def test_nothing_applicable_has_no_score() -> None:
    assert overall([(1, "X")]) == Score(None, None, certain=False, coverage=None)


WEIGHTED = st.lists(
    st.tuples(
        st.integers(1, 4), st.sampled_from(["T", "F", "U", "T F?", "T3 F?", "T F3?", "F U2"])
    ),
    max_size=5,
)
CREDITS = {
    "T": (F(1), F(1)),
    "F": (F(0), F(0)),
    "U": (F(0), F(1)),
    "T F?": (F(1, 2), F(1, 2)),
    "T3 F?": (F(3, 4), F(3, 4)),
    "T F3?": (F(1, 4), F(1, 4)),
    "F U2": (F(0), F(2, 3)),
}
"""The ends of the credit of each of these, worked by hand."""


@given(sure=WEIGHTED, maybe=WEIGHTED)
def test_no_choice_of_what_applies_falls_outside(
    sure: list[Weighted], maybe: list[Weighted]
) -> None:
    """Every subset of what may apply is tried; the ends are the extremes over all of them."""
    means: dict[int, list[F]] = {0: [], 1: []}
    for count in range(len(maybe) + 1):
        for chosen in combinations(maybe, count):
            counting = [*sure, *chosen]
            total = sum(weight for weight, _ in counting)
            for end in (0, 1) if counting else ():
                points = sum((w * CREDITS[criteria][end] for w, criteria in counting), F(0))
                means[end].append(points / total)
    found = overall(sure, maybe)
    assert found.low == min(means[0], default=None)
    assert found.high == max(means[1], default=None)


GROUPED = rules(
    requirement("T-1", *spelled("T"), weight=2, domain="d1", workshop="w1", basis="attested"),
    requirement("T-2", *spelled("F"), weight=1, domain="d1", workshop="w2", basis="practice"),
    requirement("T-3", *spelled("T F"), weight=1, domain="d2", workshop="w2", basis="attested"),
    recommendation("T-4", *spelled("F"), weight=8, domain="d1", workshop="w1", basis="attested"),
    recommendation("T-5", *spelled("T"), weight=2, domain="d2", workshop="w2", basis="law"),
)

GROUPS = [
    case("overall: (2 + 0 + 1/2) / 4 = 5/8, recommendations left out", "overall", "", F(5, 8)),
    case("recommendations: 2 of 10", "recommendations", "", F(1, 5)),
    case("domain d1: 2 of 3", "domains", "d1", F(2, 3)),
    case("domain d2: 1/2", "domains", "d2", F(1, 2)),
    case("workshop w1: 2 of 2", "workshops", "w1", F(1)),
    case("workshop w2: (0 + 1/2) / 2 = 1/4", "workshops", "w2", F(1, 4)),
    case("attested: (2 + 1/2) / 3 = 5/6", "bases", "attested", F(5, 6)),
    case("our own: 0 of 1", "bases", "practice", F(0)),
]


@pytest.mark.parametrize(("kind", "name", "mean"), GROUPS)
def test_groups(kind: str, name: str, mean: F) -> None:
    found = getattr(run(GROUPED, SPELLED).proven.scores, kind)
    score: Score = found[name] if name else found
    assert (score.low, score.high, score.coverage) == (mean, mean, F(1))


def test_a_basis_without_requirements_is_not_listed() -> None:
    """Law backs a recommendation only."""
    assert set(run(GROUPED, SPELLED).proven.scores.bases) == {"attested", "practice"}


def test_a_domain_where_nothing_applies_has_no_score() -> None:
    ruleset = rules(requirement("T-1", *spelled("T"), domain="d1"))
    assert run(ruleset, SPELLED).proven.scores.domains["d2"].low is None


def test_declared_and_proven_scores() -> None:
    """Both are said: 1. One of two is shown: 1/2."""
    ruleset = rules(
        requirement("T-1", criterion("c", when=yes("t"), proof=shown("charte"))),
        requirement("T-2", criterion("c", when=no("f"))),
    )
    evaluation = run(ruleset, SPELLED, no_evidence=["charte"])
    assert evaluation.declared.scores.overall.low == F(1)
    assert evaluation.proven.scores.overall.high == F(1, 2)
