"""Every way the unknowns of an audit may turn out, with a few telling values for each."""

import datetime
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor, prod
from typing import Any

from tests.oracle.logic import conditions_of
from tests.oracle.values import (
    NO_ANSWER,
    SANS_OBJET,
    UNKNOWN,
    Atom,
    Doc,
    World,
    before,
    compares,
    day,
    number,
    option_values,
)

ONE_DAY = datetime.timedelta(days=1)


def atoms_of(world: World) -> list[Atom]:
    """List the atoms of all conditions of all requirements, each once, in order."""
    found: dict[Atom, None] = {}
    for requirement in world.ruleset["requirements"]:
        for condition in conditions_of(requirement):
            atom = world.atom(condition)
            if atom is not None:
                found[atom] = None
    return list(found)


def written(value: Any) -> Any:
    """Write a typed value as it stands in an audit."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else str(value)
    if isinstance(value, frozenset):
        return sorted(value)
    return value


def _numbers(world: World, name: str, atoms: list[Atom]) -> list[Fraction]:
    """Thresholds, what lies around and between them, and a few small numbers for ratios."""
    question = world.ruleset["questions"][name]
    marks: set[Fraction] = {Fraction(0)}
    for atom in atoms:
        if atom[0] == "answer" and atom[1] == name:
            marks |= set(atom[3]) if atom[2] == "among" else {atom[3]}
        if atom[0] == "ratio" and name in atom[1:3]:
            marks |= {Fraction(1), Fraction(4)}
            other = world.answer(atom[2] if atom[1] == name else atom[1])
            if other is not NO_ANSWER and other is not SANS_OBJET:
                marks.add(other * atom[4])
                if atom[4]:
                    marks.add(other / atom[4])
    bounds = {
        end: number(question[end])
        for end in ("min", "max")
        if question.get(end) is not None and not isinstance(question[end], dict)
    }
    marks |= set(bounds.values())
    ordered = sorted(marks)
    values = set(ordered) | {ordered[0] - 1, ordered[-1] + 1}
    values |= {(a + b) / 2 for a, b in pairwise(ordered)}
    if question["type"] == "count":
        bounds["min"] = max(bounds.get("min", Fraction(0)), Fraction(0))
        values = {Fraction(near) for value in values for near in (floor(value), ceil(value))}
    low, high = bounds.get("min"), bounds.get("max")
    return sorted(v for v in values if (low is None or v >= low) and (high is None or v <= high))


def _candidates(world: World, name: str, atoms: list[Atom]) -> list[Any]:
    question = world.ruleset["questions"][name]
    named = [a[3] for a in atoms if a[0] == "answer" and a[1] == name]
    kind = question["type"]
    if kind == "yes_no":
        return [True, False]
    if kind == "scale":
        return [number(value) for value in option_values(question)]
    if kind == "choice":
        return [str(value) for value in option_values(question)]
    if kind == "choices":
        offered = sorted(str(value) for value in option_values(question))
        return [frozenset(c) for n in range(len(offered) + 1) for c in combinations(offered, n)]
    if kind == "date":
        edges = [before(world.as_of, length) for length in named]
        dates = {world.as_of, world.as_of + ONE_DAY, *edges, *(e - ONE_DAY for e in edges)}
        least = None if question.get("min") is None else day(question["min"])
        return sorted(d for d in dates if least is None or d >= least)
    if kind == "text":
        flat = {v for value in named for v in (value if isinstance(value, tuple) else (value,))}
        return [*sorted(flat), "autre texte"]
    return _numbers(world, name, atoms)


def _signature(world: World, name: str, value: Any, atoms: list[Atom]) -> tuple[Any, ...]:
    """What a value makes of every comparison of its question."""
    made: list[Any] = []
    for atom in atoms:
        if atom[0] == "answer" and atom[1] == name:
            made.append(compares(value, atom[2], atom[3], world.as_of))
        if atom[0] == "ratio" and name in atom[1:3]:
            first, second = (value if n == name else world.answer(n) for n in atom[1:3])
            if SANS_OBJET in (first, second):
                continue
            if NO_ANSWER in (first, second):
                made.append(value)
            else:
                sign = first - atom[4] * second
                made.append((sign > 0) - (sign < 0))
    return tuple(made)


def _open_questions(world: World, atoms: list[Atom]) -> dict[str, list[Any]]:
    """The unknown answers that some atom rests on, each with its representative values."""
    names: dict[str, None] = {}
    for atom in atoms:
        if atom[0] == "answer":
            names[atom[1]] = None
        if atom[0] == "ratio":
            names.update({atom[1]: None, atom[2]: None})
    found: dict[str, list[Any]] = {}
    for name in names:
        if world.answer(name) is NO_ANSWER:
            by_signature: dict[tuple[Any, ...], Any] = {}
            for value in _candidates(world, name, atoms):
                by_signature.setdefault(_signature(world, name, value, atoms), value)
            found[name] = list(by_signature.values())
    return found


def _open_kinds(world: World, atoms: list[Atom]) -> dict[str, int]:
    """The unknown kinds of evidence, each with the most pieces that is asked of it."""
    found: dict[str, int] = {}
    for atom in atoms:
        if atom[0] == "evidence" and world.atom_truth(atom) == UNKNOWN:
            found[atom[1]] = max(found.get(atom[1], 0), atom[2])
    return found


def _within_other_answers(world: World) -> bool:
    """Whether numbers respect the bounds that other answers set."""
    for name, question in world.ruleset["questions"].items():
        for end in ("min", "max"):
            bound = question.get(end)
            if not isinstance(bound, dict):
                continue
            value, other = world.answer(name), world.answer(bound["answer"])
            if not isinstance(value, Fraction) or not isinstance(other, Fraction):
                continue
            if (value < other) if end == "min" else (value > other):
                return False
    return True


def _slots(world: World) -> list[tuple[str, str, list[Any]]]:
    atoms = atoms_of(world)
    slots = [("answers", name, values) for name, values in _open_questions(world, atoms).items()]
    for kind, most in _open_kinds(world, atoms).items():
        slots.append(("evidence", kind, [0, most]))
    return slots


def completion_count(ruleset: Doc, audit: Doc, as_of: datetime.date, files: dict[str, str]) -> int:
    """Count the combinations that `completions` goes through (some may be out of bounds)."""
    return prod(len(values) for _, _, values in _slots(World(ruleset, audit, as_of, files)))


def completions(
    ruleset: Doc,
    audit: Doc,
    as_of: datetime.date,
    files: dict[str, str],
    limit: int | None = None,
) -> Iterator[Doc]:
    """Generate audits in which nothing that a rule rests on is unknown any more.

    Added pieces say where the original is kept, so `files` stays as it is. Beyond `limit`, a
    fixed sample of that many combinations is taken instead of all.
    """
    slots = _slots(World(ruleset, audit, as_of, files))
    total = prod(len(values) for _, _, values in slots)
    ranks: Any = range(total)
    if limit is not None and total > limit:
        ranks = sorted(random.Random(total).sample(range(total), limit))
    for rank in ranks:
        answers = dict(audit.get("answers") or {})
        pieces = list(audit.get("evidence") or [])
        none = list(audit.get("no_evidence") or [])
        rest = rank
        for part, name, values in slots:
            rest, index = divmod(rest, len(values))
            if part == "answers":
                answers[name] = written(values[index])
            elif values[index] == 0:
                none.append(name)
            else:
                for _ in range(values[index]):
                    pieces.append(_piece(name, 9000 + len(pieces), as_of))
        complete = {**audit, "answers": answers, "evidence": pieces, "no_evidence": none}
        if _within_other_answers(World(ruleset, complete, as_of, files)):
            yield complete


def _piece(kind: str, rank: int, as_of: datetime.date) -> Doc:
    return {
        "id": f"P{rank}",
        "proves": [kind],
        "title": "Pièce ajoutée",
        "kept_at": "au siège",
        "dated": as_of,
    }
