"""A rule set broken in one place: the file, the line, the key and the words that say so."""

import os

import pytest

from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import find_ruleset, load_ruleset, rule_folders
from norm_engine.model.files import RuleSetName

from .small import FILES, line_of, write_rules

H, Q, E, A, R = FILES


def test_the_rule_set_is_valid_before_it_is_broken(tmp_path):
    ruleset = load_ruleset(write_rules(tmp_path / "r"))
    assert [each.id for each in ruleset.requirements] == ["DEO-01", "DEO-02"]
    assert {each.domain for each in ruleset.requirements} == {"deontologie"}
    assert not any(each.examples for each in ruleset.requirements)


def when(condition: str) -> tuple[str, str]:
    """The first criterion's condition replaced by another one."""
    return ("when: {answer: charte, is: true}", f"when: {condition}")


def proof(condition: str) -> tuple[str, str]:
    return ("proof: {evidence: charte_signee}", f"proof: {condition}")


WHEN = "requirements[DEO-01].criteria[ecrit].when"
PROOF = "requirements[DEO-01].criteria[ecrit].proof"

BROKEN = [
    # file, what is replaced by what, key, fragment of what is said (message and remedy)
    # names
    (H, ("id: petite", "id: ../petite"), "id", "An identifier is made of"),
    (H, ("id: petite", "id: a/b"), "id", "An identifier is made of"),
    (H, ('edition: "2021"', 'edition: "../x"'), "edition", "no name of an edition"),
    (H, ('edition: "2021"', "edition: 2021"), "edition", "Write text; put quotes"),
    (H, ("version: 1.0.0", "version: 1.0"), "version", "A version looks like 1.0.0"),
    (H, ("format: 1", "format: 2"), "format", "Write one of: 1."),
    (H, ("language: fr", "langage: fr"), "langage", "Did you mean “language”?"),
    (H, ("{id: atelier-2,", "{id: atelier-1,"), "workshops[2].id", "stands twice"),
    (H, ("{id: mineures,", "{id: majeures,"), "decision[2].id", "stands twice"),
    # settings and the decision
    (H, ("blocked_credit: 1/2", "blocked_credit: 3/2"), "blocked_credit", "between 0 and 1"),
    (H, ("default: 4/5", "default: 120 %"), "settings.part.default", "between 0 and 1"),
    (H, ("default: P24M", "default: 24"), "settings.fraicheur.default", "Write a duration"),
    (H, ("default: 2", "default: 1/2"), "settings.tolerees.default", "whole number from 0"),
    (H, ("default: 2", "default: 9"), "settings.tolerees.default", "between 0 and 5"),
    (H, ("max: 5", "max: beaucoup"), "settings.tolerees.max", "does not bound"),
    (H, ("at_most: 0", "score_at_least: 1"), "decision[majeures]", "Write “grade” and “at_most”"),
    (H, ("at_most: 0", "at_most: -1"), "decision[majeures].at_most", "least possible"),
    (H, (", score_at_least: {setting: part}", ""), "decision[planchers]", "sets a floor"),
    (H, ("{setting: part}", "60"), "decision[planchers].score_at_least", "between 0 and 1"),
    (H, ("{setting: tolerees}", "{setting: fraicheur}"), "decision[mineures].at_most.setting",
     "not a setting with a number"),
    # questions
    (Q, ("max: {answer: postes}", "max: {answer: charte}"), "questions.formes.max.answer",
     "not a question that asks for a number"),
    (Q, ("max: {answer: postes}", "max: {answer: formes}"), "questions.formes.max.answer",
     "another question"),
    (Q, ("max: 500", "max: -1"), "questions.postes.max", "“min” is more than “max”"),
    (Q, ("type: yes_no", "type: yes_no, max: 3"), "questions.charte.max", "says nothing"),
    (Q, ("type: yes_no", "type: oui"), "questions.charte.type", "Write one of: yes_no,"),
    (Q, ("{text: Une charte,", "{texte: Une charte,"), "questions.charte.text", "is missing"),
    (Q, ("type: choice, choices: [{value: rue, text: Rue}, ", "type: choice, choices: ["),
     "questions.terrain.choices", "two choices or more"),
    (Q, ("type: choice, choices: [{value: rue,", "type: choice, choices: [{value: gare,"),
     "questions.terrain.choices[2].value", "stands twice"),
    (Q, ("type: choice, choices: [{value: rue,", "type: choice, choices: [{value: unknown,"),
     "questions.terrain.choices[1].value", "already means"),
    (Q, ("{value: 1,", "{value: 2,"), "questions.niveau.levels", "levels 0, 1, 2"),
    # evidence
    (E, ("{setting: fraicheur}", "{setting: part}"), "evidence.attestation.fresh_for.setting",
     "not a setting of type duration"),
    (E, ("{setting: fraicheur}", "2 ans"), "evidence.attestation.fresh_for", "Write a duration"),
    # actions
    (A, ("sets: {charte: true,", "sets: {chartre: true,"), "actions.rediger.sets.chartre",
     "Did you mean “charte”?"),
    (A, ("sets: {charte: true,", "sets: {charte: 1,"), "actions.rediger.sets.charte",
     "Write true or false"),
    (A, ("sets: {charte: true,", "sets: {charte: [rue],"), "actions.rediger.sets.charte",
     "Write a list for a question of type choices"),
    (A, ("sets: {charte: true,", "sets: {lieux: rue,"), "actions.rediger.sets.lieux",
     "Write a list"),
    (A, ("signee: {as_of: true}", "signee: {}"), "actions.rediger.sets.signee", "or the day"),
    (A, ("signee: {as_of: true}", "charte: {as_of: true}"), None, "stands twice"),
    (A, ("signee: {as_of: true}", "postes: {as_of: true}"), "actions.rediger.sets.postes.as_of",
     "type date cannot be put"),
    (A, ("{answer: postes}", "{answer: charte}"), "actions.former.sets.formes.answer",
     "type yes_no cannot be put"),
    (A, ("{answer: postes}", "{answer: post}"), "actions.former.sets.formes.answer",
     "Did you mean “postes”?"),
    (A, ("{answer: postes}", "{setting: pars}"), "actions.former.sets.formes.setting",
     "Did you mean “part”?"),
    (A, ("records: [charte_signee]", "records: [charte]"), "actions.rediger.records[1]",
     "“charte” does not exist"),
    (A, ("after: [rediger]", "after: [rediger, x]"), "actions.former.after[2]", "does not exist"),
    (A, ("after: [rediger]", "after: [former]"), "actions.former.after", "former → former"),
    (A, ("    sets: {formes: {answer: postes}}\n", ""), "actions.former", "changes nothing"),
    (A, ("per: postes", "per: heures"), "actions.former.effort.per", "not a question of type count"),  # noqa: E501
    (A, ("effort: {low: 1, likely: 2, high: 4}", "effort: {low: 3, likely: 2, high: 4}"),
     "actions.rediger.effort", "low through likely to high"),
    # requirements
    (R, ("domain: deontologie", "domain: deontologi"), "requirements[DEO-01].domain", "Did you mean"),  # noqa: E501
    (R, ("workshop: atelier-1", "workshop: atelier-3"), "requirements[DEO-01].workshop",
     "Did you mean “atelier-"),
    (R, ("- id: DEO-02", "- id: DEO-01"), "requirements[2].id", "DEO-01 stands twice"),
    (R, ("- id: DEO-02", "- id: deo-2"), "requirements[deo-2].id", "looks like “STR-25”"),
    (R, ("weight: 3", "weight: 0"), "requirements[DEO-01].weight", "whole number from 1"),
    (R, ("weight: 3", "weight: 1.5"), "requirements[DEO-01].weight", "Write a whole number"),
    (R, ("level: requirement\n    gravity: major", "level: exigence\n    gravity: major"),
     "requirements[DEO-01].level", "Write one of: requirement, recommendation"),
    (R, ("requires: [DEO-01]", "requires: [DEO-09]"), "requirements[DEO-02].requires[1]",
     "Did you mean “DEO-0"),
    (R, ("requires: [DEO-01]", "requires: [DEO-02]"), "requirements[DEO-02]", "DEO-02 → DEO-02"),
    (R, ("requires: [DEO-01]", "requires: DEO-01"), "requirements[DEO-02].requires",
     "Write a list"),
    (R, ("to: 2030-12-31", "to: 2016-12-31"), "requirements[DEO-02].in_force", "ends before"),
    (R, ("to: 2030-12-31", "to: 2030-02-30"), "requirements[DEO-02].in_force.to",
     "Write a day that exists"),
    (R, ("sources: [FM7]\n    criteria", "sources: [FM8]\n    criteria"),
     "requirements[DEO-01].sources[1]", "Did you mean “FM7”?"),
    (R, ("- id: bilan", "- id: part"), "requirements[DEO-02].criteria[2].id", "stands twice"),
    (R, ("weight: 2\n      - id: bilan", "weight: 0\n      - id: bilan"),
     "requirements[DEO-02].criteria[part].weight", "whole number from 1"),
    (R, ("        when: {answer: charte, is: true}\n        proof: {evidence: charte_signee}\n", ""),  # noqa: E501
     "requirements[DEO-01].criteria[ecrit]", "Add “when” or “proof”"),
    # conditions
    (R, when("{}"), WHEN, "none of the forms known"),
    (R, when("{answer: charte, met: DEO-02}"), WHEN, "mixes several forms"),
    (R, when("{answer: charte, iss: true}"), WHEN + ".iss", "Did you mean “is”?"),
    (R, when("{answer: charte, count: 1}"), WHEN, "cannot stand beside “answer”"),
    (R, when("{answer: charte}"), WHEN, "exactly once; here: 0 times"),
    (R, when("{answer: postes, at_least: 1, at_most: 3}"), WHEN, "here: 2 times"),
    (R, when("{answer: chartes, is: true}"), WHEN + ".answer", "Did you mean “charte”?"),
    (R, when("{answer: charte, at_least: 1}"), WHEN + ".at_least", "does not suit"),
    (R, when("{answer: charte, is: oui}"), WHEN + ".is", "Write true or false"),
    (R, when("{answer: postes, is: true}"), WHEN + ".is", "Write a number"),
    (R, when("{answer: postes, at_least: 4/5}"), WHEN + ".at_least", "Write a whole number"),
    (R, when("{answer: heures, at_least: 1e3}"), WHEN + ".at_least", "Write a number"),
    (R, when("{answer: niveau, at_least: 5}"), WHEN + ".at_least", "Write one of: 0, 1"),
    (R, when("{answer: niveau, is: true}"), WHEN + ".is", "Write one of: 0, 1"),
    (R, when("{answer: terrain, among: [rue, bus]}"), WHEN + ".among[2]", "one of: rue, gare"),
    (R, when("{answer: lieux, includes: bus}"), WHEN + ".includes", "one of: rue, gare"),
    (R, when("{answer: signee, newer_than: 2 ans}"), WHEN + ".newer_than", "such as P24M"),
    (R, when("{answer: signee, at_least: 20260101}"), WHEN + ".at_least", "year-month-day"),
    (R, when('{answer: signee, at_least: "20260101"}'), WHEN + ".at_least", "year-month-day"),
    (R, when("{answer: signee, newer_than: {setting: part}}"), WHEN + ".newer_than", "type share"),
    (R, when("{answer: charte, is: {setting: parts}}"), WHEN + ".is.setting",
     "Did you mean “part”?"),
    (R, when("{ratio: [formes], at_least: 1/2}"), WHEN + ".ratio", "made of two questions"),
    (R, when("{ratio: [formes, charte], at_least: 1/2}"), WHEN + ".ratio[2]", "type yes_no"),
    (R, when("{ratio: [formes, postes]}"), WHEN, "needs one bound"),
    (R, when("{ratio: [formes, postes], at_least: moitié}"), WHEN + ".at_least", "is a number"),
    (R, when("{met: DEO-03}"), WHEN + ".met", "Did you mean"),
    (R, when("{met: DEO-01}"), "requirements[DEO-01]", "DEO-01 → DEO-01"),
    (R, when("{met: DEO-02}"), "requirements[DEO-01]", "DEO-01 → DEO-02 → DEO-01"),
    (R, when("{evidence: charte_signee}"), WHEN, "in a proof only"),
    (R, when("{all: []}"), WHEN + ".all", "This list is empty"),
    (R, when("{any: []}"), WHEN + ".any", "This list is empty"),
    (R, when("{of: [{answer: charte, is: true}]}"), WHEN, "needs “at_least: n”"),
    (R, when("{at_least: 2, of: [{answer: charte, is: true}]}"), WHEN + ".at_least", "of only 1"),
    (R, when("{at_least: 0, of: [{answer: charte, is: true}]}"), WHEN + ".at_least", "from 1"),
    (R, when("{at_least: true, of: [{answer: charte, is: true}]}"), WHEN + ".at_least", "from 1"),
    (R, when("{not: {answer: charte, is: 3}}"), WHEN + ".not.is", "Write true or false"),
    (R, when("{all: [{any: [{answer: x, is: 3}]}]}"), WHEN + ".all[1].any[1].answer", "exist"),
    (R, when("{not: " * 13 + "{answer: charte, is: true}" + "}" * 13), WHEN + ".not" * 12, "deep"),
    (R, when("eval('1')"), WHEN, "Write keys and values"),
    (R, proof("{evidence: charte}"), PROOF + ".evidence", "Did you mean “charte_signee”?"),
    (R, proof("{evidence: charte_signee, count: 0}"), PROOF + ".count", "from 1"),
    (R, proof("{evidence: charte_signee, count: {setting: part}}"), PROOF + ".count", "from 1"),
    (R, proof("{not: {evidence: charte_signee}}"), PROOF, "cannot stand in a proof"),
    (R, proof("{all: [{answer: charte, is: true}]}"), PROOF + ".all[1]", "cannot stand in a proof"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change", "key", "said"), BROKEN)
def test_broken_in_one_place(tmp_path, file, change, key, said):
    folder = write_rules(tmp_path / "r", {file: [change]})
    with pytest.raises(InvalidInput) as caught:
        load_ruleset(folder)
    found = [each for each in caught.value.problems if key is None or each.key == key]
    assert found, str(caught.value)
    problem = found[0]
    assert problem.file == str(folder / file)
    assert said in f"{problem.message} {problem.remedy}"
    assert problem.remedy
    assert problem.line is not None


def test_the_line_is_that_of_the_key(tmp_path):
    folder = write_rules(tmp_path / "r", {R: [("weight: 3", "weight: 0"), when("{met: DEO-09}")]})
    with pytest.raises(InvalidInput) as caught:
        load_ruleset(folder)
    lines = [problem.line for problem in caught.value.problems]
    assert lines == [line_of(folder / R, "weight: 0"), line_of(folder / R, "met: DEO-09")]


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    folder = write_rules(
        tmp_path / "r", {Q: [("type: yes_no", "type: oui")], E: [("proves: La charte", "x: 1")]}
    )
    (folder / "bad.yaml").write_text("a: [")
    (folder / R).write_text("a: 1\na: 2\n")
    with pytest.raises(InvalidInput) as caught:
        load_ruleset(folder)
    files = {problem.file for problem in caught.value.problems}
    assert files == {str(folder / name) for name in (Q, E, R, "bad.yaml")}


def test_every_circle_is_shown(tmp_path):
    folder = write_rules(
        tmp_path / "r",
        {
            A: [("phase: concevoir", "phase: concevoir\n    after: [former]")],
            R: [("weight: 3", "weight: 3\n    after: [DEO-02]")],
        },
    )
    with pytest.raises(InvalidInput) as caught:
        load_ruleset(folder)
    said = str(caught.value)
    assert "former → rediger → former" in said or "rediger → former → rediger" in said
    assert "DEO-01 → DEO-02 → DEO-01" in said or "DEO-02 → DEO-01 → DEO-02" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [("structuration.yml", "Rename it to structuration.yaml"), ("X.YAML", "Rename it to X.yaml")],
)
def test_a_file_that_would_be_passed_over_is_said(tmp_path, name, said):
    folder = write_rules(tmp_path / "r")
    (folder / name).write_text("domain: x\n")
    with pytest.raises(InvalidInput, match=said):
        load_ruleset(folder)


def test_what_editors_and_systems_leave_behind_is_passed_over(tmp_path):
    folder = write_rules(tmp_path / "r")
    (folder / ".#deontologie.yaml").symlink_to("nowhere")
    (folder / "._deontologie.yaml").write_bytes(b"\x00")
    (folder / "notes.md").write_text("…")
    assert load_ruleset(folder).head.id == "petite"


# finding rule sets

NAME = RuleSetName(id="petite", edition="2021")


def test_a_rule_set_or_a_folder_of_them(tmp_path, monkeypatch):
    one = write_rules(tmp_path / "all" / "one")
    assert rule_folders([one]) == [one]
    assert rule_folders([tmp_path / "all"]) == [one]
    monkeypatch.setenv("NORM_ENGINE_RULES", f"{tmp_path / 'all'}{os.pathsep}{one}")
    assert rule_folders() == [one, one]
    assert find_ruleset(NAME, rule_folders()) == one


def test_folders_given_come_first(tmp_path, monkeypatch):
    one, two = write_rules(tmp_path / "one"), write_rules(tmp_path / "two")
    monkeypatch.setenv("NORM_ENGINE_RULES", str(one))
    assert find_ruleset(NAME, rule_folders([two])) == two


@pytest.mark.parametrize("name", ["nowhere", "empty", "x" * 5000])
def test_a_folder_without_rules_is_said(tmp_path, monkeypatch, name):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("NORM_ENGINE_RULES", str(tmp_path / name))
    with pytest.raises(InvalidInput, match="There is no rule set here"):
        rule_folders()


def test_another_edition_is_said_with_those_known(tmp_path):
    folder = write_rules(tmp_path / "r")
    with pytest.raises(InvalidInput, match="Known: petite 2021"):
        find_ruleset(RuleSetName(id="petite", edition="2027"), [folder])


def test_a_broken_rule_set_does_not_hide_another(tmp_path):
    broken = write_rules(tmp_path / "a", {H: [("id: petite", "id: 12")]})
    sound = write_rules(tmp_path / "b")
    assert find_ruleset(NAME, [broken, sound]) == sound
    with pytest.raises(InvalidInput, match="An identifier is made of"):
        find_ruleset(NAME, [broken])
