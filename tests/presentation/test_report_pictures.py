"""The pictures of reports: bars end where shares say, all is inside, and words say it too."""

import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from norm_engine.language import speaking
from norm_engine.model.results import EvaluationResult, GroupScore, Interval
from norm_engine.presentation import palette
from norm_engine.presentation.gauge_picture import gauge
from norm_engine.presentation.heat_map_picture import heat_map
from norm_engine.presentation.palette import STATUS_COLOURS, STATUS_TINTS, status_shape
from norm_engine.presentation.profile_picture import profile
from norm_engine.presentation.results import STATUSES, evaluation_result
from norm_engine.presentation.scene import (
    Circle,
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
from tests.support.small_rules import audit, letters, recommendation, requirement, rules, run

A4_COLUMN = 482
LONG = "Un domaine dont le titre ne finit pas, et qui va encore plus loin que cela " * 4


def share(low: str, high: str | None = None) -> Interval:
    # pictures read exact shares; the percentages beside them are for programs
    return Interval(low=low, high=high or low, percent=())


def group(title: str, score: Interval | None, declared: Interval | None) -> GroupScore:
    return GroupScore(id="g", title=title, score=score, declared=declared, coverage=None, counts={})


def extent(shape: Shape) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, with half of an outline's width around."""
    edge = 0 if isinstance(shape, Text) or not shape.ink.stroke else shape.ink.width / 2
    match shape:
        case Rectangle(x, y, width, height):
            box = (x, y, x + width, y + height)
        case Circle(x, y, radius):
            box = (x - radius, y - radius, x + radius, y + radius)
        case Line(points) | Polygon(points):
            xs, ys = zip(*points, strict=True)
            # a line ends square: its width adds nothing in its own direction
            across, along = (edge, 0) if isinstance(shape, Line) and len(set(xs)) == 1 else (0, 0)
            return (min(xs) - across, min(ys) - along, max(xs) + across, max(ys) + along)
        case Text(x, y, words, size, anchor=anchor):
            wide = width_of(words, size)
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            return (left, y - size * 0.75, left + wide, y + size * 0.25)
    left, top, right, bottom = box
    return (left - edge, top - edge, right + edge, bottom + edge)


def assert_inside(picture: Scene) -> None:
    for each in flat(picture.shapes):
        left, top, right, bottom = extent(each)
        assert left >= -0.01, each
        assert top >= -0.01, each
        assert right <= picture.width + 0.01, each
        assert bottom <= picture.height + 0.01, each


def bars(picture: Scene, colour: str, legend: int = 1) -> list[tuple[float, float]]:
    """Where the rectangles of a colour begin and end, without those that the legend draws last."""
    found = [
        extent(each)
        for each in flat(picture.shapes)
        if isinstance(each, Rectangle) and each.ink.fill == colour
    ]
    return [
        (pytest.approx(left), pytest.approx(right))
        for left, _, right, _ in found[: len(found) - legend]
    ]


def ticks(gauged: Scene) -> list[float]:
    return [
        pytest.approx(each.points[0][0])
        for each in gauged.shapes
        if isinstance(each, Line) and each.ink.stroke == palette.INK
    ]


def test_a_gauge_is_sure_up_to_the_low_end_and_possible_up_to_the_high_end():
    picture = gauge(share("1/4", "3/4"), share("5/6"), title="Processus", width=120, height=9)
    assert (picture.width, picture.height) == (120, 9)
    assert bars(picture, palette.ACCENT, legend=0) == [(0, 30)]
    assert bars(picture, palette.POSSIBLE, legend=0) == [(30, 90)]
    # out of reach is what the other two leave uncovered
    assert bars(picture, palette.RAISED, legend=0) == [(0, 120)]
    assert ticks(picture) == [100]
    assert_inside(picture)


def test_a_score_that_is_certain_has_nothing_possible():
    picture = gauge(share("1/2"), share("1/2"), title="Processus", width=200, height=18)
    assert bars(picture, palette.ACCENT, legend=0) == [(0, 100)]
    assert bars(picture, palette.POSSIBLE, legend=0) == []


@pytest.mark.parametrize("ends", [("0", "0"), ("0", "1"), ("1", "1"), ("0", "1/100000")])
def test_a_gauge_keeps_inside_at_both_ends(ends):
    assert_inside(gauge(share(*ends), share(*ends), title="Processus"))


def test_a_gauge_where_nothing_applies_is_an_empty_dashed_outline():
    picture = gauge(None, None, title="Processus")
    (outline,) = picture.shapes
    assert outline.ink.fill is None
    assert outline.ink.dashes
    assert_inside(picture)


GAUGES = [
    ("fr", share("47/100", "82/100"), share("9/10"), "prouvé 47 à 82\u202f%, déclaré 90\u202f%"),
    ("en", share("47/100", "82/100"), share("9/10"), "proven 47 to 82%, declared 90%"),
    ("fr", share("1/3"), None, "prouvé 33\u202f%"),
    ("en", share("1/3"), share("1/3", "2/3"), "proven 33%, declared 33 to 67%"),
    ("fr", None, None, "rien ne s’applique ici"),
    ("en", None, None, "nothing applies here"),
]


@pytest.mark.parametrize(("language", "score", "declared", "said"), GAUGES)
def test_a_gauge_says_in_words_what_it_shows(language, score, declared, said):
    with speaking(language):
        picture = gauge(score, declared, title="Déontologie")
    assert (picture.title, picture.description) == ("Déontologie", said)


GROUPS = (
    group("Déontologie", share("1/4", "3/4"), share("1/2")),
    group("Processus", share("9/10"), share("1")),
    group("Évaluation", None, None),
)


def profiled(language="en", floor: Fraction | None = Fraction(3, 5), groups=GROUPS) -> Scene:
    with speaking(language):
        return profile(groups, title="Profile", floor=floor)


def scale(picture: Scene) -> tuple[float, float]:
    """Where 0 % and 100 % stand, by the labels under the axis."""
    at = {each.words: each.x for each in flat(picture.shapes) if isinstance(each, Text)}
    return at["0%"], at["100%"]


def test_a_profile_has_one_scale_for_all_its_groups():
    picture = profiled()
    zero, full = scale(picture)
    track = full - zero
    assert bars(picture, palette.ACCENT) == [
        (zero, zero + track * 0.25),
        (zero, zero + track * 0.9),
    ]
    assert bars(picture, palette.POSSIBLE) == [(zero + track * 0.25, zero + track * 0.75)]
    *diamonds, _in_the_legend = [each for each in picture.shapes if isinstance(each, Polygon)]
    assert [each.points[0][0] for each in diamonds] == pytest.approx([zero + track / 2, full])
    dashed = [each for each in picture.shapes if isinstance(each, Line) and each.ink.dashes]
    assert dashed[0].points[0][0] == pytest.approx(zero + track * 0.6)


def test_a_profile_has_a_row_for_each_group_with_its_figure_and_a_legend():
    assert texts(profiled()) == [
        *("0%", "25%", "50%", "75%", "100%"),
        *("Déontologie", "25 to 75%"),
        *("Processus", "90%"),
        *("Évaluation", "nothing applies here", "–"),
        "floor 60%",
        *("proven", "may still be proven", "declared, at least", "floor asked by the decision"),
    ]


def test_a_profile_says_in_words_what_it_shows():
    assert profiled("fr").description == (
        "Déontologie\u00a0: prouvé 25 à 75\u202f%, déclaré 50\u202f%."
        " Processus\u00a0: prouvé 90\u202f%, déclaré 100\u202f%."
        " Évaluation\u00a0: rien ne s’applique ici."
        " La décision demande au moins 60\u202f% dans chacun."
    )
    assert profiled("en", floor=None).description == (
        "Déontologie: proven 25 to 75%, declared 50%. Processus: proven 90%, declared 100%."
        " Évaluation: nothing applies here."
    )


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("floor", [None, Fraction(0), Fraction(1)])
def test_a_profile_keeps_inside_whatever_its_titles(language, floor):
    groups = (*GROUPS, group(LONG, share("0", "1"), share("0")), group("M" * 1_000, None, None))
    picture = profiled(language, floor, groups)
    assert picture.width == A4_COLUMN
    assert_inside(picture)


SMALL = rules(
    requirement("DEO-01", "a", title="Cadre écrit"),
    requirement("DEO-02", "b", "c", title="Signé de chacun"),
    requirement("PRO-01", "d", domain="d2", title="Diagnostic"),
    requirement("PRO-02", "e", domain="d2", title="Suivi"),
    requirement("PRO-03", "f", domain="d2", title="Bilan"),
    requirement("PRO-04", "g", domain="d2", title="Accord", requires=["PRO-03"]),
    recommendation("PRO-05", "h", domain="d2", title="Lettre"),
    domains=[{"id": "d1", "title": "Déontologie"}, {"id": "d2", "title": "Processus"}],
)
#  a met; b and not c partly met; d unknown; e not applicable; f not met, which blocks g; h not met
ANSWERED = letters("T TF U X F T F")


def result_of(ruleset=SMALL, answers=ANSWERED, language="en") -> EvaluationResult:
    with speaking(language):
        return evaluation_result(run(ruleset, answers), audit(answers))


def mapped(language="en") -> Scene:
    result = result_of(language=language)
    with speaking(language):
        return heat_map(result)


def cells(picture: Scene) -> list[Group]:
    return [each for each in picture.shapes if isinstance(each, Group)]


def test_a_heat_map_has_one_cell_a_requirement_that_says_its_status():
    assert [each.title for each in cells(mapped())] == [
        "DEO-01 Cadre écrit: met",
        "DEO-02 Signé de chacun: partly met",
        "PRO-01 Diagnostic: undetermined",
        "PRO-02 Suivi: not applicable",
        "PRO-03 Bilan: not met",
        "PRO-04 Accord: blocked",
        "PRO-05 Lettre: not met",
    ]
    assert cells(mapped("fr"))[1].title == "DEO-02 Signé de chacun\u00a0: partiellement satisfaite"


def test_a_cell_has_the_tint_and_the_shape_of_its_status_and_recommendations_are_dashed():
    statuses = ["met", "partial", "undetermined", "not_applicable", "unmet", "blocked", "unmet"]
    for cell, status in zip(cells(mapped()), statuses, strict=True):
        ground, sign, _code = cell.shapes
        assert ground.ink.fill == STATUS_TINTS[status]
        assert type(sign) is type(status_shape(status, 0, 0, 1))
        assert STATUS_COLOURS[status] in (sign.ink.fill, sign.ink.stroke)
    assert [bool(cell.shapes[0].ink.dashes) for cell in cells(mapped())] == [False] * 6 + [True]


def test_a_heat_map_says_in_words_what_it_shows_and_counts_recommendations_apart():
    french, english = mapped("fr"), mapped("en")
    assert french.title == "Le statut de chaque exigence"
    assert french.description == (
        "Déontologie\u00a0: 1 satisfaite et 1 partiellement satisfaite."
        " Processus\u00a0: 1 non satisfaite, 1 bloquée, 1 indéterminée, 1 sans objet"
        " et 1 recommandation."
    )
    assert english.title == "The status of every requirement"
    assert english.description == (
        "Déontologie: 1 met and 1 partly met."
        " Processus: 1 not met, 1 blocked, 1 undetermined, 1 not applicable and 1 recommendation."
    )


def test_a_heat_map_shows_counts_beside_the_domain_and_a_legend_of_all_statuses():
    shown = texts(mapped())
    assert shown[:3] == ["Déontologie", "1", "1"]
    assert shown[-7:] == [
        *("met", "partly met", "not met", "blocked", "undetermined", "not applicable"),
        "recommendations",
    ]


def many(count: int, prefix: str = "DEO") -> EvaluationResult:
    """So many requirements, in both domains by turns; every fifth is a recommendation."""
    made = [
        (recommendation if number % 5 == 4 else requirement)(
            f"{prefix}-{number:03d}", "abcdefgh"[number % 8], domain=f"d{number % 2 + 1}"
        )
        for number in range(count)
    ]
    return result_of(rules(*made))


@pytest.mark.parametrize("count", [1, 2, 40, 156, 200, 400])
@pytest.mark.parametrize("prefix", ["S", "DEO", "WWWWWWWW"])
def test_a_heat_map_holds_on_a_page_with_every_requirement_exactly_once(count, prefix):
    result = many(count, prefix)
    picture = heat_map(result)
    named = sorted(cell.title.split()[0] for cell in cells(picture))
    assert named == sorted(each.id for each in result.requirements)
    assert picture.height <= 640
    assert min(each.size for each in flat(picture.shapes) if isinstance(each, Text)) >= 7.5
    assert_inside(picture)


@pytest.mark.parametrize("count", [40, 400])
def test_the_cells_of_a_heat_map_do_not_touch_and_hold_what_is_in_them(count):
    boxes = []
    for cell in cells(heat_map(many(count))):
        ground, *inside = map(extent, cell.shapes)
        for each in inside:
            assert ground[0] <= each[0]
            assert ground[1] <= each[1]
            assert each[2] <= ground[2]
            assert each[3] <= ground[3]
        boxes.append(ground)
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = other[0] >= right or other[2] <= left or other[1] >= bottom or other[3] <= top
            assert apart, (number, other)


def test_where_only_numbers_fit_the_domain_names_what_comes_before_them():
    shown = texts(heat_map(many(400)))
    assert shown[0] == "… – DEO"
    assert "007" in shown


def test_a_heat_map_of_long_titles_keeps_inside():
    titled = rules(
        requirement("DEO-01", "a", title=LONG),
        domains=[{"id": "d1", "title": LONG}, {"id": "d2", "title": "…"}],
    )
    assert_inside(heat_map(result_of(titled)))


def test_a_heat_map_without_requirements_is_still_a_picture():
    assert_inside(heat_map(result_of(rules())))


@pytest.mark.parametrize("status", STATUSES)
def test_the_shape_of_a_status_is_centred_and_of_its_size(status):
    left, top, right, bottom = extent(status_shape(status, 50, 50, 10))
    assert (left + right) / 2 == pytest.approx(50)
    assert (top + bottom) / 2 == pytest.approx(50, abs=0.5)
    assert 8 <= right - left <= 12


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_standard_does():
    # black on white is 21:1 and #767676 the lightest grey that holds 4.5:1, by WCAG's own texts
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", [palette.PAPER, palette.RAISED])
@pytest.mark.parametrize(
    "colour",
    [palette.INK, palette.QUIET, palette.ACCENT, *palette.DOMAINS, *STATUS_COLOURS.values()],
)
def test_colours_of_text_can_be_read(colour, ground):
    assert contrast(colour, ground) >= 4.5


@pytest.mark.parametrize("status", STATUSES)
def test_what_stands_on_a_tint_can_be_read(status):
    for colour in (palette.INK, STATUS_COLOURS[status]):
        assert contrast(colour, STATUS_TINTS[status]) >= 4.5


def test_in_grey_what_is_missing_is_darker_than_what_is_met():
    tints = [luminance(STATUS_TINTS[each]) for each in ("met", "partial", "unmet")]
    assert tints == sorted(tints, reverse=True)


def test_pictures_are_written_as_svg():
    for picture in (mapped(), profiled(), gauge(None, None, title="Processus")):
        root = ET.fromstring(svg(picture))
        described = root.find("{http://www.w3.org/2000/svg}desc")
        assert described.text == picture.description
