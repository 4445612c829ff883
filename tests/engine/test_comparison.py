"""Two evaluations side by side: which way each requirement moved, and what moved it."""

import datetime
from fractions import Fraction as F
from typing import Any

import pytest

from norm_engine.engine.change_causes import decisive
from norm_engine.engine.comparison import Change, Comparison, Side, compare, movement
from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.model.ruleset import RuleSet
from tests.support.small_rules import (
    AS_OF,
    SANS_OBJET,
    Doc,
    audit,
    criterion,
    kept,
    met,
    no,
    requirement,
    rules,
    shown,
    yes,
)

LATER = datetime.date(2027, 9, 1)
"""A year after the day that tests speak of."""


def side(ruleset: RuleSet, as_of: datetime.date = AS_OF, **more: Any) -> Side:
    """An audit with these answers, at a day; `files` are what was found of its files."""
    files = more.pop("files", {})
    held = audit(more.pop("answers", {}), **more)
    program = compile_ruleset(ruleset)
    return Side(evaluate(program, facts_of(program, held, files, as_of)), held, files)


def between(ruleset: RuleSet, one: Doc, two: Doc, other: RuleSet | None = None) -> Comparison:
    """Two states of one structure compared; `other` are the rules of the second one."""
    return compare(side(ruleset, **one), side(other or ruleset, **two), same_structure=True)


def answered(ruleset: RuleSet, one: Doc, two: Doc) -> Comparison:
    """The same for two sets of answers."""
    return between(ruleset, {"answers": one}, {"answers": two})


def change(comparison: Comparison, name: str = "T-1") -> Change:
    return next(each for each in comparison.changes if each.requirement == name)


def causes(comparison: Comparison, name: str = "T-1") -> list[str]:
    """The causes of a change in few words: ``answer a``, ``answer a through T-2``."""
    found = change(comparison, name)
    said = [f"setting {each}" for each in found.settings]
    for each in found.causes:
        through = f" through {each.through}" if each.through else ""
        said.append(f"{each.kind} {each.subject}{through}")
    return said


ONE = rules(requirement("T-1", "a", "b"))
EITHER = rules(requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]})))
BOTH = rules(requirement("T-1", criterion("c", when={"all": [yes("a"), yes("b")]}), "z"))


# --- which way ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kind", "direction"),
    [
        # from unmet, by partial (one of two, credit 1/2), to met
        ({"a": False, "b": False}, {"a": True, "b": False}, "higher", "higher"),
        ({"a": True, "b": False}, {"a": True, "b": True}, "higher", "higher"),
        ({"a": True, "b": True}, {"a": False, "b": True}, "lower", "lower"),
        # partial by another half: as good, and nobody's progress
        ({"a": True, "b": False}, {"a": False, "b": True}, "same", "level"),
        # what was open is known: well, or badly
        ({"a": True}, {"a": True, "b": True}, "determined", "higher"),
        ({"a": True}, {"a": True, "b": False}, "determined", "level"),
        ({}, {"a": False, "b": False}, "determined", "level"),
        # what was known is open again
        ({"a": True, "b": True}, {"a": True}, "undetermined", "lower"),
        ({"a": False, "b": False}, {"b": False}, "undetermined", "level"),
        # open before and after: [0, 1] becomes [0, 1/2], then [1/2, 1]
        ({}, {"a": False}, "narrower", "level"),
        ({"a": False}, {}, "wider", "level"),
        ({}, {"a": True}, "higher", "higher"),
        # nothing left to satisfy, and back
        ({"a": True, "b": True}, {"a": SANS_OBJET, "b": SANS_OBJET}, "not_applicable", "level"),
        ({"a": SANS_OBJET, "b": SANS_OBJET}, {"a": False, "b": False}, "applicable", "level"),
    ],
)
def test_which_way_a_requirement_moved(before: Doc, after: Doc, kind: str, direction: str) -> None:
    moved = change(answered(ONE, before, after))
    assert (moved.kind, moved.direction) == (kind, direction)


