"""Writes answers and pieces of evidence into an audit, safely.

A change is made under a lock, in this order: the new ``audit.yaml`` is written whole beside the
old one, the journal gets its line, the new file takes the old one's name. A machine that stops
before the journal's line leaves the old file; one that stops after it leaves the new file waiting,
and the next opening gives it its name. What somebody changed meanwhile is kept: a change to another
value is merged, a change to the very same value is a conflict.
"""

import datetime
import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from norm_engine.language import _
from norm_engine.loading.documents import Document, as_record
from norm_engine.loading.files import read_bytes
from norm_engine.loading.yaml_reader import read_yaml
from norm_engine.model.audit import UNKNOWN, AnswerDetails, AnswerValue, Audit, Piece
from norm_engine.model.records import Plain, to_plain
from norm_engine.store import journal
from norm_engine.store.folders import Conflict
from norm_engine.store.locking import locked, real_file
from norm_engine.store.yaml_edits import Place, edited, held_at, refuse_unreadable

Answer = AnswerValue | AnswerDetails


class Overtaken(Conflict):
    """What was seen is no more: the value is another, or something now speaks against the new one.

    Nothing was overwritten.
    """


class Signature(NamedTuple):
    """Who changes an audit, and when (with its zone)."""

    by: str | None
    at: datetime.datetime


class Change(NamedTuple):
    """A change of one value: what is done (as the journal calls it), where, and the new value."""

    op: str
    place: Place
    new: Plain

    @property
    def path(self) -> str:
        """The place as the journal writes it."""
        return ".".join(self.place)


class Recorded(NamedTuple):
    """A change that the audit now holds.

    Attributes:
        place: where it stands.
        content: of the audit's file, as it then is.
        own: whether it was written now; not so where somebody else had just said the same.
    """

    place: Place
    content: bytes
    own: bool


def record_answer(
    file: Path, question: str, answer: Answer | None, signed: Signature, seen: bytes
) -> Recorded:
    """Write the answer to a question.

    An answer signed with a name says so in the file; a comment written beside an earlier answer
    stays. The caller has made sure that the rule set takes this answer.

    Args:
        file: the ``audit.yaml``.
        answer: None takes the answer away.
        seen: the content that was read when this answer was decided.

    Raises:
        Overtaken: when the answer is neither the one that was seen nor the one that is given.
        Conflict: when another program is writing.
        InvalidInput: when the value cannot be written into this file, which may be gone, invalid
            by now, or beside a journal that is damaged.
        OSError: when the system refuses; everything is then as it was.
    """
    place = ("answers", question)
    before = _held(seen, file, place)
    return _record(file, Change("answer", place, _as_written(answer, before, signed)), signed, seen)


def record_no_evidence(
    file: Path, kind: str, signed: Signature, seen: bytes, *, none: bool = True
) -> Recorded:
    """Note that the structure has nothing of a kind of evidence, or take that back.

    Arguments and errors are those of `record_answer`.
    """
    change = Change("no_evidence", ("no_evidence", kind), True if none else None)
    return _record(file, change, signed, seen)


def record_piece(file: Path, piece: Piece, signed: Signature, seen: bytes) -> Recorded:
    """Record a piece of evidence in place of the one with the same id.

    One whose id is empty is new: it gets an id that no other piece bears, whatever others recorded
    meanwhile. The kinds that it proves are no longer said to be missing. Arguments and errors are
    those of `record_answer`.
    """
    refuse_unreadable([to_plain(piece), signed.by], str(file))
    with locked(file):
        content = _found(file, seen)
        named = piece if piece.id else replace(piece, id=_free_id(content, file))
        for kind in named.proves:
            place = ("no_evidence", kind)
            if _held(seen, file, place) is not None:
                taken = Change("no_evidence", place, None)
                content = _recorded(file, taken, signed, seen, content).content
        change = Change("evidence", ("evidence", named.id), to_plain(named))
        return _recorded(file, change, signed, seen, content)


