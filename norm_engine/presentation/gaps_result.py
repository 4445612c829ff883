"""Gaps and root causes as results carry them."""

from collections.abc import Mapping

from norm_engine import SEMANTICS
from norm_engine.engine.actions import supplied
from norm_engine.engine.combinations import Best, best_combinations
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Literal
from norm_engine.engine.gaps import Gaps, RootCause, gaps
from norm_engine.model.audit import Audit
from norm_engine.model.results import (
    BestCombinations,
    CauseResult,
    CombinationResult,
    CombinationsResult,
    GapResult,
    GapsResult,
)
from norm_engine.presentation.atoms import atom_result, words
from norm_engine.presentation.results import identity, repairs_result
from norm_engine.presentation.wording import disclaimer


def gaps_result(evaluation: Evaluation, audit: Audit, found: Gaps | None = None) -> GapsResult:
    """The gaps of a structure, worst first, and their root causes, weightiest first."""
    found = found or gaps(evaluation)
    supplies = supplied(evaluation, [cause.literal for cause in found.causes])
    return GapsResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(evaluation.program.ruleset),
        structure=audit.structure.name,
        as_of=evaluation.facts.as_of,
        disclaimer=disclaimer(),
        causes=tuple(_cause(evaluation, cause, supplies) for cause in found.causes),
        combinations=combinations_result(evaluation, found),
        gaps=tuple(
            GapResult(
                id=gap.requirement.id,
                title=words(evaluation.program, gap.requirement.title),
                status=gap.state.status,
                grade=gap.state.grades[0] if len(gap.state.grades) == 1 else None,
                weight=gap.requirement.weight,
                repairs=repairs_result(evaluation, gap),
                more_repairs=gap.repairs.more,
            )
            for gap in found.gaps
        ),
    )


def _cause(
    evaluation: Evaluation, cause: RootCause, supplies: Mapping[str, frozenset[Literal]]
) -> CauseResult:
    return CauseResult(
        atom=atom_result(evaluation.program, cause.literal),
        holds_back=cause.requirements,
        closes_alone=cause.alone,
        weight=cause.weight,
        workshops=_workshops(evaluation, cause),
        actions=tuple(name for name, made in supplies.items() if cause.literal in made),
    )


def _workshops(evaluation: Evaluation, cause: RootCause) -> tuple[str, ...]:
    program = evaluation.program
    index = program.requirement_index
    held = {program.requirements[index[each]].workshop for each in cause.requirements}
    return tuple(each.id for each in program.ruleset.head.workshops if each.id in held)


def combinations_result(evaluation: Evaluation, found: Gaps) -> CombinationsResult:
    """What one, two and three things close most gaps."""
    told = best_combinations(evaluation, found.gaps)
    return CombinationsResult(
        exact=told.exact, best=tuple(_best(evaluation, each) for each in told.best)
    )


def _best(evaluation: Evaluation, best: Best) -> BestCombinations:
    return BestCombinations(
        size=best.size,
        closed=best.closed,
        ties=best.ties,
        more_ties=best.more,
        shown=tuple(
            CombinationResult(
                atoms=tuple(atom_result(evaluation.program, each) for each in one.literals),
                closes=one.closes,
                weight=one.weight,
            )
            for one in best.shown
        ),
    )
