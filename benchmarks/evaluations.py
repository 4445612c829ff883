"""Warm evaluations in this process, next to the plain walker on the same rules and facts."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import Clock, Sample, call, interleaved
from benchmarks.synthetic import AS_OF, synthetic
from benchmarks.table import Row, compared
from benchmarks.walker import Walker, walkable
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.explanation import reason
from norm_engine.engine.facts import Facts
from norm_engine.engine.gaps import gaps
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import rule_folders
from norm_engine.model.audit import Audit
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import RuleSet
from norm_engine.store.evidence_files import file_states

PART = "One warm evaluation"
SIZES = (150, 1_500, 15_000)
YARDSTICK = "plain walker, with explanation"

ALONE = {150: (0.55, 0.22), 1_500: (0.42, 0.17)}
"""1/10 and 1/25 of zen-engine, in plain walkers: zen takes 5.5 of them at 150 and 4.2 at 1,500."""

MATERIAL = (1.0, 0.25)
GROWTH = (150.0, 110.0)


_LEAST, _MORE, _LARGE = 0.005, 4, 1_000
"""What is quick is repeated more often, for moments as short: some of them are undisturbed."""


class Case(NamedTuple):
    """Rules and facts, ready to be evaluated both ways."""

    name: str
    program: Program
    facts: Facts
    walker: Walker
    answers: dict[str, Any]


def made_up(size: int) -> Case:
    """A synthetic rule set of some size."""
    made = synthetic(size)
    return _case(f"R = {size:,}", made.ruleset, made.audit, made.plain, {})


def real(folder: Path) -> Case:
    """The audit in a folder, and its rule set."""
    loaded = load_audit(folder / "audit.yaml", rule_folders())
    states = file_states(loaded.audit, folder)
    return _case("catalogue", loaded.ruleset, loaded.audit, to_plain(loaded.ruleset), states)


def _case(name: str, ruleset: RuleSet, audit: Audit, plain: Any, states: Any) -> Case:
    program = compile_ruleset(ruleset)
    facts = facts_of(program, audit, states, AS_OF)
    counted = dict(zip(program.kind_index, facts.evidence, strict=True))
    answers = walkable(to_plain(audit)["answers"], counted, AS_OF.isoformat())
    return Case(name, program, facts, Walker(plain), answers)


def statuses_and_scores(case: Case) -> Evaluation:
    """Both passes, with intervals; every score is read, since scores are worked out when read."""
    evaluation = evaluate(case.program, case.facts)
    for run in (evaluation.declared, evaluation.proven):
        scores = run.scores
        _ = scores.overall, scores.recommendations, scores.domains, scores.workshops, scores.bases
    return evaluation


def with_causes(case: Case) -> None:
    """The same, with the gaps, their minimal repairs and their root causes.

    What explanations are made of, the truth of every condition, is part of any evaluation.
    """
    gaps(statuses_and_scores(case))


def unfolded(case: Case) -> None:
    """The same, with the explanation of every requirement unfolded down to its tests."""
    evaluation = statuses_and_scores(case)
    gaps(evaluation)
    for requirement in case.program.requirements:
        for criterion in requirement.criteria:
            for condition in (criterion.when, criterion.proof):
                if condition is not None:
                    reason(evaluation, condition)


def measured(case: Case, clock: Clock, repetitions: int) -> dict[str, Sample]:
    """Durations by what is done."""
    what: dict[str, Callable[[], object]] = {
        "walker": lambda: case.walker.walk(case.answers),
        "alone": lambda: statuses_and_scores(case),
        "causes": lambda: with_causes(case),
        "unfolded": lambda: unfolded(case),
    }
    return interleaved(
        {name: call(function, clock, _LEAST) for name, function in what.items()},
        repetitions * (_MORE if len(case.program.requirements) < _LARGE else 1),
    )


def rows(example: Path, clock: Clock, repetitions: int) -> Iterator[Row]:
    """Every row of this part."""
    makers: list[tuple[int, Callable[[], Case]]] = [
        *((size, partial(made_up, size)) for size in SIZES),
        (SIZES[0], partial(real, example)),
    ]
    samples = {}
    for size, make in makers:
        # one at a time: the garbage collector would walk through those that are not measured
        case = make()
        of = samples[case.name] = measured(case, clock, repetitions)
        yield from (
            compared(PART, f"{case.name}: {what}", (of[name], of["walker"]), YARDSTICK, budget)
            for name, what, budget in (
                ("alone", "statuses and scores, both passes", ALONE.get(size)),
                ("causes", "… with gaps, repairs and causes", MATERIAL),
                ("unfolded", "… with every explanation unfolded", None),
            )
        )
        del case
    small, large = (samples[f"R = {size:,}"] for size in (SIZES[0], SIZES[-1]))
    for name, what in (("alone", "statuses and scores"), ("causes", "with gaps and causes")):
        yield compared(
            PART,
            f"growth from 150 to 15,000: {what}",
            (large[name], small[name]),
            "the same at R = 150",
            GROWTH,
        )
