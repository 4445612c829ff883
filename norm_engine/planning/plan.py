"""A whole plan: the route, the day it leads to, its calendar, and what else could be done."""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import Program, facts_of
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import Role
from norm_engine.model.scalars import later
from norm_engine.planning.answers import Helpful, helpful_answers
from norm_engine.planning.budget import within_budget
from norm_engine.planning.calendar import EndsTooLate, lacking_days, lay_out
from norm_engine.planning.moves import Limits, Offer, RuledOut, offer
from norm_engine.planning.obstacles import Obstacle, Relaxed, obstacles, relaxations
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.problem import Problem, Route
from norm_engine.planning.route import alternatives, cheapest
from norm_engine.planning.solver import Watch
from norm_engine.planning.tasks import Calendar
from norm_engine.planning.work import capacities, tasks_of

_ROUNDS = 8
"""Times that the day a plan leads to is looked for again; it settles in two or three."""

_HOPELESS = 31
"""Days too late, of the same steps twice, after which no other day is tried."""


class NotOffered(ValueError):
    """A step that was asked for but that the structure cannot take.

    Attributes:
        name: the step.
        reason: why it is not offered; None when there is no such step.
    """

    def __init__(self, name: str, reason: RuledOut | None) -> None:
        super().__init__(name)
        self.name = name
        self.reason = reason


@dataclass(frozen=True)
class Question:
    """What a plan is asked for: an audit under a program, from a day on.

    Attributes:
        files: what was found of each piece's file, by the piece's id.
        start: the day the work starts.
        watch: told how far a search is.
    """

    program: Program
    audit: Audit
    files: Mapping[str, FileState]
    start: datetime.date
    options: PlanOptions
    watch: Watch | None = None


@dataclass(frozen=True)
class Effect:
    """What a step left out, or taken whatever it costs, makes the plan dearer by.

    `difference` is in likely person-days; None when without that option there is no route.
    """

    kind: str
    move: str
    difference: Fraction | None


@dataclass(frozen=True)
class Plan:
    """A plan.

    Attributes:
        problem: the one solved last, on `audit_day`.
        audit_day: the day asked for; else one that the steps end by, or, where no such day was
            found, the last one tried.
        route: None when there is none, or nothing was found before the search was stopped.
        stopped: whether the search was stopped before its end.
        capacity: days a month by role.
        opening: without a route for want of time alone, a day on which there is one.
        lacking: where the steps end too late, the roles for want of whose days they do.
    """

    problem: Problem
    audit_day: datetime.date
    route: Route | None
    stopped: bool
    calendar: Calendar
    capacity: Mapping[Role, Fraction]
    others: Sequence[Route] = ()
    answers: Sequence[Helpful] = ()
    effects: Sequence[Effect] = ()
    obstacles: Sequence[Obstacle] = ()
    relaxed: Sequence[Relaxed] = ()
    opening: datetime.date | None = None
    lacking: tuple[Role, ...] = ()

    @property
    def late(self) -> int:
        """Days by which the last step ends after audit day; 0 where all are done by then."""
        return max(0, (self.calendar.end - self.audit_day).days)


def make_plan(question: Question) -> Plan:
    """The plan for a question.

    Without a day to be done by, audit day is the day the last step ends, or the rule set's margin
    later, as early a one as is found: evidence that will have expired by then is made anew, which
    may move that day. Where evidence keeps growing too old while the rest is done, the margin is
    given up; where even that leaves no day, the steps end after the audit day.

    Interrupting the program (Ctrl-C) gives the best found so far.

    Raises:
        NotOffered: when a step asked for is not one that the structure can take.
        NoCapacity: when a role has no days for what it is to do.
        EndsTooLate: when a step would not end within a century.
    """
    plan = _planned(question, question.options.by or question.start)
    if question.options.by is None:
        plan = _earliest(question, _settled(question, plan))
    if plan.late:
        plan = _with_lacking(plan)
    if _hurried(plan) or question.options.budget is not None:
        return plan
    if plan.route is not None:
        return _with_more(question, plan)
    try:
        return _without_route(question, plan)
    except KeyboardInterrupt:
        return replace(plan, stopped=True)


