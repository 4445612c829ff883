"""Arguments and options that verbs share, and what is made of them."""

import datetime
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.language import LANGUAGES, _
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import rule_folders
from norm_engine.loading.unseen import not_on_one_line
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.records import to_plain
from norm_engine.presentation.terminal import Page
from norm_engine.store.evidence_files import file_states
from norm_engine.store.folders import audit_file

Decorator = Callable[[Any], Any]


@dataclass(frozen=True)
class Evaluated:
    """An audit evaluated at a date."""

    file: Path
    content: bytes
    audit: Audit
    states: Mapping[str, FileState]
    evaluation: Evaluation


class Day(click.ParamType[datetime.date, str]):
    """A day, as 2026-03-31 or as 31/03/2026."""

    name = "day"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return _("DAY")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """The day that was written."""
        for form in ("%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.datetime.strptime(str(value), form).date()
            except ValueError:
                continue
        self.fail(
            _("“{value}” is no day; write 2026-03-31 or 31/03/2026.").format(value=value),
            param,
            ctx,
        )


class OneLine(click.ParamType[str, str]):
    """A text that stands on one line, all of it seen.

    Args:
        guessing: whether what an old terminal writes in another encoding becomes “?”, to be put
            right by hand, and is not refused.
    """

    name = "text"

    def __init__(self, *, guessing: bool = False) -> None:
        self.guessing = guessing

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text that was written."""
        if self.guessing:
            value = str(value).encode(errors="replace").decode()
        if refusal := not_on_one_line(str(value)):
            self.fail(refusal, param, ctx)
        return str(value)


def verb(help_text: str, **settings: Any) -> Decorator:
    """Declare a verb: a command with the options that every verb has."""

    def declare(function: Any) -> click.Command:
        """The command that a function becomes."""
        function = click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            expose_value=False,
            help=_("Language of the interface (default: fr)."),
        )(function)
        command: Any = click.command
        made: click.Command = command(help=help_text, options_metavar=_("[OPTIONS]"), **settings)(
            function
        )
        return made

    return declare


def audit_argument(function: Any) -> Any:
    """The audit: its folder, or its ``audit.yaml``; by default the folder one is in."""
    return click.argument(
        "audit", metavar=_("[AUDIT]"), type=click.Path(path_type=Path), default=Path()
    )(function)


def rules_option(function: Any) -> Any:
    """``--rules DIR``: where to look for rule sets first."""
    return click.option(
        "--rules",
        metavar=_("FOLDER"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_("A rule set, or a folder of rule sets, to look in first. May be repeated."),
    )(function)


def overlay_option(function: Any) -> Any:
    """``--overlay FILE``: local changes laid over the rule set."""
    return click.option(
        "--overlay",
        "overlays",
        metavar=_("FILE"),
        multiple=True,
        type=click.Path(path_type=Path),
        help=_("An overlay to lay over the rule set. May be repeated."),
    )(function)


def as_of_option(function: Any) -> Any:
    """``--as-of DAY``: the day the evaluation speaks of."""
    return click.option(
        "--as-of", type=Day(), help=_("The day the evaluation speaks of (default: today).")
    )(function)


def format_option(function: Any) -> Any:
    """``--format text|json``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        help=_("Text for people, or JSON for programs (default: text)."),
    )(function)


def evaluation_options(function: Any) -> Any:
    """All that a verb needs that evaluates an audit."""
    for option in (format_option, as_of_option, overlay_option, rules_option):
        function = option(function)
    return function


def evaluated(
    audit: Path, rules: Sequence[Path], overlays: Sequence[Path], as_of: datetime.date | None
) -> Evaluated:
    """Load an audit and evaluate it; today when no day is given."""
    file = audit_file(audit)
    loaded = load_audit(file, rule_folders(rules), overlays)
    program = compile_ruleset(loaded.ruleset)
    states = file_states(loaded.audit, file.parent)
    facts = facts_of(program, loaded.audit, states, as_of or datetime.date.today())
    return Evaluated(file, loaded.document.content, loaded.audit, states, evaluate(program, facts))


def print_json(result: Any) -> None:
    """Print a result as JSON."""
    import json

    click.echo(json.dumps(to_plain(result), ensure_ascii=False, indent=2))


def new_page() -> Page:
    """A page for standard output: in colour on a terminal, unless ``NO_COLOR`` is set."""
    # without a standard output (``>&-``) there is nobody to show colours to
    shown = sys.stdout is not None and sys.stdout.isatty()
    return Page(colour=shown and not os.environ.get("NO_COLOR"))


def print_page(page: Page) -> None:
    """Print a page as it is."""
    click.echo(str(page), nl=False, color=True if page.colour else None)
