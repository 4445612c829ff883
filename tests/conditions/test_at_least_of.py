"""``{at_least: n, of: [c, …]}``: so many of them; n never exceeds what is left applicable."""

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import letters, yes

TRUTHS = [
    case("3 of 3 hold", 2, "TTT", "true"),
    case("2 of 3 hold", 2, "TTF", "true"),
    case("1 of 3 holds", 2, "TFF", "false"),
    case("none of 3 holds", 2, "FFF", "false"),
    case("2 hold, whatever the third is", 2, "TUT", "true"),
    case("1 holds, 1 may: perhaps 2", 2, "TUF", "unknown"),
    case("1 holds, 2 may: perhaps 2", 2, "TUU", "unknown"),
    case("none holds, 2 may: perhaps 2", 2, "UFU", "unknown"),
    case("none holds, 1 may: at most 1", 2, "UFF", "false"),
    case("1 left of 3: 1 is enough", 2, "TXX", "true"),
    case("1 left of 3, and it fails", 2, "XFX", "false"),
    case("1 left of 3, and it is open", 2, "XXU", "unknown"),
    case("2 left of 3: both are needed", 2, "TXF", "false"),
    case("2 left of 3: both hold", 2, "TXT", "true"),
    case("nothing left", 2, "XXX", "not_applicable"),
    case("1 of 3 reads as any", 1, "FUT", "true"),
    case("3 of 3 reads as all", 3, "TTU", "unknown"),
    case("4 of 3 is 3 of 3: holds", 4, "TTT", "true"),
    case("4 of 3 is 3 of 3: fails", 4, "TTF", "false"),
    case("0 of 3 asks nothing", 0, "FFF", "true"),
    case("0 of nothing is still nothing", 0, "XXX", "not_applicable"),
]


@pytest.mark.parametrize(("needed", "answers", "expected"), TRUTHS)
def test_at_least_of_three(needed: int, answers: str, expected: str) -> None:
    condition = {"at_least": needed, "of": [yes("a"), yes("b"), yes("c")]}
    assert truth_of(condition, letters(answers)) == expected


def test_the_same_condition_twice_counts_twice() -> None:
    """Each occurrence is taken for itself: ``a`` alone makes two of three."""
    condition = {"at_least": 2, "of": [yes("a"), yes("a"), yes("b")]}
    assert truth_of(condition, letters("TF")) == "true"
