"""What a milestone's frozen result says, against what its audit comes to today."""

from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.comparison_results import FrozenDifference
from norm_engine.model.results import EvaluationResult, Interval
from norm_engine.presentation.results import overall_score


def frozen_differences(
    frozen: EvaluationResult, evaluation: Evaluation
) -> tuple[FrozenDifference, ...]:
    """What a milestone's frozen result says otherwise than an evaluation of it today."""
    states = {
        requirement.id: state.status
        for requirement, state in zip(
            evaluation.program.requirements, evaluation.proven.states, strict=True
        )
    }
    said = {each.id: each.status for each in frozen.requirements}
    pairs = [
        ("decision", frozen.decision.outcome, evaluation.decision.outcome),
        ("overall", _ends(frozen.overall.score), _ends(overall_score(evaluation).score)),
        # a requirement may have come to the rules since, or gone from them
        *((name, said.get(name, ""), states.get(name, "")) for name in {**said, **states}),
    ]
    return tuple(
        FrozenDifference(what=what, frozen=was, now=now) for what, was, now in pairs if was != now
    )


def _ends(score: Interval | None) -> str:
    return "" if score is None else f"{score.low} – {score.high}"
