"""The journal: a chain that shows what was altered, and that a torn line does not stop."""

import datetime
import json

import pytest

from norm_engine.language import speaking
from norm_engine.store.editing import Signature, record_answer
from norm_engine.store.journal import check_journal

SIGNED = Signature("Léa", datetime.datetime(2026, 11, 23, 10, 0, tzinfo=datetime.UTC))


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


@pytest.fixture
def file(tmp_path):
    """An audit with four lines of journal: as it was found, and three answers."""
    made = tmp_path / "audit.yaml"
    made.write_text("answers: {}\n", "utf-8")
    for number in (1, 2, 3):
        record_answer(made, f"q{number}", number, SIGNED, made.read_bytes())
    return made


def journal_of(file):
    return file.parent / "journal.jsonl"


def messages(file):
    return [(problem.line, problem.message) for problem in check_journal(file)]


def test_what_the_program_wrote_holds(file):
    assert messages(file) == []
    assert journal_of(file).read_bytes().count(b"\n") == 4


def test_an_audit_without_a_journal_has_nothing_wrong(tmp_path):
    file = tmp_path / "audit.yaml"
    file.write_text("answers: {}\n", "utf-8")
    assert messages(file) == []


def altered(file, number, change):
    lines = journal_of(file).read_bytes().splitlines(keepends=True)
    lines[number - 1 : number] = change(lines[number - 1])
    journal_of(file).write_bytes(b"".join(lines))


def test_a_line_altered_shows_in_the_one_after_it(file):
    altered(file, 2, lambda line: [line.replace(b'"value": 1', b'"value": 7')])
    assert messages(file) == [(3, "This line does not follow the one before it.")]


def test_a_line_taken_out_shows(file):
    altered(file, 3, lambda _line: [])
    assert [line for line, _message in messages(file)] == [3]
    assert "bears the number 4 where 3 comes" in messages(file)[0][1]


def test_a_line_that_is_none_shows_and_stops_nobody(file):
    altered(file, 4, lambda _line: [b"bonjour\n"])
    assert messages(file)[0] == (4, "This is no line of a journal.")
    record_answer(file, "q4", 4, SIGNED, file.read_bytes())
    assert "q4: {value: 4" in file.read_text("utf-8")


def test_line_ends_of_another_system_break_no_chain(file):
    """As version control systems change them."""
    content = journal_of(file).read_bytes().replace(b"\n", b"\r\n")
    journal_of(file).write_bytes(content)
    assert messages(file) == []
    record_answer(file, "q4", 4, SIGNED, file.read_bytes())
    assert messages(file) == []


def test_a_last_line_torn_at_any_byte_is_put_aside(file):
    """A machine stopped while the line was written: the answer was not given yet."""
    before_last = b"".join(journal_of(file).read_bytes().splitlines(keepends=True)[:3])
    last = journal_of(file).read_bytes()[len(before_last) :]
    for cut in range(1, len(last) - 1, 37):
        journal_of(file).write_bytes(before_last + last[:cut])
        file.write_bytes(b"answers:\n  q1: 1\n  q2: 2\n")
        assert "not whole" in messages(file)[0][1]
        record_answer(file, "q3", 3, SIGNED, file.read_bytes())
        assert messages(file) == []
        assert journal_of(file).read_bytes().startswith(before_last)
        kept = [each.read_bytes() for each in file.parent.glob("journal-interrompu-*.txt")]
        assert last[:cut] in kept


def test_a_last_line_that_lacks_only_its_end_counts(file):
    whole = journal_of(file).read_bytes()
    journal_of(file).write_bytes(whole[:-1])
    record_answer(file, "q4", 4, SIGNED, file.read_bytes())
    assert journal_of(file).read_bytes().startswith(whole)
    assert messages(file) == []
    assert not list(file.parent.glob("journal-interrompu-*"))
    assert json.loads(journal_of(file).read_bytes().splitlines()[-1])["seq"] == 5
