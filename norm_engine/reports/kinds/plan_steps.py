"""Each step of a plan as a sheet: who, when, how long, why, how, and what it closes."""

from norm_engine.language import _, ngettext
from norm_engine.language.figures import duration_said
from norm_engine.model.plan_results import PlanResult, PlanStep
from norm_engine.presentation.document import (
    Badge,
    Block,
    Facts,
    Line,
    Paragraph,
    Section,
    Words,
)
from norm_engine.presentation.plan_words import effort_said, span_said
from norm_engine.presentation.wording import phase_said, role_said
from norm_engine.reports.kinds.parts_actions import followed_up
from norm_engine.reports.kinds.parts_requirements import group_titles, linked
from norm_engine.reports.kinds.parts_words import (
    capital,
    language_of,
    line_of,
    paragraphs_of,
    several,
    split_paragraphs,
    together,
)
from norm_engine.reports.kinds.plan_words import (
    anchor_of,
    requirement_target,
    step_links,
    step_title,
)
from norm_engine.reports.material import Material

Row = tuple[str, tuple[Block, ...]]


def steps_section(plan: PlanResult, material: Material) -> Section:
    """A sheet for each step, in the order of their starts."""
    sheets = tuple(_sheet(at, step, plan, material) for at, step in enumerate(plan.steps, 1))
    return Section("steps", (_("The steps, one by one"),), sheets, new_page=True)


def _sheet(number: int, step: PlanStep, plan: PlanResult, material: Material) -> Section:
    title = (f"{number}. ", *step_title(step.id, material))
    badges = (Badge(_("critical path"), strong=True),) if step.critical else ()
    rows = [*_reasons(step, material), *_serves(step, plan), *_order(step, plan)]
    rows += _evidence(step, material)
    blocks = (Paragraph(_facts(step, material), "note"), Facts(tuple(rows)))
    return Section(
        anchor_of(number),
        title,
        (*blocks, *followed_up(step.id, material)),
        badges=badges,
        listed=False,
        together=True,
    )


def _facts(step: PlanStep, material: Material) -> Line:
    """Who, how much work, from when to when; the phase and the workshop."""
    said = together(
        [
            capital(role_said(step.role)),
            effort_said(step.effort),
            span_said(step.start, step.end),
            _("phase: {phase}").format(phase=phase_said(step.phase)),
        ]
    )
    titles = group_titles(material.ruleset)
    return (said, " · ", *titles[step.workshop]) if step.workshop in titles else (said,)


def _reasons(step: PlanStep, material: Material) -> list[Row]:
    """Why and how; of an action in the rule set's own words, which may be in another language."""
    action = material.ruleset.actions.get(step.id)
    if action is not None:
        why, how = (paragraphs_of(each, material.ruleset) for each in (action.why, action.how))
        return [(_("Why"), why), (_("How"), how)]
    kind = step.records[0] if step.records else ""
    language = ""
    if kind in material.ruleset.evidence:
        language = language_of(material.ruleset.evidence[kind].proves, material.ruleset)
    return [
        (_("Why"), tuple(Paragraph((Words(x, language),)) for x in split_paragraphs(step.why))),
        (_("How"), tuple(Paragraph((each,)) for each in split_paragraphs(step.how))),
    ]


def _serves(step: PlanStep, plan: PlanResult) -> list[Row]:
    target = requirement_target(plan).__getitem__
    helped = [name for name in step.serves if name not in step.closes]
    rows: list[Row] = []
    if step.closes:
        rows.append((_("Closes"), (Paragraph(linked(step.closes, target)),)))
    if helped:
        rows.append((_("Moves forward"), (Paragraph(linked(helped, target, 12)),)))
    return rows


def _order(step: PlanStep, plan: PlanResult) -> list[Row]:
    """What comes first, what it waits for, how far it may slip."""
    rows: list[Row] = []
    if after := step_links(step.after, plan):
        rows.append((_("After the steps"), (Paragraph(after),)))
    if step.waits_for is not None and step.waits_for not in step.after:
        waits = step_links([step.waits_for], plan)
        before, rest = _("step {n}, which takes the days of this role").split("{n}")
        rows.append((_("Waits for"), (Paragraph((before, *waits, rest)),)))
    rows.append((_("Within"), (Paragraph((_slack(step),)),)))
    return rows


def _slack(step: PlanStep) -> str:
    """Its lead time, and the days by which it may slip."""
    lead = _("at least {duration}").format(duration=duration_said(step.lead_time))
    if step.critical or not step.slack_days:
        return lead
    slack = ngettext(
        "may slip by {n} day without moving the end",
        "may slip by {n} days without moving the end",
        step.slack_days,
    ).format(n=step.slack_days)
    return f"{lead} · {slack}"


def _evidence(step: PlanStep, material: Material) -> list[Row]:
    """The evidence that it leaves, and what of it is made anew."""
    kinds = material.ruleset.evidence
    rows: list[Row] = []
    for label, names in (
        (_("Evidence it leaves"), step.records),
        (_("Made anew, since it will not count"), step.renews),
    ):
        items = [
            (Paragraph(line_of(kinds[name].title, material.ruleset)),)
            for name in names
            if name in kinds
        ]
        if items:
            rows.append((label, several(items)))
    return rows
