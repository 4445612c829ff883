"""``{answer: q, at_least: v}``: the answer is that value or more; the bound itself counts."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("5 is over 4", "postes", 4, 5, "true"),
    case("4 is 4: the bound counts", "postes", 4, 4, "true"),
    case("3 is under 4", "postes", 4, 3, "false"),
    case("0 is at least 0", "postes", 0, 0, "true"),
    case("3 is under 7/2", "postes", "7/2", 3, "false"),
    case("4 is over 7/2", "postes", "7/2", 4, "true"),
    case("1/3 is 1/3, exactly", "heures", "1/3", "1/3", "true"),
    case("0.333 is under 1/3", "heures", "1/3", "0.333", "false"),
    case("-1 is over -2", "heures", -2, -1, "true"),
    case("level 2 is at least level 2", "niveau", 2, 2, "true"),
    case("level 1 is under level 2", "niveau", 2, 1, "false"),
    case("a later day is at least the day", "signature", "2026-01-01", "2026-01-02", "true"),
    case("the day itself", "signature", "2026-01-01", "2026-01-01", "true"),
    case("the day before", "signature", "2026-01-01", "2025-12-31", "false"),
    case("not known", "postes", 4, "unknown", "unknown"),
    case("not known, though no count is under 0", "postes", 0, "unknown", "unknown"),
    case("« sans objet » drops out", "postes", 4, SANS_OBJET, "not_applicable"),
]


@pytest.mark.parametrize(("question", "bound", "answer", "expected"), TRUTHS)
def test_at_least(question: str, bound: Any, answer: Any, expected: str) -> None:
    assert truth_of({"answer": question, "at_least": bound}, {question: answer}) == expected
