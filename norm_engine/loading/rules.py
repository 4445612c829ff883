"""What no schema can say of a rule set: names that must exist, kinds that must fit, circles."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from norm_engine.language import _
from norm_engine.loading.action_rules import action_problems
from norm_engine.loading.border import suggestion
from norm_engine.loading.circles import Place, circle_problems
from norm_engine.loading.condition_rules import condition_problems
from norm_engine.loading.names import missing, repeated
from norm_engine.loading.planning_rules import planning_problems
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.audit import UNKNOWN
from norm_engine.model.conditions import SettingReference
from norm_engine.model.ruleset import (
    AnswerReference,
    DecisionCondition,
    Question,
    Requirement,
    RuleSet,
    Setting,
)
from norm_engine.model.scalars import DURATION, exact, is_number, months_and_days

_EDITION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def ruleset_problems(ruleset: RuleSet, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Everything wrong with a rule set whose files are each well formed.

    Args:
        places: where things stand: ``head``, ``questions``, ``evidence``, ``actions`` and each
            requirement's position among `ruleset.requirements` (as text).
    """
    yield from _head_problems(ruleset, *places["head"])
    for name, question in ruleset.questions.items():
        file, path = places["questions"]
        yield from _question_problems(question, ruleset, file, (*path, name))
    for name, kind in ruleset.evidence.items():
        file, path = places["evidence"]
        if isinstance(kind.fresh_for, SettingReference):
            yield from _duration_setting(
                kind.fresh_for, ruleset, file, (*path, name, "fresh_for", "setting")
            )
    for name, action in ruleset.actions.items():
        file, path = places["actions"]
        yield from action_problems(action, ruleset, file, (*path, name))
    yield from planning_problems(ruleset.planning, ruleset, places["actions"][0], ("planning",))
    known: dict[str, str] = {}
    for position, requirement in enumerate(ruleset.requirements):
        file, path = places[str(position)]
        if requirement.id in known:
            yield Problem(
                file,
                _("The requirement {id} stands twice, already in {file}.").format(
                    id=requirement.id, file=known[requirement.id]
                ),
                _("Give one of them another code; codes are never used again."),
                (*path, "id"),
            )
        known[requirement.id] = file
        yield from _requirement_problems(requirement, ruleset, file, path)
    yield from circle_problems(ruleset, places)


def _head_problems(ruleset: RuleSet, file: str, path: KeyPath) -> Iterator[Problem]:
    head = ruleset.head
    if not _EDITION.fullmatch(head.edition):
        yield Problem(
            file,
            _("“{value}” is no name of an edition.").format(value=head.edition),
            _("Write up to 32 letters, digits, “.”, “_” and “-”, such as 2021."),
            (*path, "edition"),
        )
    if not 0 <= exact(head.blocked_credit) <= 1:
        message = _("A credit lies between 0 and 1.")
        remedy = _("Write a share: 1/2, 50 % or 0.5.")
        yield Problem(file, message, remedy, (*path, "blocked_credit"))
    for name, setting in head.settings.items():
        yield from _setting_problems(setting, file, (*path, "settings", name))
    for key in ("domains", "workshops", "decision"):
        ids = [item.id for item in getattr(head, key)]
        yield from repeated(ids, file, (*path, key))
    yield from _decision_problems(ruleset, file, (*path, "decision"))


def _decision_problems(ruleset: RuleSet, file: str, path: KeyPath) -> Iterator[Problem]:
    for position, condition in enumerate(ruleset.head.decision):
        place = (*path, position)
        by_grade = condition.grade is not None and condition.at_most is not None
        by_score = condition.score_at_least is not None
        complete = by_grade != by_score
        mixed = by_score and (condition.grade is not None or condition.at_most is not None)
        if not complete or mixed or (by_grade and condition.each is not None):
            yield Problem(
                file,
                _("A condition of the decision bounds a grade or sets a floor under scores."),
                _("Write “grade” and “at_most”, or “score_at_least” (and “each”)."),
                place,
            )
        yield from _bound_problems(condition, file, place)
        for key in ("at_most", "score_at_least"):
            value = getattr(condition, key)
            if isinstance(value, SettingReference):
                setting = ruleset.head.settings.get(value.setting)
                if setting is None or setting.type not in ("count", "share", "number"):
                    yield Problem(
                        file,
                        _("“{name}” is not a setting with a number.").format(name=value.setting),
                        _("Add it to the settings of ruleset.yaml, or correct its name."),
                        (*place, key, "setting"),
                    )


