"""The JSON Schemas of documents: complete, valid, published, and of one mind with the loader."""

import copy
import datetime
import itertools
import json
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.border import checked
from norm_engine.loading.condition_rules import condition_problems
from norm_engine.loading.schemas import (
    DOCUMENTS,
    DRAFT,
    FORMS,
    document_schema,
    hovers,
    schema_of,
    subschemas,
    text_of,
    write_schemas,
)
from norm_engine.model.conditions import Condition
from norm_engine.model.records import Plain, document_key, from_plain
from norm_engine.model.records import record as as_record
from norm_engine.model.ruleset import Effort, FactReference, RuleSet

PUBLISHED = Path(__file__).parents[2] / "schemas"
CHECKER = Draft7Validator.FORMAT_CHECKER
DROP = object()
Place = tuple[str | int, ...]


# --- what the documents are made of, read from the models and not from the schemas


def _records_in(hint: Any) -> Iterator[type]:
    if is_dataclass(hint):
        yield typing.cast(type, hint)
    for argument in typing.get_args(hint):
        yield from _records_in(argument)


def _records() -> dict[str, type]:
    found: dict[str, type] = {}
    pending = list(DOCUMENTS.values())
    while pending:
        record = pending.pop()
        if record.__name__ not in found:
            found[record.__name__] = record
            for hint in typing.get_type_hints(record).values():
                pending.extend(_records_in(hint))
    return found


RECORDS = _records()
FIELDS = [
    f"{name}.{document_key(field.name)}"
    for name, record in RECORDS.items()
    for field in fields(record)
]


def _walk(schema: Plain) -> Iterator[Plain]:
    yield schema
    for held in subschemas(schema):
        yield from _walk(held)


def _validator(name: str) -> Draft7Validator:
    return Draft7Validator(document_schema(name), format_checker=CHECKER)


VALIDATORS = {name: _validator(name) for name in DOCUMENTS}


def _validator_of(definition: str) -> Draft7Validator:
    schema = {**document_schema("requirements"), "$ref": f"#/definitions/{definition}"}
    return Draft7Validator(schema)


# --- hovers


@pytest.mark.parametrize("name", [*RECORDS, *FIELDS])
def test_everything_has_a_hover(name: str) -> None:
    said = hovers().get(name)
    assert said is not None, f"hovers.json says nothing of {name}"
    assert said["title"].strip()
    assert said["description"].strip()


def test_every_hover_is_of_something() -> None:
    assert set(hovers()) - set(FIELDS) - set(RECORDS) == set(FORMS.values())


def test_hovers_are_in_french() -> None:
    english = re.compile(
        r"\b(the|this|and|with|when|which|must|should|gap|finding|evidence|requirement|ruleset)\b"
    )
    for name, said in hovers().items():
        words = " ".join(
            [said.get("title", ""), said["description"], *said.get("values", {}).values()]
        )
        words = re.sub(r"«[^»]*»|Exemples? .*|ruleset\.yaml", "", words)
        assert not english.search(words), name


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_value_of_an_enumeration_is_explained(name: str) -> None:
    for schema in _walk(document_schema(name)):
        if "enum" in schema:
            said = schema["markdownEnumDescriptions"]
            assert len(said) == len(schema["enum"])
            for value, words in zip(schema["enum"], said, strict=True):
                assert words, value
                assert (words == "(rien)") == (value is None), value


def test_no_explanation_is_of_a_value_that_does_not_exist() -> None:
    allowed: dict[str, set[str]] = {}
    for record in RECORDS:
        schema = schema_of(RECORDS[record], "x")
        own = schema["definitions"][record] if "allOf" in schema else schema
        for key, field in own.get("properties", {}).items():
            values = [value for each in _walk(field) for value in each.get("enum", ())]
            allowed[f"{record}.{key}"] = {str(value).lower() for value in values}
    for name, said in hovers().items():
        assert set(said.get("values", {})) <= allowed.get(name, set()), name


# --- the schemas themselves


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schemas_are_draft_07(name: str) -> None:
    schema = document_schema(name)
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == DRAFT


def test_identities_are_versioned_and_unique() -> None:
    found = [document_schema(name)["$id"] for name in DOCUMENTS]
    assert len(set(found)) == len(DOCUMENTS)
    assert all(re.fullmatch(r"urn:norm-engine:schema:[a-z_]+:[0-9]+", each) for each in found)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_published_schemas_are_those_of_the_code(name: str, tmp_path: Path) -> None:
    (made,) = write_schemas(tmp_path, {name: DOCUMENTS[name]})
    published = PUBLISHED / made.name
    same = published.is_file() and published.read_bytes() == made.read_bytes()
    assert same, f"schemas/{made.name} is not what the code generates: run `make schemas`"


