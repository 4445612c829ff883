"""A comparison as a page of text: short first, then what moved by workshop, then why."""

from fractions import Fraction

from norm_engine.language import _
from norm_engine.language.figures import date_said, interval_said
from norm_engine.model.comparison_results import (
    ComparedGroup,
    ComparedSide,
    ComparisonResult,
)
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.comparison_moves import (
    SECTIONS,
    causes_part,
    moved_numbers,
    moved_part,
)
from norm_engine.presentation.comparison_news import expired_part, news_part
from norm_engine.presentation.comparison_words import (
    MOVEMENT_SIGNS,
    counts_said,
    movement_said,
    outcomes_said,
    side_said,
)
from norm_engine.presentation.page_parts import overlays_line
from norm_engine.presentation.result_words import names_said, score_said, standing_figure
from norm_engine.presentation.terminal import Page, fitted
from norm_engine.presentation.wording import outcome_said, status_said

_TITLE = 32
_COLOURS = {"higher": "green", "lower": "red", "same": "bright_black"}


def comparison_page(page: Page, result: ComparisonResult, ruleset: RuleSet, asked: str) -> None:
    """Write a comparison.

    Args:
        ruleset: the rule set of the second side.
        asked: the second side and its options as they are typed, for what leads further.
    """
    _head(page, result)
    if result.identical:
        page.line()
        page.paragraph(_("Nothing differs between the two."))
    else:
        _decision(page, result, ruleset)
        _scores(page, result)
        page.line()
        page.paragraph(counts_said(moved_numbers(result), same_structure=result.same_structure))
        for section in SECTIONS:
            moved_part(page, result, section)
        expired_part(page, result.expired)
        causes_part(page, result)
        news_part(page, result)
        _rules(page, result)
    _foot(page, result, asked)


def _head(page: Page, result: ComparisonResult) -> None:
    after = result.after
    if result.same_structure:
        page.paragraph(page.bold(after.structure))
    else:
        page.paragraph(
            page.bold(
                _("{one} and {other}").format(one=result.before.structure, other=after.structure)
            )
        )
    page.paragraph(
        _("{title}, edition {edition}").format(
            title=after.ruleset.title, edition=after.ruleset.edition
        )
    )
    for letter, side in (("A", result.before), ("B", after)):
        said = side_said(side)
        if not result.same_structure:
            said = _("{name}, as of {day}").format(name=said, day=date_said(side.as_of))
        page.paragraph(said, indent=2, lead=f"{letter} · ")
    for side in (result.before, after):
        _milestone(page, side)
    overlays_line(page, after.ruleset)


def _milestone(page: Page, side: ComparedSide) -> None:
    """What a reader must know of a milestone that comes to something else than it said."""
    milestone = side.milestone
    if milestone is None:
        return
    if not milestone.same_rules:
        page.paragraph(
            _(
                "{name}: frozen under other rules (catalogue {version}). Both sides are evaluated"
                " under today’s."
            ).format(name=side.name, version=milestone.frozen_version),
            indent=2,
            lead="! ",
        )
    if side.files_not_found:
        page.paragraph(
            _(
                "{name}: the files of these pieces are not there any more, or are not the same:"
                " {pieces}. They do not count."
            ).format(name=side.name, pieces=names_said(side.files_not_found)),
            indent=2,
            lead="! ",
        )
    if milestone.differences:
        said = [_frozen(each.what, each.frozen, each.now) for each in milestone.differences[:4]]
        more = len(milestone.differences) - len(said)
        page.paragraph(
            _("{name}, when it was frozen, said otherwise: {differences}.").format(
                name=side.name,
                differences=_("; ").join(said)
                + (" " + _("and {n} others").format(n=more) if more else ""),
            ),
            indent=2,
            lead="! ",
        )


def _frozen(what: str, was: str, now: str) -> str:
    if what == "decision":
        return _("decision “{was}” (today: “{now}”)").format(
            was=outcome_said(was), now=outcome_said(now)
        )
    if what == "overall":
        ends = [
            interval_said(*map(Fraction, said.split(" – "))) if said else "–" for said in (was, now)
        ]
        return _("the whole {was} (today: {now})").format(was=ends[0], now=ends[1])
    words = [status_said(said) if said else "–" for said in (was, now)]
    return _("{requirement} {was} (today: {now})").format(
        requirement=what, was=words[0], now=words[1]
    )


def _decision(page: Page, result: ComparisonResult, ruleset: RuleSet) -> None:
    decision = result.decision
    page.line()
    outcome = outcomes_said(decision.before, decision.after, same_structure=result.same_structure)
    page.paragraph(page.bold(outcome))
    counted = {each.id for each in ruleset.head.decision if each.grade is not None}
    for each in decision.conditions:
        if each.changed:
            found = [
                standing_figure(side, counted=each.id in counted)
                for side in (each.before, each.after)
            ]
            page.paragraph(
                _("{condition} {before} → {after}").format(
                    condition=each.text, before=found[0], after=found[1]
                ),
                indent=2,
                lead=f"{page.truth(each.before.truth)} → {page.truth(each.after.truth)} ",
            )
    outcomes = decision.with_findings_before, decision.with_findings_after
    if outcomes != (None, None):
        said = [_("no finding") if each is None else outcome_said(each) for each in outcomes]
        page.paragraph(_("With the auditor’s findings: {outcome}").format(outcome=" → ".join(said)))


def _scores(page: Page, result: ComparisonResult) -> None:
    page.line()
    heads = f"{'A':>12}   {'B':<12}"
    page.line(page.bold(fitted(_("Readiness, as proven"), _TITLE + 2)) + page.faint(heads))
    rows = [(_("The whole"), result.overall)]
    _score(page, result, *rows[0])
    page.line(page.faint(_("By workshop")))
    for number, group in enumerate(result.workshops, 1):
        _score(page, result, f"{number} {group.title}", group)
    page.line(page.faint(_("By domain")))
    for group in result.domains:
        _score(page, result, group.title, group)


def _score(page: Page, result: ComparisonResult, title: str, group: ComparedGroup) -> None:
    said = movement_said(group.movement, same_structure=result.same_structure)
    moved = page.paint(
        f"{MOVEMENT_SIGNS[group.movement]} {said}", _COLOURS.get(group.movement, "cyan")
    )
    before, after = score_said(group.before.score), score_said(group.after.score)
    page.line(f"  {fitted(title, _TITLE)}{before:>12} → {after:<12} {moved}")


def _rules(page: Page, result: ComparisonResult) -> None:
    if not result.rules:
        return
    page.heading(_("What overlays set otherwise"))
    for each in result.rules:
        page.paragraph(f"{each.text}: {each.before} → {each.after}", indent=2, lead="· ")


def _foot(page: Page, result: ComparisonResult, asked: str) -> None:
    moved = next((each.id for each in result.requirements if each.direction == "lower"), None)
    moved = moved or next((each.id for each in result.requirements if each.kind != "same"), None)
    if moved:
        page.heading(_("To go further"))
        page.line(f"  norm-engine explain {moved} {asked} --as-of {result.after.as_of}")
    page.line()
    page.paragraph(result.disclaimer)
