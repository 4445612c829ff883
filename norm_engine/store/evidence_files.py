"""Looks at the files of pieces of evidence: there or not, unaltered or not."""

import hashlib
from pathlib import Path

from norm_engine.model.audit import Audit, FileState, Piece

EVIDENCE_FOLDER = "preuves"


def file_states(audit: Audit, folder: Path) -> dict[str, FileState]:
    """What is found of each piece's file, by the piece's id; pieces without a file are left out."""
    return {
        piece.id: _state(piece, folder / EVIDENCE_FOLDER)
        for piece in audit.evidence
        if piece.file is not None
    }


def _state(piece: Piece, folder: Path) -> FileState:
    file = folder / str(piece.file)
    # a name that leads out of the folder, by “..” or by a link, is no piece of this audit
    if not file.resolve().is_relative_to(folder.resolve()) or not file.is_file():
        return "missing"
    # a piece recorded without a fingerprint cannot be told from an altered one; being there counts
    if piece.sha256 is not None and file_sha256(file) != piece.sha256:
        return "altered"
    return "ok"


def file_sha256(file: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
