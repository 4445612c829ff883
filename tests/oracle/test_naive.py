"""Statuses, scores and decisions of the naive evaluator, worked by hand."""

from fractions import Fraction as F
from typing import Any

import pytest

from tests.oracle.naive import mean_extremes
from tests.oracle.samples import (
    ALL,
    NOTHING,
    SANS_OBJET,
    N,
    T,
    U,
    criterion,
    one,
    requirement,
    ruleset,
    run,
    yes,
)
from tests.oracle.values import Doc

# Criteria: a (essential, weight 2), b (weight 1, not essential); minor gravity.
AB = (criterion("a", weight=2), criterion("b", essential=False))


@pytest.mark.parametrize(
    ("answers", "possible", "credit", "grades"),
    [
        ({"a": True, "b": True}, {"met"}, (1, 1), {"satisfactory"}),
        ({"a": True, "b": False}, {"met"}, (F(2, 3), F(2, 3)), {"improvement"}),
        ({"a": False, "b": True}, {"partial"}, (F(1, 3), F(1, 3)), {"minor"}),
        ({"a": False, "b": False}, {"unmet"}, (0, 0), {"minor"}),
        ({"a": True}, {"met"}, (F(2, 3), 1), {"improvement", "satisfactory"}),
        ({"a": False}, {"unmet", "partial"}, (0, F(1, 3)), {"minor"}),
        ({"b": True}, {"met", "partial"}, (F(1, 3), 1), {"minor", "satisfactory"}),
        ({}, {"met", "partial", "unmet"}, (0, 1), {"minor", "improvement", "satisfactory"}),
        ({"a": SANS_OBJET, "b": True}, {"met"}, (1, 1), {"satisfactory"}),
        # b alone is left, none essential: it becomes what must be true
        ({"a": SANS_OBJET, "b": False}, {"unmet"}, (0, 0), {"minor"}),
        ({"a": True, "b": SANS_OBJET}, {"met"}, (1, 1), {"satisfactory"}),
        ({"a": SANS_OBJET, "b": SANS_OBJET}, {"not_applicable"}, None, {None}),
    ],
)
def test_own_state(
    answers: Doc, possible: set[str], credit: tuple[F, F] | None, grades: set[str | None]
) -> None:
    """Status, credit and grades from a requirement's own criteria."""
    found = one(run(ruleset(requirement("R-01", *AB)), answers=answers), "R-01")
    assert found["possible"] == possible
    assert found["status"] == (next(iter(possible)) if len(possible) == 1 else "undetermined")
    assert found["credit"] == (None if credit is None else {"low": credit[0], "high": credit[1]})
    assert found["grades"] == grades


@pytest.mark.parametrize(
    ("answers", "possible", "credit", "grades"),
    [
        ({"d": True, "a": True, "b": True}, {"met"}, (1, 1), {"satisfactory"}),
        ({"d": False, "a": True, "b": True}, {"blocked"}, (F(1, 2), F(1, 2)), {None}),
        # own credit 1/3 is under the cap of 1/2
        ({"d": False, "a": False, "b": True}, {"partial"}, (F(1, 3), F(1, 3)), {"minor"}),
        ({"a": True, "b": True}, {"met", "blocked"}, (F(1, 2), 1), {None, "satisfactory"}),
        # 2/3 open, 1/2 closed
        ({"a": True, "b": False}, {"met", "blocked"}, (F(1, 2), F(2, 3)), {None, "improvement"}),
        ({"d": SANS_OBJET, "a": True, "b": True}, {"met"}, (1, 1), {"satisfactory"}),
        ({"d": False, "a": True}, {"blocked"}, (F(1, 2), F(1, 2)), {None}),
        ({"d": False, "b": True}, {"blocked", "partial"}, (F(1, 3), F(1, 2)), {None, "minor"}),
    ],
)
def test_prerequisites(
    answers: Doc, possible: set[str], credit: tuple[F, F], grades: set[str | None]
) -> None:
    """A prerequisite (question d) caps the credit and blocks."""
    rules = ruleset(
        requirement("R-01", *AB, requires=["R-02"]), requirement("R-02", criterion("d"))
    )
    found = one(run(rules, answers=answers), "R-01")
    assert found["possible"] == possible
    assert found["credit"] == {"low": credit[0], "high": credit[1]}
    assert found["grades"] == grades


