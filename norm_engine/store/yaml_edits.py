"""Changes one value of an audit's YAML and leaves every other character of the file as it is.

Writing the whole document anew would move comments and lay the file out as a program likes it.
What is written is read again before anybody may keep it: it must say what it said, and the change.
"""

import copy
import datetime
import json
import re
from dataclasses import replace

from norm_engine.language import _
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.yaml_reader import read_yaml
from norm_engine.model.records import Plain
from norm_engine.store.yaml_layout import (
    Spot,
    column,
    layout_of,
    line_end,
    line_start,
    next_line,
    spliced,
)

Place = tuple[str, str]
"""Where a value stands: ``answers`` and a question, ``evidence`` and the id of a piece, or
``no_evidence`` and a kind of evidence (whose value is true while it is listed)."""

_Splice = tuple[int, int, str]


def held_at(data: Plain, place: Place) -> Plain:
    """What stands at a place of an audit's plain data; None when nothing does."""
    holder, name = data.get(place[0]), place[1]
    if place[0] == "answers":
        return (holder or {}).get(name)
    if place[0] == "no_evidence":
        return True if name in (holder or []) else None
    return next((each for each in holder or [] if each.get("id") == name), None)


def edited(content: bytes, place: Place, value: Plain, name: str) -> bytes:
    """The bytes of an audit with another value at a place; None takes away what stands there.

    Args:
        content: an audit that has been found valid.
        name: how messages call the file.

    Raises:
        InvalidInput: when the value cannot be written, or the file is laid out so that it cannot
            be changed on the spot.
    """
    data = read_yaml(content, name)
    if _same(held_at(data, place), value):
        return content
    refuse_unreadable(value, name)
    text = content.decode("utf-8-sig")
    changes = [
        (start, end, new.replace("\n", _line_end(text)))
        for start, end, new in _splices(text, layout_of(text), place, value)
    ]
    mark = content[: len(content) - len(text.encode())]
    made = mark + spliced(text, changes).encode("utf-8", "surrogatepass")
    if not _says(made, name, _changed(data, place, value)):
        raise InvalidInput(
            [
                Problem(
                    name,
                    _("This file is laid out so that this value cannot be written into it."),
                    _("Write it by hand, or replace names such as “*name” by what they stand for."),
                    place,
                )
            ]
        )
    return made


def refuse_unreadable(value: Plain, name: str) -> None:
    """Refuse a value that nobody could read back, such as one with characters that are not seen.

    Raises:
        InvalidInput: with what is wrong with it.
    """
    try:
        read_yaml(_inline(value).encode("utf-8", "surrogatepass"), name)
    except InvalidInput as refused:
        raise InvalidInput(
            [replace(each, line=None, column=None, path=()) for each in refused.problems]
        ) from None


def _says(made: bytes, name: str, wanted: Plain) -> bool:
    try:
        return _same(read_yaml(made, name), wanted)
    except InvalidInput:
        return False


def _same(one: Plain, other: Plain) -> bool:
    # for Python, True is 1
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _changed(data: Plain, place: Place, value: Plain) -> Plain:
    """The same change on plain data."""
    changed = copy.deepcopy(data)
    key, name = place
    if key == "answers":
        holder = changed[key] = changed.get(key) or {}
        holder.pop(name, None) if value is None else holder.update({name: value})
        return changed
    listed = changed.get(key) or []
    item = name if key == "no_evidence" else value
    position = _position(listed, place)
    if value is None:
        kept = [each for index, each in enumerate(listed) if index != position]
    elif position is None:
        kept = [*listed, item]
    else:
        kept = [item if index == position else each for index, each in enumerate(listed)]
    changed[key] = kept
    return changed


