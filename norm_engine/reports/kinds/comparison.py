"""Two states of a structure, or two structures, side by side: what differs, and why."""

from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, listed, number_said
from norm_engine.model.comparison_results import ComparedRequirement, ComparisonResult
from norm_engine.model.results import DecisionResult
from norm_engine.presentation.comparison_moves import moved, moved_numbers
from norm_engine.presentation.comparison_words import counts_said, outcomes_said, side_said
from norm_engine.presentation.document import (
    Block,
    Code,
    Document,
    Facts,
    Items,
    Line,
    Notice,
    Paragraph,
    Section,
    Tile,
    Tiles,
)
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.wording import outcome_said
from norm_engine.reports.kinds.comparison_moves import causes_section, moved_sections
from norm_engine.reports.kinds.comparison_news import expired_section, news_section
from norm_engine.reports.kinds.comparison_scores import scores_section, sides_said
from norm_engine.reports.kinds.parts_decision import decision_table
from norm_engine.reports.kinds.parts_frame import disclaimer_notice, frame, proof_section
from norm_engine.reports.kinds.parts_identity import Row, row
from norm_engine.reports.kinds.parts_scores import TONES
from norm_engine.reports.kinds.parts_words import line_of, user_paragraphs
from norm_engine.reports.material import Material


def comparison_document(material: Material) -> Document:
    """The comparison of an audit with what it looks back to, in the language in force.

    Raises:
        ValueError: when the material holds no comparison.
    """
    result = material.comparison
    if result is None:
        raise ValueError("this report has nothing that it could look back to")
    sections: Sequence[Section] = (
        _short(result, material),
        scores_section(result, material),
        *moved_sections(result, material),
        expired_section(result, material),
        causes_section(result, material),
        news_section(result, material),
        _reading(result),
        proof_section(material),
    )
    eyebrow = _("Comparison") if result.same_structure else _("Comparison of two structures")
    return frame(material, _title(result), eyebrow, _front(result, material), sections, cover=False)


def _title(result: ComparisonResult) -> Line:
    if result.same_structure:
        return (result.after.structure,)
    words = _("{one} and {other}")
    return (words.format(one=result.before.structure, other=result.after.structure),)


def _front(result: ComparisonResult, material: Material) -> tuple[Block, ...]:
    head = material.ruleset.head
    ruleset: Line = (
        *line_of(head.title, material.ruleset),
        _(", edition {edition}, version {version}").format(
            edition=head.edition, version=head.version
        ),
    )
    rows: list[Row] = []
    labels = (_("Before"), _("After"))
    if not result.same_structure:
        labels = (_("First"), _("Second"))
    for label, side in zip(labels, (result.before, result.after), strict=True):
        said = side_said(side)
        if not result.same_structure:
            said = _("{name}, as of {day}").format(name=said, day=date_said(side.as_of))
        rows.append((label, user_paragraphs(said)))
    rows.append(row(_("Rule set"), *ruleset))
    rows.append(row(_("Fingerprint"), Code(material.ruleset.fingerprint)))
    return (Facts(tuple(rows)), disclaimer_notice(material))


def _short(result: ComparisonResult, material: Material) -> Section:
    title = (_("In short"),)
    if result.identical:
        words = _("Nothing differs between the two.")
        return Section("short", title, (Paragraph((words,), "lead"),))
    decision = result.decision
    lines = [counts_said(moved_numbers(result), same_structure=result.same_structure)]
    findings = (decision.with_findings_before, decision.with_findings_after)
    if findings != (None, None):
        said = [_("no finding") if each is None else outcome_said(each) for each in findings]
        form = _("With the auditor’s findings: {outcome}")
        lines.append(form.format(outcome=" → ".join(said)))
    notice = Notice(
        outcomes_said(decision.before, decision.after, same_structure=result.same_structure),
        tuple(Paragraph((each,)) for each in lines),
        TONES[decision.after],
    )
    return Section("short", title, (notice, _tiles(result), _decision(result, material)))


def _tiles(result: ComparisonResult) -> Tiles:
    overall = result.overall
    higher, lower = (moved(result, way) for way in ("higher", "lower"))
    rose, fell = ngettext("rose", "rose", len(higher)), ngettext("fell", "fell", len(lower))
    if not result.same_structure:
        rose = ngettext("is higher", "are higher", len(higher))
        fell = ngettext("is lower", "are lower", len(lower))
    closed, new = len(result.closed_gaps), len(result.new_gaps)
    tiles = [
        Tile(
            score_said(overall.after.score),
            _("proven readiness"),
            _("before: {share}").format(share=score_said(overall.before.score))
            if result.same_structure
            else _("the first: {share}").format(share=score_said(overall.before.score)),
        ),
        Tile(number_said(len(higher)), rose, _met(higher)),
        Tile(number_said(len(lower)), fell, _met(lower, still=result.same_structure)),
    ]
    if result.same_structure:
        note = ngettext("{n} new gap", "{n} new gaps", new).format(n=number_said(new))
        words = ngettext("gap closed", "gaps closed", closed)
        tiles.append(Tile(number_said(closed), words, note))
    return Tiles(tuple(tiles))


def _met(requirements: Sequence[ComparedRequirement], *, still: bool = False) -> str:
    """How many of those that moved are met on the second side; nothing where none moved.

    Args:
        still: that they were met before, too.
    """
    met = sum(each.after.status == "met" for each in requirements)
    if not requirements:
        return ""
    if not met:
        return _("none of them is met")
    if still:
        said = ngettext("{n} of them is still met", "{n} of them are still met", met)
    else:
        said = ngettext("{n} of them is met", "{n} of them are met", met)
    return said.format(n=number_said(met))


def _decision(result: ComparisonResult, material: Material) -> Block:
    decision = result.decision
    both = (
        DecisionResult(
            outcome=decision.before, conditions=tuple(x.before for x in decision.conditions)
        ),
        DecisionResult(
            outcome=decision.after, conditions=tuple(x.after for x in decision.conditions)
        ),
    )
    return decision_table(_("The decision"), sides_said(result), both, material.ruleset)


def _reading(result: ComparisonResult) -> Section:
    """What rose and fell mean, and under which rules both were looked at."""
    items = [
        _(
            "Both are evaluated under the rules that this report carries, whatever the rules were"
            " on the first day."
        ),
        _(
            "A score is up when what is sure of it is: its low end. It is more precise when less is"
            " still possible."
        ),
        _(
            "A requirement rose when it is surely met and was not, or when more of its points are"
            " sure, or when what it can be at worst is better."
        ),
        _(
            "A cause is an answer, a piece of evidence, a date or a setting that differs, and"
            " without which the requirement would not have moved so."
        ),
    ]
    if result.before.files_not_found and result.same_structure:
        names = listed(result.before.files_not_found)
        words = _("Of the first, these pieces do not count, since their files are not there: {n}.")
        items.append(words.format(n=names))
    listed_items = Items(tuple((Paragraph((each,)),) for each in items))
    return Section("reading", (_("How to read this"),), (listed_items,), together=True)
