"""What a user typed, as it is typed again in the commands that a page proposes."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from norm_engine.language import current
from norm_engine.presentation.terminal import as_typed

RULES = ("rules", "overlays")
"""The parameters that say which rules an audit is evaluated under."""

EVALUATION = (*RULES, "as_of")
"""The parameters that say how an audit is evaluated."""


def asked_again(audit: Path, keeping: Sequence[str] = EVALUATION) -> str:
    """An audit as it was named, and the options of the command under way that belong to it.

    The language is kept where it was asked for, whichever options are.

    Args:
        keeping: the parameters whose options are kept where the user gave them.
    """
    context = click.get_current_context()
    typed = [as_typed(audit)]
    for option in context.command.params:
        name = option.name or ""
        if name in keeping and _is_given(context, name):
            typed += _typed(option, context.params.get(name))
    asked_at = [each for each in (context, context.parent) if each is not None]
    if any(_is_given(each, "lang") for each in asked_at):
        typed.append(f"--lang {current()}")
    return " ".join(typed)


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _typed(option: click.Parameter, value: Any) -> list[str]:
    values = value if isinstance(value, tuple) else (value,)
    return [f"{option.opts[0]} {as_typed(_said(each))}" for each in values]


def _said(value: Any) -> str | Path:
    """A value as it is typed: a path as one, a number in decimals where these say it exactly."""
    if isinstance(value, Path):
        return value
    if isinstance(value, Fraction):
        # no more decimals than options take: whoever typed more typed a fraction
        whole, rest = divmod(value * 10**_DECIMALS, 10**_DECIMALS)
        if rest.denominator == 1:
            return f"{whole}.{rest.numerator:0{_DECIMALS}}".rstrip("0").rstrip(".")
    return str(value)


_DECIMALS = 4
"""How many decimals can be typed of a number."""
