"""What would change if some answers or evidence were others: two evaluations of one program."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from norm_engine.engine.atoms import typed
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import SANS_OBJET, Facts
from norm_engine.engine.program import Program, answer_value
from norm_engine.engine.state import State
from norm_engine.model.ruleset import edges


class Moved(NamedTuple):
    """A requirement of which something changes, by its place in the program.

    `downstream`: it rests on the one asked about. `proven`: what is proven changes, and not what
    is declared alone.
    """

    place: int
    downstream: bool
    proven: bool


class WhatIf(NamedTuple):
    """Two evaluations of one structure, and the requirements that differ."""

    before: Evaluation
    after: Evaluation
    moved: tuple[Moved, ...]


def changed_facts(
    program: Program,
    facts: Facts,
    answers: Mapping[str, Any],
    evidence: Mapping[str, int | None],
) -> Facts:
    """The facts with other answers, as audits write them, and other numbers of pieces that count.

    Args:
        answers: by question; None where the answer becomes unknown.
        evidence: by kind; None where nothing is recorded nor said of it.
    """
    given = list(facts.answers)
    for name, written in answers.items():
        value = answer_value(written)
        kind = program.ruleset.questions[name].type
        bare = value is None or value is SANS_OBJET
        given[program.question_index[name]] = value if bare else typed(value, kind)
    counted = list(facts.evidence)
    for name, number in evidence.items():
        counted[program.kind_index[name]] = number
    return Facts(given, counted, facts.as_of)


def what_if(before: Evaluation, facts: Facts, requirement: str) -> WhatIf:
    """Evaluate other facts, and tell which requirements come to something else.

    Those that rest on `requirement` come first, nearest first, then the others by id; it stands
    itself among them, at their head, when it changes.
    """
    program = before.program
    after = evaluate(program, facts)
    distance = _distances(program, requirement)
    moved = []
    for index, each in enumerate(program.requirements):
        proven = _differs(before.proven.states[index], after.proven.states[index])
        if proven or _differs(before.declared.states[index], after.declared.states[index]):
            moved.append(Moved(index, each.id in distance and each.id != requirement, proven))
    far = len(program.requirements)
    moved.sort(key=lambda one: (distance.get(program.requirements[one.place].id, far), one.place))
    return WhatIf(before, after, tuple(moved))


def _distances(program: Program, requirement: str) -> dict[str, int]:
    """How many edges away what rests on a requirement is, through gates and ``met``."""
    resting: dict[str, list[str]] = {}
    for each in program.requirements:
        for name in edges(each):
            resting.setdefault(name, []).append(each.id)
    found = {requirement: 0}
    pending = [requirement]
    for name in pending:
        for other in resting.get(name, ()):
            if other not in found:
                found[other] = found[name] + 1
                pending.append(other)
    return found


def _differs(before: State, after: State) -> bool:
    """Whether status, credit or grade differ, or which of them are possible."""
    return before[:6] != after[:6]
