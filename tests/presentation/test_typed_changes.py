"""What may be typed after ``--what-if``, as a person in France or elsewhere would write it."""

from typing import Any

import pytest

from norm_engine.language import speaking
from norm_engine.model.audit import AnswerDetails
from norm_engine.presentation.typed_changes import NotUnderstood, typed_change
from tests.support.small_rules import QUESTIONS, requirement, rules

CHOICES = [{"value": "rue", "text": "La rue"}, {"value": "gare", "text": "La gare, ou son parvis"}]
RULES = rules(
    requirement("T-1", "a"),
    questions={
        **QUESTIONS,
        "terrain": {"type": "choice", "choices": CHOICES},
        "terrains": {"type": "choices", "choices": CHOICES},
        "obligatoire": {"type": "yes_no", "not_applicable": False},
    },
)


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a=oui", True),
        ("a = NON", False),
        ("a=yes", True),
        ("a=vrai", True),
        ("a=false", False),
        ("a=inconnu", "unknown"),
        ("a=Je ne sais pas", "unknown"),
        ("postes=4", 4),
        ("postes=1 200", 1200),
        ("heures=4/5", "4/5"),
        ("heures=2,5", "2.5"),
        ("heures=80 %", "80 %"),
        ("signature=31/03/2026", "2026-03-31"),
        ("signature=2026-03-31", "2026-03-31"),
        ("terrain=gare", "gare"),
        ("terrain=la gare, ou son parvis", "gare"),
        ("terrains=gare, rue", ("rue", "gare")),
        ("terrains=La gare, ou son parvis", ("gare",)),
        ("terrains=aucun", ()),
        ("niveau=2", 2),
        ("niveau=Niveau 2", 2),
        ("commune=Saint-Étienne", "Saint-Étienne"),
        ("commune=aide", "aide"),
        ("commune=a=b", "a=b"),
    ],
)
def test_answers(typed: str, expected: Any) -> None:
    found = typed_change(typed, RULES)
    assert (found.subject, found.value) == ("answer", expected)


@pytest.mark.parametrize("typed", ["a=sans objet", "a=n/a", "postes=Sans objet"])
def test_not_applicable(typed: str) -> None:
    value = typed_change(typed, RULES).value
    assert isinstance(value, AnswerDetails)
    assert value.not_applicable


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("preuve:charte=2", 2),
        ("evidence:charte=0", 0),
        ("Preuve : charte = aucune", 0),
        ("preuve:charte=inconnu", None),
    ],
)
def test_evidence(typed: str, expected: int | None) -> None:
    found = typed_change(typed, RULES)
    assert (found.subject, found.id, found.value) == ("evidence", "charte", expected)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("postes", "Write question=value"),
        ("=4", "Write question=value"),
        ("poste=4", "Did you mean “postes”?"),
        ("charte=1", "write evidence:charte=1"),
        ("preuve:chartes=1", "Did you mean “charte”?"),
        ("preuve:charte=oui", "Write a whole number, “none” or “unknown”."),
        ("preuve:charte=-1", "no number of pieces"),
        ("a=peut-être", "“yes” or “no” or “unknown” or “not applicable”."),
        ("obligatoire=sans objet", "What may be written: “yes” or “no” or “unknown”."),
        ("a=", "“yes” or “no”"),
        ("postes=-1", "What may be written: a whole number from 0 or “unknown”"),
        ("postes=2,5", "a whole number"),
        ("heures=beaucoup", "4/5 or 80%"),
        ("signature=31/02/2026", "31/03/2026 or 2026-03-31"),
        ("terrain=2", "one of rue, gare"),
        ("terrain=gares", "Did you mean “gare”?"),
        ("terrains=rue, plage", "“plage” is no answer to “terrains”"),
        ("niveau=9", "one of the levels 0, 1, 2, 3"),
        ("postes=aide", "a whole number"),
    ],
)
def test_what_is_not_understood_says_what_may_be_typed(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        typed_change(typed, RULES)
    assert said in str(refused.value)
