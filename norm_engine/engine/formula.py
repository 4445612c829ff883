"""What would repair a requirement: a formula over literals (an atom made true, or false)."""

from collections.abc import Sequence
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation, Pass
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
    return _Reader(evaluation).met(requirement)


class _Reader:
    def __init__(self, evaluation: Evaluation) -> None:
        program = evaluation.program
        self.run: Pass = evaluation.proven
        self.nodes = program.nodes
        self.requirements = program.requirements
        self.compiled = {each.index: each for each in program.order}

    def met(self, index: int) -> Formula:
        """The requirement is met, or surely not applicable."""
        return self._requirement(index, wanted=True)

    def _requirement(self, index: int, *, wanted: bool) -> Formula:
        state = self.run.states[index]
        if state.low is None:
            return YES if wanted else NO
        compiled = self.compiled[index]
        truths = self.run.truths
        left = [
            position
            for position, node in enumerate(compiled.proven)
            if truths[node] != NOT_APPLICABLE
        ]
        essential = [i for i in left if compiled.shape.essential[i]] or left
        parts = [self.node(compiled.proven[i], wanted=wanted) for i in essential]
        parts += [self._requirement(gate, wanted=wanted) for gate in compiled.gates]
        return _of(len(parts) if wanted else 1, parts)

    def node(self, index: int, *, wanted: bool) -> Formula:
        """The condition at a node comes to be true (or false)."""
        op, number, children = self.nodes[index]
        if op == "atom":
            return Formula("literal", (index, wanted))
        if op == "not":
            return self.node(children[0], wanted=not wanted)
        if op == "met":
            return self._requirement(number, wanted=wanted)
        left = [child for child in children if self.run.truths[child] != NOT_APPLICABLE]
        needed = {"any": 1, "of": min(number, len(left))}.get(op, len(left))
        if not wanted:
            needed = len(left) - needed + 1
        return _of(needed, [self.node(child, wanted=wanted) for child in left])


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
        flat: list[Formula] = []
        for part in open_parts:
            both = part.op == "of" and part.needed == len(part.parts)
            flat.extend(part.parts if both else (part,))
        distinct = tuple(dict.fromkeys(flat))
        return Formula("of", None, len(distinct), distinct)
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
