"""Who and what a report is about: the structure, the engagement, the rule set."""

from norm_engine.language import _
from norm_engine.language.figures import date_said, listed, period_said
from norm_engine.model.audit import Audit, Engagement
from norm_engine.presentation.document import Block, Code, Facts, Line, Paragraph
from norm_engine.reports.kinds.answers import answer_blocks
from norm_engine.reports.kinds.parts_words import (
    capital,
    engagement_said,
    line_of,
    or_not_stated,
    user_paragraphs,
)
from norm_engine.reports.material import Material

Row = tuple[str, tuple[Block, ...]]


def row(label: str, *line: object) -> Row:
    """A label with one line beside it."""
    return label, (Paragraph(line),)  # type: ignore[arg-type]


def identity_facts(material: Material) -> Facts:
    """Structure, scope, engagement, rule set to the letter, and the day spoken of."""
    audit = material.subject.audit
    rows = [] if audit is None else [*_structure_rows(audit), *_engagement_rows(audit, material)]
    return Facts((*rows, *ruleset_rows(material)))


def _structure_rows(audit: Audit) -> list[Row]:
    structure = audit.structure
    sites = _("; ").join(structure.sites)
    rows: list[Row] = [
        (_("Structure"), user_paragraphs(structure.name)),
        (_("Address"), user_paragraphs(or_not_stated(structure.address))),
        (_("Sites"), user_paragraphs(or_not_stated(sites))),
    ]
    if structure.contact:
        rows.append((_("Contact"), user_paragraphs(structure.contact)))
    return rows


def _engagement_rows(audit: Audit, material: Material) -> list[Row]:
    engagement = audit.engagement or Engagement()
    period = period_said(engagement.from_, engagement.to)
    rows: list[Row] = [
        row(_("Kind of audit"), capital(engagement_said(engagement.kind))),
        (_("Scope"), user_paragraphs(or_not_stated(engagement.scope))),
    ]
    if engagement.auditor or material.wish.kind == "compliance":
        rows.append((_("Auditor"), user_paragraphs(or_not_stated(engagement.auditor))))
    rows.append(row(_("Period of the audit"), capital(period) or or_not_stated(None)))
    return rows


def ruleset_rows(material: Material) -> list[Row]:
    """The rule set: title, edition, version, fingerprint, overlays; and the day spoken of."""
    head = material.ruleset.head
    title: Line = (
        *line_of(head.title, material.ruleset),
        _(", edition {edition}, version {version}").format(
            edition=head.edition, version=head.version
        ),
    )
    rows = [
        row(_("Rule set"), *title),
        row(_("Fingerprint"), Code(material.ruleset.fingerprint)),
    ]
    if material.ruleset.overlays:
        names = listed([each.id for each in material.ruleset.overlays])
        rows.append(row(_("Overlays"), names))
    rows.append(row(_("As of"), date_said(material.subject.as_of)))
    return rows


def profile_blocks(material: Material) -> tuple[Block, ...]:
    """What the structure says of itself: every question of the profile with its answer."""
    questions = material.ruleset.questions
    names = [name for name, question in questions.items() if question.profile]
    audit = material.subject.audit
    return () if audit is None else answer_blocks(names, audit, material)
