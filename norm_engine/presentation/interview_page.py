"""The screens of an express self-audit in the terminal: questions, what they are for, progress."""

from collections.abc import Mapping
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.next_question import Item, Ranking
from norm_engine.engine.program import Program
from norm_engine.language import _, ngettext
from norm_engine.language.figures import (
    duration_said,
    interval_said,
    listed,
    number_said,
    percent_said,
    wanted_percent_said,
)
from norm_engine.model.ruleset import AnswerReference, Question
from norm_engine.presentation.result_words import names_said
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.values import number_words, words_of
from norm_engine.presentation.wording import disclaimer, outcome_said


def opening_page(page: Page, structure: str, outcome: str, until: Fraction) -> None:
    """What the person at the keyboard should know before the first question.

    Args:
        outcome: of the decision as it stands.
    """
    page.heading(_("Express self-audit: {structure}").format(structure=structure))
    page.paragraph(
        _(
            "One question at a time, the most useful one first, until {share} of the decision is"
            " settled. Each answer is saved at once: stop whenever you like."
        ).format(share=wanted_percent_said(until))
    )
    if outcome != "undetermined":
        page.paragraph(outcome_known_said(outcome))
    keys_page(page)


def outcome_known_said(outcome: str) -> str:
    """That the decision is known, and what more questions are good for."""
    return _(
        "The decision is known: {outcome}. The questions left make your readiness more precise."
    ).format(outcome=outcome_said(outcome))


def keys_page(page: Page) -> None:
    """What can be typed besides answers."""
    page.line()
    for key, said in (
        (_("Enter"), _("I don’t know: we go on with another question")),
        ("?", _("what this question is for, and help")),
        (_("na"), _("not applicable, where the question allows it")),
        (_("back"), _("correct the answer before this one")),
        ("q", _("stop here; run the same command again to go on")),
    ):
        page.paragraph(said, indent=2, lead=f"{page.bold(key.ljust(8))} ", hang=9)


def question_page(page: Page, item: Item, program: Program, title: str, number: int) -> None:
    """A question with its help, and what can be answered.

    Args:
        title: the heading that the question stands under in the questionnaire.
        number: how many questions this makes today.
    """
    ruleset = program.ruleset
    question = ruleset.questions[item.subject]
    _head(page, item, title, number)
    page.paragraph(page.bold(words_of(question.text, ruleset)))
    if question.help is not None:
        page.paragraph(words_of(question.help, ruleset), indent=2)
    for position, choice in enumerate(question.choices, 1):
        page.paragraph(
            words_of(choice.text, ruleset), indent=2, lead=f"{page.bold(f'{position:>2}')}  "
        )
    for level in question.levels:
        page.paragraph(
            _("{text}: {anchor}").format(
                text=page.bold(words_of(level.text, ruleset)),
                anchor=words_of(level.anchor, ruleset),
            ),
            indent=2,
            lead=f"{page.bold(f'{level.value:>2}')}  ",
            hang=4,
        )
    page.paragraph(page.faint(how_to_answer(question, program)))


def evidence_page(page: Page, item: Item, program: Program, number: int) -> None:
    """The question whether the structure has a kind of evidence."""
    ruleset = program.ruleset
    kind = ruleset.evidence[item.subject]
    _head(page, item, _("Evidence"), number)
    page.paragraph(
        page.bold(
            _("Do you have this document? {title}").format(title=words_of(kind.title, ruleset))
        )
    )
    page.paragraph(
        _("What it shows: {proves}").format(proves=words_of(kind.proves, ruleset)), indent=2
    )
    fresh = program.fresh_for[item.subject]
    if fresh is not None:
        page.paragraph(
            _("It counts when it is less than {duration} old.").format(
                duration=duration_said(fresh)
            ),
            indent=2,
        )
    page.paragraph(page.faint(_("yes or no")))


def _head(page: Page, item: Item, title: str, number: int) -> None:
    page.line()
    said = _("{n} · {title}").format(n=number, title=title)
    if item.deferred:
        said = _("{said} · asked before, not known then").format(said=said)
    page.line(page.faint("─── " + said))


def how_to_answer(question: Question, program: Program) -> str:
    """What can be typed as an answer to a question, on one line."""
    said = {
        "yes_no": _("yes or no"),
        "count": _("a whole number"),
        "number": _("a number"),
        "date": _("a day, as 31/03/2026"),
        "choice": _("the number of your answer"),
        "choices": _("the numbers of your answers, as 1, 3; 0 for none"),
        "scale": _("the number of the level that looks most like what you do"),
        "text": _("a few words"),
    }[question.type]
    if question.type in ("count", "number"):
        said += _range(question, program)
    return _("{said} · na: not applicable").format(said=said) if question.not_applicable else said


def _range(question: Question, program: Program) -> str:
    unit = words_of(question.unit, program.ruleset) if question.unit is not None else ""
    said = f" ({unit})" if unit else ""
    if question.max is not None and not isinstance(question.max, AnswerReference):
        low, high = (number_words(each) for each in (question.min or 0, question.max))
        said = _("{said}, from {low} to {high}").format(said=said, low=low, high=high)
    return said


