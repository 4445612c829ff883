"""A plan as results carry it, in the language in force."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from norm_engine import SEMANTICS
from norm_engine.engine.asking import asked
from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import Program, facts_of
from norm_engine.engine.truth import TRUE
from norm_engine.language import _
from norm_engine.language.figures import date_said, duration_said, listed
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.plan_results import (
    AlternativeRoute,
    AnsweredShare,
    HelpfulAnswer,
    LeftGap,
    MonthLoad,
    PlanEffect,
    PlanProof,
    PlanResult,
    PlanStep,
)
from norm_engine.model.scalars import later
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.plan import Effect, Plan, Question, make_plan
from norm_engine.planning.problem import Route
from norm_engine.planning.solver import Watch
from norm_engine.presentation.atoms import value_said, words
from norm_engine.presentation.plan_obstacles import obstacles_result, relaxations_result
from norm_engine.presentation.plan_pace import days_in, unrealistic_said
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
    steps = steps_result(plan, question.audit)
    loads = _loads(plan, steps)
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
        day_asked=options.by is not None,
        late=plan.late,
        lacking=plan.lacking,
        critical_path=plan.calendar.critical_path,
        milestones=milestones_result(plan, steps),
        loads=loads,
        left=tuple(_left(plan)) if route is not None else (),
        alternatives=tuple(_alternative(plan, route, other) for other in plan.others)
        if route is not None
        else (),
        answers=tuple(_answers(plan)),
        effects=(*effects, *(_effect(plan, each) for each in plan.effects)),
        obstacles=obstacles_result(plan),
        relaxations=relaxations_result(plan),
        notes=tuple(_notes(question, plan, steps, loads)),
        answered=_answered(question),
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
    return tuple(
        MonthLoad(
            month=month,
            role=role,
            days=str(amount),
            capacity=str(days_in(start, datetime.date.fromisoformat(f"{month}-01"), capacity[role]))
            if role in capacity
            else None,
        )
        for (month, role), amount in sorted(days.items())
    )


def _answered(question: Question) -> AnsweredShare:
    """How much is answered on the day the plan starts, as an evaluation of that day says it.

    By audit day evidence may have expired, which settles what nobody has answered.
    """
    facts = facts_of(question.program, question.audit, question.files, question.start)
    today = evaluate(question.program, facts)
    wanted = asked(today)
    return AnsweredShare(
        coverage=overall_score(today).coverage,
        questions_asked=len(wanted.questions),
        questions_open=len(wanted.open_questions),
    )


_GRAVEST = ("major", "minor", "sensitive")


def _left(plan: Plan) -> list[LeftGap]:
    """What is left, the gravest first; what is met if it applies at all is not left."""
    assert plan.route is not None
    after = plan.route.after
    found = []
    for index in after.program.groups["overall"][""]:
        state = after.proven.states[index]
        if state.met == TRUE:
            continue
        requirement = after.program.requirements[index]
        found.append(
            LeftGap(
                id=requirement.id,
                title=words(after.program, requirement.title),
                status=state.status,
                grade=state.grades[0] if len(state.grades) == 1 else None,
                worst=state.grades[0] if state.grades else None,
            )
        )
    return sorted(found, key=_gravity)


def _gravity(left: LeftGap) -> tuple[int, bool]:
    """The place of what is left: by the worst that it may be; what is certain before the rest."""
    place = _GRAVEST.index(left.worst) if left.worst in _GRAVEST else len(_GRAVEST)
    return place, left.grade is None


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


def _notes(
    question: Question, plan: Plan, steps: Sequence[PlanStep], loads: Sequence[MonthLoad]
) -> Iterator[str]:
    yield _(
        "Effort figures are estimates written with the catalogue, not measurements; an overlay"
        " can change them."
    )
    if any(missing.unanswered for each in plan.obstacles for missing in each.missing):
        yield _("Part of this hangs on answers that are missing: give them, then plan anew.")
    if plan.stopped and plan.route is not None:
        yield _(
            "The search was stopped: the calendar may end later than need be, and what else could"
            " be done was not looked for to the end."
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
    if question.options.by is None and plan.route is not None and not plan.late:
        yield from _audit_day(plan)
    if too_long := unrealistic_said(plan.calendar.start, plan.calendar.end, steps, loads):
        yield too_long


def _audit_day(plan: Plan) -> Iterator[str]:
    day = date_said(plan.audit_day)
    margin = plan.problem.evaluation.program.ruleset.planning.margin
    kept = later(plan.calendar.end, margin) if margin and plan.calendar.placed else None
    if margin and kept == plan.audit_day:
        said = _("The audit is taken to be on {day}, {duration} after the last step ends.")
        yield said.format(day=day, duration=duration_said(margin))
    elif margin and kept is not None and kept > plan.audit_day:
        said = _(
            "The audit is taken to be on {day}, without the {duration} that the rule set would"
            " leave after the last step: no day was found that leaves them."
        )
        yield said.format(day=day, duration=duration_said(margin))
    elif plan.calendar.placed and plan.calendar.end == plan.audit_day:
        yield _("The audit is taken to be on {day}, the day the last step ends.").format(day=day)
    elif plan.audit_day != plan.calendar.start:
        yield _(
            "The audit is taken to be on {day}: of the earlier days that were tried, none suits"
            " what would then have to be done."
        ).format(day=day)


def _counted(plan: Plan) -> set[str]:
    """The questions whose answers efforts of chosen steps are multiplied by."""
    moves = plan.problem.offer.moves
    chosen = () if plan.route is None else plan.route.moves
    pers = {moves[name].action.effort.per for name in chosen}
    return {each for each in pers if each is not None}
