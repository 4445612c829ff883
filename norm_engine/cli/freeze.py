"""``norm-engine freeze``: a frozen snapshot of an audit and its result."""

import datetime
from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    OneLine,
    audit_argument,
    evaluated,
    evaluation_options,
    print_json,
    verb,
)
from norm_engine.language import _
from norm_engine.model.records import to_plain
from norm_engine.model.rules_results import CreatedResult
from norm_engine.presentation.results import evaluation_result
from norm_engine.store.milestones import freeze


@verb(_("Freeze an audit with its result, under “jalons”: never written again."))
@audit_argument
@click.option(
    "--label",
    metavar=_("TEXT"),
    type=OneLine(),
    default="",
    help=_("What this milestone is for."),
)
@evaluation_options
def command(
    audit: Path,
    label: str,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Freeze an audit."""
    done = evaluated(audit, rules, overlays, as_of)
    result = to_plain(evaluation_result(done.evaluation, done.audit))
    folder = freeze(done.file, done.content, result, datetime.date.today(), label)
    if form == "json":
        print_json(CreatedResult(format=1, written=(str(folder),)))
    else:
        click.echo(_("Frozen in {folder}").format(folder=folder))
    return ExitCode.DONE
