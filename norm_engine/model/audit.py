"""An audit: what one structure answered, recorded as evidence, and what an auditor found."""

import datetime
from dataclasses import field
from typing import Literal

from norm_engine.model.files import RuleSetName
from norm_engine.model.records import record
from norm_engine.model.ruleset import Grade
from norm_engine.model.scalars import PieceId, RequirementId, Sha256, Slug

AnswerValue = bool | int | str | tuple[str, ...]
"""The value of an answer: a truth value, a number, a date, a choice or several."""

UNKNOWN = "unknown"
"""The answer « je ne sais pas »."""


@record
class AnswerDetails:
    """An answer with who gave it and when, or « sans objet » with its reason."""

    value: AnswerValue | None = None
    not_applicable: str | None = None
    by: str | None = None
    on: datetime.date | None = None
    comment: str | None = None


@record
class OverlayFileName:
    """An overlay that the audit names, relative to its folder."""

    file: str
    sha256: Sha256 | None = None


@record
class Structure:
    """Identity of the structure; no rule reads it."""

    name: str
    address: str | None = None
    sites: tuple[str, ...] = ()
    contact: str | None = None


@record
class Engagement:
    """Under what terms the audit is done."""

    kind: Literal["self", "mock", "audit"] = "self"
    scope: str | None = None
    auditor: str | None = None
    from_: datetime.date | None = None
    to: datetime.date | None = None


@record
class Piece:
    """A piece of evidence: a file of the audit, or where the original is kept."""

    id: PieceId
    proves: tuple[Slug, ...]
    title: str
    file: str | None = None
    sha256: Sha256 | None = None
    kept_at: str | None = None
    dated: datetime.date | None = None
    valid_until: datetime.date | None = None
    comment: str | None = None


@record
class Finding:
    """What an auditor notes on a requirement."""

    id: PieceId
    requirement: RequirementId
    grade: Grade
    text: str
    by: str | None = None
    on: datetime.date | None = None
    examined: tuple[PieceId, ...] = ()
    rejected: tuple[PieceId, ...] = ()


@record
class PlannedAction:
    """An action the structure follows up."""

    id: PieceId
    action: Slug
    state: Literal["todo", "doing", "done", "dropped"] = "todo"
    owner: str | None = None
    due: datetime.date | None = None
    comment: str | None = None


@record
class Audit:
    """``audit.yaml``: the whole audit of one structure against one rule set."""

    format: Literal[1]
    ruleset: RuleSetName
    structure: Structure
    overlays: tuple[OverlayFileName, ...] = ()
    engagement: Engagement | None = None
    answers: dict[Slug, bool | int | str | tuple[str, ...] | AnswerDetails] = field(
        default_factory=dict
    )
    evidence: tuple[Piece, ...] = ()
    no_evidence: tuple[Slug, ...] = ()
    findings: tuple[Finding, ...] = ()
    actions: tuple[PlannedAction, ...] = ()


FileState = Literal["ok", "missing", "altered"]
"""What was found of a piece's file: there and unaltered, not there, or not the file recorded."""
