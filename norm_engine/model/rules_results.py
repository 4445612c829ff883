"""What the commands for norm authors print as JSON; their schemas are published."""

from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.results import RuleSetIdentity
from norm_engine.model.ruleset import (
    Action,
    Basis,
    EvidenceKind,
    Gravity,
    Planning,
    Question,
    Requirement,
    Setting,
    Source,
)


@record
class RequirementSummary:
    """One line of ``norm-engine rules list``."""

    id: str
    title: str
    domain: str
    workshop: str
    level: str
    gravity: Gravity
    basis: Basis
    weight: int


@record
class RuleSetSummary:
    """A rule set that was found, with how much it holds."""

    ruleset: RuleSetIdentity
    folder: str
    requirements: int
    questions: int
    evidence: int
    actions: int


@record
class RulesListResult:
    """``norm-engine rules list --format json``."""

    format: Literal[1]
    rulesets: tuple[RuleSetSummary, ...]


@record
class RequirementsListResult:
    """``norm-engine rules list RULESET --format json``."""

    format: Literal[1]
    ruleset: RuleSetIdentity
    requirements: tuple[RequirementSummary, ...]


PartKind = Literal["requirement", "question", "evidence", "action", "planning", "setting", "source"]
"""What a part of a rule set is."""


@record
class PartResult:
    """``norm-engine rules show ID --format json``: the part stands under the key of its kind."""

    format: Literal[1]
    kind: PartKind
    id: str
    requirement: Requirement | None = None
    question: Question | None = None
    evidence: EvidenceKind | None = None
    action: Action | None = None
    planning: Planning | None = None
    setting: Setting | None = None
    source: Source | None = None


@record
class ProblemResult:
    """Something wrong with an input file."""

    file: str
    line: int | None
    column: int | None
    key: str
    severity: Literal["error", "warning"]
    message: str
    remedy: str


@record
class CheckResult:
    """``norm-engine rules check --format json``."""

    format: Literal[1]
    errors: int
    warnings: int
    problems: tuple[ProblemResult, ...]


@record
class TestFailure:
    """What an example or a test expected, and what came."""

    what: str
    expected: str
    found: str


@record
class TestOutcome:
    """One example or test of a rule set."""

    name: str
    passed: bool
    failures: tuple[TestFailure, ...] = ()


@record
class CriterionCoverage:
    """A criterion that no example makes true, or none makes false."""

    criterion: str
    made_true: bool
    made_false: bool


@record
class RulesTestResult:
    """``norm-engine rules test --format json``."""

    format: Literal[1]
    passed: int
    failed: int
    outcomes: tuple[TestOutcome, ...]
    criteria: int
    criteria_covered: int
    uncovered: tuple[CriterionCoverage, ...]


@record
class CreatedResult:
    """``norm-engine new`` and ``norm-engine freeze``: what was written."""

    format: Literal[1]
    written: tuple[str, ...]
