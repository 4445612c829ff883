"""« Sans objet »: what rests on it drops out of whatever it stands in, and of nothing else."""

from typing import Any

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import (
    SANS_OBJET,
    Doc,
    criterion,
    criterion_truth,
    kept,
    letters,
    no,
    outcome,
    requirement,
    rules,
    run,
    shown,
    yes,
)

INNER_ALL: Doc = {"all": [yes("a"), yes("b")]}
INNER_OF: Doc = {"at_least": 2, "of": [yes("a"), yes("b"), yes("c")]}

COMPARISONS = [
    case("is", "a", {"is": True}),
    case("at_least", "postes", {"at_least": 1}),
    case("at_most", "postes", {"at_most": 1}),
    case("among", "terrain", {"among": ["rue"]}),
    case("includes", "terrains", {"includes": "rue"}),
    case("newer_than", "signature", {"newer_than": "P1Y"}),
]

COMPOUNDS = [
    case("all drops one", INNER_ALL, "XT", "true"),
    case("all drops one, the other is open", INNER_ALL, "XU", "unknown"),
    case("all with nothing left", INNER_ALL, "XX", "not_applicable"),
    case("of asks for what is left", INNER_OF, "XXT", "true"),
    case("of with nothing left", INNER_OF, "XXX", "not_applicable"),
    case("not of it stays so", {"not": INNER_ALL}, "XX", "not_applicable"),
    case("any around an all with nothing left", {"any": [INNER_ALL, yes("c")]}, "XXF", "false"),
    case("all around a not of it", {"all": [no("a"), yes("b")]}, "XT", "true"),
    case(
        "of around them: 2 left of 3",
        {"at_least": 3, "of": [INNER_ALL, yes("c"), yes("d")]},
        "XXTT",
        "true",
    ),
]

APPLIES = [
    case("an applies_when that holds", yes("b"), "TT", "met"),
    case("an applies_when that fails", yes("b"), "TF", "not_applicable"),
    case("an applies_when that is « sans objet »", yes("b"), "TX", "not_applicable"),
    case("the contrary of « sans objet » neither", no("b"), "TX", "not_applicable"),
    case("an applies_when with something left", {"all": [yes("b"), yes("c")]}, "TXT", "met"),
    case("an applies_when that is unknown", yes("b"), "TU", "undetermined"),
]

PROVEN = [
    case("nothing to say, nothing to prove: no piece", "X", ["charte"], [], "not_applicable"),
    case("nothing to say, nothing to prove: nothing said", "X", [], [], "not_applicable"),
    case(
        "nothing to say, though a piece is there", "X", [], [kept("P1", "charte")], "not_applicable"
    ),
    case("said and shown", "T", [], [kept("P1", "charte")], "true"),
    case("said, not shown", "T", ["charte"], [], "false"),
    case("said, perhaps shown", "T", [], [], "unknown"),
    case("not known, and not shown", "U", ["charte"], [], "false"),
    case("not so, though a piece is there", "F", [], [kept("P1", "charte")], "false"),
]


@pytest.mark.parametrize(("question", "comparison"), COMPARISONS)
def test_a_comparison_with_sans_objet(question: str, comparison: Doc) -> None:
    condition = {"answer": question, **comparison}
    assert truth_of(condition, {question: SANS_OBJET}) == "not_applicable"


@pytest.mark.parametrize(("condition", "answers", "expected"), COMPOUNDS)
def test_it_drops_out_of_compounds(condition: Doc, answers: str, expected: str) -> None:
    assert truth_of(condition, letters(answers)) == expected


@pytest.mark.parametrize(("applies_when", "answers", "status"), APPLIES)
def test_what_does_not_apply(applies_when: Doc, answers: str, status: str) -> None:
    ruleset = rules(requirement("T-1", "a", applies_when=applies_when))
    assert outcome(run(ruleset, letters(answers)), "T-1").status == status


@pytest.mark.parametrize(("answer", "none_of", "pieces", "expected"), PROVEN)
def test_a_criterion_and_its_proof(
    answer: str, none_of: list[str], pieces: list[Doc], expected: str
) -> None:
    """A criterion whose `when` is not applicable is not applicable whatever its proof."""
    ruleset = rules(requirement("T-1", criterion("a", when=yes("a"), proof=shown("charte"))))
    said: dict[str, Any] = {"no_evidence": none_of, "evidence": pieces}
    assert criterion_truth(run(ruleset, letters(answer), **said), "T-1.a") == expected
