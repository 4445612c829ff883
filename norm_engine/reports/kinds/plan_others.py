"""What else could be done: other routes, answers that would shorten the plan, choices made."""

from norm_engine.language import _, ngettext
from norm_engine.model.plan_results import PlanResult
from norm_engine.presentation.document import Block, Facts, Items, Line, Paragraph, Section, Strong
from norm_engine.presentation.plan_others import Told, told
from norm_engine.presentation.plan_words import effect_said, work_said
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.kinds.plan_words import step_title
from norm_engine.reports.material import Material


def others_sections(plan: PlanResult, material: Material) -> tuple[Section, ...]:
    """Other routes, answers that would shorten the plan, and what the user's choices change."""
    return (_routes(plan, material), _answers(plan, material), _choices(plan))


def _routes(plan: PlanResult, material: Material) -> Section:
    routes = tuple(_route(each, material) for each in told(plan.alternatives))
    title = (_("Other routes, the next best first"),)
    return Section("others", title, (Facts(routes),) if routes else (), together=True)


def _route(route: Told, material: Material) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = [Paragraph((Strong(route.heading),))]
    for names, label in ((route.adds, _("Does besides: ")), (route.spares, _("Spares: "))):
        if names:
            blocks.append(Paragraph((label, *_titles(names, material))))
    return _("Route {n}").format(n=route.number), tuple(blocks)


def _titles(names: tuple[str, ...], material: Material) -> Line:
    line: Line = ()
    for name in names:
        line = (*line, *((_("; "),) if line else ()), *step_title(name, material))
    return line


def _answers(plan: PlanResult, material: Material) -> Section:
    title = (_("Answers that would shorten the plan"),)
    questions = material.ruleset.questions
    items = []
    for each in plan.answers:
        asked: Line = (each.text,)
        if each.question in questions:
            asked = line_of(questions[each.question].text, material.ruleset)
        spared = _(": if the answer is {answer}, {days} less.").format(
            answer=each.answer, days=work_said(each.spares)
        )
        items.append((Paragraph((*asked, spared)),))
    if not items:
        return Section("answers", title, ())
    said = ngettext(
        "Nothing is known of this yet; the plan takes it at its worst.",
        "Nothing is known of these yet; the plan takes them at their worst.",
        len(items),
    )
    return Section("answers", title, (Paragraph((said,)), Items(tuple(items))), together=True)


def _choices(plan: PlanResult) -> Section:
    said = _("{choice}: {effect}")
    lines = (
        said.format(choice=each.text, effect=effect_said(each.difference)) for each in plan.effects
    )
    items = tuple((Paragraph((line,)),) for line in lines)
    title = (_("What your choices change"),)
    return Section("choices", title, (Items(items),) if items else (), together=True)
