"""What the schema of audits refuses, in plain words."""

from collections.abc import Iterable, Iterator
from typing import Any

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.border import shown, suggestion, wanted_forms
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.loading.schemas import FORMS
from norm_engine.model.records import Plain
from norm_engine.model.ruleset import AnswerReference, Question, RuleSet
from norm_engine.model.scalars import text_in

_DETAILS = ("value", "not_applicable", "by", "on", "comment")
_LISTED = 12
"""Values that a message lists."""


def schema_problems(data: Plain, schema: Plain, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    """What the schema of audits refuses, in plain words."""
    for error in _checker()(schema).iter_errors(data):
        path = tuple(error.absolute_path)
        if len(path) >= 2 and path[0] == "answers":
            yield from _answer_problems(error, path, ruleset, file)
        elif path == ("answers",) and error.validator == "additionalProperties":
            yield from _unknown_questions(error.instance, ruleset, file)
        else:
            yield from _schema_problem(error, path, file)


def _checker() -> Any:
    """The validator; a pattern's ``$`` stands for the end, not for a line's end before it."""
    import re

    from jsonschema import Draft7Validator, ValidationError
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, held: Any, _schema: Plain) -> Iterator[Any]:
        """What a text has against a pattern: one error, when the whole of it does not follow it."""
        if isinstance(held, str) and not re.search(re.sub(r"\$$", r"\\Z", wanted), held):
            yield ValidationError("pattern")

    kind: Any = extend(Draft7Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return lambda schema: kind(schema, format_checker=Draft7Validator.FORMAT_CHECKER)


def _unknown_questions(answers: Plain, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    unknown = [name for name in answers if name not in ruleset.questions]
    for position, name in enumerate(unknown):
        near = suggestion(name, ruleset.questions) if position < limits.MAX_PROBLEMS else ""
        yield Problem(
            file,
            _("The question “{id}” does not exist.").format(id=shown(name)),
            near or _("Remove this answer, or correct the name of its question."),
            ("answers", name),
        )


def _answer_problems(error: Any, path: KeyPath, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    question = ruleset.questions[str(path[1])]
    held = error.instance
    if not isinstance(held, dict):
        yield _no_answer(held, question, ruleset, file, path)
        return
    if "not_applicable" in held and not question.not_applicable:
        yield Problem(
            file,
            _("This question does not allow “not applicable”."),
            _("Answer it, or write “unknown”: {wanted}").format(wanted=wanted_answer(question)),
            (*path, "not_applicable"),
        )
        return
    if ("value" in held) == ("not_applicable" in held):
        yield Problem(
            file,
            _("An answer is a value or “not applicable”: one of the two."),
            _("Write “value”, or “not_applicable” with the reason."),
            path,
        )
    inside = [each for each in error.context if each.relative_schema_path[0] == 2]
    for each in inside:
        below = (*path, *each.relative_path)
        if each.validator == "additionalProperties":
            strange = [key for key in held if key not in _DETAILS]
            yield from (_unknown_key(key, _DETAILS, path, file) for key in strange)
        elif below == (*path, "value"):
            yield _no_answer(held["value"], question, ruleset, file, below)
        elif below != path:
            yield from _schema_problem(each, below, file)


def _no_answer(
    value: Plain, question: Question, ruleset: RuleSet, file: str, path: KeyPath
) -> Problem:
    said = text_in(question.text, ruleset.head.language)
    message = _("“{value}” is no answer to “{question}”.").format(value=shown(value), question=said)
    if value is None:
        message = _("Nothing is written here for “{question}”.").format(question=said)
    return Problem(file, message, wanted_answer(question), path)


def wanted_answer(question: Question) -> str:
    """What may be written as an answer to a question, in words."""
    kind = question.type
    if kind == "yes_no":
        return _("Write true (yes), false (no) or unknown.")
    if kind == "count":
        return _wanted_count(question)
    if kind == "number":
        return _("Write a number: 3, 4/5, 80 % or 0.8, or unknown.")
    if kind == "date":
        return _("Write a day that exists, as year-month-day: 2026-03-31.")
    if kind == "text":
        return _("Write text, in quotes.")
    values = [choice.value for choice in question.choices] or [
        str(level.value) for level in question.levels
    ]
    if kind == "choices":
        return _("Write a list of: {values}.").format(values=", ".join(values))
    return _("Write one of: {values}, or unknown.").format(values=", ".join(values))


def _wanted_count(question: Question) -> str:
    low, high = question.min or 0, question.max
    if high is None:
        return _("Write a whole number from {low}, or unknown.").format(low=low)
    if isinstance(high, AnswerReference):
        return _("Write a whole number from {low} to the answer to “{id}”, or unknown.").format(
            low=low, id=high.answer
        )
    return _("Write a whole number from {low} to {high}, or unknown.").format(low=low, high=high)


def _schema_problem(error: Any, path: KeyPath, file: str) -> Iterator[Problem]:
    keyword, wanted, held = error.validator, error.validator_value, error.instance
    if keyword == "additionalProperties":
        known = error.schema.get("properties", {})
        strange = [key for key in held if key not in known]
        for position, key in enumerate(strange):
            yield _unknown_key(key, known if position < limits.MAX_PROBLEMS else (), path, file)
        return
    if keyword == "required":
        for key in wanted:
            if key not in held:
                yield Problem(
                    file,
                    _("The key “{key}” is missing here.").format(key=key),
                    _("Add a line “{key}: …”.").format(key=key),
                    path,
                )
        return
    # of several forms allowed, what one says of the inside, where it has the kind that is written
    inside = [each for each in error.context if each.validator != "type" or each.relative_path]
    if inside:
        for each in inside:
            yield from _schema_problem(each, (*path, *each.relative_path), file)
        return
    yield _misfit(keyword, wanted, held, path, file)


def _misfit(keyword: str, wanted: Any, held: Plain, path: KeyPath, file: str) -> Problem:
    message = _("“{value}” does not fit here.").format(value=shown(held))
    if held is None:
        message = _("Nothing is written here.")
    if keyword == "enum":
        values = [str(each) for each in wanted]
        more = ", …" if len(values) > _LISTED else ""
        listed = _("Write one of: {values}.").format(values=", ".join(values[:_LISTED]) + more)
        near = suggestion(held, values) if isinstance(held, str) else ""
        return Problem(file, message, f"{near} {listed}".strip(), path)
    return Problem(file, message, _remedy(keyword, wanted), path)


def _unknown_key(key: str, known: Iterable[str], path: KeyPath, file: str) -> Problem:
    return Problem(
        file,
        _("The key “{key}” is not known here.").format(key=shown(key)),
        suggestion(key, known) or _("Remove it, or check where it belongs."),
        (*path, key),
    )


def _remedy(keyword: str, wanted: Any) -> str:
    if keyword == "type":
        names = {
            "string": _("text, in quotes"),
            "integer": _("a whole number"),
            "number": _("a number"),
            "boolean": _("true or false"),
            "array": _("a list (one line “- …” for each item)"),
            "object": _("keys and values"),
            "null": _("nothing"),
        }
        listed = wanted if isinstance(wanted, list) else [wanted]
        return _("Write {kinds}.").format(kinds=", ".join(names[each] for each in listed))
    if keyword == "pattern" and wanted in FORMS:
        return wanted_forms()[FORMS[wanted]]
    fixed = {
        "format": _("Write a day that exists, as year-month-day: 2026-03-31."),
        "uniqueItems": _("Each item may stand once only."),
        "minItems": _("Add at least one item."),
        "pattern": _("Use letters, digits, “_” and “-” only, in the form this key has elsewhere."),
        "minLength": _("Do not leave it empty."),
        "maxLength": _("Shorten it."),
    }
    if keyword == "const":
        return _("Write {value}.").format(value=shown(wanted))
    return fixed.get(keyword) or _("Compare with the example audits.")
