"""Properties of comparisons that hold for every rule set and any two audits over it."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.engine.change_causes import undone
from norm_engine.engine.comparison import Comparison, Side, compare, movement, view
from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.model.records import to_plain
from norm_engine.presentation.comparison_page import comparison_page
from norm_engine.presentation.comparison_result import SideNamed, comparison_result
from norm_engine.presentation.terminal import Page
from tests.oracle.choices import Source, composite, sampled_from, strategy
from tests.oracle.strategies import DATES, Case, audits, rulesets
from tests.properties.test_intervals import audit_of, read

QUIET: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
SWAPPED = {
    "same": "same",
    "higher": "lower",
    "lower": "higher",
    "level": "level",
    "determined": "undetermined",
    "undetermined": "determined",
    "applicable": "not_applicable",
    "not_applicable": "applicable",
    "narrower": "wider",
    "wider": "narrower",
    "other": "other",
    "appears": "vanishes",
    "vanishes": "appears",
}


@composite
def any_pair(draw: Source) -> tuple[Case, Case]:
    """Two audits over one rule set, each at its day."""
    ruleset = draw(rulesets(max_requirements=5))
    days = [draw(sampled_from(DATES)) for _side in range(2)]
    one, two = (
        Case(ruleset, *held[:1], day, held[1])
        for held, day in ((draw(audits(ruleset, day)), day) for day in days)
    )
    return one, two


def pairs() -> st.SearchStrategy[tuple[Case, Case]]:
    return strategy(any_pair())


def side(program: Program, case: Case) -> Side:
    audit = audit_of(case.audit)
    facts = facts_of(program, audit, case.files, case.as_of)
    return Side(evaluate(program, facts), audit, case.files)


def compared(one: Case, two: Case) -> Comparison:
    program = compile_ruleset(read(one.ruleset))
    return compare(side(program, one), side(program, two), same_structure=True)


@given(pairs())
@settings(max_examples=40, **QUIET)
def test_compared_with_itself_nothing_changed(pair: tuple[Case, Case]) -> None:
    case, _ = pair
    comparison = compared(case, case)
    assert not comparison.pieces
    for each in comparison.changes:
        assert (each.kind, each.direction) == ("same", "level")
        assert (each.declared_kind, each.declared_direction) == ("same", "level")
        assert not each.causes
        assert not each.settings


@given(pairs())
@settings(max_examples=40, **QUIET)
def test_the_other_way_round_what_rose_fell(pair: tuple[Case, Case]) -> None:
    there, back = compared(*pair), compared(*reversed(pair))
    for one, two in zip(there.changes, back.changes, strict=True):
        assert two.kind == SWAPPED[one.kind]
        assert two.direction == SWAPPED[one.direction]
        assert two.declared_kind == SWAPPED[one.declared_kind]
        assert two.declared_direction == SWAPPED[one.declared_direction]


@given(
    st.tuples(st.fractions(0, 1), st.fractions(0, 1)),
    st.tuples(st.fractions(0, 1), st.fractions(0, 1)),
)
def test_an_interval_moves_back_as_it_moved(one: Any, two: Any) -> None:
    one, two = tuple(sorted(one)), tuple(sorted(two))
    assert movement(two, one) == SWAPPED[movement(one, two)]


@given(pairs())
@settings(max_examples=90, **QUIET)
def test_what_changed_has_causes_and_without_them_it_would_not_have(
    pair: tuple[Case, Case],
) -> None:
    comparison = compared(*pair)
    before, after = comparison.before.evaluation, comparison.after.evaluation
    for index, each in enumerate(comparison.changes):
        if each.kind == "same":
            continue
        assert each.causes
        put_back = undone(before, after, each.causes)
        assert view(put_back, put_back.proven.states[index]) == each.before


@given(pairs())
@settings(max_examples=40, **QUIET)
def test_a_cause_names_something_that_differs(pair: tuple[Case, Case]) -> None:
    comparison = compared(*pair)
    before, after = comparison.before.evaluation.facts, comparison.after.evaluation.facts
    program = comparison.after.evaluation.program
    for each in comparison.changes:
        for cause in each.causes:
            if cause.kind == "answer":
                place = program.question_index[cause.subject]
                assert before.answers[place] != after.answers[place]
            elif cause.kind == "evidence":
                place = program.kind_index[cause.subject]
                assert before.evidence[place] != after.evidence[place]
            else:
                assert before.as_of != after.as_of


@given(pairs(), st.booleans())
@settings(max_examples=40, **QUIET)
def test_whatever_is_compared_can_be_said(pair: tuple[Case, Case], same: bool) -> None:
    ruleset = read(pair[0].ruleset)
    program = compile_ruleset(ruleset)
    one, two = (side(program, each) for each in pair)
    comparison = compare(one, two, same_structure=same)
    result = comparison_result(comparison, SideNamed("un"), SideNamed("deux"))
    assert sum(result.counts.values()) == len(result.requirements)
    for each in result.requirements:
        assert all(each.id in result.causes[named.cause].requirements for named in each.causes)
    page = Page()
    comparison_page(page, result, ruleset, "maison")
    assert "None" not in str(page)
    json.dumps(to_plain(result))
