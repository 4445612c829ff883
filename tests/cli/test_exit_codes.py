"""Every exit code, produced for real. “Not ready” is never confused with “could not evaluate”."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.program import AUDITS, DAY, command, environment, norm_engine
from tests.loading.small import AUDIT, write_rules

READY = """\
format: 1
ruleset: {id: petite, edition: "2021"}
structure: {name: Association Exemple}
answers: {postes: 0, charte: true}
evidence: [{id: P1, proves: [charte_signee], title: Charte, kept_at: siège}]
"""
"""Nobody is in post: DEO-02 does not apply, and DEO-01 is met."""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A rule set in ``regles``, and audits of it that are ready, not ready, and invalid."""
    folder = tmp_path_factory.mktemp("codes")
    write_rules(folder / "regles")
    for name, text in (
        ("prete", READY),
        ("pas-prete", READY.replace("charte: true", "charte: false")),
        ("invalide", AUDIT.replace("terrain: rue", "terrain: lune")),
    ):
        (folder / name / "preuves").mkdir(parents=True)
        (folder / name / "audit.yaml").write_text(text, "utf-8")
    broken = {"questions.yaml": [("type: yes_no", "type: oui_non")]}
    write_rules(folder / "regles-invalides", broken)
    failing = {"deontologie.yaml": [("{declared: {part: true}}", "{declared: {part: false}}")]}
    write_rules(folder / "regles-fausses", failing)
    (folder / "un-fichier").write_text("occupé", "utf-8")
    return folder


CODES = [
    ("ready", 0, ["evaluate", "prete", "--rules", "regles"]),
    ("no gap", 0, ["gaps", "prete", "--rules", "regles"]),
    ("explained, though not met", 0, ["explain", "DEO-01", "pas-prete", "--rules", "regles"]),
    ("a rule set without errors", 0, ["rules", "check", "regles"]),
    ("help", 0, ["--help"]),
    ("help of a verb", 0, ["evaluate", "--help"]),
    ("the version", 0, ["--version"]),
    ("not ready", 1, ["evaluate", "pas-prete", "--rules", "regles"]),
    ("gaps", 1, ["gaps", "pas-prete", "--rules", "regles"]),
    ("errors in a rule set", 1, ["rules", "check", "regles-invalides"]),
    ("a rule test fails", 1, ["rules", "test", "regles-fausses"]),
    ("coverage lacks", 1, ["rules", "test", "regles", "--coverage"]),
    ("nothing said", 2, []),
    ("an unknown verb", 2, ["evalute", "prete"]),
    ("an unknown option", 2, ["evaluate", "prete", "--asof", DAY]),
    ("an unknown language", 2, ["evaluate", "prete", "--lang", "de"]),
    ("a format that there is not", 2, ["evaluate", "prete", "--format", "xml"]),
    ("no day", 2, ["evaluate", "prete", "--rules", "regles", "--as-of", "2026-02-30"]),
    ("no requirement", 2, ["explain", "DEO-99", "prete", "--rules", "regles"]),
    ("no such part", 2, ["rules", "show", "nulle-part", "--ruleset", "regles"]),
    ("no such rule set", 2, ["rules", "check", "norme-inconnue"]),
    ("no such schema", 2, ["rules", "schema", "rien"]),
    ("an invalid audit", 3, ["evaluate", "invalide", "--rules", "regles"]),
    ("an invalid rule set", 3, ["rules", "list", "regles-invalides"]),
    ("no audit there", 3, ["evaluate", "nulle-part"]),
    ("no rule set there", 3, ["evaluate", "prete", "--rules", "prete"]),
    ("not the audit's rule set", 3, ["evaluate", "prete"]),
    ("no overlay there", 3, ["evaluate", "prete", "--rules", "regles", "--overlay", "rien.yaml"]),
    ("an audit stands there", 4, ["new", "prete", "--ruleset", "petite", "--rules", "regles"]),
    ("a file stands there", 4, ["new", "un-fichier", "--ruleset", "petite", "--rules", "regles"]),
    ("a file on the way", 4, ["new", "un-fichier/a", "--ruleset", "petite", "--rules", "regles"]),
]


@pytest.mark.parametrize(
    ("code", "arguments"), [pytest.param(*case[1:], id=f"{case[1]}-{case[0]}") for case in CODES]
)
def test_codes(place, code, arguments):
    done = norm_engine(*arguments, cwd=place)
    assert done.code == code, done
    assert "Traceback" not in done.err
    if code <= 1:
        assert done.err == ""  # an answer, be it no, is no message
    else:
        assert done.err.strip()  # what went wrong is always said …
        assert done.out == ""  # … and never where data is expected


def test_nothing_was_overwritten(place):
    """What stood in the way above is as it was."""
    assert (place / "prete" / "audit.yaml").read_text("utf-8") == READY
    assert not (place / "prete" / "audit.schema.json").exists()
    assert (place / "un-fichier").read_text("utf-8") == "occupé"


def forbidden(folder: Path) -> Path:
    """A place where nobody may write, not even the administrator that containers run as."""
    if os.geteuid() == 0:
        return Path("/proc/norm-engine")
    folder.mkdir(mode=0o555)
    return folder / "ici"


@pytest.mark.skipif(sys.platform != "linux", reason="full and forbidden places as Linux has them")
def test_5_where_one_may_not_write(place, tmp_path):
    there = forbidden(tmp_path / "fermé")
    page, picture = there.with_name("page.html"), there.with_name("page.svg")
    for asked, arguments in (
        (there, ["new", there, "--ruleset", "petite", "--rules", "regles"]),
        (page, ["rules", "doc", "regles", "--output", page]),
        (picture, ["rules", "graph", "regles", "--output", picture]),
    ):
        done = norm_engine(*arguments, cwd=place)
        assert (done.code, done.out) == (5, "")
        assert "The system refuses" in done.err
        assert str(asked) in done.err  # the place that was asked for
        assert ".part" not in done.err  # and none that the user never heard of


@pytest.mark.skipif(sys.platform != "linux", reason="full and forbidden places as Linux has them")
@pytest.mark.parametrize("form", ["text", "json"])
def test_5_when_the_disk_is_full(place, form):
    import subprocess

    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("evaluate", AUDITS / "association-des-deux-rives", "--format", form),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 5
    assert done.stderr.strip() == "The system refuses: the disk is full"
