"""Numbers as documents write them: integers, fractions, percentages and decimals, all exact."""

import re
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.model.scalars import exact, is_number
from tests.support.condition_tables import case

NUMBERS = [
    case("an integer", 4, F(4)),
    case("an integer as text", "4", F(4)),
    case("a fraction", "4/5", F(4, 5)),
    case("a fraction over 1", "7/2", F(7, 2)),
    case("not in lowest terms", "8/10", F(4, 5)),
    case("a percentage", "80%", F(4, 5)),
    case("a percentage with a space", "80 %", F(4, 5)),
    case("a decimal percentage", "12.5 %", F(1, 8)),
    case("a decimal, exactly", "0.1", F(1, 10)),
    case("a negative decimal", "-0.25", F(-1, 4)),
    case("a sign", "+3", F(3)),
    case("a third in decimals is no third", "0.333", F(333, 1000)),
]

NONE = [
    case("a word", "beaucoup"),
    case("nothing", ""),
    case("a decimal comma", "0,8"),
    case("a division by nothing", "1/0"),
    case("an exponent", "1e3"),
    case("half a fraction", "4/"),
    case("infinity", "inf"),
    case("no number", "nan"),
    case("two signs", "--4"),
]


@pytest.mark.parametrize(("written", "expected"), NUMBERS)
def test_exact(written: int | str, expected: F) -> None:
    assert exact(written) == expected
    assert is_number(written)


@pytest.mark.parametrize("written", NONE)
def test_no_number(written: str) -> None:
    assert not is_number(written)
    with pytest.raises(ValueError, match=f"^{re.escape(written)}$"):
        exact(written)


def test_a_truth_value_is_no_number() -> None:
    assert not is_number(True)


@given(st.fractions(-10_000, 10_000, max_denominator=10_000))
def test_a_fraction_is_read_back(value: F) -> None:
    assert exact(str(value)) == value
