"""Asks veraPDF, the reference validator, whether PDF files keep PDF/UA-1 and PDF/A-3a.

`make test` puts veraPDF into build/validator. It needs Java: where that is missing a test cannot
check, says so at the end of the run, and fails under CI.
"""

import functools
import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

FLAVOURS = ("ua1", "3a")
UNCHECKED = "Nothing was checked against PDF/UA-1 and PDF/A-3a"
JAR = Path(__file__).resolve().parents[2] / "build/validator/verapdf.jar"
_DRIVER = Path(__file__).with_name("VeraCheck.java")


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of a file: `assertions` counts what it looked at."""

    failures: list[str]
    assertions: int


@functools.cache
def missing() -> str:
    """What veraPDF lacks here to run; empty where it can."""
    try:
        listed = subprocess.run(
            ["java", "--list-modules"], capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return "Java (on Debian: apt-get install default-jdk-headless)"
    if "jdk.compiler@" not in listed:
        return "Java's compiler (on Debian: apt-get install default-jdk-headless)"
    return "" if JAR.is_file() else f"{JAR.name} (make test fetches it)"


def verdicts(
    files: Sequence[Path], flavours: Sequence[str] = FLAVOURS
) -> Mapping[tuple[Path, str], Verdict]:
    """What veraPDF says of each file against each standard, in one run of Java."""
    if absent := missing():
        words = f"{UNCHECKED}: what is missing is {absent}"
        if os.environ.get("CI"):
            pytest.fail(words)
        pytest.skip(words)
    ran = subprocess.run(
        ["java", "-Xss16m", "-cp", JAR, _DRIVER, ",".join(flavours), *files],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    said = {
        (Path(line["file"]), line["flavour"]): Verdict(line["failures"], line["assertions"])
        for line in lines
    }
    assert said.keys() == {(file, flavour) for file in files for flavour in flavours}
    return said


def validated(
    files: Sequence[Path], flavours: Sequence[str] = FLAVOURS
) -> Mapping[tuple[Path, str], list[str]]:
    """The failures of each file against each standard: an empty list where it holds."""
    return {which: verdict.failures for which, verdict in verdicts(files, flavours).items()}
