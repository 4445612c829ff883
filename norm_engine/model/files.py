"""The YAML documents of a rule set, one record a kind of file, and overlays."""

import datetime
from dataclasses import field
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.ruleset import (
    Action,
    Effort,
    EvidenceKind,
    Given,
    GivenEvidence,
    Planning,
    Question,
    Requirement,
    Role,
    Status,
    Truth,
)
from norm_engine.model.scalars import Duration, RequirementId, Slug, Text


@record
class QuestionsFile:
    """``questions.yaml``."""

    questions: dict[Slug, Question]


@record
class EvidenceFile:
    """``evidence.yaml``."""

    evidence: dict[Slug, EvidenceKind]


@record
class ActionsFile:
    """``actions.yaml``."""

    actions: dict[Slug, Action]
    planning: Planning = field(default_factory=Planning)


@record
class RequirementsFile:
    """The requirements of one domain."""

    domain: Slug
    requirements: tuple[Requirement, ...]


@record
class Expectation:
    """What a test of a rule set must give; criteria are named ``STR-25.formes``."""

    declared: dict[str, bool | Truth] = field(default_factory=dict)
    proven: dict[str, bool | Truth] = field(default_factory=dict)
    status: dict[RequirementId, Status] = field(default_factory=dict)
    scores: dict[str, tuple[int | str, ...]] = field(default_factory=dict)
    decision: Literal["ready", "not_ready", "undetermined"] | None = None


@record
class RuleTest:
    """A test of a rule set; `requirements` cuts a slice out, what lies outside of it is met."""

    title: Text
    description: Text
    as_of: datetime.date
    expect: Expectation
    requirements: tuple[RequirementId, ...] = ()
    given: Given = field(default_factory=dict)
    evidence: GivenEvidence = field(default_factory=dict)
    settings: dict[Slug, int | str] = field(default_factory=dict)


@record
class TestsFile:
    """One file of ``tests/``."""

    tests: tuple[RuleTest, ...]


@record
class RuleSetName:
    """Which rule set a document is about."""

    id: Slug
    edition: str


@record
class OverlayHead:
    """Identity of an overlay."""

    id: Slug
    for_: RuleSetName
    title: Text | None = None


@record
class RequirementOverlay:
    """What an overlay may change in a requirement."""

    weight: int | None = None
    workshop: Slug | None = None
    clause: str | None = None
    title: Text | None = None
    statement: Text | None = None
    guidance: Text | None = None


@record
class ActionOverlay:
    """What an overlay may change in an action: what it takes, and whom; an effort as a whole."""

    effort: Effort | None = None
    lead_time: Duration | None = None
    role: Role | None = None


@record
class OverlayFile:
    """An overlay: local changes laid over a rule set, never part of it."""

    format: Literal[1]
    overlay: OverlayHead
    settings: dict[Slug, int | str] = field(default_factory=dict)
    requirements: dict[RequirementId, RequirementOverlay] = field(default_factory=dict)
    actions: dict[Slug, ActionOverlay] = field(default_factory=dict)
