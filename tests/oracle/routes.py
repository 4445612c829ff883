"""Every route to *ready*, by trying all sets of moves."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, Literal

from tests.oracle.moves import Base, Limits, Moves
from tests.oracle.naive import evaluate
from tests.oracle.values import Doc

MAX_MOVES = 10

Assume = Literal["worst", "best"]


class Routes:
    """Every set of moves that may be chosen, and what it leads to.

    Raises:
        ValueError: when there are too many moves to try all sets.
    """

    def __init__(
        self, base: Base, limits: Limits, forced: Moves = frozenset(), assume: Assume = "worst"
    ) -> None:
        self.base = base
        self.moves = base.moves(limits)
        self.forced = forced
        self.assume = assume
        self._known: dict[Any, Doc] = {}
        if len(self.moves) > MAX_MOVES:
            raise ValueError(f"{len(self.moves)} moves are too many to try them all")

    def closed(self) -> Iterator[Moves]:
        """Generate the sets that hold what they need and what is forced."""
        for picks in product((False, True), repeat=len(self.moves)):
            chosen = frozenset(n for n, taken in zip(self.moves, picks, strict=True) if taken)
            if self.forced <= chosen and all(self.moves[n].needs <= chosen for n in chosen):
                yield chosen

    def result(self, chosen: Moves) -> Doc:
        """The whole evaluation once these moves are done."""
        answers = self.base.answers_after(chosen)
        kinds = self.base.kinds_after(chosen)
        key = (frozenset(answers.items()), kinds)
        if key not in self._known:
            world = self.base.world
            audit = self.base.audit_with(answers, kinds)
            self._known[key] = evaluate(world.ruleset, audit, world.as_of, world.files)
        return self._known[key]

    def is_route(self, chosen: Moves) -> bool:
        """Whether these moves lead to *ready*; at best, whether nothing known stands against."""
        outcome = self.result(chosen)["decision"]["outcome"]
        return bool(outcome == "ready" if self.assume == "worst" else outcome != "not_ready")

    def score(self, chosen: Moves) -> Fraction:
        """The overall readiness that these moves lead to; 0 where there is none."""
        score = self.result(chosen)["overall"]["score"]
        return Fraction(score["low" if self.assume == "worst" else "high"]) if score else Fraction()

    def cost(self, chosen: Moves) -> tuple[Fraction, int]:
        """Likely effort, then the number of moves."""
        return sum((self.moves[n].effort[1] for n in chosen), Fraction()), len(chosen)

    @cached_property
    def minimal(self) -> list[Moves]:
        """The routes that hold no other route, cheapest first."""
        routes: list[Moves] = []
        for chosen in sorted(self.closed(), key=len):
            if not any(known <= chosen for known in routes) and self.is_route(chosen):
                routes.append(chosen)
        return sorted(routes, key=self.cost)

    def within(self, budget: Fraction) -> tuple[Fraction, Fraction, int] | None:
        """The highest score within an effort, the least effort and fewest moves that give it."""
        able = [chosen for chosen in self.closed() if self.cost(chosen)[0] <= budget]
        found = [(-self.score(chosen), *self.cost(chosen)) for chosen in able]
        if not found:
            return None
        score, effort, count = min(found)
        return -score, effort, count
