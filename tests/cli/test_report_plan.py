"""`norm-engine report` for a plan and for a comparison: its options, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.cli.program import Ended, in_this_process
from tests.support.secretive_audit import audit_folder
from tests.support.tampering import attached

DAY = "2026-11-25"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small audit, its rule set, and an overlay."""
    audit_folder(tmp_path)
    return tmp_path


def report(place: Path, *more: str | Path) -> Ended:
    asked = ("report", place / "audit", "--rules", place / "regles", "--as-of", DAY)
    return in_this_process(*asked, *more)


def manifest(file: Path) -> dict:
    return json.loads(attached(file.read_bytes(), "rapport.json"))


def holds(file: Path) -> bool:
    seen = in_this_process("verify", file, "--format", "json")
    return (seen.code, seen.data["verdict"]) == (0, "holds")


# --- a plan ---------------------------------------------------------------------------------------


def test_a_plan_gets_its_name_and_holds(place: Path) -> None:
    assert report(place, "--kind", "plan", "--lang", "fr").code == 0
    file = place / "audit" / "rapports" / f"feuille-de-route-{DAY}.pdf"
    assert holds(file)
    assert manifest(file)["plan"] == {}


def test_what_is_asked_of_a_plan_is_in_the_report(place: Path) -> None:
    file = place / "p.pdf"
    options = ["--by", "31/03/2027", "--assume", "best", "--without", "rediger"]
    ended = report(place, "--kind", "plan", "-o", file, *options, "--capacity", "direction=4,5")
    assert ended.code == 0, ended.err
    assert manifest(file)["plan"] == {
        "by": "2027-03-31",
        "assume": "best",
        "without": ["rediger"],
        "capacity": {"direction": "9/2"},
    }
    assert holds(file)


def test_a_plan_may_have_a_budget(place: Path) -> None:
    file = place / "p.pdf"
    assert report(place, "--kind", "plan", "-o", file, "--budget", "12d").code == 0
    assert manifest(file)["plan"] == {"budget": "12"}
    assert holds(file)