def _position(listed: list[Plain], place: Place) -> int | None:
    key, name = place
    for position, each in enumerate(listed):
        if each == name if key == "no_evidence" else each.get("id") == name:
            return position
    return None


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _splices(text: str, root: Spot, place: Place, value: Plain) -> list[_Splice]:
    key, name = place
    pair = root.pair(key)
    written = name if key == "no_evidence" else value
    if pair is None:
        return [
            _new_entry(text, root, f"{key}:{_block(key, name, written, 2)}", key, name, written)
        ]
    holder = pair[1]
    spots = _entries(holder, key)
    if name in spots:
        if value is None:
            return _removal(text, pair, list(spots).index(name))
        return [_replacement(text, spots[name], written)]
    if not holder.items:
        # nothing yet, “[]” or “{}”
        after = pair[0].end + 1
        inside = _block(key, name, written, column(text, pair[0].start) + 2)
        if root.flow:
            inside = " " + _inline_entry(key, name, written)
        return [(after, max(holder.end, after), inside)]
    return [_addition(text, holder, key, name, written)]


def _entries(holder: Spot, key: str) -> dict[str, Spot | tuple[Spot, Spot]]:
    """What a list or a map of an audit holds, by name."""
    if key == "answers":
        return {pair[0].text: pair for pair in holder.pairs()} if holder.kind == "map" else {}
    if key == "no_evidence":
        return {item.text: item for item in holder.items}
    named = ((item.pair("id"), item) for item in holder.items)
    return {pair[1].text: item for pair, item in named if pair is not None}


def _new_entry(
    text: str, root: Spot, block: str, key: str, name: str, written: Plain
) -> _Splice:  # a key that the document does not have yet
    if root.flow:
        inside = f"{key}: {_inline_entry(key, name, written)}"
        return (root.end - 1, root.end - 1, f", {inside}" if root.items else inside)
    at = line_end(text, root.end)
    return (at, at, "\n" + block)


def _replacement(text: str, spot: Spot | tuple[Spot, Spot], value: Plain) -> _Splice:
    if isinstance(spot, Spot):
        return (spot.start, spot.end, _inline(value))
    key, held = spot
    between = text[key.end : held.start]
    if between.strip() in ("", ":"):
        return (key.end, max(held.end, key.end + 1), f": {_inline(value)}")
    return (held.start, held.end, _inline(value))  # a comment stands between the two


def _addition(text: str, holder: Spot, key: str, name: str, written: Plain) -> _Splice:
    if holder.flow:
        inside = _inline_entry(key, name, written)[1:-1] if key != "evidence" else _inline(written)
        return (holder.items[-1].end, holder.items[-1].end, f", {inside}")
    at = line_end(text, holder.end)
    return (at, at, _block(key, name, written, column(text, holder.start)))


def _removal(text: str, pair: tuple[Spot, Spot], position: int) -> list[_Splice]:
    """Take an entry away; an empty list or map says so."""
    holder = pair[1]
    wide = 2 if holder.kind == "map" else 1
    parts = [
        (holder.items[first].start, holder.items[first + wide - 1].end)
        for first in range(0, len(holder.items), wide)
    ]
    start, end = parts[position]
    if holder.flow:
        if len(parts) == 1:
            return [(holder.start, holder.end, "{}" if holder.kind == "map" else "[]")]
        if position + 1 < len(parts):
            return [(start, parts[position + 1][0], "")]
        return [(parts[position - 1][1], end, "")]
    lines = (line_start(text, start), next_line(text, end), "")
    if len(parts) > 1:
        return [lines]
    after = pair[0].end + 1
    return [(after, after, " {}" if holder.kind == "map" else " []"), lines]


def _block(key: str, name: str, written: Plain, indent: int) -> str:
    """An entry on lines of its own."""
    lead = "\n" + " " * indent
    if key == "answers":
        return f"{lead}{name}: {_inline(written)}"
    if key == "no_evidence":
        return f"{lead}- {_inline(name)}"
    parts = [f"{inner}: {_inline(held)}" for inner, held in written.items()]
    return f"{lead}- " + f"{lead}  ".join(parts)


def _inline_entry(key: str, name: str, written: Plain) -> str:
    """A list or a map of one entry, on one line."""
    return _inline({name: written} if key == "answers" else [written])


# a word that no reader of YAML takes for anything else, the code of a record, or a day
_WORD = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*|[A-Z]{1,8}-?[0-9]{1,4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TAKEN = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def _inline(value: Plain) -> str:
    """A value on one line, in quotes wherever some reader might take it for something else."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_inline(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
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
