"""What may be asked for: a question, or whether there is evidence of a kind."""

from typing import Any, Final

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import Program

Subject = tuple[str, str]
"""``question`` or ``evidence``, and its id."""

EVIDENCE: Final = "preuve:"
"""What the name of a subject starts with that is a kind of evidence."""


def name_of(subject: Subject) -> str:
    """The name of a subject: a question's id, or `EVIDENCE` and a kind's id."""
    kind, name = subject
    return EVIDENCE + name if kind == "evidence" else name


def with_answer(evaluation: Evaluation, facts: Facts, subject: Subject, value: Any) -> Facts:
    """The facts once a subject is answered (None: unknown); of evidence, `value` pieces count."""
    kind, name = subject
    answers, evidence = list(facts.answers), list(facts.evidence)
    if kind == "evidence":
        evidence[evaluation.program.kind_index[name]] = value
    else:
        answers[evaluation.program.question_index[name]] = value
    return Facts(answers, evidence, facts.as_of)


def atoms_by_subject(program: Program) -> dict[Subject, list[int]]:
    """The atoms (indices) on each question and kind of evidence."""
    found: dict[Subject, list[int]] = {}
    for index, atom in enumerate(program.atoms):
        kind = "evidence" if atom.form == "evidence" else "question"
        for name in dict.fromkeys(atom.subjects):
            found.setdefault((kind, name), []).append(index)
    return found
