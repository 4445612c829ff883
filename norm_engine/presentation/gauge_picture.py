"""The interval of one score as a bar: what is proven, what may still be, what is declared."""

from dataclasses import replace
from fractions import Fraction

from norm_engine.language import _
from norm_engine.model.results import Interval
from norm_engine.presentation.palette import ACCENT, INK, PAPER, POSSIBLE, QUIET, RAISED
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.scene import Ink, Line, Rectangle, Scene, Shape

EDGE = 0.6
_TICK = 1.2


def gauge(
    score: Interval | None,
    declared: Interval | None,
    *,
    title: str,
    width: float = 120,
    height: float = 9,
) -> Scene:
    """A bar from 0 to 100 %: sure, then possible, then out of reach; a tick where declared.

    Args:
        score: the proven score; None when nothing applies.
        declared: the score on declarations alone; the tick stands at its low end.
        title: what the score is of.
        width: in points, as `height`.
    """
    above = height * 2 / 9
    shapes = interval_bar(score, 0, above, width, height - above * 2)
    if score is not None and declared is not None:
        shapes += _tick(share_at(declared.low, 0, width), width, height)
    return Scene(width, height, tuple(shapes), title, gauge_said(score, declared))


def interval_bar(
    score: Interval | None, x: float, y: float, width: float, height: float
) -> list[Shape]:
    """The bar of a score, whose ends stand at its shares of `width`; an empty outline for None."""
    if score is None:
        # the outline is drawn inside, so that the bar takes no more room than another
        outline = Ink(stroke=QUIET, width=EDGE, dashes=(2, 2))
        return [_inside(x, y, width, height, outline)]
    low, high = share_at(score.low, x, width), share_at(score.high, x, width)
    shapes: list[Shape] = [Rectangle(x, y, width, height, Ink(fill=RAISED))]
    if high > low:
        possible = Ink(fill=POSSIBLE, stroke=ACCENT, width=EDGE)
        shapes.append(_inside(low, y, high - low, height, possible))
    if low > x:
        shapes.append(Rectangle(x, y, low - x, height, Ink(fill=ACCENT)))
    return shapes


def share_at(share: str, x: float, width: float) -> float:
    """Where an exact share, as results carry it, stands on a track."""
    return x + width * float(Fraction(share))


def gauge_said(score: Interval | None, declared: Interval | None) -> str:
    """What a bar shows, in words: ``prouvé 47 à 82 %, déclaré 90 %``."""
    if score is None:
        return _("nothing applies here")
    proven = score_said(score)
    if declared is None:
        return _("proven {proven}").format(proven=proven)
    return _("proven {proven}, declared {declared}").format(
        proven=proven, declared=score_said(declared)
    )


def _inside(x: float, y: float, width: float, height: float, ink: Ink) -> Shape:
    """A rectangle whose outline does not reach over its edges."""
    edge = min(ink.width, width / 2)
    inset = edge / 2
    return Rectangle(x + inset, y + inset, width - edge, height - edge, replace(ink, width=edge))


def _tick(x: float, width: float, height: float) -> list[Shape]:
    # at the ends of the bar the tick still stands inside
    casing = _TICK + 1.2
    x = min(max(x, casing / 2), width - casing / 2)
    course = ((x, 0.0), (x, height))
    return [
        Line(course, Ink(stroke=PAPER, width=casing)),
        Line(course, Ink(stroke=INK, width=_TICK)),
    ]
