"""Conditions as plain sentences: one row for each construct."""

import pytest

from norm_engine.language import speaking
from norm_engine.model.conditions import Condition
from norm_engine.model.records import from_plain
from norm_engine.presentation.conditions import Mention, outline, phrase, plain, said
from norm_engine.presentation.values import number_words, share_words
from tests.support.small_rules import Doc, requirement, rules

RULES = rules(
    requirement("DEO-01", "ouvert", title="Written frame"),
    settings={
        "part": ("share", "4/5"),
        "tiers": ("share", "1/3"),
        "combien": ("count", 2),
        "age": ("duration", "P15M"),
        "palier": ("scale", 1),
    },
    questions={
        "postes": {"type": "count", "text": "How many posts?", "unit": "people"},
        "formes": {"type": "count", "text": "How many trained?", "unit": "people"},
        "heures": {"type": "number", "text": "Hours"},
        "ouvert": {"type": "yes_no", "text": "Is it open?"},
        "revu": {"type": "yes_no", "text": "Is it reviewed?"},
        "date": {"type": "date", "text": "Signed when?"},
        "lieu": {
            "type": "choice",
            "text": "Where?",
            "choices": [
                {"value": "rue", "text": "Street"},
                {"value": "gare", "text": "Station"},
            ],
        },
        "lieux": {
            "type": "choices",
            "text": "Which places?",
            "choices": [
                {"value": "rue", "text": "Street"},
                {"value": "gare", "text": "Station"},
                {"value": "parc", "text": "Park"},
            ],
        },
        "niveau": {
            "type": "scale",
            "text": "How far?",
            "levels": [
                {"value": 0, "text": "Nothing", "anchor": "…"},
                {"value": 1, "text": "Written", "anchor": "…"},
            ],
        },
        "ville": {"type": "text", "text": "Town"},
    },
    evidence={"charte": {"title": "Charter"}, "bilan": {"title": "Review"}},
)

OPEN: Doc = {"answer": "ouvert", "is": True}
REVIEWED: Doc = {"answer": "revu", "is": True}
POSTS: Doc = {"answer": "postes", "at_least": 3}

ATOMS = [
    (OPEN, "“Is it open”: yes"),
    ({"answer": "ouvert", "is": False}, "“Is it open”: no"),
    ({"answer": "lieu", "is": "rue"}, "“Where”: “Street”"),
    ({"answer": "ville", "is": "Lyon"}, "“Town”: “Lyon”"),
    ({"answer": "postes", "is": 4}, "“How many posts”: 4 people"),
    (POSTS, "“How many posts”: at least 3 people"),
    # units are plurals: none beside one
    ({"answer": "postes", "at_least": 1}, "“How many posts”: at least 1"),
    ({"answer": "postes", "at_most": 1500}, "“How many posts”: at most 1,500 people"),
    ({"answer": "heures", "at_least": "7/2"}, "“Hours”: at least 3.5"),
    ({"answer": "heures", "at_least": "1/3"}, "“Hours”: at least 1/3"),
    ({"answer": "niveau", "is": 0}, "“How far”: “Nothing” (level 0)"),
    ({"answer": "niveau", "at_least": 1}, "“How far”: “Written” (level 1), or better"),
    ({"answer": "niveau", "at_most": 1}, "“How far”: at most “Written” (level 1)"),
    ({"answer": "date", "at_least": "2026-05-01"}, "“Signed when”: on 1 May 2026 or later"),
    ({"answer": "date", "at_most": "2026-05-01"}, "“Signed when”: on 1 May 2026 or earlier"),
    ({"answer": "date", "newer_than": "P24M"}, "“Signed when”: at most 24 months ago"),
    ({"answer": "lieu", "among": ["rue", "gare"]}, "“Where”: one of “Street” and “Station”"),
    ({"answer": "lieux", "includes": "rue"}, "“Which places”: the answer includes “Street”"),
    (
        {"ratio": ["formes", "postes"], "at_least": "4/5"},
        "“How many trained”: at least 4/5 of “How many posts”",
    ),
    (
        {"ratio": ["formes", "postes"], "at_most": "80 %"},
        "“How many trained”: at most 80% of “How many posts”",
    ),
    (
        {"ratio": ["formes", "postes"], "at_least": 1},
        "“How many trained”: at least 100% of “How many posts”",
    ),
    (
        {"ratio": ["formes", "postes"], "at_least": 2},
        "“How many trained”: at least 2 times “How many posts”",
    ),
    ({"met": "DEO-01"}, "DEO-01 “Written frame” is met, or does not apply"),
    ({"evidence": "charte"}, "evidence “Charter”"),
    ({"evidence": "charte", "count": 3}, "at least 3 pieces of evidence “Charter”"),
]

