"""Two pages for a board: the decision and what matters, nothing of persons, comments or files."""

import datetime
import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from norm_engine.language import speaking
from norm_engine.presentation.document import Document, Table
from norm_engine.reports.kinds.summary import summary_document
from norm_engine.reports.render import material_of, render_pdf
from norm_engine.reports.subject import Wish
from tests.audits.results import NAMES
from tests.support.document_words import blocks_of, said, section_of, words_of_blocks
from tests.support.report_material import material, subject
from tests.support.secretive_audit import OVERLAY_WORDS, SECRET, secretive_subject
from tests.support.written import AUDITS, audit

DAY = datetime.date(2026, 11, 23)
RIVES = "association-des-deux-rives"

each_audit = pytest.mark.parametrize("name", NAMES)


@cache
def summary(name: str) -> Document:
    wish = Wish("summary", "en")
    with speaking(wish.language):
        return summary_document(material(AUDITS / name, wish, DAY))


@cache
def words(name: str) -> str:
    document = summary(name)
    return words_of_blocks([*document.front, *document.sections, *document.colophon])


def test_the_decision_is_one_sentence() -> None:
    """Major and minor nonconformities are too many; the floor of each domain holds."""
    assert (
        "On 23 November 2026, the structure is not ready yet: 2 conditions of 3 do not hold."
        in words(RIVES).splitlines()
    )


def test_it_says_what_the_structure_is() -> None:
    """Its kind and size, as the profile in the audit's YAML has them."""
    assert audit(RIVES)["answers"]["mediateurs_en_poste"]["value"] == 12
    assert "Combien de médiateurs sont en poste aujourd’hui\u202f? 12 personnes" in words(RIVES)


def test_strengths_are_what_is_met_of_what_weighs_most_and_what_goes_beyond() -> None:
    """Frozen: 12 requirements are graded as strengths; five are named."""
    said_of = words_of_blocks([section_of(summary(RIVES), "strengths")])
    assert "Travail en binôme" in said_of
    assert "and 7 others" in said_of
    assert "The domain where most is proven: Processus (91%)" in said_of


def test_gaps_are_named_worst_first() -> None:
    """Major nonconformities head the list: DEO-15, then STR-49 behind what DEO-15 blocks."""
    (table,) = [x for x in blocks_of([section_of(summary(RIVES), "gaps")]) if isinstance(x, Table)]
    assert said(table.caption) == "20 gaps and 4 recommendations not followed; the gravest"
    assert [(said(row[0]), said(row[2])) for row in table.rows][:3] == [
        ("Informations partagées avec l’accord de la personne", "Major nonconformity"),
        ("Un passage de relais accompagné et accepté", "–"),
        ("Durées de conservation appliquées et bilans anonymes", "Major nonconformity"),
    ]


def test_the_work_is_summed() -> None:
    """In the catalogue, low: 1/4+1/2+1+1/2+1+2 = 5.25; high: 1+2+5+2+5+9 = 24."""
    assert "In all, 5.3 to 24 days of work" in words(RIVES)


@each_audit
def test_it_says_nothing_of_comments_persons_and_pieces(name: str) -> None:
    held = audit(name)
    answers = [each for each in held["answers"].values() if isinstance(each, dict)]
    hidden = {each[key] for each in answers for key in ("by", "comment") if key in each}
    hidden |= {each["title"] for each in held.get("evidence", ())}
    hidden |= {each["owner"] for each in held.get("actions", ()) if "owner" in each}
    # a role that is a word of everyday use, such as “Direction”, is no one’s name
    said_of = words(name)
    assert [each for each in sorted(hidden) if " " in each and each in said_of] == []


def test_nothing_of_an_audit_made_of_secrets_shows(tmp_path: Path) -> None:
    """Nor the wording of its overlay."""
    wish = Wish("summary", "en")
    with speaking(wish.language):
        made = material_of(secretive_subject(tmp_path, overlaid=True), wish)
        document = summary_document(made)
    said_of = words_of_blocks([*document.front, *document.sections, *document.colophon])
    assert "Association Exemple" in said(document.title)
    assert SECRET not in said_of
    assert OVERLAY_WORDS not in said_of


@each_audit
def test_it_takes_two_pages(name: str) -> None:
    content = render_pdf(subject(AUDITS / name, DAY), Wish("summary", "fr"))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 2
