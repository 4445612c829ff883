"""What a fingerprint rests on, and what it does not see."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.loading.fingerprints import canonical_json
from norm_engine.loading.rulesets import load_ruleset

from .small import FILES, REQUIREMENTS, write_rules

H, Q, E, A, R = FILES

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=20,
)


@given(JSON)
def test_canonical_json_is_that_of_an_independent_library(data):
    assert canonical_json(data) == rfc8785.dumps(data)


def test_canonical_json_by_hand():
    # U+1F600 comes before U+FB33: its first UTF-16 code unit is D83D
    data = {"\ufb33": 1, "\U0001f600": [True, None], "é": "\n\x1f\x7f/", "a": 2**53}
    assert canonical_json(data).decode() == (
        '{"a":"9007199254740992","é":"\\n\\u001f\x7f/","\U0001f600":[true,null],"\ufb33":1}'
    )


def prints(folder, changes=None):
    ruleset = load_ruleset(write_rules(folder, changes))
    return ruleset.fingerprint, ruleset.rules_fingerprint


HEURES = "when: {answer: heures, is: 4/5}"
CHARTE = "when: {answer: charte, is: true}"

SAME = [
    # two ways of writing the same
    (H, ("default: 4/5", "default: 0.8")),
    (H, ("default: 4/5", "default: 80 %")),
    (H, ("blocked_credit: 1/2", "blocked_credit: 50 %")),
    (H, ("blocked_credit: 1/2\n", "")),
    (H, ("default: 2, min: 0, max: 5", "max: 10/2, min: 0, default: 2")),
    (A, ("low: 1, likely: 2, high: 4}", "high: 4, likely: 2.0, low: 1}")),
    (R, ("weight: 3", "weight: 3\n    requires: []")),
    (R, ("examples:\n      - given: {postes: 4, formes: 4}\n        expect: {declared: {part: true}}", "examples: []")),  # noqa: E501
    (R, ("weight: 3", "# un commentaire\n    weight: 3")),
]  # fmt: skip


@pytest.mark.parametrize(("file", "change"), SAME)
def test_the_same_rules_have_the_same_fingerprints(tmp_path, file, change):
    changes = {file: [change]}
    if "likely" in change[0]:
        changes = {A: [("low: 1, likely: 2, high: 4, per", "high: 4, likely: 2.0, low: 1, per")]}
    assert prints(tmp_path / "a") == prints(tmp_path / "b", changes)


@pytest.mark.parametrize("written", ["0.8", "80 %", "8/10"])
def test_a_number_in_a_condition_is_written_one_way(tmp_path, written):
    one = prints(tmp_path / "a", {R: [(CHARTE, HEURES)]})
    assert prints(tmp_path / "b", {R: [(CHARTE, HEURES.replace("4/5", written))]}) == one


def test_a_text_that_looks_like_a_number_is_a_text(tmp_path):
    text = "when: {answer: commune, is: '4/5'}"
    one = prints(tmp_path / "a", {R: [(CHARTE, text)]})
    assert prints(tmp_path / "b", {R: [(CHARTE, text.replace("4/5", "0.8"))]}) != one


def test_order_does_not_matter(tmp_path):
    one = write_rules(tmp_path / "a")
    two = write_rules(tmp_path / "b")
    head, second = REQUIREMENTS.split("  - id: DEO-02")
    top, first = head.split("requirements:\n")
    (two / R).unlink()
    (two / "z.yaml").write_text(head)
    (two / "a.yaml").write_text(f"requirements:\n  - id: DEO-02{second}{top}")
    moved = FILES[H].splitlines(keepends=True)
    (two / H).write_text("".join([*moved[4:7], *moved[:4], *moved[7:]]))
    assert first
    both = [load_ruleset(each) for each in (one, two)]
    assert both[0].fingerprint == both[1].fingerprint


def test_the_rule_tests_do_not_matter(tmp_path):
    one, two = prints(tmp_path / "a"), write_rules(tmp_path / "b")
    (two / "tests").mkdir()
    (two / "tests" / "x.yaml").write_text("tests: []\n")
    assert load_ruleset(two).fingerprint == one[0]


WORDING = [
    (H, ("title: Petite norme", "title: Norme")),
    (H, ("version: 1.0.0", "version: 1.0.1")),
    (Q, ("unit: personnes", "unit: gens")),
    (E, ("proves: La charte", "proves: Qu’il y a une charte")),
    (R, ("title: Charte", "title: {fr: Charte, en: Charter}")),
]


@pytest.mark.parametrize(("file", "change"), WORDING)
def test_wording_changes_one_fingerprint(tmp_path, file, change):
    one, two = prints(tmp_path / "a"), prints(tmp_path / "b", {file: [change]})
    assert one[0] != two[0]
    assert one[1] == two[1]


RULES = [
    (H, ("default: P24M", "default: P12M")),
    (H, ("at_most: 0", "at_most: 1")),
    (Q, ("max: 500", "max: 400")),
    (A, ("role: direction\n    phase: concevoir", "role: encadrement\n    phase: concevoir")),
    (R, ("weight: 3", "weight: 4")),
    (R, ("count: 2", "count: 3")),
    (R, ("requires: [DEO-01]", "requires: []")),
    (R, ("essential: false", "essential: true")),
    (R, ("from: 2017-01-01", "from: 2018-01-01")),
]


@pytest.mark.parametrize(("file", "change"), RULES)
def test_rules_change_both_fingerprints(tmp_path, file, change):
    one, two = prints(tmp_path / "a"), prints(tmp_path / "b", {file: [change]})
    assert one[0] != two[0]
    assert one[1] != two[1]


WORDS = ["title", "text", "help", "note", "unit", "examples", "overlays", "fingerprint", "default"]


@pytest.mark.parametrize("name", WORDS)
def test_things_may_be_named_like_our_keys(tmp_path, name):
    def added(kind):
        return {Q: [("questions:\n", f"questions:\n  {name}: {{text: T, type: {kind}}}\n")]}

    one, two = prints(tmp_path / "a", added("yes_no")), prints(tmp_path / "b", added("count"))
    assert one[0] != two[0]
    assert one[1] != two[1]
