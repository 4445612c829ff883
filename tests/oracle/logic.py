"""Conditions under strong Kleene logic, with what is not applicable dropping out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.oracle.values import FALSE, NOT_APPLICABLE, TRUE, UNKNOWN, Atom, Doc, World


def negation(operand: str) -> str:
    """Negate; unknown and not applicable stay as they are."""
    return {TRUE: FALSE, FALSE: TRUE}.get(operand, operand)


def threshold(wanted: int, operands: Iterable[str]) -> str:
    """At least so many of these are true, never asking more than what is left."""
    left = [operand for operand in operands if operand != NOT_APPLICABLE]
    if not left:
        return NOT_APPLICABLE
    wanted = min(wanted, len(left))
    if left.count(TRUE) >= wanted:
        return TRUE
    if left.count(TRUE) + left.count(UNKNOWN) < wanted:
        return FALSE
    return UNKNOWN


def conjunction(operands: Iterable[str]) -> str:
    """All of these are true."""
    operands = list(operands)
    return threshold(len(operands), operands)


def disjunction(operands: Iterable[str]) -> str:
    """Any of these is true."""
    return threshold(1, operands)


def condition_truth(
    world: World,
    condition: Doc,
    atom_truth: Callable[[Atom], str],
    met_truth: Callable[[str], str],
) -> str:
    """Give the truth of a condition from that of its atoms and of the requirements it names."""
    atom = world.atom(condition)
    if atom is not None:
        return atom_truth(atom)
    if "met" in condition:
        return met_truth(condition["met"])
    if "not" in condition:
        return negation(condition_truth(world, condition["not"], atom_truth, met_truth))

    def each(key: str) -> list[str]:
        return [condition_truth(world, c, atom_truth, met_truth) for c in condition[key]]

    if "all" in condition:
        return conjunction(each("all"))
    if "any" in condition:
        return disjunction(each("any"))
    return threshold(int(world.resolve(condition["at_least"])), each("of"))


def criterion_truth(
    world: World,
    criterion: Doc,
    proven: bool,
    atom_truth: Callable[[Atom], str],
    met_truth: Callable[[str], str],
) -> str:
    """Give the declared or the proven truth of a criterion."""
    parts = [
        condition_truth(world, criterion[key], atom_truth, met_truth)
        for key in ("when", "proof")
        if criterion.get(key)
    ]
    if not criterion.get("when") or not criterion.get("proof"):
        return parts[0]
    when, proof = parts
    if not proven or when == NOT_APPLICABLE:
        return when
    return conjunction([when, proof])


def essential_of(left: list[Doc]) -> list[Doc]:
    """Among the criteria that are left, those that must be true."""
    return [c for c in left if c.get("essential", True)] or left


def parts_of(condition: Doc) -> Iterator[Doc]:
    """Walk a condition: itself, then everything nested in it."""
    yield condition
    nested: list[Any] = []
    for key in ("all", "any", "of"):
        nested.extend(condition.get(key) or [])
    if "not" in condition:
        nested.append(condition["not"])
    for part in nested:
        yield from parts_of(part)


def conditions_of(requirement: Doc) -> Iterator[Doc]:
    """List every condition of a requirement, nested ones included."""
    roots = [requirement.get("applies_when")]
    for criterion in requirement["criteria"]:
        roots += [criterion.get("when"), criterion.get("proof")]
    for root in roots:
        if root:
            yield from parts_of(root)
