"""Numbers, durations, conditions and evidence of the naive evaluator, worked by hand."""

import datetime
from fractions import Fraction as F
from typing import Any

import pytest

from tests.oracle.logic import criterion_truth, negation, threshold
from tests.oracle.samples import (
    AS_OF,
    SANS_OBJET,
    N,
    T,
    U,
    X,
    criterion,
    one,
    requirement,
    ruleset,
    run,
    yes,
)
from tests.oracle.values import Doc, World, before, duration, number


@pytest.mark.parametrize(
    ("text", "value"),
    [("4/5", F(4, 5)), ("80 %", F(4, 5)), ("0.8", F(4, 5)), (3, F(3)), ("12.5%", F(1, 8))],
)
def test_numbers_are_exact(text: Any, value: F) -> None:
    """Integers, fractions, percentages and decimals are read exactly."""
    assert number(text) == value


@pytest.mark.parametrize(
    ("date", "length", "expected"),
    [
        ("2026-03-31", "P1M", "2026-02-28"),  # clamped
        ("2024-03-31", "P1M", "2024-02-29"),  # clamped, leap year
        ("2024-02-29", "P1Y", "2023-02-28"),
        ("2026-08-31", "P6M", "2026-02-28"),
        ("2026-01-15", "P24M", "2024-01-15"),
        ("2026-01-15", "P2Y", "2024-01-15"),
        ("2026-01-31", "P1Y2M", "2024-11-30"),
        ("2026-03-01", "P30D", "2026-01-30"),  # 28 days of February and 2 of January
        ("2026-03-01", "P1W", "2026-02-22"),
    ],
)
def test_durations(date: str, length: str, expected: str) -> None:
    """Months are calendar months, clamped to the month's end."""
    found = before(datetime.date.fromisoformat(date), duration(length))
    assert found == datetime.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        (yes("a"), {"a": True}, T),
        (yes("a"), {"a": {"value": False, "by": "X"}}, N),
        (yes("a"), {}, U),
        (yes("a"), {"a": "unknown"}, U),
        (yes("a"), {"a": SANS_OBJET}, X),
        ({"answer": "a", "is": False}, {"a": False}, T),
        ({"answer": "n", "at_least": 3}, {"n": 3}, T),
        ({"answer": "n", "at_least": 3}, {"n": 2}, N),
        ({"answer": "n", "at_most": 3}, {"n": 3}, T),
        ({"answer": "n", "at_most": 3}, {"n": 4}, N),
        ({"answer": "n", "is": 3}, {"n": 3}, T),
        ({"answer": "n", "among": [1, 3]}, {"n": 3}, T),
        ({"answer": "n", "among": [1, 3]}, {"n": 2}, N),
        ({"answer": "w", "is": "80 %"}, {"w": "0.8"}, T),
        ({"answer": "w", "at_least": {"setting": "part"}}, {"w": "79 %"}, N),
        ({"answer": "level", "at_least": 1}, {"level": 2}, T),
        ({"answer": "kind", "is": "x"}, {"kind": "y"}, N),
        ({"answer": "kind", "among": ["x", "y"]}, {"kind": "y"}, T),
        ({"answer": "kinds", "includes": "x"}, {"kinds": ["y", "x"]}, T),
        ({"answer": "kinds", "includes": "x"}, {"kinds": []}, N),
        ({"answer": "text", "is": "charte"}, {"text": "charte"}, T),
        # 2026-09-01 less six months is 2026-03-01; both ends count
        ({"answer": "day", "newer_than": "P6M"}, {"day": datetime.date(2026, 3, 1)}, T),
        ({"answer": "day", "newer_than": "P6M"}, {"day": "2026-02-28"}, N),
        ({"answer": "day", "newer_than": {"setting": "frais"}}, {"day": "2026-09-01"}, T),
        ({"answer": "day", "newer_than": "P6M"}, {"day": "2026-09-02"}, N),
        # 4 ≥ 4/5 of 5 = 4, and 4 ≤ 4; 3 is not ≥ 4
        ({"ratio": ["n", "m"], "at_least": {"setting": "part"}}, {"n": 4, "m": 5}, T),
        ({"ratio": ["n", "m"], "at_most": "4/5"}, {"n": 4, "m": 5}, T),
        ({"ratio": ["n", "m"], "at_least": "4/5"}, {"n": 3, "m": 5}, N),
        ({"ratio": ["n", "m"], "at_least": "4/5"}, {"n": 0, "m": 0}, T),
        ({"ratio": ["n", "m"], "at_most": "4/5"}, {"n": 0, "m": 0}, T),
        ({"ratio": ["n", "m"], "at_least": "4/5"}, {"n": 4}, U),
        ({"ratio": ["n", "m"], "at_least": "4/5"}, {"n": 4, "m": SANS_OBJET}, X),
        ({"ratio": ["n", "m"], "at_least": "4/5"}, {"m": SANS_OBJET}, X),
        # nested: the sans objet drops out, the unknown stays
        ({"all": [yes("a"), yes("b")]}, {"a": True, "b": SANS_OBJET}, T),
        ({"any": [yes("a"), yes("b")]}, {"a": False, "b": SANS_OBJET}, N),
        ({"all": [yes("a"), yes("b")]}, {"a": SANS_OBJET, "b": SANS_OBJET}, X),
        ({"not": yes("a")}, {"a": SANS_OBJET}, X),
        ({"all": [{"not": yes("a")}, yes("b")]}, {"a": True}, N),
        ({"any": [yes("a"), {"not": yes("a")}]}, {}, U),  # each occurrence for itself
        # 3 of 3, one sans objet: 2 of the 2 that are left
        (
            {"at_least": 3, "of": [yes("a"), yes("b"), yes("c")]},
            {"a": True, "b": SANS_OBJET, "c": True},
            T,
        ),
    ],
)
def test_conditions(condition: Doc, answers: Doc, expected: str) -> None:
    """A condition has the truth that the table of the specification gives."""
    result = run(ruleset(requirement("R-01", criterion("x", when=condition))), answers=answers)
    assert one(result, "R-01")["criteria"] == {"x": (expected, expected)}


