"""Two evaluations side by side: what moved, which way, and why.

Nothing here supposes that one came after the other: two states of one structure and two structures
are compared alike, and exchanging the two exchanges higher and lower.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from norm_engine.engine.change_causes import Cause, CauseFinder
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.piece_changes import PieceMove, piece_moves
from norm_engine.engine.program import facts_of
from norm_engine.engine.rule_changes import SettingEffects, same_rules
from norm_engine.engine.state import State
from norm_engine.engine.truth import TRUE
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.comparison_results import ChangeKind, Direction, Movement
from norm_engine.model.ruleset import Grade, Status

Ends = tuple[Fraction, Fraction] | None
"""An interval of shares; None where nothing applies."""


class Side(NamedTuple):
    """One of the two things compared.

    Attributes:
        files: what was found of each piece's file, by the piece's id.
    """

    evaluation: Evaluation
    audit: Audit
    files: Mapping[str, FileState]


class View(NamedTuple):
    """What of a requirement's state is compared: all but its weight, which rules may change."""

    status: Status
    possible: tuple[Status, ...]
    credit: Ends
    grades: tuple[Grade | None, ...]
    met: int


class Change(NamedTuple):
    """How a requirement moved.

    `settings` are causes in the rules, `causes` those in the facts; both of what is proven, or of
    what is declared where nothing else changed.
    """

    requirement: str
    before: View
    after: View
    kind: ChangeKind
    direction: Direction
    declared_kind: ChangeKind
    declared_direction: Direction
    causes: tuple[Cause, ...]
    settings: tuple[str, ...]


class Comparison(NamedTuple):
    """Two sides compared.

    Attributes:
        middle: the facts of the first side under the rules of the second; what changes from the
            first side to it is due to rules, what changes from it to the second is due to facts.
        changes: by requirement, in the order of the program.
        pieces: pieces that came, went, or count otherwise; none for two structures.
    """

    before: Side
    after: Side
    same_structure: bool
    middle: Evaluation
    changes: tuple[Change, ...]
    pieces: tuple[PieceMove, ...]


def compare(before: Side, after: Side, *, same_structure: bool) -> Comparison:
    """Compare two sides whose rule sets are of one edition, overlays apart.

    Raises:
        ValueError: when the two speak of different requirements.
    """
    one, two = before.evaluation.program, after.evaluation.program
    if one.requirement_index != two.requirement_index:
        raise ValueError("two rule sets that cannot be compared")
    middle = before.evaluation
    if not same_rules(one, two):
        as_of = before.evaluation.facts.as_of
        middle = evaluate(two, facts_of(two, before.audit, before.files, as_of))
    pieces = (
        piece_moves(
            (before.audit, before.files, before.evaluation),
            (after.audit, after.files, after.evaluation),
        )
        if same_structure
        else ()
    )
    changes = _changes(before, after.evaluation, middle)
    return Comparison(before, after, same_structure, middle, changes, pieces)


def _changes(before: Side, after: Evaluation, middle: Evaluation) -> tuple[Change, ...]:
    finders = {proven: CauseFinder(middle, after, proven=proven) for proven in (True, False)}
    effects = SettingEffects(before.evaluation, middle, before.audit, before.files)
    found = []
    for index, requirement in enumerate(after.program.requirements):
        was, now = (_views(each, index) for each in (before.evaluation, after))
        between = _views(middle, index)
        # what is proven first; what is declared explains where that alone changed
        proven = was[0] != now[0]
        position = 0 if proven else 1
        changed = was != now
        found.append(
            Change(
                requirement.id,
                was[0],
                now[0],
                change_kind(was[0], now[0]),
                direction(was[0], now[0]),
                change_kind(was[1], now[1]),
                direction(was[1], now[1]),
                finders[proven].causes(index)
                if changed and between[position] != now[position]
                else (),
                effects.settings(index) if changed and was[position] != between[position] else (),
            )
        )
    return tuple(found)


def _views(evaluation: Evaluation, index: int) -> tuple[View, View]:
    """The proven and the declared state of a requirement."""
    proven, declared = evaluation.proven.states[index], evaluation.declared.states[index]
    return view(evaluation, proven), view(evaluation, declared)


def view(evaluation: Evaluation, state: State) -> View:
    """What of a state is compared."""
    return View(state.status, state.possible, evaluation.credit(state), state.grades, state.met)


def movement(before: Ends, after: Ends) -> Movement:
    """How an interval moved: by its low end, which is sure, then by its high end."""
    if before == after:
        return "same"
    if before is None:
        return "appears"
    if after is None:
        return "vanishes"
    if after[0] != before[0]:
        return "higher" if after[0] > before[0] else "lower"
    return "wider" if after[1] > before[1] else "narrower"


_RANKS: Mapping[Status, int] = {"unmet": 0, "partial": 1, "blocked": 2, "met": 3}
_BEST = max(_RANKS.values())


def direction(before: View, after: View) -> Direction:
    """Whether what is sure of a requirement is better: met, least credit, worst possible status.

    Where it surely does not apply on one side, neither is better than the other.
    """
    if before.credit is None or after.credit is None:
        return "level"
    was, now = _sure(before, before.credit[0]), _sure(after, after.credit[0])
    return "level" if was == now else "higher" if now > was else "lower"


def _sure(each: View, least: Fraction) -> tuple[bool, Fraction, int]:
    worst = min(_RANKS.get(status, _BEST) for status in each.possible)
    return each.met == TRUE, least, worst


def change_kind(before: View, after: View) -> ChangeKind:
    """How the state of a requirement moved."""
    if before == after:
        return "same"
    if before.credit is None or after.credit is None:
        return "applicable" if before.credit is None else "not_applicable"
    if (before.status == "undetermined") != (after.status == "undetermined"):
        return "undetermined" if after.status == "undetermined" else "determined"
    moved = direction(before, after)
    if moved != "level":
        return moved
    return _openness(before, after, before.credit[1], after.credit[1])


def _openness(
    before: View, after: View, was: Fraction, now: Fraction
) -> Literal["narrower", "wider", "other"]:
    """Where what is sure is as good: whether less or more is still possible."""
    had: set[object] = {*before.possible, *before.grades}
    has: set[object] = {*after.possible, *after.grades}
    less, more = has <= had and now <= was, had <= has and was <= now
    if less == more:
        return "other"
    return "narrower" if less else "wider"
