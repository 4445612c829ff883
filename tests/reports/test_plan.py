"""The plan as a report: what it costs, who does what when, what it closes and leaves, and proof."""

import datetime
import json
from dataclasses import replace
from fractions import Fraction

import pytest

from norm_engine.language import speaking
from norm_engine.model.audit import PlannedAction
from norm_engine.planning.options import PlanOptions
from norm_engine.presentation.document import Document, Figure, Table, Tiles
from norm_engine.reports.kinds.plan import plan_document
from norm_engine.reports.planned import PlanRefused, asked_of, options_of
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Subject, Wish
from tests.reports.small_plans import planned_subject
from tests.support.document_words import (
    blocks_of,
    links_of,
    said,
    section_of,
    sections_of,
    words_of_blocks,
)


def plan(subject: Subject | None = None, **asked) -> Document:
    wish = Wish("plan", "en", plan=PlanOptions(**asked))
    with speaking("en"):
        return plan_document(material_of(subject or planned_subject(), wish))


@pytest.fixture(scope="module")
def cheapest() -> Document:
    return plan()


def words(document: Document, anchor: str) -> str:
    return words_of_blocks([section_of(document, anchor)])


def table(document: Document, anchor: str) -> list[list[str]]:
    """The first table of a section, row by row."""
    section = section_of(document, anchor)
    found = [each for each in blocks_of(section.blocks) if isinstance(each, Figure | Table)]
    first = next(x.table if isinstance(x, Figure) else x for x in found)
    assert first is not None
    return [[said(cell) for cell in row] for row in first.rows]


def test_the_essentials_give_effort_steps_duration_and_readiness(cheapest) -> None:
    """2 + 3 days, at least 1 + 2, at most 4 + 5; T-1 and T-2 of three: 2/3 = 67 %."""
    section = section_of(cheapest, "essentials")
    (tiles,) = [each for each in section.blocks if isinstance(each, Tiles)]
    assert [(each.value, each.label) for each in tiles.tiles] == [
        ("5", "days of work, likely"),
        ("2", "steps"),
        ("1 month", "until all is done"),
        ("67%", "proven readiness"),
    ]
    assert tiles.tiles[0].note == "from 3 to 9"
    assert tiles.tiles[3].note == "if nothing is done: 0%"


def test_the_proof_and_the_dates_are_said_first(cheapest) -> None:
    said_of = words(cheapest, "essentials")
    assert "No route takes less effort for an audit on 1 October 2026: proven." in said_of
    assert "Work starts on 1 September 2026; the last step ends on 1 October 2026" in said_of


def test_the_decision_stands_before_and_after(cheapest) -> None:
    assert table(cheapest, "essentials") == [
        ["Decision", "Not ready yet", "Ready, against this catalogue"],
        ["Aucune majeure", "no 1 (at most 0)", "yes 0 (at most 0)"],
        ["Une mineure au plus", "no 2 (at most 1)", "yes 1 (at most 1)"],
    ]


def test_each_workshop_has_its_day_its_steps_and_its_score(cheapest) -> None:
    assert [row[1:] for row in table(cheapest, "milestones")] == [
        ["1 October 2026", "0%", "100%", "1"],
        ["1 October 2026", "0%", "50%", "2"],
    ]


def test_the_picture_of_the_calendar_has_a_table_with_the_same(cheapest) -> None:
    rows = table(cheapest, "calendar")
    assert [row[:3] for row in rows] == [
        ["1. Faire a *", "Management", "2 days"],
        ["2. Faire b", "Management", "3 days"],
    ]
    assert rows[0][3:] == ["1 September 2026", "1 October 2026", "–"]


def test_the_load_of_each_month_adds_up_to_the_effort(cheapest) -> None:
    *months, total = table(cheapest, "load")
    assert sum(Fraction(row[-1]) for row in months) == Fraction(total[-1]) == 5


def test_a_step_says_what_it_closes(cheapest) -> None:
    sheet = words(cheapest, "step-1")
    assert "Management · 2 days (1 to 4) · from 1 September 2026 to 1 October 2026" in sheet
    assert "T-1" in sheet


def test_what_is_closed_and_what_is_left(cheapest) -> None:
    assert table(cheapest, "closes") == [
        ["T-1", "Avoir a", "not met", "1", "1"],
        ["T-2", "Avoir b", "not met", "2", "2"],
    ]
    assert table(cheapest, "left") == [["T-3", "Avoir c", "not met", "Minor nonconformity"]]
    assert "the decision allows it" in words(cheapest, "left")


def test_the_next_best_route_costs_two_days_more(cheapest) -> None:
    said_of = words(cheapest, "others")
    assert "7 days (6 to 9), 2 days more" in said_of
    assert "Does besides: Faire c" in said_of
    assert "Spares: Faire b" in said_of


def test_every_link_leads_somewhere(cheapest) -> None:
    anchors = {each.anchor for each in sections_of(cheapest)}
    assert {each[1:] for each in links_of(cheapest.sections) if each[0] == "#"} <= anchors


def test_a_step_left_out_is_paid_for() -> None:
    """Without b, c has to be: two days more."""
    made = plan(without=("faire_b",))
    assert "Without “Faire b”: 2 days more" in words(made, "choices")


