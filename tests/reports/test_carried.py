"""The files that a report carries: which, in what form, and what says that they are the ones."""

import datetime
import hashlib
import json

import jsonschema
import pytest
import rfc8785

from norm_engine.authoring.schemas import PUBLISHED
from norm_engine.language import speaking
from norm_engine.loading.schemas import schema_of
from norm_engine.reports.proof.carried import Carried, carry
from norm_engine.reports.proof.reduction import readable
from norm_engine.reports.subject import Subject, Wish
from tests.support.secretive_audit import secretive_subject
from tests.support.small_report import results_of

LOGO = b"\x89PNG\r\n\x1a\n and the rest"
JPEG = b"\xff\xd8\xff and the rest"


def carried_by(subject: Subject, wish: Wish) -> Carried:
    with speaking(wish.language):
        return carry(subject, wish, results_of(readable(subject, wish)[0], wish))


def files_of(carried: Carried) -> dict[str, bytes]:
    return {each.name: each.content for each in carried.files}


@pytest.fixture(scope="module")
def subject(tmp_path_factory):
    return secretive_subject(tmp_path_factory.mktemp("audit"))


@pytest.fixture(scope="module")
def compliance(subject):
    return carried_by(subject, Wish("compliance"))


def test_each_file_and_what_it_is_to_the_report(compliance):
    assert {each.name: each.relationship for each in compliance.files} == {
        "audit.json": "Source",
        "audit.schema.json": "Supplement",
        "referentiel.json": "Supplement",
        "evaluation.json": "Data",
        "rapport.json": "Supplement",
    }
    assert {each.mime for each in compliance.files} == {"application/json"}


@pytest.mark.parametrize("name", ["audit.json", "evaluation.json", "rapport.json"])
def test_what_results_rest_on_is_canonical_json(compliance, name):
    content = files_of(compliance)[name]
    assert content == rfc8785.dumps(json.loads(content))


def test_the_audit_is_valid_by_the_schema_that_stands_beside_it(compliance):
    files = files_of(compliance)
    schema = json.loads(files["audit.schema.json"])
    jsonschema.Draft7Validator(schema).validate(json.loads(files["audit.json"]))


def test_the_manifest_and_the_evaluation_are_as_their_published_schemas_have_them(compliance):
    files = files_of(compliance)
    for file, name in (
        ("rapport.json", "report-manifest"),
        ("evaluation.json", "evaluation-result"),
    ):
        schema = schema_of(PUBLISHED[name], name)
        jsonschema.Draft7Validator(schema).validate(json.loads(files[file]))


def test_the_manifest_names_each_other_file_by_its_fingerprint(compliance):
    files = files_of(compliance)
    manifest = json.loads(files.pop("rapport.json"))
    said = {each["name"]: each["sha256"] for each in manifest["files"]}
    assert said == {name: hashlib.sha256(held).hexdigest() for name, held in files.items()}


def test_the_manifest_holds_whatever_else_the_report_is_made_from(subject):
    wish = Wish("checklist", language="en", workshop="atelier-2", logo=JPEG)
    manifest = json.loads(files_of(carried_by(subject, wish))["rapport.json"])
    assert (manifest["kind"], manifest["language"]) == ("checklist", "en")
    assert (manifest["workshop"], manifest["logo"]) == ("atelier-2", "logo.jpg")
    assert manifest["as_of"] == "2026-11-25"
    assert manifest["evidence"] == [
        # 41 bytes: “Charte de l'association, version de 2025” and the end of its line
        {"id": "Confidentia-1", "state": "ok", "size": 41},
        {"id": "P8", "state": "missing"},
    ]


def test_the_foot_of_each_page_has_the_fingerprints_of_what_counts(compliance):
    files = files_of(compliance)
    names = {"Audit": "audit.json", "Rule set": "referentiel.json", "Evaluation": "evaluation.json"}
    with speaking("en"):
        english = carried_by(compliance.subject, Wish("compliance", language="en"))
    assert list(english.printed) == list(names)
    assert english.printed["Audit"] == hashlib.sha256(files["audit.json"]).hexdigest()
    assert english.printed["Rule set"] == hashlib.sha256(files["referentiel.json"]).hexdigest()


def test_a_blank_checklist_carries_the_rule_set_alone(subject):
    blank = Subject(subject.ruleset, datetime.date(2026, 11, 25))
    assert set(files_of(carried_by(blank, Wish("checklist")))) == {
        "referentiel.json",
        "rapport.json",
    }


@pytest.mark.parametrize(
    ("logo", "name", "mime"),
    [(LOGO, "logo.png", "image/png"), (JPEG, "logo.jpg", "image/jpeg")],
    ids=["png", "jpeg"],
)
def test_the_logo_is_carried_as_it_was_given(subject, logo, name, mime):
    carried = carried_by(subject, Wish("summary", logo=logo))
    [file] = [each for each in carried.files if each.name.startswith("logo")]
    assert (file.name, file.mime, file.content) == (name, mime, logo)


def test_the_rule_set_keeps_the_order_in_which_things_are_asked(compliance):
    questions = json.loads(files_of(compliance)["referentiel.json"])["questions"]
    assert list(questions)[:4] == ["postes", "formes", "charte", "heures"]


def test_the_same_gives_the_same_bytes(subject, compliance):
    assert files_of(carried_by(subject, Wish("compliance"))) == files_of(compliance)
