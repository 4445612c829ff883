"""A comparison as results carry it, as a page has it, and as a picture."""

import datetime
import json
import re

import pytest

from norm_engine.engine.comparison import Side, compare
from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.language import speaking
from norm_engine.model.comparison_results import ComparisonResult, MilestoneCompared
from norm_engine.model.records import to_plain
from norm_engine.presentation.comparison_moves import advice_moved
from norm_engine.presentation.comparison_page import comparison_page
from norm_engine.presentation.comparison_picture import comparison_profile
from norm_engine.presentation.comparison_result import SideNamed, comparison_result
from norm_engine.presentation.comparison_words import counts_said
from norm_engine.presentation.frozen_result import frozen_differences
from norm_engine.presentation.results import evaluation_result
from norm_engine.presentation.scene import Circle, Polygon, Rectangle, Text, flat, texts, width_of
from norm_engine.presentation.svg import svg
from norm_engine.presentation.terminal import Page
from tests.support.small_rules import (
    AS_OF,
    audit,
    criterion,
    kept,
    recommendation,
    requirement,
    rules,
    shown,
    yes,
)

LATER = datetime.date(2027, 9, 1)
RULES = rules(
    requirement("T-1", "a"),
    requirement("T-2", criterion("c", proof=shown("bilan")), domain="d2", workshop="w2"),
    requirement("T-3", criterion("c", when={"answer": "terrains", "includes": "gare"})),
    requirement("T-4", criterion("c", when=yes("b"), proof=shown("charte"))),
    recommendation("T-5", "d"),
    decision=[{"id": "mineures", "text": "Peu de mineures", "grade": "minor", "at_most": 1}],
)
BEFORE = {
    "answers": {"a": False, "b": False, "d": True, "terrains": ["rue"]},
    "evidence": [kept("P1", "bilan", dated="2026-03-15")],
    "no_evidence": ["charte"],
}
AFTER = {
    "answers": {"a": True, "b": True, "d": False, "terrains": ["gare"]},
    "evidence": [kept("P1", "bilan", dated="2026-03-15")],
    "no_evidence": ["charte"],
    "findings": [{"id": "C1", "requirement": "T-1", "grade": "sensitive", "text": "…"}],
}


def side(as_of=AS_OF, **more):
    held = audit(more.pop("answers", {}), **more)
    program = compile_ruleset(RULES)
    return Side(evaluate(program, facts_of(program, held, {}, as_of)), held, {})


def result(one=None, two=None, *, same_structure=True, milestone=None) -> ComparisonResult:
    sides = side(**(one or BEFORE)), side(LATER, **(two or AFTER))
    comparison = compare(*sides, same_structure=same_structure)
    return comparison_result(comparison, SideNamed("avant", milestone), SideNamed("après"))


@pytest.fixture(autouse=True)
def english():
    """Messages as the code has them."""
    with speaking("en"):
        yield


def page(made):
    written = Page()
    comparison_page(written, made, RULES, "maison")
    return str(written)


def named(made, name):
    return next(each for each in made.requirements if each.id == name)


def test_groups_say_how_their_score_moved_and_which_requirements_did():
    made = result()
    # the whole: of four, T-2 before; T-1 and T-3 after
    assert (made.overall.before.score.low, made.overall.after.score.low) == ("1/4", "1/2")
    assert made.overall.movement == "higher"
    assert made.overall.higher == ("T-1", "T-3")
    assert made.overall.lower == ("T-2",)
    assert [each.movement for each in made.domains] == ["higher", "lower"]
    assert [each.movement for each in made.workshops] == ["higher", "lower"]
    # recommendations stand apart
    assert (made.recommendations.movement, made.recommendations.lower) == ("lower", ("T-5",))


def test_the_decision_says_what_its_conditions_stand_at():
    (condition,) = result().decision.conditions
    # minor: T-1, T-3, T-4, then T-2 and T-4
    assert (condition.before.low, condition.after.low, condition.changed) == ("3", "2", True)
    assert result().decision.with_findings_before is None
    assert result().decision.with_findings_after == "not_ready"


def test_what_is_declared_alone_has_its_causes_too():
    moved = named(result(), "T-4")
    assert (moved.kind, moved.declared_kind) == ("same", "higher")
    (cause,) = moved.causes
    assert result().causes[cause.cause].subject == "b"


def test_several_choices_say_which_came_and_which_went():
    made = result()
    (cause,) = (made.causes[each.cause] for each in named(made, "T-3").causes)
    assert cause.difference == "more: “…”; less: “…”"


def test_gaps_that_came_and_went():
    made = result()
    # T-5, which is no longer followed, is a recommendation
    assert (made.new_gaps, made.closed_gaps) == (("T-2",), ("T-1", "T-3"))
    opened = result(one={**BEFORE, "answers": {"a": True, "b": False, "d": True}})
    assert opened.known_gaps == ()
    known = result(two={**AFTER, "answers": {}}, one={**BEFORE, "answers": {}})
    assert known.new_gaps == ("T-2",)