def test_written_schemas_are_stable(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "schemas", {"effort": Effort})
    assert [file.name for file in written] == ["effort.schema.json"]
    text = written[0].read_text("utf-8")
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert "\r" not in text
    assert json.loads(text) == schema_of(Effort, "effort")
    assert len(write_schemas(tmp_path)) == len(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_editors_can_show_every_text(name: str) -> None:
    """Nothing stands beside a reference, and no definition has a text that would hide another."""
    schema = document_schema(name)
    for held in _walk(schema):
        assert "$ref" not in held or set(held) == {"$ref"}
        for reference in [held, *held.get("allOf", ()), *held.get("anyOf", ())]:
            if "$ref" in reference:
                assert reference["$ref"].rpartition("/")[2] in schema["definitions"]
    for definition in schema.get("definitions", {}).values():
        assert not {"title", "description"} & set(definition)
        assert definition["$comment"]
    own = [(DOCUMENTS[name].__name__, schema), *schema.get("definitions", {}).items()]
    for record, definition in own:
        for key, held in definition.get("properties", {}).items():
            assert text_of(f"{record}.{key}").items() <= held.items()
    for form in (each for held in _walk(schema) for each in held.get("oneOf", ())):
        for key, held in form["properties"].items():
            assert text_of(f"Condition.{key}").items() <= held.items()


def test_a_record_that_holds_its_own_kind_has_a_schema() -> None:
    validator = Draft7Validator(schema_of(Condition, "condition"))
    validator.check_schema(validator.schema)
    assert validator.is_valid({"not": {"met": "STR-01"}})
    assert not validator.is_valid({"not": {"met": "STR-01"}, "met": "STR-02"})


@as_record
class Counted:
    counts: dict[Literal["met", "unmet"], int]


def test_a_mapping_with_few_keys_names_them() -> None:
    schema = schema_of(Counted, "counted")
    assert list(schema["properties"]["counts"]["properties"]) == ["met", "unmet"]
    assert Draft7Validator(schema).is_valid({"counts": {"met": 1}})
    assert not Draft7Validator(schema).is_valid({"counts": {"other": 1}})


# --- documents


CRITERION: Plain = {
    "id": "formes",
    "text": {"fr": "La part des médiateurs formés", "en": "Share of trained mediators"},
    "when": {"ratio": ["formes", "en_poste"], "at_least": {"setting": "part"}},
    "proof": {"any": [{"evidence": "attestation"}, {"evidence": "bilan", "count": 2}]},
    "weight": 2,
    "essential": False,
}
REQUIREMENT: Plain = {
    "id": "STR-25",
    "title": "Formation",
    "statement": "Chaque médiateur a suivi une formation.",
    "level": "requirement",
    "gravity": "major",
    "weight": 3,
    "workshop": "atelier-3",
    "basis": "law",
    "sources": ["FM7"],
    "clause": None,
    "in_force": {"from": "2017-01-01"},
    "applies_when": {"not": {"answer": "seul", "is": True}},
    "requires": ["DEO-01"],
    "criteria": [CRITERION],
    "examples": [
        {
            "as_of": "2026-01-01",
            "given": {
                "seul": False,
                "besoins": ["droits"],
                "formes": "unknown",
                "equipes": {"not_applicable": "une seule"},
            },
            "evidence": {"attestation": "none", "bilan": 2, "charte": [{"dated": "2025-06-01"}]},
            "settings": {"part": "4/5"},
            "expect": {"declared": {"formes": "unknown"}, "proven": {"formes": False}},
        }
    ],
}
VALID: Mapping[str, Plain] = {
    "ruleset": {
        "format": 1,
        "id": "essai",
        "edition": "2021",
        "version": "1.0.0",
        "title": "Essai",
        "language": "fr",
        "blocked_credit": "50 %",
        "domains": [{"id": "structuration", "title": "Structuration", "cross_cutting": True}],
        "workshops": [{"id": "atelier-1", "title": "Un", "aims": ["Savoir", {"fr": "Avoir"}]}],
        "settings": {"part": {"type": "share", "default": "0.8", "min": 0, "title": "Part"}},
        "decision": [
            {"id": "majeures", "text": "Aucune", "grade": "major", "at_most": 0},
            {"id": "p", "text": "P", "each": "domain", "score_at_least": {"setting": "part"}},
        ],
        "sources": {"FM7": {"title": "Page", "url": "https://exemple.fr"}},
        "predecessor": {"edition": "2016", "title": "Avant"},
    },
    "questions": {
        "questions": {
            "formes": {"text": "Combien ?", "type": "count", "max": {"answer": "en_poste"}},
            "forme": {"text": "?", "type": "choice", "choices": [{"value": "a", "text": "A"}]},
            "niveau": {
                "text": "?",
                "type": "scale",
                "levels": [{"value": 0, "text": "Rien", "anchor": "On ne voit rien."}],
            },
        }
    },
    "evidence": {
        "evidence": {
            "bilan": {"title": "Bilan", "proves": "Il existe.", "fresh_for": "P24M"},
            "charte": {"title": "C", "proves": "P", "fresh_for": {"setting": "fraicheur"}},
        }
    },
    "actions": {
        "actions": {
            "former": {
                "title": "Former",
                "why": "Pour savoir.",
                "how": "En formant.",
                "effort": {"low": "1/2", "likely": 1, "high": "2.5", "per": "en_poste"},
                "lead_time": "P3M",
                "role": "direction",
                "phase": "accompagner",
                "sets": {"formes": {"answer": "en_poste"}, "jour": {"as_of": True}, "plan": True},
                "records": ["attestation"],
                "when": {"answer": "en_poste", "at_least": 1},
            }
        },
        "planning": {
            "filing": {
                "effort": {"low": "1/8", "likely": "1/4", "high": "1/2"},
                "lead_time": "P1W",
                "role": "referent_qualite",
            },
            "capacity": {
                "direction": {"days": 3},
                "mediateurs": {"days": {"setting": "jours"}, "per": "en_poste"},
            },
        },
    },
    "requirements": {"domain": "structuration", "requirements": [REQUIREMENT]},
    "tests": {
        "tests": [
            {
                "title": "Essai",
                "description": "3 sur 4.",
                "as_of": "2026-01-01",
                "requirements": ["STR-25"],
                "given": {"formes": 3},
                "expect": {
                    "proven": {"STR-25.formes": True},
                    "status": {"STR-25": "blocked"},
                    "scores": {"overall": ["1/2", 1]},
                    "decision": "not_ready",
                },
            }
        ]
    },
    "overlay": {
        "format": 1,
        "overlay": {"id": "reseau-x", "for": {"id": "essai", "edition": "2021"}},
        "settings": {"part": 1},
        "requirements": {"STR-25": {"weight": 5, "clause": "5.2"}},
        "actions": {
            "former": {
                "effort": {"low": 1, "likely": 2, "high": "7/2", "per": "en_poste"},
                "lead_time": "P2M",
                "role": "encadrement",
            }
        },
    },
    "audit": {
        "format": 1,
        "ruleset": {"id": "essai", "edition": "2021"},
        "overlays": [{"file": "reseau-x.yaml", "sha256": "0" * 64}],
        "structure": {"name": "Association", "sites": ["Centre"]},
        "engagement": {"kind": "self", "from": "2026-09-01", "to": None},
        "answers": {"formes": {"value": 3, "on": "2026-05-12"}, "seul": False},
        "evidence": [{"id": "P12", "proves": ["bilan"], "title": "Bilan", "dated": "2025-03-01"}],
        "no_evidence": ["charte"],
        "findings": [
            {"id": "C1", "requirement": "STR-25", "grade": "minor", "text": "Vu", "rejected": []}
        ],
        "actions": [{"id": "A1", "action": "former", "due": "2027-01-31"}],
    },
}

_R: Place = ("requirements", 0)
_C: Place = (*_R, "criteria", 0)
_E: Place = (*_R, "examples", 0)
BROKEN: list[tuple[str, Place, Any, Place]] = [
    # document, where it is broken, what is put there, where the schema says so
    ("ruleset", ("format",), 2, ("format",)),
    ("ruleset", ("title",), DROP, ()),
    ("ruleset", ("edition",), 2021, ("edition",)),
    ("ruleset", ("version",), "1.0", ("version",)),
    ("ruleset", ("language",), "de", ("language",)),
    ("ruleset", ("title",), {"de": "Titel"}, ("title",)),
    ("ruleset", ("titre",), "Essai", ()),
    ("ruleset", ("blocked_credit",), "1/0", ("blocked_credit",)),
    ("ruleset", ("domains", 0, "id"), "Structuration", ("domains", 0, "id")),
    ("ruleset", ("domains", 0, "cross_cutting"), "oui", ("domains", 0, "cross_cutting")),
    ("ruleset", ("settings", "part", "type"), "part", ("settings", "part", "type")),
    ("ruleset", ("settings", "part", "default"), True, ("settings", "part", "default")),
    ("ruleset", ("settings", "Part"), {}, ("settings",)),
    ("ruleset", ("decision", 0, "at_most"), "0", ("decision", 0, "at_most")),
    ("questions", ("questions", "formes", "type"), "oui_non", ("questions", "formes", "type")),
    ("questions", ("questions", "formes", "max"), {}, ("questions", "formes", "max")),
    (
        "questions",
        ("questions", "niveau", "levels", 0, "anchor"),
        DROP,
        ("questions", "niveau", "levels", 0),
    ),
    ("evidence", ("evidence", "bilan", "fresh_for"), "24 mois", ("evidence", "bilan", "fresh_for")),
    ("evidence", ("evidence", "bilan", "fresh_for"), "P", ("evidence", "bilan", "fresh_for")),
    (
        "actions",
        ("actions", "former", "effort", "low"),
        "peu",
        ("actions", "former", "effort", "low"),
    ),
    ("actions", ("actions", "former", "role"), "chef", ("actions", "former", "role")),
    ("actions", ("actions", "former", "sets", "plan"), {}, ("actions", "former", "sets", "plan")),
    ("actions", ("actions", "former", "when"), {"answer": "x"}, ("actions", "former", "when")),
    (
        "actions",
        ("planning", "filing", "lead_time"),
        "1 semaine",
        ("planning", "filing", "lead_time"),
    ),
    ("actions", ("planning", "filing", "role"), DROP, ("planning", "filing")),
    ("actions", ("planning", "capacity", "chef"), {"days": 1}, ("planning", "capacity")),
    (
        "actions",
        ("planning", "capacity", "direction", "days"),
        "peu",
        ("planning", "capacity", "direction", "days"),
    ),
    (
        "actions",
        ("planning", "capacity", "direction", "setting"),
        "jours",
        ("planning", "capacity", "direction"),
    ),
    ("requirements", ("domain",), DROP, ()),
    ("requirements", (*_R, "id"), "STR25", (*_R, "id")),
    ("requirements", (*_R, "weight"), 0, (*_R, "weight")),
    ("requirements", (*_R, "gravity"), "high", (*_R, "gravity")),
    ("requirements", (*_R, "in_force", "from"), "2017-02-30", (*_R, "in_force", "from")),
    ("requirements", (*_R, "in_force", "from_"), "2017-01-01", (*_R, "in_force")),
    ("requirements", (*_R, "criteria"), [], (*_R, "criteria")),
    ("requirements", (*_R, "requires", 0), "deo-01", (*_R, "requires", 0)),
    ("requirements", (*_C, "essential"), 1, (*_C, "essential")),
    ("requirements", (*_C, "text", "de"), "Text", (*_C, "text")),
    ("requirements", (*_C, "when", "ratio"), ["formes"], (*_C, "when", "ratio")),
    ("requirements", (*_C, "when", "at_least"), "beaucoup", (*_C, "when", "at_least")),
    ("requirements", (*_C, "when", "at_most"), 1, (*_C, "when")),
    ("requirements", (*_C, "when"), {"evidence": "bilan"}, (*_C, "when")),
    ("requirements", (*_C, "proof"), {"not": {"evidence": "bilan"}}, (*_C, "proof")),
    ("requirements", (*_C, "proof", "any", 1, "count"), 0, (*_C, "proof", "any", 1, "count")),
    ("requirements", (*_E, "evidence", "bilan"), "aucune", (*_E, "evidence", "bilan")),
    (
        "requirements",
        (*_E, "expect", "proven", "formes"),
        "vrai",
        (*_E, "expect", "proven", "formes"),
    ),
    ("requirements", (*_E, "expect", "status"), "ok", (*_E, "expect", "status")),
    ("tests", ("tests", 0, "as_of"), "demain", ("tests", 0, "as_of")),
    (
        "tests",
        ("tests", 0, "expect", "status", "STR-25"),
        "ok",
        ("tests", 0, "expect", "status", "STR-25"),
    ),
    ("tests", ("tests", 0, "expect", "status", "formes"), "met", ("tests", 0, "expect", "status")),
    ("overlay", ("overlay", "for", "edition"), DROP, ("overlay", "for")),
    ("overlay", ("requirements", "STR-25", "weight"), 0, ("requirements", "STR-25", "weight")),
    ("overlay", ("requirements", "STR-25", "gravity"), "minor", ("requirements", "STR-25")),
    ("overlay", ("actions", "former", "role"), "chef", ("actions", "former", "role")),
    ("overlay", ("actions", "former", "effort", "high"), DROP, ("actions", "former", "effort")),
    ("overlay", ("actions", "former", "title"), "T", ("actions", "former")),
    ("audit", ("overlays", 0, "sha256"), "abc", ("overlays", 0, "sha256")),
    ("audit", ("engagement", "kind"), "audit blanc", ("engagement", "kind")),
    ("audit", ("answers", "formes", "on"), "12/05/2026", ("answers", "formes", "on")),
    ("audit", ("answers", "formes", "valeur"), 3, ("answers", "formes")),
    ("audit", ("evidence", 0, "id"), "P 12", ("evidence", 0, "id")),
    ("audit", ("evidence", 0, "proves"), "bilan", ("evidence", 0, "proves")),
    ("audit", ("findings", 0, "grade"), "grave", ("findings", 0, "grade")),
]


def _changed(document: Plain, place: Place, value: Any) -> Plain:
    changed = copy.deepcopy(document)
    held = changed
    for part in place[:-1]:
        held = held[part]
    if value is DROP:
        del held[place[-1]]
    else:
        held[place[-1]] = value
    return changed


def _leaves(error: ValidationError) -> Iterator[Place]:
    yield tuple(error.absolute_path)
    for within in error.context or ():
        yield from _leaves(within)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_valid_documents_pass(name: str) -> None:
    assert [error.message for error in VALIDATORS[name].iter_errors(VALID[name])] == []
    _record, problems = checked(DOCUMENTS[name], VALID[name], "essai.yaml")
    assert problems == []


@pytest.mark.parametrize(("name", "place", "value", "said"), BROKEN)
def test_broken_documents_fail_at_the_right_place(
    name: str, place: Place, value: Any, said: Place
) -> None:
    errors = list(VALIDATORS[name].iter_errors(_changed(VALID[name], place, value)))
    assert said in {leaf for error in errors for leaf in _leaves(error)}
    for error in errors:
        path = tuple(error.absolute_path)
        assert path == said[: len(path)]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("ruleset", ("blocked_credit",)),
        ("ruleset", ("settings", "part", "default")),
        ("actions", ("actions", "former", "effort", "low")),
        ("requirements", (*_C, "when", "at_least")),
        ("requirements", (*_E, "settings", "part")),
        ("tests", ("tests", 0, "expect", "scores", "overall", 0)),
        ("overlay", ("settings", "part")),
        ("audit", ("answers", "formes", "value")),
    ],
)
def test_a_decimal_may_stand_without_quotes(name: str, place: Place) -> None:
    """Editors read a number where our reader keeps text; both must take it."""
    for value in (0.8, "0.8"):
        assert VALIDATORS[name].is_valid(_changed(VALID[name], place, value))
    assert checked(DOCUMENTS[name], _changed(VALID[name], place, "0.8"), "x")[1] == []


