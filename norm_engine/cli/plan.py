"""``norm-engine plan``: the cheapest route to ready, the proof, and its calendar."""

import datetime
import sys
from fractions import Fraction
from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    audit_argument,
    evaluated,
    evaluation_options,
    new_page,
    print_json,
    print_page,
    verb,
)
from norm_engine.cli.plan_options import asked_again, plan_options, plan_options_decorator
from norm_engine.cli.settings import with_settings
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.language.figures import number_said
from norm_engine.model.plan_results import PlanEffect, PlanResult
from norm_engine.model.records import to_plain
from norm_engine.planning.calendar import EndsTooLate, NoCapacity
from norm_engine.planning.options import Assume
from norm_engine.planning.plan import NotOffered, Plan, Question, dearer_than, make_plan
from norm_engine.presentation.plan_obstacles import refusal_said
from norm_engine.presentation.plan_page import plan_page
from norm_engine.presentation.plan_result import all_titles, result_of, settings_effect
from norm_engine.store.folders import write_whole

_ENDINGS = (".ics", ".json", ".svg", ".txt", ".xlsx")

_PATIENCE = 2.0
"""Seconds after which the search shows how far it is."""


@verb(
    _(
        "Find the cheapest route to ready, prove that none is cheaper, and lay it over the"
        " calendar. Ctrl-C gives the best found so far."
    )
)
@audit_argument
@plan_options_decorator
@click.option(
    "--setting",
    "settings",
    metavar=_("NAME=VALUE"),
    multiple=True,
    help=_("Plan as if a setting had this value. May be repeated."),
)
@click.option(
    "--output",
    "-o",
    metavar=_("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_(
        "Write the plan to this file: a spreadsheet (.xlsx), a calendar (.ics), a picture (.svg),"
        " data (.json) or text (.txt)."
    ),
)
@evaluation_options
def command(
    audit: Path,
    by: datetime.date | None,
    budget: Fraction | None,
    assume: Assume,
    without: tuple[str, ...],
    with_: tuple[str, ...],
    capacity: tuple[str, ...],
    settings: tuple[str, ...],
    output: Path | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Plan; exit code 1 when no route leads to ready."""
    if output is not None and output.suffix.lower() not in _ENDINGS:
        raise click.UsageError(
            _("{file} is no name for a plan: it ends with {endings}.").format(
                file=output.name, endings=_(" or ").join(_ENDINGS)
            )
        )
    start = as_of or datetime.date.today()
    done = evaluated(audit, rules, overlays, start)
    base = done.evaluation.program
    program = with_settings(base, settings)
    options = plan_options(program, start, by, budget, assume, without, with_, capacity)
    watch = _Watch()
    question = Question(program, done.audit, done.states, start, options, watch)
    try:
        plan = make_plan(question)
        effects = _settings_effect(question, plan, base) if settings else ()
    except (NotOffered, NoCapacity, EndsTooLate) as refused:
        raise click.UsageError(refusal_said(refused)) from None
    finally:
        watch.end()
    result = result_of(question, plan, effects)
    titles = all_titles(plan)
    asked = asked_again(click.get_current_context())
    if output is not None:
        write_whole(output, _written(result, output, asked, titles), replace=True)
        click.echo(_("Written: {file}").format(file=output), err=True)
    elif form == "json":
        print_json(result)
    else:
        page = new_page()
        plan_page(page, result, asked, titles)
        print_page(page)
    return _exit_code(result)


def _settings_effect(question: Question, plan: Plan, base: Program) -> tuple[PlanEffect, ...]:
    """What the settings tried out change; nothing where the plan has no cheapest route."""
    if plan.route is None or plan.stopped or question.options.budget is not None:
        return ()
    try:
        return settings_effect(question, dearer_than(question, plan, base))
    except KeyboardInterrupt:
        # the plan is there: it is shown without what its settings change
        return ()


def _exit_code(result: PlanResult) -> ExitCode:
    if not result.found:
        return ExitCode.NO
    reached = result.goal == "budget" or not result.late
    return ExitCode.DONE if reached else ExitCode.NO


def _written(result: PlanResult, file: Path, asked: str, titles: dict[str, str]) -> bytes:
    """The plan as the file's ending asks."""
    ending = file.suffix.lower()
    if ending == ".xlsx":
        from norm_engine.exchange.plan_xlsx import plan_xlsx

        return plan_xlsx(result)
    if ending == ".ics":
        from norm_engine.exchange.plan_ics import plan_ics

        return plan_ics(result, datetime.datetime.now(datetime.UTC))
    if ending == ".svg":
        from norm_engine.presentation.gantt_picture import gantt
        from norm_engine.presentation.svg import svg

        return svg(gantt(result, width=900)).encode()
    if ending == ".json":
        import json

        return json.dumps(to_plain(result), ensure_ascii=False, indent=2).encode() + b"\n"
    page = new_page()
    page.colour = False
    plan_page(page, result, asked, titles)
    return str(page).encode()


class _Watch:
    """Shows on standard error how far a search is, once it takes long."""

    def __init__(self) -> None:
        self.shown = 0.0
        self.live = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, seconds: float, best: float | None, bound: float) -> None:
        """Say what is known so far; Ctrl-C stops the search."""
        if seconds < _PATIENCE or seconds - self.shown < (0.5 if self.live else 10.0):
            return
        self.shown = seconds
        said = _progress(seconds, best, bound)
        click.echo(f"\r\033[K{said}" if self.live else said, err=True, nl=not self.live)

    def end(self) -> None:
        """Leave the line as it was found."""
        if self.shown and self.live:
            click.echo("\r\033[K", err=True, nl=False)


def _progress(seconds: float, best: float | None, bound: float) -> str:
    if best is None:
        form = _("Searching for {seconds} s: at least {bound} days (Ctrl-C stops)")
        return form.format(seconds=int(seconds), bound=_days(bound))
    form = _("Searching for {seconds} s: {best} days found, at least {bound} (Ctrl-C keeps it)")
    return form.format(seconds=int(seconds), best=_days(best), bound=_days(bound))


def _days(number: float) -> str:
    return number_said(Fraction(max(number, 0)).limit_denominator(100))
