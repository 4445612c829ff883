"""The comparison as a report: what rose and fell since an earlier state, what expired, and why."""

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.document import Document, Figure, Table, Tiles
from norm_engine.reports.kinds.comparison import comparison_document
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Earlier, Subject, Wish
from tests.reports.small_plans import START, planned_rules
from tests.support.document_words import (
    blocks_of,
    links_of,
    said,
    section_of,
    sections_of,
    words_of_blocks,
)
from tests.support.small_report import small_report
from tests.support.small_rules import Doc, audit, criterion, kept, shown
from tests.support.tampering import attached, with_json

WISH = Wish("comparison", "en")
BEFORE = datetime.date(2025, 9, 1)


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


def subject(before: Doc, after: Doc, **more: Any) -> Subject:
    """An audit with these answers and evidence, looking back to one with those of a year before."""
    held = [audit(**{"answers": each.pop("answers", {}), **each}) for each in (before, after)]
    return Subject(planned_rules(), START, audit=held[1], earlier=Earlier(held[0], BEFORE, **more))


def one_rose_one_fell() -> Subject:
    """a came to be there, b went; c was never there."""
    answers = {"answers": {"a": False, "b": True, "c": False}}
    return subject(answers, {"answers": {"a": True, "b": False, "c": False}})


def comparison(made: Subject) -> Document:
    return comparison_document(material_of(made, WISH))


@pytest.fixture(scope="module")
def document() -> Document:
    with speaking("en"):
        return comparison(one_rose_one_fell())


def words(document: Document, anchor: str) -> str:
    return words_of_blocks([section_of(document, anchor)])


def table(document: Document, anchor: str, at: int = 0) -> list[list[str]]:
    section = section_of(document, anchor)
    tables = [
        each.table if isinstance(each, Figure) else each
        for each in blocks_of(section.blocks)
        if isinstance(each, Figure | Table)
    ]
    found = tables[at]
    assert found is not None
    return [[said(cell) for cell in row] for row in found.rows]


def test_it_begins_with_the_decision_and_what_moved(document) -> None:
    """Before: one major and one minor nonconformity; after: two minor ones."""
    said_of = words(document, "short")
    assert "Not ready yet" in said_of
    assert "1 requirement rose, 1 fell and 1 is the same, recommendations included." in said_of
    assert table(document, "short") == [
        ["Decision", "Not ready yet", "Not ready yet"],
        ["Aucune majeure", "no 1 (at most 0)", "yes 0 (at most 0)"],
        ["Une mineure au plus", "yes 1 (at most 1)", "no 2 (at most 1)"],
    ]


def test_its_figures_are_those_of_both_sides(document) -> None:
    (tiles,) = [each for each in section_of(document, "short").blocks if isinstance(each, Tiles)]
    assert [(each.value, each.label, each.note) for each in tiles.tiles] == [
        ("33%", "proven readiness", "before: 33%"),
        ("1", "rose", "1 of them is met"),
        ("1", "fell", "none of them is met"),
        ("1", "gap closed", "1 new gap"),
    ]


def test_scores_stand_side_by_side(document) -> None:
    """T-1 alone in the first workshop; T-2 and T-3 in the second."""
    assert [row[1:3] for row in table(document, "scores")][:3] == [
        ["33%", "33%"],
        ["0%", "100%"],
        ["50%", "0%"],
    ]


def test_what_moved_stands_with_its_cause(document) -> None:
    ((name, states, cause),) = table(document, "moved-higher")
    assert (name, states) == ("T-1 Avoir a", "not met → met")
    assert "no → yes" in cause
    ((name, states, cause),) = table(document, "moved-lower")
    assert (name, states) == ("T-2 Avoir b", "met → not met")
    assert "yes → no" in cause


def test_answers_that_differ_are_listed(document) -> None:
    assert [row[1:] for row in table(document, "news")] == [["no", "yes"], ["yes", "no"]]


def test_every_link_leads_somewhere(document) -> None:
    anchors = {each.anchor for each in sections_of(document)}
    assert {each[1:] for each in links_of(document.sections) if each[0] == "#"} <= anchors


