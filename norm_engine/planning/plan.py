"""A whole plan: the route, the day it leads to, its calendar, and what else could be done."""

import datetime
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from norm_engine.engine.actions import supplied
from norm_engine.engine.atoms import resolve
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import SANS_OBJET
from norm_engine.engine.gaps import gaps
from norm_engine.engine.priorities import work_ranks
from norm_engine.engine.program import Program, facts_of
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import PHASES, Role
from norm_engine.model.scalars import earlier, exact
from norm_engine.planning.answers import Helpful, helpful_answers
from norm_engine.planning.calendar import lay_out
from norm_engine.planning.moves import Limits, Move, Offer, RuledOut, offer
from norm_engine.planning.obstacles import Obstacle, Relaxed, obstacles, relaxations
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.route import Problem, Route, alternatives, cheapest, within_budget
from norm_engine.planning.solver import Watch
from norm_engine.planning.tasks import Calendar, Task

_ROUNDS = 8
"""Times that the day a plan leads to is looked for again; it settles in two or three."""


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
        route: None when there is none, or nothing was found before the search was stopped.
        stopped: whether the search was stopped before its end.
        capacity: days a month by role.
        opening: without a route for want of time alone, the first day on which there is one.
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


def make_plan(question: Question) -> Plan:
    """The plan for a question.

    Without a day to be done by, the audit is taken to be on the day the last step ends: evidence
    that will have expired by then is made anew, which may move that day again.

    Raises:
        NotOffered: when a step asked for is not one that the structure can take.
        NoCapacity: when a role has no days for what it is to do.
    """
    day = question.options.by or question.start
    kept: frozenset[str] | None = None
    for _ in range(_ROUNDS):
        problem = replace(problem_on(question, day), kept=kept)
        plan = _planned(question, problem, day)
        if plan.route is None or question.options.by or plan.calendar.end <= day:
            break
        if plan.stopped:
            # the user does not want to wait for another search
            kept = frozenset(plan.route.moves)
        day = plan.calendar.end
    if plan.stopped or kept is not None or question.options.budget is not None:
        return plan
    return _without_route(question, plan) if plan.route is None else _with_more(question, plan)


def problem_on(question: Question, day: datetime.date) -> Problem:
    """The problem as it stands on an audit day."""
    evaluation = _evaluated(question, day)
    limits = _limits(question)
    offered = offer(evaluation, _wanted(question), question.files, limits)
    for name in question.options.with_:
        if name not in offered.moves:
            raise NotOffered(name, offered.ruled_out.get(name))
    forced = _with_needs(offered, question.options.with_)
    return Problem(evaluation, offered, forced, question.options.assume, question.watch)


def _evaluated(question: Question, day: datetime.date) -> Evaluation:
    facts = facts_of(question.program, question.audit, question.files, day)
    return evaluate(question.program, facts)


def _limits(question: Question) -> Limits:
    options = question.options
    return Limits(question.start, options.by, frozenset(options.without))


def _wanted(question: Question) -> Audit:
    """The audit; what is asked for is not dropped, whatever its follow-up says."""
    asked = question.options.with_
    kept = [
        each
        for each in question.audit.actions
        if each.state != "dropped" or each.action not in asked
    ]
    return replace(question.audit, actions=tuple(kept))


