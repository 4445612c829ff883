"""``{met: DEO-01}``: that requirement is met, or not applicable, so that nothing is to satisfy."""

import pytest

from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import (
    Doc,
    criterion,
    letters,
    met,
    recommendation,
    requirement,
    shown,
)

PLAIN = [requirement("T-2", "a", "b")]
LENIENT = [requirement("T-2", "a", criterion("b", essential=False))]
ADVICE = [recommendation("T-2", "a")]
FUTURE = [requirement("T-2", "a", in_force={"from": "2027-01-01"})]
DEPENDING = [requirement("T-2", "a", applies_when={"answer": "b", "is": True})]
GATED = [requirement("T-2", "a", requires=["T-3"]), requirement("T-3", "b")]
CHAINED = [
    requirement("T-2", {"id": "c", "text": "…", "when": met("T-3")}),
    requirement("T-3", "a"),
]

TRUTHS = [
    case("both criteria hold: met", PLAIN, "TT", "true"),
    case("one of two fails: partial", PLAIN, "TF", "false"),
    case("both fail: unmet", PLAIN, "FF", "false"),
    case("one open: met or partial", PLAIN, "TU", "unknown"),
    case("one open, one fails: partial or unmet, never met", PLAIN, "UF", "false"),
    case("only the inessential one fails: met", LENIENT, "TF", "true"),
    case("a recommendation can be met as well", ADVICE, "T", "true"),
    case("a recommendation that is not", ADVICE, "F", "false"),
    case("not in force yet: nothing to satisfy", FUTURE, "F", "true"),
    case("does not apply: nothing to satisfy", DEPENDING, "FF", "true"),
    case("applies", DEPENDING, "FT", "false"),
    case("may not apply: unmet or not applicable", DEPENDING, "FU", "unknown"),
    case("may not apply, but would be met", DEPENDING, "TU", "true"),
    case("« sans objet »: nothing to satisfy", ADVICE, "X", "true"),
    case("satisfied behind an unmet gate: blocked, so not met", GATED, "TF", "false"),
    case("satisfied behind an open gate: met or blocked", GATED, "TU", "unknown"),
    case("satisfied behind a met gate", GATED, "TT", "true"),
    case("unmet behind an open gate", GATED, "FU", "false"),
    case("met through another one", CHAINED, "T", "true"),
    case("unmet through another one", CHAINED, "F", "false"),
]


@pytest.mark.parametrize(("also", "answers", "expected"), TRUTHS)
def test_met(also: list[Doc], answers: str, expected: str) -> None:
    assert truth_of(met("T-2"), letters(answers), also=also) == expected


def test_met_as_declared_and_as_proven() -> None:
    """What is said without being shown is met as declared, and not as proven."""
    also = [
        requirement("T-2", criterion("a", when={"answer": "a", "is": True}, proof=shown("charte")))
    ]
    said: Doc = {"also": also, "no_evidence": ["charte"]}
    assert truth_of(met("T-2"), letters("T"), declared=True, **said) == "true"
    assert truth_of(met("T-2"), letters("T"), **said) == "false"
