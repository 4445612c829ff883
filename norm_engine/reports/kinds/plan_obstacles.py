"""Why no route leads to ready, and what would open one."""

from norm_engine.language import _
from norm_engine.model.plan_results import Obstacle, PlanResult
from norm_engine.presentation.document import Block, Items, Paragraph, Section
from norm_engine.presentation.plan_words import opening_said
from norm_engine.reports.kinds.parts_requirements import title_lines
from norm_engine.reports.material import Material


def obstacles_section(plan: PlanResult, material: Material) -> Section:
    """What would open a route, then what nothing offered can satisfy; empty where there is one."""
    title = (_("What stands in the way"),)
    if plan.found:
        return Section("obstacles", title, ())
    blocks: list[Block] = [_obstacle(each, material) for each in plan.obstacles]
    if not blocks and plan.goal == "ready":
        words = _("Each requirement can be satisfied, but not enough of them at once.")
        blocks.append(Paragraph((words,)))
    if plan.goal == "budget":
        words = _("Give more days, or take fewer steps whatever they cost.")
        blocks.append(Paragraph((words,)))
    return Section("obstacles", title, (*_relaxations(plan), *blocks))


def _obstacle(obstacle: Obstacle, material: Material) -> Section:
    reasons = Items(tuple((Paragraph((each,)),) for each in obstacle.reasons))
    return Section(
        f"obstacle-{obstacle.requirement}",
        title_lines(material)[obstacle.requirement],
        (reasons,),
        code=obstacle.requirement,
        listed=False,
        together=True,
    )


def _relaxations(plan: PlanResult) -> tuple[Block, ...]:
    if not plan.relaxations:
        return ()
    title = opening_said(plan)
    items = Items(tuple((Paragraph((each.text,)),) for each in plan.relaxations))
    return (Section("relaxations", (title,), (items,), together=True),)
