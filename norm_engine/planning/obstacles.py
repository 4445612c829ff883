"""Where no route exists: which requirements nothing can satisfy, why, and what would open one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal as Kind

from norm_engine.engine.actions import facts_after
from norm_engine.engine.formula import Literal
from norm_engine.engine.repairs import repairs
from norm_engine.engine.truth import FALSE, TRUE, UNKNOWN
from norm_engine.model.ruleset import Action, FactReference
from norm_engine.planning.circuit import ALWAYS, HIGH, Expression, Linear, total, valued
from norm_engine.planning.moves import Limits, Offer, RuledOut
from norm_engine.planning.problem import Problem, evaluate_after
from norm_engine.planning.route_model import RouteModel
from norm_engine.planning.solver import minimise


@dataclass(frozen=True)
class Missing:
    """A thing that a requirement needs and that no move offered supplies.

    Attributes:
        ruled_out: the actions that would supply it, and why they are not offered; empty when the
            rule set has none.
        unanswered: the questions whose answers tell whether a move offered supplies it: what it
            comes to is taken from them, or compared with them.
    """

    literal: Literal
    ruled_out: tuple[tuple[str, RuledOut], ...]
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Obstacle:
    """A requirement, by its index, that no moves offered can satisfy."""

    requirement: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class Relaxed:
    """A constraint to relax: the date, a move left out, or a requirement satisfied otherwise.

    `name` is the move's or the requirement's id; empty for the date.
    """

    kind: Kind["date", "without", "requirement"]
    name: str


def obstacles(problem: Problem) -> tuple[Obstacle, ...]:
    """The requirements that no moves offered can satisfy, each looked at by itself."""
    program = problem.evaluation.program
    everything = evaluate_after(problem, problem.offer.moves)
    return tuple(
        Obstacle(index, tuple(_missing(problem, index)))
        for index in program.groups["overall"][""]
        if everything.proven.states[index].met != TRUE and not _satisfiable(problem, index)
    )


def _satisfiable(problem: Problem, requirement: int) -> bool:
    model = RouteModel(problem)
    met = model.decision.truths.met(requirement, model.decision.level, HIGH)
    model.linear.at_least(met, ALWAYS)
    return minimise(model.linear, total(())).status != "none"


def _missing(problem: Problem, requirement: int) -> Iterable[Missing]:
    evaluation = problem.evaluation
    found = repairs(evaluation, requirement)
    for literal in sorted(found.atoms):
        suppliers = _suppliers(problem, literal)
        if not any(name in problem.offer.moves for name in suppliers):
            ruled = problem.offer.ruled_out
            yield Missing(
                literal,
                tuple((name, ruled[name]) for name in suppliers),
                tuple(_unanswered(problem, literal)),
            )


def _unanswered(problem: Problem, literal: Literal) -> list[str]:
    """The questions on whose answers it depends whether a move makes something hold."""
    program, facts = problem.evaluation.program, problem.evaluation.facts
    number = program.nodes[literal[0]].number
    subjects = program.atoms[number].subjects
    found: dict[str, None] = {}
    for move in problem.offer.moves.values():
        if set(subjects).isdisjoint(move.action.sets):
            continue
        after = facts_after(program, facts, [move.action])
        if program.tests[number](after) == UNKNOWN:
            read = (_read(move.action, name) for name in subjects)
            found |= {
                name: None
                for name in read
                if name in program.question_index
                and facts.answers[program.question_index[name]] is None
            }
    return list(found)


def _read(action: Action, name: str) -> str:
    """The question that the answer to this one comes from once an action is done; '' for none."""
    value = action.sets.get(name, FactReference(answer=name))
    return str(value.answer or "") if isinstance(value, FactReference) else ""


def _suppliers(problem: Problem, literal: Literal) -> list[str]:
    """The actions and filings that make something hold, offered or not."""
    evaluation = problem.evaluation
    program, facts = evaluation.program, evaluation.facts
    node, wanted = literal
    number = program.nodes[node].number
    subjects = program.atoms[number].subjects
    moves = {name: move.action for name, move in problem.offer.moves.items() if move.kind}
    moves |= program.ruleset.actions
    return [
        name
        for name, action in moves.items()
        if any(subject in subjects for subject in (*action.sets, *action.records))
        and program.tests[number](facts_after(program, facts, [action]))
        == (TRUE if wanted else FALSE)
        and (name in problem.offer.moves or name in problem.offer.ruled_out)
    ]


def relaxations(problem: Problem, full: Offer, limits: Limits) -> Sequence[Relaxed]:
    """A smallest set of constraints, by number, whose relaxation together opens a route.

    The user's own constraints go before requirements where the number is the same. Conditions of
    the decision are not relaxed: without them anything is ready. Empty when even all of them open
    none.

    Args:
        problem: the problem that has no route.
        full: the offer without a day to be done by and with nothing left out.
        limits: what narrows the problem's own offer.
    """
    free = replace(problem, offer=full)
    indices = problem.evaluation.program.groups["overall"][""]
    model = RouteModel(free, relaxed=indices)
    model.decision.require_ready()
    switches = dict(_switches(model.linear, model.taken, problem.offer, full, limits))
    dear = len(switches) + len(indices) + 1
    terms = [(float(dear), switch) for switch in switches.values()]
    terms += [(float(dear + 1), switch) for switch in model.relaxed.values()]
    solved = minimise(model.linear, total(terms))
    if not solved.values:
        return ()
    names = [each.id for each in problem.evaluation.program.requirements]
    chosen = [each for each, switch in switches.items() if valued(switch, solved.values) > 1 / 2]
    chosen += [
        Relaxed("requirement", names[index])
        for index, switch in model.relaxed.items()
        if valued(switch, solved.values) > 1 / 2
    ]
    return chosen


def _switches(
    linear: Linear, taken: dict[str, Expression], held: Offer, full: Offer, limits: Limits
) -> Iterable[tuple[Relaxed, Expression]]:
    """A switch for the date, and one for each move left out; off, they forbid what they held."""
    late = [name for name, move in full.moves.items() if limits.by and move.earliest > limits.by]
    if late:
        switch = linear.new(integral=True)
        for name in late:
            linear.at_least(switch, taken[name])
        yield Relaxed("date", ""), switch
    for name in full.moves:
        if name in limits.without or held.ruled_out.get(name) == "dropped":
            switch = linear.new(integral=True)
            linear.at_least(switch, taken[name])
            yield Relaxed("without", name), switch
