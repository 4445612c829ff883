"""``{answer: q, includes: v}``: of several choices, this one is ticked."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("the only one ticked", ["rue"], "true"),
    case("one of two ticked", ["gare", "rue"], "true"),
    case("another one ticked", ["gare"], "false"),
    case("none ticked: an answer, not an unknown", [], "false"),
    case("not known", "unknown", "unknown"),
    case("« sans objet » drops out", SANS_OBJET, "not_applicable"),
]


@pytest.mark.parametrize(("answer", "expected"), TRUTHS)
def test_includes(answer: Any, expected: str) -> None:
    assert truth_of({"answer": "terrains", "includes": "rue"}, {"terrains": answer}) == expected