def _with_lacking(plan: Plan) -> Plan:
    try:
        roles = lacking_days(plan.calendar, plan.capacity, plan.audit_day)
    except KeyboardInterrupt:
        return replace(plan, stopped=True)
    return replace(plan, lacking=roles)


def _hurried(plan: Plan) -> bool:
    """Whether the user stopped a search, and does not want to wait for another one."""
    return plan.stopped or plan.problem.kept is not None


def _led_to(question: Question, plan: Plan) -> datetime.date:
    """The earliest audit day that the steps of a plan leave."""
    margin = question.program.ruleset.planning.margin
    if margin is None or not plan.calendar.placed:
        return plan.calendar.end
    return later(plan.calendar.end, margin)


def _settled(question: Question, plan: Plan) -> Plan:
    """The plan on a day that its steps lead to, looked for again as often as that day moves.

    The day of a plan runs ahead of its steps for good where evidence grows too old faster than
    roles make it anew: the same steps then end too late by as much, whatever the day.
    """
    in_time = None
    for _ in range(_ROUNDS):
        day = _led_to(question, plan)
        if plan.route is None or day <= plan.audit_day:
            return plan
        try:
            other = _planned_anew(question, plan, day)
            if other.route is None and plan.calendar.end > plan.audit_day:
                # what is in force when the steps end may no longer be so after the margin
                other = _planned_anew(question, plan, plan.calendar.end)
        except KeyboardInterrupt:
            return in_time or replace(plan, stopped=True)
        except EndsTooLate:
            break
        if other.route is None:
            break
        if not other.late:
            in_time = in_time or other
        runs_ahead = _runs_ahead(plan, other)
        plan = other
        if runs_ahead:
            break
    return in_time or plan


def _planned_anew(question: Question, plan: Plan, day: datetime.date) -> Plan:
    """The plan on another day, once there is one.

    Raises:
        KeyboardInterrupt: when the search was stopped before any route was found for that day.
    """
    assert plan.route is not None
    kept = frozenset(plan.route.moves) if plan.stopped else plan.problem.kept
    other = _planned(question, day, kept)
    if other.route is None and other.stopped:
        raise KeyboardInterrupt
    return other


def _runs_ahead(plan: Plan, other: Plan) -> bool:
    """Whether the same steps, for another audit day, end too late by as much again."""
    if plan.route is None or other.route is None or plan.route.moves != other.route.moves:
        return False
    return other.late > _HOPELESS and other.late >= plan.late - _HOPELESS


def _earliest(question: Question, plan: Plan) -> Plan:
    """The plan on an earlier day, where its steps end before its audit day and some day holds.

    Evidence that counts on the later day alone, or that is made anew for being too old then, may
    have moved the day further than it need be.
    """
    best, day = plan, _led_to(question, plan)
    for _ in range(_ROUNDS):
        if best.route is None or _hurried(best) or day >= best.audit_day:
            break
        try:
            other = _planned_anew(question, best, day)
        except KeyboardInterrupt:
            return replace(best, stopped=True)
        if other.route is None or other.stopped:
            break
        day = _led_to(question, other)
        if day <= other.audit_day:
            best = other
    return best


def problem_on(question: Question, day: datetime.date) -> Problem:
    """The problem as it stands on an audit day."""
    evaluation = _evaluated(question, day)
    limits = _limits(question)
    offered = offer(evaluation, _wanted(question), question.files, limits)
    for name in question.options.with_:
        if name not in offered.moves:
            raise NotOffered(name, offered.ruled_out.get(name))
    forced = offered.with_needs(question.options.with_)
    return Problem(evaluation, offered, forced, question.options.assume, question.watch)


def _evaluated(question: Question, day: datetime.date) -> Evaluation:
    facts = facts_of(question.program, question.audit, question.files, day)
    return evaluate(question.program, facts)


def _limits(question: Question) -> Limits:
    options = question.options
    return Limits(question.start, options.by, frozenset(options.without), options.assume)


def _wanted(question: Question) -> Audit:
    """The audit; what is asked for is not dropped, whatever its follow-up says."""
    asked = question.options.with_
    kept = [
        each
        for each in question.audit.actions
        if each.state != "dropped" or each.action not in asked
    ]
    return replace(question.audit, actions=tuple(kept))


