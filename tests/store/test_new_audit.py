"""A new audit: every question that a rule uses, once, with how to answer it."""

import json

import pytest

from norm_engine.language import speaking
from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.presentation.questionnaire import question_groups
from norm_engine.store.folders import Conflict
from norm_engine.store.new_audit import create_audit
from tests.loading.small import write_rules


@pytest.fixture
def rules(tmp_path):
    return write_rules(tmp_path / "regles")


def create(folder, rules, structure="La Maison"):
    """Create an audit of the small rule set, in English."""
    ruleset = load_ruleset(rules)
    with speaking("en"):
        groups = question_groups(ruleset)
        return create_audit(folder, structure, ruleset, groups, audit_schema(ruleset))


def test_what_is_created_is_a_valid_audit_with_nothing_known(tmp_path, rules):
    create(tmp_path / "a" / "b", rules)
    loaded = load_audit(tmp_path / "a" / "b" / "audit.yaml", [rules])
    assert set(loaded.audit.answers.values()) == {"unknown"}
    assert loaded.audit.evidence == ()
    schema = json.loads((tmp_path / "a" / "b" / "audit.schema.json").read_text("utf-8"))
    assert schema == audit_schema(loaded.ruleset)


def test_a_link_that_leads_nowhere_holds_the_name_too(tmp_path, rules):
    (tmp_path / "audit.yaml").symlink_to("nulle-part")
    (tmp_path / "audit.schema.json").write_text("d’avant", "utf-8")
    with pytest.raises(Conflict):
        create(tmp_path, rules)
    assert (tmp_path / "audit.schema.json").read_text("utf-8") == "d’avant"
    assert not (tmp_path / "preuves").exists()


@pytest.mark.parametrize(
    "name",
    [
        'L’asso : "rue" #1',
        "- liste",
        "{a: b}",
        "yes",
        "2026-01-01",
        "\\n",
        "a\nb",
        "Ø",
        "*x",
        "null",
    ],
)
def test_any_name_is_written_so_that_it_is_read_back(tmp_path, rules, name):
    create(tmp_path / "a", rules, name)
    assert load_audit(tmp_path / "a" / "audit.yaml", [rules]).audit.structure.name == name


def test_every_way_to_answer_is_told(tmp_path, rules):
    create(tmp_path / "a", rules)
    text = " ".join((tmp_path / "a" / "audit.yaml").read_text("utf-8").split())
    assert "# Combien de formés # → a whole number; or, when it makes no sense" in text
    assert "# Une charte # → true (yes) or false (no) charte: unknown" in text
    assert "# Où # rue = Rue # gare = Gare # → one of these words terrain: unknown" in text
    assert "# 0 = Zéro – Rien # 1 = Un – Tout # → the number of the level" in text


def test_an_audit_is_never_written_over(tmp_path, rules):
    create(tmp_path / "a", rules)
    (tmp_path / "a" / "audit.yaml").write_text("mine", "utf-8")
    (tmp_path / "a" / "audit.schema.json").write_text("mine too", "utf-8")
    with pytest.raises(Conflict):
        create(tmp_path / "a", rules)
    assert (tmp_path / "a" / "audit.yaml").read_text("utf-8") == "mine"
    assert (tmp_path / "a" / "audit.schema.json").read_text("utf-8") == "mine too"


def test_what_stands_in_the_folder_stays(tmp_path, rules):
    (tmp_path / "a" / "preuves").mkdir(parents=True)
    (tmp_path / "a" / "preuves" / "charte.txt").write_text("Charte", "utf-8")
    create(tmp_path / "a", rules)
    assert (tmp_path / "a" / "preuves" / "charte.txt").read_text("utf-8") == "Charte"
