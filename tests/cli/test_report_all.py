"""`norm-engine report --all`: many audits at once, each report whole or not there."""

import shutil
from pathlib import Path

import pytest

from tests.cli.program import in_this_process, norm_engine
from tests.support.secretive_audit import audit_folder

DAY = "2026-11-25"
NAMES = ("alpha", "beta", "gamma")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with three small audits in ``audits``, beside things that are none."""
    audit_folder(tmp_path)
    for name in NAMES:
        shutil.copytree(tmp_path / "audit", tmp_path / "audits" / name)
    (tmp_path / "audits" / "brouillons").mkdir()
    (tmp_path / "audits" / "notes.txt").write_text("…", "utf-8")
    return tmp_path


def arguments(place: Path, *more: str | Path) -> tuple[str | Path, ...]:
    asked = ("report", "--all", place / "audits", "--rules", place / "regles", "--as-of", DAY)
    return (*asked, "-o", place / "sortie" / "2026", *more)


def written(place: Path) -> list[str]:
    """All files that were written, hidden ones too."""
    return sorted(each.name for each in (place / "sortie" / "2026").iterdir())


def break_audit(place: Path, name: str) -> None:
    audit = place / "audits" / name / "audit.yaml"
    audit.write_text(audit.read_text("utf-8").replace("postes: 4", "postes: quatre"), "utf-8")


def alone(place: Path, name: str, *more: str) -> bytes:
    """The report of one audit, written by itself."""
    file = place / "seul.pdf"
    asked = ("report", place / "audits" / name, "--rules", place / "regles", "--as-of", DAY)
    assert in_this_process(*asked, *more, "-o", file).code == 0
    return file.read_bytes()


def test_every_audit_gets_the_report_that_it_gets_alone(place: Path) -> None:
    kind = ("--kind", "checklist", "--workshop", "atelier-2")
    ended = norm_engine(*arguments(place, *kind))
    assert (ended.code, ended.out) == (0, "")
    assert "3 reports written. 0 failed." in ended.err
    names = [f"{name}-checklist-atelier-2-{DAY}.pdf" for name in NAMES]
    assert written(place) == names
    for name, file in zip(NAMES, names, strict=True):
        assert (place / "sortie" / "2026" / file).read_bytes() == alone(place, name, *kind)


def test_one_that_fails_is_named_and_the_others_are_written(place: Path) -> None:
    break_audit(place, "beta")
    ended = norm_engine(*arguments(place, "--kind", "summary", "--lang", "fr"))
    assert (ended.code, ended.out) == (3, "")
    assert str(place / "audits" / "beta") in ended.err
    assert "postes" in ended.err
    assert "alpha" not in ended.err
    assert written(place) == [f"{name}-synthese-{DAY}.pdf" for name in ("alpha", "gamma")]


def test_what_stood_there_is_replaced_by_what_succeeds_alone(place: Path) -> None:
    break_audit(place, "beta")
    folder = place / "sortie" / "2026"
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / f"{name}-summary-{DAY}.html").write_text("d’avant", "utf-8")
    ended = norm_engine(*arguments(place, "--kind", "summary", "--format", "html"))
    assert ended.code == 3
    kept = [
        name
        for name in NAMES
        if "d’avant" in (folder / f"{name}-summary-{DAY}.html").read_text("utf-8")
    ]
    assert kept == ["beta"]
    assert len(written(place)) == 3


def test_a_workshop_that_a_rule_set_does_not_have_is_said_of_each(place: Path) -> None:
    ended = norm_engine(*arguments(place, "--kind", "checklist", "--workshop", "atelier-9"))
    assert ended.code == 3
    said = "There is no workshop “atelier-9”. Write one of: atelier-1, atelier-2."
    assert ended.err.count(said) == 3
    assert written(place) == []


@pytest.mark.parametrize("folder", ["vide", "absent", "audits/alpha"])
def test_a_folder_without_audits_is_said(place: Path, folder: str) -> None:
    (place / "vide").mkdir()
    ended = in_this_process("report", "--all", place / folder, "-o", place / "sortie")
    assert ended.code == 3
    assert str(place / folder) in ended.err
    assert "There is no audit in this folder." in ended.err
    assert not (place / "sortie").exists()


def test_where_the_folder_cannot_be_made_nothing_is_begun(place: Path) -> None:
    (place / "sortie").write_text("occupé", "utf-8")
    ended = in_this_process(*arguments(place))
    assert (ended.code, ended.out) == (4, "")
    assert "sortie" in ended.err
    assert (place / "sortie").read_text("utf-8") == "occupé"
