"""The pace of a plan: whose days set its end, and what each critical step waits for."""

import datetime
from calendar import monthrange
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.plan_results import MonthLoad, PlanResult, PlanStep
from norm_engine.model.scalars import later
from norm_engine.presentation.plan_words import work_said
from norm_engine.presentation.wording import role_said

_MONTH = Fraction(1461, 48)
"""Days of a month, over four years."""

_NEARLY = Fraction(9, 10)
"""The share of a calendar that a role's days must take for them to be what sets its end."""

_REALISTIC = "P3Y"
"""How long a plan may last before nobody would follow it to its end."""


def share_left(start: datetime.date) -> Fraction:
    """The share of a month that is left from a day on, that day included."""
    days = monthrange(start.year, start.month)[1]
    return Fraction(days - start.day + 1, days)


def whole_days(start: datetime.date, loads: Sequence[MonthLoad]) -> dict[str, Fraction]:
    """The days that each role has in a whole month; roles without a limit are left out.

    Args:
        start: the first day of the plan, in a month that may have begun already.
    """
    found: dict[str, Fraction] = {}
    for load in loads:
        if load.capacity is not None:
            share = share_left(start) if load.month == _month(start) else Fraction(1)
            found[load.role] = Fraction(load.capacity) / share
    return found


def days_in(start: datetime.date, month: datetime.date, whole: Fraction) -> Fraction:
    """What a role that has so many days in a whole month has in this one of a plan."""
    return whole * share_left(start) if _month(month) == _month(start) else whole


def role_days(steps: Sequence[PlanStep]) -> dict[str, Fraction]:
    """The likely person-days of each role, in the order of the steps."""
    found: dict[str, Fraction] = {}
    for step in steps:
        found[step.role] = found.get(step.role, Fraction(0)) + Fraction(step.effort.likely)
    return found


def path_said(result: PlanResult, path: Sequence[PlanStep]) -> str:
    """What holds the whole critical path, where it can be said in one sentence; else nothing."""
    roles = {step.role for step in path}
    if len(roles) == 1:
        said = role_pace_said(result.as_of, result.end, result.steps, result.loads, roles)
        if said:
            return said
    if len(path) > 1 and all(_follows(step, before) for before, step in pairwise(path)):
        return _("Each waits for the one before; a delay of one delays the whole.")
    return ""


def role_pace_said(
    start: datetime.date,
    end: datetime.date | None,
    steps: Sequence[PlanStep],
    loads: Sequence[MonthLoad],
    roles: set[str] | None = None,
) -> str:
    """The role whose days alone take nearly as long as the whole plan; nothing where none do.

    Args:
        roles: the roles looked at; None for all.
    """
    if end is None:
        return ""
    days, whole = role_days(steps), whole_days(start, loads)
    lasts = {
        role: days[role] / whole[role] * _MONTH
        for role in days
        if whole.get(role) and (roles is None or role in roles)
    }
    slowest = max(lasts, key=lambda role: lasts[role], default=None)
    if slowest is None or lasts[slowest] < _NEARLY * (end - start).days:
        return ""
    return _(
        "What sets the end is one role, {role}: {days} of work, {month} a month at most."
    ).format(
        role=role_said(slowest), days=work_said(days[slowest]), month=work_said(whole[slowest])
    )


def unrealistic_said(
    start: datetime.date,
    end: datetime.date | None,
    steps: Sequence[PlanStep],
    loads: Sequence[MonthLoad],
) -> str:
    """That a plan lasts too long to be followed, and whose days it takes; or nothing."""
    if end is None or end <= later(start, _REALISTIC):
        return ""
    said = _(
        "At this pace the last step ends on {day}, more than three years from now: not realistic."
    )
    return f"{said.format(day=date_said(end))} {role_pace_said(start, end, steps, loads)}".rstrip()


def link_said(step: PlanStep, steps: Mapping[str, PlanStep]) -> str:
    """Why a critical step does not end earlier; nothing where nothing holds it back."""
    before = None if step.waits_for is None else steps.get(step.waits_for)
    if before is None:
        return ""
    if _follows(step, before):
        return _("follows the one before")
    return _("waits for days of this role: {role}").format(role=role_said(step.role))


def _follows(step: PlanStep, before: PlanStep) -> bool:
    """Whether a step starts the day after one that it comes after: no role's days hold it back."""
    return before.id in step.after and step.start - before.end == datetime.timedelta(days=1)


def _month(day: datetime.date) -> str:
    return f"{day.year:04d}-{day.month:02d}"
