"""What the documentation says is true: its files load, its commands run, its links lead."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from norm_engine.authoring.check import check_ruleset
from norm_engine.authoring.rule_tests import load_tests, run_tests
from norm_engine.authoring.style import load_style
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.loading import limits
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.loading.yaml_reader import read_yaml
from norm_engine.model.conditions import COMPARATORS, FORMS
from norm_engine.model.ruleset import RuleSet

from .pages import (
    AUTHORS,
    DOCS,
    PAGES,
    ROOT,
    Block,
    anchor,
    blocks,
    blocks_of,
    headings,
    links,
    page_text,
    prose,
    section,
)

EXAMPLE = "accueil_du_public"
"""The rule set that the guide for authors builds."""

CATALOGUE = "afnor_mediation_sociale"
NAMES = {"requirements": "", "tests": "tests/guide.yaml"}
PARTS = ("ruleset", "questions", "evidence", "actions", "requirements", "style", "tests")
PROGRAM = "from norm_engine.cli.main import run; run()"
KINDS = {*PARTS, "overlay", "planning", "audit", "condition", "proof"}
TRUTHS = {"vrai": "true", "faux": "false", "inconnu": "unknown", "sans objet": "not_applicable"}
GATES = {"satisfaite": "true", "non satisfaite": "false", "indéterminée": "unknown"}
UNSAID = "—"


def _named(found: list[Block]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("block", found, ids=str)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORM_ENGINE_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    for variable in ("NORM_ENGINE_RULES", "LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the example audits, the guide's rule set and its overlay."""
    if (ROOT / "audits").is_dir():
        shutil.copytree(ROOT / "audits", tmp_path / "audits")
    folder = tmp_path / "regles" / EXAMPLE
    for block in blocks_of("yaml", *PARTS):
        if block.page == AUTHORS:
            name = block.about or NAMES.get(block.kind) or f"{block.kind}.yaml"
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            assert not file.exists(), f"{block}: {name} stands twice in the guide"
            file.write_text(block.text, "utf-8")
    (overlay,) = [block for block in blocks_of("yaml", "overlay") if not block.about]
    (tmp_path / "surcouche.yaml").write_text(overlay.text, "utf-8")
    return tmp_path


def test_there_are_pages() -> None:
    assert {page.name for page in PAGES} >= {
        "guide-structures.md",
        AUTHORS,
        "ce-que-lon-sait-de-la-norme.md",
        "semantique.md",
    }


@pytest.mark.parametrize("block", blocks(), ids=str)
def test_every_block_says_what_it_is(block: Block) -> None:
    assert block.language in ("yaml", "console", "text", "json", "sh", "powershell")
    if block.language == "yaml":
        assert block.kind in KINDS


# ---- YAML


def _loaded(place: Path) -> RuleSet:
    return load_ruleset(place / "regles" / EXAMPLE, examples=True)


def test_the_rule_set_of_the_guide_is_without_fault(place: Path) -> None:
    folder = place / "regles" / EXAMPLE
    ruleset = _loaded(place)
    found = check_ruleset(ruleset, folder, load_style(folder))
    # some parts stand there to show a form of questions, not to be used by a requirement
    faults = [each for each in found if each.path[0] != "questions"]
    assert [str(each) for each in faults] == []
    run = run_tests(ruleset, load_tests(folder, ruleset))
    assert [each for each in run.outcomes if not each.passed] == []
    assert run.outcomes


def test_the_overlay_of_the_guide_changes_what_it_says(place: Path) -> None:
    ruleset = load_ruleset(place / "regles" / EXAMPLE, [place / "surcouche.yaml"])
    assert {each.path for each in ruleset.overlays[0].changes} == {
        "settings.part_agents_formes",
        "ACC-02.weight",
        "ACC-02.workshop",
        "ACC-02.clause",
        "ACC-02.statement",
        "ACC-02.guidance",
    }


@_named([b for b in blocks_of("yaml", "overlay") if b.about])
def test_overlays_of_the_catalogue_change_what_they_name(block: Block, tmp_path: Path) -> None:
    assert block.about == CATALOGUE
    (tmp_path / "surcouche.yaml").write_text(block.text, "utf-8")
    ruleset = load_ruleset(ROOT / "rules" / CATALOGUE, [tmp_path / "surcouche.yaml"])
    named = read_yaml(block.text.encode(), str(block))
    changed = {".".join(each.path.split(".")[:2]) for each in ruleset.overlays[0].changes}
    assert changed == {
        *(f"settings.{name}" for name in named["settings"]),
        *(f"actions.{name}" for name in named["actions"]),
    }


