"""The requirements that a plan is about: those it closes, and those it leaves."""

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, number_said
from norm_engine.model.plan_results import LeftGap, PlanResult
from norm_engine.presentation.document import (
    Block,
    Column,
    Items,
    Line,
    Mark,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.plan_left import left_grade_said, left_grades, left_said
from norm_engine.presentation.plan_words import closes_if_said
from norm_engine.presentation.wording import level_said, status_said
from norm_engine.reports.kinds.parts_requirements import evaluated_of, status_mark, title_lines
from norm_engine.reports.kinds.parts_words import capital
from norm_engine.reports.kinds.plan_words import CLOSES, LEFT, requirement_target, step_links
from norm_engine.reports.material import Material


def closes_section(plan: PlanResult, material: Material) -> Section:
    """Every requirement that steps close or move forward, with the steps that do."""
    target = requirement_target(plan)
    titles = title_lines(material)
    closed = {name: step.id for step in plan.steps for name in step.closes}
    unsure = {name for step in plan.steps for name in step.may_not_apply}
    rows: list[tuple[Line, ...]] = []
    results = evaluated_of(material).result.requirements
    for each in results:
        if target.get(each.id) != f"#{CLOSES}":
            continue
        steps = [step.id for step in plan.steps if each.id in (*step.closes, *step.serves)]
        apart = () if each.level == "requirement" else (f" ({level_said(each.level)})",)
        done = step_links([closed[each.id]], plan) if each.id in closed else ("–",)
        if each.id in unsure:
            done = (*done, f" ({closes_if_said(1)})")
        rows.append(
            (
                (each.id,),
                (*titles[each.id], *apart),
                (status_mark(each.status),),
                step_links(steps, plan),
                done,
            )
        )
    title = (_("What the plan closes"),)
    if not rows:
        return Section(CLOSES, title, ())
    count = len(closed)
    caption = ngettext(
        "{n} requirement or recommendation comes to be met; in brackets: recommendations",
        "{n} requirements and recommendations come to be met; in brackets: recommendations",
        count,
    ).format(n=number_said(count))
    head = (_("Code"), _("Requirement"), _("Today"), _("Steps"), _("Met with step"))
    columns = (Column(0.1), Column(0.44), Column(0.17), Column(0.17), Column(0.12))
    blocks: list[Block] = [Table((caption,), head, tuple(rows), columns)]
    if any(each.status == "met" for each in results if each.id in closed):
        blocks.insert(0, Paragraph((_ages(plan),)))
    return Section(CLOSES, title, tuple(blocks), new_page=True)


def _ages(plan: PlanResult) -> str:
    """Why what is met today is among what the plan closes."""
    return _(
        "Some are met today and would not be any more on {day}: their evidence will be too old, or"
        " no longer valid."
    ).format(day=date_said(plan.audit_day))


def left_section(plan: PlanResult, material: Material) -> Section:
    """The requirements that the plan leaves short of met, the decision tolerating it."""
    title = (_("What the plan leaves"),)
    if not plan.left or not plan.found:
        return Section(LEFT, title, ())
    said = left_said(plan)
    if plan.goal == "ready" and plan.decision_after.outcome == "ready":
        dearer = _(
            "Closing them as well would take more effort and change nothing in the decision. They"
            " stay worth closing."
        )
        said = f"{said} {dearer}"
    head = (_("Code"), _("Requirement"), _("Status"), _("Grade"))
    columns = (Column(0.1), Column(0.5), Column(0.18), Column(0.22))
    rows = tuple(_left(each, material) for each in plan.left)
    caption = _("Requirements left, with the grade that each keeps")
    grades = tuple((Paragraph((each,)),) for each in left_grades(plan, material.ruleset))
    blocks: list[Block] = [Paragraph((said,))]
    if grades:
        blocks.append(Items(grades))
    blocks.append(Table((caption,), head, rows, columns))
    return Section(LEFT, title, tuple(blocks))


def _left(gap: LeftGap, material: Material) -> tuple[Line, ...]:
    titles = title_lines(material)
    grade = capital(left_grade_said(gap)) or "–"
    return ((gap.id,), titles[gap.id], (Mark(gap.status, status_said(gap.status)),), (grade,))
