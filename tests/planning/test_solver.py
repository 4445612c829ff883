"""The solver: optimal or impossible, with its bound, and nothing on standard output."""

import subprocess
import sys

from norm_engine.planning.circuit import ALWAYS, Expression, Linear, total
from norm_engine.planning.solver import minimise


def knapsack(weights, least):
    """The choices whose weights add up to at least so much, for as few of the weights as can be."""
    linear = Linear()
    choices = [linear.new(integral=True) for _ in weights]
    whole = total(zip(weights, choices, strict=True))
    linear.at_least(whole, Expression(float(least)))
    return linear, whole


def test_the_least_value_and_its_proof():
    """Of 3, 5 and 7, at least 9: 3 + 7 is 10, where 5 + 7 is 12 and 3 + 5 falls short."""
    solved = minimise(*knapsack([3, 5, 7], 9))
    assert solved.status == "optimal"
    assert [round(value) for value in solved.values] == [1, 0, 1]
    # whole numbers: a bound above 9 leaves no room below 10
    assert 9 < solved.bound <= 10


def test_what_nothing_satisfies():
    solved = minimise(*knapsack([3, 5, 7], 16))
    assert (solved.status, solved.values) == ("none", ())


def test_a_constraint_on_nothing_is_checked_all_the_same():
    linear = Linear()
    choice = linear.new(integral=True)
    linear.at_least(Expression(0), ALWAYS)
    assert minimise(linear, choice).status == "none"


def test_what_may_take_any_value_between():
    """2x is at least 1: one half, where a whole x would have to be 1."""
    for whole, least in ((False, 0.5), (True, 1.0)):
        linear = Linear()
        choice = linear.new(integral=whole)
        linear.at_least(total([(2, choice)]), ALWAYS)
        assert round(minimise(linear, choice).values[0], 6) == least


def test_without_anything_to_choose_there_is_one_answer():
    """No variables at all: what holds is settled, and costs what it costs."""
    settled = minimise(Linear(), Expression(3))
    assert (settled.status, settled.bound) == ("optimal", 3)
    assert settled.values
    broken = Linear()
    broken.at_least(Expression(0), ALWAYS)
    assert minimise(broken, Expression(3)).status == "none"


def test_the_same_answer_every_time():
    """Of many equally good ones, always the same is given."""
    linear, whole = knapsack([1] * 12, 6)
    first = minimise(linear, whole)
    assert all(minimise(linear, whole) == first for _ in range(3))


def test_standard_output_stays_the_programs_own():
    """Not even a banner: whoever reads JSON there gets JSON."""
    code = (
        "from norm_engine.planning.circuit import Expression, Linear;"
        "from norm_engine.planning.solver import minimise;"
        "linear = Linear(); choice = linear.new(integral=True);"
        "linear.at_least(choice, Expression(1));"
        "assert minimise(linear, choice).status == 'optimal'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