def _bound_problems(condition: DecisionCondition, file: str, path: KeyPath) -> Iterator[Problem]:
    most, floor = condition.at_most, condition.score_at_least
    if isinstance(most, int) and most < 0:
        message = _("{value} is less than {bound}, the least possible.").format(value=most, bound=0)
        yield Problem(file, message, _("Write a whole number from 0."), (*path, "at_most"))
    if isinstance(floor, int | str) and not 0 <= exact(floor) <= 1:
        message = _("A score lies between 0 and 1.")
        remedy = _("Write a share: 1/2, 50 % or 0.5.")
        yield Problem(file, message, remedy, (*path, "score_at_least"))


def _setting_problems(setting: Setting, file: str, path: KeyPath) -> Iterator[Problem]:
    size = _length if setting.type == "duration" else _size
    for key in ("min", "max"):
        bound = getattr(setting, key)
        if bound is not None and (setting.type == "text" or size(bound) is None):
            yield Problem(
                file,
                _("“{value}” does not bound a setting of type {type}.").format(
                    value=bound, type=setting.type
                ),
                _("Write a bound of the same type, or remove it."),
                (*path, key),
            )
    wanted = setting_misfit(setting, setting.default)
    if wanted:
        yield Problem(
            file,
            _("“{value}” does not fit a setting of type {type}.").format(
                value=setting.default, type=setting.type
            ),
            wanted,
            (*path, "default"),
        )


def setting_misfit(setting: Setting, value: int | str) -> str:
    """What to write instead, when `value` does not fit a setting; else ''."""
    if setting.type == "text":
        return "" if isinstance(value, str) else _("Write text, in quotes.")
    size = _length if setting.type == "duration" else _size
    measured = size(value)
    if measured is None:
        if setting.type == "duration":
            return _("Write a duration such as P24M (24 months), P2Y, P6W or P10D.")
        return _("Write a number: 3, 4/5, 80 % or 0.8.")
    whole = setting.type in ("count", "scale")
    if whole and (measured.denominator != 1 or measured < 0):
        return _("Write a whole number from 0.")
    share = setting.type == "share"
    low = 0 if share and setting.min is None else setting.min
    high = 1 if share and setting.max is None else setting.max
    least, most = (None if bound is None else size(bound) for bound in (low, high))
    if (least is not None and measured < least) or (most is not None and measured > most):
        return _("It lies between {low} and {high}.").format(
            low="…" if low is None else low, high="…" if high is None else high
        )
    return ""


def _size(value: int | str) -> Fraction | None:
    return exact(value) if is_number(value) else None


def _length(value: int | str) -> Fraction | None:
    """How long a duration is, in months of thirty days, good enough to compare bounds."""
    if not isinstance(value, str) or not re.fullmatch(DURATION, value):
        return None
    months, days = months_and_days(value)
    return months + Fraction(days, 30)


