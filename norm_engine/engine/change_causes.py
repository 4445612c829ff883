"""Why a requirement's state differs between two evaluations under one program.

From the requirement down, what differs is followed as far as it makes a difference: a change is a
cause when, of the changes beside it, some can be made and others not so that making it too changes
what stands above it. What differs without making a difference is left out.
(J. Y. Halpern, Actual Causality, 2016, ch. 2: a cause is what some contingency makes decisive.)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from norm_engine.engine.atoms import Atom
from norm_engine.engine.evaluation import Evaluation, Pass, evaluate
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import CompiledRequirement, Program
from norm_engine.engine.state import state_of
from norm_engine.engine.truth import (
    FALSE,
    NEGATION,
    NOT_APPLICABLE,
    TRUE,
    conjunction,
    criterion,
    disjunction,
    threshold,
)

_TRIED = 8
"""Changes beside each other of which every choice is tried; of more, each is taken for a cause."""


class Cause(NamedTuple):
    """Something that differs and makes a difference.

    Attributes:
        kind: ``answer`` (subject: a question), ``evidence`` (a kind), ``day`` (a question whose
            date is compared with the day spoken of), ``in_force`` (a requirement).
        through: the requirement in whose conditions it stands, when it is another one.
    """

    kind: Literal["answer", "evidence", "day", "in_force"]
    subject: str
    through: str | None = None


class CauseFinder:
    """Finds causes of differences between two evaluations under one program.

    Args:
        proven: whether of what is proven, or of what is declared.
    """

    def __init__(self, before: Evaluation, after: Evaluation, *, proven: bool) -> None:
        self.before, self.after, self.proven = before, after, proven
        self.program: Program = after.program
        self.runs: tuple[Pass, Pass] = (
            (before.proven, after.proven) if proven else (before.declared, after.declared)
        )
        self.known_nodes: dict[int, frozenset[Cause]] = {}
        self.known_met: dict[int, frozenset[Cause]] = {}
        # gates first, so that a long chain of them is never a deep recursion
        for each in self.program.order:
            was, now = (run.states[each.index].met for run in self.runs)
            if was != now:
                self._met(each.index)

    def causes(self, requirement: int) -> tuple[Cause, ...]:
        """The causes of a difference in a requirement's state, its own first.

        With the facts they name put back as they were, the state is what it was (`undone`).
        """
        name = self.program.requirements[requirement].id
        found = self._of(requirement, whole=True)
        if not self._explains(requirement, found):
            found = self._completed(requirement, found)
        own = {each._replace(through=None) if each.through == name else each for each in found}
        # what stands in the requirement itself needs no way round through another one
        kept = {
            each for each in own if each.through is None or each._replace(through=None) not in own
        }
        return tuple(sorted(kept, key=lambda each: (each.through or "", each.kind, each.subject)))

    def _explains(self, requirement: int, found: Iterable[Cause]) -> bool:
        put_back = undone(self.before, self.after, found)
        run = put_back.proven if self.proven else put_back.declared
        return run.states[requirement] == self.runs[0].states[requirement]

    def _completed(self, requirement: int, found: frozenset[Cause]) -> frozenset[Cause]:
        """More of what differs under a requirement, where one change hides another one."""
        kept = found | frozenset(self._all_under(requirement))
        for each in sorted(kept - found):
            if self._explains(requirement, kept - {each}):
                kept -= {each}
        return kept

    def _all_under(self, requirement: int) -> Iterator[Cause]:
        """Every fact that differs and that a requirement rests on, whatever it changes."""
        before, after, program = self.before.facts, self.after.facts, self.program
        other_day = before.as_of != after.as_of
        for index in _under(program, requirement):
            each, name = program.by_index[index], program.requirements[index].id
            if other_day and _in_force(each, before) != _in_force(each, after):
                yield Cause("in_force", name, name)
            for atom in _atoms(program, each):
                for subject in atom.subjects:
                    if atom.form == "evidence":
                        kind = program.kind_index[subject]
                        if before.evidence[kind] != after.evidence[kind]:
                            yield Cause("evidence", subject, name)
                        continue
                    question = program.question_index[subject]
                    if before.answers[question] != after.answers[question]:
                        yield Cause("answer", subject, name)
                    if atom.comparator == "newer_than" and other_day:
                        yield Cause("day", subject, name)

    def _met(self, requirement: int) -> frozenset[Cause]:
        if requirement not in self.known_met:
            self.known_met[requirement] = self._of(requirement, whole=False)
        return self.known_met[requirement]

    def _of(self, requirement: int, *, whole: bool) -> frozenset[Cause]:
        """Causes of a difference in the whole state, or in whether it is met at all."""
        program = self.program
        each = program.by_index[requirement]
        nodes = each.proven if self.proven else each.declared
        was, now = (self._inputs(each, nodes, side) for side in (0, 1))

        def outcome(codes: Sequence[int]) -> Any:
            """What the requirement comes to under these truths of parts, applicability, gates."""
            state = state_of(
                each.shape,
                tuple(codes[:-2]),
                codes[-2],
                codes[-1],
                program.blocked_credit,
                program.denominator,
            )
            return state if whole else state.met

        found: set[Cause] = set()
        for position in decisive(was, now, outcome):
            if position < len(nodes):
                found |= self._node(nodes[position])
            elif position == len(nodes):
                found |= self._applicability(each)
            else:
                found |= self._gates(each)
        name = program.requirements[requirement].id
        return frozenset(cause._replace(through=cause.through or name) for cause in found)

    def _inputs(self, each: CompiledRequirement, nodes: Sequence[int], side: int) -> list[int]:
        run, facts = self.runs[side], (self.before.facts, self.after.facts)[side]
        applies = _applicable((_in_force(each, facts), _applies_truth(each, run)))
        gate = min((run.states[gate].met for gate in each.gates), default=TRUE)
        return [*(run.truths[node] for node in nodes), applies, gate]

    def _applicability(self, each: CompiledRequirement) -> frozenset[Cause]:
        was, now = (
            (_in_force(each, facts), _applies_truth(each, run))
            for facts, run in zip((self.before.facts, self.after.facts), self.runs, strict=True)
        )
        found: frozenset[Cause] = frozenset()
        for position in decisive(was, now, _applicable):
            if position == 0:
                name = self.program.requirements[each.index].id
                found |= {Cause("in_force", name, name)}
            else:
                found |= self._node(each.applies)
        return found

    def _gates(self, each: CompiledRequirement) -> frozenset[Cause]:
        was, now = ([run.states[gate].met for gate in each.gates] for run in self.runs)
        return frozenset[Cause]().union(
            *(self._met(each.gates[position]) for position in decisive(was, now, min))
        )

    def _node(self, index: int) -> frozenset[Cause]:
        if index not in self.known_nodes:
            op, number, children = self.program.nodes[index]
            if op == "atom":
                found = frozenset(self._atom(number))
            elif op == "met":
                found = self._met(number)
            else:
                was, now = ([run.truths[child] for child in children] for run in self.runs)
                moved = decisive(was, now, lambda codes: _compound(op, number, codes))
                found = frozenset[Cause]().union(*(self._node(children[each]) for each in moved))
            self.known_nodes[index] = found
        return self.known_nodes[index]

    def _atom(self, number: int) -> Iterator[Cause]:
        atom, test = self.program.atoms[number], self.program.tests[number]
        if atom.form == "evidence":
            yield Cause("evidence", atom.subjects[0])
            return
        places = [self.program.question_index[name] for name in atom.subjects]
        was, now = (
            (*(facts.answers[place] for place in places), facts.as_of)
            for facts in (self.before.facts, self.after.facts)
        )

        def outcome(values: Sequence[Any]) -> int:
            """The truth of the atom under these answers, on the day that comes last."""
            answers = list(self.after.facts.answers)
            for place, value in zip(places, values[:-1], strict=True):
                answers[place] = value
            return test(Facts(answers, self.after.facts.evidence, values[-1]))

        for position in decisive(was, now, outcome):
            if position == len(places):
                yield Cause("day", atom.subjects[0])
            else:
                yield Cause("answer", atom.subjects[position])


def undone(before: Evaluation, after: Evaluation, causes: Iterable[Cause]) -> Evaluation:
    """What the second of two evaluations would come to had these causes stayed as they were."""
    program, facts = after.program, after.facts
    answers, evidence, as_of = list(facts.answers), list(facts.evidence), facts.as_of
    for cause in causes:
        if cause.kind == "answer":
            place = program.question_index[cause.subject]
            answers[place] = before.facts.answers[place]
        elif cause.kind == "evidence":
            place = program.kind_index[cause.subject]
            evidence[place] = before.facts.evidence[place]
        else:
            as_of = before.facts.as_of
    return evaluate(program, Facts(answers, evidence, as_of))


def decisive(
    was: Sequence[Any], now: Sequence[Any], outcome: Callable[[Sequence[Any]], Any]
) -> list[int]:
    """The places at which two rows differ so that it makes a difference to `outcome`.

    A place counts when, with some of the others as they are now and the rest as they were, what
    stands at it decides.
    """
    places = [place for place, (one, two) in enumerate(zip(was, now, strict=True)) if one != two]
    if not 1 < len(places) <= _TRIED:
        return places
    said = []
    for choice in range(1 << len(places)):
        row = list(was)
        for bit, place in enumerate(places):
            if choice >> bit & 1:
                row[place] = now[place]
        said.append(outcome(row))
    return [
        place
        for bit, place in enumerate(places)
        if any(
            said[choice] != said[choice | 1 << bit]
            for choice in range(len(said))
            if not choice >> bit & 1
        )
    ]


def _compound(op: str, number: int, codes: Sequence[int]) -> int:
    """Truth code of a compound node, from those of its parts."""
    if op == "not":
        return NEGATION[codes[0]]
    if op == "criterion":
        return criterion(*codes)
    if op == "of":
        return threshold(number, codes)
    return conjunction(codes) if op == "all" else disjunction(codes)


def _in_force(each: CompiledRequirement, facts: Facts) -> int:
    if each.period is None or each.period[0] <= facts.as_of <= each.period[1]:
        return TRUE
    return FALSE


def _applies_truth(each: CompiledRequirement, run: Pass) -> int:
    return TRUE if each.applies < 0 else run.truths[each.applies]


def _applicable(codes: Sequence[int]) -> int:
    """Truth code of a requirement's applicability: in force, and its condition."""
    in_force, truth = codes
    return FALSE if in_force == FALSE or truth == NOT_APPLICABLE else truth


def _under(program: Program, requirement: int) -> list[int]:
    """A requirement and those its state rests on, directly or through others."""
    found, pending = [requirement], [requirement]
    while pending:
        each = program.by_index[pending.pop()]
        named = [program.nodes[node].number for node in _nodes(program, each, "met")]
        for other in (*each.gates, *named):
            if other not in found:
                found.append(other)
                pending.append(other)
    return found


def _nodes(program: Program, each: CompiledRequirement, op: str) -> Iterator[int]:
    """The nodes of one kind under a requirement's own conditions."""
    pending = [*each.proven, *each.declared, *([each.applies] if each.applies >= 0 else ())]
    seen: set[int] = set()
    while pending:
        index = pending.pop()
        if index in seen:
            continue
        seen.add(index)
        if program.nodes[index].op == op:
            yield index
        pending += program.nodes[index].children


def _atoms(program: Program, each: CompiledRequirement) -> Iterator[Atom]:
    for node in _nodes(program, each, "atom"):
        yield program.atoms[program.nodes[node].number]
