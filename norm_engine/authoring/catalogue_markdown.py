"""Writes a document as Markdown, for reading and comparing as text."""

import re

from norm_engine.presentation.document import (
    Block,
    Code,
    Document,
    Facts,
    Figure,
    Inline,
    Items,
    Line,
    Link,
    Mark,
    Nested,
    Notice,
    Paragraph,
    Picture,
    Room,
    Section,
    Strong,
    Table,
    Tiles,
    Together,
    Words,
    bare,
    listed,
)
from norm_engine.presentation.scene import Scene
from norm_engine.presentation.wording import SHAPES, TRUTH_SHAPES

_SAFE = re.compile(r"^(#|https?://|mailto:)", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+|~!-])")
# at the start of a line only: lists, headings and rules; elsewhere they are ordinary signs
_ONLY_FIRST = "#+-!(){}"
_CODE = re.compile(r"^[\w.-]+$")
_RULES = {"start": "---", "end": "---:", "centre": ":---:"}
_FIRST_NUMBER = re.compile(r"^(\d+)([.)])")


def markdown_of(document: Document) -> str:
    """The Markdown of a document."""
    parts = [
        f"# {_line(document.title)}",
        _escaped(document.eyebrow),
        *(_block(each, 2) for each in document.front),
        f"## {_escaped(document.labels.contents)}",
        "\n".join(line for each in document.sections for line in _entry(each, 0)),
        *(_block(each, 2) for each in document.sections),
        "---",
        *(_block(each, 2) for each in document.colophon),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _entry(section: Section, depth: int) -> list[str]:
    code = f"{_escaped(section.code)} " if section.code else ""
    line = f"{'  ' * depth}- [{code}{_escaped(bare(section.title))}](#{section.anchor})"
    return [line, *(below for each in listed(section) for below in _entry(each, depth + 1))]


def _blocks(blocks: tuple[Block, ...], level: int) -> str:
    return "\n\n".join(_block(each, level) for each in blocks)


def _block(block: Block, level: int) -> str:
    match block:
        case Items(items=items, ticks=ticks):
            sign = "- [ ]" if ticks else "-"
            return "\n".join(f"{sign} {_indented(_blocks(item, level))}" for item in items)
        case Facts(rows=rows):
            return "\n\n".join(_fact(label, blocks, level) for label, blocks in rows)
        case Together(blocks=blocks):
            return _blocks(blocks, level)
        case Notice(title=title, blocks=blocks):
            inside = f"**{_escaped(title)}**\n\n{_blocks(blocks, level)}"
            return "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        case Section():
            return _section(block, level)
        case _:
            return _leaf(block)


def _leaf(block: Paragraph | Nested | Table | Figure | Tiles | Room) -> str:
    """A block that holds no others."""
    match block:
        case Paragraph(line=line):
            return _started(_line(line))
        case Nested(lines=lines):
            return "\n".join(f"{'  ' * depth}- {_started(_line(line))}" for depth, line in lines)
        case Table():
            return _table(block)
        case Figure(scene=scene, table=table):
            said = _scene(scene)
            return said if table is None else f"{said}\n\n{_table(table)}"
        case Tiles(tiles=tiles):
            return "\n".join(
                f"- {_line((Strong(each.value), ' ', each.label))}"
                + (f" – {_escaped(each.note)}" if each.note else "")
                for each in tiles
            )
        case Room(label=label):
            return f"{_started(_escaped(label))} ……" if label else "……"


def _scene(scene: Scene) -> str:
    """A picture in words."""
    return f"*{_escaped(scene.title)}* – {_escaped(scene.description)}"


def _fact(label: str, blocks: tuple[Block, ...], level: int) -> str:
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph):
        rest = _blocks(blocks[1:], level)
        opening = f"**{_escaped(label)}** – {_line(first.line)}"
        return f"{opening}\n\n{rest}" if rest else opening
    return f"**{_escaped(label)}**\n\n{_blocks(blocks, level)}"


def _section(section: Section, level: int) -> str:
    code = f"{_escaped(section.code)} " if section.code else ""
    badges = " · ".join(_escaped(each.words) for each in section.badges)
    parts = (
        f'<a id="{section.anchor}"></a>',
        f"{'#' * level} {code}{_line(section.title)}",
        f"*{badges}*" if badges else "",
        _blocks(section.blocks, level + 1),
    )
    return "\n\n".join(part for part in parts if part)


def _table(table: Table) -> str:
    head = "| " + " | ".join(_escaped(each) for each in table.head) + " |"
    rows = ("| " + " | ".join(_line(cell) for cell in row) + " |" for row in table.rows)
    rule = "|" + " --- |" * len(table.head)
    if table.columns:
        rule = "|" + "".join(f" {_RULES[each.align]} |" for each in table.columns)
    return f"*{_line(table.caption)}*\n\n" + "\n".join([head, rule, *rows])


def _indented(text: str) -> str:
    return text.replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _line(line: Line) -> str:
    return "".join(_inline(each) for each in line)


def _inline(inline: Inline) -> str:
    match inline:
        case str():
            return _escaped(inline)
        case Words(words=words):
            return _escaped(words)
        case Strong(words=words):
            return f"**{_escaped(words.strip())}**"
        case Code(words=words):
            # a span of code would show entities as they stand
            return f"`{words}`" if _CODE.match(words) else _escaped(words)
        case Link(target=target, words=words):
            if not _SAFE.match(target):
                return f"{_escaped(words)} ({_escaped(target)})"
            return f"[{_escaped(words)}]({_address(target)})"
        case Mark(verdict=verdict, words=words, label=label):
            shape = SHAPES.get(verdict) or TRUTH_SHAPES[verdict]
            return f"{shape} {_escaped(words or label)}".rstrip()
        case Picture(scene=scene):
            return _escaped(f"{scene.title} – {scene.description}")


def _address(target: str) -> str:
    """An address that cannot end its link early."""
    return re.sub(r"[\s()<>\"]", lambda found: f"%{ord(found[0]):02X}", target)


def _escaped(words: str) -> str:
    """Text that Markdown shows as it stands: no markup, no HTML."""
    marked = _SPECIAL.sub(lambda f: f[1] if f[1] in _ONLY_FIRST else f"\\{f[1]}", words)
    safe = marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return " ".join(safe.split("\n"))


def _started(line: str) -> str:
    """A line that starts a paragraph: no list and no heading by accident."""
    numbered = _FIRST_NUMBER.sub(r"\1\\\2", line)
    return f"\\{numbered}" if numbered[:1] in ("#", "+", "-") else numbered
