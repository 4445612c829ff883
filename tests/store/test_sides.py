"""What is compared is read: an audit at the day asked for, a milestone as it was frozen."""

import datetime
import hashlib
import json
import shutil

import pytest

from norm_engine.loading.problems import InvalidInput
from norm_engine.store.milestones import milestones_of, read_milestone
from norm_engine.store.sides import read_side
from tests.cli.program import in_this_process
from tests.loading.small import AUDIT, changed, write_rules

TODAY = datetime.date(2027, 1, 15)
DAY = datetime.date(2026, 11, 1)
CHARTER = b"Charte\n"
OVERLAY = """\
format: 1
overlay: {id: reseau, for: {id: petite, edition: "2021"}}
settings: {part: 1}
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return write_rules(tmp_path_factory.mktemp("rules") / "petite")


@pytest.fixture
def folder(tmp_path, rules):
    """An audit folder with a milestone, frozen as of a day that is not today."""
    home = tmp_path / "maison"
    (home / "preuves").mkdir(parents=True)
    (home / "preuves" / "charte-3fa2c1d0.pdf").write_bytes(CHARTER)
    sha256 = hashlib.sha256(CHARTER).hexdigest()
    text = changed(AUDIT, "dated: 2025-03-01}", f"dated: 2025-03-01, sha256: {sha256}}}")
    text = changed(text, "answers:", "overlays: [{file: reseau.yaml}]\nanswers:")
    (home / "reseau.yaml").write_text(OVERLAY, "utf-8")
    (home / "audit.yaml").write_text(text, "utf-8")
    freeze(home, rules, "Avant l’atelier")
    return home


def freeze(home, rules, label):
    done = in_this_process("freeze", home, "--rules", rules, "--as-of", str(DAY), "--label", label)
    assert done.code == 0, done.err


def read(given, rules, day=None):
    return read_side(given, [rules], (), day=day, today=TODAY)


def test_an_audit_is_read_for_today_or_for_the_day_asked_for(folder, rules):
    assert read(folder, rules).as_of == TODAY
    assert read(folder / "audit.yaml", rules, DAY).as_of == DAY
    assert read(folder, rules).milestone is None


def test_a_milestone_is_read_for_its_own_day_with_what_it_says_of_itself(folder, rules):
    (made,) = milestones_of(folder)
    side = read(made, rules)
    assert side.as_of == DAY
    assert read(made, rules, TODAY).as_of == TODAY
    assert side.home == folder
    assert side.milestone.label == "Avant l’atelier"
    assert (
        side.milestone.result["overall"]
        == json.loads((made / "resultat.json").read_bytes())["overall"]
    )
    assert side.milestone.ruleset["fingerprint"] == side.ruleset.fingerprint


def test_a_milestone_has_the_files_and_the_overlays_of_its_audit(folder, rules):
    (made,) = milestones_of(folder)
    assert read(made, rules).states == {"P1": "ok"}
    assert [each.id for each in read(made, rules).ruleset.overlays] == ["reseau"]
    (folder / "preuves" / "charte-3fa2c1d0.pdf").unlink()
    assert read(made, rules).states == {"P1": "missing"}


def test_a_milestone_taken_elsewhere_says_that_its_overlay_is_not_there(folder, rules, tmp_path):
    (made,) = milestones_of(folder)
    shutil.copytree(made, tmp_path / "ailleurs")
    with pytest.raises(InvalidInput, match=r"reseau\.yaml"):
        read(tmp_path / "ailleurs", rules)


@pytest.mark.parametrize("name", ["audit.yaml", "resultat.json"])
def test_a_milestone_that_was_changed_is_refused(folder, rules, name):
    (made,) = milestones_of(folder)
    (made / name).chmod(0o644)
    (made / name).write_bytes((made / name).read_bytes() + b"\n")
    with pytest.raises(InvalidInput) as refused:
        read(made, rules)
    (problem,) = refused.value.problems
    assert problem.file == str(made / name)
    assert problem.remedy


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"{}",
        b'{"format": 2}',
        b'{"format": 1}',
        b'{"format": 1, "sha256": 3}',
        b'{"format": 1, "sha256": {"audit.yaml": 3}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_what_freeze_did_not_write_is_refused(folder, rules, content):
    (made,) = milestones_of(folder)
    (made / "jalon.json").chmod(0o644)
    (made / "jalon.json").write_bytes(content)
    with pytest.raises(InvalidInput):
        read(made, rules)


def test_milestones_come_in_the_order_in_which_they_were_made(folder, rules):
    for number in range(11):
        freeze(folder, rules, f"numéro {number}")
    labels = [read_milestone(each).label for each in milestones_of(folder)]
    assert labels == ["Avant l’atelier", *(f"numéro {number}" for number in range(11))]
