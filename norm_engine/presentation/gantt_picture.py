"""The steps of a plan over time: one row a step under its workshop, the critical path in heavy."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, listed, period_said
from norm_engine.model.plan_results import PlanMilestone, PlanResult, PlanStep
from norm_engine.presentation.gantt_links import links
from norm_engine.presentation.gantt_rows import (
    HEAD_ROW,
    TALL,
    Frame,
    Labels,
    bar_ends,
    bar_row,
    head_row,
    labels,
    row_height,
    signs,
)
from norm_engine.presentation.legend import legend
from norm_engine.presentation.palette import INK, PAPER, QUIET
from norm_engine.presentation.plan_words import day_aimed_at, no_steps_said
from norm_engine.presentation.scene import Ink, Line, Scene, Shape, Text, width_of
from norm_engine.presentation.time_axis import AXIS_HEIGHT, TimeAxis, grid, time_axis

_RIGHT = 2.0
_SMALL = 7.5
_LINE = 11.0
_DAY_LINE = Ink(stroke=INK, width=0.8)
_AUDIT_LINE = Ink(stroke=INK, width=1, dashes=(4, 2))


@dataclass(frozen=True)
class _Row:
    """A workshop's title with its milestone, or one of its steps with its number in the plan.

    `lines` are those that the title of a step takes.
    """

    title: str
    milestone: PlanMilestone | None = None
    step: PlanStep | None = None
    number: int = 0
    lines: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The room it takes, in points."""
        return HEAD_ROW if self.step is None else row_height(len(self.lines))


def gantt(result: PlanResult, width: float = 520) -> Scene:
    """The whole plan in one picture, as tall as it has to be.

    Steps stand under the workshop they belong to, in the order of their starts, with the numbers
    they have in the plan. What is on the critical path is dark and tall, the rest light and low
    with a line as far as it may slip.

    Args:
        width: in points; rows keep their height.
    """
    return _scene(result, _rows(result, labels(result.steps, width)), width)


def gantt_pages(result: PlanResult, width: float, height: float) -> list[Scene]:
    """The same in as many pictures as it takes for none to be taller than `height`.

    Each has the axis and the legend; a workshop that goes on has its title again. A picture holds
    at least one step, whatever the height.
    """
    rows = _rows(result, labels(result.steps, width))
    around = gantt(result, width).height - _height(rows)
    pages = list(_paged(rows, height - around))
    scenes = [_scene(result, rows, width) for rows in pages]
    if len(scenes) < 2:
        return scenes
    return [
        replace(
            scene,
            title=_("{title} ({n} of {count})").format(
                title=scene.title, n=number, count=len(scenes)
            ),
        )
        for number, scene in enumerate(scenes, 1)
    ]


def _rows(result: PlanResult, beside: Labels) -> list[_Row]:
    """The workshops in their order, each with its steps; what has no milestone comes last."""
    numbers = {step.id: number for number, step in enumerate(result.steps, 1)}

    def row(step: PlanStep) -> _Row:
        """The row of a step, with its number in the whole plan."""
        return _Row("", None, step, numbers[step.id], tuple(beside.lines(step.title)))

    known = [milestone.workshop for milestone in result.milestones]
    rows: list[_Row] = []
    for milestone in result.milestones:
        steps = [step for step in result.steps if step.workshop == milestone.workshop]
        if steps:
            rows.append(_Row(milestone.title, milestone))
            rows += map(row, steps)
    others = [step for step in result.steps if step.workshop not in known]
    if others and rows:
        rows.append(_Row(_("Other steps")))
    return rows + list(map(row, others))


def _paged(rows: Sequence[_Row], room: float) -> Iterator[list[_Row]]:
    page: list[_Row] = []
    head: _Row | None = None
    for number, row in enumerate(rows):
        needed = row.height
        if row.step is None:
            head = row
            # a title does not stand alone at the foot
            needed += rows[number + 1].height
        if any(each.step for each in page) and _height(page) + needed > room:
            yield page
            again = row.step is not None and head is not None
            page = [_continued(head)] if again and head else []
        page.append(row)
    yield page


