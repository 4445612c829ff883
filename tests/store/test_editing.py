"""An answer is written into the audit: one line changes, nothing is lost, nobody is overwritten."""

import datetime
import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.language import speaking
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.yaml_reader import _pure_parser, read_yaml
from norm_engine.model.audit import AnswerDetails, Piece
from norm_engine.store import journal
from norm_engine.store.editing import (
    Overtaken,
    Signature,
    finish_interrupted,
    record_answer,
    record_no_evidence,
    record_not_known,
    record_piece,
    remove_piece,
    restore,
)
from norm_engine.store.folders import Conflict
from norm_engine.store.journal import check_journal, not_known
from norm_engine.store.locking import locked
from norm_engine.store.yaml_edits import Unwritable, edited
from tests.cli.program import ROOT, environment

NOBODY = Signature(None, datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC))
LEA = NOBODY._replace(by="Léa")

AUDIT = """\
# Exemple : un commentaire.
format: 1
ruleset: {id: petite, edition: "2021"}
structure: {name: "Été 𝄞"}

answers:
  # Profil
  postes: 4        # au 1er septembre
  formes: {value: 3, by: Coordination, comment: la quatrième en octobre}
  charte: unknown

  terrain:
    value: rue
    comment: depuis 2020
  lieux: [rue,
    gare]   # deux

# Preuves
evidence:
  - id: P1
    title: Attestation
    proves: [attestation]
    kept_at: siège   # au premier étage

no_evidence: []
"""


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "audit.yaml"
    made.write_bytes(AUDIT.encode())
    return made


def data(file: Path):
    return read_yaml(file.read_bytes(), "audit.yaml")


