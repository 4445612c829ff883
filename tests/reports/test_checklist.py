"""Checklists hold what the YAML of the catalogue holds: boxes to tick and room to write."""

import datetime
from functools import cache
from typing import Any

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.document import Document, Items, Mark, Paragraph, Room, Section
from norm_engine.reports.kinds.checklist import checklist_document
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Subject, Wish
from tests.support.document_words import (
    blocks_of,
    said,
    section_of,
    sections_of,
    words_of_blocks,
)
from tests.support.report_material import material
from tests.support.written import AUDITS, requirements, rules_file

WORKSHOPS = ("atelier-1", "atelier-2", "atelier-3", "atelier-4")


@cache
def blank(workshop: str | None = None) -> Document:
    wish = Wish("checklist", language="en", workshop=workshop)
    held = material(AUDITS / "association-point-d-appui", wish)
    with speaking("en"):
        return checklist_document(
            material_of(Subject(held.ruleset, datetime.date(2026, 11, 25)), wish)
        )


@cache
def filled(name: str) -> Document:
    wish = Wish("checklist", language="en")
    with speaking("en"):
        return checklist_document(material(AUDITS / name, wish))


def requirement_sections(document: Document) -> list[Section]:
    return [each for each in sections_of(document) if each.anchor in requirements()]


@pytest.mark.parametrize("workshop", WORKSHOPS)
def test_a_workshop_has_its_requirements_in_the_order_of_the_domains(workshop: str) -> None:
    expected = [code for code, held in requirements().items() if held["workshop"] == workshop]
    found = [each.anchor for each in requirement_sections(blank(workshop))]
    assert found == expected


def test_without_a_wish_all_workshops_stand_each_on_pages_of_its_own() -> None:
    workshops = [each for each in sections_of(blank()) if each.anchor.startswith("workshop-")]
    assert [each.anchor for each in workshops] == [f"workshop-{name}" for name in WORKSHOPS]
    # the first begins below what opens the document
    assert [each.new_page for each in workshops] == [False, True, True, True]
    assert sorted(each.anchor for each in requirement_sections(blank())) == sorted(requirements())


def test_a_workshop_has_its_title_aims_and_room_for_names() -> None:
    head = {each["id"]: each for each in rules_file("ruleset.yaml")["workshops"]}
    for number, name in enumerate(WORKSHOPS, 1):
        section = section_of(blank(), f"workshop-{name}")
        assert said(section.title) == f"Workshop {number} · {head[name]['title']}"
        words = _plain(section)
        for aim in head[name]["aims"]:
            assert aim in words
        rooms = [each for each in blocks_of(section.blocks) if isinstance(each, Room)]
        assert [each.label for each in rooms[:2]] == ["Structure, date and place", "Participants"]


def test_a_requirement_is_never_torn_and_has_a_box_for_each_criterion_and_piece() -> None:
    evidence = rules_file("evidence.yaml")["evidence"]
    for section in requirement_sections(blank()):
        held = requirements()[section.anchor]
        assert section.together
        (ticks,) = [each for each in section.blocks if isinstance(each, Items)]
        assert ticks.ticks
        kinds = {kind for each in held["criteria"] for kind in _kinds(each.get("proof"))}
        assert len(ticks.items) == len(held["criteria"]) + len(kinds)
        words = _plain(section)
        for criterion in held["criteria"]:
            assert criterion["text"] in words
        for kind in kinds:
            assert f"To bring: {evidence[kind]['title']}" in words


def test_every_requirement_leaves_room_to_write() -> None:
    for section in requirement_sections(blank()):
        (room,) = [each for each in section.blocks if isinstance(each, Room)]
        assert room.lines == 2


def test_a_blank_checklist_says_nothing_of_any_structure() -> None:
    document = blank("atelier-2")
    assert not [each for each in _marks(document)]
    assert "Today: " not in words_of_blocks(document.sections)
    assert document.print is not None
    assert document.print.running == "Médiation sociale · 25 November 2026"
    assert said(document.title) == rules_file("ruleset.yaml")["workshops"][1]["title"]


def test_a_filled_one_shows_status_truths_and_what_would_be_enough() -> None:
    # no body has adopted the framework (finding C1): « adopte » fails, the text itself is there
    section = section_of(filled("operateur-lumen-services"), "DEO-01")
    words = words_of_blocks(section.blocks)
    assert "Today: partly met" in words
    lines = [each for each in blocks_of(section.blocks) if isinstance(each, Paragraph)]
    adopted = next(each for each in lines if "a adopté le texte" in said(each.line))
    verdicts = [each.verdict for each in adopted.line if isinstance(each, Mark)]
    assert verdicts == ["false", "false"]
    assert "What would be enough: " in words


def test_a_filled_one_tells_which_evidence_is_there() -> None:
    document = filled("association-des-deux-rives")
    words = words_of_blocks([section_of(document, "bring-atelier-1")])
    titles = {name: each["title"] for name, each in rules_file("evidence.yaml")["evidence"].items()}
    assert f"{titles['cadre_deontologique_adopte']} – 1 piece counts" in words
    assert f"{titles['tableau_risques']} – none that counts" in words


def _kinds(proof: Any) -> set[str]:
    if isinstance(proof, dict):
        own = {proof["evidence"]} if "evidence" in proof else set()
        return own.union(*(_kinds(each) for each in proof.values()))
    return set().union(*(_kinds(each) for each in proof)) if isinstance(proof, list) else set()


def _marks(document: Document) -> list[Mark]:
    lines = [each for each in blocks_of(document.sections) if isinstance(each, Paragraph)]
    return [mark for each in lines for mark in each.line if isinstance(mark, Mark)]


def _plain(section: Section) -> str:
    """The words of a section with ordinary spaces, as YAML has them."""
    return words_of_blocks([section]).replace("\u202f", " ").replace("\u00a0", " ")
