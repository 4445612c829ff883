"""The steps of a plan as results carry them: when, by whom, what each closes."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from norm_engine.engine.actions import facts_after, supplied
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.gaps import gaps
from norm_engine.engine.program import Program
from norm_engine.engine.truth import TRUE
from norm_engine.language import _
from norm_engine.model.audit import Audit
from norm_engine.model.plan_results import EffortResult, PlanMilestone, PlanStep
from norm_engine.planning.moves import FILING, Efforts
from norm_engine.planning.plan import Plan
from norm_engine.planning.tasks import Placed
from norm_engine.presentation.atoms import words
from norm_engine.presentation.results import workshop_scores


@dataclass(frozen=True)
class _Served:
    """What steps do: the requirements that each closes when its turn comes, and those it serves.

    `open` are those that may turn out not to apply once all steps are done.
    """

    closes: Mapping[str, tuple[str, ...]]
    serves: Mapping[str, tuple[str, ...]]
    open: Collection[str]


def steps_result(plan: Plan, audit: Audit) -> tuple[PlanStep, ...]:
    """The steps of a plan in the order of their starts."""
    served = _served(plan)
    workshops = _workshops(plan, served)
    due = _due(audit)
    return tuple(
        _step(plan, placed, served, workshops, due.get(placed.task.id))
        for placed in plan.calendar.placed
    )


def _due(audit: Audit) -> dict[str, datetime.date]:
    """The first day by which the audit's follow-up wants each action that is not over."""
    followed = [each for each in audit.actions if each.state in ("todo", "doing")]
    found: dict[str, datetime.date] = {}
    for each in followed:
        if each.due is not None:
            found[each.action] = min(each.due, found.get(each.action, each.due))
    return found


def step_called(program: Program, name: str) -> str:
    """What a step is called, by its id, whether it is offered or not."""
    if not name.startswith(FILING):
        return words(program, program.ruleset.actions[name].title)
    kind = program.ruleset.evidence[name.removeprefix(FILING)]
    return _("Gather the evidence “{title}”").format(title=words(program, kind.title))


def effort_result(effort: Efforts) -> EffortResult:
    """An effort as results carry it."""
    low, likely, high = effort
    return EffortResult(low=str(low), likely=str(likely), high=str(high))


def _step(
    plan: Plan,
    placed: Placed,
    served: _Served,
    workshops: Mapping[str, str],
    due: datetime.date | None,
) -> PlanStep:
    program = plan.problem.evaluation.program
    move = plan.problem.offer.moves[placed.task.id]
    action = move.action
    why, how = words(program, action.why), words(program, action.how)
    if move.kind is not None:
        why = words(program, program.ruleset.evidence[move.kind].proves)
        how = _(
            "The practice is in place. Find a recent document that shows it, without the names of"
            " inhabitants, and file it with the audit, or note where the original is kept."
        )
    anew = plan.problem.offer.anew
    return PlanStep(
        id=move.id,
        kind="action" if move.kind is None else "filing",
        title=step_called(program, move.id),
        why=why,
        how=how,
        role=action.role,
        phase=action.phase,
        effort=effort_result(move.effort),
        lead_time=action.lead_time,
        start=placed.start,
        end=placed.end,
        after=placed.task.after,
        waits_for=placed.waits_for,
        critical=placed.critical,
        slack_days=placed.slack,
        work={f"{year:04d}-{month:02d}": str(days) for (year, month), days in placed.work.items()},
        workshop=workshops[move.id],
        closes=served.closes[move.id],
        serves=served.serves[move.id],
        records=action.records,
        renews=tuple(kind for kind in action.records if kind in anew),
        may_not_apply=tuple(name for name in served.closes[move.id] if name in served.open),
        due=due,
    )


def _served(plan: Plan) -> _Served:
    evaluation = plan.problem.evaluation
    moves = plan.problem.offer.moves
    chosen = {placed.task.id: moves[placed.task.id].action for placed in plan.calendar.placed}
    found = gaps(evaluation).gaps
    wanted = {literal for gap in found for literal in gap.repairs.atoms}
    supplies = supplied(evaluation, wanted, chosen)
    serves = {
        name: tuple(
            gap.requirement.id
            for gap in found
            if supplies.get(name, frozenset()) & gap.repairs.atoms
        )
        for name in chosen
    }
    after = evaluation if plan.route is None else plan.route.after
    may_not_apply = {
        requirement.id
        for requirement, state in zip(after.program.requirements, after.proven.states, strict=True)
        if "not_applicable" in state.possible and len(state.possible) > 1
    }
    return _Served(_closed(plan), serves, may_not_apply)


def _closed(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The requirements that come to be met as steps end, one after the other."""
    evaluation = plan.problem.evaluation
    program, moves = evaluation.program, plan.problem.offer.moves
    ended = sorted(
        plan.calendar.placed, key=lambda placed: (placed.end, placed.start, placed.task.rank)
    )
    met = _met(evaluation)
    closed = {}
    done: set[str] = set()
    for placed in ended:
        done.add(placed.task.id)
        actions = [move.action for name, move in moves.items() if name in done]
        now = _met(evaluate(program, facts_after(program, evaluation.facts, actions)))
        closed[placed.task.id] = tuple(
            each.id
            for each, before, after in zip(program.requirements, met, now, strict=True)
            if after and not before
        )
        met = now
    return closed


def _met(evaluation: Evaluation) -> list[bool]:
    return [state.met == TRUE for state in evaluation.proven.states]


def _workshops(plan: Plan, served: _Served) -> dict[str, str]:
    """The workshop of each step: that of most of the weight it serves, else of what needs it."""
    program = plan.problem.evaluation.program
    first = [each.id for each in program.ruleset.head.workshops]
    of = {each.id: (each.workshop, each.weight) for each in program.requirements}
    found: dict[str, str] = {}
    # those that need a step stand after it
    for placed in reversed(plan.calendar.placed):
        name = placed.task.id
        weights = dict.fromkeys(first, 0)
        for requirement in {*served.closes[name], *served.serves[name]}:
            workshop, weight = of[requirement]
            weights[workshop] = weights.get(workshop, 0) + weight
        for other in plan.calendar.placed:
            if not any(weights.values()) and name in other.task.after and other.task.id in found:
                weights[found[other.task.id]] = 1
        found[name] = max(weights, key=lambda each: weights[each]) if weights else ""
    return found


def milestones_result(plan: Plan, steps: Sequence[PlanStep]) -> tuple[PlanMilestone, ...]:
    """The day each workshop's steps are all done, and what its score comes to with the plan."""
    if plan.route is None:
        return ()
    before = workshop_scores(plan.problem.evaluation)
    after = workshop_scores(plan.route.after)
    return tuple(
        PlanMilestone(
            workshop=was.id,
            title=was.title,
            day=max((step.end for step in steps if step.workshop == was.id), default=None)
            or plan.calendar.start,
            steps=tuple(step.id for step in steps if step.workshop == was.id),
            before=was.score,
            after=becomes.score,
        )
        for was, becomes in zip(before, after, strict=True)
    )


def total_effort(efforts: Sequence[Efforts]) -> Efforts:
    """Efforts added up."""
    low, likely, high = (sum((each[i] for each in efforts), Fraction(0)) for i in range(3))
    return low, likely, high
