"""What waits for itself: circles of gates, of the order of work, and of actions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.ruleset import RuleSet, edges

Place = tuple[str, KeyPath]
"""A file and a path in it."""


def circle_problems(ruleset: RuleSet, places: Mapping[str, Place]) -> Iterator[Problem]:
    """Circles of gates, of the order of work, and of actions, each shown."""
    where = {each.id: places[str(i)] for i, each in enumerate(ruleset.requirements)}
    gates = {each.id: set(edges(each)) for each in ruleset.requirements}
    for circle in circles_in(gates):
        yield _circle_problem(circle, *where[circle[0]])
    # those of the order of work that are none of gates alone: `circles_in` has cut the gates'
    order = {each.id: gates[each.id] | set(each.after) for each in ruleset.requirements}
    for circle in circles_in(order):
        yield _circle_problem(circle, *where[circle[0]])
    file, path = places["actions"]
    for circle in circles_in({name: set(each.after) for name, each in ruleset.actions.items()}):
        yield _circle_problem(circle, file, (*path, circle[0], "after"))


def circles_in(graph: dict[str, set[str]]) -> Iterator[list[str]]:
    """Circles of a graph, one after another, each cut open in `graph` by a link of its own."""
    for _turn in range(limits.MAX_PROBLEMS):
        circle = circle_in(graph)
        if not circle:
            return
        yield circle
        graph[circle[0]].discard(circle[1])


def _circle_problem(circle: Sequence[str], file: str, path: KeyPath) -> Problem:
    return Problem(
        file,
        _("These wait for one another in a circle: {circle}.").format(circle=" → ".join(circle)),
        _("Remove one of these links."),
        path,
    )


def circle_in(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """A circle in a graph given by what each node waits for, closed on its first node; or []."""
    known = {node: sorted(set(on) & set(graph)) for node, on in graph.items()}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return list(reversed(nodes))
    return []
