"""``norm-engine plan``: the cheapest route to ready, the proof, and its calendar."""

import datetime
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import click

from norm_engine.cli.asking_again import EVALUATION, asked_again
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
from norm_engine.cli.output import output_option, put, refuse_what_is_read
from norm_engine.cli.plan_options import PLAN, plan_options, plan_options_decorator
from norm_engine.cli.search_progress import search_shown
from norm_engine.cli.settings import with_settings
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.model.plan_results import PlanEffect, PlanResult
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import RuleSet
from norm_engine.planning.calendar import EndsTooLate, NoCapacity
from norm_engine.planning.options import Assume
from norm_engine.planning.plan import NotOffered, Plan, Question, dearer_than, make_plan
from norm_engine.presentation.plan_obstacles import refusal_said
from norm_engine.presentation.plan_page import plan_page
from norm_engine.presentation.plan_result import all_titles, result_of, settings_effect

_ENDINGS = (".ics", ".json", ".svg", ".txt", ".xlsx")


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
@output_option(
    _(
        "Write the plan to this file: a spreadsheet (.xlsx), a calendar (.ics), a picture (.svg),"
        " data (.json) or text (.txt)."
    ),
    _ENDINGS,
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
    """Plan; exit code 1 when no route leads to ready, or the steps end after the audit day."""
    if output is not None:
        refuse_what_is_read(output, audit)
    start = as_of or datetime.date.today()
    done = evaluated(audit, rules, overlays, start)
    base = done.evaluation.program
    program = with_settings(base, settings)
    options = plan_options(program, start, by, budget, assume, without, with_, capacity)
    try:
        with search_shown(kept=True) as watch:
            question = Question(program, done.audit, done.states, start, options, watch)
            plan = make_plan(question)
            effects = _settings_effect(question, plan, base) if settings else ()
    except (NotOffered, NoCapacity, EndsTooLate) as refused:
        raise click.UsageError(refusal_said(refused)) from None
    try:
        result = result_of(question, plan, effects)
    except KeyboardInterrupt:
        # the search is over: what it found is put into words all the same
        result = result_of(question, replace(plan, stopped=True), effects)
    titles = all_titles(plan)
    asked = asked_again(audit, (*PLAN, *EVALUATION))
    if output is not None:
        put(output, _written(result, output, asked, titles, program.ruleset))
    elif form == "json":
        print_json(result)
    else:
        page = new_page()
        plan_page(page, result, asked, titles, program.ruleset)
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
    return ExitCode.NO if result.late else ExitCode.DONE


def _written(
    result: PlanResult, file: Path, asked: str, titles: dict[str, str], ruleset: RuleSet
) -> bytes:
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
    plan_page(page, result, asked, titles, ruleset)
    return str(page).encode()
