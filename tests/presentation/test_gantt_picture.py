"""The picture of a plan over time: bars stand at their days, all is inside, and words say it."""

import datetime
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from norm_engine.language import speaking
from norm_engine.presentation import palette
from norm_engine.presentation.gantt_picture import gantt, gantt_pages
from norm_engine.presentation.scene import (
    Group,
    Line,
    Polygon,
    Rectangle,
    Scene,
    Shape,
    Text,
    flat,
    texts,
    width_of,
)
from norm_engine.presentation.svg import svg
from tests.support.small_plan import empty_plan, hostile_plan, large_plan, small_plan

WIDTH = 520
PLANS = {
    "small": small_plan(),
    "five in a month": large_plan(5, 1),
    "thirty in a year": large_plan(30, 14),
    "eighty in four years": large_plan(80, 48),
    "a long way off": large_plan(4, 1200),
    "hostile": hostile_plan(),
    "nothing": empty_plan(),
}


def rows(picture: Scene) -> list[Group]:
    return [each for each in picture.shapes if isinstance(each, Group)]


def bar(row: Group) -> Rectangle:
    return next(
        each
        for each in row.shapes
        if isinstance(each, Rectangle) and each.ink.fill in (palette.ACCENT, palette.POSSIBLE)
    )


def points(shape: Shape) -> list[tuple[float, float]]:
    match shape:
        case Rectangle(x, y, width, height):
            return [(x, y), (x + width, y + height)]
        case Line(found) | Polygon(found):
            return list(found)
        case Text(x, y, words, size, anchor=anchor):
            wide = width_of(words, size)
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            return [(left, y - size * 0.75), (left + wide, y)]
    raise AssertionError(shape)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("width", [360, WIDTH])
def test_all_is_inside_and_can_be_read(name, width):
    picture = gantt(PLANS[name], width)
    for each in flat(picture.shapes):
        for x, y in points(each):
            assert -0.01 <= x <= picture.width + 0.01, each
            assert -0.01 <= y <= picture.height + 0.01, each
        if isinstance(each, Text):
            assert each.size >= 7
    ET.fromstring(svg(picture))


def test_steps_stand_under_their_workshop_with_their_numbers_in_the_order_of_their_starts():
    shown = texts(gantt(small_plan()))
    start = shown.index("Poser le cadre")
    assert [each.split(".")[0] for each in (row.title for row in rows(gantt(small_plan())))] == [
        *("1", "3", "7"),
        *("2", "6", "9"),
        *("4", "5", "8", "10"),
        *("11", "12"),
    ]
    assert shown[start : start + 2] == ["Poser le cadre", "15/01/2027"]


def test_a_bar_begins_with_its_first_day_and_ends_with_its_last():
    # titles are long: labels have 52 % of 520 points. From 1 September 2026 to 30 April 2027 there
    # are 242 days over what is left but for 2 points: 247.6
    first = rows(gantt(small_plan(), WIDTH))[0]
    drawn = bar(first)
    edge = drawn.ink.width / 2
    assert drawn.x - edge == pytest.approx(270.4 + 247.6 * 13 / 242)
    # 14 December is the 105th day
    assert drawn.x + drawn.width + edge == pytest.approx(270.4 + 247.6 * 105 / 242)


def test_the_critical_path_is_told_by_colour_and_by_height():
    plan = small_plan()
    critical = {step.title for step in plan.steps if step.critical}
    heights = {True: set(), False: set()}
    for row in rows(gantt(plan)):
        on_path = any(title in row.title for title in critical)
        drawn = bar(row)
        assert drawn.ink.fill == (palette.ACCENT if on_path else palette.POSSIBLE)
        heights[on_path].add(round(drawn.height + drawn.ink.width, 2))
    assert min(heights[True]) >= 1.5 * max(heights[False])


