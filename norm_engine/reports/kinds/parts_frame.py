"""The frame of every report, and the parts that all of them share."""

from collections.abc import Sequence

from norm_engine.language import _, current
from norm_engine.language.figures import date_said
from norm_engine.presentation.document import (
    Block,
    Document,
    Labels,
    Line,
    Print,
    Section,
)
from norm_engine.presentation.values import words_of
from norm_engine.reports.kinds.evidence_inventory import evidence_section
from norm_engine.reports.kinds.parts_identity import identity_facts, profile_blocks
from norm_engine.reports.kinds.parts_method import disclaimer_notice, method_section, proof_section
from norm_engine.reports.material import Material

__all__ = [
    "disclaimer_notice",
    "evidence_section",
    "frame",
    "identity_facts",
    "method_section",
    "profile_blocks",
    "proof_section",
    "subject_name",
]


def frame(  # noqa: PLR0913
    material: Material,
    title: Line,
    eyebrow: str,
    front: Sequence[Block],
    sections: Sequence[Section],
    *,
    cover: bool = True,
    contents: bool = True,
) -> Document:
    """A report with this content, with what all reports have around it.

    Args:
        eyebrow: the words over the title.
        cover: whether the front has a page of its own in print.
        contents: whether print has a table of contents.
    """
    day = date_said(material.subject.as_of)
    return Document(
        title=title,
        language=current(),
        eyebrow=eyebrow,
        front=tuple(front),
        sections=tuple(each for each in sections if each.blocks),
        colophon=(),
        labels=Labels(_("Contents"), _("Skip to the content")),
        print=Print(
            running=f"{subject_name(material)} · {day}",
            small_print=tuple(material.carried.printed.items()),
            logo=material.wish.logo,
            logo_words="" if material.wish.logo is None else _("Logo"),
            cover=cover,
            contents=contents,
        ),
    )


def subject_name(material: Material) -> str:
    """The name of the structure, or of the rule set where there is none."""
    audit = material.subject.audit
    if audit is not None:
        return audit.structure.name
    return words_of(material.ruleset.head.title, material.ruleset)
