"""The second decision, where an auditor has recorded findings.

T-1 is met, T-2 is unmet and major, T-3 is open; no major non-conformity is allowed.
"""

from fractions import Fraction as F

import pytest

from norm_engine.engine.findings import DecisionWithFindings, decide_with_findings
from tests.support.condition_tables import case
from tests.support.small_rules import (
    SPELLED,
    Doc,
    audit,
    criterion,
    kept,
    recommendation,
    requirement,
    rules,
    run,
    shown,
    spelled,
)

RULES = rules(
    requirement("T-1", *spelled("T"), gravity="major"),
    requirement("T-2", *spelled("F"), gravity="major"),
    requirement("T-3", *spelled("U"), gravity="major"),
    decision=[{"id": "majeures", "text": "…", "grade": "major", "at_most": 0}],
)


def finding(number: int, requirement_id: str, grade: str) -> Doc:
    return {"id": f"C{number}", "requirement": requirement_id, "grade": grade, "text": "…"}


def decided(*findings: Doc) -> DecisionWithFindings | None:
    """The decision with these findings."""
    return decide_with_findings(run(RULES, SPELLED), audit(SPELLED, findings=list(findings)))


T1_MAJOR, T1_GOOD = finding(1, "T-1", "major"), finding(1, "T-1", "satisfactory")
T2_MAJOR, T2_MINOR = finding(2, "T-2", "major"), finding(2, "T-2", "minor")
T2_MAJOR_TOO, T2_MINOR_TOO = finding(4, "T-2", "major"), finding(4, "T-2", "minor")
T3_MAJOR, T3_GOOD = finding(3, "T-3", "major"), finding(3, "T-3", "satisfactory")

CASES = [
    case("the auditor agrees: 1 or 2", [T2_MAJOR], (1, 2), "not_ready", []),
    case("one unmet found minor: 0 or 1", [T2_MINOR], (0, 1), "undetermined", ["C2"]),
    case("the open one found good as well: 0", [T2_MINOR, T3_GOOD], (0, 0), "ready", ["C2", "C3"]),
    case("the open one found major: 2", [T3_MAJOR], (2, 2), "not_ready", ["C3"]),
    case("a met one found major: 2 or 3", [T1_MAJOR], (2, 3), "not_ready", ["C1"]),
    case("a met one found good: no difference", [T1_GOOD], (1, 2), "not_ready", []),
    case("two on one: the most severe", [T2_MINOR, T2_MAJOR_TOO], (1, 2), "not_ready", []),
    case("two on one, in the other order", [T2_MAJOR_TOO, T2_MINOR], (1, 2), "not_ready", []),
    case("two alike on one: the first", [T2_MINOR, T2_MINOR_TOO], (0, 1), "undetermined", ["C2"]),
]


@pytest.mark.parametrize(("findings", "counts", "expected", "differing"), CASES)
def test_findings_take_the_place_of_derived_grades(
    findings: list[Doc], counts: tuple[int, int], expected: str, differing: list[str]
) -> None:
    found = decided(*findings)
    assert found is not None
    (standing,) = found.decision.standings
    assert (standing.low, standing.high) == (F(counts[0]), F(counts[1]))
    assert found.decision.outcome == expected
    assert [each.finding.id for each in found.differences] == differing


def test_a_difference_says_what_was_derived() -> None:
    found = decided(T3_MAJOR)
    assert found is not None
    (difference,) = found.differences
    assert difference.requirement == "T-3"
    assert difference.derived == ("major", "satisfactory")


def test_without_findings_there_is_no_second_decision() -> None:
    assert decided() is None


def test_the_first_decision_stays_as_derived() -> None:
    evaluation = run(RULES, SPELLED, findings=[T2_MINOR, T3_GOOD])
    assert evaluation.decision.outcome == "not_ready"


def test_a_rejected_piece_changes_the_derived_grade_too() -> None:
    """The only piece is rejected, so that the requirement is unmet as proven."""
    ruleset = rules(requirement("T-1", criterion("c", proof=shown("charte")), gravity="major"))
    rejecting = {**finding(1, "T-1", "minor"), "rejected": ["P1"]}
    evaluation = run(ruleset, evidence=[kept("P1", "charte")], findings=[rejecting])
    assert evaluation.state("T-1").grades == ("major",)


def test_a_finding_on_a_recommendation_is_shown_and_does_not_decide() -> None:
    """Recommendations stand apart: no major non-conformity comes of one, whatever its finding."""
    ruleset = rules(
        recommendation("T-1", *spelled("F")),
        decision=[{"id": "majeures", "text": "…", "grade": "major", "at_most": 0}],
    )
    major = audit(SPELLED, findings=[T1_MAJOR])
    found = decide_with_findings(run(ruleset, SPELLED), major)
    assert found is not None
    assert found.decision.outcome == "ready"
    assert [each.derived for each in found.differences] == [("improvement",)]
