"""The decision in two columns: its conditions as they stand once, and as they stand then."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import number_said, percent_said
from norm_engine.model.results import ConditionStanding, DecisionResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.document import Column, Line, Mark, Strong, Table
from norm_engine.presentation.result_words import standing_figure
from norm_engine.presentation.wording import outcome_said
from norm_engine.reports.kinds.parts_requirements import truth_said
from norm_engine.reports.kinds.parts_words import line_of


def decision_table(
    caption: str, heads: Sequence[str], decisions: Sequence[DecisionResult], ruleset: RuleSet
) -> Table:
    """The outcome, then each condition, once for each decision.

    Args:
        heads: what the decisions are called, at the head of their columns.
    """
    outcomes: list[Line] = [(Strong(outcome_said(each.outcome)),) for each in decisions]
    rows: list[tuple[Line, ...]] = [((Strong(_("Decision")),), *outcomes)]
    texts = {each.id: each.text for each in ruleset.head.decision}
    standings = [{each.id: each for each in decision.conditions} for decision in decisions]
    rows += [
        (line_of(text, ruleset), *(_cell(found.get(name), ruleset) for found in standings))
        for name, text in texts.items()
    ]
    share = 0.64 / len(decisions)
    columns = (Column(0.36), *(Column(share) for _each in decisions))
    return Table((caption,), (_("Condition"), *heads), tuple(rows), columns)


def _cell(standing: ConditionStanding | None, ruleset: RuleSet) -> Line:
    """Whether a condition holds, and what it stands at beside its bound."""
    if standing is None:
        return ("–",)
    return (Mark(standing.truth, label=truth_said(standing.truth)), " ", _stands(standing, ruleset))


def _stands(standing: ConditionStanding, ruleset: RuleSet) -> str:
    condition = next(each for each in ruleset.head.decision if each.id == standing.id)
    if standing.low is None:
        return _("nothing applies")
    counts = condition.grade is not None
    found, bound = standing_figure(standing, counted=counts), Fraction(standing.bound)
    if not counts:
        return _("lowest {found} (at least {bound})").format(found=found, bound=percent_said(bound))
    return _("{found} (at most {bound})").format(found=found, bound=number_said(bound))
