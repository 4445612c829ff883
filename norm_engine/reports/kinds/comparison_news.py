"""What expired, and what came and went: pieces, answers, findings, gaps."""

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.comparison_results import ComparisonResult, PieceChange
from norm_engine.presentation.comparison_moves import advice_moved
from norm_engine.presentation.document import Block, Column, Line, Paragraph, Section, Table
from norm_engine.presentation.wording import grade_said
from norm_engine.reports.kinds.comparison_moves import target_of
from norm_engine.reports.kinds.comparison_scores import sides_said
from norm_engine.reports.kinds.parts_requirements import linked
from norm_engine.reports.kinds.parts_words import capital, line_of
from norm_engine.reports.material import Material

_NAMED = 6


def expired_section(result: ComparisonResult, material: Material) -> Section:
    """The pieces that counted before and have since grown too old."""
    title = (_("What expired"),)
    if not result.expired:
        return Section("expired", title, ())
    rows = tuple(_expired(each, result, material) for each in result.expired)
    head = (_("Piece"), _("Counts no more since"), _("What it moves"))
    columns = (Column(0.5), Column(0.22), Column(0.28))
    caption = _("Evidence that counted before and is too old now")
    return Section("expired", title, (Table((caption,), head, rows, columns),))


def _expired(piece: PieceChange, result: ComparisonResult, material: Material) -> tuple[Line, ...]:
    day = "–" if piece.day is None else date_said(piece.day)
    return (_piece(piece, material), (day,), _moves(piece, result))


def _piece(piece: PieceChange, material: Material) -> Line:
    """Its id and title, and the kinds of evidence it is of."""
    line: Line = (f"{piece.id} {piece.title}",)
    kinds = material.ruleset.evidence
    for kind in piece.kinds:
        if kind in kinds:
            line = (*line, " · ", *line_of(kinds[kind].title, material.ruleset))
    return line


def _moves(piece: PieceChange, result: ComparisonResult) -> Line:
    return linked(piece.requirements, target_of(result), _NAMED) or ("–",)


def news_section(result: ComparisonResult, material: Material) -> Section:
    """What came and went between two states of one structure."""
    title = (_("What is new"),)
    if not result.same_structure:
        return Section("news", title, _rules(result))
    blocks = (
        *_gaps(result),
        *_pieces(result, material),
        *_answers(result, material),
        *_findings(result),
        *_rules(result),
    )
    return Section("news", title, blocks)


def _gaps(result: ComparisonResult) -> tuple[Block, ...]:
    target = target_of(result)
    found = []
    left, taken = advice_moved(result)
    for names, label in (
        (result.new_gaps, _("New gaps: ")),
        (result.known_gaps, _("Gaps that were not known: ")),
        (result.closed_gaps, _("Gaps closed: ")),
        (left, _("Recommendations no longer followed: ")),
        (taken, _("Recommendations now followed: ")),
    ):
        if names:
            found.append(Paragraph((label, *linked(names, target), ".")))
    return tuple(found)


def _pieces(result: ComparisonResult, material: Material) -> tuple[Block, ...]:
    pieces = [each for each in result.pieces if each not in result.expired]
    if not pieces:
        return ()
    rows = tuple(
        (_piece(each, material), (capital(each.text),), _moves(each, result)) for each in pieces
    )
    head = (_("Piece"), _("What became of it"), _("What it moves"))
    columns = (Column(0.44), Column(0.28), Column(0.28))
    return (Table((_("Evidence that came, went, or counts otherwise"),), head, rows, columns),)


def _answers(result: ComparisonResult, material: Material) -> tuple[Block, ...]:
    if not result.answers:
        return ()
    questions = material.ruleset.questions
    rows = tuple(
        (
            line_of(questions[each.question].text, material.ruleset),
            (each.before or "–",),
            (each.after or "–",),
        )
        for each in result.answers
    )
    head = (_("Question"), *sides_said(result))
    columns = (Column(0.5), Column(0.25), Column(0.25))
    return (Table((_("Answers that differ"),), head, rows, columns),)


def _findings(result: ComparisonResult) -> tuple[Block, ...]:
    if not result.findings:
        return ()
    said = {"new": _("new"), "gone": _("no longer there")}
    rows = tuple(
        ((each.id,), (each.requirement,), (capital(grade_said(each.grade)),), (said[each.change],))
        for each in result.findings
    )
    head = (_("Finding"), _("Requirement"), _("Grade"), _("What became of it"))
    columns = (Column(0.2), Column(0.2), Column(0.35), Column(0.25))
    return (Table((_("Findings of the auditor"),), head, rows, columns),)


def _rules(result: ComparisonResult) -> tuple[Block, ...]:
    if not result.rules:
        return ()
    rows = tuple(((each.text,), (each.before,), (each.after,)) for each in result.rules)
    head = (_("Rule"), *sides_said(result))
    columns = (Column(0.5), Column(0.25), Column(0.25))
    return (Table((_("What overlays set otherwise"),), head, rows, columns),)
