"""The self-audit says what the frozen results and the catalogue's YAML hold, each thing once."""

import datetime
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest

from norm_engine.language import speaking
from norm_engine.model.audit import Audit
from norm_engine.presentation.document import (
    Document,
    Facts,
    Figure,
    Items,
    Link,
    Mark,
    Section,
    Table,
    Tiles,
    Words,
)
from norm_engine.reports.kinds.self_audit import self_audit_document
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Wish
from tests.audits.results import NAMES, frozen
from tests.support.document_words import (
    blocks_of,
    links_of,
    said,
    section_of,
    sections_of,
    words_of_blocks,
)
from tests.support.report_material import material, subject
from tests.support.written import AUDITS, requirements, rules_file

DAY = datetime.date(2026, 11, 23)
"""The day of the frozen results."""

WORDS = {
    "met": "met",
    "partial": "partly met",
    "unmet": "not met",
    "blocked": "blocked",
    "undetermined": "undetermined",
    "not_applicable": "not applicable",
}

each_audit = pytest.mark.parametrize("name", NAMES)


@cache
def report(name: str, language: str = "en") -> Document:
    wish = Wish("self-audit", language)  # type: ignore[arg-type]
    with speaking(wish.language):
        return self_audit_document(material(AUDITS / name, wish, DAY))


def levels() -> dict[str, str]:
    """Requirement or recommendation, by id, as the catalogue's YAML has it."""
    return {name: each["level"] for name, each in requirements().items()}


def statuses(name: str) -> dict[str, str]:
    """The status of each requirement as the frozen result has it."""
    return {key: line.split()[0] for key, line in frozen(name)["requirements"].items()}


def first_mark(section: Section) -> str:
    """The words of the first mark in a section: a sheet's status."""
    paragraph = section.blocks[0]
    (mark,) = [each for each in paragraph.line if isinstance(each, Mark)]  # type: ignore[union-attr]
    return mark.words


def tables_of(section: Section) -> list[Table]:
    """The tables of a section; those of its pictures too."""
    found = (each.table if isinstance(each, Figure) else each for each in blocks_of([section]))
    return [each for each in found if isinstance(each, Table)]


@each_audit
def test_every_requirement_stands_once_with_its_status(name: str) -> None:
    """On a sheet while there is something to do or to settle; else in its domain's table."""
    part = section_of(report(name), "requirements")
    sheets = [each for each in blocks_of([part]) if isinstance(each, Section) and each.code]
    found = [(each.code, first_mark(each)) for each in sheets]
    found += [(said(row[0]), said(row[2])) for table in tables_of(part) for row in table.rows]
    assert sorted(found) == sorted((key, WORDS[held]) for key, held in statuses(name).items())


@each_audit
def test_the_index_beside_the_map_names_every_requirement_once(name: str) -> None:
    (figure,) = [x for x in blocks_of([section_of(report(name), "map")]) if isinstance(x, Figure)]
    assert figure.table is not None
    named = {
        each.words: said(row[1])
        for row in figure.table.rows
        for each in row[2]
        if isinstance(each, Link)
    }
    expected = statuses(name)
    assert set(named) == set(expected)
    for key, words in named.items():
        assert words.lstrip("0123456789\u00a0").replace("\u00a0", " ") == WORDS[expected[key]]


@each_audit
def test_every_link_leads_somewhere(name: str) -> None:
    document = report(name)
    anchors = Counter(each.anchor for each in sections_of(document))
    assert [anchor for anchor, count in anchors.items() if count > 1 or not anchor] == []
    inside = {each for each in links_of(document.sections) if each.startswith("#")}
    assert {each.removeprefix("#") for each in inside} <= set(anchors)


def test_the_essentials_give_the_decision_with_what_it_stands_at() -> None:
    """Frozen: 2 major against 0, 13 minor against 5, lowest domain 182/237 = 76.8 %."""
    words = words_of_blocks([section_of(report("association-des-deux-rives"), "essentials")])
    assert "Not ready yet" in words
    assert "— today 2, at most 0" in words
    assert "— today 13, at most 5" in words
    assert "— lowest 77%, at least 60%" in words


