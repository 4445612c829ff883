"""``norm-engine compare``: what a coordinator, a trainer or an auditor types, and what it says."""

import jsonschema
import pytest

from norm_engine.loading.schemas import schema_of
from norm_engine.model.comparison_results import ComparisonResult
from tests.cli.program import AUDITS, DAY, in_this_process, too_wide
from tests.loading.small import AUDIT, changed, write_rules

LATER = "2027-11-23"


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return write_rules(tmp_path_factory.mktemp("rules") / "petite")


@pytest.fixture
def home(tmp_path):
    """An audit in which the charter is proven by a piece that is valid until the end of 2026."""
    folder = tmp_path / "maison"
    folder.mkdir()
    text = changed(AUDIT, "kept_at: au siège}", "kept_at: au siège, valid_until: 2026-12-31}")
    text = text[: text.index("findings:")]
    (folder / "audit.yaml").write_text(text, "utf-8")
    return folder


def edit(folder, old, new):
    file = folder / "audit.yaml"
    file.write_text(changed(file.read_text("utf-8"), old, new), "utf-8")


def compare(rules, *arguments, language="en"):
    return in_this_process("compare", *arguments, "--rules", rules, language=language)


def as_data(rules, *arguments):
    done = compare(rules, *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    schema = schema_of(ComparisonResult, "comparison-result")
    jsonschema.Draft7Validator(schema).validate(done.data)
    return done.data


def freeze(rules, home, *more):
    done = in_this_process("freeze", home, "--rules", rules, "--as-of", DAY, *more)
    assert done.code == 0, done.err
    return sorted((home / "jalons").iterdir())[-1]


def requirement(data, name):
    return next(each for each in data["requirements"] if each["id"] == name)


def test_two_days_of_one_audit_tell_what_expires_between_them(rules, home):
    data = as_data(rules, home, "--as-of-a", DAY, "--as-of", LATER)
    assert data["same_structure"] is True
    (expired,) = data["expired"]
    assert (expired["id"], expired["change"], expired["day"]) == ("P2", "expired", "2027-01-01")
    assert expired["requirements"] == ["DEO-01"]
    fallen = requirement(data, "DEO-01")
    assert (fallen["kind"], fallen["before"]["status"], fallen["after"]["status"]) == (
        "lower",
        "met",
        "unmet",
    )
    (cause,) = data["causes"]
    assert (cause["kind"], cause["subject"]) == ("evidence", "charte_signee")
    assert fallen["causes"] == [{"cause": 0}]
    # DEO-02 loses its prerequisite, and has less than a blocked one may have already: 1/3
    assert requirement(data, "DEO-02")["kind"] == "same"
    assert data["overall"]["lower"] == ["DEO-01"]
    assert data["overall"]["movement"] == "lower"
    assert data["new_gaps"] == ["DEO-01"]  # DEO-02 was a gap before


def test_an_audit_alone_is_compared_with_its_last_milestone(rules, home):
    freeze(rules, home)
    edit(home, "formes: {value: 3", "formes: {value: 4")
    edit(home, "no_evidence: [attestation]", "no_evidence: []")
    data = as_data(rules, home, "--as-of", DAY)
    assert data["before"]["milestone"]["same_rules"] is True
    assert "differences" not in data["before"]["milestone"]  # it says today what it said then
    assert [each["question"] for each in data["answers"]] == ["formes"]
    assert requirement(data, "DEO-02")["direction"] == "level"  # trained, though not proven yet
    assert requirement(data, "DEO-02")["declared_kind"] == "higher"


def test_a_milestone_alone_is_compared_with_its_audit_today(rules, home):
    made = freeze(rules, home)
    data = as_data(rules, made, "--as-of", LATER)
    assert (data["before"]["as_of"], data["after"]["as_of"]) == (DAY, LATER)
    assert [each["id"] for each in data["expired"]] == ["P2"]


def test_two_milestones_and_their_own_days(rules, home):
    first = freeze(rules, home, "--label", "un")
    second = freeze(rules, home, "--label", "deux")
    data = as_data(rules, first, second)
    assert data["identical"] is True
    # of one day both: their folders tell them apart
    assert data["before"]["name"] != data["after"]["name"]
    refused = compare(rules, first, second, "--as-of", LATER)
    assert refused.code == 2
    assert "--as-of-a" in refused.err


def test_two_structures_are_higher_and_lower_and_nothing_rose(rules, home, tmp_path):
    other = tmp_path / "autre"
    other.mkdir()
    text = (home / "audit.yaml").read_text("utf-8")
    text = changed(text, "Association Exemple", "Association Voisine")
    (other / "audit.yaml").write_text(changed(text, "charte: true", "charte: false"), "utf-8")
    data = as_data(rules, home, other, "--as-of", DAY)
    assert data["same_structure"] is False
    assert data["pieces"] == []
    page = compare(rules, home, other, "--as-of", DAY).out
    assert "Lower at Association Voisine (1)" in page
    assert "rose" not in page
    assert "fell" not in page


def test_files_that_are_gone_since_a_milestone_are_named(rules, home):
    piece = "{id: P2, proves: [charte_signee], title: Original, kept_at: au siège"
    edit(home, piece, "{id: P2, proves: [charte_signee], title: Original, file: original.pdf")
    (home / "preuves").mkdir()
    (home / "preuves" / "original.pdf").write_bytes(b"original")
    made = freeze(rules, home)
    (home / "preuves" / "original.pdf").unlink()
    data = as_data(rules, made, "--as-of", DAY)
    assert data["before"]["files_not_found"] == ["P1", "P2"]
    differing = {each["what"]: each for each in data["before"]["milestone"]["differences"]}
    assert differing["DEO-01"] == {"what": "DEO-01", "frozen": "met", "now": "unmet"}
    page = compare(rules, made, "--as-of", DAY).out
    assert "P1 and P2" in page
    assert "said otherwise" in page


def test_a_milestone_made_under_other_rules_is_evaluated_under_todays(rules, home, tmp_path):
    made = freeze(rules, home)
    stricter = write_rules(
        tmp_path / "rules" / "petite", {"deontologie.yaml": [("weight: 3", "weight: 4")]}
    )
    data = as_data(stricter, made, "--as-of", DAY)
    assert data["before"]["milestone"]["same_rules"] is False
    assert data["before"]["ruleset"]["fingerprint"] == data["after"]["ruleset"]["fingerprint"]
    # 3 of 5 then, 4 of 6 today, on the side of the milestone too
    assert data["identical"] is True
    assert "under other rules" in compare(stricter, made, "--as-of", DAY).out


def test_overlays_that_differ_are_named_and_are_causes(rules, home, tmp_path):
    twin = tmp_path / "jumelle"
    twin.mkdir()
    (twin / "reseau.yaml").write_text(
        'format: 1\noverlay: {id: reseau, for: {id: petite, edition: "2021"}}\n'
        "settings: {part: 3/4}\n",
        "utf-8",
    )
    text = changed(
        (home / "audit.yaml").read_text("utf-8"),
        "answers:",
        "overlays: [{file: reseau.yaml}]\nanswers:",
    )
    (twin / "audit.yaml").write_text(text, "utf-8")
    data = as_data(rules, home, twin, "--as-of", DAY)
    (rule,) = data["rules"]
    assert (rule["path"], rule["before"], rule["after"]) == ("settings.part", "80%", "75%")
    # 3 of 4 are trained: enough for 3/4 and not for 4/5, as far as it is declared
    assert requirement(data, "DEO-02")["declared_kind"] == "higher"
    assert data["causes"][0]["kind"] == "setting"


def test_audits_of_two_rule_sets_cannot_be_compared(rules, home):
    done = compare(rules, home, AUDITS / "association-point-d-appui")
    assert done.code == 2
    assert "only audits of one edition" in done.err


def test_an_audit_without_a_milestone_says_what_to_name(rules, home):
    done = compare(rules, home)
    assert done.code == 2
    assert "--as-of-a" in done.err


def test_a_milestone_that_was_changed_is_an_invalid_file(rules, home):
    made = freeze(rules, home)
    (made / "audit.yaml").chmod(0o644)
    edit(made, "charte: true", "charte: false")
    done = compare(rules, made)
    assert done.code == 3
    assert "no longer the one that was frozen" in done.err


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_of_an_example_a_year_later(language):
    done = in_this_process(
        "compare",
        AUDITS / "association-des-deux-rives",
        "--as-of-a",
        DAY,
        "--as-of",
        LATER,
        language=language,
    )
    assert (done.code, done.err) == (0, "")
    assert too_wide(done.out) == []
    assert not {"None", "{n}", "{name}"} & set(done.out.split())


def test_the_page_of_two_examples():
    folders = [AUDITS / name for name in ("association-point-d-appui", "operateur-lumen-services")]
    done = in_this_process("compare", *folders, "--as-of", DAY)
    assert (done.code, done.err) == (0, "")
    assert too_wide(done.out) == []
