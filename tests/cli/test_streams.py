"""Pipes that close, closed outputs, accidents, and the same bytes every time."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import AUDITS, DAY, ROOT, command, environment, norm_engine

EXAMPLE = AUDITS / "association-des-deux-rives"
READING = [
    ["evaluate", EXAMPLE, "--as-of", DAY],
    ["gaps", EXAMPLE, "--as-of", DAY],
    ["explain", "DEO-15", EXAMPLE, "--as-of", DAY],
    ["evaluate", EXAMPLE, "--as-of", DAY, "--format", "json"],
    ["gaps", EXAMPLE, "--as-of", DAY, "--format", "json"],
    ["explain", "DEO-15", EXAMPLE, "--as-of", DAY, "--format", "json"],
    ["rules", "list"],
    ["rules", "graph"],
    ["rules", "doc"],
]


def ids(arguments: list[object]) -> str:
    return " ".join(str(each) for each in arguments if each != EXAMPLE)


@pytest.mark.parametrize(
    "arguments", [["rules", "doc"], ["gaps", EXAMPLE], ["--help"], ["rules", "list"]], ids=ids
)
def test_a_reader_that_leaves_is_no_accident(arguments):
    """As in ``norm-engine rules doc | head -1``: the pipe closes before anything is written."""
    with subprocess.Popen(
        command(*arguments),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait(60) == 0
    assert said == b""


@pytest.mark.skipif(sys.platform == "win32", reason="closed outputs as Unix shells give them")
def test_a_closed_output_is_no_accident():
    line = '"$@" >&-'
    done = subprocess.run(
        ["sh", "-c", line, "sh", *command("evaluate", EXAMPLE, "--as-of", DAY)],
        env=environment(),
        stderr=subprocess.PIPE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")  # the answer is still no


def broken_installation(folder: Path) -> str:
    """A Python whose library breaks where a near name is looked for, as a damaged disk may do."""
    (folder / "difflib.py").write_text("raise RuntimeError('an accident')\n", "utf-8")
    return f"{folder}:{ROOT}"


@pytest.mark.skipif(sys.platform == "win32", reason="paths are joined otherwise there")
def test_an_accident_becomes_a_message_and_a_report(tmp_path):
    (tmp_path / "rapports").mkdir()
    path = broken_installation(tmp_path)
    reports = str(tmp_path / "rapports")
    done = norm_engine("evalute", env={"PYTHONPATH": path, "TMPDIR": reports})
    assert (done.code, done.out) == (5, "")
    assert "Traceback" not in done.err
    assert "Something went wrong that should not have. Nothing was changed." in done.err
    [report] = (tmp_path / "rapports").iterdir()
    assert str(report) in done.err
    assert "RuntimeError: an accident" in report.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="paths are joined otherwise there")
def test_an_accident_where_no_report_can_be_written_is_said_too(tmp_path):
    path = broken_installation(tmp_path)
    places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "/nowhere")
    # the system's own places are tried last: a folder that cannot be written is needed for those
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import tempfile; tempfile._candidate_tempdir_list = lambda: ['/nowhere'];"
            "from norm_engine.cli.main import run; run()",
            "evalute",
        ],
        env=environment(PYTHONPATH=path, **places),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (5, "")
    assert "Traceback" not in done.stderr
    assert "RuntimeError: an accident" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are bytes on Unix")
def test_a_name_in_another_encoding(tmp_path):
    folder = tmp_path / "maison"
    name = b"Caf\xe9 des Sources"  # Latin-1, as an old terminal writes it
    done = subprocess.run(
        [*(each.encode() for each in command("new", folder, "--name")), name],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Caf? des Sources" in (folder / "audit.yaml").read_text("utf-8")


@pytest.mark.parametrize("arguments", READING, ids=ids)
def test_the_same_bytes_every_time(arguments):
    first, second, third = (
        norm_engine(*arguments, env={"PYTHONHASHSEED": seed}) for seed in ("0", "1", "1")
    )
    assert first.out
    assert first == second == third


def test_the_cache_changes_nothing(tmp_path):
    arguments = ("evaluate", EXAMPLE, "--as-of", DAY, "--format", "json")
    empty = {"NORM_ENGINE_CACHE": str(tmp_path / "cache")}
    outs = {
        norm_engine(*arguments, env=env).out
        for env in (empty, empty, {"NORM_ENGINE_CACHE": "off"}, {})
    }
    assert len(outs) == 1
    assert re.fullmatch(r"\{.*\}\n", outs.pop(), re.DOTALL)
