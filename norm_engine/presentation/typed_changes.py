"""Understands ``question=value`` and ``evidence:kind=number``, as one types what to suppose."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from norm_engine.language import _
from norm_engine.model.audit import UNKNOWN, AnswerDetails
from norm_engine.model.ruleset import AnswerReference, Question, RuleSet
from norm_engine.model.scalars import text_in
from norm_engine.presentation.interview_answers import understood


class TypedChange(NamedTuple):
    """What is supposed: an answer as audits write it, or how many pieces count (None: not said)."""

    subject: Literal["answer", "evidence"]
    id: str
    given: str
    value: Any


class NotUnderstood(ValueError):
    """What was typed is no change; the message says what may be typed, in the user's language."""


_EVIDENCE = re.compile(r"(preuve|evidence)\s*:\s*(.*)", re.IGNORECASE)
_UNKNOWN = frozenset(("inconnu", "inconnue", "unknown"))
_NONE = frozenset(("aucun", "aucune", "none", "0"))
_TRUTHS = {"true": "oui", "vrai": "oui", "false": "non", "faux": "non"}


def typed_change(typed: str, ruleset: RuleSet) -> TypedChange:
    """The change that was typed.

    Raises:
        NotUnderstood: when there is no such question or evidence, or the value does not fit it.
    """
    name, equals, value = (each.strip() for each in typed.partition("="))
    if not equals or not name:
        raise NotUnderstood(
            _("“{typed}” is no change. Write question=value, or evidence:kind=number.").format(
                typed=typed
            )
        )
    named = _EVIDENCE.fullmatch(name)
    if named is not None:
        return _evidence(named[2], value, typed, ruleset)
    question = ruleset.questions.get(name)
    if question is None:
        raise NotUnderstood(_no_question(name, ruleset))
    return TypedChange("answer", name, typed, _answer(name, question, value, ruleset))


def _no_question(name: str, ruleset: RuleSet) -> str:
    if name in ruleset.evidence:
        return _("“{id}” is a kind of evidence: write evidence:{id}=1.").format(id=name)
    message = _("The question “{id}” does not exist.").format(id=name)
    return message + _near(name, ruleset.questions)


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 3)
    return " " + _("Did you mean “{near}”?").format(near=", ".join(near)) if near else ""


def _evidence(kind: str, value: str, typed: str, ruleset: RuleSet) -> TypedChange:
    if kind not in ruleset.evidence:
        message = _("There is no kind of evidence “{id}”.").format(id=kind)
        raise NotUnderstood(message + _near(kind, ruleset.evidence))
    said = _folded(value)
    if said in _UNKNOWN:
        return TypedChange("evidence", kind, typed, None)
    if said in _NONE:
        return TypedChange("evidence", kind, typed, 0)
    if not re.fullmatch(r"[0-9]{1,6}", said):
        raise NotUnderstood(
            _(
                "“{value}” is no number of pieces for “{id}”. Write a whole number, “none” or"
                " “unknown”."
            ).format(value=value, id=kind)
        )
    return TypedChange("evidence", kind, typed, int(said))


def _answer(name: str, question: Question, value: str, ruleset: RuleSet) -> Any:
    said = _folded(value)
    if said in _UNKNOWN:
        return UNKNOWN
    if question.type == "yes_no":
        value = _TRUTHS.get(said, value)
    elif question.type == "scale":
        value = re.sub(r"^(niveau|level)\s+", "", said)
    reply = understood(question, ruleset, value)
    if reply.meaning == "not_applicable":
        return AnswerDetails(not_applicable=value)
    if question.type == "text" and reply.meaning in ("help", "back", "stop"):
        return value
    if reply.meaning == "unknown" and value:
        return UNKNOWN
    if question.type in ("choice", "choices"):
        return _chosen(name, question, value, ruleset)
    if reply.meaning != "answer":
        raise NotUnderstood(_misfit(name, question, value))
    return reply.value


def _chosen(name: str, question: Question, value: str, ruleset: RuleSet) -> str | tuple[str, ...]:
    """One choice or several, by their identifiers or texts; never by their rank, unseen here."""
    known: dict[str, str] = {}
    for each in question.choices:
        texts = [text_in(each.text, lang, ruleset.head.language) for lang in ("fr", "en")]
        known |= {_folded(text): each.value for text in (each.value, *texts)}
    several = question.type == "choices"
    if several and _folded(value) in _NONE and _folded(value) not in known:
        return ()
    parts = re.split("[,;+]", value) if several and _folded(value) not in known else [value]
    for part in parts:
        if _folded(part) not in known:
            near = _near(part.strip(), [each.value for each in question.choices])
            raise NotUnderstood(_misfit(name, question, part.strip()) + near)
    found = {known[_folded(part)] for part in parts}
    if not several:
        return found.pop()
    return tuple(each.value for each in question.choices if each.value in found)


def _misfit(name: str, question: Question, value: str) -> str:
    allowed = [_allowed(question), _("“unknown”")]
    if question.not_applicable:
        allowed.append(_("“not applicable”"))
    return _("“{value}” is no answer to “{id}”. What may be written: {allowed}.").format(
        value=value, id=name, allowed=_(" or ").join(allowed)
    )


def _allowed(question: Question) -> str:
    values = [each.value for each in question.choices]
    values += [str(each.value) for each in question.levels]
    return {
        "yes_no": _("“yes” or “no”"),
        "count": _count_allowed(question),
        "number": _("a number, as 3, 2.5, 4/5 or 80%"),
        "date": _("a day, as 31/03/2026 or 2026-03-31"),
        "choice": _("one of {values}").format(values=", ".join(values)),
        "choices": _("some of {values}, with commas between them, or “none”").format(
            values=", ".join(values)
        ),
        "scale": _("one of the levels {values}").format(values=", ".join(values)),
        "text": _("words"),
    }[question.type]


def _count_allowed(question: Question) -> str:
    low, high = question.min or 0, question.max
    if high is None:
        return _("a whole number from {low}").format(low=low)
    if isinstance(high, AnswerReference):
        said = _("a whole number from {low} to the answer to “{id}”")
        return said.format(low=low, id=high.answer)
    return _("a whole number from {low} to {high}").format(low=low, high=high)


def _folded(typed: str) -> str:
    """As typed, without what does not matter: case, accents, spaces around and between."""
    apart = unicodedata.normalize("NFKD", typed.replace("’", "'").casefold())
    return " ".join("".join(each for each in apart if not unicodedata.combining(each)).split())
