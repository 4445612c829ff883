"""Atoms in words: what is compared, with what, and what was found."""

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from norm_engine.engine.atoms import Atom
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import SANS_OBJET
from norm_engine.engine.formula import Literal
from norm_engine.engine.program import Program
from norm_engine.language import _, ngettext
from norm_engine.language.figures import (
    date_said,
    duration_said,
    listed,
    number_said,
    percent_said,
)
from norm_engine.model.results import AtomResult
from norm_engine.model.ruleset import Question
from norm_engine.model.scalars import Text
from norm_engine.presentation.values import asked_words, words_of


def words(program: Program, text: Text) -> str:
    """A text of the rule set in the language in force."""
    return words_of(text, program.ruleset)


def atom_result(program: Program, literal: Literal) -> AtomResult:
    """A literal as results carry it."""
    atom = program.atoms[program.nodes[literal[0]].number]
    return AtomResult(
        form=atom.form,  # type: ignore[arg-type]
        subjects=atom.subjects,
        comparator=atom.comparator,
        value=_plain(atom.value),
        wanted=literal[1],
        text=literal_said(program, literal),
    )


def _plain(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(each) for each in value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def literal_said(program: Program, literal: Literal) -> str:
    """What is to hold, in words: a comparison, or its contrary."""
    atom = program.atoms[program.nodes[literal[0]].number]
    said = atom_said(program, atom)
    return said if literal[1] else _("not: {condition}").format(condition=said)


def atom_said(program: Program, atom: Atom) -> str:
    """A comparison in words."""
    if atom.form == "evidence":
        title = words(program, program.ruleset.evidence[atom.subjects[0]].title)
        if atom.value == 1:
            return _("evidence “{title}”").format(title=title)
        return _("evidence “{title}”: at least {count}").format(title=title, count=atom.value)
    questions = [program.ruleset.questions[name] for name in atom.subjects]
    asked = [asked_words(question, program.ruleset) for question in questions]
    if atom.form == "ratio":
        share = Fraction(atom.value)
        form = (
            _("“{first}”: at least {share} “{second}”{note}")
            if atom.comparator == "at_least"
            else _("“{first}”: at most {share} “{second}”{note}")
        )
        shown = (
            _("{part} of").format(part=percent_said(share))
            if share <= 1
            else _("{n} times").format(n=number_said(share))
        )
        return form.format(first=asked[0], second=asked[1], share=shown, note="")
    wanted = compared_said(program, questions[0], atom.comparator, atom.value)
    return _("“{question}”: {wanted}").format(question=asked[0], wanted=wanted)


def compared_said(program: Program, question: Question, comparator: str, value: Any) -> str:
    """What an answer is compared with, in words."""
    if comparator == "newer_than":
        return _("less than {duration} ago").format(duration=duration_said(value))
    if comparator == "among":
        return _("one of {values}").format(
            values=listed([value_said(program, question, each) for each in _sorted(value)])
        )
    said = value_said(program, question, value)
    if question.type == "scale" and comparator == "at_least":
        top = max(level.value for level in question.levels)
        return said if value >= top else _("{level}, or better").format(level=said)
    forms = {
        "is": "{value}",
        "includes": _("includes {value}"),
        "at_least": _("at least {value}"),
        "at_most": _("at most {value}"),
    }
    return forms[comparator].format(value=said)


def _sorted(values: Any) -> Sequence[Any]:
    return sorted(values, key=str)


def value_said(program: Program, question: Question, value: Any) -> str:
    """The value of an answer in words."""
    if value is None:
        return _("not answered yet")
    if value is SANS_OBJET:
        return _("not applicable")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return date_said(value)
    if isinstance(value, frozenset | tuple):
        chosen = [value_said(program, question, each) for each in _sorted(value)]
        return listed(chosen) if chosen else _("none")
    return _scalar_said(program, question, value)


def _scalar_said(program: Program, question: Question, value: Any) -> str:
    for choice in question.choices:
        if choice.value == value:
            return _("“{words}”").format(words=words(program, choice.text))
    for level in question.levels:
        if level.value == value:
            return _("“{text}” (level {value})").format(
                text=words(program, level.text), value=value
            )
    if isinstance(value, int | Fraction):
        number = number_said(value, 2)
        # units are written in the plural: nothing is better than « 1 personnes »
        unit = "" if question.unit is None or -2 < value < 2 else words(program, question.unit)
        return f"{number} {unit}".rstrip()
    return str(value)


def found_said(evaluation: Evaluation, atom: Atom) -> str:
    """What the structure answered or recorded, in words."""
    program, facts = evaluation.program, evaluation.facts
    if atom.form == "evidence":
        counted = facts.evidence[program.kind_index[atom.subjects[0]]]
        if counted is None:
            return _("nothing recorded, nothing said")
        if counted == 0:
            return _("none that counts")
        return ngettext("{n} piece counts", "{n} pieces count", counted).format(n=counted)
    found = []
    for name in atom.subjects:
        question = program.ruleset.questions[name]
        answer = facts.answers[program.question_index[name]]
        found.append(value_said(program, question, answer))
    return (
        _("{part} out of {whole}").format(part=found[0], whole=found[1])
        if (atom.form == "ratio")
        else found[0]
    )
