"""What is missing is said once: what all repairs share, then what they differ in."""

from typing import Any

from norm_engine.language import speaking
from norm_engine.model.results import AtomResult
from norm_engine.model.ruleset import Choice, Head, Question, RuleSet
from norm_engine.reports.kinds.parts_missing import common, missing_said

RULES = RuleSet(
    head=Head(
        format=1, id="x", edition="1", version="1.0.0", title="X", language="en", domains=(),
        workshops=(),
    ),
    questions={
        "topics": Question(
            text="Which topics are covered?",
            type="choices",
            choices=(
                Choice(value="a", text="Safety"),
                Choice(value="b", text="Law"),
                Choice(value="c", text="Listening"),
            ),
        )
    },
)  # fmt: skip


def atom(subject: str, comparator: str, value: str, **other: Any) -> AtomResult:
    said = {"form": "answer", "wanted": True, "text": f"{subject} {comparator} {value}"}
    return AtomResult(subjects=(subject,), comparator=comparator, value=value, **{**said, **other})


A, B, C = (atom(each, "is", "true") for each in "abc")


def test_one_repair_is_all_that_is_missing() -> None:
    assert common([(A, B)]) == ([A, B], [])


def test_repairs_that_differ_share_what_they_have_in_common() -> None:
    """{a, b} or {a, c}: a, and one of b and c."""
    assert common([(A, B), (A, C)]) == ([A], [[B], [C]])


def test_what_is_said_elsewhere_is_left_out() -> None:
    """{a, b} or {a, c} without a: one of b and c."""
    assert common([(A, B), (A, C)], ruled_out=[A]) == ([], [[B], [C]])


def test_nothing_more_is_asked_where_what_is_said_elsewhere_is_enough() -> None:
    """{a} or {b, c} without a: a alone repairs it, and is said elsewhere."""
    assert common([(A,), (B, C)], ruled_out=[A]) == ([], [])


def test_choices_of_one_question_are_said_together() -> None:
    atoms = [atom("topics", "includes", each) for each in "abc"]
    with speaking("en"):
        said = missing_said([A, *atoms, B], RULES)
    assert said == [
        "a is true",
        "“Which topics are covered”: includes “Safety”, “Law” and “Listening”",
        "b is true",
    ]


def test_of_two_floors_the_higher_one_is_said() -> None:
    """Levels are compared as numbers: 10 is above 9."""
    atoms = [atom("level", "at_least", each) for each in ("9", "10", "2")]
    assert missing_said(atoms, RULES) == ["level at_least 10"]


def test_what_is_to_become_false_stands_alone() -> None:
    atoms = [atom("topics", "includes", each, wanted=False) for each in "ab"]
    assert missing_said(atoms, RULES) == ["topics includes a", "topics includes b"]
