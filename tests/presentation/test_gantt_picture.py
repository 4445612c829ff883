"""The picture of a plan over time: bars stand at their days, all is inside, and words say it."""

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterator
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


def flat(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    for each in shapes:
        if isinstance(each, Group):
            yield from flat(each.shapes)
        else:
            yield each


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
    # from 1 September 2026 to 30 April 2027 there are 242 days over 310 points, from 208 on
    first = rows(gantt(small_plan(), WIDTH))[0]
    drawn = bar(first)
    edge = drawn.ink.width / 2
    assert drawn.x - edge == pytest.approx(208 + 310 * 13 / 242)
    # 14 December is the 105th day
    assert drawn.x + drawn.width + edge == pytest.approx(208 + 310 * 105 / 242)


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
        assert shown[-6:] == [
            "critical path: a delay moves the end",
            "a step",
            "may slip until here",
            "all steps of the workshop are done",
            "first day of the plan",
            "audit day",
        ]
        only = replace(small_plan().steps[0], critical=False, slack_days=0)
        alone = replace(small_plan(), steps=(only,), critical_path=(), milestones=())
        assert texts(gantt(alone))[-3:] == ["a step", "first day of the plan", "audit day"]


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
        first, second, *_ = gantt_pages(large_plan(80, 48), 482, 300)
        assert first.title == "The steps over time (1 of 6)"
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
