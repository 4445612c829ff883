"""Which questions are asked, and what is still to be answered and shown."""

from collections.abc import Iterator
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.program import Program
from norm_engine.engine.truth import NOT_APPLICABLE
from norm_engine.model.ruleset import AnswerReference


class Asked(NamedTuple):
    """What a structure is asked, given what is known of it.

    Attributes:
        questions: every question asked, the profile's first, then in the rule set's order.
        open_questions: those of them without an answer, or answered « je ne sais pas ».
        evidence: the kinds of evidence that some requirement that may apply can be proven with.
        open_evidence: those of them of which nothing is recorded and nothing said.
    """

    questions: tuple[str, ...]
    open_questions: tuple[str, ...]
    evidence: tuple[str, ...]
    open_evidence: tuple[str, ...]


def asked(evaluation: Evaluation) -> Asked:
    """What is asked while some requirement that may still be applicable uses it."""
    program = evaluation.program
    wanted: set[str] = set()
    kinds: set[str] = set()
    for each in program.order:
        if all(
            run.states[each.index].may_count == 0
            for run in (evaluation.declared, evaluation.proven)
        ):
            continue
        nodes = [*each.declared, *each.proven]
        # a criterion that drops out asks for no proof, but its question may still be answered
        for node in [*nodes, *([each.applies] if each.applies >= 0 else ())]:
            dropped = evaluation.proven.truths[node] == NOT_APPLICABLE
            for form, subject in _subjects(program, node):
                if form != "evidence":
                    wanted.add(subject)
                elif not dropped:
                    kinds.add(subject)
    questions = program.ruleset.questions
    for name in list(wanted):
        bound = questions[name].max
        if isinstance(bound, AnswerReference):
            wanted.add(bound.answer)
    wanted |= {name for name, question in questions.items() if question.profile}
    listed = sorted(wanted, key=lambda name: (not questions[name].profile, _place(program, name)))
    known = sorted(kinds, key=lambda kind: program.kind_index[kind])
    facts = evaluation.facts
    return Asked(
        tuple(listed),
        tuple(name for name in listed if facts.answers[program.question_index[name]] is None),
        tuple(known),
        tuple(kind for kind in known if facts.evidence[program.kind_index[kind]] is None),
    )


def _place(program: Program, question: str) -> int:
    return program.question_index[question]


def _subjects(program: Program, node: int) -> Iterator[tuple[str, str]]:
    """The questions and evidence kinds that a node rests on, other requirements left out."""
    op, number, children = program.nodes[node]
    if op == "atom":
        atom = program.atoms[number]
        for subject in atom.subjects:
            yield atom.form, subject
    for child in children:
        yield from _subjects(program, child)
