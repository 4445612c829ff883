"""No completion of the unknowns falls outside the naive intervals, on random small rule sets."""

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.oracle.completions import completions
from tests.oracle.naive import evaluate
from tests.oracle.repairs import atoms_behind, repairs
from tests.oracle.strategies import Case, as_files, cases
from tests.oracle.values import Doc

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SAMPLE = 12
NEVER_UNSURE = ("true", "false", "not_applicable")


def within(inner: Doc | None, outer: Doc | None) -> bool:
    """Whether an interval is in another one; no interval is in none but itself."""
    if inner is None or outer is None:
        return inner is outer
    return bool(outer["low"] <= inner["low"] <= inner["high"] <= outer["high"])


def refines(inner: str, outer: str) -> bool:
    """Whether a truth may be what an unknown turned out to be."""
    return inner == outer or (outer == "unknown" and inner != "not_applicable")


def check_requirement(inner: Doc, outer: Doc) -> None:
    """A requirement of a completion, against the one it completes."""
    assert inner["possible"] <= outer["possible"]
    assert inner["grades"] <= outer["grades"]
    assert inner["declared"]["possible"] <= outer["declared"]["possible"]
    assert inner["status"] != "undetermined"
    for found, bounds in ((inner, outer), (inner["declared"], outer["declared"])):
        if found["credit"] is not None:
            assert found["credit"]["low"] == found["credit"]["high"]
            assert within(found["credit"], bounds["credit"])
    for name, truths in inner["criteria"].items():
        for truth, bound in zip(truths, outer["criteria"][name], strict=True):
            assert truth in NEVER_UNSURE
            assert refines(truth, bound)


def check_summary(inner: Doc, outer: Doc) -> None:
    """A score of a completion, against its interval."""
    if inner["score"] is None:
        assert outer["may_be_absent"]
    else:
        assert inner["score"]["low"] == inner["score"]["high"]
        assert within(inner["score"], outer["score"])
        assert inner["coverage"] == 1
    if inner["declared"] is not None:
        assert within(inner["declared"], outer["declared"])


def check_decision(inner: Doc | None, outer: Doc | None) -> None:
    """A decision of a completion, against the one it completes."""
    if inner is None or outer is None:
        assert inner is outer
        return
    assert inner["outcome"] != "undetermined"
    assert outer["outcome"] in ("undetermined", inner["outcome"])
    for found, bounds in zip(inner["conditions"], outer["conditions"], strict=True):
        assert refines(found["truth"], bounds["truth"])
        if found["low"] is not None:
            assert within(found, bounds)


def check(inner: Doc, outer: Doc) -> None:
    """Everything that a completion gives, against the intervals."""
    for key in ("requirements", "domains", "workshops"):
        each = check_requirement if key == "requirements" else check_summary
        for found, bounds in zip(inner[key], outer[key], strict=True):
            each(found, bounds)
    for basis, found in inner["by_basis"].items():
        check_summary(found, outer["by_basis"][basis])
    for key in ("overall", "recommendations"):
        check_summary(inner[key], outer[key])
    for key in ("decision", "decision_with_findings"):
        check_decision(inner[key], outer[key])


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(cases(max_requirements=4))
def test_every_completion_is_within_the_intervals(case: Case) -> None:
    """Intervals, possible statuses, truths and decisions contain every completion."""
    whole = evaluate(*case)
    for complete in completions(*case, limit=SAMPLE):
        check(evaluate(case.ruleset, complete, case.as_of, case.files), whole)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(cases(monotone=True, max_requirements=4))
def test_a_monotone_rule_set_repairs_by_making_things_true(case: Case) -> None:
    """Where more is never worse, nothing is repaired by making it false."""
    for requirement in evaluate(*case)["requirements"]:
        name = requirement["id"]
        if len(atoms_behind(*case, name)) > 7:
            continue
        found = repairs(*case, name)
        assert all(new for changes in found for _, new in changes)
        assert found  # making everything true always does it
        done = requirement["possible"] <= {"met", "not_applicable"}
        assert (frozenset() in found) == done


def _numbers_in(document: Any) -> list[Any]:
    if isinstance(document, dict):
        return [n for value in document.values() for n in _numbers_in(value)]
    if isinstance(document, list):
        return [n for value in document for n in _numbers_in(value)]
    return [document] if isinstance(document, float | Fraction) else []


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_documents_are_plain_and_consistent(case: Case) -> None:
    """Generated documents name what exists, and hold no inexact number."""
    rules, audit, _, files = case
    assert not _numbers_in(rules)
    assert not _numbers_in(audit)
    ids = {r["id"] for r in rules["requirements"]}
    pieces = {p["id"]: p for p in audit["evidence"]}
    recorded = {kind for p in pieces.values() for kind in p["proves"]}
    assert not recorded & set(audit["no_evidence"])
    assert set(files) == {name for name, p in pieces.items() if "file" in p}
    assert all(set(f["rejected"]) <= set(f["examined"]) <= set(pieces) for f in audit["findings"])
    assert all(set(r["requires"] + r["after"]) <= ids for r in rules["requirements"])
    for name, answer in audit["answers"].items():
        if isinstance(answer, dict) and "not_applicable" in answer:
            assert rules["questions"][name]["not_applicable"]
    spread = as_files(rules)
    domains = {f"{r['domain']}.yaml" for r in rules["requirements"]}
    assert set(spread) - domains == {
        "ruleset.yaml",
        "questions.yaml",
        "evidence.yaml",
        "actions.yaml",
    }