def test_an_answer_that_is_not_known_and_would_help_is_named() -> None:
    """Were b there already, the 3 days that it takes would be spared."""
    made = plan(planned_subject(b="unknown"))
    assert ", 3 days less." in words(made, "answers")


def test_an_answer_that_is_quoted_already_is_not_quoted_again() -> None:
    made = plan(planned_subject(b="unknown"))
    assert ": if the answer is yes, 3 days less." in words(made, "answers")


def test_a_step_says_in_one_row_what_it_waits_for_and_how_far_it_may_slip(cheapest) -> None:
    """Both take the management's days; neither comes after the other."""
    assert "at least 1 month" in words(cheapest, "step-1")
    assert "Why: …" in words(cheapest, "step-1")


def test_what_is_left_is_counted_against_what_the_decision_tolerates(cheapest) -> None:
    said_of = words(cheapest, "left")
    assert "major nonconformity: 0, of which the decision tolerates 0" in said_of
    assert "minor nonconformity: 1, of which the decision tolerates 1" in said_of


def test_a_step_that_ends_after_the_day_due_says_so_under_its_follow_up() -> None:
    """It ends on 1 October."""
    subject = planned_subject()
    followed = PlannedAction(id="A1", action="faire_a", due=datetime.date(2026, 9, 15))
    assert subject.audit is not None
    due = replace(subject, audit=replace(subject.audit, actions=(followed,)))
    sheet = words(plan(due), "step-1")
    assert "Follow-up: To do · due on 15 September 2026" in sheet
    assert "Ends after the day due in your follow-up, 15 September 2026." in sheet
    assert "Ends after" not in words(plan(), "step-1")


def test_steps_that_end_too_late_are_not_said_to_make_ready_on_audit_day() -> None:
    late = plan(by=datetime.date(2026, 10, 1), capacity={"direction": Fraction(1)})
    section = section_of(late, "essentials")
    (decision,) = [each for each in section.blocks if isinstance(each, Table)]
    assert decision.head[1] == "If nothing is done"
    assert decision.head[2] == "Were the steps done by 1 October 2026"


def test_nothing_in_the_paper_is_of_the_command_line(cheapest) -> None:
    for made in (cheapest, plan(without=("faire_a",)), plan(without=("faire_b",))):
        assert " --" not in words_of_blocks(made.sections)


def test_where_less_than_half_is_answered_the_paper_says_so_first() -> None:
    made = plan(planned_subject(b="unknown", c="unknown"))
    said_of = words(made, "essentials")
    warned = said_of.index("Your answers cover less than half of what is evaluated (33%)")
    assert warned < said_of.index("A route to ready")


def test_with_a_budget_the_plan_says_what_it_reaches() -> None:
    """With 2 days only T-1 can be met: a third."""
    made = plan(budget=Fraction(2))
    said_of = words(made, "essentials")
    assert "The most readiness for 2 days" in said_of
    assert "33% proven readiness" in said_of


def test_without_a_route_it_says_what_stands_in_the_way() -> None:
    made = plan(without=("faire_a",))
    assert "No route leads to ready." in words(made, "essentials")
    said_of = words(made, "obstacles")
    assert "“Faire a” was left out, as you asked" in said_of
    assert "“Faire a” no longer left out" in said_of
    assert not {"steps", "calendar", "load"} & {each.anchor for each in sections_of(made)}


def test_with_nothing_left_to_do_it_says_so() -> None:
    made = plan(planned_subject(a=True, b=True))
    assert "Nothing is left to do." in words(made, "essentials")
    assert "steps" not in {each.anchor for each in sections_of(made)}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"with_": ("miracle",)}, "“miracle” has nothing to do for this structure"),
        (
            {"with_": ("faire_a",), "by": datetime.date(2026, 9, 8)},
            "“faire_a” cannot be taken: it cannot be done by the day asked for",
        ),
        ({"capacity": {"direction": Fraction(0)}}, "Management, who have no days for them"),
    ],
    ids=["unknown", "late", "no days"],
)
def test_what_cannot_be_asked_of_this_structure_is_refused_in_words(asked, said) -> None:
    with pytest.raises(PlanRefused, match=f"(?i){said}"):
        plan(**asked)


def test_what_was_asked_of_a_plan_is_carried_and_read_again() -> None:
    options = PlanOptions(
        by=datetime.date(2027, 3, 1),
        budget=Fraction(7, 2),
        assume="best",
        without=("x",),
        with_=("y",),
        capacity={"mediateurs": Fraction(1, 2)},
    )
    assert options_of(asked_of(options)) == options
    assert options_of(None) == PlanOptions()


def test_the_plan_is_carried_with_what_was_asked_and_the_solver() -> None:
    with speaking("en"):
        wish = Wish("plan", "en", plan=PlanOptions(without=("faire_b",)))
        files = {
            each.name: each.content for each in material_of(planned_subject(), wish).carried.files
        }
    carried, manifest = (json.loads(files[name]) for name in ("plan.json", "rapport.json"))
    assert carried["effort"]["likely"] == "7"
    assert manifest["plan"] == {"without": ["faire_b"]}
    assert manifest["libraries"]["highspy"]
