"""Why there is no route, in words, and what would open one."""

from collections.abc import Iterator
from itertools import chain

from norm_engine.engine.formula import Literal
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.plan_results import Obstacle, Relaxation
from norm_engine.planning.calendar import EndsTooLate, NoCapacity
from norm_engine.planning.moves import RuledOut
from norm_engine.planning.obstacles import Missing, Relaxed
from norm_engine.planning.plan import NotOffered, Plan
from norm_engine.presentation.atoms import literal_said, words
from norm_engine.presentation.plan_steps import step_called
from norm_engine.presentation.values import asked_words
from norm_engine.presentation.wording import role_said


def obstacles_result(plan: Plan) -> tuple[Obstacle, ...]:
    """The requirements that nothing can satisfy, and why."""
    program = plan.problem.evaluation.program
    return tuple(
        Obstacle(
            requirement=program.requirements[each.requirement].id,
            title=words(program, program.requirements[each.requirement].title),
            reasons=tuple(_reasons(plan, each.missing)),
            unanswered=_unanswered(plan, each.missing),
        )
        for each in plan.obstacles
    )


def _reasons(plan: Plan, missing: tuple[Missing, ...]) -> Iterator[str]:
    """Why what is missing is not supplied: by action where there are some, each once."""
    program = plan.problem.evaluation.program
    if not missing:
        yield _("What would satisfy it undoes something else that it needs.")
    for name in _unanswered(plan, missing):
        asked = asked_words(program.ruleset.questions[name], program.ruleset)
        yield _("to be answered first, for some step may satisfy it: “{question}”").format(
            question=asked
        )
    for each in _worth_naming(plan, missing):
        if not each.ruled_out and not each.unanswered:
            wanted = literal_said(program, each.literal)
            yield _("{wanted}: no action of the rule set brings it about").format(wanted=wanted)
    for name, reason in dict.fromkeys(
        chain.from_iterable(map(_telling, _worth_naming(plan, missing)))
    ):
        title = words(program, program.ruleset.actions[name].title)
        said = ruled_out_said(reason)
        if reason == "late":
            day = date_said(plan.problem.offer.reached[name])
            said = _("cannot be done before {day}").format(day=day)
        yield _("“{action}” {reason}").format(action=title, reason=said)


def _unanswered(plan: Plan, missing: tuple[Missing, ...]) -> tuple[str, ...]:
    named = chain.from_iterable(each.unanswered for each in _worth_naming(plan, missing))
    return tuple(dict.fromkeys(named))


def _worth_naming(plan: Plan, missing: tuple[Missing, ...]) -> tuple[Missing, ...]:
    """What is missing but for what the structure is: nobody becomes another to be ready.

    Where nothing else is missing, that is what there is to say.
    """
    program = plan.problem.evaluation.program
    changing = tuple(each for each in missing if not _is_profile(program, each.literal))
    return changing or missing


def _is_profile(program: Program, literal: Literal) -> bool:
    """Whether a comparison looks at nothing but what the structure is."""
    atom = program.atoms[program.nodes[literal[0]].number]
    questions = program.ruleset.questions
    return atom.form != "evidence" and all(questions[name].profile for name in atom.subjects)


def _telling(missing: Missing) -> list[tuple[str, RuledOut]]:
    """The actions that could supply it if they were not ruled out; else those that never could."""
    could: list[tuple[str, RuledOut]] = [
        (name, reason) for name, reason in missing.ruled_out if reason != "when"
    ]
    return could or list(missing.ruled_out)


def ruled_out_said(reason: RuledOut) -> str:
    """Why an action is not offered, said of the action."""
    return {
        "when": _("does not make sense for this structure"),
        "dropped": _("was dropped in the audit’s follow-up"),
        "without": _("was left out, as you asked"),
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
        asked = date_said(plan.audit_day)
        if plan.opening is None:
            return _("a later day than {day}").format(day=asked)
        return _(
            "an audit on {day}, in place of {asked}: by lead times alone, without counting the days"
            " that each can give"
        ).format(day=date_said(plan.opening), asked=asked)
    if each.kind == "without":
        return _("“{title}” no longer left out").format(title=step_called(program, each.name))
    requirement = program.requirements[program.requirement_index[each.name]]
    return _("{id} “{title}” satisfied by other means").format(
        id=each.name, title=words(program, requirement.title)
    )


def refusal_said(refused: NotOffered | NoCapacity | EndsTooLate) -> str:
    """Why a plan cannot be made as it was asked for."""
    if isinstance(refused, NoCapacity):
        said = _("There are steps for: {role}, who have no days for them.")
        return said.format(role=role_said(refused.role))
    if isinstance(refused, EndsTooLate):
        if refused.role is None:
            said = _(
                "The step “{id}” would end after a hundred years, or after the year 9999, by its"
                " lead time or by the day that it waits for."
            )
            return said.format(id=refused.task)
        return _(
            "The step “{id}” would not end within a hundred years: more days a month are needed"
            " for: {role}."
        ).format(id=refused.task, role=role_said(refused.role))
    if refused.reason is None:
        return _("The step “{id}” has nothing to do for this structure.").format(id=refused.name)
    return _("The step “{id}” cannot be taken: it {reason}.").format(
        id=refused.name, reason=ruled_out_said(refused.reason)
    )