def test_a_cap_of_zero_leaves_a_partial_one_partial() -> None:
    """Partial looks at the credit before the cap."""
    rules = ruleset(
        requirement("R-01", *AB, requires=["R-02"]),
        requirement("R-02", criterion("d")),
        blocked_credit=0,
    )
    found = one(run(rules, answers={"a": False, "b": True, "d": False}), "R-01")
    assert (found["status"], found["credit"]) == ("partial", NOTHING)


def test_a_chain_of_prerequisites_blocks_to_the_end() -> None:
    """Blocked is not met: it blocks in turn."""
    rules = ruleset(
        requirement("R-01", criterion("a"), requires=["R-02"]),
        requirement("R-02", criterion("b"), requires=["R-03"]),
        requirement("R-03", criterion("c")),
    )
    result = run(rules, answers={"a": True, "b": True, "c": False})
    assert [r["status"] for r in result["requirements"]] == ["blocked", "blocked", "unmet"]
    # (1/2 + 1/2 + 0) / 3
    assert result["overall"]["score"] == {"low": F(1, 3), "high": F(1, 3)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"d": True}, T),
        ({"d": False}, N),
        ({}, U),
        ({"d": SANS_OBJET}, T),  # nothing to satisfy
        ({"d": True, "e": False}, T),  # it does not apply
        ({"d": False, "e": False}, T),
        ({"d": True, "e": "unknown"}, T),  # met or not applicable, either way
        ({"d": False, "e": "unknown"}, U),
    ],
)
def test_met(answers: Doc, expected: str) -> None:
    """`met` is true of what is met or not applicable."""
    rules = ruleset(
        requirement("R-01", criterion("x", when={"met": "R-02"})),
        requirement("R-02", criterion("d"), applies_when=yes("e")),
    )
    found = one(run(rules, answers={"e": True, **answers}), "R-01")
    assert found["criteria"]["x"] == (expected, expected)


def test_met_on_a_blocked_requirement_is_false() -> None:
    """Blocked is not met."""
    rules = ruleset(
        requirement("R-01", criterion("x", when={"met": "R-02"})),
        requirement("R-02", criterion("a"), requires=["R-03"]),
        requirement("R-03", criterion("b")),
    )
    result = run(rules, answers={"a": True, "b": False})
    assert one(result, "R-02")["status"] == "blocked"
    assert one(result, "R-01")["status"] == "unmet"


@pytest.mark.parametrize(
    ("force", "applicable"),
    [
        ({"from": "2026-09-01"}, T),
        ({"from": "2026-09-02"}, N),
        ({"to": "2026-09-01"}, T),
        ({"from": "2017-01-01", "to": "2026-08-31"}, N),
    ],
)
def test_in_force(force: Doc, applicable: str) -> None:
    """Both ends of the time in force count."""
    rules = ruleset(requirement("R-01", criterion("a"), in_force=force))
    assert one(run(rules, answers={"a": True}), "R-01")["applicable"] == applicable


@pytest.mark.parametrize(
    ("answer", "possible"),
    [
        (True, {"unmet"}),
        (False, {"not_applicable"}),
        ("unknown", {"unmet", "not_applicable"}),
        (SANS_OBJET, {"not_applicable"}),
    ],
)
def test_applies_when(answer: Any, possible: set[str]) -> None:
    """What is unknown stays between applicable and not."""
    rules = ruleset(requirement("R-01", criterion("a"), applies_when=yes("e")))
    found = one(run(rules, answers={"a": False, "e": answer}), "R-01")
    assert found["possible"] == possible
    assert found["credit"] == (None if possible == {"not_applicable"} else NOTHING)


def test_applicability_of_a_requirement_may_differ_between_the_two_passes() -> None:
    """Everything is computed twice, applicability included."""
    # R-02 is declared met, not proven: R-01 applies as declared, and not as proven
    rules = ruleset(
        requirement("R-01", criterion("a"), applies_when={"met": "R-02"}),
        requirement("R-02", criterion("x", when=yes("b"), proof={"evidence": "k"})),
    )
    found = one(run(rules, answers={"a": True, "b": True}, no_evidence=["k"]), "R-01")
    assert found["declared"] == {"status": "met", "possible": {"met"}, "credit": ALL}
    assert found["status"] == "not_applicable"


