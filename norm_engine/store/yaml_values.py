"""Writes values as YAML, so that every reader takes them for what they are."""

import datetime
import json
import re

from norm_engine.model.records import Plain

# a word that no reader of YAML takes for anything else, the code of a record, or a day
_WORD = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*|[A-Z]{1,8}-?[0-9]{1,4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAKEN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def block(key: str, name: str, written: Plain, indent: int) -> str:
    """An entry of an audit on lines of its own, behind the end of the line before.

    Args:
        key: what it is an entry of: ``answers``, ``evidence`` or ``no_evidence``.
        name: its name there; of no use to a piece of evidence, which holds its own.
        indent: how many spaces it stands in.
    """
    lead = "\n" + " " * indent
    if key == "answers":
        return f"{lead}{name}: {inline(written)}"
    if key == "no_evidence":
        return f"{lead}- {inline(name)}"
    parts = [f"{inner}: {inline(held)}" for inner, held in written.items()]
    return f"{lead}- " + f"{lead}  ".join(parts)


def inline_entry(key: str, name: str, written: Plain) -> str:
    """A list or a map of one entry of an audit, on one line."""
    return inline({name: written} if key == "answers" else [written])


def inline(value: Plain) -> str:
    """A value on one line, in quotes wherever some reader might take it for something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {inline(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str) and (
        _is_day(value) or (_WORD.fullmatch(value) and value not in _TAKEN)
    ):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
