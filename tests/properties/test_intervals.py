"""Properties of the engine that hold for every rule set and every audit.

Rule sets and audits are those of ``tests/oracle/strategies.py``, and go the whole way that files
go. Nothing here is compared with another evaluator: each property stands by itself.
"""

import copy
import json
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from norm_engine.engine.decision import Decision
from norm_engine.engine.evaluation import Evaluation, Pass, evaluate
from norm_engine.engine.findings import decide_with_findings
from norm_engine.engine.gaps import gaps
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.engine.scores import Score
from norm_engine.engine.truth import NAMES
from norm_engine.loading.documents import Document
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import parse_ruleset
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain, to_plain
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.results import evaluation_result
from tests.oracle.completions import completions
from tests.oracle.strategies import Case, as_files, cases

Doc = dict[str, Any]

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
QUIET: Doc = {"deadline": None, "suppress_health_check": SLOW}
SAMPLE = 16
"""Completions of an audit that are looked at; all of them where there are no more."""


def read(ruleset: Doc) -> RuleSet:
    """A rule set read from files of JSON, which is YAML."""
    files = as_files(ruleset)
    return parse_ruleset([Document(name, written(data)) for name, data in files.items()])


def written(data: Any) -> bytes:
    return json.dumps(data, default=str, ensure_ascii=False).encode()


def audit_of(document: Doc) -> Audit:
    """An audit that is valid by construction."""
    return from_plain(Audit, json.loads(written(document)))


def evaluated(program: Program, case: Case, audit: Doc | None = None) -> Evaluation:
    """What an audit (that of the case, or another one) comes to."""
    held = audit_of(case.audit if audit is None else audit)
    return evaluate(program, facts_of(program, held, case.files, case.as_of))


def scores_of(run: Pass) -> dict[str, Score]:
    """Every score of a pass, by name."""
    found = run.scores
    return {
        "overall": found.overall,
        "recommendations": found.recommendations,
        **{f"domain {name}": each for name, each in found.domains.items()},
        **{f"workshop {name}": each for name, each in found.workshops.items()},
        **{f"basis {name}": each for name, each in found.bases.items()},
    }


# --- no completion falls outside ---------------------------------------------------------------


