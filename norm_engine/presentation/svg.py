"""Writes a scene as SVG: presentation attributes only, so that a strict page policy allows it."""

import re
from html import escape

from norm_engine.presentation.scene import (
    Circle,
    Group,
    Ink,
    Line,
    Polygon,
    Rectangle,
    Scene,
    Shape,
    Text,
)

FONTS = "'Source Sans 3', sans-serif"
_WEIGHTS = {"regular": "400", "semibold": "600", "bold": "700"}
_ANCHORS = {"start": "", "middle": "middle", "end": "end"}
# a reference inside the page, or a page: never a script
_SAFE_LINK = re.compile(r"^(#|/(?!/)|https?://)", re.IGNORECASE)
# what XML 1.0 cannot hold, even escaped
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(scene: Scene, *, key: str = "picture") -> str:
    """The SVG of a scene, to stand in a page or in a file of its own.

    Args:
        key: starts the ids inside; each picture of a page needs its own.
    """
    body = "\n".join(_shape(each) for each in scene.shapes)
    # the parts of an image are hidden from screen readers; links must not be
    role = "group" if any(_has_link(each) for each in scene.shapes) else "img"
    head = _tag(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(scene.width)} {_number(scene.height)}",
        width=_number(scene.width),
        height=_number(scene.height),
        role=role,
        aria_labelledby=f"{key}-title {key}-desc",
        font_family=FONTS,
    )
    return (
        f'{head}\n<title id="{_escaped(key)}-title">{_escaped(scene.title)}</title>\n'
        f'<desc id="{_escaped(key)}-desc">{_escaped(scene.description)}</desc>\n{body}\n</svg>\n'
    )


def _has_link(shape: Shape) -> bool:
    return isinstance(shape, Group) and (
        bool(_SAFE_LINK.match(shape.href)) or any(_has_link(each) for each in shape.shapes)
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Rectangle():
            return _rectangle(shape)
        case Line():
            return _tag("path", "/", d=_course(shape), **_painted(shape.ink))
        case Polygon():
            return _tag("polygon", "/", points=_points(shape.points), **_painted(shape.ink))
        case Circle(x=x, y=y, radius=r, ink=ink):
            at = {"cx": _number(x), "cy": _number(y), "r": _number(r)}
            return _tag("circle", "/", **at, **_painted(ink))
        case Text():
            return _text(shape)
        case Group():
            return _group(shape)


def _rectangle(shape: Rectangle) -> str:
    return _tag(
        "rect",
        "/",
        x=_number(shape.x),
        y=_number(shape.y),
        width=_number(shape.width),
        height=_number(shape.height),
        rx=_number(shape.radius) if shape.radius else "",
        **_painted(shape.ink),
    )


def _text(shape: Text) -> str:
    opened = _tag(
        "text",
        x=_number(shape.x),
        y=_number(shape.y),
        font_size=_number(shape.size),
        font_weight=_WEIGHTS[shape.weight] if shape.weight != "regular" else "",
        text_anchor=_ANCHORS[shape.anchor],
        fill=shape.colour,
    )
    return f"{opened}{_escaped(shape.words)}</text>"


def _group(shape: Group) -> str:
    inside = "\n".join(_shape(each) for each in shape.shapes)
    title = f"<title>{_escaped(shape.title)}</title>" if shape.title else ""
    if _SAFE_LINK.match(shape.href):
        return f"{_tag('a', href=shape.href)}{title}{inside}</a>"
    return f"<g>{title}{inside}</g>"


def _course(line: Line) -> str:
    first, *rest = [f"{_number(x)} {_number(y)}" for x, y in line.points]
    return f"M{first}{'C' if line.smooth else 'L'}{' '.join(rest)}"


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _painted(ink: Ink) -> dict[str, str]:
    painted = {"fill": ink.fill or "none"}
    if ink.stroke:
        painted |= {"stroke": ink.stroke, "stroke_width": _number(ink.width)}
    if ink.dashes:
        painted["stroke_dasharray"] = " ".join(_number(each) for each in ink.dashes)
    return painted


def _tag(name: str, end: str = "", **attributes: str) -> str:
    written = [
        f' {key.replace("_", "-")}="{_escaped(value)}"'
        for key, value in attributes.items()
        if value
    ]
    return f"<{name}{''.join(written)}{end}>"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _escaped(words: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", words))
