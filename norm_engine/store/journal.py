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
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from norm_engine.language import _
from norm_engine.loading.problems import Problem
from norm_engine.model.audit import UNKNOWN, AnswerDetails
from norm_engine.model.records import Plain, to_plain
from norm_engine.store.evidence_files import file_sha256
from norm_engine.store.folders import write_whole

JOURNAL_FILE = "journal.jsonl"
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
    """The end of an audit's journal, as it stands."""
    lines, _torn = _lines(journal_file(file))
    last, before = ([None, None, *map(_parsed, lines[-2:])][-each] for each in (1, 2))
    return Tail(
        (last or {}).get("seq") or len(lines),
        _hash(lines[-1]) if lines else None,
        (last or {}).get("content"),
        (before or {}).get("content"),
    )


def append(file: Path, entries: Sequence[tuple[Entry, str]]) -> None:
    """Add lines to an audit's journal, on disk when this returns; the caller holds the lock.

    Args:
        entries: what each line says, and the SHA-256 of ``audit.yaml`` after it.
    """
    tail = tail_of(file)
    seq, previous = tail.seq, tail.line
    written = b""
    for entry, content in entries:
        seq += 1
        line = _line(seq, entry, content, previous)
        previous = _hash(line)
        written += line + b"\n"
    with journal_file(file).open("ab") as opened:
        opened.write(written)
        opened.flush()
        os.fsync(opened.fileno())


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
    kept = journal.with_name(f"journal-interrompu-{_hash(torn)[:8]}.txt")
    write_whole(kept, torn, replace=True)
    write_whole(journal, content[: len(content) - len(torn)], replace=True)
    return kept


def last_said(file: Path) -> dict[str, Plain]:
    """By path, what was last recorded there, and neither taken back nor changed by other means."""
    said: dict[str, Plain] = {}
    for parsed in map(_parsed, _lines(journal_file(file))[0]):
        if parsed is None or parsed.get("op") == EXTERNAL:
            continue
        path = str(parsed.get("path"))
        said.pop(path, None)
        if parsed.get("op") != RESTORE:
            said[path] = parsed.get("new")
    return said


def not_known(file: Path) -> frozenset[str]:
    """What was asked and answered « je ne sais pas »: questions, and ``preuve:kind``.

    A new audit says ``unknown`` of everything; only the journal knows what was really asked.
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
    if lines and tail_of(file).content != file_sha256(file):
        message = _("{name} was changed by other means since the last line.")
        remedy = _("The next change records this; nothing has to be done.")
        said = message.format(name=file.name)
        problems.append(Problem(str(journal), said, remedy, line=len(lines), severity="warning"))
    return problems


def _altered() -> str:
    return _("This journal was altered after it was written. Take it from a copy that was kept.")


def _fault(parsed: dict[str, Any] | None, number: int, previous: str | None) -> str:
    if parsed is None or tuple(parsed) != KEYS:
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
    try:
        content = journal.read_bytes()
    except FileNotFoundError:
        return [], b""
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


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(line)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None


def plain_answer(answer: Any) -> Plain:
    """An answer as documents and journals hold it."""
    plain = to_plain(answer)
    if isinstance(answer, AnswerDetails) and set(plain) == {"value"}:
        return plain["value"]
    return plain
