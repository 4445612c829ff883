"""Blocks of every kind around one text, for the tests of what writes documents."""

from norm_engine.presentation.document import (
    Block,
    Facts,
    Figure,
    Items,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
)
from norm_engine.presentation.scene import Scene, Text


def everything(text: str) -> tuple[Block, ...]:
    """Blocks of each kind that hold a text wherever one may stand."""
    line = (text, " ", Strong(text))
    blocks = (Paragraph(line), Paragraph(line, "lead"), Items(((Paragraph(line),),), ticks=True))
    scene = Scene(300, 60, (Text(4, 20, text[:40], 9),), text[:40], text)
    return (
        *blocks,
        Section("a", line, (Section("b", line, (Section("c", line, blocks),)),), code="X-1"),
        Facts(((text, blocks),)),
        Table(line, (text[:60], text[:60]), ((line, line), (line, line), (line, line))),
        Tiles((Tile(text[:300], text[:300], text[:300]),) * 3),
        Notice(text, blocks),
        Figure(scene),
    )