def within(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    """Whether an interval lies in another one."""
    return bool(outer[0] <= inner[0] <= inner[1] <= outer[1])


def check_states(whole: Evaluation, completed: Evaluation, run: str) -> None:
    """Status, grades and credit of every requirement of a completion, against what was possible."""
    outer, inner = getattr(whole, run), getattr(completed, run)
    for may, is_ in zip(outer.states, inner.states, strict=True):
        assert is_.status != "undetermined"
        assert is_.status in may.possible
        if run == "proven":
            assert set(is_.grades) <= set(may.grades)
        credit = completed.credit(is_)
        if credit is not None:
            assert credit[0] == credit[1]
            possible = whole.credit(may)
            assert possible is not None
            assert within(credit, possible)


def check_truths(program: Program, whole: Pass, completed: Pass, *, proven: bool) -> None:
    """Truths of criteria: what was true or false stays, what was unknown is either."""
    for each in program.order:
        for node in each.proven if proven else each.declared:
            before, now = NAMES[whole.truths[node]], NAMES[completed.truths[node]]
            assert now != "unknown"
            assert now == before or (before == "unknown" and now != "not_applicable")


def check_scores(whole: Pass, completed: Pass) -> None:
    for name, may in scores_of(whole).items():
        is_ = scores_of(completed)[name]
        if is_.low is None or is_.high is None:
            assert not may.certain  # a score that surely exists does exist
        else:
            assert may.low is not None
            assert may.high is not None
            assert is_.low == is_.high
            assert within((is_.low, is_.high), (may.low, may.high))
            assert is_.coverage == 1


def check_decision(whole: Decision, completed: Decision) -> None:
    assert completed.outcome != "undetermined"
    assert whole.outcome in ("undetermined", completed.outcome)
    for may, is_ in zip(whole.standings, completed.standings, strict=True):
        assert NAMES[may.truth] in ("unknown", NAMES[is_.truth])
        if is_.low is not None:  # a count of grades, or the lowest score
            assert within((is_.low, is_.high), (may.low, may.high))


@given(cases(max_requirements=5))
@settings(max_examples=120, **QUIET)
def test_no_completion_of_the_unknowns_falls_outside(case: Case) -> None:
    program = compile_ruleset(read(case.ruleset))
    whole = evaluated(program, case)
    second = decide_with_findings(whole, audit_of(case.audit))
    for document in completions(*case, limit=SAMPLE):
        completed = evaluated(program, case, document)
        for run, proven in (("declared", False), ("proven", True)):
            outer, inner = getattr(whole, run), getattr(completed, run)
            check_truths(program, outer, inner, proven=proven)
            check_states(whole, completed, run)
            check_scores(outer, inner)
        check_decision(whole.decision, completed.decision)
        found = decide_with_findings(completed, audit_of(document))
        assert (second is None) == (found is None)
        if second is not None and found is not None:
            check_decision(second.decision, found.decision)


# --- better is never worse ---------------------------------------------------------------------

BEST = 9
"""More than any number that a generated rule set compares with."""


def better_answers(case: Case) -> Iterator[tuple[str, Any]]:
    """Answers that are better than those given, where the type of question says what better is.

    « Sans objet » is no worse answer but another matter, and stays.
    """
    for name, question in case.ruleset["questions"].items():
        given_ = case.audit["answers"].get(name, "unknown")
        value = given_.get("value") if isinstance(given_, dict) else given_
        if isinstance(given_, dict) and "not_applicable" in given_:
            continue
        kind = question["type"]
        if kind == "yes_no" and value is not True:
            yield name, True
        elif kind in ("count", "number"):
            yield name, BEST
        elif kind == "scale":
            yield name, max(level["value"] for level in question["levels"])
            if isinstance(value, int) and value < len(question["levels"]) - 1:
                yield name, value + 1
        elif kind == "choices":
            yield name, [each["value"] for each in question["choices"]]
        elif kind == "date":
            yield name, case.as_of


def with_answer(audit: Doc, name: str, value: Any) -> Doc:
    return {**audit, "answers": {**audit["answers"], name: value}}


def with_pieces(case: Case, kind: str) -> Doc:
    """The audit with one more piece of a kind that counts.

    Where nothing was said of the kind, it is as many pieces as any condition asks (two): what is
    recorded is taken for all there is, so a first piece of two says that there is no second one.
    """
    audit = case.audit
    none = [each for each in audit["no_evidence"] if each != kind]
    said = len(none) < len(audit["no_evidence"])
    said = said or any(kind in piece["proves"] for piece in audit["evidence"])
    more = [
        {
            "id": f"P{rank}",
            "proves": [kind],
            "title": "Pièce de plus",
            "kept_at": "au siège",
            "dated": case.as_of,
        }
        for rank in range(9001, 9002 if said else 9003)
    ]
    return {**audit, "no_evidence": none, "evidence": [*audit["evidence"], *more]}


def improvements(case: Case) -> list[Doc]:
    """Audits that differ from that of the case by one better answer, or by one more piece."""
    return [
        *(with_answer(case.audit, name, value) for name, value in better_answers(case)),
        *(with_pieces(case, kind) for kind in case.ruleset["evidence"]),
    ]


def without_leads(ruleset: Doc) -> Doc:
    """The rule set without conditions that bound leads for improvement.

    Those come up where something is met, though not to the full: better than not met at all.
    """
    kept = [each for each in ruleset["decision"] if each.get("grade") != "improvement"]
    return {**ruleset, "decision": kept}


ORDER = {"not_ready": 0, "undetermined": 1, "ready": 2}


@given(cases(monotone=True, max_requirements=5))
@settings(max_examples=150, **QUIET)
def test_where_more_is_never_worse_a_better_answer_lowers_nothing(case: Case) -> None:
    program = compile_ruleset(read(without_leads(case.ruleset)))
    before = evaluated(program, case)
    for better in improvements(case):
        after = evaluated(program, case, better)
        for run in ("declared", "proven"):
            was, now = scores_of(getattr(before, run)), scores_of(getattr(after, run))
            for name, score in was.items():
                assert (score.low is None) == (now[name].low is None)
                if score.low is not None:
                    assert now[name].low >= score.low
                    assert now[name].high >= score.high
        for state, found in zip(before.proven.states, after.proven.states, strict=True):
            if state.possible == ("met",):
                assert found.possible == ("met",)
        assert ORDER[after.decision.outcome] >= ORDER[before.decision.outcome]


def test_a_first_piece_of_two_says_that_there_is_no_second_one() -> None:
    """The one way in which adding evidence settles something for the worse."""
    from tests.support.small_rules import criterion, kept, outcome, requirement, rules, run, shown

    ruleset = rules(requirement("T-1", criterion("a", proof=shown("charte", 2))))
    assert outcome(run(ruleset), "T-1").credit == (0, 1)
    assert outcome(run(ruleset, evidence=[kept("P1", "charte")]), "T-1").credit == (0, 0)


# --- order and purity --------------------------------------------------------------------------


def shuffled(document: Any, chance: random.Random) -> Any:
    """The same with the keys of mappings in another order, at every depth."""
    if isinstance(document, dict):
        keys = list(document)
        chance.shuffle(keys)
        return {key: shuffled(document[key], chance) for key in keys}
    return document


def in_another_order(case: Case, chance: random.Random) -> tuple[RuleSet, Audit]:
    """The same rule set and audit: files, requirements, questions, answers, pieces reordered."""
    ruleset = {**case.ruleset, "requirements": list(case.ruleset["requirements"])}
    chance.shuffle(ruleset["requirements"])
    ruleset["requirements"] = [shuffled(each, chance) for each in ruleset["requirements"]]
    for key in ("questions", "evidence", "settings"):
        ruleset[key] = shuffled(ruleset[key], chance)
    files = list(as_files(ruleset).items())
    chance.shuffle(files)
    read_ = parse_ruleset([Document(name, written(data)) for name, data in files])
    audit = shuffled(case.audit, chance)
    for key in ("evidence", "findings", "no_evidence"):
        audit[key] = list(audit[key])
        chance.shuffle(audit[key])
    return read_, audit_of(audit)


def said_of(ruleset: RuleSet, audit: Audit, case: Case) -> Doc:
    """All that is said of an audit, what has an id by its id."""
    program = compile_ruleset(ruleset)
    done = evaluate(program, facts_of(program, audit, case.files, case.as_of))
    said: Doc = to_plain(evaluation_result(done, audit, gaps(done)))
    said["requirements"] = {each["id"]: each for each in said["requirements"]}
    for each in said["requirements"].values():
        # which five of many ways are told, and in which order equals stand, decides nothing
        repairs = each.pop("repairs")
        each["ways"] = sorted(len(way) for way in repairs)
    said["open"] = {
        key: sorted(held) if isinstance(held, list) else held for key, held in said["open"].items()
    }
    if said["decision_with_findings"] is not None:
        for each in said["decision_with_findings"]["differences"]:
            del each["finding"]  # of two with the same grade, either may be named
    return said


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=120, **QUIET)
def test_the_order_of_files_requirements_questions_and_answers_changes_nothing(
    case: Case, chance: random.Random
) -> None:
    expected = said_of(read(case.ruleset), audit_of(case.audit), case)
    assert said_of(*in_another_order(case, chance), case) == expected


