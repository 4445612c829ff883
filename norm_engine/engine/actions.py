"""What actions change: the facts after them, and the missing things they supply."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from norm_engine.engine.atoms import typed
from norm_engine.engine.evaluation import Evaluation, condition_truth
from norm_engine.engine.facts import SANS_OBJET, Facts
from norm_engine.engine.formula import Literal
from norm_engine.engine.program import Program
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE
from norm_engine.model.ruleset import Action, FactReference, Question
from norm_engine.model.scalars import exact

PLENTY = 1_000_000
"""Pieces of evidence of a kind once an action has recorded it: as many as any condition asks."""


def facts_after(program: Program, facts: Facts, actions: Iterable[Action]) -> Facts:
    """The facts once these actions are done, in this order, all else left as it is.

    What an action takes from an answer that is unknown or not applicable is left unset, and what
    the structure said to be « sans objet » stays so: no action makes it its business. Where a
    question has several choices, an action adds to those already chosen.
    """
    answers, evidence = list(facts.answers), list(facts.evidence)
    for action in actions:
        for index, fact in written(program, facts, action).items():
            answers[index] = overwritten(answers[index], fact)
        for kind in action.records:
            evidence[program.kind_index[kind]] = PLENTY
    return Facts(answers, evidence, facts.as_of)


def written(program: Program, facts: Facts, action: Action) -> dict[int, Any]:
    """The answers that an action writes, by the question's index, given the facts before."""
    found = {}
    for name, value in action.sets.items():
        index = program.question_index[name]
        fact = _fact(program, facts, name, value)
        if fact is not None and facts.answers[index] is not SANS_OBJET:
            found[index] = fact
    return found


def overwritten(answer: Any, fact: Any) -> Any:
    """What an answer becomes when an action writes `fact` over it; choices are added to."""
    if isinstance(fact, frozenset) and isinstance(answer, frozenset):
        return answer | fact
    return fact


def leaves_out(program: Program, facts: Facts, action: Action) -> bool:
    """Whether an action takes a fact from an answer that is unknown, so that it is left unset."""
    return any(
        facts.answers[program.question_index[str(value.answer)]] is None
        for name, value in action.sets.items()
        if isinstance(value, FactReference)
        and value.answer is not None
        and facts.answers[program.question_index[name]] is not SANS_OBJET
    )


def _fact(program: Program, facts: Facts, name: str, value: Any) -> Any:
    kind = program.ruleset.questions[name].type
    if not isinstance(value, FactReference):
        return typed(value, kind)
    if value.as_of:
        return facts.as_of
    if value.setting is not None:
        return typed(program.settings[value.setting], kind)
    taken = facts.answers[program.question_index[str(value.answer)]]
    return None if taken is SANS_OBJET else taken


def makes_sense(evaluation: Evaluation, action: Action) -> bool:
    """Whether an action's condition may hold for the structure."""
    if action.when is None:
        return True
    return condition_truth(evaluation, action.when) not in (FALSE, NOT_APPLICABLE)


def makes_sense_at_worst(evaluation: Evaluation, action: Action) -> bool:
    """Whether an action's condition may hold where nothing is there of what it works towards.

    An action that goes on from what is there already is none for a structure that may have
    nothing: levels, choices, yes and no that it writes itself, and that are unknown, are taken to
    be as far as can be from what it writes.
    """
    if action.when is None:
        return True
    program, facts = evaluation.program, evaluation.facts
    answers = list(facts.answers)
    questions = list(program.ruleset.questions.values())
    for index, fact in written(program, facts, action).items():
        if answers[index] is None:
            answers[index] = _furthest(questions[index], fact)
    supposed = Facts(answers, facts.evidence, facts.as_of)
    return condition_truth(evaluation, action.when, supposed) not in (FALSE, NOT_APPLICABLE)


def _furthest(question: Question, fact: Any) -> Any:
    """The answer that is furthest from `fact`; None where there is no saying which is."""
    if question.type == "yes_no":
        return not fact
    if question.type == "choices":
        return frozenset()
    if question.type == "scale":
        levels = [level.value for level in question.levels]
        return min(levels) if fact > min(levels) else max(levels)
    return None


def supplied(
    evaluation: Evaluation,
    wanted: Iterable[Literal],
    actions: Mapping[str, Action] | None = None,
) -> Mapping[str, frozenset[Literal]]:
    """Which of the wanted literals each action makes hold, by the action's id.

    Args:
        actions: those looked at; by default all of the rule set.
    """
    program = evaluation.program
    by_subject: dict[str, list[Literal]] = {}
    for literal in wanted:
        for subject in program.atoms[program.nodes[literal[0]].number].subjects:
            by_subject.setdefault(subject, []).append(literal)
    found = {}
    for name, action in (program.ruleset.actions if actions is None else actions).items():
        touched = {
            literal
            for subject in (*action.sets, *action.records)
            for literal in by_subject.get(subject, ())
        }
        if not touched or not makes_sense(evaluation, action):
            continue
        after = facts_after(program, evaluation.facts, [action])
        made = frozenset(each for each in touched if _holds_after(program, after, each))
        if made:
            found[name] = made
    return found


def _holds_after(program: Program, facts: Facts, literal: Literal) -> bool:
    test = program.tests[program.nodes[literal[0]].number]
    return test(facts) == (TRUE if literal[1] else FALSE)


def effort(evaluation: Evaluation, action: Action) -> tuple[Fraction, Fraction, Fraction]:
    """Low, likely and high effort of an action for this structure, in person-days.

    An effort `per` something unknown is counted for one.
    """
    times: Any = 1
    if action.effort.per is not None:
        counted = evaluation.facts.answers[evaluation.program.question_index[action.effort.per]]
        times = 1 if counted is None or counted is SANS_OBJET else counted
    each = action.effort
    return exact(each.low) * times, exact(each.likely) * times, exact(each.high) * times
