"""``norm-engine compare A [B]``: what rose, what fell, what expired, what is new, and why."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import click

from norm_engine.cli.asking_again import RULES, asked_again
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    Day,
    evaluation_options,
    new_page,
    print_json,
    print_page,
    verb,
)
from norm_engine.language import _
from norm_engine.loading.rulesets import rule_folders
from norm_engine.presentation.comparison_page import comparison_page
from norm_engine.presentation.comparison_sides import compared, not_comparable
from norm_engine.store.folders import audit_file
from norm_engine.store.milestones import milestone_folder, milestones_of, read_milestone
from norm_engine.store.sides import ReadSide, read_side


@verb(
    _("Compare two milestones, two days or two structures: what rose, what fell, and why.")
    + "\n\n"
    + _(
        "With one audit alone, it is compared with its last milestone; with --as-of-a, with itself"
        " on that day. A milestone is evaluated at its own day."
    )
)
@click.argument("first", metavar=_("[A]"), type=click.Path(path_type=Path), default=Path())
@click.argument("second", metavar=_("[B]"), type=click.Path(path_type=Path), required=False)
@click.option("--as-of-a", type=Day(), help=_("The day that A is evaluated at."))
@click.option("--as-of-b", type=Day(), help=_("The day that B is evaluated at."))
@evaluation_options
def command(
    first: Path,
    second: Path | None,
    as_of_a: datetime.date | None,
    as_of_b: datetime.date | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Compare; the exit code says that it was done, never which of the two is better."""
    one, two = _named(first, second, other_day=as_of_a is not None)
    milestones = [milestone_folder(audit_file(each)) is not None for each in (one, two)]
    if as_of is not None and all(milestones):
        raise click.UsageError(
            _("Two milestones have their own days; --as-of-a and --as-of-b give them others.")
        )
    days = [
        own or (None if frozen else as_of)
        for own, frozen in zip((as_of_a, as_of_b), milestones, strict=True)
    ]
    sides = _read((one, two), days, rules, overlays)
    if refused := not_comparable(*sides):
        raise click.UsageError(refused)
    done = compared(*sides)
    if form == "json":
        print_json(done.result)
    else:
        page = new_page()
        comparison_page(page, done.result, sides[1].ruleset, asked_again(two, RULES))
        print_page(page)
    return ExitCode.DONE


def _named(first: Path, second: Path | None, *, other_day: bool) -> tuple[Path, Path]:
    """The two to compare; where only one is named, what it is compared with.

    Raises:
        click.UsageError: when there is nothing to compare it with.
    """
    if second is not None:
        return first, second
    file = audit_file(first)
    frozen = milestone_folder(file)
    if other_day:
        return first, first
    if frozen is not None:
        home = read_milestone(frozen).home
        if home != frozen:
            return first, home
    elif milestones := milestones_of(file.parent):
        return milestones[-1], first
    raise click.UsageError(
        _(
            "Name what to compare it with: a milestone, another audit, or an earlier day with"
            " --as-of-a."
        )
    )


def _read(
    named: Sequence[Path],
    days: Sequence[datetime.date | None],
    rules: Sequence[Path],
    overlays: Sequence[Path],
) -> tuple[ReadSide, ReadSide]:
    folders, today = rule_folders(rules), datetime.date.today()
    one, two = (
        read_side(each, folders, overlays, day=day, today=today)
        for each, day in zip(named, days, strict=True)
    )
    return one, two
