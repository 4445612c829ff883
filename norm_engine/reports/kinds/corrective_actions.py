"""What a structure has planned, what each action serves, and which gaps none serves."""

import datetime
from collections.abc import Mapping, Sequence

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.audit import PlannedAction
from norm_engine.model.results import GapResult
from norm_engine.model.ruleset import GRADES
from norm_engine.presentation.document import (
    Block,
    Facts,
    Line,
    Paragraph,
    Section,
)
from norm_engine.presentation.wording import grade_said, role_said
from norm_engine.reports.kinds.parts_requirements import linked
from norm_engine.reports.kinds.parts_words import (
    capital,
    line_of,
    or_not_stated,
    state_said,
    user_paragraphs,
)
from norm_engine.reports.material import Evaluated, Material

Row = tuple[str, tuple[Block, ...]]


def actions_section(material: Material, evaluated: Evaluated) -> Section:
    """Planned actions by due date, each with what it serves; then the gaps that none serves."""
    planned = sorted(
        evaluated.audit.actions, key=lambda each: (each.due or datetime.date.max, each.id)
    )
    served = _served(evaluated)
    blocks: list[Block] = [_action(each, served, material) for each in planned]
    if not planned:
        blocks.append(Paragraph((_("The structure has planned no action."),)))
    open_actions = {each.action for each in planned if each.state in ("todo", "doing")}
    reached = {name for action in open_actions for name in served.get(action, ())}
    left = [gap for gap in evaluated.gaps.gaps if gap.id not in reached]
    return Section(
        "actions",
        (_("Corrective actions"),),
        (*blocks, *_without_action(left, found_grades(evaluated))),
        new_page=True,
    )


def _served(evaluated: Evaluated) -> dict[str, tuple[str, ...]]:
    """The gaps that each action of the catalogue helps to close, by action."""
    found: dict[str, dict[str, None]] = {}
    for cause in evaluated.gaps.causes:
        for action in cause.actions:
            found.setdefault(action, {}).update(dict.fromkeys(cause.holds_back))
    return {action: tuple(sorted(names)) for action, names in found.items()}


def _action(
    planned: PlannedAction, served: Mapping[str, Sequence[str]], material: Material
) -> Section:
    action = material.ruleset.actions[planned.action]
    due = or_not_stated(None if planned.due is None else date_said(planned.due))
    names = served.get(planned.action, ())
    serves: Line = linked(names) if names else (_("no gap of today"),)
    owner = user_paragraphs(planned.owner or "") or (
        Paragraph((_("not stated; usually: {role}").format(role=role_said(action.role)),)),
    )
    rows: list[Row] = [
        (_("State"), (Paragraph((capital(state_said(planned.state)),)),)),
        (_("Owner"), owner),
        (_("Due"), (Paragraph((_late(planned, due, material),)),)),
        (_("Serves"), (Paragraph(serves),)),
    ]
    if planned.comment:
        rows.append((_("Comment"), user_paragraphs(planned.comment)))
    return Section(
        f"action-{planned.id}",
        line_of(action.title, material.ruleset),
        (Facts(tuple(rows)),),
        code=planned.id,
        listed=False,
        together=True,
    )


def _late(planned: PlannedAction, due: str, material: Material) -> str:
    late = planned.due is not None and planned.due < material.subject.as_of
    if late and planned.state in ("todo", "doing"):
        return _("{day} (overdue)").format(day=due)
    return due


def found_grades(evaluated: Evaluated) -> dict[str, str | None]:
    """The auditor's grade of each requirement that has a finding; the most severe of several."""
    found = sorted(evaluated.audit.findings, key=lambda each: -GRADES.index(each.grade))
    return {each.requirement: each.grade for each in found}


def _without_action(
    gaps: Sequence[GapResult], found: Mapping[str, str | None]
) -> tuple[Section, ...]:
    if not gaps:
        return ()
    by_grade: dict[str | None, list[str]] = {}
    for gap in gaps:
        by_grade.setdefault(found.get(gap.id, gap.grade), []).append(gap.id)
    order = [*GRADES, None]
    rows = tuple(
        (
            capital(grade_said(grade) if grade else _("No grade of its own, or several possible")),
            (Paragraph(linked(sorted(by_grade[grade]))),),
        )
        for grade in order
        if grade in by_grade
    )
    words = _("No open action above serves these requirements.")
    title = _("Gaps without an action")
    return (Section("actions-none", (title,), (Paragraph((words,)), Facts(rows)), together=True),)
