"""Lines of a document as HTML: text that can do no harm, links that lead nowhere unsafe."""

import re
from collections.abc import Iterator
from html import escape

from norm_engine.presentation.document import Code, Inline, Line, Link, Mark, Picture, Strong, Words
from norm_engine.presentation.svg import svg
from norm_engine.presentation.wording import SHAPES, TRUTH_SHAPES

Keys = Iterator[str]
"""A name of its own for each picture of a page."""

# addresses come from data: never a script
_SAFE = re.compile(r"^(#|https?://|mailto:)", re.IGNORECASE)
# what HTML cannot hold, even escaped
_NOT_HTML = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]"
)
# scripts from right to left, and signs that turn what follows them
_TURNING = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)


def plain(words: str) -> str:
    """Text for attributes and titles."""
    return escape(_NOT_HTML.sub("\ufffd", words))


def text(words: str) -> str:
    """Text for the page; what runs from right to left leaves its neighbours where they are."""
    shown = plain(words)
    return f"<bdi>{shown}</bdi>" if _TURNING.search(words) else shown


def line_html(line: Line, keys: Keys) -> str:
    """A line, with its links and pictures."""
    return "".join(_inline(each, keys) for each in line)


def unlinked(line: Line) -> str:
    """A line that stands inside of a link: without links and pictures of its own."""
    return "".join(_unlinked(each) for each in line)


def class_of(*names: str) -> str:
    """The attribute that names classes; nothing where there are none."""
    held = " ".join(name for name in names if name)
    return f' class="{plain(held)}"' if held else ""


def _unlinked(inline: Inline) -> str:
    match inline:
        case Link(words=words, language=language):
            return _words(words, language)
        case Picture(scene=scene):
            return text(scene.title)
        case _:
            return _inline(inline, iter(()))


def _inline(inline: Inline, keys: Keys) -> str:
    match inline:
        case str():
            return text(inline)
        case Words(words=words, language=language):
            return _words(words, language)
        case Strong(words=words, language=language):
            return f"<strong{_lang(language)}>{text(words)}</strong>"
        case Code(words=words):
            return f"<code>{text(words)}</code>"
        case Link():
            return _link(inline)
        case Mark():
            return _mark(inline)
        case Picture(scene=scene):
            return f'<span class="picture">{svg(scene, key=next(keys))}</span>'


def _words(words: str, language: str) -> str:
    return f"<span{_lang(language)}>{text(words)}</span>" if language else text(words)


def _link(link: Link) -> str:
    if not _SAFE.match(link.target):
        return f"{text(link.words)} ({text(link.target)})"
    # DEO-01 stays on one line
    name = class_of("id" if link.target == f"#{link.words}" else "")
    return f'<a{name} href="{plain(link.target)}"{_lang(link.language)}>{text(link.words)}</a>'


def _mark(mark: Mark) -> str:
    shape = SHAPES.get(mark.verdict) or TRUTH_SHAPES[mark.verdict]
    kind = mark.verdict.replace("_", "-")
    # no line ends between the shape and its words
    beside = "\u00a0" if mark.words else ""
    drawn = f'<span class="shape {plain(kind)}" aria-hidden="true">{shape}{beside}</span>'
    if mark.words:
        return drawn + text(mark.words)
    return drawn + (f'<span class="spoken">{text(mark.label)}</span>' if mark.label else "")


def _lang(language: str) -> str:
    return f' lang="{plain(language)}"' if language else ""
