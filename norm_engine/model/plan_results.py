"""What ``plan`` prints as JSON: the route, the proof that none is cheaper, and its calendar.

Efforts are exact person-days as text (``"7/2"``); months are written ``2027-03``.
"""

import datetime
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.results import DecisionResult, GroupScore, Interval, RuleSetIdentity


@record
class EffortResult:
    """Person-days: low, likely (what plans minimise) and high."""

    low: str
    likely: str
    high: str


@record
class PlanStep:
    """One step of a route: an action, or the filing of evidence of what is done already.

    Attributes:
        id: the action's id; ``preuve:`` and the kind of evidence for a filing.
        after: the steps of this plan that come first.
        waits_for: of these, or of the steps that its role is busy with, the one that sets its
            start; null when nothing holds it back.
        slack_days: days it may slip without moving the end.
        work: person-days by month.
        workshop: the workshop it is counted in.
        closes: the requirements that become met once it and the steps that end before are done.
        serves: the requirements whose repair it is part of.
        renews: the kinds of evidence that it makes anew because what is there will not count.
        may_not_apply: of what it closes, what may yet turn out not to concern the structure.
        due: the day by which the audit's own follow-up wants it done.
    """

    id: str
    kind: Literal["action", "filing"]
    title: str
    why: str
    how: str
    role: str
    phase: str
    effort: EffortResult
    lead_time: str
    start: datetime.date
    end: datetime.date
    after: tuple[str, ...]
    waits_for: str | None
    critical: bool
    slack_days: int
    work: dict[str, str]
    workshop: str
    closes: tuple[str, ...]
    serves: tuple[str, ...]
    records: tuple[str, ...]
    renews: tuple[str, ...]
    may_not_apply: tuple[str, ...] = ()
    due: datetime.date | None = None


@record
class PlanMilestone:
    """The day a workshop's steps are all done, and what its score comes to by then."""

    workshop: str
    title: str
    day: datetime.date
    steps: tuple[str, ...]
    before: Interval | None
    after: Interval | None


@record
class PlanProof:
    """How well the optimum is proven: nothing is cheaper than `bound`; `gap` is 0 when proven.

    With a budget, the same of the highest readiness: nothing is higher than `bound`.
    """

    optimum: str
    bound: str
    gap: str
    proven: bool


@record
class AlternativeRoute:
    """Another route: what it costs, what it does besides and what it spares."""

    effort: EffortResult
    difference: str
    adds: tuple[str, ...]
    spares: tuple[str, ...]


@record
class HelpfulAnswer:
    """An answer not known yet that would spare effort if it turned out so."""

    question: str
    text: str
    answer: str
    spares: str


@record
class PlanEffect:
    """What an option that the user chose costs (or spares, when negative) in likely person-days."""

    option: str
    difference: str | None
    text: str


@record
class Obstacle:
    """A requirement that no allowed step can satisfy, and why, thing by thing.

    Attributes:
        unanswered: the questions whose answers tell whether some step can satisfy it.
    """

    requirement: str
    title: str
    reasons: tuple[str, ...]
    unanswered: tuple[str, ...]


@record
class Relaxation:
    """One of the constraints whose relaxation together opens a route."""

    kind: Literal["date", "without", "requirement"]
    id: str
    text: str


@record
class LeftGap:
    """A requirement that the plan leaves short of met, and the grade it keeps.

    `grade` is null where several are possible; `worst` is the most severe of them.
    """

    id: str
    title: str
    status: str
    grade: str | None
    worst: str | None = None


@record
class AnsweredShare:
    """How much is answered on the day the plan starts: the share of the weight, and questions."""

    coverage: str | None
    questions_asked: int
    questions_open: int


@record
class MonthLoad:
    """Person-days that a role gives in a month, and how many it can give (null: no limit)."""

    month: str
    role: str
    days: str
    capacity: str | None


@record
class PlanResult:
    """``norm-engine plan --format json``.

    Attributes:
        as_of: the day the plan starts from.
        audit_day: the day it is evaluated on: the day asked for, else the earliest found that the
            steps end by; where none was found, the last one tried.
        day_asked: whether it was asked for.
        goal: ``ready``, or ``budget`` for the highest readiness within an effort.
        assume: how unknown answers are taken.
        found: whether there is a route; without one, `obstacles` and `relaxations` say why.
        complete: False when the search was stopped before the proof.
        end: the day the last step is done.
        late: days by which the last step passes the audit day.
        lacking: the roles that would need more days a month for the steps to end by then; none
            where lead times alone take longer.
        critical_path: the steps that set the end, in order.
        left: what the plan leaves short of met, the decision tolerating it; the gravest first.
        answered: how much of what is asked is answered; a plan rests on that.
    """

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    audit_day: datetime.date
    day_asked: bool
    disclaimer: str
    goal: Literal["ready", "budget"]
    assume: Literal["worst", "best"]
    budget: str | None
    found: bool
    complete: bool
    decision_before: DecisionResult
    decision_after: DecisionResult
    before: GroupScore
    after: GroupScore
    effort: EffortResult
    proof: PlanProof | None
    steps: tuple[PlanStep, ...]
    end: datetime.date | None
    late: int
    lacking: tuple[str, ...]
    critical_path: tuple[str, ...]
    milestones: tuple[PlanMilestone, ...]
    loads: tuple[MonthLoad, ...]
    left: tuple[LeftGap, ...]
    alternatives: tuple[AlternativeRoute, ...]
    answers: tuple[HelpfulAnswer, ...]
    effects: tuple[PlanEffect, ...]
    obstacles: tuple[Obstacle, ...]
    relaxations: tuple[Relaxation, ...]
    notes: tuple[str, ...]
    answered: AnsweredShare | None = None
