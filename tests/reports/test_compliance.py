"""The auditor's report says what the audit's YAML and the catalogue's YAML hold."""

import datetime
from functools import cache
from typing import Any

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.document import Document, Facts, Notice, Room, Section, Table, Words
from norm_engine.reports.kinds.compliance import compliance_document
from norm_engine.reports.material import Material
from norm_engine.reports.proof.carried import Carried
from norm_engine.reports.subject import Subject, Wish
from tests.support.document_words import (
    blocks_of,
    links_of,
    said,
    section_of,
    sections_of,
    words_of_blocks,
)
from tests.support.report_material import material
from tests.support.written import AUDITS, audit, requirements, rules_file

EXAMPLES = sorted(each.name for each in AUDITS.iterdir() if (each / "audit.yaml").exists())


@cache
def report(name: str) -> Document:
    wish = Wish("compliance", language="en")
    with speaking("en"):
        return compliance_document(material(AUDITS / name, wish))


def sheet(name: str, requirement: str) -> str:
    return words_of_blocks([section_of(report(name), requirement)])


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_requirement_has_one_sheet_with_its_statement_and_criteria(name: str) -> None:
    found = [each for each in sections_of(report(name)) if each.anchor in requirements()]
    assert sorted(each.anchor for each in found) == sorted(requirements())
    for each in found:
        held = requirements()[each.anchor]
        words = words_of_blocks(each.blocks).replace("\u202f", " ").replace("\u00a0", " ")
        assert held["statement"].strip() in words
        for criterion in held["criteria"]:
            assert criterion["text"] in words
        for source in held.get("sources", ()):
            assert source in words


def test_the_cover_names_structure_scope_sites_dates_and_auditor() -> None:
    words = words_of_blocks(report("operateur-lumen-services").front)
    assert "Médiation dans les transports et le logement, jour et nuit, cinq équipes" in words
    assert "Lignes 1 à 4 du réseau Lysmo; Gare des Aubes; Résidences de Lysmare Logis" in words
    assert "Auditeur du cabinet Exemple Conseil (fictif)" in words
    assert "9 November 2026" in words
    assert "13 November 2026" in words
    assert "25 November 2026" in words


def test_what_was_not_said_is_called_so() -> None:
    rows = dict(_facts(report("association-point-d-appui").front))
    assert rows["Auditor"] == "not stated"


def test_every_question_of_the_profile_stands_with_its_answer() -> None:
    words = words_of_blocks([section_of(report("association-des-deux-rives"), "structure")])
    profile = [
        each["text"]
        for each in rules_file("questions.yaml")["questions"].values()
        if each.get("profile")
    ]
    for text in profile:
        assert text.rstrip(" ?") in words
    assert "Présence active de proximité" in words
    assert "1 April 2014" in words
    assert "Coordination · 16 November 2026: deux médiatrices sont arrivées" in words


def test_a_finding_stands_on_the_sheet_with_its_text_and_what_was_examined() -> None:
    words = sheet("operateur-lumen-services", "DEO-01")
    assert (
        "C1, major nonconformity: La charte de 2024 n’a été adoptée par aucune instance." in words
    )
    assert "Auditeur · 10 November 2026 · pieces examined: P01 and P35" in words


def test_a_finding_that_differs_is_flagged_and_one_that_agrees_is_not() -> None:
    # DEO-15 is of major gravity and not met; the auditor calls it minor. DEO-01 is major for both.
    differing = section_of(report("operateur-lumen-services"), "DEO-15")
    (notice,) = [each for each in blocks_of(differing.blocks) if isinstance(each, Notice)]
    assert "Minor nonconformity for the auditor, major nonconformity for the evaluation." in (
        words_of_blocks(notice.blocks)
    )
    agreeing = section_of(report("operateur-lumen-services"), "DEO-01")
    assert not [each for each in blocks_of(agreeing.blocks) if isinstance(each, Notice)]


def test_the_synthesis_lists_each_difference_between_finding_and_derived_grade() -> None:
    synthesis = section_of(report("operateur-lumen-services"), "synthesis")
    assert "With the auditor’s findings: Not ready yet" in words_of_blocks(synthesis.blocks)
    table = [each for each in blocks_of(synthesis.blocks) if isinstance(each, Table)][-1]
    assert said(table.caption) == "4 findings differ from the grades derived"
    rows = [[said(cell) for cell in row] for row in table.rows]
    assert [row[0][:6] for row in rows] == ["DEO-15", "EVA-05", "PRO-05", "STR-52"]
    assert rows[0][1:] == ["Major nonconformity", "Minor nonconformity (C4)"]


def test_without_findings_the_synthesis_says_that_there_are_none() -> None:
    synthesis = section_of(report("association-des-deux-rives"), "synthesis")
    assert "No finding of an auditor is recorded" in words_of_blocks(synthesis.blocks)


def test_lists_take_the_auditor_s_grade_where_there_is_one() -> None:
    document = report("operateur-lumen-services")
    by_finding = {
        "major": {"DEO-01", "DEO-10", "STR-52"},
        "minor": {"DEO-15", "DEO-02"},
        "sensitive": {"PRO-05"},
        "strength": {"EVA-05"},
    }
    found = {each["requirement"] for each in audit("operateur-lumen-services")["findings"]}
    for grade, expected in by_finding.items():
        assert _codes(section_of(document, f"grade-{grade}")) & found == expected
    assert "STR-37" in words_of_blocks([section_of(document, "grade-satisfactory")])


