"""The end of the page of a plan: what sets its end, what it leaves, what else could be done."""

from collections.abc import Mapping

from norm_engine.language import _
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.plan_left import left_grade_said, left_grades, left_said
from norm_engine.presentation.plan_others import told
from norm_engine.presentation.plan_pace import link_said, path_said
from norm_engine.presentation.plan_words import effect_said, work_said
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import status_said

_LEFT_SHOWN = 8


def critical_part(page: Page, result: PlanResult) -> None:
    """What sets the end: one role's days, or steps of which each is held back by the one before."""
    page.heading(_("What sets the end"))
    steps = {step.id: step for step in result.steps}
    path = [steps[name] for name in result.critical_path]
    said = path_said(result, path)
    if said:
        page.paragraph(said, indent=2)
    for step in path:
        page.paragraph(step.title, indent=2, lead="→ ")
        if not said and (why := link_said(step, steps)):
            page.paragraph(page.faint(why), indent=4)


def left_part(page: Page, result: PlanResult, ruleset: RuleSet) -> None:
    """What the plan leaves, the gravest first, against what the decision tolerates."""
    if not result.left:
        return
    count = len(result.left)
    page.heading(_("What the plan leaves"))
    page.paragraph(left_said(result), indent=2)
    for said in left_grades(result, ruleset):
        page.paragraph(said, indent=2, lead="· ")
    # one more line takes no more room than saying that there is one more
    shown = count if count == _LEFT_SHOWN + 1 else _LEFT_SHOWN
    for each in result.left[:shown]:
        grade = left_grade_said(each)
        said = status_said(each.status) + (f" · {grade}" if grade else "")
        page.paragraph(
            f"{each.id}  {each.title} ({said})",
            indent=2,
            lead=f"{page.shape(each.status)} ",
        )
    if count > shown:
        page.paragraph(_("… and {n} others").format(n=count - shown), indent=2)


def alternatives_part(page: Page, result: PlanResult, titles: Mapping[str, str]) -> None:
    """Other routes, by what each does besides and spares."""
    if not result.alternatives:
        return
    page.heading(_("Other routes, the next best first"))
    for each in told(result.alternatives):
        page.paragraph(each.heading, indent=2, lead=f"{each.number}. ")
        for names, said in (
            (each.adds, _("besides: {title}")),
            (each.spares, _("spares: {title}")),
        ):
            for name in names:
                page.paragraph(said.format(title=titles[name]), indent=5)


def answers_part(page: Page, result: PlanResult) -> None:
    """The answers that would spare most."""
    if not result.answers:
        return
    page.heading(_("Answers that would shorten the plan"))
    for each in result.answers:
        page.paragraph(
            _("“{question}”: {answer} would spare {days}").format(
                question=each.text, answer=each.answer, days=work_said(each.spares)
            ),
            indent=2,
            lead="? ",
        )


def effects_part(page: Page, result: PlanResult) -> None:
    """What the options that the user chose cost or spare."""
    if not result.effects:
        return
    page.heading(_("What your choices change"))
    for each in result.effects:
        said = _("{choice}: {effect}").format(choice=each.text, effect=effect_said(each.difference))
        page.paragraph(said, indent=2, lead="· ")
