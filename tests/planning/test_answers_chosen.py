"""What an answer ends up as, for every choice of the moves that write it.

The moves write in the order of work; the oracle applies those chosen one after the other.
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from norm_engine.planning.answers_chosen import Write, final_answers
from norm_engine.planning.circuit import ALWAYS, Linear, constant, negated, total, valued
from norm_engine.planning.solver import minimise


def ends(start, facts, chosen, alike=lambda value: value, given=None):
    """The values whose indicator is 1 once the chosen facts are written, in their order."""
    linear = Linear()
    taken = [linear.new(integral=True) for _ in facts]
    starts = [(start, ALWAYS)]
    if given is not None:
        shown = linear.new(integral=True)
        starts = [(start, negated(shown)), (given[0], shown)]
        linear.equal(shown, constant(given[1]))
    writes = [Write(each, fact) for each, fact in zip(taken, facts, strict=True)]
    found = final_answers(linear, starts, writes, alike)
    for each, wanted in zip(taken, chosen, strict=True):
        linear.equal(each, constant(wanted))
    held = []
    for value, indicator in found.items():
        ends_ = set()
        for sign in (1, -1):
            solved = minimise(linear, total([(sign, indicator)]))
            assert solved.status == "optimal"
            ends_.add(round(valued(indicator, solved.values), 6))
        assert ends_ <= {0, 1}
        assert len(ends_) == 1, "the choices settle it"
        if ends_ == {1}:
            held.append(value)
    return held


def test_an_answer_nobody_writes_stays():
    assert ends("rue", [], []) == ["rue"]
    assert ends(None, [], []) == [None]


def test_the_last_of_those_chosen_has_the_last_word():
    facts = [1, 3, 2]
    assert ends(0, facts, [True, True, True]) == [2]
    assert ends(0, facts, [True, True, False]) == [3]
    assert ends(0, facts, [True, False, False]) == [1]
    assert ends(0, facts, [False, False, False]) == [0]


def test_a_later_move_can_undo_an_earlier_one():
    assert ends(False, [True, False], [True, False]) == [True]
    assert ends(False, [True, False], [True, True]) == [False]


def test_several_choices_are_added_to():
    rue, gare = frozenset({"rue"}), frozenset({"gare"})
    both = rue | gare
    assert ends(frozenset(), [rue, gare], [True, True]) == [both]
    assert ends(frozenset(), [rue, gare], [False, True]) == [gare]
    assert ends(rue, [gare], [False]) == [rue]
    assert ends(None, [rue], [True]) == [rue], "not answered before"


def test_values_that_no_rule_tells_apart_are_one():
    """With a threshold of 3 people, 1 and 2 are alike, and so are 4 and 5."""
    found = final_answers(
        linear := Linear(),
        [(1, ALWAYS)],
        [Write(linear.new(integral=True), fact) for fact in (2, 4, 5)],
        lambda value: value >= 3,
    )
    assert [value >= 3 for value in found] == [False, True]


def test_an_answer_that_may_be_found_is_written_over_like_the_others():
    assert ends(None, [1], [False], given=(3, True)) == [3]
    assert ends(None, [1], [True], given=(3, True)) == [1]
    assert ends(None, [1], [False], given=(3, False)) == [None]


@pytest.mark.parametrize("chosen", [*product((False, True), repeat=3)])
def test_exactly_one_value_holds(chosen):
    """Two moves that write the same, and one between them that contradicts them."""
    assert len(ends("a", ["b", "c", "b"], chosen)) == 1


scalars = st.sampled_from([None, False, True, 0, 2])
sets = st.sampled_from([frozenset(), frozenset("r"), frozenset("g"), frozenset("rg")])


@settings(max_examples=50)
@given(st.data(), st.lists(st.booleans(), min_size=0, max_size=4), st.booleans())
def test_as_writing_one_after_the_other(data, chosen, several):
    start = data.draw(st.one_of(st.none(), sets) if several else scalars)
    values = sets if several else st.sampled_from([False, True, 0, 2])
    facts = data.draw(st.lists(values, min_size=len(chosen), max_size=len(chosen)))
    expected = start
    for fact, taken in zip(facts, chosen, strict=True):
        if taken:
            expected = (expected or frozenset()) | fact if several else fact
    assert ends(start, facts, chosen) == [expected]