def journaled(file: Path) -> list[dict]:
    lines = (file.parent / "journal.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


# --- one line changes


@pytest.mark.parametrize(
    ("question", "answer", "gone", "come"),
    [
        ("charte", True, ["  charte: unknown"], ["  charte: true"]),
        ("postes", 12, ["  postes: 4        # au 1er septembre"],
         ["  postes: 12        # au 1er septembre"]),
        ("lieux", ("gare",), ["  lieux: [rue,", "    gare]   # deux"],
         ["  lieux: [gare]   # deux"]),
        ("terrain", "gare", ["    value: rue"], ["    value: gare"]),
        ("signee", "2024-04-01", [], ["  signee: 2024-04-01"]),
        ("commune", "no", [], ['  commune: "no"']),
        ("commune", "12:30", [], ['  commune: "12:30"']),
        ("heures", "0.8", [], ['  heures: "0.8"']),
        ("charte", AnswerDetails(not_applicable="une seule équipe"), ["  charte: unknown"],
         ['  charte: {not_applicable: "une seule équipe"}']),
        # what somebody noted beside an answer stays
        ("postes", None, ["  postes: 4        # au 1er septembre"], ["  # au 1er septembre"]),
    ],
)  # fmt: skip
def test_only_the_line_of_the_answer_changes(file, question, answer, gone, come):
    record_answer(file, question, answer, NOBODY, file.read_bytes())
    assert changed_lines(AUDIT, file.read_text("utf-8")) == (gone, come)


def test_an_answer_that_is_signed_says_so_and_keeps_the_comment(file):
    record_answer(file, "formes", 4, LEA, file.read_bytes())
    assert data(file)["answers"]["formes"] == {
        "value": 4,
        "by": "Léa",
        "on": "2026-11-23",
        "comment": "la quatrième en octobre",
    }


EXPLAINED = """\
answers:
  postes:   # tous les sites
    # ce que dit le registre
    value: unknown   # à vérifier

    # Léa demande
    comment: voir la paie   # en mars
    # fin
  # Lieux
  lieux:
    - rue    # le mardi
    # sauf en août
    - gare
  formes: {value: unknown,   # personne ne sait
    by: Tom, on: 2026-01-02,   # au téléphone
    comment: demander}
  charte: |   # texte long
    oui
"""
"""Answers with comments of the file's own inside of them."""


@pytest.mark.parametrize(
    ("question", "answer", "signed", "gone", "come"),
    [
        ("postes", 3, NOBODY, ["    value: unknown   # à vérifier"],
         ["    value: 3   # à vérifier"]),
        ("postes", 3, LEA, ["    value: unknown   # à vérifier"],
         ["    value: 3   # à vérifier", "    by: \"Léa\"", "    on: 2026-11-23"]),
        ("postes", AnswerDetails(not_applicable="seul"), NOBODY,
         ["    value: unknown   # à vérifier"], ["    not_applicable: seul   # à vérifier"]),
        ("lieux", ("gare",), NOBODY,
         ["  lieux:", "    - rue    # le mardi", "    # sauf en août", "    - gare"],
         ["  # le mardi", "  # sauf en août", "  lieux: [gare]"]),
        ("formes", 4, LEA,
         ["  formes: {value: unknown,   # personne ne sait",
          "    by: Tom, on: 2026-01-02,   # au téléphone"],
         ["  formes: {value: 4,   # personne ne sait",
          "    by: \"Léa\", on: 2026-11-23,   # au téléphone"]),
        ("formes", 4, NOBODY,
         ["  formes: {value: unknown,   # personne ne sait",
          "    by: Tom, on: 2026-01-02,   # au téléphone", "    comment: demander}"],
         ["  # personne ne sait", "  # au téléphone", "  formes: {value: 4, comment: demander}"]),
        ("charte", "non", NOBODY, ["  charte: |   # texte long", "    oui"],
         ["  # texte long", "  charte: non"]),
    ],
)  # fmt: skip
def test_comments_inside_of_an_answer_stay(file, question, answer, signed, gone, come):
    file.write_text(EXPLAINED, "utf-8")
    seen = file.read_bytes()
    record_answer(file, question, answer, signed, seen)
    made = file.read_text("utf-8")
    assert changed_lines(EXPLAINED, made) == (gone, come)
    # and taking the answer back loses none either
    restore(file, ("answers", question), seen, NOBODY, file.read_bytes())
    back = file.read_text("utf-8")
    assert read_yaml(back.encode(), "") == read_yaml(seen, "")
    for text in (made, back):
        assert sorted(comments_of(text)) == sorted(comments_of(EXPLAINED))


def test_a_line_that_goes_leaves_its_comment(file):
    text = "answers:\n  postes:\n    by: Tom   # au téléphone\n    value: 3\n"
    file.write_text(text, "utf-8")
    record_answer(file, "postes", 4, NOBODY, text.encode())
    assert file.read_text("utf-8") == ("answers:\n  postes:\n    # au téléphone\n    value: 4\n")


def comments_of(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


REMARKS = st.sampled_from(["", "  # un {n}", "\n    # deux {n}", " # 'trois {n}\n      # et {n}"])
KEPT = st.fixed_dictionaries(
    {},
    optional={
        "value": st.sampled_from(["unknown", "4", "[a, b]", "'a # b'"]),
        "not_applicable": st.sampled_from(["seul", '"a\n\n      b"']),
        "by": st.just("Tom"),
        "on": st.just("2026-01-02"),
        "comment": st.sampled_from(["a#b", "un deux\n      trois", "''"]),
    },
)


@given(
    KEPT.filter(bool),
    st.lists(REMARKS, min_size=6, max_size=6),
    st.sampled_from([3, {"value": 3, "by": "Léa", "on": "2026-11-23"}, {"not_applicable": "x"}]),
    st.booleans(),
)
def test_no_layout_of_an_answer_loses_a_comment(held, remarks, value, windows):
    said = [each.replace("{n}", str(number)) for number, each in enumerate(remarks)]
    pairs = [f"    {key}: {each}" for key, each in held.items()]
    inside = [f"{pair}{each}\n" for pair, each in zip(pairs, said[1:], strict=False)]
    text = f"answers:\n  a:{said[0]}\n{''.join(inside)}  # fin\n  z: 1\n"
    if windows:
        text = text.replace("\n", "\r\n")
    new = edited(text.encode(), ("answers", "a"), value, "").decode()
    assert read_yaml(new.encode(), "")["answers"] == {"a": value, "z": 1}
    for each in [*said[: len(pairs) + 1], "# fin"]:
        assert all(line.strip() in new for line in each.splitlines())


EMPTY = [
    "{} :\n", "{}:   # rien\n", "{} : ~\n", "{} : null # rien\n",
    "{}: # rien\n  {}\n", "{}:\n  # rien\n  {} # fin\n", "{}: {open} # rien\n  {close}\n",
]  # fmt: skip


@pytest.mark.parametrize("text", [*EMPTY, "{} : {open}{close}\n", '"{}" : {open}{close}\n'])
@pytest.mark.parametrize("after", ["", "format: 1\n", "\n# après\n"])
@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("answers", "q"), True),
        (("evidence", "P1"), {"id": "P1", "proves": ["k"], "title": "T: u"}),
        (("no_evidence", "k"), True),
    ],
)
def test_where_there_is_nothing_yet_any_layout_takes_a_first_entry(text, after, place, value):
    opening, closing = "{}" if place[0] == "answers" else "[]"
    text = text.replace("{open}", opening).replace("{close}", closing)
    text = text.replace("{}", place[0], 1).replace("{}", opening + closing) + after
    new = edited(text.encode(), place, value, "").decode()
    held = {"answers": {"q": True}, "no_evidence": ["k"], "evidence": [value]}[place[0]]
    assert read_yaml(new.encode(), "")[place[0]] == held
    assert sorted(comments_of(new)) == sorted(comments_of(text))


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("answers:\n  ? q\n  : unknown # un\n", "answers:\n  ? q\n  : true # un\n"),
        ("answers :\n  q : unknown # un\n", "answers :\n  q: true # un\n"),
        ("answers: &a\n  b: 1\n", "answers: &a\n  b: 1\n  q: true\n"),
        # a text that keeps its blank lines keeps them
        ("answers:\n  b: |+\n    x\n\n\n", "answers:\n  b: |+\n    x\n\n\n  q: true\n"),
        # what is said of an answer stays behind it
        ("answers: {\n  b: 1, # un\n}\n", "answers: {\n  b: 1, # un\n  q: true,\n}\n"),
        ("answers: {\n  b: 1 # un\n}\n", "answers: {\n  b: 1, # un\n  q: true\n}\n"),
        ("answers: {b: 1,\n  c: 2 # un\n  }\n", "answers: {b: 1,\n  c: 2, # un\n  q: true\n  }\n"),
    ],
)  # fmt: skip
def test_layouts_that_people_choose(text, new):
    assert edited(text.encode(), ("answers", "q"), True, "").decode() == new


