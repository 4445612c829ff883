"""The journal of an audit: who changed what and when, one line a change, never rewritten.

``journal.jsonl`` stands beside ``audit.yaml``. Each line is a JSON object with ``seq`` (from 1),
``at`` (UTC), ``by`` (or null), ``op``, ``path``, ``old``, ``new``, ``content`` (SHA-256 of
``audit.yaml`` after the change) and ``previous`` (SHA-256 of the line before, without its line end;
null for the first). Where ``audit.yaml`` is not what the last line says, somebody changed it by
other means: the next change is preceded by a line whose ``op`` is ``external``.
"""

import datetime
import hashlib
import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.model.audit import UNKNOWN, AnswerDetails
from norm_engine.model.records import Plain, to_plain
from norm_engine.store.evidence_files import file_sha256
from norm_engine.store.folders import write_whole

JOURNAL_FILE = "journal.jsonl"
TORN_FILES = "journal-interrompu-"
"""How the names of the files begin in which torn last lines are put aside."""

EXTERNAL = "external"
"""The operation of a line that records a change made by other means."""

RESTORE = "restore"
"""The operation of a line that takes an earlier one back."""

KEYS = ("seq", "at", "by", "op", "path", "old", "new", "content", "previous")


class Entry(NamedTuple):
    """What one line of the journal is to say; `path` is written ``answers.question``."""

    op: str
    path: str
    old: Plain
    new: Plain
    by: str | None
    at: datetime.datetime


class Tail(NamedTuple):
    """The end of a journal.

    Attributes:
        seq: the number of its last line, 0 when there is none.
        line: SHA-256 of that line, None when there is none.
        content: SHA-256 of ``audit.yaml`` after it.
        before: the same after the line before it.
    """

    seq: int
    line: str | None
    content: str | None
    before: str | None


def journal_file(file: Path) -> Path:
    """The journal of an audit given by its ``audit.yaml``."""
    return file.parent / JOURNAL_FILE


def tail_of(file: Path) -> Tail:
    """The end of an audit's journal, as it stands.

    Raises:
        InvalidInput: when its last lines are none of a journal.
    """
    journal = journal_file(file)
    lines, _torn = _lines(journal)
    first = max(len(lines) - 2, 0)
    entries = _entries(journal, lines[first:], first + 1)
    last, before = ([None, None, *entries][-each] for each in (1, 2))
    return Tail(
        last["seq"] if last else 0,
        _hash(lines[-1]) if lines else None,
        last["content"] if last else None,
        before["content"] if before else None,
    )


def append(file: Path, entries: Sequence[tuple[Entry, str]]) -> None:
    """Add lines to an audit's journal, on disk when this returns; the caller holds the lock.

    Where the system refuses, on a full disk for instance, the journal stays as it was.

    Args:
        entries: what each line says, and the SHA-256 of ``audit.yaml`` after it.

    Raises:
        InvalidInput: when what they would follow is no line of a journal.
        OSError: when the system refuses; names the journal.
    """
    tail = tail_of(file)
    seq, previous = tail.seq, tail.line
    written = b""
    for entry, content in entries:
        seq += 1
        line = _line(seq, entry, content, previous)
        previous = _hash(line)
        written += line + b"\n"
    journal = journal_file(file)
    size = journal.stat().st_size if journal.exists() else 0
    try:
        with journal.open("ab") as opened:
            opened.write(written)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        with suppress(OSError):
            os.truncate(journal, size)
        raise OSError(error.errno, error.strerror, str(journal)) from None


def mend(file: Path) -> Path | None:
    """Put aside what a machine that stopped while writing left of a last line.

    Gives the file in which it is kept; None when the journal is whole. The caller holds the lock.
    """
    journal = journal_file(file)
    _whole, torn = _lines(journal)
    if not torn:
        return None
    content = journal.read_bytes()
    if _parsed(torn) is not None:
        # only its line end is missing
        write_whole(journal, content + b"\n", replace=True)
        return None
    kept = journal.with_name(f"{TORN_FILES}{_hash(torn)[:8]}.txt")
    write_whole(kept, torn, replace=True)
    write_whole(journal, content[: len(content) - len(torn)], replace=True)
    return kept


def last_said(file: Path) -> dict[str, Plain]:
    """By path, what was last recorded there, and neither taken back nor changed by other means.

    Raises:
        InvalidInput: with every line that is none of a journal.
    """
    said: dict[str, Plain] = {}
    journal = journal_file(file)
    for entry in _entries(journal, _lines(journal)[0]):
        if entry["op"] == EXTERNAL:
            continue
        said.pop(entry["path"], None)
        if entry["op"] != RESTORE:
            said[entry["path"]] = entry["new"]
    return said


