"""The two languages of the interface: catalogues of translations, numbers, dates and shares.

The words in the code are English and are translated through gettext (`_`); the language in force
belongs to the running context, so that several users may be served at once.
"""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
DEFAULT: Language = "fr"
LOCALE_FOLDER = os.path.join(os.path.dirname(__file__), "locale")

_language: ContextVar[Language] = ContextVar("language", default=DEFAULT)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation("messages", LOCALE_FOLDER, [language], fallback=True)


def current() -> Language:
    """The language in force."""
    return _language.get()


def use(language: Language) -> None:
    """Put a language in force, for our own words and for those of the command-line library."""
    _language.set(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("messages", LOCALE_FOLDER)
    gettext.textdomain("messages")


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Put a language in force for a while."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def _(message: str) -> str:
    """`message` in the language in force."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """`one` or `many`, in the language in force, as its plural rule has it for `number`."""
    return _catalogue(_language.get()).ngettext(one, many, number)


def pgettext(context: str, message: str) -> str:
    """`message` in the language in force, where one English word has several translations."""
    return _catalogue(_language.get()).pgettext(context, message)


def mark(message: str) -> str:
    """Mark a message for translation where it stands; it is translated with `_` when shown."""
    return message
