"""``norm-engine next``: the question worth asking next; with ``--until``, an express self-audit."""

import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from norm_engine.cli.asking_again import asked_again
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    OneLine,
    audit_argument,
    evaluated,
    evaluation_options,
    new_page,
    print_json,
    print_page,
    verb,
)
from norm_engine.engine.evaluation import Evaluation
from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.model.audit import Audit
from norm_engine.model.scalars import exact, is_number
from norm_engine.presentation.next_page import next_page
from norm_engine.presentation.next_result import next_result
from norm_engine.store.journal import not_known


class Share(click.ParamType[Fraction, str]):
    """A share, as 90%, 0.9 or 9/10."""

    name = "share"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return _("SHARE")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """The share that was written; a number above 1 is taken for a percentage."""
        if isinstance(value, Fraction):
            return value
        written = str(value).strip().replace(",", ".").replace("\u00a0", " ").replace("\u202f", " ")
        if is_number(written):
            number = exact(written)
            share = number / 100 if number > 1 and not written.endswith("%") else number
            if 0 < share <= 1:
                return share
        self.fail(
            _("“{value}” is no share; write 90%, 0.9 or 9/10, at most 100%.").format(value=value),
            param,
            ctx,
        )


class Signer(OneLine):
    """Whoever answers: a name that can be written beside each answer."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, refused before any answer is asked for."""
        written = super().convert(value, param, ctx).strip()
        if not written:
            self.fail(_("A name must not be empty: write it, or leave the option out."), param, ctx)
        if len(written) > limits.MAX_TEXT:
            said = _("This text is longer than {limit} characters.").format(limit=limits.MAX_TEXT)
            self.fail(f"{said} {_('Shorten it.')}", param, ctx)
        return written


@verb(
    _(
        "Show the question worth asking next: the one expected to narrow the decision most. With"
        " --until, ask one after the other and save each answer at once: an express self-audit."
    )
)
@audit_argument
@click.option(
    "--until",
    type=Share(),
    help=_("Ask in the terminal until this much of the decision is settled: 90%."),
)
@click.option(
    "--by", type=Signer(), metavar=_("NAME"), help=_("Who answers: written beside each answer.")
)
@evaluation_options
def command(
    audit: Path,
    until: Fraction | None,
    by: str | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Show the next question, or ask; exit code 1 when asking stopped before what was wanted."""
    if until is None:
        done = evaluated(audit, rules, overlays, as_of)
        _print_next(done.evaluation, done.audit, not_known(done.file), form, asked_again(audit))
        return ExitCode.DONE
    # talking and writing need much that a look at the next question does without
    from norm_engine.cli import express

    session = express.opened(audit, rules, overlays, as_of, by)
    express.ask(session, until)
    if form == "json":
        deferred = session.deferred | session.passed
        _print_next(session.evaluation, session.audit, deferred, form, asked_again(audit))
    else:
        express.print_closing(session, audit, until)
    return ExitCode.DONE if express.is_reached(session, until) else ExitCode.NO


def _print_next(
    evaluation: Evaluation, audit: Audit, deferred: frozenset[str], form: str, asked: str
) -> None:
    """Print the question worth asking next, as text or as JSON."""
    result = next_result(evaluation, audit, deferred)
    if form == "json":
        print_json(result)
        return
    page = new_page()
    next_page(page, result, asked)
    print_page(page)
