"""Gaps are counted in one way: what is surely one, requirements and recommendations apart."""

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.gap_counts import GapCount, gap_count, gaps_added_up, gaps_said
from norm_engine.presentation.results import evaluation_result
from tests.support.small_rules import audit, criterion, letters, recommendation, requirement, rules
from tests.support.small_rules import run as evaluated


def counted(*requirements, given: str) -> GapCount:
    answers = letters(given)
    evaluation = evaluated(rules(*requirements), answers)
    return gap_count(evaluation_result(evaluation, audit(answers)).requirements)


def test_each_requirement_is_counted_once() -> None:
    """a holds: met. b does not: not met. c holds and d does not: partly met."""
    found = counted(
        requirement("T-1", "a"),
        requirement("T-2", "b"),
        requirement("T-3", criterion("c"), criterion("d")),
        given="TFTF",
    )
    assert found == GapCount(settled=2, between=0, recommendations=0)
    assert found.gaps == 2


def test_what_is_open_between_two_kinds_of_gap_is_a_gap() -> None:
    """a does not hold, b is unknown: not met or partly met, and surely one of these."""
    found = counted(requirement("T-1", criterion("a"), criterion("b")), given="FU")
    assert found == GapCount(settled=0, between=1, recommendations=0)


def test_what_may_still_be_met_is_none() -> None:
    assert counted(requirement("T-1", "a"), given="U").gaps == 0


def test_recommendations_are_counted_apart() -> None:
    found = counted(requirement("T-1", "a"), recommendation("T-2", "b"), given="FF")
    assert found == GapCount(settled=1, between=0, recommendations=1)
    assert found.gaps == 1


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (GapCount(0, 0, 0), "0 gaps"),
        (GapCount(1, 0, 0), "1 gap"),
        (GapCount(32, 25, 6), "57 gaps and 6 recommendations not followed"),
        (GapCount(2, 0, 1), "2 gaps and 1 recommendation not followed"),
    ],
)
def test_they_are_said_in_a_few_words(count: GapCount, said: str) -> None:
    with speaking("en"):
        assert gaps_said(count) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (GapCount(0, 0, 0), "No gap among what is determined so far."),
        (GapCount(3, 0, 0), "3 gaps."),
        (
            GapCount(32, 25, 6),
            "57 gaps: 32 requirements that are partly met, not met or blocked, and 25 undetermined"
            " ones that are surely one of these. Counted apart: 6 recommendations not followed.",
        ),
    ],
)
def test_the_sentence_lets_a_reader_add_them_up(count: GapCount, said: str) -> None:
    with speaking("en"):
        assert gaps_added_up(count) == said
