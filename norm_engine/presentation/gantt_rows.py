"""The rows of the picture of a plan over time: workshops with their milestones, steps with bars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from norm_engine.language import _
from norm_engine.language.figures import date_said, period_said
from norm_engine.model.plan_results import PlanMilestone, PlanStep
from norm_engine.presentation.gantt_links import link
from norm_engine.presentation.legend import Entry
from norm_engine.presentation.palette import ACCENT, INK, PAPER, POSSIBLE, QUIET, RAISED
from norm_engine.presentation.scene import (
    Group,
    Ink,
    Line,
    Rectangle,
    Shape,
    Text,
    Weight,
    diamond,
    shortened,
    width_of,
    wrapped,
)
from norm_engine.presentation.time_axis import TimeAxis
from norm_engine.presentation.wording import role_said

HEAD_ROW = 18.0
BAR_ROW = 14.0
_TITLE = 9.0
_SIZE = 8.0
_SMALL = 7.0
_NUMBER_ROOM = 17.0
_BESIDE = 6.0
_LEADING = 9.5
_TITLE_LINES = 2
_LABELS, _MOST_LABELS = 0.4, 0.52
"""The share of a picture that labels take, and the most that long titles may ask for."""
TALL = 9.0
_LOW = 5.5
_DIAMOND = 4.6
_SHORTEST = 2.0
_CRITICAL = Ink(fill=ACCENT, stroke=INK, width=1)
_OTHER = Ink(fill=POSSIBLE, stroke=ACCENT, width=0.7)
_MILESTONE = Ink(fill=INK, stroke=PAPER, width=0.8)
_SLACK = Ink(stroke=QUIET, width=0.8)


@dataclass(frozen=True)
class Labels:
    """What stands at the left of the axis: numbers, titles, and a column of who does it.

    Attributes:
        width: of all three, in points.
        roles: where the column of roles begins.
    """

    width: float
    roles: float

    def lines(self, title: str) -> list[str]:
        """A title on as many lines as it is given."""
        room = self.roles - _NUMBER_ROOM - _BESIDE
        return wrapped(_one_line(title), _SIZE, room, _TITLE_LINES)


def labels(steps: Sequence[PlanStep], width: float) -> Labels:
    """The labels of steps: titles have as much room as they need, and the bars keep about half."""
    who = max((width_of(role_said(each.role), _SMALL) for each in steps), default=0)
    title = max((width_of(_one_line(each.title), _SIZE) for each in steps), default=0)
    needed = _NUMBER_ROOM + title + _BESIDE + who + _BESIDE
    left = min(max(needed, width * _LABELS), width * _MOST_LABELS)
    return Labels(left, left - who - _BESIDE)


@dataclass(frozen=True)
class Frame:
    """Where rows stand: under the axis, labels at its left, all of it so many points wide.

    `audit` is where the line of the audit day stands, which no words may cross.
    """

    axis: TimeAxis
    width: float
    labels: Labels
    audit: float


def row_height(lines: int) -> float:
    """The height of the row of a step whose title takes so many lines."""
    return BAR_ROW + max(0, lines - 1) * _LEADING


def head_row(
    frame: Frame, top: float, title: str, milestone: PlanMilestone | None
) -> tuple[list[Shape], list[Shape]]:
    """A workshop: its band behind the grid; and over it, its title, and when its steps are done."""
    middle = top + HEAD_ROW / 2
    band: list[Shape] = [
        Rectangle(0, top + 1, frame.width, HEAD_ROW - 2, Ink(fill=RAISED)),
    ]
    words = shortened(_one_line(title), _TITLE, frame.axis.left - _BESIDE - 3)
    over: list[Shape] = [Text(3, middle + _TITLE * 0.34, words, _TITLE, INK, "semibold")]
    if milestone is not None and milestone.steps:
        x = frame.axis.after(milestone.day)
        over.append(diamond(x, middle, _DIAMOND, _MILESTONE))
        said = date_said(milestone.day)
        over += _beside(frame, (x - _DIAMOND, x + _DIAMOND), middle, said, (INK, RAISED))
    return band, over


def bar_row(frame: Frame, top: float, step: PlanStep, number: int, lines: Sequence[str]) -> Shape:
    """A step: its number, title and role, its bar, and how far it may slip."""
    axis, middle = frame.axis, top + row_height(len(lines)) / 2
    base = middle + _SMALL * 0.34
    start, end = bar_ends(axis, step)
    who = shortened(role_said(step.role), _SMALL, axis.left - frame.labels.roles)
    shapes: list[Shape] = [
        Text(_NUMBER_ROOM - 4, base, str(number), _SMALL, QUIET, anchor="end"),
        *_title_lines(lines, middle, critical=step.critical),
        Text(frame.labels.roles, base, who, _SMALL, QUIET),
    ]
    if step.slack_days and not step.critical:
        far = max(end, end + (axis.width / axis.days) * step.slack_days)
        shapes += _slack(end, min(far, axis.left + axis.width), middle)
    shapes.append(bar(start, end, middle, critical=step.critical))
    title = _("{n}. {title}: {span}, {role}").format(
        n=number,
        title=_one_line(step.title),
        span=period_said(step.start, step.end),
        role=role_said(step.role),
    )
    return Group(tuple(shapes), title)


def _title_lines(lines: Sequence[str], middle: float, *, critical: bool) -> list[Shape]:
    weight: Weight = "semibold" if critical else "regular"
    first = middle + _SIZE * 0.34 - (len(lines) - 1) * _LEADING / 2
    return [
        Text(_NUMBER_ROOM, first + at * _LEADING, words, _SIZE, INK, weight)
        for at, words in enumerate(lines)
    ]


def bar(start: float, end: float, middle: float, *, critical: bool) -> Shape:
    """A bar: dark and tall on the critical path, light and low beside it."""
    height, ink = (TALL, _CRITICAL) if critical else (_LOW, _OTHER)
    edge = ink.width
    return Rectangle(
        start + edge / 2,
        middle - height / 2 + edge / 2,
        max(end - start - edge, _SHORTEST - edge),
        height - edge,
        ink,
        0 if critical else 1.5,
    )


def bar_ends(axis: TimeAxis, step: PlanStep) -> tuple[float, float]:
    """Where a bar begins and ends; never too short to be seen."""
    start, end = axis.at(step.start), axis.after(step.end)
    if end - start < _SHORTEST:
        start = max(axis.left, min(start, axis.left + axis.width - _SHORTEST))
    return start, max(end, start + _SHORTEST)


def signs(
    shown: Sequence[PlanStep], *, linked: bool, diamonds: bool, start: Ink, audit: Ink
) -> list[Entry]:
    """What the legend explains: only what stands in the picture."""
    entries = []
    if any(step.critical for step in shown):
        entries.append(
            Entry(
                lambda x, y: [bar(x, x + 16, y, critical=True)],
                16,
                _("critical path: a delay moves the end"),
            )
        )
    if linked:
        said = _("the next critical step waits for this one")
        entries.append(Entry(lambda x, y: link(x + 3, y - 6, y + 6), 6, said))
    if any(not step.critical for step in shown):
        entries.append(Entry(lambda x, y: [bar(x, x + 16, y, critical=False)], 16, _("a step")))
    if any(step.slack_days and not step.critical for step in shown):
        entries.append(Entry(lambda x, y: _slack(x, x + 14, y), 15, _("may slip until here")))
    if diamonds:
        entries.append(
            Entry(
                lambda x, y: [diamond(x + _DIAMOND, y, _DIAMOND, _MILESTONE)],
                2 * _DIAMOND,
                _("all steps of the workshop are done"),
            )
        )
    for ink, words in ((start, _("first day of the plan")), (audit, _("audit day"))):
        entries.append(Entry(_upright(ink), 2, words))
    return entries


def _upright(ink: Ink) -> Callable[[float, float], list[Shape]]:
    return lambda x, y: [Line(((x + 1, y - 6), (x + 1, y + 6)), ink)]


def _slack(start: float, end: float, middle: float) -> list[Shape]:
    return [
        Line(((start, middle), (end, middle)), _SLACK),
        Line(((end - 0.4, middle - 2.5), (end - 0.4, middle + 2.5)), _SLACK),
    ]


def _beside(
    frame: Frame, ends: tuple[float, float], middle: float, words: str, inks: tuple[str, str]
) -> list[Shape]:
    """Words after what has these ends, or before it; left out without room.

    They do not cross the line of the audit day. `inks` are the colours of the words and of the
    ground that keeps lines off them.
    """
    wide = width_of(words, _SMALL) + 4
    x = ends[1] + 3
    crosses = ends[1] <= frame.audit + 1 <= ends[1] + wide
    if ends[1] + wide > frame.width or crosses:
        x = ends[0] - wide
        if x < frame.axis.left:
            return []
    ground = Rectangle(x - 1, middle - _SMALL / 2, wide - 1, _SMALL, Ink(fill=inks[1]))
    return [ground, Text(x, middle + _SMALL * 0.34, words, _SMALL, inks[0])]


def _one_line(words: str) -> str:
    return " ".join(words.split())
