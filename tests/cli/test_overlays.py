"""An overlay is local; what it changes is said wherever a result is."""

import hashlib

import pytest

from tests.cli.program import in_this_process
from tests.cli.test_exit_codes import READY
from tests.loading.small import write_rules

OVERLAY = """\
format: 1
overlay: {id: reseau-x, for: {id: petite, edition: "2021"}}
settings: {tolerees: 0}
requirements: {DEO-01: {weight: 5, clause: "4.2"}}
"""
CHANGES = [
    {"path": "settings.tolerees", "old": 2, "new": 0},
    {"path": "DEO-01.clause", "new": "4.2"},
    {"path": "DEO-01.weight", "old": 3, "new": 5},
]


@pytest.fixture
def place(tmp_path):
    """A rule set, an audit of it and an overlay beside it."""
    write_rules(tmp_path / "regles")
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "audit.yaml").write_text(READY, "utf-8")
    (tmp_path / "reseau.yaml").write_text(OVERLAY, "utf-8")
    return tmp_path


def evaluated(place, *more, verb=("evaluate",)):
    return in_this_process(*verb, place / "audit", "--rules", place / "regles", *more)


@pytest.mark.parametrize("verb", [("evaluate",), ("gaps",), ("explain", "DEO-01")], ids="".join)
def test_changes_are_listed_in_data(place, verb):
    bare = evaluated(place, "--format", "json", verb=verb).data["ruleset"]
    laid = evaluated(place, "--format", "json", "--overlay", place / "reseau.yaml", verb=verb).data[
        "ruleset"
    ]
    assert "overlays" not in bare or bare["overlays"] == []
    assert laid["overlays"] == ["reseau-x"]
    assert sorted(laid["changes"], key=lambda each: each["path"]) == sorted(
        CHANGES, key=lambda each: each["path"]
    )
    assert laid["fingerprint"] != bare["fingerprint"]
    assert laid["rules_fingerprint"] != bare["rules_fingerprint"]


@pytest.mark.parametrize("verb", [("evaluate",), ("gaps",), ("explain", "DEO-01")], ids="".join)
def test_the_overlay_is_named_in_text(place, verb):
    said = evaluated(place, "--overlay", place / "reseau.yaml", verb=verb).out
    assert "reseau-x" in said
    assert "3 changes" in said.replace("\xa0", " ")
    assert "reseau-x" not in evaluated(place, verb=verb).out


def test_an_overlay_changes_what_it_says(place):
    laid = evaluated(place, "--format", "json", "--overlay", place / "reseau.yaml").data
    conditions = {each["id"]: each for each in laid["decision"]["conditions"]}
    assert conditions["mineures"]["bound"] == "0"
    weights = {each["id"]: each["weight"] for each in laid["requirements"]}
    assert weights == {"DEO-01": 5, "DEO-02": 2}


def test_an_audit_that_names_its_overlay_needs_no_option(place):
    (place / "audit" / "reseau.yaml").write_text(OVERLAY, "utf-8")
    digest = hashlib.sha256(OVERLAY.encode()).hexdigest()
    named = READY + f"overlays: [{{file: reseau.yaml, sha256: {digest}}}]\n"
    (place / "audit" / "audit.yaml").write_text(named, "utf-8")
    result = evaluated(place, "--format", "json").data
    assert result["ruleset"]["overlays"] == ["reseau-x"]


def test_an_overlay_of_another_norm_is_refused(place):
    other = OVERLAY.replace("id: petite", "id: autre")
    (place / "reseau.yaml").write_text(other, "utf-8")
    done = evaluated(place, "--overlay", place / "reseau.yaml")
    assert (done.code, done.out) == (3, "")
    assert "reseau.yaml" in done.err