# --- conditions

SETTING = {"setting": "part"}
ATOM = {"answer": "nombre", "is": 1}
PIECE = {"evidence": "charte"}
CONDITIONS: list[Plain] = [
    {"answer": "oui", "is": True},
    {"answer": "nombre", "is": "4/5"},
    {"answer": "forme", "is": "charte"},
    {"answer": "nombre", "is": SETTING},
    {"answer": "nombre", "at_least": 3},
    {"answer": "jour", "at_least": "2026-01-01"},
    {"answer": "nombre", "at_most": SETTING},
    {"answer": "forme", "among": ["charte", SETTING]},
    {"answer": "forme", "among": SETTING},
    {"answer": "besoins", "includes": "droits"},
    {"answer": "besoins", "includes": SETTING},
    {"answer": "jour", "newer_than": "P24M"},
    {"answer": "jour", "newer_than": SETTING},
    {"ratio": ["q1", "q2"], "at_least": "4/5"},
    {"ratio": ["q1", "q2"], "at_least": "80 %"},
    {"ratio": ["q1", "q2"], "at_most": SETTING},
    {"met": "DEO-01"},
    {"all": [ATOM, {"any": [ATOM]}]},
    {"any": [ATOM]},
    {"at_least": 1, "of": [ATOM, ATOM]},
    {"at_least": SETTING, "of": [ATOM]},
    {"not": {"not": ATOM}},
]
PROOFS: list[Plain] = [
    PIECE,
    {"evidence": "charte", "count": 2},
    {"evidence": "charte", "count": SETTING},
    {"all": [PIECE, {"any": [PIECE]}]},
    {"any": [PIECE]},
    {"at_least": 1, "of": [PIECE, PIECE]},
]
NEITHER: list[Plain] = [
    {},
    None,
    "oui",
    [ATOM],
    {"answer": "oui"},
    {"is": True},
    {"answer": "Oui", "is": True},
    {"answer": "nombre", "is": None},
    {"answer": "nombre", "is": [1]},
    {"answer": "nombre", "at_least": True},
    {"answer": "nombre", "at_least": {"setting": "part", "of": []}},
    {"answer": "forme", "among": "charte"},
    {"answer": "forme", "among": []},
    {"answer": "jour", "newer_than": "24 mois"},
    {"ratio": ["q1"], "at_least": 1},
    {"ratio": ["q1", "q2", "q3"], "at_least": 1},
    {"ratio": ["q1", "q2"], "at_least": "beaucoup"},
    {"ratio": ["q1", "q2"]},
    {"met": "deo-01"},
    {"met": ["DEO-01"]},
    {"evidence": "charte", "count": 0},
    {"evidence": "charte", "count": "2"},
    {"count": 2},
    {"all": []},
    {"all": ATOM},
    {"any": [{}]},
    {"at_least": 0, "of": [ATOM]},
    {"of": [ATOM]},
    {"not": [ATOM]},
    {"exec": "import os"},
]


