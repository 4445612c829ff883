"""Looks at the files of pieces of evidence: there or not, unaltered or not."""

import hashlib
from pathlib import Path

from norm_engine.model.audit import Audit, FileState, Piece
from norm_engine.store.folders import MILESTONES_FOLDER

EVIDENCE_FOLDER = "preuves"


def file_states(audit: Audit, folder: Path) -> dict[str, FileState]:
    """What is found of each piece's file, by the piece's id; pieces without a file are left out.

    A milestone keeps no files of its own: those of its audit are looked at.
    """
    inside = evidence_folder(folder)
    return {piece.id: _state(piece, inside) for piece in audit.evidence if piece.file is not None}


def file_sizes(audit: Audit, folder: Path) -> dict[str, int]:
    """The size in bytes of each piece's file that is there, by the piece's id."""
    inside = evidence_folder(folder)
    files = {piece.id: _file(piece, inside) for piece in audit.evidence if piece.file is not None}
    return {name: file.stat().st_size for name, file in files.items() if file is not None}


def evidence_folder(folder: Path) -> Path:
    """Where the files of an audit's evidence are, or of a milestone's; links are followed."""
    home = folder.resolve()
    if home.parent.name == MILESTONES_FOLDER and not (home / EVIDENCE_FOLDER).exists():
        home = home.parent.parent
    return (home / EVIDENCE_FOLDER).resolve()


def _state(piece: Piece, folder: Path) -> FileState:
    file = _file(piece, folder)
    if file is None:
        return "missing"
    # a piece recorded without a fingerprint cannot be told from an altered one; being there counts
    if piece.sha256 is not None and file_sha256(file) != piece.sha256:
        return "altered"
    return "ok"


def _file(piece: Piece, folder: Path) -> Path | None:
    """The file of a piece; None when it is not there."""
    try:
        file = (folder / str(piece.file)).resolve()
        # a name that leads out of the folder, by “..” or by a link, is no piece of this audit
        there = file.is_relative_to(folder) and file.is_file()
    except (OSError, RuntimeError, ValueError):
        return None  # links in a circle, a name that no disk takes
    return file if there else None


def file_sha256(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