def remove_piece(file: Path, piece: str, signed: Signature, seen: bytes) -> Recorded:
    """Take a piece of evidence out of the list; a file of it stays where it is.

    Arguments and errors are those of `record_answer`.
    """
    return _record(file, Change("evidence", ("evidence", piece), None), signed, seen)


def record_not_known(file: Path, kind: str, signed: Signature, seen: bytes) -> Recorded:
    """Note in the journal that a kind of evidence was asked for and nobody knew.

    Arguments and errors are those of `record_answer`; the audit itself stays as it is.
    """
    return _record(file, Change("not_known", ("kinds", kind), UNKNOWN), signed, seen)


def restore(file: Path, place: Place, earlier: bytes, signed: Signature, seen: bytes) -> Recorded:
    """Put back at a place what stood there in an earlier content.

    Nothing but what was seen is taken back, not even « je ne sais pas » for another. Other
    arguments and errors are those of `record_answer`.
    """
    old = None if place[0] == "kinds" else _held(earlier, file, place)
    return _record(file, Change(journal.RESTORE, place, old), signed, seen)


def finish_interrupted(file: Path) -> bytes:
    """The content of an audit, after finishing a change that a stopped machine left unfinished.

    Nothing is locked or written where there is nothing to finish.
    """
    if any(_staged_files(real_file(file))):
        with locked(file):
            return _finished(file)
    return read_bytes(file, str(file))


def _free_id(content: bytes, file: Path) -> str:
    """An id that no piece of evidence of this audit bears: ``P1``, ``P2`` and so on."""
    taken = {each.get("id") for each in read_yaml(content, str(file)).get("evidence") or []}
    number = 1
    while f"P{number}" in taken or f"P{number:02}" in taken:
        number += 1
    return f"P{number}"


def _as_written(answer: Answer | None, before: Plain, signed: Signature) -> Plain:
    plain = journal.plain_answer(answer)
    comment = before.get("comment") if isinstance(before, dict) else None
    if plain is None or not (signed.by or isinstance(before, dict) or isinstance(plain, dict)):
        return plain
    written: dict[str, Plain] = dict(plain) if isinstance(plain, dict) else {"value": plain}
    if signed.by:
        written |= {"by": signed.by, "on": signed.at.date().isoformat()}
    return written | ({"comment": comment} if comment and "comment" not in written else {})


def _held(content: bytes, file: Path, place: Place) -> Plain:
    return held_at(read_yaml(content, str(file)), place)


def _record(file: Path, change: Change, signed: Signature, seen: bytes) -> Recorded:
    refuse_unreadable([change.new, signed.by], str(file))
    with locked(file):
        return _recorded(file, change, signed, seen, _found(file, seen))


def _found(file: Path, seen: bytes) -> bytes:
    """The content of an audit, which others may have changed; the caller holds the lock."""
    content = _finished(file)
    if content != seen:
        # somebody else wrote it: it may be no audit any more
        as_record(Document(str(file), content), Audit)
    return content


def _recorded(
    file: Path, change: Change, signed: Signature, seen: bytes, content: bytes
) -> Recorded:
    """Record a change of a content; the caller holds the lock."""
    data = read_yaml(content, str(file))
    in_audit = change.place[0] != "kinds"
    old = held_at(data, change.place) if in_audit else None
    if in_audit and content != seen:
        if _known(old) and _unsigned(old) == _unsigned(change.new):
            return Recorded(change.place, content, own=False)
        _refuse_other(old, _held(seen, file, change.place), change, file)
    _refuse_contradiction(data, change, file)
    made = edited(content, change.place, change.new, str(file)) if in_audit else content
    _write(file, content, made, journal.Entry(change.op, change.path, old, change.new, *signed))
    return Recorded(change.place, made, own=True)


def _known(value: Plain) -> bool:
    return _unsigned(value) not in (None, UNKNOWN)


