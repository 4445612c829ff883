"""The answers that differ for the rules: cells of a question's values, each with its prior.

Two answers that give every atom on a question the same truth come to the same thing; they are one
cell, for which one of them stands. The prior is stated here once; it is ours, and deliberately
ignorant (P. S. de Laplace's principle of insufficient reason):

* yes or no, a choice, a level of a scale: every value that the question offers is equally likely;
* a count, a number, a date, a text: every cell is equally likely, within the question's bounds;
* several choices: every number of choices is equally likely, and so is every set of that number,
  counted over the choices that some rule looks at (Laplace's rule of succession, which does not
  depend on how many others there are). With more than `_ALL_SETS` of them, the sets of a number
  are represented by those that follow one another in a circle, so that each choice still stands
  in the same share of them;
* evidence: none is as likely as some; where rules ask for several pieces, "some" is shared
  equally by the numbers that differ.

« Sans objet » and « je ne sais pas » weigh nothing. An atom on two questions (a ratio) divides the
values of the one once the other is answered; before that it divides nothing.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from norm_engine.engine.atoms import Atom
from norm_engine.engine.facts import SANS_OBJET, Facts
from norm_engine.engine.program import Program
from norm_engine.model.ruleset import AnswerReference, Question
from norm_engine.model.scalars import exact

_ALL_SETS = 4
"""Choices up to which every set of them is looked at: 2⁴ sets."""

_HALF = Fraction(1, 2)


class Cell(NamedTuple):
    """Answers that come to the same thing: one of them, and how likely they are together."""

    value: Any
    prior: Fraction


def question_cells(
    program: Program, facts: Facts, name: str, atoms: Sequence[int]
) -> tuple[Cell, ...]:
    """The cells of an open question that these atoms (indices) divide its values into."""
    values = list(_weighed(program, facts, name, [program.atoms[atom] for atom in atoms]))
    index = program.question_index[name]
    before = list(facts.answers)
    found: dict[tuple[int, ...], Cell] = {}
    total = sum((weight for _, weight in values), Fraction(0))
    even = program.ruleset.questions[name].type in _EVEN
    for value, weight in values:
        before[index] = value
        after = Facts(before, facts.evidence, facts.as_of)
        truths = tuple([program.tests[atom](after) for atom in atoms])
        prior = found[truths].prior if truths in found else Fraction(0)
        # the last of them stands for all: of a number the greatest, which leaves its parts room
        found[truths] = Cell(value, prior + weight / total)
    if even:
        return tuple(Cell(cell.value, Fraction(1, len(found))) for cell in found.values())
    return tuple(found.values())


def evidence_cells(program: Program, atoms: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a kind of evidence: none, and the numbers of pieces that differ."""
    needed = sorted({program.atoms[atom].value for atom in atoms if program.atoms[atom].value > 0})
    if not needed:
        return (Cell(0, Fraction(1)),)
    each = _HALF / len(needed)
    return Cell(0, _HALF), *(Cell(number, each) for number in needed)


_EVEN = frozenset(("count", "number", "date", "text"))
"""Types of questions whose cells are equally likely, whatever values they hold."""


def _weighed(
    program: Program, facts: Facts, name: str, atoms: Sequence[Atom]
) -> Iterator[tuple[Any, Fraction]]:
    question = program.ruleset.questions[name]
    if question.type == "choices":
        yield from _sets(question, atoms)
        return
    for value in dict.fromkeys(_values(program, facts, name, atoms)):
        yield value, Fraction(1)


def _values(program: Program, facts: Facts, name: str, atoms: Sequence[Atom]) -> Iterable[Any]:
    question = program.ruleset.questions[name]
    if question.type == "yes_no":
        return True, False
    if question.type == "scale":
        return [level.value for level in question.levels]
    if question.type == "choice":
        return [choice.value for choice in question.choices]
    if question.type == "date":
        return _days(facts, atoms)
    if question.type == "text":
        return [*sorted(set(_compared(atoms)), key=str), ""]
    return _numbers(program, facts, name, atoms)


def _compared(atoms: Iterable[Atom]) -> Iterator[Any]:
    """What the atoms on an answer compare it with."""
    for atom in atoms:
        if atom.form == "answer":
            yield from atom.value if isinstance(atom.value, frozenset) else (atom.value,)