def test_satisfied_behind_a_gate_is_better_than_half_of_it_at_the_same_credit() -> None:
    ruleset = rules(requirement("T-1", "a", "b", requires=["T-2"]), requirement("T-2", "c"))
    moved = change(answered(ruleset, {"a": True, "b": False, "c": True}, {"a": True, "b": True}))
    # partial at 1/2; then met or blocked, from 1/2 to 1
    assert (moved.before.status, moved.after.status) == ("partial", "undetermined")
    assert (moved.kind, moved.direction) == ("undetermined", "higher")


def test_what_is_declared_moves_by_itself() -> None:
    ruleset = rules(requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte"))))
    comparison = between(
        ruleset,
        {"answers": {"a": False}, "no_evidence": ["charte"]},
        {"answers": {"a": True}, "no_evidence": ["charte"]},
    )
    moved = change(comparison)
    assert (moved.kind, moved.declared_kind, moved.declared_direction) == (
        "same",
        "higher",
        "higher",
    )
    assert causes(comparison) == ["answer a"]


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ((0, 1), (0, 1), "same"),
        ((0, 1), (F(1, 2), F(1, 2)), "higher"),  # what is sure rose, though the best case is gone
        ((F(1, 2), F(1, 2)), (0, 1), "lower"),
        ((0, 1), (0, F(1, 2)), "narrower"),
        ((0, F(1, 2)), (0, 1), "wider"),
        (None, (0, 1), "appears"),
        ((0, 1), None, "vanishes"),
        (None, None, "same"),
    ],
)
def test_an_interval_moves_by_its_low_end_then_by_its_high_end(
    before: Any, after: Any, moved: str
) -> None:
    ends = [None if each is None else (F(each[0]), F(each[1])) for each in (before, after)]
    assert movement(ends[0], ends[1]) == moved


# --- why ---------------------------------------------------------------------------------------


def test_an_answer_that_changed() -> None:
    comparison = answered(ONE, {"a": True, "b": False}, {"a": True, "b": True, "c": True})
    assert causes(comparison) == ["answer b"]


def test_what_differs_without_making_a_difference_is_no_cause() -> None:
    # a was enough and still is
    two = rules(requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]}), "z"))
    comparison = answered(
        two, {"a": True, "b": False, "z": False}, {"a": True, "b": True, "z": True}
    )
    assert causes(comparison) == ["answer z"]


def test_of_two_that_would_each_have_done_both_are_causes() -> None:
    comparison = answered(EITHER, {"a": False, "b": False}, {"a": True, "b": True})
    assert causes(comparison) == ["answer a", "answer b"]


def test_changes_that_outweigh_each_other_are_no_causes() -> None:
    # the first criterion stays false: a came and b went
    comparison = answered(
        BOTH, {"a": False, "b": True, "z": False}, {"a": True, "b": False, "z": True}
    )
    assert causes(comparison) == ["answer z"]


def test_what_was_unknown_and_turned_out_well_is_no_cause_of_a_failure() -> None:
    ruleset = rules(requirement("T-1", criterion("c", when={"all": [yes("a"), yes("b")]})))
    assert causes(answered(ruleset, {}, {"a": True, "b": False})) == ["answer b"]


def test_causes_lie_behind_gates_and_conditions_on_other_requirements() -> None:
    ruleset = rules(
        requirement("T-1", "a", requires=["T-2"]),
        requirement("T-2", "b", requires=["T-3"]),
        requirement("T-3", "c"),
        requirement("T-4", criterion("x", when=met("T-3"))),
    )
    good = {"a": True, "b": True, "c": True}
    comparison = answered(ruleset, good, {**good, "c": False})
    assert causes(comparison, "T-1") == ["answer c through T-3"]
    assert causes(comparison, "T-2") == ["answer c through T-3"]
    assert causes(comparison, "T-3") == ["answer c"]
    assert causes(comparison, "T-4") == ["answer c through T-3"]
    assert change(comparison, "T-1").after.status == "blocked"


def test_causes_of_coming_to_apply() -> None:
    ruleset = rules(requirement("T-1", "a", applies_when=no("b")))
    comparison = answered(ruleset, {"a": False, "b": True}, {"a": False, "b": False})
    assert change(comparison).kind == "applicable"
    assert causes(comparison) == ["answer b"]


