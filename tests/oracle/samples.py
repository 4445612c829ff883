"""Small rule sets and audits, built in few words."""

import datetime
from fractions import Fraction as F
from typing import Any

from tests.oracle.naive import evaluate
from tests.oracle.values import Doc

AS_OF = datetime.date(2026, 9, 1)
T, N, U, X = "true", "false", "unknown", "not_applicable"
SANS_OBJET = {"not_applicable": "une seule équipe"}
NOTHING = {"low": F(0), "high": F(0)}
ALL = {"low": F(1), "high": F(1)}

QUESTIONS: Doc = {
    **{name: {"type": "yes_no"} for name in "abcdefg"},
    "n": {"type": "count"},
    "m": {"type": "count"},
    "w": {"type": "number"},
    "day": {"type": "date"},
    "kind": {"type": "choice", "choices": ["x", "y", "z"]},
    "kinds": {"type": "choices", "choices": ["x", "y", "z"]},
    "level": {"type": "scale", "levels": [{"value": 0}, {"value": 1}, {"value": 2}]},
    "text": {"type": "text"},
}


def yes(name: str) -> Doc:
    """The condition that a question is answered yes."""
    return {"answer": name, "is": True}


def criterion(name: str, **more: Any) -> Doc:
    """A criterion on the question of the same name, unless told otherwise."""
    base: Doc = {} if "proof" in more or "when" in more else {"when": yes(name)}
    return {"id": name, **base, **more}


def requirement(name: str, *criteria: Doc, **more: Any) -> Doc:
    """A requirement of weight 1, in the first domain and workshop."""
    return {
        "id": name,
        "domain": "d1",
        "workshop": "a1",
        "level": "requirement",
        "gravity": "minor",
        "weight": 1,
        "basis": "law",
        "requires": [],
        "criteria": list(criteria),
        **more,
    }


def ruleset(*requirements: Doc, **more: Any) -> Doc:
    """A rule set of these requirements."""
    return {
        "settings": {
            "part": {"type": "share", "default": "4/5"},
            "frais": {"type": "duration", "default": "P6M"},
        },
        "blocked_credit": "1/2",
        "domains": [{"id": "d1"}, {"id": "d2"}],
        "workshops": [{"id": "a1"}, {"id": "a2"}],
        "decision": [],
        "questions": QUESTIONS,
        "evidence": {"k": {}, "j": {}, "fresh": {"fresh_for": {"setting": "frais"}}},
        "requirements": list(requirements),
        **more,
    }


def run(rules: Doc, files: dict[str, str] | None = None, **audit: Any) -> Doc:
    """Evaluate at the usual date."""
    return evaluate(rules, audit, AS_OF, files or {})


def one(result: Doc, name: str) -> Doc:
    """A requirement's result."""
    found: Doc = next(r for r in result["requirements"] if r["id"] == name)
    return found
