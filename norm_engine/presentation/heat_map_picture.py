"""All requirements at a glance: one block a domain, one cell a requirement, tinted by status."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed
from norm_engine.model.results import EvaluationResult, RequirementResult
from norm_engine.presentation.legend import SIZE as SMALL
from norm_engine.presentation.legend import Entry, legend
from norm_engine.presentation.palette import (
    HOLLOW,
    INK,
    QUIET,
    STATUS_COLOURS,
    STATUS_TINTS,
    status_shape,
)
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.scene import (
    Group,
    Ink,
    Rectangle,
    Scene,
    Shape,
    Text,
    shortened,
    width_of,
)
from norm_engine.presentation.wording import status_said, statuses_said

_TALLEST = 560.0
_TITLE = 10.5
_HEAD = 24.0
_AFTER = 12.0
_SIGN = 6.5
_PAD = 4.0
_BESIDE = 3.0
_BETWEEN = 10.0
_UNDER_TITLE = 8.0
_RADIUS = 2.0
_EDGE = 0.7
_DASHES = (2.0, 1.5)


@dataclass(frozen=True)
class _Style:
    """How cells are set, in points; `code` tells how much of a requirement's code is shown."""

    code: str
    size: float
    height: float
    gap: float
    head: float = _HEAD
    after: float = _AFTER


# the first that fits on a page is taken
_STYLES = (
    _Style("whole", 7.5, 20, 4),
    _Style("whole", 7.5, 16, 4),
    _Style("whole", 7.5, 15, 2.5),
    _Style("number", 7.5, 14, 2.5),
    _Style("number", 7.5, 12, 2, 20, 6),
    _Style("none", 0, 10, 2, 16, 4),
)


@dataclass(frozen=True)
class _Block:
    """A domain with its requirements."""

    title: str
    requirements: tuple[RequirementResult, ...]