def test_the_essentials_give_four_figures() -> None:
    """9521/10920 = 87.2 % proven, 4903/5460 = 89.8 % declared; requirements counted by hand."""
    name = "association-des-deux-rives"
    held = Counter(s for key, s in statuses(name).items() if levels()[key] == "requirement")
    applicable = held.total() - held["not_applicable"]
    gaps = held["unmet"] + held["partial"] + held["blocked"]
    (tiles,) = [x for x in section_of(report(name), "essentials").blocks if isinstance(x, Tiles)]
    assert [(each.value, each.label, each.note) for each in tiles.tiles] == [
        ("87%", "proven readiness", "declared: 90%"),
        ("100%", "answered", "every question is answered"),
        (str(held["met"]), "requirements met", f"of {applicable} that apply"),
        (str(gaps), "gaps to close", "of which 2 major nonconformities"),
    ]


def test_what_is_not_known_makes_intervals() -> None:
    """Valmont: 43/218 to 547/1962 is 19.7 to 27.9 %; déontologie's lowest is far below."""
    words = words_of_blocks([section_of(report("service-mediation-valmont"), "essentials")])
    assert "20 to 28% proven readiness declared: 22 to 30%" in words
    assert "13 questions still open" in words


@each_audit
def test_the_things_to_do_first_are_those_of_the_evaluation_in_its_order(name: str) -> None:
    """Title, why and how as the catalogue's YAML has them."""
    actions = rules_file("actions.yaml")
    actions = actions.get("actions", actions)
    section = section_of(report(name, "fr"), "first")
    things = [each for each in section.blocks if isinstance(each, Section)]
    assert len(things) == 6
    for number, (key, thing) in enumerate(zip(frozen(name)["first"], things, strict=True), 1):
        words = plain(words_of_blocks([thing]))
        assert plain(said(thing.title)) == f"{number}. {plain(actions[key]['title'])}"
        assert plain(actions[key]["why"]) in words
        assert plain(actions[key]["how"]) in words


def plain(words: str) -> str:
    """Words without what typography does to their spaces."""
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_essentials_name_the_six_things() -> None:
    name = "association-des-deux-rives"
    rows = tables_of(section_of(report(name), "essentials"))[-1].rows
    assert [said(row[0])[:3] for row in rows] == ["1. ", "2. ", "3. ", "4. ", "5. ", "6. "]
    assert said(rows[0][4]) == "DEO-15 and PRO-24"
    assert said(rows[0][2]) == "0.3 to 1 day"
    assert said(rows[0][3]) == "3 months"


def sheet(name: str, requirement: str) -> str:
    return words_of_blocks([section_of(report(name), requirement)])


def test_a_gap_says_what_is_missing_and_how_structures_get_there() -> None:
    """DEO-15: declared met, but the one trace that proves it is not there."""
    words = sheet("association-des-deux-rives", "DEO-15")
    assert "not met · major nonconformity" in words
    assert "declared: met" in words
    assert "evidence “Trace anonymisée d’un accord avant transmission”" in words
    assert plain(requirements()["DEO-15"]["guidance"]) in plain(words)


def test_what_a_gate_is_missing_is_said_on_the_sheet_of_the_gate_only() -> None:
    """DEO-02 waits for DEO-01, which misses the written frame; DEO-02 misses signatures besides."""
    frame = "evidence “Cadre déontologique écrit et daté”"
    assert frame in sheet("service-mediation-valmont", "DEO-01")
    words = sheet("service-mediation-valmont", "DEO-02")
    assert "DEO-01" in words
    assert "evidence “Engagements individuels signés”" in words
    assert frame not in words