SETTINGS = [
    # the value, and the setting that an overlay would change
    (
        {"ratio": ["formes", "postes"], "at_least": {"setting": "part"}},
        "“How many trained”: at least 4/5 of “How many posts” (setting part = 80%)",
    ),
    # no whole percentage says a third: the fraction is not said twice
    (
        {"ratio": ["formes", "postes"], "at_least": {"setting": "tiers"}},
        "“How many trained”: at least 1/3 of “How many posts” (setting tiers)",
    ),
    (
        {"answer": "postes", "at_least": {"setting": "combien"}},
        "“How many posts”: at least 2 people (setting combien)",
    ),
    (
        {"answer": "date", "newer_than": {"setting": "age"}},
        "“Signed when”: at most 15 months ago (setting age)",
    ),
    (
        {"answer": "niveau", "at_least": {"setting": "palier"}},
        "“How far”: “Written” (level 1), or better (setting palier)",
    ),
    (
        {"evidence": "charte", "count": {"setting": "combien"}},
        "at least 2 pieces of evidence “Charter” (setting combien)",
    ),
    (
        {"at_least": {"setting": "combien"}, "of": [OPEN, REVIEWED, POSTS]},
        "at least 2 of these 3 (setting combien): “Is it open”: yes; “Is it reviewed”: yes; "
        "“How many posts”: at least 3 people",
    ),
]

GROUPS = [
    ({"all": [OPEN, REVIEWED]}, "“Is it open”: yes, and “Is it reviewed”: yes"),
    ({"any": [OPEN, REVIEWED]}, "“Is it open”: yes, or “Is it reviewed”: yes"),
    ({"all": [OPEN]}, "“Is it open”: yes"),
    (
        {"at_least": 2, "of": [OPEN, REVIEWED, POSTS]},
        "at least 2 of these 3: “Is it open”: yes; “Is it reviewed”: yes; "
        "“How many posts”: at least 3 people",
    ),
    (
        {"all": [OPEN, {"any": [REVIEWED, POSTS]}]},
        "“Is it open”: yes, and (“Is it reviewed”: yes, or “How many posts”: at least 3 people)",
    ),
    (
        {"any": [{"evidence": "charte"}, {"evidence": "bilan", "count": 2}]},
        "evidence “Charter”, or at least 2 pieces of evidence “Review”",
    ),
    # several choices of one question: the question is said once
    (
        {"all": [{"answer": "lieux", "includes": each} for each in ("rue", "gare", "parc")]},
        "“Which places”: the answer includes all of “Street”, “Station” and “Park”",
    ),
    (
        {"any": [{"answer": "lieux", "includes": each} for each in ("rue", "gare")]},
        "“Which places”: the answer includes one of “Street” and “Station”",
    ),
]

