"""``next --until`` where something goes wrong: what is typed, the journal, others at work."""

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from norm_engine.model.audit import Piece
from norm_engine.store.editing import (
    Signature,
    record_answer,
    record_no_evidence,
    record_piece,
)
from tests.cli.program import Ended, command, environment, norm_engine
from tests.cli.self_audit import arguments, held, only, open_audit, talk, typed

UNTIL = ("--until", "100%")


@pytest.fixture
def place(tmp_path):
    """A rule set and an audit of which nothing is known."""
    return open_audit(tmp_path)


def words(said: str) -> str:
    return " ".join(said.split())


def left_over(place: Path) -> list[Path]:
    return list((place / "a").glob(".*.part"))


# --- what is typed


def test_bytes_that_are_no_text_are_asked_for_again(place):
    """In a locale that refuses them, as those of desktops do."""
    only(place, "charte")
    done = subprocess.run(
        command(*arguments(*UNTIL)),
        cwd=place,
        env=environment(PYTHONIOENCODING="utf-8:strict"),
        input=b"\xff\xfeoui\n\xe9\nou\xc3\noui\n",
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Nothing was changed" in done.stderr) == (0, False)
    assert done.stderr.count(b"it is not in UTF-8. Type it again.") == 3
    assert held(place)["answers"]["charte"] is True


@pytest.mark.parametrize(
    ("question", "line", "said"),
    [
        ("charte", "x" * 1_000_000, "longer than 10000 characters"),
        ("charte", "o\x00ui", "not seen stands here (U+0000)"),
        ("charte", "\x1b[A", "not seen stands here (U+001B)"),
        ("charte", "\ufeffoui", "not seen stands here (U+FEFF)"),
        ("charte", "²", "Type “yes” or “no”."),
        ("postes", "٣", "Type a whole number"),
        ("postes", "-0", "Type a whole number"),
        ("postes", "-1", "Type a whole number"),
        ("postes", "1e400", "Type a whole number"),
        ("postes", "12,5", "Type a whole number"),
        ("postes", "1 00 0", "Type a whole number"),
        ("postes", "1 000", "1000 is more than 500, the most possible. Check this figure."),
        ("postes", "1\u00a0000", "1000 is more than 500, the most possible. Check this figure."),
        ("postes", "9" * 5000, "Type a whole number"),
    ],
)
def test_what_is_not_understood_is_said_and_asked_again(place, question, line, said):
    only(place, question)
    right = "oui" if question == "charte" else "4"
    done = typed(place, f"{line}\n{right}\n")
    assert (done.code, said in words(done.err)) == (0, True), done.err[-500:]
    assert held(place)["answers"][question] == {"oui": True, "4": 4}[right]


@pytest.mark.parametrize(
    "day", ["31/02/2026", "1/1/0000", "1/1/10000", "0/0/2026", "2026", "x" * 9000, "-1/1/2026"]
)
def test_a_day_that_does_not_exist_is_asked_again(place, day):
    only(place, "charte_signee")
    done = typed(place, f"oui\narmoire\n{day}\n31/01/2026\n")
    assert (done.code, "a day that exists" in done.err) == (0, True)
    assert held(place)["evidence"][-1]["dated"] == "2026-01-31"


@pytest.mark.parametrize("line", ["x" * 10_001, "a\x07b", "a\u202eb"])
def test_words_that_nobody_could_read_back_are_asked_again(place, line):
    """The audit stays valid: what it could not hold is refused where it is typed."""
    only(place, "charte_signee")
    done = typed(place, f"oui\n{line}\narmoire 2\n31/01/2026\n")
    assert done.code == 0, done.err
    assert held(place)["evidence"][-1]["kept_at"] == "armoire 2"


@pytest.mark.parametrize("line", ["non", "Non", "oui", "n", "so", "sans objet", "aucune", "0"])
def test_a_word_that_answers_another_question_is_no_place(place, line):
    only(place, "charte_signee")
    done = typed(place, f"oui\n{line}\narmoire 2\n31/01/2026\n")
    assert done.code == 0, done.err
    assert f"“{line}” says too little here: type a few words." in words(done.err)
    assert held(place)["evidence"][-1]["kept_at"] == "armoire 2"


@pytest.mark.parametrize("line", ["non", "aucun", "rien", "0", "", "NON"])
def test_no_other_document_is_none(place, line):
    two_documents(place)
    done = typed(place, f"oui\narmoire\n2/1/2026\n{line}\n2/1/2026\nq\n")
    assert "Another one? Where is it kept" in done.err
    assert "too little" not in done.err
    assert [each["kept_at"] for each in held(place)["evidence"][2:]] == ["armoire"]


@pytest.mark.parametrize("line", ["oui", "so"])
def test_another_document_is_somewhere(place, line):
    two_documents(place)
    done = typed(place, f"oui\narmoire\n2/1/2026\n{line}\nsiège\n2/1/2026\n")
    assert done.code == 0, done.err
    assert "says too little here" in words(done.err)
    assert [each["kept_at"] for each in held(place)["evidence"][2:]] == ["armoire", "siège"]


def two_documents(place: Path) -> None:
    """Everything is known but a kind of evidence of which two documents are asked for."""
    only(place, "attestation")


def test_input_that_ends_within_a_line_that_is_no_text(place):
    only(place, "charte")
    done = typed(place, "o\x00")
    assert (done.code, "charte" in held(place)["answers"]) == (1, False)


# --- who answers


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "must not be empty"),
        ("  \u00a0 ", "must not be empty"),
        ("Lé\x07a", "(U+0007)"),
        ("L\udce9a", "(U+DCE9)"),
        ("L\u202ea", "(U+202E)"),
        ("L" * 30_000, "longer than 10000 characters"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused_first(place, name, said):
    before = (place / "a" / "audit.yaml").read_bytes()
    done = typed(place, "oui\noui\n", *UNTIL, "--by", name)
    assert (done.code, done.out) == (2, "")
    assert said in words(done.err)
    assert "───" not in done.err  # nothing was asked
    assert (place / "a" / "audit.yaml").read_bytes() == before


# --- the journal


@pytest.mark.parametrize("more", [(), UNTIL], ids=["asked once", "until"])
@pytest.mark.parametrize("line", ['{"seq": "x"}', "[" * 50_000, "bonjour"])
def test_3_when_the_journal_is_damaged(place, line, more):
    only(place, "charte")
    typed(place, "non\n")
    journal, audit = place / "a" / "journal.jsonl", place / "a" / "audit.yaml"
    journal.write_text(journal.read_text("utf-8") + line + "\n", "utf-8")
    before = (journal.read_bytes(), audit.read_bytes())
    done = norm_engine(*arguments(*more), cwd=place)
    assert (done.code, done.out) == (3, "")
    assert "a/journal.jsonl:3\n  This is no line of a journal." in done.err
    assert "1 problem. Nothing was changed." in done.err
    assert (journal.read_bytes(), audit.read_bytes()) == before
    assert not left_over(place)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are Unix's")
def test_a_journal_that_may_not_be_written_is_found_before_the_first_question(place, monkeypatch):
    only(place, "charte")
    journal = place / "a" / "journal.jsonl"
    journal.touch(0o444)
    if os.geteuid() == 0:  # the administrator may write everywhere
        monkeypatch.setattr("os.access", lambda path, _mode: Path(path).name != journal.name)
    done = typed(place, "oui\n")
    assert (done.code, done.err.strip()) == (
        5,
        "a/journal.jsonl: The system refuses: you may not do this here",
    )
    assert not left_over(place)


# --- others at work


def meanwhile(place, change, lines=("oui", "armoire")):
    """Somebody changes the audit just before the second thing is answered."""
    replies = iter(lines)

    def reply(_shown: str) -> str:
        line = next(replies)
        if line == lines[1]:
            change(place / "a" / "audit.yaml")
        return line

    return talk(place, reply)


def two_left(place: Path) -> None:
    """Everything is known but two things, of which the first to be asked is answered by yes."""
    only(place, "charte")
    file = place / "a" / "audit.yaml"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(each for each in lines if "postes: 4" not in each), "utf-8")


