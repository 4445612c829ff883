"""The decision with the auditor's findings, and each difference with what was derived."""

from norm_engine.language import _, ngettext
from norm_engine.presentation.document import (
    Block,
    Column,
    Line,
    Link,
    Notice,
    Paragraph,
    Table,
    Together,
    Tone,
)
from norm_engine.presentation.page_parts import grades_said
from norm_engine.presentation.wording import grade_said, outcome_said
from norm_engine.reports.kinds.parts_scores import condition_line
from norm_engine.reports.kinds.parts_words import capital, line_of
from norm_engine.reports.material import Evaluated, Material

_TONES: dict[str, Tone] = {"ready": "good", "not_ready": "bad", "undetermined": "open"}


def findings_blocks(material: Material, evaluated: Evaluated) -> tuple[Block, ...]:
    """The second decision and its differences; or that no finding is recorded."""
    second = evaluated.result.decision_with_findings
    if second is None:
        words = _("No finding of an auditor is recorded: the decision rests on what is derived.")
        return (Paragraph((words,), "note"),)
    conditions = tuple(
        Paragraph(condition_line(standing, material.ruleset)) for standing in second.conditions
    )
    title = _("With the auditor’s findings: {outcome}").format(outcome=outcome_said(second.outcome))
    notice = Notice(title, conditions, _TONES[second.outcome])
    return (notice, *_differences(material, evaluated))


def _differences(material: Material, evaluated: Evaluated) -> tuple[Block, ...]:
    second = evaluated.result.decision_with_findings
    differences = () if second is None else second.differences
    if not differences:
        return (Paragraph((_("Each finding agrees with the grade derived."),)),)
    titles = {each.id: each.title for each in material.ruleset.requirements}
    rows: tuple[tuple[Line, ...], ...] = tuple(
        (
            (
                Link(f"#{each.requirement}", each.requirement),
                " ",
                *line_of(titles[each.requirement], material.ruleset),
            ),
            (capital(grades_said(each.derived or ("none",))),),
            (f"{capital(grade_said(each.found))} ({each.finding})",),
        )
        for each in differences
    )
    caption = ngettext(
        "{n} finding differs from the grade derived",
        "{n} findings differ from the grades derived",
        len(differences),
    ).format(n=len(differences))
    head = (_("Requirement"), _("Grade derived"), _("Auditor’s finding"))
    columns = (Column(0.46), Column(0.27), Column(0.27))
    return (Together((Table((caption,), head, rows, columns),)),)
