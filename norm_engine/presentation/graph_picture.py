"""The dependency graph of a rule set as a picture."""

from collections.abc import Callable, Sequence

from norm_engine.language import _, mark, ngettext
from norm_engine.model.ruleset import Requirement, RuleSet
from norm_engine.presentation.graph_layout import Lane, Layout, Measures, laid_out
from norm_engine.presentation.graph_links import (
    Kind,
    Link,
    around,
    chosen,
    links_of,
    without_shortcuts,
)
from norm_engine.presentation.palette import (
    DOMAINS,
    INK,
    LIGHT_LINK,
    PAPER,
    QUIET,
    RAISED,
    STRONG_LINK,
)
from norm_engine.presentation.scene import (
    Circle,
    Group,
    Ink,
    Line,
    Point,
    Polygon,
    Rectangle,
    Scene,
    Shape,
    Text,
    diamond,
    width_of,
    wrapped,
)
from norm_engine.presentation.values import words_of

_SIZES = Measures()
_SIZE = 11.5
_LEADING = 13.0
_INKS: dict[Kind, Ink] = {
    "requires": Ink(stroke=STRONG_LINK, width=1.7),
    "met": Ink(stroke=STRONG_LINK, width=1.5, dashes=(6, 4)),
    "after": Ink(stroke=LIGHT_LINK, width=0.9),
}
_KINDS: dict[Kind, str] = {
    "requires": mark("is a gate for"),
    "met": mark("stands in a condition of"),
    "after": mark("comes, in the order of work, before"),
}


def graph_scene(
    ruleset: RuleSet,
    *,
    domain: str | None = None,
    requirement: str | None = None,
    after: bool = True,
    href: Callable[[str], str] | None = None,
) -> Scene:
    """The dependency graph of a rule set, from the left to the right, one lane for each domain.

    Args:
        domain: only the requirements of this domain, and the gates that tie them to others.
        requirement: only this one, all it rests on, what rests on it and its neighbours in the
            order of work.
        after: also draw the order of work, without what other links say already.
        href: where the card of a requirement leads to.
    """
    shown, links = shown_links(ruleset, domain=domain, requirement=requirement, after=after)
    lanes = [each.id for each in ruleset.head.domains]
    lane_of = {each.id: each.domain for each in shown}
    layout = laid_out(lane_of, lanes, links, _SIZES)
    signs = {name: _Sign(ruleset, number) for number, name in enumerate(lanes)}
    legend, width, height = _legend(
        [signs[lane.name] for lane in layout.lanes], links, layout.height
    )
    width = max(layout.width, width)
    shapes: list[Shape] = [Rectangle(0, 0, width, height, Ink(fill=PAPER))]
    for lane in layout.lanes:
        shapes += _strip(lane, signs[lane.name], width)
    # strong lines over light ones
    for link in sorted(links, key=lambda each: each.kind != "after"):
        shapes += _arrow(layout.courses[link], link.kind)
    for each in shown:
        card = _card(each, ruleset, layout, signs[each.domain], each.id == requirement)
        title = f"{each.id} – {words_of(each.title, ruleset)}"
        shapes.append(Group(tuple(card), title, href(each.id) if href else ""))
    title = _title(ruleset, domain, requirement)
    return Scene(width, height, (*shapes, *legend), title, _description(shown, links))


def shown_links(
    ruleset: RuleSet,
    *,
    domain: str | None = None,
    requirement: str | None = None,
    after: bool = True,
) -> tuple[list[Requirement], list[Link]]:
    """What `graph_scene` draws, for the table that stands beside it."""
    links = links_of(ruleset, after=after)
    if requirement is not None:
        names = around(links, requirement)
        links = chosen(links, names.__contains__)
        # of the order of work only what touches it: the rest is not about this requirement
        links = [x for x in links if x.kind != "after" or requirement in (x.before, x.after)]
    else:
        links = without_shortcuts(links)
        names = {each.id for each in ruleset.requirements}
        if domain is not None:
            links, names = _of_domain(ruleset, links, domain)
    return [each for each in ruleset.requirements if each.id in names], links


def _of_domain(ruleset: RuleSet, links: Sequence[Link], domain: str) -> tuple[list[Link], set[str]]:
    inside = {each.id for each in ruleset.requirements if each.domain == domain}
    kept = [
        link
        for link in links
        if (link.before in inside and link.after in inside)
        or (link.kind != "after" and (link.before in inside or link.after in inside))
    ]
    return kept, inside | {name for link in kept for name in (link.before, link.after)}


def _title(ruleset: RuleSet, domain: str | None, requirement: str | None) -> str:
    whole = words_of(ruleset.head.title, ruleset)
    if requirement is not None:
        return _("{title}: what {requirement} rests on").format(
            title=whole, requirement=requirement
        )
    if domain is not None:
        named = next(each.title for each in ruleset.head.domains if each.id == domain)
        whole = f"{whole} – {words_of(named, ruleset)}"
    return _("{title}: dependencies between requirements").format(title=whole)


def _description(shown: Sequence[Requirement], links: Sequence[Link]) -> str:
    number = len(shown)
    said = ngettext("{count} requirement.", "{count} requirements.", number).format(count=number)
    for kind, words in _KINDS.items():
        pairs = [f"{link.before} → {link.after}" for link in links if link.kind == kind]
        if pairs:
            listed = _("{link} ({n}): {pairs}.").format(
                link=_(words).capitalize(), n=len(pairs), pairs=", ".join(pairs)
            )
            said += f" {listed}"
    return said