NEGATIONS = [
    ({"not": OPEN}, "“Is it open”: no"),
    ({"not": {"not": OPEN}}, "“Is it open”: yes"),
    ({"not": POSTS}, "“How many posts”: less than 3 people"),
    ({"not": {"answer": "postes", "at_most": 3}}, "“How many posts”: more than 3 people"),
    ({"not": {"answer": "lieu", "is": "rue"}}, "“Where”: other than “Street”"),
    (
        {"not": {"answer": "lieu", "among": ["rue", "gare"]}},
        "“Where”: none of “Street” and “Station”",
    ),
    (
        {"not": {"answer": "lieux", "includes": "rue"}},
        "“Which places”: the answer does not include “Street”",
    ),
    ({"not": {"answer": "niveau", "at_least": 1}}, "“How far”: below “Written” (level 1)"),
    ({"not": {"answer": "date", "at_least": "2026-05-01"}}, "“Signed when”: before 1 May 2026"),
    ({"not": {"answer": "date", "newer_than": "P1Y"}}, "“Signed when”: more than 1 year ago"),
    (
        {"not": {"ratio": ["formes", "postes"], "at_least": "1/2"}},
        "“How many trained”: less than 1/2 of “How many posts”",
    ),
    ({"not": {"met": "DEO-01"}}, "DEO-01 “Written frame” applies and is not met"),
    (
        {"not": {"all": [OPEN, REVIEWED]}},
        "not all of these: “Is it open”: yes; “Is it reviewed”: yes",
    ),
    ({"not": {"any": [OPEN, REVIEWED]}}, "none of these: “Is it open”: yes; “Is it reviewed”: yes"),
    (
        {"not": {"at_least": 2, "of": [OPEN, REVIEWED]}},
        "fewer than 2 of these 2: “Is it open”: yes; “Is it reviewed”: yes",
    ),
]


def condition(written: Doc) -> Condition:
    return from_plain(Condition, written)


@pytest.mark.parametrize(("written", "sentence"), ATOMS + SETTINGS + GROUPS + NEGATIONS)
def test_a_condition_reads_as_a_sentence(written, sentence):
    with speaking("en"):
        assert said(condition(written), RULES) == sentence


def test_an_outline_has_one_line_for_each_comparison_and_one_above_each_group():
    written = {"all": [OPEN, {"at_least": 1, "of": [REVIEWED, {"not": {"any": [POSTS, OPEN]}}]}]}
    with speaking("en"):
        assert outline(condition(written), RULES) == [
            (0, "all of these:"),
            (1, "“Is it open”: yes"),
            (1, "at least 1 of these 2:"),
            (2, "“Is it reviewed”: yes"),
            (2, "none of these:"),
            (3, "“How many posts”: at least 3 people"),
            (3, "“Is it open”: yes"),
        ]


def test_an_outline_lists_the_choices_that_one_answer_must_include():
    written = {"all": [{"answer": "lieux", "includes": each} for each in ("rue", "parc")]}
    with speaking("en"):
        assert outline(condition(written), RULES) == [
            (0, "“Which places”: the answer includes all of these:"),
            (1, "“Street”"),
            (1, "“Park”"),
        ]


def test_a_sentence_tells_what_it_names_so_that_a_document_can_link_to_it():
    written = {"ratio": ["formes", "postes"], "at_least": {"setting": "part"}}
    with speaking("en"):
        parts = phrase(condition(written), RULES)
        named = [each for each in parts if isinstance(each, Mention)]
        assert plain(parts) == said(condition(written), RULES)
    assert named == [
        Mention("question", "formes", "How many trained"),
        Mention("question", "postes", "How many posts"),
        Mention("setting", "part", "part"),
    ]


def test_braces_in_a_question_are_not_taken_for_holes():
    hostile = rules(questions={"ouvert": {"type": "yes_no", "text": "{value} {0} {}"}})
    with speaking("en"):
        assert said(condition(OPEN), hostile) == "“{value} {0} {}”: yes"


FIGURES = [
    # as documents write it, as a number, as a share: exact, or left a fraction
    ("2469/2", "1,234.5", "1,234.5"),
    ("4/5", "0.8", "80%"),
    ("1/8", "0.125", "0.125"),
    ("1/3", "1/3", "1/3"),
    ("80 %", "0.8", "80%"),
    (1, "1", "100%"),
    ("-1/2", "-0.5", "-0.5"),
]


@pytest.mark.parametrize(("written", "number", "share"), FIGURES)
def test_numbers_are_never_rounded(written, number, share):
    with speaking("en"):
        assert (number_words(written), share_words(written)) == (number, share)


def test_numbers_follow_the_language():
    with speaking("fr"):
        assert number_words("2469/2") == "1\u202f234,5"
        assert share_words("4/5") == "80\u202f%"
