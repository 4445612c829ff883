"""Plans: how long the cheapest route takes to find and to prove, and what greedy ones cost.

The cheapest route is set against two plans that anyone would think of first. *First things first*
files all evidence, then takes what `evaluate` says to do first, again and again, until the
structure is ready. *Pruned* takes everything and drops the dearest step that the structure can be
ready without, then the next dearest, to the last one. What these cost is given as a ratio of likely
person-days: a route is proven, so that no ratio is below 1.
"""

import sys
from collections.abc import Callable, Collection, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Clock, Sample, call, interleaved, peak_memory, process
from benchmarks.processes import MEGABYTE, PROGRAM, Places
from benchmarks.synthetic import AS_OF
from benchmarks.synthetic_plans import synthetic_plan
from benchmarks.table import Row, alone, compared
from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.gaps import gaps
from norm_engine.engine.priorities import first_things
from norm_engine.engine.program import compile_ruleset
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import rule_folders
from norm_engine.planning.budget import within_budget
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.plan import Question, make_plan, problem_on
from norm_engine.planning.problem import Problem, Route, effort_of, evaluate_after, is_ready
from norm_engine.planning.route import alternatives, cheapest
from norm_engine.store.evidence_files import file_states

PART = "Plans"
ALL_PARTS = 1_500
"""The largest rule set of which whole plans, and greedy ones, are made; of larger ones, routes."""
SIZES = (150, ALL_PARTS, 15_000)
EVALUATION = "one evaluation"
ROUTE = "the cheapest route"


class Case(NamedTuple):
    """An audit to be planned for."""

    name: str
    size: int
    question: Question
    problem: Problem


def made_up(size: int) -> Case:
    """A synthetic rule set of some size."""
    made = synthetic_plan(size)
    program = compile_ruleset(made.ruleset)
    return _case(f"R = {size:,}", size, Question(program, made.audit, {}, AS_OF, PlanOptions()))


def real(folder: Path) -> Case:
    """The audit in a folder, and its rule set."""
    loaded = load_audit(folder / "audit.yaml", rule_folders())
    program = compile_ruleset(loaded.ruleset)
    states = file_states(loaded.audit, folder)
    question = Question(program, loaded.audit, states, AS_OF, PlanOptions())
    return _case(folder.name, len(program.requirements), question)


def _case(name: str, size: int, question: Question) -> Case:
    return Case(name, size, question, problem_on(question, question.start))


def rows(root: Path, clock: Clock, repetitions: int, largest: int) -> Iterator[Row]:
    """Every row of this part; rule sets of more than `largest` requirements are left out."""
    audits = sorted(each.parent for each in (root / "audits").glob("*/audit.yaml"))
    makers: list[Callable[[], Case]] = [
        *(partial(real, folder) for folder in audits),
        *(partial(made_up, size) for size in SIZES if size <= largest),
    ]
    for make in makers:
        # one at a time: the garbage collector would walk through those that are not measured
        yield from _of_case(make(), clock, repetitions)
    yield from _processes(root, audits, clock, repetitions)


def _of_case(case: Case, clock: Clock, repetitions: int) -> Iterator[Row]:
    problem = case.problem
    route = cheapest(problem)
    if route is None:
        raise RuntimeError(f"{case.name} has no route")
    budget = route.effort[1] / 2
    what: dict[str, Callable[[], object]] = {
        "evaluate": lambda: evaluate(problem.evaluation.program, problem.evaluation.facts),
        "route": lambda: cheapest(problem),
        "budget": lambda: within_budget(problem, budget),
    }
    if case.size <= ALL_PARTS:
        what |= {
            "others": lambda: list(alternatives(problem, route, 3)),
            "plan": lambda: make_plan(case.question),
            "first": lambda: first_things_first(problem),
            "pruned": lambda: pruned(problem),
        }
    # the slowest are asked for once: a minute each
    times = repetitions if case.size < ALL_PARTS else 1
    samples = interleaved({name: call(each, clock) for name, each in what.items()}, times)
    yield from _durations(case, samples)
    for name, greedy in (("first", first_things_first), ("pruned", pruned)):
        if name in samples:
            yield _dearer(case, GREEDY[name], greedy(problem), route)


