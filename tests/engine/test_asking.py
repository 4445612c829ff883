"""Which questions are asked: those used by a requirement that may be applicable."""

import pytest

from norm_engine.engine.asking import asked
from tests.support.condition_tables import case
from tests.support.small_rules import (
    QUESTIONS,
    SANS_OBJET,
    Doc,
    criterion,
    met,
    no,
    recommendation,
    requirement,
    rules,
    run,
    shown,
    yes,
)

RATIO = {"ratio": ["formes", "postes"], "at_least": 1}
WHEN_B = requirement("T-1", "a", applies_when=yes("b"))
PROOF = criterion("a", when=yes("a"), proof={"any": [shown("charte"), shown("bilan")]})

QUESTIONS_ASKED = [
    case("what a criterion uses", [requirement("T-1", "a")], {}, ["a"]),
    case(
        "in the order of the rule set",
        [requirement("T-1", "c", "a"), requirement("T-2", "b")],
        {},
        ["a", "b", "c"],
    ),
    case(
        "once, however many use it", [requirement("T-1", "a"), requirement("T-2", "a")], {}, ["a"]
    ),
    case(
        "both of a ratio",
        [requirement("T-1", criterion("c", when=RATIO))],
        {},
        ["postes", "formes"],
    ),
    case(
        "the bound of another",
        [requirement("T-1", criterion("c", when={"answer": "formes", "at_least": 1}))],
        {},
        ["postes", "formes"],
    ),
    case(
        "under compounds",
        [
            requirement(
                "T-1", criterion("c", when={"any": [no("a"), {"all": [yes("b"), yes("c")]}]})
            )
        ],
        {},
        ["a", "b", "c"],
    ),
    case("whether it applies, and what it needs", [WHEN_B], {}, ["a", "b"]),
    case("it applies", [WHEN_B], {"b": True}, ["a", "b"]),
    case("it does not apply", [WHEN_B], {"b": False}, []),
    case("not in force any more", [requirement("T-1", "a", in_force={"to": "2025-12-31"})], {}, []),
    case(
        "one does not apply, another uses it",
        [WHEN_B, requirement("T-2", "a")],
        {"b": False},
        ["a"],
    ),
    case("recommendations are asked about", [recommendation("T-1", "a")], {}, ["a"]),
    case("what is answered already is still asked", [requirement("T-1", "a")], {"a": False}, ["a"]),
    case(
        "the other requirement asks for itself",
        [
            requirement("T-1", criterion("c", when=met("T-2"))),
            requirement("T-2", "a", in_force={"to": "2025-12-31"}),
        ],
        {},
        [],
    ),
]


@pytest.mark.parametrize(("requirements", "answers", "expected"), QUESTIONS_ASKED)
def test_questions(requirements: list[Doc], answers: Doc, expected: list[str]) -> None:
    assert list(asked(run(rules(*requirements), answers)).questions) == expected


EVIDENCE_ASKED = [
    case("what a proof names", requirement("T-1", PROOF), {}, ["charte", "bilan"]),
    case(
        "even if what it shows is denied",
        requirement("T-1", PROOF),
        {"a": False},
        ["charte", "bilan"],
    ),
    case(
        "not for a criterion that drops out", requirement("T-1", PROOF, "b"), {"a": SANS_OBJET}, []
    ),
    case(
        "not for what does not apply",
        requirement("T-1", PROOF, applies_when=yes("b")),
        {"b": False},
        [],
    ),
]


@pytest.mark.parametrize(("only", "answers", "expected"), EVIDENCE_ASKED)
def test_evidence(only: Doc, answers: Doc, expected: list[str]) -> None:
    assert list(asked(run(rules(only), answers)).evidence) == expected


def test_the_profile_comes_first_and_is_always_asked() -> None:
    questions = {name: {**each, "profile": name in ("c", "e")} for name, each in QUESTIONS.items()}
    ruleset = rules(requirement("T-1", "a", "b", "c"), questions=questions)
    assert asked(run(ruleset)).questions == ("c", "e", "a", "b")


def test_what_is_open() -> None:
    """Open: no answer, or « je ne sais pas »; of evidence, nothing recorded and nothing said."""
    proofs = [criterion(kind, proof=shown(kind)) for kind in ("charte", "bilan", "releve")]
    ruleset = rules(requirement("T-1", "a", "b", "c", "d", *proofs))
    answers = {"a": True, "b": "unknown", "c": SANS_OBJET}
    recorded = {"id": "P1", "proves": ["charte"], "title": "…"}
    found = asked(run(ruleset, answers, evidence=[recorded], no_evidence=["bilan"]))
    assert found.open_questions == ("b", "d")
    assert found.open_evidence == ("releve",)
