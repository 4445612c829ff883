"""``gaps`` with combinations, ``explain --what-if`` and ``explain --path``, as people use them."""

from xml.etree import ElementTree

import jsonschema
import pytest

from norm_engine.loading.schemas import schema_of
from norm_engine.model.results import ExplanationResult, GapsResult
from norm_engine.model.what_if_results import WhatIfResult
from tests.cli.program import AUDITS, DAY, EXAMPLES, in_this_process, too_wide

RIVES = AUDITS / "association-des-deux-rives"
APPUI = AUDITS / "association-point-d-appui"
FOLLOWED = "preuve:accord_partage_trace=1"


def explain(*arguments, audit=RIVES):
    return in_this_process("explain", audit, *arguments, "--as-of", DAY)


def check(data, result, name):
    jsonschema.Draft7Validator(schema_of(result, name)).validate(data)


@pytest.mark.parametrize("name", EXAMPLES)
def test_combinations_close_what_they_say(name):
    done = in_this_process("gaps", AUDITS / name, "--as-of", DAY, "--format", "json")
    check(done.data, GapsResult, "gaps-result")
    weight = {each["id"]: each["weight"] for each in done.data["gaps"]}
    found = done.data["combinations"]
    assert found["exact"]
    for best in found["best"]:
        assert len(best["shown"]) == min(best["ties"], 5)
        for one in best["shown"]:
            assert (len(one["atoms"]), len(one["closes"])) == (best["size"], best["closed"])
            assert one["weight"] == sum(weight[each] for each in one["closes"])


def test_a_cause_names_the_workshops_that_it_holds_back():
    done = in_this_process("gaps", RIVES, "--as-of", DAY, "--format", "json")
    first = done.data["causes"][0]
    assert (first["holds_back"], first["closes_alone"]) == (["DEO-15", "PRO-24"],) * 2
    assert first["workshops"] == ["atelier-2", "atelier-3"]


def test_gaps_tell_a_person_what_closes_most():
    said = " ".join(in_this_process("gaps", RIVES, "--as-of", DAY).out.split())
    assert "1 thing closes 2 gaps: DEO-15 and PRO-24 (weight 7)" in said
    assert "9 other combinations close as many" in said
    assert "closes all of them by itself" in said


def test_what_if_tells_what_changes_and_what_follows():
    done = explain("DEO-15", "--what-if", FOLLOWED)
    assert (done.code, done.err, too_wide(done.out)) == (0, "", [])
    said = " ".join(done.out.split())
    assert "▲ → ● not met → met" in said
    assert "What rests on it ■ → ● PRO-24" in said
    assert "Not ready yet, as before ✗ Aucune non-conformité majeure: 2 → 1" in said


def test_what_if_as_json():
    done = explain("DEO-15", "--what-if", FOLLOWED, "--format", "json")
    check(done.data, WhatIfResult, "what-if-result")
    focus, [other] = done.data["requirement"], done.data["others"]
    assert (focus["changes"], focus["before"]["status"], focus["after"]["status"]) == (
        "proven",
        "unmet",
        "met",
    )
    assert (other["id"], other["downstream"], other["before"]["status"]) == (
        "PRO-24",
        True,
        "blocked",
    )
    assert [each["id"] for each in done.data["scores"] if each["kind"] == "workshop"] == [
        "atelier-2",
        "atelier-3",
    ]


def test_what_if_of_what_is_so_already_says_that_nothing_changes():
    done = explain("STR-25", "--what-if", "mediateurs_formes=1", audit=APPUI)
    assert done.code == 0
    assert "(as it is already)" in " ".join(done.out.split())
    assert "Nothing would change" in done.out


@pytest.mark.parametrize(
    ("supposed", "said"),
    [
        ("mediateurs_forme=1", "Did you mean “mediateurs_formes"),
        ("mediateurs_formes=9", "mediateurs_formes: 9 is more than 1, the most possible"),
        ("mediateurs_formes=non", "a whole number"),
        ("mediateurs_formes=-1", "a whole number from 0 to the answer to “mediateurs_en_poste”"),
        ("mediateurs_en_poste=0", "1 is more than 0, the most possible"),
        ("mediateurs_en_poste=3\x1b[31m", "not seen stands here (U+001B)"),
    ],
)
def test_what_cannot_be_supposed_is_refused_by_the_name_of_the_option(supposed, said):
    done = explain("STR-25", "--what-if", supposed, audit=APPUI)
    assert (done.code, done.out) == (2, "")
    assert "--what-if" in done.err
    assert said in " ".join(done.err.split())


def test_the_kind_of_evidence_that_is_missing_is_named_as_an_audit_writes_it():
    """And as ``--what-if`` takes it."""
    done = explain("STR-42", audit=AUDITS / "association-des-deux-rives")
    said = " ".join(done.out.split())
    assert "(kind of evidence: attestation_assurance)" in said


def test_answers_that_go_together_may_be_supposed_together():
    both = ("--what-if", "mediateurs_en_poste=3", "--what-if", "mediateurs_formes=3")
    assert explain("STR-25", *both, audit=APPUI).code == 0


def test_a_path_goes_down_to_root_causes():
    done = explain("PRO-24", "--path")
    assert (done.code, done.err, too_wide(done.out)) == (0, "", [])
    said = " ".join(done.out.split())
    assert "■ PRO-24 Un passage de relais accompagné et accepté — blocked" in said
    assert "▲ prerequisite: DEO-15" in said
    assert "missing: evidence “Trace anonymisée d’un accord avant transmission”" in said
    assert "1 root cause." in said


def test_a_path_as_json_stands_in_the_explanation():
    done = explain("PRO-24", "--path", "--format", "json")
    check(done.data, ExplanationResult, "explanation-result")
    link = done.data["path"]
    kinds = []
    while link.get("parts"):
        kinds.append((link["kind"], link["id"], link.get("gate", False)))
        [link] = link["parts"]
    assert [each[0] for each in kinds] == ["requirement", "requirement", "criterion"]
    assert kinds[1] == ("requirement", "DEO-15", True)
    assert link["atom"]["subjects"] == ["accord_partage_trace"]
    assert "path" not in explain("PRO-24", "--format", "json").data


def test_a_path_as_a_picture(tmp_path):
    file = tmp_path / "EVA-11.svg"
    done = explain("EVA-11", "--path", "-o", file, audit=APPUI)
    assert done.code == 0
    assert str(file) in done.err.replace("\n", "")
    words = [each.text for each in ElementTree.parse(file).iter() if each.text]
    assert any("EVA-11" in each for each in words)
    assert "some of these are enough" in words
    # a quotation mark never stands on a line of its own
    assert not {"»", "«"} & {each.strip() for each in words}


def test_what_is_met_has_no_path(tmp_path):
    file = tmp_path / "STR-25.svg"
    done = explain("STR-25", "--path", "-o", file, audit=APPUI)
    assert done.code == 0
    assert "Nothing holds it back: met." in done.out
    assert "no chain to draw" in done.err
    assert not file.exists()


@pytest.mark.parametrize(
    "options", [("--path", "--what-if", "a=oui"), ("-o", "chaine.svg")], ids=" ".join
)
def test_options_that_do_not_go_together(options):
    assert explain("STR-25", *options, audit=APPUI).code == 2


@pytest.mark.parametrize("options", [["--path"], ["--what-if", FOLLOWED]], ids="".join)
def test_pages_fit_in_french(options):
    done = in_this_process("explain", RIVES, "PRO-24", *options, "--as-of", DAY, language="fr")
    assert (done.code, too_wide(done.out)) == (0, [])