def test_a_piece_goes_under_a_list_that_has_a_name():
    text = "evidence: &e\n  - {id: P1}\n"
    new = edited(text.encode(), ("evidence", "P2"), {"id": "P2"}, "").decode()
    assert new == "evidence: &e\n  - {id: P1}\n  - id: P2\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("answers:\n  b: &n x\n  q: &m unknown\n  c: *m\n", 3, "such as “*name”"),
        ("answers: {\n  b: 1,\n  q: 1, # un\n  c: 2}\n", 3, "Write it by hand."),
    ],
)
def test_a_layout_that_cannot_be_kept_is_named_by_its_line(text, line, said):
    """Taking an answer away between braces would take what is said beside it."""
    value = None if "{" in text else True
    with pytest.raises(Unwritable) as refused:
        edited(text.encode(), ("answers", "q"), value, "audit.yaml")
    [problem] = refused.value.problems
    assert (problem.line, said in problem.remedy) == (line, True)
    assert ("*name" in problem.remedy) == ("*m" in text)


def test_windows_line_ends_and_a_byte_order_mark_stay(file):
    old = b"\xef\xbb\xbf" + AUDIT.replace("\n", "\r\n").encode()
    file.write_bytes(old)
    content = record_answer(file, "signee", "2024-04-01", NOBODY, old).content
    record_no_evidence(file, "charte_signee", NOBODY, content)
    written = file.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf# Exemple")
    assert written.count(b"\n") == written.count(b"\r\n") == old.count(b"\n") + 2
    assert data(file)["no_evidence"] == ["charte_signee"]


