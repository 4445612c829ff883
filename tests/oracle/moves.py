"""What a structure can do, and what that changes: plain, and as close to the words as can be.

A move is an action, or the filing of one kind of evidence of what is done already.
"""

import calendar
import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from tests.oracle.completions import atoms_of, written
from tests.oracle.logic import condition_truth
from tests.oracle.naive import Pass
from tests.oracle.values import (
    FALSE,
    NO_ANSWER,
    NOT_APPLICABLE,
    SANS_OBJET,
    TRUE,
    Atom,
    Doc,
    World,
    before,
    day,
    duration,
    number,
)

FILING = "preuve:"

Efforts = tuple[Fraction, Fraction, Fraction]
Moves = frozenset[str]


@dataclass(frozen=True)
class Limits:
    """What narrows the moves: the day to start from, the day to be done by, moves left out."""

    start: datetime.date
    by: datetime.date | None = None
    without: Moves = frozenset()
    assume: Literal["worst", "best"] = "worst"


@dataclass(frozen=True)
class Move:
    """A move: what it costs (low, likely, high), what it needs, and when it can be done by."""

    id: str
    effort: Efforts
    needs: Moves
    earliest: datetime.date


def after(date: datetime.date, length: tuple[int, int]) -> datetime.date:
    """Add calendar months, clamped to the month's end, then days."""
    months, days = length
    index = date.year * 12 + (date.month - 1) + months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(date.day, last)) + datetime.timedelta(days=days)


def furthest(question: Doc, fact: Any) -> Any:
    """The answer, as it is written, that is furthest from a fact; None where none is."""
    if question["type"] == "yes_no":
        return fact is False
    if question["type"] == "choices":
        return []
    if question["type"] == "scale":
        values = [level["value"] for level in question["levels"]]
        return values[0] if fact != values[0] else values[-1]
    return None


def order_of_work(actions: Doc) -> list[str]:
    """Each action behind those it comes after; among those free, the one that is listed first."""
    left, order = list(actions), []
    while left:
        free = (n for n in left if not any(b in left for b in actions[n].get("after") or []))
        order.append(next(free))
        left.remove(order[-1])
    return order