def _unsigned(value: Plain) -> Plain:
    """What an answer says, whoever gave it and whenever; other values are as they are."""
    if not isinstance(value, dict):
        return value
    said = {key: held for key, held in value.items() if key not in ("by", "on")}
    return said["value"] if set(said) == {"value"} else said


def _refuse_other(old: Plain, was: Plain, change: Change, file: Path) -> None:
    """Refuse to overwrite what was not seen; nothing and « je ne sais pas » are one."""
    unknown = not (_known(old) or _known(was)) and change.op != journal.RESTORE
    if old == was or unknown:
        return
    raise Overtaken(
        _(
            "“{path}” was changed in {file} by somebody else meanwhile; nothing was overwritten."
            " Look at what stands there now, and try again."
        ).format(path=change.path, file=file)
    )


def _refuse_contradiction(data: Plain, change: Change, file: Path) -> None:
    """Refuse to have a kind of evidence recorded and said to be missing at once."""
    holder, name = change.place
    pieces, missing = data.get("evidence") or [], data.get("no_evidence") or []
    clash = None
    if holder == "no_evidence" and change.new:
        clash = name if any(name in piece["proves"] for piece in pieces) else None
    elif holder == "evidence" and change.new:
        clash = next((kind for kind in change.new["proves"] if kind in missing), None)
    if clash is not None:
        raise Overtaken(
            _(
                "In {file}, “{kind}” would be recorded and said to be missing at once; nothing was"
                " changed."
            ).format(file=file, kind=clash)
        )


def _write(file: Path, content: bytes, made: bytes, entry: journal.Entry) -> None:
    real = file.resolve()
    before, after = (hashlib.sha256(each).hexdigest() for each in (content, made))
    lines = [(entry, after)]
    if journal.tail_of(file).content != before:
        outside = journal.Entry(journal.EXTERNAL, "", None, None, None, entry.at)
        lines.insert(0, (outside, before))
    if made == content:
        journal.append(file, lines)
        return
    # the new file, whole and on disk, under a name that says what it holds
    staged = real.with_name(f"{_prefix(real)}{after[:16]}{_SUFFIX}")
    try:
        _stage(staged, made, real, str(file))
        journal.append(file, lines)
    except Exception:
        # refused, by a full disk for instance: nothing waits to be finished
        staged.unlink(missing_ok=True)
        raise
    os.replace(staged, real)
    _sync(real.parent)


def _stage(staged: Path, made: bytes, real: Path, name: str) -> None:
    try:
        with staged.open("wb") as opened:
            opened.write(made)
            opened.flush()
            os.fsync(opened.fileno())
        staged.chmod(real.stat().st_mode & 0o7777)
    except OSError as error:
        # the user knows the audit's file, not the one that is to take its name
        raise OSError(error.errno, error.strerror, name) from None
    _sync(real.parent)


_SUFFIX = ".part"


def _prefix(real: Path) -> str:
    return f".{real.name[:100]}."


def _staged_files(real: Path) -> list[Path]:
    return [
        each
        for each in real.parent.iterdir()
        if each.name.startswith(_prefix(real)) and each.name.endswith(_SUFFIX)
    ]


def _finished(file: Path) -> bytes:
    """The content, after finishing what is unfinished; the caller holds the lock."""
    journal.mend(file)
    real = file.resolve()
    content = read_bytes(file, str(file))
    tail = journal.tail_of(file)
    for staged in _staged_files(real):
        waiting = staged.read_bytes()
        # a hand that changed the file since then has the last word
        untouched = hashlib.sha256(content).hexdigest() == tail.before
        if untouched and hashlib.sha256(waiting).hexdigest() == tail.content:
            os.replace(staged, real)
            content = waiting
        else:
            staged.unlink(missing_ok=True)
    return content


def _sync(folder: Path) -> None:
    """Make a folder's names last, where the system has a way to ask for it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network disks cannot
    finally:
        os.close(handle)
