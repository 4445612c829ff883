"""Truths as linear constraints, against their tables.

Some of the variables are set to 0 or 1, as choices are. The greatest value that an expression
bounded `HIGH` can then reach, and the least that one bounded `LOW` can, is the truth itself.
"""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from norm_engine.planning.circuit import (
    ALWAYS,
    HIGH,
    LOW,
    NEVER,
    Expression,
    Linear,
    constant,
    negated,
    total,
    valued,
    variable,
)
from norm_engine.planning.solver import minimise

SIDES = (HIGH, LOW)


def reached(linear: Linear, choices, values, expression: Expression, side: int) -> int:
    """The best value that an expression reaches for these choices: greatest, or least."""
    held = Linear(list(linear.integral), list(linear.upper), list(linear.rows))
    for choice, value in zip(choices, values, strict=True):
        held.equal(choice, constant(value))
    solved = minimise(held, total([(-side, expression)]))
    assert solved.status == "optimal"
    return round(valued(expression, solved.values) * 1000) / 1000


def check(build, truth, count: int, side: int) -> None:
    """For every choice of so many variables, what `build` makes of them is `truth`."""
    for values in product((False, True), repeat=count):
        linear = Linear()
        choices = [linear.new(integral=True) for _ in range(count)]
        made = build(linear, choices)
        assert reached(linear, choices, values, made, side) == truth(values), values


@pytest.mark.parametrize("side", SIDES)
def test_all_of(side):
    check(lambda linear, of: linear.all_of(of, side), all, 3, side)


@pytest.mark.parametrize("side", SIDES)
def test_any_of(side):
    check(lambda linear, of: linear.any_of(of, side), any, 3, side)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("needed", range(6))
def test_at_least_of(needed, side):
    """None of four always; five of four never."""
    check(
        lambda linear, of: linear.at_least_of(needed, of, side),
        lambda values: sum(values) >= needed,
        4,
        side,
    )


@pytest.mark.parametrize("side", SIDES)
def test_at_least_of_with_some_settled(side):
    """Of two choices, one truth and one falsehood, two: one of the choices is enough."""
    check(
        lambda linear, of: linear.at_least_of(2, [*of, ALWAYS, NEVER], side),
        any,
        2,
        side,
    )


@pytest.mark.parametrize("side", SIDES)
def test_both_is_bounded_from_both_sides(side):
    check(lambda linear, of: linear.both(*of), all, 2, side)


@pytest.mark.parametrize("side", SIDES)
def test_the_contrary_of_what_is_bounded_low_is_bounded_high(side):
    check(lambda linear, of: negated(linear.all_of(of, -side)), lambda of: not all(of), 3, side)


def test_the_same_truth_twice_is_one():
    """All of a, a and b need no more than a and b; twice the same is no two of three."""
    check(lambda linear, of: linear.all_of([*of, of[0]], HIGH), all, 2, HIGH)
    check(
        lambda linear, of: linear.at_least_of(2, [of[0], of[0], of[1]], HIGH),
        lambda of: of[0],
        2,
        HIGH,
    )


def test_what_is_settled_needs_no_variable():
    linear = Linear()
    a = linear.new(integral=True)
    for side in SIDES:
        assert linear.all_of([], side) == ALWAYS
        assert linear.all_of([ALWAYS, a], side) == a
        assert linear.all_of([a, NEVER], side) == NEVER
        assert linear.any_of([], side) == NEVER
        assert linear.any_of([NEVER, a], side) == a
        assert linear.any_of([a, ALWAYS], side) == ALWAYS
        assert linear.at_least_of(1, [ALWAYS, a], side) == ALWAYS
        assert linear.at_least_of(2, [NEVER, a], side) == NEVER
    assert linear.both(a, ALWAYS) == linear.both(ALWAYS, a) == a
    assert linear.both(a, NEVER) == NEVER
    assert (linear.integral, linear.rows) == ([True], [])


def test_sums_add_coefficients_up_and_leave_out_what_cancels():
    """2a + 3b + 1 less twice (a + 1) is 3b - 1."""
    a, b = variable(0), variable(1)
    sum_ = total([(2, a), (3, b), (1, ALWAYS)])
    assert total([(1, sum_), (-2, a), (-2, ALWAYS)]) == Expression(-1, ((1, 3.0),))
    assert valued(sum_, [1, 0]) == 3
    assert valued(negated(sum_), [1, 1]) == -5


# --- circuits of every shape ----------------------------------------------------------------------

CHOICES = 3

leaves = st.sampled_from([*range(CHOICES), True, False])
shapes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["all", "any"]), st.lists(inner, max_size=3)),
        st.tuples(st.integers(0, 3), st.lists(inner, max_size=4)),
        st.tuples(st.just("not"), inner),
    ),
    max_leaves=7,
)


def built(shape, linear: Linear, of, side: int) -> Expression:
    """The shape as constraints bounded from a side."""
    if isinstance(shape, bool):
        return constant(shape)
    if isinstance(shape, int):
        return of[shape]
    op, inner = shape
    if op == "not":
        return negated(built(inner, linear, of, -side))
    parts = [built(each, linear, of, side) for each in inner]
    if op == "all":
        return linear.all_of(parts, side)
    if op == "any":
        return linear.any_of(parts, side)
    return linear.at_least_of(op, parts, side)


def true(shape, values) -> bool:
    """The truth of the shape, straight from its words."""
    if isinstance(shape, bool):
        return shape
    if isinstance(shape, int):
        return values[shape]
    op, inner = shape
    if op == "not":
        return not true(inner, values)
    held = [true(each, values) for each in inner]
    if op == "all":
        return all(held)
    return any(held) if op == "any" else sum(held) >= op


@settings(max_examples=60)
@given(shapes, st.sampled_from(SIDES))
def test_whatever_its_shape_a_circuit_reaches_its_truth(shape, side):
    check(
        lambda linear, of: built(shape, linear, of, side),
        lambda values: true(shape, values),
        CHOICES,
        side,
    )
