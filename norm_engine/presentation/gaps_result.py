"""Gaps and root causes as results carry them."""

from collections.abc import Mapping

from norm_engine import SEMANTICS
from norm_engine.engine.actions import supplied
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.formula import Literal
from norm_engine.engine.gaps import Gaps, RootCause, gaps
from norm_engine.model.audit import Audit
from norm_engine.model.results import CauseResult, GapResult, GapsResult
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
        actions=tuple(name for name, made in supplies.items() if cause.literal in made),
    )
