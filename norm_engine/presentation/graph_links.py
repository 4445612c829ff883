"""The dependency graph of a rule set as plain links, and the parts of it worth drawing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Literal, NamedTuple

from norm_engine.model.ruleset import RuleSet, edges

Kind = Literal["requires", "met", "after"]


class Link(NamedTuple):
    """One requirement comes before another: as a gate, in a condition, or in the order of work."""

    before: str
    after: str
    kind: Kind


def links_of(ruleset: RuleSet, *, after: bool = True) -> list[Link]:
    """The links of a rule set; between two requirements only the strongest is kept.

    Args:
        after: also those of the order of work, which no status rests on.
    """
    found: dict[tuple[str, str], Link] = {}
    for each in ruleset.requirements:
        gates = set(each.requires)
        named: list[tuple[Kind, Iterable[str]]] = [
            ("requires", each.requires),
            ("met", (name for name in edges(each) if name not in gates)),
            ("after", each.after if after else ()),
        ]
        for kind, names in named:
            for name in names:
                found.setdefault((name, each.id), Link(name, each.id, kind))
    return list(found.values())


def without_shortcuts(links: Sequence[Link]) -> list[Link]:
    """The links but those of the order of work that other links, one after another, say already."""
    following = _following(links)
    reached = _reach(links)

    def shortcut(link: Link) -> bool:
        """Whether a link says an order that a chain of other links says too."""
        return link.kind == "after" and any(
            link.after in reached[each] for each in following[link.before] if each != link.after
        )

    return [link for link in links if not shortcut(link)]


def around(links: Sequence[Link], name: str) -> set[str]:
    """A requirement, all it rests on, what rests on it, and its neighbours in the order of work."""
    gates = [link for link in links if link.kind != "after"]
    turned = [Link(link.after, link.before, link.kind) for link in gates]
    beside = {link.before for link in links if link.after == name}
    beside |= {link.after for link in links if link.before == name}
    return {name, *_reach(gates)[name], *_reach(turned)[name], *beside}


def layers(names: Collection[str], links: Sequence[Link]) -> dict[str, int]:
    """The column of each requirement: one more than the furthest of those before it.

    What nothing comes before is moved next to the first that comes after it: shorter lines.
    """
    before: dict[str, list[str]] = {name: [] for name in names}
    for link in links:
        before[link.after].append(link.before)
    layer: dict[str, int] = {}
    for name in TopologicalSorter(before).static_order():
        layer[name] = max((layer[each] + 1 for each in before[name]), default=0)
    following = _following(links)
    for name in names:
        if not before[name] and following[name]:
            layer[name] = min(layer[each] for each in following[name]) - 1
    return layer


def _following(links: Iterable[Link]) -> Mapping[str, list[str]]:
    following: dict[str, list[str]] = defaultdict(list)
    for link in links:
        following[link.before].append(link.after)
    return following


def _reach(links: Sequence[Link]) -> Mapping[str, set[str]]:
    """What comes after each requirement, near or far."""
    following = _following(links)
    reached: dict[str, set[str]] = defaultdict(set)
    for name in reversed(list(TopologicalSorter(_turned(following)).static_order())):
        for each in following[name]:
            reached[name] |= {each} | reached[each]
    return reached


def _turned(following: Mapping[str, list[str]]) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = {name: [] for name in following}
    for name, those in following.items():
        for each in those:
            turned.setdefault(each, []).append(name)
    return turned


def chosen(links: Sequence[Link], keep: Callable[[str], bool]) -> list[Link]:
    """The links whose both ends are kept."""
    return [link for link in links if keep(link.before) and keep(link.after)]
