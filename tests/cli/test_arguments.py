"""How an audit, a requirement, a day and a rule set may be named."""

import shutil

import pytest

from tests.cli.program import AUDITS, DAY, in_this_process, norm_engine
from tests.cli.test_exit_codes import READY
from tests.loading.small import write_rules

EXAMPLE = AUDITS / "association-des-deux-rives"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small audit, and its rule set beside it."""
    folder = tmp_path_factory.mktemp("names")
    write_rules(folder / "regles")
    (folder / "audit-2026").mkdir()
    (folder / "audit-2026" / "audit.yaml").write_text(READY, "utf-8")
    return folder


def test_an_audit_is_its_folder_its_file_or_where_one_is(small):
    def data(*named, cwd):
        rules = ("--rules", small / "regles", "--format", "json", "--as-of", DAY)
        done = norm_engine("evaluate", *named, *rules, cwd=cwd)
        assert done.code == 0, done
        return done.out

    whole = data("audit-2026", cwd=small)
    assert data("audit-2026/audit.yaml", cwd=small) == whole
    assert data(cwd=small / "audit-2026") == whole
    assert data(".", cwd=small / "audit-2026") == whole
    assert data("audit.yaml", cwd=small / "audit-2026") == whole


def test_without_an_audit_where_one_is(tmp_path):
    done = norm_engine("gaps", cwd=tmp_path)
    assert done.code == 3
    assert "There is no audit here." in done.err
    assert "norm-engine new" in done.err


@pytest.mark.parametrize(
    "named",
    [
        ("DEO-01", "audit-2026"),
        ("audit-2026", "DEO-01"),  # a folder whose name looks like the code of a requirement
        ("audit-2026", "deo-01"),
        ("./audit-2026/audit.yaml", "DEO-01"),
    ],
    ids=" ".join,
)
def test_explain_takes_audit_and_requirement_in_either_order(small, named):
    arguments = ("--rules", "regles", "--as-of", DAY, "--format", "json")
    done = norm_engine("explain", *named, *arguments, cwd=small)
    assert done.code == 0, done
    assert done.data["requirement"]["id"] == "DEO-01"
    assert done.data["structure"] == "Association Exemple"


def test_explain_where_one_is(small):
    arguments = ("--rules", "../regles", "--as-of", DAY, "--format", "json")
    done = norm_engine("explain", "DEO-02", *arguments, cwd=small / "audit-2026")
    assert done.data["requirement"]["status"] == "not_applicable"


@pytest.mark.parametrize(
    "named", [(), ("./audit-2026",), ("a", "b", "DEO-01"), ("DEO-01", "DEO-02")]
)
def test_explain_wants_one_of_each(small, named):
    done = norm_engine("explain", *named, "--rules", "regles", cwd=small)
    assert done.code == 2
    assert done.out == ""


def test_an_unknown_requirement_is_refused_with_those_that_are_near():
    done = in_this_process("explain", "DEO-99", EXAMPLE, "--as-of", DAY)
    assert done.code == 2
    assert "There is no requirement “DEO-99”. Did you mean “DEO-" in done.err


def test_an_unknown_part_and_an_unknown_verb_too():
    assert (
        "Did you mean “mediateurs_en_poste"
        in in_this_process("rules", "show", "mediateur_en_post").err
    )
    assert "Did you mean “evaluate”?" in in_this_process("evalute").err


@pytest.mark.parametrize("day", ["2026-11-23", "23/11/2026"])
def test_a_day_is_written_in_two_ways(day):
    done = in_this_process("evaluate", EXAMPLE, "--as-of", day, "--format", "json")
    assert done.data["as_of"] == "2026-11-23"


@pytest.mark.parametrize(
    "day", ["2026-11-31", "23-11-2026", "11/23/2026", "demain", "20261123", ""]
)
def test_what_is_no_day(day):
    done = in_this_process("evaluate", EXAMPLE, "--as-of", day)
    assert (done.code, done.out) == (2, "")
    assert f"“{day}” is no day; write 2026-03-31 or 31/03/2026." in " ".join(done.err.split())


def test_rule_sets_are_found_by_option_then_by_variable_then_those_shipped(small, tmp_path):
    def listed(*arguments, **environ):
        done = norm_engine("rules", "list", *arguments, "--format", "json", env=environ, cwd=small)
        return [each["ruleset"]["id"] for each in done.data["rulesets"]]

    [shipped] = listed()
    assert listed("--rules", "regles") == ["petite", shipped]
    assert listed("--rules", ".") == ["petite", shipped]  # a folder of rule sets
    other = shutil.copytree(small / "regles", tmp_path / "autre")
    head = (other / "ruleset.yaml").read_text("utf-8")
    (other / "ruleset.yaml").write_text(head.replace("id: petite", "id: autre"), "utf-8")
    assert listed(NORM_ENGINE_RULES=str(other)) == ["autre", shipped]
    assert listed("--rules", "regles", NORM_ENGINE_RULES=str(other)) == ["petite", "autre", shipped]
