"""The second decision: an auditor's findings in place of derived grades."""

from typing import NamedTuple

from norm_engine.engine.decision import Decision, decide
from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.audit import Audit, Finding
from norm_engine.model.ruleset import GRADES, Grade


class GradeDifference(NamedTuple):
    """A requirement that an auditor grades otherwise than the evaluation does."""

    requirement: str
    finding: Finding
    derived: tuple[Grade | None, ...]


class DecisionWithFindings(NamedTuple):
    """The decision with findings, and each difference."""

    decision: Decision
    differences: tuple[GradeDifference, ...]


def decide_with_findings(evaluation: Evaluation, audit: Audit) -> DecisionWithFindings | None:
    """Take the decision with each finding's grade in place of the derived one (docs/semantique.md).

    Of several findings on one requirement the most severe holds. None without findings.
    """
    if not audit.findings:
        return None
    program = evaluation.program
    worst: dict[str, Finding] = {}
    for finding in sorted(audit.findings, key=lambda each: GRADES.index(each.grade)):
        worst.setdefault(finding.requirement, finding)
    grades = [state.grades for state in evaluation.proven.states]
    differences = []
    for requirement, finding in sorted(worst.items()):
        index = program.requirement_index[requirement]
        if grades[index] != (finding.grade,):
            differences.append(GradeDifference(requirement, finding, grades[index]))
        grades[index] = (finding.grade,)
    counted = [grades[index] for index in program.groups["overall"][""]]
    decision = decide(
        program.ruleset.head.decision, program.settings, counted, evaluation.proven.scores
    )
    return DecisionWithFindings(decision, tuple(differences))
