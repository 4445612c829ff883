"""``-o FILE``: what cannot be written is refused before any work, and says what to do."""

import os
import shutil

import pytest

from tests.cli.program import AUDITS, in_this_process
from tests.cli.test_exit_codes import READY
from tests.loading.small import write_rules

EXAMPLE = AUDITS / "association-des-deux-rives"

WRITERS = {
    "plan": ("plan", EXAMPLE, "plan.xlsx"),
    "chain": ("explain", EXAMPLE, "STR-50", "--path", "chain.svg"),
    "report": ("report", EXAMPLE, "report.pdf"),
    "catalogue": ("rules", "doc", "catalogue.html"),
    "graph": ("rules", "graph", "graph.svg"),
}


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_a_folder_that_is_not_there_is_named(tmp_path, asked):
    *words, name = asked
    done = in_this_process(*words, "-o", tmp_path / "nowhere" / name)
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"There is no folder “{tmp_path / 'nowhere'}”: create it first, or name another." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_a_folder_is_no_file_to_write(tmp_path, asked):
    done = in_this_process(*asked[:-1], "-o", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"“{tmp_path}” is a folder; after -o, name the file to write." in done.err


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
def test_what_was_written_is_said(tmp_path, asked):
    *words, name = asked
    done = in_this_process(*words, "-o", tmp_path / name)
    assert done.code in (0, 1)
    assert f"Written: {tmp_path / name}" in done.err
    assert (tmp_path / name).stat().st_size > 0


# --- what is never written over -------------------------------------------------------------------


@pytest.fixture
def home(tmp_path):
    """An audit's folder with all that an audit can hold, beside another one."""
    home = shutil.copytree(EXAMPLE, tmp_path / "maison")
    assert in_this_process("freeze", home, "--as-of", "2026-11-23").code == 0
    (home / "journal.jsonl").write_text('{"seq": 1}\n', "utf-8")
    (home / "rapports").mkdir()
    shutil.copytree(home, tmp_path / "voisine")
    return home


def everything(folder):
    """All files under a folder, with what they hold."""
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.mark.parametrize("asked", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("folder", ["preuves", "jalons", "rapports/../preuves", "Preuves"])
@pytest.mark.parametrize("owner", ["maison", "voisine"])
def test_evidence_and_milestones_are_never_written(home, asked, folder, owner):
    *words, name = asked
    (home.parent / owner / folder).mkdir(exist_ok=True)  # where capitals make another folder
    place = home.parent / owner / folder / name
    place.write_text("une pièce", "utf-8")
    before = everything(home.parent)
    named = [home if each == EXAMPLE else each for each in words]
    done = in_this_process(*named, "-o", place)
    assert (done.code, done.out) == (2, "")
    said = " ".join(done.err.split())
    assert f"“{place}” belongs to the audit in “{home.parent / owner}”" in said
    assert "name another place" in said
    assert everything(home.parent) == before


@pytest.mark.parametrize(
    "name", ["audit.schema.json", "AUDIT.SCHEMA.JSON", "jalons/{day}/resultat.json"]
)
def test_a_plan_takes_the_place_of_no_file_of_the_audit(home, name):
    [frozen] = (home / "jalons").iterdir()
    before = everything(home)
    done = in_this_process("plan", home, "-o", home / name.format(day=frozen.name))
    assert (done.code, done.out) == (2, "")
    assert "belongs to the audit in" in " ".join(done.err.split())
    assert everything(home) == before


@pytest.mark.parametrize("name", ["audit.yaml", "journal.jsonl", "audit.schema.json"])
def test_nor_does_a_picture(home, name):
    before = everything(home)
    done = in_this_process("explain", home, "DEO-15", "--path", "-o", home / name)
    assert (done.code, done.out) == (2, "")
    assert f"“{home / name}” belongs to the audit in" in " ".join(done.err.split())
    assert everything(home) == before


def test_a_link_to_the_evidence_is_the_evidence(home, monkeypatch):
    (home.parent / "lien").symlink_to(home / "preuves")
    monkeypatch.chdir(home.parent)
    before = everything(home)
    for name in ("lien/a.pdf", "maison/../lien/a.pdf"):
        assert in_this_process("report", "maison", "-o", name).code == 2
    assert everything(home) == before


WRONG_ENDINGS = {
    "chain": ("explain", EXAMPLE, "DEO-15", "--path"),
    "report": ("report", EXAMPLE),
    "plan": ("plan", EXAMPLE),
    "catalogue": ("rules", "doc"),
    "Markdown": ("rules", "doc", "--format", "markdown"),
    "graph": ("rules", "graph"),
}


@pytest.mark.parametrize("words", WRONG_ENDINGS.values(), ids=WRONG_ENDINGS)
@pytest.mark.parametrize("name", ["notes.yaml", "journal.jsonl", "notes", "a.docx"])
def test_a_name_that_says_something_else_is_refused(tmp_path, words, name):
    (tmp_path / name).write_text("mes notes", "utf-8")
    done = in_this_process(*words, "-o", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert f"“{name}”: the name of what is written here ends with" in " ".join(done.err.split())
    assert everything(tmp_path) == {tmp_path / name: b"mes notes"}


def test_all_endings_that_would_do_are_said(tmp_path):
    done = in_this_process("rules", "doc", "-o", tmp_path / "a.pdf")
    assert "ends with .html or .htm or .md." in " ".join(done.err.split())
    assert in_this_process("rules", "doc", "-o", tmp_path / "A.MD").code == 0
    assert (tmp_path / "A.MD").read_text("utf-8").startswith("# ")


def test_reports_of_many_audits_do_not_go_among_the_evidence(home):
    before = everything(home)
    for name in ("preuves", "preuves/2026", "jalons", "jalons/2026-11-23"):
        done = in_this_process("report", "--all", home.parent, "-o", home / name)
        assert (done.code, done.out) == (2, "")
        assert "belongs to the audit in" in " ".join(done.err.split())
    assert everything(home) == before


def test_schemas_do_not_replace_that_of_an_audit(home):
    before = everything(home)
    done = in_this_process("rules", "schema", "--write", home)
    assert (done.code, done.out) == (2, "")
    assert "audit.schema.json" in done.err
    assert everything(home) == before
    assert in_this_process("rules", "schema", "--write", home.parent / "schemas").code == 0


@pytest.mark.parametrize("name", ["preuves/nouveau", "jalons/nouveau", "jalons"])
def test_no_audit_begins_inside_of_what_another_keeps(home, name):
    before = everything(home)
    done = in_this_process("new", home / name)
    assert (done.code, done.out) == (2, "")
    assert "belongs to the audit in" in " ".join(done.err.split())
    assert everything(home) == before
    assert not (home / "jalons" / "nouveau").exists()


def test_an_audit_under_another_name_is_not_written_over_by_its_plan(tmp_path):
    write_rules(tmp_path / "regles")
    audit = tmp_path / "mon-audit.txt"
    audit.write_text(READY, "utf-8")
    os.link(audit, tmp_path / "le-meme.txt")
    for name in ("mon-audit.txt", "le-meme.txt"):
        asked = ("plan", audit, "--rules", tmp_path / "regles", "-o", tmp_path / name)
        done = in_this_process(*asked)
        assert (done.code, done.out) == (2, "")
        assert "is a file that this command reads" in " ".join(done.err.split())
    assert audit.read_text("utf-8") == READY


def other_name(tmp_path):
    """An audit that is not called audit.yaml, with evidence of its own."""
    write_rules(tmp_path / "regles")
    home = tmp_path / "ailleurs"
    (home / "preuves").mkdir(parents=True)
    (home / "mon-audit.txt").write_text(READY, "utf-8")
    return home


@pytest.mark.parametrize(
    "words",
    [("plan",), ("report",), ("explain", "DEO-01", "--path")],
    ids=["plan", "report", "explain"],
)
def test_the_evidence_of_an_audit_under_another_name_is_never_written(tmp_path, words):
    home = other_name(tmp_path)
    verb, *more = words
    ending = {"plan": "xlsx", "report": "pdf", "explain": "svg"}[verb]
    place = home / "preuves" / f"a.{ending}"
    place.write_text("une pièce", "utf-8")
    asked = (verb, home / "mon-audit.txt", *more, "--rules", tmp_path / "regles", "-o", place)
    done = in_this_process(*asked)
    assert (done.code, done.out) == (2, "")
    assert f"belongs to the audit in “{home}”" in " ".join(done.err.split())
    assert place.read_text("utf-8") == "une pièce"


def test_evidence_that_is_kept_elsewhere_is_never_written(home, tmp_path):
    os.rename(home / "preuves", tmp_path / "reserve")
    (home / "preuves").symlink_to(tmp_path / "reserve")
    before = everything(tmp_path / "reserve")
    for asked in (
        ("plan", home, "-o", tmp_path / "reserve" / "a.xlsx"),
        ("explain", home, "STR-50", "--path", "-o", tmp_path / "reserve" / "a.svg"),
        ("report", home, "-o", tmp_path / "reserve" / "a.pdf"),
        ("report", "--all", tmp_path, "-o", tmp_path / "reserve"),
    ):
        done = in_this_process(*asked)
        assert (done.code, done.out) == (2, "")
        assert f"belongs to the audit in “{home}”" in " ".join(done.err.split())
    assert everything(tmp_path / "reserve") == before


def test_reports_do_not_go_among_the_evidence_by_a_link(home):
    (home / "rapports").rmdir()
    (home / "rapports").symlink_to("preuves")
    before = everything(home)
    done = in_this_process("report", home, "--kind", "summary")
    assert (done.code, done.out) == (2, "")
    assert f"belongs to the audit in “{home}”" in " ".join(done.err.split())
    assert everything(home) == before


def test_an_overlay_that_an_audit_names_is_not_written_over(tmp_path):
    home = other_name(tmp_path)
    overlay = home / "local.json"
    overlay.write_text(
        '{"format": 1, "overlay": {"id": "locale", "for": {"id": "petite", "edition": "2021"}},'
        ' "settings": {"tolerees": 3}}',
        "utf-8",
    )
    audit = home / "mon-audit.txt"
    named = READY.replace("format: 1\n", "format: 1\noverlays: [{file: local.json}]\n", 1)
    audit.write_text(named, "utf-8")
    before = overlay.read_bytes()
    done = in_this_process("plan", audit, "--rules", tmp_path / "regles", "-o", overlay)
    assert (done.code, done.out) == (2, "")
    assert "is a file that this command reads" in " ".join(done.err.split())
    assert overlay.read_bytes() == before


def test_nothing_is_written_into_a_rule_set(tmp_path):
    rules = write_rules(tmp_path / "regles")
    (rules / "LISEZMOI.md").write_text("à lire", "utf-8")
    before = everything(rules)
    for asked in (
        ("rules", "doc", "petite", "--rules", rules, "-o", rules / "LISEZMOI.md"),
        ("rules", "graph", "petite", "--rules", rules, "-o", rules / "a.svg"),
        ("new", rules, "--rules", rules),
        ("new", rules / "a", "--rules", rules),
    ):
        done = in_this_process(*asked)
        assert (done.code, done.out) == (2, "")
        assert f"in the rule set in “{rules}”" in " ".join(done.err.split())
    assert everything(rules) == before
    asked = ("rules", "doc", "petite", "--rules", rules, "-o", tmp_path / "petite.md")
    assert in_this_process(*asked).code == 0
    # an author may keep the schemas wherever the first lines of the files name them
    assert in_this_process("rules", "schema", "--write", rules / "schemas").code == 0
