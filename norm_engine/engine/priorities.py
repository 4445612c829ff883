"""What to do first: the few actions that bring a structure furthest, in the order of work."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from norm_engine.engine.actions import effort, supplied
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Literal
from norm_engine.engine.gaps import Gap
from norm_engine.model.ruleset import Gravity, edges

FIRST = 6
"""Things to do first: few enough to begin with."""

_GRAVITIES: Mapping[Gravity, int] = {"major": 0, "minor": 1, "sensitive": 2}
"""Worst first. A recommendation comes after all of them."""

Worth = tuple[Fraction, Fraction, Fraction, Fraction]
"""What an action is worth for major, minor and sensitive gaps and for recommendations."""


class Priority(NamedTuple):
    """One of the first things to do.

    Attributes:
        closes: the gaps that it repairs together with those before it.
        helps: other gaps whose repair it brings nearer.
        effort: low, likely and high, in person-days.
    """

    action: str
    closes: tuple[str, ...]
    helps: tuple[str, ...]
    effort: tuple[Fraction, Fraction, Fraction]


def first_things(evaluation: Evaluation, gaps: Sequence[Gap], most: int = FIRST) -> list[Priority]:
    """The first things to do, at most `most`, in the order of work.

    Actions are taken one by one. What an action is worth for the gaps of one gravity is the sum
    over them of weight times the share of the gap's easiest remaining repair that it supplies.
    Major gaps decide, then minor ones, then sensitive ones, then recommendations: a structure is
    not ready while a major one is left. At equal worth the lesser effort goes first, then the first
    by name. An action that must come after another one
    not done yet makes room for it. Those taken are put in the order of work of the requirements
    they serve.
    """
    chooser = _Chooser(evaluation, gaps)
    taken: list[str] = []
    while len(taken) < most:
        best = chooser.best(taken)
        if best is None:
            break
        taken.append(best)
    return chooser.described(taken)


class _Chooser:
    def __init__(self, evaluation: Evaluation, gaps: Sequence[Gap]) -> None:
        self.evaluation = evaluation
        self.gaps = [gap for gap in gaps if gap.repairs.sets]
        self.actions = evaluation.program.ruleset.actions
        wanted = {literal for gap in self.gaps for each in gap.repairs.sets for literal in each}
        self.supplies = supplied(evaluation, wanted)
        self.touched = {
            name: [gap for gap in self.gaps if any(each & made for each in gap.repairs.sets)]
            for name, made in self.supplies.items()
        }
        self.done: set[Literal] = set()

    def best(self, taken: Sequence[str]) -> str | None:
        """The action worth most after those taken, or the one that must come before it."""
        worth = {
            name: self._worth(name, made - self.done)
            for name, made in self.supplies.items()
            if name not in taken
        }
        candidates = [name for name, value in worth.items() if any(value)]
        if not candidates:
            return None
        chosen = min(
            candidates,
            key=lambda name: (
                [-each for each in worth[name]],
                effort(self.evaluation, self.actions[name]),
                name,
            ),
        )
        chosen = self._due_first(chosen, taken)
        self.done |= self.supplies.get(chosen, frozenset())
        return chosen

    def _due_first(self, name: str, taken: Sequence[str]) -> str:
        """Walk back to an action that nothing undone must come before."""
        for before in self.actions[name].after:
            if before not in taken and self.supplies.get(before, frozenset()) - self.done:
                return self._due_first(before, taken)
        return name

    def _worth(self, name: str, made: frozenset[Literal]) -> Worth:
        worth = [Fraction(0)] * 4
        for gap in self.touched[name] if made else ():
            share = self._share(gap, made)
            if share:
                worth[_rank(gap)] += gap.requirement.weight * share
        return worth[0], worth[1], worth[2], worth[3]

    def _share(self, gap: Gap, made: frozenset[Literal]) -> Fraction | None:
        """The greatest share of a remaining repair of a gap; none when one is done already."""
        share, of = 0, 1
        for each in gap.repairs.sets:
            remaining = each - self.done
            if not remaining:
                return None
            supplying = len(remaining & made)
            # compared without making fractions: this is looked at thousands of times
            if supplying * of > share * len(remaining):
                share, of = supplying, len(remaining)
        return Fraction(share, of)

    def described(self, taken: Sequence[str]) -> list[Priority]:
        """The actions taken, in the order of work, with what each does."""
        ranks = work_ranks(self.evaluation)
        served = {
            name: [
                gap
                for gap in self.gaps
                if any(each & self.supplies[name] for each in gap.repairs.sets)
            ]
            for name in taken
        }
        order = sorted(
            taken,
            key=lambda name: (
                min((ranks[gap.requirement.id] for gap in served[name]), default=0),
                taken.index(name),
            ),
        )
        order = _prerequisites_first(order, {name: self.actions[name].after for name in order})
        made: set[Literal] = set()
        described = []
        for name in order:
            before = set(made)
            made |= self.supplies[name]
            closes = [
                gap.requirement.id
                for gap in served[name]
                if any(each <= made for each in gap.repairs.sets)
                and not any(each <= before for each in gap.repairs.sets)
            ]
            helps = [
                gap.requirement.id
                for gap in served[name]
                if gap.requirement.id not in closes
                and not any(each <= before for each in gap.repairs.sets)
            ]
            effort_now = effort(self.evaluation, self.actions[name])
            described.append(Priority(name, tuple(closes), tuple(helps), effort_now))
        return described


def _rank(gap: Gap) -> int:
    if gap.requirement.level == "recommendation":
        return len(_GRAVITIES)
    return _GRAVITIES[gap.requirement.gravity]


def _prerequisites_first(names: Sequence[str], after: Mapping[str, Sequence[str]]) -> list[str]:
    ordered: list[str] = []

    def place(name: str) -> None:
        """Put an action behind those that it comes after, unless it stands there already."""
        if name in ordered:
            return
        for before in after[name]:
            if before in after:
                place(before)
        ordered.append(name)

    for name in names:
        place(name)
    return ordered


def work_ranks(evaluation: Evaluation) -> dict[str, int]:
    """How many steps of the order of work come before each requirement (`requires` and `after`)."""
    requirements = {each.id: each for each in evaluation.program.requirements}

    @cache
    def rank(name: str) -> int:
        """The length of the longest chain of requirements before one; 0 when none is."""
        before = {*edges(requirements[name]), *requirements[name].after}
        return 1 + max((rank(each) for each in before), default=-1)

    return {name: rank(name) for name in requirements}
