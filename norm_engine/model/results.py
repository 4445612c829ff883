"""What commands print as JSON, one record a document; their schemas are published.

Shares and scores are exact fractions as text (``"7/12"``); a rounded ``percent`` stands beside
them. Truths are ``true``, ``false``, ``unknown`` and ``not_applicable``.
"""

import datetime
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.ruleset import Basis, Change, Grade, Gravity, Status, Truth
from norm_engine.model.scalars import ExactText, RequirementId

GradeFound = Literal[Grade, "none"]
"""A grade that a requirement may come to; ``none`` where it may have no grade of its own."""


@record
class RuleSetIdentity:
    """The rule set that a result was computed under, to the letter (`fingerprint`).

    `rules_fingerprint` stays the same when only wording changes; `changes` are what overlays
    changed.
    """

    id: str
    edition: str
    version: str
    title: str
    fingerprint: str
    rules_fingerprint: str
    overlays: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@record
class Interval:
    """The least and the most that a share can become."""

    low: ExactText
    high: ExactText
    percent: tuple[int, ...]


@record
class GroupScore:
    """The score of the whole, of a domain, of a workshop, or of a basis.

    `score` is the proven one and null when nothing applies; `coverage` is the share of the weight
    that is fully determined.
    """

    id: str
    title: str
    score: Interval | None
    declared: Interval | None
    coverage: ExactText | None
    counts: dict[Status, int]


@record
class ConditionStanding:
    """One condition of the decision and what it stands at."""

    id: str
    text: str
    truth: Truth
    bound: ExactText
    low: ExactText | None
    high: ExactText | None
    below: tuple[str, ...] = ()


@record
class DecisionResult:
    """The outcome of the decision, and each condition with its standing."""

    outcome: Literal["ready", "not_ready", "undetermined"]
    conditions: tuple[ConditionStanding, ...]


@record
class Difference:
    """A finding whose grade is not the one derived."""

    requirement: str
    finding: str
    derived: tuple[GradeFound, ...]
    found: Grade


@record
class FindingsDecision:
    """The decision with an auditor's findings in place of derived grades."""

    outcome: Literal["ready", "not_ready", "undetermined"]
    conditions: tuple[ConditionStanding, ...]
    differences: tuple[Difference, ...]


@record
class CriterionResult:
    """A criterion's truth, as declared and as proven."""

    id: str
    declared: Truth
    proven: Truth


@record
class DeclaredResult:
    """What a requirement comes to on declarations alone."""

    status: Status
    possible: tuple[Status, ...]
    credit: Interval | None


@record
class AtomResult:
    """One thing that a repair makes hold: a comparison of an answer, a ratio, or evidence.

    `wanted` tells whether it is to become true or false; `text` says it in words.
    """

    form: Literal["answer", "ratio", "evidence"]
    subjects: tuple[str, ...]
    comparator: str
    value: str
    wanted: bool
    text: str


@record
class RequirementResult:
    """What a requirement comes to."""

    id: RequirementId
    title: str
    domain: str
    workshop: str
    level: Literal["requirement", "recommendation"]
    gravity: Gravity
    basis: Basis
    weight: int
    status: Status
    possible: tuple[Status, ...]
    credit: Interval | None
    declared: DeclaredResult
    grade: Grade | None
    grades: tuple[GradeFound, ...]
    criteria: tuple[CriterionResult, ...]
    repairs: tuple[tuple[AtomResult, ...], ...]
    more_repairs: bool


@record
class ThingToDo:
    """One of the first things to do."""

    action: str
    title: str
    why: str
    how: str
    role: str
    phase: str
    effort: tuple[ExactText, ...]
    lead_time: str
    closes: tuple[str, ...]
    helps: tuple[str, ...]


@record
class Open:
    """What is still to be answered and shown."""

    questions_asked: int
    questions: tuple[str, ...]
    evidence_wanted: int
    evidence: tuple[str, ...]


@record
class EvaluationResult:
    """``norm-engine evaluate --format json``."""

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    disclaimer: str
    decision: DecisionResult
    decision_with_findings: FindingsDecision | None
    overall: GroupScore
    recommendations: GroupScore
    domains: tuple[GroupScore, ...]
    workshops: tuple[GroupScore, ...]
    bases: tuple[GroupScore, ...]
    requirements: tuple[RequirementResult, ...]
    first: tuple[ThingToDo, ...]
    open: Open


