"""The dialogue of an express self-audit: asks, understands, has each answer saved at once.

What is asked and said stands on standard error: it is a conversation, and the result alone belongs
on standard output. Lines that come through a pipe are taken as if they were typed.
"""

import datetime
from fractions import Fraction
from typing import Literal

from norm_engine.cli.conversation import read_line, say, show
from norm_engine.cli.interview_session import (
    Session,
    Write,
    item_to_ask,
    leaving,
    most_wanted,
    not_saved_said,
    problems_with,
    read_again,
    save,
    undo,
)
from norm_engine.engine.facts import piece_state
from norm_engine.engine.next_question import Item
from norm_engine.language import _
from norm_engine.model.audit import UNKNOWN, AnswerDetails, Piece
from norm_engine.presentation.interview_answers import (
    Reply,
    understood,
    understood_day,
    understood_words,
    understood_yes_no,
)
from norm_engine.presentation.interview_page import (
    evidence_page,
    keys_page,
    outcome_known_said,
    progress_page,
    question_page,
    reason_page,
)
from norm_engine.presentation.questionnaire import question_groups
from norm_engine.presentation.values import words_of
from norm_engine.presentation.wording import evidence_reason_said
from norm_engine.store.editing import (
    Answer,
    Overtaken,
    record_answer,
    record_no_evidence,
    record_not_known,
    record_piece,
)
from norm_engine.store.yaml_edits import Unwritable

PROGRESS_EVERY = 5
"""Answers after which one is told where one stands."""

Turn = Literal["on", "back", "stop", "again"]
"""What comes after a question: the next one, the one before it, the end, or the same again."""


def ask_until(session: Session, until: Fraction) -> None:
    """Ask one thing after the other until so much is settled, nothing is left, or one stops."""
    again: str | None = None
    while True:
        settled = session.ranking().certainty
        if again is None and settled >= until:
            return
        item = item_to_ask(session, again)
        if item is None:
            return
        before, outcome = len(session.done), session.evaluation.decision.outcome
        turn = _ask(session, item)
        if turn == "stop":
            return
        again = _back(session) if turn == "back" else None
        if session.evaluation.decision.outcome not in (outcome, "undetermined"):
            say(outcome_known_said(session.evaluation.decision.outcome))
        if len(session.done) > before and len(session.done) % PROGRESS_EVERY == 0:
            show(lambda page: progress_page(page, session.evaluation, session.ranking(), until))


def _back(session: Session) -> str | None:
    try:
        last = undo(session)
    except (Overtaken, Unwritable) as kept:
        _say_refused(kept)
        with leaving(lambda: _("Your last answer was not taken back.")):
            read_again(session)
        return None
    with leaving(lambda: _("Your last answer was taken back; those before it are saved.")):
        read_again(session)
    if last.typed.strip():
        say(_("You had typed: {typed}").format(typed=last.typed.strip()))
    return last.item


def _ask(session: Session, item: Item) -> Turn:
    _show_item(session, item)
    turn: Turn = "again"
    while turn == "again":
        typed = read_line(">")
        before = len(session.done)
        turn = _replied(session, item, _understood(session, item, typed))
        if len(session.done) > before:
            session.done[-1] = session.done[-1]._replace(typed=typed or "")
    return turn


def _show_item(session: Session, item: Item) -> None:
    program, number = session.evaluation.program, len(session.done) + 1
    if item.kind == "evidence":
        show(lambda page: evidence_page(page, item, program, number))
        return
    groups = question_groups(program.ruleset)
    title = next((title for title, names in groups if item.subject in names), "")
    show(lambda page: question_page(page, item, program, title, number))


def _understood(session: Session, item: Item, typed: str | None) -> Reply:
    if typed is None:
        return Reply("stop")
    if item.kind == "evidence":
        return understood_yes_no(typed)
    ruleset = session.evaluation.program.ruleset
    return understood(ruleset.questions[item.subject], ruleset, typed)


def _replied(session: Session, item: Item, reply: Reply) -> Turn:
    if reply.meaning == "stop":
        return "stop"
    if reply.meaning == "back":
        if session.done:
            return "back"
        say(_("This is the first question of today: there is none before it."))
        return "again"
    if reply.meaning == "help":
        show(lambda page: reason_page(page, item, session.evaluation, session.ranking()))
        show(keys_page)
        _show_item(session, item)
        return "again"
    if reply.meaning == "unclear":
        say(reply.message)
        return "again"
    answered = _document if item.kind == "evidence" else _question
    return answered(session, item, reply)


