"""What a structure answered, as reports show it."""

from collections.abc import Sequence

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.audit import UNKNOWN, AnswerDetails, AnswerValue, Audit
from norm_engine.model.ruleset import Question
from norm_engine.presentation.document import Block, Inline, Paragraph, Strong
from norm_engine.presentation.values import answer_words
from norm_engine.reports.kinds.parts_words import line_of, several, split_paragraphs, together
from norm_engine.reports.material import Material


def answer_blocks(names: Sequence[str], audit: Audit, material: Material) -> tuple[Block, ...]:
    """Questions, each with its answer, who gave it and when, and the comment."""
    return several([_answered(name, audit, material) for name in names])


def _answered(name: str, audit: Audit, material: Material) -> tuple[Block, ...]:
    question = material.ruleset.questions[name]
    given = audit.answers.get(name)
    line = (*line_of(question.text, material.ruleset), " ", _answer(given, question, material))
    notes = _notes(given) if isinstance(given, AnswerDetails) else ()
    return (Paragraph(line), *notes)


def _answer(given: object, question: Question, material: Material) -> Inline:
    value = given
    if isinstance(given, AnswerDetails):
        if given.not_applicable is not None:
            return Strong(_("not applicable: {reason}").format(reason=given.not_applicable))
        value = given.value
    if value is None:
        return Strong(_("not answered yet"))
    if value == UNKNOWN:
        return Strong(_("the structure does not know"))
    words = _words(value, question, material)  # type: ignore[arg-type]
    own = material.ruleset.head.language
    spoken = own if question.type in ("choice", "choices", "scale") else ""
    return Strong(words, "" if spoken == material.wish.language else spoken)


def _words(value: AnswerValue, question: Question, material: Material) -> str:
    """The answer in words; of several choices, each keeps its own words."""
    if isinstance(value, tuple) and value:
        return _("; ").join(answer_words(each, question, material.ruleset) for each in value)
    return answer_words(value, question, material.ruleset)


def _notes(given: AnswerDetails) -> tuple[Paragraph, ...]:
    day = "" if given.on is None else date_said(given.on)
    signed = together([given.by or "", day])
    comment = split_paragraphs(given.comment or "")
    if not comment:
        return (Paragraph((signed,), "note"),) if signed else ()
    first = _("{who}: {words}").format(who=signed, words=comment[0]) if signed else comment[0]
    return tuple(Paragraph((each,), "note") for each in (first, *comment[1:]))
