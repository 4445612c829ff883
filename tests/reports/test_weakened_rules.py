"""A report may carry weaker rules under a known name: it holds together, and is told apart."""

from pathlib import Path

import pytest

from norm_engine.model.report_results import VerificationResult
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.reading import read_subject
from norm_engine.reports.subject import Wish
from tests.support.secretive_audit import AS_OF, audit_folder
from tests.support.small_report import small_report


def outcome(result: VerificationResult) -> str:
    """What verifying says of the rules against those known here; '' for nothing."""
    return next((each.outcome for each in result.checks if each.id == "shipped"), "")


def report(place: Path) -> bytes:
    subject = read_subject(place / "audit", (place / "regles",), (), AS_OF)
    return small_report(subject, Wish("compliance"))


def weakened(place: Path) -> None:
    """Every requirement costs less when it is not met; name and version stay."""
    changed = 0
    for file in (place / "regles").glob("*.yaml"):
        before = file.read_text("utf-8")
        after = before.replace("gravity: major", "gravity: sensitive")
        after = after.replace("gravity: minor", "gravity: sensitive")
        changed += before != after
        file.write_text(after, "utf-8")
    assert changed


def test_rules_are_compared_with_those_known_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("known", "other"):
        audit_folder(tmp_path / name)
    monkeypatch.setenv("NORM_ENGINE_RULES", str(tmp_path / "known" / "regles"))
    assert outcome(verify(report(tmp_path / "other"), small_report)) == "holds"
    weakened(tmp_path / "other")
    result = verify(report(tmp_path / "other"), small_report)
    assert (outcome(result), result.verdict) == ("differs", "differs")
    assert [each.id for each in result.checks if each.outcome == "differs"] == ["shipped"]


def test_nothing_is_said_of_rules_that_are_not_known_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit_folder(tmp_path)
    monkeypatch.delenv("NORM_ENGINE_RULES", raising=False)
    result = verify(report(tmp_path), small_report)
    assert (outcome(result), result.verdict) == ("", "holds")
