"""Answers not known yet that would shorten a plan most if they turned out well.

A plan for the worst takes every unknown answer to be as bad as it can be. Here one of them at a
time may turn out as suits best: it enters the model as a move that costs nothing. What an answer
spares is then worked out exactly, by a plan for the audit with that answer.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from norm_engine.engine.answers_possible import question_cells
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import Program
from norm_engine.model.ruleset import FactReference
from norm_engine.planning.circuit import ALWAYS, total, valued
from norm_engine.planning.route import Problem, Route, RouteModel, cheapest
from norm_engine.planning.solver import minimise

MOST = 3
"""Answers looked for."""


@dataclass(frozen=True)
class Helpful:
    """An answer that would spare effort: the question, the answer, and likely person-days."""

    question: str
    answer: Any
    spares: Fraction


def helpful_answers(
    problem: Problem, route: Route, problem_with: Callable[[Evaluation], Problem]
) -> Iterator[Helpful]:
    """The answers that would spare most, best first.

    Answers that efforts or other facts are taken from are left out: they change what moves cost.

    Args:
        route: the cheapest one as things stand.
        problem_with: the problem for the audit evaluated otherwise.
    """
    candidates = _candidates(problem.evaluation)
    for _ in range(MOST):
        best = _best(problem, candidates)
        if best is None:
            return
        name, answer = best
        del candidates[name]
        shorter = cheapest(problem_with(_answered(problem.evaluation, name, answer)))
        if shorter is not None and shorter.effort[1] < route.effort[1]:
            yield Helpful(name, answer, route.effort[1] - shorter.effort[1])


def _candidates(evaluation: Evaluation) -> dict[str, list[Any]]:
    program, facts = evaluation.program, evaluation.facts
    actions = program.ruleset.actions.values()
    taken = {action.effort.per for action in actions} | {
        value.answer
        for action in actions
        for value in action.sets.values()
        if isinstance(value, FactReference)
    }
    compared: dict[str, list[int]] = {}
    for number, atom in enumerate(program.atoms):
        for subject in atom.subjects:
            compared.setdefault(subject, []).append(number)
    return {
        name: _answers(program, facts, name, compared[name])
        for name, index in program.question_index.items()
        if facts.answers[index] is None and name in compared and name not in taken
    }


def _answers(program: Program, facts: Facts, name: str, atoms: list[int]) -> list[Any]:
    """The answers to try: one of each that differ for the rules; of several choices, all."""
    question = program.ruleset.questions[name]
    if question.type == "choices":
        return [frozenset(choice.value for choice in question.choices)]
    return [cell.value for cell in question_cells(program, facts, name, atoms)]


def _best(problem: Problem, candidates: dict[str, list[Any]]) -> tuple[str, Any] | None:
    """The answer with which a plan would cost least; None where none makes it cheaper."""
    model = RouteModel(problem, given=candidates)
    model.decision.require_ready()
    model.linear.at_least(ALWAYS, total((1, shown) for _, _, shown in model.given))
    # which of equally cheap routes it is does not matter here
    effort, _ = model.likely()
    solved = minimise(model.linear, effort)
    if not solved.values:
        return None
    for name, answer, shown in model.given:
        if valued(shown, solved.values) > 1 / 2:
            return name, answer
    return None


def _answered(evaluation: Evaluation, name: str, answer: Any) -> Evaluation:
    facts = evaluation.facts
    answers = list(facts.answers)
    answers[evaluation.program.question_index[name]] = answer
    return evaluate(evaluation.program, Facts(answers, facts.evidence, facts.as_of))
