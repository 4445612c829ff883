"""Reads YAML into plain data, safely, with the line and column of every value on demand.

ruamel.yaml gives the events (its C parser where it is installed); what they mean is decided here,
by YAML 1.2's core schema, so that it cannot depend on which parser ran: ``no`` and ``12:30`` are
text; decimals and integers with a leading zero stay text, so that nothing is rounded or lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.problems import InvalidInput, KeyPath, Problem
from norm_engine.loading.unseen import UNSEEN, unseen_message, unseen_remedy
from norm_engine.loading.yaml_words import syntax_message
from norm_engine.model.records import Plain

_INTEGER = re.compile(r"^[+-]?(0|[1-9][0-9]{0,17})$")
_NOT_A_NUMBER = re.compile(r"^[+-]?\.(nan|inf)$", re.IGNORECASE)
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = {"", "~", "null", "Null", "NULL"}

Positions = dict[KeyPath, tuple[int, int]]
"""Line and column, from 1, of the values of a document by their path (a key's for its value)."""


def read_yaml(content: bytes, name: str) -> Plain:
    """Plain data of a YAML document.

    Raises:
        InvalidInput: with the line and the remedy, when it is not one, or goes beyond the limits.
    """
    return _Composer(content, name).compose()


def positions_of(content: bytes, name: str) -> Positions:
    """Where each value of a document stands, for messages: a second reading, paid for only then."""
    composer = _Composer(content, name, positions={})
    composer.compose()
    return composer.positions or {}


def locate(positions: Positions, path: KeyPath) -> tuple[int, int] | tuple[None, None]:
    """Line and column of the value at `path`, or of the nearest thing around it."""
    for length in range(len(path), -1, -1):
        found = positions.get(path[:length])
        if found:
            return found
    return None, None


@dataclass
class _Open:
    """A list or mapping that is being filled."""

    made: Any
    path: KeyPath
    anchor: str | None
    start: tuple[int, int]
    key: str | None = None
    lines: dict[str, int] = field(default_factory=dict)


class _Composer:
    def __init__(self, content: bytes, name: str, positions: Positions | None = None) -> None:
        self.content = content
        self.name = name
        self.positions = positions
        self.count = 0
        self.characters = 0
        self.aliases = 0
        self.anchors: dict[str, tuple[Any, int, int]] = {}
        self.open: list[_Open] = []
        self.root: Any = None
        self.last: Any = None

    def compose(self) -> Plain:
        """The plain data of the document."""
        text = self._decoded()
        documents = 0
        for event in self._events(text):
            kind = type(event).__name__
            if kind == "ScalarEvent":
                value = self._scalar(event)
                self._count(event, 1, len(event.value))
                self._place(event, value)
                if event.anchor:
                    self.anchors[event.anchor] = (value, 1, len(event.value))
            elif kind in ("MappingStartEvent", "SequenceStartEvent"):
                self._start(event, {} if kind == "MappingStartEvent" else [])
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                closed = self.open.pop()
                if closed.anchor:
                    events, characters = closed.start
                    self.anchors[closed.anchor] = (
                        closed.made,
                        self.count - events,
                        self.characters - characters,
                    )
            elif kind == "AliasEvent":
                self._alias(event)
            elif kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._fail(
                        event,
                        _("A second document starts here (“---”)."),
                        _("Keep one of them, or put the other into a file of its own."),
                    )
        return self.root

    def _decoded(self) -> str:
        try:
            text = self.content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = self.content[: error.start].decode("utf-8-sig", "replace")
            self._refuse(
                before,
                _("This file is not in UTF-8."),
                _("Save it again with the encoding UTF-8."),
            )
        unsafe = UNSEEN.search(text)
        if unsafe:
            before = text[: unsafe.start()]
            self._refuse(before, unseen_message(unsafe.group()), unseen_remedy())
        directive = _DIRECTIVE.match(text)
        if directive:
            self._refuse(
                directive.group()[:-1],
                _("A line that starts with “%” is not allowed before the document."),
                _("Remove this line: it is not needed."),
            )
        return text

    def _refuse(self, before: str, message: str, remedy: str) -> NoReturn:
        """Refuse what stands after the text `before`."""
        lines = _LINE_END.split(before)
        raise InvalidInput(
            [Problem(self.name, message, remedy, (), len(lines), len(lines[-1]) + 1)]
        )

    def _events(self, text: str) -> Iterator[Any]:
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            parser = _parser(text)
            while True:
                event = parser.get_event()
                if event is None or type(event).__name__ == "StreamEndEvent":
                    return
                self.last = event.start_mark
                yield event
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise InvalidInput([self._syntax_problem(error.problem or "", mark)]) from None
        except YAMLError as error:
            raise InvalidInput([self._syntax_problem(str(error).splitlines()[0], None)]) from None
        except Exception as error:
            # the parser has no other way to say that it stumbled over a file
            raise InvalidInput([self._syntax_problem(str(error), self.last)]) from None

    def _syntax_problem(self, found: str, mark: Any) -> Problem:
        remedy = _(
            "Check the indentation (spaces, no tabs), the colons and the quotes here; between"
            " brackets or braces, put quotes around text with “?”, “:” or “,”."
        )
        return Problem(
            self.name,
            _("This is not readable YAML: {found}").format(found=syntax_message(found)),
            remedy,
            self._where(),
            mark.line + 1 if mark else None,
            mark.column + 1 if mark else None,
        )

    def _where(self) -> KeyPath:
        """The path of what is being read."""
        path: list[str | int] = []
        for holder in self.open:
            if isinstance(holder.made, list):
                path.append(len(holder.made) - (holder is not self.open[-1]))
            elif holder.key is not None:
                path.append(holder.key)
            elif holder is not self.open[-1]:
                path.append(next(reversed(holder.made)))
        return tuple(path)

    def _fail(self, event: Any, message: str, remedy: str) -> NoReturn:
        mark = event.start_mark
        raise InvalidInput(
            [Problem(self.name, message, remedy, self._where(), mark.line + 1, mark.column + 1)]
        )

    def _count(self, event: Any, amount: int = 1, characters: int = 0) -> None:
        self.count += amount
        self.characters += characters
        if self.count > limits.MAX_EVENTS:
            self._fail(
                event,
                _("This file holds more than {limit} values.").format(limit=limits.MAX_EVENTS),
                _("Check that it is the right file; an alias counts as all it stands for."),
            )
        if self.characters > limits.MAX_BYTES:
            self._fail(
                event,
                _("This file holds more than {limit} characters.").format(limit=limits.MAX_BYTES),
                _("Check that it is the right file; an alias counts as all it stands for."),
            )

    def _start(self, event: Any, made: Any) -> None:
        self._count(event)
        self._refuse_tag(event)
        if len(self.open) >= limits.MAX_DEPTH:
            self._fail(
                event,
                _("Lists and mappings stand more than {limit} deep here.").format(
                    limit=limits.MAX_DEPTH
                ),
                _("Flatten this part."),
            )
        path = self._place(event, made)
        if event.anchor:
            # inside of itself, a name stands for nothing yet
            self.anchors.pop(event.anchor, None)
        self.open.append(_Open(made, path, event.anchor, (self.count, self.characters)))

    def _alias(self, event: Any) -> None:
        self.aliases += 1
        if self.aliases > limits.MAX_ALIASES:
            self._fail(
                event,
                _("This file holds more than {limit} aliases.").format(limit=limits.MAX_ALIASES),
                _("Write the values out."),
            )
        if event.anchor not in self.anchors:
            self._fail(
                event,
                _("The alias “*{name}” stands for nothing written before it.").format(
                    name=event.anchor
                ),
                _("Define “&{name}” first, outside of this value.").format(name=event.anchor),
            )
        made, events, characters = self.anchors[event.anchor]
        self._count(event, events + 1, characters)
        self._place(event, made)

    def _scalar(self, event: Any) -> Plain:
        self._refuse_tag(event)
        text: str = event.value
        if not self.open and event.style in ("|", ">"):
            # no file of ours is one text, and readers of YAML differ on where such a one ends
            self._fail(
                event,
                _("This file holds one text, and no keys."),
                _("Write keys, each with its value after a colon."),
            )
        if len(text) > limits.MAX_SCALAR:
            self._fail(
                event,
                _("This text is longer than {limit} characters.").format(limit=limits.MAX_SCALAR),
                _("Shorten it."),
            )
        unsafe = UNSEEN.search(text)
        if unsafe:
            self._fail(event, unseen_message(unsafe.group()), unseen_remedy())
        if not event.style:
            return self._plain_scalar(event, text)
        return text

    def _plain_scalar(self, event: Any, text: str) -> Plain:
        if self.open and isinstance(self.open[-1].made, dict) and self.open[-1].key is None:
            return text
        if text in _TRUTHS:
            return _TRUTHS[text]
        if text in _NULLS:
            return None
        if _INTEGER.match(text):
            return int(text)
        if _NOT_A_NUMBER.match(text):
            self._fail(
                event,
                _("“{text}” is not a number one can calculate with.").format(text=text),
                _("Write a number, or quotes around it when it is text."),
            )
        return text

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            self._fail(
                event,
                _("The tag “{tag}” is not allowed.").format(tag=event.tag),
                _("Remove it: values are read as they are written."),
            )

    def _place(self, event: Any, value: Any) -> KeyPath:
        """Put a value into what is being filled; gives its path where positions are wanted."""
        mark = event.start_mark
        if not self.open:
            self.root = value
            self._note((), mark)
            return ()
        holder = self.open[-1]
        if isinstance(holder.made, list):
            path = (*holder.path, len(holder.made)) if self.positions is not None else ()
            holder.made.append(value)
            self._note(path, mark)
            return path
        if holder.key is None:
            self._key(event, holder, value)
            return ()
        path = (*holder.path, holder.key) if self.positions is not None else ()
        holder.made[holder.key] = value
        holder.key = None
        return path

    def _key(self, event: Any, holder: _Open, value: Any) -> None:
        if not isinstance(value, str) or not value.strip():
            self._fail(event, _("A key must be a word."), _("Write a word, then a colon."))
        if value == "<<":
            self._fail(
                event,
                _("The merge key “<<” is not allowed."),
                _("Write the keys out, or put “*name” where the whole value is the same."),
            )
        line = event.start_mark.line + 1
        if value in holder.lines:
            self._fail(
                event,
                _("The key “{key}” stands twice, already on line {line}.").format(
                    key=value, line=holder.lines[value]
                ),
                _("Keep one of them."),
            )
        holder.lines[value] = line
        holder.key = value
        if self.positions is not None:
            self._note((*holder.path, value), event.start_mark)

    def _note(self, path: KeyPath, mark: Any) -> None:
        if self.positions is not None:
            self.positions[path] = (mark.line + 1, mark.column + 1)


_LINE_END = re.compile("\r\n|\r|\n")
_DIRECTIVE = re.compile("(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*%")


def _parser(text: str) -> Any:
    try:
        from ruamel.yaml.clib._ruamel_yaml import CParser
    except ImportError:
        try:
            from _ruamel_yaml import CParser
        except ImportError:
            return _pure_parser(text)
    return CParser(text)


def _pure_parser(text: str) -> Any:
    from ruamel.yaml import YAML

    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    reader.get_constructor_parser(text)
    return reader.parser
