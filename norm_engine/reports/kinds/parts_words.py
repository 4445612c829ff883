"""Small pieces of wording that every kind of report uses."""

import re
from collections.abc import Sequence
from fractions import Fraction

from norm_engine.language import _, current, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.ruleset import Requirement, RuleSet
from norm_engine.model.scalars import Text
from norm_engine.presentation.document import Block, Items, Line, Paragraph, Words
from norm_engine.presentation.values import words_of

_KILO = 1000
_MEGA = 1_000_000


def language_of(text: Text, ruleset: RuleSet) -> str:
    """The language in which a text of the rule set is shown, empty where it is the report's."""
    own = ruleset.head.language
    shown = current() if isinstance(text, dict) and current() in text else own
    return "" if shown == current() else shown


def line_of(text: Text, ruleset: RuleSet) -> Line:
    """A text of the rule set as a line, with its language where that is not the report's."""
    language = language_of(text, ruleset)
    words = words_of(text, ruleset)
    return (Words(words, language) if language else words,)


def paragraphs_of(text: Text, ruleset: RuleSet, role: str = "") -> tuple[Paragraph, ...]:
    """A text of the rule set as paragraphs: a new line parts them."""
    language = language_of(text, ruleset)
    return tuple(
        Paragraph((Words(each, language) if language else each,), role)
        for each in split_paragraphs(words_of(text, ruleset))
    )


def user_paragraphs(words: str, role: str = "") -> tuple[Paragraph, ...]:
    """What a user wrote, as paragraphs: a new line parts them."""
    return tuple(Paragraph((each,), role) for each in split_paragraphs(words))


def split_paragraphs(words: str) -> list[str]:
    """The paragraphs of a text; blank ones are left out."""
    return [each.strip() for each in re.split(r"[\r\n]+", words) if each.strip()]


def by_domain(ruleset: RuleSet) -> list[Requirement]:
    """The requirements in the order of their domains."""
    order = [each.id for each in ruleset.head.domains]
    return sorted(ruleset.requirements, key=lambda each: order.index(each.domain))


def capital(words: str) -> str:
    """Words that begin with a capital."""
    return words[:1].upper() + words[1:]


def not_stated() -> str:
    """What stands where nothing was said."""
    return _("not stated")


def or_not_stated(words: str | None) -> str:
    """What a user wrote, or that nothing was."""
    return words if words and words.strip() else not_stated()


def several(items: Sequence[tuple[Block, ...]]) -> tuple[Block, ...]:
    """Items as a list; one alone needs none."""
    return items[0] if len(items) == 1 else ((Items(tuple(items)),) if items else ())


def together(parts: Sequence[str]) -> str:
    """Parts of a line of facts."""
    return " · ".join(each for each in parts if each)


def size_said(size: int) -> str:
    """The size of a file, from its bytes: ``812 octets``, ``12 ko``, ``1,4 Mo``."""
    if size < _KILO:
        return ngettext("{n} byte", "{n} bytes", size).format(n=size)
    if size < _MEGA:
        return _("{n} kB").format(n=number_said(Fraction(size, _KILO), 0))
    return _("{n} MB").format(n=number_said(Fraction(size, _MEGA)))


def state_said(state: str) -> str:
    """How far a planned action is."""
    return {
        "todo": _("to do"),
        "doing": _("under way"),
        "done": _("done"),
        "dropped": _("given up"),
    }[state]


def engagement_said(kind: str) -> str:
    """Under what terms an audit is done."""
    return {
        "self": _("self-assessment by the structure"),
        "mock": _("mock audit"),
        "audit": _("audit by an external auditor"),
    }[kind]
