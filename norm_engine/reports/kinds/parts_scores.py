"""Parts that several kinds of report share: the decision, scores, and requirements in tables."""

from fractions import Fraction

from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.results import (
    ConditionStanding,
    DecisionResult,
    EvaluationResult,
    GroupScore,
)
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.document import (
    Block,
    Column,
    Figure,
    Inline,
    Line,
    Mark,
    Notice,
    Paragraph,
    Picture,
    Strong,
    Table,
    Tile,
    Tiles,
    Tone,
)
from norm_engine.presentation.gap_counts import gap_count, gaps_added_up
from norm_engine.presentation.gauge_picture import gauge
from norm_engine.presentation.profile_picture import profile
from norm_engine.presentation.result_words import (
    coverage_said,
    least_said,
    score_said,
    standing_said,
)
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.wording import outcome_said
from norm_engine.reports.kinds.parts_requirements import (
    counted_mark,
    evaluated_of,
    gap_count_of,
    group_titles,
    truth_said,
)
from norm_engine.reports.kinds.parts_words import capital, line_of
from norm_engine.reports.material import Evaluated, Material

TONES: dict[str, Tone] = {"ready": "good", "not_ready": "bad", "undetermined": "open"}
"""The tone of each outcome of the decision."""


def decision_notice(material: Material) -> Notice:
    """The decision, and each of its conditions with what it stands at."""
    result = evaluated_of(material).result
    blocks: list[Block] = [
        Paragraph(condition_line(each, material.ruleset)) for each in result.decision.conditions
    ]
    if result.decision_with_findings is not None:
        outcome = outcome_said(result.decision_with_findings.outcome)
        said = _("With the auditor’s findings: {outcome}").format(outcome=outcome)
        blocks.append(Paragraph((Strong(said),)))
    title = outcome_said(result.decision.outcome)
    if result.decision_with_findings is not None:
        title = _("By answers and evidence: {outcome}").format(outcome=title)
    return Notice(title, tuple(blocks), tone_of(result.decision))


def tone_of(decision: DecisionResult) -> Tone:
    """The tone of the news that a decision is."""
    return TONES[decision.outcome]


def condition_line(standing: ConditionStanding, ruleset: RuleSet) -> Line:
    """A condition of the decision: whether it holds, its words, what it stands at."""
    condition = next(each for each in ruleset.head.decision if each.id == standing.id)
    mark = Mark(standing.truth, label=truth_said(standing.truth))
    said = line_of(condition.text, ruleset)
    return (mark, " ", *said, " ", standing_said(standing, ruleset))


def score_tiles(material: Material) -> Tiles:
    """Four figures: what is proven, what is answered, requirements met, and gaps."""
    evaluated = evaluated_of(material)
    result = evaluated.result
    counts = result.overall.counts
    applicable = sum(counts.values()) - counts["not_applicable"]
    gaps = gap_count_of(material).gaps
    return Tiles(
        (
            Tile(
                score_said(result.overall.score),
                _("proven readiness"),
                _("declared: {share}").format(share=score_said(result.overall.declared)),
            ),
            Tile(
                coverage_said(result.overall.coverage),
                _("answered"),
                _questions_note(result),
            ),
            Tile(
                number_said(counts["met"]),
                ngettext("requirement met", "requirements met", counts["met"]),
                _("of {n} that apply").format(n=number_said(applicable)),
            ),
            Tile(
                number_said(gaps),
                ngettext("gap to close", "gaps to close", gaps),
                _majors_note(result),
            ),
        )
    )


def _questions_note(result: EvaluationResult) -> str:
    left = len(result.open.questions)
    if not left:
        return _("every question is answered")
    return ngettext("{n} question still open", "{n} questions still open", left).format(n=left)


def _majors_note(result: EvaluationResult) -> str:
    count = sum(each.grade == "major" for each in result.requirements)
    if not count:
        return _("no major nonconformity")
    return ngettext(
        "of which {n} major nonconformity", "of which {n} major nonconformities", count
    ).format(n=count)


def score_overview(material: Material) -> Table:
    """One table of all scores: the whole, each workshop, each domain."""
    result = evaluated_of(material).result
    titles = group_titles(material.ruleset)
    gaps = gap_count_of(material).gaps
    rows = [_score_row((Strong(_("The whole")),), _("The whole"), result.overall, gaps)]
    for number, group in enumerate(result.workshops, 1):
        name = (f"{_('Workshop {n}').format(n=number)} · ", *titles[group.id])
        gaps = _gaps_in(result, "workshop", group)
        rows.append(_score_row(name, group.title, group, gaps))
    rows += [
        _score_row(titles[each.id], each.title, each, _gaps_in(result, "domain", each))
        for each in result.domains
    ]
    head = (_("Workshops, then domains"), *_score_head())
    return Table((_("Readiness, as proven"),), head, tuple(rows), _SCORE_COLUMNS)