def rewritten(old: str, new: str):
    def change(file: Path) -> None:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    return change


NOT_SAVED = "Your last answer was not saved; the one before it is."
SAVED = "All your answers are saved, the last one too."


@pytest.mark.parametrize(
    ("change", "code", "said", "kept"),
    [
        (lambda file: file.rename(file.with_name("b.yaml")), 3,
         "a/audit.yaml This file does not exist any more.", NOT_SAVED),
        (lambda file: file.parent.rename(file.parent.with_name("b")), 3,
         "a/audit.yaml This file does not exist any more.", NOT_SAVED),
        (rewritten("format: 1", "format: [1"), 3,
         "a/audit.yaml:2:8 · format[2] This is not readable YAML", NOT_SAVED),
        (rewritten("evidence:\n", "evidence: deux\nx:\n"), 3, "· evidence", NOT_SAVED),
        (lambda file: file.write_bytes(b""), 3, "a/audit.yaml", NOT_SAVED),
        (lambda file: (file.parent / "journal.jsonl").write_text("rien\n"), 3,
         "a/journal.jsonl:1 This is no line of a journal.", NOT_SAVED),
        (rewritten("terrain: rue", "terrain: lune"), 3, "· answers.terrain “lune”", SAVED),
        (rewritten("terrain: rue", "lune: 1"), 3, "· answers.lune", SAVED),
        (rewritten('edition: "2021"', 'edition: "2022"'), 3, "a/audit.yaml:2", SAVED),
    ],
)  # fmt: skip
def test_when_it_cannot_go_on_one_is_told_what_is_saved(place, change, code, said, kept):
    two_left(place)
    done = meanwhile(place, change, ("oui", "4"))
    assert (done.code, done.out) == (code, ""), done.err[-900:]
    told = words(done.err.rpartition("> ")[2])
    assert said in told
    assert told.endswith(f"{kept} Once this is put right, the same command goes on from there.")
    assert "Nothing was changed" not in told
    where = next(place.glob("[ab]/*.yaml"), None)
    if kept == SAVED or (where is not None and where.name == "b.yaml"):
        assert "charte" in where.read_text("utf-8")
        assert ("postes: 4" in where.read_text("utf-8")) == (kept == SAVED)
    assert not left_over(place)


