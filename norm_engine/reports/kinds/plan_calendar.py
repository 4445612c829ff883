"""A plan over the months: its picture, the same as a table, and how busy each role is."""

import datetime
from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import date_said, number_said
from norm_engine.model.plan_results import MonthLoad, PlanResult, PlanStep
from norm_engine.presentation.document import (
    Block,
    Column,
    Figure,
    Line,
    Link,
    Paragraph,
    Section,
    Strong,
    Table,
)
from norm_engine.presentation.months import month_said
from norm_engine.presentation.plan_pace import role_pace_said
from norm_engine.presentation.plan_words import work_said
from norm_engine.presentation.wording import role_said
from norm_engine.reports.kinds.parts_words import capital
from norm_engine.reports.kinds.plan_words import anchor_of, numbers_of, step_links, step_title
from norm_engine.reports.material import Material

_WIDTH, _HEIGHT = 482.0, 585.0
"""Room for one picture on a page, in points."""


def calendar_section(plan: PlanResult, material: Material) -> Section:
    """The steps over the months, as pictures and as a table."""
    if not plan.steps:
        return Section("calendar", (_("Calendar"),), ())
    said = _(
        "Steps of one role share its days: while it is busy, a step waits or lasts longer. What is"
        " on the critical path sets the end: a delay there delays the whole."
    )
    table = _table(plan, material)
    pace = role_pace_said(plan.as_of, plan.end, plan.steps, plan.loads)
    about = tuple(Paragraph((each,)) for each in (said, pace) if each)
    blocks: tuple[Block, ...] = (*about, *_figures(plan, table))
    return Section("calendar", (_("Calendar"),), blocks, new_page=True)


def _figures(plan: PlanResult, table: Table) -> tuple[Figure, ...]:
    from norm_engine.presentation.gantt_picture import gantt_pages

    scenes = gantt_pages(plan, _WIDTH, _HEIGHT)
    last = len(scenes) - 1
    return tuple(Figure(each, table if at == last else None) for at, each in enumerate(scenes))


def _table(plan: PlanResult, material: Material) -> Table:
    rows = tuple(_row(number, step, plan, material) for number, step in enumerate(plan.steps, 1))
    head = (_("Step"), _("Who"), _("Effort"), _("From"), _("To"), _("After"))
    columns = (
        Column(0.38),
        Column(0.14),
        Column(0.11, "end"),
        Column(0.14),
        Column(0.14),
        Column(0.09),
    )
    return Table((_("The steps in order (*: critical path)"),), head, rows, columns)


def _row(number: int, step: PlanStep, plan: PlanResult, material: Material) -> tuple[Line, ...]:
    link = Link(f"#{anchor_of(number)}", f"{number}.")
    star: Line = (" ", Strong("*")) if step.critical else ()
    after = [name for name in step.after if name in numbers_of(plan)]
    return (
        (link, " ", *step_title(step.id, material), *star),
        (capital(role_said(step.role)),),
        (work_said(step.effort.likely),),
        (date_said(step.start),),
        (date_said(step.end),),
        step_links(after, plan) or ("–",),
    )


def load_section(plan: PlanResult) -> Section:
    """The person-days that each role gives in each month, and how many it can give."""
    if not plan.loads:
        return Section("load", (_("Who is busy when"),), ())
    roles = tuple(dict.fromkeys(step.role for step in plan.steps))
    months = sorted({each.month for each in plan.loads})
    loads = {(each.month, each.role): each for each in plan.loads}
    rows: list[tuple[Line, ...]] = [
        (
            (_month(month),),
            *(_load(loads.get((month, role))) for role in roles),
            (_total([each for each in plan.loads if each.month == month]),),
        )
        for month in months
    ]
    sums = (_total([each for each in plan.loads if each.role == role]) for role in roles)
    rows.append(
        ((Strong(_("In all")),), *((Strong(each),) for each in sums), (Strong(_total(plan.loads)),))
    )
    head = (_("Month"), *(capital(role_said(role)) for role in roles), _("In all"))
    share = 0.78 / (len(roles) + 1)
    columns = (Column(0.22), *(Column(share, "end") for _role in (*roles, "")))
    caption = _("Likely person-days by month; after the slash, those that the role has")
    table = Table((caption,), head, tuple(rows), columns)
    return Section("load", (_("Who is busy when"),), (table,))


def _month(month: str) -> str:
    return capital(month_said(datetime.date.fromisoformat(f"{month}-01")))


def _load(load: MonthLoad | None) -> Line:
    if load is None:
        return ("–",)
    said = number_said(Fraction(load.days), 2)
    if load.capacity is None:
        return (said,)
    return (f"{said} / {number_said(Fraction(load.capacity), 2)}",)


def _total(loads: Sequence[MonthLoad]) -> str:
    return number_said(sum((Fraction(each.days) for each in loads), Fraction(0)), 2)
