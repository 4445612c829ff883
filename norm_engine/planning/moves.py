"""The moves of a plan: the actions that make sense for a structure, and evidence to be filed.

A *filing* gathers one kind of evidence of what is done already: it is offered where an action that
records the kind is in place. Its id is ``preuve:`` and the kind.
"""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Literal

from norm_engine.engine.actions import (
    effort,
    facts_after,
    leaves_out,
    makes_sense,
    written,
)
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import Facts, evidence_states
from norm_engine.engine.program import Program
from norm_engine.engine.truth import TRUE
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import Action
from norm_engine.model.scalars import later

FILING = "preuve:"
"""How the ids of filings begin."""

RuledOut = Literal["when", "dropped", "without", "late", "needs"]
"""Why an action is not offered: its condition does not hold, the structure dropped it, the user
left it out, it takes too long, or it needs one that is not offered."""

_ANEW = frozenset({"expired", "stale", "rejected"})
"""Reasons for which a piece of evidence does not count and has to be made anew."""

Efforts = tuple[Fraction, Fraction, Fraction]
"""Low, likely and high, in person-days."""


@dataclass(frozen=True)
class Move:
    """One thing that a plan may do.

    Attributes:
        action: the action; for a filing, one that records its kind alone.
        kind: of a filing, the kind of evidence.
        needs: the moves without which it may not be done.
        earliest: the earliest day it can be done by, everything it needs included.
    """

    id: str
    action: Action
    kind: str | None
    effort: Efforts
    needs: tuple[str, ...]
    earliest: datetime.date


@dataclass(frozen=True)
class Offer:
    """What a structure can do.

    Attributes:
        moves: by id, in the order of work: each after what it needs.
        in_place: the actions with nothing left to change.
        ruled_out: why other actions are not offered.
        anew: the kinds of evidence that are there but have to be made anew.
        reached: the earliest day each action can be done by, offered or not.
    """

    moves: Mapping[str, Move]
    in_place: frozenset[str]
    ruled_out: Mapping[str, RuledOut]
    anew: frozenset[str]
    reached: Mapping[str, datetime.date]


@dataclass(frozen=True)
class Limits:
    """What narrows the offer: the day to start from, the day to be done by, moves left out."""

    start: datetime.date
    by: datetime.date | None = None
    without: frozenset[str] = frozenset()


def offer(
    evaluation: Evaluation, audit: Audit, files: Mapping[str, FileState], limits: Limits
) -> Offer:
    """What a structure can do, given its evaluation on audit day (docs/semantique.md).

    Args:
        files: what was found of each piece's file, by the piece's id.
    """
    program = evaluation.program
    actions = program.ruleset.actions
    states = {each.action: each.state for each in audit.actions}
    in_place = frozenset(
        name
        for name, action in actions.items()
        if states.get(name) == "done" or _in_place(evaluation, action)
    )
    ruled_out: dict[str, RuledOut] = {}
    moves: dict[str, Move] = {}
    reached: dict[str, datetime.date] = {}
    for name in order_of_work(program):
        action = actions[name]
        needs = [each for each in action.after if each not in in_place]
        needs = [each for each in needs if ruled_out.get(each) != "when"]
        reason = _reason(evaluation, name, states.get(name), needs, ruled_out)
        if reason is None and name in limits.without:
            reason = "without"
        begun = max((reached[each] for each in needs), default=limits.start)
        earliest = reached[name] = later(begun, action.lead_time)
        if reason is None and limits.by is not None and earliest > limits.by:
            reason = "late"
        if reason is None:
            efforts = effort(evaluation, action)
            moves[name] = Move(name, action, None, efforts, tuple(needs), earliest)
        else:
            ruled_out[name] = reason
    anew = kinds_anew(evaluation, audit, files)
    for filing in _filings(evaluation, in_place, anew, limits):
        moves[filing.id] = filing
    return Offer(moves, in_place, ruled_out, anew, reached)


