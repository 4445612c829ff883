"""A scene written as SVG: valid, escaped, and readable without seeing it."""

import xml.etree.ElementTree as ET

import pytest

from norm_engine.presentation.scene import (
    Circle,
    Group,
    Ink,
    Line,
    Polygon,
    Rectangle,
    Scene,
    Text,
    shortened,
    texts,
    width_of,
    wrapped,
)
from norm_engine.presentation.svg import svg

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(\"1\")</script> & 'quotes' \x00\x0b"


def scene(*shapes, title="A title", description="What it shows"):
    return Scene(100, 50, shapes, title, description)


def parsed(picture: Scene) -> ET.Element:
    return ET.fromstring(svg(picture))


def test_a_picture_is_an_image_with_a_title_and_a_description():
    root = parsed(scene())
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 100 50"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, description.text) == ("A title", "What it shows")
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]


def test_pictures_of_one_page_have_ids_of_their_own():
    assert 'id="first-title"' in svg(scene(), key="first")
    assert 'id="second-title"' in svg(scene(), key="second")


SHAPES = [
    (
        Rectangle(1, 2, 3.456, 4, Ink(fill="#ff0000"), 5),
        "rect",
        {"x": "1", "y": "2", "width": "3.46", "height": "4", "rx": "5", "fill": "#ff0000"},
    ),
    (
        Circle(1, 2, 3, Ink(stroke="#000000", width=2)),
        "circle",
        {"cx": "1", "cy": "2", "r": "3", "fill": "none", "stroke": "#000000", "stroke-width": "2"},
    ),
    (
        Polygon(((0, 0), (1, 0), (0.5, 1)), Ink(fill="#000000")),
        "polygon",
        {"points": "0,0 1,0 0.5,1", "fill": "#000000"},
    ),
    (
        Line(((0, 0), (5, 5)), Ink(stroke="#000000", dashes=(6, 4))),
        "path",
        {
            "d": "M0 0L5 5",
            "fill": "none",
            "stroke": "#000000",
            "stroke-width": "1",
            "stroke-dasharray": "6 4",
        },
    ),
    (
        Line(((0, 0), (1, 0), (2, 5), (3, 5)), Ink(stroke="#000000"), smooth=True),
        "path",
        {"d": "M0 0C1 0 2 5 3 5", "fill": "none", "stroke": "#000000", "stroke-width": "1"},
    ),
    (
        Text(1, 2, "word", 10, "#123456", "bold", "middle"),
        "text",
        {
            "x": "1",
            "y": "2",
            "font-size": "10",
            "font-weight": "700",
            "text-anchor": "middle",
            "fill": "#123456",
        },
    ),
]


@pytest.mark.parametrize(("shape", "tag", "attributes"), SHAPES)
def test_every_shape_is_written_with_presentation_attributes(shape, tag, attributes):
    (element,) = parsed(scene(shape)).findall(f"{SVG}{tag}")
    assert element.attrib == attributes


def test_hostile_words_are_shown_as_they_stand_and_what_xml_cannot_hold_is_replaced():
    picture = scene(
        Text(0, 0, HOSTILE), Group((), title=HOSTILE), title=HOSTILE, description=HOSTILE
    )
    root = parsed(picture)
    shown = HOSTILE.replace("\x00", "\ufffd").replace("\x0b", "\ufffd")
    assert root.find(f"{SVG}text").text == shown
    assert root.find(f"{SVG}title").text == shown
    assert root.find(f".//{SVG}script") is None


def test_no_style_attribute_and_no_script_that_a_strict_page_would_refuse():
    written = svg(scene(*(shape for shape, _tag, _attributes in SHAPES)))
    assert "style=" not in written
    assert "<script" not in written


def test_a_group_may_lead_somewhere_and_its_picture_is_then_no_mere_image():
    root = parsed(scene(Group((Text(0, 0, "DEO-01"),), "Written frame", "#DEO-01")))
    link = root.find(f"{SVG}a")
    assert link.get("href") == "#DEO-01"
    assert link.find(f"{SVG}title").text == "Written frame"
    # a screen reader hides the inside of an image: the link would be lost
    assert root.get("role") == "group"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//x"]
)
def test_a_link_that_could_run_a_script_is_no_link(href):
    root = parsed(scene(Group((Text(0, 0, "DEO-01"),), href=href)))
    assert root.find(f"{SVG}a") is None
    assert root.find(f"{SVG}g") is not None


def test_the_words_of_a_scene_can_be_listed():
    picture = scene(Text(0, 0, "one"), Group((Text(0, 0, "two"), Group((Text(0, 0, "three"),)))))
    assert texts(picture) == ["one", "two", "three"]


def test_text_is_cut_at_a_word_to_fit():
    words = "Formation des médiateurs à la médiation sociale"
    cut = shortened(words, 10, 100)
    assert cut == "Formation des…"
    assert width_of(cut, 10) <= 100
    assert shortened(words, 10, 1000) == words


@pytest.mark.parametrize("room", [30, 60, 100, 200])
def test_wrapped_text_stays_inside(room):
    lines = wrapped("Anticonstitutionnellement, la fiche de poste", 10, room, 2)
    assert len(lines) <= 2
    assert all(width_of(line, 10) <= room for line in lines)
