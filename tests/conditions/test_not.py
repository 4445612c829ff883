"""``{not: c}``: the contrary; what is unknown or not applicable stays so."""

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import Doc, letters, no, requirement, yes

TRUTHS = [
    case("not true", no("a"), "T", "false"),
    case("not false", no("a"), "F", "true"),
    case("not unknown", no("a"), "U", "unknown"),
    case("not not applicable", no("a"), "X", "not_applicable"),
    case("not not", {"not": no("a")}, "F", "false"),
    case("not all: one fails", {"not": {"all": [yes("a"), yes("b")]}}, "TF", "true"),
    case("not all: nothing left", {"not": {"all": [yes("a"), yes("b")]}}, "XX", "not_applicable"),
    case("not any: none holds", {"not": {"any": [yes("a"), yes("b")]}}, "FF", "true"),
    case("not any: one open", {"not": {"any": [yes("a"), yes("b")]}}, "FU", "unknown"),
    case(
        "not 2 of 3", {"not": {"at_least": 2, "of": [yes("a"), yes("b"), yes("c")]}}, "TFF", "true"
    ),
    case("not met: it is met", {"not": {"met": "T-2"}}, "T", "false"),
    case("not met: it is not", {"not": {"met": "T-2"}}, "F", "true"),
    case("not met: nothing to satisfy counts as met", {"not": {"met": "T-2"}}, "X", "false"),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), TRUTHS)
def test_not(condition: Doc, answers: str, expected: str) -> None:
    assert truth_of(condition, letters(answers), also=[requirement("T-2", "a")]) == expected
