"""An express self-audit from its first line to its last: ``norm-engine next --until``."""

import datetime
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import click

from norm_engine.cli.asking_again import asked_again
from norm_engine.cli.conversation import show
from norm_engine.cli.interview import ask_until
from norm_engine.cli.interview_session import Session, leaving, read_again, saved_said
from norm_engine.cli.options import evaluated, new_page, print_page
from norm_engine.presentation.interview_page import closing_page, opening_page
from norm_engine.presentation.terminal import as_typed
from norm_engine.store.editing import finish_interrupted
from norm_engine.store.folders import audit_file
from norm_engine.store.journal import not_known
from norm_engine.store.locking import locked


def opened(
    audit: Path,
    rules: Sequence[Path],
    overlays: Sequence[Path],
    as_of: datetime.date | None,
    by: str | None,
) -> Session:
    """A self-audit that goes on from what the audit holds."""
    file = audit_file(audit)
    finish_interrupted(file)
    done = evaluated(audit, rules, overlays, as_of)
    return Session(
        file=file,
        rules=rules,
        overlays=overlays,
        states=done.states,
        audit=done.audit,
        evaluation=done.evaluation,
        content=done.content,
        by=by,
        deferred=not_known(file),
    )


def ask(session: Session, until: Fraction) -> None:
    """Ask until so much is settled, nothing is left, or the user stops, be it by Ctrl-C.

    Raises:
        PartlyDone: when it cannot go on; says what was saved.
    """
    ranking = session.ranking()
    if ranking.certainty >= until or not ranking.items:
        return
    with locked(session.file):
        pass  # who may not write is told before the first question, not after it
    structure, outcome = session.audit.structure.name, ranking.outcome
    show(lambda page: opening_page(page, structure, outcome, until))
    with leaving(lambda: saved_said(session)):
        try:
            ask_until(session, until)
        except KeyboardInterrupt:
            finish_interrupted(session.file)
            read_again(session)
    click.echo(err=True)


def is_reached(session: Session, until: Fraction) -> bool:
    """Whether as much is settled as was wanted, or nothing is left that can settle more."""
    ranking = session.ranking()
    return ranking.certainty >= until or not ranking.items


def print_closing(session: Session, audit: Path, until: Fraction) -> None:
    """Print where the self-audit ended, and what to do next.

    Args:
        audit: how the user named the audit.
    """
    page = new_page()
    asked = asked_again(audit)
    said: dict[str, str | int] = {
        "answered": session.answered(),
        "resume": f"norm-engine next {asked} {_resumed(session, until)}",
        "audit": asked,
    }
    closing_page(page, session.evaluation, session.ranking(), until, said)
    print_page(page)


def _resumed(session: Session, until: Fraction) -> str:
    """The options that go on from here; once there, to the very end."""
    percent = 100 * (1 if is_reached(session, until) else until)
    share = f"{percent}%" if percent.denominator == 1 else str(until)
    by = f" --by {as_typed(session.by)}" if session.by else ""
    return f"--until {share}{by}"