def test_causes_in_a_ratio_are_the_answers_that_decide() -> None:
    share = {"ratio": ["formes", "postes"], "at_least": "4/5"}
    ruleset = rules(requirement("T-1", criterion("c", when=share)))
    # 4 of 5 is enough; 4 of 6 is not, and 5 of 6 is again
    lost = answered(ruleset, {"formes": 4, "postes": 5}, {"formes": 4, "postes": 6})
    assert causes(lost) == ["answer postes"]
    # 3 of 5, then 4 of 4: 4 of 5 would do, 3 of 4 would not
    trained = answered(ruleset, {"formes": 3, "postes": 5}, {"formes": 4, "postes": 4})
    assert causes(trained) == ["answer formes"]
    # 2 of 4, then 3 of 3: it takes both, since neither 3 of 4 nor 2 of 3 would do
    both = answered(ruleset, {"formes": 2, "postes": 4}, {"formes": 3, "postes": 3})
    assert causes(both) == ["answer formes", "answer postes"]


def test_time_alone_is_a_cause() -> None:
    recent = {"answer": "signature", "newer_than": "P24M"}
    ruleset = rules(requirement("T-1", criterion("c", when=recent)))
    given = {"answers": {"signature": "2025-01-01"}}
    comparison = between(ruleset, given, {**given, "as_of": LATER})
    assert (change(comparison).kind, causes(comparison)) == ("lower", ["day signature"])


def test_coming_into_force_is_a_cause() -> None:
    ruleset = rules(requirement("T-1", "a", in_force={"from": "2027-01-01"}))
    given = {"answers": {"a": False}}
    comparison = between(ruleset, given, {**given, "as_of": LATER})
    assert change(comparison).kind == "applicable"
    assert causes(comparison) == ["in_force T-1"]


def test_a_cause_that_another_change_hides_is_found() -> None:
    """With `b` put back and not `a`, T-1 would not be what it was: `a` belongs to the causes."""
    # c1 = all(a, b) fails before and after; c2 = b; undoing b alone would make c1 true
    ruleset = rules(
        requirement(
            "T-1",
            criterion("c1", when={"all": [yes("a"), yes("b")]}),
            criterion("c2", when=yes("b")),
        )
    )
    comparison = answered(ruleset, {"a": False, "b": True}, {"a": True, "b": False})
    assert (change(comparison).before.status, change(comparison).after.status) == (
        "partial",
        "unmet",
    )
    assert causes(comparison) == ["answer a", "answer b"]


@pytest.mark.parametrize(
    ("was", "now", "places"),
    [
        ((0, 0), (0, 0), []),
        ((0, 0), (1, 0), [0]),
        ((0, 0), (1, 1), [0, 1]),
        ((1, 0), (1, 1), [1]),  # the only change there is
    ],
)
def test_places_that_decide_the_greatest_of_a_row(was: Any, now: Any, places: Any) -> None:
    assert decisive(was, now, max) == places


def test_a_place_that_never_decides_is_left_out() -> None:
    # the least is 1 already, then 0: that the first comes down to 1 never decides
    assert decisive((2, 1, 2), (1, 0, 2), min) == [1]


# --- pieces of evidence ------------------------------------------------------------------------

PROVEN = rules(
    requirement("T-1", criterion("c", proof=shown("bilan"))),  # stays fresh a year
    requirement("T-2", criterion("c", proof=shown("charte"))),
)


def moves(comparison: Comparison) -> list[tuple[str, str, str | None]]:
    return [
        (each.piece.id, each.change, None if each.day is None else str(each.day))
        for each in comparison.pieces
    ]


def test_a_piece_that_grew_too_old_with_the_first_day_on_which_it_is() -> None:
    held = {"evidence": [kept("P1", "bilan", dated="2026-03-15")]}
    comparison = between(PROVEN, held, {**held, "as_of": LATER})
    # a year from 15 March 2026 ends on 15 March 2027, and both ends count
    assert moves(comparison) == [("P1", "stale", "2027-03-16")]
    assert causes(comparison) == ["evidence bilan"]