def test_a_plan_may_be_a_page(place: Path) -> None:
    file = place / "p.html"
    assert report(place, "--kind", "plan", "-o", file).code == 0
    assert "<html" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--by", "2027-01-01"], "--by belongs to --kind plan"),
        (["--kind", "plan", "--by", "2020-01-01"], "the day the plan starts on"),
        (["--kind", "plan", "--without", "redigez"], "Did you mean “rediger”"),
        (["--kind", "plan", "--with", "rediger", "--without", "rediger"], "both to be left out"),
        (
            ["--kind", "plan", "--with", "rediger", "--by", "2026-11-26"],
            "cannot be done by the day asked for",
        ),
        (["--kind", "plan", "--since", "2026-01-01"], "--since belongs to --kind comparison"),
        (["--kind", "plan", "--workshop", "a1"], "belong to --kind checklist"),
        (["--kind", "comparison", "--since", "2027-01-01"], "after the one that the report"),
        (["--kind", "comparison", "--since", "2026-13-01"], "is no day"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(place: Path, options, said: str) -> None:
    ended = report(place, *options, "--lang", "en")
    assert ended.code == 2
    assert said in " ".join(ended.err.split())


# --- a comparison ---------------------------------------------------------------------------------


def changed(place: Path) -> None:
    file = place / "audit" / "audit.yaml"
    file.write_text(file.read_text("utf-8").replace("postes: 4", "postes: 3"), "utf-8")


def frozen(place: Path) -> Path:
    """The folder of a milestone; the audit has moved on since."""
    asked = ("freeze", place / "audit", "--rules", place / "regles", "--as-of", "2026-06-01")
    assert in_this_process(*asked).code == 0
    changed(place)
    (made,) = (place / "audit" / "jalons").iterdir()
    return made


def test_by_default_it_looks_back_to_the_last_milestone(place: Path) -> None:
    frozen(place)
    file = place / "c.pdf"
    ended = report(place, "--kind", "comparison", "-o", file)
    assert ended.code == 0, ended.err
    assert manifest(file)["earlier"]["as_of"] == "2026-06-01"
    assert manifest(file)["earlier"]["milestone"] is True
    assert json.loads(attached(file.read_bytes(), "audit-avant.json"))["answers"]["postes"] == 4
    assert holds(file)


def test_a_milestone_can_be_named(place: Path) -> None:
    folder, file = frozen(place), place / "c.pdf"
    assert report(place, "--kind", "comparison", "--since", folder, "-o", file).code == 0
    assert manifest(file)["earlier"]["as_of"] == "2026-06-01"


def test_an_earlier_day_is_of_the_same_audit(place: Path) -> None:
    file = place / "c.pdf"
    assert report(place, "--kind", "comparison", "--since", "01/03/2026", "-o", file).code == 0
    assert manifest(file)["earlier"]["as_of"] == "2026-03-01"
    assert attached(file.read_bytes(), "audit-avant.json") == attached(
        file.read_bytes(), "audit.json"
    )
    assert holds(file)


def test_another_audit_is_another_structure(place: Path) -> None:
    audit_folder(place / "autre")
    other = place / "autre" / "audit"
    file = other / "audit.yaml"
    words = file.read_text("utf-8").replace("Association Exemple", "Régie Exemple")
    file.write_text(words, "utf-8")
    report_file = place / "c.pdf"
    ended = report(place, "--kind", "comparison", "--since", other, "-o", report_file)
    assert ended.code == 0, ended.err
    assert manifest(report_file)["earlier"]["same_structure"] is False
    assert holds(report_file)


def test_without_a_milestone_it_asks_for_one(place: Path) -> None:
    ended = report(place, "--kind", "comparison", "--lang", "en")
    assert ended.code == 3
    assert "--since" in ended.err


def test_two_rule_sets_do_not_go_into_one_report(place: Path) -> None:
    folder = frozen(place)
    overlay = ["--overlay", str(place / "reseau.yaml")]
    ended = report(place, "--kind", "comparison", "--since", folder, *overlay, "--lang", "en")
    # the overlay is laid over both
    assert ended.code == 0
    audit = place / "autre"
    audit_folder(audit)
    (audit / "audit" / "surcouche.yaml").write_text(
        (audit / "reseau.yaml").read_text("utf-8"), "utf-8"
    )
    file = audit / "audit" / "audit.yaml"
    file.write_text(
        file.read_text("utf-8") + "overlays: [{file: surcouche.yaml}]\n", encoding="utf-8"
    )
    ended = report(place, "--kind", "comparison", "--since", audit / "audit", "--lang", "en")
    assert ended.code == 3
    assert "other overlays" in ended.err


# --- of many audits -------------------------------------------------------------------------------


def test_plans_of_every_audit_of_a_folder(place: Path) -> None:
    asked = ("report", "--all", place, "--rules", place / "regles", "--as-of", DAY, "--lang", "en")
    ended = in_this_process(*asked, "--kind", "plan", "--by", "2027-06-30", "-o", place / "out")
    assert ended.code == 0, ended.err
    (file,) = (place / "out").iterdir()
    assert file.name == f"audit-roadmap-{DAY}.pdf"
    assert manifest(file)["plan"] == {"by": "2027-06-30"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "plan", "--without", "rediger"], "--without speaks of one audit"),
        (["--kind", "comparison", "--since", "audit"], "--since names a day"),
    ],
    ids=str,
)
def test_what_speaks_of_one_audit_does_not_go_with_all(place: Path, options, said: str) -> None:
    asked = ("report", "--all", place, "--rules", place / "regles", "--as-of", DAY, "--lang", "en")
    ended = in_this_process(*asked, *options, "-o", place / "out")
    assert ended.code == 2
    assert said in " ".join(ended.err.split())
