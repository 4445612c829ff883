"""What plans count with beside the actions: filing evidence, and the days that roles have."""

from norm_engine.authoring.catalogue_requirements import effort_words
from norm_engine.authoring.catalogue_view import View
from norm_engine.language import _
from norm_engine.language.figures import days_said, duration_said
from norm_engine.model.conditions import SettingReference
from norm_engine.model.ruleset import Capacity, Filing
from norm_engine.model.scalars import exact
from norm_engine.presentation.document import Block, Facts, Line, Link, Paragraph, Section, Table
from norm_engine.presentation.values import asked_words
from norm_engine.presentation.wording import role_said


def planning_section(view: View) -> Section:
    """The section on what plans count with; without blocks where the rule set says nothing."""
    planning = view.ruleset.planning
    blocks: list[Block] = []
    if planning.filing is not None:
        blocks.append(_filing(planning.filing, view))
    if planning.margin is not None:
        said = _("Audit day is taken to be {duration} after the last step, unless it is named.")
        blocks.append(Paragraph((said.format(duration=duration_said(planning.margin)),)))
    if planning.capacity:
        blocks.append(_capacities(view))
    return Section("planning", (_("What plans count with"),), tuple(blocks))


def _filing(filing: Filing, view: View) -> Section:
    opening = _(
        "Where a practice is there already and its evidence may exist, or keeps being made, it is"
        " gathered and filed; nothing is done anew. For each kind of evidence plans count:"
    )
    rows: tuple[tuple[str, tuple[Block, ...]], ...] = (
        (_("Effort"), (Paragraph((effort_words(filing.effort, view),)),)),
        (_("Lead time"), (Paragraph((duration_said(filing.lead_time),)),)),
        (_("Who"), (Paragraph((view.capital(role_said(filing.role)),)),)),
    )
    title = (_("Filing a piece of evidence"),)
    return Section("planning-filing", title, (Paragraph((opening,)), Facts(rows)))


def _capacities(view: View) -> Section:
    opening = _(
        "Days that each can give to the preparation. Who is not named here has no limit in plans."
    )
    rows = tuple(
        ((view.capital(role_said(role)),), _days(capacity, view))
        for role, capacity in view.ruleset.planning.capacity.items()
    )
    title = _("Days a month")
    table = Table((title,), (_("Who"), title), rows)
    return Section("planning-capacity", (title,), (Paragraph((opening,)), table))


def _days(capacity: Capacity, view: View) -> Line:
    days = capacity.days
    if isinstance(days, SettingReference):
        default = view.ruleset.head.settings[days.setting].default
        line: Line = (days_said(exact(default)), " (", *view.setting(days.setting), ")")
    else:
        line = (days_said(exact(days)),)
    if capacity.per is None:
        return line
    question = view.ruleset.questions[capacity.per]
    anchor, language = view.anchor("question", capacity.per), view.said(question.text)[1]
    link = Link(f"#{anchor}", asked_words(question, view.ruleset), language)
    return (*line, _(", for each counted in "), link)
