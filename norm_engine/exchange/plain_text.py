"""Texts as other programs take them: without the characters that their formats cannot hold."""

import re

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029\x0b\x0c]")
# controls, halves of characters, and what is no character
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain_lines(text: str) -> str:
    """A text whose lines end with a line feed, without control characters other than tabs."""
    return _UNFIT.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """The same on one line, with single spaces."""
    return re.sub(r"[ \t\n]+", " ", plain_lines(text)).strip()
