"""Few things whose repair closes most gaps together: searched through, not guessed.

A combination closes a gap when the requirement would surely be met once its literals hold and all
else stays: one of the gap's minimal repairs stands in it, and it undoes nothing that this repair
leans on. Only requirements are counted: recommendations never make up for them. The search is a
branch and bound (A. H. Land and A. G. Doig, Econometrica 28, 1960) over sets as bit masks.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Literal, OpenFormulas
from norm_engine.engine.gaps import Gap
from norm_engine.engine.repairs import Repair, small_repairs

LARGEST = 3
"""Things that a combination holds at most."""

SHOWN = 5
"""Combinations reported where several close as many gaps."""

MAX_TIES = 1_000
"""Combinations counted that close as many gaps; beyond, there are more than these."""

MAX_STEPS = 150_000
"""Steps of the search for combinations of one size, after which it says that it stopped."""

# shares of gaps are counted in sixths, so that halves and thirds are whole numbers
_SIXTHS = 6


class Combination(NamedTuple):
    """Literals that together close these gaps, worst first, with the weight of these."""

    literals: tuple[Literal, ...]
    closes: tuple[str, ...]
    weight: int


class Best(NamedTuple):
    """The combinations of one size that close most gaps.

    Attributes:
        size: the number of literals.
        closed: the number of gaps that each of them closes.
        shown: at most `SHOWN`, those that close the greatest weight first.
        ties: how many there are, counted up to `MAX_TIES`.
        more: whether there are more than were counted.
    """

    size: int
    closed: int
    shown: tuple[Combination, ...]
    ties: int
    more: bool


class Combinations(NamedTuple):
    """What few things close most gaps.

    Attributes:
        best: by size, from one thing on; a size is left out where a smaller one does as well.
        exact: whether the search ended by itself and saw every small repair of every gap.
    """

    best: tuple[Best, ...]
    exact: bool


def best_combinations(evaluation: Evaluation, found: Sequence[Gap]) -> Combinations:
    """The sets of one, two and three literals that close most of the gaps of requirements.

    Args:
        found: the gaps of this evaluation, worst first (`norm_engine.engine.gaps`).
    """
    counted = [gap for gap in found if gap.requirement.level == "requirement"]
    formulas = OpenFormulas(evaluation)
    index = evaluation.program.requirement_index
    small = [
        small_repairs(evaluation, index[gap.requirement.id], formulas, LARGEST) for gap in counted
    ]
    exact = all(each.exhausted for each in small)
    field = _Field(counted, [each.ways for each in small])
    best = []
    floor = 0
    for size in range(1, LARGEST + 1):
        search = _Search(field, size, floor)
        search.run()
        exact = exact and not search.stopped
        if search.kept:
            best.append(search.result())
            floor = search.best
    return Combinations(tuple(best), exact)


_Ways = Sequence[tuple[Repair, Repair]]


class _Field:
    """The literals worth choosing, and the gaps that they close, as bit masks.

    A gap's share falls to each literal of a way: a half for each of two. So a combination never
    closes more gaps than the shares of its literals add up to.
    """

    def __init__(self, counted: Sequence[Gap], ways: Sequence[_Ways]) -> None:
        self.ids = [gap.requirement.id for gap in counted]
        self.weights = [gap.requirement.weight for gap in counted]
        shares: dict[Literal, dict[int, int]] = {}
        for gap, each in enumerate(ways):
            for changes, _ in each:
                for literal in changes:
                    share = shares.setdefault(literal, {})
                    share[gap] = max(share.get(gap, 0), _SIXTHS // len(changes))
        weights = self.weights
        ranked = sorted(
            (-sum(share.values()), -sum(s * weights[gap] for gap, s in share.items()), literal)
            for literal, share in shares.items()
        )
        self.literals = [literal for _, _, literal in ranked]
        self.shares = [-share for share, _, _ in ranked]
        self.weighed = [-weighed for _, weighed, _ in ranked]
        self.heaviest = self._heaviest()
        self.place = {literal: i for i, literal in enumerate(self.literals)}
        self.contrary = [self.place.get((node, not truth)) for node, truth in self.literals]
        self.closing: dict[tuple[int, ...], int] = {}
        self.leaning: list[tuple[int, frozenset[int], frozenset[int]]] = []
        for gap, each in enumerate(ways):
            for changes, kept in each:
                self._add(gap, changes, kept)

    def _heaviest(self) -> list[int]:
        """The greatest weighed share from each literal on."""
        found: list[int] = []
        for weighed in reversed(self.weighed):
            found.append(max(weighed, found[-1] if found else 0))
        return found[::-1]

    def _add(self, gap: int, changes: Repair, kept: Repair) -> None:
        chosen = tuple(sorted([self.place[literal] for literal in changes]))
        undone = [self.place.get((node, not truth)) for node, truth in kept]
        undoing = frozenset([each for each in undone if each is not None])
        if undoing:
            self.leaning.append((gap, frozenset(chosen), undoing))
        else:
            self.closing[chosen] = self.closing.get(chosen, 0) | 1 << gap

    def closed(self, chosen: tuple[int, ...]) -> int:
        """The mask of the gaps that a combination closes."""
        closing = self.closing
        mask = 0
        for each in _parts(chosen):
            mask |= closing.get(each, 0)
        if self.leaning:
            held = frozenset(chosen)
            for gap, changes, undoing in self.leaning:
                if changes <= held and not undoing & held:
                    mask |= 1 << gap
        return mask

    def members(self, mask: int) -> Iterator[int]:
        """The gaps of a mask, worst first."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest


