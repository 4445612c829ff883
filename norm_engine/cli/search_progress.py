"""Says on standard error how far the search for a plan is, once it takes long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import click

from norm_engine.language import _
from norm_engine.language.figures import number_said
from norm_engine.planning.solver import Watch

_PATIENCE = 2.0
"""Seconds after which the search shows how far it is."""


@contextmanager
def search_shown(*, kept: bool) -> Iterator[Watch]:
    """What a search is watched with; its line on a terminal is gone in the end.

    Args:
        kept: whether Ctrl-C keeps the best plan found by then.
    """
    watch = _Watch(kept)
    try:
        yield watch
    finally:
        watch.end()


class _Watch:
    """One line on a terminal; elsewhere, a line now and then."""

    def __init__(self, kept: bool) -> None:
        self.kept = kept
        self.shown = 0.0
        self.live = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, seconds: float, best: float | None, bound: float) -> None:
        """Say what is known so far; Ctrl-C stops the search."""
        if seconds < _PATIENCE or seconds - self.shown < (0.5 if self.live else 10.0):
            return
        self.shown = seconds
        said = _progress(seconds, best, bound, self.kept)
        click.echo(f"\r\033[K{said}" if self.live else said, err=True, nl=not self.live)

    def end(self) -> None:
        """Leave the line as it was found."""
        if self.shown and self.live:
            click.echo("\r\033[K", err=True, nl=False)


def _progress(seconds: float, best: float | None, bound: float, kept: bool) -> str:
    if best is None:
        form = _("Searching for {seconds} s: at least {bound} days (Ctrl-C stops)")
        return form.format(seconds=int(seconds), bound=_days(bound))
    form = (
        _("Searching for {seconds} s: {best} days found, at least {bound} (Ctrl-C keeps it)")
        if kept
        else _("Searching for {seconds} s: {best} days found, at least {bound} (Ctrl-C stops)")
    )
    return form.format(seconds=int(seconds), best=_days(best), bound=_days(bound))


def _days(number: float) -> str:
    return number_said(Fraction(max(number, 0)).limit_denominator(100))