def test_no_requirement_stands_under_two_grades() -> None:
    for name in EXAMPLES:
        grades = [each for each in sections_of(report(name)) if each.anchor.startswith("grade-")]
        codes = [code for each in grades for code in _codes(each)]
        assert len(codes) == len(set(codes))


def test_evidence_stands_on_the_sheet_with_date_size_sha_and_verdict() -> None:
    words = sheet("operateur-lumen-services", "DEO-01")
    piece = _piece("operateur-lumen-services", "P01")
    file = AUDITS / "operateur-lumen-services" / "preuves" / piece["file"]
    kilobytes = (file.stat().st_size + 500) // 1000
    line = next(each for each in words.splitlines() if each.startswith("P01 "))
    assert piece["title"] in line
    assert f"dated {_day(piece['dated'])} · {kilobytes} kB · counts" in line
    assert f"SHA-256 {piece['sha256']}" in words


def test_a_piece_that_the_auditor_rejects_is_called_so() -> None:
    words = sheet("operateur-lumen-services", "STR-52")
    line = next(each for each in words.splitlines() if each.startswith("P12 "))
    assert line.endswith("rejected by the auditor")


def test_a_kind_that_the_structure_has_none_of_is_called_so() -> None:
    # « note_couts_evites » stands under no_evidence, and EVA-14 asks for it
    words = sheet("association-des-deux-rives", "EVA-14")
    title = rules_file("evidence.yaml")["evidence"]["note_couts_evites"]["title"]
    assert f"{title} – the structure says it has none" in words


def test_answers_stand_on_the_sheet_with_who_when_and_comment() -> None:
    used = [
        code
        for code, held in requirements().items()
        if "entretiens_parcours" in repr(held["criteria"])
    ]
    for code in used:
        assert "Direction · 22 September 2026: neuf entretiens tenus sur quatorze dus" in sheet(
            "association-des-deux-rives", code
        )
    assert used


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_annex_has_every_piece_with_its_sha_in_full(name: str) -> None:
    words = words_of_blocks([section_of(report(name), "evidence")])
    for piece in audit(name)["evidence"]:
        assert f"{piece['id']} {piece['title']}" in words
        if "sha256" in piece:
            assert f"SHA-256 {piece['sha256']}" in words
        if "kept_at" in piece:
            assert piece["kept_at"] in words


@pytest.mark.parametrize("name", EXAMPLES)
def test_actions_have_owner_and_due_date(name: str) -> None:
    actions = rules_file("actions.yaml")["actions"]
    for planned in audit(name).get("actions", ()):
        section = section_of(report(name), f"action-{planned['id']}")
        rows = dict(_facts(section.blocks))
        assert said(section.title) == actions[planned["action"]]["title"]
        assert rows["Owner"] == planned["owner"]
        assert rows["Due"].startswith(_day(planned["due"]))
        assert rows.get("Comment", "") == planned.get("comment", "")


def test_an_action_says_what_it_serves_and_gaps_without_one_are_listed() -> None:
    document = report("operateur-lumen-services")
    served = dict(_facts(section_of(document, "action-A1").blocks))["Serves"]
    assert "DEO-01" in served
    left = words_of_blocks([section_of(document, "actions-none")])
    assert "DEO-01" not in left
    assert dict(_facts(section_of(document, "action-A6").blocks))["State"] == "Done"


def test_there_is_room_to_sign_for_both() -> None:
    rooms = [
        each.label
        for each in blocks_of([section_of(report("association-point-d-appui"), "sign-off")])
        if isinstance(each, Room)
    ]
    assert rooms.count("Signature") == 2
    assert rooms[0].startswith("Auditor")
    assert rooms[3].startswith("For the structure")


def test_links_lead_to_sections_that_exist_and_anchors_are_unique() -> None:
    for name in EXAMPLES:
        document = report(name)
        anchors = [each.anchor for each in sections_of(document)]
        assert len(anchors) == len(set(anchors))
        inside = {each[1:] for each in links_of(document.sections) if each.startswith("#")}
        assert inside <= set(anchors)


def test_words_of_the_catalogue_keep_their_language_in_an_english_report() -> None:
    title = section_of(report("association-point-d-appui"), "DEO-01").title
    assert title == (Words(requirements()["DEO-01"]["title"], "fr"),)


def test_there_is_no_such_report_without_an_audit() -> None:
    held = material(AUDITS / EXAMPLES[0], Wish("compliance"))
    alone = Subject(held.ruleset, datetime.date(2026, 11, 25))
    with pytest.raises(ValueError, match="needs an audit"):
        compliance_document(Material(alone, Wish("compliance"), Carried(alone, ()), None))


def _facts(blocks: Any) -> list[tuple[str, str]]:
    return [
        (label, words_of_blocks(inside))
        for each in blocks_of(blocks)
        if isinstance(each, Facts)
        for label, inside in each.rows
    ]


def _codes(section: Section) -> set[str]:
    words = words_of_blocks(section.blocks)
    return {code for code in requirements() if code in words}


def _piece(name: str, wanted: str) -> Any:
    return next(each for each in audit(name)["evidence"] if each["id"] == wanted)


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B} {day.year}"
