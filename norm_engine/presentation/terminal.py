"""Layout for terminals: wrapped text, gauges, columns; colour only where the reader wants it."""

import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from norm_engine.presentation.wording import COLOURS, SHAPES, TRUTH_COLOURS, TRUTH_SHAPES

WIDTH = 80
"""Columns of a page."""

_CODES = {
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "magenta": 35,
    "cyan": 36,
    "bright_black": 90,
}


@dataclass
class Page:
    """A page of text that grows line by line."""

    colour: bool = False
    lines: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(self.lines) + "\n"

    def line(self, text: str = "") -> None:
        """Add a line as it is."""
        self.lines.append(text.rstrip())

    def heading(self, text: str) -> None:
        """Add a heading, set off from what comes before it."""
        if self.lines:
            self.line()
        self.line(self.bold(text))

    def paragraph(self, text: str, indent: int = 0, lead: str = "", hang: int = 0) -> None:
        """Add wrapped text; `lead` stands before the first line, `hang` indents the others."""
        rest = " " * (indent + (hang or _visible(lead)))
        self.lines.extend(wrapped(text, " " * indent + lead, rest))

    def paint(self, text: str, name: str) -> str:
        """The text in a colour, where colours are wanted."""
        return f"\033[{_CODES[name]}m{text}\033[0m" if self.colour else text

    def bold(self, text: str) -> str:
        """The text in bold, where styles are wanted."""
        return f"\033[1m{text}\033[0m" if self.colour else text

    def faint(self, text: str) -> str:
        """The text in a lighter tone, where styles are wanted."""
        return self.paint(text, "bright_black")

    def shape(self, status: str) -> str:
        """The shape of a status, in its colour."""
        return self.paint(SHAPES[status], COLOURS[status])

    def truth(self, truth: str) -> str:
        """The shape of a truth, in its colour."""
        return self.paint(TRUTH_SHAPES[truth], TRUTH_COLOURS[truth])

    def gauge(self, low: Fraction, high: Fraction, width: int = 20) -> str:
        """An interval as a bar: what is sure, what is still possible, what is out of reach."""
        sure, possible = gauge_cells(low, high, width)
        return (
            self.paint("█" * sure, "green")
            + self.paint("▒" * (possible - sure), "cyan")
            + self.faint("░" * (width - possible))
        )


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """A text in lines of at most `WIDTH` columns; codes for colours take no room.

    Args:
        first: what stands before the first line.
        rest: what stands before the others.
    """
    lines: list[str] = []
    line, empty = first, True
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        if not empty and _visible(line) + 1 + _visible(word) > WIDTH:
            lines.append(line)
            line, empty = rest, True
        line += word if empty else " " + word
        empty = False
        while _visible(line) > WIDTH and "\033" not in line:
            lines.append(line[:WIDTH])
            line = rest + line[WIDTH:]
    return [*lines, line.rstrip()]


def _visible(text: str) -> int:
    return len(_CODE.sub("", text))


_CODE = re.compile("\033\\[[0-9;]*m")


def gauge_cells(low: Fraction, high: Fraction, width: int) -> tuple[int, int]:
    """How many cells of a bar the ends reach: full only when complete, empty only when empty."""

    def cells(share: Fraction) -> int:
        """The cells that one end reaches."""
        rounded = int(share * width + Fraction(1, 2))
        if share < 1:
            rounded = min(rounded, width - 1)
        return max(rounded, 1) if share > 0 else 0

    return cells(low), max(cells(low), cells(high))


def fitted(text: str, width: int) -> str:
    """A text cut to a width, with an ellipsis when cut, and padded to it."""
    return (text if len(text) <= width else text[: width - 1].rstrip() + "…").ljust(width)


def as_typed(given: str | Path, *, windows: bool = os.name == "nt") -> str:
    """A file's name, or another text, as one types it in a command, whatever signs it holds.

    In double quotes, which every shell takes, where they keep the text as it is; on Windows always,
    since its shells know no others.
    """
    text = str(given)
    if isinstance(given, Path) and text.startswith("-"):
        text = os.path.join(".", text)  # else it would be taken for an option
    plain = _PLAIN_ON_WINDOWS if windows else _PLAIN
    if plain.fullmatch(text):
        return text
    if windows:
        return '"' + text.replace('"', r"\"") + '"'
    if not all(each.isprintable() or each in _SPACES for each in text):
        # bash and zsh read such signs from their codes; a terminal may obey the signs themselves
        return "$'" + "".join(map(_coded, text)) + "'"
    if not _READ_IN_QUOTES.search(text):
        return f'"{text}"'
    return shlex.quote(text)


_PLAIN = re.compile(r"[\w%+:./-][\w%+=:./-]*")
_PLAIN_ON_WINDOWS = re.compile(r"[\w+:./\\-][\w+=:./\\-]*")
"""What no shell reads as anything but text."""

_READ_IN_QUOTES = re.compile(r'[$`"\\!]')
"""What shells read even between double quotes."""

_SPACES = "\u00a0\u2009\u202f"
"""Spaces that are not “printable”, and are printed all the same."""


def _coded(sign: str) -> str:
    if sign in "'\\":
        return "\\" + sign
    if sign.isprintable() or sign in _SPACES:
        return sign
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(sign))


def columns(names: Sequence[str], width: int = WIDTH, indent: int = 2) -> list[str]:
    """Short names in as many columns as fit."""
    if not names:
        return []
    cell = max(len(name) for name in names) + 2
    each = max(1, (width - indent) // cell)
    return [
        " " * indent + "".join(name.ljust(cell) for name in names[start : start + each]).rstrip()
        for start in range(0, len(names), each)
    ]
