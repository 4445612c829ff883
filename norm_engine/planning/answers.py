"""Answers not known yet that would shorten a plan most if they turned out well.

A plan for the worst takes every unknown answer to be as bad as it can be. Here one of them at a
time may turn out as suits best: it enters the model as a move that costs nothing, and with it come
the filings of evidence of what it says is done. What an answer spares is then worked out exactly,
by a plan for the audit with that answer.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from norm_engine.engine.answers_possible import question_cells
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import Program
from norm_engine.model.ruleset import FactReference
from norm_engine.planning.circuit import ALWAYS, total, valued
from norm_engine.planning.moves import Move, Practice, shows_practice
from norm_engine.planning.problem import Problem, Route
from norm_engine.planning.route import cheapest
from norm_engine.planning.route_model import RouteModel
from norm_engine.planning.solver import minimise

MOST = 3
"""Answers looked for."""

_Filings = Mapping[str, tuple[Move, Sequence[tuple[str, Any]]]]


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
    filings = _filings(problem, candidates)
    for _ in range(MOST):
        best = _best(problem, candidates, filings)
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
    filing = program.ruleset.planning.filing
    efforts = [action.effort for action in actions]
    if filing is not None:
        efforts.append(filing.effort)
    taken = {effort.per for effort in efforts} | {
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


def _filings(problem: Problem, candidates: Mapping[str, Sequence[Any]]) -> _Filings:
    """The filings that an answer opens, each with the answers that open it."""
    offered = problem.offer
    closed = {
        move.kind: name for name, move in offered.filable.items() if name not in offered.moves
    }
    found: dict[str, tuple[Move, list[tuple[str, Any]]]] = {}
    practice = Practice(problem.evaluation.program, problem.evaluation.facts)
    for question, actions in _telling(problem, practice, candidates, closed):
        for answer in candidates[question]:
            shown = set(_shown(problem, practice, actions, question, answer))
            for kind, name in closed.items():
                if kind in shown:
                    opening = found.setdefault(name, (offered.filable[name], []))[1]
                    opening.append((question, answer))
    return found


def _telling(
    problem: Problem,
    practice: Practice,
    candidates: Iterable[str],
    closed: Collection[str | None],
) -> Iterator[tuple[str, Sequence[str]]]:
    """The questions that actions set, with those of which an answer may tell that they are done."""
    program = problem.evaluation.program
    recording = {
        name: action
        for name, action in program.ruleset.actions.items()
        if any(kind in closed for kind in action.records)
    }
    shown = {
        question
        for name, action in program.ruleset.actions.items()
        if action.records and name not in problem.offer.in_place
        for question in action.sets
    }
    beside: dict[str, list[str]] = {}
    for name, action in recording.items():
        numbers = {number for each in action.sets for number in practice.comparing.get(each, ())}
        asked = {subject for number in numbers for subject in program.atoms[number].subjects}
        for question in {*asked, *action.sets}:
            beside.setdefault(question, []).append(name)
    conditional = [name for name, action in recording.items() if action.when is not None]
    for question in candidates:
        if question in shown:
            yield question, list(dict.fromkeys([*beside.get(question, ()), *conditional]))


def _shown(
    problem: Problem, practice: Practice, actions: Iterable[str], question: str, answer: Any
) -> Iterator[str]:
    """The kinds of evidence of what is in place once an answer is known."""
    evaluation = problem.evaluation
    facts = _with_answer(evaluation, question, answer)
    trial = Practice(evaluation.program, facts, practice)
    answered: Evaluation | None = None
    for name in actions:
        action = evaluation.program.ruleset.actions[name]
        if name not in problem.offer.done and not trial.has(action):
            continue
        # seldom needed, and dear
        answered = answered or evaluate(evaluation.program, facts)
        if shows_practice(answered, action):
            yield from action.records


def _best(
    problem: Problem, candidates: Mapping[str, Sequence[Any]], filings: _Filings
) -> tuple[str, Any] | None:
    """The answer with which a plan would cost least; None where none makes it cheaper."""
    moves = {**problem.offer.moves, **{name: move for name, (move, _) in filings.items()}}
    wider = replace(problem, offer=replace(problem.offer, moves=moves))
    model = RouteModel(wider, given=candidates)
    model.decision.require_ready()
    model.linear.at_least(ALWAYS, total((1, shown) for _, _, shown in model.given))
    for filing, (_, opening) in filings.items():
        opens = ((1, shown) for *answer, shown in model.given if tuple(answer) in opening)
        model.linear.at_least(total(opens), model.taken[filing])
    # which of equally cheap routes it is does not matter here
    effort, _ = model.likely()
    solved = minimise(model.linear, effort, probing=False)
    if not solved.values:
        return None
    for name, answer, shown in model.given:
        if valued(shown, solved.values) > 1 / 2:
            return name, answer
    return None


def _answered(evaluation: Evaluation, name: str, answer: Any) -> Evaluation:
    return evaluate(evaluation.program, _with_answer(evaluation, name, answer))


def _with_answer(evaluation: Evaluation, name: str, answer: Any) -> Facts:
    facts = evaluation.facts
    answers = list(facts.answers)
    answers[evaluation.program.question_index[name]] = answer
    return Facts(answers, facts.evidence, facts.as_of)
