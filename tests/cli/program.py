"""Runs the program as its users do: a process of its own, or (where cases are many) in this one.

Messages are asked for in English, as the code has them, unless a test says otherwise.
"""

import contextvars
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

from norm_engine.cli.main import run

ROOT = Path(__file__).parents[2]
AUDITS = ROOT / "audits"
EXAMPLES = sorted(each.parent.name for each in AUDITS.glob("*/audit.yaml"))
"""The example audits that are shipped."""

DAY = "2026-11-23"
"""The day that the example audits speak of."""


class Ended(NamedTuple):
    """What a command said, and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


def environment(**more: str) -> dict[str, str]:
    """What a command is told by its surroundings: little, so that every machine gives the same."""
    kept = {name: os.environ[name] for name in ("PATH", "NORM_ENGINE_CACHE") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "LANG": "en_GB.UTF-8", **more}


def command(*arguments: str | Path) -> list[str]:
    """The command line of a process of its own."""
    return [sys.executable, "-m", "norm_engine", *map(str, arguments)]


def norm_engine(
    *arguments: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> Ended:
    """Run the program in a process of its own."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**(env or {})),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def in_this_process(*arguments: str | Path, language: str = "en") -> Ended:
    """Run the program here, from its entry point: the same, without the start of an interpreter."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    argv = ["norm-engine", *map(str, arguments)]
    with (
        patch.object(sys, "argv", argv),
        patch.dict(os.environ, {"LANG": language}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = contextvars.copy_context().run(_ended)
    return Ended(code, *(_said(stream) for stream in (out, err)))


def _ended() -> int:
    try:
        run()
    except SystemExit as ended:
        return int(ended.code or 0)
    raise AssertionError("the program always ends with a code")


def _said(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


def too_wide(text: str, allowed: Sequence[str] = ("http", "norm-engine ")) -> list[str]:
    """The lines wider than 80 columns; addresses and commands to copy stand on one line."""
    return [
        line
        for line in text.splitlines()
        if len(line) > 80 and not line.strip().startswith(tuple(allowed))
    ]