def _conditions_for(name: str) -> tuple[list[Plain], list[Plain]]:
    return (CONDITIONS, PROOFS) if name == "Condition" else (PROOFS, CONDITIONS)


@pytest.mark.parametrize("name", ["Condition", "Proof"])
def test_each_form_of_a_condition_is_accepted_where_it_may_stand(name: str) -> None:
    validator = _validator_of(name)
    accepted, refused = _conditions_for(name)
    for condition in accepted:
        assert validator.is_valid(condition), condition
    for condition in [*refused, *NEITHER]:
        assert not validator.is_valid(condition), condition


@pytest.mark.parametrize("name", ["Condition", "Proof"])
def test_two_forms_never_mix(name: str) -> None:
    validator = _validator_of(name)
    for one, other in itertools.permutations([*CONDITIONS, *PROOFS], 2):
        mixed = {**one, **other}
        if set(mixed) not in (set(one), set(other)):
            assert not validator.is_valid(mixed), mixed


def _ruleset() -> RuleSet:
    asked: dict[str, Plain] = {
        "oui": {"type": "yes_no", "not_applicable": True},
        "nombre": {"type": "number"},
        "personnes": {"type": "count", "max": 9},
        "jour": {"type": "date"},
        "forme": {"type": "choice"},
        "besoins": {"type": "choices"},
        "niveau": {
            "type": "scale",
            "levels": [
                {"value": 0, "text": "Rien", "anchor": "On ne voit rien."},
                {"value": 1, "text": "Tout", "anchor": "On voit tout."},
            ],
        },
        "texte": {"type": "text"},
    }
    choices = [{"value": "a", "text": "A"}, {"value": "b", "text": "B"}]
    for name in ("forme", "besoins"):
        asked[name]["choices"] = choices
    plain = {
        "head": {**VALID["ruleset"], "edition": "2021 révisée"},
        "questions": {
            name: {"text": f"Question {name} ?", "help": "Une aide.", **question}
            for name, question in asked.items()
        },
        "evidence": {"charte": {"title": "Charte", "proves": "P"}},
        "actions": VALID["actions"]["actions"],
        "requirements": [REQUIREMENT],
    }
    return from_plain(RuleSet, plain)