def _continued(head: _Row) -> _Row:
    return replace(head, title=_("{title} (continued)").format(title=head.title))


def _height(rows: Sequence[_Row]) -> float:
    return sum(row.height for row in rows)


def _scene(result: PlanResult, rows: Sequence[_Row], width: float) -> Scene:
    beside = labels(result.steps, width)
    axis = time_axis(result.as_of, _last_day(result), beside.width, width - beside.width - _RIGHT)
    frame = Frame(axis, width, beside, axis.after(result.audit_day))
    bottom = AXIS_HEIGHT + _height(rows)
    bands, bars = [], []
    middles: dict[str, float] = {}
    y = AXIS_HEIGHT
    for row in rows:
        if row.step is None:
            band, over = head_row(frame, y, row.title, row.milestone)
            bands += band
            bars += over
        else:
            middles[row.step.id] = y + row.height / 2
            bars.append(bar_row(frame, y, row.step, row.number, row.lines))
        y += row.height
    days, foot = _days(result, axis, bottom)
    shown = [row.step for row in rows if row.step is not None]
    ends = {step.id: bar_ends(axis, step) for step in shown}
    waits = links(ends, middles, result.critical_path, TALL / 2)
    shapes = [
        *bands,
        *grid(axis, AXIS_HEIGHT, bottom),
        *days,
        *waits,
        *bars,
    ]
    entries = signs(
        shown,
        linked=bool(waits),
        diamonds=any(row.milestone for row in rows),
        start=_DAY_LINE,
        audit=_AUDIT_LINE,
    )
    keys, height = legend(entries, foot + 14, width)
    return Scene(
        width, height, (*shapes, *keys), _("The steps over time"), _description(result, shown)
    )


def _last_day(result: PlanResult) -> datetime.date:
    slipping = max((step.end for step in result.steps), default=result.as_of)
    return max(result.as_of, result.audit_day, slipping)


def _days(result: PlanResult, axis: TimeAxis, bottom: float) -> tuple[list[Shape], float]:
    """The lines of the first day and of the audit day, with what they are under the grid."""
    start, audit = axis.at(result.as_of), axis.after(result.audit_day)
    first = _("start {day}").format(day=date_said(result.as_of))
    last = _("audit {day}").format(day=date_said(result.audit_day))
    if day_aimed_at(result) is None:
        last = _("{day}: day looked at").format(day=date_said(result.audit_day))
    ends = start + width_of(first, _SMALL)
    begins = max(axis.left, audit - width_of(last, _SMALL))
    lower = bottom + _LINE + (_LINE if begins < ends + 6 else 0)
    shapes: list[Shape] = [
        Line(((start, AXIS_HEIGHT), (start, bottom + 3)), _DAY_LINE),
        # the dashes are dark, and so are bars
        Line(((audit, AXIS_HEIGHT), (audit, bottom + 3)), Ink(stroke=PAPER, width=2.4)),
        Line(((audit, AXIS_HEIGHT), (audit, bottom + 3)), _AUDIT_LINE),
        Text(start, bottom + _LINE, first, _SMALL, QUIET),
        Text(begins, lower, last, _SMALL, INK, "semibold"),
    ]
    return shapes, lower


def _description(result: PlanResult, shown: Sequence[PlanStep]) -> str:
    if not shown:
        return no_steps_said(result)
    titles: Mapping[str, str] = {step.id: step.title for step in result.steps}
    count = ngettext("{n} step", "{n} steps", len(shown)).format(n=len(shown))
    span = period_said(min(step.start for step in shown), max(step.end for step in shown))
    said = [_("{count}, {span}.").format(count=count, span=span)]
    path = [titles[name] for name in result.critical_path if name in titles]
    if path:
        said.append(_("Critical path: {steps}.").format(steps=listed(path)))
    said += [
        _("{title}: done on {day}.").format(title=each.title, day=date_said(each.day))
        for each in result.milestones
        if each.steps
    ]
    return " ".join(said)