def test_recommendations_are_no_gaps_and_are_told_apart():
    assert "1 new gap: T-2" in page(result())
    assert "1 recommendation no longer followed: T-5" in page(result())
    back = result(one={**BEFORE, "answers": {"d": False}}, two={**AFTER, "answers": {"d": True}})
    assert advice_moved(back) == ((), ("T-5",))
    assert "1 recommendation now followed: T-5" in page(back)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((2, 1, 0, 3), "2 requirements rose, 1 fell and 3 are the same"),
        ((0, 13, 0, 143), "13 requirements fell and 143 are the same"),
        ((0, 0, 1, 3), "1 requirement changed otherwise and 3 are the same"),
        ((0, 0, 0, 4), "4 requirements are the same"),
    ],
)
def test_the_first_number_says_what_is_counted_and_no_zero_is_said(numbers, said):
    whole = f"{said}, recommendations included."
    assert counts_said(numbers, same_structure=True) == whole


def test_of_two_structures_one_is_higher():
    said = counts_said((0, 2, 1, 1), same_structure=False)
    assert said.startswith("2 requirements are lower, 1 differs otherwise and 1 is the same")


def test_the_page_says_it_short_first_then_which_way_then_why():
    text = page(result())
    assert text.index("Not ready yet") < text.index("Readiness") < text.index("What rose (2)")
    assert text.index("What fell (2)") < text.index("What expired (1)") < text.index("What is new")
    assert "P1 too old since 16 March 2027" in text
    assert "finding C1 on T-1: weak point" in text


def test_the_page_of_two_structures_speaks_of_no_time():
    text = page(result(same_structure=False))
    assert "Higher at après (2)" in text
    assert not re.search(r"rose|fell|expired|new|before", text)


def test_nothing_that_differs_is_said_in_a_line():
    comparison = compare(side(**BEFORE), side(**BEFORE), same_structure=True)
    made = comparison_result(comparison, SideNamed("un"), SideNamed("deux"))
    assert made.identical
    assert made.counts == {"same": 5}
    assert "Nothing differs between the two." in page(made)
    assert "What" not in page(made)


def test_a_frozen_result_that_says_otherwise_is_told():
    before, after = side(**BEFORE), side(**AFTER)
    frozen = evaluation_result(before.evaluation, before.audit)
    assert frozen_differences(frozen, before.evaluation) == ()
    said = frozen_differences(frozen, after.evaluation)
    found = {each.what: (each.frozen, each.now) for each in said}
    assert found["T-1"] == ("unmet", "met")
    assert found["overall"] == ("1/4 – 1/4", "3/4 – 3/4")
    milestone = MilestoneCompared(
        name="2026-09-01",
        label="Un",
        frozen_on=AS_OF,
        same_rules=False,
        frozen_version="0.9.0",
        differences=said,
    )
    text = " ".join(page(result(milestone=milestone)).split())
    assert "frozen under other rules (catalogue 0.9.0)" in text
    assert "the whole 25% (today: 75%)" in text


def test_results_are_plain_data():
    json.dumps(to_plain(result()))


# --- the picture -------------------------------------------------------------------------------


def test_marks_stand_at_the_low_ends():
    width, left = 500.0, 150.0  # three tenths for the labels
    scene = comparison_profile(result(), title="Profil", width=width)
    track = width * 0.7 - 2 * 46 - 14
    circles = [each.x for each in flat(scene.shapes) if isinstance(each, Circle)][1:-1]
    # the whole, then two workshops, then two domains: before
    expected = [left + track * share for share in (1 / 4, 0, 1, 0, 1)]
    assert circles == pytest.approx(expected)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [300, 482, 700])
def test_all_of_it_is_inside(language, width):
    with speaking(language):
        scene = comparison_profile(result(), title="Profil", width=width)
    for shape in flat(scene.shapes):
        match shape:
            case Text(x, y, words, size, _, _, anchor):
                start = x - {"start": 0, "middle": 0.5, "end": 1}[anchor] * width_of(words, size)
                assert start >= -0.5
                assert start + width_of(words, size) <= width + 0.5
                assert 0 <= y <= scene.height
            case Rectangle(x, y, wide, high):
                assert 0 <= x <= x + wide <= width
                assert 0 <= y <= y + high <= scene.height
            case Circle(x, y, radius, ink):
                reach = radius + ink.width / 2
                assert reach <= x <= width - reach
                assert reach <= y <= scene.height - reach
            case Polygon(points):
                assert all(0 <= x <= width and 0 <= y <= scene.height for x, y in points)


def test_words_say_what_the_picture_shows():
    scene = comparison_profile(result(), title="Profil")
    assert "The whole: 25%, then 50%." in scene.description
    assert {"25%", "50%", "avant", "après"} <= set(texts(scene))
    assert "<title" in svg(scene)


def test_where_nothing_applies_there_is_no_mark():
    blank = {"answers": {"a": {"not_applicable": "rien"}}}
    made = result(one=BEFORE, two=blank)
    scene = comparison_profile(made, title="Profil")
    assert made.overall.before.score is not None
    assert len(svg(scene)) > 0
