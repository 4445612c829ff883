"""What a rule set says of plans beside its actions: filing evidence, and days that roles have."""

import pytest

from norm_engine.authoring.check import check_ruleset
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import Planning

from .small import ACTIONS, PLANNING, changed, line_of, write_rules

A, H = "actions.yaml", "ruleset.yaml"


def written(folder, *changes, head=()):
    """The rule set with a `planning`, changed in some places."""
    text = PLANNING + ACTIONS
    for old, new in changes:
        text = changed(text, old, new)
    return write_rules(folder, {A: [(ACTIONS, text)], H: list(head)})


def prints(folder):
    ruleset = load_ruleset(folder)
    return ruleset.fingerprint, ruleset.rules_fingerprint


def test_it_is_read_as_it_is_written(tmp_path):
    assert to_plain(load_ruleset(written(tmp_path / "r")).planning) == {
        "filing": {
            "effort": {"low": "1/8", "likely": "1/4", "high": "1/2"},
            "lead_time": "P1W",
            "role": "referent_qualite",
        },
        "capacity": {
            "direction": {"days": {"setting": "tolerees"}},
            "mediateurs": {"days": "1/2", "per": "postes"},
        },
    }


def test_a_rule_set_may_say_nothing_of_it(tmp_path):
    assert load_ruleset(write_rules(tmp_path / "r")).planning == Planning()


HEURES = ("  tolerees:", "  jours: {type: number, default: 2, title: Jours}\n  tolerees:")
BELOW = ("  tolerees:", "  jours: {type: number, default: 2, min: -1, title: Jours}\n  tolerees:")
BROKEN = [
    # what is replaced, in ruleset.yaml, key, fragment of what is said (message and remedy)
    (("{low: 1/8,", "{low: 1/3,"), (), "filing.effort", "low through likely to high"),
    (("{low: 1/8,", "{low: -1,"), (), "filing.effort.low", "-1 is less than 0"),
    (("high: 1/2}", "high: 1/2, per: charte}"), (), "filing.effort.per", "not a question of type"),
    (("P1W", "1 semaine"), (), "filing.lead_time", "Write a duration"),
    (("role: referent_qualite", "role: chef"), (), "filing.role", "Write one of: direction,"),
    (("lead_time: P1W, ", ""), (), "filing.lead_time", "is missing"),
    (("    direction:", "    chef:"), (), "capacity.chef", "Write one of: direction,"),
    (("days: 1/2", "days: -1/2"), (), "capacity.mediateurs.days", "Write a number of days from 0"),
    (("days: 1/2", "days: peu"), (), "capacity.mediateurs.days", "Write a number"),
    (("days: 1/2", "jours: 1"), (), "capacity.mediateurs.days", "is missing"),
    (("per: postes}\n", "per: heures}\n"), (), "capacity.mediateurs.per", "counts something"),
    (("per: postes}\n", "per: poste}\n"), (), "capacity.mediateurs.per", "counts something"),
    (("setting: tolerees", "setting: toleree"), (), "capacity.direction.days.setting",
     "Did you mean “tolerees”?"),
    (("setting: tolerees", "setting: part"), (), "capacity.direction.days.setting",
     "not a setting with a number"),
    (("setting: tolerees", "setting: jours"), (HEURES,), "capacity.direction.days.setting",
     "may fall below 0"),
    (("setting: tolerees", "setting: jours"), (BELOW,), "capacity.direction.days.setting",
     "Give it a “min” of 0 or more"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "head", "key", "said"), BROKEN)
def test_broken(tmp_path, change, head, key, said):
    if change[0].startswith("per"):
        # the action below has an effort per post, too
        change = ("days: 1/2, " + change[0], "days: 1/2, " + change[1])
    folder = written(tmp_path / "r", change, head=head)
    with pytest.raises(InvalidInput) as caught:
        load_ruleset(folder)
    problem = next(each for each in caught.value.problems if each.key == f"planning.{key}")
    assert said in f"{problem.message} {problem.remedy}"
    assert problem.file.endswith("actions.yaml")
    assert problem.line in range(1, line_of(folder / A, "actions:"))


def test_a_setting_of_numbers_from_zero_will_do(tmp_path):
    head = [(HEURES[0], HEURES[1].replace("default: 2", "default: 1/2, min: 0"))]
    folder = written(tmp_path / "r", ("setting: tolerees", "setting: jours"), head=head)
    assert load_ruleset(folder).head.settings["jours"].default == "1/2"


def test_a_setting_that_gives_days_is_used(tmp_path):
    head = [(HEURES[0], HEURES[1].replace("default: 2", "default: 2, min: 0"))]
    used = written(tmp_path / "a", ("setting: tolerees", "setting: jours"), head=head)
    unused = written(tmp_path / "b", head=head)

    def idle(folder):
        ruleset = load_ruleset(folder, examples=True)
        return [each.key for each in check_ruleset(ruleset, folder, None)]

    assert "settings.jours" not in idle(used)
    assert "settings.jours" in idle(unused)


@pytest.mark.parametrize(
    "change",
    [
        ("low: 1/8, likely: 1/4", "likely: 25 %, low: 0.125"),
        ("days: 1/2", "days: 0.5"),
        ("high: 1/2}, lead_time: P1W, role: referent_qualite}",
         "high: 1/2}, role: referent_qualite, lead_time: P1W}"),
    ],
)  # fmt: skip
def test_two_ways_of_writing_the_same_have_the_same_fingerprints(tmp_path, change):
    assert prints(written(tmp_path / "a")) == prints(written(tmp_path / "b", change))


@pytest.mark.parametrize(
    "change",
    [
        ("likely: 1/4", "likely: 1/3"),
        ("P1W", "P2W"),
        ("role: referent_qualite}", "role: encadrement}"),
        ("days: 1/2", "days: 1"),
        ("{setting: tolerees}", "2"),
        ("days: 1/2, per: postes", "days: 1/2"),
        ("    mediateurs:", "    encadrement:"),
    ],
)
def test_a_change_of_it_is_a_change_of_the_rules(tmp_path, change):
    one, two = prints(written(tmp_path / "a")), prints(written(tmp_path / "b", change))
    assert one[0] != two[0]
    assert one[1] != two[1]


def test_saying_that_there_is_nothing_is_saying_nothing(tmp_path):
    silent = prints(write_rules(tmp_path / "a"))
    empty = {A: [(ACTIONS, "planning: {}\n" + ACTIONS)]}
    assert prints(write_rules(tmp_path / "b", empty)) == silent
