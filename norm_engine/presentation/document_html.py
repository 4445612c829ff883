"""Writes a document as one HTML page: its style inside, no script, nothing loaded."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path

from norm_engine.presentation.document import (
    Block,
    Document,
    Facts,
    Figure,
    Items,
    Line,
    Nested,
    Notice,
    Paragraph,
    Print,
    Room,
    Section,
    Table,
    Tiles,
    Together,
    bare,
    listed,
)
from norm_engine.presentation.html_tables import figure_html, table_html, tiles_html
from norm_engine.presentation.html_words import Keys, class_of, line_html, plain, text, unlinked

_PNG = b"\x89PNG"
_DEEPEST = 6
_RUNNING = 90
"""Characters that fit over a printed page."""


@dataclass(frozen=True)
class _Place:
    """Where blocks stand: the level of the headings among them, and names for pictures."""

    level: int
    keys: Keys


@cache
def _style() -> str:
    return Path(__file__).with_name("document.css").read_text(encoding="utf-8")


def html_of(document: Document) -> str:
    """The page of a document."""
    place = _Place(2, (f"picture-{number}" for number in count(1)))
    title = line_html(document.title, place.keys)
    front = _front(document, place)
    sections = _lines(document.sections, place)
    colophon = _lines(document.colophon, place)
    return f"""<!DOCTYPE html>
