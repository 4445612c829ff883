"""Understands what a person types as an answer, in French or in English, whatever the language."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from norm_engine.language import _
from norm_engine.model.ruleset import Question, RuleSet
from norm_engine.model.scalars import exact, is_number, text_in

Meaning = Literal["answer", "unknown", "not_applicable", "help", "back", "stop", "unclear"]


class Reply(NamedTuple):
    """What was typed: an answer with its value, a wish, or nothing clear, with what to type."""

    meaning: Meaning
    value: Any = None
    message: str = ""


_WISHES: Mapping[str, Meaning] = {
    "": "unknown",
    "ne sais pas": "unknown",
    "je ne sais pas": "unknown",
    "nsp": "unknown",
    "don't know": "unknown",
    "i don't know": "unknown",
    "dk": "unknown",
    "so": "not_applicable",
    "s.o.": "not_applicable",
    "s/o": "not_applicable",
    "sans objet": "not_applicable",
    "na": "not_applicable",
    "n/a": "not_applicable",
    "not applicable": "not_applicable",
    "?": "help",
    "aide": "help",
    "help": "help",
    "retour": "back",
    "back": "back",
    "q": "stop",
    "quitter": "stop",
    "quit": "stop",
}
_YES = frozenset(("oui", "o", "yes", "y"))
_NO = frozenset(("non", "n", "no"))
_NONE = frozenset(("0", "aucun", "aucune", "rien", "none"))


def understood(question: Question, ruleset: RuleSet, typed: str) -> Reply:
    """What was typed in answer to a question."""
    said = _plain(typed)
    wish = _WISHES.get(said)
    if wish == "not_applicable" and not question.not_applicable:
        return _unclear(_("This question concerns every structure: it cannot be set aside."))
    if wish is not None:
        return Reply(wish)
    read = {
        "yes_no": _yes_no,
        "count": _count,
        "number": _number,
        "date": _date,
        "choice": _choice,
        "choices": _choices,
        "scale": _level,
        "text": _text,
    }[question.type]
    return read(question, ruleset, typed.strip())


def understood_yes_no(typed: str) -> Reply:
    """What was typed where yes or no is asked, of a piece of evidence for instance."""
    wish = _WISHES.get(_plain(typed))
    if wish == "not_applicable":
        return _unclear(_("Type “yes” or “no”."))
    return Reply(wish) if wish is not None else _yes_or_no(typed)


def understood_day(typed: str) -> Reply:
    """What was typed where a day is asked; nothing stands for not known."""
    wish = _WISHES.get(_plain(typed))
    return Reply(wish) if wish not in (None, "not_applicable") else _day(typed.strip())


def understood_words(typed: str, *, optional: bool = False) -> Reply:
    """What was typed where a few words are asked: a wish, or the words.

    Args:
        optional: whether there may be nothing to say: “no” then says so, as nothing typed does.
    """
    said = _plain(typed)
    wish = _WISHES.get(said)
    if wish in ("unknown", "back", "stop", "help"):
        return Reply(wish)
    if optional and (said in _NO or said in _NONE):
        return Reply("unknown")
    if wish is not None or said in _YES or said in _NO or said in _NONE:
        # the answer to another question than the one that was asked
        message = _("“{typed}” says too little here: type a few words.")
        return _unclear(message.format(typed=typed.strip()))
    return Reply("answer", " ".join(typed.split()))


def _plain(typed: str) -> str:
    """As typed, without what does not matter: case, accents, spaces around and between."""
    folded = unicodedata.normalize("NFKD", typed.replace("’", "'").casefold())
    return " ".join("".join(each for each in folded if not unicodedata.combining(each)).split())


def _unclear(message: str) -> Reply:
    return Reply("unclear", message=message)


def _yes_no(_question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    return _yes_or_no(typed)


def _yes_or_no(typed: str) -> Reply:
    said = _plain(typed)
    if said in _YES or said in _NO:
        return Reply("answer", said in _YES)
    return _unclear(_("Type “yes” or “no”."))


_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(\D|$))")


def _count(_question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    digits = _GROUPED.sub("", typed)
    if re.fullmatch(r"[0-9]{1,9}", digits):
        return Reply("answer", int(digits))
    return _unclear(_("Type a whole number, in digits: 0, 1, 2…"))


def _number(_question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    written = _GROUPED.sub("", typed).replace(",", ".")
    written = re.sub(r"[\u00a0\u202f]", " ", written)
    if is_number(written):
        number = exact(written)
        return Reply("answer", int(number) if number.denominator == 1 else written)
    return _unclear(_("Type a number: 3, 2.5, 4/5 or 80%."))


def _date(_question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    return _day(typed)


def _day(typed: str) -> Reply:
    wanted = _("Type a day that exists, as 31/03/2026.")
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", typed)
    year_first = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", typed)
    if found is None and year_first is None:
        return _unclear(wanted)
    day, month, year = found.groups() if found else year_first.groups()[::-1]  # type: ignore[union-attr]
    try:
        return Reply("answer", datetime.date(int(year), int(month), int(day)).isoformat())
    except ValueError:
        return _unclear(wanted)


def _choice(question: Question, ruleset: RuleSet, typed: str) -> Reply:
    found = _chosen(question, ruleset, typed)
    if found is not None:
        return Reply("answer", found)
    return _unclear(
        _("Type the number in front of your answer, from 1 to {n}.").format(n=len(question.choices))
    )


def _choices(question: Question, ruleset: RuleSet, typed: str) -> Reply:
    if _plain(typed) in _NONE:
        return Reply("answer", ())
    separator = r"[ ,;+]+" if re.fullmatch(r"[\d ,;+]+", typed) else r"[,;+]"
    named = [each for each in re.split(separator, typed) if each.strip()]
    found = [_chosen(question, ruleset, each) for each in named]
    if found and None not in found:
        chosen = set(found)
        return Reply("answer", tuple(c.value for c in question.choices if c.value in chosen))
    return _unclear(
        _(
            "Type the numbers in front of your answers, as 1, 3 (from 1 to {n}), or 0 for none."
        ).format(n=len(question.choices))
    )


def _chosen(question: Question, ruleset: RuleSet, typed: str) -> str | None:
    """The choice that was named by its number, its word or its text."""
    said = _plain(typed)
    for position, choice in enumerate(question.choices, 1):
        texts = (text_in(choice.text, language, ruleset.head.language) for language in ("fr", "en"))
        if said in (str(position), choice.value, *map(_plain, texts)):
            return choice.value
    return None


def _level(question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    values = {str(level.value): level.value for level in question.levels}
    if typed in values:
        return Reply("answer", values[typed])
    return _unclear(
        _("Type the number of the level that looks most like what you do: {values}.").format(
            values=", ".join(values)
        )
    )


def _text(_question: Question, _ruleset: RuleSet, typed: str) -> Reply:
    return Reply("answer", typed)
