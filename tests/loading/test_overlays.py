"""What an overlay may change, what it may not, and what is said of it."""

import pytest

from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.records import to_plain

from .small import write_rules

HEAD = 'format: 1\noverlay: {id: reseau-x, for: {id: petite, edition: "2021"}}\n'


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return write_rules(tmp_path_factory.mktemp("rules") / "petite")


@pytest.fixture
def laid(tmp_path, rules):
    """Lays the overlays whose texts are given over the small rule set."""

    def lay(*texts: str):
        files = []
        for position, text in enumerate(texts):
            files.append(tmp_path / f"o{position}.yaml")
            files[-1].write_text(text, "utf-8")
        return load_ruleset(rules, files)

    return lay


CHANGES = [
    # overlay, what is listed as changed (path, old, new), whether only wording changes
    ("", [], True),
    ("settings: {part: 1}", [("settings.part", "4/5", 1)], False),
    ("settings: {part: 80 %}", [], True),
    ("settings: {fraicheur: P12M}", [("settings.fraicheur", "P24M", "P12M")], False),
    ("settings: {tolerees: 0}", [("settings.tolerees", 2, 0)], False),
    ("requirements: {DEO-01: {weight: 5}}", [("DEO-01.weight", 3, 5)], False),
    ("requirements: {DEO-01: {weight: 3}}", [], True),
    ("requirements: {DEO-01: {workshop: atelier-2}}",
     [("DEO-01.workshop", "atelier-1", "atelier-2")], False),
    ("requirements: {DEO-01: {clause: '4.2'}}", [("DEO-01.clause", None, "4.2")], True),
    ("requirements: {DEO-02: {statement: Tous.}}",
     [("DEO-02.statement", "Tous sont formés.", "Tous.")], True),
    ("requirements: {DEO-02: {title: T, guidance: G}}",
     [("DEO-02.title", "Formation", "T"), ("DEO-02.guidance", None, "G")], True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "changes", "only_wording"), CHANGES)
def test_what_is_changed_is_listed(laid, text, changes, only_wording):
    bare, ruleset = laid(), laid(HEAD + text)
    (overlaid,) = ruleset.overlays
    assert [(each.path, each.old, each.new) for each in overlaid.changes] == changes
    assert overlaid.id == "reseau-x"
    assert (ruleset.fingerprint == bare.fingerprint) == (not changes)
    assert (ruleset.rules_fingerprint == bare.rules_fingerprint) == only_wording


def test_overlays_are_laid_in_order(laid):
    ruleset = laid(HEAD + "settings: {part: 1}", HEAD + "settings: {part: 1/2}")
    assert ruleset.head.settings["part"].default == "1/2"
    assert [to_plain(each.changes) for each in ruleset.overlays] == [
        [{"path": "settings.part", "old": "4/5", "new": 1}],
        [{"path": "settings.part", "old": 1, "new": "1/2"}],
    ]


BROKEN = [
    (HEAD + "settings: {parts: 1}", "settings.parts", "Did you mean “part”?"),
    (HEAD + "settings: {part: 2}", "settings.part", "between 0 and 1"),
    (HEAD + "settings: {part: beaucoup}", "settings.part", "Write a number"),
    (HEAD + "settings: {part: true}", "settings.part", "whole number"),
    (HEAD + "settings: {tolerees: 6}", "settings.tolerees", "between 0 and 5"),
    (HEAD + "settings: {tolerees: 1/2}", "settings.tolerees", "whole number from 0"),
    (HEAD + "settings: {fraicheur: 24}", "settings.fraicheur", "Write a duration"),
    (HEAD + f"settings: {{part: '{'9' * 5000}'}}", "settings.part", "Write a number"),
    (HEAD + "requirements: {DEO-11: {weight: 1}}", "requirements.DEO-11", "Did you mean “DEO-01”?"),
    (HEAD + "requirements: {DEO-01: {weight: 0}}", "requirements.DEO-01.weight", "1 or more"),
    (HEAD + "requirements: {DEO-01: {workshop: x}}", "requirements.DEO-01.workshop",
     "Write one of: atelier-1, atelier-2"),
    (HEAD + "requirements: {DEO-01: {gravity: minor}}", "requirements.DEO-01.gravity", "not known"),
    (HEAD + "requirements: {DEO-01: {wieght: 2}}", "requirements.DEO-01.wieght",
     "Did you mean “weight”?"),
    (HEAD.replace("petite", "autre"), "overlay.for", "is for autre 2021, not for petite 2021"),
    (HEAD.replace('"2021"', '"2027"'), "overlay.for", "is for petite 2027, not for petite 2021"),
    ("", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "said"), BROKEN)
def test_broken(laid, text, key, said):
    with pytest.raises(InvalidInput) as caught:
        laid(text)
    problem = next(each for each in caught.value.problems if each.key == key)
    assert said in f"{problem.message} {problem.remedy}"
    assert problem.remedy
    assert problem.file.endswith("o0.yaml")


def test_the_problems_of_all_overlays_are_said_at_once(laid):
    with pytest.raises(InvalidInput) as caught:
        laid(HEAD + "settings: {part: 2, x: 1}", "format: 2", "a: [")
    files = [problem.file.rpartition("/")[2] for problem in caught.value.problems]
    assert files[:2] == ["o0.yaml", "o0.yaml"]
    assert {"o1.yaml", "o2.yaml"} < set(files)
