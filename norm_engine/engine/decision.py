"""The decision: Kleene's `all` of the rule set's conditions over grades and scores."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from norm_engine.engine.atoms import resolve
from norm_engine.engine.scores import Score, Scores
from norm_engine.engine.truth import FALSE, TRUE, UNKNOWN, conjunction
from norm_engine.model.ruleset import DecisionCondition, Grade
from norm_engine.model.scalars import exact

Outcome = Literal["ready", "not_ready", "undetermined"]
OUTCOMES: Mapping[int, Outcome] = {TRUE: "ready", FALSE: "not_ready", UNKNOWN: "undetermined"}


class Standing(NamedTuple):
    """What a condition of the decision stands at.

    Attributes:
        bound: the bound that the condition sets.
        low, high: least and most of what is bounded; for a floor under several scores, of the
            lowest of them. None when nothing applies.
        below: for a floor, the domains or workshops surely or possibly below it.
    """

    condition: DecisionCondition
    truth: int
    bound: Fraction
    low: Fraction | None
    high: Fraction | None
    below: tuple[str, ...]


class Decision(NamedTuple):
    """The outcome and how each condition contributes."""

    outcome: Outcome
    standings: tuple[Standing, ...]


def decide(
    conditions: Sequence[DecisionCondition],
    settings: Mapping[str, Any],
    grades: Sequence[tuple[Grade | None, ...]],
    scores: Scores,
) -> Decision:
    """Take the decision (docs/semantique.md).

    Args:
        grades: the grades possible, by requirement; recommendations have no part in a decision.
    """
    standings = tuple(
        _grade_standing(condition, settings, grades)
        if condition.grade is not None
        else _score_standing(condition, settings, scores)
        for condition in conditions
    )
    truth = conjunction(standing.truth for standing in standings)
    # without conditions there is nothing that speaks against being ready
    return Decision(OUTCOMES[min(truth, TRUE)], standings)


def _grade_standing(
    condition: DecisionCondition,
    settings: Mapping[str, Any],
    grades: Sequence[tuple[Grade | None, ...]],
) -> Standing:
    bound = Fraction(resolve(condition.at_most, settings))
    surely = sum(possible == (condition.grade,) for possible in grades)
    possibly = sum(condition.grade in possible for possible in grades)
    truth = TRUE if possibly <= bound else FALSE if surely > bound else UNKNOWN
    return Standing(condition, truth, bound, Fraction(surely), Fraction(possibly), ())


def _score_standing(
    condition: DecisionCondition, settings: Mapping[str, Any], scores: Scores
) -> Standing:
    floor = resolve(condition.score_at_least, settings)
    bound = exact(floor) if isinstance(floor, str) else Fraction(floor)
    of = {None: {"": scores.overall}, "domain": scores.domains, "workshop": scores.workshops}
    held = of[condition.each]
    truths = {name: _reaches(score, bound) for name, score in held.items()}
    low, high = _lowest(held.values())
    return Standing(
        condition,
        conjunction([TRUE, *truths.values()]),
        bound,
        low,
        high,
        tuple(name for name, truth in truths.items() if truth != TRUE),
    )


def _lowest(scores: Iterable[Score]) -> tuple[Fraction | None, Fraction | None]:
    """Ends of the lowest of several scores, some of which may not exist."""
    existing = [score for score in scores if score.low is not None]
    low = min((score.low for score in existing if score.low is not None), default=None)
    sure = [score.high for score in existing if score.certain and score.high is not None]
    if sure:
        return low, min(sure)
    return low, max((score.high for score in existing if score.high is not None), default=None)


def _reaches(score: Score, floor: Fraction) -> int:
    if score.low is None or score.high is None or score.low >= floor:
        return TRUE
    # a score that may not exist at all leaves nothing to satisfy in that case
    return FALSE if score.high < floor and score.certain else UNKNOWN
