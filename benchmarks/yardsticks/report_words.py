"""The words of a document as plain data, for writers that know nothing of our documents.

A piece is ``["heading", depth, text]``, ``["paragraph", text]``, ``["item", text]`` or
``["table", [[text, …], …]]``, whose first row is the head when there is one. Pictures are left out,
the tables with their data stay.
"""

from collections.abc import Iterable, Iterator
from typing import Any

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
    Picture,
    Room,
    Section,
    Table,
    Tiles,
    Together,
    bare,
)

Piece = list[Any]


def pieces_of(document: Document) -> list[Piece]:
    """All words of a document, in order."""
    return [
        ["heading", 1, bare(document.title)],
        *_blocks(document.front, 2),
        *_blocks(document.sections, 2),
        *_blocks(document.colophon, 2),
    ]


def _blocks(blocks: Iterable[Block], depth: int) -> Iterator[Piece]:
    for block in blocks:
        yield from _pieces(block, depth)


def _pieces(block: Block, depth: int) -> Iterator[Piece]:
    match block:
        case Paragraph(line=line):
            yield ["paragraph", bare(line)]
        case Items(items=items):
            for item in items:
                yield from (_listed(piece) for piece in _blocks(item, depth))
        case Nested(lines=lines):
            yield from (["item", bare(line)] for _depth, line in lines)
        case Facts(rows=rows):
            yield ["table", [[label, _flat(blocks)] for label, blocks in rows]]
        case Table():
            yield from _table(block)
        case Figure(table=table):
            yield from _table(table) if table else ()
        case Tiles(tiles=tiles):
            yield ["table", [[f"{each.value} {each.label} {each.note}" for each in tiles]]]
        case Together() | Room() | Notice() | Section():
            yield from _boxed(block, depth)


def _boxed(block: Together | Room | Notice | Section, depth: int) -> Iterator[Piece]:
    match block:
        case Together(blocks=blocks):
            yield from _blocks(blocks, depth)
        case Room(label=label):
            yield ["paragraph", label]
        case Notice(title=title, blocks=blocks):
            yield ["paragraph", title]
            yield from _blocks(blocks, depth)
        case Section(title=title, code=code, badges=badges, blocks=blocks):
            yield ["heading", depth, f"{code} {bare(title)}".strip()]
            if badges:
                yield ["paragraph", " · ".join(each.words for each in badges)]
            yield from _blocks(blocks, depth + 1)


def _table(table: Table) -> Iterator[Piece]:
    if table.caption:
        yield ["paragraph", bare(table.caption)]
    rows = [[_cell(line) for line in row] for row in table.rows]
    yield ["table", [list(table.head), *rows] if table.head else rows]


def _cell(line: Line) -> str:
    return bare(tuple(each for each in line if not isinstance(each, Picture)))


def _listed(piece: Piece) -> Piece:
    return ["item", *piece[1:]] if piece[0] == "paragraph" else piece


def _flat(blocks: Iterable[Block]) -> str:
    """The words of blocks in one cell."""
    return "\n".join(_joined(piece) for piece in _blocks(blocks, 6))


def _joined(piece: Piece) -> str:
    if piece[0] == "table":
        return "\n".join(" ".join(row) for row in piece[1])
    return str(piece[-1])