def test_evidence_comes_and_goes(file):
    content = record_no_evidence(file, "charte_signee", NOBODY, file.read_bytes()).content
    assert data(file)["no_evidence"] == ["charte_signee"]
    piece = Piece(
        id="",
        proves=("charte_signee",),
        title="Charte : v2",
        kept_at="ici",
    )
    place, content, _own = record_piece(file, piece, NOBODY, content)
    assert place == ("evidence", "P2")
    assert data(file)["no_evidence"] == []  # what is recorded is no longer missing
    assert data(file)["evidence"][1] == {
        "id": "P2", "proves": ["charte_signee"], "title": "Charte : v2", "kept_at": "ici"
    }  # fmt: skip
    with pytest.raises(Conflict, match="recorded and said to be missing"):
        record_no_evidence(file, "charte_signee", NOBODY, content)
    remove_piece(file, "P2", NOBODY, content)
    assert file.read_text("utf-8") == AUDIT
    assert [line["op"] for line in journaled(file)] == [
        "external", "no_evidence", "no_evidence", "evidence", "evidence"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "answers: {}\nevidence: []\nno_evidence: []\n",
        "answers:\nevidence:\nno_evidence:",
        "format: 1",
        "{format: 1}",
        "{answers: {b: 1,}, evidence: [ ], no_evidence: [y,\n z,]}",
        "answers:   # rien\n  b: |\n    deux\n    lignes\nno_evidence:\n- y # oui\n\n# fin\n",
        "answers: {a: {}, b: 1}\n",
        "answers: {b: [1, 2], a: {value: 1}}\nevidence: [{id: P9, proves: [x]}]\r\n",
        "answers:\n    a: # quoi\n        value: 1\n\n    'b': x\nevidence:\n-   id: P9\n",
    ],
)
@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("answers", "a"), 3),
        (("answers", "a"), {"value": "x", "comment": "é # {"}),
        (("answers", "b"), None),
        (("no_evidence", "k"), True),
        (("no_evidence", "y"), None),
        (("evidence", "P1"), {"id": "P1", "proves": ["k"], "title": "T: u"}),
        (("evidence", "P9"), None),
    ],
)
def test_any_layout_takes_any_change_or_is_left_alone(text, place, value):
    """The result is read back before it is kept: the change, and all else as it was."""
    old = text.encode()
    new = edited(old, place, value, "audit.yaml")
    before, after = read_yaml(old, ""), read_yaml(new, "")
    key, name = place
    others = {each: held for each, held in before.items() if each != key}
    assert {each: held for each, held in after.items() if each != key} == others
    if key == "answers":
        expected = {**(before.get(key) or {}), name: value}
        wanted = {name: held for name, held in expected.items() if held is not None}
        assert (after.get(key) or {}) == wanted
    else:
        names = [each if isinstance(each, str) else each["id"] for each in after.get(key) or []]
        assert (name in names) == (value is not None)
    comments = [part.partition("#")[2] for part in text.splitlines() if "#" in part]
    if value is not None:
        assert all(each in new.decode() for each in comments)


TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12)
LOOKALIKES = st.sampled_from(
    ["yes", "no", "~", "null", "1_000", "0x1f", "1e3", "12:30", "2026-02-30", "", " a ", "a: b",
     "a #b", "- x", "[", "{", "*a", "&a", "!t", "%d", "@", "`", "'", '"', "\\n", "a\tb", "a\nb"]
)  # fmt: skip
VALUES = st.one_of(
    st.booleans(), st.integers(-99, 99), TEXTS, LOOKALIKES, st.lists(TEXTS | LOOKALIKES, max_size=3)
)


