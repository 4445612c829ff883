"""A picture as data: shapes, text, a title and a description; writers draw it as SVG or PDF.

Lengths are in points, from the top left corner. A scene never says which library draws it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Weight = Literal["regular", "semibold", "bold"]


@dataclass(frozen=True)
class Ink:
    """How a shape is painted: colours as ``#rrggbb``, None for none; dashes on and off."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 1
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Rectangle:
    """A rectangle, with its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    radius: float = 0


@dataclass(frozen=True)
class Line:
    """A line through two points or more, or a smooth one.

    When `smooth`, the points are a start, then for each cubic Bézier curve two control points and
    an end.
    """

    points: tuple[Point, ...]
    ink: Ink
    smooth: bool = False


@dataclass(frozen=True)
class Polygon:
    """A closed shape."""

    points: tuple[Point, ...]
    ink: Ink


@dataclass(frozen=True)
class Circle:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    ink: Ink


@dataclass(frozen=True)
class Text:
    """One line of text whose base line starts, is centred or ends at (x, y)."""

    x: float
    y: float
    words: str
    size: float = 12
    colour: str = "#000000"
    weight: Weight = "regular"
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Group:
    """Shapes that belong together, with what a pointer over them says and where they lead."""

    shapes: tuple["Shape", ...]
    title: str = ""
    href: str = ""


def diamond(x: float, y: float, half: float, ink: Ink) -> Polygon:
    """A square on its corner around (x, y), which reaches `half` to each of its four sides."""
    return Polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), ink)


Shape = Rectangle | Line | Polygon | Circle | Text | Group


@dataclass(frozen=True)
class Scene:
    """A picture; `title` names it, `description` says in words what it shows."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str


def texts(scene: Scene) -> list[str]:
    """The words of a scene in the order in which they are drawn."""
    return [shape.words for shape in flat(scene.shapes) if isinstance(shape, Text)]


def flat(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """Shapes in the order in which they are drawn; of a group, what stands in it."""
    for shape in shapes:
        if isinstance(shape, Group):
            yield from flat(shape.shapes)
        else:
            yield shape


# widths of Source Sans 3 in hundredths of the size, in its bold, so that no weight is wider
_WIDTHS = {
    20: " \u00a0\u202f",
    28: "ijl|îï",
    32: "!',-./:;I\\’`",
    38: "()[]f{}•rt*s",
    48: "?_cz«»ç–",
    52: '"#$+0123456789<=>FJLY^aegvxy~“”éèàêëâù',
    58: "AESTVXZbdhknopquôöûüÉÈÊÀBCKPRÇ",
    68: "DG&HNOQUÎÔ",
    84: "Mw%mWœ—",
    96: "…@Œ",
}
_WIDTH_OF = {character: width for width, those in _WIDTHS.items() for character in those}
_UNKNOWN_WIDTH = 62


def width_of(words: str, size: float) -> float:
    """About how wide a line of text is; rather too wide than too narrow."""
    return sum(_WIDTH_OF.get(each, _UNKNOWN_WIDTH) for each in words) * size / 100


def shortened(words: str, size: float, room: float) -> str:
    """`words` if they fit into `room`, else as many as fit and an ellipsis."""
    if width_of(words, size) <= room:
        return words
    used, taken = width_of("…", size), 0
    for each in words:
        used += width_of(each, size)
        if used > room:
            break
        taken += 1
    kept = words[:taken]
    at_space = kept.rpartition(" ")[0]
    return f"{(at_space if len(at_space) > len(kept) * 0.6 else kept).rstrip(' ,;:')}…"


def wrapped(words: str, size: float, room: float, lines: int) -> list[str]:
    """`words` on at most so many lines of width `room`; what does not fit is cut short."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines - 1:
        taken = 1
        while taken < len(rest) and width_of(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        found.append(shortened(" ".join(rest[:taken]), size, room))
        rest = rest[taken:]
    return [*found, shortened(" ".join(rest), size, room)] if rest else found
