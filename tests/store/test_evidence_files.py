"""What is found of a piece's file: there and unaltered, missing, or not the file recorded."""

import hashlib
import os
import sys

import pytest

from norm_engine.loading.audits import audit_from, load_audit
from norm_engine.loading.documents import open_document
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.store.evidence_files import file_sha256, file_states
from tests.loading.small import write_rules
from tests.support.small_rules import audit

CHARTER = b"Charte de la maison\n"
SHA256 = hashlib.sha256(CHARTER).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """An audit folder with one file of evidence, and a secret beside the folder."""
    (tmp_path / "audit" / "preuves" / "2026").mkdir(parents=True)
    (tmp_path / "audit" / "preuves" / "charte.txt").write_bytes(CHARTER)
    (tmp_path / "audit" / "preuves" / "2026" / "charte.txt").write_bytes(CHARTER)
    (tmp_path / "secret.txt").write_bytes(CHARTER)
    return tmp_path / "audit"


def state(folder, **piece):
    """What is found of a piece that names a file so."""
    held = audit(evidence=[{"id": "P1", "proves": ["charte"], "title": "…", **piece}])
    return file_states(held, folder).get("P1")


@pytest.mark.parametrize(
    ("piece", "found"),
    [
        ({"file": "charte.txt", "sha256": SHA256}, "ok"),
        ({"file": "charte.txt"}, "ok"),  # recorded without a fingerprint: being there counts
        ({"file": "2026/charte.txt", "sha256": SHA256}, "ok"),
        ({"file": "charte.txt", "sha256": "0" * 64}, "altered"),
        ({"file": "autre.txt", "sha256": SHA256}, "missing"),
        ({"file": "2026"}, "missing"),  # a folder is no file
        ({"file": "../../secret.txt", "sha256": SHA256}, "missing"),
        ({"kept_at": "au siège"}, None),  # names no file
    ],
)
def test_states(folder, piece, found):
    assert state(folder, **piece) == found


def test_one_byte_more_is_another_file(folder):
    (folder / "preuves" / "charte.txt").write_bytes(CHARTER + b" ")
    assert state(folder, file="charte.txt", sha256=SHA256) == "altered"


def test_the_fingerprint_is_that_of_the_bytes(folder):
    assert file_sha256(folder / "preuves" / "charte.txt") == SHA256


def test_without_a_folder_of_evidence_everything_is_missing(tmp_path):
    assert state(tmp_path, file="charte.txt") == "missing"


needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")


@needs_links
def test_a_link_that_leads_out_of_the_folder_is_no_evidence(folder):
    (folder / "preuves" / "lien.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "preuves" / "ailleurs").symlink_to(folder.parent)
    assert state(folder, file="lien.txt", sha256=SHA256) == "missing"
    assert state(folder, file="ailleurs/secret.txt", sha256=SHA256) == "missing"


@needs_links
def test_a_link_within_the_folder_is_as_good_as_the_file(folder):
    (folder / "preuves" / "lien.txt").symlink_to("charte.txt")
    assert state(folder, file="lien.txt", sha256=SHA256) == "ok"


@needs_links
def test_the_folder_itself_may_be_kept_elsewhere(folder):
    """A shared disk, say: the user linked the whole folder, and what is in it counts."""
    kept = folder.parent / "disque"
    (folder / "preuves").rename(kept)
    (folder / "preuves").symlink_to(kept)
    assert state(folder, file="charte.txt", sha256=SHA256) == "ok"


@needs_links
@pytest.mark.parametrize("target", ["lien.txt", "boucle"])
def test_a_link_in_a_circle_and_a_pipe_are_no_files(folder, target):
    (folder / "preuves" / "lien.txt").symlink_to("boucle")
    (folder / "preuves" / "boucle").symlink_to("lien.txt")
    assert state(folder, file=target) == "missing"
    os.mkfifo(folder / "preuves" / "tuyau")
    assert state(folder, file="tuyau") == "missing"  # and nobody waits for a writer


@pytest.mark.parametrize(
    "name",
    [
        "../audit.yaml",
        "a/../../secret.txt",
        "/etc/passwd",
        "C:\\x",
        "..\\x",
        "a//b",
        "2026/a.txt",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_when_the_audit_is_read(tmp_path, name):
    rules = write_rules(tmp_path / "regles")
    file = tmp_path / "audit.yaml"
    quoted = name.replace("\\", "\\\\")
    file.write_text(
        "format: 1\nruleset: {id: petite, edition: '2021'}\nstructure: {name: Maison}\n"
        f'evidence: [{{id: P1, proves: [charte_signee], title: T, file: "{quoted}"}}]\n',
        "utf-8",
    )
    with pytest.raises(InvalidInput) as refused:
        load_audit(file, [rules])
    [problem] = refused.value.problems
    assert problem.key == "evidence[P1].file"


def test_a_file_of_the_folder_is_named_as_it_is(tmp_path):
    ruleset = load_ruleset(write_rules(tmp_path / "regles"))
    file = tmp_path / "audit.yaml"
    file.write_text(
        "format: 1\nruleset: {id: petite, edition: '2021'}\nstructure: {name: Maison}\n"
        "evidence: [{id: P1, proves: [charte_signee], title: T, file: Charte été 2026.pdf}]\n",
        "utf-8",
    )
    document = open_document(file)
    [piece] = audit_from(document, document.data, ruleset).evidence
    assert piece.file == "Charte été 2026.pdf"


def test_a_milestone_looks_at_the_files_of_its_audit(folder):
    """Files are not copied when an audit is frozen; an altered one is seen there too."""
    frozen = folder / "jalons" / "2026-11-23"
    frozen.mkdir(parents=True)
    assert state(frozen, file="charte.txt", sha256=SHA256) == "ok"
    (folder / "preuves" / "charte.txt").write_bytes(b"autre chose")
    assert state(frozen, file="charte.txt", sha256=SHA256) == "altered"
