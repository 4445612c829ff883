"""French typography: the spaces that keep a sign on the line of its word."""

import re

NARROW = "\u202f"
WIDE = "\u00a0"

_BEFORE = re.compile(r"[ \u00a0\u202f]+([?!;»])")
_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
_OPENING = re.compile(r"«[ \u00a0\u202f]*")


def typeset(text: str) -> str:
    """A French text with its thin and wide non-breaking spaces in place.

    Authors type ordinary spaces; at the end of a line these would leave a sign alone.
    """
    text = _BEFORE.sub(NARROW + r"\1", text)
    text = _OPENING.sub("«" + NARROW, text)
    return _COLON.sub(WIDE + ":", text)
