"""What verbs print with ``--format json`` is one document, as its published schema has it."""

import jsonschema
import pytest

from norm_engine.authoring.schemas import PUBLISHED, RESULTS
from norm_engine.loading.schemas import schema_of
from tests.cli.program import AUDITS, DAY, EXAMPLES, in_this_process, norm_engine
from tests.loading.small import write_rules


def check(document, name):
    """Raise unless the document is what the schema of that name says."""
    schema = schema_of(PUBLISHED[name], name)
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(document)


def reading(verb, *more):
    """A verb over an example audit."""
    return (verb, *more, "--as-of", DAY, "--format", "json")


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_said_of_an_audit(name, language):
    for schema, arguments in (
        ("evaluation-result", reading("evaluate", AUDITS / name)),
        ("gaps-result", reading("gaps", AUDITS / name)),
        ("explanation-result", reading("explain", "DEO-15", AUDITS / name)),
        ("explanation-result", reading("explain", "STR-25", AUDITS / name)),
    ):
        done = in_this_process(*arguments, language=language)
        assert done.code in (0, 1)
        assert done.err == ""
        check(done.data, schema)


@pytest.mark.parametrize(
    ("schema", "arguments"),
    [
        ("rules-list-result", ["list"]),
        ("requirements-list-result", ["list", "afnor_mediation_sociale"]),
        ("rules-check-result", ["check"]),
        ("rules-test-result", ["test"]),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_is_said_of_a_rule_set(schema, arguments):
    done = in_this_process("rules", *arguments, "--format", "json")
    assert done.code == 0, done.err
    assert done.err == ""
    check(done.data, schema)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("requirement", "DEO-02"),
        ("question", "postes"),
        ("evidence", "attestation"),
        ("action", "former"),
        ("setting", "part"),
        ("source", "FM7"),
    ],
)
def test_what_is_said_of_a_part_stands_under_its_kind(tmp_path, kind, name):
    rules = write_rules(tmp_path / "regles")
    done = in_this_process("rules", "show", name, "--rules", rules, "--format", "json")
    assert (done.code, done.err) == (0, "")
    check(done.data, "rules-show-result")
    assert set(done.data) == {"format", "kind", "id", kind}
    assert (done.data["kind"], done.data["id"]) == (kind, name)


def test_a_part_is_named_as_the_rule_set_has_it():
    # typed in small letters; a program that reads the answer looks for the code
    assert in_this_process("rules", "show", "deo-15", "--format", "json").data["id"] == "DEO-15"


def test_what_was_written(tmp_path):
    rules = write_rules(tmp_path / "regles")
    new = in_this_process(
        "new", tmp_path / "a", "--ruleset", "petite", "--rules", rules, "--format", "json"
    )
    check(new.data, "created-result")
    assert [tmp_path / "a" / name for name in ("audit.yaml", "audit.schema.json")] == [
        type(tmp_path)(each) for each in new.data["written"]
    ]
    frozen = in_this_process("freeze", tmp_path / "a", "--rules", rules, "--format", "json")
    check(frozen.data, "created-result")


def test_problems_of_a_rule_set_are_data(tmp_path):
    broken = {"deontologie.yaml": [("gravity: minor", "gravity: minorr")]}
    rules = write_rules(tmp_path / "regles", broken)
    done = norm_engine("rules", "check", rules, "--format", "json")
    assert (done.code, done.err) == (1, "")
    check(done.data, "rules-check-result")
    assert done.data["errors"] == 1
    [problem] = done.data["problems"]
    assert (problem["key"], problem["line"]) == ("requirements[DEO-02].gravity", 21)


def test_messages_are_never_mixed_with_data(tmp_path):
    (tmp_path / "audit.yaml").write_text("format: 1\n", "utf-8")
    done = norm_engine("evaluate", tmp_path, "--format", "json")
    assert (done.code, done.out) == (3, "")
    assert "audit.yaml" in done.err


def test_every_result_has_a_published_schema_that_is_itself_valid():
    for name in RESULTS:
        done = in_this_process("rules", "schema", name)
        assert done.code == 0
        jsonschema.Draft7Validator.check_schema(done.data)
