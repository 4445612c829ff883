"""What one requirement comes to: status, possible statuses, credit, grades.

Criteria are spelled: ``T2 F?`` is a true one of weight 2 and a false inessential one of weight 1;
U is open, X « sans objet ». The requirement is major, `blocked_credit` is 1/2.
"""

from fractions import Fraction as F

import pytest

from tests.support.condition_tables import case
from tests.support.small_rules import (
    SPELLED,
    Doc,
    Outcome,
    criterion,
    kept,
    no,
    outcome,
    requirement,
    rules,
    run,
    shown,
    spelled,
    yes,
)

NONE, HALF, ALL = F(0), F(1, 2), F(1)


def of(criteria: str, *others: Doc, blocked_credit: str = "1/2", **more: object) -> Outcome:
    """What a major requirement with these criteria comes to."""
    only = requirement("T-1", *spelled(criteria), **{"gravity": "major", **more})
    evaluation = run(rules(only, *others, blocked_credit=blocked_credit), SPELLED)
    return outcome(evaluation, "T-1")


def gate(criteria: str) -> Doc:
    """The prerequisite T-2."""
    return requirement("T-2", *spelled(criteria))


DETERMINED = [
    case("holds: 1 of 1", "T", "met", ALL, "satisfactory"),
    case("fails: 0 of 1", "F", "unmet", NONE, "major"),
    case("1 of 2", "T F", "partial", HALF, "major"),
    case("2 of 3 by weight", "T2 F", "partial", F(2, 3), "major"),
    case("1 of 6 by weight", "F3 T F2", "partial", F(1, 6), "major"),
    case("the inessential one fails: met with 1 of 2", "T F?", "met", HALF, "improvement"),
    case("met with 1 of 4", "T F3?", "met", F(1, 4), "improvement"),
    case("only the inessential one holds: partial", "F T?", "partial", HALF, "major"),
    case("none is essential: all are needed, and hold", "T? T?", "met", ALL, "satisfactory"),
    case("none is essential: all are needed, one fails", "T? F?", "partial", HALF, "major"),
    case("« sans objet » drops out: 1 of 1", "X T", "met", ALL, "satisfactory"),
    case("its weight drops out too: 1 of 2", "X9 T F", "partial", HALF, "major"),
    case("the essential one drops out: those left are needed", "X T? F?", "partial", HALF, "major"),
    case("the essential one drops out: those left hold", "X T? T?", "met", ALL, "satisfactory"),
    case("the inessential one drops out", "T X?", "met", ALL, "satisfactory"),
]


@pytest.mark.parametrize(("criteria", "status", "credit", "grade"), DETERMINED)
def test_everything_known(criteria: str, status: str, credit: F, grade: str) -> None:
    assert of(criteria) == Outcome(status, {status}, (credit, credit), (grade,))


OPEN = [
    case("0 or 1 of 1", "U", {"met", "unmet"}, (NONE, ALL), ("major", "satisfactory")),
    case("1 or 2 of 2", "T U", {"met", "partial"}, (HALF, ALL), ("major", "satisfactory")),
    case("0 or 1 of 2", "F U", {"partial", "unmet"}, (NONE, HALF), ("major",)),
    case("0 to 2 of 2", "U U", {"met", "partial", "unmet"}, (NONE, ALL), ("major", "satisfactory")),
    case("1 to 3 of 3", "T U U", {"met", "partial"}, (F(1, 3), ALL), ("major", "satisfactory")),
    case("0 to 2 of 3", "F U U", {"partial", "unmet"}, (NONE, F(2, 3)), ("major",)),
    case("1 of 2 and more, met", "T U?", {"met"}, (HALF, ALL), ("improvement", "satisfactory")),
    case("1 or 2 of 3, met: never all", "T F? U?", {"met"}, (F(1, 3), F(2, 3)), ("improvement",)),
    case(
        "1 or 2 of 2, essential open",
        "U T?",
        {"met", "partial"},
        (HALF, ALL),
        ("major", "satisfactory"),
    ),
    case(
        "0 or 1 of 2, met with a failing one",
        "U F?",
        {"met", "unmet"},
        (NONE, HALF),
        ("major", "improvement"),
    ),
    case(
        "0 to 2 of 2, either may hold",
        "U U?",
        {"met", "partial", "unmet"},
        (NONE, ALL),
        ("major", "improvement", "satisfactory"),
    ),
    case("0 or 1 of 2, essential fails", "F U?", {"partial", "unmet"}, (NONE, HALF), ("major",)),
    case("none essential: 0 or 1 of 2", "F? U?", {"partial", "unmet"}, (NONE, HALF), ("major",)),
    case(
        "« sans objet » drops out: 0 or 1 of 1",
        "X U",
        {"met", "unmet"},
        (NONE, ALL),
        ("major", "satisfactory"),
    ),
]