def _parts(chosen: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The non-empty subsets of at most three places in order."""
    if len(chosen) == 1:
        return (chosen,)
    if len(chosen) == 2:
        return ((chosen[0],), (chosen[1],), chosen)
    a, b, c = chosen
    return ((a,), (b,), (c,), (a, b), (a, c), (b, c), chosen)


class _Search:
    """The best combinations of one size that close more than `floor` gaps."""

    def __init__(self, field: _Field, size: int, floor: int) -> None:
        self.field = field
        self.size = size
        self.best = floor + 1
        self.ties = 0
        self.steps = 0
        self.kept: list[tuple[int, tuple[int, ...], int]] = []

    @property
    def stopped(self) -> bool:
        """Whether the search was given up."""
        return self.steps > MAX_STEPS

    def run(self) -> None:
        """Search through all combinations that can be as good as the best so far."""
        self._grow((), 0, 0, 0)

    def result(self) -> Best:
        """What was found."""
        field = self.field
        shown = tuple(
            Combination(
                tuple([field.literals[i] for i in chosen]),
                tuple([field.ids[gap] for gap in field.members(mask)]),
                -weight,
            )
            for weight, chosen, mask in self.kept
        )
        more = self.ties > MAX_TIES or self.stopped
        return Best(self.size, self.best, shown, min(self.ties, MAX_TIES), more)

    def _grow(self, chosen: tuple[int, ...], start: int, share: int, weighed: int) -> None:
        """Extend a combination by places from `start` on; their shares only go down."""
        field, left = self.field, self.size - len(chosen)
        shares = field.shares
        for place in range(start, len(shares) - left + 1):
            # those that follow have no greater share than this one
            if share + left * shares[place] < self.best * _SIXTHS:
                return
            if self._settled(share + left * shares[place], weighed + left * field.heaviest[place]):
                return
            self.steps += 1
            if self.stopped:
                return
            if field.contrary[place] in chosen:
                continue
            grown = (*chosen, place)
            if left == 1:
                self._offer(grown)
            else:
                self._grow(grown, place + 1, share + shares[place], weighed + field.weighed[place])

    def _settled(self, share: int, weighed: int) -> bool:
        """Whether nothing that is left can change what is reported, ties being counted enough."""
        return (
            self.ties > MAX_TIES
            and share < (self.best + 1) * _SIXTHS
            and weighed <= -self.kept[-1][0] * _SIXTHS
        )

    def _offer(self, chosen: tuple[int, ...]) -> None:
        mask = self.field.closed(chosen)
        number = mask.bit_count()
        if number < self.best:
            return
        if number > self.best:
            self.best, self.ties = number, 0
            self.kept = []
        self.ties += 1
        weight = sum([self.field.weights[gap] for gap in self.field.members(mask)])
        self.kept.append((-weight, chosen, mask))
        # at equal weight, what was found first stays first
        self.kept.sort(key=lambda each: each[0])
        del self.kept[SHOWN:]
