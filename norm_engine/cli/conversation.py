"""Talks with whoever sits at the keyboard: shows on standard error, reads from standard input."""

import os
import sys
from collections.abc import Callable

import click

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.unseen import UNSEEN, unseen_message, unseen_remedy
from norm_engine.presentation.terminal import Page


def read_line(prompt: str) -> str | None:
    """A line that is typed, or comes through a pipe; None when there is no more, or at Ctrl-C.

    What nobody could read back from a file is refused here, and asked for again.
    """
    while True:
        line = _line(prompt)
        refusal = _refusal(line.rstrip("\r\n"))
        if not refusal:
            return line if line else None
        say(refusal)


def _line(prompt: str) -> str:
    click.echo(f"{prompt} ", nl=False, err=True)
    line = ""
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except KeyboardInterrupt:
        line = ""
    if not line.endswith("\n") or not sys.stdin.isatty():
        click.echo(err=True)
    return line


def _refusal(typed: str) -> str:
    """Why something typed cannot be taken, whatever was asked; nothing where it can."""
    if any("\ud800" <= each <= "\udfff" for each in typed):
        # bytes that stand for no character come as lone surrogates
        return _("This was not understood: it is not in UTF-8. Type it again.")
    if len(typed) > limits.MAX_TEXT:
        said = _("This text is longer than {limit} characters.").format(limit=limits.MAX_TEXT)
        return f"{said} {_('Shorten it.')}"
    unseen = UNSEEN.search(typed)
    return f"{unseen_message(unseen.group())} {unseen_remedy()}" if unseen else ""


def say(message: str) -> None:
    """Say something in answer to what was typed."""

    def write(page: Page) -> None:
        """The message on a page, indented."""
        page.paragraph(message, indent=2)

    show(write)


def show(write: Callable[[Page], None]) -> None:
    """Show part of the conversation; in colour on a terminal, unless ``NO_COLOR`` is set."""
    colour = sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    page = Page(colour=bool(colour))
    write(page)
    click.echo(str(page), nl=False, err=True, color=True if page.colour else None)
