"""What makes an action well formed: facts that exist, values that fit, figures in order."""

from collections.abc import Iterator

from norm_engine.language import _
from norm_engine.loading.border import shown, suggestion
from norm_engine.loading.condition_rules import condition_problems, fits, setting_fits
from norm_engine.loading.names import missing
from norm_engine.loading.planning_rules import effort_problems
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import Action, FactReference, Question, RuleSet


def action_problems(
    action: Action, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    """Everything wrong with an action."""
    for name, value in action.sets.items():
        yield from _fact_problems(name, value, ruleset, file, (*path, "sets", name))
    yield from missing(action.records, ruleset.evidence, file, (*path, "records"))
    yield from missing(action.after, ruleset.actions, file, (*path, "after"))
    if not action.sets and not action.records:
        yield Problem(
            file,
            _("This action changes nothing."),
            _("Say which facts it sets (“sets”) or which evidence it records (“records”)."),
            path,
        )
    yield from effort_problems(action.effort, ruleset, file, (*path, "effort"))
    if action.when is not None:
        yield from condition_problems(action.when, ruleset, file, (*path, "when"), proof=False)


def _fact_problems(
    name: str, value: object, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    question = ruleset.questions.get(name)
    if question is None:
        yield _no_question(name, ruleset, file, path)
    elif isinstance(value, FactReference):
        yield from _reference_problems(value, question, ruleset, file, path)
    elif isinstance(value, tuple) != (question.type == "choices"):
        yield Problem(
            file,
            _("“{value}” does not fit here.").format(value=shown(to_plain(value))),
            _("Write a list for a question of type choices, and for no other."),
            path,
        )
    else:
        for item in value if isinstance(value, tuple) else (value,):
            wanted = fits(item, "is", question)
            if wanted:
                message = _("“{value}” does not fit here.").format(value=shown(item))
                yield Problem(file, message, wanted, path)


def _no_question(name: str, ruleset: RuleSet, file: str, path: KeyPath) -> Problem:
    return Problem(
        file,
        _("The question “{id}” does not exist.").format(id=name),
        suggestion(name, ruleset.questions) or _("Add it to questions.yaml, or correct its name."),
        path,
    )


def _reference_problems(
    value: FactReference, question: Question, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    taken = [value.answer, value.setting, value.as_of]
    if sum(each is not None for each in taken) != 1:
        yield Problem(
            file,
            _("A fact comes from an answer, a setting, or the day itself."),
            _("Write one of: {values}.").format(values="answer, setting, as_of"),
            path,
        )
        return
    if value.answer is not None:
        other = ruleset.questions.get(value.answer)
        if other is None:
            yield _no_question(value.answer, ruleset, file, (*path, "answer"))
        elif not _same_kind(other, question):
            yield _other_type(other.type, question, file, (*path, "answer"))
    elif value.setting is not None:
        setting = ruleset.head.settings.get(value.setting)
        if setting is None:
            yield Problem(
                file,
                _("The setting “{id}” does not exist.").format(id=value.setting),
                suggestion(value.setting, ruleset.head.settings)
                or _("Add it to the settings of ruleset.yaml, or correct its name."),
                (*path, "setting"),
            )
        elif not setting_fits(setting, "is", question):
            yield _other_type(setting.type, question, file, (*path, "setting"))
    elif question.type != "date":
        yield _other_type("date", question, file, (*path, "as_of"))


def _same_kind(other: Question, question: Question) -> bool:
    if {other.type, question.type} == {"count", "number"}:
        return True
    return other.type == question.type and _values(other) == _values(question)


def _values(question: Question) -> list[object]:
    """The values of the choices or levels of a question, whatever their words."""
    choices: list[object] = [choice.value for choice in question.choices]
    return choices or [level.value for level in question.levels]


def _other_type(kind: str, question: Question, file: str, path: KeyPath) -> Problem:
    return Problem(
        file,
        _("A value of type {other} cannot be put where the type is {type}.").format(
            other=kind, type=question.type
        ),
        _("Take it from something of the same type."),
        path,
    )
