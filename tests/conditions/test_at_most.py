"""``{answer: q, at_most: v}``: the answer is that value or less; the bound itself counts."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("3 is under 4", "postes", 4, 3, "true"),
    case("4 is 4: the bound counts", "postes", 4, 4, "true"),
    case("5 is over 4", "postes", 4, 5, "false"),
    case("0 is at most 0", "postes", 0, 0, "true"),
    case("3 is under 7/2", "postes", "7/2", 3, "true"),
    case("4 is over 7/2", "postes", "7/2", 4, "false"),
    case("1/3 is 1/3, exactly", "heures", "1/3", "1/3", "true"),
    case("0.334 is over 1/3", "heures", "1/3", "0.334", "false"),
    case("level 2 is at most level 2", "niveau", 2, 2, "true"),
    case("level 3 is over level 2", "niveau", 2, 3, "false"),
    case("the day itself", "signature", "2026-01-01", "2026-01-01", "true"),
    case("the day after", "signature", "2026-01-01", "2026-01-02", "false"),
    case("not known", "postes", 4, "unknown", "unknown"),
    case("« sans objet » drops out", "postes", 4, SANS_OBJET, "not_applicable"),
]


@pytest.mark.parametrize(("question", "bound", "answer", "expected"), TRUTHS)
def test_at_most(question: str, bound: Any, answer: Any, expected: str) -> None:
    assert truth_of({"answer": question, "at_most": bound}, {question: answer}) == expected
