"""What the options of ``report`` say together, and which of them belong to which kind."""

import datetime
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, TypedDict

import click

from norm_engine.cli.options import Day
from norm_engine.cli.output import not_writable, wrong_ending
from norm_engine.cli.plan_options import plan_options
from norm_engine.engine.program import compile_ruleset
from norm_engine.language import _
from norm_engine.planning.options import Assume, PlanOptions
from norm_engine.reports.material import Form
from norm_engine.reports.subject import Kind, Subject

ENDINGS: dict[Form, tuple[str, ...]] = {"pdf": (".pdf",), "html": (".html", ".htm")}
"""How the names of files end, by what they hold."""


class PlanAsks(TypedDict):
    """The options of a plan as they were given."""

    by: datetime.date | None
    budget: Fraction | None
    assume: Assume
    without: tuple[str, ...]
    with_: tuple[str, ...]
    capacity: tuple[str, ...]


class Since(click.ParamType["Path | datetime.date", str]):
    """What a comparison looks back to: a folder that is there, else a day, else a folder."""

    name = "since"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return _("FOLDER|DAY")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | datetime.date:
        """The folder or the day that was written."""
        written = str(value)
        # a folder of that name goes first; what begins as days do is taken for one
        if not Path(written).exists() and written[:4].strip("0123456789/") == "":
            day: datetime.date = Day().convert(written, param, ctx)
            return day
        return Path(written)


def since_option(function: Callable[..., int]) -> Any:
    """``--since FOLDER|DAY``: what a comparison looks back to."""
    return click.option(
        "--since",
        type=Since(),
        help=_(
            "Of a comparison: the milestone, the other audit or the earlier day to compare with"
            " (default: the last milestone)."
        ),
    )(function)


def check_kind(
    kind: Kind,
    *,
    checklist: bool,
    since: Path | datetime.date | None,
    as_of: datetime.date,
    asks: PlanAsks,
) -> None:
    """Refuse options that belong to another kind of report.

    Args:
        checklist: whether an option of checklists was given.
    """
    if checklist and kind != "checklist":
        raise click.UsageError(_("--workshop and --ruleset belong to --kind checklist."))
    if since is not None and kind != "comparison":
        raise click.UsageError(_("--since belongs to --kind comparison."))
    if isinstance(since, datetime.date) and since > as_of:
        message = _("This day is after the one that the report speaks of.")
        raise click.BadParameter(message, param_hint="--since")
    if kind != "plan" and _given(asks):
        raise click.UsageError(_("{option} belongs to --kind plan.").format(option=_given(asks)[0]))


def check_all(since: Path | datetime.date | None, asks: PlanAsks) -> None:
    """Refuse options that speak of one audit where many are meant."""
    if isinstance(since, Path):
        raise click.UsageError(_("With --all, --since names a day."))
    single = [name for name in _given(asks) if name in ("--without", "--with", "--capacity")]
    if single:
        raise click.UsageError(
            _("{option} speaks of one audit; it does not go with --all.").format(option=single[0])
        )


def _given(asks: PlanAsks) -> list[str]:
    """The options of a plan that say something else than their defaults."""
    names = {
        "--by": asks["by"] is not None,
        "--budget": asks["budget"] is not None,
        "--assume": asks["assume"] != "worst",
        "--without": bool(asks["without"]),
        "--with": bool(asks["with_"]),
        "--capacity": bool(asks["capacity"]),
    }
    return [name for name, said in names.items() if said]


def check_output(output: Path, form: Form) -> None:
    """Refuse a file that cannot be written, or whose name says that it holds something else."""
    if refusal := not_writable(output) or wrong_ending(output, ENDINGS[form]):
        raise click.BadParameter(refusal, param_hint="-o")


def form_of(output: Path | None) -> Form:
    """What a file's ending says that it is to hold."""
    html = output is not None and output.suffix.lower() in ENDINGS["html"]
    return "html" if html else "pdf"


def plan_wanted(kind: Kind, asks: PlanAsks, subject: Subject | None = None) -> PlanOptions | None:
    """What is asked of a plan; None for the other kinds.

    Args:
        subject: whose rule set has the steps that options name; None where none can be named.
    """
    if kind != "plan":
        return None
    if subject is None:
        return PlanOptions(by=asks["by"], budget=asks["budget"], assume=asks["assume"])
    return plan_options(compile_ruleset(subject.ruleset), subject.as_of, **asks)