@pytest.mark.parametrize(
    ("wanted", "operands", "expected"),
    [
        (2, [T, T, N], T),
        (2, [T, U, N], U),
        (2, [T, N, N], N),
        (2, [U, U, U], U),
        (2, [X, U, N], N),  # two left, one of them false: two can't be had
        (2, [X, X, U], U),
        (2, [X, X, T], T),
        (1, [X, X], X),
        (1, [U, T], T),
        (2, [U, N], N),
    ],
)
def test_thresholds(wanted: int, operands: list[str], expected: str) -> None:
    """At least n of what is left."""
    assert threshold(wanted, operands) == expected


def test_negation() -> None:
    """Negation leaves what is unknown or not applicable."""
    assert [negation(t) for t in (T, N, U, X)] == [N, T, U, X]


@pytest.mark.parametrize(
    ("when", "proof", "declared", "proven"),
    [
        (T, T, T, T),
        (T, N, T, N),
        (T, U, T, U),
        (N, U, N, N),
        (U, N, U, N),
        (U, T, U, U),
        (X, N, X, X),  # not applicable, proof or not
        (None, U, U, U),
        (N, None, N, N),
    ],
)
def test_declared_and_proven(
    when: str | None, proof: str | None, declared: str, proven: str
) -> None:
    """Declared is `when`; proven is `when` and `proof`."""
    made: Doc = {"id": "c"}
    if when:
        made["when"] = yes("a")
    if proof:
        made["proof"] = {"evidence": "k"}
    truths = {"answer": when or X, "evidence": proof or X}
    world = World(ruleset(), {}, AS_OF, {})
    for in_proof, expected in ((False, declared), (True, proven)):
        found = criterion_truth(world, made, in_proof, lambda a: truths[a[0]], lambda r: U)
        assert found == expected


FILE = {"id": "P1", "proves": ["k", "fresh"], "file": "p.pdf"}
KEPT = {"id": "P1", "proves": ["k", "fresh"], "kept_at": "au siège"}


@pytest.mark.parametrize(
    ("piece", "state", "counts", "counts_fresh"),
    [
        (FILE, "ok", T, N),  # undated: never fresh
        (FILE, "missing", N, N),
        (FILE, "altered", N, N),
        (KEPT, None, T, N),
        ({**FILE, **KEPT}, "missing", T, N),  # the original is elsewhere
        ({**KEPT, "dated": "2026-03-01"}, None, T, T),  # six months to the day
        ({**KEPT, "dated": "2026-02-28"}, None, T, N),
        ({**KEPT, "dated": "2026-09-01"}, None, T, T),
        ({**KEPT, "dated": "2026-09-02"}, None, N, N),  # not yet
        ({**KEPT, "dated": "2026-08-01", "valid_until": "2026-09-01"}, None, T, T),
        ({**KEPT, "dated": "2026-08-01", "valid_until": "2026-08-31"}, None, N, N),
    ],
)
def test_pieces(piece: Doc, state: str | None, counts: str, counts_fresh: str) -> None:
    """A piece counts, or does not, for a kind and for a kind that must be fresh."""
    rules = ruleset(
        requirement(
            "R-01",
            criterion("plain", proof={"evidence": "k"}),
            criterion("fresh", proof={"evidence": "fresh"}),
        )
    )
    found = one(run(rules, {"P1": state} if state else {}, evidence=[piece]), "R-01")
    assert found["criteria"] == {"plain": (counts, counts), "fresh": (counts_fresh, counts_fresh)}


@pytest.mark.parametrize(
    ("wanted", "audit", "expected"),
    [
        (1, {}, U),
        (1, {"no_evidence": ["k"]}, N),
        (2, {"evidence": [KEPT]}, N),  # what is recorded is all there is
        (2, {"evidence": [KEPT, {**KEPT, "id": "P2"}]}, T),
        (1, {"evidence": [{**KEPT, "proves": ["j"]}]}, U),
        (
            1,
            {
                "evidence": [KEPT],
                "findings": [{"requirement": "R-02", "grade": "minor", "rejected": ["P1"]}],
            },
            N,
        ),
    ],
)
def test_counts_of_evidence(wanted: int, audit: Doc, expected: str) -> None:
    """Nothing recorded is unknown, then false; what is recorded is all."""
    proof = {"evidence": "k", "count": wanted}
    rules = ruleset(requirement("R-01", criterion("x", proof=proof)), requirement("R-02"))
    rules["requirements"][1]["criteria"] = [criterion("a")]
    assert one(run(rules, **audit), "R-01")["criteria"]["x"] == (expected, expected)
