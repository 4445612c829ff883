"""The profile of two evaluations: for each workshop and domain, where it stood and where it is."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from norm_engine.language import _
from norm_engine.language.figures import percent_said
from norm_engine.model.comparison_results import ComparedGroup, ComparisonResult
from norm_engine.model.results import Interval
from norm_engine.presentation.comparison_words import movement_said
from norm_engine.presentation.gauge_picture import share_at
from norm_engine.presentation.legend import Entry, legend
from norm_engine.presentation.palette import (
    ACCENT,
    INK,
    PAPER,
    POSSIBLE,
    QUIET,
    RULE,
    STATUS_COLOURS,
)
from norm_engine.presentation.result_words import least_said, score_said
from norm_engine.presentation.scene import (
    Circle,
    Ink,
    Line,
    Polygon,
    Rectangle,
    Scene,
    Shape,
    Text,
    diamond,
    shortened,
)

_SIZE = 9.5
_SMALL = 7.5
_ROW = 23.0
_HEAD = 22.0
_MARK = 4.0
_SPAN = 2.6
_LABEL_SHARE = 0.3
_FIGURE = 46.0
_BETWEEN = 14.0
_QUARTERS = tuple(Fraction(quarter, 4) for quarter in range(5))
_COLOURS = {"higher": STATUS_COLOURS["met"], "lower": STATUS_COLOURS["unmet"]}
_BEFORE = Ink(fill=PAPER, stroke=INK, width=1.3)
_AFTER = Ink(fill=ACCENT, stroke=PAPER, width=0.8)
_WAS_POSSIBLE = Ink(fill=RULE)
_IS_POSSIBLE = Ink(fill=POSSIBLE)


class _Frame(NamedTuple):
    """Where rows stand: the track of shares, and the right ends of the two columns of figures."""

    left: float
    track: float
    before: float
    after: float


def comparison_profile(result: ComparisonResult, *, title: str, width: float = 482) -> Scene:
    """The whole, the workshops and the domains: two marks a row, one for each side.

    The marks stand at what is proven at least; the thin bars beside them reach to what may still
    be proven, above the line for the first side, below it for the second.

    Args:
        title: what the picture is called.
        width: in points; rows keep their height.
    """
    frame = _Frame(
        width * _LABEL_SHARE,
        width * (1 - _LABEL_SHARE) - 2 * _FIGURE - _BETWEEN,
        width - _FIGURE,
        width - 9,
    )
    blocks = (
        ("", [(_("The whole"), result.overall)]),
        (
            _("By workshop"),
            [(f"{number} {each.title}", each) for number, each in enumerate(result.workshops, 1)],
        ),
        (_("By domain"), [(each.title, each) for each in result.domains]),
    )
    shapes, y = _column_heads(frame, 7.0), 16.0
    for head, rows in blocks:
        if head and rows:
            shapes.append(Text(0, y + _HEAD - 7, head, _SMALL, QUIET, "semibold"))
            y += _HEAD
        shapes += _block(rows, frame, y)
        y += len(rows) * _ROW
    shapes += [
        Text(
            share_at(str(share), frame.left, frame.track),
            y + 10,
            percent_said(share),
            _SMALL,
            QUIET,
            anchor="middle",
        )
        for share in _QUARTERS
    ]
    signs, height = legend(_entries(result), y + 27, width)
    return Scene(width, height, (*shapes, *signs), title, _description(result))


def _column_heads(frame: _Frame, y: float) -> list[Shape]:
    return [_circle(frame.before - 12, y), _diamond(frame.after - 12, y)]


def _block(rows: Sequence[tuple[str, ComparedGroup]], frame: _Frame, top: float) -> list[Shape]:
    bottom = top + len(rows) * _ROW
    shapes: list[Shape] = []
    for share in _QUARTERS:
        x = share_at(str(share), frame.left, frame.track)
        shapes.append(Line(((x, top), (x, bottom)), Ink(stroke=RULE, width=0.5)))
    for place, (label, group) in enumerate(rows):
        shapes += _row(label, group, frame, top + (place + 0.5) * _ROW)
    return shapes


def _row(label: str, group: ComparedGroup, frame: _Frame, y: float) -> list[Shape]:
    before, after = group.before.score, group.after.score
    base = y + _SIZE * 0.34
    shapes: list[Shape] = [
        Text(0, base, shortened(label, _SIZE, frame.left - _BETWEEN), _SIZE, INK),
        *_possible(before, frame, y - _SPAN - 1.4, _WAS_POSSIBLE),
        *_possible(after, frame, y + 1.4, _IS_POSSIBLE),
    ]
    points = [
        None if score is None else share_at(score.low, frame.left, frame.track)
        for score in (before, after)
    ]
    colour = _COLOURS.get(group.movement, QUIET)
    if points[0] is not None and points[1] is not None:
        course = ((points[0], y), (points[1], y))
        shapes.append(Line(course, Ink(stroke=colour, width=2)))
    if points[0] is not None:
        shapes.append(_circle(points[0], y))
    if points[1] is not None:
        shapes.append(_diamond(points[1], y))
    shapes.append(Text(frame.before, base, least_said(before), _SIZE, QUIET, anchor="end"))
    shapes.append(Text(frame.after, base, least_said(after), _SIZE, INK, "semibold", "end"))
    return [*shapes, *_arrow(group.movement, frame.after + 5.5, y, colour)]


def _possible(score: Interval | None, frame: _Frame, y: float, ink: Ink) -> list[Shape]:
    if score is None:
        return []
    low, high = (share_at(end, frame.left, frame.track) for end in (score.low, score.high))
    return [Rectangle(low, y, high - low, _SPAN, ink)] if high > low else []


def _circle(x: float, y: float) -> Shape:
    return Circle(x, y, _MARK + 0.5, _BEFORE)


def _diamond(x: float, y: float) -> Shape:
    return diamond(x, y, _MARK, _AFTER)


def _arrow(movement: str, x: float, y: float, colour: str) -> list[Shape]:
    """A triangle up or down, where what is sure moved."""
    if movement not in _COLOURS:
        return []
    way = -1 if movement == "higher" else 1
    points = ((x - 3.2, y - way * 2.6), (x + 3.2, y - way * 2.6), (x, y + way * 3.2))
    return [Polygon(points, Ink(fill=colour))]


def _entries(result: ComparisonResult) -> list[Entry]:
    up, down = (
        movement_said(way, same_structure=result.same_structure) for way in ("higher", "lower")
    )
    half = _SPAN / 2
    return [
        Entry(lambda x, y: [_circle(x + _MARK + 1.5, y)], 11, result.before.name),
        Entry(lambda x, y: [_diamond(x + _MARK + 0.5, y)], 9, result.after.name),
        Entry(
            lambda x, y: [
                Rectangle(x, y - _SPAN - 0.7, 16, _SPAN, _WAS_POSSIBLE),
                Rectangle(x, y + 0.7, 16, _SPAN, _IS_POSSIBLE),
            ],
            16,
            _("may still be proven"),
        ),
        Entry(lambda x, y: _arrow("higher", x + 4, y + half, _COLOURS["higher"]), 8, up),
        Entry(lambda x, y: _arrow("lower", x + 4, y + half, _COLOURS["lower"]), 8, down),
    ]


def _description(result: ComparisonResult) -> str:
    form = (
        _("{title}: {before}, then {after}.")
        if result.same_structure
        else _("{title}: {before} against {after}.")
    )
    return " ".join(
        form.format(
            title=group.title or _("The whole"),
            before=score_said(group.before.score),
            after=score_said(group.after.score),
        )
        for group in (result.overall, *result.workshops, *result.domains)
    )
