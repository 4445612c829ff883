"""The options that say which plan is wanted, and what is made of them."""

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, get_args

import click

from norm_engine.cli.options import Day
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.ruleset import Role
from norm_engine.model.scalars import later
from norm_engine.planning.calendar import LONGEST
from norm_engine.planning.moves import FILING
from norm_engine.planning.options import Assume, PlanOptions

PLAN = ("by", "budget", "assume", "without", "with_", "capacity", "settings")
"""The parameters that say which plan is wanted."""

_ROLES: tuple[Role, ...] = get_args(Role)


class PersonDays(click.ParamType[Fraction, str]):
    """Person-days: ``12``, ``12d``, ``12j``, ``7,5``, ``7/2``."""

    name = "days"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return _("DAYS")

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """The days that were written."""
        found = days_of(str(value))
        if found is None:
            message = _("“{value}” is no number of days; write 12, 7,5 or 12d.")
            self.fail(message.format(value=value), param, ctx)
        return found


def days_of(text: str) -> Fraction | None:
    """Person-days as people write them; None when the text is none."""
    written = re.fullmatch(
        r"\s*(\d{1,7})(?:[.,](\d{1,4})|/(0*[1-9]\d{0,3}))?\s*(?:d|j|days?|jours?)?\s*", text.lower()
    )
    if written is None:
        return None
    whole, decimals, below = written.groups()
    if below is not None:
        return Fraction(int(whole), int(below))
    return Fraction(f"{whole}.{decimals or 0}")


def plan_options_decorator(function: Any) -> Any:
    """All options that say which plan is wanted."""
    for option in reversed(_OPTIONS):
        function = option()(function)
    return function


_OPTIONS: Sequence[Any] = (
    lambda: click.option(
        "--by",
        type=Day(),
        help=_("The audit day: only what can be done by then is planned."),
    ),
    lambda: click.option(
        "--budget",
        type=PersonDays(),
        help=_("Person-days to spend (12d): the plan then reaches the most readiness with them."),
    ),
    lambda: click.option(
        "--assume",
        type=click.Choice(get_args(Assume)),
        default="worst",
        help=_("How unknown answers are taken: worst, or best (default: worst)."),
    ),
    lambda: click.option(
        "--without",
        metavar=_("STEP"),
        multiple=True,
        help=_("Leave this step out. May be repeated."),
    ),
    lambda: click.option(
        "--with",
        "with_",
        metavar=_("STEP"),
        multiple=True,
        help=_("Take this step whatever it costs. May be repeated."),
    ),
    lambda: click.option(
        "--capacity",
        metavar=_("ROLE=DAYS"),
        multiple=True,
        help=_("Days a month that a role can give (direction=4). May be repeated."),
    ),
)


def plan_options(
    program: Program,
    start: datetime.date,
    by: datetime.date | None,
    budget: Fraction | None,
    assume: Assume,
    without: Sequence[str],
    with_: Sequence[str],
    capacity: Sequence[str],
) -> PlanOptions:
    """What is asked of a plan, checked against the rule set.

    Raises:
        click.BadParameter: naming the option, what is wrong and what to write.
    """
    if by is not None and by < start:
        message = _("This day is before {start}, the day the plan starts on.")
        raise click.BadParameter(message.format(start=date_said(start)), param_hint="--by")
    if by is not None and by > later(start, LONGEST):
        message = _("This day is more than a hundred years after the day the plan starts on.")
        raise click.BadParameter(message, param_hint="--by")
    for option, names in (("--without", without), ("--with", with_)):
        for name in names:
            _known_step(program, name, option)
    both = sorted(set(without) & set(with_))
    if both:
        message = _("“{id}” is both to be left out and to be taken.").format(id=both[0])
        raise click.UsageError(message)
    return PlanOptions(
        by=by,
        budget=budget,
        assume=assume,
        without=tuple(dict.fromkeys(without)),
        with_=tuple(dict.fromkeys(with_)),
        capacity=dict(_capacity(each) for each in capacity),
    )


def _known_step(program: Program, name: str, option: str) -> None:
    known = [*program.ruleset.actions, *(f"{FILING}{kind}" for kind in program.ruleset.evidence)]
    if name in known:
        return
    from difflib import get_close_matches

    message = _("There is no step “{id}”.").format(id=name)
    near = get_close_matches(name, known, 3)
    if near:
        message += " " + _("Did you mean “{near}”?").format(near=", ".join(near))
    raise click.BadParameter(message, param_hint=option)


_LEAST = Fraction(1, 4)
"""Days a month below which a role is as good as not there: a plan would last for decades."""


def _capacity(written: str) -> tuple[Role, Fraction]:
    name, equals, amount = written.partition("=")
    days = days_of(amount)
    role = next((each for each in _ROLES if each == name.strip()), None)
    if not equals or days is None or role is None:
        message = _(
            "“{value}”: write a role and its days a month, such as direction=4; roles: {roles}."
        )
        raise click.BadParameter(
            message.format(value=written, roles=", ".join(_ROLES)), param_hint="--capacity"
        )
    if 0 < days < _LEAST:
        message = _("“{value}”: at least a quarter of a day a month, or 0 for none at all.")
        raise click.BadParameter(message.format(value=written), param_hint="--capacity")
    return role, days