@pytest.mark.parametrize("proof", [False, True])
def test_conditions_of_one_form_are_those_that_the_loader_takes(proof: bool) -> None:
    """Every combination of up to three keys, each with a value that fits."""
    ruleset = _ruleset()
    validator = _validator_of("Proof" if proof else "Condition")
    inside = [PIECE] if proof else [ATOM]
    values: dict[str, Any] = {
        "answer": "nombre",
        "ratio": ["nombre", "personnes"],
        "is": 1,
        "at_least": 1,
        "at_most": 1,
        "among": [1, 2],
        "includes": "a",
        "newer_than": "P24M",
        "met": "STR-25",
        "evidence": "charte",
        "count": 1,
        "all": inside,
        "any": inside,
        "of": inside,
        "not": inside[0],
    }
    fitting = {"includes": "besoins", "newer_than": "jour"}
    taken = 0
    for size in range(4):
        for keys in itertools.combinations(values, size):
            plain = {key: values[key] for key in keys}
            if "answer" in plain and len(keys) > 1:
                plain["answer"] = fitting.get(keys[1], "nombre")
            condition = from_plain(Condition, plain)
            problems = list(condition_problems(condition, ruleset, "x", (), proof=proof))
            assert validator.is_valid(plain) == (not problems), (plain, problems)
            taken += not problems
    assert taken == (5 if proof else 13)


