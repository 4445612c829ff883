"""The inventory of evidence: what there is, what it proves, and when it expires."""

import datetime
from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said
from norm_engine.model.scalars import later
from norm_engine.presentation.document import (
    Block,
    Code,
    Column,
    Facts,
    Items,
    Line,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.months import month_said
from norm_engine.reports.kinds.parts_words import capital, not_stated
from norm_engine.reports.kinds.pieces import (
    Inventoried,
    inventory,
    kinds_line,
    piece_blocks,
    place_said,
    standing_line,
)
from norm_engine.reports.material import Material

_AHEAD = "P12M"
_TITLE_SHOWN = 160


def evidence_section(material: Material) -> Section:
    """Every piece of evidence in a table, what expires first on top, then month by month."""
    pieces = by_expiry(inventory(material))
    return Section(
        "evidence",
        (_("Evidence inventory"),),
        (
            *_opening(pieces),
            *((_table(pieces, material),) if pieces else ()),
            *_calendar(pieces, material),
        ),
        new_page=True,
    )


def evidence_annex(material: Material) -> Section:
    """Every piece of evidence with its SHA-256 in full, then what expires month by month."""
    pieces = inventory(material)
    items = tuple(
        (*piece_blocks(each, standing_line(each, material)), _proves(each, material))
        for each in pieces
    )
    return Section(
        "evidence",
        (_("Annex: the evidence"),),
        (*_opening(pieces), *((Items(items),) if items else ()), *_calendar(pieces, material)),
        new_page=True,
    )


def by_expiry(pieces: Sequence[Inventoried]) -> tuple[Inventoried, ...]:
    """Pieces in the order in which they expire; those without an end come last."""
    return tuple(sorted(pieces, key=lambda each: each.last_day or datetime.date.max))


def _opening(pieces: Sequence[Inventoried]) -> tuple[Block, ...]:
    if not pieces:
        return (Paragraph((_("No piece of evidence is recorded."),)),)
    count = sum("ok" in each.standings.values() for each in pieces)
    recorded = ngettext("{n} piece is recorded", "{n} pieces are recorded", len(pieces))
    counting = ngettext("{n} counts today", "{n} count today", count)
    words = _("{recorded}; {counting}.").format(
        recorded=recorded.format(n=len(pieces)), counting=counting.format(n=count)
    )
    return (Paragraph((words,)),)


def _table(pieces: Sequence[Inventoried], material: Material) -> Table:
    head = (_("Piece"), _("Proves"), _("Dated"), _("Counts until"), _("File"), _("Today"))
    columns = (
        Column(0.29), Column(0.24), Column(0.11), Column(0.115), Column(0.105), Column(0.14),
    )  # fmt: skip
    rows = tuple(_row(each, material) for each in pieces)
    return Table((_("The evidence, what expires first on top"),), head, rows, columns)


def _row(each: Inventoried, material: Material) -> tuple[Line, ...]:
    piece = each.piece
    kinds = kinds_line(piece.proves, material) if piece.proves else (not_stated(),)
    return (
        (Code(piece.id), f" {_shortened(piece.title)}"),
        kinds,
        (_("not dated") if piece.dated is None else date_said(piece.dated),),
        (_("no end") if each.last_day is None else date_said(each.last_day),),
        (_("original kept elsewhere") if piece.kept_at is not None else place_said(each) or "–",),
        standing_line(each, material),
    )


def _shortened(title: str) -> str:
    """A title as a table holds it; the audit that the report carries has it in full."""
    return title if len(title) <= _TITLE_SHOWN else f"{title[:_TITLE_SHOWN].rstrip()}…"


def _proves(each: Inventoried, material: Material) -> Paragraph:
    kinds = each.piece.proves
    said: Line = kinds_line(kinds, material) if kinds else (not_stated(),)
    return Paragraph((_("Proves: "), *said), "note")


def _calendar(pieces: Sequence[Inventoried], material: Material) -> tuple[Section, ...]:
    """What stops to count in the twelve months after the day spoken of, month by month."""
    start = material.subject.as_of
    end = later(start, _AHEAD)
    coming: list[tuple[datetime.date, Inventoried]] = []
    for each in pieces:
        for day in dict.fromkeys(sorted(_days_that_count(each))):
            if start <= day <= end:
                coming.append((day, each))
    coming.sort(key=lambda pair: pair[0])
    if not coming:
        return ()
    months: dict[str, list[tuple[Block, ...]]] = {}
    for day, each in coming:
        months.setdefault(capital(month_said(day)), []).append(_lapse(day, each, material))
    rows = tuple((month, (Items(tuple(items)),)) for month, items in months.items())
    title = (_("Last days on which evidence counts, over twelve months"),)
    return (Section("evidence-months", title, (Facts(rows),)),)


def _days_that_count(each: Inventoried) -> list[datetime.date]:
    """The last days for kinds that the piece counts for today."""
    return [day for kind, day in each.last_days.items() if each.standings.get(kind) == "ok"]


def _lapse(day: datetime.date, each: Inventoried, material: Material) -> tuple[Block, ...]:
    kinds = [kind for kind, found in each.last_days.items() if found == day]
    line: Line = (f"{date_said(day)} · ", Code(each.piece.id), f" {each.piece.title}")
    if len(kinds) < len(each.piece.proves):
        line = (*line, _(" for "), *kinds_line(kinds, material))
    return (Paragraph(line),)