GREEDY = {"first": "first things first", "pruned": "everything, then pruned"}
WHAT = {
    "route": "the cheapest route, proven",
    "budget": "the most readiness for half its effort, proven",
    "others": "three other routes",
    "plan": "whole plan (calendar, other routes, helpful answers)",
}


def _durations(case: Case, samples: dict[str, Sample]) -> Iterator[Row]:
    for name, said in WHAT.items():
        if name in samples:
            pair = (samples[name], samples["evaluate"])
            yield compared(PART, f"{case.name}: {said}", pair, EVALUATION, None)
    for name, said in GREEDY.items():
        if name in samples:
            pair = (samples[name], samples["route"])
            yield compared(PART, f"{case.name}: {said}", pair, ROUTE, None)


def _dearer(case: Case, said: str, chosen: Collection[str] | None, route: Route) -> Row:
    of_it = float(route.effort[1])
    days = float("nan") if chosen is None else float(_likely(case.problem, chosen))
    ratio = days / of_it
    what = f"{case.name}: effort, {said}"
    return Row(PART, what, days, ROUTE, of_it, ratio, ratio, 0.0, None, None, "d.")


def _processes(root: Path, audits: list[Path], clock: Clock, repetitions: int) -> Iterator[Row]:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="norm-engine-bench-") as folder:
        places = Places(root, Path(folder))
        verb = [sys.executable, "-c", PROGRAM]
        for audit in audits:
            plan = [*verb, "plan", str(audit), "--as-of", AS_OF.isoformat()]
            things = {
                "warm": process(plan, clock, places.warm),
                "cold": process(plan, clock, places.cold),
            }
            samples = interleaved(things, repetitions)
            for name, sample in samples.items():
                what = f"norm-engine plan {audit.name}, cache {name}"
                yield alone(PART, what, sample, (10_000, 2_000))
            peak = peak_memory(sys.executable, plan, places.warm())
            if peak is not None:
                size = peak / MEGABYTE
                what = f"norm-engine plan {audit.name}, peak memory"
                yield Row(PART, what, size, "–", None, size, size, 0.0, None, None, "MB")


# ---- greedy plans


def first_things_first(problem: Problem) -> frozenset[str] | None:
    """What `evaluate` says to do first, with what comes before it, again and again."""
    offered = problem.offer.moves
    filings = {move.kind: name for name, move in offered.items() if move.kind is not None}
    chosen: set[str] = set(filings.values())
    evaluation = evaluate_after(problem, chosen)
    while not is_ready(evaluation, problem.assume):
        first = first_things(evaluation, gaps(evaluation).gaps)
        new = {each.action for each in first if each.action in offered} - chosen
        if not new:
            return _open_ones(problem, chosen)
        chosen |= problem.offer.with_needs(new)
        evaluation = evaluate_after(problem, chosen)
    return frozenset(chosen)


def _open_ones(problem: Problem, chosen: set[str]) -> frozenset[str] | None:
    """Where gaps are closed and unknowns are in the way: the other moves, cheapest first."""
    left = [name for name in problem.offer.moves if name not in chosen]
    for name in sorted(left, key=lambda each: problem.offer.moves[each].effort[1]):
        chosen |= problem.offer.with_needs({name})
        if is_ready(evaluate_after(problem, chosen), problem.assume):
            return frozenset(chosen)
    return None


def pruned(problem: Problem) -> frozenset[str] | None:
    """Everything there is to do, without what the structure can be ready without, dearest first."""
    moves = problem.offer.moves
    chosen = set(moves)
    if not is_ready(evaluate_after(problem, chosen), problem.assume):
        return None
    for name in sorted(moves, key=lambda each: (-moves[each].effort[1], each)):
        fewer = chosen - _needing(problem, chosen, name)
        if is_ready(evaluate_after(problem, fewer), problem.assume):
            chosen = fewer
    return frozenset(chosen)


def _needing(problem: Problem, chosen: Collection[str], name: str) -> set[str]:
    """A move, and those of the chosen ones that cannot be done without it."""
    dropped = {name}
    for each, move in problem.offer.moves.items():
        if each in chosen and not dropped.isdisjoint(move.needs):
            dropped.add(each)
    return dropped


def _likely(problem: Problem, chosen: Collection[str]) -> Fraction:
    return effort_of(problem.offer, chosen)[1]
