"""What a milestone's frozen result says, against what its audit comes to today."""

from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.comparison_results import FrozenDifference
from norm_engine.model.records import Plain
from norm_engine.presentation.results import interval


def frozen_differences(frozen: Plain, evaluation: Evaluation) -> tuple[FrozenDifference, ...]:
    """What a milestone's frozen result says otherwise than an evaluation of it today.

    Args:
        frozen: the plain data of an `EvaluationResult`.
    """
    score = evaluation.proven.scores.overall
    now = None if score.low is None or score.high is None else interval((score.low, score.high))
    overall = _at(frozen, "overall", "score")
    pairs = [
        ("decision", _at(frozen, "decision", "outcome") or "", evaluation.decision.outcome),
        (
            "overall",
            "" if overall is None else f"{_at(overall, 'low')} – {_at(overall, 'high')}",
            "" if now is None else f"{now.low} – {now.high}",
        ),
    ]
    states = {
        requirement.id: state.status
        for requirement, state in zip(
            evaluation.program.requirements, evaluation.proven.states, strict=True
        )
    }
    listed = _at(frozen, "requirements")
    said = {
        str(_at(each, "id")): str(_at(each, "status") or "")
        for each in (listed if isinstance(listed, list) else ())
    }
    pairs += [
        (name, said.get(name, ""), states.get(name, "")) for name in dict.fromkeys([*said, *states])
    ]
    return tuple(
        FrozenDifference(what=what, frozen=was, now=is_) for what, was, is_ in pairs if was != is_
    )


def _at(data: Plain, *keys: str) -> Plain:
    """What stands at a place of a document that an earlier version may have written otherwise."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data
