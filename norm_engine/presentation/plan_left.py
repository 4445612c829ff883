"""What a plan leaves short of met, by grade, against what the decision tolerates."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.plan_results import LeftGap, PlanResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.result_words import standing_figure
from norm_engine.presentation.wording import grade_said


def left_said(result: PlanResult) -> str:
    """How many requirements a plan leaves, and how the decision stands that.

    Where unknown answers are taken at their best, what nobody knows yet is left as well.
    """
    if result.goal != "ready":
        said = ngettext(
            "{n} requirement is still short of met.",
            "{n} requirements are still short of met.",
            len(result.left),
        )
    elif result.decision_after.outcome == "ready":
        said = ngettext(
            "{n} requirement is still short of met; the decision allows it.",
            "{n} requirements are still short of met; the decision allows it.",
            len(result.left),
        )
    else:
        said = ngettext(
            "{n} requirement is not known to be met: its answers may still ask for steps.",
            "{n} requirements are not known to be met: their answers may still ask for steps.",
            len(result.left),
        )
    return said.format(n=len(result.left))


def left_grade_said(left: LeftGap) -> str:
    """The grade that what is left keeps, or the worst it may be; nothing where it has none."""
    if left.grade is not None:
        return grade_said(left.grade)
    if left.worst is None:
        return ""
    return _("at worst: {grade}").format(grade=grade_said(left.worst))


def left_grades(result: PlanResult, ruleset: RuleSet) -> Iterator[str]:
    """How many of each grade are left, and how many of it the decision tolerates."""
    bounded = {each.id: each for each in ruleset.head.decision if each.grade is not None}
    for standing in result.decision_after.conditions:
        if standing.id in bounded:
            yield _("{grade}: {n}, of which the decision tolerates {most}").format(
                grade=grade_said(bounded[standing.id].grade),
                n=standing_figure(standing, counted=True),
                most=number_said(Fraction(standing.bound)),
            )
    told = {each.grade for each in bounded.values()}
    counts = Counter(each.grade for each in result.left if each.grade not in (None, *told))
    for grade, count in counts.items():
        yield _("{grade}: {n}").format(grade=grade_said(grade), n=number_said(count))
