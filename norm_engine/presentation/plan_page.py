"""A plan as a page of text."""

from collections.abc import Iterator, Mapping

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, period_said
from norm_engine.model.plan_results import PlanResult, PlanStep
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.page_parts import page_head
from norm_engine.presentation.plan_pace import role_days, whole_days
from norm_engine.presentation.plan_page_rest import (
    alternatives_part,
    answers_part,
    critical_part,
    effects_part,
    left_part,
)
from norm_engine.presentation.plan_words import (
    closes_if_said,
    effort_said,
    late_said,
    no_steps_said,
    opening_said,
    overdue_said,
    proof_said,
    surely_closed,
    unanswered_said,
    work_said,
)
from norm_engine.presentation.result_words import names_said, score_said
from norm_engine.presentation.terminal import Page, fitted
from norm_engine.presentation.wording import outcome_said, role_said


def plan_page(
    page: Page, result: PlanResult, asked: str, titles: Mapping[str, str], ruleset: RuleSet
) -> None:
    """Write a plan.

    Args:
        asked: the audit and the options as the user would type them again, for the commands that
            lead further.
        titles: what steps are called, those of other routes included.
        ruleset: the rules planned for, for the conditions of the decision.
    """
    page_head(page, result.structure, result.ruleset, result.as_of)
    page.line()
    if unanswered := unanswered_said(result):
        page.paragraph(page.bold(unanswered), lead="! ")
        page.line()
    if not result.found:
        _no_route(page, result)
    else:
        _essentials(page, result)
        if result.steps:
            _workshops(page, result)
            _roles(page, result)
            _steps(page, result)
            critical_part(page, result)
        left_part(page, result, ruleset)
        alternatives_part(page, result, titles)
        answers_part(page, result)
        effects_part(page, result)
        _further(page, asked, result)
    page.line()
    for note in result.notes:
        page.paragraph(note, lead="· ")
    if result.found and result.audit_day != result.as_of and "--by" not in asked:
        page.paragraph(_("Another audit day is named with --by."), lead="· ")
    page.paragraph(result.disclaimer)


def _essentials(page: Page, result: PlanResult) -> None:
    if not result.steps:
        page.line(page.bold(no_steps_said(result)))
        page.paragraph(outcome_said(result.decision_after.outcome), indent=2)
        return
    title = _("The cheapest route to ready")
    if result.goal == "budget":
        budget = work_said(result.budget or "0")
        title = _("The most readiness for {days}").format(days=budget)
    page.line(page.bold(title))
    count = len(result.steps)
    steps = ngettext("{n} step", "{n} steps", count).format(n=count)
    page.paragraph(
        _("Effort: {effort}, {steps}").format(effort=effort_said(result.effort), steps=steps),
        indent=2,
    )
    if result.end is not None:
        page.paragraph(_("Calendar: {span}").format(span=period_said(result.as_of, result.end)), 2)
    _decision(page, result)
    scores = f"{score_said(result.before.score)} → {score_said(result.after.score)}"
    page.paragraph(_("Proven readiness: {scores}").format(scores=scores), indent=2)
    proven = result.proof is not None and result.proof.proven
    page.paragraph(proof_said(result), indent=2, lead="✓ " if proven else "! ")
    if result.late:
        page.line()
        page.paragraph(late_said(result), indent=2, lead="! ")


def _decision(page: Page, result: PlanResult) -> None:
    before = outcome_said(result.decision_before.outcome)
    after = outcome_said(result.decision_after.outcome)
    said = _("Decision on {day}: {before} → {after}")
    day = result.audit_day
    if result.late:
        # on audit day not all of it is done, and once it is, other evidence may be too old
        said = _("Were the steps done by {day}: {before} → {after}")
    said = said.format(day=date_said(day), before=before, after=page.bold(after))
    page.paragraph(said, indent=2)


def _workshops(page: Page, result: PlanResult) -> None:
    page.heading(_("Workshop by workshop"))
    for number, each in enumerate(result.milestones, 1):
        count = len(each.steps)
        done = ngettext("{n} step, done by {day}", "{n} steps, done by {day}", count)
        scores = f"{score_said(each.before)} → {score_said(each.after)}"
        page.line(f"  {fitted(f'{number} {each.title}', 38)} {scores}")
        said = done.format(n=count, day=date_said(each.day)) if count else _("nothing to do")
        page.line(page.faint(f"    {said}"))


def _roles(page: Page, result: PlanResult) -> None:
    page.heading(_("Who does how much"))
    whole = whole_days(result.as_of, result.loads)
    for role, days in role_days(result.steps).items():
        month = ""
        if role in whole:
            month = _("{days} a month at most").format(days=work_said(whole[role]))
        page.line(f"  {fitted(role_said(role), 22)} {fitted(work_said(days), 14)} {month}")
    if len(whole) > 1:
        page.paragraph(
            page.faint(_("If one person holds several of these, give each fewer: --capacity.")), 2
        )


def _steps(page: Page, result: PlanResult) -> None:
    page.heading(_("The steps, by their start (*: critical path)"))
    for number, step in enumerate(result.steps, 1):
        _step(page, number, step)


def _step(page: Page, number: int, step: PlanStep) -> None:
    star = "*" if step.critical else " "
    page.paragraph(page.bold(step.title), lead=f"{number:>3} {star} ")
    page.paragraph(
        " · ".join(
            (role_said(step.role), effort_said(step.effort), period_said(step.start, step.end))
        ),
        indent=6,
    )
    for said in _closes(step):
        page.paragraph(page.faint(said), indent=6)
    if late := overdue_said(step):
        page.paragraph(late, indent=6, lead="! ")
    if step.renews:
        page.paragraph(page.faint(_("makes anew evidence that will not count")), indent=6)
    page.paragraph(page.faint(step.id), indent=6)


def _closes(step: PlanStep) -> Iterator[str]:
    """What a step satisfies for sure, and what it does if that concerns the structure at all."""
    said = _("satisfies {names}")
    if sure := surely_closed(step):
        yield said.format(names=names_said(sure))
    if step.may_not_apply:
        names = said.format(names=names_said(step.may_not_apply))
        yield f"{names}, {closes_if_said(len(step.may_not_apply))}"


def _no_route(page: Page, result: PlanResult) -> None:
    said = no_steps_said(result)
    if not result.complete or result.goal == "budget":
        page.paragraph(page.bold(said))
        return
    page.paragraph(page.bold(page.paint(said, "red")))
    if result.obstacles:
        page.heading(_("What nothing offered can satisfy"))
    for each in result.obstacles:
        page.paragraph(f"{each.requirement}  {each.title}", indent=2, lead="▲ ")
        for reason in each.reasons:
            page.paragraph(reason, indent=4, lead="· ")
    if not result.obstacles:
        page.paragraph(_("Each requirement can be satisfied, but not enough of them at once."), 2)
    if result.relaxations:
        page.heading(opening_said(result))
        for relaxed in result.relaxations:
            page.paragraph(relaxed.text, indent=2, lead="→ ")


def _further(page: Page, asked: str, result: PlanResult) -> None:
    if not result.steps:
        return
    page.heading(_("To go further"))
    page.line(f"  norm-engine plan {asked} -o plan.xlsx")
    page.line(f"  norm-engine plan {asked} -o plan.ics")
    # a report rests on the rule set and its overlays, not on settings tried out
    if "--setting" not in asked:
        page.line(f"  norm-engine report {asked} --kind plan")
