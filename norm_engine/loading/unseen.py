"""Characters that nobody sees, and that make a text read or print other than it is."""

import re

from norm_engine.language import _

# control characters other than tab and line ends, separators that some programs take for line ends,
# lone surrogates, no-characters, and directional overrides, which make a text read other than it is
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What no text holds."""

_UNSEEN_ON_A_LINE = re.compile(f"{UNSEEN.pattern}|[\t\n\r]")


def on_one_line(text: str) -> str:
    """A text with a space for each character that is not seen, tabs and line ends among them."""
    return _UNSEEN_ON_A_LINE.sub(" ", text)


def not_on_one_line(text: str) -> str:
    """Why a text does not stand on one line with all of it seen, in words; '' when it does."""
    found = _UNSEEN_ON_A_LINE.search(text)
    return f"{unseen_message(found.group())} {unseen_remedy()}" if found else ""


def unseen_message(found: str) -> str:
    """What is wrong with a text that holds this character."""
    return _("A character that is not seen stands here (U+{code}).").format(
        code=f"{ord(found):04X}"
    )


def unseen_remedy() -> str:
    """What to do about it."""
    return _("Type the text again instead of pasting it.")
