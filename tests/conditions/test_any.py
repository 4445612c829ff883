"""``{any: [c, …]}``: one of them; Kleene's disjunction, what is not applicable drops out."""

import pytest

from tests.support.condition_tables import case, squared, truth_of
from tests.support.small_rules import Doc, letters, no, yes

TWO = squared("""
        T F U X
      T T T T T
      F T F U F
      U T U U U
      X T F U X
""")

MORE = [
    case("one condition is itself", {"any": [yes("a")]}, "U", "unknown"),
    case("none of three", {"any": [yes("a"), yes("b"), yes("c")]}, "FFF", "false"),
    case("true outweighs unknown", {"any": [yes("a"), yes("b"), yes("c")]}, "FUT", "true"),
    case(
        "each occurrence for itself: unknown or not unknown",
        {"any": [yes("a"), no("a")]},
        "U",
        "unknown",
    ),
    case("inside one another", {"any": [yes("a"), {"any": [yes("b"), yes("c")]}]}, "FFT", "true"),
    case(
        "an inner one drops out whole",
        {"any": [yes("a"), {"any": [yes("b"), yes("c")]}]},
        "FXX",
        "false",
    ),
    case("any of all", {"any": [{"all": [yes("a"), yes("b")]}, yes("c")]}, "TFF", "false"),
    case("all of any", {"all": [{"any": [yes("a"), yes("b")]}, yes("c")]}, "TFT", "true"),
]


@pytest.mark.parametrize(("answers", "expected"), TWO)
def test_any_of_two(answers: str, expected: str) -> None:
    assert truth_of({"any": [yes("a"), yes("b")]}, letters(answers)) == expected


@pytest.mark.parametrize(("condition", "answers", "expected"), MORE)
def test_any(condition: Doc, answers: str, expected: str) -> None:
    assert truth_of(condition, letters(answers)) == expected
