"""Sets text: what of it can be shown, in which font, on which lines.

This is the only way by which text reaches a page: control characters and what no font has would
break the conformance of the file (PDF/UA-1 7.21.7, PDF/A-3 6.2.11).
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from norm_engine.reports.pdf.faces import FALLBACK, MISSING, Face, covers, width

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_COMBINING = frozenset({"Mn", "Me", "Mc"})
_KEPT_SPACES = frozenset({"\u00a0", "\u202f"})
_GLUED = re.compile(r"(?<=«) +| +(?=[»;:!?](?:\s|[»).,]|$))")
"""Spaces that French sets beside a sign: a line never ends there."""

_TOKENS = re.compile(r"\n| +|[^ \n]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face, with what it means.

    Attributes:
        target: where it leads: ``#anchor`` or an address; '' for none.
        spoken: what a screen reader says in its place.
        language: its language where that is not the document's.
        silent: whether it is there for the eye alone: what follows says it.
    """

    text: str
    face: Face
    target: str = ""
    spoken: str = ""
    language: str = ""
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: runs with their widths, and the width of all."""

    runs: tuple[tuple[Run, float], ...]
    width: float


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """A text as it can be shown: composed, without controls; tabs and ends of lines are kept."""
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = []
    for each in composed.replace("\u2028", "\n").replace("\u2029", "\n"):
        if each == "\n":
            kept.append(each)
        elif each not in _KEPT_SPACES and (each == "\t" or each.isspace()):
            kept.append(" ")
        elif unicodedata.category(each) not in _DROPPED:
            kept.append(each)
    return _GLUED.sub("\u00a0", "".join(kept))


def in_fonts(run: Run) -> Iterator[Run]:
    """A run cut where another font is needed; what no font has becomes `MISSING`."""
    text = shown(run.text)
    if covers(run.face.font, text.replace("\n", "")):
        yield replace(run, text=text) if text != run.text else run
        return
    fallback = replace(run.face, font=FALLBACK)
    part, face = "", run.face
    for each in text:
        if each == "\n" or covers(run.face.font, each):
            wanted = run.face
        elif covers(FALLBACK, each):
            wanted = fallback
        elif unicodedata.category(each) in _COMBINING:
            continue
        else:
            each, wanted = MISSING, fallback  # noqa: PLW2901
        if wanted != face and part:
            yield replace(run, text=part, face=face)
            part = ""
        part, face = part + each, wanted
    if part:
        yield replace(run, text=part, face=face)


_Piece = tuple[Run, str, float]
"""A part of a run: the run, its words, their width."""


class _Setter:
    """Fills lines; a word is never torn unless it alone is wider than a line."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.lines: list[Line] = []
        self.line: list[_Piece] = []
        self.used = 0.0
        self.word: list[_Piece] = []
        self.spaces: list[_Piece] = []

    def take(self, run: Run) -> None:
        """Take a run of text in, word by word."""
        face = run.face
        for token in _TOKENS.findall(run.text):
            if token == "\n":
                self._end_word()
                self._end_line()
            elif token[0] == " ":
                self._end_word()
                self.spaces.append((run, token, width(token, face)))
            else:
                self.word.append((run, token, width(token, face)))

    def finished(self) -> tuple[Line, ...]:
        """The lines, the last one ended."""
        self._end_word()
        if self.line or not self.lines:
            self._end_line()
        return tuple(self.lines)

    def _end_word(self) -> None:
        if not self.word:
            return
        wide = sum([piece[2] for piece in self.word])
        gap = sum([piece[2] for piece in self.spaces])
        if self.line and self.used + gap + wide > self.room:
            self._end_line()
        if self.line:  # spaces that begin a line are dropped
            self._put(self.spaces)
        if wide > self.room:
            self._tear()
        else:
            self._put(self.word)
        self.word, self.spaces = [], []

    def _tear(self) -> None:
        for run, text, _wide in self.word:
            part, used = "", 0.0
            for each in text:
                step = width(each, run.face)
                if self.used + used + step > self.room and (part or self.line):
                    if part:
                        self._put([(run, part, used)])
                    self._end_line()
                    part, used = "", 0.0
                part, used = part + each, used + step
            if part:
                self._put([(run, part, used)])

    def _put(self, pieces: Sequence[_Piece]) -> None:
        for piece in pieces:
            self.used += piece[2]
            if self.line and self.line[-1][0] is piece[0]:
                run, text, wide = self.line[-1]
                self.line[-1] = (run, text + piece[1], wide + piece[2])
            else:
                self.line.append(piece)

    def _end_line(self) -> None:
        runs = tuple((replace(run, text=text), wide) for run, text, wide in self.line)
        self.lines.append(Line(runs, self.used))
        self.line, self.used, self.spaces = [], 0.0, []


def set_lines(runs: Iterable[Run], room: float) -> tuple[Line, ...]:
    """Runs set on lines at most `room` points wide; at least one line."""
    setter = _Setter(max(room, 12.0))
    for run in runs:
        for each in in_fonts(run):
            setter.take(each)
    return setter.finished()


def cut_short(text: str, face: Face, room: float) -> Sequence[Run]:
    """One line of text: as much of it as fits into `room`, and an ellipsis when cut."""
    line = set_lines([Run(shown(text).replace("\n", " "), face)], math.inf)[0]
    if line.width <= room:
        return [run for run, _width in line.runs]
    kept, used, room = [], 0.0, room - width("…", face)
    for run, _wide in line.runs:
        part = ""
        for each in run.text:
            step = width(each, run.face)
            if used + step > room:
                break
            part, used = part + each, used + step
        kept.append(replace(run, text=part))
        if part != run.text:
            break
    return [*kept, Run("…", face)]
