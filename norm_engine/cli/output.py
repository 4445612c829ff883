"""``-o FILE``: what a verb writes in place of printing it, and where nothing is written."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from norm_engine.cli.options import Decorator
from norm_engine.language import _
from norm_engine.store.folders import AUDIT_FILE, write_whole


class NewFile(click.ParamType["Path", str]):
    """A file to write: no folder, in a folder that is there, and no part of an audit.

    Args:
        endings: how its name may end; empty for a verb that looks at the ending itself.
    """

    name = "file"

    def __init__(self, endings: Sequence[str] = ()) -> None:
        self.endings = endings

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The file that was named."""
        file = Path(value)
        refusal = not_writable(file)
        if not refusal and self.endings:
            refusal = wrong_ending(file, self.endings)
        if refusal:
            self.fail(refusal, param, ctx)
        return file


def output_option(help_text: str, endings: Sequence[str] = ()) -> Decorator:
    """``--output FILE``, refused before any work when nothing can be written there."""
    return click.option("--output", "-o", metavar=_("FILE"), type=NewFile(endings), help=help_text)


def not_writable(file: Path) -> str:
    """Why a file of that name cannot be written, in words; '' when nothing speaks against it."""
    if file.is_dir():
        return _("“{file}” is a folder; after -o, name the file to write.").format(file=file)
    if not file.parent.exists():
        return _("There is no folder “{folder}”: create it first, or name another.").format(
            folder=file.parent
        )
    return kept_for_else(file)


def kept_for_else(place: Path, audits: Iterable[Path] = ()) -> str:
    """Why nothing is written inside of a rule set or an audit, in words; '' elsewhere.

    Args:
        audits: as for `part_of_an_audit`.
    """
    from norm_engine.store.belonging import rules_holding

    rules = rules_holding(place)
    if rules is None:
        return part_of_an_audit(place, audits)
    return _(
        "“{place}” stands in the rule set in “{folder}”, and nothing else is written there: name"
        " another place."
    ).format(place=place, folder=rules)


def part_of_an_audit(place: Path, audits: Iterable[Path] = ()) -> str:
    """Why nothing is written at a place that an audit keeps for itself, in words; '' elsewhere.

    Args:
        audits: the files of audits that are read, which may have any name.
    """
    # only who names a place to write waits for what knows those of audits
    from norm_engine.store.belonging import audit_holding, is_kept_for

    read = (each.parent for each in audits if is_kept_for(each, place))
    holder = audit_holding(place) or next(read, None)
    if holder is None:
        return ""
    return _(
        "“{place}” belongs to the audit in “{folder}”, and nothing else is written there: name"
        " another place."
    ).format(place=place, folder=holder)


def wrong_ending(file: Path, endings: Sequence[str]) -> str:
    """Why a file's name does not go with what it is to hold, in words; '' when it does."""
    if file.suffix.lower() in endings:
        return ""
    return _("“{file}”: the name of what is written here ends with {endings}.").format(
        file=file.name, endings=_(" or ").join(endings)
    )


def put(file: Path, content: bytes) -> None:
    """Write a file whole, in place of one of that name, and say so.

    Raises:
        click.UsageError: as `refuse_what_is_read` does, for an argument that is called “audit”.
    """
    refuse_what_is_read(file, click.get_current_context().params.get("audit"))
    write_whole(file, content, replace=True)
    click.echo(_("Written: {file}").format(file=file), err=True)


def refuse_what_is_read(file: Path, audit: Path | None) -> None:
    """Refuse to write over what a command reads.

    Raises:
        click.UsageError: when the command reads this very file, or what it reads keeps the place
            for itself.
    """
    audits = _audits(audit)
    given = _files_given(click.get_current_context().params)
    if any(_is_same(file, each) for each in (*given, *_files_of(audits))):
        message = _("“{file}” is a file that this command reads: after -o, name another.")
        raise click.UsageError(message.format(file=file))
    if refusal := kept_for_else(file, audits):
        raise click.UsageError(refusal)


def _audits(given: Path | None) -> list[Path]:
    """The file of the audit that was named; of the folder one is in, if there is one."""
    if given is None:
        return []
    file = given / AUDIT_FILE if given.is_dir() else given
    return [file] if file.is_file() else []


def _files_given(given: Mapping[str, Any]) -> list[Path]:
    """The files that the command under way was given."""
    held = [each for name, each in given.items() if name != "output"]
    listed = [one for each in held for one in (each if isinstance(each, tuple) else (each,))]
    return [each for each in listed if isinstance(each, Path)]


def _files_of(audits: Sequence[Path]) -> list[Path]:
    """The files of audits, and the overlays that they name."""
    from norm_engine.loading.documents import open_document
    from norm_engine.loading.problems import InvalidInput
    from norm_engine.store.sides import overlays_at_home

    named: list[Path] = []
    for each in audits:
        # one that cannot be read was not what the command read
        with suppress(InvalidInput):
            named += overlays_at_home(open_document(each), each.parent)
    return [*audits, *named]


def _is_same(file: Path, read: Path) -> bool:
    try:
        return file.samefile(read)
    except OSError:
        return False  # one of them is not there
