"""Two pages for a board or a funder: where the structure stands, in plain words."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, days_said, number_said
from norm_engine.model.audit import UNKNOWN, AnswerDetails, AnswerValue, Audit
from norm_engine.model.results import GapResult, GroupScore, RequirementResult
from norm_engine.presentation.document import (
    Block,
    Column,
    Document,
    Facts,
    Items,
    Line,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.gap_counts import gaps_said
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.values import answer_words
from norm_engine.presentation.wording import grade_said
from norm_engine.reports.kinds.parts_actions import first_table, first_title
from norm_engine.reports.kinds.parts_frame import disclaimer_notice, frame, subject_name
from norm_engine.reports.kinds.parts_method import checking_note
from norm_engine.reports.kinds.parts_requirements import (
    evaluated_of,
    gap_count_of,
    group_titles,
    status_mark,
    title_lines,
)
from norm_engine.reports.kinds.parts_scores import decision_notice, score_overview, score_tiles
from norm_engine.reports.kinds.parts_words import capital, line_of, or_not_stated, user_paragraphs
from norm_engine.reports.material import Material

PROFILE_ANSWERS = 2
"""Answers of the profile that say what the structure is: its kind, and how large it is."""

STRENGTHS = 5
GAPS_NAMED = 6


def summary_document(material: Material) -> Document:
    """The summary of an audit, in the language in force."""
    made = frame(
        material,
        (subject_name(material),),
        _("Summary for the board and funders"),
        _front(material),
        (_standing(material), _strengths(material), _gaps(material), _work(material)),
        cover=False,
    )
    return replace(made, colophon=(checking_note(material),))


def _front(material: Material) -> tuple[Block, ...]:
    return (Paragraph((_in_one_sentence(material),), "lead"), Facts(_identity(material)))


def _in_one_sentence(material: Material) -> str:
    """The decision in one sentence."""
    result = evaluated_of(material).result
    conditions = result.decision.conditions
    failing = sum(each.truth == "false" for each in conditions)
    sentence = {
        "ready": _(
            "On {day}, the structure is ready, against this catalogue: all conditions hold."
        ),
        "not_ready": ngettext(
            "On {day}, the structure is not ready yet: {n} condition of {all} does not hold.",
            "On {day}, the structure is not ready yet: {n} conditions of {all} do not hold.",
            failing,
        ),
        "undetermined": _(
            "On {day}, it is too early to say whether the structure is ready: part of the questions"
            " and of the evidence is still open."
        ),
    }[result.decision.outcome]
    day = date_said(result.as_of)
    return sentence.format(day=day, n=number_said(failing), all=number_said(len(conditions)))


_Row = tuple[str, tuple[Block, ...]]


def _identity(material: Material) -> tuple[_Row, ...]:
    """What the structure is, and against what it was looked at."""
    audit = evaluated_of(material).audit
    head = material.ruleset.head
    scope = audit.engagement.scope if audit.engagement is not None else None
    ruleset: Line = (
        *line_of(head.title, material.ruleset),
        _(", edition {edition}, version {version}").format(
            edition=head.edition, version=head.version
        ),
    )
    rows: list[_Row] = []
    if scope:
        rows.append((_("Scope"), user_paragraphs(scope)))
    sites = _("; ").join(audit.structure.sites)
    rows.append((_("Sites"), user_paragraphs(or_not_stated(sites))))
    profile = _profile(audit, material)
    if profile:
        rows.append((_("Profile"), (Items(profile),)))
    return (*rows, (_("Rule set"), (Paragraph(ruleset),)))


def _profile(audit: Audit, material: Material) -> tuple[tuple[Block, ...], ...]:
    """The first answers of the profile."""
    found: list[tuple[Block, ...]] = []
    for name, question in material.ruleset.questions.items():
        value = _value(audit, name)
        told = question.profile and question.type in ("choice", "count")
        if told and value is not None and len(found) < PROFILE_ANSWERS:
            said = answer_words(value, question, material.ruleset)
            found.append((Paragraph((*line_of(question.text, material.ruleset), " ", said)),))
    return tuple(found)


def _value(audit: Audit, name: str) -> AnswerValue | None:
    given = audit.answers.get(name)
    value = given.value if isinstance(given, AnswerDetails) else given
    return None if value == UNKNOWN else value


def _standing(material: Material) -> Section:
    blocks = (score_tiles(material), decision_notice(material), score_overview(material))
    return Section("standing", (_("Where the structure stands"),), blocks)


def _strengths(material: Material) -> Section:
    result = evaluated_of(material).result
    lines: list[Line] = [*_gravest(result.requirements), *_furthest(material)]
    lines += _beyond(material)
    if not lines:
        lines.append((_("None is proven yet."),))
    items = Items(tuple((Paragraph(line),) for line in lines))
    return Section("strengths", (_("Strengths"),), (items,))


def _beyond(material: Material) -> list[Line]:
    """The recommendations that are followed, in one line."""
    titles = title_lines(material)
    names = [x.id for x in evaluated_of(material).result.requirements if x.grade == "strength"]
    if not names:
        return []
    line: Line = (_("Recommendations followed, beyond what is required: "), *titles[names[0]])
    for name in names[1:STRENGTHS]:
        line = (*line, _("; "), *titles[name])
    rest = len(names) - STRENGTHS
    return [(*line, " ", _("and {n} others").format(n=rest))] if rest > 0 else [line]


def _gravest(requirements: Sequence[RequirementResult]) -> list[Line]:
    """How many of the requirements that weigh most are met."""
    gravest = [
        each
        for each in requirements
        if each.gravity == "major"
        and each.level == "requirement"
        and each.status != "not_applicable"
    ]
    met = sum(each.status == "met" for each in gravest)
    if not met:
        return []
    said = ngettext(
        "{n} of the {all} requirements that weigh most is met.",
        "{n} of the {all} requirements that weigh most are met.",
        met,
    )
    return [(said.format(n=number_said(met), all=number_said(len(gravest))),)]


def _furthest(material: Material) -> list[Line]:
    """The workshop and the domain where most is proven."""
    result = evaluated_of(material).result
    titles = group_titles(material.ruleset)
    found: list[Line] = []
    for said, groups in (
        (_("The workshop where most is proven: "), result.workshops),
        (_("The domain where most is proven: "), result.domains),
    ):
        best = max(groups, key=_least, default=None)
        if best is not None and _least(best) > 0:
            found.append((said, *titles[best.id], f" ({score_said(best.score)})"))
    return found


def _least(group: GroupScore) -> Fraction:
    return Fraction(group.score.low) if group.score is not None else Fraction(0)


def _gaps(material: Material) -> Section:
    gaps = evaluated_of(material).gaps.gaps
    titles = title_lines(material)
    title = (_("Main gaps"),)
    if not gaps:
        return Section("gaps", title, (Paragraph((_("No gap among what is determined so far."),)),))
    rows = tuple((titles[x.id], (status_mark(x.status),), (_grade(x),)) for x in gaps[:GAPS_NAMED])
    count = caption = gaps_said(gap_count_of(material))
    if len(gaps) > GAPS_NAMED:
        caption = _("{gaps}; the gravest").format(gaps=count)
    head = (_("Gap"), _("Status"), _("Derived grade"))
    columns = (Column(0.52), Column(0.24), Column(0.24))
    return Section("gaps", title, (Table((caption,), head, rows, columns),))


def _grade(gap: GapResult) -> str:
    return "–" if gap.grade is None else capital(grade_said(gap.grade))


def _work(material: Material) -> Section:
    first = evaluated_of(material).result.first
    title = first_title(material) if first else _("What to do first")
    low = sum((Fraction(each.effort[0]) for each in first), Fraction(0))
    high = sum((Fraction(each.effort[2]) for each in first), Fraction(0))
    total = _("In all, {low} to {high} of work").format(low=number_said(low), high=days_said(high))
    blocks = (*first_table(material, total, codes=False), disclaimer_notice(material))
    return Section("first", (title,), blocks)
