"""Figures of a plan in words: efforts to the quarter of a day, spans of days, the proof."""

import datetime
from fractions import Fraction

from norm_engine.language import _, current, ngettext
from norm_engine.language.figures import date_said, number_said, percent_said
from norm_engine.model.plan_results import EffortResult, PlanResult


def work_said(days: str | Fraction) -> str:
    """Person-days to the hundredth: ``0,25 jour``, ``12,5 jours``."""
    amount = Fraction(days)
    several = abs(amount) >= 2 if current() == "fr" else amount != 1
    form = ngettext("{days} day", "{days} days", 2 if several else 1)
    return form.format(days=number_said(amount, 2))


def effort_said(effort: EffortResult) -> str:
    """A likely effort with its range: ``5 jours (3 à 8)``."""
    likely = work_said(effort.likely)
    if effort.low == effort.high:
        return likely
    low, high = (number_said(Fraction(each), 2) for each in (effort.low, effort.high))
    return _("{likely} ({low} to {high})").format(likely=likely, low=low, high=high)


def span_said(start: datetime.date, end: datetime.date) -> str:
    """From a day to a day."""
    return _("from {start} to {end}").format(start=date_said(start), end=date_said(end))


def proof_said(result: PlanResult) -> str:
    """How well it is proven that nothing is better."""
    proof = result.proof
    if proof is None:
        return ""
    if result.goal == "budget":
        if proof.proven:
            return _("No other choice of steps within this effort reaches more: proven.")
        return _(
            "The search was stopped: no choice of steps within this effort reaches more than"
            " {bound}."
        ).format(bound=percent_said(Fraction(proof.bound)))
    if proof.proven:
        return _("No route takes less effort: proven.")
    return _("The search was stopped before the proof: no route takes less than {bound}.").format(
        bound=work_said(proof.bound)
    )
