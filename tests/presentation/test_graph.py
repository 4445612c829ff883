"""The dependency graph: what is drawn, where, and that nothing runs over anything else."""

import itertools
import xml.etree.ElementTree as ET

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.graph_layout import Measures, laid_out, spread
from norm_engine.presentation.graph_links import (
    Link,
    around,
    layers,
    links_of,
    without_shortcuts,
)
from norm_engine.presentation.graph_picture import graph_scene, shown_links
from norm_engine.presentation.scene import Group, Line, Scene, texts
from norm_engine.presentation.svg import svg
from tests.support.small_rules import requirement, rules

DOMAINS = [{"id": "d1", "title": "Ethics"}, {"id": "d2", "title": "Process"}]
RULES = rules(
    requirement("DEO-01", "a", title="Written frame"),
    requirement("DEO-02", "b", title="Signed by each mediator", requires=["DEO-01"]),
    requirement("DEO-03", {"id": "c", "text": "…", "when": {"met": "DEO-02"}}, title="Third"),
    requirement("PRO-01", "d", title="Diagnosis", domain="d2", after=["DEO-01", "DEO-02"]),
    requirement("PRO-02", "e", title="Alone", domain="d2"),
    requirement("PRO-03", "f", title="Last <of> all", domain="d2", requires=["DEO-03"]),
    domains=DOMAINS,
)


def after(*pairs: str) -> list[Link]:
    """Links of the order of work, written ``ab``: a comes before b."""
    return [Link(pair[0], pair[1], "after") for pair in pairs]


def names(links: list[Link]) -> list[str]:
    return [f"{link.before}{link.after}" for link in links]


def drawn(**asked) -> Scene:
    with speaking("en"):
        return graph_scene(RULES, **asked)


def ids(picture: Scene) -> set[str]:
    known = {each.id for each in RULES.requirements}
    return known.intersection(texts(picture))


def test_links_are_gates_conditions_and_the_order_of_work():
    assert links_of(RULES) == [
        Link("DEO-01", "DEO-02", "requires"),
        Link("DEO-02", "DEO-03", "met"),
        Link("DEO-01", "PRO-01", "after"),
        Link("DEO-02", "PRO-01", "after"),
        Link("DEO-03", "PRO-03", "requires"),
    ]


REDUCED = [
    # links, those that say something of their own
    ("ab bc ac", "ab bc"),
    ("ab bc cd ad", "ab bc cd"),
    ("ab ac bd cd", "ab ac bd cd"),
    ("ab", "ab"),
]


@pytest.mark.parametrize(("given", "kept"), REDUCED)
def test_the_order_of_work_is_drawn_without_shortcuts(given, kept):
    assert names(without_shortcuts(after(*given.split()))) == kept.split()


def test_a_gate_is_drawn_even_where_a_longer_way_leads_to_the_same():
    links = [*after("ab", "bc"), Link("a", "c", "requires")]
    assert without_shortcuts(links) == links


def test_around_a_requirement_is_all_it_rests_on_and_what_rests_on_it():
    gates = [Link(*pair, "requires") for pair in ("ab", "bc", "cd", "xd")]
    assert around([*gates, *after("cy", "yz")], "c") == {"a", "b", "c", "d", "y"}


def test_columns_follow_the_longest_way_and_beginnings_stand_near_what_follows():
    assert layers("abcdx", after("ab", "bc", "ac", "cd", "xd")) == {
        "a": 0,
        "b": 1,
        "c": 2,
        "d": 3,
        "x": 2,
    }


def test_every_requirement_is_drawn_with_its_id_and_title():
    words = texts(drawn())
    assert ids(drawn()) == {each.id for each in RULES.requirements}
    assert "Written frame" in words
    assert "Ethics" in words


ASKED = [
    ({}, {"DEO-01", "DEO-02", "DEO-03", "PRO-01", "PRO-02", "PRO-03"}),
    # the gate across domains comes along; the order of work across them does not
    ({"domain": "d1"}, {"DEO-01", "DEO-02", "DEO-03", "PRO-03"}),
    ({"domain": "d2"}, {"PRO-01", "PRO-02", "PRO-03", "DEO-03"}),
    ({"requirement": "DEO-03"}, {"DEO-01", "DEO-02", "DEO-03", "PRO-03"}),
    ({"requirement": "DEO-01"}, {"DEO-01", "DEO-02", "DEO-03", "PRO-01", "PRO-03"}),
    ({"requirement": "PRO-01", "after": False}, {"PRO-01"}),
    ({"requirement": "PRO-02"}, {"PRO-02"}),
]


