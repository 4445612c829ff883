"""Says on standard error how far the search for a plan is, once it takes long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from fractions import Fraction
from threading import Event, Thread
from time import monotonic

import click

from norm_engine.language import _
from norm_engine.language.figures import number_said
from norm_engine.planning.solver import Watch

_PATIENCE = 2.0
"""Seconds after which the search shows on a terminal how far it is."""


_BETWEEN_LINES = 10.0
"""Seconds between two lines where there is no terminal, and before the first."""

_FRESH = 1.0
"""Seconds for which the figures that the solver gave still speak of what is under way."""


@contextmanager
def search_shown(*, kept: bool) -> Iterator[Watch]:
    """What a search is watched with; its line on a terminal is gone in the end.

    Args:
        kept: whether Ctrl-C keeps the best plan found by then.
    """
    watch = _Watch(kept)
    watch.ticking.start()
    try:
        yield watch
    finally:
        watch.end()


class _Watch:
    """One line on a terminal; elsewhere, a line now and then.

    Time runs from the first search to the end of all: between two searches, calendars are laid out.
    """

    def __init__(self, kept: bool) -> None:
        self.kept = kept
        self.live = sys.stderr is not None and sys.stderr.isatty()
        self.told: tuple[float, float | None, float] = (0.0, None, 0.0)
        self.ended = Event()
        self.shown = False
        # what is said is said in the language of whoever waits, which is not another thread's
        self.ticking = Thread(target=copy_context().run, args=(self._tick,), daemon=True)

    def __call__(self, _seconds: float, best: float | None, bound: float) -> None:
        """Take what is known so far, in likely person-days."""
        self.told = (monotonic(), best, bound)

    def _tick(self) -> None:
        start = monotonic()
        wait = _PATIENCE if self.live else _BETWEEN_LINES
        while not self.ended.wait(wait):
            self._show(monotonic() - start)
            wait = 0.5 if self.live else _BETWEEN_LINES

    def _show(self, seconds: float) -> None:
        at, best, bound = self.told
        known = monotonic() - at < _FRESH and (best is not None or bound > 0)
        said = _progress(seconds, best, bound, self.kept) if known else _waiting(seconds, self.kept)
        click.echo(f"\r\033[K{said}" if self.live else said, err=True, nl=not self.live)
        self.shown = True

    def end(self) -> None:
        """Leave the line as it was found."""
        self.ended.set()
        self.ticking.join()
        if self.shown and self.live:
            click.echo("\r\033[K", err=True, nl=False)


def _waiting(seconds: float, kept: bool) -> str:
    form = (
        _("Searching for {seconds} s (Ctrl-C gives the best found)")
        if kept
        else _("Searching for {seconds} s (Ctrl-C stops)")
    )
    return form.format(seconds=int(seconds))


def _progress(seconds: float, best: float | None, bound: float, kept: bool) -> str:
    if best is None:
        form = (
            _("Searching for {seconds} s: at least {bound} days (Ctrl-C gives the best found)")
            if kept
            else _("Searching for {seconds} s: at least {bound} days (Ctrl-C stops)")
        )
        return form.format(seconds=int(seconds), bound=_days(bound))
    form = (
        _("Searching for {seconds} s: {best} days found, at least {bound} (Ctrl-C keeps it)")
        if kept
        else _("Searching for {seconds} s: {best} days found, at least {bound} (Ctrl-C stops)")
    )
    return form.format(seconds=int(seconds), best=_days(best), bound=_days(bound))


def _days(number: float) -> str:
    return number_said(Fraction(max(number, 0)).limit_denominator(100))
