"""``{answer: q, is: v}``: the answer is that very value."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET

TRUTHS = [
    case("yes is yes", "a", True, True, "true"),
    case("no is not yes", "a", True, False, "false"),
    case("no is no", "a", False, False, "true"),
    case("4 is 4", "postes", 4, 4, "true"),
    case("3 is not 4", "postes", 4, 3, "false"),
    case("0 is 0, not unknown", "postes", 0, 0, "true"),
    case("1.50 h is 3/2 h", "heures", "3/2", "1.50", "true"),
    case("1/3 h is not 0.333 h", "heures", "0.333", "1/3", "false"),
    case("2 h is 4/2 h", "heures", "4/2", 2, "true"),
    case("a day is that day", "signature", "2026-05-12", "2026-05-12", "true"),
    case("a day is not the next one", "signature", "2026-05-12", "2026-05-13", "false"),
    case("a choice is that choice", "terrain", "rue", "rue", "true"),
    case("a choice is not another one", "terrain", "rue", "gare", "false"),
    case("several choices are the only one asked for", "terrains", "rue", ["rue"], "true"),
    case("one more choice than the one asked for", "terrains", "rue", ["rue", "gare"], "false"),
    case("no choice ticked", "terrains", "rue", [], "false"),
    case("level 2 is level 2", "niveau", 2, 2, "true"),
    case("level 0 is a level", "niveau", 0, 0, "true"),
    case("a text is the same text", "commune", "Niort", "Niort", "true"),
    case("a text in other letters is another", "commune", "Niort", "niort", "false"),
    case("answered « je ne sais pas »", "a", True, "unknown", "unknown"),
    case("answered « je ne sais pas » when no is asked for", "a", False, "unknown", "unknown"),
    case("« sans objet » drops out", "a", True, SANS_OBJET, "not_applicable"),
    case("« sans objet » is no « no »", "a", False, SANS_OBJET, "not_applicable"),
    case("who answered does not matter", "a", True, {"value": True, "by": "Moi"}, "true"),
    case("« unknown » with a comment", "a", True, {"value": "unknown", "by": "Moi"}, "unknown"),
    case("a comment without a value", "a", True, {"comment": "à voir"}, "unknown"),
]


@pytest.mark.parametrize(("question", "value", "answer", "expected"), TRUTHS)
def test_is(question: str, value: Any, answer: Any, expected: str) -> None:
    assert truth_of({"answer": question, "is": value}, {question: answer}) == expected


def test_an_unanswered_question_is_unknown() -> None:
    assert truth_of({"answer": "a", "is": False}, {}) == "unknown"
