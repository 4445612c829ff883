"""The question worth asking next as a page of text."""

from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed, number_said, percent_said
from norm_engine.model.next_results import ItemResult, Left, NextResult
from norm_engine.presentation.page_parts import page_head
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import outcome_said

_REQUIREMENTS_SHOWN = 3


def next_page(page: Page, result: NextResult, asked: str) -> None:
    """Write the question worth asking next; `asked`: the audit and its options as typed."""
    page_head(page, result.structure, result.ruleset, result.as_of)
    page.line()
    _standing(page, result)
    if result.next is None:
        page.line()
        page.paragraph(_("No open question can change anything about the decision any more."))
    else:
        page.heading(
            _("The question worth asking next")
            if result.next.kind == "question"
            else _("The evidence worth looking for next")
        )
        _asked(page, result.next)
        _reason(page, result.next)
    _runners_up(page, result.runners_up)
    _left(page, result.left)
    _further(page, result, asked)


def _standing(page: Page, result: NextResult) -> None:
    certain = Fraction(result.certainty.exact)
    said = _("{share} of what decides is settled").format(share=percent_said(certain))
    page.line(f"{page.gauge(certain, certain)} {said}")
    outcome = outcome_said(result.decision.outcome)
    if result.decision.outcome == "undetermined":
        page.paragraph(_("Decision: {outcome}.").format(outcome=outcome))
    elif certain == 1:
        page.paragraph(_("The decision is known: {outcome}.").format(outcome=outcome))
    else:
        page.paragraph(
            _(
                "The decision is known already: {outcome}. What is left says how ready the"
                " structure is."
            ).format(outcome=outcome)
        )


def _asked(page: Page, item: ItemResult) -> None:
    page.paragraph(page.bold(_head_of(item)))
    if item.help is not None:
        form = "{help}" if item.kind == "question" else _("What it shows: {help}")
        page.paragraph(form.format(help=item.help), indent=2)
    if item.deferred:
        page.paragraph(_("Asked before, and not known then: who could find out?"), indent=2)
    if item.kind == "evidence":
        return
    page.line()
    for answer in item.offered:
        text = answer.text
        if answer.anchor is not None:
            text = _("{text}: {anchor}").format(text=text, anchor=answer.anchor)
        page.paragraph(text, indent=2, lead="· ")
    if not item.offered:
        page.paragraph(_free_answer(item), indent=2, lead="· ")
    if item.not_applicable:
        page.paragraph(_("or not applicable, with a reason"), indent=2, lead="· ")


def _head_of(item: ItemResult) -> str:
    if item.kind == "question":
        return item.text
    return _("Do you have this document? {title}").format(title=item.text)


def _free_answer(item: ItemResult) -> str:
    """What may be answered where nothing is offered to choose from."""
    if item.type == "date":
        return _("a day")
    if item.type == "text":
        return _("a few words")
    unit = "" if item.unit is None else f" ({item.unit})"
    said = (_("a whole number") if item.type == "count" else _("a number")) + unit
    if item.minimum is not None and item.maximum is not None:
        form = _("{said}, from {low} to {high}")
    elif item.maximum is not None:
        form = _("{said}, at most {high}")
    else:
        form = "{said}"
    low, high = (
        "" if each is None else number_said(Fraction(each), 3)
        for each in (item.minimum, item.maximum)
    )
    return form.format(said=said, low=low, high=high)


def _reason(page: Page, item: ItemResult) -> None:
    page.heading(_("Why this one"))
    settles, narrows = Fraction(item.settles.exact), Fraction(item.narrows.exact)
    if settles == 1:
        page.paragraph(_("Whatever its answer, it settles the decision."))
    elif settles:
        page.paragraph(
            _(
                "If every answer were as likely as another, there would be {chances} that this one"
                " alone settles the decision."
            ).format(chances=_chances(settles))
        )
    if narrows:
        page.paragraph(
            _("On average, its answer settles {points} more of what decides.").format(
                points=_points(narrows)
            )
        )
    if item.opens:
        page.paragraph(
            ngettext(
                "{n} other question only makes sense once it is answered.",
                "{n} other questions only make sense once it is answered.",
                len(item.opens),
            ).format(n=len(item.opens))
        )
    if not (settles or narrows or item.opens):
        page.paragraph(_("Alone it settles nothing yet; with the answers that follow, it can."))
    _bears_on(page, item)


def _chances(share: Fraction) -> str:
    """A chance as so many in ten, or in a hundred where that is too coarse."""
    tenths = int(share * 10 + Fraction(1, 2))
    if 1 <= tenths <= 9:
        return ngettext("{n} chance in 10", "{n} chances in 10", tenths).format(n=tenths)
    hundredths = max(1, min(99, int(share * 100)))
    return ngettext("{n} chance in 100", "{n} chances in 100", hundredths).format(n=hundredths)


def _points(share: Fraction) -> str:
    """A share to a tenth of a percent: one answer seldom moves it by more."""
    if share < Fraction(1, 1000):
        return _("less than {n}%").format(n=number_said(Fraction(1, 10)))
    return _("{n}%").format(n=number_said(share * 100))


def _bears_on(page: Page, item: ItemResult) -> None:
    count = len(item.requirements)
    page.paragraph(
        ngettext("It bears on {n} requirement:", "It bears on {n} requirements:", count).format(
            n=count
        )
    )
    for each in item.requirements[:_REQUIREMENTS_SHOWN]:
        page.paragraph(f"{each.id}  {each.text}", indent=2, lead="· ")
    if count > _REQUIREMENTS_SHOWN:
        page.paragraph(_("… and {n} others").format(n=count - _REQUIREMENTS_SHOWN), indent=2)
    texts = [each.text.rstrip(" .") for each in item.conditions]
    page.paragraph(
        ngettext(
            "and on this condition of the decision: {texts}.",
            "and on these conditions of the decision: {texts}.",
            len(texts),
        ).format(texts=listed([_("“{words}”").format(words=text) for text in texts]))
    )


def _runners_up(page: Page, items: Sequence[ItemResult]) -> None:
    if not items:
        return
    page.heading(_("Next in line"))
    for item in items:
        page.paragraph(_head_of(item), indent=2, lead="· ")


def _left(page: Page, left: Left) -> None:
    page.heading(_("What is left"))
    questions = ngettext("{n} question", "{n} questions", left.questions).format(n=left.questions)
    kinds = ngettext("{n} document", "{n} documents", left.evidence).format(n=left.evidence)
    if left.questions or left.evidence:
        page.paragraph(
            _("{questions} and {documents} can still change something.").format(
                questions=questions, documents=kinds
            )
        )
    if left.deferred:
        page.paragraph(
            ngettext(
                "{n} of them was asked already, and nobody knew.",
                "{n} of them were asked already, and nobody knew.",
                left.deferred,
            ).format(n=left.deferred)
        )
    if left.without_bearing:
        page.paragraph(
            ngettext(
                "{n} other is open, but has no bearing on the decision.",
                "{n} others are open, but have no bearing on the decision.",
                left.without_bearing,
            ).format(n=left.without_bearing)
        )
    if not any((left.questions, left.evidence, left.without_bearing)):
        page.paragraph(_("Nothing: everything that is asked is answered."))


def _further(page: Page, result: NextResult, asked: str) -> None:
    page.heading(_("To go further"))
    if result.next is not None:
        page.line(f"  norm-engine next {asked} --until 90%")
    page.line(f"  norm-engine evaluate {asked}")
    page.line()
    page.paragraph(result.disclaimer)
