"""Writes a document as one HTML page: its style inside, no script, nothing loaded."""

import re
from functools import cache
from html import escape
from pathlib import Path

from norm_engine.authoring.catalogue_document import (
    Block,
    Code,
    Document,
    Facts,
    Inline,
    Items,
    Line,
    Link,
    Nested,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    Words,
    bare,
    listed,
)

# addresses come from data: never a script
_SAFE = re.compile(r"^(#|https?://|mailto:)", re.IGNORECASE)


@cache
def _style() -> str:
    return Path(__file__).with_name("catalogue.css").read_text(encoding="utf-8")


def html_of(document: Document) -> str:
    """The page of a document."""
    title = escape(bare(document.title))
    front = "\n".join(_block(each, 2) for each in document.front)
    sections = "\n".join(_block(each, 2) for each in document.sections)
    colophon = "\n".join(_block(each, 2) for each in document.colophon)
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
{_style()}</style>
</head>
<body>
<a class="skip" href="#content">{escape(document.labels.skip)}</a>
<div class="page">
<header class="title">
<p class="eyebrow">{escape(document.eyebrow)}</p>
<h1>{_line(document.title)}</h1>
</header>
<nav class="contents" aria-labelledby="contents-title">
<p class="contents-title" id="contents-title">{escape(document.labels.contents)}</p>
{_contents(document)}
</nav>
<main id="content" tabindex="-1">
{front}
{sections}
</main>
<footer>
{colophon}
</footer>
</div>
</body>
</html>
"""


def _contents(document: Document) -> str:
    return "<ul>\n" + "\n".join(_entry(each) for each in document.sections) + "\n</ul>"


def _entry(section: Section) -> str:
    link = f'<a href="#{escape(section.anchor)}">{_code(section)}{_words(section.title)}</a>'
    inside = "".join(_entry(each) for each in listed(section))
    if not inside:
        return f"<li>{link}</li>"
    title = _words(section.title)
    return (
        f"<li><details><summary>{title}</summary>"
        f'<ul><li class="whole">{link}</li>{inside}</ul></details></li>'
    )


def _words(line: Line) -> str:
    """A line without its links: it stands inside one."""
    return "".join(
        _inline(Words(each.words, each.language)) if isinstance(each, Link) else _inline(each)
        for each in line
    )


def _block(block: Block, level: int) -> str:
    match block:
        case Paragraph(line=line, role=role):
            return f"<p{_class(role)}>{_line(line)}</p>"
        case Items(items=items):
            return _list(["".join(_block(each, level) for each in item) for item in items])
        case Nested(lines=lines):
            return _nested(lines)
        case Facts(rows=rows):
            return _facts(rows, level)
        case Table():
            return _table(block)
        case Notice(title=title, blocks=blocks):
            inside = "\n".join(_block(each, level) for each in blocks)
            return (
                f'<div class="notice" role="note"><p class="notice-title">{escape(title)}</p>'
                f"\n{inside}\n</div>"
            )
        case Section():
            return _section(block, level)


def _section(section: Section, level: int) -> str:
    anchor = escape(section.anchor)
    badges = "".join(
        f"<li{_class('strong' if each.strong else '')}>{escape(each.words)}</li>"
        for each in section.badges
    )
    inside = "\n".join(_block(each, level + 1) for each in section.blocks)
    return (
        f'<section class="level-{level}{"" if section.listed else " minor"}" id="{anchor}">\n'
        f"<h{level}>{_code(section)}{_line(section.title)}</h{level}>\n"
        + (f'<ul class="badges">{badges}</ul>\n' if badges else "")
        + f"{inside}\n</section>"
    )


def _code(section: Section) -> str:
    return f'<span class="code">{escape(section.code)}</span> ' if section.code else ""


def _facts(rows: tuple[tuple[str, tuple[Block, ...]], ...], level: int) -> str:
    written = "\n".join(
        f"<div><dt>{escape(label)}</dt><dd>"
        f"{''.join(_block(each, level) for each in blocks)}</dd></div>"
        for label, blocks in rows
    )
    return f"<dl>\n{written}\n</dl>"


def _nested(lines: tuple[tuple[int, Line], ...]) -> str:
    """Items of one depth, each with the deeper ones that follow it."""
    items: list[str] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end][0] > lines[start][0]:
            end += 1
        below = _nested(lines[start + 1 : end]) if end > start + 1 else ""
        items.append(_line(lines[start][1]) + below)
        start = end
    return _list(items)


def _list(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{each}</li>" for each in items) + "</ul>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in table.head)
    rows = "\n".join(
        f'<tr><th scope="row">{_line(row[0])}</th>'
        + "".join(f"<td>{_line(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{_line(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _line(line: Line) -> str:
    return "".join(_inline(each) for each in line)


def _inline(inline: Inline) -> str:
    match inline:
        case str():
            return escape(inline)
        case Words(words=words, language=language):
            return f"<span{_lang(language)}>{escape(words)}</span>" if language else escape(words)
        case Strong(words=words, language=language):
            return f"<strong{_lang(language)}>{escape(words)}</strong>"
        case Code(words=words):
            return f"<code>{escape(words)}</code>"
        case Link(target=target, words=words, language=language):
            if not _SAFE.match(target):
                return f"{escape(words)} ({escape(target)})"
            # DEO-01 stays on one line
            name = _class("id" if target == f"#{words}" else "")
            return f'<a{name} href="{escape(target)}"{_lang(language)}>{escape(words)}</a>'


def _lang(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _class(name: str) -> str:
    return f' class="{escape(name)}"' if name else ""
