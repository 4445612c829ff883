"""The catalogue as a document: everything is in it, nothing in it can do harm."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from norm_engine.authoring.catalogue import catalogue_html, catalogue_markdown
from norm_engine.authoring.catalogue_requirements import closing
from norm_engine.language import speaking
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import Planning, RuleSet, Setting
from tests.support.small_rules import action, requirement, rules

HOSTILE = """<script>alert("1")</script> & 'quotes' {braces} | pipe ](javascript:x)"""

QUESTIONS = {
    "postes": {
        "type": "count",
        "text": "Combien de postes ?",
        "unit": "personnes",
        "profile": True,
    },
    "formes": {
        "type": "count",
        "text": "Combien de formés ?",
        "help": "Comptez large.",
        "max": {"answer": "postes"},
    },
    "niveau": {
        "type": "scale",
        "text": "Où en est le cadre ?",
        "levels": [
            {"value": 0, "text": "Aucun", "anchor": "Rien n’est écrit."},
            {"value": 1, "text": "Écrit", "anchor": "Un texte se lit au mur."},
        ],
    },
    "lieux": {
        "type": "choices",
        "text": "Quels lieux ?",
        "choices": [{"value": "rue", "text": "La rue"}, {"value": "gare", "text": "La gare"}],
    },
}
KINDS = {
    "charte": {"title": "Charte signée", "proves": "Le cadre existe.", "fresh_for": "P1Y"},
    "bilan": {
        "title": "Bilan écrit",
        "proves": "La formation a eu lieu.",
        "fresh_for": {"setting": "age"},
    },
}
FRAME = requirement(
    "DEO-01",
    {
        "id": "ecrit",
        "text": "Le cadre est écrit",
        "when": {"answer": "niveau", "at_least": 1},
        "proof": {"evidence": "charte"},
        "weight": 2,
    },
    {
        "id": "lieu",
        "text": "Les lieux sont dits",
        "when": {"answer": "lieux", "includes": "rue"},
        "essential": False,
    },
    title="Cadre écrit",
    statement="La structure a écrit son cadre.",
    gravity="major",
    weight=5,
    guidance="Partez de situations vécues.\n\nPuis relisez à plusieurs.",
    sources=["AF1"],
    clause="4.1",
    in_force={"from": "2017-01-01"},
    examples=[
        {
            "title": "Texte affiché",
            "given": {"niveau": 1, "lieux": ["rue", "gare"], "postes": "unknown"},
            "evidence": {"charte": [{"dated": "2026-01-15"}], "bilan": "none"},
            "expect": {"declared": {"ecrit": True}, "proven": {"ecrit": False}, "status": "unmet"},
        }
    ],
)
TRAINED = requirement(
    "STR-25",
    {
        "id": "formes",
        "text": "La part est atteinte",
        "when": {"ratio": ["formes", "postes"], "at_least": {"setting": "part"}},
        "proof": {"evidence": "bilan"},
    },
    domain="d2",
    title="Formation",
    basis="inferred",
    level="recommendation",
    requires=["DEO-01"],
    applies_when={"answer": "postes", "at_least": 1},
)
RULES = rules(
    FRAME,
    TRAINED,
    title="Médiation d’essai",
    description="Un premier alinéa.\n\nUn second.",
    domains=[
        {"id": "d1", "title": "Déontologie", "cross_cutting": True},
        {"id": "d2", "title": "Structuration"},
    ],
    workshops=[{"id": "w1", "title": "Atelier un", "aims": ["Écrire le cadre"]}],
    settings={"part": ("share", "4/5"), "age": ("duration", "P15M")},
    decision=[
        {"id": "majeures", "text": "Aucune majeure.", "grade": "major", "at_most": 0},
        {"id": "plancher", "text": "Un plancher.", "each": "domain",
         "score_at_least": {"setting": "part"}},
    ],
    sources={
        "AF1": {"title": "La page", "publisher": "L’éditeur", "url": "https://example.org/a?b=1&c=2"},
        "A 2/é": {"title": "Sans adresse"},
    },
    questions=QUESTIONS,
    evidence=KINDS,
    actions={
        "former": action(
            title="Former les médiateurs",
            sets={"formes": {"answer": "postes"}},
            records=["bilan"],
            effort={"low": "1/2", "likely": 2, "high": 4, "per": "postes"},
            after=["ecrire"],
        ),
        "ecrire": action(
            title="Écrire le cadre", sets={"niveau": 1}, records=["charte"], phase="evaluer",
            when={"answer": "niveau", "is": 0},
        ),
    },
)  # fmt: skip


class Page(HTMLParser):
    """A page read back: its tags, which must close in order, its words and its links."""

    VOID = ("meta", "link", "br", "hr", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.words += data

    def values(self, attribute: str) -> list[str]:
        return [held[attribute] for _tag, held in self.tags if held.get(attribute)]


def plain(words: str) -> str:
    """Words with ordinary spaces."""
    return re.sub(r"\s+", " ", words)


def page(ruleset: RuleSet = RULES, language: str = "en") -> Page:
    with speaking(language):
        return Page(catalogue_html(ruleset))


def markdown(ruleset: RuleSet = RULES) -> str:
    with speaking("en"):
        return catalogue_markdown(ruleset)


CONTENT = [
    # of the front
    "Médiation d’essai", "Un premier alinéa.", "Un second.", "edition 2026, version 1.0.0",
    "It is not a statement of conformity to the norm.", "The norm’s own text is not in it.",
    # of a requirement
    "DEO-01", "Cadre écrit", "La structure a écrit son cadre.", "Gravity: major", "Weight: 5",
    "Workshop: Atelier un", "Attested as content of the norm", "Clause 4.1",
    "from 1 January 2017", "Le cadre est écrit", "counts 2 times", "adds credit, not essential",
    "Partez de situations vécues.", "Puis relisez à plusieurs.",
    "Recommendation", "Inferred by us",
    # its example
    "Texte affiché", "“Écrit” (level 1)", "La rue and La gare", "1 piece, dated 15 January 2026",
    "▲ not met",
    # what follows
    "Écrire le cadre", "Combien de postes ?", "Comptez large.", "Un texte se lit au mur.",
    "La gare", "Charte signée", "Le cadre existe.", "1 year", "15 months", "80%",
    "Former les médiateurs", "2 days of work (0.5 to 4) for each counted in “Combien de postes”",
    "as many as “Combien de postes”", "Aucune majeure.", "Un plancher.",
    "La page", "L’éditeur", "Sans adresse",
]  # fmt: skip


@pytest.mark.parametrize("words", CONTENT)
def test_the_page_and_the_markdown_hold_the_same_content(words):
    assert words in plain(page().words)
    assert words in re.sub(r"\\(.)", r"\1", plain(markdown()))


def test_conditions_are_said_in_words_and_linked_to_what_they_name():
    found = page()
    assert "“Combien de formés”: at least 4/5 of “Combien de postes” (setting part = 80%)" in plain(
        found.words
    )
    links = {held["href"] for tag, held in found.tags if tag == "a"}
    assert {"#question-formes", "#question-postes", "#setting-part", "#evidence-bilan"} <= links
    assert "[part](#setting-part)" in markdown()


def test_everything_has_an_anchor_and_every_link_inside_leads_somewhere():
    found = page()
    ids = found.values("id")
    assert len(ids) == len(set(ids))
    inside = {href[1:] for href in found.values("href") if href.startswith("#")}
    assert inside <= set(ids)
    wanted = {each.id for each in RULES.requirements}
    for kind, names in (
        ("question", RULES.questions),
        ("evidence", RULES.evidence),
        ("action", RULES.actions),
        ("setting", RULES.head.settings),
    ):
        wanted |= {f"{kind}-{name}" for name in names}
    assert wanted <= set(ids)
    anchors = set(re.findall(r'<a id="([^"]+)">', markdown()))
    assert wanted <= anchors
    assert {name for name in re.findall(r"\]\(#([^)]+)\)", markdown())} <= anchors


def test_keys_of_sources_may_hold_any_sign():
    assert "source-A.20.2.2f..e9." in page().values("id")


def test_gates_and_what_they_open_are_linked_both_ways():
    text = markdown()
    assert "**Gates**\n\n- [DEO-01](#DEO-01) Cadre écrit" in text
    assert "**Gate for**\n\n- [STR-25](#STR-25) Formation" in text


def test_the_page_needs_nothing_else_and_runs_nothing():
    found = page()
    tags = {tag for tag, _held in found.tags}
    assert not tags & {"script", "link", "img", "iframe", "object", "form"}
    assert not found.values("src")
    assert not [held for _tag, held in found.tags if any(key.startswith("on") for key in held)]
    with speaking("en"):
        style = re.search(r"<style>(.*)</style>", catalogue_html(RULES), re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_can_be_walked_through_by_its_headings():
    headings = [int(tag[1]) for tag, _held in page().tags if re.fullmatch(r"h[1-6]", tag)]
    assert headings.count(1) == 1
    # no level is skipped on the way down
    assert all(here <= before + 1 for before, here in pairwise(headings))


def test_the_first_link_skips_to_the_content():
    first = next(held for tag, held in page().tags if tag == "a")
    assert first["href"] == "#content"


def test_every_table_has_a_caption_and_named_columns():
    found = page()
    tables = sum(tag == "table" for tag, _held in found.tags)
    assert tables == sum(tag == "caption" for tag, _held in found.tags) > 0
    assert all(held.get("scope") in ("col", "row") for tag, held in found.tags if tag == "th")


@pytest.mark.parametrize(("language", "foreign"), [("fr", 0), ("en", 1)])
def test_the_page_says_its_language_and_where_the_words_are_in_another(language, foreign):
    found = page(language=language)
    assert found.tags[0] == ("html", {"lang": language})
    others = {lang for lang in found.values("lang") if lang != language}
    assert len(others) == foreign


def hostile() -> RuleSet:
    """A rule set whose every text tries to be markup."""
    return rules(
        requirement(
            "DEO-01",
            {"id": "a", "text": HOSTILE, "when": {"answer": "niveau", "is": "x"}},
            title=HOSTILE,
            statement=HOSTILE,
            guidance=HOSTILE,
            clause=HOSTILE,
            sources=["<b>"],
        ),
        title=HOSTILE,
        edition=HOSTILE,
        licence=HOSTILE,
        domains=[{"id": "d1", "title": HOSTILE}],
        workshops=[{"id": "w1", "title": HOSTILE, "aims": [HOSTILE]}],
        sources={"<b>": {"title": HOSTILE, "publisher": HOSTILE, "url": "javascript:alert(1)"}},
        questions={
            "niveau": {
                "type": "choice",
                "text": HOSTILE,
                "help": HOSTILE,
                "choices": [{"value": "x", "text": HOSTILE}],
            }
        },
        evidence={"charte": {"title": HOSTILE, "proves": HOSTILE}},
        actions={"ecrire": action(title=HOSTILE, why=HOSTILE, how=HOSTILE, sets={"niveau": "x"})},
    )


def test_hostile_texts_are_shown_as_they_stand():
    found = page(hostile())
    assert "script" not in {tag for tag, _held in found.tags}
    assert "b" not in {tag for tag, _held in found.tags}
    assert HOSTILE in plain(found.words)


def test_an_address_that_could_run_a_script_is_no_link():
    assert not [each for each in page(hostile()).values("href") if "javascript" in each]
    assert not re.search(r"(?<!\\)\]\(javascript", markdown(hostile()))


def test_hostile_texts_are_no_markup_in_markdown():
    text = markdown(hostile())
    assert "<script" not in text
    assert re.findall(r"<(?!a id=|/a>)", text) == []
    # a bar would end the cell of a table
    assert "\\| pipe" in text


def test_a_text_that_looks_like_a_list_or_a_heading_stays_a_text():
    text = markdown(rules(requirement("DEO-01", "a", statement="# Un\n\n- deux\n\n3. trois")))
    assert "\\# Un" in text
    assert "\\- deux" in text
    assert "3\\. trois" in text


def test_without_examples_none_are_shown():
    assert "Texte affiché" in page().words
    assert "Texte affiché" not in page(rules(requirement("DEO-01", "a"))).words


CLOSING = [
    # the action, whether it closes a gap on a criterion of an answer and its evidence
    ({"sets": {"a": True}}, True),
    ({"sets": {"b": True}}, False),
    ({"records": ["charte"]}, True),
    ({"records": ["bilan"]}, False),
    # it leaves the same kind of evidence, about something else
    ({"sets": {"b": True}, "records": ["charte"]}, False),
]


@pytest.mark.parametrize(("does", "closes"), CLOSING)
def test_actions_that_close_a_requirement_change_what_it_asks_for(does, closes):
    asked = {
        "id": "a",
        "text": "…",
        "when": {"answer": "a", "is": True},
        "proof": {"evidence": "charte"},
    }
    ruleset = rules(requirement("DEO-01", asked), actions={"agir": action(**does)})
    assert closing(ruleset.requirements[0], ruleset) == (["agir"] if closes else [])


def test_a_criterion_of_evidence_alone_is_closed_by_whatever_leaves_that_evidence():
    asked = {"id": "a", "text": "…", "proof": {"evidence": "charte"}}
    agir = action(sets={"b": True}, records=["charte"])
    ruleset = rules(requirement("DEO-01", asked), actions={"agir": agir})
    assert closing(ruleset.requirements[0], ruleset) == ["agir"]


PLANNED = replace(
    RULES,
    head=replace(
        RULES.head,
        settings={
            **RULES.head.settings,
            "jours": from_plain(Setting, {"type": "number", "default": "3/2", "title": "Jours"}),
        },
    ),
    planning=from_plain(
        Planning,
        {
            "filing": {
                "effort": {"low": "1/4", "likely": 1, "high": 3},
                "lead_time": "P2W",
                "role": "referent_qualite",
            },
            "capacity": {
                "direction": {"days": {"setting": "jours"}},
                "mediateurs": {"days": 2, "per": "postes"},
            },
        },
    ),
)


def test_what_plans_count_with_stands_beside_the_actions():
    shown, text = page(PLANNED), re.sub(r"\\(.)", r"\1", plain(markdown(PLANNED)))
    for words in (
        "What plans count with",
        "Filing a piece of evidence",
        "1 day of work (0.25 to 3)",
        "2 weeks",
        "Quality lead",
        "1.5 days (",
        "2 days, for each counted in ",
    ):
        assert words in plain(shown.words), words
        assert words in text, words
    assert {"#setting-jours", "#question-postes"} <= set(shown.values("href"))
    assert "planning" in shown.values("id")


def test_a_rule_set_that_says_nothing_of_plans_shows_nothing_of_them():
    assert "planning" not in page(RULES).values("id")
    assert "What plans count with" not in markdown(RULES)


def test_french_signs_never_begin_a_line():
    with speaking("fr"):
        assert "Combien de postes\u202f?" in catalogue_html(RULES)


def test_the_same_rules_give_the_same_text():
    assert markdown() == markdown()