@pytest.mark.parametrize(("criteria", "possible", "credit", "grades"), OPEN)
def test_something_open(
    criteria: str, possible: set[str], credit: tuple[F, F], grades: tuple[str, ...]
) -> None:
    status = "undetermined" if len(possible) > 1 else next(iter(possible))
    assert of(criteria) == Outcome(status, possible, credit, grades)


GATED = [
    case("gate met", "T", "T", {"met"}, (ALL, ALL), ("satisfactory",)),
    case("gate not applicable", "T", "X", {"met"}, (ALL, ALL), ("satisfactory",)),
    case("gate met, not fully", "T", "T F?", {"met"}, (ALL, ALL), ("satisfactory",)),
    case("gate unmet: 1 capped at 1/2", "T", "F", {"blocked"}, (HALF, HALF), (None,)),
    case("gate partial: capped as well", "T", "T F", {"blocked"}, (HALF, HALF), (None,)),
    case("gate open: 1/2 or 1", "T", "U", {"met", "blocked"}, (HALF, ALL), (None, "satisfactory")),
    case("gate partial or unmet: surely not met", "T", "F U", {"blocked"}, (HALF, HALF), (None,)),
    case("blocked with 1/4: under the cap", "T F3?", "F", {"blocked"}, (F(1, 4), F(1, 4)), (None,)),
    case("partial with 3/4: capped at 1/2", "F T3", "F", {"partial"}, (HALF, HALF), ("major",)),
    case(
        "partial with 1/4: under the cap", "F3 T", "F", {"partial"}, (F(1, 4), F(1, 4)), ("major",)
    ),
    case("unmet behind an unmet gate", "F", "F", {"unmet"}, (NONE, NONE), ("major",)),
    case(
        "open behind an unmet gate: 0 or 1/2",
        "U",
        "F",
        {"blocked", "unmet"},
        (NONE, HALF),
        ("major", None),
    ),
    case(
        "open behind an open gate: 0 to 1",
        "U",
        "U",
        {"met", "blocked", "unmet"},
        (NONE, ALL),
        ("major", None, "satisfactory"),
    ),
    case(
        "3/4 behind an open gate: 1/2 or 3/4", "F T3", "U", {"partial"}, (HALF, F(3, 4)), ("major",)
    ),
]


@pytest.mark.parametrize(("criteria", "before", "possible", "credit", "grades"), GATED)
def test_prerequisites(
    criteria: str,
    before: str,
    possible: set[str],
    credit: tuple[F, F],
    grades: tuple[str | None, ...],
) -> None:
    status = "undetermined" if len(possible) > 1 else next(iter(possible))
    found = of(criteria, gate(before), requires=["T-2"])
    assert found == Outcome(status, possible, credit, grades)


BLOCKED_CREDITS = [
    case("0: nothing counts behind a gate", "T", "0", "blocked", NONE),
    case("0: partial it stays, its own credit being 1/2", "T F", "0", "partial", NONE),
    case("1: the gate costs nothing", "T", "1", "blocked", ALL),
    case("1/3", "T", "1/3", "blocked", F(1, 3)),
    case("75 %", "T", "75 %", "blocked", F(3, 4)),
    case("0.4 under 2/3", "T2 F?", "0.4", "blocked", F(2, 5)),
    case("2/3 under 0.7: not raised", "T2 F?", "0.7", "blocked", F(2, 3)),
]


@pytest.mark.parametrize(("criteria", "blocked_credit", "status", "credit"), BLOCKED_CREDITS)
def test_blocked_credit(criteria: str, blocked_credit: str, status: str, credit: F) -> None:
    found = of(criteria, gate("F"), requires=["T-2"], blocked_credit=blocked_credit)
    assert (found.status, found.credit) == (status, (credit, credit))


def test_a_blocked_requirement_blocks_what_stands_behind_it() -> None:
    """T-3 is unmet, so T-2 is blocked, which is not met, so T-1 is blocked as well."""
    second = requirement("T-2", *spelled("T"), requires=["T-3"])
    found = of("T", second, requirement("T-3", *spelled("F")), requires=["T-2"])
    assert found == Outcome("blocked", {"blocked"}, (HALF, HALF), (None,))


def test_one_gate_of_two_is_enough_to_block() -> None:
    """The caps do not add up: 1 capped at 1/2, once."""
    found = of("T", gate("F"), requirement("T-3", *spelled("F")), requires=["T-2", "T-3"])
    assert found.credit == (HALF, HALF)


def test_what_only_comes_after_blocks_nothing() -> None:
    assert of("T", gate("F"), after=["T-2"]).status == "met"


