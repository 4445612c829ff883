"""What people type as an answer is understood as they mean it, or they are told what to type."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.language import speaking
from norm_engine.presentation.interview_answers import (
    understood,
    understood_day,
    understood_words,
    understood_yes_no,
)
from tests.support.small_rules import rules

QUESTIONS = {
    "charte": {"type": "yes_no"},
    "postes": {"type": "count", "not_applicable": False},
    "heures": {"type": "number"},
    "signature": {"type": "date"},
    "terrain": {
        "type": "choice",
        "choices": ({"value": "rue", "text": "Dans la rue"}, {"value": "ecole", "text": "École"}),
    },
    "terrains": {
        "type": "choices",
        "choices": (
            {"value": "rue", "text": "Dans la rue"},
            {"value": "gare", "text": {"fr": "Gare", "en": "Station"}},
            {"value": "ecole", "text": "École"},
        ),
    },
    "niveau": {
        "type": "scale",
        "levels": tuple({"value": value, "text": "…", "anchor": "…"} for value in range(4)),
    },
    "commune": {"type": "text"},
}
RULES = rules(questions=QUESTIONS)


@pytest.fixture(autouse=True, scope="module")
def english():
    with speaking("en"):
        yield


def reply(question, typed):
    return understood(RULES.questions[question], RULES, typed)


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("charte", "oui", True),
        ("charte", "O", True),
        ("charte", " Yes ", True),
        ("charte", "n", False),
        ("charte", "NON", False),
        ("postes", "0", 0),
        ("postes", "12", 12),
        ("postes", "1 200", 1200),
        ("postes", "1\u202f200", 1200),
        ("heures", "2,5", "2.5"),
        ("heures", "4/5", "4/5"),
        ("heures", "80 %", "80 %"),
        ("heures", "35", 35),
        ("heures", "-0", 0),
        ("heures", "1\u00a0000,5", "1000.5"),
        ("heures", "35,0", 35),
        ("signature", "1/9/2026", "2026-09-01"),
        ("signature", "01.09.2026", "2026-09-01"),
        ("signature", "2026-09-01", "2026-09-01"),
        ("signature", "29/02/2024", "2024-02-29"),
        ("terrain", "2", "ecole"),
        ("terrain", "ecole", "ecole"),
        ("terrain", "École", "ecole"),
        ("terrain", "dans la RUE", "rue"),
        ("terrains", "1, 3", ("rue", "ecole")),
        ("terrains", "3 1", ("rue", "ecole")),
        ("terrains", "2", ("gare",)),
        ("terrains", "station, rue", ("rue", "gare")),
        ("terrains", "dans la rue; école", ("rue", "ecole")),
        ("terrains", "0", ()),
        ("terrains", "aucun", ()),
        ("niveau", "0", 0),
        ("niveau", "3", 3),
        ("commune", " Ormelune, centre ", "Ormelune, centre"),
    ],
)
def test_answers(question, typed, value):
    assert reply(question, typed)[:2] == ("answer", value)
    assert type(reply(question, typed).value) is type(value)


@pytest.mark.parametrize(
    ("question", "typed", "told"),
    [
        ("charte", "peut-être", "“yes” or “no”"),
        ("charte", "1", "“yes” or “no”"),
        ("postes", "douze", "a whole number"),
        ("postes", "-1", "a whole number"),
        ("postes", "2,5", "a whole number"),
        ("postes", "1 2", "a whole number"),
        ("postes", "²", "a whole number"),
        ("postes", "٣", "a whole number"),
        ("heures", "1e400", "a number"),
        ("heures", "٣", "a number"),
        ("signature", "1/1/0000", "a day that exists"),
        ("signature", "1/1/10000", "a day that exists"),
        ("postes", "so", "concerns every structure"),
        ("heures", "1/0", "a number"),
        ("heures", "beaucoup", "a number"),
        ("signature", "31/02/2026", "a day that exists"),
        ("signature", "2026", "a day that exists"),
        ("signature", "1/9/26", "a day that exists"),
        ("terrain", "3", "from 1 to 2"),
        ("terrain", "0", "from 1 to 2"),
        ("terrains", "1, 4", "from 1 to 3"),
        ("terrains", ",", "from 1 to 3"),
        ("niveau", "4", "0, 1, 2, 3"),
        ("niveau", "2,5", "0, 1, 2, 3"),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_type(question, typed, told):
    found = reply(question, typed)
    assert found.meaning == "unclear"
    assert told in found.message


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("", "unknown"),
        ("  ", "unknown"),
        ("ne sais pas", "unknown"),
        ("Je ne sais pas", "unknown"),
        ("NSP", "unknown"),
        ("I don’t know", "unknown"),
        ("?", "help"),
        ("retour", "back"),
        ("back", "back"),
        ("q", "stop"),
        ("Quitter", "stop"),
    ],
)
def test_wishes_are_the_same_everywhere(question, typed, meaning):
    assert reply(question, typed).meaning == meaning


@pytest.mark.parametrize("typed", ["so", "SO", "s.o.", "sans objet", "na", "N/A"])
def test_not_applicable_where_the_question_allows_it(typed):
    assert reply("niveau", typed).meaning == "not_applicable"
    assert reply("postes", typed).meaning == "unclear"


def test_smaller_questions():
    assert understood_yes_no("oui")[:2] == ("answer", True)
    assert understood_yes_no("").meaning == "unknown"
    assert understood_yes_no("sans objet").meaning == "unclear"
    assert understood_day("").meaning == "unknown"
    assert understood_day("31/12/2025").value == "2025-12-31"
    assert understood_words("  armoire   2, bureau ").value == "armoire 2, bureau"
    assert understood_words("q").meaning == "stop"


@given(st.sampled_from(sorted(QUESTIONS)), st.text(max_size=20))
def test_nothing_that_is_typed_breaks_it(question, typed):
    found = reply(question, typed)
    assert (found.message != "") == (found.meaning == "unclear")


@given(st.dates())
def test_every_day_is_read_as_it_is_said(day: datetime.date):
    for written in (f"{day.day}/{day.month}/{day.year:04}", day.isoformat()):
        assert understood_day(written).value == day.isoformat()
