"""Conditions as plain sentences, and as outlines for documents."""

import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from norm_engine.language import _, mark
from norm_engine.language.figures import duration_said, listed
from norm_engine.model.audit import AnswerValue
from norm_engine.model.conditions import (
    COMPARATORS,
    Condition,
    SettingReference,
    Value,
    children,
    form_of,
)
from norm_engine.model.ruleset import Question, RuleSet
from norm_engine.model.scalars import exact
from norm_engine.presentation.values import (
    answer_words,
    asked_words,
    number_words,
    setting_words,
    share_words,
    times_words,
    words_of,
)


@dataclass(frozen=True)
class Mention:
    """A thing of the rule set that a sentence names, so that a document can link to it."""

    kind: Literal["question", "evidence", "setting", "requirement"]
    name: str
    words: str


Phrase = tuple[str | Mention, ...]
"""A sentence, or a part of one."""

Outline = list[tuple[int, str]]
"""Lines of nested text, each with its depth from 0."""


def said(condition: Condition, ruleset: RuleSet) -> str:
    """A condition as one plain sentence in the language in force."""
    return plain(phrase(condition, ruleset))


def phrase(condition: Condition, ruleset: RuleSet) -> Phrase:
    """The same sentence, with what it names told from the words around."""
    return _sentence(_clause(condition, ruleset))


def outline(condition: Condition, ruleset: RuleSet) -> Outline:
    """A condition as nested lines: one for each comparison, one above each group of them."""
    return [(depth, plain(line)) for depth, line in outline_phrases(condition, ruleset)]


def outline_phrases(condition: Condition, ruleset: RuleSet) -> list[tuple[int, Phrase]]:
    """The same lines, with what they name told from the words around."""
    return _lines(_clause(condition, ruleset), 0)


def plain(sentence: Phrase) -> str:
    """The bare words of a sentence."""
    return "".join(part if isinstance(part, str) else part.words for part in sentence)


@dataclass(frozen=True)
class _Clause:
    """An atom (no parts), or a group: what heads its list, and what joins it in a sentence.

    `whole` is its sentence where joining the parts would repeat words.
    """

    words: Phrase
    parts: tuple["_Clause", ...] = ()
    joint: str = ""
    whole: Phrase = ()


def _sentence(clause: _Clause, *, nested: bool = False) -> Phrase:
    if clause.whole or not clause.parts:
        return clause.whole or clause.words
    joined: Phrase = () if clause.joint else (*clause.words, " ")
    for position, part in enumerate(clause.parts):
        joined += (clause.joint or "; ",) if position else ()
        joined += _sentence(part, nested=True)
    return ("(", *joined, ")") if nested else joined


def _lines(clause: _Clause, depth: int) -> list[tuple[int, Phrase]]:
    below = [line for part in clause.parts for line in _lines(part, depth + 1)]
    return [(depth, clause.words), *below]


def _clause(condition: Condition, ruleset: RuleSet, negated: bool = False) -> _Clause:
    form = form_of(condition)
    if form in _ATOMS:
        return _Clause(_ATOMS[form](condition, ruleset, negated))
    if condition.not_ is not None:
        return _clause(condition.not_, ruleset, not negated)
    inside = children(condition)
    if len(inside) == 1 and form != "of":
        return _clause(inside[0], ruleset, negated)
    if form != "of" and _on_one_question(inside):
        return _includes_several(inside, ruleset, form, negated)
    parts = tuple(_clause(each, ruleset) for each in inside)
    joint = "" if negated else {"all": _(", and "), "any": _(", or ")}.get(form, "")
    return _Clause(_group_head(condition, ruleset, form, negated), parts, joint)


def _group_head(condition: Condition, ruleset: RuleSet, form: str, negated: bool) -> Phrase:
    heads = {
        ("all", False): mark("all of these:"),
        ("any", False): mark("at least one of these:"),
        ("of", False): mark("at least {count} of these {total}{note}:"),
        ("all", True): mark("not all of these:"),
        ("any", True): mark("none of these:"),
        ("of", True): mark("fewer than {count} of these {total}{note}:"),
    }
    count, note = "", cast(Phrase, ())
    if condition.at_least is not None:
        count, note = _amount(condition.at_least, ruleset)
    total = str(len(children(condition)))
    return _filled(heads[form, negated], count=count, total=total, note=note)


