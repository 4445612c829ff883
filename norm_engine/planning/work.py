"""The work of a plan as tasks of a calendar: in which order, how late, with which days a month."""

import datetime
from collections.abc import Sequence
from fractions import Fraction

from norm_engine.engine.actions import supplied
from norm_engine.engine.atoms import resolve
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import SANS_OBJET
from norm_engine.engine.gaps import gaps
from norm_engine.engine.priorities import work_ranks
from norm_engine.engine.repairs import repairs
from norm_engine.engine.truth import TRUE
from norm_engine.model.audit import Audit
from norm_engine.model.ruleset import PHASES, Role
from norm_engine.model.scalars import earlier, exact
from norm_engine.planning.moves import Move
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.tasks import Task


def capacities(evaluation: Evaluation, options: PlanOptions) -> dict[Role, Fraction]:
    """Days a month by role: the user's, else the rule set's for this structure."""
    program, facts = evaluation.program, evaluation.facts
    found: dict[Role, Fraction] = {}
    for role, each in program.ruleset.planning.capacity.items():
        days = resolve(each.days, program.settings)
        amount = exact(days) if isinstance(days, int | str) else Fraction(days)
        if each.per is not None:
            counted = facts.answers[program.question_index[each.per]]
            # whoever does the work is there, even where nobody was counted
            amount *= 1 if counted is None or counted is SANS_OBJET else max(counted, 1)
        found[role] = amount
    return {**found, **options.capacity}


def tasks_of(
    evaluation: Evaluation, audit: Audit, moves: Sequence[Move], audit_day: datetime.date
) -> list[Task]:
    """The tasks that moves are, for an audit on a day."""
    chosen = {move.id for move in moves}
    ranks = ranked(evaluation, moves)
    first = _pressing(evaluation, audit, moves)
    return [
        Task(
            id=move.id,
            effort=move.effort[1],
            role=move.action.role,
            lead_time=move.action.lead_time,
            after=tuple(need for need in move.needs if need in chosen),
            not_before=_not_before(evaluation, audit, move, audit_day),
            rank=ranks[move.id],
            pressing=move.id in first,
            gathered=move.kind is not None
            and evaluation.program.ruleset.evidence[move.kind].recurring,
        )
        for move in moves
    ]


def _pressing(evaluation: Evaluation, audit: Audit, moves: Sequence[Move]) -> set[str]:
    """What is begun already, what the law asks for or may ask for, and what these need."""
    begun = {each.action for each in audit.actions if each.state == "doing"}
    requirements = evaluation.program.requirements
    asked = {
        literal
        for index, requirement in enumerate(requirements)
        if requirement.basis == "law"
        and requirement.level == "requirement"
        and evaluation.proven.states[index].met != TRUE
        for literal in repairs(evaluation, index).atoms
    }
    lawful = supplied(evaluation, asked, {move.id: move.action for move in moves})
    pressing = {move.id for move in moves if move.id in begun or move.id in lawful}
    for move in reversed(moves):
        if move.id in pressing:
            pressing.update(move.needs)
    return pressing


def ranked(evaluation: Evaluation, moves: Sequence[Move]) -> dict[str, int]:
    """The place of moves in the order of work: what they serve tells which goes first.

    A move goes before those that serve requirements that come later (`requires` and `after`); where
    that is the same, by phase, then with the weightiest gap first.
    """
    place = {move.id: number for number, move in enumerate(moves)}
    found = gaps(evaluation).gaps
    wanted = {literal for gap in found for literal in gap.repairs.atoms}
    supplies = supplied(evaluation, wanted, {move.id: move.action for move in moves})
    work = work_ranks(evaluation)

    def key(move: Move) -> tuple[int, int, int, int]:
        """What decides the place of a move: the least goes first."""
        made = supplies.get(move.id, frozenset())
        served = [
            (work[gap.requirement.id], severity)
            for severity, gap in enumerate(found)
            if made & gap.repairs.atoms
        ]
        first, severity = min(served, default=(len(work), len(found)))
        return first, PHASES.index(move.action.phase), severity, place[move.id]

    return {move.id: number for number, move in enumerate(sorted(moves, key=key))}


def _not_before(
    evaluation: Evaluation, audit: Audit, move: Move, audit_day: datetime.date
) -> datetime.date | None:
    """The day before which what a move records would be too old, or end too soon, on audit day.

    What is valid until a day is renewed then: earlier, the same paper would be had again.
    """
    program = evaluation.program
    durations = [program.fresh_for[kind] for kind in move.action.records]
    durations += [
        atom.value
        for atom in program.atoms
        if atom.comparator == "newer_than"
        and any(getattr(move.action.sets.get(subject), "as_of", None) for subject in atom.subjects)
    ]
    days = [earlier(audit_day, each) for each in durations if each is not None]
    days += [
        piece.valid_until
        for piece in audit.evidence
        if piece.valid_until is not None
        and piece.valid_until < audit_day
        and not set(piece.proves).isdisjoint(move.action.records)
    ]
    return max(days, default=None)
