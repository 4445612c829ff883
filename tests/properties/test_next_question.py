"""Properties of the question worth asking next, for every rule set and every audit.

Rule sets and audits are those of ``tests/oracle/strategies.py``; what no answer can change is held
against every completion of the unknowns, or a fixed sample of them.
"""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from norm_engine.engine.answers_possible import evidence_cells, question_cells
from norm_engine.engine.asking import asked
from norm_engine.engine.decision import Decision
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import Facts
from norm_engine.engine.looking_ahead import Lookahead
from norm_engine.engine.mattering import mattering
from norm_engine.engine.next_question import certainty, ranked_items
from norm_engine.engine.openness import openness
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.engine.subjects import Subject, atoms_by_subject, name_of, with_answer
from norm_engine.loading.documents import Document
from norm_engine.loading.rulesets import parse_ruleset
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain
from tests.oracle.completions import completions
from tests.oracle.strategies import Case, as_files, cases

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
QUIET: dict[str, Any] = {"deadline": None, "suppress_health_check": SLOW}
SAMPLE = 24
"""Completions of an audit that are looked at; all of them where there are no more."""


def written(data: Any) -> bytes:
    return json.dumps(data, default=str, ensure_ascii=False).encode()


def compiled(case: Case) -> Program:
    files = as_files(case.ruleset)
    return compile_ruleset(parse_ruleset([Document(n, written(d)) for n, d in files.items()]))


def facts(program: Program, case: Case, audit: Any = None) -> Facts:
    held = from_plain(Audit, json.loads(written(case.audit if audit is None else audit)))
    states: Any = case.files
    return facts_of(program, held, states, case.as_of)


def open_subjects(evaluation: Evaluation) -> list[Subject]:
    """Everything of which nothing is known, whether it is asked or not."""
    program, known = evaluation.program, evaluation.facts
    return [
        *(("question", n) for n, at in program.question_index.items() if known.answers[at] is None),
        *(("evidence", k) for k, at in program.kind_index.items() if known.evidence[at] is None),
    ]


def seen(decision: Decision) -> list[tuple[Any, ...]]:
    """What conditions stand at; where nothing applies there is nothing to satisfy, as at 1."""
    return [
        (each.truth, 1 if each.low is None else each.low, 1 if each.high is None else each.high)
        for each in decision.standings
    ]


def cells(evaluation: Evaluation, subject: Subject) -> tuple[Any, ...]:
    atoms = atoms_by_subject(evaluation.program).get(subject, [])
    if subject[0] == "evidence":
        return evidence_cells(evaluation.program, atoms)
    return question_cells(evaluation.program, evaluation.facts, subject[1], atoms)


@given(cases(max_requirements=5))
@settings(max_examples=30, **QUIET)
def test_looking_ahead_is_evaluating_anew(case: Case) -> None:
    now = evaluate(program := compiled(case), facts(program, case))
    ahead, atoms = Lookahead(now), atoms_by_subject(program)
    for subject in open_subjects(now):
        for value, _ in cells(now, subject):
            after = with_answer(now, now.facts, subject, value)
            states = list(now.proven.states)
            reach = ahead.reach(atoms.get(subject, []))
            for index, state in ahead.states_after(after, reach).items():
                states[index] = state
            anew = evaluate(program, after)
            assert states == list(anew.proven.states)
            assert openness(now, states).outcome == anew.decision.outcome


@given(cases(max_requirements=5))
@settings(max_examples=30, **QUIET)
def test_priors_add_up_and_no_answer_opens_what_was_settled(case: Case) -> None:
    now = evaluate(program := compiled(case), facts(program, case))
    before = openness(now, now.proven.states)
    assert (before.distance == 0) == (now.decision.outcome != "undetermined")
    assert 0 <= before.width <= 1
    assert 0 <= before.distance <= 1
    for subject in open_subjects(now):
        priors = []
        for value, prior in cells(now, subject):
            anew = evaluate(program, with_answer(now, now.facts, subject, value))
            after = openness(anew, anew.proven.states)
            assert after.width <= before.width
            assert after.distance <= before.distance
            if before.outcome != "undetermined":
                assert after.outcome == before.outcome
            priors.append(prior)
        assert all(prior > 0 for prior in priors)
        assert sum(priors) == 1


@given(cases(max_requirements=4))
@settings(max_examples=40, **QUIET)
def test_what_is_said_not_to_matter_changes_nothing_in_any_completion(case: Case) -> None:
    now = evaluate(program := compiled(case), facts(program, case))
    standing = mattering(now, for_outcome=False)
    outcome = mattering(now, for_outcome=True)
    assert outcome.keys() <= standing.keys()
    for document in completions(*case, limit=SAMPLE):
        complete = facts(program, case, document)
        whole = evaluate(program, complete)
        for subject in open_subjects(now):
            without = evaluate(program, with_answer(now, complete, subject, None))
            if subject not in standing:
                assert seen(without.decision) == seen(whole.decision)
            if subject not in outcome and now.decision.outcome == "undetermined":
                assert without.decision.outcome == whole.decision.outcome


@given(cases(max_requirements=4))
@settings(max_examples=40, **QUIET)
def test_something_is_proposed_exactly_while_something_is_unsettled(case: Case) -> None:
    now = evaluate(program := compiled(case), facts(program, case))
    ranking = ranked_items(now, 100)
    assert bool(ranking.items) == (ranking.certainty < 1)
    assert ranking.certainty == certainty(now)
    wanted = asked(now)
    may = {*wanted.open_questions, *(name_of(("evidence", k)) for k in wanted.open_evidence)}
    assert {item.name for item in ranking.items} <= may
    assert len(ranking.items) <= ranking.questions + ranking.evidence
    for item in ranking.items:
        assert item.settles >= 0
        assert item.gain >= 0
        assert item.narrows >= 0
        assert item.requirements
        assert item.conditions
    if ranking.outcome == "undetermined":
        assert ranking.items[0].for_outcome
    assert ranked_items(now, 100) == ranking
    assert ranked_items(now, 1).items == ranking.items[:1]


@given(cases(max_requirements=4))
@settings(max_examples=40, **QUIET)
def test_asking_what_is_proposed_ends_with_everything_settled(case: Case) -> None:
    """Whatever is answered, here each time the last of the answers that differ."""
    now = evaluate(program := compiled(case), facts(program, case))
    count = len(open_subjects(now))
    for _ in range(count):
        ranking = ranked_items(now, 1)
        if not ranking.items:
            break
        item = ranking.items[0]
        value = item.answers[-1].value
        now = evaluate(program, with_answer(now, now.facts, (item.kind, item.subject), value))
        assert certainty(now) == ranking.certainty + item.answers[-1].narrows
    assert certainty(now) == 1
