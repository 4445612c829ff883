"""French typography: which space stands before which sign."""

import pytest

from norm_engine.language.typography import typeset

CASES = [
    ("Qui ?", "Qui\u202f?"),
    ("Non !", "Non\u202f!"),
    ("un ; deux", "un\u202f; deux"),
    ("Voici : un", "Voici\u00a0: un"),
    ("« sans objet »", "«\u202fsans objet\u202f»"),
    ("«sans objet »", "«\u202fsans objet\u202f»"),
    ("à 12:30, sur https://exemple.fr", "à 12:30, sur https://exemple.fr"),
    ("Qui\u202f?", "Qui\u202f?"),
    ("Quoi, sinon…", "Quoi, sinon…"),
]


@pytest.mark.parametrize(("typed", "set_"), CASES)
def test_spaces_before_signs(typed: str, set_: str) -> None:
    assert typeset(typed) == set_


@pytest.mark.parametrize("typed", [typed for typed, _set in CASES])
def test_doing_it_twice_changes_nothing(typed: str) -> None:
    assert typeset(typeset(typed)) == typeset(typed)
