"""``{setting: name}`` may stand wherever a value stands; numbers are exact however written."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import (
    KINDS,
    Doc,
    criterion_truth,
    kept,
    requirement,
    rules,
    run,
    yes,
)

SETTING = {"setting": "seuil"}
RATIO = {"ratio": ["formes", "postes"]}
THREE = [yes("a"), yes("b"), yes("c")]

PLACES = [
    case("is, a count", {"answer": "postes", "is": SETTING}, ("count", 4), {"postes": 4}, "true"),
    case("is, a level", {"answer": "niveau", "is": SETTING}, ("scale", 2), {"niveau": 3}, "false"),
    case(
        "is, a text",
        {"answer": "commune", "is": SETTING},
        ("text", "Pau"),
        {"commune": "Pau"},
        "true",
    ),
    case(
        "is, a choice",
        {"answer": "terrain", "is": SETTING},
        ("text", "rue"),
        {"terrain": "gare"},
        "false",
    ),
    case(
        "at_least", {"answer": "postes", "at_least": SETTING}, ("count", 4), {"postes": 3}, "false"
    ),
    case(
        "at_least, a level",
        {"answer": "niveau", "at_least": SETTING},
        ("scale", 2),
        {"niveau": 2},
        "true",
    ),
    case(
        "at_most",
        {"answer": "heures", "at_most": SETTING},
        ("number", "7/2"),
        {"heures": "3.5"},
        "true",
    ),
    case(
        "among, beside a value",
        {"answer": "postes", "among": [1, SETTING]},
        ("count", 4),
        {"postes": 4},
        "true",
    ),
    case(
        "among, the setting alone",
        {"answer": "postes", "among": SETTING},
        ("count", 4),
        {"postes": 5},
        "false",
    ),
    case(
        "includes",
        {"answer": "terrains", "includes": SETTING},
        ("text", "rue"),
        {"terrains": ["rue"]},
        "true",
    ),
    case(
        "newer_than: 1 Sep 2026 - 6 M = 1 Mar",
        {"answer": "signature", "newer_than": SETTING},
        ("duration", "P6M"),
        {"signature": "2026-03-01"},
        "true",
    ),
    case(
        "newer_than: one too early",
        {"answer": "signature", "newer_than": SETTING},
        ("duration", "P6M"),
        {"signature": "2026-02-28"},
        "false",
    ),
    case(
        "ratio at_least: 4 of 5 is 4/5",
        {**RATIO, "at_least": SETTING},
        ("share", "4/5"),
        {"formes": 4, "postes": 5},
        "true",
    ),
    case(
        "ratio at_most: 1 of 4 is over 4/5",
        {**RATIO, "at_most": SETTING},
        ("share", "1/5"),
        {"formes": 1, "postes": 4},
        "false",
    ),
    case(
        "of: 2 of 3",
        {"at_least": SETTING, "of": THREE},
        ("count", 2),
        {"a": True, "b": True, "c": False},
        "true",
    ),
    case(
        "of: 3 of 3",
        {"at_least": SETTING, "of": THREE},
        ("count", 3),
        {"a": True, "b": True, "c": False},
        "false",
    ),
]

EVIDENCE = [
    case(
        "count: 2 of 2",
        "charte",
        ("count", 2),
        [kept("P1", "charte"), kept("P2", "charte")],
        "true",
    ),
    case("count: 1 of 2", "charte", ("count", 2), [kept("P1", "charte")], "false"),
]

FRESH = [
    case("fresh for 6 M before 1 Sep: 1 Mar counts", "2026-03-01", "true"),
    case("28 Feb is stale", "2026-02-28", "false"),
]


@pytest.mark.parametrize(("condition", "setting", "answers", "expected"), PLACES)
def test_a_setting_where_a_value_stands(
    condition: Doc, setting: tuple[str, Any], answers: Doc, expected: str
) -> None:
    assert truth_of(condition, answers, settings={"seuil": setting}) == expected


@pytest.mark.parametrize(("kind", "setting", "pieces", "expected"), EVIDENCE)
def test_a_setting_says_how_many_pieces(
    kind: str, setting: tuple[str, Any], pieces: list[Doc], expected: str
) -> None:
    condition = {"evidence": kind, "count": SETTING}
    found = truth_of(condition, proof=True, evidence=pieces, settings={"seuil": setting})
    assert found == expected


@pytest.mark.parametrize(("dated", "expected"), FRESH)
def test_a_setting_says_how_long_evidence_stays_fresh(dated: str, expected: str) -> None:
    ruleset = rules(
        requirement("T-1", {"id": "only", "text": "…", "proof": {"evidence": "enquete"}}),
        evidence={**KINDS, "enquete": {"fresh_for": SETTING}},
        settings={"seuil": ("duration", "P6M")},
    )
    evaluation = run(ruleset, evidence=[kept("P1", "enquete", dated=dated)])
    assert criterion_truth(evaluation, "T-1.only") == expected


@pytest.mark.parametrize("written", ["4/5", "8/10", "80 %", "80%", "80.0 %", "0.8", "0.80", "+4/5"])
@pytest.mark.parametrize("as_setting", [False, True], ids=["literal", "setting"])
def test_a_number_is_the_same_however_written(written: str, as_setting: bool) -> None:
    """12 of 15 is exactly 4/5, 11 of 15 is under it."""
    condition = {**RATIO, "at_least": SETTING if as_setting else written}
    settings = {"seuil": ("share", written)}
    assert truth_of(condition, {"formes": 12, "postes": 15}, settings=settings) == "true"
    assert truth_of(condition, {"formes": 11, "postes": 15}, settings=settings) == "false"
    exactly = {"answer": "heures", "is": condition["at_least"]}
    assert truth_of(exactly, {"heures": "4/5"}, settings=settings) == "true"
    assert truth_of(exactly, {"heures": "80 %"}, settings=settings) == "true"
