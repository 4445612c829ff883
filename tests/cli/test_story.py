"""One structure's way through the command line, on another norm than the one shipped.

The rule set is `tests.loading.small`: two requirements. DEO-01 (major, 3 points) asks for a written
charter, shown by a document; DEO-02 (minor, 2 points), for 4/5 of those in post to be trained,
shown by two attestations, once DEO-01 is met. Ready is: no major nonconformity, at most 2 minor
ones, and 4/5 in the only domain.
"""

import hashlib
import json
import stat

import pytest

from tests.cli.program import norm_engine
from tests.loading.small import write_rules

NOVEMBER = "2026-11-23"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The folder in which the whole story happens."""
    folder = tmp_path_factory.mktemp("story")
    write_rules(folder / "regles")
    return folder


def answer(place, **answers):
    """Write answers into the audit as one does in a text editor: after the colon."""
    file = place / "maison" / "audit.yaml"
    text = file.read_text("utf-8")
    for name, value in answers.items():
        assert f"\n  {name}: unknown\n" in text
        text = text.replace(f"\n  {name}: unknown\n", f"\n  {name}: {value}\n")
    file.write_text(text, "utf-8")


def ask(place, verb, *more):
    """Ask something of the audit, from the folder that it stands in."""
    return norm_engine(verb, *more, "--rules", "regles", "--as-of", NOVEMBER, cwd=place)


def test_1_new_creates_a_folder_with_every_question(place):
    done = norm_engine(
        "new",
        "maison",
        "--name",
        "La Maison",
        "--ruleset",
        "petite",
        "--rules",
        "regles",
        cwd=place,
    )
    assert done.code == 0
    assert done.err == ""
    assert "norm-engine evaluate maison" in done.out
    assert sorted(each.name for each in (place / "maison").iterdir()) == [
        "audit.schema.json",
        "audit.yaml",
        "preuves",
    ]
    text = (place / "maison" / "audit.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=audit.schema.json\n")
    assert '  name: "La Maison"\n' in text
    assert 'ruleset: {id: petite, edition: "2021"}' in text
    # a question that no rule uses (signee, lieux, heures, commune) is not asked
    assert [line for line in text.splitlines() if line.endswith(": unknown")] == [
        "  postes: unknown",
        "  formes: unknown",
        "  charte: unknown",
        "  terrain: unknown",
        "  niveau: unknown",
    ]


def test_2_nothing_answered_is_too_early_to_say(place):
    done = ask(place, "evaluate", "maison", "--format", "json")
    assert done.code == 1
    assert done.data["decision"]["outcome"] == "undetermined"
    assert (done.data["overall"]["score"]["low"], done.data["overall"]["score"]["high"]) == (
        "0",
        "1",
    )
    assert done.data["overall"]["coverage"] == "0"


def test_3_answers_alone_prove_nothing(place):
    answer(place, postes="4", formes="3", charte="true", terrain="rue", niveau="0")
    result = ask(place, "evaluate", "maison", "--format", "json").data
    # declared: DEO-01 is met, 3 of 3 points. 3 of 4 are fewer than 4/5, so DEO-02 keeps
    # 1 of its 3 parts, and 2 of 5 points weigh on it: (3 + 2/3) / 5 = 11/15
    assert result["overall"]["declared"] == {
        "low": "11/15",
        "high": "11/15",
        "percent": [73, 73],
    }
    # proven: nobody said whether there is a document, so DEO-01 is 0 to 3 points; with it goes the
    # gate: a credit of 1/3 is below the cap of 1/2, so DEO-02 is what it is
    assert result["overall"]["score"] == {"low": "2/15", "high": "11/15", "percent": [13, 73]}
    assert result["open"]["evidence"] == ["attestation", "charte_signee"]


def test_4_gaps_say_what_is_missing(place):
    done = ask(place, "gaps", "maison")
    assert done.code == 1  # there are gaps
    said = " ".join(done.out.split())
    assert "DEO-02 Formation" in said
    assert "norm-engine explain DEO-02 maison" in done.out
    [gap] = ask(place, "gaps", "maison", "--format", "json").data["gaps"]
    assert gap["status"] == "partial"
    [repair] = gap["repairs"]
    assert {(*atom["subjects"], atom["wanted"]) for atom in repair} == {
        ("charte_signee", True),  # the gate's document
        ("formes", "postes", True),  # the share itself
        ("attestation", True),  # two of them
    }


def test_5_evidence_is_a_file_in_preuves(place):
    content = b"Charte de la maison, relue en mars.\n"
    (place / "maison" / "preuves" / "charte.txt").write_bytes(content)
    file = place / "maison" / "audit.yaml"
    text = file.read_text("utf-8")
    piece = (
        "evidence:\n  - {id: P1, proves: [charte_signee], title: Charte, file: charte.txt,"
        f" dated: 2026-03-02, sha256: {hashlib.sha256(content).hexdigest()}}}\n"
    )
    assert "\nevidence: []\n" in text
    file.write_text(text.replace("\nevidence: []\n", "\n" + piece), "utf-8")
    done = ask(place, "explain", "DEO-01", "maison", "--format", "json")
    assert done.code == 0
    requirement = done.data["requirement"]
    assert (requirement["status"], requirement["grade"]) == ("met", "satisfactory")
    [seen] = done.data["criteria"][0]["proof"]["evidence"]
    assert (seen["id"], seen["counts"], seen["reason"]) == ("P1", True, "ok")


def test_6_explain_tells_a_person(place):
    said = ask(place, "explain", "maison", "DEO-02").out
    assert "3 out of 4" in said
    assert "nothing recorded, nothing said" in said
    assert "· Part: 80% (setting part)" in said


def test_7_freeze_keeps_what_was_known(place):
    done = ask(place, "freeze", "maison", "--label", "Avant l’atelier 3", "--format", "json")
    assert done.code == 0
    [written] = done.data["written"]
    frozen = place / written
    assert frozen.parent == place / "maison" / "jalons"
    audit = (place / "maison" / "audit.yaml").read_bytes()
    assert (frozen / "audit.yaml").read_bytes() == audit
    about = json.loads((frozen / "jalon.json").read_text("utf-8"))
    assert about["label"] == "Avant l’atelier 3"
    assert about["as_of"] == NOVEMBER
    assert about["sha256"] == {
        name: hashlib.sha256((frozen / name).read_bytes()).hexdigest()
        for name in ("audit.yaml", "resultat.json")
    }
    evaluated = ask(place, "evaluate", "maison", "--format", "json").data
    assert json.loads((frozen / "resultat.json").read_text("utf-8")) == evaluated
    assert about["ruleset"] == evaluated["ruleset"]
    modes = {stat.S_IMODE(each.stat().st_mode) for each in frozen.iterdir()}
    assert modes == {0o444}


def test_8_when_everything_holds_the_structure_is_ready(place):
    file = place / "maison" / "audit.yaml"
    text = file.read_text("utf-8").replace("\n  formes: 3\n", "\n  formes: 4\n")
    attestations = "".join(
        f"  - {{id: {name}, proves: [attestation], title: Attestation, kept_at: siège,"
        " dated: 2026-05-04}\n"
        for name in ("P2", "P3")
    )
    file.write_text(text.replace("\nevidence:\n", "\nevidence:\n" + attestations), "utf-8")
    done = ask(place, "evaluate", "maison")
    assert done.code == 0
    assert "Ready, against this catalogue" in done.out
    assert "not a statement of conformity" in done.out
    done = ask(place, "gaps", "maison")
    assert done.code == 0
    assert "No gap" in done.out


def test_9_evidence_ages(place):
    def outcome(day):
        return norm_engine("evaluate", "maison", "--rules", "regles", "--as-of", day, cwd=place)

    # attestations of 4 May 2026 are fresh for 24 months, the last day counted in
    assert outcome("04/05/2028").code == 0
    assert outcome("05/05/2028").code == 1
