"""The moves of a plan: the actions that make sense for a structure, and evidence to be filed.

A *filing* gathers one kind of evidence of what is done already: it is offered where an action that
records the kind is in place, and where the evidence may be there: not where the structure says that
it has none, or has only what no longer counts, unless the practice keeps making more of it. Its id
is ``preuve:`` and the kind.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import Literal

from norm_engine.engine.actions import (
    PLENTY,
    effort,
    facts_after,
    leaves_out,
    makes_sense,
    makes_sense_at_worst,
    overwritten,
    written,
)
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import Facts, evidence_states
from norm_engine.engine.program import Program
from norm_engine.engine.truth import TRUE
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import Action
from norm_engine.model.scalars import later
from norm_engine.planning.options import Assume

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
        done: the actions that the audit's follow-up says are done.
        filable: the filings there would be, by id, were what they show in place.
    """

    moves: Mapping[str, Move]
    in_place: frozenset[str]
    ruled_out: Mapping[str, RuledOut]
    anew: frozenset[str]
    reached: Mapping[str, datetime.date]
    done: frozenset[str]
    filable: Mapping[str, Move]

    def with_needs(self, names: Iterable[str]) -> frozenset[str]:
        """These moves, and all that they need."""
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self.moves[name].needs
        return frozenset(found)


@dataclass(frozen=True)
class Limits:
    """What narrows the offer: the day to start from, the day to be done by, moves left out.

    At worst, an action that goes on from what the structure may not have is none either.
    """

    start: datetime.date
    by: datetime.date | None = None
    without: frozenset[str] = frozenset()
    assume: Assume = "worst"


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
    done = frozenset(name for name in actions if states.get(name) == "done")
    practice = Practice(program, evaluation.facts)
    in_place = done | {name for name, action in actions.items() if practice.has(action)}
    ruled_out: dict[str, RuledOut] = {}
    moves: dict[str, Move] = {}
    reached: dict[str, datetime.date] = {}
    for name in order_of_work(program):
        action = actions[name]
        needs = [each for each in action.after if each not in in_place]
        needs = [each for each in needs if ruled_out.get(each) != "when"]
        fits = makes_sense_at_worst if limits.assume == "worst" else makes_sense
        reason = _reason(states.get(name), needs, ruled_out) if fits(evaluation, action) else "when"
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
    gone = anew | frozenset(audit.no_evidence)
    filable = {filing.id: filing for filing in _filable(evaluation, gone, limits)}
    practised = {
        kind
        for name in in_place
        for kind in actions[name].records
        if shows_practice(evaluation, actions[name])
    }
    moves |= {name: filing for name, filing in filable.items() if filing.kind in practised}
    return Offer(moves, in_place, ruled_out, anew, reached, done, filable)


def shows_practice(evaluation: Evaluation, action: Action) -> bool:
    """Whether an action that is in place shows a practice, of which evidence can be filed."""
    return bool(written(evaluation.program, evaluation.facts, action)) and makes_sense(
        evaluation, action
    )


def _reason(
    state: str | None, needs: Collection[str], ruled_out: Mapping[str, RuledOut]
) -> RuledOut | None:
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


class Practice:
    """Tells which actions are in place: those that would change the truth of nothing.

    Args:
        like: one made for the same program; what it knows of the program is taken from it.
    """

    def __init__(self, program: Program, facts: Facts, like: "Practice | None" = None) -> None:
        self.program = program
        self.facts = facts
        self.comparing: Mapping[str, Sequence[int]] = (
            comparing(program) if like is None else like.comparing
        )
        # copied once: answers are put in and taken out again for every action
        self._answers, self._evidence = list(facts.answers), list(facts.evidence)
        self._after = Facts(self._answers, self._evidence, facts.as_of)

    def has(self, action: Action) -> bool:
        """Whether what an action sets is there already; of one that sets nothing, what it records.

        An action that leaves an answer unset, since it takes it from one that is unknown, is not.
        """
        if action.sets and leaves_out(self.program, self.facts, action):
            return False
        subjects: Collection[str] = action.sets or action.records
        numbers = {number for each in subjects for number in self.comparing.get(each, ())}
        return self._unchanged(action, numbers)

    def _unchanged(self, action: Action, numbers: Iterable[int]) -> bool:
        program, before = self.program, self.facts
        answers = written(program, before, action)
        kinds = [] if action.sets else [program.kind_index[kind] for kind in action.records]
        for index, fact in answers.items():
            self._answers[index] = overwritten(before.answers[index], fact)
        for index in kinds:
            self._evidence[index] = PLENTY
        same = all(
            program.tests[number](before) == program.tests[number](self._after)
            for number in numbers
        )
        for index in answers:
            self._answers[index] = before.answers[index]
        for index in kinds:
            self._evidence[index] = before.evidence[index]
        return same


def comparing(program: Program) -> Mapping[str, Sequence[int]]:
    """The comparisons, by their numbers, that each answer and each kind of evidence stands in."""
    found: dict[str, list[int]] = {}
    for number, atom in enumerate(program.atoms):
        for subject in dict.fromkeys(atom.subjects):
            found.setdefault(subject, []).append(number)
    return found


def kinds_anew(
    evaluation: Evaluation, audit: Audit, files: Mapping[str, FileState]
) -> frozenset[str]:
    """The kinds of evidence of which something is there that is too old or was rejected."""
    program = evaluation.program
    states = evidence_states(audit, program.fresh_for, files, evaluation.facts.as_of)
    return frozenset(
        kind for kind, pieces in states.items() if any(piece.reason in _ANEW for piece in pieces)
    )


def _filable(evaluation: Evaluation, gone: Collection[str], limits: Limits) -> Iterator[Move]:
    """The filings there would be; what is gone is only filed where the practice makes it again."""
    program = evaluation.program
    filing = program.ruleset.planning.filing
    if filing is None:
        return
    earliest = later(limits.start, filing.lead_time)
    if limits.by is not None and earliest > limits.by:
        return
    wanted = {
        atom.subjects[0]
        for atom, test in zip(program.atoms, program.tests, strict=True)
        if atom.form == "evidence" and test(evaluation.facts) != TRUE
    }
    efforts = effort(evaluation, _filing_action(program, ""))
    for kind, held in program.ruleset.evidence.items():
        name = f"{FILING}{kind}"
        there = held.recurring or kind not in gone
        if kind in wanted and there and name not in limits.without:
            yield Move(name, _filing_action(program, kind), kind, efforts, (), earliest)


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