def _planned(question: Question, day: datetime.date, kept: frozenset[str] | None = None) -> Plan:
    """The route for an audit day, laid out; `kept` is what a stopped search had found."""
    problem = replace(problem_on(question, day), kept=kept)
    budget = question.options.budget
    stopped = False
    try:
        route = cheapest(problem) if budget is None else within_budget(problem, budget)
    except KeyboardInterrupt:
        route, stopped = None, True
    stopped = stopped or (route is not None and not route.proven)
    capacity = capacities(problem.evaluation, question.options)
    moves = [] if route is None else [problem.offer.moves[name] for name in route.moves]
    tasks = tasks_of(problem.evaluation, question.audit, moves, day)
    hurried = stopped or kept is not None
    laid = lay_out(tasks, question.start, capacity, hurried=hurried)
    return Plan(problem, day, route, stopped or laid.hurried, laid, capacity)


def _with_more(question: Question, plan: Plan) -> Plan:
    """A plan with what else could be done; what a stopped search has found is kept."""
    route = plan.route
    assert route is not None
    count = question.options.alternatives
    try:
        plan = replace(plan, effects=tuple(_effects(question, plan)))
        plan = replace(plan, others=tuple(alternatives(plan.problem, route, count)))
        if question.options.assume == "worst":
            return replace(plan, answers=tuple(_helpful(question, plan)))
    except KeyboardInterrupt:
        pass
    return plan


def _helpful(question: Question, plan: Plan) -> Iterable[Helpful]:
    assert plan.route is not None

    def problem_with(evaluation: Evaluation) -> Problem:
        """The problem of the plan, with another evaluation and what that leaves to be done."""
        offered = offer(evaluation, _wanted(question), question.files, _limits(question))
        forced = [name for name in question.options.with_ if name in offered.moves]
        return replace(
            plan.problem,
            evaluation=evaluation,
            offer=offered,
            forced=offered.with_needs(forced),
        )

    return helpful_answers(plan.problem, plan.route, problem_with)


def _effects(question: Question, plan: Plan) -> Iterable[Effect]:
    assert plan.route is not None
    options = question.options
    for kind, names in (("without", options.without), ("with", options.with_)):
        for name in names:
            freed = replace(
                options,
                without=tuple(each for each in options.without if each != name),
                with_=tuple(each for each in options.with_ if each != name),
            )
            problem = problem_on(replace(question, options=freed), plan.audit_day)
            route = cheapest(problem)
            cost = plan.route.effort[1]
            yield Effect(kind, name, None if route is None else cost - route.effort[1])


def dearer_than(question: Question, plan: Plan, program: Program) -> Fraction | None:
    """How many likely person-days more a plan takes than under other rules; None: no route there.

    Raises:
        KeyboardInterrupt: when the search was stopped.
    """
    assert plan.route is not None
    other = cheapest(problem_on(replace(question, program=program), plan.audit_day))
    return None if other is None else plan.route.effort[1] - other.effort[1]


def _without_route(question: Question, plan: Plan) -> Plan:
    undropped = tuple(each for each in question.audit.actions if each.state != "dropped")
    full = offer(
        plan.problem.evaluation,
        replace(question.audit, actions=undropped),
        question.files,
        Limits(question.start, assume=question.options.assume),
    )
    found = obstacles(plan.problem)
    relaxed = tuple(relaxations(plan.problem, full, _limits(question)))
    opening = None
    if [each.kind for each in relaxed] == ["date"]:
        opening = _opening(question, full)
    return replace(plan, obstacles=found, relaxed=relaxed, opening=opening)


def _opening(question: Question, full: Offer) -> datetime.date | None:
    """A day, of those on which some step can be done at the earliest, with a route.

    The first, unless evidence in force on an earlier one is so no more in between.
    """
    asked = question.options.by
    days = sorted(
        {move.earliest for move in full.moves.values() if asked and move.earliest > asked}
    )

    def opens(day: datetime.date) -> bool:
        """Whether there is a route to an audit on a day."""
        later_asked = replace(question, options=replace(question.options, by=day))
        return cheapest(problem_on(later_asked, day)) is not None

    place = bisect_left(days, True, key=opens)
    return days[place] if place < len(days) else None
