"""What belongs to an audit: its files, its evidence, its milestones; and nothing beside them."""

import os

import pytest

from norm_engine.store.belonging import audit_holding


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