@given(VALUES)
def test_whatever_is_written_is_read_back_by_both_parsers(value):
    new = edited(AUDIT.encode(), ("answers", "neuf"), value, "audit.yaml")
    assert read_yaml(new, "")["answers"]["neuf"] == value
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("norm_engine.loading.yaml_reader._parser", _pure_parser)
        assert read_yaml(new, "")["answers"]["neuf"] == value


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from("abcd"), VALUES | st.none()), max_size=8))
def test_many_changes_one_after_another(changes):
    content, expected = AUDIT.encode(), dict(read_yaml(AUDIT.encode(), "")["answers"])
    for name, value in changes:
        content = edited(content, ("answers", name), value, "")
        expected[name] = value
    kept = {name: value for name, value in expected.items() if value is not None}
    assert read_yaml(content, "")["answers"] == kept


@pytest.mark.parametrize("text", ["\x07", "a\u202eb", "\udc80"])
def test_characters_that_nobody_sees_are_refused(file, text):
    with pytest.raises(InvalidInput):
        record_answer(file, "commune", text, NOBODY, file.read_bytes())
    assert file.read_bytes() == AUDIT.encode()
    assert not (file.parent / "journal.jsonl").exists()


def test_a_name_that_others_stand_for_is_not_broken(file):
    """The value of ``postes`` is used again by ``formes``: changing one would lose the other."""
    text = "answers:\n  postes: &n 4\n  formes: *n\n"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match="laid out so that"):
        record_answer(file, "postes", 5, NOBODY, file.read_bytes())
    record_answer(file, "formes", 5, NOBODY, file.read_bytes())
    assert data(file)["answers"] == {"postes": 4, "formes": 5}


# --- several people


def test_another_answer_given_meanwhile_is_merged(file):
    seen = file.read_bytes()
    record_answer(file, "postes", 5, LEA, seen)
    record_answer(file, "charte", False, NOBODY, seen)
    assert data(file)["answers"]["postes"]["value"] == 5
    assert data(file)["answers"]["charte"] is False
    assert check_journal(file) == []


def test_the_same_question_answered_meanwhile_is_a_conflict(file):
    seen = file.read_bytes()
    record_answer(file, "charte", True, NOBODY, seen)
    with pytest.raises(Conflict, match=r"answers\.charte.*nothing was overwritten"):
        record_answer(file, "charte", False, NOBODY, seen)
    assert data(file)["answers"]["charte"] is True
    # two people who say the same do not disagree
    again = record_answer(file, "charte", True, LEA, seen)  # whoever says the same
    assert again == (("answers", "charte"), file.read_bytes(), False)


def test_an_answer_that_nobody_knew_is_no_conflict_whoever_says_so(file):
    seen = file.read_bytes()
    record_answer(file, "charte", "unknown", LEA, seen)
    recorded = record_answer(file, "charte", True, NOBODY._replace(by="Tom"), seen)
    assert recorded.own
    assert data(file)["answers"]["charte"] == {"value": True, "by": "Tom", "on": "2026-11-23"}


def test_a_comment_that_came_meanwhile_is_no_answer_to_write_over(file):
    seen = file.read_bytes()
    by_hand = seen.replace(b"charte: unknown", b"charte: {value: unknown, comment: voir Tom}")
    file.write_bytes(by_hand)
    with pytest.raises(Overtaken):
        record_answer(file, "charte", True, NOBODY, seen)
    assert file.read_bytes() == by_hand


DOCUMENT = Piece(id="", proves=("charte_signee",), title="Charte", kept_at="armoire")


def test_two_new_documents_at_once_are_two(file):
    seen = file.read_bytes()
    first = record_piece(file, DOCUMENT, LEA, seen)
    second = record_piece(file, DOCUMENT, NOBODY, seen)
    assert (first.place, second.place) == (("evidence", "P2"), ("evidence", "P3"))
    assert [each["id"] for each in data(file)["evidence"]] == ["P1", "P2", "P3"]


