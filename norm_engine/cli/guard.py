"""Turns what goes wrong into words and an exit code; never a traceback."""

import io
import re
from typing import TYPE_CHECKING, Any

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.language import _, current, ngettext
from norm_engine.language.system import system_reason

if TYPE_CHECKING:
    from norm_engine.loading.problems import InvalidInput


def guarded(program: Any) -> int:
    """Run a program and give its exit code."""
    try:
        outcome = program.main(prog_name="norm-engine", standalone_mode=False)
        return int(outcome) if isinstance(outcome, int) else ExitCode.DONE
    except click.ClickException as error:
        _show_usage(error)
        return ExitCode.USAGE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except SystemExit:
        # click ends so when the reader (``head``, say) has gone: nothing is left to say
        return ExitCode.DONE
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return ExitCode.OTHER
    except PartlyDone as partly:
        return _failed(partly.__cause__ or partly, str(partly))
    except Exception as error:
        return _failed(error)


class PartlyDone(Exception):
    """Something went wrong after something was written: its cause, and words on what was kept."""


def _failed(error: BaseException, kept: str = "") -> int:
    """Say what went wrong, and what it leaves when that is not all as it was."""
    # our own modules are imported now, since ``--help`` does without them
    from norm_engine.loading.problems import InvalidInput
    from norm_engine.store.folders import Conflict

    if isinstance(error, InvalidInput):
        _show(error, kept)
        return ExitCode.INVALID
    if not isinstance(error, Conflict | OSError):
        return _unexpected(error, kept)
    click.echo(_system_said(error) if isinstance(error, OSError) else str(error), err=True)
    if kept:
        click.echo(f"\n{kept}", err=True)
    in_the_way = isinstance(error, Conflict | FileExistsError | NotADirectoryError)
    return ExitCode.CONFLICT if in_the_way else ExitCode.OTHER


def _system_said(error: OSError) -> str:
    message = _("The system refuses: {reason}").format(reason=system_reason(error))
    named = error.filename or ""
    return _("{name}: {message}").format(name=named, message=message) if named else message


def _show_usage(error: click.ClickException) -> None:
    """What the command-line library says, its quotes those of the language in force."""
    shown = io.StringIO()
    error.show(file=shown)
    said = shown.getvalue()
    if current() == "fr":
        words = _("“{words}”").format(words=r"\1")
        said = re.sub(r"(?<!\w)'([^'\n]+)'(?!\w)", words, said)
    click.echo(said, nl=False, err=True)


def _show(error: "InvalidInput", kept: str) -> None:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    unchanged = ngettext(
        "{count} problem. Nothing was changed.", "{count} problems. Nothing was changed.", count
    )
    click.echo("\n" + (kept or unchanged.format(count=count)), err=True)


def _unexpected(error: BaseException, kept: str) -> int:
    """Something we did not foresee: say so, and keep the details for whoever mends it."""
    import tempfile
    import traceback

    said = _("Something went wrong that should not have. Nothing was changed.")
    if kept:
        said = _("Something went wrong that should not have.") + f" {kept}"
    try:
        with tempfile.NamedTemporaryFile(
            "wb", prefix="norm-engine-", suffix=".txt", delete=False
        ) as report:
            report.write("".join(traceback.format_exception(error)).encode(errors="replace"))
    except OSError:
        # nowhere to write it: the one line that says most
        click.echo(f"{said}\n{type(error).__name__}: {error}", err=True)
        return ExitCode.OTHER
    sent = _("Please send this file to whoever looks after the product: {file}")
    click.echo(f"{said}\n{sent.format(file=report.name)}", err=True)
    return ExitCode.OTHER
