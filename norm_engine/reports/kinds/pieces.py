"""Pieces of evidence as reports show them: whether they count, for what, and until when."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from norm_engine.engine.facts import PieceState, evidence_states
from norm_engine.language import _
from norm_engine.language.figures import date_said, listed
from norm_engine.model.audit import Piece
from norm_engine.model.scalars import earlier, later
from norm_engine.presentation.document import Block, Code, Inline, Line, Mark, Paragraph, Words
from norm_engine.presentation.values import words_of
from norm_engine.presentation.wording import evidence_reason_said
from norm_engine.reports.kinds.parts_words import line_of, size_said, together
from norm_engine.reports.material import Evaluated, Material

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Inventoried:
    """A piece of evidence with what was judged of it.

    Attributes:
        standings: why it counts or not, by the kinds it proves.
        last_days: the last day on which it can count, by kind; kinds without an end are left out.
        size: of its file, in bytes; None when there is none, or it is not there.
    """

    piece: Piece
    standings: Mapping[str, str]
    last_days: Mapping[str, datetime.date]
    size: int | None

    @property
    def last_day(self) -> datetime.date | None:
        """The last day on which it can count for all it proves; None when it has no end."""
        return min(self.last_days.values(), default=None)


def inventory(material: Material) -> tuple[Inventoried, ...]:
    """Every piece of evidence of the audit, in the audit's order."""
    evaluated = material.evaluated
    if evaluated is None:
        return ()
    fresh = evaluated.evaluation.program.fresh_for
    standings: dict[str, dict[str, str]] = {}
    for kind, states in judged(material, evaluated).items():
        for state in states:
            standings.setdefault(state.piece.id, {})[kind] = state.reason
    return tuple(
        Inventoried(
            piece,
            standings.get(piece.id, {}),
            _last_days(piece, fresh),
            material.subject.sizes.get(piece.id),
        )
        for piece in evaluated.audit.evidence
    )


def judged(material: Material, evaluated: Evaluated) -> Mapping[str, Sequence[PieceState]]:
    """The pieces recorded for each kind of evidence, judged."""
    program = evaluated.evaluation.program
    return evidence_states(
        evaluated.audit, program.fresh_for, material.subject.states, material.subject.as_of
    )


def _last_days(piece: Piece, fresh: Mapping[str, str | None]) -> dict[str, datetime.date]:
    found = {}
    for kind in piece.proves:
        duration = fresh.get(kind)
        ends = [] if piece.valid_until is None else [piece.valid_until]
        if duration is not None and piece.dated is not None:
            ends.append(last_fresh_day(piece.dated, duration))
        if ends:
            found[kind] = min(ends)
    return found


def last_fresh_day(dated: datetime.date, duration: str) -> datetime.date:
    """The last day seen from which `dated` lies within `duration` before.

    Months are clamped to their end: seen from 29, 30 and 31 March, “a month before” is 28 February.
    """
    day = later(dated, duration)
    while earlier(day + _DAY, duration) <= dated:
        day += _DAY
    return day


def standing_line(each: Inventoried, material: Material) -> Line:
    """Whether a piece counts, with its mark; kind by kind where it counts for some only."""
    reasons = dict.fromkeys(each.standings.values())
    if not reasons:
        return (Mark("unknown", _("proves nothing that is asked")),)
    if len(reasons) == 1:
        return (standing_mark(next(iter(reasons))),)
    line: list[Inline] = []
    for reason in reasons:
        kinds = [kind for kind, found in each.standings.items() if found == reason]
        line += [
            "; " if line else "",
            standing_mark(reason),
            _(" for "),
            *kinds_line(kinds, material),
        ]
    return tuple(each for each in line if each != "")


def standing_mark(reason: str) -> Mark:
    """The verdict on a piece for a kind."""
    return Mark("true" if reason == "ok" else "false", evidence_reason_said(reason))


def kinds_line(kinds: Sequence[str], material: Material) -> Line:
    """Titles of kinds of evidence in a row."""
    ruleset = material.ruleset
    texts = [ruleset.evidence[kind].title for kind in kinds]
    said = listed([_("“{words}”").format(words=words_of(each, ruleset)) for each in texts])
    language = next(
        (each.language for each in line_of(texts[0], ruleset) if isinstance(each, Words)), ""
    )
    return (Words(said, language) if language else said,)


def dates_said(piece: Piece) -> str:
    """When a piece is dated and until when it is valid, in words."""
    dated = (
        _("not dated")
        if piece.dated is None
        else _("dated {day}").format(day=date_said(piece.dated))
    )
    until = (
        ""
        if piece.valid_until is None
        else _("valid until {day}").format(day=date_said(piece.valid_until))
    )
    return together([dated, until])


def place_said(each: Inventoried) -> str:
    """The size of a piece's file, or where its original is kept."""
    piece = each.piece
    if piece.kept_at is not None:
        return _("original kept: {place}").format(place=piece.kept_at)
    if piece.file is None:
        return ""
    return _("size unknown") if each.size is None else size_said(each.size)


def piece_blocks(each: Inventoried, standing: Line) -> tuple[Block, ...]:
    """All there is on a piece: its title, facts, verdict, and SHA-256 in full.

    Args:
        standing: the verdict, for the kind that the reader is looking at or for all.
    """
    piece = each.piece
    facts = together([dates_said(piece), place_said(each)])
    title = Paragraph((Code(piece.id), f" {piece.title} · {facts} · ", *standing))
    if piece.sha256 is not None:
        return (title, Paragraph(("SHA-256 ", Code(piece.sha256)), "note"))
    if piece.file is not None:
        return (title, Paragraph((_("SHA-256 not recorded"),), "note"))
    return (title,)
