"""What came and went between two states of one structure, for the page of a comparison."""

from collections import Counter
from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.model.comparison_results import ComparisonResult, PieceChange
from norm_engine.presentation.comparison_moves import advice_moved
from norm_engine.presentation.result_words import names_said
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import grade_said

_THINGS_SHOWN = 12


def expired_part(page: Page, expired: Sequence[PieceChange]) -> None:
    """The pieces that counted on the first side and have since grown too old."""
    if not expired:
        return
    page.heading(_("What expired ({n})").format(n=len(expired)))
    for piece in expired:
        _piece(page, piece)


def _piece(page: Page, piece: PieceChange) -> None:
    page.paragraph(
        _("{piece} “{title}”: {text}").format(piece=piece.id, title=piece.title, text=piece.text),
        indent=2,
        lead="· ",
    )
    if piece.requirements:
        page.paragraph(
            _("plays a part in {names}").format(names=names_said(piece.requirements)), indent=4
        )


def news_part(page: Page, result: ComparisonResult) -> None:
    """What came and went: gaps, recommendations, pieces, findings, answers."""
    if not result.same_structure:
        return
    lines = [*_gap_lines(result), *_finding_lines(result), *_answer_lines(result)]
    pieces = [each for each in result.pieces if each not in result.expired]
    if not lines and not pieces:
        return
    page.heading(_("What is new"))
    for line in lines:
        page.paragraph(line, indent=2, lead="· ")
    for piece in pieces[:_THINGS_SHOWN]:
        _piece(page, piece)
    if len(pieces) > _THINGS_SHOWN:
        page.paragraph(_("… and {n} others").format(n=len(pieces) - _THINGS_SHOWN), indent=2)


def _gap_lines(result: ComparisonResult) -> list[str]:
    new, known, closed = result.new_gaps, result.known_gaps, result.closed_gaps
    forms = (
        (new, ngettext("{n} new gap: {names}", "{n} new gaps: {names}", len(new))),
        (
            known,
            ngettext(
                "{n} gap that was not known: {names}",
                "{n} gaps that were not known: {names}",
                len(known),
            ),
        ),
        (closed, ngettext("{n} gap closed: {names}", "{n} gaps closed: {names}", len(closed))),
    )
    left, taken = advice_moved(result)
    advised = (
        (
            left,
            ngettext(
                "{n} recommendation no longer followed: {names}",
                "{n} recommendations no longer followed: {names}",
                len(left),
            ),
        ),
        (
            taken,
            ngettext(
                "{n} recommendation now followed: {names}",
                "{n} recommendations now followed: {names}",
                len(taken),
            ),
        ),
    )
    return [
        form.format(n=len(names), names=names_said(names, 8))
        for names, form in (*forms, *advised)
        if names
    ]


def _finding_lines(result: ComparisonResult) -> list[str]:
    forms = {
        "new": _("finding {id} on {requirement}: {grade}"),
        "gone": _("finding {id} on {requirement} is gone: {grade}"),
    }
    return [
        forms[each.change].format(
            id=each.id, requirement=each.requirement, grade=grade_said(each.grade)
        )
        for each in result.findings
    ]


def _answer_lines(result: ComparisonResult) -> list[str]:
    count = Counter(each.change for each in result.answers)
    new, changed, gone = (count[change] for change in ("new", "changed", "gone"))
    said = [
        (new, ngettext("{n} new answer", "{n} new answers", new)),
        (changed, ngettext("{n} answer changed", "{n} answers changed", changed)),
        (gone, ngettext("{n} answer taken back", "{n} answers taken back", gone)),
    ]
    return [form.format(n=number) for number, form in said if number]
