"""The engine agrees with a naive evaluator written from the specification alone.

The naive evaluator (``tests/oracle``) shares no line with the engine. Random rule sets and audits
go the whole way that files go: read as YAML, validated, compiled, evaluated.
"""

import json
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.findings import decide_with_findings
from norm_engine.engine.formula import repair_formula, unsettled
from norm_engine.engine.gaps import is_gap
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.engine.repairs import MAX_SETS, minimal_sets, repairs
from norm_engine.engine.scores import Score
from norm_engine.engine.truth import NAMES
from norm_engine.loading.audits import audit_from
from norm_engine.loading.documents import Document
from norm_engine.loading.rulesets import parse_ruleset
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain
from norm_engine.model.scalars import months_and_days
from tests import oracle
from tests.oracle.strategies import Case, as_files, cases

QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def written(data: Any) -> bytes:
    """A document as bytes: JSON, which is YAML; dates as text, as YAML files have them."""
    return json.dumps(data, default=str, ensure_ascii=False).encode()


def by_engine(case: Case, *, validated: bool = False) -> tuple[Evaluation, Audit]:
    """What the engine makes of a case, read from files; `validated`: the audit by its schema too.

    Making the schema of a rule set's audits takes longer than all the rest.
    """
    files = as_files(case.ruleset)
    ruleset = parse_ruleset([Document(name, written(data)) for name, data in files.items()])
    document = Document("audit.yaml", written(case.audit))
    if validated:
        audit = audit_from(document, document.data, ruleset)
    else:
        audit = from_plain(Audit, document.data)
    program = compile_ruleset(ruleset)
    return evaluate(program, facts_of(program, audit, case.files, case.as_of)), audit


@given(cases())
@settings(max_examples=100, **QUIET)
def test_what_is_generated_is_valid_to_the_letter(case: Case) -> None:
    evaluation, _audit = by_engine(case, validated=True)
    assert evaluation.decision.outcome == oracle.evaluate(*case)["decision"]["outcome"]


@given(cases())
@settings(max_examples=2500, **QUIET)
def test_everything_an_evaluation_says_agrees(case: Case) -> None:
    evaluation, audit = by_engine(case)
    expected = oracle.evaluate(*case)
    same_requirements(evaluation, expected)
    same_scores(evaluation, expected)
    same_decision(evaluation.decision, expected["decision"])
    second = decide_with_findings(evaluation, audit)
    if expected["decision_with_findings"] is None:
        assert second is None
    else:
        assert second is not None
        same_decision(second.decision, expected["decision_with_findings"])


def same_requirements(evaluation: Evaluation, expected: dict[str, Any]) -> None:
    program = evaluation.program
    for wanted in expected["requirements"]:
        index = program.requirement_index[wanted["id"]]
        state, declared = evaluation.proven.states[index], evaluation.declared.states[index]
        assert state.status == wanted["status"]
        assert set(state.possible) == wanted["possible"]
        assert set(state.grades) == wanted["grades"] - ({None} if not state.grades else set())
        assert ends(evaluation.credit(state)) == wanted["credit"]
        assert declared.status == wanted["declared"]["status"]
        assert set(declared.possible) == wanted["declared"]["possible"]
        assert ends(evaluation.credit(declared)) == wanted["declared"]["credit"]
        compiled = program.compiled(wanted["id"])
        for position, (name, truths) in enumerate(wanted["criteria"].items()):
            assert program.requirements[index].criteria[position].id == name
            found = (
                NAMES[evaluation.declared.truths[compiled.declared[position]]],
                NAMES[evaluation.proven.truths[compiled.proven[position]]],
            )
            assert found == truths


@given(cases(max_requirements=4))
@settings(max_examples=600, **QUIET)
def test_repair_sets_are_those_that_brute_force_finds(case: Case) -> None:
    evaluation, _audit = by_engine(case)
    program = evaluation.program
    for index, requirement in enumerate(program.requirements):
        if not is_gap(evaluation.proven.states[index]):
            continue
        try:
            expected = oracle.repairs(*case, requirement.id)
        except ValueError:
            continue  # too many atoms for brute force
        found = {
            frozenset((as_oracle_atom(program, node), truth) for node, truth in each)
            for each in minimal_sets(
                unsettled(repair_formula(evaluation, index), evaluation.proven.truths),
                evaluation.proven.truths,
            )
            if each is not None
        }
        assert found == expected
        told = repairs(evaluation, index)
        assert [len(each) for each in told.sets] == sorted(len(each) for each in expected)[:5]
        assert told.more == (len(expected) > 5)
        assert len(expected) <= MAX_SETS


def ends(interval: tuple[Fraction, Fraction] | None) -> dict[str, Fraction] | None:
    return None if interval is None else {"low": interval[0], "high": interval[1]}


def same_scores(evaluation: Evaluation, expected: dict[str, Any]) -> None:
    scores, declared = evaluation.proven.scores, evaluation.declared.scores
    same_score(scores.overall, declared.overall, expected["overall"])
    same_score(scores.recommendations, declared.recommendations, expected["recommendations"])
    for group in expected["domains"]:
        same_score(scores.domains[group["id"]], declared.domains[group["id"]], group)
    for group in expected["workshops"]:
        same_score(scores.workshops[group["id"]], declared.workshops[group["id"]], group)
    for basis, group in expected["by_basis"].items():
        same_score(scores.bases[basis], declared.bases[basis], group)


def same_score(proven: Score, declared: Score, expected: dict[str, Any]) -> None:
    for found, wanted in ((proven, expected["score"]), (declared, expected["declared"])):
        if wanted is None:
            assert found.low is None
        else:
            assert {"low": found.low, "high": found.high} == wanted
    assert proven.coverage == expected["coverage"]


def same_decision(found: Any, expected: dict[str, Any]) -> None:
    assert found.outcome == expected["outcome"]
    for standing, wanted in zip(found.standings, expected["conditions"], strict=True):
        assert standing.condition.id == wanted["id"]
        assert NAMES[standing.truth] == wanted["truth"]
        assert (standing.low, standing.high) == (wanted["low"], wanted["high"])


def as_oracle_atom(program: Any, node: int) -> tuple[Any, ...]:
    atom = program.atoms[program.nodes[node].number]
    if atom.form == "evidence":
        return ("evidence", atom.subjects[0], atom.value)
    if atom.form == "ratio":
        return ("ratio", *atom.subjects, atom.comparator, Fraction(atom.value))
    value = atom.value
    if atom.comparator == "newer_than":
        value = months_and_days(value)
    elif isinstance(value, frozenset):
        value = tuple(sorted(value))
    elif isinstance(value, int) and not isinstance(value, bool):
        value = Fraction(value)
    return ("answer", atom.subjects[0], atom.comparator, value)