@_named(blocks_of("yaml", "planning"))
def test_the_planning_of_the_guide_fits_the_catalogue(block: Block, tmp_path: Path) -> None:
    folder = tmp_path / CATALOGUE
    shutil.copytree(ROOT / "rules" / CATALOGUE, folder)
    actions = (folder / "actions.yaml").read_text("utf-8")
    without = re.sub(r"^planning:\n(?:[ #].*\n|\n)*", "", actions, flags=re.MULTILINE)
    assert without != actions
    (folder / "actions.yaml").write_text(without + "\n" + block.text, "utf-8")
    planning = read_yaml(block.text.encode(), str(block))["planning"]
    assert set(load_ruleset(folder).planning.capacity) == set(planning["capacity"])


@_named([b for b in blocks_of("yaml", *PARTS) if b.page != AUTHORS])
def test_tests_of_the_catalogue_on_other_pages_pass(block: Block, tmp_path: Path) -> None:
    assert block.kind == "tests"
    assert block.about == CATALOGUE
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "page.yaml").write_text(block.text, "utf-8")
    ruleset = load_ruleset(ROOT / "rules" / CATALOGUE)
    run = run_tests(ruleset, load_tests(tmp_path, ruleset))
    assert [each for each in run.outcomes if not each.passed] == []


@_named(blocks_of("yaml", "audit"))
def test_excerpts_of_audits_are_valid(block: Block, place: Path) -> None:
    ruleset = _loaded(place) if block.about == EXAMPLE else load_ruleset(ROOT / "rules" / CATALOGUE)
    head = (
        f"format: 1\nruleset: {{id: {ruleset.head.id}, edition: '{ruleset.head.edition}'}}\n"
        "structure: {name: Exemple}\n"
    )
    whole = block.text if re.search("^format:", block.text, re.MULTILINE) else head + block.text
    file = place / "audit.yaml"
    file.write_text(whole, "utf-8")
    load_audit(file, [place / "regles" / EXAMPLE, ROOT / "rules" / CATALOGUE])


@_named(blocks_of("yaml", "condition", "proof"))
def test_conditions_have_the_truths_of_their_table(block: Block, place: Path) -> None:
    condition = read_yaml(block.text.encode(), str(block))
    assert block.table, "a condition has its truth table"
    head, *rows = block.table
    assert head[-1] == "La condition"
    key, side = ("when", "declared") if block.kind == "condition" else ("proof", "proven")
    requirement = {
        "id": "ESS-01",
        "title": "Essai",
        "statement": "Essai.",
        "level": "requirement",
        "gravity": "minor",
        "weight": 1,
        "workshop": "atelier-1",
        "basis": "inferred",
        "criteria": [{"id": "essai", "text": "Essai", key: condition}],
        "examples": [
            {**_facts(head[:-1], row[:-1]), "expect": {side: {"essai": TRUTHS[row[-1]]}}}
            for row in rows
        ],
    }
    file = place / "regles" / EXAMPLE / "essai.yaml"
    file.write_text(json.dumps({"domain": "accueil", "requirements": [requirement]}), "utf-8")
    run = run_tests(_loaded(place), [])
    assert [each for each in run.outcomes if not each.passed] == []