def not_known(file: Path) -> frozenset[str]:
    """What was asked and answered « je ne sais pas »: questions, and ``preuve:kind``.

    A new audit says ``unknown`` of everything; only the journal knows what was really asked. Errors
    are those of `last_said`.
    """
    found = set()
    for path, new in last_said(file).items():
        holder, _dot, name = path.partition(".")
        value = new.get("value") if isinstance(new, dict) else new
        if value == UNKNOWN:
            found.add(name if holder == "answers" else f"preuve:{name}")
    return frozenset(found)


def check_journal(file: Path) -> list[Problem]:
    """What is wrong with an audit's journal; empty when its chain holds.

    Args:
        file: the ``audit.yaml``.
    """
    journal = journal_file(file)
    lines, torn = _lines(journal)
    problems: list[Problem] = []
    previous: str | None = None
    for number, line in enumerate(lines, 1):
        message = _fault(_parsed(line), number, previous)
        if message:
            problems.append(Problem(str(journal), message, _altered(), line=number))
        previous = _hash(line)
    if torn:
        message = _("The last line is not whole: a machine stopped while writing it.")
        remedy = _("The next change puts it aside; nothing has to be done.")
        problems.append(Problem(str(journal), message, remedy, line=len(lines) + 1))
    last = _parsed(lines[-1]) if lines else None
    if last is not None and last["content"] != file_sha256(file):
        message = _("{name} was changed by other means since the last line.")
        remedy = _("The next change records this; nothing has to be done.")
        said = message.format(name=file.name)
        problems.append(Problem(str(journal), said, remedy, line=len(lines), severity="warning"))
    return problems


def _altered() -> str:
    return _("This journal was altered after it was written. Take it from a copy that was kept.")


def _fault(parsed: dict[str, Any] | None, number: int, previous: str | None) -> str:
    if parsed is None:
        return _("This is no line of a journal.")
    if parsed["seq"] != number:
        return _("This line bears the number {found} where {number} comes.").format(
            found=parsed["seq"], number=number
        )
    if parsed["previous"] != previous:
        return _("This line does not follow the one before it.")
    return ""


def _lines(journal: Path) -> tuple[list[bytes], bytes]:
    """The whole lines of a journal, without their line ends, and what follows the last one."""
    if not journal.exists():
        return [], b""
    if not journal.is_file():
        # a pipe would keep the reader until somebody writes into it
        message = _("This is not an ordinary file.")
        raise InvalidInput([Problem(str(journal), message, _another_name())])
    content = journal.read_bytes()
    *lines, torn = content.split(b"\n")
    # a version control system may have changed the line ends
    return [line.removesuffix(b"\r") for line in lines], torn


def _line(seq: int, entry: Entry, content: str, previous: str | None) -> bytes:
    at = entry.at.astimezone(datetime.UTC).isoformat(timespec="seconds")
    held = (seq, at, entry.by, entry.op, entry.path, entry.old, entry.new, content, previous)
    said = json.dumps(dict(zip(KEYS, held, strict=True)), ensure_ascii=False)
    return said.encode("utf-8", "replace")


def _hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def _entries(journal: Path, lines: Sequence[bytes], first: int = 1) -> list[dict[str, Any]]:
    """What lines of a journal say, the first of them bearing the number `first`.

    Raises:
        InvalidInput: with every line that is none of a journal.
    """
    entries: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, first):
        parsed = _parsed(line)
        if parsed is not None:
            entries.append(parsed)
        elif len(problems) < limits.MAX_PROBLEMS:
            message = _("This is no line of a journal.")
            problems.append(Problem(str(journal), message, _another_name(), line=number))
    if problems:
        raise InvalidInput(problems)
    return entries


def _another_name() -> str:
    return _(
        "Take the journal from a copy that was kept, or give this file another name: the next"
        " answer then starts a new journal."
    )


def _parsed(line: bytes) -> dict[str, Any] | None:
    """What a line says; None when it is no line of a journal."""
    try:
        parsed = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(parsed, dict) or tuple(parsed) != KEYS:
        return None
    texts = all(isinstance(parsed[key], str) for key in ("at", "op", "path"))
    numbered = type(parsed["seq"]) is int and parsed["seq"] >= 1  # for Python, True is 1
    signed = parsed["by"] is None or isinstance(parsed["by"], str)
    chained = parsed["previous"] is None or _is_hash(parsed["previous"])
    whole = texts and numbered and signed and chained and _is_hash(parsed["content"])
    return parsed if whole else None


def _is_hash(held: object) -> bool:
    return isinstance(held, str) and re.fullmatch("[0-9a-f]{64}", held) is not None


def plain_answer(answer: Any) -> Plain:
    """An answer as documents and journals hold it."""
    plain = to_plain(answer)
    if isinstance(answer, AnswerDetails) and set(plain) == {"value"}:
        return plain["value"]
    return plain