<html lang="{plain(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{plain(bare(document.title))}</title>
<style>
{_style()}{_running(document.print)}</style>
</head>
<body>
<a class="skip" href="#content">{text(document.labels.skip)}</a>
<div class="page{" report" if document.print else ""}">
<header class="title">
{_logo(document.print)}<p class="eyebrow">{text(document.eyebrow)}</p>
<h1>{title}</h1>
</header>
<nav class="contents" aria-labelledby="contents-title">
<p class="contents-title" id="contents-title">{text(document.labels.contents)}</p>
{_contents(document)}
</nav>
<main id="content" tabindex="-1">
{front}
{sections}
</main>
<footer>
{colophon}{_small_print(document.print)}
</footer>
</div>
</body>
</html>
"""


def _front(document: Document, place: _Place) -> str:
    inside = _lines(document.front, place)
    if document.print is None:
        return inside
    return f"<div{class_of('front', 'cover' if document.print.cover else '')}>\n{inside}\n</div>"


def _logo(wished: Print | None) -> str:
    if wished is None or wished.logo is None:
        return ""
    kind = "png" if wished.logo.startswith(_PNG) else "jpeg"
    held = base64.b64encode(wished.logo).decode("ascii")
    words = plain(wished.logo_words)
    return f'<img class="logo" src="data:image/{kind};base64,{held}" alt="{words}">\n'


def _running(wished: Print | None) -> str:
    """What stands over and under each printed page."""
    if wished is None:
        return ""
    words = wished.running
    shown = words if len(words) <= _RUNNING else f"{words[: _RUNNING - 1]}…"
    # every sign by its number: none of them can end the text or the style sheet
    written = "".join(f"\\{ord(each):x} " for each in shown)
    return (
        f'@page {{\n  @top-left {{ content: "{written}"; }}\n'
        '  @bottom-right { content: counter(page) " / " counter(pages); }\n}\n'
    )


def _small_print(wished: Print | None) -> str:
    if wished is None or not wished.small_print:
        return ""
    rows = "\n".join(
        f"<div><dt>{text(label)}</dt><dd>{text(words)}</dd></div>"
        for label, words in wished.small_print
    )
    return f'\n<dl class="small-print">\n{rows}\n</dl>'


def _contents(document: Document) -> str:
    return "<ul>\n" + "\n".join(_entry(each) for each in document.sections) + "\n</ul>"


def _entry(section: Section) -> str:
    title = unlinked(section.title)
    link = f'<a href="#{plain(section.anchor)}">{_code(section)}{title}</a>'
    inside = "".join(_entry(each) for each in listed(section))
    if not inside:
        return f"<li>{link}</li>"
    return (
        f"<li><details><summary>{title}</summary>"
        f'<ul><li class="whole">{link}</li>{inside}</ul></details></li>'
    )


def _blocks(blocks: Sequence[Block], place: _Place) -> str:
    return "".join(_block(each, place) for each in blocks)


def _lines(blocks: Sequence[Block], place: _Place) -> str:
    """Blocks, each on lines of its own."""
    return "\n".join(_block(each, place) for each in blocks)


def _block(block: Block, place: _Place) -> str:
    match block:
        case Items(items=items, ticks=ticks):
            return _list([_blocks(item, place) for item in items], ticks=ticks)
        case Facts(rows=rows):
            return _facts(rows, place)
        case Together(blocks=blocks):
            return f'<div class="together">\n{_lines(blocks, place)}\n</div>'
        case Notice():
            return _notice(block, place)
        case Section():
            return _section(block, place)
        case _:
            return _leaf(block, place.keys)


def _leaf(block: Paragraph | Nested | Table | Figure | Tiles | Room, keys: Keys) -> str:
    """A block that holds no others."""
    match block:
        case Paragraph(line=line, role=role):
            return f"<p{class_of(role)}>{line_html(line, keys)}</p>"
        case Nested(lines=lines):
            return _nested(lines, keys)
        case Table():
            return table_html(block, keys)
        case Figure():
            return figure_html(block, keys)
        case Tiles(tiles=tiles):
            return tiles_html(tiles)
        case Room():
            return _room(block)


def _section(section: Section, place: _Place) -> str:
    level = min(place.level, _DEEPEST)
    badges = "".join(
        f"<li{class_of('strong' if each.strong else '')}>{text(each.words)}</li>"
        for each in section.badges
    )
    names = class_of(
        f"level-{level}",
        "" if section.listed else "minor",
        "new-page" if section.new_page else "",
        "together" if section.together else "",
    )
    title = f"{_code(section)}{line_html(section.title, place.keys)}"
    inside = _lines(section.blocks, replace(place, level=place.level + 1))
    return (
        f'<section{names} id="{plain(section.anchor)}">\n<h{level}>{title}</h{level}>\n'
        + (f'<ul class="badges">{badges}</ul>\n' if badges else "")
        + f"{inside}\n</section>"
    )


def _code(section: Section) -> str:
    return f'<span class="code">{text(section.code)}</span> ' if section.code else ""


def _notice(notice: Notice, place: _Place) -> str:
    names = class_of("notice", "" if notice.tone == "plain" else notice.tone)
    return (
        f'<div{names} role="note"><p class="notice-title">{text(notice.title)}</p>'
        f"\n{_lines(notice.blocks, place)}\n</div>"
    )


def _facts(rows: Sequence[tuple[str, tuple[Block, ...]]], place: _Place) -> str:
    written = "\n".join(
        f"<div><dt>{text(label)}</dt><dd>{_blocks(blocks, place)}</dd></div>"
        for label, blocks in rows
    )
    return f"<dl>\n{written}\n</dl>"


def _room(room: Room) -> str:
    label = f"<p>{text(room.label)}</p>" if room.label else ""
    lines = "<div></div>" * room.lines
    return f'<div class="room">{label}<div class="ruled" aria-hidden="true">{lines}</div></div>'


def _nested(lines: Sequence[tuple[int, Line]], keys: Keys) -> str:
    """Items of one depth, each with the deeper ones that follow it."""
    items: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end][0] > lines[start][0]:
            end += 1
        below = _nested(lines[start + 1 : end], keys) if end > start + 1 else ""
        items.append(line_html(lines[start][1], keys) + below)
        start = end
    return _list(items)


def _list(items: Sequence[str], *, ticks: bool = False) -> str:
    # a list without bullets is none to some readers, unless it says so
    opened = '<ul class="ticks" role="list">' if ticks else "<ul>"
    return opened + "".join(f"<li>{each}</li>" for each in items) + "</ul>"