APPLICABILITY = [
    case("applies", "F", yes("t"), {"unmet"}, (NONE, NONE), ("major",)),
    case("does not apply", "F", yes("f"), {"not_applicable"}, None, ()),
    case("« sans objet »: does not apply", "F", yes("x"), {"not_applicable"}, None, ()),
    case("the contrary of « sans objet » neither", "F", no("x"), {"not_applicable"}, None, ()),
    case(
        "may apply, would be met: 1 if at all",
        "T",
        yes("u"),
        {"met", "not_applicable"},
        (ALL, ALL),
        (None, "satisfactory"),
    ),
    case(
        "may apply, would be unmet: 0 if at all",
        "F",
        yes("u"),
        {"unmet", "not_applicable"},
        (NONE, NONE),
        ("major", None),
    ),
    case(
        "may apply, and open",
        "U",
        yes("u"),
        {"met", "unmet", "not_applicable"},
        (NONE, ALL),
        ("major", None, "satisfactory"),
    ),
    case("may apply, with nothing left to satisfy", "X", yes("u"), {"not_applicable"}, None, ()),
    case("no criterion left", "X X", yes("t"), {"not_applicable"}, None, ()),
]


@pytest.mark.parametrize(
    ("criteria", "applies_when", "possible", "credit", "grades"), APPLICABILITY
)
def test_applicability(
    criteria: str,
    applies_when: Doc,
    possible: set[str],
    credit: tuple[F, F] | None,
    grades: tuple[str | None, ...],
) -> None:
    status = "undetermined" if len(possible) > 1 else next(iter(possible))
    assert of(criteria, applies_when=applies_when) == Outcome(status, possible, credit, grades)


IN_FORCE = [
    case("from the day on", {"from": "2026-09-01"}, "met"),
    case("from the next day on", {"from": "2026-09-02"}, "not_applicable"),
    case("to the day", {"to": "2026-09-01"}, "met"),
    case("to the day before", {"to": "2026-08-31"}, "not_applicable"),
    case("that day alone", {"from": "2026-09-01", "to": "2026-09-01"}, "met"),
    case("within", {"from": "2017-01-01", "to": "2030-12-31"}, "met"),
]


@pytest.mark.parametrize(("period", "status"), IN_FORCE)
def test_in_force(period: Doc, status: str) -> None:
    assert of("T", in_force=period).status == status


def test_out_of_force_outweighs_what_is_unknown() -> None:
    assert of("U", in_force={"to": "2026-08-31"}, applies_when=yes("u")).status == "not_applicable"


GRADES = [
    case("major, unmet", "requirement", "major", "F", "T", ("major",)),
    case("minor, unmet", "requirement", "minor", "F", "T", ("minor",)),
    case("sensitive, partial", "requirement", "sensitive", "T F", "T", ("sensitive",)),
    case("blocked: its cause carries the grade", "requirement", "major", "T", "F", (None,)),
    case("met, full credit", "requirement", "minor", "T", "T", ("satisfactory",)),
    case("met, credit below 1", "requirement", "minor", "T F?", "T", ("improvement",)),
    case("recommendation met", "recommendation", "minor", "T", "T", ("strength",)),
    case("recommendation met, below 1", "recommendation", "minor", "T F?", "T", ("strength",)),
    case("recommendation partial", "recommendation", "minor", "T F", "T", ("improvement",)),
    case("recommendation unmet", "recommendation", "major", "F", "T", ("improvement",)),
    case("recommendation blocked: not met", "recommendation", "minor", "T", "F", ("improvement",)),
    case("recommendation open", "recommendation", "minor", "U", "T", ("improvement", "strength")),
    case("recommendation not applicable", "recommendation", "minor", "X", "T", ()),
]


@pytest.mark.parametrize(("level", "gravity", "criteria", "before", "grades"), GRADES)
def test_grades(
    level: str, gravity: str, criteria: str, before: str, grades: tuple[str | None, ...]
) -> None:
    found = of(criteria, gate(before), level=level, gravity=gravity, requires=["T-2"])
    assert found.grades == grades


def test_declared_and_proven_are_computed_apart() -> None:
    """Said: 2 + 1 of 3. Shown: the charter but not the report, so 2 of 3."""
    ruleset = rules(
        requirement(
            "T-1",
            criterion("a", when=yes("t"), proof=shown("charte"), weight=2),
            criterion("b", when=yes("t"), proof=shown("bilan")),
        ),
        requirement("T-2", *spelled("T"), requires=["T-1"]),
    )
    evaluation = run(ruleset, SPELLED, evidence=[kept("P1", "charte")], no_evidence=["bilan"])
    assert outcome(evaluation, "T-1", declared=True).credit == (ALL, ALL)
    assert outcome(evaluation, "T-1").credit == (F(2, 3), F(2, 3))
    assert outcome(evaluation, "T-2", declared=True).status == "met"
    assert outcome(evaluation, "T-2").status == "blocked"


def test_a_proof_alone_is_both_what_is_said_and_what_is_shown() -> None:
    ruleset = rules(requirement("T-1", criterion("a", proof=shown("charte"))))
    evaluation = run(ruleset, no_evidence=["charte"])
    assert outcome(evaluation, "T-1", declared=True).status == "unmet"
    assert outcome(evaluation, "T-1").status == "unmet"
