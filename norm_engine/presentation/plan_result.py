"""A plan as results carry it, in the language in force."""

import datetime
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from norm_engine import SEMANTICS
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.language.figures import date_said, listed
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.plan_results import (
    AlternativeRoute,
    HelpfulAnswer,
    LeftGap,
    MonthLoad,
    PlanEffect,
    PlanProof,
    PlanResult,
    PlanStep,
)
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.plan import Effect, Plan, Question, make_plan
from norm_engine.planning.problem import Route
from norm_engine.planning.solver import Watch
from norm_engine.presentation.atoms import value_said, words
from norm_engine.presentation.plan_obstacles import obstacles_result, relaxations_result
from norm_engine.presentation.plan_steps import (
    effort_result,
    milestones_result,
    step_called,
    steps_result,
    total_effort,
)
from norm_engine.presentation.results import decision_result, identity, overall_score
from norm_engine.presentation.values import asked_words
from norm_engine.presentation.wording import disclaimer


def plan_result(
    program: Program,
    audit: Audit,
    states: Mapping[str, FileState],
    as_of: datetime.date,
    options: PlanOptions,
    watch: Watch | None = None,
) -> PlanResult:
    """The plan of an audit from a day on, made and put into words.

    Args:
        states: what was found of each piece's file, by the piece's id.
        as_of: the day the work starts.
        watch: told how far a search is.

    Raises:
        NotOffered: when a step asked for is not one that the structure can take.
        NoCapacity: when a role has no days for what it is to do.
    """
    question = Question(program, audit, states, as_of, options, watch)
    return result_of(question, make_plan(question))


def result_of(question: Question, plan: Plan, effects: Sequence[PlanEffect] = ()) -> PlanResult:
    """A plan put into words.

    Args:
        effects: of choices that are no options of the plan itself, such as settings.
    """
    evaluation = plan.problem.evaluation
    route = plan.route
    after = evaluation if route is None else route.after
    steps = steps_result(plan)
    effort = route.effort if route is not None else total_effort([])
    options = question.options
    return PlanResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(question.program.ruleset),
        structure=question.audit.structure.name,
        as_of=question.start,
        audit_day=plan.audit_day,
        disclaimer=disclaimer(),
        goal="ready" if options.budget is None else "budget",
        assume=options.assume,
        budget=None if options.budget is None else str(options.budget),
        found=route is not None,
        complete=not plan.stopped,
        decision_before=decision_result(evaluation, evaluation.decision),
        decision_after=decision_result(after, after.decision),
        before=overall_score(evaluation),
        after=overall_score(after),
        effort=effort_result(effort),
        proof=None if route is None else _proof(options, route),
        steps=steps,
        end=plan.calendar.end if steps else None,
        late=max(0, (plan.calendar.end - plan.audit_day).days),
        critical_path=plan.calendar.critical_path,
        milestones=milestones_result(plan, steps),
        loads=_loads(plan, steps),
        left=tuple(_left(plan)) if route is not None else (),
        alternatives=tuple(_alternative(plan, route, other) for other in plan.others)
        if route is not None
        else (),
        answers=tuple(_answers(plan)),
        effects=(*effects, *(_effect(plan, each) for each in plan.effects)),
        obstacles=obstacles_result(plan),
        relaxations=relaxations_result(plan),
        notes=tuple(_notes(question, plan)),
    )


def _proof(options: PlanOptions, route: Route) -> PlanProof:
    optimum = route.effort[1]
    if options.budget is not None:
        score = route.after.proven.scores.overall
        optimum = (score.low if options.assume == "worst" else score.high) or Fraction(0)
    gap = abs(optimum - route.bound)
    return PlanProof(
        optimum=str(optimum), bound=str(route.bound), gap=str(gap), proven=route.proven
    )


def _loads(plan: Plan, steps: Sequence[PlanStep]) -> tuple[MonthLoad, ...]:
    days: Counter[tuple[str, str]] = Counter()
    for step in steps:
        for month, amount in step.work.items():
            days[month, step.role] += Fraction(amount)  # type: ignore[assignment]
    capacity: Mapping[str, Fraction] = {str(role): d for role, d in plan.capacity.items()}
    start = plan.calendar.start
    first = f"{start.year:04d}-{start.month:02d}"
    return tuple(
        MonthLoad(
            month=month,
            role=role,
            days=str(amount),
            capacity=str(capacity[role] * (_share_left(start) if month == first else 1))
            if role in capacity
            else None,
        )
        for (month, role), amount in sorted(days.items())
    )


