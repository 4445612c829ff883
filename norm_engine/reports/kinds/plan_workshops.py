"""What a plan makes of each workshop: its steps, the day they are done, its score."""

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.plan_results import PlanMilestone, PlanResult
from norm_engine.presentation.document import Column, Line, Section, Table
from norm_engine.presentation.result_words import score_said
from norm_engine.reports.kinds.parts_requirements import group_titles
from norm_engine.reports.kinds.plan_words import step_links
from norm_engine.reports.material import Material


def workshops_section(plan: PlanResult, material: Material) -> Section:
    """A milestone for each workshop: the day all of its steps are done."""
    title = (_("Milestones of the workshops"),)
    rows = tuple(_row(at, each, plan, material) for at, each in enumerate(plan.milestones, 1))
    head = (_("Workshop"), _("Done on"), _("If nothing is done"), _("With the plan"), _("Steps"))
    columns = (
        Column(0.3),
        Column(0.13),
        Column(0.14, "end"),
        Column(0.13, "end"),
        Column(0.3),
    )
    caption = _("Each step counts in the workshop that most of what it serves belongs to")
    return Section("milestones", title, (Table((caption,), head, rows, columns),), listed=False)


def _row(
    number: int, milestone: PlanMilestone, plan: PlanResult, material: Material
) -> tuple[Line, ...]:
    titles = group_titles(material.ruleset)
    name = (f"{_('Workshop {n}').format(n=number)} · ", *titles[milestone.workshop])
    if not milestone.steps:
        day: Line = (_("no step"),)
    else:
        day = (date_said(milestone.day),)
    return (
        name,
        day,
        (score_said(milestone.before),),
        (score_said(milestone.after),),
        step_links(milestone.steps, plan) or ("–",),
    )
