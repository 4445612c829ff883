"""Minimal repair sets of a gap, smallest first, and the atoms that hold it back."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain, combinations, count, islice, product
from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Formula, Literal, OpenFormulas, holds, literals
from norm_engine.engine.truth import FALSE, TRUE

SHOWN = 5
"""Repair sets reported for a gap."""

MAX_SETS = 200
"""Repair sets looked at to find every atom that holds a gap back."""

MAX_STEPS = 5_000
"""Steps of the search for one gap, after which it says that it stopped."""

SMALL_STEPS = 1_000
"""The same where only small repair sets are looked for: most branches end early."""

Repair = frozenset[Literal]
"""Literals to make hold: atoms (by node) with the truth they are to have."""


class Repairs(NamedTuple):
    """The minimal repair sets of a gap.

    Attributes:
        sets: the smallest first, at most `SHOWN`.
        more: whether there are others.
        atoms: every literal that stands in some minimal repair set.
        alone: those that are a repair set by themselves, shown or not.
        exhausted: whether the search ended by itself, so that `atoms` is complete.
    """

    sets: tuple[Repair, ...]
    more: bool
    atoms: frozenset[Literal]
    alone: frozenset[Literal]
    exhausted: bool


def repairs(
    evaluation: Evaluation, requirement: int, formulas: OpenFormulas | None = None
) -> Repairs:
    """The minimal repair sets of a requirement, by its index (docs/semantique.md).

    Args:
        formulas: those of this evaluation, where the repairs of several requirements are asked.
    """
    truths = evaluation.proven.truths
    formula = (formulas or OpenFormulas(evaluation)).of(requirement)
    if formula.literal is not None and not holds(formula.literal, truths):
        only = frozenset((formula.literal,))
        return Repairs((only,), False, only, only, True)
    choices = _independent(formula, truths)
    if choices is not None:
        return _combined(choices)
    found: list[Repair] = []
    exhausted = True
    for each in minimal_sets(formula, truths):
        if each is None or len(found) >= MAX_SETS:
            exhausted = False
            break
        found.append(each)
    atoms = frozenset(literal for each in found for literal in each)
    alone = frozenset(literal for each in found if len(each) == 1 for literal in each)
    more = len(found) > SHOWN or not exhausted
    return Repairs(tuple(found[:SHOWN]), more, atoms, alone, exhausted)


class _Choice(NamedTuple):
    """So many of some literals, none of which holds yet."""

    needed: int
    literals: tuple[Literal, ...]


def _independent(formula: Formula, truths: Sequence[int]) -> list[_Choice] | None:
    """The formula as choices that share no atom, which is what most gaps come to; else None."""
    if formula.op == "false":
        return None
    needed: dict[Literal, None] = {}
    choices = []
    for part in _parts(formula):
        literal = part.literal
        if literal is not None:
            needed[literal] = None
            continue
        offered = tuple([each.literal for each in part.parts if each.literal is not None])
        if len(offered) < len(part.parts) or any(holds(each, truths) for each in offered):
            return None
        choices.append(_Choice(part.needed, offered))
    atoms = [node for node, _ in needed]
    for choice in choices:
        atoms += [node for node, _ in choice.literals]
    if len(set(atoms)) < len(atoms):
        return None
    due = tuple([each for each in needed if truths[each[0]] != (TRUE if each[1] else FALSE)])
    return [_Choice(len(due), due), *choices]


def _combined(choices: Sequence[_Choice]) -> Repairs:
    """The repairs made of one way to take each of several independent choices: all of one size."""
    if len(choices) == 1:
        only = frozenset(choices[0].literals)
        return Repairs((only,), False, only, only if len(only) == 1 else frozenset(), True)
    size = sum([choice.needed for choice in choices])
    ways = product(*(combinations(choice.literals, choice.needed) for choice in choices))
    sets = tuple([frozenset(chain.from_iterable(way)) for way in islice(ways, SHOWN + 1)])
    atoms = frozenset([literal for choice in choices for literal in choice.literals])
    return Repairs(
        sets[:SHOWN], len(sets) > SHOWN, atoms, atoms if size == 1 else frozenset(), True
    )


class SmallRepairs(NamedTuple):
    """Every way to repair a gap by a few changes.

    Attributes:
        ways: for each, what is to change, and what holds already and must stay so.
        exhausted: whether these are all.
    """

    ways: tuple[tuple[Repair, Repair], ...]
    exhausted: bool


def small_repairs(
    evaluation: Evaluation, requirement: int, formulas: OpenFormulas, most: int
) -> SmallRepairs:
    """The ways to repair a requirement by at most `most` changes, none of which holds another.

    Unlike `repairs`, what a way leans on is kept where another repair could undo it.
    """
    truths = evaluation.proven.truths
    formula = formulas.leaning(requirement)
    choices = None if evaluation.program.contested else _independent(formula, truths)
    if choices is not None:
        return _few(choices, most)
    ways: list[tuple[Repair, Repair]] = []
    for each in minimal_sets(formula, truths, most, leaning=True):
        if each is None or len(ways) >= MAX_SETS:
            return SmallRepairs(tuple(ways), False)
        changes = frozenset([literal for literal in each if not holds(literal, truths)])
        ways.append((changes, each - changes))
    return SmallRepairs(tuple(ways), True)


def _few(choices: Sequence[_Choice], most: int) -> SmallRepairs:
    """The same of independent choices, whose repairs are all of one size."""
    if sum([choice.needed for choice in choices]) > most:
        return SmallRepairs((), True)
    taken = product(*(combinations(choice.literals, choice.needed) for choice in choices))
    ways = [(frozenset(chain.from_iterable(way)), _NOTHING) for way in islice(taken, MAX_SETS + 1)]
    return SmallRepairs(tuple(ways[:MAX_SETS]), len(ways) <= MAX_SETS)


_NOTHING: Repair = frozenset()


def minimal_sets(
    formula: Formula, truths: Sequence[int], most: int | None = None, *, leaning: bool = False
) -> Iterator[Repair | None]:
    """Every minimal set of literals that makes `formula` hold, smallest first; None: gave up.

    Args:
        most: only sets of at most so many literals that do not hold yet; a shorter search.
        leaning: whether what a set leans on stays in it: literals that hold already.

    A best-first search over sets of literals. A set grows by one way of satisfying its first open
    part; what it must still grow by is never overestimated, so that sets come out in order of size,
    and a set that contains one that came out before is not minimal. (Nilsson, Principles of
    Artificial Intelligence, 1980, §2.4: A* with an admissible estimate.)
    """
    if formula.op == "false":
        return
    start = (frozenset[Literal](), _parts(formula))
    tie = count()
    queue = [(_estimate(start[1], start[0], truths), 0, next(tie), *start)]
    allowed = MAX_STEPS if most is None else SMALL_STEPS
    emitted: list[Repair] = []
    seen: set[tuple[Repair, tuple[Formula, ...]]] = set()
    steps = 0
    while queue:
        _cost, _depth, _tie, chosen, pending = heappop(queue)
        changes = frozenset(each for each in chosen if leaning or not holds(each, truths))
        if any(known <= changes for known in emitted):
            continue
        if not pending:
            emitted.append(changes)
            yield changes
            continue
        steps += 1
        if steps > allowed:
            yield None
            return
        for grown, rest in _grow(chosen, pending):
            if (grown, rest) in seen:
                continue
            seen.add((grown, rest))
            size = sum(not holds(each, truths) for each in grown)
            bound = size + _estimate(rest, grown, truths)
            if most is None or bound <= most:
                heappush(queue, (bound, len(rest), next(tie), grown, rest))


def _parts(formula: Formula) -> tuple[Formula, ...]:
    """The parts that must all hold."""
    if formula.op == "true":
        return ()
    if formula.op == "of" and formula.needed == len(formula.parts):
        return formula.parts
    return (formula,)


def _grow(
    chosen: frozenset[Literal], pending: tuple[Formula, ...]
) -> Iterator[tuple[frozenset[Literal], tuple[Formula, ...]]]:
    """The ways to satisfy the first open part."""
    first, rest = pending[0], pending[1:]
    if first.literal is not None:
        node, truth = first.literal
        if (node, not truth) not in chosen:
            yield chosen | {first.literal}, rest
        return
    part, others = first.parts[0], first.parts[1:]
    left = first.needed - 1
    taken = _parts(part) + ((_some(left, others),) if left else ())
    yield chosen, (*taken, *rest)
    if len(others) >= first.needed:
        yield chosen, (_some(first.needed, others), *rest)


def _some(needed: int, parts: tuple[Formula, ...]) -> Formula:
    return parts[0] if len(parts) == 1 else Formula("of", None, needed, parts)


def _estimate(
    pending: tuple[Formula, ...], chosen: frozenset[Literal], truths: Sequence[int]
) -> int:
    """At least how many literals are still to be made to hold.

    The least of each part may be added up only over parts that share no literal.
    """
    total = 0
    spoken: set[Literal] = set()
    for part in pending:
        own = literals(part)
        if own & spoken:
            continue
        least = _least(part, chosen, truths)
        if least:
            total += least
            spoken |= own
    return total


def _least(formula: Formula, chosen: frozenset[Literal], truths: Sequence[int]) -> int:
    if formula.literal is not None:
        return int(formula.literal not in chosen and not holds(formula.literal, truths))
    if not formula.parts:
        return 0
    # parts may share literals: only the dearest of the cheapest is sure
    cheapest = sorted(_least(part, chosen, truths) for part in formula.parts)[: formula.needed]
    return max(cheapest)