@record
class CauseResult:
    """A root cause: what is missing, and every gap it holds back.

    `workshops` are those that these gaps belong to, in the order of the rule set; `weight` is
    theirs together; `closes_alone` are the gaps that this one thing closes.
    """

    atom: AtomResult
    holds_back: tuple[str, ...]
    closes_alone: tuple[str, ...]
    weight: int
    workshops: tuple[str, ...]
    actions: tuple[str, ...]


@record
class CombinationResult:
    """Things that together close these gaps, worst first, with the weight of these."""

    atoms: tuple[AtomResult, ...]
    closes: tuple[str, ...]
    weight: int


@record
class BestCombinations:
    """What so many things close at most.

    `closed` is the number of gaps that each of these combinations closes, `ties` how many
    combinations do; where `more_ties` is true there are at least so many. `shown` are the first,
    those that close the greatest weight.
    """

    size: int
    closed: int
    ties: int
    more_ties: bool
    shown: tuple[CombinationResult, ...]


@record
class CombinationsResult:
    """What one, two and three things close most gaps, recommendations not counted.

    A size is left out where fewer things close as many. `exact` is false when the search was given
    up: there may be better combinations.
    """

    exact: bool
    best: tuple[BestCombinations, ...]


@record
class GapResult:
    """A gap with its repairs, smallest first."""

    id: str
    title: str
    status: Status
    grade: Grade | None
    weight: int
    repairs: tuple[tuple[AtomResult, ...], ...]
    more_repairs: bool


@record
class GapsResult:
    """``norm-engine gaps --format json``."""

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    disclaimer: str
    causes: tuple[CauseResult, ...]
    combinations: CombinationsResult
    gaps: tuple[GapResult, ...]


@record
class EvidenceSeen:
    """A piece of evidence and whether it counts; `reason` says why it does not."""

    id: str
    title: str
    dated: datetime.date | None
    valid_until: datetime.date | None
    counts: bool
    reason: str


@record
class Unfolded:
    """A condition with what it rests on, down to answers, evidence, dates and settings."""

    form: str
    text: str
    truth: Truth
    found: str | None = None
    settings: tuple[str, ...] = ()
    evidence: tuple[EvidenceSeen, ...] = ()
    parts: tuple["Unfolded", ...] = ()


@record
class UnfoldedCriterion:
    """A criterion with its condition and its proof unfolded."""

    id: str
    text: str
    essential: bool
    weight: int
    declared: Truth
    proven: Truth
    when: Unfolded | None
    proof: Unfolded | None


@record
class Gate:
    """A prerequisite and its status."""

    id: str
    title: str
    status: Status


ChainKind = Literal["requirement", "criterion", "of", "atom"]
"""What a link of a chain is: a requirement, a criterion, so many of several things, one thing."""


@record
class ChainLink:
    """What does not hold, and what of it is missing: down to root causes.

    `status` is a requirement's, `truth` that of all else, as proven. `needed` says how many of
    `parts` are enough (all of them, unless `kind` is ``of``). `gate`: a prerequisite, in whole.
    `above`: this stands in the chain already, with its parts. A root cause is an ``atom`` with
    the truth that it is to have in `atom`.
    """

    kind: ChainKind
    id: str | None
    text: str
    status: Status | None = None
    truth: Truth | None = None
    needed: int = 0
    gate: bool = False
    above: bool = False
    found: str | None = None
    atom: AtomResult | None = None
    parts: tuple["ChainLink", ...] = ()


@record
class ExplanationResult:
    """``norm-engine explain REQ --format json``.

    `path` is there with ``--path``, where something does not hold yet.
    """

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    disclaimer: str
    requirement: RequirementResult
    statement: str
    guidance: str | None
    applies: Unfolded | None
    in_force: bool
    criteria: tuple[UnfoldedCriterion, ...]
    gates: tuple[Gate, ...]
    holds_back: tuple[str, ...]
    path: ChainLink | None = None