def reason_page(page: Page, item: Item, evaluation: Evaluation, ranking: Ranking) -> None:
    """Why a question is asked: what it bears on, how much it may settle."""
    ruleset = evaluation.program.ruleset
    page.line()
    titles = {each.id: words_of(each.title, ruleset) for each in ruleset.requirements}
    count = len(item.requirements)
    if count:
        page.paragraph(
            ngettext(
                "It bears on {n} requirement: {names}.",
                "It bears on {n} requirements: {names}.",
                count,
            ).format(n=count, names=names_said(item.requirements))
        )
        first = item.requirements[0]
        page.paragraph(f"{first}  {titles[first]}", indent=2)
    texts = {each.id: words_of(each.text, ruleset) for each in ruleset.head.decision}
    named = [texts[each] for each in item.conditions if each in texts]
    if named:
        page.paragraph(
            _("And on the decision: {conditions}.").format(
                conditions=listed(
                    [_("“{words}”").format(words=each.rstrip(" .")) for each in named]
                )
            )
        )
    if item.narrows:
        page.paragraph(
            _("On average, its answer brings what is settled from {now} to {then}.").format(
                now=_finer(ranking.certainty), then=_finer(ranking.certainty + item.narrows)
            )
        )
    else:
        page.paragraph(_("Alone it settles nothing yet; with the answers that follow, it can."))
    if not item.for_outcome:
        page.paragraph(_("The decision itself no longer hangs on it; your readiness does."))


def _finer(share: Fraction) -> str:
    """A share to a tenth of a percent: one answer seldom moves it by more."""
    shown = share if share == 1 else min(share, Fraction(999, 1000))
    return _("{n}%").format(n=number_said(shown * 100))


def progress_page(page: Page, evaluation: Evaluation, ranking: Ranking, until: Fraction) -> None:
    """Where one stands: what is settled, the decision, readiness, what is left."""
    page.line()
    said = _("{share} settled, of {until} wanted").format(
        share=percent_said(ranking.certainty), until=wanted_percent_said(until)
    )
    page.line(f"{page.gauge(ranking.certainty, ranking.certainty)} {said}")
    page.paragraph(
        _("Decision: {outcome} · readiness proven: {proven} · declared: {declared}").format(
            outcome=outcome_said(ranking.outcome),
            proven=_whole(evaluation, proven=True),
            declared=_whole(evaluation, proven=False),
        )
    )


def _whole(evaluation: Evaluation, *, proven: bool) -> str:
    score = (evaluation.proven if proven else evaluation.declared).scores.overall
    return "–" if score.low is None or score.high is None else interval_said(score.low, score.high)


def left_said(ranking: Ranking) -> str:
    """How many questions and kinds of evidence can still matter, in words."""
    parts = [
        said
        for number, said in (
            (ranking.questions, _questions(ranking.questions)),
            (ranking.evidence, _kinds(ranking.evidence)),
        )
        if number
    ]
    return listed(parts)


def _questions(number: int) -> str:
    return ngettext("{n} question", "{n} questions", number).format(n=number)


def _kinds(number: int) -> str:
    return ngettext("{n} document", "{n} documents", number).format(n=number)


def closing_page(
    page: Page,
    evaluation: Evaluation,
    ranking: Ranking,
    until: Fraction,
    said: Mapping[str, str | int],
) -> None:
    """Where the self-audit ended, and what to do next.

    Args:
        said: ``answered``, how many answers were given today; ``resume``, the command that goes
            on; ``audit``, how the user named the audit and its rules.
    """
    reached = ranking.certainty >= until
    page.heading(_("Where you stand"))
    answered = int(said["answered"])
    page.paragraph(
        ngettext("{n} answer given today.", "{n} answers given today.", answered).format(n=answered)
        if answered
        else _("No answer given today.")
    )
    progress_page(page, evaluation, ranking, until)
    page.line()
    left = left_said(ranking)
    if reached and ranking.certainty < 1:
        page.paragraph(_("The level you asked for is reached."))
    elif not left:
        page.paragraph(_("No question left can change anything: the picture is complete."))
    if left and not reached:
        page.paragraph(_("Still open: {left}.").format(left=left))
        if ranking.deferred:
            page.paragraph(
                ngettext(
                    "{n} of them was asked and not known: find out who knows.",
                    "{n} of them were asked and not known: find out who knows.",
                    ranking.deferred,
                ).format(n=ranking.deferred)
            )
    audit = said["audit"]
    page.heading(_("And now"))
    steps = [(f"norm-engine evaluate {audit}", _("readiness by workshop, and what to do first"))]
    if left:
        steps.insert(0, (str(said["resume"]), _("go on with the questions")))
    steps.append((f"norm-engine gaps {audit}", _("the gaps, and what each is missing")))
    steps.append((f"norm-engine plan {audit}", _("the cheapest route to being ready")))
    for command, use in steps:
        page.line(f"  {command}")
        page.paragraph(page.faint(use), indent=6)
    page.line()
    page.paragraph(page.faint(disclaimer()))
