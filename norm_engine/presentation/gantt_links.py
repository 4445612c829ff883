"""Which critical step waits for which, as dotted lines with a point at the one that waits."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from norm_engine.presentation.palette import INK
from norm_engine.presentation.scene import Ink, Line, Polygon, Shape

_DOTTED = Ink(stroke=INK, width=0.9, dashes=(1.2, 1.8))
"""Unlike the lines of days: the first one is whole, that of the audit in long dashes."""
_POINT = 3.0


def links(
    ends: Mapping[str, tuple[float, float]],
    middles: Mapping[str, float],
    path: Sequence[str],
    half: float,
) -> list[Shape]:
    """Lines from each step of the critical path to the one that waits for it.

    Args:
        ends: where the bars of the steps shown begin and end.
        middles: the height of the middle of each.
        half: half the height of a bar.
    """
    shapes: list[Shape] = []
    for one, other in pairwise(path):
        if one not in middles or other not in middles:
            continue
        sign = 1 if middles[other] > middles[one] else -1
        # under the last point of the first bar that stands over the second one
        x = max(ends[other][0], min(ends[one][1], ends[other][1])) + _POINT / 2
        x = min(x, ends[other][1])
        shapes += link(x, middles[one] + sign * half, middles[other] - sign * half)
    return shapes


def link(x: float, start: float, end: float) -> list[Shape]:
    """A dotted line straight up or down, with a point at its end."""
    sign = 1 if end > start else -1
    back = end - sign * _POINT
    point = ((x - _POINT / 2, back), (x + _POINT / 2, back), (x, end))
    return [Line(((x, start), (x, back)), _DOTTED), Polygon(point, Ink(fill=INK))]
