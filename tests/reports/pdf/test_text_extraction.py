"""What is copied, searched or read aloud: words whole, in the order in which they are meant."""

import re
from pathlib import Path

import pytest

from norm_engine.loading.rulesets import load_ruleset, shipped_rules
from norm_engine.presentation.document import Column, Facts, Paragraph, Section, Strong, Table
from tests.support.poppler import information_of, text_of

AUDIT = "association-des-deux-rives"
FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture(scope="module")
def ruleset():
    return load_ruleset(shipped_rules() / "afnor_mediation_sociale")


def words_of(text: str) -> str:
    return " ".join(text.split())


def pages_of(file: Path, *options: str) -> list[str]:
    """The text of each page, its lines joined."""
    return [words_of(page) for page in text_of(file, *options).split("\f")[:-1]]


@pytest.mark.parametrize("options", [(), ("-raw",)], ids=["as read", "as written"])
def test_the_statement_of_every_requirement_is_one_running_text(report, ruleset, options) -> None:
    text = " ".join(pages_of(report(AUDIT, "compliance"), *options))
    for each in ruleset.requirements:
        assert words_of(each.title) in text
        missing = [
            sentence
            for sentence in re.split(r"(?<=\.)\s", words_of(each.statement))
            if sentence not in text
        ]
        # a page may end in a statement; its foot and the next head are then read in between
        assert len(missing) <= 1, each.id


def test_requirements_stand_in_the_order_of_the_rule_set_title_before_statement(
    report, ruleset
) -> None:
    text = " ".join(pages_of(report(AUDIT, "compliance"), "-raw"))
    for domain in ruleset.head.domains:
        places = []
        for each in ruleset.requirements:
            if each.domain == domain.id:
                title = re.escape(f"{each.id} {words_of(each.title)}")
                (heading,) = re.finditer(f"{title} (Exigence|Recommandation) ·", text)
                beginning = " ".join(each.statement.split()[:5])
                assert text.index(beginning, heading.end()) < heading.end() + 100
                places.append(heading.start())
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        ("compliance", "fr", "page {} sur {}"),
        ("checklist", "fr", "page {} sur {}"),
        ("summary", "en", "page {} of {}"),
    ],
)
def test_each_page_tells_its_number_of_how_many_and_what_it_is_made_from(
    report, kind, language, said
) -> None:
    file = report(AUDIT, kind, language)
    pages = pages_of(file)
    assert len(pages) == int(information_of(file)["Pages"])
    prints = set()
    for number, page in enumerate(pages, 1):
        assert said.format(number, len(pages)) in page
        prints.add(tuple(FINGERPRINT.findall(page)[-3:]))
    # the fingerprints of the audit, the rule set and the evaluation, alike on every page
    assert len(prints) == 1
    assert len(set(prints.pop())) == 3


def test_each_page_but_the_cover_tells_whose_report_it_is_of(report) -> None:
    for page in pages_of(report(AUDIT, "compliance"), "-raw")[1:]:
        assert "Association des Deux Rives · 25/11/2026" in page


def test_rows_of_a_table_are_read_one_after_another(written) -> None:
    rows = (
        (("Diagnostic du territoire",), ("✓ oui",), ("4 points",)),
        (("Position de tiers, en toutes circonstances et pour chacun",), ("✗ non",), ("0 point",)),
    )
    columns = (Column(1), Column(1), Column(1, "end"))
    file = written(Table(("Critères",), ("Critère", "Prouvé", "Points"), rows, columns))
    assert (
        "Critères Critère Prouvé Points Diagnostic du territoire ✓ oui 4 points"
        " Position de tiers, en toutes circonstances et pour chacun ✗ non 0 point"
    ) in pages_of(file, "-raw")[0]


def test_labels_are_read_before_what_stands_beside_them(written) -> None:
    facts = Facts((("Structure", (Paragraph(("Association",)),)), ("Sites", (Paragraph(("3",)),))))
    assert "Structure Association Sites 3" in pages_of(written(facts), "-raw")[0]


def test_words_on_two_lines_or_in_two_faces_are_not_glued(written) -> None:
    text = " ".join(f"mot{number}" for number in range(400))
    file = written(
        Paragraph((text, " ", Strong("en gras"), " et la suite, sans coup", Strong("ure")))
    )
    for options in ((), ("-raw",)):
        assert f"{text} en gras et la suite, sans coupure" in pages_of(file, *options)[0]


def test_headings_are_read_before_their_text(written) -> None:
    parts = (Section("a", ("Un",), (Paragraph(("Texte un.",)),)),)
    file = written(*parts, Section("b", ("Deux",), (Paragraph(("Texte deux.",)),)))
    assert "Rapport Essai Un Texte un. Deux Texte deux." in pages_of(file, "-raw")[0]


def test_french_text_is_found_as_it_was_typed(written) -> None:
    text = "L’œuvre « intitulée » : 12\u202f000\u00a0€, ça va ? À l’été… — naïf, Ÿ, ﬁ"
    assert words_of(text) in pages_of(written(Paragraph((text,))))[0]


@pytest.mark.parametrize("character", ["😀", "\U0001d538", "☎"])
def test_a_character_that_only_the_fallback_font_has_is_found_too(written, character) -> None:
    assert (
        f"avant {character} après" in pages_of(written(Paragraph((f"avant {character} après",))))[0]
    )