def _reason(
    evaluation: Evaluation,
    name: str,
    state: str | None,
    needs: Collection[str],
    ruled_out: Mapping[str, RuledOut],
) -> RuledOut | None:
    if not makes_sense(evaluation, evaluation.program.ruleset.actions[name]):
        return "when"
    if state == "dropped":
        return "dropped"
    missing = [ruled_out[each] for each in needs if each in ruled_out]
    if not missing:
        return None
    return "late" if all(each == "late" for each in missing) else "needs"


def order_of_work(program: Program) -> list[str]:
    """All actions: each after those it comes after, else as the rule set lists them."""
    actions = program.ruleset.actions
    place = {name: index for index, name in enumerate(actions)}
    waiting = {name: len(set(action.after)) for name, action in actions.items()}
    leads_to: dict[str, list[str]] = {name: [] for name in actions}
    for name, action in actions.items():
        for before in set(action.after):
            leads_to[before].append(name)
    free = [(place[name], name) for name, count in waiting.items() if not count]
    heapify(free)
    ordered = []
    while free:
        _, name = heappop(free)
        ordered.append(name)
        for freed in leads_to[name]:
            waiting[freed] -= 1
            if not waiting[freed]:
                heappush(free, (place[freed], freed))
    return ordered


def _in_place(evaluation: Evaluation, action: Action) -> bool:
    """Whether an action would change the truth of nothing: what it sets is there already."""
    program, facts = evaluation.program, evaluation.facts
    if not action.sets:
        after = facts_after(program, facts, [action])
        return not _changes(program, facts, after, action.records)
    if leaves_out(program, facts, action):
        return False
    alone = Facts(facts_after(program, facts, [action]).answers, facts.evidence, facts.as_of)
    return not _changes(program, facts, alone, action.sets)


def _changes(program: Program, before: Facts, after: Facts, subjects: Collection[str]) -> bool:
    """Whether some comparison of one of these answers or kinds of evidence changes its truth."""
    return any(
        test(before) != test(after)
        for atom, test in zip(program.atoms, program.tests, strict=True)
        if any(subject in subjects for subject in atom.subjects)
    )


def kinds_anew(
    evaluation: Evaluation, audit: Audit, files: Mapping[str, FileState]
) -> frozenset[str]:
    """The kinds of evidence of which something is there that is too old or was rejected."""
    program = evaluation.program
    states = evidence_states(audit, program.fresh_for, files, evaluation.facts.as_of)
    return frozenset(
        kind for kind, pieces in states.items() if any(piece.reason in _ANEW for piece in pieces)
    )


def _filings(
    evaluation: Evaluation, in_place: Collection[str], anew: Collection[str], limits: Limits
) -> Iterator[Move]:
    program = evaluation.program
    filing = program.ruleset.planning.filing
    if filing is None:
        return
    earliest = later(limits.start, filing.lead_time)
    if limits.by is not None and earliest > limits.by:
        return
    practised = {
        kind
        for name, action in program.ruleset.actions.items()
        if name in in_place
        and makes_sense(evaluation, action)
        and written(program, evaluation.facts, action)
        for kind in action.records
    }
    wanted = {
        atom.subjects[0]
        for atom, test in zip(program.atoms, program.tests, strict=True)
        if atom.form == "evidence" and test(evaluation.facts) != TRUE
    }
    efforts = effort(evaluation, _filing_action(program, ""))
    for kind in program.ruleset.evidence:
        name = f"{FILING}{kind}"
        if kind in practised and kind in wanted and kind not in anew and name not in limits.without:
            action = _filing_action(program, kind)
            yield Move(name, action, kind, efforts, (), earliest)


def _filing_action(program: Program, kind: str) -> Action:
    filing = program.ruleset.planning.filing
    assert filing is not None
    return Action(
        title="",
        why="",
        how="",
        effort=filing.effort,
        lead_time=filing.lead_time,
        role=filing.role,
        phase="accompagner",
        records=(kind,) if kind else (),
    )


def after_moves(evaluation: Evaluation, offered: Offer, chosen: Collection[str]) -> Facts:
    """The facts once the chosen moves are done, in the order of work."""
    actions = [move.action for name, move in offered.moves.items() if name in chosen]
    return facts_after(evaluation.program, evaluation.facts, actions)