def test_the_choices_missing_from_one_answer_are_said_together() -> None:
    words = sheet("service-mediation-valmont", "DEO-01")
    asked = "Quels principes votre cadre déontologique écrit-il noir sur blanc"
    assert words.count(asked) == 1
    assert "includes “L’aller vers”, “Le faire avec”" in words


@pytest.mark.parametrize(
    ("name", "questions", "evidence"),
    [
        ("association-des-deux-rives", 0, 0),
        ("association-point-d-appui", 71, 76),
        ("service-mediation-valmont", 13, 13),
    ],
)
def test_what_is_open_is_listed_whole(name: str, questions: int, evidence: int) -> None:
    """As many as the frozen result counts."""
    kept = frozen(name)["open"]
    assert kept["questions"].split()[0] == str(questions)
    assert kept["evidence"].split()[0] == str(evidence)
    found = Counter(
        section.anchor.split("-")[1]
        for section in sections_of(report(name))
        if section.anchor.startswith(("open-questions-", "open-evidence-"))
        for block in section.blocks
        if isinstance(block, Items)
        for _item in block.items
    )
    assert (found["questions"], found["evidence"]) == (questions, evidence)


def test_an_answer_i_do_not_know_is_told_from_no_answer() -> None:
    """Valmont has asked its staff about posts that need a clean record, and has no answer yet."""
    words = words_of_blocks([section_of(report("service-mediation-valmont"), "open-questions")])
    (line,) = [x for x in words.splitlines() if x.startswith("La loi impose-t-elle un contrôle")]
    assert " – asked, and not known yet" in line


def test_root_causes_name_what_each_holds_back() -> None:
    """One missing trace holds back DEO-15 and PRO-24, and closes both by itself."""
    section = section_of(report("association-des-deux-rives"), "causes")
    words = words_of_blocks([section])
    assert (
        "20 gaps and 4 recommendations not followed: they come down to 35 missing things." in words
    )
    (facts,) = [each for each in section.blocks if isinstance(each, Facts)]
    label, blocks = facts.rows[0]
    assert label == "2 requirements"
    assert words_of_blocks(blocks).splitlines() == [
        "DEO-15 and PRO-24",
        "evidence “Trace anonymisée d’un accord avant transmission” – enough by itself",
        "Action: Relire un échantillon de transmissions et les accords notés",
    ]


def test_the_picture_shows_what_the_gravest_tied_gap_is_tied_to() -> None:
    """PRO-24 waits for DEO-15."""
    (table,) = tables_of(section_of(report("association-des-deux-rives"), "tied"))
    rows = [(said(row[0]), said(row[2]), said(row[3])) for row in table.rows]
    assert rows == [("DEO-15", "not met", "–"), ("PRO-24", "blocked", "DEO-15")]


def test_parts_stand_in_the_order_of_use() -> None:
    anchors = [each.anchor for each in report("association-des-deux-rives").sections]
    assert anchors[:7] == [
        "essentials",
        "first",
        "profile",
        "map",
        "causes",
        "requirements",
        "open",
    ]


def test_words_of_the_catalogue_say_their_language_in_an_english_report() -> None:
    title = section_of(report("association-des-deux-rives"), "DEO-15").title
    assert title == (Words("Informations partagées avec l’accord de la personne", "fr"),)


def test_an_audit_without_answers_is_asked_for_them_first() -> None:
    """Nothing is known: the whole is between 0 and 100 %, and no action is the first."""
    wish = Wish("self-audit", "en")
    full = subject(AUDITS / "association-des-deux-rives", DAY)
    assert full.audit is not None
    bare = Audit(format=1, ruleset=full.audit.ruleset, structure=full.audit.structure)
    with speaking(wish.language):
        document = self_audit_document(
            material_of(replace(full, audit=bare, states={}, sizes={}), wish)
        )
    words = words_of_blocks([section_of(document, "essentials")])
    assert "Too early to say" in words
    assert "0 to 100% proven readiness" in words
    assert "what is known so far points to no action yet" in words
