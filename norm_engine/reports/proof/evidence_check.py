"""Compares the evidence files of a folder with what a report says of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from norm_engine.language import _, ngettext
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.model.audit import FileState, Piece
from norm_engine.model.report_results import Check, Outcome
from norm_engine.reports.subject import Subject
from norm_engine.store.evidence_files import EVIDENCE_FOLDER, file_sha256

MAX_FILES = 20_000
"""Files of a folder that are looked through for a piece whose name the report leaves out."""

_Found = Literal["ok", "missing", "altered", "unknown"]


def evidence_check(subject: Subject, folder: Path, *, named: bool) -> Check:
    """Whether each piece's file is in a folder as the report says it is.

    Args:
        subject: what the report speaks of.
        folder: where the files are, or the folder of the audit that holds them.
        named: whether the report names the files; otherwise they are known by their SHA-256.

    Raises:
        InvalidInput: when the folder does not exist.
    """
    if not folder.is_dir():
        message, remedy = _("There is no such folder."), _("Name the folder that holds the files.")
        raise InvalidInput([Problem(str(folder), message, remedy)])
    inside = folder / EVIDENCE_FOLDER
    home = inside if inside.is_dir() else folder
    pieces = [] if subject.audit is None else subject.audit.evidence
    listed = [each for each in pieces if each.file is not None]
    known = frozenset() if named else _fingerprints(home)
    details: list[str] = []
    outcome: Outcome = "holds"
    for piece in listed:
        said = subject.states.get(piece.id, "missing")
        found = _looked_at(piece, home) if named else _known(piece, said, known)
        judged = _judged(found, said)
        if judged != "holds":
            outcome = "differs" if "differs" in (outcome, judged) else "unchecked"
            details.append(_words(piece, found, said, named))
    return Check(
        id="evidence", outcome=outcome, text=_text(outcome, len(listed)), details=tuple(details)
    )


def _looked_at(piece: Piece, folder: Path) -> _Found:
    try:
        file = (folder / str(piece.file)).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return "missing"
        if piece.sha256 is None:
            return "unknown"
        return "ok" if file_sha256(file) == piece.sha256 else "altered"
    except (OSError, RuntimeError, ValueError):
        return "missing"


def _known(piece: Piece, said: FileState, fingerprints: frozenset[str]) -> _Found:
    if piece.sha256 is None:
        # neither its name nor its SHA-256 is known: a missing one stays missing
        return "missing" if said == "missing" else "unknown"
    return "ok" if piece.sha256 in fingerprints else "missing"


def _judged(found: _Found, said: FileState) -> Outcome:
    if found == "unknown":
        return "differs" if said == "missing" else "unchecked"
    # without its name, an altered file cannot be told from one that is not there
    same = found == said or (found == "missing" and said == "altered")
    return "holds" if same else "differs"


def _words(piece: Piece, found: _Found, said: FileState, named: bool) -> str:
    name = f"{piece.id} ({piece.file})" if named else piece.id
    if found == "unknown":
        message = _("its SHA-256 was not recorded: nothing tells whether it is the same file")
    elif found == "ok":
        message = (
            _("the report says that its file is missing; it is there")
            if said == "missing"
            else _("the report says that its file was altered; it is the one recorded")
        )
    elif found == "altered":
        message = _("its file is not the one recorded")
    elif named:
        message = _("its file is missing")
    else:
        message = _("no file of the folder has its SHA-256")
    return _("{name}: {message}").format(name=name, message=message)


def _text(outcome: Outcome, count: int) -> str:
    if outcome == "holds":
        return ngettext(
            "The file of the one piece of evidence is as the report says.",
            "The files of the {n} pieces of evidence are as the report says.",
            count,
        ).format(n=count)
    if outcome == "differs":
        return _("Files of pieces of evidence are not as the report says.")
    return _("Some files of pieces of evidence cannot be compared.")


def _fingerprints(folder: Path) -> frozenset[str]:
    return frozenset(_each_fingerprint(folder))


def _each_fingerprint(folder: Path) -> Iterator[str]:
    for count, file in enumerate(sorted(folder.iterdir())):
        if count >= MAX_FILES:
            return
        try:
            if file.is_file():
                yield file_sha256(file)
        except OSError:
            continue
