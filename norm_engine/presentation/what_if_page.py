"""What would change under some changes, as a page of text."""

from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, listed
from norm_engine.model.results import DeclaredResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.model.what_if_results import (
    CriterionChange,
    DecisionChange,
    RequirementChange,
    ScoreChange,
    StateSide,
    WhatIfResult,
)
from norm_engine.presentation.page_parts import grades_said, overlays_line
from norm_engine.presentation.result_words import score_said, standing_figure
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import outcome_said, status_said


def what_if_page(page: Page, result: WhatIfResult, ruleset: RuleSet) -> None:
    """Write what changes for the requirement, then for all that follows from it."""
    page.paragraph(page.bold(f"{result.requirement.id}  {result.requirement.title}"))
    said = _("{structure}, as of {day}").format(
        structure=result.structure, day=date_said(result.as_of)
    )
    page.paragraph(said)
    overlays_line(page, result.ruleset)
    page.heading(ngettext("If this were so", "If these were so", len(result.changes)))
    for each in result.changes:
        moved = _turned(each.before, each.after) if each.before != each.after else each.after
        if each.before == each.after:
            moved += " " + _("(as it is already)")
        page.paragraph(f"{each.text}{_(': ')}{moved}", indent=2, lead="· ")
    if _nothing(result):
        page.line()
        page.paragraph(
            _("Nothing would change: no status, no credit, no grade, no score, no decision.")
        )
    else:
        _requirement(page, result.requirement)
        _others(page, result.others)
        _scores(page, result.scores)
        _decision(page, result.decision, ruleset)
    page.line()
    page.paragraph(result.disclaimer)


def _turned(before: str, after: str) -> str:
    return _("{before} → {after}").format(before=before, after=after)


def _nothing(result: WhatIfResult) -> bool:
    changed = result.requirement.changes != "nothing" or result.requirement.criteria
    return not (changed or result.others or result.scores or result.decision.conditions)


def _requirement(page: Page, change: RequirementChange) -> None:
    page.heading(_("For {id}").format(id=change.id))
    differences = _differences(change)
    if change.changes == "nothing":
        differences = [_("Nothing changes: {status}.").format(status=_status(change.before))]
    page.paragraph(differences[0], indent=2, lead=f"{_shapes(page, change)} ")
    for said in differences[1:]:
        page.paragraph(said, indent=4)
    if change.changes == "declared":
        said = _("What is proven stays as it is, for want of evidence.")
        page.paragraph(said, indent=4)
    for each in change.criteria:
        _criterion(page, each)


def _shapes(page: Page, change: RequirementChange) -> str:
    before, after = page.shape(change.before.status), page.shape(change.after.status)
    return before if before == after else f"{before} → {after}"


def _status(side: StateSide | DeclaredResult) -> str:
    if side.status == "undetermined":
        return _(" or ").join(status_said(each) for each in side.possible)
    return status_said(side.status)


def _differences(change: RequirementChange) -> list[str]:
    """What differs, in words: status, credit and grade; on declarations where nothing else does."""
    if change.changes == "declared":
        return _declared(change.before.declared, change.after.declared)
    before, after = change.before, change.after
    found = []
    if before.possible != after.possible:
        found.append(_turned(_status(before), _status(after)))
    if before.credit != after.credit:
        credit = _turned(score_said(before.credit), score_said(after.credit))
        found.append(_("credit: {credit}").format(credit=credit))
    if before.grades != after.grades and before.grades and after.grades:
        found.append(_turned(grades_said(before.grades), grades_said(after.grades)))
    return found or [_status(after)]


def _declared(before: DeclaredResult, after: DeclaredResult) -> list[str]:
    found = []
    if before.possible != after.possible:
        status = _turned(_status(before), _status(after))
        found.append(_("declared: {status}").format(status=status))
    if before.credit != after.credit:
        credit = _turned(score_said(before.credit), score_said(after.credit))
        found.append(_("credit declared: {credit}").format(credit=credit))
    return found or [_("declared: {status}").format(status=_status(after))]


def _criterion(page: Page, change: CriterionChange) -> None:
    one, other = change.before, change.after
    if one.proven != other.proven:
        lead = f"{page.truth(one.proven)} → {page.truth(other.proven)} "
        page.paragraph(change.text, indent=4, lead=lead)
        return
    said = _("{criterion} (declared, not proven)").format(criterion=change.text)
    lead = f"{page.truth(one.declared)} → {page.truth(other.declared)} "
    page.paragraph(said, indent=4, lead=lead)


def _others(page: Page, others: Sequence[RequirementChange]) -> None:
    proven = [each for each in others if each.changes == "proven"]
    for heading, listed_ in (
        (_("What rests on it"), [each for each in proven if each.downstream]),
        (_("Elsewhere"), [each for each in proven if not each.downstream]),
    ):
        if listed_:
            page.heading(heading)
        for each in listed_:
            page.paragraph(
                f"{each.id}  {each.title}", indent=2, lead=f"{_shapes(page, each)} ", hang=2
            )
            page.paragraph(" · ".join(_differences(each)), indent=4)
    declared = [each.id for each in others if each.changes == "declared"]
    if declared:
        page.line()
        said = _("Only what is declared would change for {names}.")
        page.paragraph(said.format(names=listed(declared)))


def _scores(page: Page, scores: Sequence[ScoreChange]) -> None:
    if not scores:
        return
    page.heading(_("Readiness"))
    small = 0
    for each in scores:
        before, after = score_said(each.before), score_said(each.after)
        if before != after:
            page.paragraph(f"{each.title}{_(': ')}{_turned(before, after)}", indent=2)
            continue
        one, other = score_said(each.declared_before), score_said(each.declared_after)
        if one == other:
            small += 1
            continue
        declared = _("{share} declared").format(share=_turned(one, other))
        page.paragraph(f"{each.title}{_(': ')}{declared}", indent=2)
    if small:
        said = ngettext(
            "{n} score moves by less than one percent",
            "{n} scores move by less than one percent",
            small,
        )
        page.paragraph(said.format(n=small), indent=2)


def _decision(page: Page, decision: DecisionChange, ruleset: RuleSet) -> None:
    page.heading(_("Decision"))
    before, after = outcome_said(decision.before), outcome_said(decision.after)
    if before == after:
        page.paragraph(_("{outcome}, as before").format(outcome=before), indent=2)
    else:
        page.paragraph(_turned(before, after), indent=2)
    graded = {each.id: each.grade is not None for each in ruleset.head.decision}
    for each in decision.conditions:
        lead = page.truth(each.before.truth)
        if each.before.truth != each.after.truth:
            lead += f" → {page.truth(each.after.truth)}"
        one, other = (
            standing_figure(at, counted=graded[at.id]) for at in (each.before, each.after)
        )
        text = each.after.text
        if one != other:
            text += _(": ") + _turned(one, other)
        page.paragraph(text, indent=2, lead=f"{lead} ", hang=2)