def test_the_legend_explains_what_is_there_and_nothing_else():
    with speaking("en"):
        shown = texts(gantt(small_plan()))
        assert shown[-7:] == [
            "critical path: a delay moves the end",
            "the next critical step waits for this one",
            "a step",
            "may slip until here",
            "all steps of the workshop are done",
            "first day of the plan",
            "audit day",
        ]
        only = replace(small_plan().steps[0], critical=False, slack_days=0)
        alone = replace(small_plan(), steps=(only,), critical_path=(), milestones=())
        assert texts(gantt(alone))[-3:] == ["a step", "first day of the plan", "audit day"]


def test_titles_are_whole_and_roles_stand_in_a_column():
    plan = small_plan()
    with speaking("en"):
        found = rows(gantt(plan, 482))
    roles = set()
    for row in found:
        *words, role = [each for each in row.shapes if isinstance(each, Text)][1:]
        assert " ".join(each.words for each in words) in row.title
        roles.add(role.x)
    assert len(roles) == 1


def test_short_titles_leave_the_room_to_the_bars():
    steps = tuple(replace(each, title="Court") for each in small_plan().steps)
    # 40 % of 520 points, and the labels of days begin there
    first = rows(gantt(replace(small_plan(), steps=steps), WIDTH))[0]
    assert bar(first).x >= 208


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("width", [482, 900])
def test_no_words_run_over_the_line_of_the_audit_day(name, width):
    picture = gantt(PLANS[name], width)
    line = next(
        each for each in picture.shapes if isinstance(each, Line) and each.ink.dashes == (4, 2)
    )
    audit, foot = line.points[0][0], line.points[1][1]
    for each in flat(picture.shapes):
        if isinstance(each, Text) and each.y < foot and each.y > line.points[0][1]:
            (left, _), (right, _) = points(each)
            assert not left < audit < right, each


def test_what_waits_is_shown_by_a_line_unlike_those_of_days():
    """Three of the critical path wait for the one before: three points, each with its line."""
    shapes = list(gantt(small_plan()).shapes)
    dotted = [each for each in shapes if isinstance(each, Line) and each.ink.dashes == (1.2, 1.8)]
    # one more in the legend
    assert len(dotted) == 4
    assert all(each.points[0][0] == each.points[1][0] for each in dotted)


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize(("width", "height"), [(482, 640), (482, 200), (340, 300)])
def test_pages_hold_every_step_once_and_are_not_too_tall(name, width, height):
    plan = PLANS[name]
    pages = gantt_pages(plan, width, height)
    assert all(page.height <= height for page in pages)
    numbers = [int(row.title.split(".")[0]) for page in pages for row in rows(page)]
    assert sorted(numbers) == list(range(1, len(plan.steps) + 1))
    whole = [row.title for row in rows(gantt(plan, width))]
    assert [row.title for page in pages for row in rows(page)] == whole


def test_a_workshop_that_goes_on_has_its_title_again():
    with speaking("en"):
        first, second, *others = gantt_pages(large_plan(80, 48), 482, 300)
        assert first.title == f"The steps over time (1 of {2 + len(others)})"
        assert "Poser le cadre" in texts(first)
        assert "Poser le cadre (continued)" in texts(second)


def test_a_page_that_is_far_too_low_still_holds_a_step():
    pages = gantt_pages(small_plan(), 482, 10)
    assert all(len(rows(page)) == 1 for page in pages)


def test_it_says_in_words_what_it_shows():
    with speaking("en"):
        described = gantt(small_plan()).description
    assert described.startswith("12 steps, from 14 September 2026 to 31 March 2027.")
    assert "Critical path: Écrire le cadre déontologique et le faire adopter, Former" in described
    assert "Poser le cadre: done on 15 January 2027." in described


def test_a_plan_at_the_end_of_time_is_drawn():
    last = datetime.date.max
    steps = tuple(replace(step, start=last, end=last) for step in small_plan().steps)
    plan = replace(small_plan(), steps=steps, as_of=last, audit_day=last, end=last)
    assert len(rows(gantt(plan))) == 12


def test_years_and_months_are_named_where_they_have_room():
    with speaking("en"):
        shown = texts(gantt(PLANS["five in a month"]))
        assert {"2026", "Sep", "8", "15", "22"} <= set(shown)
        far = texts(gantt(PLANS["a long way off"]))
    assert "2040" in far
    assert "Sep" not in far