# --- the schema and the loader agree

SLUGS = ("a", "bilan_2", "atelier-3")
SAMPLES: Mapping[str, tuple[Any, ...]] = {
    "identifier": SLUGS,
    "requirement_id": ("STR-25", "A-1"),
    "record_id": ("P12", "x_1"),
    "number": (0, 7, "4/5", "80 %", "0.8"),
    "duration": ("P24M", "P1Y6M", "P2W"),
    "sha256": ("0" * 64,),
    "version": ("1.0.0",),
}
WRONG: tuple[Any, ...] = (
    None,
    True,
    0,
    "",
    "texte",
    "Texte",
    "4/5",
    "2026-01-31",
    "2026-02-30",
    "P24M",
    "STR-25",
    [],
    ["a"],
    {},
    {"fr": "texte"},
    {"setting": "a"},
)
MORE_WRONG: tuple[Any, ...] = (
    *WRONG,
    -1,
    7,
    "1/0",
    "20260131",
    "2026-01-31T00:00:00",
    "P",
    "true",
    "none",
    "unknown",
    [1],
    [[]],
    {"de": "Text"},
    {"a": 1},
    {"answer": "a"},
)
IN_CONDITIONS = {"when", "proof", "applies_when"}


def _some(hint: Any, key: str = "") -> st.SearchStrategy[Any]:
    """Documents of a kind, from the hints of the models."""
    if key == "proof":
        return st.none() | _conditions(st.sampled_from(PROOFS[:3]))
    if hint is Condition or Condition in typing.get_args(hint):
        return _conditions(st.sampled_from(CONDITIONS[:17]))
    if hint is FactReference:
        return st.sampled_from([{"answer": "a"}, {"setting": "a"}, {"as_of": True}])
    if is_dataclass(hint):
        return st.deferred(lambda: _record(typing.cast(type, hint)))
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return st.sampled_from(SAMPLES[hint.__metadata__[0].name])
    if origin is typing.Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(_some(arguments[0]), min_size=1, max_size=2)
    if origin is dict:
        return st.dictionaries(_some(arguments[0]), _some(arguments[1]), max_size=2)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([_some(argument) for argument in arguments])
    plain: Mapping[Any, st.SearchStrategy[Any]] = {
        str: st.sampled_from(["texte", "4/5", "true", ""]),
        int: st.integers(1, 9),
        bool: st.booleans(),
        datetime.date: st.sampled_from(["2026-01-31", "2024-02-29"]),
        type(None): st.none(),
    }
    return plain[hint]


