"""Names in the commands that pages propose: a shell that reads them gives them back as they are."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from norm_engine.presentation.terminal import as_typed

NAMES = [
    "mon-audit",
    "audits/été-2026",
    "deux mots",
    "l'Escale",
    "l’Escale",
    "Amitié & Cie (Lyon); suite",
    "a\u00a0b\u202fc",
    "$HOME",
    "`id`",
    "$(id)",
    'dit "oui"',
    "a\\b",
    "gagné!",
    "l'argent: 5 $",
    "*",
    "[ab]?",
    "{a,b}",
    "~",
    "#1",
    "=ls",
    "a|b>c<d",
    "deux  espaces ",
    "ligne\nsuivante",
    "\x1b[31mrouge",
    "a\u202eb's \\ é",
    "a\udcffb",
    "",
]


@pytest.mark.parametrize("shell", [each for each in ("bash", "zsh") if shutil.which(each)])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_shell_gives_the_text_back(shell, name):
    code = f"printf '%s\\0' {as_typed(name)}"
    done = subprocess.run([shell, "-c", os.fsencode(code)], capture_output=True, check=True)
    assert done.stdout == os.fsencode(name) + b"\0"


def test_nothing_that_a_terminal_obeys_is_shown():
    for name in NAMES:
        assert all(each.isprintable() or each in "\u00a0\u202f" for each in as_typed(name))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("mon-audit", "mon-audit"),
        ("../audits/été_2026.yaml", "../audits/été_2026.yaml"),
        ("direction=4", "direction=4"),
        ("deux mots", '"deux mots"'),
        ("l'Escale", '"l\'Escale"'),
        ("5 $", "'5 $'"),
        ("-x", "-x"),
    ],
)
def test_it_stays_readable(name, typed):
    assert as_typed(name, windows=False) == typed


def test_a_path_is_no_option():
    assert as_typed(Path("-x")) == os.path.join(".", "-x")
    assert as_typed(Path("-x y"), windows=False) == '"./-x y"'
    assert as_typed(Path("a-x")) == "a-x"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        (r"C:\Audits\maison", r"C:\Audits\maison"),
        (r"C:\Mes audits\l'Escale", r'"C:\Mes audits\l' + "'" + 'Escale"'),
        ("a&b", '"a&b"'),
        ("a,b", '"a,b"'),
        ("5 $", '"5 $"'),  # no quotes that both of its shells know would do better
    ],
)
def test_on_windows_quotes_are_double(name, typed):
    assert as_typed(name, windows=True) == typed
