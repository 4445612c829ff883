"""The self-audit: where a structure stands, what holds it back, and what to do about it."""

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.presentation.document import Block, Document, Paragraph, Section
from norm_engine.reports.kinds.parts_actions import first_table, first_things, first_title
from norm_engine.reports.kinds.parts_frame import (
    disclaimer_notice,
    evidence_section,
    frame,
    identity_facts,
    method_section,
    proof_section,
    subject_name,
)
from norm_engine.reports.kinds.parts_requirements import heat_map_figure
from norm_engine.reports.kinds.parts_scores import (
    counts_paragraph,
    decision_notice,
    profile_figures,
    score_overview,
    score_tiles,
)
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.kinds.self_audit_causes import causes_section
from norm_engine.reports.kinds.self_audit_open import open_section
from norm_engine.reports.kinds.self_audit_requirements import requirements_section, targets
from norm_engine.reports.material import Material


def self_audit_document(material: Material) -> Document:
    """The self-audit of a structure, in the language in force."""
    target = targets(material)
    sections = (
        _essentials(material),
        _first(material),
        _profile(material),
        _map(material),
        causes_section(material, target),
        requirements_section(material, target),
        open_section(material, target),
        evidence_section(material),
        method_section(material),
        proof_section(material),
    )
    return frame(material, (subject_name(material),), _("Self-audit"), _front(material), sections)


def _front(material: Material) -> tuple[Block, ...]:
    head = material.ruleset.head
    day = date_said(material.subject.as_of)
    said = _("Readiness against “{title}”, edition {edition}, as of {day}")
    # the title may be in another language than the sentence
    before, after = said.format(title="\n", edition=head.edition, day=day).split("\n")
    lead = Paragraph((before, *line_of(head.title, material.ruleset), after), "lead")
    return (lead, identity_facts(material), disclaimer_notice(material))


def _essentials(material: Material) -> Section:
    """What fits on one page: the decision, the scores, what to do first."""
    blocks: tuple[Block, ...] = (
        decision_notice(material),
        score_tiles(material),
        score_overview(material),
        *first_table(material, first_title(material), targets(material)),
    )
    return Section("essentials", (_("The essentials"),), blocks, new_page=True)


def _first(material: Material) -> Section:
    things = first_things(material, targets(material))
    opening = _("Chosen by what weighs most, then put in the order of work.")
    blocks: tuple[Block, ...] = (Paragraph((opening,), "note"), *things)
    if len(things) < 2:
        blocks = things
    return Section("first", (first_title(material),), blocks, new_page=True)


def _profile(material: Material) -> Section:
    blocks: tuple[Block, ...] = (counts_paragraph(material), *profile_figures(material))
    return Section("profile", (_("Readiness by workshop and domain"),), blocks)


def _map(material: Material) -> Section:
    figure = heat_map_figure(material, targets(material))
    return Section("map", (_("All requirements at a glance"),), (figure,), new_page=True)
