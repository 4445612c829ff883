"""Which questions and which evidence can still matter to a decision.

An item can matter when a path of unknown conditions leads from it to a state on which an open
condition of the decision stands. Along the path everything is followed as strong Kleene logic has
it, and at each requirement the item's criterion (or its applicability, or a prerequisite) must
decide something for some truth of the requirement's other open inputs, all of which are tried as
independent of each other.

A score under which nothing applies counts as 1, as in `openness`: there is nothing to satisfy.

What is left out can change nothing in any completion of the unknowns: property tests prove it by
brute force. What is kept can, unless rules ask the same thing twice in ways that cancel out
(`all: [a, not a]` is unknown until `a` is answered, and false whatever the answer).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from norm_engine.engine.decision import Standing
from norm_engine.engine.evaluation import Evaluation, applies_truth
from norm_engine.engine.openness import scores_of, width_of
from norm_engine.engine.program import CompiledRequirement, Shape
from norm_engine.engine.state import State, state_of
from norm_engine.engine.subjects import Subject
from norm_engine.engine.truth import FALSE, NOT_APPLICABLE, TRUE, UNKNOWN

Views = dict[str, set[str]]
"""What of a requirement's state is stood on (``met``, ``credit`` or a grade), by which conditions
of the decision in the end."""


class Bearing(NamedTuple):
    """What an item bears on: the requirements that read it, the decision's conditions."""

    requirements: set[int]
    conditions: set[str]


def mattering(evaluation: Evaluation, *, for_outcome: bool) -> dict[Subject, Bearing]:
    """The items that can still matter, and what each bears on.

    Args:
        for_outcome: look at the outcome alone, not at how wide its conditions stand.
    """
    return _Walk(evaluation, for_outcome).found


class _Walk:
    """Follows the decision down to what it rests on, requirement by requirement."""

    def __init__(self, evaluation: Evaluation, for_outcome: bool) -> None:
        self.evaluation = evaluation
        self.program = evaluation.program
        self.truths = evaluation.proven.truths
        self.found: dict[Subject, Bearing] = {}
        self.stood_on: dict[int, Views] = {}
        self.skipping: dict[int, bool] = {}
        self.walked: dict[tuple[int, int], set[str]] = {}
        for standing in evaluation.decision.standings:
            if not for_outcome or standing.truth == UNKNOWN == _truth(evaluation):
                self._seed(standing, for_outcome)
        for each in reversed(self.program.order):
            if each.index in self.stood_on:
                self._requirement(each, self.stood_on[each.index])

    def _seed(self, standing: Standing, for_outcome: bool) -> None:
        condition = standing.condition
        groups = self.program.groups
        if condition.grade is not None:
            if standing.low != standing.high:
                for index in groups["overall"][""]:
                    self._stand(index, condition.grade, {condition.id})
            return
        members = groups["overall" if condition.each is None else condition.each]
        for name, score in scores_of(self.evaluation.proven.scores, condition).items():
            settled = name not in standing.below if condition.each else standing.truth != UNKNOWN
            if width_of(score) and not (for_outcome and settled):
                for index in members[name]:
                    self._stand(index, "credit", {condition.id})

    def _stand(self, index: int, view: str, conditions: set[str]) -> None:
        self.stood_on.setdefault(index, {}).setdefault(view, set()).update(conditions)

    def _requirement(self, each: CompiledRequirement, views: Views) -> None:
        if self.evaluation.proven.states[each.index].low is None:
            return
        unit, blocked = self.program.denominator, self.program.blocked_credit
        states = self.evaluation.proven.states
        inputs = Inputs(
            tuple(self.truths[node] for node in each.proven),
            applies_truth(each, self.truths, self.evaluation.facts),
            min([states[gate].met for gate in each.gates], default=TRUE),
            tuple(self._may_drop_out(node) for node in each.proven),
        )
        for view, conditions in views.items():
            for position in _deciding(each.shape, inputs, view, blocked, unit):
                if position < len(each.proven):
                    self._node(each.proven[position], each.index, conditions)
                elif position == len(each.proven):
                    self._node(each.applies, each.index, conditions)
                else:
                    for gate in each.gates:
                        self._stand(gate, "met", conditions)

    def _node(self, node: int, requirement: int, conditions: set[str]) -> None:
        if self.truths[node] != UNKNOWN:
            return
        walked = self.walked.setdefault((node, requirement), set())
        if conditions <= walked:
            return
        walked |= conditions
        op, number, children = self.program.nodes[node]
        if op == "met":
            self._stand(number, "met", conditions)
        for child in children:
            self._node(child, requirement, conditions)
        for subject in self._open_subjects(node) if op == "atom" else ():
            bearing = self.found.setdefault(subject, Bearing(set(), set()))
            bearing.requirements.add(requirement)
            bearing.conditions.update(conditions)

    def _open_subjects(self, node: int) -> Iterator[Subject]:
        atom = self.program.atoms[self.program.nodes[node].number]
        facts = self.evaluation.facts
        for name in atom.subjects:
            if atom.form == "evidence":
                yield "evidence", name
            elif facts.answers[self.program.question_index[name]] is None:
                yield "question", name

    def _may_drop_out(self, node: int) -> bool:
        """Whether a condition may come to be not applicable."""
        known = self.skipping.get(node)
        if known is None:
            known = self.skipping[node] = self._drops_out(node)
        return known

    def _drops_out(self, node: int) -> bool:
        if self.truths[node] != UNKNOWN:
            return self.truths[node] == NOT_APPLICABLE
        op, _, children = self.program.nodes[node]
        questions = self.program.ruleset.questions
        if op == "atom":
            subjects = self._open_subjects(node)
            return any(form == "question" and questions[n].not_applicable for form, n in subjects)
        if op == "criterion":
            return self._may_drop_out(children[0])
        return bool(children) and all(map(self._may_drop_out, children))


