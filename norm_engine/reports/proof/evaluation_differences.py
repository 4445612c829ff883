"""What differs between the evaluation that a report carries and the one made again."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from norm_engine.language import _
from norm_engine.language.figures import interval_said, listed
from norm_engine.model.records import to_plain
from norm_engine.model.results import (
    ConditionStanding,
    EvaluationResult,
    GroupScore,
    Interval,
    RequirementResult,
)
from norm_engine.presentation.page_parts import grades_said
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.wording import outcome_said, status_said, statuses_said


def evaluation_differences(said: EvaluationResult, found: EvaluationResult) -> list[str]:
    """Each difference in words, the decision first; empty when the two are the same.

    Args:
        said: what the report carries.
        found: what the audit it carries comes to, in the same language.
    """
    named = [
        *_decision_differences(said, found),
        *_requirements_differences(said, found),
        *_group_differences(said, found),
    ]
    looked_at = {"decision", "overall", "recommendations", "domains", "workshops", "bases"}
    looked_at |= {"decision_with_findings", "requirements"}
    one, other = to_plain(said), to_plain(found)
    rest = sorted(
        key
        for key in one.keys() | other.keys()
        if one.get(key) != other.get(key) and (key not in looked_at or not named)
    )
    if rest:
        named.append(
            _("Other parts of the evaluation are not the same: {names}.").format(names=listed(rest))
        )
    return named


def _difference(what: str, said: str, found: str) -> str:
    return _("{what}: the report says {said}, the evaluation gives {found}.").format(
        what=what, said=said, found=found
    )


def _compared(what: str, said: Any, found: Any, words: Callable[[Any], str] = str) -> Iterator[str]:
    if said != found:
        nothing = _("nothing")
        yield _difference(
            what,
            nothing if said is None else words(said),
            nothing if found is None else words(found),
        )


def _exactly(interval: Interval) -> str:
    """Rounded for people, then exactly: two different scores may round to the same."""
    low, high = Fraction(interval.low), Fraction(interval.high)
    exact = interval.low
    if low != high:
        exact = _("{low} to {high}").format(low=interval.low, high=interval.high)
    return f"{interval_said(low, high)} ({exact})"


def _decision_differences(said: EvaluationResult, found: EvaluationResult) -> Iterator[str]:
    yield from _compared(_("The day spoken of"), said.as_of.isoformat(), found.as_of.isoformat())
    yield from _compared(
        _("The decision"), said.decision.outcome, found.decision.outcome, _quoted_outcome
    )
    yield from _condition_differences(said.decision.conditions, found.decision.conditions)
    one, other = said.decision_with_findings, found.decision_with_findings
    if one is None or other is None:
        if one is not other:
            yield _("The decision with the auditor’s findings stands in one of the two alone.")
        return
    what = _("The decision with the auditor’s findings")
    yield from _compared(what, one.outcome, other.outcome, _quoted_outcome)
    yield from _condition_differences(one.conditions, other.conditions)
    if one.differences != other.differences:
        yield _("The findings that differ from the derived grades are not the same.")


def _quoted_outcome(outcome: str) -> str:
    return _("“{words}”").format(words=outcome_said(outcome))


def _condition_differences(
    said: Sequence[ConditionStanding], found: Sequence[ConditionStanding]
) -> Iterator[str]:
    others = {each.id: each for each in found}
    for one in said:
        other = others.get(one.id)
        keys = ("truth", "bound", "low", "high", "below")
        if other is None or any(getattr(one, key) != getattr(other, key) for key in keys):
            what = _("Condition of the decision “{text}”").format(text=one.text)
            yield _difference(what, _standing(one), "–" if other is None else _standing(other))
    if len(said) != len(others):
        yield _("The conditions of the decision are not the same.")


def _standing(condition: ConditionStanding) -> str:
    ends = [each for each in (condition.low, condition.high) if each is not None]
    return " ".join(
        [{"true": "✓", "false": "✗"}.get(condition.truth, "?"), " – ".join(dict.fromkeys(ends))]
    ).strip()


def _group_differences(said: EvaluationResult, found: EvaluationResult) -> Iterator[str]:
    yield from _one_group(_("The score of the whole"), said.overall, found.overall)
    yield from _one_group(_("Recommendations"), said.recommendations, found.recommendations)
    for key in ("domains", "workshops", "bases"):
        others = {each.id: each for each in getattr(found, key)}
        listed_ = getattr(said, key)
        for one in listed_:
            if one.id in others:
                yield from _one_group(one.title or one.id, one, others[one.id])
        if [each.id for each in listed_] != list(others):
            yield _("The list of scores is not the same.")


def _one_group(what: str, said: GroupScore, found: GroupScore) -> Iterator[str]:
    yield from _compared(what, said.score, found.score, _exactly)
    declared = _("{what}, as declared").format(what=what)
    yield from _compared(declared, said.declared, found.declared, _exactly)
    yield from _compared(
        _("{what}, share that is known").format(what=what), said.coverage, found.coverage
    )
    if said.counts != found.counts:
        statuses = _("{what}, statuses").format(what=what)
        yield _difference(statuses, _counts(said), _counts(found))


def _counts(group: GroupScore) -> str:
    counts = ((name, group.counts.get(name, 0)) for name in STATUSES)
    return ", ".join(
        f"{n} {status_said(name) if n == 1 else statuses_said(name)}" for name, n in counts if n
    )


def _requirements_differences(said: EvaluationResult, found: EvaluationResult) -> Iterator[str]:
    others = {each.id: each for each in found.requirements}
    for one in said.requirements:
        other = others.pop(one.id, None)
        if other is None:
            yield _("{id} is in the report, and not in the rule set.").format(id=one.id)
        elif one != other:
            named = list(_requirement_differences(one, other))
            yield from named or [
                _("{id}: what is missing or the wording differ.").format(id=one.id)
            ]
    for name in others:
        yield _("{id} is in the rule set, and not in the report.").format(id=name)


def _requirement_differences(said: RequirementResult, found: RequirementResult) -> Iterator[str]:
    name = said.id
    yield from _compared(name, said.status, found.status, status_said)
    yield from _compared(_("{id}, credit").format(id=name), said.credit, found.credit, _exactly)
    if said.status == found.status:
        yield from _compared(
            _("{id}, statuses possible").format(id=name), said.possible, found.possible, _statuses
        )
    yield from _compared(_("{id}, grade").format(id=name), said.grades, found.grades, grades_said)
    declared = _("{what}, as declared").format(what=name)
    yield from _compared(declared, said.declared.status, found.declared.status, status_said)
    credit = _("{id}, credit as declared").format(id=name)
    yield from _compared(credit, said.declared.credit, found.declared.credit, _exactly)
    others = {each.id: each for each in found.criteria}
    for criterion in said.criteria:
        if criterion != others.get(criterion.id):
            yield _("{id}, criterion {criterion}: its truth is not the same.").format(
                id=name, criterion=criterion.id
            )


def _statuses(statuses: Sequence[str]) -> str:
    return ", ".join(status_said(each) for each in statuses)
