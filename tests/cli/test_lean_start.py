"""What the program imports: nothing heavy where the cache has it all, no engine for help."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from norm_engine.loading.cache import cache_folder

ROOT = Path(__file__).resolve().parent.parent.parent
AUDIT = ROOT / "audits" / "association-des-deux-rives"
RUN = "import sys; from norm_engine.cli.main import run; sys.exit(run())"

HEAVY = {"pydantic", "pydantic_core", "ruamel", "jsonschema", "networkx", "numpy", "platformdirs"}
WARM_ONLY = {
    "norm_engine.loading.border",
    "norm_engine.loading.rules",
    "norm_engine.loading.schemas",
    "norm_engine.loading.yaml_reader",
    "tempfile",
}


def imported(*arguments: str, cache: Path) -> set[str]:
    """The modules that a call of the program imports."""
    variables = {**os.environ, "NORM_ENGINE_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", RUN, *arguments],
        env=variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    found = {line.rpartition("|")[2].strip() for line in lines}
    assert "norm_engine.cli.main" in found
    return found


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A cache that has seen the audit before."""
    folder = tmp_path_factory.mktemp("cache")
    assert "pydantic" in imported("evaluate", str(AUDIT), cache=folder)
    return folder


@pytest.mark.parametrize("verb", ["evaluate", "gaps", "explain"])
def test_a_warm_start_imports_nothing_heavy(warm, verb):
    named = ["STR-25"] if verb == "explain" else []
    found = imported(verb, str(AUDIT), *named, cache=warm)
    packages = {name.partition(".")[0] for name in found}
    assert not packages & HEAVY
    assert not found & WARM_ONLY
    assert "norm_engine.engine.evaluation" in found


def test_help_imports_neither_engine_nor_loading(tmp_path):
    found = imported("--help", cache=tmp_path)
    ours = {name for name in found if name.startswith("norm_engine.")}
    parts = {name.split(".")[1] for name in ours}
    assert parts <= {"cli", "language"}
    assert not {name.partition(".")[0] for name in found} & HEAVY


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("named", ["/somewhere/else", "", "not/absolute", None])
def test_the_cache_stands_where_platformdirs_would_have_it(monkeypatch, named):
    from platformdirs import user_cache_path

    monkeypatch.delenv("NORM_ENGINE_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", named)
    assert cache_folder() == user_cache_path("norm-engine", appauthor=False)
