"""Evaluates a program over the facts of one structure: truths, states, scores, decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from norm_engine.engine.atoms import atom_of, resolve, test_of
from norm_engine.engine.decision import Decision, decide
from norm_engine.engine.facts import Facts
from norm_engine.engine.program import CompiledRequirement, Program
from norm_engine.engine.scores import Scores
from norm_engine.engine.state import State, state_of
from norm_engine.engine.truth import (
    FALSE,
    NEGATION,
    NOT_APPLICABLE,
    TRUE,
    UNKNOWN,
    conjunction,
    disjunction,
    threshold,
)
from norm_engine.model.conditions import Condition, children


@dataclass(frozen=True, slots=True)
class Pass:
    """Everything computed once: as declared, or as proven.

    Attributes:
        truths: truth codes by node.
        states: by requirement, in the order of the program.
        scores: of the whole, the domains, the workshops, the bases and the recommendations.
    """

    truths: Sequence[int]
    states: Sequence[State]
    scores: Scores


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a structure comes to at a date."""

    program: Program
    facts: Facts
    declared: Pass
    proven: Pass
    decision: Decision

    def state(self, requirement: str) -> State:
        """The proven state of a requirement, by its id."""
        return self.proven.states[self.program.requirement_index[requirement]]

    def credit(self, state: State) -> tuple[Fraction, Fraction] | None:
        """The ends of a state's credit as exact fractions, None when not applicable."""
        if state.low is None or state.high is None:
            return None
        unit = self.program.denominator
        return Fraction(state.low, unit), Fraction(state.high, unit)


def evaluate(program: Program, facts: Facts) -> Evaluation:
    """Evaluate a program over facts (docs/semantique.md). A pure function of its arguments."""
    truths = _static_truths(program, facts)
    declared = _run(program, facts, list(truths), proven=False)
    proven = _run(program, facts, truths, proven=True)
    decision = decide(
        program.ruleset.head.decision,
        program.settings,
        [proven.states[index].grades for index in program.groups["overall"][""]],
        proven.scores,
    )
    return Evaluation(program, facts, declared, proven, decision)


def _static_truths(program: Program, facts: Facts) -> list[int]:
    """Truth codes of the nodes that rest on no other requirement."""
    truths = [UNKNOWN] * len(program.nodes)
    for index, test in program.atom_steps:
        truths[index] = test(facts)
    for index, step in program.compound_steps:
        truths[index] = step(truths)
    return truths


def _run(program: Program, facts: Facts, truths: list[int], *, proven: bool) -> Pass:
    """Walk the requirements in the order of their gates."""
    met = [FALSE] * len(program.requirements)
    steps = program.dynamic_steps
    states: list[State] = [None] * len(program.requirements)  # type: ignore[list-item]
    for each in program.order:
        # taken apart at once: looking a dozen times into a named tuple takes as long as the rest
        index, _, _, applies_node, gates, dynamic, period, _, read_declared, read, known, _ = each
        for node in dynamic:
            step = steps.get(node)
            truths[node] = met[program.nodes[node].number] if step is None else step(truths)
        if not gates:
            gate = TRUE
        elif len(gates) == 1:
            gate = met[gates[0]]
        else:
            gate = min([met[gate] for gate in gates])
        applies = (
            TRUE if applies_node < 0 and period is None else applies_truth(each, truths, facts)
        )
        key = ((read if proven else read_declared)(truths), applies, gate)
        state = known.get(key)
        if state is None:
            state = known[key] = new_state(program, each, *key)
        states[index] = state
        met[index] = state.met
    return Pass(truths, states, Scores(program, states))


def new_state(
    program: Program, each: CompiledRequirement, read: Any, applies: int, gate: int
) -> State:
    """The state of a requirement from the truths of its criteria, as its reader gives them."""
    # one criterion alone is read as itself, several as a tuple
    codes = read if isinstance(read, tuple) else (read,)
    return state_of(each.shape, codes, applies, gate, program.blocked_credit, program.denominator)


def applies_truth(each: CompiledRequirement, truths: Sequence[int], facts: Facts) -> int:
    """Truth code of a requirement's applicability: true, false or unknown."""
    if each.period is not None and not each.period[0] <= facts.as_of <= each.period[1]:
        return FALSE
    if each.applies < 0:
        return TRUE
    truth = truths[each.applies]
    return FALSE if truth == NOT_APPLICABLE else truth


def condition_truth(
    evaluation: Evaluation, condition: Condition, facts: Facts | None = None
) -> int:
    """Truth code of a condition that is no part of a requirement, such as an action's `when`.

    Args:
        facts: those that its comparisons are made with; by default the evaluation's own.
    """
    program = evaluation.program
    atom = atom_of(condition, program.ruleset.questions, program.settings)
    if atom is not None:
        return test_of(atom, program.question_index, program.kind_index)(
            evaluation.facts if facts is None else facts
        )
    if condition.met is not None:
        return evaluation.state(condition.met).met
    truths = [condition_truth(evaluation, child, facts) for child in children(condition)]
    if condition.not_ is not None:
        return NEGATION[truths[0]]
    if condition.of is not None:
        return threshold(int(resolve(condition.at_least, program.settings)), truths)
    return conjunction(truths) if condition.all_ is not None else disjunction(truths)
