"""Makes the plan that a report carries again: whether it holds, and whether none is cheaper.

Two searches may choose other steps that take as little effort: another version of the solver does.
So the steps that the report names are taken as they are, and looked at for themselves: what they
add up to, and what the audit comes to once they are done. What they lead to and what they cost is
what has to be the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import compile_ruleset
from norm_engine.language import _, speaking
from norm_engine.language.figures import listed
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.records import to_plain
from norm_engine.model.report_results import Check
from norm_engine.model.ruleset import RuleSet
from norm_engine.planning.moves import FILING, after_moves
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.plan import Question, make_plan, problem_on
from norm_engine.presentation.plan_result import result_of
from norm_engine.presentation.plan_words import effort_said, work_said
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.results import overall_score
from norm_engine.presentation.wording import outcome_said
from norm_engine.reports.planned import PlanRefused, refusals
from norm_engine.reports.proof.carried import AUDIT, PLAN, RULESET
from norm_engine.reports.proof.opening import DAMAGED
from norm_engine.reports.proof.received import Received

PATIENCE = 300.0
"""Seconds that one search may take: a report may carry rules made to be searched for ever."""

_REFUSALS: tuple[type[Exception], ...] = (PlanRefused, *DAMAGED)
"""What making a plan may raise of a report made to break it, by days beyond all calendars, say."""

_ASKED = ("structure", "as_of", "goal", "assume", "budget", "ruleset", "disclaimer", "semantics")
"""Keys of a plan that no choice of steps can change."""


@dataclass(frozen=True)
class PlanChecked:
    """What checking a plan came to; `found` is the plan made again, None when none was."""

    check: Check | None
    found: PlanResult | None = None


def plan_checked(report: Received) -> PlanChecked:
    """The plan that a report carries against the one made again; nothing for other reports."""
    if report.manifest.kind != "plan":
        return PlanChecked(None)
    parts = report.unpacked
    troubles = tuple(
        parts.troubles[each] for each in (AUDIT, RULESET, PLAN) if each in parts.troubles
    )
    if troubles or parts.subject is None or parts.subject.audit is None or parts.plan is None:
        text = _("The plan cannot be made again from what the report carries.")
        return PlanChecked(Check(id="plan", outcome="differs", text=text, details=troubles))
    subject, options = parts.subject, parts.wish.plan or PlanOptions()
    audit = parts.subject.audit
    program = compile_ruleset(subject.ruleset)
    question = Question(program, audit, subject.states, subject.as_of, options, _patience)
    try:
        with speaking(parts.wish.language), refusals():
            _refuse_unknown(options, subject.ruleset)
            plan = make_plan(question)
            found = result_of(question, plan)
    except _REFUSALS as refused:
        text = _("What was asked of the plan cannot be asked of this audit.")
        details = (str(refused),)
        return PlanChecked(Check(id="plan", outcome="differs", text=text, details=details))
    if plan.stopped:
        text = _("The plan was not made again: the search takes too long here.")
        return PlanChecked(Check(id="plan", outcome="unchecked", text=text))
    return PlanChecked(_compared(parts.plan, found, question), found)


def _refuse_unknown(options: PlanOptions, ruleset: RuleSet) -> None:
    """Refuse steps that the rule set does not have: each one named costs a search of its own."""
    named = [*options.without, *options.with_]
    known = {*ruleset.actions, *(f"{FILING}{kind}" for kind in ruleset.evidence)}
    unknown = sorted(set(named) - known)
    if unknown or len(named) > len(known):
        words = _("There is no step “{id}”.").format(id=(unknown or named)[0][:80])
        raise PlanRefused(words)


def _patience(seconds: float, _best: float | None, _bound: float) -> None:
    if seconds > PATIENCE:
        raise KeyboardInterrupt


def _compared(said: PlanResult, found: PlanResult, question: Question) -> Check:
    if said == found:
        text = _("Made again, the plan is the same: its steps, its effort, its proof, its dates.")
        if not found.found:
            text = _("Searched for again, there is no route, as the report says.")
        return Check(id="plan", outcome="holds", text=text)
    details = tuple(_differences(said, found, question))
    if details:
        text = _("Made again, the plan is not what the report says.")
        return Check(id="plan", outcome="differs", text=text, details=details)
    text = _(
        "The steps of the plan lead to what the report says, and none takes less effort. Made"
        " again here, the plan has other steps that take as much; the dates and the wording of"
        " those in the report were not compared."
    )
    return Check(id="plan", outcome="holds", text=text)


def _differences(said: PlanResult, found: PlanResult, question: Question) -> Iterator[str]:
    """What differs that no other choice of steps of the same effort explains."""
    one, other = to_plain(said), to_plain(found)
    asked = [key for key in _ASKED if one.get(key) != other.get(key)]
    if asked:
        yield _("Other parts of the plan are not the same: {names}.").format(names=listed(asked))
    if said.found != found.found:
        there = _("There is a route, and the report says there is none.")
        none = _("There is no route, and the report names one.")
        yield there if found.found else none
        return
    ids = [step.id for step in said.steps]
    if ids == [step.id for step in found.steps] or not said.found:
        keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
        named = [key for key in keys if key not in asked]
        if named:
            yield _("Other parts of the plan are not the same: {names}.").format(
                names=listed(named)
            )
        return
    yield from _proof_differences(said, found)
    yield from _step_differences(said, ids, question)


def _proof_differences(said: PlanResult, found: PlanResult) -> Iterator[str]:
    """The effort or the readiness that nothing betters, and the bound that proves it."""
    if said.proof != found.proof:
        yield _("The report says that nothing is better than {said}; it is {found}.").format(
            said="–" if said.proof is None else said.proof.bound,
            found="–" if found.proof is None else found.proof.bound,
        )
    if said.goal == "ready" and said.effort.likely != found.effort.likely:
        yield _("The report names a likely effort of {said}; the least is {found}.").format(
            said=work_said(said.effort.likely), found=work_said(found.effort.likely)
        )


def _step_differences(said: PlanResult, ids: Sequence[str], question: Question) -> Iterator[str]:
    """What the steps that a report names come to for themselves."""
    problem = problem_on(question, said.audit_day)
    moves = problem.offer.moves
    unknown = [name for name in ids if name not in moves]
    if unknown or len(set(ids)) < len(ids):
        yield _("It names steps that the structure cannot take: {names}.").format(
            names=listed(unknown or sorted(ids))
        )
        return
    for name in ids:
        for need in moves[name].needs:
            if need not in ids:
                yield _("{step} needs {other}, which is not in it.").format(step=name, other=need)
    efforts = [sum((moves[x].effort[at] for x in ids), Fraction(0)) for at in range(3)]
    if [str(each) for each in efforts] != [said.effort.low, said.effort.likely, said.effort.high]:
        yield _("Its steps take {found} together; the report says {said}.").format(
            found=work_said(efforts[1]), said=effort_said(said.effort)
        )
    facts = after_moves(problem.evaluation, problem.offer, ids)
    yield from _outcome_differences(said, evaluate(problem.evaluation.program, facts))


def _outcome_differences(said: PlanResult, after: Evaluation) -> Iterator[str]:
    """What the audit comes to once the steps of a report are done."""
    if said.decision_after.outcome != after.decision.outcome:
        yield _(
            "Once its steps are done, the outcome is “{found}”; the report says “{said}”."
        ).format(
            found=outcome_said(after.decision.outcome),
            said=outcome_said(said.decision_after.outcome),
        )
    score = overall_score(after)
    if said.after.score != score.score:
        yield _("Once its steps are done, readiness is {found}; the report says {said}.").format(
            found=score_said(score.score), said=score_said(said.after.score)
        )
