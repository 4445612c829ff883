"""What belongs to an audit: its files, its evidence, its milestones; and nothing beside them."""

import os

import pytest

from norm_engine.store.belonging import audit_holding, is_kept_for, rules_holding


@pytest.fixture
def home(tmp_path):
    """An audit's folder with a milestone in it, and a copy of the milestone beside it."""
    home = tmp_path / "maison"
    frozen = home / "jalons" / "2026-11-01"
    for folder in (frozen, home / "preuves" / "2025", home / "rapports", tmp_path / "copie"):
        folder.mkdir(parents=True)
    for file in (home / "audit.yaml", frozen / "audit.yaml", frozen / "jalon.json"):
        file.write_text("", "utf-8")
    (tmp_path / "copie" / "jalon.json").write_text("", "utf-8")
    return home


@pytest.mark.parametrize(
    "name",
    [
        "audit.yaml",
        "audit.schema.json",
        "journal.jsonl",
        "journal-interrompu-0a1b2c3d.txt",
        "preuves",
        "preuves/charte.pdf",
        "preuves/2025/charte.pdf",
        "jalons",
        "jalons/2026-12-01",
        "jalons/2026-11-01/resultat.json",
        "jalons/2026-11-01/rapports/a.pdf",
        "rapports/../preuves/charte.pdf",
        # where a disk takes capitals for small letters
        "AUDIT.YAML",
        "Audit.Schema.json",
        "Preuves/charte.pdf",
        "JALONS/2026-11-01/resultat.json",
    ],
)
def test_what_an_audit_keeps_for_itself(home, name):
    assert audit_holding(home / name) == home


@pytest.mark.parametrize(
    "name",
    ["", "rapports", "rapports/a.pdf", "plan.json", "journal.txt", "jalon.json", "x/audit.yaml"],
)
def test_what_stands_beside_it_is_free(home, name):
    assert audit_holding(home / name) is None


def test_without_an_audit_the_names_mean_nothing(tmp_path):
    for name in ("preuves/a.pdf", "jalons/a.svg", "journal.jsonl"):
        assert audit_holding(tmp_path / name) is None


def test_a_milestone_that_was_copied_elsewhere_holds_all_that_is_in_it(home):
    copied = home.parent / "copie"
    assert audit_holding(copied) == copied
    assert audit_holding(copied / "a.pdf") == copied


def test_a_name_is_followed_from_where_one_is(home, monkeypatch):
    from pathlib import Path

    monkeypatch.chdir(home / "preuves")
    for name in ("a.pdf", "../audit.schema.json", "../jalons/a.svg"):
        assert audit_holding(Path(name)) == home
    assert audit_holding(Path("../a.pdf")) is None


def test_links_lead_to_it(home, tmp_path):
    (tmp_path / "lien").symlink_to(home / "preuves")
    (tmp_path / "chaine.svg").symlink_to(home / "audit.yaml")
    assert audit_holding(tmp_path / "lien" / "a.pdf") == home
    assert audit_holding(tmp_path / "chaine.svg") == home


def test_a_folder_of_it_may_be_a_link_to_another_disk(home, tmp_path):
    (tmp_path / "disque").mkdir()
    os.rename(home / "preuves", home / "anciennes")
    (home / "preuves").symlink_to(tmp_path / "disque")
    assert audit_holding(home / "preuves" / "a.pdf") == home


def test_a_name_that_no_disk_takes_belongs_to_none(tmp_path):
    (tmp_path / "rond").symlink_to("rond")
    assert audit_holding(tmp_path / "rond" / "a.pdf") is None
    assert audit_holding(tmp_path / "a\0b.pdf") is None


# --- what an audit under way keeps, whatever it is called


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("preuves/a.pdf", True),
        ("jalons/2026-12-01/a.pdf", True),
        ("journal.jsonl", True),
        ("rapports/../preuves/a.pdf", True),
        ("rapports/a.pdf", False),
        ("a.pdf", False),
    ],
)
def test_an_audit_under_another_name_keeps_the_same(home, name, kept):
    os.rename(home / "audit.yaml", home / "mon-audit.txt")
    assert is_kept_for(home / "mon-audit.txt", home / name) == kept


def test_the_folder_that_its_evidence_leads_to_is_its_own(home, tmp_path):
    (tmp_path / "disque").mkdir()
    os.rename(home / "preuves", home / "anciennes")
    (home / "preuves").symlink_to(tmp_path / "disque")
    place = tmp_path / "disque" / "a.pdf"
    assert audit_holding(place) is None  # under that name nobody knows it
    for audit in (home / "audit.yaml", home / "jalons" / "2026-11-01" / "audit.yaml"):
        assert is_kept_for(audit, place)
    assert not is_kept_for(home / "audit.yaml", tmp_path / "a.pdf")


def test_links_in_a_circle_lead_to_nothing(home):
    os.rename(home / "jalons", home / "anciens")
    (home / "jalons").symlink_to("jalons")
    assert is_kept_for(home / "audit.yaml", home / "preuves" / "a.pdf")
    assert not is_kept_for(home / "audit.yaml", home / "a.pdf")


def test_an_audit_among_its_own_evidence_is_not_kept_out_of_where_it_stands(home, tmp_path):
    os.rename(home / "preuves", home / "anciennes")
    (home / "preuves").symlink_to(tmp_path)
    assert not is_kept_for(home / "audit.yaml", home / "rapports" / "a.pdf")


# --- rule sets


@pytest.mark.parametrize("name", ["", "a.md", "essais/a.md", "../regles/a.md"])
def test_what_stands_in_a_rule_set(tmp_path, name):
    (tmp_path / "regles" / "essais").mkdir(parents=True)
    (tmp_path / "regles" / "ruleset.yaml").write_text("", "utf-8")
    assert rules_holding(tmp_path / "regles" / name) == tmp_path / "regles"
    assert rules_holding(tmp_path / "a.md") is None