def _record(record: type) -> st.SearchStrategy[Plain]:
    hints = typing.get_type_hints(record, include_extras=True)
    required = set(schema_of(record, "x").get("required", ()))
    made = {
        document_key(field.name): _some(hints[field.name], field.name) for field in fields(record)
    }
    return st.fixed_dictionaries(
        {key: value for key, value in made.items() if key in required},
        optional={key: value for key, value in made.items() if key not in required},
    )


def _conditions(atoms: st.SearchStrategy[Plain]) -> st.SearchStrategy[Plain]:
    return atoms | st.builds(
        lambda key, held: {"at_least": 1, "of": held} if key == "of" else {key: held},
        st.sampled_from(["all", "any", "of"]),
        st.lists(atoms, min_size=1, max_size=2),
    )


def _places(document: Plain, place: Place = ()) -> Iterator[Place]:
    if place:
        yield place
    items: Any = ()
    if isinstance(document, dict):
        items = document.items()
        yield (*place, "inconnu")
    elif isinstance(document, list):
        items = enumerate(document)
    for key, held in items:
        yield from _places(held, (*place, key))


KINDS = {name: _record(kind) for name, kind in DOCUMENTS.items()}


def _stricter(error: ValidationError) -> bool:
    """What the schema refuses and the models leave to `norm_engine.loading.rules`."""
    if IN_CONDITIONS & set(error.absolute_path):
        return True
    if list(error.absolute_path) == ["format"] and error.instance is True:
        return True  # pydantic takes true for 1
    if error.context:
        return any(_stricter(within) for within in error.context)
    return error.validator in ("minimum", "minItems", "minProperties", "maxProperties")


def _agree(name: str, document: Plain) -> bool:
    _built, problems = checked(DOCUMENTS[name], document, "essai.yaml")
    taken = VALIDATORS[name].is_valid(document)
    if problems:
        assert not taken, [str(problem) for problem in problems]
    elif not taken:
        errors = list(VALIDATORS[name].iter_errors(document))
        assert all(map(_stricter, errors)), [error.message for error in errors]
    return taken


