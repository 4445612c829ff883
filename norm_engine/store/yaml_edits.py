"""Changes one value of an audit's YAML and leaves every other character of the file as it is.

Writing the whole document anew would move comments and lay the file out as a program likes it.
What is written is read again before anybody may keep it: it must say what it said, and the change.
"""

import copy
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from norm_engine.language import _
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.yaml_reader import read_yaml
from norm_engine.model.records import Plain
from norm_engine.store.yaml_layout import (
    Spot,
    after_blank,
    colon,
    column,
    comments_in,
    is_named,
    layout_of,
    line_end,
    line_start,
    next_line,
    spliced,
)
from norm_engine.store.yaml_values import block, inline, inline_entry

Place = tuple[str, str]
"""Where a value stands: ``answers`` and a question, ``evidence`` and the id of a piece, or
``no_evidence`` and a kind of evidence (whose value is true while it is listed)."""

_Splice = tuple[int, int, str]


class Unwritable(InvalidInput):
    """A file is laid out so that a value cannot be changed on the spot."""


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
        InvalidInput: when the value cannot be written.
        Unwritable: when the file is laid out so that it cannot be changed on the spot without
            losing something.
    """
    data = read_yaml(content, name)
    if _same(held_at(data, place), value):
        return content
    refuse_unreadable(value, name)
    text, wanted = content.decode("utf-8-sig"), _changed(data, place, value)
    root, mark = layout_of(text), content[: len(content) - len(text.encode())]
    for way in _ways(text, root, place, held_at(data, place), value):
        changes = [(start, end, new.replace("\n", _line_end(text))) for start, end, new in way]
        made = spliced(text, changes)
        whole = mark + made.encode("utf-8", "surrogatepass")
        if _says(whole, name, wanted) and _keeps(text, root, changes, made):
            return whole
    raise _unwritable(text, root, place, name)


def _unwritable(text: str, root: Spot, place: Place, name: str) -> Unwritable:
    remedy = _("Write it by hand.")
    if is_named(root, text):
        remedy = _("Write it by hand, or replace names such as “*name” by what they stand for.")
    pair = root.pair(place[0])
    held = _entries(pair[1], place[0]).get(place[1]) if pair is not None else None
    spot = held[0] if isinstance(held, tuple) else held or (pair[0] if pair is not None else root)
    line = len(text[: spot.start].splitlines()) + (not column(text, spot.start))
    message = _("This file is laid out so that this value cannot be written into it.")
    return Unwritable([Problem(name, message, remedy, place, line=line)])


def refuse_unreadable(value: Plain, name: str) -> None:
    """Refuse a value that nobody could read back, such as one with characters that are not seen.

    Raises:
        InvalidInput: with what is wrong with it.
    """
    try:
        read_yaml(inline(value).encode("utf-8", "surrogatepass"), name)
    except InvalidInput as refused:
        raise InvalidInput(
            [replace(each, line=None, column=None, path=()) for each in refused.problems]
        ) from None


def _says(made: bytes, name: str, wanted: Plain) -> bool:
    try:
        return _same(read_yaml(made, name), wanted)
    except InvalidInput:
        return False


def _keeps(text: str, root: Spot, changes: list[_Splice], made: str) -> bool:
    """Whether no comment was lost, however a person laid the value out."""
    if not any(comments_in(text, root, start, end) for start, end, _new in changes):
        return True
    before, after = (
        Counter(comments_in(each, spot, 0, len(each)))
        for each, spot in ((text, root), (made, layout_of(made)))
    )
    return before <= after


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


def _ways(
    text: str, root: Spot, place: Place, before: Plain, value: Plain
) -> Iterator[list[_Splice]]:
    """Ways to make a change, the one that touches least first."""
    key, name = place
    pair = root.pair(key)
    spots = _entries(pair[1], key) if pair is not None else {}
    if pair is None or name not in spots:
        yield from _insertions(text, root, place, value)
    elif value is None:
        yield _removal(text, root, pair, list(spots).index(name))
    else:
        entry = spots[name]
        held = entry if isinstance(entry, Spot) else entry[1]
        if held.kind == "map" and before and isinstance(value, dict) and value:
            yield _key_by_key(text, held, before, value)
        yield _whole(text, root, entry, name if key == "no_evidence" else value)


def _insertions(text: str, root: Spot, place: Place, value: Plain) -> Iterator[list[_Splice]]:
    key, name = place
    pair = root.pair(key)
    written = name if key == "no_evidence" else value
    if pair is None:
        yield from _new_entry(text, root, key, name, written)
    elif pair[1].items:
        yield from _additions(text, pair[1], key, name, written)
    else:
        yield from _first_entry(text, root, pair, name, written)


def _first_entry(
    text: str, root: Spot, pair: tuple[Spot, Spot], name: str, written: Plain
) -> Iterator[list[_Splice]]:
    """An entry where there is nothing yet: nothing at all, “[]” or “{}”."""
    holder, key = pair[1], pair[0].text
    after = colon(text, pair[0])
    inside = block(key, name, written, column(text, pair[0].start) + 2)
    if root.flow:
        inside = " " + inline_entry(key, name, written)
    yield [(after, max(holder.end, after), inside)]
    # comments stand before it, or in it
    indent = column(text, holder.start)
    yield [(holder.start, holder.end, block(key, name, written, indent).lstrip())]
    if holder.flow:
        at = holder.end - 1
        yield [(at, at, inline_entry(key, name, written)[1:-1])]


def _entries(holder: Spot, key: str) -> dict[str, Spot | tuple[Spot, Spot]]:
    """What a list or a map of an audit holds, by name."""
    if key == "answers":
        return {pair[0].text: pair for pair in holder.pairs()} if holder.kind == "map" else {}
    if key == "no_evidence":
        return {item.text: item for item in holder.items}
    named = ((item.pair("id"), item) for item in holder.items)
    return {pair[1].text: item for pair, item in named if pair is not None}


def _new_entry(
    text: str, root: Spot, key: str, name: str, written: Plain
) -> Iterator[list[_Splice]]:
    """A key that the document does not have yet."""
    if root.flow:
        inside = f"{key}: {inline_entry(key, name, written)}"
        at = root.end - 1
        yield [(at, at, f", {inside}" if root.items else inside)]
        return
    yield from _lines_after(text, root.end, f"\n{key}:{block(key, name, written, 2)}")


def _lines_after(text: str, position: int, lines: str) -> Iterator[list[_Splice]]:
    """Lines behind the one that holds a position, or behind the blank lines that follow it."""
    at = line_end(text, position)
    yield [(at, at, lines)]
    # the blank lines belong to a text that keeps them
    at = after_blank(text, position)
    yield [(at, at, lines[1:] + "\n")]


def _whole(text: str, root: Spot, entry: Spot | tuple[Spot, Spot], value: Plain) -> list[_Splice]:
    """Another value in place of a whole one; the comments inside of the old one stand above it."""
    start, end, new = _replacement(text, entry, value)
    at = line_start(text, start)
    indent = len(text[at:start]) - len(text[at:start].lstrip(" "))
    above = [f"{' ' * indent}{each}\n" for each in comments_in(text, root, start, end)]
    return [*([(at, at, "".join(above))] if above else []), (start, end, new)]


def _key_by_key(
    text: str, held: Spot, before: dict[str, Plain], value: dict[str, Plain]
) -> list[_Splice]:
    """Change what is another in a map, and leave its other keys and all comments where they are."""
    pairs = list(held.pairs())
    old = [key.text for key, _held in pairs]
    going = [each for each in old if each not in value]
    coming = [each for each in value if each not in old]
    # what comes takes the place of what goes: “not_applicable” that of “value”
    renamed = dict(zip(going, coming, strict=False))
    kept = [pair for pair in pairs if pair[0].text in value or pair[0].text in renamed]
    changes: list[_Splice] = []
    for key, inside in kept:
        named = renamed.get(key.text, key.text)
        if named != key.text:
            changes.append((key.start, key.end, named))
        if named != key.text or not _same(before[named], value[named]):
            changes.append(_replacement(text, (key, inside), value[named]))
    added = [f"{each}: {inline(value[each])}" for each in coming[len(going) :]]
    if held.flow:
        return changes + _flow_ends(text, pairs, kept, added)
    at = line_end(text, _end(text, pairs[-1]))
    lead = "\n" + " " * column(text, held.start)
    changes += [(at, at, "".join(lead + each for each in added))] if added else []
    return changes + [_without(text, pair) for pair in pairs if pair not in kept]


def _flow_ends(
    text: str, pairs: list[tuple[Spot, Spot]], kept: list[tuple[Spot, Spot]], added: list[str]
) -> list[_Splice]:
    """Take the pairs away that are not kept from a map between braces; add others at its end."""
    last = pairs.index(kept[-1])
    ends = (_end(text, kept[-1]), _end(text, pairs[-1] if last + 1 < len(pairs) else kept[-1]))
    gone = [
        (pair[0].start, following[0].start, "")
        for pair, following in pairwise(pairs[: last + 1])
        if pair not in kept
    ]
    return [*gone, (*ends, "".join(f", {each}" for each in added))]


def _without(text: str, pair: tuple[Spot, Spot]) -> _Splice:
    """Take a pair away from a map on lines of its own; a comment behind it stays."""
    start, end = pair[0].start, _end(text, pair)
    rest = text[end : line_end(text, end)]
    if rest.strip():
        return (start, end + len(rest) - len(rest.lstrip()), "")
    return (line_start(text, start), next_line(text, end), "")


def _end(text: str, pair: tuple[Spot, Spot]) -> int:
    """Where a pair ends, its colon included where nothing follows it."""
    return max(pair[1].end, colon(text, pair[0]))


def _replacement(text: str, spot: Spot | tuple[Spot, Spot], value: Plain) -> _Splice:
    if isinstance(spot, Spot):
        return (spot.start, spot.end, inline(value))
    key, held = spot
    after = colon(text, key)
    if text[key.end : after].strip(" \t") == ":" and not text[after : held.start].strip():
        return (key.end, max(held.end, after), f": {inline(value)}")
    # a comment stands between the two, or the key is marked by a question mark
    return (held.start, held.end, inline(value))


def _additions(
    text: str, holder: Spot, key: str, name: str, written: Plain
) -> Iterator[list[_Splice]]:
    """One more entry in a list or a map that has some."""
    last = holder.items[-1].end
    if not holder.flow:
        indent = column(text, holder.inner)
        yield from _lines_after(text, holder.end, block(key, name, written, indent))
        return
    inside = inline_entry(key, name, written)[1:-1] if key != "evidence" else inline(written)
    closing = line_start(text, holder.end)
    if closing > last and not text[closing : holder.end - 1].strip():
        # the bracket closes it on a line of its own: so stands what comes before it
        comma = "" if _COMMA.match(text, last) else ","
        first = holder.items[-2 if key == "answers" else -1].start
        lead = " " * column(text, first)
        trailing = "" if comma else ","
        yield [(last, last, comma), (closing, closing, f"{lead}{inside}{trailing}\n")]
    yield [(last, last, f", {inside}")]


def _removal(text: str, root: Spot, pair: tuple[Spot, Spot], position: int) -> list[_Splice]:
    """Take an entry away, its comments left; an empty list or map says so."""
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
    low, high = line_start(text, start), next_line(text, end)
    lead = " " * column(text, holder.inner)
    kept = "".join(f"{lead}{each}\n" for each in comments_in(text, root, low, high))
    lines = (low, high, kept)
    if len(parts) > 1:
        return [lines]
    after = colon(text, pair[0])
    return [(after, after, " {}" if holder.kind == "map" else " []"), lines]


_COMMA = re.compile(r"(?:\s+#[^\r\n]*|\s)*,")
