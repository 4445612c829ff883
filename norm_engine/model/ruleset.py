"""A rule set: one edition of one norm."""

import datetime
from dataclasses import field
from typing import Literal

from norm_engine.model.conditions import Condition, SettingReference, children
from norm_engine.model.records import record
from norm_engine.model.scalars import (
    Duration,
    LanguageCode,
    Number,
    RequirementId,
    Sha256,
    Slug,
    Text,
    Version,
)

Basis = Literal["attested", "partly_attested", "public_reference", "law", "practice", "inferred"]
"""How well a statement is attested by public sources, strongest first."""

BASES: tuple[Basis, ...] = (
    "attested",
    "partly_attested",
    "public_reference",
    "law",
    "practice",
    "inferred",
)

Gravity = Literal["major", "minor", "sensitive"]
Grade = Literal["major", "minor", "sensitive", "improvement", "satisfactory", "strength"]
GRADES: tuple[Grade, ...] = (
    "major",
    "minor",
    "sensitive",
    "improvement",
    "satisfactory",
    "strength",
)
"""Grades in auditors' words, most severe first."""

Truth = Literal["true", "false", "unknown", "not_applicable"]
Status = Literal["met", "blocked", "partial", "unmet", "not_applicable", "undetermined"]

SettingType = Literal["share", "count", "number", "duration", "scale", "text"]
QuestionType = Literal["yes_no", "count", "number", "date", "choice", "choices", "scale", "text"]


@record
class Setting:
    """A named threshold that the sources do not give; overlays may change it."""

    type: SettingType
    default: int | str
    title: Text
    help: Text | None = None
    min: int | str | None = None
    max: int | str | None = None
    basis: Basis = "inferred"


@record
class Domain:
    """A domain of the norm; a cross-cutting one has no workshop and is shown as a gate."""

    id: Slug
    title: Text
    description: Text | None = None
    cross_cutting: bool = False


@record
class Workshop:
    """One of the preparation workshops."""

    id: Slug
    title: Text
    aims: tuple[Text, ...] = ()
    basis: Basis = "inferred"


@record
class DecisionCondition:
    """One condition of the decision: a bound on a grade's count, or a floor under scores."""

    id: Slug
    text: Text
    grade: Grade | None = None
    at_most: int | SettingReference | None = None
    each: Literal["domain", "workshop"] | None = None
    score_at_least: Number | SettingReference | None = None


@record
class Source:
    """A public source that backs statements of the catalogue."""

    title: Text
    url: str | None = None
    publisher: str | None = None


@record
class Predecessor:
    """An earlier edition of the same norm."""

    edition: str
    title: Text
    note: Text | None = None


@record
class AnswerReference:
    """Stands where a number stands and takes the answer to a question."""

    answer: Slug


@record
class Choice:
    """One choice of a question."""

    value: Slug
    text: Text


@record
class Level:
    """One level of a scale, with what one sees in practice at that level."""

    value: int
    text: Text
    anchor: Text


@record
class Question:
    """A typed thing asked of the structure, once."""

    text: Text
    type: QuestionType
    help: Text | None = None
    unit: Text | None = None
    min: Number | None = None
    max: Number | AnswerReference | None = None
    choices: tuple[Choice, ...] = ()
    levels: tuple[Level, ...] = ()
    profile: bool = False
    not_applicable: bool = False


@record
class EvidenceKind:
    """A kind of document or trace, and what it shows.

    `recurring`: the practice that it shows keeps making new pieces of it, without more work.
    """

    title: Text
    proves: Text
    fresh_for: Duration | SettingReference | None = None
    recurring: bool = False


@record
class FactReference:
    """Where an action takes a fact's value from: an answer, a setting, or the day it is done."""

    answer: Slug | None = None
    setting: Slug | None = None
    as_of: Literal[True] | None = None


@record
class Effort:
    """Person-days; `per` multiplies by the answer to a count question."""

    low: Number
    likely: Number
    high: Number
    per: Slug | None = None


Role = Literal["direction", "encadrement", "referent_qualite", "mediateurs"]
Phase = Literal["concevoir", "accompagner", "evaluer"]
PHASES: tuple[Phase, ...] = ("concevoir", "accompagner", "evaluer")


@record
class Action:
    """What closes gaps: it sets facts and records evidence, never a requirement by decree."""

    title: Text
    why: Text
    how: Text
    effort: Effort
    lead_time: Duration
    role: Role
    phase: Phase
    sets: dict[Slug, bool | int | str | tuple[str, ...] | FactReference] = field(
        default_factory=dict
    )
    records: tuple[Slug, ...] = ()
    after: tuple[Slug, ...] = ()
    when: Condition | None = None


@record
class Filing:
    """What gathering and filing one kind of evidence takes where the practice is there already."""

    effort: Effort
    lead_time: Duration
    role: Role