@pytest.mark.parametrize("name", DOCUMENTS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_schema_and_loader_take_the_same_documents(name: str, data: st.DataObject) -> None:
    document = data.draw(KINDS[name])
    assert _agree(name, document)
    place = data.draw(st.sampled_from(list(_places(document))))
    wrong = data.draw(st.sampled_from(MORE_WRONG))
    put = wrong if place[-1] == "inconnu" else data.draw(st.sampled_from([wrong, DROP]))
    _agree(name, _changed(document, place, put))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_schema_and_loader_agree_on_every_small_change(name: str) -> None:
    """Each place of a valid document, taken away, unknown, or with each wrong value in it."""
    for place in _places(VALID[name]):
        if IN_CONDITIONS & set(place[:-1]):
            continue  # compared with the loader's own rules above
        for wrong in WRONG:
            _agree(name, _changed(VALID[name], place, wrong))
        if place[-1] != "inconnu":
            _agree(name, _changed(VALID[name], place, DROP))


# --- the audits of one rule set


def _audit(answers: Plain, **more: Plain) -> Plain:
    return {
        "format": 1,
        "ruleset": {"id": "essai", "edition": "2021 révisée"},
        "structure": {"name": "Association"},
        "answers": answers,
        **more,
    }


AUDIT = Draft7Validator(audit_schema(_ruleset()), format_checker=CHECKER)
ANSWERS: list[tuple[str, list[Any], list[Any]]] = [
    ("oui", [True, False], ["oui", 1, "true"]),
    ("nombre", [3, 0.5, "4/5", "80 %"], [True, "beaucoup", "1/0"]),
    ("personnes", [0, 9], [-1, 10, "3", 2.5, True]),
    ("jour", ["2026-01-31"], ["31/01/2026", "2026-02-30", 2026]),
    ("forme", ["a", "b"], ["c", ["a"], 0]),
    ("besoins", [[], ["a"], ["b", "a"]], ["a", ["c"], ["a", "a"]]),
    ("niveau", [0, 1], [2, "1", True, "Rien"]),
    ("texte", ["", "un texte"], [3, True, "x" * 10_001]),
]


def test_the_schema_of_audits_is_draft_07_with_its_own_identity() -> None:
    AUDIT.check_schema(AUDIT.schema)
    identity = typing.cast(Plain, AUDIT.schema)["$id"]
    assert identity == "urn:norm-engine:schema:audit:1:essai:2021%20r%C3%A9vis%C3%A9e"


@pytest.mark.parametrize(("name", "right", "wrong"), ANSWERS)
def test_answers_fit_their_question(name: str, right: list[Any], wrong: list[Any]) -> None:
    for value in [*right, "unknown"]:
        assert AUDIT.is_valid(_audit({name: value})), value
        detailed = {"value": value, "by": "Lou", "on": "2026-05-12", "comment": None}
        assert AUDIT.is_valid(_audit({name: detailed})), value
    for value in [*wrong, None, {}, {"by": "Lou"}]:
        for written in (value, {"value": value}):
            errors = list(AUDIT.iter_errors(_audit({name: written})))
            assert [tuple(error.absolute_path) for error in errors] == [("answers", name)], value


def test_not_applicable_where_the_question_allows_it() -> None:
    reason = {"not_applicable": "une seule équipe"}
    assert AUDIT.is_valid(_audit({"oui": reason}))
    assert not AUDIT.is_valid(_audit({"forme": reason}))
    assert not AUDIT.is_valid(_audit({"oui": {**reason, "value": True}}))
    assert not AUDIT.is_valid(_audit({"oui": {"not_applicable": ""}}))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ruleset": {"id": "autre", "edition": "2021 révisée"}}, ("ruleset", "id")),
        ({"answers": {"inconnue": 1}}, ("answers",)),
        ({"no_evidence": ["bilan"]}, ("no_evidence", 0)),
        ({"no_evidence": ["charte", "charte"]}, ("no_evidence",)),
        ({"evidence": [{"id": "P1", "proves": [], "title": "T"}]}, ("evidence", 0, "proves")),
        (
            {"evidence": [{"id": "P1", "proves": ["bilan"], "title": "T"}]},
            ("evidence", 0, "proves", 0),
        ),
        (
            {"findings": [{"id": "C1", "requirement": "STR-99", "grade": "minor", "text": "T"}]},
            ("findings", 0, "requirement"),
        ),
        ({"actions": [{"id": "A1", "action": "autre"}]}, ("actions", 0, "action")),
    ],
)
def test_audits_name_what_the_rule_set_has(more: Plain, said: Place) -> None:
    errors = list(AUDIT.iter_errors({**_audit({}), **more}))
    assert [tuple(error.absolute_path) for error in errors] == [said]


def test_editors_show_the_questions_and_what_names_mean() -> None:
    schema = typing.cast(Plain, AUDIT.schema)
    answers = schema["properties"]["answers"]
    assert answers["title"] == hovers()["Audit.answers"]["title"]
    asked = answers["properties"]["niveau"]
    assert asked["description"] == "Question niveau ?\n\nUne aide."
    assert asked["anyOf"][0] == {"$ref": "#/definitions/value.niveau"}
    levels = schema["definitions"]["value.niveau"]["markdownEnumDescriptions"]
    assert levels[1] == "Tout : On voit tout."
    for record, key, meaning in (
        ("Finding", "requirement", "Formation"),
        ("PlannedAction", "action", "Former"),
    ):
        held = schema["definitions"][record]["properties"][key]
        assert held["markdownEnumDescriptions"] == [meaning]
        assert held["title"] == hovers()[f"{record}.{key}"]["title"]
