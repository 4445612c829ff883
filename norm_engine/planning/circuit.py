"""Truths that depend on choices, written as linear constraints over variables 0 to 1.

A truth is a linear expression that is 0 or 1 whenever the choices are. Each compound is bounded
from one side alone, which is all that is needed when it is only ever wanted high, or only ever low
(D. A. Plaisted, S. Greenbaum, "A structure-preserving clause form translation", 1986): `HIGH`
means that the expression never passes the truth, `LOW` that it never falls below it, and nothing
keeps it from reaching the truth itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

HIGH: Final = 1
LOW: Final = -1


class Expression(NamedTuple):
    """A linear expression: a constant, and coefficients by variable."""

    constant: float
    terms: tuple[tuple[int, float], ...] = ()


NEVER: Final = Expression(0)
ALWAYS: Final = Expression(1)


def constant(truth: bool) -> Expression:
    """A truth that depends on nothing."""
    return ALWAYS if truth else NEVER


def variable(index: int) -> Expression:
    """A variable as it stands."""
    return Expression(0, ((index, 1.0),))


def negated(of: Expression) -> Expression:
    """The contrary of a truth; what bounded it high now bounds it low."""
    return Expression(1 - of.constant, tuple((index, -factor) for index, factor in of.terms))


def total(parts: Iterable[tuple[float, Expression]]) -> Expression:
    """A weighted sum."""
    base = 0.0
    terms: dict[int, float] = {}
    for weight, part in parts:
        base += weight * part.constant
        for index, factor in part.terms:
            terms[index] = terms.get(index, 0.0) + weight * factor
    return Expression(base, tuple((index, factor) for index, factor in terms.items() if factor))


@dataclass
class Linear:
    """Variables and constraints as they are collected.

    Attributes:
        integral: by variable, whether it takes whole values alone.
        upper: by variable, its greatest value (the least is 0).
        rows: constraints: an expression that is at least 0.
    """

    integral: list[bool] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[Expression] = field(default_factory=list)

    def new(self, *, integral: bool = False, upper: float = 1) -> Expression:
        """A new variable from 0 to `upper`."""
        self.integral.append(integral)
        self.upper.append(upper)
        return variable(len(self.integral) - 1)

    def at_least(self, larger: Expression, smaller: Expression) -> None:
        """Constrain one expression to be at least another."""
        self.rows.append(total(((1, larger), (-1, smaller))))

    def equal(self, one: Expression, other: Expression) -> None:
        """Constrain two expressions to be equal."""
        self.at_least(one, other)
        self.at_least(other, one)

    def all_of(self, parts: Sequence[Expression], side: int) -> Expression:
        """All of some truths, bounded from one side."""
        if NEVER in parts:
            return NEVER
        left = list(dict.fromkeys(part for part in parts if part != ALWAYS))
        if len(left) < 2:
            return left[0] if left else ALWAYS
        made = self.new()
        if side == HIGH:
            for part in left:
                self.at_least(part, made)
        else:
            self.at_least(made, total([*((1, part) for part in left), (1 - len(left), ALWAYS)]))
        return made

    def any_of(self, parts: Sequence[Expression], side: int) -> Expression:
        """At least one of some truths, bounded from one side."""
        return negated(self.all_of([negated(part) for part in parts], -side))

    def at_least_of(self, needed: int, parts: Sequence[Expression], side: int) -> Expression:
        """At least so many of some truths, bounded from one side."""
        needed -= sum(part == ALWAYS for part in parts)
        left = [part for part in parts if part not in (ALWAYS, NEVER)]
        if needed <= 0:
            return ALWAYS
        if needed > len(left):
            return NEVER
        if needed == len(left):
            return self.all_of(left, side)
        if needed == 1:
            return self.any_of(left, side)
        # a share of what is needed must not count as a share of the truth
        made = self.new(integral=True)
        held = total((1, part) for part in left)
        if side == HIGH:
            self.at_least(held, total([(needed, made)]))
        else:
            room = len(left) - needed + 1
            self.at_least(total([(room, made), (needed - 1, ALWAYS)]), held)
        return made

    def both(self, one: Expression, other: Expression) -> Expression:
        """Both of two truths, bounded from both sides."""
        if NEVER in (one, other):
            return NEVER
        if ALWAYS in (one, other):
            return other if one == ALWAYS else one
        made = self.new()
        self.at_least(one, made)
        self.at_least(other, made)
        self.at_least(made, total([(1, one), (1, other), (-1, ALWAYS)]))
        return made


def valued(of: Expression, values: Mapping[int, float] | Sequence[float]) -> float:
    """What an expression comes to for given values of the variables."""
    return of.constant + sum(factor * values[index] for index, factor in of.terms)
