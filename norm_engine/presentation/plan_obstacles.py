"""Why there is no route, in words, and what would open one."""

from collections.abc import Iterator

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.plan_results import Obstacle, Relaxation
from norm_engine.planning.moves import RuledOut
from norm_engine.planning.obstacles import Missing, Relaxed
from norm_engine.planning.plan import Plan
from norm_engine.presentation.atoms import literal_said, words


def obstacles_result(plan: Plan) -> tuple[Obstacle, ...]:
    """The requirements that nothing can satisfy, and why."""
    program = plan.problem.evaluation.program
    return tuple(
        Obstacle(
            requirement=program.requirements[each.requirement].id,
            title=words(program, program.requirements[each.requirement].title),
            reasons=tuple(_reasons(plan, each.missing)),
        )
        for each in plan.obstacles
    )


def _reasons(plan: Plan, missing: tuple[Missing, ...]) -> Iterator[str]:
    program = plan.problem.evaluation.program
    if not missing:
        yield _("What would satisfy it undoes something else that it needs.")
    for each in missing:
        wanted = literal_said(program, each.literal)
        if not each.ruled_out:
            yield _("{wanted}: no action of the rule set brings it about").format(wanted=wanted)
        for name, reason in each.ruled_out:
            title = words(program, program.ruleset.actions[name].title)
            yield _("{wanted}: “{action}” {reason}").format(
                wanted=wanted, action=title, reason=ruled_out_said(reason)
            )


def ruled_out_said(reason: RuledOut) -> str:
    """Why an action is not offered, said of the action."""
    return {
        "when": _("does not make sense for this structure"),
        "dropped": _("was dropped in the audit’s follow-up"),
        "without": _("was left out (--without)"),
        "late": _("cannot be done by the day asked for"),
        "needs": _("needs a step that is left out"),
    }[reason]


def relaxations_result(plan: Plan) -> tuple[Relaxation, ...]:
    """A smallest set of constraints whose relaxation together opens a route."""
    return tuple(
        Relaxation(kind=each.kind, id=each.name, text=_relaxed_said(plan, each))
        for each in plan.relaxed
    )


def _relaxed_said(plan: Plan, each: Relaxed) -> str:
    program = plan.problem.evaluation.program
    if each.kind == "date":
        return _("a later day than {day}").format(day=date_said(plan.audit_day))
    if each.kind == "without":
        action = program.ruleset.actions.get(each.name)
        title = each.name if action is None else words(program, action.title)
        return _("“{title}” no longer left out").format(title=title)
    requirement = program.requirements[program.requirement_index[each.name]]
    return _("{id} “{title}” satisfied by other means").format(
        id=each.name, title=words(program, requirement.title)
    )
