"""Figures of a result in words: what a condition stands at, scores, efforts, rows of names."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import days_said, interval_said, listed, number_said, percent_said
from norm_engine.model.results import ConditionStanding, Interval, ThingToDo
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.values import words_of


def standing_said(standing: ConditionStanding, ruleset: RuleSet) -> str:
    """What a condition of the decision stands at, its bound, and the groups that are below it."""
    condition = next(each for each in ruleset.head.decision if each.id == standing.id)
    if standing.low is None:
        return _("— nothing applies")
    counts = condition.grade is not None
    found, bound = standing_figure(standing, counted=counts), Fraction(standing.bound)
    if counts:
        return _("— today {found}, at most {bound}").format(found=found, bound=number_said(bound))
    said = _("— lowest {found}, at least {bound}").format(found=found, bound=percent_said(bound))
    if standing.truth == "true" or condition.each is None:
        return said
    groups = ruleset.head.domains if condition.each == "domain" else ruleset.head.workshops
    titles = [words_of(each.title, ruleset) for each in groups if each.id in standing.below]
    form = _("{said}: {names}") if standing.truth == "false" else _("{said}; to be seen: {names}")
    return form.format(said=said, names=listed(titles))


def standing_figure(standing: ConditionStanding, *, counted: bool) -> str:
    """What a condition stands at, alone: so many grades, or the lowest of the scores."""
    if standing.low is None or standing.high is None:
        return "–"
    low, high = Fraction(standing.low), Fraction(standing.high)
    if not counted:
        return interval_said(low, high)
    if low == high:
        return number_said(low)
    return _("{low} to {high}").format(low=number_said(low), high=number_said(high))


def score_said(score: Interval | None) -> str:
    """A score, or a share of points, in percent: from the least to the most where both differ.

    A dash stands where nothing applies.
    """
    if score is None:
        return "–"
    return interval_said(Fraction(score.low), Fraction(score.high))


def least_said(score: Interval | None) -> str:
    """The least that a score can become; a dash where nothing applies."""
    return "–" if score is None else percent_said(Fraction(score.low))


def coverage_said(coverage: str | None) -> str:
    """The share of the weight that is determined; a dash where nothing applies."""
    return "–" if coverage is None else percent_said(Fraction(coverage))


def effort_said(thing: ThingToDo) -> str:
    """The person-days that an action takes: ``1 à 4 jours``."""
    low, _likely, high = (Fraction(each) for each in thing.effort)
    if low == high:
        return days_said(high)
    return _("{low} to {high}").format(low=number_said(low), high=days_said(high))


def names_said(names: Sequence[str], most: int = 5) -> str:
    """Names in a row; beyond `most` and one more, how many others there are."""
    if len(names) <= most + 1:
        return listed(names)
    return ", ".join(names[:most]) + " " + _("and {n} others").format(n=len(names) - most)
