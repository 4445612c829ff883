"""The chain from a requirement that is not met down to the root causes that hold it back."""

from typing import Literal, NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.repairs import repairs
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE

DEEPEST = 60
"""Requirements that rest on one another shown at most, one below the other."""


class Link(NamedTuple):
    """What does not hold, and what of it is missing.

    Attributes:
        kind: ``requirement``, ``criterion``, ``of`` (at least `needed` of the parts) or ``atom``.
        place: the index of a requirement, of a criterion in the requirement above it, or of a node.
        wanted: the truth that it is to have.
        needed: how many of the parts are enough.
        gate: whether it is a prerequisite of the requirement above it.
        above: whether it stands in the chain already, with its parts.
    """

    kind: Literal["requirement", "criterion", "of", "atom"]
    place: int
    wanted: bool
    needed: int
    parts: tuple["Link", ...] = ()
    gate: bool = False
    above: bool = False


def chain_of(evaluation: Evaluation, requirement: int) -> Link | None:
    """The chain below a requirement, by its index; None when it is met or has nothing to satisfy.

    What holds already is left out, and what no minimal repair of the requirement needs.
    """
    if evaluation.proven.states[requirement].met == TRUE:
        return None
    return _Reader(evaluation, requirement).requirement(requirement, True, 0)


class _Reader:
    def __init__(self, evaluation: Evaluation, requirement: int) -> None:
        program = evaluation.program
        self.nodes = program.nodes
        self.compiled = program.by_index
        self.truths = evaluation.proven.truths
        self.states = evaluation.proven.states
        found = repairs(evaluation, requirement)
        # where the search gave up, what it did not see may be needed too
        self.causes = found.atoms if found.exhausted else None
        self.seen: set[tuple[int, bool]] = set()

    def requirement(self, index: int, wanted: bool, depth: int, gate: bool = False) -> Link:
        """A requirement that is to be met, or (below a `not`) not to be."""
        key = (index, wanted)
        if key in self.seen or depth >= DEEPEST:
            return Link("requirement", index, wanted, 0, gate=gate, above=key in self.seen)
        self.seen.add(key)
        compiled = self.compiled[index]
        parts = []
        for place, node in enumerate(compiled.proven):
            if node in self._needed(index) and not self._settled(node, wanted):
                below = tuple(self.node(node, wanted, depth))
                parts.append(Link("criterion", place, wanted, len(below), below))
        parts += [
            self.requirement(each, wanted, depth + 1, gate=True)
            for each in compiled.gates
            if self.states[each].met != (TRUE if wanted else FALSE)
        ]
        return Link("requirement", index, wanted, len(parts) if wanted else 1, tuple(parts), gate)

    def _needed(self, index: int) -> tuple[int, ...]:
        """The nodes of the criteria that count: the essential ones, where any is left."""
        compiled = self.compiled[index]
        left = [node for node in compiled.essential if self.truths[node] != NOT_APPLICABLE]
        return tuple(left) or compiled.proven

    def _settled(self, node: int, wanted: bool) -> bool:
        return self.truths[node] in (TRUE if wanted else FALSE, NOT_APPLICABLE)

    def node(self, index: int, wanted: bool, depth: int) -> list[Link]:
        """What is missing for the condition at a node to have a truth: all of these."""
        if self._settled(index, wanted):
            return []
        op, number, children = self.nodes[index]
        if op == "atom":
            cause = self.causes is None or (index, wanted) in self.causes
            return [Link("atom", index, wanted, 0)] if cause else []
        if op == "not":
            return self.node(children[0], not wanted, depth)
        if op == "met":
            return [self.requirement(number, wanted, depth + 1)]
        left = [child for child in children if self.truths[child] != NOT_APPLICABLE]
        needed = {"any": 1, "of": min(number, len(left))}.get(op, len(left))
        if not wanted:
            needed = len(left) - needed + 1
        needed -= sum(self._settled(child, wanted) for child in left)
        ways = [self.node(child, wanted, depth) for child in left]
        return self._some(index, needed, [way for way in ways if way])

    def _some(self, index: int, needed: int, ways: list[list[Link]]) -> list[Link]:
        if needed == 1:
            # ways that come down to the same are one
            ways = [way for place, way in enumerate(ways) if way not in ways[:place]]
        if needed >= len(ways):
            return [link for way in ways for link in way]
        parts = [
            way[0] if len(way) == 1 else Link("of", index, True, len(way), tuple(way))
            for way in ways
        ]
        return [Link("of", index, True, needed, tuple(parts))]