@pytest.mark.parametrize(("asked", "expected"), ASKED)
def test_a_part_of_the_graph_can_be_asked_for(asked, expected):
    assert ids(drawn(**asked)) == expected
    shown, _links = shown_links(RULES, **asked)
    assert {each.id for each in shown} == expected


def test_conditions_are_dashed_and_the_legend_names_the_kinds_drawn():
    lines = [shape for shape in drawn().shapes if isinstance(shape, Line)]
    assert any(line.ink.dashes for line in lines)
    assert "A stands in a condition of B" in texts(drawn())
    assert "A stands in a condition of B" not in texts(drawn(requirement="PRO-02"))


def test_domains_differ_by_letter_and_shape_as_well_as_colour():
    cards = [shape for shape in drawn().shapes if isinstance(shape, Group)]
    signs = {(type(card.shapes[1]).__name__, card.shapes[2].words) for card in cards}
    assert signs == {("Circle", "E"), ("Rectangle", "P")}


def test_domains_with_the_same_first_letter_are_numbered():
    twins = rules(
        requirement("DEO-01", "a"),
        requirement("PRO-01", "b", domain="d2"),
        domains=[{"id": "d1", "title": "Ethics"}, {"id": "d2", "title": "Evaluation"}],
    )
    with speaking("en"):
        assert {"1", "2"} <= set(texts(graph_scene(twins)))


def test_the_description_says_the_graph_in_words():
    description = drawn(after=False).description
    assert "6 requirements." in description
    assert "DEO-01 → DEO-02" in description


def test_the_picture_is_valid_svg_and_cards_may_be_links():
    picture = drawn(href=lambda name: f"#{name}")
    root = ET.fromstring(svg(picture))
    links = [each.get("href") for each in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links == [f"#{each.id}" for each in RULES.requirements]


def test_the_same_rules_give_the_same_picture():
    assert svg(drawn()) == svg(drawn())


def large_graph() -> tuple[dict[str, str], list[Link]]:
    """A graph of 156 nodes in four lanes, each after up to two earlier ones."""
    nodes = [f"N-{number}" for number in range(156)]
    lane_of = {name: f"lane{number % 4}" for number, name in enumerate(nodes)}
    pairs = {(number * 7919 % number, number) for number in range(1, 156) if number % 5} | {
        (number // 2, number) for number in range(2, 156) if number % 5
    }
    return lane_of, [Link(nodes[a], nodes[b], "after") for a, b in sorted(pairs) if a != b]


def test_no_card_runs_over_another_and_each_stays_in_its_lane():
    sizes = Measures()
    lane_of, links = large_graph()
    layout = laid_out(lane_of, [f"lane{n}" for n in range(4)], links, sizes)
    assert set(layout.cards) == set(lane_of)
    for (_first, (x, y)), (_second, (u, v)) in itertools.combinations(layout.cards.items(), 2):
        assert abs(x - u) >= sizes.card_width or abs(y - v) >= sizes.card_height
    lanes = {lane.name: lane for lane in layout.lanes}
    for name, (x, y) in layout.cards.items():
        lane = lanes[lane_of[name]]
        assert lane.top <= y <= lane.top + lane.height - sizes.card_height
        assert 0 <= x <= layout.width - sizes.card_width


def test_lines_lead_from_the_left_to_the_right_and_pass_between_cards():
    sizes = Measures()
    lane_of, links = large_graph()
    layout = laid_out(lane_of, [f"lane{n}" for n in range(4)], links, sizes)
    corners = sorted(layout.cards.values())
    for course in layout.courses.values():
        knots = course[::3]
        assert all(a[0] < b[0] for a, b in itertools.pairwise(knots))
        # where a line is level it passes a column
        for (x, y), (u, v) in itertools.pairwise(knots):
            if y == v and u - x == sizes.card_width:
                assert not any(cx == x and cy < y < cy + sizes.card_height for cx, cy in corners)


SPREAD = [
    # wished middles, rooms, where they come to stand between 0 and 100
    ([50], [10], [50]),
    ([50, 50], [10, 10], [45, 55]),
    ([0, 0], [10, 10], [5, 15]),
    ([100, 100], [10, 10], [85, 95]),
    ([20, 80], [10, 10], [20, 80]),
    ([80, 20], [10, 10], [45, 55]),
    ([], [], []),
]


@pytest.mark.parametrize(("wished", "rooms", "found"), SPREAD)
def test_neighbours_share_the_room_that_they_wish_for(wished, rooms, found):
    assert spread(wished, rooms, 0, 100) == found
