"""What other answers or evidence would change, near and far."""

from fractions import Fraction
from typing import Any

from norm_engine.engine.what_if import WhatIf, changed_facts, what_if
from tests.support.small_rules import (
    Doc,
    criterion,
    met,
    outcome,
    requirement,
    rules,
    run,
    shown,
    yes,
)


def suppose(
    requirements: list[Doc],
    answers: dict[str, Any],
    asked: str,
    *,
    evidence: dict[str, int | None] | None = None,
    **changed: Any,
) -> WhatIf:
    before = run(rules(*requirements), answers)
    facts = changed_facts(before.program, before.facts, changed, evidence or {})
    return what_if(before, facts, asked)


def moved(found: WhatIf) -> list[tuple[str, bool, bool]]:
    """Each requirement that differs, whether it rests on the one asked about, and proven."""
    return [
        (found.before.program.requirements[each.place].id, each.downstream, each.proven)
        for each in found.moved
    ]


def test_what_rests_on_it_comes_before_the_rest_nearest_first() -> None:
    """T-9 waits for T-5 through a condition, T-1 for T-9 through a gate; T-2 shares « a »."""
    requirements = [
        requirement("T-1", "b", requires=["T-9"]),
        requirement("T-2", "a"),
        requirement("T-3", "b"),
        requirement("T-5", "a"),
        requirement("T-9", criterion("m", when=met("T-5"))),
    ]
    found = suppose(requirements, {"a": False, "b": True}, "T-5", a=True)
    assert moved(found) == [
        ("T-5", False, True),
        ("T-9", True, True),
        ("T-1", True, True),
        ("T-2", False, True),
    ]
    assert outcome(found.before, "T-1").status == "blocked"
    assert outcome(found.after, "T-1").status == "met"


def test_without_its_proof_only_what_is_declared_changes() -> None:
    requirements = [requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))]
    before = run(rules(*requirements), {"a": False}, no_evidence=["charte"])
    facts = changed_facts(before.program, before.facts, {"a": True}, {})
    assert moved(what_if(before, facts, "T-1")) == [("T-1", False, False)]
    facts = changed_facts(before.program, before.facts, {"a": True}, {"charte": 1})
    assert moved(what_if(before, facts, "T-1")) == [("T-1", False, True)]


def test_the_same_answer_changes_nothing() -> None:
    assert suppose([requirement("T-1", "a")], {"a": False}, "T-1", a=False).moved == ()


def test_answers_are_read_as_audits_write_them() -> None:
    """Three of four is three quarters; « 75 % » of a number is 3/4; unknown is not known."""
    ratio = {"ratio": ["formes", "postes"], "at_least": "3/4"}
    hours = {"answer": "heures", "at_least": "3/4"}
    requirements = [
        requirement("T-1", criterion("r", when=ratio), criterion("h", when=hours)),
    ]
    answers = {"postes": 4, "formes": 2, "heures": 0}
    found = suppose(requirements, answers, "T-1", formes=3, heures="75 %")
    assert outcome(found.after, "T-1").status == "met"
    found = suppose(requirements, answers, "T-1", formes=3)
    assert outcome(found.after, "T-1").credit == (Fraction(1, 2), Fraction(1, 2))
    found = suppose(requirements, answers, "T-1", formes="unknown", heures=1)
    assert outcome(found.after, "T-1").status == "undetermined"


def test_the_facts_before_stay_as_they_were() -> None:
    found = suppose([requirement("T-1", "a")], {"a": False}, "T-1", a=True)
    assert outcome(found.before, "T-1").status == "unmet"
    assert found.before.facts.answers != found.after.facts.answers