@record
class Capacity:
    """Days a month that a role can give to the work; `per` multiplies by a counted answer."""

    days: Number | SettingReference
    per: Slug | None = None


@record
class Planning:
    """What laying actions over the calendar takes beside the actions themselves.

    `margin`: from the last step to audit day, where nobody names that day.
    """

    filing: Filing | None = None
    margin: Duration | None = None
    capacity: dict[Role, Capacity] = field(default_factory=dict)


@record
class Criterion:
    """A testable condition of a requirement over answers (`when`) and evidence (`proof`)."""

    id: Slug
    text: Text
    when: Condition | None = None
    proof: Condition | None = None
    weight: int = 1
    essential: bool = True


@record
class Period:
    """The days on which a requirement is in force, both included."""

    from_: datetime.date | None = None
    to: datetime.date | None = None


@record
class GivenAnswer:
    """An answer given in an example when it is more than a value."""

    value: bool | int | str | tuple[str, ...] | None = None
    not_applicable: str | None = None


@record
class GivenPiece:
    """A piece of evidence given in an example."""

    dated: datetime.date | None = None
    valid_until: datetime.date | None = None


Given = dict[Slug, bool | int | str | tuple[str, ...] | GivenAnswer]
GivenEvidence = dict[Slug, Literal["none"] | int | tuple[GivenPiece, ...]]


@record
class ExampleExpectation:
    """What an example of one requirement must give."""

    declared: dict[Slug, bool | Truth] = field(default_factory=dict)
    proven: dict[Slug, bool | Truth] = field(default_factory=dict)
    status: Status | None = None


@record
class Example:
    """An example of one requirement: a test that documents it.

    Its prerequisites are met unless `prerequisites` says otherwise.
    """

    expect: ExampleExpectation
    title: Text | None = None
    as_of: datetime.date | None = None
    given: Given = field(default_factory=dict)
    evidence: GivenEvidence = field(default_factory=dict)
    settings: dict[Slug, int | str] = field(default_factory=dict)
    prerequisites: dict[RequirementId, bool | Truth] = field(default_factory=dict)


@record
class Requirement:
    """What the norm expects, in the catalogue's own wording."""

    id: RequirementId
    title: Text
    statement: Text
    level: Literal["requirement", "recommendation"]
    gravity: Gravity
    weight: int
    workshop: Slug
    basis: Basis
    sources: tuple[str, ...] = ()
    clause: str | None = None
    in_force: Period | None = None
    applies_when: Condition | None = None
    requires: tuple[RequirementId, ...] = ()
    after: tuple[RequirementId, ...] = ()
    criteria: tuple[Criterion, ...]
    guidance: Text | None = None
    examples: tuple[Example, ...] = ()
    domain: Slug = ""


@record
class Overlaid:
    """An overlay that was laid over a rule set, and what it changed."""

    id: Slug
    sha256: Sha256
    changes: tuple["Change", ...] = ()


@record
class Change:
    """One thing an overlay changed: where, from what, to what."""

    path: str
    old: str | int | None = None
    new: str | int | None = None


@record
class Head:
    """The head file of a rule set, ``ruleset.yaml``."""

    format: Literal[1]
    id: Slug
    edition: str
    version: Version
    title: Text
    language: LanguageCode
    domains: tuple[Domain, ...]
    workshops: tuple[Workshop, ...]
    description: Text | None = None
    predecessor: Predecessor | None = None
    licence: str | None = None
    blocked_credit: Number = "1/2"
    settings: dict[Slug, Setting] = field(default_factory=dict)
    decision: tuple[DecisionCondition, ...] = ()
    sources: dict[str, Source] = field(default_factory=dict)


@record
class RuleSet:
    """A whole rule set, with its overlays already laid over it."""

    head: Head
    questions: dict[Slug, Question] = field(default_factory=dict)
    evidence: dict[Slug, EvidenceKind] = field(default_factory=dict)
    actions: dict[Slug, Action] = field(default_factory=dict)
    planning: Planning = field(default_factory=Planning)
    requirements: tuple[Requirement, ...] = ()
    overlays: tuple[Overlaid, ...] = ()
    fingerprint: str = ""
    rules_fingerprint: str = ""


def edges(requirement: Requirement) -> list[str]:
    """The requirements that the status of `requirement` rests on: gates and ``met`` conditions."""
    found = list(requirement.requires)
    pending = [
        condition
        for criterion in requirement.criteria
        for condition in (criterion.when, criterion.proof)
        if condition is not None
    ]
    if requirement.applies_when is not None:
        pending.append(requirement.applies_when)
    while pending:
        condition = pending.pop()
        if condition.met is not None:
            found.append(condition.met)
        pending.extend(children(condition))
    return found