class Base:
    """A structure as it is on audit day, before any move."""

    def __init__(
        self, ruleset: Doc, audit: Doc, as_of: datetime.date, files: dict[str, str]
    ) -> None:
        self.world = World(ruleset, audit, as_of, files)
        self.actions: Doc = ruleset.get("actions") or {}
        self.order = order_of_work(self.actions)
        self.filing: Doc | None = (ruleset.get("planning") or {}).get("filing")
        self._pass = Pass(self.world, proven=True)
        followed = audit.get("actions") or []
        self.follow_up: dict[str, str] = {f["action"]: f.get("state", "todo") for f in followed}

    @cached_property
    def atoms(self) -> list[Atom]:
        """Every atom that some requirement rests on (not those that bind an action alone)."""
        return atoms_of(self.world)

    # ---- what moves change

    def fact(self, question: str, value: Any) -> Any:
        """What an action puts in the place of an answer; a mark where it leaves it alone."""
        if self.world.answer(question) is SANS_OBJET:
            return SANS_OBJET
        if isinstance(value, dict) and "answer" in value:
            return self.world.answer(value["answer"])
        if isinstance(value, dict) and "as_of" in value:
            return self.world.as_of
        return self.world.typed(question, self.world.resolve(value))

    def answers_after(self, names: Collection[str]) -> dict[str, Any]:
        """The answers that these actions leave, those untouched apart, in the order of work."""
        found: dict[str, Any] = {}
        for name in (each for each in self.order if each in names):
            for question, value in (self.actions[name].get("sets") or {}).items():
                fact = self.fact(question, value)
                if fact is SANS_OBJET or fact is NO_ANSWER:
                    continue
                if isinstance(fact, frozenset):
                    had = found.get(question, self.world.answer(question))
                    fact |= had if isinstance(had, frozenset) else frozenset()
                found[question] = fact
        return found

    def kinds_after(self, names: Iterable[str]) -> Moves:
        """The kinds of evidence of which these moves record as much as anyone asks."""
        kinds: set[str] = set()
        for name in names:
            if name.startswith(FILING):
                kinds.add(name.removeprefix(FILING))
            else:
                kinds.update(self.actions[name].get("records") or [])
        return frozenset(kinds)

    def audit_with(self, answers: dict[str, Any], kinds: Collection[str]) -> Doc:
        """The audit with these answers, and as many pieces of these kinds as anyone asks."""
        most = max([1, *(atom[2] for atom in self.atoms if atom[0] == "evidence")])
        pieces = [
            {"id": f"N{rank}", "proves": [kind], "kept_at": "au siège", "dated": self.world.as_of}
            for rank, kind in enumerate(sorted(kinds) * most)
        ]
        told = {name: written(value) for name, value in answers.items()}
        audit = self.world.audit
        return {
            **audit,
            "answers": {**(audit.get("answers") or {}), **told},
            "evidence": [*(audit.get("evidence") or []), *pieces],
        }

    def _changed(self, answers: dict[str, Any], kinds: Collection[str]) -> bool:
        """Whether this changes the truth of any atom."""
        audit = self.audit_with(answers, kinds)
        then = World(self.world.ruleset, audit, self.world.as_of, self.world.files)
        return any(self.world.atom_truth(atom) != then.atom_truth(atom) for atom in self.atoms)

    # ---- which moves there are

    def in_place(self, name: str) -> bool:
        """Whether an action has nothing left to change, or is said to be done."""
        if self.follow_up.get(name) == "done":
            return True
        sets: Doc = self.actions[name].get("sets") or {}
        if not sets:
            return not self._changed({}, self.kinds_after([name]))
        if any(self.fact(question, value) is NO_ANSWER for question, value in sets.items()):
            return False
        return not self._changed(self.answers_after([name]), ())

    def makes_sense(self, name: str) -> bool:
        """Whether the condition that an action is bound to may hold."""
        when = self.actions[name].get("when")
        if not when:
            return True
        truth = condition_truth(self.world, when, self.world.atom_truth, self._pass.held)
        return truth not in (FALSE, NOT_APPLICABLE)

    def is_one(self, name: str, limits: Limits) -> bool:
        """The same; at worst, what it writes and is unknown is taken for what is furthest."""
        action = self.actions[name]
        if not action.get("when") or limits.assume == "best":
            return self.makes_sense(name)
        told = dict(self.world.audit.get("answers") or {})
        for question, fact in self.answers_after([name]).items():
            far = furthest(self.world.ruleset["questions"][question], fact)
            if self.world.answer(question) is NO_ANSWER and far is not None:
                told[question] = far
        audit = {**self.world.audit, "answers": told}
        then = World(self.world.ruleset, audit, self.world.as_of, self.world.files)
        truth = condition_truth(self.world, action["when"], then.atom_truth, self._pass.held)
        return truth not in (FALSE, NOT_APPLICABLE)

    def anew(self, kind: str) -> bool:
        """Whether something of a kind is there but expired, stale or rejected."""
        return any(self._past(piece, kind) for piece in self.world.recorded(kind))

    def _past(self, piece: Doc, kind: str) -> bool:
        """Whether a piece that is there, of a day that has come, counts no more."""
        world = self.world
        if not piece.get("kept_at") and world.files.get(piece["id"]) != "ok":
            return False
        if any(piece["id"] in (f.get("rejected") or []) for f in world.audit.get("findings") or []):
            return True
        dated = None if piece.get("dated") is None else day(piece["dated"])
        if dated is not None and dated > world.as_of:
            return False
        if piece.get("valid_until") is not None and day(piece["valid_until"]) < world.as_of:
            return True
        fresh_for = world.ruleset["evidence"][kind].get("fresh_for")
        if fresh_for is None or dated is None:
            return False
        return dated < before(world.as_of, duration(world.resolve(fresh_for)))

    def files(self, kind: str) -> bool:
        """Whether a kind of evidence can be filed of what is done already."""
        asked = [atom for atom in self.atoms if atom[0] == "evidence" and atom[1] == kind]
        gone = self.anew(kind) or kind in (self.world.audit.get("no_evidence") or [])
        if self.filing is None or (
            gone and not self.world.ruleset["evidence"][kind].get("recurring")
        ):
            return False
        if all(self.world.atom_truth(atom) == TRUE for atom in asked):
            return False
        return any(
            kind in (action.get("records") or [])
            and self.answers_after([name])
            and self.makes_sense(name)
            and self.in_place(name)
            for name, action in self.actions.items()
        )

    def effort(self, effort: Doc) -> Efforts:
        """Low, likely and high effort for this structure; an unknown `per` counts for one."""
        per = effort.get("per")
        times = self.world.answer(per) if per else Fraction(1)
        times = times if isinstance(times, Fraction) else Fraction(1)
        low, likely, high = (number(effort[key]) * times for key in ("low", "likely", "high"))
        return low, likely, high

    def moves(self, limits: Limits) -> dict[str, Move]:
        """The moves within limits, each behind what it needs."""
        found: dict[str, Move] = {}
        for name in self.order:
            action = self.actions[name]
            needs = frozenset(
                b
                for b in action.get("after") or []
                if not self.in_place(b) and self.is_one(b, limits)
            )
            left_out = name in limits.without or self.follow_up.get(name) == "dropped"
            if self.is_one(name, limits) and not left_out and needs <= set(found):
                begin = max([limits.start, *(found[b].earliest for b in needs)])
                self._add(found, limits, name, action, begin, needs)
        for kind in self.world.ruleset["evidence"]:
            name = FILING + kind
            if self.filing is not None and self.files(kind) and name not in limits.without:
                self._add(found, limits, name, self.filing, limits.start, frozenset())
        return found

    def _add(
        self,
        found: dict[str, Move],
        limits: Limits,
        name: str,
        what: Doc,
        begin: datetime.date,
        needs: Moves,
    ) -> None:
        end = after(begin, duration(what["lead_time"]))
        if limits.by is None or end <= limits.by:
            found[name] = Move(name, self.effort(what["effort"]), needs, end)
