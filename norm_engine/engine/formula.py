"""What would repair a requirement: a formula over literals (an atom made true, or false)."""

from collections.abc import Sequence
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE

Literal = tuple[int, bool]
"""An atom's node and the truth it is to have."""


class Formula(NamedTuple):
    """A monotone formula over literals.

    `op` is ``true``, ``false``, ``literal`` (with `literal`), or ``of``: at least `needed` of
    `parts` (all of them, or one, in the commonest cases).
    """

    op: str
    literal: Literal | None = None
    needed: int = 0
    parts: tuple["Formula", ...] = ()


YES = Formula("true")
NO = Formula("false")


def repair_formula(evaluation: Evaluation, requirement: int) -> Formula:
    """What must come to hold for a requirement to be surely met, its prerequisites included.

    Applicability is left as it is: what is surely inapplicable asks nothing, what may apply is to
    be met. Criteria and conditions that are not applicable drop out.
    """
    return _Reader(evaluation, frozenset(), spares=False).requirement(requirement, True)


class OpenFormulas:
    """The repair formulas of one evaluation without what is settled: see `unsettled`.

    What several requirements rest on is read once.
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._reader = _Reader(evaluation, evaluation.program.contested, spares=True)
        # prerequisites first, so that a long chain of them is never a deep recursion
        states = evaluation.proven.states
        for each in evaluation.program.order:
            if states[each.index].met != TRUE:
                self._reader.requirement(each.index, True)

    def of(self, requirement: int) -> Formula:
        """The formula of a requirement, by its index."""
        formula = self._reader.requirement(requirement, True)
        if self._reader.contested:
            return unsettled(formula, self._reader.truths)
        return formula

    def leaning(self, requirement: int) -> Formula:
        """The same with what holds already, where a repair of something else may undo it."""
        return self._reader.requirement(requirement, True)


class _Reader:
    """Reads formulas.

    Args:
        contested: atoms that rules want true in one place and false in another, so that a repair
            of one may undo the other.
        spares: whether to leave out what holds already and rests on no contested atom.
    """

    def __init__(self, evaluation: Evaluation, contested: frozenset[int], *, spares: bool) -> None:
        program = evaluation.program
        self.truths = evaluation.proven.truths
        self.states = evaluation.proven.states
        self.nodes = program.nodes
        self.compiled = program.by_index
        self.contested = contested
        self.spares = spares
        # what holds as a whole needs no reading when no atom in it can be contested
        self.sure = spares and not contested
        self.read_nodes: dict[tuple[int, bool], Formula] = {}
        self.read_requirements: dict[tuple[int, bool], Formula] = {}

    def requirement(self, index: int, wanted: bool) -> Formula:
        """The requirement is met or surely not applicable (or neither)."""
        key = (index, wanted)
        known = self.read_requirements.get(key)
        if known is None:
            known = self.read_requirements[key] = self._requirement(index, wanted)
        return known

    def _requirement(self, index: int, wanted: bool) -> Formula:
        state = self.states[index]
        if state.low is None:
            return YES if wanted else NO
        if self.sure and state.met == (TRUE if wanted else FALSE):
            return YES
        compiled, truths, states = self.compiled[index], self.truths, self.states
        essential = [node for node in compiled.essential if truths[node] != NOT_APPLICABLE]
        if not essential:
            essential = [node for node in compiled.proven if truths[node] != NOT_APPLICABLE]
        gates = compiled.gates
        if wanted and self.sure:
            # of what must hold as a whole, only what does not hold yet is left
            parts = [self.node(node, True) for node in essential if truths[node] != TRUE]
            parts += [self.requirement(gate, True) for gate in gates if states[gate].met != TRUE]
        else:
            parts = [self.node(node, wanted) for node in essential]
            parts += [self.requirement(gate, wanted) for gate in gates]
        return _all(parts) if wanted else _of(1, parts)

    def node(self, index: int, wanted: bool) -> Formula:
        """The condition at a node comes to be true (or false)."""
        key = (index, wanted)
        known = self.read_nodes.get(key)
        if known is None:
            known = self.read_nodes[key] = self._node(index, wanted)
        return known

    def _node(self, index: int, wanted: bool) -> Formula:
        op, number, children = self.nodes[index]
        held = self.truths[index] == (TRUE if wanted else FALSE)
        if held and (self.sure or (op == "atom" and self.spares and index not in self.contested)):
            return YES
        if op == "atom":
            return Formula("literal", (index, wanted))
        if op == "not":
            return self.node(children[0], not wanted)
        if op == "met":
            return self.requirement(number, wanted)
        left = [child for child in children if self.truths[child] != NOT_APPLICABLE]
        needed = len(left)
        if op == "any":
            needed = 1
        elif op == "of":
            needed = min(number, needed)
        if not wanted:
            needed = len(left) - needed + 1
        return _of(needed, [self.node(child, wanted) for child in left])


def _all(parts: Sequence[Formula]) -> Formula:
    """All of `parts`, flattened, each once, with what is certain taken out."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Formula] = []
    for part in parts:
        op, _, needed, inside = part
        if op == "false":
            return NO
        if op == "of" and needed == len(inside):
            flat += inside
        elif op != "true":
            flat.append(part)
    if not flat:
        return YES
    distinct = tuple(dict.fromkeys(flat))
    return distinct[0] if len(distinct) == 1 else Formula("of", None, len(distinct), distinct)


def _of(needed: int, parts: Sequence[Formula]) -> Formula:
    """At least `needed` of `parts`, with what is certain taken out."""
    open_parts = []
    for part in parts:
        if part.op == "true":
            needed -= 1
        elif part.op != "false":
            open_parts.append(part)
    if needed <= 0:
        return YES
    if len(open_parts) < needed:
        return NO
    if len(open_parts) == 1:
        return open_parts[0]
    if needed == len(open_parts):
        return _all(open_parts)
    return Formula("of", None, needed, tuple(open_parts))


def literals(formula: Formula) -> set[Literal]:
    """The literals that a formula speaks of."""
    if formula.literal is not None:
        return {formula.literal}
    found: set[Literal] = set()
    for part in formula.parts:
        found |= literals(part)
    return found


def holds(literal: Literal, truths: Sequence[int]) -> bool:
    """Whether a literal surely holds as things stand."""
    return truths[literal[0]] == (TRUE if literal[1] else FALSE)


def unsettled(formula: Formula, truths: Sequence[int]) -> Formula:
    """The formula without the literals that hold already and that no repair could undo.

    A literal whose atom also stands with the other truth stays: a repair may change it.
    """
    spoken = literals(formula)
    settled = {
        (node, truth)
        for node, truth in spoken
        if (node, not truth) not in spoken and holds((node, truth), truths)
    }
    return _without(formula, settled)


def _without(formula: Formula, settled: set[Literal]) -> Formula:
    if formula.literal is not None:
        return YES if formula.literal in settled else formula
    if formula.op in ("true", "false"):
        return formula
    return _of(formula.needed, [_without(part, settled) for part in formula.parts])
