"""How compounds are evaluated: one step each, from the truth codes of what they are made of."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from norm_engine.engine.truth import NEGATION, conjunction, criterion, disjunction, threshold

Step = Callable[[Sequence[int]], int]
"""Gives the truth code of a compound from those of the nodes before it."""


class Node(NamedTuple):
    """A distinct condition: what it is and which nodes it is made of.

    `op` is ``atom`` (`number`: its index), ``met`` (`number`: the requirement's index), ``all``,
    ``any``, ``of`` (`number`: how many), ``not``, or ``criterion`` (condition, proof).
    """

    op: str
    number: int
    children: tuple[int, ...]


def step_of(node: Node) -> Step:
    """The step that evaluates a compound from the truth codes of what it is made of."""
    op, number, children = node
    if op == "not":
        (child,) = children
        return lambda truths: NEGATION[truths[child]]
    if len(children) == 1 and (op != "of" or number >= 1):
        # of one thing alone, all, any and at least one come to what it is
        (child,) = children
        return lambda truths: truths[child]
    if len(children) == 2:
        first, second = children
        pairs = _pairs(op, number)
        return lambda truths: pairs[truths[first]][truths[second]]
    read = itemgetter(*children)
    if op == "all":
        return lambda truths: min(read(truths))
    known = _known(op, number, len(children)) if len(children) <= _LOOKED_UP else None
    if known is None:
        return lambda truths: _truth(op, number, read(truths))

    def step(truths: Sequence[int]) -> int:
        """The truth code of the compound, worked out once for each of its parts' truths."""
        codes = read(truths)
        truth = known.get(codes)
        if truth is None:
            truth = known[codes] = _truth(op, number, codes)
        return truth

    return step


_LOOKED_UP = 5
"""Parts of a compound up to which its truths are kept by those of its parts, 4⁵ at most."""


def _truth(op: str, number: int, codes: Sequence[int]) -> int:
    """Truth code of a compound, from those of its parts."""
    if op == "criterion":
        return criterion(*codes)
    if op == "all":
        return conjunction(codes)
    return disjunction(codes) if op == "any" else threshold(number, codes)


@cache
def _pairs(op: str, number: int) -> tuple[tuple[int, ...], ...]:
    """The truth codes of a compound of two, by those of the first and of the second."""
    codes = range(len(NEGATION))
    return tuple(tuple(_truth(op, number, (one, two)) for two in codes) for one in codes)


@cache
def _known(op: str, number: int, size: int) -> dict[tuple[int, ...], int]:
    """The truth codes that have come up of compounds of one kind, by those of their parts."""
    return {}