def score_tables(material: Material) -> tuple[Block, ...]:
    """The scores by workshop, then by domain, each with its gauge."""
    result = evaluated_of(material).result
    titles = group_titles(material.ruleset)
    found = []
    for caption, first, kind, groups in (
        (_("By workshop"), _("Workshop"), "workshop", result.workshops),
        (_("By domain"), _("Domain"), "domain", result.domains),
    ):
        rows = tuple(
            _score_row(titles[each.id], each.title, each, _gaps_in(result, kind, each))
            for each in groups
        )
        found.append(Table((caption,), (first, *_score_head()), rows, _SCORE_COLUMNS))
    return tuple(found)


_SCORE_COLUMNS = (
    Column(0.31),
    Column(0.27),
    Column(0.13, "end"),
    Column(0.1, "end"),
    Column(0.11, "end"),
    Column(0.08, "end"),
)


def _score_head() -> tuple[str, ...]:
    return (_("Readiness"), _("Proven"), _("Declared"), capital(_("answered")), _("Gaps"))


def _gaps_in(result: EvaluationResult, kind: str, group: GroupScore) -> int:
    """How many gaps a domain or a workshop has; recommendations are no part of them."""
    return gap_count(x for x in result.requirements if getattr(x, kind) == group.id).gaps


def _score_row(name: Line, title: str, group: GroupScore, gaps: int) -> tuple[Line, ...]:
    picture: Inline = Picture(gauge(group.score, group.declared, title=title, width=122))
    return (
        name,
        (picture,),
        (score_said(group.score),),
        (least_said(group.declared),),
        (coverage_said(group.coverage),),
        (number_said(gaps),),
    )


def counts_paragraph(material: Material) -> Paragraph:
    """How many requirements have each status, recommendations apart; what that makes of gaps."""
    result = evaluated_of(material).result
    line = (Strong(_("Requirements: ")), *_counts(result.overall))
    if sum(result.recommendations.counts.values()):
        line += (". ", Strong(_("Recommendations, scored apart: ")))
        line += _counts(result.recommendations)
    return Paragraph((*line, ". ", gaps_added_up(gap_count_of(material))))


def _counts(group: GroupScore) -> Line:
    found: list[Inline] = []
    for status in STATUSES:
        if group.counts[status]:
            mark = counted_mark(status, group.counts[status])
            found += [", ", mark] if found else [mark]
    return tuple(found) or (_("nothing applies here"),)


_PROFILE_COLUMNS = (
    Column(0.2),
    Column(0.11, "end"),
    Column(0.11, "end"),
    Column(0.12, "end"),
    Column(0.46),
)


def profile_figures(material: Material) -> tuple[Figure, ...]:
    """The profile of the workshops and that of the domains, each with its figures."""
    evaluated = evaluated_of(material)
    result = evaluated.result
    titles = group_titles(material.ruleset)
    found = []
    for each, caption, first, groups in (
        ("workshop", _("Readiness of each workshop"), _("Workshop"), result.workshops),
        ("domain", _("Readiness of each domain"), _("Domain"), result.domains),
    ):
        if not groups:
            continue
        said = capital(_("answered"))
        head = (first, _("Proven"), _("Declared"), said, _("Requirements by status"))
        rows = tuple(
            (
                titles[group.id],
                (score_said(group.score),),
                (score_said(group.declared),),
                (coverage_said(group.coverage),),
                _counts(group),
            )
            for group in groups
        )
        scene = profile(groups, title=caption, floor=_floor(evaluated, each))
        found.append(Figure(scene, Table((caption,), head, rows, _PROFILE_COLUMNS)))
    return tuple(found)


def _floor(evaluated: Evaluated, each: str) -> Fraction | None:
    """The score that the decision asks of every domain, or of every workshop."""
    bounds = {x.id: x.bound for x in evaluated.result.decision.conditions}
    conditions = evaluated.evaluation.program.ruleset.head.decision
    floors = [Fraction(bounds[x.id]) for x in conditions if x.each == each]
    return max(floors, default=None)
