"""Checks plain data against the records of the model, and says in plain words what is wrong."""

import json
import types
import typing
from collections.abc import Iterable
from dataclasses import is_dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, TypeVar

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.loading.unseen import on_one_line
from norm_engine.model.records import Plain, document_key

_T = TypeVar("_T")


@cache
def adapter(kind: Any) -> Any:
    """The pydantic adapter of a record."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def checked(kind: type[_T], data: Plain, file: str) -> tuple[_T | None, list[Problem]]:
    """Build a record of `kind` from plain data, or say everything that is wrong with it.

    Positions are not known here: `norm_engine.loading.documents` adds them.
    """
    from pydantic import ValidationError

    wanted: Any = kind
    try:
        return adapter(wanted).validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, _problems(kind, error.errors(include_url=False), data, file)


def suggestion(name: str, known: Iterable[str]) -> str:
    """The question whether a known name was meant, or '' when none is near."""
    if len(name) > 80:
        return ""
    near = get_close_matches(name, list(known), 1)
    return _("Did you mean “{near}”?").format(near=near[0]) if near else ""


def keys_at(kind: Any, path: KeyPath) -> list[str]:
    """The keys that the records which may stand at `path` in a record of `kind` have."""
    kinds = _branches(kind)
    for part in path:
        kinds = [inside for each in kinds for inside in _branches(_inside(each, part))]
    return sorted(
        {document_key(name) for each in kinds if _is_record(each) for name in _hints(each)}
    )


def _is_record(kind: Any) -> bool:
    return is_dataclass(kind)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _branches(kind: Any) -> list[Any]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return [each for argument in typing.get_args(kind) for each in _branches(argument)]
    return [kind]


def _inside(kind: Any, part: str | int) -> Any:
    arguments = typing.get_args(kind)
    if _is_record(kind):
        return next((h for name, h in _hints(kind).items() if document_key(name) == part), None)
    if typing.get_origin(kind) is tuple and isinstance(part, int):
        return arguments[0]
    return arguments[1] if typing.get_origin(kind) is dict else None


def _problems(kind: type, errors: Iterable[Any], data: Plain, file: str) -> list[Problem]:
    """One problem for each place; of the branches of a union, the one that went deepest."""
    found: dict[KeyPath, list[tuple[KeyPath, Any]]] = {}
    for error in errors:
        path, union_at = _true_path(error["loc"], data, missing=error["type"] == "missing")
        found.setdefault(union_at if union_at is not None else path, []).append((path, error))
    problems = []
    for place, listed in found.items():
        deepest = max(len(path) for path, _error in listed)
        chosen = [(path, error) for path, error in listed if len(path) == deepest]
        if len({str(error["type"]) for _path, error in chosen}) > 1 and deepest == len(place):
            kinds = {"kinds": [str(error["type"]) for _path, error in chosen]}
            problems.append(_problem(file, place, "union", kinds, _held(data, place)))
            continue
        for path, error in {path: (path, error) for path, error in chosen}.values():
            held = error["input"] if error["type"] != "missing" else None
            context = error.get("ctx", {})
            if error["type"] in _UNKNOWN_KEY:
                known = keys_at(kind, path[:-1]) if len(problems) < limits.MAX_PROBLEMS else []
                context = {"near": suggestion(str(path[-1]), known)}
            problems.append(_problem(file, path, error["type"], context, held))
    return problems


_UNKNOWN_KEY = ("unexpected_keyword_argument", "extra_forbidden")


def _true_path(
    loc: tuple[str | int, ...], data: Plain, *, missing: bool
) -> tuple[KeyPath, KeyPath | None]:
    """The part of an error's location that exists in the data; unions add names of their own."""
    path: list[str | int] = []
    union_at: KeyPath | None = None
    held = data
    for position, part in enumerate(loc):
        in_list = isinstance(held, list) and isinstance(part, int) and part < len(held)
        if in_list or (isinstance(held, dict) and part in held):
            held = held[part]
        elif missing and position == len(loc) - 1:
            path.append(part)
            continue
        else:
            union_at = tuple(path) if union_at is None else union_at
            continue
        path.append(part)
    return tuple(path), union_at


def _held(data: Plain, path: KeyPath) -> Plain:
    for part in path:
        data = data[part]
    return data


def shown(value: Plain) -> str:
    """A value as messages quote it: on one line, with nothing a terminal obeys, cut when long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = on_one_line(text)
    return text if len(text) <= 60 else text[:59] + "…"


def _problem(file: str, path: KeyPath, kind: str, context: dict[str, Any], held: Plain) -> Problem:
    message, remedy = _words(kind, context, held, on_one_line(str(path[-1])) if path else "")
    return Problem(file, message, remedy, path)


def _words(kind: str, context: dict[str, Any], held: Plain, key: str) -> tuple[str, str]:
    said = shown(held)
    if kind == "missing":
        return (
            _("The key “{key}” is missing here.").format(key=key),
            _("Add a line “{key}: …”.").format(key=key),
        )
    if kind in _UNKNOWN_KEY:
        return (
            _("The key “{key}” is not known here.").format(key=key),
            context.get("near")
            or _("Check its spelling, or remove it; an editor with the schema lists the keys."),
        )
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        expected = {"True": "true", "False": "false"}.get(expected, expected)
        return (
            _("“{value}” is not one of the values allowed here.").format(value=said),
            _("Write one of: {values}.").format(values=expected),
        )
    message = _("“{value}” does not fit here.").format(value=said)
    if held is None:
        message = _("Nothing is written here.")
    words = wanted_forms()
    if kind == "union":
        # what each of the forms allowed here asks for, once
        forms = dict.fromkeys(words[each] for each in context["kinds"] if each in words)
        return message, _(" Or: ").join(forms) or words["union"]
    unknown = _("Compare with the documentation of this key ({kind}).").format(kind=kind)
    return message, words.get(kind, unknown)


def wanted_forms() -> dict[str, str]:
    """What to write instead, by the kind of error or the name of a small value's form."""
    text = _("Write text; put quotes around it when it looks like a number or a truth value.")
    date = _("Write a day that exists, as year-month-day: 2026-03-31.")
    record = _("Write keys and values here, indented under this key.")
    listed = _("Write a list: one line “- …” for each item.")
    whole = _("Write a whole number, without quotes.")
    return {
        "string_type": text,
        "bool_type": _("Write true or false."),
        "int_type": whole,
        "int_from_float": whole,
        "int_parsing": whole,
        "date_type": date,
        "date_from_datetime_parsing": date,
        "date_parsing": date,
        "date_from_datetime_inexact": date,
        "dict_type": record,
        "dataclass_type": record,
        "dataclass_exact_type": record,
        "mapping_type": record,
        "tuple_type": listed,
        "list_type": listed,
        "none_required": _("Leave this empty."),
        "union": _("Its kind is not one of those allowed here: text, number, list or keys."),
        "identifier": _(
            "An identifier is made of a–z, 0–9, “_” and “-”, and starts with a letter."
        ),
        "requirement_id": _("The code of a requirement looks like “STR-25”."),
        "record_id": _("An identifier here is made of letters, digits, “_” and “-”."),
        "number": _("Write a number: 3, 4/5, 80 % or 0.8."),
        "exact": _("Write an exact number: 3 or 7/12."),
        "duration": _("Write a duration such as P24M (24 months), P2Y, P6W or P10D."),
        "sha256": _("A SHA-256 is made of 64 digits 0–9 and a–f."),
        "version": _("A version looks like 1.0.0."),
    }
