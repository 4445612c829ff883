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
    ("actions: {rediger: {effort: {low: 1, likely: 3, high: 4}}}",
     [("actions.rediger.effort.likely", 2, 3)], False),
    ("actions: {rediger: {effort: {low: 2/2, likely: 2.0, high: 4}}}", [], True),
    ("actions: {rediger: {effort: {low: 1/2, likely: 2, high: 9/2, per: postes}}}",
     [("actions.rediger.effort.low", 1, "1/2"), ("actions.rediger.effort.high", 4, "9/2"),
      ("actions.rediger.effort.per", None, "postes")], False),
    # an effort is written as a whole: what it no longer multiplies by is listed too
    ("actions: {former: {effort: {low: 1, likely: 2, high: 4}}}",
     [("actions.former.effort.per", "postes", None)], False),
    ("actions: {former: {lead_time: P6W, role: encadrement}}",
     [("actions.former.lead_time", "P3M", "P6W"),
      ("actions.former.role", "direction", "encadrement")], False),
    ("actions: {former: {role: direction}}", [], True),
    ("actions: {former: {}}", [], True),
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


def test_an_action_keeps_what_an_overlay_does_not_speak_of(laid):
    bare, ruleset = laid(), laid(HEAD + "actions: {former: {lead_time: P6W}}")
    assert ruleset.actions["former"].lead_time == "P6W"
    assert ruleset.actions["former"].effort == bare.actions["former"].effort
    assert ruleset.actions["former"].sets == bare.actions["former"].sets
    assert ruleset.actions["rediger"] == bare.actions["rediger"]


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
    (HEAD + "actions: {formes: {role: direction}}", "actions.formes", "Did you mean “former”?"),
    (HEAD + "actions: {xyz: {role: direction}}", "actions.xyz", "lists the actions"),
    (HEAD + "actions: {former: {role: chef}}", "actions.former.role", "Write one of: direction,"),
    (HEAD + "actions: {former: {lead_time: deux mois}}", "actions.former.lead_time",
     "Write a duration"),
    (HEAD + "actions: {former: {effort: {likely: 2}}}", "actions.former.effort.low", "is missing"),
    (HEAD + "actions: {former: {effort: {low: 3, likely: 2, high: 4}}}", "actions.former.effort",
     "low through likely to high"),
    (HEAD + "actions: {former: {effort: {low: -1, likely: 2, high: 4}}}",
     "actions.former.effort.low", "a number of days from 0"),
    (HEAD + "actions: {former: {effort: {low: 1, likely: 2, high: 4, per: heures}}}",
     "actions.former.effort.per", "not a question of type count"),
    (HEAD + "actions: {former: {sets: {charte: true}}}", "actions.former.sets", "not known"),
    (HEAD + "actions: {former: {after: []}}", "actions.former.after", "not known"),
    (HEAD + "actions: {former: {title: T}}", "actions.former.title", "not known"),
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