def test_a_document_that_somebody_says_is_missing_meanwhile(file):
    seen = file.read_bytes()
    content = record_no_evidence(file, "charte_signee", LEA, seen).content
    with pytest.raises(Overtaken, match="recorded and said to be missing"):
        record_piece(file, DOCUMENT, NOBODY, seen)
    assert file.read_bytes() == content


@pytest.mark.parametrize("theirs", [False, "unknown"])
def test_only_what_was_seen_is_taken_back(file, theirs):
    seen = file.read_bytes()
    mine = record_answer(file, "charte", True, NOBODY, seen).content
    record_answer(file, "charte", theirs, LEA, mine)
    after = file.read_bytes()
    with pytest.raises(Overtaken):
        restore(file, ("answers", "charte"), seen, NOBODY, mine)
    assert file.read_bytes() == after


def test_what_somebody_noted_beside_an_answer_stays_when_it_goes(file):
    seen = file.read_bytes()
    mine = record_answer(file, "signee", "2024-04-01", NOBODY, seen).content
    noted = mine.replace(b"2024-04-01", b"2024-04-01  # vu avec Tom")
    file.write_bytes(noted)
    restore(file, ("answers", "signee"), seen, NOBODY, mine)
    assert changed_lines(AUDIT, file.read_text("utf-8")) == ([], ["  # vu avec Tom"])


def test_links_in_a_circle_are_a_file_that_is_gone(file):
    seen = file.read_bytes()
    file.unlink()
    file.symlink_to(file.name)
    for change in (
        lambda: finish_interrupted(file),
        lambda: record_piece(file, DOCUMENT, LEA, seen),
    ):
        with pytest.raises(InvalidInput, match="does not exist any more"):
            change()


def test_a_change_by_hand_is_merged_and_recorded_as_such(file):
    seen = record_answer(file, "charte", True, NOBODY, file.read_bytes()).content
    file.write_text(seen.decode().replace("postes: 4 ", "postes: 6 "), "utf-8")
    assert [problem.severity for problem in check_journal(file)] == ["warning"]
    record_answer(file, "signee", "2024-04-01", NOBODY, seen)
    assert data(file)["answers"]["postes"] == 6
    assert [line["op"] for line in journaled(file)] == ["external", "answer", "external", "answer"]
    assert check_journal(file) == []
    with pytest.raises(Conflict):
        record_answer(file, "postes", 7, NOBODY, seen)


def test_while_another_writes_one_is_told(file):
    with (
        locked(file),
        pytest.raises(Conflict, match=r"Another program is writing .*audit\.yaml"),
        locked(file, patience=0.1),
    ):
        pass


WRITER = """\
import datetime, sys
from pathlib import Path
from norm_engine.store.editing import Signature, record_answer
file, name = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
for number in range(1, int(sys.argv[3]) + 1):
    signed = Signature(name, datetime.datetime.now(datetime.UTC))
    record_answer(file, f"{name}_{number}", number, signed, file.read_bytes())
"""