_SAYINGS = {
    ("is", False): mark("“{question}”: {value}{note}"),
    ("is", True): mark("“{question}”: other than {value}{note}"),
    ("at_least", False): mark("“{question}”: at least {value}{note}"),
    ("at_least", True): mark("“{question}”: less than {value}{note}"),
    ("at_most", False): mark("“{question}”: at most {value}{note}"),
    ("at_most", True): mark("“{question}”: more than {value}{note}"),
    ("among", False): mark("“{question}”: one of {value}{note}"),
    ("among", True): mark("“{question}”: none of {value}{note}"),
    ("includes", False): mark("“{question}”: the answer includes {value}{note}"),
    ("includes", True): mark("“{question}”: the answer does not include {value}{note}"),
    ("newer_than", False): mark("“{question}”: at most {value} ago{note}"),
    ("newer_than", True): mark("“{question}”: more than {value} ago{note}"),
}
_SAYINGS_OF_DATES = {
    ("at_least", False): mark("“{question}”: on {value} or later{note}"),
    ("at_least", True): mark("“{question}”: before {value}{note}"),
    ("at_most", False): mark("“{question}”: on {value} or earlier{note}"),
    ("at_most", True): mark("“{question}”: after {value}{note}"),
}

_SAYINGS_OF_SCALES = {
    ("at_least", False): mark("“{question}”: {value}, or better{note}"),
    ("at_least", True): mark("“{question}”: below {value}{note}"),
}


def _answer(condition: Condition, ruleset: RuleSet, negated: bool) -> Phrase:
    name = str(condition.answer)
    question = ruleset.questions[name]
    comparator = next(each for each in COMPARATORS if _held(condition, each) is not None)
    held = _held(condition, comparator)
    if isinstance(held, bool) and negated:
        held, negated = not held, False
    if comparator == "newer_than":
        value, note = _duration(cast("str | SettingReference", held), ruleset)
    else:
        value, note = _compared(held, question, ruleset)
    ordered = {"date": _SAYINGS_OF_DATES, "scale": _SAYINGS_OF_SCALES}.get(question.type, {})
    saying = ordered.get((comparator, negated), _SAYINGS[comparator, negated])
    return _filled(saying, question=_asked(name, ruleset), value=value, note=note)


def _on_one_question(conditions: Sequence[Condition]) -> bool:
    """Whether these say what one and the same answer includes."""
    return all(
        each.includes is not None and each.answer == conditions[0].answer for each in conditions
    )


def _includes_several(
    conditions: Sequence[Condition], ruleset: RuleSet, form: str, negated: bool
) -> _Clause:
    sayings = {
        ("all", False): mark("“{question}”: the answer includes all of {values}"),
        ("any", False): mark("“{question}”: the answer includes one of {values}"),
        ("all", True): mark("“{question}”: the answer does not include all of {values}"),
        ("any", True): mark("“{question}”: the answer includes none of {values}"),
    }
    name = str(conditions[0].answer)
    question = ruleset.questions[name]
    each = [_compared(condition.includes, question, ruleset) for condition in conditions]
    notes = tuple(part for _words, note in each for part in note)
    values = (listed([words for words, _note in each]), *notes)
    saying, asked = sayings[form, negated], _asked(name, ruleset)
    return _Clause(
        _filled(saying, question=asked, values=_("these:")),
        tuple(_Clause((words, *note)) for words, note in each),
        whole=_filled(saying, question=asked, values=values),
    )


def _held(condition: Condition, comparator: str) -> object:
    return getattr(condition, "is_" if comparator == "is" else comparator)


def _asked(name: str, ruleset: RuleSet) -> Mention:
    return Mention("question", name, asked_words(ruleset.questions[name], ruleset))


def _compared(held: object, question: Question, ruleset: RuleSet) -> tuple[str, Phrase]:
    """What an answer is compared with, and where it is set when it is a setting."""
    if isinstance(held, tuple):
        said_each = [_compared(each, question, ruleset) for each in held]
        notes = tuple(part for _words, note in said_each for part in note)
        return listed([words for words, _note in said_each]), notes
    if isinstance(held, SettingReference):
        value = ruleset.head.settings[held.setting].default
        return _quoted(value, question, ruleset), _set_by(held.setting)
    return _quoted(cast("bool | int | str", held), question, ruleset), ()


