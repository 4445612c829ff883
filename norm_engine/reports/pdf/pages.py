"""Fills pages with leaves: nothing torn that should hold together, no heading left alone."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from norm_engine.reports.pdf.leaves import Band, Leaf
from norm_engine.reports.pdf.sheet import HEIGHT, Book, Sheet

TOP, BOTTOM = 68.0, 84.0
"""Margins above and below what fills a page, in points."""

ROOM = HEIGHT - TOP - BOTTOM

_HIGHEST_HEAD = ROOM / 3
"""A table's head that is higher is not repeated."""


@dataclass(frozen=True)
class _Placed:
    leaf: Leaf
    top: float
    repeated: bool = False


def fill(
    book: Book, leaves: Iterable[Leaf], started: Callable[[Sheet], float] | None = None
) -> None:
    """Put leaves on new pages of a book, in order.

    Args:
        started: called with the first page; gives the height from which its leaves may stand.
    """
    _Filler(book, leaves, started).run()


class _Filler:
    def __init__(
        self,
        book: Book,
        leaves: Iterable[Leaf],
        started: Callable[[Sheet], float] | None,
    ) -> None:
        self.book = book
        self.pending = deque(leaves)
        self.sheet = book.new_sheet()
        self.y = HEIGHT - TOP if started is None else started(self.sheet)
        self.after = 0.0
        self.placed: list[_Placed] = []
        self.held = 0

    def run(self) -> None:
        """Fill pages until nothing is left."""
        while self.pending:
            self._next()
        self._draw()

    @property
    def _begun(self) -> bool:
        """Whether anything stands on the page but the head of a table that goes on."""
        return any(not each.repeated for each in self.placed)

    def _next(self) -> None:
        leaf = self.pending[0]
        if leaf.setting.fresh and self._begun and not self.held:
            self._turn()
        gap = max(self.after, leaf.setting.before) if self.placed else 0.0
        room = self.y - gap - BOTTOM
        if self.held > 0:
            self.held -= 1
        elif self._wanted() > room and self._begun:
            self._turn()
            return
        if leaf.height <= room + 0.01:
            self._place(leaf, gap)
            self.pending.popleft()
            return
        parts = leaf.split(room)
        if parts:
            self._place(parts[0], gap)
            self.pending[0] = parts[1]
            self._turn()
        elif self._begun:
            self._turn()
        else:
            # nothing is higher than a page but what cannot be split; rather over the edge than lost
            self._place(leaf, gap)
            self.pending.popleft()

    def _wanted(self) -> float:
        """The height of what has to stand together from here on; it is then known to hold.

        Of what no page can hold, it is as much as one can.
        """
        total, self.held = 0.0, 0
        for position, leaf in enumerate(self.pending):
            gap = 0.0
            if position:
                gap = max(leaf.setting.before, self.pending[position - 1].setting.after)
            setting = leaf.setting
            whole = (setting.keep or setting.whole) and total + gap + leaf.height <= ROOM
            more = gap + (leaf.height if whole else leaf.least)
            if position and total + more > ROOM:
                break
            total, self.held = total + more, position
            if not (whole and setting.keep):
                break
        return max(total, self.pending[0].setting.room)

    def _place(self, leaf: Leaf, gap: float) -> None:
        top = self.y - gap
        self.placed.append(_Placed(leaf, top))
        self.y = top - leaf.height
        self.after = leaf.setting.after

    def _turn(self) -> None:
        """Draw the page and start another, with the head of a table that goes on."""
        self._draw()
        self.sheet = self.book.new_sheet()
        self.y, self.after, self.placed, self.held = HEIGHT - TOP, 0.0, [], 0
        head = self.pending[0].setting.head if self.pending else None
        if head is not None and head.height < _HIGHEST_HEAD:
            self.placed.append(_Placed(head, self.y, repeated=True))
            self.y -= head.height

    def _draw(self) -> None:
        for band, top, bottom in _bands(self.placed):
            with self.sheet.artifact():
                self.sheet.rectangle(band.x, bottom, band.width, top - bottom, band.fill)
                if band.bar:
                    self.sheet.rectangle(band.x, bottom, 2.5, top - bottom, band.bar)
        for each in self.placed:
            if each.repeated:
                with self.sheet.repeated():
                    each.leaf.draw(self.sheet, each.top)
            else:
                each.leaf.draw(self.sheet, each.top)


_PADDING = 9.0
"""Room between the edge of a box and what stands in it."""


def _bands(placed: Sequence[_Placed]) -> list[tuple[Band, float, float]]:
    """The boxes of a page: each with its upper and lower edge."""
    found: list[tuple[Band, float, float]] = []
    last: Band | None = None
    for each in placed:
        band = each.leaf.setting.band
        if band is not None:
            bottom = each.top - each.leaf.height - _PADDING
            if band is last:
                found[-1] = (band, found[-1][1], bottom)
            else:
                found.append((band, each.top + _PADDING, bottom))
        last = band
    return found