@dataclass(frozen=True)
class _Grid:
    """Where cells stand: so many a row, each so wide."""

    style: _Style
    columns: int
    cell: float

    def height(self, block: _Block) -> float:
        """How tall a block is."""
        rows = -(-len(block.requirements) // self.columns)
        style = self.style
        return style.head + rows * (style.height + style.gap) - style.gap + style.after


def heat_map(result: EvaluationResult, *, title: str = "", width: float = 482) -> Scene:
    """The status of every requirement, domain by domain in the order of the result.

    Recommendations are drawn with dashed outlines and counted apart. Cells become smaller where
    there are many requirements, so that the picture stays on a page.

    Args:
        title: what the picture is called; by default, what it is.
        width: in points.
    """
    blocks = _blocks(result)
    grid = _fitting(blocks, width)
    shapes: list[Shape] = []
    y = 0.0
    for block in blocks:
        shapes += _head(block, y, width, grid.style)
        shapes += _cells(block, y + grid.style.head, grid)
        y += grid.height(block)
    signs, height = legend(_entries(blocks), y + 8, width)
    said = " ".join(_said(block) for block in blocks)
    return Scene(
        width, height, (*shapes, *signs), title or _("The status of every requirement"), said
    )


def _blocks(result: EvaluationResult) -> list[_Block]:
    inside: dict[str, list[RequirementResult]] = {group.id: [] for group in result.domains}
    for each in result.requirements:
        # what belongs to no domain counts nowhere
        if each.domain in inside:
            inside[each.domain].append(each)
    return [
        _Block(group.title, tuple(inside[group.id])) for group in result.domains if inside[group.id]
    ]


def _fitting(blocks: Sequence[_Block], width: float) -> _Grid:
    """The most comfortable grid that stays on a page."""
    grids = [_grid(blocks, style, width) for style in _STYLES]
    for grid in grids:
        if sum(map(grid.height, blocks)) <= _TALLEST:
            return grid
    return grids[-1]


def _grid(blocks: Sequence[_Block], style: _Style, width: float) -> _Grid:
    codes = [_code(each, style) for block in blocks for each in block.requirements]
    widest = max((width_of(code, style.size) for code in codes), default=0.0)
    natural = _PAD * 2 + _SIGN + (_BESIDE + widest if widest else 0)
    columns = max(1, int((width + style.gap) / (natural + style.gap)))
    return _Grid(style, columns, (width + style.gap) / columns - style.gap)


def _code(requirement: RequirementResult, style: _Style) -> str:
    match style.code:
        case "whole":
            return requirement.id
        case "number":
            return requirement.id.rpartition("-")[2]
        case _:
            return ""


def _head(block: _Block, y: float, width: float, style: _Style) -> list[Shape]:
    """The title of a domain, and at the right how many of its requirements have each status."""
    base = y + style.head - _UNDER_TITLE
    counts, room = _counts(block, base, width)
    title = block.title
    if style.code == "number":
        prefixes = dict.fromkeys(each.id.rpartition("-")[0] for each in block.requirements)
        title += f" – {', '.join(prefixes)}"
    title = shortened(title, _TITLE, width - room - _BETWEEN)
    return [Text(0, base, title, _TITLE, INK, "semibold"), *counts]


def _counts(block: _Block, base: float, right: float) -> tuple[list[Shape], float]:
    counts = _counted(block)
    tally = [(_sign(status), str(n)) for status, n in counts.items()]
    recommendations = _recommendations(block)
    if recommendations:
        tally.append((_dashed, str(recommendations)))
    shapes: list[Shape] = []
    x = right
    for sign, number in reversed(tally):
        shapes.append(Text(x, base, number, SMALL, QUIET, anchor="end"))
        x -= width_of(number, SMALL) + _BESIDE + _SIGN
        shapes += sign(x, base - SMALL * 0.34)
        x -= _BETWEEN
    return shapes, right - x


def _cells(block: _Block, top: float, grid: _Grid) -> list[Shape]:
    shapes: list[Shape] = []
    for number, each in enumerate(block.requirements):
        row, column = divmod(number, grid.columns)
        x = column * (grid.cell + grid.style.gap)
        y = top + row * (grid.style.height + grid.style.gap)
        shapes.append(Group(tuple(_cell(each, x, y, grid)), _pointed(each)))
    return shapes


def _cell(each: RequirementResult, x: float, y: float, grid: _Grid) -> list[Shape]:
    style = grid.style
    code = _code(each, style)
    content = _SIGN + (_BESIDE + width_of(code, style.size) if code else 0)
    left, middle = x + (grid.cell - content) / 2, y + style.height / 2
    shapes = [_ground(each, x, y, grid.cell, style.height), *_sign(each.status)(left, middle)]
    if code:
        colour = QUIET if each.status == "not_applicable" else INK
        base = middle + style.size * 0.34
        shapes.append(Text(left + _SIGN + _BESIDE, base, code, style.size, colour))
    return shapes


def _ground(each: RequirementResult, x: float, y: float, width: float, height: float) -> Rectangle:
    """The rectangle of a cell; its outline is drawn inside of its edges."""
    tint, colour = STATUS_TINTS[each.status], STATUS_COLOURS[each.status]
    if each.level == "recommendation":
        ink = Ink(fill=tint, stroke=colour, width=_EDGE, dashes=_DASHES)
    elif each.status == "undetermined":
        ink = Ink(fill=tint, stroke=HOLLOW, width=_EDGE)
    else:
        return Rectangle(x, y, width, height, Ink(fill=tint), _RADIUS)
    inset = _EDGE / 2
    return Rectangle(x + inset, y + inset, width - _EDGE, height - _EDGE, ink, _RADIUS)


def _sign(status: str) -> Callable[[float, float], list[Shape]]:
    """The shape of a status, drawn from its left end and around a height."""
    return lambda x, y: [status_shape(status, x + _SIGN / 2, y, _SIGN)]


def _dashed(x: float, y: float) -> list[Shape]:
    ink = Ink(stroke=QUIET, width=_EDGE, dashes=_DASHES)
    return [Rectangle(x - 1, y - 3.5, _SIGN + 1, 7, ink, _RADIUS)]


def _entries(blocks: Sequence[_Block]) -> list[Entry]:
    entries = [Entry(_sign(status), _SIGN, statuses_said(status)) for status in STATUSES]
    if any(map(_recommendations, blocks)):
        entries.append(Entry(_dashed, _SIGN, _("recommendations")))
    return entries


def _pointed(each: RequirementResult) -> str:
    """What a pointer over a cell says: ``DEO-01 Cadre écrit : satisfaite``."""
    return _("{requirement} {title}: {status}").format(
        requirement=each.id, title=each.title, status=status_said(each.status)
    )


def _counted(block: _Block) -> dict[str, int]:
    """How many requirements of a domain have each status; recommendations apart."""
    found = Counter(each.status for each in block.requirements if each.level == "requirement")
    return {status: found[status] for status in STATUSES if found[status]}


def _recommendations(block: _Block) -> int:
    return sum(each.level == "recommendation" for each in block.requirements)


def _said(block: _Block) -> str:
    """A domain in words, such as ``Processus : 28 satisfaites et 4 recommandations.``."""
    parts = [
        f"{n} {status_said(status) if n == 1 else statuses_said(status)}"
        for status, n in _counted(block).items()
    ]
    number = _recommendations(block)
    if number:
        parts.append(ngettext("{n} recommendation", "{n} recommendations", number).format(n=number))
    return _("{title}: {score}.").format(title=block.title, score=listed(parts))
