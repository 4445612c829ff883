"""How open a decision still is: two exact measures, 0 when nothing is left, that never grow.

Both are of what one evaluation knows, and both only go down as answers and evidence come in, since
every interval of an evaluation only narrows.

**Width**, the mean over the decision's conditions of how wide each still stands:

* for a bound on a grade, (possibly - surely) / how many requirements may ever have that grade;
* for a floor under scores, the mean over them of high - low. A score that may not exist at all
  leaves nothing to satisfy in that case: it counts as if it could still become 1.

`certainty` is 1 - width.

**Distance** of the outcome from being settled, r x u, which is 0 just when it is settled:

* r, what is left before « ready » is sure: the mean over conditions of (possibly - bound) / (the
  most it can ever be - bound), or of (floor - low) / floor; 0 for each that surely holds;
* u, what is left before « not ready » is sure: the product over conditions of
  (bound + 1 - surely) / (bound + 1), and over scores of the mean of 1 and (high - floor) /
  (1 - floor); 0 as soon as one is surely broken.

A product of the distances to the two verdicts is the potential with which A. Deshpande,
L. Hellerstein and D. Kletenik (Approximation Algorithms for Stochastic Boolean Function Evaluation
and Stochastic Submodular Set Cover, SODA 2014) evaluate a Boolean function in few tests.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from norm_engine.engine.decision import OUTCOMES, Outcome
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.program import Program
from norm_engine.engine.scores import Score, Scores
from norm_engine.engine.state import State
from norm_engine.engine.truth import FALSE, TRUE, UNKNOWN, conjunction
from norm_engine.model.ruleset import DecisionCondition


class Openness(NamedTuple):
    """How open a decision is.

    Attributes:
        outcome: of the decision.
        width: mean width of the conditions, 0 to 1.
        distance: of the outcome from being settled, 0 to 1.
    """

    outcome: Outcome
    width: Fraction
    distance: Fraction


class _Part(NamedTuple):
    """One condition: its truth, its width, and how far it is from surely holding and failing."""

    truth: int
    width: Fraction
    left: Fraction
    room: Fraction


_ZERO, _ONE = Fraction(0), Fraction(1)


def certainty(evaluation: Evaluation) -> Fraction:
    """The share of the decision that is settled, 0 to 1: 1 when nothing open can matter."""
    return 1 - openness(evaluation, evaluation.proven.states).width


def openness(evaluation: Evaluation, states: Sequence[State]) -> Openness:
    """How open the decision would be with these proven states, by requirement."""
    return Gauge(evaluation).of(states)


class Gauge:
    """Measures how open the decision of one evaluation would be with other states."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.program = evaluation.program
        self.counted = self.program.groups["overall"][""]
        self.bounds = [
            (each.condition, each.bound, _may_ever_have(self.program, each.condition))
            for each in evaluation.decision.standings
        ]

    def of(self, states: Sequence[State]) -> Openness:
        """How open the decision would be with these proven states, by requirement."""
        scores = Scores(self.program, states)
        grades = [states[index].grades for index in self.counted]
        parts = []
        for condition, bound, most in self.bounds:
            if condition.grade is None:
                held = scores_of(scores, condition)
                parts.append(_scores_part(bound, tuple(held.values())))
            else:
                surely = grades.count((condition.grade,))
                possibly = sum([condition.grade in possible for possible in grades])
                parts.append(_grade_part(bound, most, surely, possibly))
        return _joined(tuple(parts))


@lru_cache
def _joined(parts: tuple[_Part, ...]) -> Openness:
    room = _ONE
    for part in parts:
        room *= part.room
    return Openness(
        OUTCOMES[conjunction([TRUE, *(part.truth for part in parts)])],
        _mean([part.width for part in parts]),
        _mean([part.left for part in parts]) * room if room else _ZERO,
    )


@lru_cache
def _grade_part(bound: Fraction, most: int, surely: int, possibly: int) -> _Part:
    width = Fraction(possibly - surely, most) if most else _ZERO
    if possibly <= bound:
        return _Part(TRUE, width, _ZERO, _ONE)
    left = (possibly - bound) / (most - bound)
    if surely > bound:
        return _Part(FALSE, width, left, _ZERO)
    return _Part(UNKNOWN, width, left, (bound + 1 - surely) / (bound + 1))


@lru_cache
def _scores_part(floor: Fraction, scores: tuple[Score, ...]) -> _Part:
    each = [_score_part(floor, score) for score in scores]
    room = _ONE
    for part in each:
        room *= part.room
    return _Part(
        conjunction([TRUE, *(part.truth for part in each)]),
        _mean([part.width for part in each]),
        _mean([part.left for part in each]),
        room,
    )


@lru_cache
def _score_part(floor: Fraction, score: Score) -> _Part:
    low, high, width = score.low, score.high, width_of(score)
    if low is None or high is None or low >= floor:
        return _Part(TRUE, width, _ZERO, _ONE)
    left = (floor - low) / floor
    if not score.certain:
        return _Part(UNKNOWN, width, left, _ONE)
    if high < floor:
        return _Part(FALSE, width, left, _ZERO)
    # a score that just reaches its floor is not below it yet
    room = (1 + (high - floor) / (1 - floor)) / 2 if floor < 1 else _ONE
    return _Part(UNKNOWN, width, left, room)


def width_of(score: Score) -> Fraction:
    """How wide a score still stands, 0 to 1."""
    if score.low is None or score.high is None:
        return _ZERO
    return (score.high if score.certain else 1) - score.low


def scores_of(scores: Scores, condition: DecisionCondition) -> Mapping[str, Score]:
    """The scores that a condition sets a floor under, by domain or workshop."""
    if condition.each is None:
        return {"": scores.overall}
    return scores.domains if condition.each == "domain" else scores.workshops


def _may_ever_have(program: Program, condition: DecisionCondition) -> int:
    """How many requirements may have the grade that a condition bounds, whatever is answered."""
    counted = program.groups["overall"][""]
    if condition.grade not in ("major", "minor", "sensitive"):
        return len(counted)
    return sum(program.requirements[index].gravity == condition.grade for index in counted)


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, _ZERO) / len(shares) if shares else _ZERO
