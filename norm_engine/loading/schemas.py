"""JSON Schemas of every document, generated from the models (draft-07, which editors read).

How editors show texts decides where the texts stand. A draft-07 reader ignores what stands beside
``$ref``, and an editor prefers the text of the definition referred to over that of the place which
refers to it. So definitions carry no title and no description; every place that refers to one has
its own, beside ``allOf`` or ``anyOf``. Alternatives are merged into one schema wherever draft-07
can say them so: editors then name a value once, and not once for each alternative.
"""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from norm_engine.loading.border import adapter
from norm_engine.model.audit import Audit
from norm_engine.model.conditions import COMPARATORS
from norm_engine.model.files import (
    ActionsFile,
    EvidenceFile,
    OverlayFile,
    QuestionsFile,
    RequirementsFile,
    TestsFile,
)
from norm_engine.model.records import Plain
from norm_engine.model.ruleset import Head
from norm_engine.model.scalars import (
    NUMBER,
    Duration,
    ExactText,
    Number,
    PieceId,
    RequirementId,
    Sha256,
    Slug,
    Version,
)

DRAFT = "http://json-schema.org/draft-07/schema#"
VERSION = 1
"""Version of the documents' form; part of each schema's identity."""

DOCUMENTS: Mapping[str, type] = {
    "ruleset": Head,
    "questions": QuestionsFile,
    "evidence": EvidenceFile,
    "actions": ActionsFile,
    "requirements": RequirementsFile,
    "tests": TestsFile,
    "overlay": OverlayFile,
    "audit": Audit,
}
"""The documents that people write, by the name of their schema."""

_SMALL_VALUES: tuple[Any, ...] = (
    Slug,
    RequirementId,
    PieceId,
    Number,
    ExactText,
    Duration,
    Sha256,
    Version,
)
FORMS: Mapping[str, str] = {
    form.pattern: form.name for form in (kind.__metadata__[0] for kind in _SMALL_VALUES)
}
"""The name of the form of a small value, by the pattern that schemas hold."""

BOUNDS: Mapping[str, Plain] = {
    "Requirement.weight": {"minimum": 1},
    "Requirement.criteria": {"minItems": 1},
    "RequirementOverlay.weight": {"minimum": 1},
    "Criterion.weight": {"minimum": 1},
    "FactReference": {"minProperties": 1, "maxProperties": 1},
}
"""What the models leave to `norm_engine.loading.rules`, and an editor can say at once."""


_RECORDS = {"Proof": "Condition"}
"""The record whose texts a definition has, where it is not the record of that name."""


def document_schema(name: str) -> Plain:
    """The JSON Schema of one kind of document, with French titles and descriptions."""
    return schema_of(DOCUMENTS[name], name)


def schema_of(kind: type, name: str) -> Plain:
    """The JSON Schema of a record, under an identity of its own."""
    own = adapter(kind).json_schema(by_alias=True, ref_template="#/definitions/{model}")
    definitions = own.pop("$defs", {})
    if "$ref" in own:
        own = {"allOf": [own]}
    for record, made in [(kind.__name__, own), *definitions.items()]:
        _tidy(made)
        _say(record, made)
    if "Condition" in definitions:
        definitions["Condition"] = _condition_schema("Condition")
    if "Criterion" in definitions:
        definitions["Criterion"]["properties"]["proof"]["anyOf"][0] = _reference("Proof")
        definitions["Proof"] = _condition_schema("Proof")
    for record, made in definitions.items():
        _comment(record, made)
    schema: Plain = {"$schema": DRAFT, "$id": f"urn:norm-engine:schema:{name}:{VERSION}"}
    schema |= text_of(kind.__name__) | own
    if definitions:
        schema["definitions"] = dict(sorted(definitions.items()))
    return schema