def test_extremes_of_a_mean() -> None:
    """The extremes over the non-empty choices of what may count."""
    # sure: 1/2 of weight 2. Maybe: 0 of weight 1, 1 of weight 3, 1/4 of weight 1.
    # low: take 0 and 1/4: (1 + 0 + 1/4) / 4 = 5/16; high: take 1: (1 + 3) / 5 = 4/5
    maybe = [(1, F(0)), (3, F(1)), (1, F(1, 4))]
    assert mean_extremes([(2, F(1, 2))], maybe) == (F(5, 16), F(4, 5))
    assert mean_extremes([], maybe) == (F(0), F(1))
    # twelve more that never help either end: the answer by sorting is the same
    assert mean_extremes([(2, F(1, 2))], maybe + [(1, F(1, 2))] * 12) == (F(5, 16), F(4, 5))


def test_scores() -> None:
    """Scores, coverage and counts of the whole and of its parts."""
    rules = ruleset(
        requirement("R-01", criterion("a"), weight=3),  # 1
        requirement("R-02", criterion("b"), weight=1, domain="d2"),  # 0 to 1
        requirement("R-03", criterion("c"), weight=2, applies_when=yes("e")),  # 0, perhaps
        requirement("R-04", criterion("d"), weight=5, workshop="a2"),  # not applicable
        requirement("R-05", criterion("a"), weight=9, level="recommendation"),
        requirement("R-06", criterion("c"), weight=1, level="recommendation", basis="practice"),
    )
    result = run(rules, answers={"a": True, "c": False, "d": SANS_OBJET})
    # low: (3 + 0 + 0) / 6, with R-03; high: (3 + 1) / 4, without it
    assert result["overall"]["score"] == {"low": F(1, 2), "high": F(1)}
    # settled: R-01, of weight 3, over 3 + 1 + 2
    assert result["overall"]["coverage"] == F(1, 2)
    assert result["overall"]["counts"] == {
        "met": 1,
        "blocked": 0,
        "partial": 0,
        "unmet": 0,
        "not_applicable": 1,
        "undetermined": 2,
    }
    first, second = result["domains"]
    # R-01 and perhaps R-03: 3/5 to 3/3
    assert first["score"] == {"low": F(3, 5), "high": F(1)}
    assert (second["score"], second["coverage"]) == ({"low": F(0), "high": F(1)}, F(0))
    assert result["workshops"][1]["score"] is None
    assert result["workshops"][1]["coverage"] is None
    # 9 of 10
    assert result["recommendations"]["score"] == {"low": F(9, 10), "high": F(9, 10)}
    assert set(result["by_basis"]) == {"law"}
    assert one(result, "R-05")["grades"] == {"strength"}
    assert one(result, "R-06")["grades"] == {"improvement"}


def test_declared_score_stands_beside_the_proven_one() -> None:
    """The two scores differ by the evidence to gather."""
    rules = ruleset(
        requirement("R-01", criterion("x", when=yes("a"), proof={"evidence": "k"})),
        requirement("R-02", criterion("y", when=yes("b"), proof={"evidence": "j"})),
    )
    result = run(rules, answers={"a": True, "b": True}, no_evidence=["k"])
    assert result["overall"]["declared"] == ALL
    # R-01 is not proven, R-02 perhaps
    assert result["overall"]["score"] == {"low": F(0), "high": F(1, 2)}


def test_blocked_recommendation_is_an_improvement() -> None:
    """A recommendation that is blocked is not met."""
    rules = ruleset(
        requirement("R-01", criterion("a"), requires=["R-02"], level="recommendation"),
        requirement("R-02", criterion("b")),
    )
    result = run(rules, answers={"a": True})
    assert one(result, "R-01")["grades"] == {"improvement", "strength"}
    assert one(run(rules, answers={"a": True, "b": False}), "R-01")["grades"] == {"improvement"}


