"""The comparison that a report holds: an audit with what it looks back to, under one rule set."""

from norm_engine.engine.comparison import Side, compare
from norm_engine.engine.evaluation import Evaluation
from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.audit import Audit
from norm_engine.model.comparison_results import ComparisonResult
from norm_engine.presentation.comparison_result import SideNamed, comparison_result
from norm_engine.reports.subject import Earlier, Subject


def compared(
    subject: Subject, audit: Audit, evaluations: tuple[Evaluation, Evaluation]
) -> ComparisonResult | None:
    """What changed since the state that a subject looks back to, in the language in force.

    Args:
        audit: that of the subject.
        evaluations: of what it looks back to, then of the subject, under one program.
    """
    earlier = subject.earlier
    if earlier is None:
        return None
    before, after = evaluations
    comparison = compare(
        Side(before, earlier.audit, earlier.states),
        Side(after, audit, subject.states),
        same_structure=earlier.same_structure,
    )
    named = SideNamed(audit.structure.name)
    if earlier.same_structure:
        named = SideNamed(_("audit as of {day}").format(day=date_said(subject.as_of)))
    return comparison_result(comparison, SideNamed(_name(earlier)), named)


def _name(earlier: Earlier) -> str:
    """How what is looked back to is called."""
    day = date_said(earlier.as_of)
    if not earlier.same_structure:
        return earlier.audit.structure.name
    if not earlier.milestone:
        return _("audit as of {day}").format(day=day)
    said = _("milestone of {day}").format(day=day)
    if not earlier.label:
        return said
    return _("{name} (“{label}”)").format(name=said, label=earlier.label)
