"""A rule set compiled once into flat arrays, run over the facts of any number of structures.

Distinct conditions are evaluated once (hash-consing); requirements stand in topological order of
their gates; everything an evaluation needs is an index into a list. Other back ends, over columns
of many structures, can run the same arrays.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter
from math import lcm
from operator import itemgetter
from typing import Any, NamedTuple

from norm_engine.engine.atoms import Atom, Test, atom_of, resolve, test_of, typed
from norm_engine.engine.facts import SANS_OBJET, Facts, evidence_states
from norm_engine.engine.steps import Node, Step, step_of
from norm_engine.model.audit import UNKNOWN as UNKNOWN_ANSWER
from norm_engine.model.audit import AnswerDetails, Audit, FileState
from norm_engine.model.conditions import Condition, children
from norm_engine.model.ruleset import Requirement, RuleSet, edges
from norm_engine.model.scalars import exact


class CompiledRequirement(NamedTuple):
    """A requirement as the evaluation reads it; all references are indices.

    `declared` and `proven` are the nodes of its criteria, `essential` the latter of essential ones
    alone; `dynamic` are the nodes that rest on other requirements and are evaluated when this one
    is reached. `known` keeps the states that have come up, by what they follow from alone;
    requirements of one shape share it.
    """

    index: int  # type: ignore[assignment]
    declared: tuple[int, ...]
    proven: tuple[int, ...]
    applies: int
    gates: tuple[int, ...]
    dynamic: tuple[int, ...]
    period: tuple[datetime.date, datetime.date] | None
    shape: "Shape"
    read_declared: Callable[[Sequence[int]], Any]
    read_proven: Callable[[Sequence[int]], Any]
    known: dict[Any, Any]
    essential: tuple[int, ...]


class Shape(NamedTuple):
    """What of a requirement decides its state once the truth of its criteria is known."""

    weights: tuple[int, ...]
    essential: tuple[bool, ...]
    weight: int
    gravity: str
    recommended: bool


@dataclass(frozen=True)
class Program:
    """A compiled rule set."""

    ruleset: RuleSet
    settings: Mapping[str, Any]
    question_index: Mapping[str, int]
    kind_index: Mapping[str, int]
    fresh_for: Mapping[str, str | None]
    atoms: tuple[Atom, ...]
    tests: tuple[Test, ...]
    nodes: tuple[Node, ...]
    atom_steps: tuple[tuple[int, Test], ...]
    compound_steps: tuple[tuple[int, Step], ...]
    requirements: tuple[Requirement, ...]
    requirement_index: Mapping[str, int]
    order: tuple[CompiledRequirement, ...]
    blocked_credit: Fraction
    denominator: int
    node_of: Mapping[int, int]
    groups: Mapping[str, Mapping[str, tuple[int, ...]]]

    def compiled(self, requirement: str) -> CompiledRequirement:
        """The compiled form of a requirement, by its id."""
        return self.by_index[self.requirement_index[requirement]]

    @cached_property
    def by_index(self) -> tuple[CompiledRequirement, ...]:
        """The compiled requirements in the order of `requirements`."""
        return tuple(sorted(self.order, key=itemgetter(0)))

    @cached_property
    def contested(self) -> frozenset[int]:
        """The nodes of the atoms that rules want true in one place and false in another."""
        if all(node.op != "not" for node in self.nodes):
            return frozenset()
        pending = [(node, True) for each in self.order for node in each.proven]
        seen = set(pending)
        while pending:
            index, wanted = pending.pop()
            op, number, children = self.nodes[index]
            if op == "met":
                met = self.by_index[number]
                # every prerequisite is wanted too, and theirs
                children = met.proven
                gates = [
                    node for gate in self._gates(number) for node in self.by_index[gate].proven
                ]
                children = (*children, *gates)
            for child in children:
                found = (child, wanted != (op == "not"))
                if found not in seen:
                    seen.add(found)
                    pending.append(found)
        return frozenset(
            index
            for index, wanted in seen
            if wanted and (index, False) in seen and self.nodes[index].op == "atom"
        )

    @cached_property
    def dynamic_steps(self) -> Mapping[int, Step]:
        """The steps of the compounds that rest on other requirements, by their nodes."""
        return {
            index: step_of(self.nodes[index])
            for each in self.order
            for index in each.dynamic
            if self.nodes[index].op != "met"
        }

    @cached_property
    def group_readers(self) -> Mapping[str, Mapping[str, Callable[[Sequence[int]], Any]]]:
        """What reads the members of each group (`groups`) out of a list by requirement."""
        return {
            kind: {name: _reader(members) for name, members in named.items()}
            for kind, named in self.groups.items()
        }

    def _gates(self, requirement: int) -> set[int]:
        """The prerequisites of a requirement, and theirs."""
        found: set[int] = set()
        pending = [requirement]
        while pending:
            for gate in self.by_index[pending.pop()].gates:
                if gate not in found:
                    found.add(gate)
                    pending.append(gate)
        return found

    def node(self, condition: Condition) -> int:
        """The node of a condition of this very rule set."""
        return self.node_of[id(condition)]


def setting_values(ruleset: RuleSet) -> dict[str, Any]:
    """The settings of a rule set with their values ready for comparison."""
    return {
        name: setting.default
        if setting.type in ("duration", "text")
        else _whole(exact(setting.default))
        for name, setting in ruleset.head.settings.items()
    }


def _whole(number: Fraction) -> int | Fraction:
    return int(number) if number.denominator == 1 else number


def compile_ruleset(ruleset: RuleSet) -> Program:
    """Compile a valid rule set.

    Raises:
        graphlib.CycleError: when requirements rest on one another in a circle (loading refuses
            such rule sets with the circle shown).
    """
    return _Compiler(ruleset).program()


class _Compiler:
    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self.settings = setting_values(ruleset)
        self.question_index = {name: index for index, name in enumerate(ruleset.questions)}
        self.kind_index = {name: index for index, name in enumerate(ruleset.evidence)}
        self.requirements = tuple(sorted(ruleset.requirements, key=lambda each: each.id))
        self.requirement_index = {each.id: i for i, each in enumerate(self.requirements)}
        self.nodes: list[Node] = []
        self.known: dict[Node, int] = {}
        self.atoms: dict[Atom, int] = {}
        self.dynamic: set[int] = set()
        self.node_of: dict[int, int] = {}
        self.states: dict[Shape, dict[Any, Any]] = {}

    def program(self) -> Program:
        """The compiled rule set."""
        rests_on = {each.id: edges(each) for each in self.requirements}
        ordered = TopologicalSorter({each: sorted(on) for each, on in rests_on.items()})
        order = tuple(
            self._requirement(self.requirements[self.requirement_index[each]])
            for each in ordered.static_order()
        )
        blocked = exact(self.ruleset.head.blocked_credit)
        tests = tuple(test_of(atom, self.question_index, self.kind_index) for atom in self.atoms)
        return Program(
            ruleset=self.ruleset,
            settings=self.settings,
            question_index=self.question_index,
            kind_index=self.kind_index,
            fresh_for={
                name: None if kind.fresh_for is None else resolve(kind.fresh_for, self.settings)
                for name, kind in self.ruleset.evidence.items()
            },
            atoms=tuple(self.atoms),
            tests=tests,
            nodes=tuple(self.nodes),
            atom_steps=tuple(
                (index, tests[node.number])
                for index, node in enumerate(self.nodes)
                if node.op == "atom"
            ),
            compound_steps=tuple(
                (index, step_of(node))
                for index, node in enumerate(self.nodes)
                if node.op != "atom" and index not in self.dynamic
            ),
            requirements=self.requirements,
            requirement_index=self.requirement_index,
            order=order,
            blocked_credit=blocked,
            denominator=_denominator(self.requirements, blocked),
            node_of=self.node_of,
            groups=_groups(self.ruleset, self.requirements),
        )

    def _requirement(self, requirement: Requirement) -> CompiledRequirement:
        before = len(self.nodes)
        applies = -1 if requirement.applies_when is None else self._node(requirement.applies_when)
        declared, proven = [], []
        for each in requirement.criteria:
            when = None if each.when is None else self._node(each.when)
            proof = None if each.proof is None else self._node(each.proof)
            if when is None:
                declared.append(_present(proof))
                proven.append(_present(proof))
            else:
                declared.append(when)
                proven.append(
                    when if proof is None else self._add(Node("criterion", 0, (when, proof)))
                )
        period = requirement.in_force
        shape = Shape(
            tuple(each.weight for each in requirement.criteria),
            tuple(each.essential for each in requirement.criteria),
            requirement.weight,
            requirement.gravity,
            requirement.level == "recommendation",
        )
        return CompiledRequirement(
            index=self.requirement_index[requirement.id],
            declared=tuple(declared),
            proven=tuple(proven),
            applies=applies,
            gates=tuple(self.requirement_index[gate] for gate in sorted(set(requirement.requires))),
            dynamic=tuple(i for i in range(before, len(self.nodes)) if i in self.dynamic),
            period=None
            if period is None
            else (period.from_ or datetime.date.min, period.to or datetime.date.max),
            shape=shape,
            read_declared=itemgetter(*declared),
            read_proven=itemgetter(*proven),
            known=self.states.setdefault(shape, {}),
            essential=tuple(
                [n for n, counts in zip(proven, shape.essential, strict=True) if counts]
            ),
        )

    def _node(self, condition: Condition) -> int:
        atom = atom_of(condition, self.ruleset.questions, self.settings)
        if atom is not None:
            index = self._add(Node("atom", self.atoms.setdefault(atom, len(self.atoms)), ()))
        elif condition.met is not None:
            index = self._add(Node("met", self.requirement_index[condition.met], ()))
        else:
            made_of = tuple(self._node(child) for child in children(condition))
            index = self._add(Node(*self._compound(condition), made_of))
        self.node_of[id(condition)] = index
        return index

    def _compound(self, condition: Condition) -> tuple[str, int]:
        if condition.not_ is not None:
            return "not", 0
        if condition.of is not None:
            return "of", int(resolve(condition.at_least, self.settings))
        return ("all", 0) if condition.all_ is not None else ("any", 0)

    def _add(self, node: Node) -> int:
        if node in self.known:
            return self.known[node]
        index = self.known[node] = len(self.nodes)
        self.nodes.append(node)
        if node.op == "met" or any(child in self.dynamic for child in node.children):
            self.dynamic.add(index)
        return index


def _reader(indices: tuple[int, ...]) -> Callable[[Sequence[int]], Any]:
    """What reads the items at some places, always as a sequence."""
    if len(indices) > 1:
        return itemgetter(*indices)
    return lambda items: [items[index] for index in indices]


def _present(index: int | None) -> int:
    if index is None:
        raise ValueError("a criterion without a condition and without a proof")
    return index


def _denominator(requirements: tuple[Requirement, ...], blocked: Fraction) -> int:
    """A common denominator of every credit that can come up, whichever criteria drop out."""
    totals = {blocked.denominator}
    for weights in {tuple(c.weight for c in each.criteria) for each in requirements}:
        sums = {0}
        for weight in weights:
            sums |= {total + weight for total in sums}
        totals |= sums - {0}
    return lcm(*totals)


def _groups(
    ruleset: RuleSet, requirements: tuple[Requirement, ...]
) -> dict[str, dict[str, tuple[int, ...]]]:
    """Indices of the requirements (recommendations apart) that each score is a mean of.

    What belongs to no domain counts nowhere: a stand-in for what lies outside of a slice.
    """
    domains = {domain.id for domain in ruleset.head.domains}
    placed = [(i, each) for i, each in enumerate(requirements) if each.domain in domains]
    counted = [(i, each) for i, each in placed if each.level == "requirement"]
    others = tuple(i for i, each in placed if each.level == "recommendation")
    bases = {each.basis for _, each in counted}
    return {
        "overall": {"": tuple(i for i, _ in counted)},
        "recommendations": {"": others},
        "domain": {
            domain.id: tuple(i for i, each in counted if each.domain == domain.id)
            for domain in ruleset.head.domains
        },
        "workshop": {
            workshop.id: tuple(i for i, each in counted if each.workshop == workshop.id)
            for workshop in ruleset.head.workshops
        },
        "basis": {
            basis: tuple(i for i, each in counted if each.basis == basis) for basis in sorted(bases)
        },
    }


def facts_of(
    program: Program, audit: Audit, files: Mapping[str, FileState], as_of: datetime.date
) -> Facts:
    """The facts that a program reads, of a valid audit.

    Args:
        files: what was found of each piece's file, by the piece's id.
        as_of: the day the evaluation speaks of.
    """
    questions = program.ruleset.questions
    answers: list[Any] = [None] * len(questions)
    for name, given in audit.answers.items():
        value = answer_value(given)
        if value is not None:
            index = program.question_index[name]
            answers[index] = value if value is SANS_OBJET else typed(value, questions[name].type)
    counted: list[int | None] = [None] * len(program.kind_index)
    for kind in audit.no_evidence:
        counted[program.kind_index[kind]] = 0
    for kind, states in evidence_states(audit, program.fresh_for, files, as_of).items():
        counted[program.kind_index[kind]] = sum(state.counts for state in states)
    return Facts(answers, counted, as_of)


def answer_value(given: Any) -> Any:
    """The bare value of an answer: None when unknown, `SANS_OBJET` when not applicable."""
    if isinstance(given, AnswerDetails):
        if given.not_applicable is not None:
            return SANS_OBJET
        given = given.value
    return None if given is None or given == UNKNOWN_ANSWER else given
