"""``-o FILE``: what a verb writes in place of printing it."""

from pathlib import Path
from typing import Any

import click

from norm_engine.cli.options import Decorator
from norm_engine.language import _
from norm_engine.store.folders import write_whole


class NewFile(click.ParamType["Path", str]):
    """A file to write: no folder, and in a folder that is there."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The file that was named."""
        file = Path(value)
        if refusal := not_writable(file):
            self.fail(refusal, param, ctx)
        return file


def output_option(help_text: str) -> Decorator:
    """``--output FILE``, refused before any work when nothing can be written there."""
    return click.option("--output", "-o", metavar=_("FILE"), type=NewFile(), help=help_text)


def not_writable(file: Path) -> str:
    """Why a file of that name cannot be written, in words; '' when nothing speaks against it."""
    if file.is_dir():
        return _("“{file}” is a folder; after -o, name the file to write.").format(file=file)
    if not file.parent.exists():
        return _("There is no folder “{folder}”: create it first, or name another.").format(
            folder=file.parent
        )
    return ""


def put(file: Path, content: bytes) -> None:
    """Write a file whole, in place of one of that name, and say so."""
    write_whole(file, content, replace=True)
    click.echo(_("Written: {file}").format(file=file), err=True)