def write_schemas(folder: Path, kinds: Mapping[str, type] = DOCUMENTS) -> list[Path]:
    """Write the schema of each kind as ``<name>.schema.json``, the same bytes on every machine."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, kind in kinds.items():
        file = folder / f"{name}.schema.json"
        text = json.dumps(schema_of(kind, name), indent=2, ensure_ascii=False)
        file.write_text(text + "\n", "utf-8", newline="\n")
        written.append(file)
    return written


@cache
def hovers() -> Mapping[str, Mapping[str, Any]]:
    """What editors say of each record and field, by ``Record`` or ``Record.key``, in French.

    Each has ``title`` and ``description``, and ``values`` where only some values are allowed. What
    editors say when a small value has not its form stands under the name of the form.
    """
    texts: Mapping[str, Mapping[str, Any]] = json.loads(
        Path(__file__).with_name("hovers.json").read_text("utf-8")
    )
    return texts


def text_of(name: str) -> Plain:
    """The keywords that a schema holds to say what a record or a field is."""
    return {key: said for key, said in hovers().get(name, {}).items() if key != "values"}


def pattern_of(pattern: str) -> Plain:
    """The keywords that ask for a form of small values and say in French what it is."""
    return {"pattern": pattern, "patternErrorMessage": hovers()[FORMS[pattern]]["description"]}


def subschemas(schema: Plain) -> Iterator[Plain]:
    """The schemas right inside a schema (a key ``title`` of a document is not a title)."""
    for key in ("properties", "patternProperties", "definitions"):
        yield from schema.get(key, {}).values()
    for key in ("anyOf", "oneOf", "allOf"):
        yield from schema.get(key, ())
    for key in ("items", "additionalProperties", "not"):
        if isinstance(schema.get(key), dict):
            yield schema[key]


def _say(record: str, schema: Plain) -> None:
    """Put French texts in place of those that pydantic makes up."""
    schema.update(BOUNDS.get(record, {}))
    for key, held in schema.get("properties", {}).items():
        place = f"{record}.{key}"
        said = {"allOf": [held]} if "$ref" in held else held
        said |= BOUNDS.get(place, {}) | text_of(place)
        _say_values(said, hovers().get(place, {}).get("values", {}))
        schema["properties"][key] = said


def _comment(record: str, definition: Plain) -> None:
    """Say what a definition is to those who read the schema; editors do not show comments."""
    said = hovers().get(_RECORDS.get(record, record))
    if said:
        definition["$comment"] = f"{said['title']} : {said['description']}"


def _say_values(schema: Plain, values: Mapping[str, str]) -> None:
    """Say what each value of an enumeration means, wherever in the field it stands."""
    if values and "enum" in schema:
        schema["markdownEnumDescriptions"] = [
            "(rien)" if each is None else values.get(str(each).lower(), "")
            for each in schema["enum"]
        ]
    for held in subschemas(schema):
        _say_values(held, values)


def _tidy(schema: Plain) -> None:
    """Say the same as pydantic in fewer words, and what pydantic leaves out."""
    for held in subschemas(schema):
        _tidy(held)
    for key in ("title", "description"):
        schema.pop(key, None)
    if schema.get("default", 0) in (None, "", [], {}):
        del schema["default"]
    if "enum" in schema.get("propertyNames", {}):
        _name_keys(schema)
    if "patternProperties" in schema:
        schema["additionalProperties"] = False
    if "anyOf" in schema:
        _merge_alternatives(schema)
    if schema.get("pattern") in FORMS:
        schema |= pattern_of(schema["pattern"])
    for key in ("items", "additionalProperties"):
        _say_where_referred(schema, key)
    for key in schema.get("patternProperties", {}):
        _say_where_referred(schema["patternProperties"], key)


def _say_where_referred(holder: Plain, key: str) -> None:
    """Put the texts of a record beside a reference to its definition."""
    held = holder.get(key)
    if isinstance(held, dict) and "$ref" in held:
        record = held["$ref"].rpartition("/")[2]
        holder[key] = {"allOf": [held], **text_of(_RECORDS.get(record, record))}


def _name_keys(schema: Plain) -> None:
    """Name the few keys that a mapping may have (languages), so that editors offer them."""
    keys = schema.pop("propertyNames")["enum"]
    schema["properties"] = {key: deepcopy(schema["additionalProperties"]) for key in keys}
    schema["additionalProperties"] = False


def _merge_alternatives(schema: Plain) -> None:
    """Merge the alternatives that draft-07 can say in one schema: its keywords mind their type."""
    alternatives = schema.pop("anyOf")
    if any("enum" in each for each in alternatives) and all(map(_finite, alternatives)):
        schema["type"] = [each["type"] for each in alternatives]
        schema["enum"] = [value for each in alternatives for value in _finite(each)]
        return
    types: list[str] = []
    merged: Plain = {}
    listed: list[Plain] = []
    for each in alternatives:
        if "type" not in each or {"const", "enum", "properties"} & set(each):
            listed.append(each)
            continue
        if not types:
            listed.append(merged)
        kinds = each.pop("type")
        types += kinds if isinstance(kinds, list) else [kinds]
        for key, held in each.items():
            if merged.setdefault(key, held) != held:
                raise ValueError(f"two alternatives with {key}")
    if {"integer", "string"} <= set(types):
        # a decimal is a number to an editor; our reader keeps it as text, exactly
        types[types.index("integer")] = "number"
    if types:
        merged["type"] = types if len(types) > 1 else types[0]
    if len(listed) > 1:
        schema["anyOf"] = listed
    else:
        schema.update(listed[0])


def _finite(schema: Plain) -> list[Any]:
    """The values of an alternative that allows only some."""
    by_type: Mapping[str, list[Any]] = {"boolean": [True, False], "null": [None]}
    found: list[Any] = schema.get("enum") or by_type.get(schema.get("type", ""), [])
    return found


def _condition_schema(name: str) -> Plain:
    """The forms of a condition, one branch each, so that an editor completes them.

    Args:
        name: ``Condition``, or ``Proof``, where only evidence and ``all``, ``any``, ``of`` stand.
    """
    # without properties of its own, an editor would take it for the same alternative as null
    form_of_all: Plain = {"type": "object", "properties": {}}
    inside = _reference(name)
    several = {"type": "array", "items": {"allOf": [inside], **text_of("Condition")}, "minItems": 1}
    amount = _or_setting({"type": "integer", "minimum": 1})
    compounds = [
        _form({"all": several}),
        _form({"any": several}),
        _form({"at_least": amount, "of": several}),
    ]
    if name == "Proof":
        first = _form({"evidence": _word(Slug), "count": amount}, optional=("count",))
        return {**form_of_all, "oneOf": [first, *compounds]}
    scalar = _or_setting({"type": ["boolean", "number", "string"]})
    bound = _or_setting({"type": ["number", "string"]})
    number = _or_setting({"type": ["number", "string"], **pattern_of(NUMBER)})
    values: dict[str, Plain] = {
        "is": scalar,
        "at_least": bound,
        "at_most": bound,
        "among": _or_setting({"type": "array", "items": scalar, "minItems": 1}),
        "includes": _or_setting({"type": "string"}),
        "newer_than": _or_setting(_word(Duration)),
    }
    pair = {"type": "array", "items": _word(Slug), "minItems": 2, "maxItems": 2}
    forms = [
        *(_form({"answer": _word(Slug), each: values[each]}) for each in COMPARATORS),
        *(_form({"ratio": pair, each: number}) for each in ("at_least", "at_most")),
        _form({"met": _word(RequirementId)}),
        *compounds,
        _form({"not": inside}),
    ]
    return {**form_of_all, "oneOf": forms}


def _form(properties: dict[str, Plain], optional: tuple[str, ...] = ()) -> Plain:
    said = {}
    for key, schema in properties.items():
        held = {"allOf": [schema]} if "$ref" in schema else schema
        said[key] = {**held, **text_of(f"Condition.{key}")}
    return {
        "type": "object",
        "properties": said,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def _or_setting(schema: Plain) -> Plain:
    return {"anyOf": [schema, _reference("SettingReference")]}


def _reference(definition: str) -> Plain:
    return {"$ref": f"#/definitions/{definition}"}


def _word(kind: Any) -> Plain:
    return {"type": "string", **pattern_of(kind.__metadata__[0].pattern)}
