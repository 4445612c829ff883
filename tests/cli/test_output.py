"""``-o FILE``: what cannot be written is refused before any work, and says what to do."""

import pytest

from tests.cli.program import AUDITS, in_this_process

EXAMPLE = AUDITS / "association-des-deux-rives"

WRITERS = {
    "plan": ("plan", EXAMPLE, "plan.xlsx"),
    "chain": ("explain", EXAMPLE, "STR-50", "--path", "chain.svg"),
    "report": ("report", EXAMPLE, "report.pdf"),
    "catalogue": ("rules", "doc", "catalogue.html"),
    "graph": ("rules", "graph", "graph.svg"),
}


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_a_folder_that_is_not_there_is_named(tmp_path, asked):
    *words, name = asked
    done = in_this_process(*words, "-o", tmp_path / "nowhere" / name)
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"There is no folder “{tmp_path / 'nowhere'}”: create it first, or name another." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_a_folder_is_no_file_to_write(tmp_path, asked):
    done = in_this_process(*asked[:-1], "-o", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"“{tmp_path}” is a folder; after -o, name the file to write." in done.err


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_what_was_written_is_said(tmp_path, asked):
    *words, name = asked
    done = in_this_process(*words, "-o", tmp_path / name)
    assert done.code in (0, 1)
    assert f"Written: {tmp_path / name}" in done.err
    assert (tmp_path / name).stat().st_size > 0
