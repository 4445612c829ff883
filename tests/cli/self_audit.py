"""An express self-audit as somebody goes through it, on an audit of which nothing is known."""

import io
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from norm_engine.loading.yaml_reader import read_yaml
from tests.cli.program import Ended, command, environment, in_this_process
from tests.loading.small import AUDIT, write_rules

DAY = "2026-09-01"
OPEN = """\
format: 1
ruleset: {id: petite, edition: "2021"}
structure: {name: Association Exemple}
answers:
  postes: unknown   # au 1er septembre
evidence: []
no_evidence: []
"""
"""Nothing is known: two requirements rest on five questions and two kinds of evidence."""


def open_audit(place: Path) -> Path:
    """Write a rule set and an audit of which nothing is known into a folder."""
    write_rules(place / "regles")
    (place / "a").mkdir()
    (place / "a" / "audit.yaml").write_text(OPEN, "utf-8")
    return place


def arguments(*more: str) -> list[str]:
    """The command line of the self-audit, with more options."""
    return ["next", "a", "--rules", "regles", "--as-of", DAY, *more]


def started(place: Path, *more: str) -> subprocess.Popen[bytes]:
    """The self-audit in a process of its own, with a pipe for each stream."""
    return subprocess.Popen(
        command(*arguments(*(more or ("--until", "100%")))),
        cwd=place,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def talk(place: Path, talker: Callable[[str], str], *more: str) -> Ended:
    """Run the self-audit, answering each prompt when it stands there."""
    running = started(place, *more)
    assert running.stdin is not None
    assert running.stdout is not None
    assert running.stderr is not None
    said = shown = b""
    with running:
        while chunk := os.read(running.stderr.fileno(), 65536):
            said += chunk
            shown += chunk
            if shown.endswith(b" "):  # a prompt waits on its line
                running.stdin.write(talker(shown.decode()).encode() + b"\n")
                running.stdin.flush()
                shown = b""
        out = running.stdout.read().decode()
        code = running.wait(60)
    return Ended(code, out, said.decode())


def typed(place: Path, text: str, *more: str, language: str = "en") -> Ended:
    """Run the self-audit with lines that come through a pipe."""
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(place)
        patched.setattr("sys.stdin", io.StringIO(text))
        return in_this_process(*arguments(*(more or ("--until", "100%"))), language=language)


def held(place: Path) -> Any:
    """What the audit holds."""
    return read_yaml((place / "a" / "audit.yaml").read_bytes(), "")


def only(place: Path, question: str) -> None:
    """Everything is known but one thing."""
    text = AUDIT.replace("file: charte-3fa2c1d0.pdf", "kept_at: siège")
    text = text.replace("formes: {value: 3,", "formes: {value: 4,")
    text = text.replace("no_evidence: [attestation]", "no_evidence: []")
    text = text.partition("findings:")[0].replace(
        "evidence:\n",
        "evidence:\n"
        "  - {id: P3, proves: [attestation], title: A, kept_at: ici, dated: 2026-01-02}\n"
        "  - {id: P4, proves: [attestation], title: B, kept_at: ici, dated: 2026-01-02}\n",
        1,
    )
    lines = [
        line
        for line in text.splitlines()
        if not line.startswith(f"  {question}:") and f"proves: [{question}]" not in line
    ]
    (place / "a" / "audit.yaml").write_text("\n".join(lines) + "\n", "utf-8")
