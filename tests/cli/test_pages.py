"""Pages of text: at most 80 columns, no colour but on a terminal, the words of one language."""

import datetime
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from norm_engine.cli.explain import explanation_page, explanation_result
from norm_engine.cli.options import evaluated
from norm_engine.language import speaking
from norm_engine.presentation.terminal import Page
from tests.cli.program import (
    AUDITS,
    DAY,
    EXAMPLES,
    command,
    environment,
    in_this_process,
    norm_engine,
    too_wide,
)

COLOUR = "\033["
EXAMPLE = AUDITS / "association-des-deux-rives"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("verb", ["evaluate", "gaps"])
def test_no_line_is_wider_than_a_page(verb, name, language):
    done = in_this_process(verb, AUDITS / name, "--as-of", DAY, language=language)
    assert done.out
    assert COLOUR not in done.out
    assert too_wide(done.out) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_explanation_is_wider_than_a_page(name, language):
    done = evaluated(AUDITS / name, [], [], datetime.date.fromisoformat(DAY))
    wide = {}
    with speaking(language):
        for requirement in done.evaluation.program.requirement_index:
            page = Page()
            result = explanation_result(done.evaluation, done.audit, requirement, done.states)
            explanation_page(page, result, done.evaluation.program)
            assert COLOUR not in str(page)
            wide[requirement] = too_wide(str(page))
    assert {name: lines for name, lines in wide.items() if lines} == {}


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["list", "afnor_mediation_sociale"], ["show", "DEO-15"], ["test"], ["check"]],
    ids=" ".join,
)
def test_no_page_of_the_rule_set_is_wider(arguments):
    done = in_this_process("rules", *arguments)
    assert done.out
    # the folder of a rule set stands on one line, to be copied
    assert too_wide(done.out, ("http", str(Path(AUDITS).parent))) == []


@pytest.mark.parametrize(
    "verb", [[], *([each] for each in ("new", "evaluate", "gaps", "explain", "freeze", "rules"))]
)
def test_help_fits_the_page_and_tells_every_option(verb):
    done = in_this_process(*verb, "--help")
    assert done.code == 0
    assert too_wide(done.out) == []
    assert "--lang" in done.out or verb == ["rules"]


def on_a_terminal(*arguments, **environ):
    """What the program writes to a terminal (a real one, as far as it can tell)."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        command(*arguments), stdout=its, env=environment(TERM="xterm", **environ)
    ) as running:
        os.close(its)
        said = b""
        while True:
            try:
                read = os.read(ours, 65536)
            except OSError:  # the end, as Linux says it
                break
            if not read:
                break
            said += read
        running.wait(60)
    os.close(ours)
    return said.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of this kind are Unix's")
def test_colour_on_a_terminal_only():
    arguments = ("evaluate", EXAMPLE, "--as-of", DAY)
    coloured = on_a_terminal(*arguments)
    assert COLOUR in coloured
    assert COLOUR not in on_a_terminal(*arguments, NO_COLOR="1")
    piped = norm_engine(*arguments).out
    assert COLOUR not in piped
    # colour adds nothing that is not also said by a shape or a word
    bare = re.sub(r"\033\[\d+m", "", coloured).replace("\r\n", "\n")
    assert " ".join(bare.split()) == " ".join(piped.split())


def test_every_verdict_has_a_shape_of_its_own():
    said = norm_engine("evaluate", AUDITS / "association-point-d-appui", "--as-of", DAY).out
    words = r"([●◆▲■○–])\s(\d+)\s(met|partly met|not met|blocked|undet|not appl)"
    counts = re.findall(words, said.replace("\xa0", " "))
    shapes = {word: shape for shape, _count, word in counts}
    assert len(shapes) >= 5
    assert shapes == {
        word: shape
        for word, shape in (
            ("met", "●"),
            ("partly met", "◆"),
            ("not met", "▲"),
            ("blocked", "■"),
            ("undet", "○"),
            ("not appl", "–"),
        )
        if word in shapes
    }


def test_the_language_is_french_unless_one_asks():
    def head(**environ):
        return norm_engine("evaluate", EXAMPLE, "--as-of", DAY, env=environ).out.splitlines()[1]

    assert "23 November 2026" in head(LANG="en_US.UTF-8")
    assert "23/11/2026" in head(LANG="fr_FR.UTF-8")
    assert "23/11/2026" in head(LANG="C")  # what servers have is no wish
    assert "23/11/2026" in head(LANG="de_DE.UTF-8")
    asked = norm_engine("--lang", "fr", "evaluate", EXAMPLE, "--as-of", DAY)
    assert "23/11/2026" in asked.out
    asked = norm_engine("evaluate", EXAMPLE, "--as-of", DAY, "--lang=en", env={"LANG": "C"})
    assert "23 November 2026" in asked.out


def test_a_long_name_and_a_folder_with_spaces(tmp_path):
    folder = tmp_path / "dossier de la maison"
    name = "Association pour la médiation sociale dans tous les quartiers " * 2
    assert in_this_process("new", folder, "--name", name).code == 0
    said = in_this_process("evaluate", folder).out
    assert too_wide(said) == []
    # a command that is offered can be copied
    assert f'norm-engine gaps "{folder}"\n' in said
    said = in_this_process("gaps", folder).out
    assert too_wide(said) == []
