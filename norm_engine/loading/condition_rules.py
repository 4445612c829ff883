"""What makes a condition well formed: one form, one comparator, values that fit the question."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from norm_engine.language import _, current
from norm_engine.loading import limits
from norm_engine.loading.border import shown, suggestion
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.conditions import (
    COMPARATORS,
    FORMS,
    Condition,
    SettingReference,
    children,
)
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import Question, RuleSet, Setting
from norm_engine.model.scalars import DURATION, is_number, text_in

_NUMERIC = frozenset({"count", "number", "scale"})
_ORDERED = _NUMERIC | {"date"}

SUITS: Mapping[str, frozenset[str]] = {
    "is": frozenset({"yes_no", "count", "number", "date", "choice", "choices", "scale", "text"}),
    "at_least": _ORDERED,
    "at_most": _ORDERED,
    "among": frozenset({"count", "number", "date", "choice", "scale", "text"}),
    "includes": frozenset({"choices"}),
    "newer_than": frozenset({"date"}),
}
"""The types of questions that each comparator can be put to."""


def condition_problems(
    condition: Condition, ruleset: RuleSet, file: str, path: KeyPath, *, proof: bool
) -> Iterator[Problem]:
    """Everything wrong with a condition and those inside it.

    Args:
        proof: whether it stands in a `proof`, where only evidence and ``all``, ``any``, ``of`` may.
    """
    checker = _Checker(ruleset, file, proof)
    yield from checker.condition(condition, path, 1)


class _Checker:
    def __init__(self, ruleset: RuleSet, file: str, proof: bool) -> None:
        self.ruleset = ruleset
        self.file = file
        self.proof = proof
        self.requirement_ids = {each.id for each in ruleset.requirements}

    def problem(self, path: KeyPath, message: str, remedy: str) -> Problem:
        """A problem of this file, at a path."""
        return Problem(self.file, message, remedy, path)

    def condition(self, condition: Condition, path: KeyPath, depth: int) -> Iterator[Problem]:
        """Everything wrong with a condition and what it is made of."""
        keys = set(to_plain(condition))
        head = self._head(keys)
        if head is None:
            yield self.problem(
                path,
                _("This condition has none of the forms known.")
                if not keys & set(FORMS)
                else _("This condition mixes several forms: {keys}.").format(
                    keys=", ".join(sorted(keys))
                ),
                _("Write one of: {forms}.").format(forms=", ".join(FORMS)),
            )
            return
        if depth > limits.MAX_CONDITION_DEPTH:
            message = _("Conditions stand too deep inside one another here.")
            yield self.problem(path, message, _("Flatten this part."))
            return
        strange = keys - FORMS[head] - {head}
        if strange:
            yield self.problem(
                path,
                _("“{keys}” cannot stand beside “{head}”.").format(
                    keys=", ".join(sorted(strange)), head=head
                ),
                _("Put two conditions into “all: [ … ]”."),
            )
            return
        yield from self._placed(head, path)
        yield from getattr(self, f"_{head}")(condition, path)
        name = "of" if head == "of" else head
        for position, child in enumerate(children(condition)):
            below = (*path, name) if head == "not" else (*path, name, position)
            yield from self.condition(child, below, depth + 1)

    @staticmethod
    def _head(keys: set[str]) -> str | None:
        heads = keys & set(FORMS)
        return heads.pop() if len(heads) == 1 else None

    def _placed(self, head: str, path: KeyPath) -> Iterator[Problem]:
        if self.proof and head not in ("evidence", "all", "any", "of"):
            yield self.problem(
                path,
                _("“{head}” cannot stand in a proof.").format(head=head),
                _("A proof speaks of evidence; put the rest into “when”."),
            )
        if not self.proof and head == "evidence":
            yield self.problem(
                path,
                _("“evidence” can stand in a proof only."),
                _("Move it to “proof”, beside “when”."),
            )

    def _answer(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        used = [c for c in COMPARATORS if _written(condition, c) is not None]
        if len(used) != 1:
            yield self.problem(
                path,
                _("An answer is compared exactly once; here: {count} times.").format(
                    count=len(used)
                ),
                _("Write one of {comparators}; for two, use “all: [ … ]”.").format(
                    comparators=", ".join(COMPARATORS)
                ),
            )
            return
        question = yield from self._question(str(condition.answer), (*path, "answer"))
        if question is None:
            return
        comparator = used[0]
        if question.type not in SUITS[comparator]:
            fitting = [c for c in COMPARATORS if question.type in SUITS[c]]
            yield self.problem(
                (*path, comparator),
                _("“{comparator}” does not suit a question of type {type}.").format(
                    comparator=comparator, type=question.type
                ),
                _("For this question write one of: {comparators}.").format(
                    comparators=", ".join(fitting)
                ),
            )
            return
        yield from self._value(
            _written(condition, comparator), comparator, question, (*path, comparator)
        )

    def _value(
        self, value: Any, comparator: str, question: Question, path: KeyPath
    ) -> Iterator[Problem]:
        if comparator == "among" and isinstance(value, tuple):
            for position, item in enumerate(value):
                yield from self._value(item, "is", question, (*path, position))
            return
        if isinstance(value, SettingReference):
            setting = yield from self._setting(value.setting, (*path, "setting"))
            if setting is not None and not setting_fits(setting, comparator, question):
                yield self.problem(
                    path,
                    _("A setting of type {setting} cannot be compared with this answer.").format(
                        setting=setting.type
                    ),
                    _("Refer to another setting, or change its type."),
                )
            return
        wanted = fits(value, comparator, question)
        if wanted:
            yield self.problem(
                path,
                _("“{value}” is no possible answer to “{question}”.").format(
                    value=shown(value), question=path_question(question)
                ),
                wanted,
            )

    def _ratio(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        names = condition.ratio or ()
        if len(names) != 2:
            message = _("A ratio is made of two questions.")
            yield self.problem((*path, "ratio"), message, _("Write “ratio: [part, whole]”."))
            return
        for position, name in enumerate(names):
            question = yield from self._question(name, (*path, "ratio", position))
            if question is not None and question.type not in ("count", "number"):
                yield self.problem(
                    (*path, "ratio", position),
                    _("A ratio is made of counts or numbers; “{name}” is of type {type}.").format(
                        name=name, type=question.type
                    ),
                    _("Refer to a question of type count or number."),
                )
        yield from self._bound(condition, path)

    def _bound(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        used = [c for c in ("at_least", "at_most") if _written(condition, c) is not None]
        if len(used) != 1:
            message = _("A ratio needs one bound: at_least or at_most.")
            yield self.problem(path, message, _("For two, use “all: [ … ]”."))
            return
        value = _written(condition, used[0])
        if isinstance(value, SettingReference):
            setting = yield from self._setting(value.setting, (*path, used[0], "setting"))
            wrong = setting is not None and setting.type not in ("share", "number", "count")
        else:
            wrong = not is_number(value)
        if wrong:
            yield self.problem(
                (*path, used[0]),
                _("The bound of a ratio is a number."),
                _("Write a number: 3, 4/5, 80 % or 0.8."),
            )

    def _met(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        if condition.met not in self.requirement_ids:
            yield self.problem(
                (*path, "met"),
                _("The requirement “{id}” does not exist.").format(id=condition.met),
                suggestion(str(condition.met), self.requirement_ids) or _("Correct its code."),
            )

    def _evidence(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        if condition.evidence not in self.ruleset.evidence:
            yield self.problem(
                (*path, "evidence"),
                _("The kind of evidence “{id}” does not exist.").format(id=condition.evidence),
                suggestion(str(condition.evidence), self.ruleset.evidence)
                or _("Add it to evidence.yaml, or correct its name."),
            )
        yield from self._amount(condition.count, (*path, "count"))

    def _amount(self, value: Any, path: KeyPath) -> Iterator[Problem]:
        if value is None:
            return
        if isinstance(value, SettingReference):
            setting = yield from self._setting(value.setting, (*path, "setting"))
            wrong = setting is not None and setting.type != "count"
        else:
            wrong = isinstance(value, bool) or not isinstance(value, int) or value < 1
        if wrong:
            yield self.problem(path, _("How many is a whole number from 1."), _("Write 1 or more."))

    def _all(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        if condition.all_ == ():
            yield self.problem((*path, "all"), _("This list is empty."), _("Add a condition."))

    def _any(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        if condition.any_ == ():
            yield self.problem((*path, "any"), _("This list is empty."), _("Add a condition."))

    def _of(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        count = len(condition.of or ())
        if condition.at_least is None:
            yield self.problem(path, _("“of” needs “at_least: n” beside it."), _("Add “at_least”."))
        elif isinstance(condition.at_least, int) and condition.at_least > count:
            yield self.problem(
                (*path, "at_least"),
                _("At least {needed} of only {count} conditions.").format(
                    needed=condition.at_least, count=count
                ),
                _("Lower “at_least”, or add conditions."),
            )
        yield from self._amount(condition.at_least, (*path, "at_least"))

    def _not(self, condition: Condition, path: KeyPath) -> Iterator[Problem]:
        yield from ()

    def _question(self, name: str, path: KeyPath) -> "Iterator[Problem] | Any":
        question = self.ruleset.questions.get(name)
        if question is None:
            yield self.problem(
                path,
                _("The question “{id}” does not exist.").format(id=name),
                suggestion(name, self.ruleset.questions)
                or _("Add it to questions.yaml, or correct its name."),
            )
        return question

    def _setting(self, name: str, path: KeyPath) -> "Iterator[Problem] | Any":
        setting = self.ruleset.head.settings.get(name)
        if setting is None:
            yield self.problem(
                path,
                _("The setting “{id}” does not exist.").format(id=name),
                suggestion(name, self.ruleset.head.settings)
                or _("Add it to the settings of ruleset.yaml, or correct its name."),
            )
        return setting


def _written(condition: Condition, comparator: str) -> Any:
    return getattr(condition, "is_" if comparator == "is" else comparator)


def path_question(question: Question) -> str:
    """The words of a question, for messages."""
    return text_in(question.text, current())


def setting_fits(setting: Setting, comparator: str, question: Question) -> bool:
    """Whether a setting gives a value that an answer can be compared with."""
    if comparator == "newer_than":
        return setting.type == "duration"
    if question.type in _NUMERIC:
        return setting.type in ("count", "number", "scale", "share")
    return setting.type == "text"


def fits(value: Any, comparator: str, question: Question) -> str:
    """What to write instead, when `value` is none that an answer can be compared with; else ''."""
    if comparator == "newer_than":
        return "" if re.fullmatch(DURATION, str(value)) else _("Write a duration such as P24M.")
    kind = question.type
    if kind == "yes_no":
        return "" if isinstance(value, bool) else _("Write true or false.")
    if kind == "scale":
        return _one_of(value, [level.value for level in question.levels])
    if kind in ("choice", "choices"):
        return _one_of(value, [choice.value for choice in question.choices])
    if kind in ("count", "number"):
        return _number_fits(value, kind)
    if kind == "date":
        return "" if _is_day(value) else _("Write a day as year-month-day: 2026-03-31.")
    return "" if isinstance(value, str) else _("Write text, in quotes.")


def _one_of(value: Any, values: list[Any]) -> str:
    if value in values and not isinstance(value, bool):
        return ""
    return _("Write one of: {values}.").format(values=", ".join(str(each) for each in values))


def _number_fits(value: Any, kind: str) -> str:
    if not is_number(value):
        return _("Write a number: 3, 4/5, 80 % or 0.8.")
    if kind == "count" and not isinstance(value, int):
        return _("Write a whole number.")
    return ""


def _is_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True