def _quoted(value: AnswerValue, question: Question, ruleset: RuleSet) -> str:
    words = answer_words(value, question, ruleset)
    quoted = question.type in ("choice", "choices", "text")
    return _("“{words}”").format(words=words) if quoted else words


def _duration(held: str | SettingReference, ruleset: RuleSet) -> tuple[str, Phrase]:
    if isinstance(held, SettingReference):
        setting = ruleset.head.settings[held.setting]
        return setting_words(setting), _set_by(held.setting)
    return duration_said(held), ()


def _amount(held: Value, ruleset: RuleSet) -> tuple[str, Phrase]:
    if isinstance(held, SettingReference):
        value = ruleset.head.settings[held.setting].default
        return number_words(value), _set_by(held.setting)
    return number_words(held), ()


def _set_by(name: str, value: str = "") -> Phrase:
    setting = Mention("setting", name, name)
    if value:
        return _filled(mark(" (setting {setting} = {value})"), setting=setting, value=value)
    return _filled(mark(" (setting {setting})"), setting=setting)


def _ratio(condition: Condition, ruleset: RuleSet, negated: bool) -> Phrase:
    first, second = (_asked(name, ruleset) for name in condition.ratio or ())
    sayings = {
        (True, False): mark("“{first}”: at least {share} “{second}”{note}"),
        (True, True): mark("“{first}”: less than {share} “{second}”{note}"),
        (False, False): mark("“{first}”: at most {share} “{second}”{note}"),
        (False, True): mark("“{first}”: more than {share} “{second}”{note}"),
    }
    floor = condition.at_least is not None
    held = cast(Value, condition.at_least if floor else condition.at_most)
    share, note = _proportion(held, ruleset)
    return _filled(sayings[floor, negated], first=first, second=second, share=share, note=note)


def _proportion(held: Value, ruleset: RuleSet) -> tuple[str, Phrase]:
    if not isinstance(held, SettingReference):
        return _share_of(held), ()
    setting = ruleset.head.settings[held.setting]
    exactly = setting_words(setting)
    same = _part(setting.default) == exactly
    return _share_of(setting.default), _set_by(held.setting, "" if same else exactly)


def _share_of(value: int | str) -> str:
    """“4/5 of” what is said next, or “2 times” as much."""
    number = exact(value)
    if number.denominator == 1 and number > 1:
        return times_words(number)
    return _("{part} of").format(part=_part(value))


def _part(value: int | str) -> str:
    """A part as its author wrote it: ``4/5`` or ``80%``."""
    return value if isinstance(value, str) and "/" in value else share_words(value)


def _met(condition: Condition, ruleset: RuleSet, negated: bool) -> Phrase:
    name = str(condition.met)
    title = next(each.title for each in ruleset.requirements if each.id == name)
    saying = mark("{requirement} “{title}” is met, or does not apply")
    if negated:
        saying = mark("{requirement} “{title}” applies and is not met")
    mention = Mention("requirement", name, name)
    return _filled(saying, requirement=mention, title=words_of(title, ruleset))


def _evidence(condition: Condition, ruleset: RuleSet, negated: bool) -> Phrase:
    # `negated` never happens here: a proof holds no `not`
    name = str(condition.evidence)
    count, note = _amount(1 if condition.count is None else condition.count, ruleset)
    saying = mark("evidence “{evidence}”{note}")
    if count != "1":
        saying = mark("at least {count} pieces of evidence “{evidence}”{note}")
    title = words_of(ruleset.evidence[name].title, ruleset)
    return _filled(saying, count=count, evidence=Mention("evidence", name, title), note=note)


_ATOMS = {"answer": _answer, "ratio": _ratio, "met": _met, "evidence": _evidence}


def _filled(message: str, **held: str | Mention | Phrase) -> Phrase:
    """A message, translated, with its holes filled; words around stay apart from mentions."""
    found: list[str | Mention] = []
    for words, hole, _spec, _conversion in string.Formatter().parse(_(message)):
        filling: str | Mention | Phrase = held[hole] if hole else ()
        found.append(words)
        found.extend(filling if isinstance(filling, tuple) else (filling,))
    return tuple(part for part in found if part)
