"""The question worth asking next, as text and as JSON."""

from collections.abc import Iterator
from fractions import Fraction as F
from typing import Any

import pytest

from norm_engine.engine.next_question import ranked_items
from norm_engine.language import speaking
from norm_engine.model.next_results import NextResult
from norm_engine.model.records import from_plain, to_plain
from norm_engine.presentation.next_page import next_page
from norm_engine.presentation.next_result import next_result
from norm_engine.presentation.terminal import WIDTH, Page
from tests.support.small_rules import Doc, audit, criterion, requirement, rules, run, shown, yes

NO_MAJOR: Doc = {"id": "majeures", "text": "No major one.", "grade": "major", "at_most": 0}

QUESTIONS: Doc = {
    "a": {"text": "Is there a charter?", "type": "yes_no", "help": "A written one."},
    "postes": {"text": "How many mediators?", "type": "count", "min": 0, "unit": "people"},
    "formes": {
        "text": "How many are trained?",
        "type": "count",
        "min": 0,
        "max": {"answer": "postes"},
        "not_applicable": False,
    },
    "niveau": {
        "text": "How is it done?",
        "type": "scale",
        "levels": [
            {"value": 0, "text": "Not", "anchor": "nobody does it"},
            {"value": 1, "text": "Well", "anchor": "everybody does it"},
        ],
    },
}
KINDS: Doc = {"charte": {"title": "The charter", "proves": "What was agreed."}}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


def result(*requirements: Doc, deferred: str = "", **answers: Any) -> NextResult:
    majors = [{**each, "gravity": "major"} for each in requirements]
    ruleset = rules(*majors, questions=QUESTIONS, evidence=KINDS, decision=[NO_MAJOR])
    return next_result(run(ruleset, answers), audit(answers), frozenset(deferred.split()))


def page_of(found: NextResult) -> str:
    page = Page()
    next_page(page, found, '"my audit"')
    assert all(len(line) <= WIDTH for line in page.lines)
    return str(page)


SHOWN = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
TRAINED = requirement("T-2", criterion("c", when={"ratio": ["formes", "postes"], "at_least": 1}))
DONE = requirement("T-3", criterion("c", when={"answer": "niveau", "at_least": 1}))


def test_a_question_with_its_help_its_answers_and_what_it_is_worth() -> None:
    said = page_of(result(SHOWN))
    assert "The question worth asking next\nIs there a charter?\n  A written one.\n" in said
    assert "  · yes\n  · no\n  · or not applicable, with a reason\n" in said
    # a no, one of two answers, settles the decision and all that it stands on
    assert "5 chances in 10" in said
    assert "settles 50% more" in said
    assert "It bears on 1 requirement:\n  · T-1" in said
    assert "“No major one”" in said
    assert "Next in line\n  · Do you have this document? The charter" in said
    assert "1 question and 1 document can still change something." in said
    assert 'norm-engine next "my audit" --until 90%' in said


def test_evidence_that_settles_everything() -> None:
    said = page_of(result(SHOWN, a=True))
    assert "The evidence worth looking for next\nDo you have this document? The charter" in said
    assert "What it shows: What was agreed." in said
    assert "Whatever its answer, it settles the decision." in said


def test_numbers_say_their_bounds_and_what_waits_for_them() -> None:
    said = page_of(result(TRAINED))
    assert "How many mediators?" in said
    assert "a whole number (people)" in said
    assert "1 other question only makes sense once it is answered." in said
    assert "a whole number, from 0 to 4" in page_of(result(TRAINED, postes=4))


def test_levels_show_what_one_sees_in_practice() -> None:
    assert "· Well: everybody does it" in page_of(result(DONE))


def test_when_nothing_can_matter_any_more() -> None:
    found = result(DONE, niveau=1)
    assert found.next is None
    assert found.certainty.percent == 100
    said = page_of(found)
    assert "The decision is known: Ready, against this catalogue." in said
    assert "No open question can change anything about the decision any more." in said
    assert "--until" not in said


def test_what_was_asked_before_is_said_to_have_been() -> None:
    found = result(DONE, deferred="niveau")
    assert found.next is not None
    assert found.next.deferred
    said = page_of(found)
    assert "Asked before, and not known then" in said
    assert "1 of them was asked already" in said


def test_json_carries_the_exact_figures() -> None:
    found = result(SHOWN, TRAINED, DONE)
    assert found.next is not None
    assert len(found.runners_up) == 2
    assert from_plain(NextResult, to_plain(found)) == found
    # of three majors; level 0 or 1, both settle the third
    assert (found.next.id, found.next.settles.exact, found.next.narrows.exact) == (
        "niveau",
        "1/2",
        "1/3",
    )
    assert [(each.value, each.prior, each.outcome) for each in found.next.answers] == [
        ("0", "1/2", "not_ready"),
        ("1", "1/2", "undetermined"),
    ]
    assert sum(F(each.prior) for each in found.next.answers) == 1


def test_the_first_is_the_first_of_the_ranking() -> None:
    majors = [{**each, "gravity": "major"} for each in (SHOWN, DONE)]
    evaluation = run(rules(*majors, questions=QUESTIONS, evidence=KINDS, decision=[NO_MAJOR]))
    found = next_result(evaluation, audit())
    names = [item.subject for item in ranked_items(evaluation).items]
    assert found.next is not None
    assert [found.next.id, *(each.id for each in found.runners_up)] == names
