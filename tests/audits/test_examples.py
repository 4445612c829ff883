"""The example audits come to what they came to: status, credit and grade of every requirement.

To accept a change that is meant: ``python -m tests.audits.refresh``, then read the difference.
"""

import hashlib
import json
import re
from fractions import Fraction

import pytest

from norm_engine.cli.options import evaluated as evaluation_of
from norm_engine.engine.evaluation import Evaluation
from norm_engine.store.folders import SCHEMA_FILE
from tests.audits.results import (
    DAY,
    NAMES,
    REFRESH,
    differences,
    evaluated,
    frozen,
    kept,
    schema_of,
)
from tests.cli.program import AUDITS, EXAMPLES


def test_every_example_is_frozen():
    assert sorted(NAMES) == EXAMPLES


@pytest.mark.parametrize("name", NAMES)
def test_editors_know_the_catalogue_as_it_stands(name):
    """Were an action or a question to come, an editor would underline it in an old schema."""
    written = json.loads((AUDITS / name / SCHEMA_FILE).read_text("utf-8"))
    assert written == schema_of(name), f"run {REFRESH}"


@pytest.mark.parametrize("name", NAMES)
def test_results_are_what_they_were(name):
    changes = list(differences(frozen(name), kept(evaluated(name))))
    if changes:
        pytest.fail(
            f"{name}: {len(changes)} changes\n  "
            + "\n  ".join(changes)
            + f"\nIf they are meant: {REFRESH}",
            pytrace=False,
        )


def test_a_difference_reads_well():
    before = {"scores": {"overall": "1/2"}, "requirements": {"STR-25": "met 1 [satisfactory]"}}
    now = {"scores": {"overall": "1/2"}, "requirements": {"STR-25": "unmet 0 [major]"}}
    assert list(differences(before, before)) == []
    assert list(differences(before, now)) == [
        "requirements.STR-25\n    was  met 1 [satisfactory]\n    is   unmet 0 [major]"
    ]
    assert list(differences({"a": 1}, {})) == ["a\n    was  1\n    is   (absent)"]


# --- what each example is there to show (audits/README.md) ---------------------------------------


def score(name: str, part: str = "overall") -> tuple[Fraction, Fraction]:
    """Both ends of a score of an example."""
    low, _, high = frozen(name)["scores"][part].partition(" (")[0].partition(" … ")
    return Fraction(low), Fraction(high or low)


def statuses(name: str) -> list[str]:
    return [line.split()[0] for line in frozen(name)["requirements"].values()]


def test_one_is_almost_ready_with_nothing_left_to_answer():
    name = "association-des-deux-rives"
    low, high = score(name)
    assert low == high > Fraction(4, 5)
    assert frozen(name)["open"]["questions"].startswith("0 of ")
    assert frozen(name)["decision"]["outcome"] == "not_ready"


def test_one_is_just_beginning():
    low, high = score("service-mediation-valmont")
    assert low < high < Fraction(1, 2)


def test_one_has_findings_of_an_auditor_that_differ():
    second = frozen("operateur-lumen-services")["with_findings"]
    assert second["differences"]
    # its ethics are the weak side, its organisation and its evaluation the strong ones
    ethics = score("operateur-lumen-services", "deontologie")[1]
    assert ethics < min(
        score("operateur-lumen-services", domain)[0] for domain in ("structuration", "evaluation")
    )


def test_one_is_half_filled_in_and_comes_to_intervals():
    low, high = score("association-point-d-appui")
    assert high - low > Fraction(1, 4)
    assert "undetermined" in statuses("association-point-d-appui")


# --- the files themselves ------------------------------------------------------------------------


@pytest.fixture(scope="module", params=NAMES)
def example(request):
    """An example audit, evaluated."""
    import datetime

    done = evaluation_of(AUDITS / request.param, [], [], datetime.date.fromisoformat(DAY))
    assert isinstance(done.evaluation, Evaluation)
    return done


def test_every_file_is_recorded_and_every_record_is_a_file(example):
    folder = example.file.parent / "preuves"
    named = {piece.file for piece in example.audit.evidence if piece.file}
    assert {each.name for each in folder.iterdir() if not each.name.startswith(".")} == named
    assert set(example.states.values()) <= {"ok"}


def test_names_of_files_end_with_the_beginning_of_their_fingerprint(example):
    for piece in example.audit.evidence:
        if piece.file:
            found = hashlib.sha256((example.file.parent / "preuves" / piece.file).read_bytes())
            assert piece.sha256 == found.hexdigest()
            assert re.search(r"-([0-9a-f]{8})\.\w+$", piece.file)[1] == piece.sha256[:8]


def test_nothing_recorded_is_later_than_the_day_spoken_of(example):
    day = example.evaluation.facts.as_of
    assert [piece.id for piece in example.audit.evidence if piece.dated and piece.dated > day] == []