def writer(file: Path, name: str, times: int) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), name, str(times)],
        env=environment(PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_two_programs_writing_lose_nothing(file):
    running = [writer(file, name, 15) for name in ("lea", "tom")]
    for each in running:
        _out, said = each.communicate(timeout=60)
        assert (each.returncode, said) == (0, b"")
    answers = data(file)["answers"]
    for name in ("lea", "tom"):
        assert [answers[f"{name}_{n}"]["value"] for n in range(1, 16)] == list(range(1, 16))
    lines = journaled(file)
    assert [line["seq"] for line in lines] == list(range(1, 32))
    assert check_journal(file) == []


# --- machines that stop


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is Unix's")
def test_killed_at_any_moment_the_journal_and_the_audit_agree(file):
    """``kill -9`` at moments drawn at random; the next opening finishes what was begun."""
    chance = random.Random(20261123)
    for turn in range(8):
        with writer(file, f"t{turn}", 10_000) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(chance.random() / 10)
            running.send_signal(signal.SIGKILL)
        read_yaml(file.read_bytes(), "")  # never torn, even before anything is mended
        content = finish_interrupted(file)
        assert content == file.read_bytes()
        record_answer(file, "postes", turn, NOBODY, content)
        assert check_journal(file) == []
        said = [line for line in journaled(file) if line["path"].startswith(f"answers.t{turn}_")]
        held = [name for name in data(file)["answers"] if name.startswith(f"t{turn}_")]
        assert [line["path"].removeprefix("answers.") for line in said] == held
    left = {each.name for each in file.parent.iterdir() if "interrompu" not in each.name}
    assert left - {".audit.yaml.lock"} == {"audit.yaml", "journal.jsonl"}


class Stopped(BaseException):
    """The machine stops here."""


STEPS = ("_stage", "journal.append", "os.replace")


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
@pytest.mark.parametrize("step", STEPS)
def test_stopped_at_each_step(file, step, after, monkeypatch):
    """Before the journal's line the answer was not given; from it on, it was."""
    seen = record_answer(file, "postes", 5, NOBODY, file.read_bytes()).content
    holder = "norm_engine.store.editing"
    module = sys.modules[holder]
    real = module
    for part in step.split("."):
        real = getattr(real, part)

    def stops(*given, **named):
        if after:
            real(*given, **named)
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(f"{holder}.{step}", stops)
        with pytest.raises(Stopped):
            record_answer(file, "charte", True, NOBODY, seen)
    given_ = STEPS.index(step) + after >= 2
    finish_interrupted(file)
    assert data(file)["answers"]["charte"] == (True if given_ else "unknown")
    assert check_journal(file) == []
    assert not list(file.parent.glob(".*.part"))


def test_after_a_stop_a_hand_has_the_last_word(file, monkeypatch):
    """The new file waits, but somebody changed the old one since: the change by hand stays."""
    seen = record_answer(file, "postes", 5, NOBODY, file.read_bytes()).content
    with monkeypatch.context() as patched:
        patched.setattr("os.replace", lambda *_: (_ for _ in ()).throw(Stopped()))
        with pytest.raises(Stopped):
            record_answer(file, "charte", True, NOBODY, seen)
    by_hand = seen.replace(b"postes: 5", b"postes: 9")
    file.write_bytes(by_hand)
    assert finish_interrupted(file) == by_hand
    record_answer(file, "signee", "2024-04-01", NOBODY, by_hand)
    assert data(file)["answers"]["postes"] == 9
    assert [line["op"] for line in journaled(file)][-2:] == ["external", "answer"]


# --- places


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_an_audit_stays_a_link(file, tmp_path):
    there = tmp_path / "ailleurs"
    there.mkdir()
    link = there / "audit.yaml"
    link.symlink_to(file)
    record_answer(link, "charte", True, NOBODY, link.read_bytes())
    assert link.is_symlink()
    assert data(file)["answers"]["charte"] is True
    assert check_journal(link) == []


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are Unix's")
def test_who_may_read_the_file_stays_as_it_was(file):
    file.chmod(0o640)
    record_answer(file, "charte", True, NOBODY, file.read_bytes())
    assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are Unix's")
@pytest.mark.parametrize("read_only", ["file", "folder"])
def test_where_one_may_not_write_the_audit_is_named(file, read_only, monkeypatch):
    closed = file if read_only == "file" else file.parent
    closed.chmod(0o444 if read_only == "file" else 0o555)
    if os.geteuid() == 0:  # the administrator may write everywhere
        monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != closed)
    with pytest.raises(PermissionError) as refused:
        record_answer(file, "charte", True, NOBODY, AUDIT.encode())
    closed.chmod(0o755)
    assert refused.value.filename == str(file)
    assert file.read_bytes() == AUDIT.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are Unix's")
def test_a_journal_that_may_not_be_written_is_named_before_anything_is(file, monkeypatch):
    seen = record_answer(file, "postes", 5, NOBODY, file.read_bytes()).content
    closed = file.parent / "journal.jsonl"
    closed.chmod(0o444)
    if os.geteuid() == 0:  # the administrator may write everywhere
        monkeypatch.setattr("os.access", lambda path, _mode: Path(path) != closed)
    with pytest.raises(PermissionError) as refused, locked(file):
        pass
    assert refused.value.filename == str(closed)
    assert file.read_bytes() == seen


