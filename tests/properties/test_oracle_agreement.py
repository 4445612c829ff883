"""The engine agrees with a naive evaluator written from the specification alone.

The naive evaluator (``tests/oracle``) shares no line with the engine. Random rule sets and audits
go the whole way that files go: read as YAML, validated, compiled, evaluated.
"""

import datetime
import hashlib
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.findings import decide_with_findings
from norm_engine.engine.formula import repair_formula, unsettled
from norm_engine.engine.gaps import is_gap
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.engine.repairs import MAX_SETS, minimal_sets, repairs
from norm_engine.engine.scores import Score
from norm_engine.engine.truth import NAMES
from norm_engine.loading.audits import audit_from, load_audit
from norm_engine.loading.documents import Document
from norm_engine.loading.rulesets import parse_ruleset, shipped_rules
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain
from norm_engine.model.scalars import months_and_days
from norm_engine.store.evidence_files import file_states
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
@settings(max_examples=700, **QUIET)
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
            as_oracle_repair(program, each)
            for each in minimal_sets(
                unsettled(repair_formula(evaluation, index), evaluation.proven.truths),
                evaluation.proven.truths,
            )
            if each is not None
        }
        assert found == expected
        told = repairs(evaluation, index)
        shown = [as_oracle_repair(program, each) for each in told.sets]
        assert len(set(shown)) == len(shown)
        assert set(shown) <= expected
        assert [len(each) for each in shown] == sorted(len(each) for each in expected)[:5]
        assert told.more == (len(expected) > 5)
        assert as_oracle_repair(program, told.atoms) == frozenset().union(*expected)
        single = [each for each in expected if len(each) == 1]
        assert as_oracle_repair(program, told.alone) == frozenset().union(*single)
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


def as_oracle_repair(
    program: Any, literals: frozenset[tuple[int, bool]]
) -> frozenset[tuple[tuple[Any, ...], bool]]:
    return frozenset((as_oracle_atom(program, node), truth) for node, truth in literals)


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


# ---- the example audits, against the whole catalogue

EXAMPLES = sorted(path.parent for path in Path("audits").glob("*/audit.yaml"))
AS_OF = datetime.date(2026, 11, 23)


def merged(folder: Path) -> dict[str, Any]:
    """A rule set as the naive evaluator wants it, read by an ordinary YAML library."""
    read = {file.name: yaml_of(file) for file in sorted(folder.glob("*.yaml"))}
    whole: dict[str, Any] = {**read["ruleset.yaml"], "requirements": []}
    for name in ("questions", "evidence", "actions"):
        whole[name] = read[f"{name}.yaml"][name]
    for data in read.values():
        for requirement in data.get("requirements", []) if "domain" in data else []:
            whole["requirements"].append({**requirement, "domain": data["domain"]})
    return whole


def yaml_of(file: Path) -> Any:
    return YAML(typ="safe", pure=True).load(file.read_text("utf-8"))


def seen_files(folder: Path, audit: dict[str, Any]) -> dict[str, str]:
    """What is found of the files, by hand: there, and with the fingerprint recorded."""
    states = {}
    for piece in audit.get("evidence", []):
        if "file" not in piece:
            continue
        file = folder / "preuves" / piece["file"]
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None
        same = found == piece.get("sha256", found)
        states[piece["id"]] = "missing" if found is None else "ok" if same else "altered"
    return states


@pytest.mark.parametrize("folder", EXAMPLES, ids=[folder.name for folder in EXAMPLES])
def test_they_agree_on_the_example_audits(folder: Path) -> None:
    loaded = load_audit(folder / "audit.yaml", [shipped_rules() / "afnor_mediation_sociale"])
    program = compile_ruleset(loaded.ruleset)
    facts = facts_of(program, loaded.audit, file_states(loaded.audit, folder), AS_OF)
    evaluation = evaluate(program, facts)
    raw = yaml_of(folder / "audit.yaml")
    expected = oracle.evaluate(
        merged(shipped_rules() / "afnor_mediation_sociale"), raw, AS_OF, seen_files(folder, raw)
    )
    same_requirements(evaluation, expected)
    same_scores(evaluation, expected)
    same_decision(evaluation.decision, expected["decision"])
    second = decide_with_findings(evaluation, loaded.audit)
    if second is not None:
        same_decision(second.decision, expected["decision_with_findings"])