def _share_left(start: datetime.date) -> Fraction:
    """The share of a month that is left from a day on, that day included."""
    days = monthrange(start.year, start.month)[1]
    return Fraction(days - start.day + 1, days)


def _left(plan: Plan) -> Iterator[LeftGap]:
    assert plan.route is not None
    after = plan.route.after
    for index in after.program.groups["overall"][""]:
        state = after.proven.states[index]
        if state.status in ("met", "not_applicable"):
            continue
        requirement = after.program.requirements[index]
        yield LeftGap(
            id=requirement.id,
            title=words(after.program, requirement.title),
            status=state.status,
            grade=state.grades[0] if len(state.grades) == 1 else None,
        )


def _alternative(plan: Plan, best: Route, other: Route) -> AlternativeRoute:
    return AlternativeRoute(
        effort=effort_result(other.effort),
        difference=str(other.effort[1] - best.effort[1]),
        adds=tuple(name for name in other.moves if name not in best.moves),
        spares=tuple(name for name in best.moves if name not in other.moves),
    )


def _answers(plan: Plan) -> Iterator[HelpfulAnswer]:
    program = plan.problem.evaluation.program
    for each in plan.answers:
        question = program.ruleset.questions[each.question]
        yield HelpfulAnswer(
            question=each.question,
            text=asked_words(question, program.ruleset),
            answer=value_said(program, question, each.answer),
            spares=str(each.spares),
        )


def _effect(plan: Plan, effect: Effect) -> PlanEffect:
    title = step_title(plan, effect.move)
    said = {
        "without": _("Without “{title}”"),
        "with": _("With “{title}”"),
    }[effect.kind]
    return PlanEffect(
        option=f"--{effect.kind} {effect.move}",
        difference=None if effect.difference is None else str(effect.difference),
        text=said.format(title=title),
    )


def settings_effect(question: Question, difference: Fraction | None) -> tuple[PlanEffect, ...]:
    """What settings tried out change, in likely person-days (None: there would be no route)."""
    changes = question.program.ruleset.overlays[-1].changes
    if not changes:
        return ()
    said = [
        _("{setting}: {new} in place of {old}").format(
            setting=change.path.removeprefix("settings."), new=change.new, old=change.old
        )
        for change in changes
    ]
    known = None if difference is None else str(difference)
    return (PlanEffect(option="--setting", difference=known, text=listed(said)),)


def all_titles(plan: Plan) -> dict[str, str]:
    """What every step is called that a plan takes or that another route would take."""
    routes = [*plan.others] if plan.route is None else [plan.route, *plan.others]
    return {name: step_title(plan, name) for route in routes for name in route.moves}


def step_title(plan: Plan, name: str) -> str:
    """What a step is called, whether the plan takes it or not."""
    return step_called(plan.problem.evaluation.program, name)


def _notes(question: Question, plan: Plan) -> Iterator[str]:
    yield _(
        "Effort figures are estimates written with the catalogue, not measurements; an overlay"
        " can change them."
    )
    if question.options.assume == "best":
        yield _("Unknown answers are taken at their best: what is found later may add steps.")
    unknown = [
        asked_words(each, question.program.ruleset)
        for name, each in question.program.ruleset.questions.items()
        if name in _counted(plan)
        and plan.problem.evaluation.facts.answers[question.program.question_index[name]] is None
    ]
    for text in unknown:
        yield _("Counted for one, since it is not answered: {question}").format(question=text)
    if question.options.by is None and plan.route is not None:
        yield from _audit_day(plan)


def _audit_day(plan: Plan) -> Iterator[str]:
    day = date_said(plan.audit_day)
    if plan.calendar.placed and plan.calendar.end == plan.audit_day:
        yield _(
            "The audit is taken to be on {day}, the day the last step ends; name another with --by."
        ).format(day=day)
    elif plan.audit_day != plan.calendar.start:
        # what is no longer in force by then may take less time
        yield _("The audit is taken to be on {day}; name another with --by.").format(day=day)


def _counted(plan: Plan) -> set[str]:
    """The questions whose answers efforts of chosen steps are multiplied by."""
    moves = plan.problem.offer.moves
    chosen = () if plan.route is None else plan.route.moves
    pers = {moves[name].action.effort.per for name in chosen}
    return {each for each in pers if each is not None}
