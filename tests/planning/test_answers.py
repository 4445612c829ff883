"""Answers that nobody knows yet, and what a plan for the worst would be spared by them."""

from fractions import Fraction

from norm_engine.planning.options import PlanOptions
from tests.planning.asking import FILING, doing, plan, planned, step
from tests.support.small_rules import criterion, requirement, shown, yes


def spared(ruleset, answers=None, options=None, **more):
    """The answers that would help: question, answer, days spared."""
    made = plan(ruleset, answers, options, **more)
    return [(each.question, each.answer, each.spares) for each in made.answers]


def acting(**days):
    """An action for each question, named as it is, that takes so many days."""
    return {name: doing(each, name) for name, each in days.items()}


def test_an_unknown_answer_that_turns_out_well_spares_its_action():
    """`a` takes 3 days, `b` takes 1; what is known to be missing is no open question."""
    ruleset = planned(requirement("T-1", "a", "b"), actions=acting(a=3, b=1))
    assert spared(ruleset) == [("a", True, 3), ("b", True, 1)]
    assert spared(ruleset, {"a": False}) == [("b", True, 1)]
    assert spared(ruleset, {"a": False, "b": False}) == []


def test_at_most_three_the_best_first():
    ruleset = planned(requirement("T-1", *"abde"), actions=acting(a=2, b=5, d=3, e=4))
    assert [name for name, _, _ in spared(ruleset)] == ["b", "e", "d"]


def test_what_is_spared_is_worked_out_exactly():
    """`a` known, `b` or `d` would do: the action for `a` takes 2 days, that for both takes 3.

    With `a` given, the cheapest for `b` is left, at 5/2; so only 1/2 is spared.
    """
    actions = {"un": doing(2, "a"), "deux": doing("5/2", "b"), "tout": doing(3, "a", "b")}
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    assert spared(ruleset, {"b": False}) == [("a", True, Fraction(1, 2))]


def test_an_answer_that_makes_a_requirement_inapplicable_helps():
    ruleset = planned(requirement("T-1", "a", applies_when=yes("b")), actions=acting(a=4))
    assert spared(ruleset, {"a": False}) == [("b", False, 4)]


def test_one_answer_of_those_that_the_rules_tell_apart_is_tried():
    """Three trained people are asked for: what is found out is that there are at least three."""
    enough = criterion("c", when={"answer": "postes", "at_least": 3})
    ruleset = planned(requirement("T-1", enough), actions={"faire": step(2, sets={"postes": 3})})
    ((question, answer, days),) = spared(ruleset)
    assert (question, answer >= 3, days) == ("postes", True, 2)


def test_answers_that_efforts_are_taken_from_are_left_out():
    """How many posts there are changes what training costs: another plan, not a shorter one."""
    each = {"low": 1, "likely": 1, "high": 1, "per": "postes"}
    some = criterion("c", when={"answer": "postes", "at_least": 1})
    actions = {
        "former": {**doing(1, "a"), "effort": each},
        "embaucher": step(9, sets={"postes": 1}),
    }
    ruleset = planned(requirement("T-1", "a", some), actions=actions)
    assert spared(ruleset, {"a": False}) == []


def test_at_best_nothing_is_to_be_found_out():
    ruleset = planned(requirement("T-1", "a", "b"), actions=acting(a=3, b=1))
    assert spared(ruleset, {"a": False}, PlanOptions(assume="best")) == []


def test_an_answer_that_spares_nothing_is_not_named():
    """Another action for the same thing is needed for `b` anyway."""
    ruleset = planned(requirement("T-1", "a", "b"), actions={"tout": doing(3, "a", "b")})
    assert spared(ruleset, {"b": False}) == []


def test_of_what_is_done_already_the_evidence_only_has_to_be_filed():
    """Making and recording it takes 5 days. If it is done, filing the evidence takes 1/4."""
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    actions = {"ecrire": doing(5, "a", records=["charte"])}
    ruleset = planned(written, actions=actions, filing=FILING)
    assert spared(ruleset) == [("a", True, Fraction(19, 4))]
