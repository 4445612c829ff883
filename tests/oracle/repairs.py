"""Every minimal way to repair a gap, by trying all of them."""

import datetime
from collections.abc import Iterable
from itertools import combinations

from tests.oracle.logic import conjunction, criterion_truth, essential_of, parts_of
from tests.oracle.naive import Pass
from tests.oracle.values import FALSE, NOT_APPLICABLE, TRUE, Atom, Doc, World

Change = tuple[Atom, bool]
MAX_ATOMS = 8


class _Repair:
    """The proven pass again, where chosen atoms are set and applicability stays as it was."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.base = Pass(world, proven=True)
        self.forced: dict[Atom, bool] = {}

    def out(self, requirement_id: str) -> bool:
        """Surely inapplicable: nothing to satisfy."""
        return self.base.state(requirement_id).credit is None

    def atom_truth(self, atom: Atom) -> str:
        found = self.world.atom_truth(atom)
        if found == NOT_APPLICABLE or atom not in self.forced:
            return found
        return TRUE if self.forced[atom] else FALSE

    def held(self, requirement_id: str) -> str:
        """Whether a requirement is met, taken to apply unless it surely does not."""
        if self.out(requirement_id):
            return TRUE
        requirement = self.world.requirements[requirement_id]
        truths = {
            c["id"]: criterion_truth(self.world, c, True, self.atom_truth, self.held)
            for c in requirement["criteria"]
        }
        left = [c for c in requirement["criteria"] if truths[c["id"]] != NOT_APPLICABLE]
        needed = [truths[c["id"]] for c in essential_of(left)]
        needed += [self.held(other) for other in requirement.get("requires") or []]
        return conjunction(needed)

    def atoms(self, requirement_id: str, seen: set[str]) -> set[Atom]:
        """Every applicable atom that a requirement leans on, through `met` and `requires`."""
        if requirement_id in seen or self.out(requirement_id):
            return set()
        seen.add(requirement_id)
        requirement = self.world.requirements[requirement_id]
        found: set[Atom] = set()
        following = list(requirement.get("requires") or [])
        for criterion in requirement["criteria"]:
            for root in (criterion.get("when"), criterion.get("proof")):
                for part in parts_of(root) if root else ():
                    atom = self.world.atom(part)
                    if atom is not None and self.world.atom_truth(atom) != NOT_APPLICABLE:
                        found.add(atom)
                    if "met" in part:
                        following.append(part["met"])
        for other in following:
            found |= self.atoms(other, seen)
        return found

    def changes(self, atoms: Iterable[Atom]) -> list[Change]:
        """Every change of an atom to a truth that it does not have now."""
        changes: list[Change] = []
        for atom in atoms:
            now = self.world.atom_truth(atom)
            changes += [(atom, new) for new in (True, False) if now != (TRUE if new else FALSE)]
        return changes


def atoms_behind(
    ruleset: Doc, audit: Doc, as_of: datetime.date, files: dict[str, str], requirement_id: str
) -> set[Atom]:
    """List the atoms that a repair of a requirement may set."""
    return _Repair(World(ruleset, audit, as_of, files)).atoms(requirement_id, set())


def repairs(
    ruleset: Doc,
    audit: Doc,
    as_of: datetime.date,
    files: dict[str, str],
    requirement_id: str,
    max_atoms: int = MAX_ATOMS,
) -> set[frozenset[Change]]:
    """Give all minimal sets of (atom, new value) after which a requirement is surely met."""
    repair = _Repair(World(ruleset, audit, as_of, files))
    atoms = repair.atoms(requirement_id, set())
    if len(atoms) > max_atoms:
        raise ValueError(f"{requirement_id}: {len(atoms)} atoms are too many to try them all")
    changes = repair.changes(atoms)
    minimal: set[frozenset[Change]] = set()
    for size in range(len(atoms) + 1):
        for chosen in combinations(changes, size):
            forced = dict(chosen)
            tried = frozenset(chosen)
            if len(forced) < size or any(known <= tried for known in minimal):
                continue
            repair.forced = forced
            if repair.held(requirement_id) == TRUE:
                minimal.add(tried)
    return minimal
