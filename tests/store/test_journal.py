"""The journal: a chain that shows what was altered, and that a torn line does not stop."""

import datetime
import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.language import speaking
from norm_engine.loading.problems import InvalidInput
from norm_engine.store.editing import Signature, finish_interrupted, record_answer
from norm_engine.store.journal import KEYS, check_journal, not_known

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


def with_key(key, value):
    def change(line):
        return [json.dumps(json.loads(line) | {key: value}).encode() + b"\n"]

    return change


DAMAGED = {
    "text": lambda _line: [b"bonjour\n"],
    "bytes": lambda _line: [b"\xff\xfe\x00\n"],
    "nothing": lambda _line: [b"\n"],
    "a list": lambda _line: [b"[1]\n"],
    "deep brackets": lambda _line: [b"[" * 100_000 + b"\n"],
    "deep braces": lambda _line: [b'{"seq": ' * 100_000 + b"\n"],
    "a key too many": with_key("neuf", 1),
    "text as a number": with_key("seq", "x"),
    "a list as a number": with_key("seq", [1]),
    "a fraction as a number": with_key("seq", 1.5),
    "a number below one": with_key("seq", -5),
    "a truth as a number": with_key("seq", True),
    "no fingerprint of the audit": with_key("content", None),
    "no fingerprint at all": with_key("content", "é"),
    "a fingerprint that is a number": with_key("previous", 4),
    "a place that is none": with_key("path", {}),
    "a change that is none": with_key("op", 1),
    "a name that is none": with_key("by", ["Léa"]),
    "a moment that is none": with_key("at", 0),
}


@pytest.mark.parametrize("number", [2, 4])
@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_line_is_named_and_nothing_is_written(file, damage, number):
    altered(file, number, damage)
    content, journal = file.read_bytes(), journal_of(file).read_bytes()
    assert (number, "This is no line of a journal.") in messages(file)
    for reading in (not_known, lambda each: record_answer(each, "q4", 4, SIGNED, content)):
        if number == 2 and reading is not not_known:
            continue  # what is added follows the last line
        with pytest.raises(InvalidInput) as refused:
            reading(file)
        (found,) = refused.value.problems
        assert (found.file, found.line) == (str(journal_of(file)), number)
        assert found.message == "This is no line of a journal."
        assert "give this file another name" in found.remedy
    assert (file.read_bytes(), journal_of(file).read_bytes()) == (content, journal)
    assert not list(file.parent.glob(".*.part"))


def test_a_journal_that_is_no_file_is_named(file):
    journal_of(file).unlink()
    journal_of(file).mkdir()
    with pytest.raises(InvalidInput, match=r"journal\.jsonl"):
        not_known(file)


LINES = st.one_of(
    st.binary(max_size=60),
    st.dictionaries(
        st.sampled_from(KEYS),
        st.one_of(
            st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9), st.just([1])
        ),
        min_size=len(KEYS),
    ).map(lambda held: json.dumps({key: held[key] for key in KEYS if key in held}).encode()),
)


@settings(
    max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.one_of(st.binary(max_size=200), st.lists(LINES, max_size=4).map(b"\n".join)))
def test_whatever_a_journal_holds_it_is_read_or_refused(tmp_path, content):
    """Refused in words, or written on; never anything else, and nothing half done."""
    made = tmp_path / "audit.yaml"
    made.write_text("answers: {}\n", "utf-8")
    journal_of(made).write_bytes(content)
    check_journal(made)
    for reading in (
        not_known,
        finish_interrupted,
        lambda each: record_answer(each, "q", 1, SIGNED, made.read_bytes()),
    ):
        with suppress(InvalidInput):
            reading(made)
    assert not list(tmp_path.glob(".*.part"))


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
