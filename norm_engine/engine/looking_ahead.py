"""What one more answer would change, worked out from what rests on it alone.

The result is the one that `evaluate` gives for the facts after the answer (a property test holds
the two together); looking a thousand answers ahead this way takes a fraction of a second.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from norm_engine.engine.evaluation import Evaluation, applies_truth, new_state
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import CompiledRequirement
from norm_engine.engine.state import State
from norm_engine.engine.truth import TRUE


class Reach(NamedTuple):
    """What rests on some atoms.

    Attributes:
        atoms: their nodes.
        compounds: the nodes made of them that rest on no other requirement, inner ones first.
        places: the requirements whose state may change, as places in the order of the program.
    """

    atoms: tuple[int, ...]
    compounds: tuple[int, ...]
    places: tuple[int, ...]


class Lookahead:
    """Looks ahead from one evaluation, in its proven pass."""

    def __init__(self, evaluation: Evaluation) -> None:
        program = evaluation.program
        self.evaluation = evaluation
        self.program = program
        self.steps = dict(program.compound_steps)
        self.tests = dict(program.atom_steps)
        self.node_of_atom = {program.nodes[node].number: node for node, _ in program.atom_steps}
        self.parents: list[list[int]] = [[] for _ in program.nodes]
        self.met_nodes: dict[int, int] = {}
        for index, (op, number, children) in enumerate(program.nodes):
            if op == "met":
                self.met_nodes[number] = index
            for child in children:
                self.parents[child].append(index)
        self.readers: dict[int, list[int]] = {}
        self.gated: dict[int, list[int]] = {}
        for place, each in enumerate(program.order):
            for node in {*each.proven, each.applies}:
                self.readers.setdefault(node, []).append(place)
            for gate in each.gates:
                self.gated.setdefault(gate, []).append(place)

    def reach(self, atoms: Sequence[int]) -> Reach:
        """What rests on these atoms (indices)."""
        start = tuple(sorted(self.node_of_atom[atom] for atom in atoms))
        nodes, places, pending = set(start), set[int](), list(start)
        while pending:
            node = pending.pop()
            above = list(self.parents[node])
            for place in self.readers.get(node, ()):
                above += self._reached(place, places)
            for parent in above:
                if parent not in nodes:
                    nodes.add(parent)
                    pending.append(parent)
        compounds = sorted(node for node in nodes if node in self.steps)
        return Reach(start, tuple(compounds), tuple(sorted(places)))

    def _reached(self, place: int, places: set[int]) -> list[int]:
        """Note that a requirement is reached, and those it gates; nodes that rest on them."""
        nodes: list[int] = []
        pending = [place]
        while pending:
            each = pending.pop()
            if each in places:
                continue
            places.add(each)
            index = self.program.order[each].index
            pending += self.gated.get(index, ())
            if index in self.met_nodes:
                nodes.append(self.met_nodes[index])
        return nodes

    def states_after(self, facts: Facts, reach: Reach) -> dict[int, State]:
        """The states that change, by requirement, when the facts become these.

        Args:
            reach: what rests on the atoms whose truth the new facts may change.
        """
        before = self.evaluation.proven
        truths = list(before.truths)
        for node in reach.atoms:
            truths[node] = self.tests[node](facts)
        for node in reach.compounds:
            truths[node] = self.steps[node](truths)
        changed: dict[int, State] = {}
        for place in reach.places:
            each = self.program.order[place]
            state = self._state(each, truths, facts, changed)
            if state != before.states[each.index]:
                changed[each.index] = state
        return changed

    def _state(
        self, each: CompiledRequirement, truths: list[int], facts: Facts, changed: dict[int, State]
    ) -> State:
        states = self.evaluation.proven.states
        nodes, steps = self.program.nodes, self.program.dynamic_steps
        for node in each.dynamic:
            number = nodes[node].number
            step = steps.get(node)
            truths[node] = changed.get(number, states[number]).met if step is None else step(truths)
        gate = min([changed.get(gate, states[gate]).met for gate in each.gates], default=TRUE)
        applies = applies_truth(each, truths, facts)
        read: Any = each.read_proven(truths)
        state: State | None = each.known.get((read, applies, gate))
        if state is None:
            state = new_state(self.program, each, read, applies, gate)
        return state
