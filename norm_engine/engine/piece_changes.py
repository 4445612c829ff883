"""What became of pieces of evidence between two states of one structure's audit."""

import datetime
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import PieceState, evidence_states
from norm_engine.model.audit import Audit, FileState, Piece
from norm_engine.model.comparison_results import PieceChangeKind
from norm_engine.model.scalars import earlier

Judged = tuple[Audit, Mapping[str, FileState], Evaluation]
"""An audit, what was found of its files by the piece's id, and its evaluation."""

AGED: frozenset[PieceChangeKind] = frozenset({"expired", "stale"})
"""Changes that nobody made: time did."""


class PieceMove(NamedTuple):
    """A piece that came, went, or counts otherwise.

    Attributes:
        kinds: the kinds of evidence for which it does so.
        reason: for a new one, whether it counts (``ok``) or why not; else of no meaning.
        counted, counts: whether it counted for these kinds before, and does after.
        day: for one that aged, the first day on which it counts no more, where it lies between the
            two days compared.
    """

    piece: Piece
    kinds: tuple[str, ...]
    change: PieceChangeKind
    reason: str
    counted: bool
    counts: bool
    day: datetime.date | None


def piece_moves(before: Judged, after: Judged) -> tuple[PieceMove, ...]:
    """The pieces that came, went, or count otherwise, by their ids, the second side's first."""
    was, now = _states(before), _states(after)
    order = dict.fromkeys(
        [*(piece.id for piece in after[0].evidence), *(piece.id for piece in before[0].evidence)]
    )
    days = before[2].facts.as_of, after[2].facts.as_of
    fresh_for = after[2].program.fresh_for
    found: list[PieceMove] = []
    for name in order:
        moves: dict[tuple[str, ...], list[PieceMove]] = {}
        for move in _moves(was.get(name, {}), now.get(name, {}), fresh_for, days):
            moves.setdefault((move.change, move.reason, str(move.day)), []).append(move)
        for same in moves.values():
            kinds = tuple(kind for move in same for kind in move.kinds)
            found.append(same[0]._replace(kinds=kinds))
    return tuple(found)


def _states(judged: Judged) -> dict[str, dict[str, PieceState]]:
    """The pieces judged, by their id and the kind they are for."""
    audit, files, evaluation = judged
    states = evidence_states(audit, evaluation.program.fresh_for, files, evaluation.facts.as_of)
    found: dict[str, dict[str, PieceState]] = {}
    for kind, listed in states.items():
        for state in listed:
            found.setdefault(state.piece.id, {})[kind] = state
    return found


def _moves(
    was: Mapping[str, PieceState],
    now: Mapping[str, PieceState],
    fresh_for: Mapping[str, str | None],
    days: tuple[datetime.date, datetime.date],
) -> Iterator[PieceMove]:
    """What became of one piece, kind by kind."""
    for kind in dict.fromkeys([*was, *now]):
        one, two = was.get(kind), now.get(kind)
        if one is None and two is not None:
            yield PieceMove(two.piece, (kind,), "new", two.reason, False, two.counts, None)
        elif two is None and one is not None:
            yield PieceMove(one.piece, (kind,), "removed", "", one.counts, False, None)
        elif one is not None and two is not None and one.counts != two.counts:
            change: PieceChangeKind = "counts" if two.counts else two.reason  # type: ignore[assignment]
            day = None
            if change in AGED:
                day = first_day_without(two.piece, fresh_for.get(kind), *days)
            yield PieceMove(two.piece, (kind,), change, two.reason, one.counts, two.counts, day)


def first_day_without(
    piece: Piece, fresh_for: str | None, counted_on: datetime.date, lost_on: datetime.date
) -> datetime.date | None:
    """The first day on which age keeps a piece from counting.

    Args:
        counted_on: a day before; None is given when the piece did not age between the two.
        lost_on: a day on which it is too old.
    """

    def aged(day: datetime.date) -> bool:
        """Whether the piece is past its end, or too old, on a day."""
        over = piece.valid_until is not None and piece.valid_until < day
        stale = fresh_for is not None and (
            piece.dated is None or piece.dated < earlier(day, fresh_for)
        )
        return over or stale

    low, high = counted_on.toordinal(), lost_on.toordinal()
    if low >= high or aged(counted_on):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if aged(datetime.date.fromordinal(middle)):
            high = middle
        else:
            low = middle
    return datetime.date.fromordinal(high)
