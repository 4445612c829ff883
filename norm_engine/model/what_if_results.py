"""What ``explain --what-if`` prints as JSON: the same audit before and after some changes."""

import datetime
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.results import (
    ConditionStanding,
    CriterionResult,
    DeclaredResult,
    Interval,
    RuleSetIdentity,
)
from norm_engine.model.ruleset import Status

ScoreKind = Literal["overall", "recommendations", "domain", "workshop"]
"""What a score is a score of."""


@record
class ChangeMade:
    """An answer, or the number of pieces of evidence that count, supposed to be another.

    `given` is as it was typed; `before` and `after` are in words.
    """

    subject: Literal["answer", "evidence"]
    id: str
    given: str
    text: str
    before: str
    after: str


@record
class StateSide:
    """What a requirement comes to, before or after."""

    status: Status
    possible: tuple[Status, ...]
    credit: Interval | None
    grade: str | None
    grades: tuple[str, ...]
    declared: DeclaredResult


@record
class CriterionChange:
    """A criterion whose truth differs."""

    text: str
    before: CriterionResult
    after: CriterionResult


@record
class RequirementChange:
    """A requirement before and after.

    `changes` tells what of it differs: nothing, what is declared alone, or what is proven.
    `downstream`: it rests on the requirement that was asked about, through gates and ``met``.
    """

    id: str
    title: str
    level: Literal["requirement", "recommendation"]
    weight: int
    downstream: bool
    changes: Literal["nothing", "declared", "proven"]
    before: StateSide
    after: StateSide
    criteria: tuple[CriterionChange, ...]


@record
class ScoreChange:
    """A score whose ends differ, as proven (`before`, `after`) or as declared."""

    kind: ScoreKind
    id: str
    title: str
    before: Interval | None
    after: Interval | None
    declared_before: Interval | None
    declared_after: Interval | None


@record
class ConditionChange:
    """A condition of the decision that stands elsewhere."""

    before: ConditionStanding
    after: ConditionStanding


@record
class DecisionChange:
    """The decision before and after, and the conditions that moved."""

    before: Literal["ready", "not_ready", "undetermined"]
    after: Literal["ready", "not_ready", "undetermined"]
    conditions: tuple[ConditionChange, ...]


@record
class WhatIfResult:
    """``norm-engine explain REQ --what-if … --format json``.

    `others` are the other requirements of which something differs: those that rest on the one
    asked about first, nearest first.
    """

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    disclaimer: str
    changes: tuple[ChangeMade, ...]
    requirement: RequirementChange
    others: tuple[RequirementChange, ...]
    scores: tuple[ScoreChange, ...]
    decision: DecisionChange
