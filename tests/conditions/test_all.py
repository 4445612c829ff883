"""``{all: [c, …]}``: every one of them; Kleene's conjunction, what is not applicable drops out."""

import pytest

from tests.support.condition_tables import case, squared, truth_of
from tests.support.small_rules import Doc, letters, no, yes

TWO = squared("""
        T F U X
      T T F U T
      F F F F F
      U U F U U
      X T F U X
""")

MORE = [
    case("one condition is itself", {"all": [yes("a")]}, "U", "unknown"),
    case("three hold", {"all": [yes("a"), yes("b"), yes("c")]}, "TTT", "true"),
    case("false outweighs unknown", {"all": [yes("a"), yes("b"), yes("c")]}, "TUF", "false"),
    case("the same twice", {"all": [yes("a"), yes("a")]}, "T", "true"),
    case(
        "each occurrence for itself: unknown and not unknown",
        {"all": [yes("a"), no("a")]},
        "U",
        "unknown",
    ),
    case("inside one another", {"all": [yes("a"), {"all": [yes("b"), yes("c")]}]}, "TTF", "false"),
    case(
        "an inner one drops out whole",
        {"all": [yes("a"), {"all": [yes("b"), yes("c")]}]},
        "TXX",
        "true",
    ),
]


@pytest.mark.parametrize(("answers", "expected"), TWO)
def test_all_of_two(answers: str, expected: str) -> None:
    assert truth_of({"all": [yes("a"), yes("b")]}, letters(answers)) == expected


@pytest.mark.parametrize(("condition", "answers", "expected"), MORE)
def test_all(condition: Doc, answers: str, expected: str) -> None:
    assert truth_of(condition, letters(answers)) == expected
