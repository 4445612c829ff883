"""Where the cards and lines of a layered graph go: columns by depth, one lane for each group.

A line that passes a column without stopping gets a narrow place of its own in it, so that it runs
between cards and not behind them. The same graph always gives the same layout.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from norm_engine.presentation.graph_links import Link, layers
from norm_engine.presentation.scene import Point


@dataclass(frozen=True)
class Measures:
    """The sizes that a layout keeps to."""

    card_width: float = 212
    card_height: float = 52
    card_gap: float = 12
    column_gap: float = 64
    passage: float = 9
    lane_head: float = 30
    lane_foot: float = 14
    margin: float = 24


class Lane(NamedTuple):
    """The strip of one group."""

    name: str
    top: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Where each card's left top corner is, each line's course, and the strips."""

    cards: Mapping[str, Point]
    courses: Mapping[Link, tuple[Point, ...]]
    lanes: tuple[Lane, ...]
    width: float
    height: float


def laid_out(
    lane_of: Mapping[str, str], lanes: Sequence[str], links: Sequence[Link], sizes: Measures
) -> Layout:
    """Lay out the nodes of `lane_of`, in lanes of the order given, from the left to the right."""
    return _Board(lane_of, lanes, links, sizes).layout()


_SWEEPS = 16
_ROW = 5
_REFINEMENTS = 12
# a place in a column: a card by its name, or where link number n passes
_Place = str | tuple[int, int]