def test_nothing_that_differs_is_said_so() -> None:
    same = {"answers": {"a": True, "b": True, "c": False}}
    document = comparison(subject(dict(same), dict(same)))
    assert "Nothing differs between the two." in words(document, "short")
    assert "scores" not in {each.anchor for each in sections_of(document)}


def test_what_expired_says_since_when() -> None:
    """A record is fresh for a year: dated 1 July 2025, it counts until 1 July 2026."""
    from tests.reports.small_plans import planned_rules
    from tests.support.small_rules import requirement, rules

    ruleset = replace(
        rules(requirement("T-1", criterion("c1", proof=shown("bilan")))),
        fingerprint=planned_rules().fingerprint,
    )
    piece = {"evidence": [kept("P1", "bilan", dated="2025-07-01")]}
    held = audit(**piece)
    made = Subject(ruleset, START, audit=held, earlier=Earlier(held, BEFORE))
    document = comparison(made)
    ((name, day, moves),) = table(document, "expired")
    assert name.startswith("P1")
    assert (day, moves) == ("2 July 2026", "T-1")


def test_two_structures_are_called_by_their_names() -> None:
    made = one_rose_one_fell()
    assert made.earlier is not None
    other = replace(made.earlier.audit, structure=replace(made.earlier.audit.structure, name="B"))
    document = comparison(
        replace(made, earlier=replace(made.earlier, audit=other, same_structure=False))
    )
    assert said(document.title) == "B and Association Exemple"
    assert "1 requirement is higher, 1 is lower" in words(document, "short")
    assert said(section_of(document, "moved-higher").title) == "Higher at Association Exemple"


def test_a_milestone_is_called_by_its_day_and_its_label() -> None:
    made = one_rose_one_fell()
    assert made.earlier is not None
    frozen = replace(made.earlier, milestone=True, label="Diagnostic")
    front = words_of_blocks(comparison(replace(made, earlier=frozen)).front)
    assert "milestone of 1 September 2025 (“Diagnostic”)" in front


# --- what it carries, and what verifying it tells -------------------------------------------------


@pytest.fixture(scope="module")
def report() -> bytes:
    with speaking("en"):
        return small_report(one_rose_one_fell(), WISH)


def outcomes(content: bytes) -> dict[str, str]:
    return {each.id: each.outcome for each in verify(content, small_report).checks}


def test_both_audits_and_both_evaluations_are_carried(report) -> None:
    before, after = (
        json.loads(attached(report, name))["answers"] for name in ("audit-avant.json", "audit.json")
    )
    assert (before["a"], after["a"]) == (False, True)
    days = [
        json.loads(attached(report, name))["as_of"]
        for name in ("evaluation-avant.json", "evaluation.json")
    ]
    assert days == ["2025-09-01", "2026-09-01"]


def test_it_holds(report) -> None:
    assert set(outcomes(report).values()) == {"holds"}
    assert "earlier" in outcomes(report)


def test_a_past_made_worse_is_told(report) -> None:
    def worse(audit_before: Any) -> None:
        audit_before["answers"]["b"] = False

    found = outcomes(with_json(report, "audit-avant.json", worse))
    assert found["earlier"] == "differs"
    assert found["evaluation"] == "holds"


def test_an_evaluation_of_the_past_made_worse_is_told(report) -> None:
    def worse(evaluation: Any) -> None:
        evaluation["overall"]["score"]["low"] = "0"

    assert outcomes(with_json(report, "evaluation-avant.json", worse))["earlier"] == "differs"


def test_another_day_of_the_past_is_told(report) -> None:
    def older(manifest: Any) -> None:
        manifest["earlier"]["as_of"] = "2024-01-01"

    assert outcomes(with_json(report, "rapport.json", older))["earlier"] == "differs"


def test_without_what_it_looks_back_to_it_is_no_comparison(report) -> None:
    def forgotten(manifest: Any) -> None:
        del manifest["earlier"]

    assert outcomes(with_json(report, "rapport.json", forgotten))["earlier"] == "differs"


def test_other_kinds_carry_nothing_of_the_past() -> None:
    files = [each.name for each in material_of(one_rose_one_fell(), Wish("summary")).carried.files]
    assert "audit-avant.json" not in files