def test_the_first_answer_not_saved_means_that_nothing_was_changed(place):
    only(place, "charte")
    audit = place / "a" / "audit.yaml"

    def reply(_shown: str) -> str:
        audit.write_text("a: [", "utf-8")
        return "oui"

    done = talk(place, reply)
    assert (done.code, audit.read_text("utf-8")) == (3, "a: [")
    assert "Your answer was not saved: nothing was changed." in done.err


def test_other_rules_meanwhile_end_it(place):
    two_left(place)

    def change(file: Path) -> None:
        (file.parent / "s.yaml").write_text(
            "format: 1\noverlay: {id: locale, for: {id: petite, edition: '2021'}}\n"
            "settings: {tolerees: 3}\n", "utf-8"
        )  # fmt: skip
        rewritten("format: 1\n", "format: 1\noverlays: [{file: s.yaml}]\n")(file)

    done = meanwhile(place, change, ("oui", "4"))
    assert done.code == 4, done.err
    assert f"evaluated under changed meanwhile: another edition, or other overlays. {SAVED}" in (
        words(done.err)
    )


def test_an_answer_that_stays_when_it_cannot_be_taken_back(place):
    two_left(place)
    done = meanwhile(place, rewritten("format: 1", "format: [1"), ("oui", "retour"))
    assert done.code == 3
    assert "Your last answer was not taken back: it is still saved." in words(done.err)


def test_a_file_that_cannot_be_changed_on_the_spot_is_passed_over(place):
    """The answer stands for another one too: it is written by hand, and the rest is asked."""
    only(place, "charte")
    shared = "  charte: &a unknown\n  commune: *a\n"
    rewritten("  commune: unknown\n", shared)(place / "a" / "audit.yaml")
    done = typed(place, "oui\n")
    assert done.code == 1
    assert re.search(r"a/audit.yaml:\d+ · answers.charte: This file is laid", words(done.err))
    assert held(place)["answers"]["charte"] == "unknown"


