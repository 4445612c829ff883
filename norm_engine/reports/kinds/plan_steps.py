"""Each step of a plan as a sheet: who, when, how long, why, how, and what it closes."""

from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import duration_said, period_said
from norm_engine.model.plan_results import PlanResult, PlanStep
from norm_engine.presentation.document import (
    Badge,
    Block,
    Facts,
    Line,
    Paragraph,
    Section,
    Strong,
    Words,
)
from norm_engine.presentation.plan_words import (
    closes_if_said,
    effort_said,
    overdue_said,
    surely_closed,
)
from norm_engine.presentation.wording import phase_said, role_said
from norm_engine.reports.kinds.parts_actions import followed_up
from norm_engine.reports.kinds.parts_requirements import group_titles, linked
from norm_engine.reports.kinds.parts_words import (
    capital,
    language_of,
    line_of,
    paragraphs_of,
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
    about = _(
        "A step that may slip by so many days can end that much later without moving the end of the"
        " plan. One that waits for the days of another shares its role with it."
    )
    blocks: tuple[Block, ...] = (Paragraph((about,)), *sheets) if sheets else ()
    return Section("steps", (_("The steps, one by one"),), blocks, new_page=True)


def _sheet(number: int, step: PlanStep, plan: PlanResult, material: Material) -> Section:
    title = (f"{number}. ", *step_title(step.id, material))
    badges = (Badge(_("critical path"), strong=True),) if step.critical else ()
    rows = (*_serves(step, plan), *_order(step, plan), *_evidence(step, material))
    facts = Paragraph(_facts(step, material), "note")
    blocks = (facts, *_reasons(step, material), Facts(rows))
    return Section(
        anchor_of(number),
        title,
        (*blocks, *followed_up(step.id, material), *_overdue(step)),
        badges=badges,
        listed=False,
        together=True,
    )


def _overdue(step: PlanStep) -> tuple[Block, ...]:
    """That the step ends after the day due in the follow-up printed above."""
    said = overdue_said(step)
    return (Paragraph((Strong(capital(f"{said}.")),)),) if said else ()


def _facts(step: PlanStep, material: Material) -> Line:
    """Who, how much work, from when to when; the phase and the workshop."""
    said = together(
        [
            capital(role_said(step.role)),
            effort_said(step.effort),
            period_said(step.start, step.end),
            _("phase: {phase}").format(phase=phase_said(step.phase)),
        ]
    )
    titles = group_titles(material.ruleset)
    return (said, " · ", *titles[step.workshop]) if step.workshop in titles else (said,)


def _reasons(step: PlanStep, material: Material) -> tuple[Block, ...]:
    """Why and how; of an action in the rule set's own words, which may be in another language."""
    action = material.ruleset.actions.get(step.id)
    if action is not None:
        why, how = (paragraphs_of(each, material.ruleset) for each in (action.why, action.how))
        return (*_labelled(_("Why: "), why), *_labelled(_("How: "), how))
    kind = step.records[0] if step.records else ""
    language = ""
    if kind in material.ruleset.evidence:
        language = language_of(material.ruleset.evidence[kind].proves, material.ruleset)
    proven = tuple(Paragraph((Words(each, language),)) for each in split_paragraphs(step.why))
    how = tuple(Paragraph((each,)) for each in split_paragraphs(step.how))
    return (*_labelled(_("Why: "), proven), *_labelled(_("How: "), how))


def _labelled(label: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Paragraphs over the whole width, the first one behind a label."""
    if not paragraphs:
        return ()
    first, *others = paragraphs
    return (Paragraph((Strong(label), *first.line)), *others)


def _serves(step: PlanStep, plan: PlanResult) -> list[Row]:
    """The requirements that it closes, and on the same row those that it moves forward."""
    target = requirement_target(plan).__getitem__
    helped = [name for name in step.serves if name not in step.closes]
    parts: list[Line] = []
    if sure := surely_closed(step):
        parts.append(linked(sure, target))
    if step.may_not_apply:
        said = closes_if_said(len(step.may_not_apply))
        parts.append((*linked(step.may_not_apply, target), f", {said}"))
    if not parts:
        moved = (Paragraph(linked(helped, target, 12)),)
        return [(_("Moves forward"), moved)] if helped else []
    if helped:
        before, after = _("moves {names} forward").format(names="\n").split("\n")
        parts.append((before, *linked(helped, target, 12), after))
    return [(_("Closes"), (Paragraph(_in_a_row(parts)),))]


def _in_a_row(parts: Sequence[Line]) -> Line:
    """Parts of a line with a point between them."""
    line: Line = ()
    for part in parts:
        line = (*line, *((" · ",) if line else ()), *(each for each in part if each))
    return line


def _order(step: PlanStep, plan: PlanResult) -> list[Row]:
    """Its lead time, what comes first, what it waits for, how far it may slip: on one line."""
    parts: list[Line] = [(_("at least {duration}").format(duration=duration_said(step.lead_time)),)]
    if after := step_links(step.after, plan):
        form = ngettext("after step {n}", "after the steps {n}", len(step.after))
        parts.append(_around(form, after))
    if step.waits_for is not None and step.waits_for not in step.after:
        waits = step_links([step.waits_for], plan)
        parts.append(_around(_("waits for the days that step {n} takes"), waits))
    if slack := _slack(step):
        parts.append((slack,))
    return [(_("Within"), (Paragraph(_in_a_row(parts)),))]


def _around(form: str, links: Line) -> Line:
    """Links in the midst of words."""
    before, rest = form.split("{n}")
    return (before, *links, rest)


def _slack(step: PlanStep) -> str:
    """The days by which it may slip; nothing where it may not."""
    if step.critical or not step.slack_days:
        return ""
    said = ngettext("may slip by {n} day", "may slip by {n} days", step.slack_days)
    return said.format(n=step.slack_days)


def _evidence(step: PlanStep, material: Material) -> list[Row]:
    """The evidence that it leaves, in a row, and what of it is made anew."""
    kinds = material.ruleset.evidence
    line: Line = ()
    for name in step.records:
        if name in kinds:
            line = (*line, *((_("; "),) if line else ()))
            line = (*line, *line_of(kinds[name].title, material.ruleset))
            if name in step.renews:
                line = (*line, " ", _("(to be made anew: what is there will not count)"))
    return [(_("Evidence it leaves"), (Paragraph(line),))] if line else []
