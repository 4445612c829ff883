"""Milestones: an audit frozen with its result, whole, and never written again."""

import datetime
import hashlib
import json
import stat
import sys
import threading

import pytest

from norm_engine.store.milestones import freeze

DAY = datetime.date(2026, 11, 23)
AUDIT = b"format: 1\nstructure: {name: Maison}\n"
RESULT = {
    "format": 1,
    "as_of": "2026-11-01",
    "ruleset": {"id": "petite", "edition": "2021", "fingerprint": "f" * 64},
    "structure": "Maison d’à côté",
}


@pytest.fixture
def file(tmp_path):
    """The audit as it stands today; it is frozen as it was when it was evaluated."""
    file = tmp_path / "audit.yaml"
    file.write_bytes(b"changed meanwhile")
    return file


def everything(folder):
    """All files under a folder, with what they hold."""
    return {
        str(each.relative_to(folder)): each.read_bytes()
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_a_milestone_holds_the_audit_the_result_and_their_fingerprints(file):
    made = freeze(file, AUDIT, RESULT, DAY, "Avant l’atelier 3")
    assert made == file.parent / "jalons" / "2026-11-23"
    assert sorted(each.name for each in made.iterdir()) == [
        "audit.yaml",
        "jalon.json",
        "resultat.json",
    ]
    assert (made / "audit.yaml").read_bytes() == AUDIT
    assert json.loads((made / "resultat.json").read_bytes()) == RESULT
    assert json.loads((made / "jalon.json").read_bytes()) == {
        "format": 1,
        "label": "Avant l’atelier 3",
        "frozen_on": "2026-11-23",
        "as_of": "2026-11-01",  # the day spoken of is not the day of freezing
        "ruleset": RESULT["ruleset"],
        "sha256": {
            name: hashlib.sha256((made / name).read_bytes()).hexdigest()
            for name in ("audit.yaml", "resultat.json")
        },
    }


def test_files_are_read_only(file):
    made = freeze(file, AUDIT, RESULT, DAY, "")
    assert {stat.S_IMODE(each.stat().st_mode) for each in made.iterdir()} == {0o444}


def test_a_second_one_on_the_same_day_gets_a_number(file):
    first = freeze(file, AUDIT, RESULT, DAY, "un")
    before = everything(first)
    names = [freeze(file, AUDIT + b"#\n", RESULT, DAY, "autre").name for _ in range(3)]
    assert names == ["2026-11-23-2", "2026-11-23-3", "2026-11-23-4"]
    assert everything(first) == before


def test_whatever_stands_under_the_name_is_left_alone(file):
    taken = file.parent / "jalons" / "2026-11-23"
    taken.parent.mkdir()
    taken.write_text("une note", "utf-8")
    (file.parent / "jalons" / "2026-11-23-2").mkdir()  # empty: a rename would replace it
    (file.parent / "jalons" / "2026-11-23-3").symlink_to("nulle-part")
    assert freeze(file, AUDIT, RESULT, DAY, "").name == "2026-11-23-4"
    assert taken.read_text("utf-8") == "une note"
    assert not list((file.parent / "jalons" / "2026-11-23-2").iterdir())
    assert (file.parent / "jalons" / "2026-11-23-3").is_symlink()


def test_many_at_once_each_have_their_own(file):
    made = []

    def one(rank):
        made.append(freeze(file, AUDIT, RESULT, DAY, f"numéro {rank}"))

    threads = [threading.Thread(target=one, args=(rank,)) for rank in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    labels = {json.loads((each / "jalon.json").read_bytes())["label"] for each in made}
    assert labels == {f"numéro {rank}" for rank in range(8)}
    assert sorted(each.name for each in (file.parent / "jalons").iterdir()) == sorted(
        ["2026-11-23", *(f"2026-11-23-{rank}" for rank in range(2, 9))]
    )


@pytest.mark.skipif(sys.platform != "linux", reason="a forbidden place as Linux has it")
def test_where_nothing_can_be_written_the_folder_of_milestones_is_named(file):
    # nobody writes there, not even the administrator that containers run as
    (file.parent / "jalons").symlink_to("/proc")
    with pytest.raises(OSError) as refused:  # noqa: PT011
        freeze(file, AUDIT, RESULT, DAY, "")
    assert refused.value.filename == str(file.parent / "jalons")


def test_nothing_is_left_of_one_that_failed(file):
    with pytest.raises(TypeError):
        freeze(file, AUDIT, {**RESULT, "no JSON": object()}, DAY, "")
    assert list((file.parent / "jalons").iterdir()) == []
