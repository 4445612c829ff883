"""Atoms: the comparisons that conditions come down to, each evaluated once wherever it stands."""

import datetime
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from norm_engine.engine.facts import SANS_OBJET, Facts
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE, UNKNOWN
from norm_engine.model.conditions import COMPARATORS, Condition, SettingReference
from norm_engine.model.ruleset import Question
from norm_engine.model.scalars import canonical_duration, exact

Test = Callable[[Facts], int]
"""Gives an atom's truth code for the facts of one structure."""


class Atom(NamedTuple):
    """One comparison, its settings already resolved.

    `subjects` are question ids (two for a ratio) or one evidence kind; `comparator` is a key of
    the language of conditions (`count` for evidence).
    """

    form: str
    subjects: tuple[str, ...]
    comparator: str
    value: Any


Settings = Mapping[str, Any]
"""Settings by name, resolved: exact numbers, durations or texts."""


def atom_of(
    condition: Condition, questions: Mapping[str, Question], settings: Settings
) -> Atom | None:
    """The atom that `condition` is, or None when it is a compound or an edge."""
    if condition.answer is not None:
        comparator = _comparator(condition)
        written = getattr(condition, "is_" if comparator == "is" else comparator)
        kind = questions[condition.answer].type
        value = comparison_value(written, comparator, kind, settings)
        return Atom("answer", (condition.answer,), comparator, value)
    if condition.ratio is not None:
        comparator = "at_least" if condition.at_least is not None else "at_most"
        bound = resolve(getattr(condition, comparator), settings)
        return Atom("ratio", condition.ratio, comparator, _number(bound))
    if condition.evidence is not None:
        count = resolve(1 if condition.count is None else condition.count, settings)
        return Atom("evidence", (condition.evidence,), "count", int(count))
    return None


def comparison_value(written: Any, comparator: str, kind: str, settings: Settings) -> Any:
    """What an answer of type `kind` is compared with: typed, settings resolved, hashable."""
    value = resolve(written, settings)
    if comparator == "newer_than":
        return canonical_duration(value)
    if comparator == "among":
        items = value if isinstance(value, tuple) else (value,)
        return frozenset(typed(resolve(item, settings), kind) for item in items)
    if kind == "choices":
        if comparator == "includes":
            return value
        return frozenset(value) if isinstance(value, tuple) else frozenset((value,))
    return typed(value, kind)


def typed(value: Any, kind: str) -> Any:
    """A value as answers of type `kind` are compared: exact numbers, dates, sets of choices."""
    if kind in ("count", "number", "scale"):
        return _number(value)
    if kind == "date" and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    if kind == "choices" and not isinstance(value, str):
        return frozenset(value)
    return value


def resolve(value: Any, settings: Settings) -> Any:
    """`value`, or the setting it refers to."""
    return settings[value.setting] if isinstance(value, SettingReference) else value


def _number(value: Any) -> int | Fraction:
    number = exact(value) if isinstance(value, str) else value
    # integers compare several times faster than fractions
    whole: bool = number.denominator == 1
    return int(number) if whole else number


def _comparator(condition: Condition) -> str:
    for comparator in COMPARATORS:
        if getattr(condition, "is_" if comparator == "is" else comparator) is not None:
            return comparator
    raise ValueError("an answer compared with nothing")


def test_of(atom: Atom, question_index: Mapping[str, int], kind_index: Mapping[str, int]) -> Test:
    """The test of an atom: a function of facts alone."""
    if atom.form == "evidence":
        return _evidence_test(kind_index[atom.subjects[0]], atom.value)
    first = question_index[atom.subjects[0]]
    if atom.form == "ratio":
        second = question_index[atom.subjects[1]]
        return _ratio_test(first, second, atom.value, at_least=atom.comparator == "at_least")
    if atom.comparator == "newer_than":
        return _newer_than_test(first, atom.value)
    return _answer_test(first, _COMPARISONS[atom.comparator](atom.value))


def _evidence_test(index: int, needed: int) -> Test:
    def test(facts: Facts) -> int:
        """Whether so many pieces of the kind count."""
        counted = facts.evidence[index]
        if counted is None:
            return UNKNOWN
        return TRUE if counted >= needed else FALSE

    return test


def _ratio_test(first: int, second: int, bound: int | Fraction, *, at_least: bool) -> Test:
    def test(facts: Facts) -> int:
        """Whether the one count is such a share of the other, which may be 0."""
        part, whole = facts.answers[first], facts.answers[second]
        if part is SANS_OBJET or whole is SANS_OBJET:
            return NOT_APPLICABLE
        if part is None or whole is None:
            return UNKNOWN
        share = bound * whole
        return TRUE if (part >= share if at_least else part <= share) else FALSE

    return test


def _answer_test(index: int, holds: Callable[[Any], bool]) -> Test:
    def test(facts: Facts) -> int:
        """Whether the answer compares as asked."""
        answer = facts.answers[index]
        if answer is None:
            return UNKNOWN
        if answer is SANS_OBJET:
            return NOT_APPLICABLE
        return TRUE if holds(answer) else FALSE

    return test


def _newer_than_test(index: int, duration: str) -> Test:
    def test(facts: Facts) -> int:
        """Whether the day answered lies within the duration before the day spoken of."""
        answer = facts.answers[index]
        if answer is None:
            return UNKNOWN
        if answer is SANS_OBJET:
            return NOT_APPLICABLE
        # a day that has not come yet is not within the duration before the day spoken of
        return TRUE if facts.earliest(duration) <= answer <= facts.as_of else FALSE

    return test


# "answer >= value" is said "value <= answer", so that what is known comes first
_COMPARISONS: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "is": lambda value: partial(operator.eq, value),
    "at_least": lambda value: partial(operator.le, value),
    "at_most": lambda value: partial(operator.ge, value),
    "among": lambda values: partial(operator.contains, values),
    "includes": lambda value: lambda answer: value in answer,
}
