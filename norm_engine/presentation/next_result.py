"""The question worth asking next, as results carry it."""

import datetime
from fractions import Fraction
from typing import Any

from norm_engine import SEMANTICS
from norm_engine.engine.answers_possible import bounds
from norm_engine.engine.asking import asked
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.next_question import Item, ranked_items
from norm_engine.language import _, ngettext
from norm_engine.language.figures import percent
from norm_engine.model.audit import Audit
from norm_engine.model.next_results import (
    ForeseenAnswer,
    ItemResult,
    Left,
    Named,
    NextResult,
    OfferedAnswer,
    Share,
)
from norm_engine.model.ruleset import Question
from norm_engine.presentation.atoms import value_said, words
from norm_engine.presentation.results import decision_result, identity
from norm_engine.presentation.wording import disclaimer

RUNNERS_UP = 2
"""How many items are shown after the first."""


def next_result(
    evaluation: Evaluation, audit: Audit, deferred: frozenset[str] = frozenset()
) -> NextResult:
    """The question worth asking next, two runners-up, and what is left.

    Args:
        deferred: names of items asked already and not known.
    """
    found = ranked_items(evaluation, 1 + RUNNERS_UP, deferred)
    items = [item_result(evaluation, each) for each in found.items]
    wanted = asked(evaluation)
    still = len(wanted.open_questions) + len(wanted.open_evidence)
    return NextResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(evaluation.program.ruleset),
        structure=audit.structure.name,
        as_of=evaluation.facts.as_of,
        disclaimer=disclaimer(),
        decision=decision_result(evaluation, evaluation.decision),
        certainty=_share(found.certainty),
        next=items[0] if items else None,
        runners_up=tuple(items[1:]),
        left=Left(
            questions=found.questions,
            evidence=found.evidence,
            deferred=found.deferred,
            without_bearing=still - found.questions - found.evidence,
        ),
    )


def item_result(evaluation: Evaluation, item: Item) -> ItemResult:
    """A question or a kind of evidence, in the language in force."""
    program = evaluation.program
    titles = {each.id: each.title for each in program.requirements}
    texts = {each.id: each.text for each in program.ruleset.head.decision}
    asks = _asked_question if item.kind == "question" else _asked_evidence
    return ItemResult(
        kind=item.kind,
        id=item.subject,
        **asks(evaluation, item.subject),
        deferred=item.deferred,
        for_outcome=item.for_outcome,
        settles=_share(item.settles),
        narrows=_share(item.narrows),
        answers=tuple(
            ForeseenAnswer(
                value=_plain(each.value),
                text=_answer_said(evaluation, item, each.value),
                prior=str(each.prior),
                outcome=each.outcome,
                narrows=str(each.narrows),
            )
            for each in item.answers
        ),
        requirements=tuple(
            Named(id=each, text=words(program, titles[each])) for each in item.requirements
        ),
        conditions=tuple(
            Named(id=each, text=words(program, texts[each])) for each in item.conditions
        ),
        opens=item.opens,
    )


def _asked_question(evaluation: Evaluation, name: str) -> dict[str, Any]:
    program = evaluation.program
    question = program.ruleset.questions[name]
    low, high = bounds(program, evaluation.facts, name)
    return {
        "text": words(program, question.text),
        "help": None if question.help is None else words(program, question.help),
        "type": question.type,
        "unit": None if question.unit is None else words(program, question.unit),
        "minimum": None if low is None else str(low),
        "maximum": None if high is None else str(high),
        "offered": _offered(evaluation, question),
        "not_applicable": question.not_applicable,
    }


def _asked_evidence(evaluation: Evaluation, name: str) -> dict[str, Any]:
    program = evaluation.program
    kind = program.ruleset.evidence[name]
    return {
        "text": words(program, kind.title),
        "help": words(program, kind.proves),
        "type": None,
        "unit": None,
        "minimum": None,
        "maximum": None,
        "offered": (),
        "not_applicable": False,
    }


def _offered(evaluation: Evaluation, question: Question) -> tuple[OfferedAnswer, ...]:
    program = evaluation.program
    if question.type == "yes_no":
        return tuple(
            OfferedAnswer(value=_plain(value), text=value_said(program, question, value))
            for value in (True, False)
        )
    choices = [
        OfferedAnswer(value=each.value, text=words(program, each.text)) for each in question.choices
    ]
    levels = [
        OfferedAnswer(
            value=str(each.value),
            text=words(program, each.text),
            anchor=words(program, each.anchor),
        )
        for each in question.levels
    ]
    return *choices, *levels


def _answer_said(evaluation: Evaluation, item: Item, value: Any) -> str:
    if item.kind == "question":
        question = evaluation.program.ruleset.questions[item.subject]
        return value_said(evaluation.program, question, value)
    if value == 0:
        return _("none")
    return ngettext("{n} piece counts", "{n} pieces count", value).format(n=value)


def _plain(value: Any) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _share(share: Fraction) -> Share:
    return Share(exact=str(share), percent=percent(share))
