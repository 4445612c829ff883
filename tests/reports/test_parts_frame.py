"""The frame of reports, and the parts that all of them share."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from norm_engine.language import speaking
from norm_engine.model.audit import Piece
from norm_engine.presentation.document import Facts, Paragraph, Section, Table
from norm_engine.presentation.months import month_said
from norm_engine.reports.kinds.evidence_inventory import by_expiry
from norm_engine.reports.kinds.parts_frame import (
    disclaimer_notice,
    evidence_section,
    frame,
    identity_facts,
    method_section,
    proof_section,
)
from norm_engine.reports.kinds.parts_words import size_said
from norm_engine.reports.kinds.pieces import Inventoried, inventory, last_fresh_day
from norm_engine.reports.material import Material
from norm_engine.reports.proof.carried import Attachment, Carried
from norm_engine.reports.subject import Wish
from tests.support.document_words import said, words_of_blocks
from tests.support.report_material import material

AUDITS = Path(__file__).parents[2] / "audits"
SECTIONS = (Section("one", ("One",), (Paragraph(("A line",)),)), Section("two", ("Two",), ()))


def example(name: str = "association-des-deux-rives", language: str = "en") -> Material:
    return material(AUDITS / name, Wish("compliance", language=language))  # type: ignore[arg-type]


def test_the_running_header_has_structure_and_date() -> None:
    with speaking("fr"):
        document = frame(example(), ("Title",), "Eyebrow", (), SECTIONS)
    assert document.print is not None
    assert document.print.running == "Association des Deux Rives · 25/11/2026"


def test_each_page_prints_what_the_report_carries() -> None:
    held = example()
    printed = Carried(held.subject, (), printed={"Audit": "aa", "Rules": "bb"})
    document = frame(replace(held, carried=printed), ("Title",), "Eyebrow", (), SECTIONS)
    assert document.print is not None
    assert document.print.small_print == (("Audit", "aa"), ("Rules", "bb"))


def test_a_section_without_content_is_left_out() -> None:
    document = frame(example(), ("Title",), "Eyebrow", (), SECTIONS)
    assert [each.anchor for each in document.sections] == ["one"]


def test_the_notice_of_every_report_has_the_disclaimer_and_the_fingerprint_in_full() -> None:
    held = example()
    with speaking("en"):
        words = words_of_blocks([disclaimer_notice(held)])
    assert "It is not a statement of conformity to the norm." in words
    assert held.ruleset.fingerprint in words
    assert len(held.ruleset.fingerprint) == 64


def test_identity_says_what_is_missing() -> None:
    with speaking("en"):
        facts = identity_facts(example("association-point-d-appui"))
    rows = {label: words_of_blocks(blocks) for label, blocks in facts.rows}
    assert rows["Structure"] == "Association Point d’appui"
    assert rows["Auditor"] == "not stated"
    assert rows["Period of the audit"] == "From 16 November 2026"
    assert rows["Kind of audit"] == "Self-assessment by the structure"


def test_the_method_explains_the_six_statuses_and_the_six_grades() -> None:
    with speaking("en"):
        section = method_section(example())
    tables = [table for part in section.blocks for table in _tables(part)]
    assert [len(table.rows) for table in tables] == [6, 6]
    assert "50% of the points" in words_of_blocks(section.blocks)


def test_the_disclaimer_names_the_version_of_the_catalogue() -> None:
    with speaking("en"):
        words = words_of_blocks(disclaimer_notice(example()).blocks)
    assert f"Catalogue {example().ruleset.head.version}, fingerprint " in words


def test_the_files_carried_stand_with_their_sha_in_full_and_what_was_left_out() -> None:
    held = example()
    sha = "5" * 64
    file = Attachment("audit.json", b"x" * 2500, "application/json", "The audit", "Source", sha)
    carried = Carried(held.subject, (file,), ("comments", "persons"))
    with speaking("en"):
        section = proof_section(replace(held, carried=carried))
    words = words_of_blocks(section.blocks)
    assert "The audit · 3 kB" in words
    assert f"SHA-256 {sha}" in words
    assert "Left out of the files it carries: comments; names of persons." in words


def test_the_inventory_shows_what_expires_first_on_top() -> None:
    with speaking("en"):
        section = evidence_section(example())
    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    assert len(table.rows) == 93
    # dated 22 October 2025, and its kind counts for twelve months
    first = [said(cell) for cell in table.rows[0]]
    assert first[0] == "P16 Accord noté avant une transmission, trace anonymisée"
    assert first[2:4] == ["22 October 2025", "22 October 2026"]
    assert first[5] == "too old"
    assert said(table.rows[-1][3]) == "no end"


def test_what_expires_in_the_twelve_months_ahead_stands_month_by_month() -> None:
    with speaking("en"):
        section = evidence_section(example())
    calendar = section.blocks[-1]
    assert isinstance(calendar, Section)
    (facts,) = [each for each in calendar.blocks if isinstance(each, Facts)]
    months = [label for label, _blocks in facts.rows]
    assert months == ["April 2027", "May 2027", "June 2027", *months[3:]]
    words = words_of_blocks(calendar.blocks)
    # P34 is dated 25 June 2026 and its kind counts for twelve months
    assert "25 June 2027 · P34 Échange organisé entre voisins, fiche anonymisée" in words
    # P06 is valid until the end of 2027: after the twelve months
    assert "P06" not in words


def test_without_evidence_the_inventory_says_so() -> None:
    held = example()
    assert held.evaluated is not None
    bare = replace(held.evaluated, audit=replace(held.evaluated.audit, evidence=()))
    with speaking("en"):
        section = evidence_section(replace(held, evaluated=bare))
    assert words_of_blocks(section.blocks) == "No piece of evidence is recorded."


@pytest.mark.parametrize(
    ("dated", "duration", "last"),
    [
        ("2025-03-10", "P15M", "2026-06-10"),
        # a month before 29, 30 and 31 March 2025 is 28 February 2025
        ("2025-02-28", "P1M", "2025-03-31"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-01-31", "P30D", "2026-03-02"),
    ],
)
def test_the_last_day_on_which_evidence_is_fresh(dated: str, duration: str, last: str) -> None:
    day = datetime.date.fromisoformat
    assert last_fresh_day(day(dated), duration) == day(last)


def test_pieces_without_an_end_come_last() -> None:
    def piece(name: str, last: datetime.date | None) -> Inventoried:
        days = {} if last is None else {"kind": last}
        return Inventoried(Piece(id=name, proves=("kind",), title=name), {"kind": "ok"}, days, None)

    pieces = [
        piece("P1", None),
        piece("P2", datetime.date(2027, 5, 1)),
        piece("P3", datetime.date(2026, 5, 1)),
    ]
    assert [each.piece.id for each in by_expiry(pieces)] == ["P3", "P2", "P1"]


def test_a_piece_expires_on_the_earlier_of_validity_and_freshness() -> None:
    held = {each.piece.id: each for each in inventory(example())}
    assert held["P06"].last_days["convention_partenariale"] == datetime.date(2027, 12, 31)


def test_sizes_and_months_in_french_and_in_english() -> None:
    with speaking("en"):
        assert [size_said(each) for each in (1, 999, 12_345, 1_449_000)] == [
            "1 byte",
            "999 bytes",
            "12 kB",
            "1.4 MB",
        ]
        assert month_said(datetime.date(2026, 12, 31)) == "December 2026"


def _tables(block: object) -> list[Table]:
    inside = block.blocks if isinstance(block, Section) else ()
    return [each for each in inside if isinstance(each, Table)]