def _days(facts: Facts, atoms: Sequence[Atom]) -> list[datetime.date]:
    """The days on, before and after everything that a day is compared with, latest first."""
    edges = {facts.as_of}
    edges |= {facts.earliest(atom.value) for atom in atoms if atom.comparator == "newer_than"}
    edges |= {each for each in _compared(atoms) if isinstance(each, datetime.date)}
    near = {each.toordinal() + shift for each in edges for shift in (-1, 0, 1)}
    last = datetime.date.max.toordinal()
    days = [day for day in sorted(near, reverse=True) if 1 <= day <= last]
    return [datetime.date.fromordinal(day) for day in days]


def _numbers(
    program: Program, facts: Facts, name: str, atoms: Sequence[Atom]
) -> list[int | Fraction]:
    """Values on, between and beyond everything that a number is compared with."""
    low, high = bounds(program, facts, name)
    edges = {Fraction(each) for each in _compared(atoms)}
    edges |= {each for atom in atoms for each in _ratio_edges(program, facts, name, atom)}
    edges |= {each for each in (low, high) if each is not None}
    if program.ruleset.questions[name].type == "count":
        near = {floor(each) + shift for each in edges for shift in (-1, 0, 1)}
        near |= {ceil(each) + 1 for each in edges} | {0, 1}
        found: set[Fraction] = {Fraction(each) for each in near if each >= 0}
    else:
        ordered = sorted(edges) or [Fraction(0)]
        between = {(one + two) / 2 for one, two in pairwise(ordered)}
        found = {*ordered, *between, ordered[0] - 1, ordered[-1] + 1}
    kept = sorted(
        each for each in found if (low is None or each >= low) and (high is None or each <= high)
    )
    return [int(each) if each.denominator == 1 else each for each in kept]


def _ratio_edges(program: Program, facts: Facts, name: str, atom: Atom) -> Iterator[Fraction]:
    if atom.form != "ratio":
        return
    part, whole = [_known(program, facts, subject) for subject in atom.subjects]
    if atom.subjects[0] == name and whole is not None:
        yield Fraction(atom.value) * whole
    if atom.subjects[1] == name and part is not None and atom.value:
        yield part / Fraction(atom.value)


def bounds(program: Program, facts: Facts, name: str) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that the answer to a question may be, given the other answers."""
    question = program.ruleset.questions[name]
    low = None if question.min is None else exact(question.min)
    high = None
    if isinstance(question.max, AnswerReference):
        high = _known(program, facts, question.max.answer)
    elif question.max is not None:
        high = exact(question.max)
    for other, each in program.ruleset.questions.items():
        if isinstance(each.max, AnswerReference) and each.max.answer == name:
            part = _known(program, facts, other)
            if part is not None:
                low = part if low is None else max(low, part)
    return low, high


def _known(program: Program, facts: Facts, name: str) -> Fraction | None:
    answer = facts.answers[program.question_index[name]]
    return None if answer is None or answer is SANS_OBJET else Fraction(answer)


def _sets(question: Question, atoms: Sequence[Atom]) -> Iterator[tuple[Any, Fraction]]:
    """Sets of choices, by how many they hold."""
    offered = [choice.value for choice in question.choices]
    whole = {each for atom in atoms if atom.comparator != "includes" for each in (atom.value,)}
    looked_at = {atom.value for atom in atoms if atom.comparator == "includes"}
    names = [name for name in offered if whole or name in looked_at]
    every = len(names) <= _ALL_SETS
    for size in range(len(names) + 1):
        sets = {frozenset(each) for each in whole if _is_set_of(each, names, size)}
        sets |= set(combinations_of(names, size) if every else _windows(names, size))
        share = Fraction(1, (len(names) + 1) * len(sets))
        # in the order in which the question offers them
        for each in sorted(sets, key=lambda held: [name not in held for name in names]):
            yield each, share


def _is_set_of(value: Any, names: Sequence[str], size: int) -> bool:
    return isinstance(value, frozenset) and len(value) == size and value <= set(names)


def combinations_of(names: Sequence[str], size: int) -> Iterator[frozenset[str]]:
    """Every set of so many of these choices."""
    return map(frozenset, combinations(names, size))


def _windows(names: Sequence[str], size: int) -> Iterator[frozenset[str]]:
    for start in range(len(names)):
        yield frozenset(names[(start + shift) % len(names)] for shift in range(size))
