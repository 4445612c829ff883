"""Truths of conditions and requirements as they depend on the moves chosen.

The same compiled rule set as the evaluation runs (`engine.program`) is read, and the same two
questions are asked of every condition: is it surely true, is it possibly true. What is « sans
objet » stays so (`engine.actions.facts_after`), so that what drops out is known beforehand.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

from norm_engine.engine.actions import PLENTY, written
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import CompiledRequirement, Program
from norm_engine.engine.truth import NOT_APPLICABLE, TRUE, UNKNOWN
from norm_engine.model.ruleset import Action
from norm_engine.planning.answers_chosen import Indicators, Write, final_answers
from norm_engine.planning.circuit import (
    ALWAYS,
    HIGH,
    NEVER,
    Expression,
    Linear,
    constant,
    negated,
    total,
)

Level = Literal[1, 2]
SURELY: Final[Level] = TRUE
"""At least true: no unknown can change it."""
POSSIBLY: Final[Level] = UNKNOWN
"""At least unknown: some completion of the unknowns makes it true."""


class Choice(NamedTuple):
    """Something that may be chosen: its variable, and the action that it is."""

    chosen: Expression
    action: Action


class Truths:
    """The truths of one evaluation's rule set under choices, in order of work.

    Args:
        relaxed: by requirement index, a variable that is 1 where the requirement is taken as
            satisfied by other means.
        given: by question index, other answers that may be found before any move, each with its
            indicator.
    """

    def __init__(
        self,
        linear: Linear,
        evaluation: Evaluation,
        choices: Sequence[Choice],
        relaxed: Mapping[int, Expression],
        given: Mapping[int, Sequence[tuple[Any, Expression]]],
    ) -> None:
        self.linear = linear
        self.program = evaluation.program
        self.facts = evaluation.facts
        # copied once: answers are put in and taken out again thousands of times
        self._trial = list(self.facts.answers)
        self._tried = Facts(self._trial, self.facts.evidence, self.facts.as_of)
        self.base = evaluation.proven.truths
        self.choices = choices
        self.relaxed = relaxed
        self.given = given
        self._comparing = _comparing(self.program)
        self._writes = self._written()
        self._records = self._recorded()
        self._answers: dict[int, Indicators] = {}
        self._atoms: dict[tuple[int, Level], Expression] = {}
        self._nodes: dict[tuple[int, Level, int], Expression] = {}
        self._met: dict[tuple[int, Level, int], Expression] = {}

    def _written(self) -> dict[int, list[Write]]:
        found: dict[int, list[Write]] = {}
        for choice in self.choices:
            for index, fact in written(self.program, self.facts, choice.action).items():
                found.setdefault(index, []).append(Write(choice.chosen, fact))
        return found

    def _recorded(self) -> dict[int, list[Expression]]:
        found: dict[int, list[Expression]] = {}
        for choice in self.choices:
            for kind in choice.action.records:
                found.setdefault(self.program.kind_index[kind], []).append(choice.chosen)
        return found

    # -- atoms

    def _atom(self, node: int, level: Level, side: int) -> Expression:
        atom = self.program.atoms[self.program.nodes[node].number]
        if atom.form == "evidence":
            kind = self.program.kind_index[atom.subjects[0]]
            if self.base[node] >= level:
                return ALWAYS
            # recording gives as many pieces as any condition asks
            recorded = self._records.get(kind, []) if atom.value <= PLENTY else []
            return self.linear.any_of(recorded, side)
        key = (node, level)
        if key not in self._atoms:
            self._atoms[key] = self._compared(node, level)
        return self._atoms[key]

    def _compared(self, node: int, level: Level) -> Expression:
        number = self.program.nodes[node].number
        atom = self.program.atoms[number]
        asked = [self.program.question_index[name] for name in dict.fromkeys(atom.subjects)]
        moving = [index for index in asked if index in self._writes or index in self.given]
        if not moving:
            return constant(self.base[node] >= level)
        first = self._answer(moving[0])
        second = self._answer(moving[1]) if len(moving) > 1 else {None: ALWAYS}
        held = []
        for one, one_shown in first.items():
            for other, other_shown in second.items():
                put = dict(zip(moving, (one, other), strict=False))
                if self._tested(put, (number,))[0] >= level:
                    held.append((one_shown, other_shown))
        if len(moving) == 1:
            return total((1, shown) for shown, _ in held)
        return total((1, self.linear.both(*pair)) for pair in held)

    def _tested(self, put: Mapping[int, Any], numbers: Iterable[int]) -> tuple[int, ...]:
        """The truths of comparisons with other answers put in for a moment."""
        for index, value in put.items():
            self._trial[index] = value
        found = tuple([self.program.tests[number](self._tried) for number in numbers])
        for index in put:
            self._trial[index] = self.facts.answers[index]
        return found

    def _answer(self, index: int) -> Indicators:
        if index not in self._answers:
            given = self.given.get(index, ())
            as_is = negated(total((1, shown) for _, shown in given))
            starts = [(self.facts.answers[index], as_is), *given]
            writes = self._writes.get(index, [])
            self._answers[index] = final_answers(self.linear, starts, writes, self._alike(index))
        return self._answers[index]

    def _alike(self, index: int) -> Any:
        """What tells values of an answer apart: the truths of the comparisons it alone stands in.

        Where it is compared with another answer, or choices are added to, every value counts.
        """
        numbers = self._comparing.get(index, ())
        alone = all(len(set(self.program.atoms[number].subjects)) == 1 for number in numbers)
        writes = self._writes.get(index, [])
        if not alone or any(isinstance(write.fact, frozenset) for write in writes):
            return lambda value: value
        return lambda value: self._tested({index: value}, numbers)

    # -- conditions

    def node(self, index: int, level: Level, side: int) -> Expression:
        """Whether the condition at a node is at least so true; never called where it drops out."""
        key = (index, level, side)
        if key not in self._nodes:
            self._nodes[key] = self._node(index, level, side)
        return self._nodes[key]

    def _node(self, index: int, level: Level, side: int) -> Expression:
        op, number, children = self.program.nodes[index]
        if op == "atom":
            return self._atom(index, level, side)
        if op == "met":
            return self.met(number, level, side)
        if op == "not":
            contrary = POSSIBLY if level == SURELY else SURELY
            return negated(self.node(children[0], contrary, -side))
        left = [child for child in children if self.base[child] != NOT_APPLICABLE]
        parts = [self.node(child, level, side) for child in left]
        if op == "any":
            return self.linear.any_of(parts, side)
        if op == "of":
            return self.linear.at_least_of(min(number, len(left)), parts, side)
        return self.linear.all_of(parts, side)

    # -- requirements

    def left(self, each: CompiledRequirement) -> list[int]:
        """The places of the criteria of a requirement that do not drop out."""
        return [i for i, node in enumerate(each.proven) if self.base[node] != NOT_APPLICABLE]

    def applies(self, index: int, level: Level, side: int) -> Expression:
        """Whether a requirement surely, or possibly, applies and has something to satisfy."""
        each = self.program.by_index[index]
        if not self.left(each):
            return NEVER
        if each.period is not None and not each.period[0] <= self.facts.as_of <= each.period[1]:
            return NEVER
        if each.applies < 0:
            return ALWAYS
        if self.base[each.applies] == NOT_APPLICABLE:
            return NEVER
        return self.node(each.applies, level, side)

    def satisfied(self, index: int, level: Level, side: int) -> Expression:
        """Whether all essential criteria hold (all of those left where none of them is)."""
        each = self.program.by_index[index]
        left = self.left(each)
        essential = [i for i in left if each.shape.essential[i]] or left
        parts = [self.node(each.proven[i], level, side) for i in essential]
        held = self.linear.all_of(parts, side)
        if index in self.relaxed:
            return self.linear.any_of([held, self.relaxed[index]], side)
        return held

    def gates(self, index: int, level: Level, side: int) -> Expression:
        """Whether every prerequisite is met or has nothing to satisfy."""
        gates = self.program.by_index[index].gates
        return self.linear.all_of([self.met(gate, level, side) for gate in gates], side)

    def met(self, index: int, level: Level, side: int) -> Expression:
        """Whether a requirement is met, or has nothing to satisfy."""
        key = (index, level, side)
        if key not in self._met:
            contrary = POSSIBLY if level == SURELY else SURELY
            applies = self.applies(index, contrary, -side)
            held: Expression = ALWAYS
            if applies != NEVER:
                held = self.linear.all_of(
                    [self.satisfied(index, level, side), self.gates(index, level, side)], side
                )
            self._met[key] = self.linear.any_of([negated(applies), held], side)
        return self._met[key]

    def read_in_order(self, level: Level) -> None:
        """Read prerequisites first, so that a long chain of them is never a deep recursion."""
        for each in self.program.order:
            self.met(each.index, level, HIGH)

    def credit_parts(self, index: int, level: Level) -> Iterable[tuple[float, Expression]]:
        """A requirement's own credit as a weighted sum of the truths of its criteria."""
        each = self.program.by_index[index]
        left = self.left(each)
        whole = sum(each.shape.weights[i] for i in left)
        for i in left:
            yield each.shape.weights[i] / whole, self.node(each.proven[i], level, HIGH)


def _comparing(program: Program) -> Mapping[int, Sequence[int]]:
    """The comparisons, by their numbers, that each answer stands in, by the question's index."""
    found: dict[int, list[int]] = {}
    for number, atom in enumerate(program.atoms):
        for subject in dict.fromkeys(atom.subjects if atom.form != "evidence" else ()):
            found.setdefault(program.question_index[subject], []).append(number)
    return found