def _truth(evaluation: Evaluation) -> int:
    return UNKNOWN if evaluation.decision.outcome == "undetermined" else TRUE


class Inputs(NamedTuple):
    """What decides a requirement's state: truth codes, and which criteria may drop out."""

    criteria: tuple[int, ...]
    applies: int
    gate: int
    may_drop_out: tuple[bool, ...]


_TRIED = 6
"""Open inputs of one requirement up to which every truth of them is tried."""


@cache
def _deciding(
    shape: Shape, inputs: Inputs, view: str, blocked: Fraction, unit: int
) -> tuple[int, ...]:
    """The places of the open inputs that can decide what is viewed of the state.

    After the criteria come the applicability and the prerequisites.
    """
    codes = (*inputs.criteria, inputs.applies, inputs.gate)
    free = [place for place, code in enumerate(codes) if code == UNKNOWN]
    if len(free) > _TRIED:
        return tuple(free)
    dropping = (*inputs.may_drop_out, False, False)
    options = [(FALSE, TRUE, NOT_APPLICABLE) if dropping[i] else (FALSE, TRUE) for i in free]
    seen: dict[tuple[int, ...], Any] = {}
    for chosen in product(*options):
        tried = list(codes)
        for place, code in zip(free, chosen, strict=True):
            tried[place] = code
        state = state_of(shape, tuple(tried[:-2]), tried[-2], tried[-1], blocked, unit)
        seen[chosen] = _viewed(state, view)
    return tuple(place for at, place in enumerate(free) if _decides(at, seen))


def _decides(at: int, seen: Mapping[tuple[int, ...], Any]) -> bool:
    """Whether two choices that differ at one place alone are seen to differ."""
    first: dict[Sequence[int], Any] = {}
    for chosen, sight in seen.items():
        others = (*chosen[:at], *chosen[at + 1 :])
        if first.setdefault(others, sight) != sight:
            return True
    return False


def _viewed(state: State, view: str) -> Any:
    if view == "met":
        return state.met
    if view == "credit":
        return state.low, state.high, state.weight
    return view in state.grades, state.grades == (view,)
