"""Documents of a few blocks, for the tests of what writes PDF files."""

import datetime

from norm_engine.presentation.document import Block, Document, Labels, Line, Print, Section
from norm_engine.reports.pdf.finishing import Description

DESCRIBED = Description("Essai", "Association Exemple", "fr-FR", datetime.date(2026, 11, 25))


def document(
    *blocks: Block,
    title: Line = ("Essai",),
    front: tuple[Block, ...] = (),
    cover: bool = False,
    small_print: tuple[tuple[str, str], ...] = (),
) -> Document:
    """A document of these blocks; those that are no section stand in one of their own.

    With `cover` it has a front page and a table of contents.
    """
    sections: list[Section] = []
    for block in blocks:
        if isinstance(block, Section):
            sections.append(block)
        else:
            sections.append(Section(f"s{len(sections)}", (f"Partie {len(sections)}",), (block,)))
    printed = Print("Essai · titre courant", small_print, cover=cover, contents=cover)
    labels = Labels("Sommaire", "Aller au contenu")
    return Document(title, "fr", "Rapport", front, tuple(sections), (), labels, printed)
