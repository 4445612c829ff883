"""Gaps and their root causes: what is missing, and what each missing thing holds back."""

from typing import NamedTuple

from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Literal, OpenFormulas
from norm_engine.engine.repairs import Repairs, repairs
from norm_engine.engine.state import State
from norm_engine.model.ruleset import GRADES, Requirement, Status

GAP_STATUSES: tuple[Status, ...] = ("unmet", "partial", "blocked")
_GAP_STATUSES = frozenset(GAP_STATUSES)


def is_gap(state: State) -> bool:
    """Whether a requirement is surely blocked, partial or unmet, whichever of these it is."""
    return _GAP_STATUSES.issuperset(state.possible)


class Gap(NamedTuple):
    """A requirement that is blocked, partial or unmet, with what would repair it."""

    requirement: Requirement
    state: State
    repairs: Repairs


class RootCause(NamedTuple):
    """A literal that some gap's repair needs, with every gap it holds back.

    Attributes:
        literal: the atom (by node) and the truth it is to have.
        requirements: the gaps it holds back, worst grade first, then by weight.
        alone: those that it alone would repair.
        weight: the weight of the requirements it holds back.
    """

    literal: Literal
    requirements: tuple[str, ...]
    alone: tuple[str, ...]
    weight: int


class Gaps(NamedTuple):
    """The gaps of a structure, and the root causes they come down to, weightiest first."""

    gaps: tuple[Gap, ...]
    causes: tuple[RootCause, ...]


def gaps(evaluation: Evaluation) -> Gaps:
    """Gaps and root causes in the proven pass (docs/semantique.md).

    A literal holds a gap back when it stands in one of its minimal repair sets.
    """
    found = []
    formulas = OpenFormulas(evaluation)
    for index, requirement in enumerate(evaluation.program.requirements):
        state = evaluation.proven.states[index]
        if is_gap(state):
            found.append(Gap(requirement, state, repairs(evaluation, index, formulas)))
    found.sort(key=_severity)
    return Gaps(tuple(found), _causes(found))


def _severity(gap: Gap) -> tuple[int, int, int, str]:
    """Worst first: requirements before recommendations, by gravity, then by weight."""
    requirement = gap.requirement
    return (
        int(requirement.level == "recommendation"),
        GRADES.index(requirement.gravity),
        -requirement.weight,
        requirement.id,
    )


def _causes(found: list[Gap]) -> tuple[RootCause, ...]:
    held: dict[Literal, list[Gap]] = {}
    for gap in found:
        for literal in gap.repairs.atoms:
            held.setdefault(literal, []).append(gap)
    causes = [
        RootCause(
            literal,
            tuple([gap.requirement.id for gap in listed]),
            tuple([gap.requirement.id for gap in listed if literal in gap.repairs.alone]),
            sum([gap.requirement.weight for gap in listed]),
        )
        for literal, listed in held.items()
    ]
    causes.sort(key=lambda cause: (-len(cause.requirements), -cause.weight, cause.literal))
    return tuple(causes)
