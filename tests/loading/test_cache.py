"""What was read once is not read again, and a cache that cannot be trusted is not used."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from norm_engine.loading import cache
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.records import from_plain, to_plain
from norm_engine.model.ruleset import RuleSet

from .small import AUDIT, write_rules

NO_YAML = """
import sys
from pathlib import Path
sys.modules["ruamel"] = sys.modules["pydantic"] = sys.modules["jsonschema"] = None
from norm_engine.loading.audits import load_audit
loaded = load_audit(Path(sys.argv[1]), [Path(sys.argv[2])])
print(loaded.ruleset.fingerprint, loaded.audit.answers["postes"])
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of a cache of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    return folder


@pytest.fixture
def audit(tmp_path):
    (tmp_path / "audit.yaml").write_text(AUDIT, "utf-8")
    return tmp_path / "audit.yaml"


@pytest.fixture
def rules(tmp_path):
    return write_rules(tmp_path / "rules")


def test_the_second_reading_needs_neither_parser_nor_checker(kept, audit, rules):
    # where nothing is kept, a process without the parser cannot read
    command = [sys.executable, "-c", NO_YAML, str(audit), str(rules)]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run(command, env=path, capture_output=True, check=False).returncode == 1
    loaded = load_audit(audit, [rules])
    done = subprocess.run(command, env=path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [loaded.ruleset.fingerprint, "4"]


def test_what_is_kept_is_what_was_read(kept, audit, rules):
    first, second = load_audit(audit, [rules]), load_audit(audit, [rules])
    assert list(kept.glob("*.json"))
    assert first.ruleset == second.ruleset
    assert first.audit == second.audit
    for value in (first.ruleset, load_ruleset(rules, examples=True)):
        assert from_plain(RuleSet, to_plain(value)) == value
        assert from_plain(RuleSet, json.loads(json.dumps(to_plain(value)))) == value


def test_with_and_without_examples_are_kept_apart(kept, rules):
    assert not load_ruleset(rules).requirements[1].examples
    assert load_ruleset(rules, examples=True).requirements[1].examples
    assert not load_ruleset(rules).requirements[1].examples


def test_what_changes_is_read_again(kept, rules):
    before = load_ruleset(rules)
    file = rules / "deontologie.yaml"
    file.write_text(file.read_text().replace("weight: 3", "weight: 4"))
    after = load_ruleset(rules)
    assert (before.requirements[0].weight, after.requirements[0].weight) == (3, 4)


def test_only_the_owner_may_read(kept, rules):
    load_ruleset(rules)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept.iterdir()} == {0o600}


DAMAGES = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "altered": lambda content: content.replace(b"DEO-01", b"DEO-99"),
    "no checksum": lambda content: content.partition(b"\n")[2],
    "no JSON": lambda content: hashlib.sha256(b"{").hexdigest().encode() + b"\n{",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_as_good_as_none(kept, rules, damage):
    load_ruleset(rules)
    for file in kept.iterdir():
        file.write_bytes(damage(file.read_bytes()))
    assert load_ruleset(rules).requirements[0].id == "DEO-01"


def forged(folder: Path) -> None:
    """Make every kept rule set say something else, with a checksum that fits."""
    for file in folder.glob("*.json"):
        body = (
            file.read_bytes().partition(b"\n")[2].replace(b"Petite norme", b"Norme forg\xc3\xa9e")
        )
        file.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def test_a_folder_of_ones_own_is_trusted(kept, rules):
    load_ruleset(rules)
    forged(kept)
    assert load_ruleset(rules).head.title == "Norme forgée"


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_not_used(kept, rules, mode):
    load_ruleset(rules)
    forged(kept)
    kept.chmod(mode)
    before = sorted(kept.iterdir())
    assert load_ruleset(rules).head.title == "Petite norme"
    assert sorted(kept.iterdir()) == before


def test_a_link_to_a_folder_is_not_used(kept, rules, tmp_path, monkeypatch):
    load_ruleset(rules)
    forged(kept)
    (tmp_path / "link").symlink_to(kept)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "link"))
    assert load_ruleset(rules).head.title == "Petite norme"


def test_a_folder_of_somebody_else_is_not_used(kept, rules, monkeypatch):
    load_ruleset(rules)
    forged(kept)
    somebody_else = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: somebody_else)
    assert load_ruleset(rules).head.title == "Petite norme"


@pytest.mark.parametrize("word", ["off", "OFF", "0", "no", "non"])
def test_turned_off(tmp_path, monkeypatch, word):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(cache.VARIABLE, word)
    cache.keep("k", {"a": 1})
    assert cache.recall("k") is None
    assert list(tmp_path.iterdir()) == []


def test_the_home_folder_may_be_named_by_its_sign(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(cache.VARIABLE, "~/kept")
    assert cache.cache_folder() == tmp_path / "kept"


@pytest.mark.parametrize("place", ["file", "file/under", "/proc/none"])
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path, monkeypatch, place):
    (tmp_path / "file").write_text("…")
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / place)
    cache.keep("k", {"a": 1})
    assert cache.recall("k") is None


def test_what_a_crash_left_is_swept_and_the_newest_stay(kept, monkeypatch):
    monkeypatch.setattr(cache, "_MAX_FILES", 3)
    cache.keep("k0", 0)
    old, new = kept / "old.part", kept / "new.part"
    old.write_text("…")
    new.write_text("…")
    os.utime(old, (0, 0))
    for number in range(1, 6):
        cache.keep(f"k{number}", number)
        os.utime(kept / f"k{number}.json", (number, number))
    assert not old.exists()
    assert new.exists()
    assert len(list(kept.glob("*.json"))) == 3
    assert cache.recall("k5") == 5
