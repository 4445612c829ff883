"""``norm-engine report``: PDF and HTML reports that carry their own proof."""

import datetime
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import as_of_option, audit_argument, overlay_option, rules_option, verb
from norm_engine.cli.output import kept_for_else, put
from norm_engine.cli.plan_options import plan_options_decorator
from norm_engine.cli.report_kinds import (
    PlanAsks,
    check_all,
    check_kind,
    check_output,
    form_of,
    plan_wanted,
    since_option,
)
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.cli.search_progress import search_shown
from norm_engine.language import _, current, ngettext
from norm_engine.loading.files import read_bytes
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.planning.options import Assume
from norm_engine.reports.filing import (
    REPORTS_FOLDER,
    Outcome,
    Task,
    audits_in,
    free_name,
    rendered,
    report_name,
    unknown_workshop,
    write_all,
)
from norm_engine.reports.material import Form
from norm_engine.reports.planned import PlanRefused
from norm_engine.reports.proof.signing import SigningUnavailable, sign
from norm_engine.reports.reading import (
    Sources,
    last_milestone,
    read_blank,
    read_comparison,
    read_subject,
)
from norm_engine.reports.subject import KINDS, Kind, Subject, Wish
from norm_engine.store.belonging import audit_holding
from norm_engine.store.folders import AUDIT_FILE, audit_file

PASSWORD_VARIABLE = "NORM_ENGINE_SIGN_PASSWORD"


@verb(_("Write a report: for the structure, the auditor, the trainer or the board."))
@audit_argument
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="self-audit",
    help=_(
        "self-audit: for the structure. compliance: for the auditor. checklist: for a workshop."
        " summary: two pages for a board or a funder. plan: the cheapest route to ready."
        " comparison: what changed (default: self-audit)."
    ),
)
@click.option(
    "--workshop", metavar=_("WORKSHOP"), help=_("Of a checklist, this workshop alone (atelier-2).")
)
@click.option(
    "--ruleset",
    metavar=_("RULESET"),
    help=_("A blank checklist of this rule set, without an audit."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "html"]),
    help=_("PDF or one HTML page (default: by the file’s ending, else pdf)."),
)
@click.option(
    "--output",
    "-o",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_(
        "Write to this file, in place of one in the audit’s folder “rapports”; with --all, the"
        " folder to write to."
    ),
)
@click.option(
    "--logo",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_("A logo for the first page: PNG or JPEG."),
)
@click.option(
    "--with-overlay-texts",
    "overlay_texts",
    is_flag=True,
    help=_("Print and attach wording that an overlay brought in; it may be copyrighted."),
)
@click.option(
    "--sign",
    "certificate",
    metavar=_("FILE"),
    type=click.Path(path_type=Path),
    help=_(
        "Sign with this PKCS#12 certificate (.p12, .pfx); its password is asked for, or taken from"
        " NORM_ENGINE_SIGN_PASSWORD."
    ),
)
@click.option(
    "--all",
    "every",
    metavar=_("FOLDER"),
    type=click.Path(path_type=Path),
    help=_("Write the report of every audit in this folder."),
)
@since_option
@plan_options_decorator
@as_of_option
@overlay_option
@rules_option
def command(
    audit: Path,
    kind: Kind,
    workshop: str | None,
    ruleset: str | None,
    form: Form | None,
    output: Path | None,
    logo: Path | None,
    overlay_texts: bool,
    certificate: Path | None,
    every: Path | None,
    since: Path | datetime.date | None,
    by: datetime.date | None,
    budget: Fraction | None,
    assume: Assume,
    without: tuple[str, ...],
    with_: tuple[str, ...],
    capacity: tuple[str, ...],
    as_of: datetime.date | None,
    overlays: tuple[Path, ...],
    rules: tuple[Path, ...],
) -> int:
    """Write one report, or those of many audits."""
    day = as_of or datetime.date.today()
    if form is None:
        form = form_of(output) if every is None else "pdf"
    asks = PlanAsks(
        by=by, budget=budget, assume=assume, without=without, with_=with_, capacity=capacity
    )
    given = bool(workshop or ruleset)
    check_kind(kind, checklist=given, since=since, as_of=day, asks=asks)
    _check_usage(ruleset, form, certificate, every, output)
    wish = Wish(kind, current(), workshop, _logo(logo), overlay_texts)
    sources = Sources(rules, overlays)
    if every is not None and output is not None:
        check_all(since, asks)
        wish = replace(wish, plan=plan_wanted(kind, asks))
        since_day = since if isinstance(since, datetime.date) else None
        return _write_many(_tasks(every, output, sources, day, wish, form, since_day))
    # refused before anything is read, where there is no place for a report without a name
    home, prefix = (Path(), "") if output is not None else _home(audit, blank=bool(ruleset))
    if ruleset is not None:
        subject = read_blank(chosen_ruleset(ruleset, rules), overlays, day)
    else:
        subject = _subject(audit, sources, day, kind, since)
    if unknown := unknown_workshop(subject, wish):
        raise click.UsageError(unknown)
    wish = replace(wish, plan=plan_wanted(kind, asks, subject))
    try:
        with search_shown(kept=False) as watch:
            content = rendered(subject, wish, form, watch)
        if certificate is not None:
            content = _signed(content, certificate)
    except PlanRefused as refused:
        raise click.UsageError(str(refused)) from None
    except SigningUnavailable as missing:
        click.echo(str(missing), err=True)
        return ExitCode.OTHER
    _write(content, output, home, prefix + report_name(wish, day, form))
    return ExitCode.DONE