def _question(session: Session, item: Item, reply: Reply) -> Turn:
    answer: Answer = UNKNOWN if reply.meaning == "unknown" else reply.value
    if reply.meaning == "not_applicable":
        reason = _words(_("Why does it not concern you? In a few words:"))
        if isinstance(reason, Reply):
            say(_("Without a reason the question cannot be set aside."))
            return "stop" if reason.meaning == "stop" else "again"
        answer = AnswerDetails(not_applicable=reason)
    elif reply.meaning == "answer":
        problems = problems_with(session, item.subject, answer)
        for each in problems:
            say(f"{each.message} {each.remedy}")
        if problems:
            return "again"
    _saved(
        session,
        item,
        lambda signed, seen: record_answer(session.file, item.subject, answer, signed, seen),
        known=reply.meaning != "unknown",
    )
    return "on"


def _document(session: Session, item: Item, reply: Reply) -> Turn:
    file, kind = session.file, item.subject
    if reply.meaning == "unknown":
        _saved(
            session,
            item,
            lambda signed, seen: record_not_known(file, kind, signed, seen),
            known=False,
        )
        return "on"
    if not reply.value:
        _saved(session, item, lambda signed, seen: record_no_evidence(file, kind, signed, seen))
        return "on"
    piece = _piece(session, kind, _("Where is the original kept (cupboard, folder, address…)?"))
    if piece == "again":
        say(_("A document counts when one knows where it is. Do you have it? yes or no"))
    if not isinstance(piece, Piece):
        return piece
    if not _saved(session, item, _recording(session, piece)):
        return "on"
    _say_if_it_does_not_count(session, kind, piece)
    return _others(session, item)


def _others(session: Session, item: Item) -> Turn:
    """Where some rule asks for several documents of a kind, record the others as well."""
    prompt = _("Another one? Where is it kept (Enter: no other)?")
    for _number in range(1, most_wanted(session.evaluation.program, item.subject)):
        piece = _piece(session, item.subject, prompt, optional=True)
        if not isinstance(piece, Piece):
            return "stop" if piece == "stop" else "on"
        if not _saved(session, item, _recording(session, piece)):
            return "on"
        _say_if_it_does_not_count(session, item.subject, piece)
    return "on"


def _recording(session: Session, piece: Piece) -> Write:
    return lambda signed, seen: record_piece(session.file, piece, signed, seen)


def _piece(session: Session, kind: str, prompt: str, *, optional: bool = False) -> Piece | Turn:
    """Ask what must be known of a document that the structure has; one that is to get its id.

    Args:
        optional: whether there may be none, so that “no” is no mistake.
    """
    ruleset = session.evaluation.program.ruleset
    place = _words(prompt, optional=optional)
    if isinstance(place, Reply):
        return "stop" if place.meaning == "stop" else "again"
    day = _day(_("Its date, as 31/03/2026 (Enter: not known):"))
    if day in ("stop", "again"):
        return "stop" if day == "stop" else "again"
    return Piece(
        id="",
        proves=(kind,),
        title=words_of(ruleset.evidence[kind].title, ruleset),
        kept_at=place,
        dated=None if day is None else datetime.date.fromisoformat(day),
    )


def _say_if_it_does_not_count(session: Session, kind: str, piece: Piece) -> None:
    program, facts = session.evaluation.program, session.evaluation.facts
    state = piece_state(piece, program.fresh_for[kind], None, False, facts.as_of)
    if not state.counts:
        say(
            _("It is recorded, and does not count today: {reason}.").format(
                reason=evidence_reason_said(state.reason)
            )
        )


def _day(prompt: str) -> str | None:
    """A day that is asked for; None when it is not known, or else ``stop`` or ``again``."""
    while True:
        typed = read_line(prompt)
        reply = Reply("stop") if typed is None else understood_day(typed)
        if reply.meaning == "answer":
            return str(reply.value)
        if reply.meaning == "unknown":
            return None
        if reply.meaning in ("stop", "back"):
            return "stop" if reply.meaning == "stop" else "again"
        say(reply.message or _("Type a day that exists, as 31/03/2026."))


def _words(prompt: str, *, optional: bool = False) -> str | Reply:
    """A few words that are asked for, or the wish that was typed instead."""
    while True:
        typed = read_line(prompt)
        reply = Reply("stop") if typed is None else understood_words(typed, optional=optional)
        if reply.meaning == "answer":
            return str(reply.value)
        if reply.meaning != "unclear":
            return reply
        say(reply.message)


def _saved(session: Session, item: Item, write: Write, *, known: bool = True) -> bool:
    """Save an answer and read what others changed meanwhile; whether it could be saved."""
    try:
        save(session, item.name, write, known=known)
    except (Overtaken, Unwritable) as refused:
        _say_refused(refused)
        if isinstance(refused, Unwritable):
            session.passed.add(item.name)
        with leaving(lambda: not_saved_said(session)):
            read_again(session)
        return False
    read_again(session)
    return True


def _say_refused(refused: Overtaken | Unwritable) -> None:
    if isinstance(refused, Overtaken):
        say(str(refused))
        return
    for each in refused.problems:
        say(f"{each.file}:{each.line} · {each.key}{_(': ')}{each.message} {each.remedy}")
