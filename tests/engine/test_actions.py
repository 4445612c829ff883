"""Actions set facts and record evidence; they never close a requirement by decree."""

from fractions import Fraction as F
from typing import Any

import pytest

from norm_engine.engine.actions import effort, facts_after, makes_sense, supplied
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import SANS_OBJET as SANS_OBJET_FACT
from norm_engine.engine.formula import literals, repair_formula
from norm_engine.model.ruleset import Action
from tests.support.condition_tables import case
from tests.support.small_rules import (
    AS_OF,
    SANS_OBJET,
    Doc,
    action,
    criterion,
    met,
    named,
    no,
    outcome,
    requirement,
    rules,
    run,
    shown,
    yes,
)


def with_action(answers: Doc, *requirements: Doc, **more: Any) -> tuple[Evaluation, Action]:
    """An evaluation and the one action of its rule set; one setting is there."""
    ruleset = rules(
        *(requirements or [requirement("T-1", "a")]),
        actions={"agir": action(**more)},
        settings={"cible": ("count", 3)},
    )
    return run(ruleset, answers), ruleset.actions["agir"]


SETS = [
    case("a value", {"a": True}, {"a": False}, {"a": True}),
    case("a value where nothing was known", {"a": True}, {}, {"a": True}),
    case(
        "what was « sans objet » stays so", {"a": True}, {"a": SANS_OBJET}, {"a": SANS_OBJET_FACT}
    ),
    case("a number, exactly", {"heures": "3/2"}, {}, {"heures": F(3, 2)}),
    case("a date", {"signature": "2026-09-15"}, {}, {"signature": AS_OF.replace(day=15)}),
    case("several choices", {"terrains": ["rue", "gare"]}, {}, {"terrains": {"gare", "rue"}}),
    case(
        "what another answer says",
        {"formes": {"answer": "postes"}},
        {"postes": 4, "formes": 1},
        {"formes": 4, "postes": 4},
    ),
    case(
        "another answer that is unknown: left as it was",
        {"formes": {"answer": "postes"}},
        {"formes": 1},
        {"formes": 1, "postes": None},
    ),
    case(
        "another answer that is « sans objet »: left as it was",
        {"formes": {"answer": "postes"}},
        {"postes": SANS_OBJET, "formes": 1},
        {"formes": 1},
    ),
    case("a setting", {"postes": {"setting": "cible"}}, {"postes": 1}, {"postes": 3}),
    case("the day", {"signature": {"as_of": True}}, {}, {"signature": AS_OF}),
    case("nothing else", {"a": True}, {"b": False}, {"b": False, "c": None}),
]


@pytest.mark.parametrize(("sets", "answers", "expected"), SETS)
def test_facts_that_an_action_sets(sets: Doc, answers: Doc, expected: Doc) -> None:
    evaluation, done = with_action(answers, sets=sets)
    program = evaluation.program
    before = list(evaluation.facts.answers)
    after = facts_after(program, evaluation.facts, [done])
    assert {name: after.answers[program.question_index[name]] for name in expected} == expected
    assert evaluation.facts.answers == before


def test_evidence_that_an_action_records_is_enough_for_any_count() -> None:
    """Seven pieces are asked for; of another kind there is still nothing."""
    only = requirement("T-1", criterion("c", proof=shown("charte", 7)))
    evaluation, done = with_action({}, only, records=["charte"])
    program = evaluation.program
    after = evaluate(program, facts_after(program, evaluation.facts, [done]))
    assert outcome(after, "T-1").status == "met"
    assert after.facts.evidence[program.kind_index["bilan"]] is None
    assert evaluation.facts.evidence[program.kind_index["charte"]] is None


