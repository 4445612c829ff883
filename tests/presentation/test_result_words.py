"""Shares of results in words, however many digits their exact fractions take."""

from norm_engine.engine.what_if import changed_facts, what_if
from norm_engine.language import speaking
from norm_engine.presentation.explanation_page import explanation_page
from norm_engine.presentation.explanation_result import explanation_result
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.what_if_page import what_if_page
from norm_engine.presentation.what_if_result import what_if_result
from tests.support.small_rules import audit, criterion, requirement, rules, run, yes

HEAVY = requirement("T-1", criterion("a", when=yes("a"), weight=10**19), criterion("b"))
"""A requirement whose credit takes more digits than a number that people write may have."""


def test_a_long_credit_is_explained() -> None:
    answers = {"a": True, "b": False}
    before, page = run(rules(HEAVY), answers), Page()
    with speaking("en"):
        result = explanation_result(before, audit(answers), "T-1", {})
        explanation_page(page, result, before.program)
    assert result.requirement.credit is not None
    assert result.requirement.credit.low == f"{10**19}/{10**19 + 1}"
    assert "credit: 99%" in str(page)


def test_a_long_credit_may_change() -> None:
    answers = {"a": True, "b": False}
    before, page = run(rules(HEAVY), answers), Page()
    found = what_if(before, changed_facts(before.program, before.facts, {"b": True}, {}), "T-1")
    with speaking("en"):
        result = what_if_result(found, audit(answers), "T-1", ())
        what_if_page(page, result, before.program.ruleset)
    assert "credit: 99% → 100%" in str(page)
