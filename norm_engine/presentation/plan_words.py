"""Figures of a plan in words: efforts to the quarter of a day, spans of days, the proof."""

import datetime
from fractions import Fraction

from norm_engine.language import _, current, ngettext
from norm_engine.language.figures import date_said, number_said, percent_said
from norm_engine.model.plan_results import EffortResult, PlanResult, PlanStep
from norm_engine.presentation.wording import role_said


def work_said(days: str | Fraction) -> str:
    """Person-days to the hundredth: ``0,25 jour``, ``12,5 jours``."""
    amount = Fraction(days)
    several = abs(amount) >= 2 if current() == "fr" else amount != 1
    form = ngettext("{days} day", "{days} days", 2 if several else 1)
    return form.format(days=number_said(amount, 2))


_LONG = 20
"""Days from which an estimate has no fractions of a day in its range."""


def effort_said(effort: EffortResult) -> str:
    """A likely effort with its range: ``5 jours (3 à 8)``, to the day where it is long."""
    likely = work_said(effort.likely)
    if effort.low == effort.high:
        return likely
    low, high = _ends(effort)
    return _("{likely} ({low} to {high})").format(likely=likely, low=low, high=high)


def range_said(effort: EffortResult) -> str:
    """From the low effort to the high one, to the day where it is long."""
    low, high = _ends(effort)
    return _("from {low} to {high}").format(low=low, high=high)


def _ends(effort: EffortResult) -> tuple[str, str]:
    decimals = 0 if Fraction(effort.likely) >= _LONG else 2
    low, high = (number_said(Fraction(each), decimals) for each in (effort.low, effort.high))
    return low, high


def proof_said(result: PlanResult) -> str:
    """How well it is proven that nothing is better, on the one audit day that this holds for."""
    proof = result.proof
    if proof is None:
        return ""
    day = date_said(result.audit_day)
    if result.goal == "budget":
        if proof.proven:
            return _(
                "No other choice of steps within this effort reaches more for an audit on {day}:"
                " proven."
            ).format(day=day)
        return _(
            "The search was stopped: no choice of steps within this effort reaches more than"
            " {bound} for an audit on {day}."
        ).format(bound=percent_said(Fraction(proof.bound)), day=day)
    if proof.proven:
        return _("No route takes less effort for an audit on {day}: proven.").format(day=day)
    return _(
        "The search was stopped before the proof: no route takes less than {bound} for an audit on"
        " {day}."
    ).format(bound=work_said(proof.bound), day=day)


def no_steps_said(result: PlanResult) -> str:
    """Why a plan has no steps: no route, none worth taking, none needed."""
    if not result.found:
        return _no_route_said(result)
    if result.goal == "budget" and result.left:
        if result.complete:
            return _("No steps within this effort make for more readiness.")
        return _(
            "The search was stopped before steps within this effort were found that make for more"
            " readiness."
        )
    if result.decision_after.outcome != "ready":
        return _("Nothing that is known calls for a step: what is left is to answer the questions.")
    return _("Nothing is left to do.")


def _no_route_said(result: PlanResult) -> str:
    if not result.complete:
        return _("The search was stopped before a route was found.")
    if result.goal == "budget":
        return _("What is to be done whatever it costs passes the effort there is.")
    if result.day_asked:
        day = date_said(result.audit_day)
        return _("No route leads to ready for an audit on {day}.").format(day=day)
    return _("No route leads to ready.")


def opening_said(result: PlanResult) -> str:
    """How many constraints would open a route together, were they relaxed."""
    count = len(result.relaxations)
    if any(each.unanswered for each in result.obstacles):
        said = ngettext(
            "As answers stand, one thing would open a route",
            "As answers stand, {n} things together would open a route, and no fewer would",
            count,
        )
    else:
        said = ngettext(
            "One thing would open a route",
            "{n} things together would open a route, and no fewer would",
            count,
        )
    return said.format(n=number_said(count))


def day_aimed_at(result: PlanResult) -> datetime.date | None:
    """The audit day of a plan; None where none was asked for and no steps lead to one."""
    leads = bool(result.steps) and not result.late
    return result.audit_day if result.day_asked or leads else None


def late_said(result: PlanResult) -> str:
    """By how many days the steps end too late, and what would help.

    Where no day was asked for, none was found by which all is done.
    """
    if not result.complete and not result.day_asked:
        said = ngettext(
            "The search was stopped before an audit day was found that the steps end by: for"
            " {day} they end {n} day too late.",
            "The search was stopped before an audit day was found that the steps end by: for"
            " {day} they end {n} days too late.",
            result.late,
        )
        return _counting(said, result)
    if result.day_asked:
        said = ngettext(
            "The steps end {n} day after {day}.", "The steps end {n} days after {day}.", result.late
        )
    else:
        said = ngettext(
            "No audit day was found that the steps end by: while they are done, other evidence"
            " grows too old. For an audit on {day} they end {n} day too late.",
            "No audit day was found that the steps end by: while they are done, other evidence"
            " grows too old. For an audit on {day} they end {n} days too late.",
            result.late,
        )
    return f"{_counting(said, result)} {_remedy(result)}".rstrip()


def _counting(said: str, result: PlanResult) -> str:
    return said.format(n=number_said(result.late), day=date_said(result.audit_day))


def _remedy(result: PlanResult) -> str:
    """What would make the steps end in time."""
    if not result.lacking and result.complete:
        return _("Their lead times alone take longer, whatever days a month there are.")
    if not result.lacking:
        return ""
    roles = ", ".join(role_said(role) for role in result.lacking)
    return _("More days a month are needed for: {roles}.").format(roles=roles)


def with_steps_said(result: PlanResult) -> str:
    """What a decision with the plan is called: where steps end too late, not one of audit day."""
    if not result.late:
        return _("With the plan")
    return _("Were the steps done by {day}").format(day=date_said(result.audit_day))


def surely_closed(step: PlanStep) -> tuple[str, ...]:
    """What a step closes that surely concerns the structure."""
    return tuple(name for name in step.closes if name not in step.may_not_apply)


def closes_if_said(count: int) -> str:
    """What is said of requirements that a step closes but that may not concern the structure."""
    return ngettext("if it concerns you", "if they concern you", count)


def overdue_said(step: PlanStep) -> str:
    """That a step ends after the day due in the audit's own follow-up; or nothing."""
    if step.due is None or step.end <= step.due:
        return ""
    return _("ends after the day due in your follow-up, {day}").format(day=date_said(step.due))


def effect_said(difference: str | None) -> str:
    """What a choice of the user makes a plan dearer or cheaper by."""
    if difference is None:
        return _("without it there would be no route")
    amount = Fraction(difference)
    if not amount:
        return _("no more effort, no less")
    form = _("{days} more") if amount > 0 else _("{days} less")
    return form.format(days=work_said(abs(amount)))


def unanswered_said(result: PlanResult) -> str:
    """That too little is answered for a plan to be followed; nothing where half of it is."""
    known = result.answered
    if known is None or known.coverage is None or Fraction(known.coverage) >= Fraction(1, 2):
        return ""
    form = ngettext(
        "Your answers cover less than half of what is evaluated ({share}): {n} question of the"
        " {all} you are asked is still open. Finish the self-assessment before you follow this"
        " plan.",
        "Your answers cover less than half of what is evaluated ({share}): {n} questions of the"
        " {all} you are asked are still open. Finish the self-assessment before you follow this"
        " plan.",
        known.questions_open,
    )
    return form.format(
        share=percent_said(Fraction(known.coverage)),
        n=number_said(known.questions_open),
        all=number_said(known.questions_asked),
    )
