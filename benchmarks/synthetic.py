"""Rule sets of any size, made up as `performance.md` describes them, and facts for them.

One to four criteria a requirement, over Boolean, enumerated and integer facts; up to three
prerequisites among the requirements of lower tiers, as in norms; weights of three levels. The same
seed gives the same rule set on every machine.
"""

import datetime
import random
from typing import Any, NamedTuple

from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import RuleSet

AS_OF = datetime.date(2026, 11, 23)
TIERS = 5
CHOICES = ("never", "sometimes", "often", "always")
DOMAINS = tuple(f"d{number}" for number in range(8))
WORKSHOPS = tuple(f"w{number}" for number in range(4))
KINDS = ("yes_no", "choice", "count")

Doc = dict[str, Any]


class Synthetic(NamedTuple):
    """A rule set with one structure's answers, as plain data and as records."""

    plain: Doc
    ruleset: RuleSet
    audit: Audit


def synthetic(size: int, seed: int = 2026) -> Synthetic:
    """A rule set of `size` requirements, and answers to nearly all of its questions."""
    chance = random.Random(seed * 1_000_003 + size)
    facts = {f"f{number}": KINDS[number % 3] for number in range(max(30, size * 6 // 5))}
    tiers = [chance.randrange(TIERS) for _ in range(size)]
    lower: list[list[str]] = [[] for _ in range(TIERS + 1)]
    for number, tier in enumerate(tiers):
        for above in range(tier + 1, TIERS + 1):
            lower[above].append(_name(number))
    plain = {
        "head": _head(),
        "questions": {name: _question(name, kind) for name, kind in facts.items()},
        "requirements": [
            _requirement(chance, number, lower[tier], facts) for number, tier in enumerate(tiers)
        ],
    }
    audit = {
        "format": 1,
        "ruleset": {"id": "synthetic", "edition": "1"},
        "structure": {"name": "Example"},
        "answers": {name: _answer(chance, kind) for name, kind in facts.items()},
    }
    return Synthetic(plain, from_plain(RuleSet, plain), from_plain(Audit, audit))


def _name(number: int) -> str:
    return f"{'ABCD'[number // 5000]}-{number % 5000:04}"


def _head() -> Doc:
    return {
        "format": 1,
        "id": "synthetic",
        "edition": "1",
        "version": "1.0.0",
        "title": "Synthetic",
        "language": "fr",
        "domains": [{"id": name, "title": name} for name in DOMAINS],
        "workshops": [{"id": name, "title": name} for name in WORKSHOPS],
        "decision": [
            {"id": "no-major", "text": "…", "grade": "major", "at_most": 0},
            {"id": "floor", "text": "…", "each": "domain", "score_at_least": "70 %"},
        ],
    }


def _question(name: str, kind: str) -> Doc:
    asked: Doc = {"text": name, "type": kind, "not_applicable": True}
    if kind == "choice":
        asked["choices"] = [{"value": value, "text": value} for value in CHOICES]
    return asked


def _requirement(chance: random.Random, number: int, lower: list[str], facts: Doc) -> Doc:
    gates = chance.choice((0, 1, 1, 2, 3))
    return {
        "id": _name(number),
        "title": "…",
        "statement": "…",
        "level": "recommendation" if chance.random() < 0.05 else "requirement",
        "gravity": chance.choice(("major", "minor", "minor", "sensitive")),
        "weight": chance.choice((1, 2, 3)),
        "domain": chance.choice(DOMAINS),
        "workshop": chance.choice(WORKSHOPS),
        "basis": "attested",
        "requires": sorted(chance.sample(lower, min(gates, len(lower)))),
        "criteria": [
            {
                "id": f"c{position}",
                "text": "…",
                "when": _condition(chance, facts),
                "weight": chance.choice((1, 2, 3)),
                "essential": chance.random() < 0.75,
            }
            for position in range(chance.randint(1, 4))
        ],
    }


def _condition(chance: random.Random, facts: Doc) -> Doc:
    form = chance.choice(("test", "test", "all", "any", "of"))
    if form == "test":
        return _test(chance, facts)
    tests = [_test(chance, facts) for _ in range(3 if form == "of" else 2)]
    return {"of": tests, "at_least": 2} if form == "of" else {form: tests}


def _test(chance: random.Random, facts: Doc) -> Doc:
    name = f"f{chance.randrange(len(facts))}"
    if facts[name] == "yes_no":
        return {"answer": name, "is": True}
    if facts[name] == "choice":
        return {"answer": name, "among": list(CHOICES[chance.randint(0, 2) :])}
    return {"answer": name, "at_least": chance.randint(1, 6)}


def _answer(chance: random.Random, kind: str) -> Any:
    drawn = chance.random()
    if drawn < 0.04:
        return "unknown"
    if drawn < 0.06:
        return {"not_applicable": "…"}
    if kind == "yes_no":
        return chance.random() < 0.9
    if kind == "choice":
        return chance.choice(CHOICES[1:])
    return chance.randint(2, 10)
