"""Reads documents as a reader would: sections by their anchors, and all the words in them."""

from collections.abc import Iterable, Iterator

from norm_engine.presentation.document import (
    Block,
    Document,
    Facts,
    Figure,
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
    Table,
    Tiles,
    Together,
)


def sections_of(document: Document) -> list[Section]:
    """Every section, in reading order, whatever its depth."""
    return [each for each in blocks_of(document.sections) if isinstance(each, Section)]


def section_of(document: Document, anchor: str) -> Section:
    """The one section with this anchor."""
    (found,) = [each for each in sections_of(document) if each.anchor == anchor]
    return found


def blocks_of(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with all that stand inside of them."""
    for block in blocks:
        yield block
        match block:
            case Section() | Together() | Notice():
                yield from blocks_of(block.blocks)
            case Items():
                for item in block.items:
                    yield from blocks_of(item)
            case Facts():
                for _label, inside in block.rows:
                    yield from blocks_of(inside)


def words_of_blocks(blocks: Iterable[Block]) -> str:
    """All the words of blocks, one line a block or a row."""
    return "\n".join(line for block in blocks_of(blocks) for line in _own_words(block))


def _own_words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield said(block.line)
        case Table():
            yield said(block.caption)
            yield " | ".join(block.head)
            yield from (" | ".join(map(said, row)) for row in block.rows)
        case Figure(table=table):
            yield from _own_words(table) if table else ()
        case Facts():
            yield from (label for label, _blocks in block.rows)
        case Nested():
            yield from (said(line) for _depth, line in block.lines)
        case Tiles():
            yield from (f"{each.value} {each.label} {each.note}" for each in block.tiles)
        case Notice():
            yield block.title
        case Room():
            yield block.label
        case Section():
            yield " ".join((block.code, said(block.title))).strip()


def links_of(blocks: Iterable[Block]) -> set[str]:
    """Where the links in blocks lead to."""
    return {
        each.target
        for block in blocks_of(blocks)
        for line in _lines(block)
        for each in line
        if isinstance(each, Link)
    }


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield block.line
        case Table():
            yield from (cell for row in block.rows for cell in row)
        case Figure(table=table):
            yield from _lines(table) if table else ()
        case Nested():
            yield from (line for _depth, line in block.lines)
        case Section():
            yield block.title


def said(line: Line) -> str:
    """The words of a line; a mark without words says its label."""
    found = []
    for each in line:
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, Picture):
            found.append(each.scene.title)
        elif isinstance(each, Mark):
            found.append(each.words or each.label)
        else:
            found.append(each.words)
    return "".join(found)
