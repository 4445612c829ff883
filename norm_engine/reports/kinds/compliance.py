"""The auditor's report: what was examined, what was found, and what follows from it."""

from collections import Counter

from norm_engine.language import _
from norm_engine.language.figures import number_said
from norm_engine.model.ruleset import GRADES
from norm_engine.presentation.document import (
    Column,
    Document,
    Paragraph,
    Room,
    Section,
    Table,
    Together,
)
from norm_engine.presentation.wording import grade_said
from norm_engine.reports.kinds.compliance_grades import grades_section
from norm_engine.reports.kinds.corrective_actions import actions_section, found_grades
from norm_engine.reports.kinds.evidence_inventory import evidence_annex
from norm_engine.reports.kinds.findings_decision import findings_blocks
from norm_engine.reports.kinds.parts_frame import (
    disclaimer_notice,
    frame,
    identity_facts,
    method_section,
    profile_blocks,
    proof_section,
)
from norm_engine.reports.kinds.parts_scores import decision_notice, score_tables, score_tiles
from norm_engine.reports.kinds.parts_words import capital, line_of, paragraphs_of
from norm_engine.reports.kinds.requirement_sheet import (
    Desk,
    desk,
    requirement_sheet,
)
from norm_engine.reports.material import Evaluated, Material


def _eyebrow(evaluated: Evaluated) -> str:
    """A report without an auditor says so from its cover on."""
    engagement = evaluated.audit.engagement
    audited = evaluated.audit.findings or (engagement is not None and engagement.auditor)
    return _("Audit report") if audited else _("Audit file – self-assessment, without an auditor")


def compliance_document(material: Material) -> Document:
    """The whole report of an auditor, as data.

    Raises:
        ValueError: when there is no audit.
    """
    evaluated = material.evaluated
    if evaluated is None:
        raise ValueError("an auditor's report needs an audit")
    found = desk(material, evaluated)
    return frame(
        material,
        (evaluated.audit.structure.name,),
        _eyebrow(evaluated),
        (identity_facts(material), disclaimer_notice(material)),
        (
            _structure(material),
            method_section(material),
            _synthesis(material, evaluated),
            grades_section(found),
            *_sheets(found),
            actions_section(material, evaluated),
            evidence_annex(material),
            proof_section(material),
            _sign_off(),
        ),
    )


def _structure(material: Material) -> Section:
    return Section(
        "structure", (_("Profile of the structure"),), profile_blocks(material), new_page=True
    )


def _synthesis(material: Material, evaluated: Evaluated) -> Section:
    return Section(
        "synthesis",
        (_("Synthesis"),),
        (
            decision_notice(material),
            score_tiles(material),
            _grades_table(evaluated),
            *score_tables(material),
            *findings_blocks(material, evaluated),
        ),
        new_page=True,
    )


def _grades_table(evaluated: Evaluated) -> Table:
    """How many requirements have each grade: as derived, and with the auditor's findings."""
    derived = {each.id: each.grade for each in evaluated.result.requirements}
    kept = derived | found_grades(evaluated)
    counts = [Counter(grades.values()) for grades in (derived, kept)]
    found = bool(evaluated.audit.findings)
    head = (_("Grade"), _("Derived"), *((_("With the findings"),) if found else ()))
    rows = tuple(
        (
            (capital(grade_said(grade)),),
            *((number_said(each[grade]),) for each in counts[: len(head) - 1]),
        )
        for grade in GRADES
    )
    columns = (Column(0.6), *(Column(0.2, "end") for _each in head[1:]))
    caption = _("Requirements and recommendations by grade")
    return Table((caption,), head, rows, columns)


def _sheets(found: Desk) -> list[Section]:
    """The sheets of the requirements, by domain."""
    ruleset = found.material.ruleset
    sections = []
    for domain in ruleset.head.domains:
        inside = [each for each in ruleset.requirements if each.domain == domain.id]
        opening = paragraphs_of(domain.description, ruleset) if domain.description else ()
        sheets = tuple(requirement_sheet(each, found) for each in inside)
        if sheets:
            title = line_of(domain.title, ruleset)
            anchor = f"domain-{domain.id}"
            sections.append(Section(anchor, title, (*opening, *sheets), new_page=True))
    return sections


def _sign_off() -> Section:
    """Where the auditor and the structure sign."""
    return Section(
        "sign-off",
        (_("Sign-off"),),
        (
            Paragraph(
                (
                    _(
                        "Signing says that this report was read and discussed. It does not make it"
                        " a statement of conformity to the norm."
                    ),
                )
            ),
            _signature(_("Auditor: name and function")),
            _signature(_("For the structure: name and function")),
        ),
        together=True,
    )


def _signature(who: str) -> Together:
    return Together((Room(who, 1), Room(_("Date and place"), 1), Room(_("Signature"), 2)))
