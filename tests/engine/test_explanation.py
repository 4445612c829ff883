"""Every condition unfolds to the answers, evidence, settings it rests on."""

from typing import Any

from norm_engine.engine.explanation import Reason, reason
from norm_engine.engine.truth import NAMES
from tests.support.small_rules import Doc, kept, met, requirement, rules, run, shown, yes


def explained(condition: Doc, *, proof: bool = False, **audit: Any) -> Reason:
    """Why a condition of T-1 is what it is; T-2 rests on the question b, two settings are there."""
    only = {"id": "only", "text": "…", "proof" if proof else "when": condition}
    ruleset = rules(
        requirement("T-1", only),
        requirement("T-2", "b"),
        settings={"seuil": ("count", 4), "duree": ("duration", "P6M")},
    )
    written = ruleset.requirements[0].criteria[0]
    said = written.proof if proof else written.when
    assert said is not None
    return reason(run(ruleset, **audit), said)


def outline(found: Reason) -> Any:
    """Form and truth of a reason, and of those it is made of."""
    head = f"{found.form} {NAMES[found.truth]}"
    return [head, *(outline(part) for part in found.parts)] if found.parts else head


def test_it_unfolds_down_to_the_atoms() -> None:
    """a and not (b or 2 of c, d, e), where a holds, b fails, c holds, d is open and e fails."""
    three = {"at_least": 2, "of": [yes("c"), yes("d"), yes("e")]}
    condition = {"all": [yes("a"), {"not": {"any": [yes("b"), three]}}]}
    answers = {"a": True, "b": False, "c": True, "e": False}
    assert outline(explained(condition, answers=answers)) == [
        "all unknown",
        "answer true",
        [
            "not unknown",
            [
                "any unknown",
                "answer false",
                ["of unknown", "answer true", "answer unknown", "answer false"],
            ],
        ],
    ]


def test_an_atom_names_its_question_and_what_it_is_compared_with() -> None:
    found = explained({"answer": "postes", "at_least": "4/2"}, answers={"postes": 1})
    assert found.atom is not None
    assert found.atom.subjects == ("postes",)
    assert (found.atom.comparator, found.atom.value) == ("at_least", 2)


def test_a_setting_is_named_and_resolved() -> None:
    found = explained({"answer": "postes", "at_least": {"setting": "seuil"}})
    assert found.settings == ("seuil",)
    assert found.atom is not None
    assert found.atom.value == 4


def test_every_setting_is_named_once_where_it_stands() -> None:
    """Among twice the same setting; the compound around it refers to none itself."""
    among = {"answer": "postes", "among": [1, {"setting": "seuil"}, {"setting": "seuil"}]}
    newer = {"answer": "signature", "newer_than": {"setting": "duree"}}
    found = explained({"any": [among, newer]})
    assert found.settings == ()
    assert [part.settings for part in found.parts] == [("seuil",), ("duree",)]


def test_an_edge_names_the_other_requirement() -> None:
    found = explained(met("T-2"), answers={"b": False})
    assert (found.form, found.requirement, found.atom) == ("met", "T-2", None)
    assert NAMES[found.truth] == "false"


def test_evidence_names_its_kind_and_how_many() -> None:
    found = explained(shown("charte", 2), proof=True, evidence=[kept("P1", "charte")])
    assert found.atom is not None
    assert (found.atom.form, found.atom.subjects, found.atom.value) == ("evidence", ("charte",), 2)
    assert NAMES[found.truth] == "false"


def test_the_condition_itself_is_at_hand() -> None:
    found = explained({"all": [yes("a")]})
    assert found.condition.all_ is not None
    assert found.parts[0].condition is found.condition.all_[0]