@given(cases())
@settings(max_examples=80, **QUIET)
def test_evaluating_leaves_its_inputs_alone_and_gives_the_same_again(case: Case) -> None:
    ruleset, audit = read(case.ruleset), audit_of(case.audit)
    before = copy.deepcopy((to_plain(ruleset), to_plain(audit), case.files))
    first = said_of(ruleset, audit, case)
    assert (to_plain(ruleset), to_plain(audit), case.files) == before
    program = compile_ruleset(ruleset)
    facts = facts_of(program, audit, case.files, case.as_of)
    held = list(facts.answers), list(facts.evidence), facts.as_of
    one, two = evaluate(program, facts), evaluate(program, facts)
    assert (list(facts.answers), list(facts.evidence), facts.as_of) == held
    assert (one.proven, one.declared, one.decision) == (two.proven, two.declared, two.decision)
    assert said_of(ruleset, audit, case) == first


# --- circles -----------------------------------------------------------------------------------


def links(requirement: Doc) -> set[str]:
    """The requirements that one names, anywhere."""
    found = set(requirement["requires"]) | set(requirement["after"])
    text = json.dumps([requirement["criteria"], requirement.get("applies_when")], default=str)
    return found | {part.partition('"')[0] for part in text.split('"met": "')[1:]}


def reached_from(name: str, graph: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    pending = [name]
    while pending:
        for each in graph[pending.pop()] - found:
            found.add(each)
            pending.append(each)
    return found


@given(cases(min_requirements=3), st.data())
@settings(max_examples=120, **QUIET)
def test_a_link_back_is_refused_and_its_circle_shown(case: Case, data: st.DataObject) -> None:
    read(case.ruleset)  # what is generated has no circle, and is accepted
    by_name = {each["id"]: each for each in case.ruleset["requirements"]}
    graph = {name: links(each) for name, each in by_name.items()}
    pairs = [(low, high) for high in sorted(graph) for low in sorted(reached_from(high, graph))]
    assume(pairs)
    low, high = data.draw(st.sampled_from(pairs))
    back = data.draw(st.sampled_from(["requires", "after", "met"]))
    changed = copy.deepcopy(case.ruleset)
    [requirement] = [each for each in changed["requirements"] if each["id"] == low]
    if back == "met":
        requirement["criteria"].append({"id": "retour", "text": "Retour", "when": {"met": high}})
    else:
        requirement[back] = [*requirement[back], high]
    with pytest.raises(InvalidInput) as refused:
        read(changed)
    graph[low] = graph[low] | {high}
    circles = [
        problem.message.partition(": ")[2].rstrip(".").split(" → ")
        for problem in refused.value.problems
        if " → " in problem.message
    ]
    assert circles
    for circle in circles:
        assert circle[0] == circle[-1]
        assert len(set(circle)) == len(circle) - 1
        # every step of what is shown is a link that somebody wrote
        assert all(later in graph[earlier] for earlier, later in pairwise(circle))
    assert any((low, high) in pairwise(circle) for circle in circles)
