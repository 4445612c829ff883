"""What ``compare`` prints as JSON: two evaluations side by side, what differs, and why.

*Before* is the first of the two named, *after* the second. They are two states of one structure, or
two structures (`same_structure` is false): then nothing rose or fell, it is higher or lower at the
second.
"""

import datetime
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.results import (
    ConditionStanding,
    GroupScore,
    Interval,
    RuleSetIdentity,
)
from norm_engine.model.ruleset import Basis, Gravity, Status

Movement = Literal["same", "higher", "lower", "narrower", "wider", "appears", "vanishes"]
"""How an interval moved.

``higher`` and ``lower`` speak of its low end, what is sure; with the low end unmoved, ``narrower``
and ``wider`` speak of its high end: less, or more, is still possible. ``appears`` and ``vanishes``:
something came to apply, or nothing does any more.
"""

ChangeKind = Literal[
    "same",
    "higher",
    "lower",
    "determined",
    "undetermined",
    "applicable",
    "not_applicable",
    "narrower",
    "wider",
    "other",
]
"""How the state of a requirement moved.

``applicable`` and ``not_applicable``: it came to be, or ceased to be, one that may apply.
``determined`` and ``undetermined``: its one status came to be known, or is known no more; with
`direction`. ``higher`` and ``lower``: surely met before less credit before a worse status.
``narrower`` and ``wider``: fewer, or more, statuses or credits are still possible. ``other``: what
is possible differs, and is neither less nor more.
"""

Direction = Literal["higher", "lower", "level"]
"""Whether what is sure of a requirement is better, worse, or as good: surely met, then the least
credit, then the worst status still possible."""

Outcome = Literal["ready", "not_ready", "undetermined"]

PieceChangeKind = Literal[
    "new",
    "removed",
    "expired",
    "stale",
    "counts",
    "rejected",
    "missing",
    "altered",
    "nowhere",
    "later",
    "undated",
]
"""What became of a piece of evidence: recorded or no longer so; ``counts``: it counts now and did
not; else the reason why it counts no more."""


@record
class FrozenDifference:
    """A figure that a milestone's frozen result says, and what it comes to today.

    `what`: ``decision``, ``overall``, or the id of a requirement.
    """

    what: str
    frozen: str
    now: str


@record
class MilestoneCompared:
    """The milestone that a side is.

    Attributes:
        name: the name of its folder.
        same_rules: whether the rules are those it was frozen under; if not, it is evaluated under
            today's.
        frozen_version: version of the catalogue that it was frozen under.
        differences: what its frozen result says otherwise; empty when nothing differs.
    """

    name: str
    label: str
    frozen_on: datetime.date
    same_rules: bool
    frozen_version: str
    differences: tuple[FrozenDifference, ...] = ()


@record
class ComparedSide:
    """One of the two things compared; `name` is how texts and pictures call it.

    `files_not_found` are the pieces whose file is not there or not the one recorded: a milestone
    keeps no files of its own, those of its audit are looked at.
    """

    name: str
    structure: str
    as_of: datetime.date
    ruleset: RuleSetIdentity
    milestone: MilestoneCompared | None = None
    files_not_found: tuple[str, ...] = ()


@record
class ComparedCondition:
    """One condition of the decision, before and after."""

    id: str
    text: str
    changed: bool
    before: ConditionStanding
    after: ConditionStanding


@record
class ComparedDecision:
    """The decision before and after; with an auditor's findings where a side has some."""

    changed: bool
    before: Outcome
    after: Outcome
    conditions: tuple[ComparedCondition, ...]
    with_findings_before: Outcome | None = None
    with_findings_after: Outcome | None = None


@record
class ComparedGroup:
    """The score of the whole, a domain or a workshop, before and after.

    Attributes:
        movement: of the proven score; `declared_movement` of the declared one.
        higher, lower: the requirements in it whose direction is so.
        other: those that changed otherwise, in what is proven.
    """

    id: str
    title: str
    before: GroupScore
    after: GroupScore
    movement: Movement
    declared_movement: Movement
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    other: tuple[str, ...]


@record
class PieceChange:
    """What became of a piece of evidence.

    Attributes:
        day: for one that expired or grew too old, the first day on which it counts no more.
        requirements: the requirements whose change it is a cause of.
        text: what became of it, in words.
    """

    id: str
    title: str
    kinds: tuple[str, ...]
    change: PieceChangeKind
    text: str
    day: datetime.date | None = None
    requirements: tuple[str, ...] = ()