def test_an_accident_says_what_is_saved(place, monkeypatch):
    only(place, "charte")
    monkeypatch.setattr("norm_engine.cli.interview_session.load_audit", lambda *_given: 1 // 0)
    done = typed(place, "oui\n")
    assert done.code == 5
    assert f"Something went wrong that should not have. {SAVED}" in words(done.err)
    assert "Please send this file" in done.err
    assert held(place)["answers"]["charte"] is True


# --- two at work


A_DOCUMENT = Piece(id="", proves=("attestation",), title="C", kept_at="chez Léa")
OTHER = Signature("Léa", datetime.datetime(2026, 9, 1, 9, tzinfo=datetime.UTC))


def test_two_new_documents_are_both_kept(place):
    only(place, "charte_signee")

    def change(file: Path) -> None:
        record_piece(file, A_DOCUMENT, OTHER, file.read_bytes())

    done = meanwhile(place, change, ("oui", "armoire", "31/01/2026"))
    assert (done.code, "somebody else" in done.err) == (0, False), done.err
    by_id = {each["id"]: each["kept_at"] for each in held(place)["evidence"]}
    assert list(by_id.values())[-2:] == ["chez Léa", "armoire"]
    assert len(by_id) == 4


@pytest.mark.parametrize("date", ["31/01/2026", "31/01/2010"])
def test_a_document_that_somebody_says_is_missing_is_not_said_to_be_recorded(place, date):
    only(place, "charte_signee")

    def change(file: Path) -> None:
        record_no_evidence(file, "charte_signee", OTHER, file.read_bytes())

    done = meanwhile(place, change, ("oui", "armoire", date))
    assert done.code == 0, done.err
    assert "would be recorded and said to be missing at once; nothing" in words(done.err)
    assert "It is recorded" not in done.err
    assert held(place)["no_evidence"] == ["charte_signee"]


def test_an_answer_refused_before_the_file_became_invalid_is_said_not_to_be_saved(place):
    two_left(place)
    change = rewritten("answers:\n", "answers:\n  postes: beaucoup\n")
    done = meanwhile(place, change, ("oui", "4"))
    assert done.code == 3, done.err
    assert f"{NOT_SAVED} Once this is put right" in words(done.err)


def test_what_somebody_else_answered_too_is_not_taken_back(place):
    two_left(place)

    def change(file: Path) -> None:
        record_answer(file, "postes", 4, OTHER, file.read_bytes())

    done = meanwhile(place, change, ("oui", "4", "q"))
    assert (done.code, held(place)["answers"]["postes"]) == (
        0,
        {"value": 4, "by": "Léa", "on": "2026-09-01"},
    )
    assert "somebody else" not in done.err.lower()


@pytest.mark.parametrize("own", [False, True])
def test_back_takes_back_what_is_ones_own(place, own):
    """Said twice, by two: one of them taking it back does not take it from the other."""
    two_left(place)
    replies = iter(("oui", "retour", "q"))

    def reply(_shown: str) -> str:
        line = next(replies)
        if line == "oui" and not own:
            file = place / "a" / "audit.yaml"
            record_answer(file, "charte", True, OTHER, file.read_bytes())
        return line

    done = talk(place, reply)
    assert ("charte" in held(place)["answers"]) == (not own)
    assert ("Somebody else gave the same answer meanwhile" in words(done.err)) == (not own)


def back_after(place: Path, answer: str) -> Ended:
    """Say yes, and take it back once somebody else has written another answer into the file."""
    two_left(place)
    replies = iter(("oui", "retour", "q"))

    def reply(_shown: str) -> str:
        line = next(replies)
        if line == "retour":
            rewritten("charte: true", f"charte: {answer}")(place / "a" / "audit.yaml")
        return line

    return talk(place, reply)


def test_back_leaves_what_somebody_corrected_since(place):
    done = back_after(place, "false")
    assert held(place)["answers"]["charte"] is False
    assert "was changed in a/audit.yaml by somebody else meanwhile" in words(done.err)
    assert done.code == 1


def test_back_refused_before_the_file_became_invalid_says_so(place):
    done = back_after(place, "peut-être")
    assert done.code == 3, done.err
    assert "Your last answer was not taken back. Once this is put right" in words(done.err)