def _question_problems(
    question: Question, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    yield from _idle_problems(question, file, path)
    if question.type in ("choice", "choices") and len(question.choices) < 2:
        message = _("This question needs two choices or more.")
        yield Problem(file, message, _("Add a choice, or change the type."), (*path, "choices"))
    if question.type == "scale":
        numbers = [level.value for level in question.levels]
        if len(numbers) < 2 or numbers != list(range(len(numbers))):
            yield Problem(
                file,
                _("A scale has levels 0, 1, 2… in this order."),
                _("Number the levels from 0, without a hole, each with its anchor."),
                (*path, "levels"),
            )
    values = [choice.value for choice in question.choices]
    yield from repeated(values, file, (*path, "choices"), "value")
    if UNKNOWN in values:
        yield Problem(
            file,
            _("“{value}” already means that the answer is not known.").format(value=UNKNOWN),
            _("Name this choice otherwise; every question may be answered so."),
            (*path, "choices", values.index(UNKNOWN), "value"),
        )
    if isinstance(question.max, AnswerReference):
        bound = ruleset.questions.get(question.max.answer)
        if bound is None or bound is question or bound.type not in ("count", "number"):
            yield Problem(
                file,
                _("“{name}” is not a question that asks for a number.").format(
                    name=question.max.answer
                ),
                _("Refer to another question, of type count or number."),
                (*path, "max", "answer"),
            )
    elif (
        question.min is not None
        and question.max is not None
        and (exact(question.min) > exact(question.max))
    ):
        message = _("“min” is more than “max”.")
        yield Problem(file, message, _("Put the two figures in order."), (*path, "max"))


_BELONGS = {
    "choices": ("choice", "choices"),
    "levels": ("scale",),
    "min": ("count", "number"),
    "max": ("count", "number"),
}
"""The types of questions that a key says something of."""


def _idle_problems(question: Question, file: str, path: KeyPath) -> Iterator[Problem]:
    for key, types in _BELONGS.items():
        if getattr(question, key) not in (None, ()) and question.type not in types:
            yield Problem(
                file,
                _("“{key}” says nothing of a question of type {type}.").format(
                    key=key, type=question.type
                ),
                _("Remove it, or give the question one of the types: {types}.").format(
                    types=", ".join(types)
                ),
                (*path, key),
            )


def _duration_setting(
    reference: SettingReference, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    setting = ruleset.head.settings.get(reference.setting)
    if setting is None or setting.type != "duration":
        yield Problem(
            file,
            _("“{name}” is not a setting of type duration.").format(name=reference.setting),
            _("Add it to the settings of ruleset.yaml, or correct its name."),
            path,
        )


def _requirement_problems(
    requirement: Requirement, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    head = ruleset.head
    ids = {each.id for each in ruleset.requirements}
    for key, known in (
        ("workshop", [each.id for each in head.workshops]),
        ("domain", [each.id for each in head.domains]),
    ):
        if getattr(requirement, key) not in known:
            yield Problem(
                file,
                _("“{name}” does not exist.").format(name=getattr(requirement, key)),
                suggestion(getattr(requirement, key), known)
                or _("Write one of: {values}.").format(values=", ".join(known)),
                (*path, key),
            )
    period = requirement.in_force
    if period and period.from_ and period.to and period.from_ > period.to:
        message = _("This period ends before it begins.")
        yield Problem(file, message, _("Put the two days in order."), (*path, "in_force"))
    yield from missing(requirement.sources, head.sources, file, (*path, "sources"))
    yield from missing(requirement.requires, ids, file, (*path, "requires"))
    yield from missing(requirement.after, ids, file, (*path, "after"))
    if requirement.weight < 1:
        yield _weight_problem(file, path)
    if requirement.applies_when is not None:
        yield from condition_problems(
            requirement.applies_when, ruleset, file, (*path, "applies_when"), proof=False
        )
    if not requirement.criteria:
        message = _("A requirement needs a criterion.")
        yield Problem(file, message, _("Add one under “criteria”."), (*path, "criteria"))
    yield from _criteria_problems(requirement, ruleset, file, (*path, "criteria"))


def _criteria_problems(
    requirement: Requirement, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    yield from repeated([each.id for each in requirement.criteria], file, path)
    for position, criterion in enumerate(requirement.criteria):
        place = (*path, position)
        if criterion.weight < 1:
            yield _weight_problem(file, place)
        if criterion.when is None and criterion.proof is None:
            yield Problem(
                file,
                _("A criterion needs a condition (“when”), a proof, or both."),
                _("Add “when” or “proof”."),
                place,
            )
        if criterion.when is not None:
            yield from condition_problems(
                criterion.when, ruleset, file, (*place, "when"), proof=False
            )
        if criterion.proof is not None:
            yield from condition_problems(
                criterion.proof, ruleset, file, (*place, "proof"), proof=True
            )


def _weight_problem(file: str, path: KeyPath) -> Problem:
    message = _("A weight is a whole number from 1.")
    return Problem(file, message, _("Write 1 or more."), (*path, "weight"))
