"""The sets of few changes that close most gaps, by trying all of them."""

import datetime
from collections.abc import Collection
from itertools import combinations

from tests.oracle.repairs import MAX_ATOMS, Change, _Repair
from tests.oracle.values import TRUE, Doc, World


def closed_by_each(
    ruleset: Doc,
    audit: Doc,
    as_of: datetime.date,
    files: dict[str, str],
    gaps: Collection[str],
    size: int,
) -> dict[frozenset[Change], frozenset[str]]:
    """The gaps that each set of so many changes closes; each new value is one not held now.

    Raises:
        ValueError: when too many atoms stand behind these gaps.
    """
    repair = _Repair(World(ruleset, audit, as_of, files))
    atoms = set().union(*(repair.atoms(each, set()) for each in gaps))
    if len(atoms) > MAX_ATOMS:
        raise ValueError(f"{len(atoms)} atoms are too many to try them all")
    closed = {}
    for chosen in combinations(repair.changes(atoms), size):
        repair.forced = dict(chosen)
        if len(repair.forced) == size:
            closed[frozenset(chosen)] = frozenset(e for e in gaps if repair.held(e) == TRUE)
    return closed
