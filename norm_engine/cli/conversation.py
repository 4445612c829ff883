"""Talks with whoever sits at the keyboard: shows on standard error, reads from standard input."""

import os
import sys
from collections.abc import Callable

import click

from norm_engine.presentation.terminal import Page


def read_line(prompt: str) -> str | None:
    """A line that is typed, or comes through a pipe; None when there is no more, or at Ctrl-C."""
    click.echo(f"{prompt} ", nl=False, err=True)
    line = ""
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except KeyboardInterrupt:
        line = ""
    if not line.endswith("\n") or not sys.stdin.isatty():
        click.echo(err=True)
    return line if line else None


def say(message: str) -> None:
    """Say something in answer to what was typed."""

    def write(page: Page) -> None:
        page.paragraph(message, indent=2)

    show(write)


def show(write: Callable[[Page], None]) -> None:
    """Show part of the conversation; in colour on a terminal, unless ``NO_COLOR`` is set."""
    colour = sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    page = Page(colour=bool(colour))
    write(page)
    click.echo(str(page), nl=False, err=True, color=True if page.colour else None)
