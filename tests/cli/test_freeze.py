"""``freeze``: what may be frozen, under which words, and what is left of milestones by others."""

import json
import shutil

import pytest

from tests.cli.program import AUDITS, in_this_process

DAY = "2026-11-23"


@pytest.fixture
def home(tmp_path):
    """An audit's folder with a milestone."""
    home = shutil.copytree(AUDITS / "association-point-d-appui", tmp_path / "maison")
    assert in_this_process("freeze", home, "--as-of", DAY, "--label", "Avant").code == 0
    return home


@pytest.fixture
def milestone(home):
    [milestone] = (home / "jalons").iterdir()
    return milestone


def names(folder):
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))


def test_a_milestone_is_not_frozen_again(home, milestone):
    before = names(home)
    for named in (milestone, milestone / "audit.yaml"):
        done = in_this_process("freeze", named, "--as-of", DAY)
        assert (done.code, done.out) == (4, "")
        assert "belongs to a milestone, which is never written again" in done.err
        assert "freeze the audit" in done.err
    assert names(home) == before


def test_nor_is_one_that_was_copied_or_linked_to(home, milestone, tmp_path):
    shutil.copytree(milestone, tmp_path / "copie")
    (tmp_path / "lien").symlink_to(milestone)
    for name in ("copie", "lien"):
        before = names(tmp_path)
        done = in_this_process("freeze", tmp_path / name, "--as-of", DAY)
        assert (done.code, done.out) == (4, "")
        assert names(tmp_path) == before


def test_nor_is_what_lost_its_label(home, milestone):
    (milestone / "jalon.json").unlink()
    before = names(home)
    done = in_this_process("freeze", milestone, "--as-of", DAY)
    assert (done.code, done.out) == (4, "")
    assert f"is part of the audit in {home}; freeze that audit" in done.err
    assert names(home) == before


@pytest.mark.parametrize(
    ("label", "code"),
    [("\x1b[31mrouge", "001B"), ("\x07", "0007"), ("a\nb", "000A"), ("a\u202eb", "202E")],
)
def test_a_label_with_signs_that_are_not_seen_is_refused(home, label, code):
    before = names(home)
    done = in_this_process("freeze", home, "--as-of", DAY, "--label", label)
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"A character that is not seen stands here (U+{code}). Type the text again" in said
    assert label not in done.err
    assert names(home) == before


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_label_that_another_hand_wrote_does_not_reach_the_terminal(home, milestone, form):
    file = milestone / "jalon.json"
    file.chmod(0o644)
    said = json.loads(file.read_bytes()) | {"label": "\x1b[31mrouge\x07\nvif"}
    file.write_text(json.dumps(said), "utf-8")
    done = in_this_process("compare", milestone, home, "--as-of", DAY, "--format", form)
    assert done.code == 0
    assert " [31mrouge" in done.out
    assert not {"\x1b", "\x07"} & set(done.out + done.err)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"as_of": "2026-01-01"}, "are not of one day, or not of the same rules"),
        ({"ruleset": {}}, "are not of one day, or not of the same rules"),
        ({"label": ["a"]}, "not one that “norm-engine freeze” wrote"),
    ],
)
def test_a_milestone_says_of_itself_what_its_result_says(home, milestone, changed, said):
    file = milestone / "jalon.json"
    file.chmod(0o644)
    file.write_text(json.dumps(json.loads(file.read_bytes()) | changed), "utf-8")
    done = in_this_process("compare", milestone, home, "--as-of", DAY)
    assert (done.code, done.out) == (3, "")
    assert "jalon.json" in done.err
    assert said in " ".join(done.err.split())


def test_a_new_audit_has_a_name_that_is_seen(tmp_path):
    done = in_this_process("new", tmp_path / "a", "--name", "Mai\x1bson")
    assert (done.code, done.out) == (2, "")
    assert "U+001B" in done.err
    assert not (tmp_path / "a").exists()
    assert in_this_process("new", tmp_path / "Mai\x1bson").code == 0
    assert in_this_process("evaluate", tmp_path / "Mai\x1bson").code == 1


# --- reports of milestones ------------------------------------------------------------------------


def test_a_report_on_a_milestone_goes_to_those_of_its_audit(home, milestone):
    before = names(milestone)
    done = in_this_process("report", milestone, "--kind", "summary", "--as-of", DAY)
    file = home / "rapports" / f"{milestone.name}-summary-{DAY}.pdf"
    assert (done.code, done.out) == (0, "")
    assert str(file) in done.err
    assert file.is_file()
    assert names(milestone) == before


def test_of_one_that_was_copied_the_file_has_to_be_named(milestone, tmp_path):
    copied = shutil.copytree(milestone, tmp_path / "copie")
    (tmp_path / "lien").symlink_to(copied)
    for name in ("copie", "lien"):
        asked = ("report", tmp_path / name, "--kind", "summary", "--as-of", DAY)
        done = in_this_process(*asked)
        assert (done.code, done.out) == (2, "")
        assert "is a milestone, where nothing is written: name the file with -o." in " ".join(
            done.err.split()
        )
    assert names(copied) == names(milestone)
    assert in_this_process(*asked, "-o", tmp_path / "a.pdf").code == 0


def test_a_blank_checklist_does_not_fall_into_the_milestone_one_is_in(milestone, monkeypatch):
    monkeypatch.chdir(milestone)
    before = names(milestone)
    asked = ("report", "--kind", "checklist", "--ruleset", "afnor_mediation_sociale")
    assert in_this_process(*asked).code == 2
    assert names(milestone) == before
