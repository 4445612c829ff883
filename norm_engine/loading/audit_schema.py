"""The JSON Schema of the audits of one rule set: its questions, their types, their choices."""

import math
from typing import Any
from urllib.parse import quote

from norm_engine.loading import limits
from norm_engine.loading.schemas import (
    VERSION,
    document_schema,
    pattern_of,
    text_of,
)
from norm_engine.model.audit import UNKNOWN
from norm_engine.model.records import Plain
from norm_engine.model.ruleset import AnswerReference, Question, RuleSet
from norm_engine.model.scalars import NUMBER, Text, exact, text_in


def audit_schema(ruleset: RuleSet) -> Plain:
    """The schema of the audits of a rule set, for editors and for `jsonschema`."""
    head = ruleset.head
    schema = document_schema("audit")
    edition = quote(head.edition, safe="")
    schema["$id"] = f"urn:norm-engine:schema:audit:{VERSION}:{head.id}:{edition}"
    schema["title"] = text_in(head.title, head.language)
    properties, definitions = schema["properties"], schema["definitions"]
    definitions["RuleSetName"]["properties"]["id"]["const"] = head.id
    definitions["RuleSetName"]["properties"]["edition"]["const"] = head.edition
    properties["answers"] = {
        **text_of("Audit.answers"),
        "type": "object",
        "properties": {
            name: answer_schema(question, head.language)
            for name, question in ruleset.questions.items()
        },
        "additionalProperties": False,
    }
    del definitions["AnswerDetails"]
    for name, schema_of_answer in properties["answers"]["properties"].items():
        _share(name, schema_of_answer, definitions)
    definitions["Kind"] = _one_of(
        {name: kind.title for name, kind in ruleset.evidence.items()}, head.language
    )
    kinds = {"$ref": "#/definitions/Kind"}
    definitions["Piece"]["properties"]["proves"] |= {
        "items": kinds,
        "minItems": 1,
        "uniqueItems": True,
    }
    properties["no_evidence"] |= {"items": kinds, "uniqueItems": True}
    definitions["Finding"]["properties"]["requirement"] = {
        **text_of("Finding.requirement"),
        **_one_of({each.id: each.title for each in ruleset.requirements}, head.language),
    }
    definitions["PlannedAction"]["properties"]["action"] = {
        **text_of("PlannedAction.action"),
        **_one_of({name: each.title for name, each in ruleset.actions.items()}, head.language),
    }
    return schema


def _share(name: str, answer: Plain, definitions: dict[str, Plain]) -> None:
    """Write once what stands in several places, so that the schema stays small."""
    value, _unknown, details = answer["anyOf"]
    definitions[f"value.{name}"] = value
    reference = {"$ref": f"#/definitions/value.{name}"}
    answer["anyOf"][0] = details["properties"]["value"]["anyOf"][0] = reference
    for key, schema in details["properties"].items():
        if key != "value":
            definitions[f"answer.{key}"] = schema
            details["properties"][key] = {"$ref": f"#/definitions/answer.{key}"}


def answer_schema(question: Question, language: str) -> Plain:
    """What may be written as the answer to a question."""
    value = value_schema(question, language)
    text = {"type": ["string", "null"], "maxLength": limits.MAX_TEXT}
    details: dict[str, Any] = {
        "value": {**text_of("AnswerDetails.value"), "anyOf": [value, {"const": UNKNOWN}]},
        "by": {**text_of("AnswerDetails.by"), **text},
        "on": {**text_of("AnswerDetails.on"), "type": ["string", "null"], "format": "date"},
        "comment": {**text_of("AnswerDetails.comment"), **text},
    }
    forms: list[dict[str, Any]] = [{"required": ["value"]}]
    if question.not_applicable:
        details["not_applicable"] = {
            **text_of("AnswerDetails.not_applicable"),
            "type": "string",
            "minLength": 1,
            "maxLength": limits.MAX_TEXT,
        }
        forms = [
            {"required": ["value"], "not": {"required": ["not_applicable"]}},
            {"required": ["not_applicable"], "not": {"required": ["value"]}},
        ]
    words = text_in(question.text, language)
    if question.help is not None:
        words += "\n\n" + text_in(question.help, language)
    return {
        "description": words,
        "anyOf": [
            value,
            {"const": UNKNOWN},
            {
                "type": "object",
                "properties": details,
                "additionalProperties": False,
                "anyOf": forms,
            },
        ],
    }


def value_schema(question: Question, language: str) -> Plain:
    """What the bare value of an answer may be."""
    kind = question.type
    if kind == "yes_no":
        return {"type": "boolean"}
    if kind == "count":
        low = 0 if question.min is None else math.ceil(exact(question.min))
        bounds: dict[str, Any] = {"minimum": low}
        if question.max is not None and not isinstance(question.max, AnswerReference):
            bounds["maximum"] = math.floor(exact(question.max))
        return {"type": "integer", **bounds}
    if kind == "number":
        return {"type": ["number", "string"], **pattern_of(NUMBER)}
    if kind == "date":
        return {"type": "string", "format": "date"}
    if kind == "scale":
        return {
            "enum": [level.value for level in question.levels],
            "markdownEnumDescriptions": [
                f"{text_in(level.text, language)} : {text_in(level.anchor, language)}"
                for level in question.levels
            ],
        }
    if kind == "text":
        return {"type": "string", "maxLength": limits.MAX_TEXT}
    choices = _one_of({choice.value: choice.text for choice in question.choices}, language)
    return choices if kind == "choice" else {"type": "array", "items": choices, "uniqueItems": True}


def _one_of(titles: dict[str, Text], language: str) -> Plain:
    """One of several names, each with what it means."""
    return {
        "enum": list(titles),
        "markdownEnumDescriptions": [text_in(title, language) for title in titles.values()],
    }