def _facts(names: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for said, cell in zip(names, cells, strict=True):
        name = said.rpartition(" ")[2].strip("`")
        if cell in GATES:
            facts.setdefault("prerequisites", {})[name] = GATES[cell]
        elif cell != UNSAID:
            value = read_yaml(cell.strip("`").encode(), "cell")
            facts.setdefault("evidence" if said.startswith("preuve ") else "given", {})[name] = (
                value
            )
    return facts


@_named(blocks_of("json"))
def test_json_is_json(block: Block) -> None:
    json.loads(block.text)


# ---- commands


def _commands(block: Block) -> Iterator[list[str]]:
    for line in block.text.splitlines():
        if line.startswith("$ "):
            yield shlex.split(line[2:])


def _expected(block: Block) -> int:
    said = [word.partition("=")[2] for word in block.words if word.startswith("code=")]
    return int(said[0]) if said else ExitCode.DONE


def test_commands_that_are_expected_to_say_no_are_few() -> None:
    assert {_expected(block) for block in blocks_of("console")} <= set(ExitCode)


def _run(words: list[str], place: Path) -> subprocess.CompletedProcess[str]:
    """Run one command; ``> file`` at its end writes what it prints there."""
    command = words[:-2] if words[-2:-1] == [">"] else words
    interpreter = {"norm-engine": ["-c", PROGRAM], "python3": []}
    done = subprocess.run(
        [sys.executable, *interpreter[command[0]], *command[1:]],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    if command is not words:
        (place / words[-1]).write_text(done.stdout, "utf-8")
    return done


def _plain(text: str) -> str:
    """The text with every run of spaces and line ends made one space."""
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_run_and_print_what_is_shown(page: Path, place: Path) -> None:
    """The commands of one page run one after the other, in one folder."""
    wrong, printed = [], ""
    for block in blocks():
        if block.page != page.name:
            continue
        for words in _commands(block) if block.language == "console" else ():
            done = _run(words, place)
            printed = _plain(done.stdout)
            if done.returncode != _expected(block):
                wrong.append(f"{block}: {shlex.join(words)} gave {done.returncode}\n{done.stderr}")
        if block.words[:2] == ("text", "sortie"):
            lines = [_plain(line) for line in block.text.splitlines()]
            wrong += [f"{block}: not printed: {line}" for line in lines if line not in printed]
    assert wrong == []


# ---- what must be said


def _level_titles() -> list[str]:
    return [each for each in headings(DOCS / AUTHORS) if "`" in each]


@pytest.mark.parametrize("form", [*FORMS, *COMPARATORS])
def test_every_form_of_condition_has_its_section(form: str) -> None:
    assert any(f"`{form}`" in title for title in _level_titles())


@pytest.mark.parametrize("code", list(ExitCode), ids=lambda code: code.name)
def test_every_exit_code_is_told(code: ExitCode) -> None:
    told = section(DOCS / AUTHORS, "Codes de sortie")
    assert f"| {code.value} | `{code.name}` |" in told


def test_limits_are_those_of_the_product() -> None:
    told = section(DOCS / AUTHORS, "Limites")
    values = set(re.findall(r"\| ([0-9 ]+)(?: Mo)? \|$", told, re.MULTILINE))
    assert {int(value.replace(" ", "")) for value in values} == {
        limits.MAX_BYTES // (1024 * 1024),
        limits.MAX_EVENTS,
        limits.MAX_DEPTH,
        limits.MAX_ALIASES,
        limits.MAX_SCALAR,
        limits.MAX_PROBLEMS,
        limits.MAX_CONDITION_DEPTH,
        limits.MAX_FILES,
    }


def test_the_table_of_bases_is_that_of_the_catalogue() -> None:
    ruleset = load_ruleset(ROOT / "rules" / CATALOGUE)
    domains = [each.id for each in ruleset.head.domains]
    counted = Counter((each.basis, each.domain) for each in ruleset.requirements)
    told = page_text(DOCS / "ce-que-lon-sait-de-la-norme.md")
    for basis in sorted({each.basis for each in ruleset.requirements}):
        figures = [counted[basis, domain] for domain in domains]
        row = " | ".join(str(each) for each in [*figures, sum(figures)])
        assert re.search(rf"^\| [^|]+ \(`{basis}`\) \| {re.escape(row)} \|$", told, re.MULTILINE), (
            f"{basis}: {row}"
        )
    totals = [sum(counted[key] for key in counted if key[1] == domain) for domain in domains]
    row = " | ".join(f"**{each}**" for each in [*totals, sum(totals)])
    assert f"| **Total** | {row} |" in told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for link in links(page):
        if re.match(r"https?://", link):
            continue
        name, _hash, fragment = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        is_page = target.suffix == ".md" and target.is_file()
        known = {anchor(each) for each in headings(target)} if is_page else set()
        if not target.exists() or (fragment and fragment not in known):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_signs_are_typographic(page: Path) -> None:
    assert re.findall(r".{0,20}['\"].{0,20}", prose(page)) == []
