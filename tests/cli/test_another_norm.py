"""Any folder of rules works; the norm that is shipped is nowhere in the code."""

import ast
import re
from typing import get_args

import pytest

from norm_engine.loading.rulesets import load_ruleset, shipped_rules
from norm_engine.model.ruleset import Role
from tests.cli.program import ROOT, in_this_process, norm_engine
from tests.cli.test_exit_codes import READY
from tests.loading.small import write_rules

SOURCES = sorted(
    file
    for file in (ROOT / "norm_engine").rglob("*")
    if file.suffix in (".py", ".json", ".css") and "data" not in file.parts
)


def literals(file):
    """The texts in a module that are no docstrings, nor stand under a name as one."""
    tree = ast.parse(file.read_text("utf-8"))
    spoken = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # docstrings, those of constants too
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken
    ]


def test_nothing_in_the_code_names_the_norm_or_its_trade():
    words = re.compile(r"m[ée]diation sociale|mediation|m[ée]diat(eur|rice)|afnor|X60|\bDEO-", re.I)
    found = {
        f"{file.relative_to(ROOT)}: {text}"
        for file in SOURCES
        for text in (literals(file) if file.suffix == ".py" else [file.read_text("utf-8")])
        if words.search(text) and "STR-25" not in text
    }
    assert found == ROLES


ROLES = {
    # who does an action: the four roles are part of the format of rule sets
    "norm_engine/model/ruleset.py: mediateurs",
    "norm_engine/presentation/wording.py: mediateurs",
}


def test_no_name_of_the_shipped_rule_set_stands_in_the_code():
    [folder] = [head.parent for head in shipped_rules().glob("*/ruleset.yaml")]
    ruleset = load_ruleset(folder)
    names = {
        name
        for held in (ruleset.questions, ruleset.evidence, ruleset.actions, ruleset.head.settings)
        for name in held
        if "_" in name and name not in get_args(Role)  # others are ordinary words
    }
    names |= {each.id for each in ruleset.requirements} - {"STR-25"}  # the example of messages
    said = {text for file in SOURCES if file.suffix == ".py" for text in literals(file)}
    assert names & said == set()


@pytest.fixture
def kitchen(tmp_path):
    """A norm of another trade, with one requirement, no action and no decision."""
    folder = tmp_path / "cuisine"
    folder.mkdir()
    (folder / "ruleset.yaml").write_text(
        "format: 1\nid: cuisine\nedition: 'A'\nversion: 2.0.0\ntitle: Cuisine propre\n"
        "language: fr\ndomains: [{id: hygiene, title: Hygiène}]\n"
        "workshops: [{id: seance, title: Séance}]\n",
        "utf-8",
    )
    (folder / "questions.yaml").write_text(
        "questions: {frigo: {text: 'Le frigo est-il froid ?', type: yes_no}}\n", "utf-8"
    )
    (folder / "evidence.yaml").write_text("evidence: {}\n", "utf-8")
    (folder / "actions.yaml").write_text("actions: {}\n", "utf-8")
    (folder / "hygiene.yaml").write_text(
        "domain: hygiene\nrequirements:\n"
        "  - {id: HYG-1, title: Froid, statement: Le frigo est froid., level: requirement,"
        " gravity: minor, weight: 1, workshop: seance, basis: law,"
        " criteria: [{id: froid, text: Il est froid, when: {answer: frigo, is: true}}]}\n",
        "utf-8",
    )
    return folder


def test_a_norm_of_another_trade(kitchen, tmp_path):
    rules = ("--rules", kitchen)
    assert norm_engine("new", tmp_path / "resto", "--ruleset", "cuisine", *rules).code == 0
    file = tmp_path / "resto" / "audit.yaml"
    assert norm_engine("evaluate", file.parent, *rules).code in (0, 1)
    file.write_text(file.read_text("utf-8").replace("frigo: unknown", "frigo: false"), "utf-8")
    assert norm_engine("gaps", file.parent, *rules).code == 1
    said = norm_engine("explain", "hyg-1", file.parent, *rules)
    assert said.code == 0
    assert "Le frigo est froid." in said.out
    assert norm_engine("freeze", file.parent, *rules).code == 0
    # without conditions nothing stands against: the `all` of nothing is true
    assert norm_engine("evaluate", file.parent, *rules, "--format", "json").data["decision"] == {
        "outcome": "ready",
        "conditions": [],
    }
    for verb in (["list"], ["check", kitchen], ["test", kitchen], ["graph", kitchen]):
        assert norm_engine("rules", *verb, *rules).code == 0
    for form in ("html", "markdown"):
        done = in_this_process("rules", "doc", kitchen, "--format", form)
        assert done.code == 0
        assert "diation sociale" not in done.out


def test_a_rule_set_that_is_still_empty(kitchen, tmp_path):
    """What an author begins with: a head and no requirement."""
    (kitchen / "hygiene.yaml").unlink()
    (tmp_path / "audit.yaml").write_text(
        "format: 1\nruleset: {id: cuisine, edition: 'A'}\nstructure: {name: Chez nous}\n", "utf-8"
    )
    for verb in ("evaluate", "gaps"):
        done = in_this_process(verb, tmp_path, "--rules", kitchen)
        assert done.code == 0, done.err
    for verb in ("check", "test", "graph", "doc"):
        done = in_this_process("rules", verb, kitchen)
        assert done.code == 0, done.err


def test_two_rule_sets_are_told_apart_by_their_ids(kitchen, tmp_path):
    write_rules(tmp_path / "petite")
    (tmp_path / "audit.yaml").write_text(READY, "utf-8")
    both = ("--rules", kitchen, "--rules", tmp_path / "petite")
    result = in_this_process("evaluate", tmp_path, *both, "--format", "json").data
    assert result["ruleset"]["id"] == "petite"
    shown = in_this_process("rules", "list", "petite:2021", *both, "--format", "json").data
    assert [each["id"] for each in shown["requirements"]] == ["DEO-01", "DEO-02"]
