"""The facts of one structure at one date, in the order in which a program reads them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from norm_engine.model.audit import Audit, FileState, Piece
from norm_engine.model.scalars import earlier


class _SansObjet:
    def __repr__(self) -> str:
        return "SANS_OBJET"


SANS_OBJET: Final = _SansObjet()
"""The answer « sans objet » (not applicable), which the question must allow."""


class Facts:
    """What is known of a structure: typed answers and counted evidence, by index.

    Attributes:
        answers: by question, its typed value, `SANS_OBJET`, or None when unknown.
        evidence: by evidence kind, how many pieces count, or None when unknown.
        as_of: the day the evaluation speaks of.
    """

    __slots__ = ("_earliest", "answers", "as_of", "evidence")

    def __init__(
        self, answers: Sequence[Any], evidence: Sequence[int | None], as_of: datetime.date
    ) -> None:
        self.answers = answers
        self.evidence = evidence
        self.as_of = as_of
        self._earliest: dict[str, datetime.date] = {}

    def earliest(self, duration: str) -> datetime.date:
        """The first day that lies within `duration` before `as_of`."""
        if duration not in self._earliest:
            self._earliest[duration] = earlier(self.as_of, duration)
        return self._earliest[duration]


class PieceState(NamedTuple):
    """Whether a piece of evidence counts for a kind, and if not, the first reason why."""

    piece: Piece
    counts: bool
    reason: str
    """``ok`` | ``missing`` | ``altered`` | ``nowhere`` | ``rejected`` | ``later`` | ``expired`` |
    ``undated`` | ``stale``"""


def piece_state(
    piece: Piece,
    fresh_for: str | None,
    file_state: FileState | None,
    rejected: bool,
    as_of: datetime.date,
) -> PieceState:
    """Judge one piece of evidence for a kind that stays fresh for `fresh_for`.

    `file_state` is None for a piece that names no file.
    """
    return PieceState(*_judged(piece, fresh_for, file_state, rejected, as_of))


def _judged(
    piece: Piece,
    fresh_for: str | None,
    file_state: FileState | None,
    rejected: bool,
    as_of: datetime.date,
) -> tuple[Piece, bool, str]:
    reason = "ok"
    if piece.file is None and piece.kept_at is None:
        reason = "nowhere"
    elif piece.kept_at is None and file_state != "ok":
        reason = file_state or "missing"
    elif rejected:
        reason = "rejected"
    elif piece.dated is not None and piece.dated > as_of:
        reason = "later"
    elif piece.valid_until is not None and piece.valid_until < as_of:
        reason = "expired"
    elif fresh_for is not None and piece.dated is None:
        reason = "undated"
    elif fresh_for is not None and piece.dated and piece.dated < earlier(as_of, fresh_for):
        reason = "stale"
    return piece, reason == "ok", reason


def rejected_pieces(audit: Audit) -> frozenset[str]:
    """Pieces of evidence that some finding rejects; they count nowhere."""
    return frozenset(piece for finding in audit.findings for piece in finding.rejected)


def evidence_states(
    audit: Audit,
    kinds: Mapping[str, str | None],
    files: Mapping[str, FileState],
    as_of: datetime.date,
) -> dict[str, list[PieceState]]:
    """The pieces recorded for each kind, judged.

    Args:
        kinds: evidence kinds with how long they stay fresh (None: for ever).
        files: what was found of each piece's file, by the piece's id.
    """
    rejected = rejected_pieces(audit)
    states: dict[str, list[PieceState]] = {}
    for piece in audit.evidence:
        for kind in piece.proves:
            state = piece_state(
                piece, kinds.get(kind), files.get(piece.id), piece.id in rejected, as_of
            )
            states.setdefault(kind, []).append(state)
    return states