def decided(decision: list[Doc], answers: Doc, **audit: Any) -> Doc:
    """Evaluate three requirements: a (major), b (minor), c (minor, second domain, perhaps)."""
    rules = ruleset(
        requirement("R-01", criterion("a"), gravity="major"),
        requirement("R-02", criterion("b"), domain="d2", workshop="a2"),
        requirement("R-03", criterion("c"), applies_when=yes("e")),
        requirement("R-04", criterion("g"), level="recommendation"),
        decision=[{"id": f"c{n}", **condition} for n, condition in enumerate(decision)],
    )
    return run(rules, answers={"g": False, **answers}, **audit)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ({"grade": "major", "at_most": 0}, {"a": True}, (T, 0, 0)),
        ({"grade": "major", "at_most": 0}, {"a": False}, (N, 1, 1)),
        ({"grade": "major", "at_most": 0}, {}, (U, 0, 1)),
        ({"grade": "major", "at_most": 1}, {}, (T, 0, 1)),
        ({"grade": "minor", "at_most": 0}, {"b": False}, (N, 1, 2)),
        ({"grade": "minor", "at_most": 1}, {"b": False}, (U, 1, 2)),
        ({"grade": "minor", "at_most": 1}, {"b": False, "e": False}, (T, 1, 1)),
        # the recommendation not met is no improvement here
        ({"grade": "improvement", "at_most": 0}, {"a": True}, (T, 0, 0)),
        # d1: 1 of 1, or 1/2 with R-03; d2: 1
        (
            {"each": "domain", "score_at_least": "80 %"},
            {"a": True, "b": True, "c": False},
            (U, F(1, 2), 1),
        ),
        (
            {"each": "domain", "score_at_least": "1/2"},
            {"a": True, "b": True, "c": False},
            (T, F(1, 2), 1),
        ),
        ({"each": "domain", "score_at_least": "1/2"}, {"a": True, "b": False}, (N, 0, 0)),
        # the second workshop has nothing applicable
        (
            {"each": "workshop", "score_at_least": 1},
            {"a": True, "b": SANS_OBJET, "e": False},
            (T, 1, 1),
        ),
        # (1 + 1) / 2 to (1 + 1 + 0) / 3
        ({"score_at_least": "2/3"}, {"a": True, "b": True}, (T, F(2, 3), 1)),
        ({"score_at_least": "0.7"}, {"a": True, "b": True}, (U, F(2, 3), 1)),
        ({"score_at_least": "0.7"}, {"a": False, "b": False, "e": False}, (N, 0, 0)),
    ],
)
def test_decision_conditions(condition: Doc, answers: Doc, expected: tuple[str, Any, Any]) -> None:
    """Each form of a decision's condition, with what it stands at."""
    decision = decided([condition], answers)["decision"]
    (found,) = decision["conditions"]
    assert (found["truth"], found["low"], found["high"]) == expected
    outcome = {T: "ready", N: "not_ready", U: "undetermined"}[expected[0]]
    assert decision["outcome"] == outcome


def test_a_score_that_may_not_exist_counts_both_ways() -> None:
    """No score satisfies a floor; a score may fail it."""
    rules = ruleset(
        requirement("R-01", criterion("a"), applies_when=yes("e")),
        decision=[{"id": "floor", "each": "domain", "score_at_least": "1/2"}],
    )
    # 0 if it applies; otherwise no score, which satisfies
    unsure = run(rules, answers={"a": False})
    assert unsure["decision"]["outcome"] == "undetermined"
    assert unsure["domains"][0]["may_be_absent"]
    assert run(rules, answers={"a": True})["decision"]["outcome"] == "ready"
    assert run(rules, answers={"a": False, "e": True})["decision"]["outcome"] == "not_ready"


def test_outcome_is_a_kleene_all() -> None:
    """The outcome is true, false or unknown as a Kleene `all` is."""
    major, minor = {"grade": "major", "at_most": 0}, {"grade": "minor", "at_most": 0}
    assert decided([], {})["decision"] == {"outcome": "ready", "conditions": []}
    # unknown and false
    found = decided([major, minor], {"b": False})["decision"]
    assert [c["truth"] for c in found["conditions"]] == [U, N]
    assert found["outcome"] == "not_ready"
    assert decided([major, minor], {"a": True})["decision"]["outcome"] == "undetermined"


def test_findings_take_the_place_of_grades() -> None:
    """Findings replace derived grades in the second decision only."""
    limits = [{"grade": "major", "at_most": 0}, {"grade": "minor", "at_most": 0}]
    answers = {"a": False, "b": True, "e": False}
    findings = [
        {"requirement": "R-01", "grade": "sensitive"},  # instead of major
        {"requirement": "R-02", "grade": "improvement"},
        {"requirement": "R-02", "grade": "minor"},  # the more severe
        {"requirement": "R-04", "grade": "major"},  # a recommendation: not counted
    ]
    result = decided(limits, answers, findings=findings)
    assert [c["high"] for c in result["decision"]["conditions"]] == [1, 0]
    assert [c["high"] for c in result["decision_with_findings"]["conditions"]] == [0, 1]
    assert result["decision_with_findings"]["outcome"] == "not_ready"
    assert decided(limits, answers)["decision_with_findings"] is None
    # R-03 does not apply, and is found minor all the same
    on_absent = decided(limits, answers, findings=[{"requirement": "R-03", "grade": "minor"}])
    assert [c["low"] for c in on_absent["decision_with_findings"]["conditions"]] == [1, 1]
