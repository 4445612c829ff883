"""A plan as a page of text."""

from collections.abc import Mapping
from fractions import Fraction

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, number_said
from norm_engine.model.plan_results import AlternativeRoute, PlanResult, PlanStep
from norm_engine.presentation.page_parts import page_head
from norm_engine.presentation.plan_words import effort_said, proof_said, span_said, work_said
from norm_engine.presentation.result_words import names_said, score_said
from norm_engine.presentation.terminal import Page, fitted
from norm_engine.presentation.wording import grade_said, outcome_said, role_said, status_said

_LEFT_SHOWN = 8


def plan_page(page: Page, result: PlanResult, asked: str, titles: Mapping[str, str]) -> None:
    """Write a plan.

    Args:
        asked: the audit and the options as the user would type them again, for the commands that
            lead further.
        titles: what steps are called, those of other routes included.
    """
    page_head(page, result.structure, result.ruleset, result.as_of)
    page.line()
    if not result.found:
        _no_route(page, result)
    else:
        _essentials(page, result)
        if result.steps:
            _workshops(page, result)
            _roles(page, result)
            _steps(page, result)
            _critical(page, result, titles)
        _left(page, result)
        _alternatives(page, result, titles)
        _answers(page, result)
        _effects(page, result)
        _further(page, asked, result)
    page.line()
    for note in result.notes:
        page.paragraph(note, lead="· ")
    page.paragraph(result.disclaimer)


def _essentials(page: Page, result: PlanResult) -> None:
    if not result.steps:
        said = _("Nothing is left to do.")
        if result.goal == "budget" and result.left:
            said = _("No steps within this effort make for more readiness.")
        page.line(page.bold(said))
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
        page.paragraph(_("Calendar: {span}").format(span=span_said(result.as_of, result.end)), 2)
    _decision(page, result)
    scores = f"{score_said(result.before.score)} → {score_said(result.after.score)}"
    page.paragraph(_("Proven readiness: {scores}").format(scores=scores), indent=2)
    proven = result.proof is not None and result.proof.proven
    page.paragraph(proof_said(result), indent=2, lead="✓ " if proven else "! ")
    if result.late:
        page.line()
        page.paragraph(
            ngettext(
                "With these days a month the steps end {n} day after {day}: more days a month, or"
                " a later audit, are needed.",
                "With these days a month the steps end {n} days after {day}: more days a month, or"
                " a later audit, are needed.",
                result.late,
            ).format(n=result.late, day=date_said(result.audit_day)),
            indent=2,
            lead="! ",
        )


def _decision(page: Page, result: PlanResult) -> None:
    before = outcome_said(result.decision_before.outcome)
    after = outcome_said(result.decision_after.outcome)
    page.paragraph(
        _("Decision on {day}: {before} → {after}").format(
            day=date_said(result.audit_day), before=before, after=page.bold(after)
        ),
        indent=2,
    )


def _workshops(page: Page, result: PlanResult) -> None:
    page.heading(_("Workshop by workshop"))
    for number, each in enumerate(result.milestones, 1):
        count = len(each.steps)
        done = _("done by {day}").format(day=date_said(each.day)) if count else _("nothing to do")
        steps = ngettext("{n} step", "{n} steps", count).format(n=count)
        scores = f"{score_said(each.before)} → {score_said(each.after)}"
        page.line(f"  {fitted(f'{number} {each.title}', 38)} {scores}")
        page.line(page.faint(f"    {steps}, {done}" if count else f"    {done}"))


def _roles(page: Page, result: PlanResult) -> None:
    page.heading(_("Who does how much"))
    roles = dict.fromkeys(step.role for step in result.steps)
    for role in roles:
        days = sum(
            (Fraction(step.effort.likely) for step in result.steps if step.role == role),
            Fraction(0),
        )
        # the first month may have begun already: the others have all the days there are
        capacities = [load.capacity for load in result.loads if load.role == role]
        whole = max((Fraction(each) for each in capacities if each is not None), default=None)
        month = ""
        if whole is not None:
            month = _("{days} a month at most").format(days=work_said(whole))
        page.line(f"  {fitted(role_said(role), 22)} {fitted(work_said(days), 14)} {month}")


def _steps(page: Page, result: PlanResult) -> None:
    page.heading(_("The steps, by their start (*: critical path)"))
    for number, step in enumerate(result.steps, 1):
        _step(page, number, step)


