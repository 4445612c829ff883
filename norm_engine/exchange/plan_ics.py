"""A plan as a calendar file (RFC 5545): its steps, milestones and audit day, all day long."""

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from norm_engine.exchange.plain_text import one_line, plain_lines
from norm_engine.language import _, current
from norm_engine.language.figures import date_said, listed
from norm_engine.model.plan_results import PlanMilestone, PlanResult, PlanStep
from norm_engine.presentation.plan_words import (
    closes_if_said,
    day_aimed_at,
    effort_said,
    late_said,
    overdue_said,
    surely_closed,
)
from norm_engine.presentation.wording import role_said

if TYPE_CHECKING:
    from icalendar import Event

_OURS: Final = uuid.UUID("6f1d3c52-0b7e-5d0a-9a55-3f0c2d7a41be")
_DAY = datetime.timedelta(days=1)


def plan_ics(result: PlanResult, stamp: datetime.datetime) -> bytes:
    """The calendar of a plan, as Outlook, Thunderbird or a telephone open it.

    Events keep their identifiers as long as structure, rule set and step are the same, so that a
    newer file replaces what an older one brought. None of them makes its owner look busy.

    Args:
        stamp: when the file is made, with its time zone.
    """
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//norm-engine//plan//" + current().upper())
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = one_line(_("Preparation: {structure}").format(structure=result.structure))
    about = plain_lines(f"{result.disclaimer} {_against(result)}")
    # an older and a newer way to say the same; what is not of the standard is not escaped unasked
    for key, words in (("name", name), ("description", about)):
        calendar.add(key, words)
    for key, words in (("x-wr-calname", name), ("x-wr-caldesc", about)):
        calendar.add(key, vText(words))
    for event in _events(result):
        event.add("dtstamp", stamp.astimezone(datetime.UTC))
        event.add("last-modified", stamp.astimezone(datetime.UTC))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(result: PlanResult) -> Iterator["Event"]:
    titles = {milestone.workshop: milestone.title for milestone in result.milestones}
    numbers = {step.id: number for number, step in enumerate(result.steps, 1)}
    for step in result.steps:
        event = _event(result, f"step {step.id}", step.start, step.end)
        event.add("summary", one_line(f"{numbers[step.id]}. {step.title}"))
        event.add("description", plain_lines(_about_step(step, numbers)))
        event.add("categories", [one_line(titles.get(step.workshop, step.workshop))])
        yield event
    for milestone in result.milestones:
        if milestone.steps:
            yield _milestone(result, milestone)
    if day_aimed_at(result) is not None:
        yield _audit_day(result)


def _event(result: PlanResult, what: str, first: datetime.date, last: datetime.date) -> "Event":
    from icalendar import Event

    event = Event()
    name = "\n".join((result.structure, result.ruleset.id, what))
    # a name may hold halves of characters, which UTF-8 cannot
    name = name.encode("utf-8", "backslashreplace").decode()
    event.add("uid", str(uuid.uuid5(_OURS, name)))
    event.add("dtstart", first)
    # the end is the first day on which it is over; the last day there is has none behind it
    if last < datetime.date.max:
        event.add("dtend", last + _DAY)
    return event


def _milestone(result: PlanResult, milestone: PlanMilestone) -> "Event":
    day = milestone.day
    event = _event(result, f"workshop {milestone.workshop}", day, day)
    said = _("Workshop finished: {title}").format(title=milestone.title)
    event.add("summary", one_line(said))
    event.add("description", _("All steps of this workshop are done."))
    event.add("categories", [one_line(milestone.title)])
    return event


def _audit_day(result: PlanResult) -> "Event":
    event = _event(result, "audit", result.audit_day, result.audit_day)
    event.add("summary", _("Audit day aimed at"))
    late = f"{late_said(result)}\n" if result.late else ""
    event.add("description", plain_lines(f"{late}{result.disclaimer}\n{_against(result)}"))
    event.add("categories", [_("Audit")])
    return event


def _about_step(step: PlanStep, numbers: dict[str, int]) -> str:
    lines = [
        _("Who: {role}").format(role=role_said(step.role)),
        _("Effort: {effort}").format(effort=effort_said(step.effort)),
    ]
    if step.after:
        after = listed(_numbered(step.after, numbers))
        lines.append(_("After: {steps}").format(steps=after))
    if step.critical:
        lines.append(_("On the critical path: a delay moves the end."))
    said = _("Requirements met once done: {names}")
    if sure := surely_closed(step):
        lines.append(said.format(names=listed(sure)))
    if step.may_not_apply:
        names = f"{listed(step.may_not_apply)} ({closes_if_said(len(step.may_not_apply))})"
        lines.append(said.format(names=names))
    if late := overdue_said(step):
        lines.append(f"{late[:1].upper()}{late[1:]}.")
    return "\n".join([*lines, "", step.why, "", step.how])


def _numbered(names: Sequence[str], numbers: dict[str, int]) -> list[str]:
    return [_("no. {n}").format(n=numbers[name]) for name in names if name in numbers]


def _against(result: PlanResult) -> str:
    return _("{title}, edition {edition}, version {version}, as of {day}.").format(
        title=result.ruleset.title,
        edition=result.ruleset.edition,
        version=result.ruleset.version,
        day=date_said(result.as_of),
    )
