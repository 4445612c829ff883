"""``{ratio: [q1, q2], at_least: 4/5}``: q1 is 4/5 of q2 or more, exactly; nothing is divided."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import SANS_OBJET, Doc

TRUTHS = [
    case("4 of 5 is 4/5", ("formes", "postes"), {"at_least": "4/5"}, (4, 5), "true"),
    case("3 of 4 is under 16/5", ("formes", "postes"), {"at_least": "4/5"}, (3, 4), "false"),
    case("8 of 9 is over 36/5", ("formes", "postes"), {"at_least": "4/5"}, (8, 9), "true"),
    case("1 of 3 is 1/3", ("formes", "postes"), {"at_least": "1/3"}, (1, 3), "true"),
    case("1 of 3 is over 33 %", ("formes", "postes"), {"at_least": "33 %"}, (1, 3), "true"),
    case("1 of 3 is under 34 %", ("formes", "postes"), {"at_least": "34 %"}, (1, 3), "false"),
    case("0.3 of 3 is 0.1, exactly", ("heures", "postes"), {"at_least": "0.1"}, ("0.3", 3), "true"),
    case("0 of 0 satisfies at least", ("formes", "postes"), {"at_least": "4/5"}, (0, 0), "true"),
    case("0 of 0 satisfies at most", ("formes", "postes"), {"at_most": "1/5"}, (0, 0), "true"),
    case("1 of 5 is at most 1/5", ("formes", "postes"), {"at_most": "1/5"}, (1, 5), "true"),
    case("1 of 4 is over 4/5", ("formes", "postes"), {"at_most": "1/5"}, (1, 4), "false"),
    case("4 of 2 is twice", ("formes", "postes"), {"at_least": 2}, (4, 2), "true"),
    case("3 of 2 is not twice", ("formes", "postes"), {"at_least": 2}, (3, 2), "false"),
    case("all of itself", ("postes", "postes"), {"at_least": 1}, (7, 7), "true"),
    case("part unknown", ("formes", "postes"), {"at_least": "4/5"}, ("unknown", 5), "unknown"),
    case("whole unknown", ("formes", "postes"), {"at_least": "4/5"}, (4, "unknown"), "unknown"),
    case("part of none unknown", ("formes", "postes"), {"at_least": 1}, ("unknown", 0), "unknown"),
    case(
        "part « sans objet »",
        ("formes", "postes"),
        {"at_least": 1},
        (SANS_OBJET, 5),
        "not_applicable",
    ),
    case(
        "whole « sans objet »",
        ("formes", "postes"),
        {"at_most": 1},
        (4, SANS_OBJET),
        "not_applicable",
    ),
    case(
        "one « sans objet », one unknown",
        ("formes", "postes"),
        {"at_least": 1},
        (SANS_OBJET, "unknown"),
        "not_applicable",
    ),
]


@pytest.mark.parametrize(("questions", "bound", "answers", "expected"), TRUTHS)
def test_ratio(
    questions: tuple[str, str], bound: Doc, answers: tuple[Any, Any], expected: str
) -> None:
    given = dict(zip(questions, answers, strict=True))
    assert truth_of({"ratio": list(questions), **bound}, given) == expected