def _with_needs(offered: Offer, names: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += offered.moves[name].needs
    return frozenset(found)


def _planned(question: Question, problem: Problem, day: datetime.date) -> Plan:
    budget = question.options.budget
    stopped = False
    try:
        route = cheapest(problem) if budget is None else within_budget(problem, budget)
    except KeyboardInterrupt:
        route, stopped = None, True
    stopped = stopped or (route is not None and not route.proven)
    capacity = capacities(problem.evaluation, question.options)
    moves = [] if route is None else [problem.offer.moves[name] for name in route.moves]
    tasks = _tasks(problem.evaluation, moves, day)
    laid = lay_out(tasks, question.start, capacity)
    return Plan(problem, day, route, stopped, laid, capacity)


def capacities(evaluation: Evaluation, options: PlanOptions) -> dict[Role, Fraction]:
    """Days a month by role: the user's, else the rule set's for this structure."""
    program, facts = evaluation.program, evaluation.facts
    found: dict[Role, Fraction] = {}
    for role, each in program.ruleset.planning.capacity.items():
        days = resolve(each.days, program.settings)
        amount = exact(days) if isinstance(days, int | str) else Fraction(days)
        if each.per is not None:
            counted = facts.answers[program.question_index[each.per]]
            # whoever does the work is there, even where nobody was counted
            amount *= 1 if counted is None or counted is SANS_OBJET else max(counted, 1)
        found[role] = amount
    return {**found, **options.capacity}


def _tasks(evaluation: Evaluation, moves: Sequence[Move], audit_day: datetime.date) -> list[Task]:
    chosen = {move.id for move in moves}
    ranks = ranked(evaluation, moves)
    return [
        Task(
            id=move.id,
            effort=move.effort[1],
            role=move.action.role,
            lead_time=move.action.lead_time,
            after=tuple(need for need in move.needs if need in chosen),
            not_before=_not_before(evaluation, move, audit_day),
            rank=ranks[move.id],
        )
        for move in moves
    ]


def ranked(evaluation: Evaluation, moves: Sequence[Move]) -> dict[str, int]:
    """The place of moves in the order of work: what they serve tells which goes first.

    A move goes before those that serve requirements that come later (`requires` and `after`); where
    that is the same, by phase, then with the weightiest gap first.
    """
    place = {move.id: number for number, move in enumerate(moves)}
    found = gaps(evaluation).gaps
    wanted = {literal for gap in found for literal in gap.repairs.atoms}
    supplies = supplied(evaluation, wanted, {move.id: move.action for move in moves})
    work = work_ranks(evaluation)

    def key(move: Move) -> tuple[int, int, int, int]:
        made = supplies.get(move.id, frozenset())
        served = [
            (work[gap.requirement.id], severity)
            for severity, gap in enumerate(found)
            if made & gap.repairs.atoms
        ]
        first, severity = min(served, default=(len(work), len(found)))
        return first, PHASES.index(move.action.phase), severity, place[move.id]

    return {move.id: number for number, move in enumerate(sorted(moves, key=key))}


def _not_before(
    evaluation: Evaluation, move: Move, audit_day: datetime.date
) -> datetime.date | None:
    """The day before which what a move records would be too old on audit day."""
    program = evaluation.program
    durations = [program.fresh_for[kind] for kind in move.action.records]
    durations += [
        atom.value
        for atom in program.atoms
        if atom.comparator == "newer_than"
        and any(getattr(move.action.sets.get(subject), "as_of", None) for subject in atom.subjects)
    ]
    days = [earlier(audit_day, each) for each in durations if each is not None]
    return max(days, default=None)


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
        offered = offer(evaluation, _wanted(question), question.files, _limits(question))
        forced = [name for name in question.options.with_ if name in offered.moves]
        return replace(
            plan.problem,
            evaluation=evaluation,
            offer=offered,
            forced=_with_needs(offered, forced),
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


def _without_route(question: Question, plan: Plan) -> Plan:
    undropped = tuple(each for each in question.audit.actions if each.state != "dropped")
    full = offer(
        plan.problem.evaluation,
        replace(question.audit, actions=undropped),
        question.files,
        Limits(question.start),
    )
    relaxed = tuple(relaxations(plan.problem, full, _limits(question)))
    opening = None
    if [each.kind for each in relaxed] == ["date"]:
        opening = _opening(question, full)
    return replace(plan, obstacles=obstacles(plan.problem), relaxed=relaxed, opening=opening)


def _opening(question: Question, full: Offer) -> datetime.date | None:
    """The first day, of those on which some step can be done at the earliest, with a route."""
    asked = question.options.by
    days = sorted(
        {move.earliest for move in full.moves.values() if asked and move.earliest > asked}
    )

    def opens(day: datetime.date) -> bool:
        later_asked = replace(question, options=replace(question.options, by=day))
        return cheapest(problem_on(later_asked, day)) is not None

    place = bisect_left(days, True, key=opens)
    return days[place] if place < len(days) else None
