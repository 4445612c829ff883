"""The structure of a document: what a screen reader reads, apart from where it stands on pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Content:
    """A marked sequence of a page's content."""

    page: int
    mark: int


@dataclass(frozen=True)
class Area:
    """A link's area on a page: the annotation of that number in the page's list."""

    page: int
    number: int


@dataclass(eq=False)
class Node:
    """An element of the structure tree (ISO 32000-1, 14.7.2).

    `attributes` are ``alt``, ``actual`` (text in place of the content), ``language``, ``scope``,
    ``list``, ``box``, ``id``, ``headers``, ``column_span``, ``summary``.
    """

    tag: str
    attributes: dict[str, object] = field(default_factory=dict)
    kids: "list[Node | Content | Area]" = field(default_factory=list)

    def add(self, tag: str, **attributes: object) -> "Node":
        """A new element inside of this one, after those already there."""
        made = Node(tag, {key: value for key, value in attributes.items() if value})
        self.kids.append(made)
        return made


@dataclass(frozen=True)
class Annotation:
    """A link on a page: its rectangle, where it leads (``#anchor`` or an address), its words."""

    box: tuple[float, float, float, float]
    target: str
    words: str
    node: Node


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline: its depth from 0, its words, and where it leads."""

    depth: int
    words: str
    anchor: str


@dataclass(frozen=True)
class Place:
    """Where an anchor stands: a page, and a height on it in points from the bottom."""

    page: int
    top: float


def is_empty(node: Node) -> bool:
    """Whether nothing on any page belongs to a node; a table's cell stays, to fill its row."""
    if node.tag in ("TD", "TH"):
        return False
    kids: Sequence[Node | Content | Area] = node.kids
    return all(isinstance(each, Node) and is_empty(each) for each in kids)