def _step(page: Page, number: int, step: PlanStep) -> None:
    star = "*" if step.critical else " "
    page.paragraph(page.bold(step.title), lead=f"{number:>3} {star} ")
    page.paragraph(
        " · ".join(
            (role_said(step.role), effort_said(step.effort), span_said(step.start, step.end))
        ),
        indent=6,
    )
    if step.closes:
        closes = names_said(step.closes)
        page.paragraph(page.faint(_("satisfies {names}").format(names=closes)), indent=6)
    if step.renews:
        page.paragraph(page.faint(_("makes anew evidence that will not count")), indent=6)
    page.paragraph(page.faint(step.id), indent=6)


def _critical(page: Page, result: PlanResult, titles: Mapping[str, str]) -> None:
    page.heading(_("What sets the end"))
    if len(result.critical_path) > 1:
        said = _("Each waits for the one before; a delay of one delays the whole.")
        page.paragraph(said, indent=2)
    for name in result.critical_path:
        page.paragraph(titles[name], indent=2, lead="→ ")


def _left(page: Page, result: PlanResult) -> None:
    if not result.left:
        return
    count = len(result.left)
    page.heading(_("What the plan leaves"))
    page.paragraph(
        ngettext(
            "{n} requirement is still short of met; the decision allows it.",
            "{n} requirements are still short of met; the decision allows it.",
            count,
        ).format(n=count)
        if result.goal == "ready"
        else ngettext(
            "{n} requirement is still short of met.",
            "{n} requirements are still short of met.",
            count,
        ).format(n=count),
        indent=2,
    )
    # one more line takes no more room than saying that there is one more
    shown = count if count == _LEFT_SHOWN + 1 else _LEFT_SHOWN
    for each in result.left[:shown]:
        grade = "" if each.grade is None else f" · {grade_said(each.grade)}"
        page.paragraph(
            f"{each.id}  {each.title} ({status_said(each.status)}{grade})",
            indent=2,
            lead=f"{page.shape(each.status)} ",
        )
    if count > shown:
        page.paragraph(_("… and {n} others").format(n=count - shown), indent=2)


def _alternatives(page: Page, result: PlanResult, titles: Mapping[str, str]) -> None:
    if not result.alternatives:
        return
    page.heading(_("Other routes, the next best first"))
    for each in result.alternatives:
        page.paragraph(f"{effort_said(each.effort)}, {_difference(each)}", indent=2, lead="· ")
        for names, said in (
            (each.adds, _("besides: {title}")),
            (each.spares, _("spares: {title}")),
        ):
            for name in names:
                page.paragraph(said.format(title=titles[name]), indent=4)


def _difference(route: AlternativeRoute) -> str:
    more = Fraction(route.difference)
    if not more:
        return _("as much")
    return _("{days} more").format(days=work_said(more))


def _answers(page: Page, result: PlanResult) -> None:
    if not result.answers:
        return
    page.heading(_("Answers that would shorten the plan"))
    for each in result.answers:
        page.paragraph(
            _("“{question}”: {answer} would spare {days}").format(
                question=each.text, answer=each.answer, days=work_said(each.spares)
            ),
            indent=2,
            lead="? ",
        )


def _effects(page: Page, result: PlanResult) -> None:
    if not result.effects:
        return
    page.heading(_("What your choices change"))
    for each in result.effects:
        said = _("{choice}: {effect}").format(choice=each.text, effect=effect_said(each.difference))
        page.paragraph(said, indent=2, lead="· ")


def effect_said(difference: str | None) -> str:
    """What a choice of the user makes a plan dearer or cheaper by."""
    if difference is None:
        return _("without it there would be no route")
    amount = Fraction(difference)
    if not amount:
        return _("no more effort, no less")
    form = _("{days} more") if amount > 0 else _("{days} less")
    return form.format(days=work_said(abs(amount)))


def _no_route(page: Page, result: PlanResult) -> None:
    if not result.complete:
        page.paragraph(page.bold(_("The search was stopped before a route was found.")))
        return
    if result.goal == "budget":
        page.paragraph(
            page.bold(_("What is to be done whatever it costs passes the effort there is."))
        )
        return
    page.paragraph(page.bold(page.paint(_("No route leads to ready."), "red")))
    if result.obstacles:
        page.heading(_("What nothing offered can satisfy"))
    for each in result.obstacles:
        page.paragraph(f"{each.requirement}  {each.title}", indent=2, lead="▲ ")
        for reason in each.reasons:
            page.paragraph(reason, indent=4, lead="· ")
    if not result.obstacles:
        page.paragraph(_("Each requirement can be satisfied, but not enough of them at once."), 2)
    if result.relaxations:
        count = len(result.relaxations)
        page.heading(
            ngettext(
                "One thing would open a route",
                "{n} things together would open a route, and no fewer would",
                count,
            ).format(n=number_said(count))
        )
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