@record
class ChangeCause:
    """One thing that differs and that moved at least one requirement.

    Attributes:
        kind: ``answer`` (subject: the question), ``evidence`` (the kind), ``day`` (the question
            whose date grew old, or came to be reached), ``in_force`` (the requirement that came
            into force or went out of it), ``setting`` (the setting).
        text: what is spoken of, in words.
        before, after: what was found, in words.
        difference: of several choices, those that came and those that went, in words.
        requirements: the requirements whose change it is a cause of.
    """

    kind: Literal["answer", "evidence", "day", "in_force", "setting"]
    subject: str
    text: str
    before: str
    after: str
    difference: str | None = None
    pieces: tuple[PieceChange, ...] = ()
    requirements: tuple[str, ...] = ()


@record
class CauseNamed:
    """A cause of one requirement's change, by the place it has in the result's `causes`.

    `through` is the prerequisite (or the requirement that a condition names) under which it
    stands; null when it stands in the requirement itself.
    """

    cause: int
    through: str | None = None


@record
class ComparedState:
    """What a requirement comes to on one side."""

    status: Status
    possible: tuple[Status, ...]
    credit: Interval | None
    grades: tuple[str, ...]
    declared_status: Status
    declared_credit: Interval | None


@record
class ComparedRequirement:
    """A requirement before and after.

    `kind` and `direction` are of what is proven; `declared_kind` and `declared_direction` of what
    is declared. `causes` are those of the proven change; where only what is declared changed, of
    that.
    """

    id: str
    title: str
    domain: str
    workshop: str
    level: Literal["requirement", "recommendation"]
    gravity: Gravity
    basis: Basis
    weight: int
    kind: ChangeKind
    direction: Direction
    declared_kind: ChangeKind
    declared_direction: Direction
    before: ComparedState
    after: ComparedState
    causes: tuple[CauseNamed, ...]


@record
class AnswerChange:
    """An answer that differs; `change` says whether it is new, another one, or gone."""

    question: str
    text: str
    change: Literal["new", "changed", "gone"]
    before: str
    after: str


@record
class RuleDifference:
    """Something in the rules that overlays set otherwise on the two sides."""

    path: str
    text: str
    before: str
    after: str


@record
class FindingChange:
    """An auditor's finding that is new, or no longer there."""

    id: str
    requirement: str
    grade: str
    text: str
    change: Literal["new", "gone"]


@record
class ComparisonResult:
    """``norm-engine compare --format json``.

    Attributes:
        same_structure: two states of one structure; otherwise two structures.
        identical: whether nothing at all differs in what was evaluated.
        requirements: every requirement, changed or not, in the order of the rule set.
        causes: what moved requirements, what moved most of them first.
        expired: the pieces that counted before and have since expired or grown too old.
        pieces: every piece that came, went, or counts otherwise; none for two structures, whose
            pieces have nothing to do with each other.
        answers: every answer that differs, whether it moved anything or not.
        new_gaps: requirements that are surely gaps after, and were surely none before.
        known_gaps: those that are surely gaps after, and might have been none before.
        closed_gaps: those that were surely gaps before, and are surely none after.
        counts: how many requirements, recommendations included, by `ComparedRequirement.kind`.
    """

    format: Literal[1]
    semantics: int
    disclaimer: str
    same_structure: bool
    identical: bool
    before: ComparedSide
    after: ComparedSide
    decision: ComparedDecision
    overall: ComparedGroup
    recommendations: ComparedGroup
    workshops: tuple[ComparedGroup, ...]
    domains: tuple[ComparedGroup, ...]
    requirements: tuple[ComparedRequirement, ...]
    causes: tuple[ChangeCause, ...]
    expired: tuple[PieceChange, ...]
    pieces: tuple[PieceChange, ...]
    answers: tuple[AnswerChange, ...]
    rules: tuple[RuleDifference, ...]
    findings: tuple[FindingChange, ...]
    new_gaps: tuple[str, ...]
    known_gaps: tuple[str, ...]
    closed_gaps: tuple[str, ...]
    counts: dict[ChangeKind, int]
