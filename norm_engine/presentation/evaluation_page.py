"""The result of an evaluation as a page of text that a coordinator reads with pleasure."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation
from norm_engine.language import _, ngettext
from norm_engine.language.figures import (
    duration_said,
    percent_said,
)
from norm_engine.language.typography import WIDE
from norm_engine.model.results import (
    DecisionResult,
    EvaluationResult,
    FindingsDecision,
    GroupScore,
    Open,
    ThingToDo,
)
from norm_engine.model.ruleset import Status
from norm_engine.presentation.atoms import words
from norm_engine.presentation.gap_counts import gap_count, gaps_added_up, is_gap
from norm_engine.presentation.page_parts import grades_said, page_head
from norm_engine.presentation.result_words import (
    effort_said,
    least_said,
    names_said,
    score_said,
    standing_said,
)
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.terminal import WIDTH, Page, fitted
from norm_engine.presentation.wording import (
    grade_said,
    outcome_said,
    role_said,
    status_said,
    statuses_said,
)

_OUTCOME_COLOURS = {"ready": "green", "not_ready": "red", "undetermined": "cyan"}
_TITLE = 31
_GAUGE = 16
_STILL_SHOWN = 6


def evaluation_page(
    page: Page, result: EvaluationResult, evaluation: Evaluation, asked: str
) -> None:
    """Write the result of an evaluation.

    Args:
        asked: the audit and its options as they are typed, for the commands that lead further.
    """
    page_head(page, result.structure, result.ruleset, result.as_of)
    _decision(page, result.decision, evaluation)
    if result.decision_with_findings is not None:
        _with_findings(page, result.decision_with_findings)
    _scores(page, result, evaluation)
    _first(page, result.first)
    _open(page, result.open, evaluation)
    _further(page, result, asked)


def _decision(page: Page, decision: DecisionResult, evaluation: Evaluation) -> None:
    page.line()
    outcome = outcome_said(decision.outcome)
    page.line(page.bold(page.paint(outcome, _OUTCOME_COLOURS[decision.outcome])))
    for standing in decision.conditions:
        page.paragraph(
            f"{standing.text} {standing_said(standing, evaluation.program.ruleset)}",
            indent=2,
            lead=f"{page.truth(standing.truth)} ",
            hang=2,
        )


def _with_findings(page: Page, second: FindingsDecision) -> None:
    page.line()
    outcome = page.paint(outcome_said(second.outcome), _OUTCOME_COLOURS[second.outcome])
    page.line(_("With the auditor’s findings: {outcome}").format(outcome=page.bold(outcome)))
    for each in second.differences:
        page.paragraph(
            _("{requirement}: {found} for the auditor, {derived} for the evaluation").format(
                requirement=each.requirement,
                found=grade_said(each.found),
                derived=grades_said(each.derived or ["none"]),
            ),
            indent=2,
            lead="· ",
        )


def _scores(page: Page, result: EvaluationResult, evaluation: Evaluation) -> None:
    page.line()
    # outside of the f-string, where messages would not be extracted
    proven, declared, answered = _("proven"), _("declared"), _("answered")
    heads = f"{proven:>11}{declared:>9}{answered:>10}"
    page.line(page.bold(fitted(_("Readiness"), WIDTH - len(heads))) + page.faint(heads))
    _score_line(page, _("The whole"), result.overall)
    page.line(page.faint(_("By workshop")))
    for number, group in enumerate(result.workshops, 1):
        _score_line(page, f"{number} {group.title}", group)
    page.line(page.faint(_("By domain")))
    crossing = {each.id for each in evaluation.program.ruleset.head.domains if each.cross_cutting}
    for group in result.domains:
        _score_line(page, group.title + (" *" if group.id in crossing else ""), group)
    if crossing:
        page.paragraph(_("* cuts across the workshops: its requirements count in each."), indent=2)
    page.line()
    counts = result.overall.counts
    page.paragraph(
        " · ".join(_count_of(page, status, counts[status]) for status in STATUSES if counts[status])
    )
    page.paragraph(gaps_added_up(gap_count(result.requirements)))
    _by_basis(page, result.bases)


def _by_basis(page: Page, bases: Sequence[GroupScore]) -> None:
    """How ready on what is attested of the norm, how ready on what is our own."""
    scores = {group.id: group.score for group in bases if group.score is not None}
    said = [
        text.format(score=score_said(scores[basis]))
        for basis, text in (
            ("attested", _("on what is attested as content of the norm: {score}")),
            ("inferred", _("on what we inferred: {score}")),
        )
        if basis in scores
    ]
    if said:
        page.line()
        page.paragraph(_("Readiness {parts}.").format(parts=_("; ").join(said)))


def _count_of(page: Page, status: Status, count: int) -> str:
    """How many requirements have a status; kept on one line."""
    said = status_said(status) if count == 1 else statuses_said(status)
    return f"{page.shape(status)} {count} {said}".replace(" ", WIDE)


def _score_line(page: Page, title: str, group: GroupScore) -> None:
    label = "  " + fitted(title, _TITLE)
    if group.score is None or group.declared is None:
        page.line(label + " " + page.faint(_("nothing applies here")))
        return
    low, high = Fraction(group.score.low), Fraction(group.score.high)
    coverage = percent_said(Fraction(group.coverage or 0))
    page.line(
        f"{label} {page.gauge(low, high, _GAUGE)}"
        f"{score_said(group.score):>11}{least_said(group.declared):>9}{coverage:>10}"
    )


def _first(page: Page, things: Sequence[ThingToDo]) -> None:
    if not things:
        return
    page.heading(
        ngettext("The first thing to do", "The {n} things to do first", len(things)).format(
            n=number_word(len(things))
        )
    )
    for number, thing in enumerate(things, 1):
        page.line()
        page.paragraph(thing.title, lead=f"{number}. ")
        page.paragraph(_facts(thing), indent=3)
        page.paragraph(thing.why, indent=3, lead=_("Why: "), hang=2)
        page.paragraph(thing.how, indent=3, lead=_("How: "), hang=2)


def number_word(number: int) -> str:
    """A small number as a word."""
    small = (_("two"), _("three"), _("four"), _("five"), _("six"))
    return small[number - 2] if 2 <= number <= 6 else str(number)


def _facts(thing: ThingToDo) -> str:
    parts = [
        f"{role_said(thing.role)}, {effort_said(thing)}",
        _("within {duration}").format(duration=duration_said(thing.lead_time)),
    ]
    if thing.closes:
        parts.append(_("closes {names}").format(names=names_said(thing.closes)))
    if thing.helps:
        parts.append(_("moves {names} forward").format(names=names_said(thing.helps)))
    return " · ".join(parts)


def _open(page: Page, open_: Open, evaluation: Evaluation) -> None:
    if not open_.questions and not open_.evidence:
        return
    program = evaluation.program
    page.heading(_("Still to be answered"))
    if open_.questions:
        count = len(open_.questions)
        page.paragraph(
            ngettext(
                "{n} question of the {all} you are asked:",
                "{n} questions of the {all} you are asked:",
                count,
            ).format(n=count, all=open_.questions_asked),
            indent=2,
        )
        _items(page, [words(program, program.ruleset.questions[n].text) for n in open_.questions])
    if open_.evidence:
        count = len(open_.evidence)
        page.paragraph(
            ngettext(
                "{n} kind of evidence of which nothing is said yet:",
                "{n} kinds of evidence of which nothing is said yet:",
                count,
            ).format(n=count),
            indent=2,
        )
        _items(page, [words(program, program.ruleset.evidence[n].title) for n in open_.evidence])


def _items(page: Page, items: Sequence[str]) -> None:
    for item in items[:_STILL_SHOWN]:
        page.paragraph(item, indent=4, lead="· ")
    if len(items) > _STILL_SHOWN:
        page.paragraph(_("… and {n} others").format(n=len(items) - _STILL_SHOWN), indent=4)


def _further(page: Page, result: EvaluationResult, asked: str) -> None:
    # what is blocked is explained by what blocks it
    found = (r.id for r in result.requirements if is_gap(r) and r.status != "blocked")
    gap = next(found, None)
    page.heading(_("To go further"))
    page.line(f"  norm-engine gaps {asked}")
    for first in [gap] if gap else [each.id for each in result.requirements[:1]]:
        page.line(f"  norm-engine explain {first} {asked}")
    page.line()
    version = _("Catalogue {version}, fingerprint {fingerprint}.").format(
        version=result.ruleset.version, fingerprint=result.ruleset.fingerprint[:12]
    )
    page.paragraph(f"{result.disclaimer} {version}")
