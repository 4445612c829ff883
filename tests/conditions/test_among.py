"""``{answer: q, among: [v, …]}``: the answer is one of these values."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("the first of two", "terrain", ["rue", "gare"], "rue", "true"),
    case("the last of two", "terrain", ["rue", "gare"], "gare", "true"),
    case("not the only one", "terrain", ["rue"], "gare", "false"),
    case("2 is among 1, 2", "postes", [1, 2], 2, "true"),
    case("3 is not among 1, 2", "postes", [1, 2], 3, "false"),
    case("0.5 is among 1/2, 1", "heures", ["1/2", 1], "0.5", "true"),
    case("50 % is among 1/2, 1", "heures", ["1/2", 1], "50 %", "true"),
    case("level 3 is among 2, 3", "niveau", [2, 3], 3, "true"),
    case("a day among two", "signature", ["2026-01-01", "2026-07-01"], "2026-07-01", "true"),
    case("a day between two", "signature", ["2026-01-01", "2026-07-01"], "2026-05-01", "false"),
    case("a text among two", "commune", ["Niort", "Pau"], "Pau", "true"),
    case("part of a text is another text", "commune", ["Niort", "Pau"], "Pa", "false"),
    case("not known", "terrain", ["rue", "gare"], "unknown", "unknown"),
    case("« sans objet » drops out", "terrain", ["rue"], SANS_OBJET, "not_applicable"),
]


@pytest.mark.parametrize(("question", "values", "answer", "expected"), TRUTHS)
def test_among(question: str, values: list[Any], answer: Any, expected: str) -> None:
    assert truth_of({"answer": question, "among": values}, {question: answer}) == expected
