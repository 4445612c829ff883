"""Checks the texts of a rule set against the list kept beside it (``style.yaml``)."""

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Literal

from norm_engine.language import _
from norm_engine.loading.documents import as_record, open_document
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.loading.rulesets import STYLE_FILE, requirement_files
from norm_engine.model.records import Plain, record, to_plain
from norm_engine.model.ruleset import RuleSet

TEXT_KEYS = frozenset(
    {"title", "statement", "text", "help", "guidance", "why", "how", "proves", "aims",
     "description", "anchor", "note", "unit"}
)  # fmt: skip


@record
class Style:
    """The list that texts are checked against; `checklist` is for people."""

    format: Literal[1]
    max_words_per_sentence: int = 35
    max_title: int = 90
    avoid: dict[str, str] = field(default_factory=dict)
    forbidden: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()


def load_style(folder: Path) -> Style | None:
    """The list beside a rule set, or None when it has none.

    Raises:
        InvalidInput: when it is not well formed.
    """
    file = folder / STYLE_FILE
    return as_record(open_document(file), Style) if file.is_file() else None


def style_problems(ruleset: RuleSet, folder: Path, style: Style) -> Iterator[Problem]:
    """Warnings: words to avoid, long sentences, long titles. Errors: what may never be written."""
    checker = _Checker(style)
    for file, path, data in _parts(ruleset, folder):
        for place, key, text in _texts(data, path):
            yield from checker.problems(file, place, key, text)


def _parts(ruleset: RuleSet, folder: Path) -> Iterator[tuple[str, KeyPath, Plain]]:
    yield str(folder / "ruleset.yaml"), (), to_plain(ruleset.head)
    for key in ("questions", "evidence", "actions"):
        yield str(folder / f"{key}.yaml"), (key,), to_plain(getattr(ruleset, key))
    for file, requirements in requirement_files(ruleset, folder).items():
        yield file, ("requirements",), to_plain(requirements)


def _texts(data: Plain, path: KeyPath, key: str = "") -> Iterator[tuple[KeyPath, str, str]]:
    """Every text of the rule set's own language that users read, with its key."""
    if path and path[-1] == "sources":
        return  # titles of other people's pages are as they are
    if isinstance(data, dict):
        for name, held in data.items():
            below = key if name in ("fr", "en") else str(name)
            yield from _texts(held, (*path, name), below)
    elif isinstance(data, list):
        for position, held in enumerate(data):
            yield from _texts(held, (*path, position), key)
    elif isinstance(data, str) and key in TEXT_KEYS and "en" not in path:
        yield path, key, data


class _Checker:
    def __init__(self, style: Style) -> None:
        self.style = style
        self.forbidden = [(each, _pattern(each)) for each in style.forbidden]
        self.avoid = [(each, _pattern(each), better) for each, better in style.avoid.items()]

    def problems(self, file: str, path: KeyPath, key: str, text: str) -> Iterator[Problem]:
        """What the list has against a text: forbidden words, words to avoid, too much of them."""
        for words, pattern in self.forbidden:
            if pattern.search(text):
                yield Problem(
                    file,
                    _("“{words}” may never be written here.").format(words=words),
                    _("Say how ready a structure is against this catalogue, nothing more."),
                    path,
                )
        for words, pattern, better in self.avoid:
            if pattern.search(text):
                yield Problem(
                    file,
                    _("“{words}” is to be avoided.").format(words=words),
                    _("Write “{better}”.").format(better=better),
                    path,
                    severity="warning",
                )
        if key == "title" and len(text) > self.style.max_title:
            yield self._long(
                file, path, _("This title is {n} characters long.").format(n=len(text))
            )
        for sentence in re.split(r"(?<=[.!?…])\s+", text):
            count = len(re.findall(r"\w+", sentence))
            if count > self.style.max_words_per_sentence:
                yield self._long(
                    file, path, _("A sentence of {n} words stands here.").format(n=count)
                )

    @staticmethod
    def _long(file: str, path: KeyPath, message: str) -> Problem:
        remedy = _("Shorten it: one idea a sentence.")
        return Problem(file, message, remedy, path, severity="warning")


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words, whatever their case; a sign such as ' matches wherever it stands."""
    head = r"\b" if words[:1].isalnum() else ""
    tail = r"\b" if words[-1:].isalnum() else ""
    return re.compile(head + re.escape(words) + tail, re.IGNORECASE)
