"""The scores of several groups, workshops or domains, one under the other on one scale."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import percent_said
from norm_engine.model.results import GroupScore
from norm_engine.presentation.gauge_picture import (
    EDGE,
    gauge_said,
    interval_bar,
    share_at,
)
from norm_engine.presentation.legend import Entry, legend
from norm_engine.presentation.palette import ACCENT, INK, PAPER, POSSIBLE, QUIET, RULE
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.scene import (
    Ink,
    Line,
    Rectangle,
    Scene,
    Shape,
    Text,
    diamond,
    shortened,
    width_of,
)

_SIZE = 9.5
_SMALL = 7.5
_ROW = 24.0
_BAR = 8.0
_MARK = 4.2
_LABEL_SHARE = 0.3
_FIGURE_ROOM = 60.0
_BETWEEN = 12.0
_QUARTERS = tuple(Fraction(quarter, 4) for quarter in range(5))
_DECLARED = Ink(fill=PAPER, stroke=INK, width=1)
_FLOOR = Ink(stroke=INK, width=0.9, dashes=(3, 2))


def profile(
    groups: Sequence[GroupScore],
    *,
    title: str,
    floor: Fraction | None = None,
    width: float = 482,
) -> Scene:
    """One row a group: its title, its proven interval with what is declared, its figure.

    Args:
        groups: workshops or domains, from top to bottom.
        title: what the picture is called.
        floor: the share that the decision asks of each; a dashed line.
        width: in points; rows keep their height.
    """
    left = width * _LABEL_SHARE
    track = width - left - _FIGURE_ROOM - _BETWEEN
    top = 16.0 if floor is not None else 4.0
    bottom = top + len(groups) * _ROW
    shapes = _grid(left, track, top, bottom)
    for row, group in enumerate(groups):
        shapes += _row(group, top + (row + 0.5) * _ROW, left, track, width)
    if floor is not None:
        shapes += _floor_line(floor, left, track, top, bottom)
    # over the line of the floor, which may stand where something is declared
    for row, group in enumerate(groups):
        shapes += _declared(group, top + (row + 0.5) * _ROW, left, track)
    signs, height = legend(_entries(floor), bottom + 32, width)
    return Scene(width, height, (*shapes, *signs), title, _description(groups, floor))


def _grid(left: float, track: float, top: float, bottom: float) -> list[Shape]:
    shapes: list[Shape] = []
    for share in _QUARTERS:
        x = left + track * float(share)
        shapes.append(Line(((x, top), (x, bottom + 4)), Ink(stroke=RULE, width=0.5)))
        said = percent_said(share)
        shapes.append(Text(x, bottom + 13, said, _SMALL, QUIET, anchor="middle"))
    return shapes


def _row(group: GroupScore, y: float, left: float, track: float, width: float) -> list[Shape]:
    base = y + _SIZE * 0.34
    label = shortened(group.title, _SIZE, left - _BETWEEN)
    shapes: list[Shape] = [Text(0, base, label, _SIZE, INK)]
    shapes += interval_bar(group.score, left, y - _BAR / 2, track, _BAR)
    if group.score is None:
        said = _("nothing applies here")
        ground = width_of(said, _SMALL) + 8
        middle = left + track / 2
        shapes.append(Rectangle(middle - ground / 2, y - 5, ground, 10, Ink(fill=PAPER)))
        shapes.append(Text(middle, y + _SMALL * 0.34, said, _SMALL, QUIET, anchor="middle"))
    shapes.append(Text(width, base, score_said(group.score), _SIZE, INK, "semibold", "end"))
    return shapes


def _declared(group: GroupScore, y: float, left: float, track: float) -> list[Shape]:
    if group.score is None or group.declared is None:
        return []
    return [diamond(share_at(group.declared.low, left, track), y, _MARK, _DECLARED)]


def _floor_line(
    floor: Fraction, left: float, track: float, top: float, bottom: float
) -> list[Shape]:
    x = left + track * float(floor)
    said = _("floor {share}").format(share=percent_said(floor))
    course = ((x, top - 4), (x, bottom + 4))
    return [
        # the dashes are dark, and so are bars
        Line(course, Ink(stroke=PAPER, width=2.4)),
        Line(course, _FLOOR),
        Text(x, top - 7, said, _SMALL, INK, "semibold", "middle"),
    ]


def _entries(floor: Fraction | None) -> list[Entry]:
    half = _BAR / 2
    proven, possible = Ink(fill=ACCENT), Ink(fill=POSSIBLE, stroke=ACCENT, width=EDGE)
    entries = [
        Entry(lambda x, y: [Rectangle(x, y - half, 16, _BAR, proven)], 16, _("proven")),
        Entry(
            lambda x, y: [Rectangle(x, y - half, 16, _BAR, possible)], 16, _("may still be proven")
        ),
        Entry(
            lambda x, y: [diamond(x + _MARK + 0.5, y, _MARK, _DECLARED)],
            10,
            _("declared, at least"),
        ),
    ]
    if floor is not None:
        entries.append(
            Entry(
                lambda x, y: [Line(((x + 2, y - 6), (x + 2, y + 6)), _FLOOR)],
                4,
                _("floor asked by the decision"),
            )
        )
    return entries


def _description(groups: Sequence[GroupScore], floor: Fraction | None) -> str:
    said = [
        _("{title}: {score}.").format(
            title=group.title, score=gauge_said(group.score, group.declared)
        )
        for group in groups
    ]
    if floor is not None:
        said.append(
            _("The decision asks for at least {share} in each.").format(share=percent_said(floor))
        )
    return " ".join(said)
