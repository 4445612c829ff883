"""How the values of a rule set are said: thresholds, settings, answers to a question."""

import datetime
from fractions import Fraction

from norm_engine.language import _, current
from norm_engine.language.figures import (
    date_said,
    duration_said,
    listed,
    number_said,
    percent_said,
)
from norm_engine.language.typography import typeset
from norm_engine.model.audit import AnswerValue
from norm_engine.model.ruleset import Question, RuleSet, Setting
from norm_engine.model.scalars import Text, exact, is_number, text_in


def words_of(text: Text, ruleset: RuleSet) -> str:
    """The words of a text of `ruleset` in the language in force, or in the rule set's own."""
    language, own = current(), ruleset.head.language
    said = text_in(text, language, own)
    shown = own if isinstance(text, str) or language not in text else language
    return typeset(said) if shown == "fr" else said


def asked_words(question: Question, ruleset: RuleSet) -> str:
    """The text of a question to quote: a question mark would stand in the middle of a sentence."""
    return words_of(question.text, ruleset).rstrip(" \u00a0\u202f?")


def number_words(value: int | str) -> str:
    """A number, never rounded: what has no short decimal form stays a fraction."""
    number = exact(value)
    return number_said(number, 3) if (number * 1000).denominator == 1 else str(number)


def share_words(value: int | str) -> str:
    """A share as a percentage where a whole one says it exactly, else as a number or fraction."""
    number = exact(value)
    whole = (number * 100).denominator == 1 and 0 <= number <= 1
    return percent_said(number) if whole else number_words(value)


def setting_words(setting: Setting) -> str:
    """The value that a setting stands at."""
    return setting_value_words(setting.default, setting)


def setting_value_words(value: int | str, setting: Setting) -> str:
    """A value that a setting may take: its default, or one of its bounds."""
    if setting.type == "duration":
        return duration_said(str(value))
    if setting.type == "share":
        return share_words(value)
    return str(value) if setting.type == "text" else number_words(value)


def answer_words(value: AnswerValue, question: Question, ruleset: RuleSet) -> str:
    """The value of an answer, in the words that the question gives it."""
    if isinstance(value, tuple):
        return listed([answer_words(each, question, ruleset) for each in value]) or _("none")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if question.type == "scale":
        return _level_words(value, question, ruleset)
    if question.type in ("choice", "choices"):
        texts = {choice.value: choice.text for choice in question.choices}
        return words_of(texts.get(str(value), str(value)), ruleset)
    if question.type in ("count", "number") and is_number(value):
        return _number_with_unit(value, question, ruleset)
    return day_words(str(value)) if question.type == "date" else str(value)


def day_words(iso: str) -> str:
    """A day written ``2026-05-01``, as its readers write it; anything else as it stands."""
    try:
        return date_said(datetime.date.fromisoformat(iso))
    except ValueError:
        return iso


def times_words(number: Fraction) -> str:
    """So many times as much."""
    return _("{n} times").format(n=number_said(number, 3))


def _number_with_unit(value: int | str, question: Question, ruleset: RuleSet) -> str:
    # units are written in the plural: « 1 personnes » would be a mistake, « 1 » is none
    if question.unit is None or abs(exact(value)) < 2:
        return number_words(value)
    return f"{number_words(value)} {words_of(question.unit, ruleset)}"


def _level_words(value: int | str, question: Question, ruleset: RuleSet) -> str:
    for level in question.levels:
        if str(level.value) == str(value):
            said = _("“{text}” (level {value})")
            return said.format(text=words_of(level.text, ruleset), value=value)
    return str(value)
