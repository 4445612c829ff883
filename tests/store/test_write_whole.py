"""A file is there as a whole or not at all, and nothing is overwritten unasked."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from norm_engine.language import speaking
from norm_engine.store.folders import Conflict, write_whole
from tests.cli.program import ROOT, environment

OLD, NEW = b"old\n" * 200_000, b"new\n" * 200_000


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def test_a_new_file(tmp_path):
    file = tmp_path / "audit.yaml"
    write_whole(file, NEW)
    assert file.read_bytes() == NEW
    assert [each.name for each in tmp_path.iterdir()] == ["audit.yaml"]


def test_an_existing_file_is_kept_unless_one_asks(tmp_path):
    file = tmp_path / "audit.yaml"
    file.write_bytes(OLD)
    with pytest.raises(Conflict, match=r"audit\.yaml exists already; nothing was overwritten"):
        write_whole(file, NEW)
    assert file.read_bytes() == OLD
    write_whole(file, NEW, replace=True)
    assert file.read_bytes() == NEW
    assert [each.name for each in tmp_path.iterdir()] == ["audit.yaml"]


def test_a_link_that_leads_nowhere_holds_the_name_too(tmp_path):
    file = tmp_path / "audit.yaml"
    file.symlink_to(tmp_path / "nowhere")
    with pytest.raises(Conflict):
        write_whole(file, NEW)
    assert file.is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_of_many_writers_at_once_one_wins(tmp_path):
    """Each writes its own number, whole; the others are told."""
    code = (
        "import sys; from pathlib import Path; from norm_engine.store.folders import *\n"
        "try: write_whole(Path(sys.argv[1]), sys.argv[2].encode() * 100_000)\n"
        "except Conflict: sys.exit(4)"
    )
    file = tmp_path / "audit.yaml"
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(file), str(rank)], env=environment())
        for rank in range(8)
    ]
    codes = [writer.wait(60) for writer in writers]
    assert sorted(codes) == [0] + [4] * 7
    assert file.read_bytes() == str(codes.index(0)).encode() * 100_000
    assert [each.name for each in tmp_path.iterdir()] == ["audit.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are Unix's")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_others_may_read_it_as_the_user_has_settled(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "audit.yaml", NEW)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "audit.yaml").stat().st_mode) == mode


def test_the_longest_name_that_a_disk_takes(tmp_path):
    name = "é" * 124 + ".yaml"  # 253 bytes of the 255 that a name may have
    write_whole(tmp_path / name, NEW)
    assert (tmp_path / name).read_bytes() == NEW


WRITER = """\
import sys
from pathlib import Path
from norm_engine.store.folders import write_whole
file, old, new = Path(sys.argv[1]), b"old\\n" * 200_000, b"new\\n" * 200_000
print("ready", flush=True)
while True:
    write_whole(file, new, replace=True)
    write_whole(file, old, replace=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is Unix's")
def test_killed_at_any_moment_the_old_or_the_new_file_is_there(tmp_path):
    """``kill -9`` again and again, at moments drawn at random; the seed is fixed."""
    chance = random.Random(20261123)
    file = tmp_path / "audit.yaml"
    file.write_bytes(OLD)
    seen = set()
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file)],
            env=environment(PYTHONPATH=str(ROOT)),
            stdout=subprocess.PIPE,
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(chance.random() / 40)
            writer.send_signal(signal.SIGKILL)
        content = file.read_bytes()
        assert content in (OLD, NEW)
        seen.add(content)
    # what was being written is hidden, and ends in a way that nothing reads
    left = [each.name for each in tmp_path.iterdir() if each != file]
    assert all(name.startswith(".audit.yaml.") and name.endswith(".part") for name in left)
    assert len(left) <= 20


def test_what_a_crash_left_disturbs_nobody(tmp_path):
    from norm_engine.loading.rulesets import load_ruleset
    from tests.loading.small import write_rules

    rules = write_rules(tmp_path / "regles")
    expected = load_ruleset(rules).fingerprint
    (rules / ".deontologie.yaml.x1y2.part").write_bytes(b"domain: deon")
    assert load_ruleset(rules).fingerprint == expected


def test_a_folder_that_is_not_there_is_named(tmp_path):
    file: Path = tmp_path / "rien" / "page.html"
    with pytest.raises(FileNotFoundError) as refused:
        write_whole(file, NEW)
    assert refused.value.filename == str(file)
