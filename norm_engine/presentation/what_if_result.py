"""What would change under some changes, as results carry it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from norm_engine import SEMANTICS
from norm_engine.engine.atoms import Atom
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.scores import Score
from norm_engine.engine.what_if import Moved, WhatIf
from norm_engine.language import _
from norm_engine.model.audit import Audit
from norm_engine.model.results import Interval, RequirementResult
from norm_engine.model.what_if_results import (
    ChangeMade,
    ConditionChange,
    CriterionChange,
    DecisionChange,
    RequirementChange,
    ScoreChange,
    ScoreKind,
    StateSide,
    WhatIfResult,
)
from norm_engine.presentation.atoms import found_said, words
from norm_engine.presentation.results import (
    decision_result,
    domain_scores,
    identity,
    interval,
    overall_score,
    requirement_result,
    workshop_scores,
)
from norm_engine.presentation.typed_changes import TypedChange
from norm_engine.presentation.values import asked_words
from norm_engine.presentation.wording import disclaimer


def what_if_result(
    found: WhatIf, audit: Audit, name: str, changes: Sequence[TypedChange]
) -> WhatIfResult:
    """What changes for a requirement, then for the others, the scores and the decision."""
    program = found.before.program
    index = program.requirement_index[name]
    moved = {each.place: each for each in found.moved}
    focus = moved.pop(index, None)
    return WhatIfResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(program.ruleset),
        structure=audit.structure.name,
        as_of=found.before.facts.as_of,
        disclaimer=disclaimer(),
        changes=tuple(_made(found, each) for each in changes),
        requirement=_requirement(found, index, focus),
        others=tuple(_requirement(found, each.place, each) for each in moved.values()),
        scores=tuple(_scores(found)),
        decision=_decision(found),
    )


def _made(found: WhatIf, change: TypedChange) -> ChangeMade:
    program = found.before.program
    if change.subject == "evidence":
        title = words(program, program.ruleset.evidence[change.id].title)
        text = _("evidence “{title}”").format(title=title)
    else:
        asked = asked_words(program.ruleset.questions[change.id], program.ruleset)
        text = _("“{words}”").format(words=asked)
    subject = Atom(change.subject, (change.id,), "is", None)
    return ChangeMade(
        subject=change.subject,
        id=change.id,
        given=change.given,
        text=text,
        before=found_said(found.before, subject),
        after=found_said(found.after, subject),
    )


def _requirement(found: WhatIf, index: int, moved: Moved | None) -> RequirementChange:
    program = found.before.program
    before, after = (requirement_result(each, index) for each in (found.before, found.after))
    criteria = program.requirements[index].criteria
    return RequirementChange(
        id=before.id,
        title=before.title,
        level=before.level,
        weight=before.weight,
        downstream=moved is not None and moved.downstream,
        changes="nothing" if moved is None else "proven" if moved.proven else "declared",
        before=_side(before),
        after=_side(after),
        criteria=tuple(
            CriterionChange(text=words(program, criterion.text), before=one, after=other)
            for criterion, one, other in zip(criteria, before.criteria, after.criteria, strict=True)
            if one != other
        ),
    )


def _side(result: RequirementResult) -> StateSide:
    return StateSide(
        status=result.status,
        possible=result.possible,
        credit=result.credit,
        grade=result.grade,
        grades=result.grades,
        declared=result.declared,
    )


class _Figure(NamedTuple):
    """A score with what it is a score of, as proven and as declared."""

    kind: ScoreKind
    id: str
    title: str
    score: Interval | None
    declared: Interval | None


def _scores(found: WhatIf) -> Iterator[ScoreChange]:
    """The whole first, then domains, workshops and recommendations, where they differ."""
    for one, other in zip(_figures(found.before), _figures(found.after), strict=True):
        if one != other:
            yield ScoreChange(
                kind=one.kind,
                id=one.id,
                title=one.title,
                before=one.score,
                after=other.score,
                declared_before=one.declared,
                declared_after=other.declared,
            )


def _figures(evaluation: Evaluation) -> Iterator[_Figure]:
    whole = overall_score(evaluation)
    yield _Figure("overall", "overall", _("The whole"), whole.score, whole.declared)
    for each in domain_scores(evaluation):
        yield _Figure("domain", each.id, each.title, each.score, each.declared)
    for each in workshop_scores(evaluation):
        yield _Figure("workshop", each.id, each.title, each.score, each.declared)
    ends = [_ends(run.scores.recommendations) for run in (evaluation.proven, evaluation.declared)]
    yield _Figure("recommendations", "recommendations", _("Recommendations"), *ends)


def _ends(score: Score) -> Interval | None:
    return None if score.low is None or score.high is None else interval((score.low, score.high))


def _decision(found: WhatIf) -> DecisionChange:
    before = decision_result(found.before, found.before.decision)
    after = decision_result(found.after, found.after.decision)
    pairs = zip(before.conditions, after.conditions, strict=True)
    return DecisionChange(
        before=before.outcome,
        after=after.outcome,
        conditions=tuple(
            ConditionChange(before=one, after=other) for one, other in pairs if one != other
        ),
    )