class _Board:
    def __init__(
        self,
        lane_of: Mapping[str, str],
        lanes: Sequence[str],
        links: Sequence[Link],
        sizes: Measures,
    ) -> None:
        self.sizes = sizes
        self.links = links
        self.lanes = [lane for lane in lanes if lane in set(lane_of.values())]
        self.lane_of = lane_of
        linked = {name for link in links for name in (link.before, link.after)}
        self.lonely = [name for name in lane_of if name not in linked]
        self.layer = layers([name for name in lane_of if name in linked], links)
        # cards without links stand in rows: not in one tall pile when the graph is narrow
        deep = max(self.layer.values(), default=0) + 1
        self.columns = max(deep, min(_ROW, len(self.lonely)))
        self.cells: dict[tuple[int, int], list[_Place]] = defaultdict(list)
        self.left: dict[_Place, list[_Place]] = defaultdict(list)
        self.right: dict[_Place, list[_Place]] = defaultdict(list)
        self.ways = [self._way(number, link) for number, link in enumerate(links)]
        for name, column in self.layer.items():
            self.cells[column, self._lane(name)].append(name)
        for way in self.ways:
            for here, there in pairwise(way):
                self.right[here].append(there)
                self.left[there].append(here)
        self.strips = self._strips()
        self.y: dict[_Place, float] = {}

    def _lane(self, name: str) -> int:
        return self.lanes.index(self.lane_of[name])

    def _way(self, number: int, link: Link) -> list[_Place]:
        """The places that a link goes through, from card to card."""
        start, end = self.layer[link.before], self.layer[link.after]
        first, last = self._lane(link.before), self._lane(link.after)
        way: list[_Place] = [link.before]
        for column in range(start + 1, end):
            lane = first + round((last - first) * (column - start) / (end - start))
            self.cells[column, lane].append((number, column))
            way.append((number, column))
        return [*way, link.after]

    def _room(self, place: _Place) -> float:
        if isinstance(place, str):
            return self.sizes.card_height + self.sizes.card_gap
        return self.sizes.passage

    def _strips(self) -> list[Lane]:
        """The lanes, each as high as its fullest column and its cards without links need."""
        strips: list[Lane] = []
        top = self.sizes.margin
        for index, name in enumerate(self.lanes):
            inner = max(
                (sum(map(self._room, self.cells[c, index])) for c in range(self.columns)),
                default=0,
            )
            alone = sum(self.lane_of[each] == name for each in self.lonely)
            rows = -(-alone // self.columns) * (self.sizes.card_height + self.sizes.card_gap)
            height = self.sizes.lane_head + inner + rows + self.sizes.lane_foot
            strips.append(Lane(name, top, height))
            top += height + self.sizes.margin / 2
        return strips

    def layout(self) -> Layout:
        """Order and place everything."""
        self._order()
        for step in range(_REFINEMENTS):
            # the order is settled: lines are now straightened
            self._sweep(self.left if step % 2 else self.right, bool(step % 2), ordered=True)
        for column in range(self.columns):
            self._settle(column)
        cards = {name: self._corner(name) for name in self.layer} | self._lonely_cards()
        bottom = self.strips[-1].top + self.strips[-1].height if self.strips else 0
        return Layout(
            cards,
            {link: self._course(number) for number, link in enumerate(self.links)},
            tuple(self.strips),
            self._x(self.columns) - self.sizes.column_gap + self.sizes.margin * 2,
            bottom + self.sizes.margin,
        )

    def _order(self) -> None:
        """Move each place near its neighbours, to and fro; keep the order with least crossings."""
        for cell, places in self.cells.items():
            places.sort(key=str)
            self._put(cell, [0.0] * len(places))
        best, fewest = dict(self.cells), -1
        for step in range(_SWEEPS):
            self._sweep(self.right if step % 2 else self.left, not step % 2, ordered=False)
            crossings = self._crossings()
            if fewest < 0 or crossings < fewest:
                best, fewest = {cell: list(held) for cell, held in self.cells.items()}, crossings
        self.cells = defaultdict(list, best)

    def _sweep(
        self, beside: Mapping[_Place, list[_Place]], rightwards: bool, *, ordered: bool
    ) -> None:
        columns = range(self.columns)
        for column in columns if rightwards else reversed(columns):
            for lane in range(len(self.lanes)):
                places = self.cells.get((column, lane), [])
                wished = {each: self._middle(each, beside) for each in places}
                if not ordered:
                    places.sort(key=lambda each: (wished[each], str(each)))
                self._put((column, lane), [wished[each] for each in places])

    def _settle(self, column: int) -> None:
        for lane in range(len(self.lanes)):
            places = self.cells.get((column, lane), [])
            wished = [
                (self._middle(each, self.left) + self._middle(each, self.right)) / 2
                for each in places
            ]
            self._put((column, lane), wished)

    def _middle(self, place: _Place, beside: Mapping[_Place, list[_Place]]) -> float:
        heights = [self.y[each] for each in beside.get(place, ())]
        return sum(heights) / len(heights) if heights else self.y[place]

    def _put(self, cell: tuple[int, int], wished: Sequence[float]) -> None:
        """Put the places of a cell as near to their wishes as their order and lane allow."""
        places = self.cells[cell]
        strip = self.strips[cell[1]]
        top = strip.top + self.sizes.lane_head
        bottom = strip.top + strip.height - self.sizes.lane_foot
        rows = sum(self.lane_of[each] == strip.name for each in self.lonely)
        if rows:
            bottom -= -(-rows // self.columns) * (self.sizes.card_height + self.sizes.card_gap)
        rooms = [self._room(each) for each in places]
        for place, y in zip(places, spread(wished, rooms, top, bottom), strict=True):
            self.y[place] = y

    def _crossings(self) -> int:
        """How many pairs of lines cross between neighbouring columns."""
        spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for way in self.ways:
            start = self.layer[str(way[0])]
            for step, (here, there) in enumerate(pairwise(way)):
                spans[start + step].append((self.y[here], self.y[there]))
        return sum(map(_inversions, spans.values()))

    def _x(self, column: int) -> float:
        return self.sizes.margin * 2 + column * (self.sizes.card_width + self.sizes.column_gap)

    def _corner(self, name: str) -> Point:
        return self._x(self.layer[name]), self.y[name] - self.sizes.card_height / 2

    def _lonely_cards(self) -> dict[str, Point]:
        cards: dict[str, Point] = {}
        step = self.sizes.card_height + self.sizes.card_gap
        for strip in self.strips:
            alone = [name for name in self.lonely if self.lane_of[name] == strip.name]
            rows = -(-len(alone) // self.columns)
            top = strip.top + strip.height - self.sizes.lane_foot - rows * step
            for number, name in enumerate(alone):
                row, column = divmod(number, self.columns)
                cards[name] = (self._x(column), top + row * step + self.sizes.card_gap / 2)
        return cards

    def _course(self, number: int) -> tuple[Point, ...]:
        """The points of a smooth line from card to card, level where it passes a column."""
        way = self.ways[number]
        width = self.sizes.card_width
        column = self.layer[str(way[0])]
        x, y = self._x(column) + width, self.y[way[0]] + self._port(way[0], way[1], self.right)
        points: list[Point] = [(x, y)]
        for here, place in pairwise(way):
            column += 1
            last = place == way[-1]
            to_x = self._x(column)
            to_y = self.y[place] + (self._port(place, here, self.left) if last else 0)
            middle = (x + to_x) / 2
            points += [(middle, y), (middle, to_y), (to_x, to_y)]
            x, y = to_x, to_y
            if not last:
                points += [(x + width / 3, y), (x + width * 2 / 3, y), (x + width, y)]
                x += width
        return tuple(points)

    def _port(self, place: _Place, other: _Place, beside: Mapping[_Place, list[_Place]]) -> float:
        """How far from a card's middle the line to `other` meets it, so that lines stay apart."""
        others = sorted(beside[place], key=lambda each: (self.y[each], str(each)))
        step = min(7.0, (self.sizes.card_height - 14) / len(others))
        return (others.index(other) - (len(others) - 1) / 2) * step


def spread(
    wished: Sequence[float], rooms: Sequence[float], top: float, bottom: float
) -> list[float]:
    """Middles nearest to those wished, in order, without overlap, between `top` and `bottom`.

    Neighbours that wish for the same room share it: the least squares solution.
    """
    offsets: list[float] = []
    used = 0.0
    for room in rooms:
        offsets.append(used + room / 2)
        used += room
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        total, count = wish - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before, number = blocks.pop()
            total, count = total + before, count + number
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _each in range(count)]
    latest = max(top, bottom - used)
    return [
        min(max(start, top), latest) + offset for start, offset in zip(starts, offsets, strict=True)
    ]


def _inversions(spans: list[tuple[float, float]]) -> int:
    ends: list[float] = []
    found = 0
    for _start, end in sorted(spans):
        found += len(ends) - bisect_left(ends, end + 1e-9)
        insort(ends, end)
    return found
