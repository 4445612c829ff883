"""Results as records that commands print as JSON, and that text and documents are made from."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from norm_engine import SEMANTICS
from norm_engine.engine.asking import asked
from norm_engine.engine.decision import Decision, Standing
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.findings import decide_with_findings
from norm_engine.engine.gaps import Gap, Gaps, gaps
from norm_engine.engine.priorities import Priority, first_things
from norm_engine.engine.scores import Score
from norm_engine.engine.truth import NAMES
from norm_engine.language.figures import percent
from norm_engine.model.audit import Audit
from norm_engine.model.results import (
    AtomResult,
    ConditionStanding,
    CriterionResult,
    DecisionResult,
    DeclaredResult,
    Difference,
    EvaluationResult,
    FindingsDecision,
    GroupScore,
    Interval,
    Open,
    RequirementResult,
    RuleSetIdentity,
    ThingToDo,
)
from norm_engine.model.ruleset import RuleSet, Status
from norm_engine.presentation.atoms import atom_result, words
from norm_engine.presentation.values import words_of
from norm_engine.presentation.wording import basis_said, disclaimer

STATUSES: tuple[Status, ...] = (
    "met",
    "partial",
    "unmet",
    "blocked",
    "undetermined",
    "not_applicable",
)


def identity(ruleset: RuleSet) -> RuleSetIdentity:
    """Which rule set a result was computed under."""
    head = ruleset.head
    return RuleSetIdentity(
        id=head.id,
        edition=head.edition,
        version=head.version,
        title=words_of(head.title, ruleset),
        fingerprint=ruleset.fingerprint,
        rules_fingerprint=ruleset.rules_fingerprint,
        overlays=tuple(overlay.id for overlay in ruleset.overlays),
        changes=tuple(change for overlay in ruleset.overlays for change in overlay.changes),
    )


def interval(ends: tuple[Fraction, Fraction] | None) -> Interval | None:
    """An interval of shares as results carry it."""
    if ends is None:
        return None
    low, high = ends
    return Interval(low=str(low), high=str(high), percent=(percent(low), percent(high)))


def _score_interval(score: Score) -> Interval | None:
    return None if score.low is None or score.high is None else interval((score.low, score.high))


def _group(
    evaluation: Evaluation,
    name: str,
    title: str,
    proven: Score,
    declared: Score,
    members: Sequence[int],
) -> GroupScore:
    counted = Counter(evaluation.proven.states[index].status for index in members)
    return GroupScore(
        id=name,
        title=title,
        score=_score_interval(proven),
        declared=_score_interval(declared),
        coverage=None if proven.coverage is None else str(proven.coverage),
        counts={status: counted[status] for status in STATUSES},
    )


def _groups(evaluation: Evaluation, kind: str, titles: Mapping[str, str]) -> tuple[GroupScore, ...]:
    field = {"domain": "domains", "workshop": "workshops", "basis": "bases"}[kind]
    proven: Mapping[str, Score] = getattr(evaluation.proven.scores, field)
    declared: Mapping[str, Score] = getattr(evaluation.declared.scores, field)
    members = evaluation.program.groups[kind]
    return tuple(
        _group(evaluation, name, title, proven[name], declared[name], members[name])
        for name, title in titles.items()
        if name in proven
    )


def overall_score(evaluation: Evaluation) -> GroupScore:
    """The score of the whole as results carry it."""
    return _group(
        evaluation,
        "overall",
        "",
        evaluation.proven.scores.overall,
        evaluation.declared.scores.overall,
        evaluation.program.groups["overall"][""],
    )


def domain_scores(evaluation: Evaluation) -> tuple[GroupScore, ...]:
    """The scores of the domains as results carry them."""
    program = evaluation.program
    domains = program.ruleset.head.domains
    return _groups(evaluation, "domain", {each.id: words(program, each.title) for each in domains})


def workshop_scores(evaluation: Evaluation) -> tuple[GroupScore, ...]:
    """The scores of the workshops as results carry them."""
    program = evaluation.program
    workshops = program.ruleset.head.workshops
    titles = {each.id: words(program, each.title) for each in workshops}
    return _groups(evaluation, "workshop", titles)


def decision_result(evaluation: Evaluation, decision: Decision) -> DecisionResult:
    """A decision as results carry it."""
    return DecisionResult(
        outcome=decision.outcome,
        conditions=tuple(standing_result(evaluation, each) for each in decision.standings),
    )


def standing_result(evaluation: Evaluation, standing: Standing) -> ConditionStanding:
    """One condition of the decision as results carry it."""
    return ConditionStanding(
        id=standing.condition.id,
        text=words(evaluation.program, standing.condition.text),
        truth=NAMES[standing.truth],
        bound=str(standing.bound),
        low=None if standing.low is None else str(standing.low),
        high=None if standing.high is None else str(standing.high),
        below=standing.below,
    )


def _findings(evaluation: Evaluation, audit: Audit) -> FindingsDecision | None:
    second = decide_with_findings(evaluation, audit)
    if second is None:
        return None
    taken = decision_result(evaluation, second.decision)
    return FindingsDecision(
        outcome=taken.outcome,
        conditions=taken.conditions,
        differences=tuple(
            Difference(
                requirement=each.requirement,
                finding=each.finding.id,
                derived=tuple(grade or "none" for grade in each.derived),
                found=each.finding.grade,
            )
            for each in second.differences
        ),
    )


def requirement_result(
    evaluation: Evaluation, index: int, gap: Gap | None = None
) -> RequirementResult:
    """What a requirement comes to, as results carry it."""
    program = evaluation.program
    requirement = program.requirements[index]
    state = evaluation.proven.states[index]
    declared = evaluation.declared.states[index]
    grade = state.grades[0] if len(state.grades) == 1 else None
    return RequirementResult(
        id=requirement.id,
        title=words(program, requirement.title),
        domain=requirement.domain,
        workshop=requirement.workshop,
        level=requirement.level,
        gravity=requirement.gravity,
        basis=requirement.basis,
        weight=requirement.weight,
        status=state.status,
        possible=state.possible,
        credit=interval(evaluation.credit(state)),
        declared=DeclaredResult(
            status=declared.status,
            possible=declared.possible,
            credit=interval(evaluation.credit(declared)),
        ),
        grade=grade,
        grades=tuple(each or "none" for each in state.grades),
        criteria=_criteria(evaluation, index),
        repairs=repairs_result(evaluation, gap),
        more_repairs=gap is not None and gap.repairs.more,
    )


def _criteria(evaluation: Evaluation, index: int) -> tuple[CriterionResult, ...]:
    program = evaluation.program
    compiled = program.compiled(program.requirements[index].id)
    return tuple(
        CriterionResult(
            id=criterion.id,
            declared=NAMES[evaluation.declared.truths[declared]],
            proven=NAMES[evaluation.proven.truths[proven]],
        )
        for criterion, declared, proven in zip(
            program.requirements[index].criteria, compiled.declared, compiled.proven, strict=True
        )
    )


def repairs_result(evaluation: Evaluation, gap: Gap | None) -> tuple[tuple[AtomResult, ...], ...]:
    """The repair sets of a gap as results carry them."""
    if gap is None:
        return ()
    return tuple(
        tuple(atom_result(evaluation.program, literal) for literal in sorted(each))
        for each in gap.repairs.sets
    )


def thing_to_do(evaluation: Evaluation, priority: Priority) -> ThingToDo:
    """One of the first things to do, as results carry it."""
    action = evaluation.program.ruleset.actions[priority.action]
    return ThingToDo(
        action=priority.action,
        title=words(evaluation.program, action.title),
        why=words(evaluation.program, action.why),
        how=words(evaluation.program, action.how),
        role=action.role,
        phase=action.phase,
        effort=tuple(str(each) for each in priority.effort),
        lead_time=action.lead_time,
        closes=priority.closes,
        helps=priority.helps,
    )


def evaluation_result(
    evaluation: Evaluation, audit: Audit, found: Gaps | None = None
) -> EvaluationResult:
    """The whole result of an evaluation, in the language in force."""
    program = evaluation.program
    found = found or gaps(evaluation)
    gap_of = {gap.requirement.id: gap for gap in found.gaps}
    scores, declared = evaluation.proven.scores, evaluation.declared.scores
    groups = program.groups
    wanted = asked(evaluation)
    return EvaluationResult(
        format=1,
        semantics=SEMANTICS,
        ruleset=identity(program.ruleset),
        structure=audit.structure.name,
        as_of=evaluation.facts.as_of,
        disclaimer=disclaimer(),
        decision=decision_result(evaluation, evaluation.decision),
        decision_with_findings=_findings(evaluation, audit),
        overall=overall_score(evaluation),
        recommendations=_group(
            evaluation,
            "recommendations",
            "",
            scores.recommendations,
            declared.recommendations,
            groups["recommendations"][""],
        ),
        domains=domain_scores(evaluation),
        workshops=workshop_scores(evaluation),
        bases=_groups(evaluation, "basis", {basis: basis_said(basis) for basis in groups["basis"]}),
        requirements=tuple(
            requirement_result(evaluation, index, gap_of.get(requirement.id))
            for index, requirement in enumerate(program.requirements)
        ),
        first=tuple(thing_to_do(evaluation, each) for each in first_things(evaluation, found.gaps)),
        open=Open(
            questions_asked=len(wanted.questions),
            questions=wanted.open_questions,
            evidence_wanted=len(wanted.evidence),
            evidence=wanted.open_evidence,
        ),
    )
