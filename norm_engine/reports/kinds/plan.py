"""The plan of a structure: what to do to be ready, in which order, by whom, and by when."""

from collections.abc import Iterator
from fractions import Fraction

from norm_engine.language import _, current, ngettext
from norm_engine.language.figures import date_said, number_said
from norm_engine.model.plan_results import PlanResult
from norm_engine.presentation.document import (
    Block,
    Document,
    Line,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
    Tone,
)
from norm_engine.presentation.plan_words import (
    late_said,
    no_steps_said,
    proof_said,
    range_said,
    unanswered_said,
    with_steps_said,
    work_said,
)
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.wording import outcome_said
from norm_engine.reports.kinds.parts_decision import decision_table
from norm_engine.reports.kinds.parts_frame import (
    disclaimer_notice,
    frame,
    identity_facts,
    method_section,
    proof_section,
    subject_name,
)
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.kinds.plan_calendar import calendar_section, load_section
from norm_engine.reports.kinds.plan_closes import closes_section, left_section
from norm_engine.reports.kinds.plan_method import plan_method_section
from norm_engine.reports.kinds.plan_obstacles import obstacles_section
from norm_engine.reports.kinds.plan_others import others_sections
from norm_engine.reports.kinds.plan_steps import steps_section
from norm_engine.reports.kinds.plan_workshops import workshops_section
from norm_engine.reports.material import Material


def plan_document(material: Material) -> Document:
    """The plan of a structure, in the language in force.

    Raises:
        ValueError: when the material holds no plan.
    """
    plan = material.plan
    if plan is None:
        raise ValueError("this report is made from no plan")
    sections = (
        _essentials(plan, material),
        obstacles_section(plan, material),
        calendar_section(plan, material),
        load_section(plan),
        steps_section(plan, material),
        closes_section(plan, material),
        left_section(plan, material),
        *others_sections(plan, material),
        plan_method_section(plan),
        method_section(material),
        proof_section(material),
    )
    return frame(
        material, (subject_name(material),), _("Roadmap"), _front(plan, material), sections
    )


def _front(plan: PlanResult, material: Material) -> tuple[Block, ...]:
    head = material.ruleset.head
    said = _("How to be ready against “{title}”, edition {edition}, starting on {day}")
    if plan.goal == "budget":
        said = _("The most readiness against “{title}”, edition {edition}, starting on {day}")
    # the title may be in another language than the sentence
    said = said.format(title="\n", edition=head.edition, day=date_said(plan.as_of))
    before, after = said.split("\n")
    lead = Paragraph((before, *line_of(head.title, material.ruleset), after), "lead")
    return (lead, identity_facts(material), disclaimer_notice(material))


def _essentials(plan: PlanResult, material: Material) -> Section:
    blocks: list[Block] = [*_unanswered(plan), _verdict(plan)]
    if plan.steps:
        blocks.append(_tiles(plan))
    blocks.append(_decision(plan, material))
    if plan.steps:
        blocks.append(workshops_section(plan, material))
    return Section("essentials", (_("The essentials"),), tuple(blocks), new_page=True)


def _unanswered(plan: PlanResult) -> Iterator[Notice]:
    """Before all else, that too little is answered for the plan to be followed."""
    if said := unanswered_said(plan):
        title = _("The self-assessment is not finished")
        yield Notice(title, (Paragraph((said,)),), "open")


def _verdict(plan: PlanResult) -> Notice:
    """What the plan leads to, how well it is proven that none is better, and whether in time."""
    if not plan.found:
        title = no_steps_said(plan)
        return Notice(title, (Paragraph((_("What stands in the way is named below."),)),), "bad")
    if not plan.steps:
        words = outcome_said(plan.decision_after.outcome)
        tone: Tone = "good" if plan.decision_after.outcome == "ready" else "open"
        return Notice(no_steps_said(plan), (Paragraph((words,)),), tone)
    title = _("A route to ready")
    if plan.goal == "budget":
        title = _("The most readiness for {days}").format(days=work_said(plan.budget or "0"))
    if plan.late and not plan.day_asked and plan.complete:
        title = _("No audit day suits these steps")
    lines: list[Line] = [(Strong(proof_said(plan)),), (_dates(plan),)]
    if plan.late:
        lines.append((late_said(plan),))
    blocks = tuple(Paragraph(line) for line in lines)
    # the most that an effort reaches is good news, whether it makes ready or not
    short = plan.decision_after.outcome != "ready"
    return Notice(title, blocks, "open" if plan.late or short else "good")


def _dates(plan: PlanResult) -> str:
    if plan.late and not plan.day_asked:
        return _("Work starts on {start}; the last step ends on {end}.").format(
            start=date_said(plan.as_of), end=date_said(plan.end or plan.as_of)
        )
    return _("Work starts on {start}; the last step ends on {end}; the audit is on {day}.").format(
        start=date_said(plan.as_of),
        end=date_said(plan.end or plan.as_of),
        day=date_said(plan.audit_day),
    )


def _tiles(plan: PlanResult) -> Tiles:
    likely = Fraction(plan.effort.likely)
    several = likely >= 2 if current() == "fr" else likely != 1
    count = len(plan.steps)
    critical = len(plan.critical_path)
    return Tiles(
        (
            Tile(
                number_said(likely, 2),
                ngettext("day of work, likely", "days of work, likely", 2 if several else 1),
                range_said(plan.effort),
            ),
            Tile(
                number_said(count),
                ngettext("step", "steps", count),
                ngettext("{n} sets the end", "{n} set the end", critical).format(n=critical),
            ),
            Tile(
                _months(plan),
                _("until all is done"),
                _("done on {day}").format(day=date_said(plan.end or plan.as_of)),
            ),
            Tile(
                score_said(plan.after.score),
                _("proven readiness"),
                _("if nothing is done: {share}").format(share=score_said(plan.before.score)),
            ),
        )
    )


def _months(plan: PlanResult) -> str:
    """How long the work lasts, to the nearest month; at least one."""
    end = plan.end or plan.as_of
    months = (end.year - plan.as_of.year) * 12 + end.month - plan.as_of.month
    months = max(1, months + round((end.day - plan.as_of.day) / 30))
    return ngettext("{n} month", "{n} months", months).format(n=months)


def _decision(plan: PlanResult, material: Material) -> Table:
    """Each condition of the decision on audit day, with nothing done and with the plan."""
    caption = _("The decision on {day}").format(day=date_said(plan.audit_day))
    heads, decisions = [_("If nothing is done")], [plan.decision_before]
    if plan.found:
        heads.append(with_steps_said(plan))
        decisions.append(plan.decision_after)
    return decision_table(caption, heads, decisions, material.ruleset)
