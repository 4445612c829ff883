"""The decision as linear constraints: what has to hold for it to be *ready*.

With unknowns at their worst, every condition of the decision is to hold surely; at their best,
none is to be surely broken (`engine.decision`). A score's end is extreme over the requirements that
may or may not count (`engine.scores`): it reaches a floor when the sum over them of
weight x (credit - floor) does, those that may not count taken only where they pull the wrong way.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from norm_engine.engine.atoms import resolve
from norm_engine.model.ruleset import DecisionCondition
from norm_engine.model.scalars import exact
from norm_engine.planning.circuit import (
    ALWAYS,
    HIGH,
    LOW,
    NEVER,
    Expression,
    Linear,
    negated,
    total,
)
from norm_engine.planning.options import Assume
from norm_engine.planning.truths import POSSIBLY, SURELY, Level, Truths


class DecisionModel:
    """Writes the conditions of a decision into linear constraints over the truths of a rule set."""

    def __init__(self, linear: Linear, truths: Truths, assume: Assume) -> None:
        self.linear = linear
        self.truths = truths
        self.program = truths.program
        self.worst = assume == "worst"
        self.level: Level = SURELY if self.worst else POSSIBLY
        self.contrary: Level = POSSIBLY if self.worst else SURELY
        self._credits: dict[int, Expression] = {}
        truths.read_in_order(self.level)

    def require_ready(self) -> None:
        """Constrain every condition of the decision to hold."""
        for condition in self.program.ruleset.head.decision:
            if condition.grade is not None:
                self._bound_grade(condition)
            else:
                for indices in self._groups(condition.each):
                    floor = _number(condition.score_at_least, self.program.settings)
                    self.linear.at_least(self.surplus(indices, floor), NEVER)

    def _groups(self, each: str | None) -> Iterable[tuple[int, ...]]:
        return self.program.groups[each or "overall"].values()

    # -- grades

    def _bound_grade(self, condition: DecisionCondition) -> None:
        bound = _number(condition.at_most, self.program.settings)
        graded = [
            self._graded(index, str(condition.grade))
            for index in self.program.groups["overall"][""]
        ]
        count = total((1, each) for each in graded)
        self.linear.at_least(Expression(float(bound)), count)

    def _graded(self, index: int, grade: str) -> Expression:
        """Whether a requirement has a grade, bounded low: possibly (worst) or surely (best)."""
        shape = self.program.by_index[index].shape
        applies = self.truths.applies(index, self.contrary, LOW)
        if applies == NEVER:
            return NEVER
        if grade in ("major", "minor", "sensitive"):
            if shape.gravity != grade:
                return NEVER
            short = negated(self.truths.satisfied(index, self.level, HIGH))
            return self.linear.all_of([applies, short], LOW)
        if grade not in ("improvement", "satisfactory"):
            return NEVER
        met = [
            self.truths.satisfied(index, self.contrary, LOW),
            self.truths.gates(index, self.contrary, LOW),
        ]
        return self.linear.all_of([applies, *met, self._rest(index, grade)], LOW)

    def _rest(self, index: int, grade: str) -> Expression:
        """What tells full credit from less in a requirement that is met."""
        each = self.program.by_index[index]
        truths = self.truths
        left = truths.left(each)
        if grade == "satisfactory":
            parts = [truths.node(each.proven[i], self.contrary, LOW) for i in left]
            return self.linear.all_of(parts, LOW)
        essential = [i for i in left if each.shape.essential[i]] or left
        rest = [i for i in left if i not in essential] if self.worst else left
        parts = [negated(truths.node(each.proven[i], self.level, HIGH)) for i in rest]
        return self.linear.any_of(parts, LOW)

    # -- scores

    def surplus(self, indices: Iterable[int], floor: Fraction) -> Expression:
        """By how much points pass a floor, never more than they truly do.

        The end of the score reaches the floor where this is not negative.
        """
        return total((1, self._surplus(index, float(floor))) for index in indices)

    def _surplus(self, index: int, floor: float) -> Expression:
        weight = self.program.by_index[index].shape.weight
        surely = self.truths.applies(index, SURELY, HIGH if self.worst else LOW)
        possibly = self.truths.applies(index, POSSIBLY, LOW if self.worst else HIGH)
        if possibly == NEVER:
            return NEVER
        gain = total([(weight, self.credit(index)), (-weight * floor, ALWAYS)])
        if surely == ALWAYS:
            return gain
        counted = (surely, possibly) if self.worst else self._choice(surely, possibly)
        # shifted, since variables start at 0
        shifted = self.linear.new(upper=weight)
        made = total([(1, shifted), (-weight * floor, ALWAYS)])
        self.linear.at_least(total([(weight * (1 - floor), counted[0])]), made)
        off = negated(counted[1])
        self.linear.at_least(total([(1, gain), (weight * floor, off)]), made)
        return made

    def _choice(self, surely: Expression, possibly: Expression) -> tuple[Expression, Expression]:
        """At their best, requirements that may or may not count do as suits."""
        counted = self.linear.new(integral=True)
        self.linear.at_least(counted, surely)
        self.linear.at_least(possibly, counted)
        return counted, counted

    def surely_exists(self, indices: Iterable[int]) -> bool:
        """Whether something of these surely applies, whatever is chosen."""
        return any(self.truths.applies(index, SURELY, LOW) == ALWAYS for index in indices)

    def least_credit(self, indices: Sequence[int]) -> Expression:
        """The low end of the score of these, never more, where none of them surely applies.

        That none does, and that one possibly does, is made a constraint: the score then is at its
        lowest when the one with the least credit alone counts.
        """
        least = self.linear.new(upper=1)
        self.require_some(indices)
        for index in indices:
            self.linear.at_least(NEVER, self.truths.applies(index, SURELY, LOW))
            off = negated(self.truths.applies(index, POSSIBLY, LOW))
            self.linear.at_least(total([(1, self.credit(index)), (1, off)]), least)
        return least

    def require_some(self, indices: Iterable[int]) -> None:
        """Constrain one of these at least to apply possibly, so that they may have a score."""
        counting = [self.truths.applies(index, POSSIBLY, HIGH) for index in indices]
        self.linear.at_least(total((1, each) for each in counting), ALWAYS)

    def credit(self, index: int) -> Expression:
        """The low end (worst) or the high end (best) of a credit, 0 to 1; never more than that."""
        if index not in self._credits:
            self._credits[index] = self._credit(index)
        return self._credits[index]

    def _credit(self, index: int) -> Expression:
        own = total(self.truths.credit_parts(index, self.level))
        relaxed = self.truths.relaxed.get(index)
        gates = self.truths.gates(index, self.level, HIGH)
        if gates == ALWAYS and relaxed is None:
            return own
        made = self.linear.new()
        if relaxed is not None:
            own = total([(1, own), (1, relaxed)])
        self.linear.at_least(own, made)
        cap = float(self.program.blocked_credit)
        self.linear.at_least(total([(1 - cap, gates), (cap, ALWAYS)]), made)
        return made


def _number(value: Any, settings: Mapping[str, Any]) -> Fraction:
    number = resolve(value, settings)
    return exact(number) if isinstance(number, str) else Fraction(number)
