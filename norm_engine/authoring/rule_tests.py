"""Runs the tests of a rule set: the examples beside its requirements, and the files of tests/."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from norm_engine.authoring.slices import sliced, stand_in_question
from norm_engine.engine.actions import PLENTY
from norm_engine.engine.atoms import typed
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import SANS_OBJET, Facts, piece_state
from norm_engine.engine.program import Program, compile_ruleset
from norm_engine.engine.scores import Score
from norm_engine.engine.truth import NAMES
from norm_engine.language import _
from norm_engine.loading.documents import as_record, open_document
from norm_engine.loading.problems import InvalidInput, KeyPath, Problem
from norm_engine.model.audit import UNKNOWN, Piece
from norm_engine.model.files import RuleTest, TestsFile
from norm_engine.model.rules_results import CriterionCoverage, TestFailure, TestOutcome
from norm_engine.model.ruleset import (
    Example,
    Given,
    GivenAnswer,
    GivenEvidence,
    GivenPiece,
    Requirement,
    RuleSet,
)
from norm_engine.model.scalars import exact, text_in

EXAMPLE_DAY = datetime.date(2026, 1, 1)
"""The day that an example speaks of when it names none."""

TESTS_FOLDER = "tests"

Seen = dict[str, set[str]]
"""The truths that some example gave each criterion, as proven, by ``STR-25.formes``."""


@dataclass(frozen=True)
class TestRun:
    """What came of the tests of a rule set."""

    outcomes: tuple[TestOutcome, ...]
    seen: Seen

    def uncovered(self, ruleset: RuleSet) -> tuple[CriterionCoverage, ...]:
        """The criteria that no example makes true, or that none makes false."""
        found = []
        for requirement in ruleset.requirements:
            for criterion in requirement.criteria:
                name = f"{requirement.id}.{criterion.id}"
                truths = self.seen.get(name, set())
                if not {"true", "false"} <= truths:
                    found.append(
                        CriterionCoverage(
                            criterion=name, made_true="true" in truths, made_false="false" in truths
                        )
                    )
        return tuple(found)


def run_tests(ruleset: RuleSet, tests: Iterable[tuple[str, RuleTest]]) -> TestRun:
    """Run the examples of every requirement (loaded with examples) and the tests of files."""
    outcomes: list[TestOutcome] = []
    seen: Seen = {}
    for requirement in ruleset.requirements:
        for number, example in enumerate(requirement.examples, 1):
            outcomes.append(_run_example(ruleset, requirement, example, number, seen))
    for name, test in tests:
        outcomes.append(_run_test(ruleset, name, test, seen))
    return TestRun(tuple(outcomes), seen)


def load_tests(folder: Path, ruleset: RuleSet) -> list[tuple[str, RuleTest]]:
    """The tests in the folder ``tests`` of a rule set, each with its name.

    Raises:
        InvalidInput: with everything wrong with them, where it stands.
    """
    found: list[tuple[str, RuleTest]] = []
    problems: list[Problem] = []
    for file in sorted((folder / TESTS_FOLDER).glob("*.yaml")):
        document = open_document(file)
        try:
            tests = as_record(document, TestsFile).tests
        except InvalidInput as invalid:
            problems.extend(invalid.problems)
            continue
        wrong = [
            problem
            for position, test in enumerate(tests)
            for problem in _test_problems(test, ruleset, document.name, ("tests", position))
        ]
        problems.extend(document.located(wrong))
        for test in tests:
            found.append((f"{file.name}: {text_in(test.title, ruleset.head.language)}", test))
    if problems:
        raise InvalidInput(problems)
    return found


def example_problems(
    ruleset: RuleSet, requirement: Requirement, file: str, path: KeyPath
) -> Iterator[Problem]:
    """Names in the examples of a requirement that do not exist."""
    criteria = {each.id for each in requirement.criteria}
    for position, example in enumerate(requirement.examples):
        place = (*path, "examples", position)
        yield from _given_problems(example, ruleset, file, place)
        for key in ("declared", "proven"):
            for name in getattr(example.expect, key):
                if name not in criteria:
                    yield _absent(file, name, (*place, "expect", key, name))


def _test_problems(test: RuleTest, ruleset: RuleSet, file: str, path: KeyPath) -> Iterator[Problem]:
    yield from _given_problems(test, ruleset, file, path)
    known = {each.id: {c.id for c in each.criteria} for each in ruleset.requirements}
    for position, name in enumerate(test.requirements):
        if name not in known:
            yield _absent(file, name, (*path, "requirements", position))
    if test.requirements:
        known = {name: known.get(name, set()) for name in test.requirements}
    for key in ("declared", "proven"):
        for name in getattr(test.expect, key):
            requirement, _dot, criterion = name.partition(".")
            if criterion not in known.get(requirement, set()):
                yield _absent(file, name, (*path, "expect", key, name))
    for name in test.expect.status:
        if name not in known:
            yield _absent(file, name, (*path, "expect", "status", name))
    head = ruleset.head
    groups = {"overall", "recommendations"}
    groups |= {each.id for each in head.domains} | {each.id for each in head.workshops}
    yield from (
        _absent(file, name, (*path, "expect", "scores", name))
        for name in test.expect.scores
        if name not in groups
    )


def _given_problems(
    test: Example | RuleTest, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    for key, known in (
        ("given", ruleset.questions),
        ("evidence", ruleset.evidence),
        ("settings", ruleset.head.settings),
    ):
        for name in getattr(test, key):
            if name not in known:
                yield _absent(file, name, (*path, key, name))


def _absent(file: str, name: str, path: KeyPath) -> Problem:
    return Problem(
        file,
        _("“{name}” does not exist.").format(name=name),
        _("Correct its name, or add it."),
        path,
    )


def _run_example(
    ruleset: RuleSet, requirement: Requirement, example: Example, number: int, seen: Seen
) -> TestOutcome:
    cut, outside = sliced(ruleset, [requirement.id], example.settings)
    evaluation = _evaluated(cut, outside, example, example.as_of or EXAMPLE_DAY)
    _note(evaluation, seen)
    expect = example.expect
    failures = [
        *_truth_failures(
            evaluation, {f"{requirement.id}.{k}": v for k, v in expect.declared.items()}, False
        ),
        *_truth_failures(
            evaluation, {f"{requirement.id}.{k}": v for k, v in expect.proven.items()}, True
        ),
    ]
    if expect.status is not None:
        failures += _status_failures(evaluation, {requirement.id: expect.status})
    named = "" if example.title is None else text_in(example.title, ruleset.head.language)
    name = _("{requirement}, example {number}").format(requirement=requirement.id, number=number)
    return TestOutcome(
        name=f"{name} – {named}" if named else name,
        passed=not failures,
        failures=tuple(failures),
    )


def _run_test(ruleset: RuleSet, name: str, test: RuleTest, seen: Seen) -> TestOutcome:
    ids = test.requirements or [each.id for each in ruleset.requirements]
    cut, outside = sliced(ruleset, ids, test.settings)
    evaluation = _evaluated(cut, outside, test, test.as_of)
    _note(evaluation, seen)
    expect = test.expect
    failures = [
        *_truth_failures(evaluation, expect.declared, False),
        *_truth_failures(evaluation, expect.proven, True),
        *_status_failures(evaluation, expect.status),
        *_score_failures(evaluation, expect.scores),
    ]
    if expect.decision is not None and evaluation.decision.outcome != expect.decision:
        failures.append(
            TestFailure(
                what=_("decision"), expected=expect.decision, found=evaluation.decision.outcome
            )
        )
    return TestOutcome(name=name, passed=not failures, failures=tuple(failures))


def _evaluated(
    ruleset: RuleSet, outside: Sequence[str], test: Example | RuleTest, as_of: datetime.date
) -> Evaluation:
    program = compile_ruleset(ruleset)
    met: Mapping[str, Any] = test.prerequisites if isinstance(test, Example) else {}
    answers = _answers(program, test.given)
    for name in outside:
        truth = met.get(name, True)
        # a prerequisite that is not applicable leaves nothing to satisfy, as one that is met
        given = {"false": False, "unknown": None}.get(str(truth).lower(), True)
        answers[program.question_index[stand_in_question(name)]] = given
    return evaluate(program, Facts(answers, _evidence(program, test.evidence, as_of), as_of))


def _answers(program: Program, given: Given) -> list[Any]:
    answers: list[Any] = [None] * len(program.question_index)
    for name, value in given.items():
        index = program.question_index[name]
        bare = value.value if isinstance(value, GivenAnswer) else value
        if isinstance(value, GivenAnswer) and value.not_applicable is not None:
            answers[index] = SANS_OBJET
        elif bare is not None and bare != UNKNOWN:
            answers[index] = typed(bare, program.ruleset.questions[name].type)
    return answers


def _evidence(program: Program, given: GivenEvidence, as_of: datetime.date) -> list[int | None]:
    counted: list[int | None] = [None] * len(program.kind_index)
    for kind, held in given.items():
        if held == "none":
            count = 0
        elif isinstance(held, tuple):
            count = sum(_counts(each, program.fresh_for[kind], as_of) for each in held)
        else:
            count = min(int(held), PLENTY)
        counted[program.kind_index[kind]] = count
    return counted


def _counts(given: GivenPiece, fresh_for: str | None, as_of: datetime.date) -> bool:
    piece = Piece(
        id="example",
        proves=(),
        title="",
        kept_at="example",
        dated=given.dated,
        valid_until=given.valid_until,
    )
    return piece_state(piece, fresh_for, None, False, as_of).counts


def _truths(evaluation: Evaluation, proven: bool) -> Iterator[tuple[str, str]]:
    run = evaluation.proven if proven else evaluation.declared
    for each in evaluation.program.order:
        requirement = evaluation.program.requirements[each.index]
        nodes = each.proven if proven else each.declared
        for criterion, node in zip(requirement.criteria, nodes, strict=True):
            yield f"{requirement.id}.{criterion.id}", NAMES[run.truths[node]]


def _note(evaluation: Evaluation, seen: Seen) -> None:
    for name, truth in _truths(evaluation, proven=True):
        seen.setdefault(name, set()).add(truth)


def _truth_failures(
    evaluation: Evaluation, expected: Mapping[str, bool | str], proven: bool
) -> Iterator[TestFailure]:
    found = dict(_truths(evaluation, proven))
    kind = _("proven") if proven else _("declared")
    for name, truth in expected.items():
        wanted = str(truth).lower() if isinstance(truth, bool) else truth
        if found[name] != wanted:
            yield TestFailure(what=f"{kind} {name}", expected=wanted, found=found[name])


def _status_failures(evaluation: Evaluation, expected: Mapping[str, str]) -> list[TestFailure]:
    return [
        TestFailure(
            what=_("status of {requirement}").format(requirement=name),
            expected=status,
            found=evaluation.state(name).status,
        )
        for name, status in expected.items()
        if evaluation.state(name).status != status
    ]


def _score_failures(
    evaluation: Evaluation, expected: Mapping[str, tuple[int | str, ...]]
) -> Iterator[TestFailure]:
    scores = evaluation.proven.scores
    known: dict[str, Score] = {
        "overall": scores.overall,
        "recommendations": scores.recommendations,
        **scores.domains,
        **scores.workshops,
    }
    for name, ends in expected.items():
        score = known[name]
        found = [] if score.low is None or score.high is None else [score.low, score.high]
        wanted = [exact(end) for end in ends]
        if found != wanted:
            yield TestFailure(
                what=_("score of {group}").format(group=name),
                expected=_ends_said(wanted),
                found=_ends_said(found),
            )


def _ends_said(ends: Sequence[Fraction]) -> str:
    return f"[{', '.join(str(end) for end in ends)}]"
