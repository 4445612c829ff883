"""Other routes in few words: by what sets each apart from the plan, or from another before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from norm_engine.language import _
from norm_engine.model.plan_results import AlternativeRoute
from norm_engine.presentation.plan_words import effort_said, work_said

_FEWER = 2
"""How many names fewer it must take for a route to be told by another one than the plan."""


@dataclass(frozen=True)
class Told:
    """What a route does besides and what it spares: than the plan, or than the route `like`.

    Attributes:
        number: its place among the other routes, from 1 on.
        like: the number of the route that it is told by; None for the plan.
    """

    number: int
    route: AlternativeRoute
    like: int | None
    adds: tuple[str, ...]
    spares: tuple[str, ...]

    @property
    def heading(self) -> str:
        """What it costs, and which route it is told by."""
        said = f"{effort_said(self.route.effort)}, {_difference(self.route)}"
        if self.like is None:
            return said
        return _("{route}; like route {n}, but").format(route=said, n=self.like)


def told(routes: Sequence[AlternativeRoute]) -> list[Told]:
    """Routes, each by as few names as may be."""
    return [_told(number, route, routes[: number - 1]) for number, route in enumerate(routes, 1)]


def _told(number: int, route: AlternativeRoute, before: Sequence[AlternativeRoute]) -> Told:
    best = Told(number, route, None, route.adds, route.spares)
    for like, other in enumerate(before, 1):
        adds = _without(route.adds, other.adds) + _without(other.spares, route.spares)
        spares = _without(other.adds, route.adds) + _without(route.spares, other.spares)
        if len(adds) + len(spares) + _FEWER <= len(best.adds) + len(best.spares):
            best = Told(number, route, like, adds, spares)
    return best


def _without(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in others)


def _difference(route: AlternativeRoute) -> str:
    more = Fraction(route.difference)
    if not more:
        return _("as much")
    return _("{days} more").format(days=work_said(more))