@pytest.mark.skipif(sys.platform != "linux", reason="files are told apart by /proc")
@pytest.mark.parametrize("step", ["write", "fsync"])
def test_a_full_disk_leaves_all_as_it_was(file, step, monkeypatch):
    """The journal's line cannot be written: the answer was not given, and nothing waits for it."""
    seen = record_answer(file, "postes", 5, NOBODY, file.read_bytes()).content
    before = (file.parent / "journal.jsonl").read_bytes()
    real = os.fsync

    def full(handle):
        name = os.readlink(f"/proc/self/fd/{handle}")
        if name.endswith("journal.jsonl" if step == "fsync" else ".part"):
            raise OSError(errno.ENOSPC, "full")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="full") as refused:
            record_answer(file, "charte", True, NOBODY, seen)
    named = "journal.jsonl" if step == "fsync" else "audit.yaml"
    assert refused.value.filename == str(file.parent / named)
    assert file.read_bytes() == seen
    assert (file.parent / "journal.jsonl").read_bytes() == before
    assert not list(file.parent.glob(".*.part"))
    record_answer(file, "charte", True, NOBODY, seen)
    assert check_journal(file) == []


def test_an_audit_that_was_moved_away_is_said_to_be(file):
    seen = file.read_bytes()
    file.rename(file.with_name("ailleurs.yaml"))
    with pytest.raises(InvalidInput, match="does not exist any more"):
        record_answer(file, "charte", True, NOBODY, seen)
    assert {each.name for each in file.parent.iterdir()} == {"ailleurs.yaml"}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "answers: [a]", "answers: {}\nevidence: x", "evidence: [{id: P1}]", "a: [", "\xff"],
)
def test_nothing_is_written_into_what_is_no_audit_any_more(file, text):
    seen = file.read_bytes()
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(InvalidInput) as refused:
        record_no_evidence(file, "charte_signee", NOBODY, seen)
    assert refused.value.problems[0].file == str(file)
    assert file.read_bytes() == text.encode("latin-1")
    assert not (file.parent / "journal.jsonl").exists()


def test_a_milestone_is_never_written_again(file):
    frozen = file.parent / "jalons" / "2026-11-23" / "audit.yaml"
    frozen.parent.mkdir(parents=True)
    frozen.write_bytes(AUDIT.encode())
    with pytest.raises(Conflict, match="belongs to a milestone"):
        record_answer(frozen, "charte", True, NOBODY, AUDIT.encode())
    assert [each.name for each in frozen.parent.iterdir()] == ["audit.yaml"]


# --- what was asked


def test_what_nobody_knew_is_remembered_and_can_be_taken_back(file):
    content = record_answer(file, "charte", "unknown", NOBODY, file.read_bytes()).content
    content = record_not_known(file, "charte_signee", NOBODY, content).content
    assert content == AUDIT.encode()  # nothing to change: both were open before
    assert not_known(file) == {"charte", "preuve:charte_signee"}
    content = record_answer(file, "charte", True, NOBODY, content).content
    content = restore(file, ("kinds", "charte_signee"), content, NOBODY, content).content
    assert not_known(file) == frozenset()
    content = restore(file, ("answers", "charte"), AUDIT.encode(), NOBODY, content).content
    assert content == AUDIT.encode()
    assert check_journal(file) == []


def test_the_journal_names_the_file_that_it_follows(file):
    record_answer(file, "charte", True, LEA, file.read_bytes())
    outside, line = journaled(file)
    assert tuple(line) == journal.KEYS
    assert outside["op"] == "external"
    assert line["old"] == "unknown"
    assert line["new"] == {"value": True, "by": "Léa", "on": "2026-11-23"}
    assert line["at"] == "2026-11-23T10:00:00+00:00"