def test_an_action_that_sets_too_little_closes_nothing() -> None:
    """2 posts where 3 are asked for: the requirement stays unmet."""
    enough = {"answer": "postes", "at_least": 3}
    evaluation, done = with_action(
        {"postes": 1}, requirement("T-1", criterion("c", when=enough)), sets={"postes": 2}
    )
    after = evaluate(evaluation.program, facts_after(evaluation.program, evaluation.facts, [done]))
    assert outcome(after, "T-1").status == "unmet"


SENSE = [
    case("no condition", None, {}, True),
    case("it holds", yes("a"), {"a": True}, True),
    case("it fails", yes("a"), {"a": False}, False),
    case("it may hold", yes("a"), {}, True),
    case("it is « sans objet »", yes("a"), {"a": SANS_OBJET}, False),
    case(
        "a compound",
        {"all": [no("a"), {"any": [yes("b"), yes("c")]}]},
        {"a": False, "b": True},
        True,
    ),
    case("another requirement is met", met("T-1"), {"a": True}, True),
    case("another requirement is not", met("T-1"), {"a": False}, False),
    case(
        "so many of three",
        {"at_least": 2, "of": [yes("a"), yes("b"), yes("c")]},
        {"a": True, "b": False, "c": False},
        False,
    ),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), SENSE)
def test_whether_an_action_makes_sense(condition: Doc | None, answers: Doc, expected: bool) -> None:
    more = {} if condition is None else {"when": condition}
    evaluation, found = with_action(answers, **more)
    assert makes_sense(evaluation, found) is expected


EFFORTS = [
    case("as it stands", {}, {}, (F(1), F(3, 2), F(4))),
    case("per post: times 4", {"per": "postes"}, {"postes": 4}, (F(4), F(6), F(16))),
    case("per post, none: nothing", {"per": "postes"}, {"postes": 0}, (F(0), F(0), F(0))),
    case("per post, not known: for one", {"per": "postes"}, {}, (F(1), F(3, 2), F(4))),
    case(
        "per post, « sans objet »: for one",
        {"per": "postes"},
        {"postes": SANS_OBJET},
        (F(1), F(3, 2), F(4)),
    ),
]


@pytest.mark.parametrize(("per", "answers", "expected"), EFFORTS)
def test_effort(per: Doc, answers: Doc, expected: tuple[F, F, F]) -> None:
    days = {"low": 1, "likely": "1.5", "high": 4, **per}
    evaluation, found = with_action(answers, effort=days)
    assert effort(evaluation, found) == expected


MANY = requirement(
    "T-1",
    "a",
    criterion("c", when=no("b")),
    criterion("d", when={"answer": "postes", "at_least": 3}, proof=shown("charte")),
)
SUPPLIES = [
    case("the atom that its value makes true", {"sets": {"a": True}}, {"a"}),
    case("the atom that its value makes false", {"sets": {"b": False}}, {"not b"}),
    case("a value that is enough", {"sets": {"postes": 3}}, {"postes at_least 3"}),
    case("a value that is not enough", {"sets": {"postes": 2}}, set()),
    case("a value that does harm", {"sets": {"b": True}}, set()),
    case("a piece of evidence", {"records": ["charte"]}, {"charte"}),
    case(
        "several",
        {"sets": {"a": True, "b": False}, "records": ["charte"]},
        {"a", "not b", "charte"},
    ),
    case("what nobody misses", {"sets": {"z": True}, "records": ["bilan"]}, set()),
    case("not where it makes no sense", {"sets": {"a": True}, "when": no("b")}, set()),
]


@pytest.mark.parametrize(("more", "expected"), SUPPLIES)
def test_what_an_action_supplies(more: Doc, expected: set[str]) -> None:
    """Wanted: a, not b, 3 posts and a charter; b holds."""
    evaluation, _ = with_action({"a": False, "b": True, "postes": 0}, MANY, **more)
    wanted = literals(repair_formula(evaluation, 0))
    found = supplied(evaluation, wanted)
    assert {named(evaluation.program, each) for each in found.get("agir", ())} == expected
    assert bool(found) is bool(expected)
