"""The commands that a page proposes: they speak of the same audit, evaluated in the same way."""

import itertools
import shlex
import shutil
import subprocess

import pytest

from norm_engine.cli.plan_options import days_of
from tests.cli.program import AUDITS, in_this_process

EXAMPLE = AUDITS / "association-des-deux-rives"
DAY = "2026-09-01"


def proposed(page: str) -> list[list[str]]:
    return [
        shlex.split(line) for line in page.splitlines() if line.strip().startswith("norm-engine ")
    ]


def options(words: list[str]) -> dict[str, str]:
    return {name: value for name, value in itertools.pairwise(words) if name.startswith("-")}


@pytest.mark.parametrize(
    "verb",
    [["evaluate"], ["gaps"], ["explain", "STR-50", "--path"], ["next"], ["plan"]],
    ids=" ".join,
)
def test_rules_day_and_language_are_kept(verb):
    asked = [*verb, EXAMPLE, "--rules", "rules", "--as-of", DAY, "--lang", "en"]
    found = proposed(in_this_process(*asked).out)
    assert found
    for words in found:
        assert str(EXAMPLE) in words
        kept = options(words)
        assert (kept["--rules"], kept["--as-of"], kept["--lang"]) == ("rules", DAY, "en")


@pytest.mark.parametrize("verb", [["evaluate"], ["gaps"], ["next"]], ids=" ".join)
def test_they_can_be_run_as_they_stand(verb):
    for words in proposed(in_this_process(*verb, EXAMPLE, "--as-of", DAY).out):
        if "--until" not in words:
            assert in_this_process(*words[1:]).code in (0, 1)


def test_the_language_is_kept_wherever_it_was_asked_for():
    page = in_this_process("--lang", "en", "gaps", EXAMPLE, language="fr").out
    assert [options(words)["--lang"] for words in proposed(page)] == ["en"]


def test_what_nobody_asked_for_is_not_proposed():
    page = in_this_process("gaps", EXAMPLE).out
    assert [options(words) for words in proposed(page)] == [{}]


def test_a_comparison_leads_to_its_second_side_on_its_day():
    asked = ["compare", EXAMPLE, "--as-of-a", DAY, "--as-of", "2026-11-25", "--rules", "rules"]
    (words,) = proposed(in_this_process(*asked).out)
    assert options(words) == {"--rules": "rules", "--as-of": "2026-11-25"}


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("7,5", "7.5"),
        ("12d", "12"),
        ("100", "100"),
        ("1234567", "1234567"),
        ("1234.5678", "1234.5678"),
        ("9999999.9999", "9999999.9999"),
        ("12.05", "12.05"),
        ("7/2", "3.5"),
        ("1/3", "1/3"),
        ("385/32", "385/32"),  # 12.03125 has more decimals than can be typed
    ],
)
def test_a_budget_is_proposed_exactly(typed, again):
    page = in_this_process("plan", EXAMPLE, "--as-of", DAY, "--budget", typed).out
    assert {options(words)["--budget"] for words in proposed(page)} == {again}
    assert days_of(again) == days_of(typed)


@pytest.mark.parametrize("name", ["-maison", "l'Escale & Cie (2)", "5 $HOME", "a`id`;b", "été"])
def test_an_audit_may_have_any_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, tmp_path / name)
    page = in_this_process("gaps", f"./{name}", "--as-of", DAY).out
    lines = [line for line in page.splitlines() if line.strip().startswith("norm-engine ")]
    assert lines
    for line in lines:
        # the program of that name says what it was asked
        shown = f"norm-engine() {{ printf '%s\\0' \"$@\"; }}; {line}"
        asked = subprocess.run(["bash", "-c", shown], capture_output=True, check=True).stdout
        assert in_this_process(*asked.decode().split("\0")[:-1]).code in (0, 1)
