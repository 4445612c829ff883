"""``{evidence: kind, count: n}``: at least n pieces recorded for that kind count at the date.

The day spoken of is 1 September 2026. ``charte`` never ages, ``bilan`` stays fresh a year,
``releve`` a month.
"""

import datetime
from typing import Any

import pytest

from norm_engine.model.audit import FileState
from tests.support.condition_tables import case, truth_of
from tests.support.small_rules import Doc, kept, shown


def filed(name: str, *kinds: str, **more: Any) -> Doc:
    """A piece of evidence that is a file of the audit."""
    return {"id": name, "proves": list(kinds), "title": "…", "file": f"{name}.pdf", **more}


def rejecting(*pieces: str) -> Doc:
    """A finding on some requirement that rejects these pieces."""
    return {
        "id": "C1",
        "requirement": "T-9",
        "grade": "minor",
        "text": "…",
        "rejected": list(pieces),
    }


PIECES = [
    case("a file that is there", shown("charte"), [filed("P1", "charte")], {"P1": "ok"}, "true"),
    case(
        "a file that is missing",
        shown("charte"),
        [filed("P1", "charte")],
        {"P1": "missing"},
        "false",
    ),
    case(
        "a file that was altered",
        shown("charte"),
        [filed("P1", "charte")],
        {"P1": "altered"},
        "false",
    ),
    case("a file that nobody looked for", shown("charte"), [filed("P1", "charte")], {}, "false"),
    case("no file, kept somewhere", shown("charte"), [kept("P1", "charte")], {}, "true"),
    case(
        "neither a file nor a place",
        shown("charte"),
        [kept("P1", "charte", kept_at=None)],
        {},
        "false",
    ),
    case(
        "the file is missing, the original is kept",
        shown("charte"),
        [filed("P1", "charte", kept_at="au siège")],
        {"P1": "missing"},
        "true",
    ),
    case(
        "the file was altered, the original is kept",
        shown("charte"),
        [filed("P1", "charte", kept_at="au siège")],
        {"P1": "altered"},
        "true",
    ),
    case("another kind", shown("charte"), [kept("P1", "bilan", dated="2026-08-01")], {}, "unknown"),
    case("one piece for two kinds", shown("charte"), [kept("P1", "bilan", "charte")], {}, "true"),
    case(
        "one counts, one does not",
        shown("charte"),
        [kept("P1", "charte"), filed("P2", "charte")],
        {"P2": "missing"},
        "true",
    ),
    case(
        "2 of 2 asked for",
        shown("charte", 2),
        [kept("P1", "charte"), kept("P2", "charte")],
        {},
        "true",
    ),
    case(
        "1 of 2: what is recorded is all there is",
        shown("charte", 2),
        [kept("P1", "charte")],
        {},
        "false",
    ),
    case(
        "3 of 2 asked for",
        shown("charte", 2),
        [kept(f"P{n}", "charte") for n in (1, 2, 3)],
        {},
        "true",
    ),
    case(
        "2 recorded, 1 counts, 2 asked for",
        shown("charte", 2),
        [kept("P1", "charte"), kept("P2", "charte", valid_until="2026-08-31")],
        {},
        "false",
    ),
    case("count is 1 unless said", {"evidence": "charte"}, [kept("P1", "charte")], {}, "true"),
]

DATES = [
    case("undated, and it never ages", "charte", {}, "true"),
    case("dated of the day", "charte", {"dated": "2026-09-01"}, "true"),
    case("dated after the day", "charte", {"dated": "2026-09-02"}, "false"),
    case("very old, and it never ages", "charte", {"dated": "1999-01-01"}, "true"),
    case("valid until the day, included", "charte", {"valid_until": "2026-09-01"}, "true"),
    case("valid until the day before", "charte", {"valid_until": "2026-08-31"}, "false"),
    case("fresh for a year: 1 Sep 2025 counts", "bilan", {"dated": "2025-09-01"}, "true"),
    case("31 Aug 2025 is stale", "bilan", {"dated": "2025-08-31"}, "false"),
    case("fresh for a year: of the day", "bilan", {"dated": "2026-09-01"}, "true"),
    case("fresh for a year: not of tomorrow", "bilan", {"dated": "2026-09-02"}, "false"),
    case("undated: nobody can say that it is fresh", "bilan", {}, "false"),
    case("undated but valid: not fresh either", "bilan", {"valid_until": "2027-01-01"}, "false"),
    case(
        "stale though valid", "bilan", {"dated": "2025-08-31", "valid_until": "2027-01-01"}, "false"
    ),
    case(
        "fresh but expired", "bilan", {"dated": "2026-08-01", "valid_until": "2026-08-31"}, "false"
    ),
]

MONTH_ENDS = [
    case("a month before 31 Mar 2026: 28 Feb", "2026-03-31", "2026-02-28", "true"),
    case("27 Feb is stale", "2026-03-31", "2026-02-27", "false"),
    case("a month before 31 Mar 2024: 29 Feb", "2024-03-31", "2024-02-29", "true"),
    case("28 Feb 2024 is stale", "2024-03-31", "2024-02-28", "false"),
    case("a month before 30 Jun: 30 May, though May has 31", "2026-06-30", "2026-05-30", "true"),
    case("29 May is stale", "2026-06-30", "2026-05-29", "false"),
    case("a month before 31 Jan: 31 Dec", "2026-01-31", "2025-12-31", "true"),
]

SAID = [
    case("nothing recorded, nothing said", [], [], [], "unknown"),
    case("said to have none", [], ["charte"], [], "false"),
    case("said to have none of another kind", [], ["bilan"], [], "unknown"),
    case(
        "recorded and said to have none: what is recorded counts",
        [kept("P1", "charte")],
        ["charte"],
        [],
        "true",
    ),
    case("rejected by the auditor", [kept("P1", "charte")], [], [rejecting("P1")], "false"),
    case("another piece rejected", [kept("P1", "charte")], [], [rejecting("P2")], "true"),
    case(
        "one rejected, one left",
        [kept("P1", "charte"), kept("P2", "charte")],
        [],
        [rejecting("P1")],
        "true",
    ),
    case(
        "both rejected",
        [kept("P1", "charte"), kept("P2", "charte")],
        [],
        [rejecting("P1", "P2")],
        "false",
    ),
]


@pytest.mark.parametrize(("condition", "pieces", "files", "expected"), PIECES)
def test_pieces_and_their_files(
    condition: Doc, pieces: list[Doc], files: dict[str, FileState], expected: str
) -> None:
    assert truth_of(condition, proof=True, evidence=pieces, files=files) == expected


@pytest.mark.parametrize(("kind", "dates", "expected"), DATES)
def test_dates_of_a_piece(kind: str, dates: Doc, expected: str) -> None:
    assert truth_of(shown(kind), proof=True, evidence=[kept("P1", kind, **dates)]) == expected


@pytest.mark.parametrize(("as_of", "dated", "expected"), MONTH_ENDS)
def test_fresh_for_a_month(as_of: str, dated: str, expected: str) -> None:
    pieces = [kept("P1", "releve", dated=dated)]
    day = datetime.date.fromisoformat(as_of)
    assert truth_of(shown("releve"), proof=True, evidence=pieces, as_of=day) == expected


@pytest.mark.parametrize(("pieces", "none_of", "findings", "expected"), SAID)
def test_what_is_said_of_a_kind(
    pieces: list[Doc], none_of: list[str], findings: list[Doc], expected: str
) -> None:
    said: Doc = {"evidence": pieces, "no_evidence": none_of, "findings": findings}
    assert truth_of(shown("charte"), proof=True, **said) == expected