class _Sign:
    """How a domain is told from others: a colour, a shape and its letter."""

    def __init__(self, ruleset: RuleSet, number: int) -> None:
        self.title = words_of(ruleset.head.domains[number].title, ruleset)
        titles = [words_of(each.title, ruleset) for each in ruleset.head.domains]
        first = self.title[:1].upper()
        alone = sum(each[:1].upper() == first for each in titles) == 1
        self.letter = first if alone else str(number + 1)
        self.colour = DOMAINS[number % len(DOMAINS)]
        self.number = number

    def drawn(self, x: float, y: float, size: float = 10) -> list[Shape]:
        """The sign around (x, y)."""
        ink = Ink(fill=self.colour)
        letter = Text(x, y + size * 0.42, self.letter, size * 1.15, PAPER, "bold", "middle")
        return [_OUTLINES[self.number % len(_OUTLINES)](x, y, size, ink), letter]


def _square(x: float, y: float, size: float, ink: Ink) -> Shape:
    side = size * 0.92
    return Rectangle(x - side, y - side, side * 2, side * 2, ink, 2)


def _diamond(x: float, y: float, size: float, ink: Ink) -> Shape:
    return diamond(x, y, size * 1.25, ink)


def _hexagon(x: float, y: float, size: float, ink: Ink) -> Shape:
    far, half, high = size * 1.18, size * 0.6, size
    left = ((x - far, y), (x - half, y - high))
    right = ((x + half, y - high), (x + far, y), (x + half, y + high))
    return Polygon((*left, *right, (x - half, y + high)), ink)


_OUTLINES: tuple[Callable[[float, float, float, Ink], Shape], ...] = (
    Circle,
    _square,
    _diamond,
    _hexagon,
)


def _strip(lane: Lane, sign: _Sign, width: float) -> list[Shape]:
    left = _SIZES.margin
    return [
        Rectangle(left, lane.top, width - left * 2, lane.height, Ink(fill=RAISED), 6),
        Rectangle(left, lane.top, 4, lane.height, Ink(fill=sign.colour), 2),
        Text(left * 2, lane.top + 20, sign.title, 13, sign.colour, "bold"),
    ]


def _card(
    each: Requirement, ruleset: RuleSet, layout: Layout, sign: _Sign, focus: bool
) -> list[Shape]:
    x, y = layout.cards[each.id]
    width, height = _SIZES.card_width, _SIZES.card_height
    edge = Ink(fill=PAPER, stroke=sign.colour, width=2.6 if focus else 1)
    shapes: list[Shape] = [Rectangle(x, y, width, height, edge, 5)]
    shapes += sign.drawn(x + 20, y + height / 2)
    left, room = x + 38, width - 46
    # the first line of the title stands beside the id, the others under it
    beside = width_of(each.id, _SIZE) + 5
    first, others = _lines(words_of(each.title, ruleset), room - beside, room)
    base = y + height / 2 + 4 - len(others) * _LEADING / 2
    shapes.append(Text(left, base, each.id, _SIZE, sign.colour, "bold"))
    shapes.append(Text(left + beside, base, first, _SIZE, INK))
    for row, words in enumerate(others, 1):
        shapes.append(Text(left, base + row * _LEADING, words, _SIZE, INK))
    return shapes


def _lines(words: str, first: float, room: float) -> tuple[str, list[str]]:
    """The first line of a title, in less room, and at most two more."""
    if width_of(words, _SIZE) <= first:
        return words, []
    start = wrapped(words, _SIZE, first, 99)[0]
    if start.endswith("…"):
        # a word too long to stand beside the id
        return "", wrapped(words, _SIZE, room, 2)
    return start, wrapped(words[len(start) :].strip(), _SIZE, room, 2)


def _arrow(course: tuple[Point, ...], kind: Kind) -> list[Shape]:
    ink = _INKS[kind]
    length, half = (5.0, 2.6) if kind == "after" else (8.0, 4.0)
    x, y = course[-1]
    # the line stops inside the arrow head
    line = Line((*course[:-1], (x - length / 2, y)), ink, smooth=True)
    head = ((x, y), (x - length, y - half), (x - length, y + half))
    return [line, Polygon(head, Ink(fill=ink.stroke))]


def _legend(
    signs: Sequence[_Sign], links: Sequence[Link], top: float
) -> tuple[list[Shape], float, float]:
    """The legend, and where it ends to the right and below."""
    x, y = _SIZES.margin + 12, top + 14
    shapes: list[Shape] = []
    for sign in signs:
        shapes += [*sign.drawn(x, y), Text(x + 18, y + 4, sign.title, 12, INK)]
        x += 18 + width_of(sign.title, 12) + 32
    width = x
    kinds = [kind for kind in _INKS if any(link.kind == kind for link in links)]
    for number, kind in enumerate(kinds):
        row = y + 28 + number * 20
        left = _SIZES.margin
        straight = ((left, row), (left + 16, row), (left + 32, row), (left + 48, row))
        words = _("{first} {link} {second}").format(first="A", link=_(_KINDS[kind]), second="B")
        shapes += [*_arrow(straight, kind), Text(left + 60, row + 4, words, 12, QUIET)]
        width = max(width, left + 60 + width_of(words, 12) + _SIZES.margin)
    return shapes, width, y + 20 + len(kinds) * 20 + _SIZES.margin