def _home(audit: Path, *, blank: bool) -> tuple[Path, str]:
    """The folder for reports that are given no name, and what the names of files in it begin with.

    Nothing is written into a milestone: its reports go to those of its audit, under its name.

    Args:
        blank: whether the report is of no audit; it goes to the folder one is in.
    """
    if blank:
        if refusal := kept_for_else(Path()):
            raise click.BadParameter(refusal, param_hint="-o")
        return Path(), ""
    folder = audit_file(audit).parent
    holder = audit_holding(folder)
    if holder is None:
        return folder / REPORTS_FOLDER, ""
    if holder.samefile(folder):
        message = _("{folder} is a milestone, where nothing is written: name the file with -o.")
        raise click.UsageError(message.format(folder=folder))
    return holder / REPORTS_FOLDER, f"{folder.resolve().name}-"


def _write(content: bytes, output: Path | None, home: Path, name: str) -> None:
    """Write a report to the file asked for, else under a free name in the audit's own folder."""
    file = output
    if file is None:
        home.mkdir(exist_ok=True)
        file = free_name(home, name, content)
    put(file, content)


def _subject(
    audit: Path,
    sources: Sources,
    day: datetime.date,
    kind: Kind,
    since: Path | datetime.date | None,
) -> Subject:
    """What a report on an audit speaks of; for a comparison, with what it looks back to."""
    subject = read_subject(audit, sources.rules, sources.overlays, day)
    if kind != "comparison":
        return subject
    return read_comparison(subject, audit, since or last_milestone(audit), sources)


def _check_usage(
    ruleset: str | None,
    form: Form,
    certificate: Path | None,
    every: Path | None,
    output: Path | None,
) -> None:
    """Refuse options that say nothing together."""
    if ruleset and every:
        raise click.UsageError(_("--ruleset is for a blank checklist, --all for audits."))
    if output is not None and not every:
        check_output(output, form)
    if every and output is None:
        raise click.UsageError(_("With --all, name the folder to write to, with -o."))
    if every and output is not None:
        audits = [each / AUDIT_FILE for each in audits_in(every)]
        if refusal := kept_for_else(output, audits):
            raise click.BadParameter(refusal, param_hint="-o")
    if certificate and (form != "pdf" or every):
        raise click.UsageError(_("--sign signs one PDF file; it goes neither with HTML nor --all."))


def _logo(file: Path | None) -> bytes | None:
    if file is None:
        return None
    from norm_engine.reports.logo import checked_logo

    content = read_bytes(file, str(file))
    checked_logo(content, str(file))
    return content


def _signed(content: bytes, certificate: Path) -> bytes:
    held = read_bytes(certificate, str(certificate))
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        # a certificate without a password is opened by Enter alone
        password = click.prompt(
            _("Password of the certificate"),
            hide_input=True,
            default="",
            show_default=False,
            err=True,
        )
    now = datetime.datetime.now(datetime.UTC)
    return sign(content, held, password, at=now, name=str(certificate))


def _tasks(
    folder: Path,
    output: Path,
    sources: Sources,
    day: datetime.date,
    wish: Wish,
    form: Form,
    since: datetime.date | None,
) -> list[Task]:
    audits = audits_in(folder)
    if not audits:
        message = _("There is no audit in this folder.")
        remedy = _("Name a folder that holds audit folders.")
        raise InvalidInput([Problem(str(folder), message, remedy)])
    output.mkdir(parents=True, exist_ok=True)
    name = report_name(wish, day, form)
    rules, overlays = tuple(sources.rules), tuple(sources.overlays)
    return [
        Task(audit, rules, overlays, day, wish, form, output / f"{audit.name}-{name}", since)
        for audit in audits
    ]


def _write_many(tasks: Sequence[Task]) -> int:
    """Write reports in parallel processes; say what failed when all is done."""
    failed: list[Outcome] = []
    label = ngettext("{n} report", "{n} reports", len(tasks)).format(n=len(tasks))
    with click.progressbar(length=len(tasks), label=label, file=sys.stderr) as bar:
        for outcome in write_all(tasks, current()):
            bar.update(1)
            if outcome.problem:
                failed.append(outcome)
    for each in sorted(failed, key=lambda outcome: outcome.task.audit):
        click.echo(f"\n{each.task.audit}\n{each.problem}", err=True)
    written = len(tasks) - len(failed)
    click.echo(
        ngettext("{n} report written.", "{n} reports written.", written).format(n=written)
        + " "
        + ngettext("{n} failed.", "{n} failed.", len(failed)).format(n=len(failed)),
        err=True,
    )
    if not failed:
        return ExitCode.DONE
    return ExitCode.INVALID if all(each.invalid for each in failed) else ExitCode.OTHER
