"""The graph of requirements, for checking, drawing and finding paths; not for evaluation."""

import networkx as nx

from norm_engine.model.ruleset import RuleSet, edges


def gate_graph(ruleset: RuleSet) -> "nx.DiGraph[str]":
    """Requirements and what their status rests on: an edge goes from a gate to what it gates.

    The attribute `kind` of an edge is ``requires`` or ``met``.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sorted(each.id for each in ruleset.requirements))
    for requirement in ruleset.requirements:
        for name in edges(requirement):
            kind = "requires" if name in requirement.requires else "met"
            graph.add_edge(name, requirement.id, kind=kind)
    return graph


def gated_by(ruleset: RuleSet) -> dict[str, set[str]]:
    """The requirements that each one gates, directly or through others."""
    graph = gate_graph(ruleset)
    return {name: set(nx.descendants(graph, name)) for name in graph}