def test_a_piece_whose_time_ran_out() -> None:
    held = {"evidence": [kept("P1", "charte", valid_until="2026-12-31")]}
    comparison = between(PROVEN, held, {**held, "as_of": LATER})
    assert moves(comparison) == [("P1", "expired", "2027-01-01")]
    assert change(comparison, "T-2").kind == "lower"


def test_pieces_that_came_and_went() -> None:
    comparison = between(
        PROVEN,
        {"evidence": [kept("P1", "charte")]},
        {"evidence": [kept("P2", "bilan", dated="2026-08-01"), kept("P3", "bilan")]},
    )
    assert moves(comparison) == [("P2", "new", None), ("P3", "new", None), ("P1", "removed", None)]
    assert [each.counts for each in comparison.pieces] == [True, False, False]  # P3 has no date
    assert change(comparison, "T-2").kind == "undetermined"  # nothing is said of the kind any more


def test_a_piece_that_the_auditor_rejects() -> None:
    held = {"evidence": [kept("P1", "charte")]}
    finding = {"id": "C1", "requirement": "T-2", "grade": "minor", "text": "…", "rejected": ["P1"]}
    comparison = between(PROVEN, held, {**held, "findings": [finding]})
    assert moves(comparison) == [("P1", "rejected", None)]
    assert causes(comparison, "T-2") == ["evidence charte"]


def test_a_piece_whose_file_is_gone() -> None:
    piece = {"id": "P1", "proves": ["charte"], "title": "…", "file": "charte.pdf"}
    there, gone = ({"evidence": [piece], "files": {"P1": each}} for each in ("ok", "missing"))
    assert moves(between(PROVEN, there, gone)) == [("P1", "missing", None)]
    assert moves(between(PROVEN, gone, there)) == [("P1", "counts", None)]


def test_pieces_of_two_structures_have_nothing_to_do_with_each_other() -> None:
    one, two = (side(PROVEN, evidence=[kept("P1", kind)]) for kind in ("charte", "bilan"))
    comparison = compare(one, two, same_structure=False)
    assert comparison.pieces == ()
    assert causes(comparison, "T-2") == ["evidence charte"]


# --- rules -------------------------------------------------------------------------------------


def demanding(part: str, fresh: str = "P1Y") -> RuleSet:
    """Rules with two settings."""
    share = {"ratio": ["formes", "postes"], "at_least": {"setting": "part"}}
    return rules(
        requirement("T-1", criterion("c", when=share)),
        requirement("T-2", criterion("c", proof=shown("bilan"))),
        requirement("T-3", "a"),
        settings={"part": ("share", part), "frais": ("duration", fresh)},
        evidence={"bilan": {"fresh_for": {"setting": "frais"}}},
    )


def test_a_setting_that_an_overlay_changed_is_a_cause_where_it_moves_something() -> None:
    held = {
        "answers": {"formes": 4, "postes": 5, "a": True},
        "evidence": [kept("P1", "bilan", dated="2026-03-01")],
    }
    comparison = between(demanding("4/5"), held, held, demanding("1", "P1M"))
    assert causes(comparison, "T-1") == ["setting part"]
    assert causes(comparison, "T-2") == ["setting frais"]
    assert change(comparison, "T-3").kind == "same"


def test_rules_and_facts_are_causes_side_by_side() -> None:
    # 4 of 5 is enough for 4/5 and not for all; 3 of 5 is enough for neither
    one, two = ({"answers": {"formes": n, "postes": 5, "a": True}} for n in (4, 3))
    assert causes(between(demanding("4/5"), one, two, demanding("1"))) == ["setting part"]
    assert causes(between(demanding("4/5"), one, two, demanding("3/4"))) == ["answer formes"]


def test_rule_sets_of_other_requirements_are_refused() -> None:
    other = rules(requirement("T-9", "a"))
    with pytest.raises(ValueError, match="cannot be compared"):
        compare(side(ONE), side(other), same_structure=True)
