"""What YAML means here, whichever parser runs, and how a file that is none is refused."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from norm_engine.language import speaking
from norm_engine.loading import limits, yaml_reader
from norm_engine.loading.documents import open_document
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.yaml_reader import positions_of, read_yaml

PARSERS = {"C": yaml_reader._parser, "pure": yaml_reader._pure_parser}


@pytest.fixture(params=list(PARSERS), autouse=True)
def parser(request, monkeypatch):
    """Every test runs with the C parser and with the one in Python."""
    monkeypatch.setattr(yaml_reader, "_parser", PARSERS[request.param])


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def refused(text: str | bytes) -> Problem:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(InvalidInput) as caught:
        read_yaml(content, "f.yaml")
    (problem,) = caught.value.problems
    return problem


def test_the_fast_parser_is_there():
    assert type(PARSERS["C"]("a: 1")).__name__ == "CParser"


SCALARS = [
    # truth values and nothing: the words of YAML 1.2's core schema, no other
    ("true", True), ("True", True), ("FALSE", False), ("false", False), ("tRue", "tRue"),
    ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("oui", "oui"),
    ("null", None), ("~", None), ("", None), ("Null", None), ("none", "none"),
    # integers; what would lose a digit or a zero stays text
    ("0", 0), ("12", 12), ("-3", -3), ("+4", 4), ("012", "012"), ("1_000", "1_000"),
    ("0o14", "0o14"), ("0x1F", "0x1F"), ("12:30", "12:30"), ("1e3", "1e3"),
    ("123456789012345678", 123456789012345678),
    ("1234567890123456789", "1234567890123456789"),
    # decimals, fractions and shares are text until `exact` reads them
    ("1.50", "1.50"), ("0.8", "0.8"), ("4/5", "4/5"), ("80 %", "80 %"), (".5", ".5"),
    # dates are text
    ("2026-03-31", "2026-03-31"), ("2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z"),
    # quotes make text of anything
    ("'12'", "12"), ('"true"', "true"), ('"null"', "null"), ("''", ""),
    ('"\\u00e9\\n"', "é\n"), ("été", "été"), ("a: 🙂"[3:], "🙂"),
    # nothing is done to words with signs
    ("=", "="), ("a#b", "a#b"), ("http://x.fr/?a=b", "http://x.fr/?a=b"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), SCALARS)
def test_scalars(written, meant):
    read = read_yaml(f"a: {written}\n".encode(), "f")["a"]
    assert (read, type(read)) == (meant, type(meant))


DOCUMENTS = [
    ("", None),
    ("# nothing but a comment\n", None),
    ("---\na: 1\n", {"a": 1}),
    ("a: 1\n...\n", {"a": 1}),
    ("\ufeffa: é\n", {"a": "é"}),
    ("a: 1\r\nb:\r\n  - x\r\n", {"a": 1, "b": ["x"]}),
    ("a: >-\n  deux\n  lignes\n", {"a": "deux lignes"}),
    ("a: |\n  deux\n  lignes\n", {"a": "deux\nlignes\n"}),
    ("a: |\n  x\ty\n", {"a": "x\ty\n"}),
    ("no: 1\ntrue: 2\n12: 3\n", {"no": 1, "true": 2, "12": 3}),
    ("a: &x [1, 2]\nb: *x\n", {"a": [1, 2], "b": [1, 2]}),
    ("a: &x mot\nb: *x\n", {"a": "mot", "b": "mot"}),
    ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
    ("{a: {b: [ ]}, c: {}}", {"a": {"b": []}, "c": {}}),
]


@pytest.mark.parametrize(("text", "meant"), DOCUMENTS)
def test_documents(text, meant):
    assert read_yaml(text.encode(), "f") == meant


REFUSED = [
    # text, line, column, key, fragment of the message
    ("a: 1\nb: 2\na: 3\n", 3, 1, "", "“a” stands twice, already on line 1"),
    ("k:\n  - {a: 1, a: 2}\n", 2, 12, "k[1]", "“a” stands twice, already on line 2"),
    ("a: !!str 1\n", 1, 4, "a", "The tag"),
    ("a: !!python/object:os.system x\n", 1, 4, "a", "The tag"),
    ("a: ! 12\n", 1, 4, "a", "The tag “!”"),
    ("a: !x [1]\n", 1, 4, "a", "The tag “!x”"),
    ("a: *x\n", 1, 4, "a", "“*x” stands for nothing"),
    ("a: &x [*x]\n", 1, 8, "a[1]", "“*x” stands for nothing"),
    ("o: &x 1\na: &x [*x]\n", 2, 8, "a[1]", "“*x” stands for nothing"),
    ("a: {b: .nan}\n", 1, 8, "a.b", "“.nan” is not a number"),
    ("a:\n- -.INF\n", 2, 3, "a[1]", "“-.INF” is not a number"),
    ("a: 1\n---\nb: 2\n", 2, 1, "", "A second document"),
    ("%YAML 3.0\n---\na: 1\n", 1, 1, "", "starts with “%”"),
    ("# x\n%YAML 1.1\n---\na: no\n", 2, 1, "", "starts with “%”"),
    ("%TAG ! tag:x,2000:\n---\na: 1\n", 1, 1, "", "starts with “%”"),
    ("b: &b {x: 1}\na:\n  <<: *b\n", 3, 3, "a", "The merge key"),
    ("? [a]\n: 1\n", 1, 3, "", "A key must be a word"),
    ("k:\n  ? {a: 1}\n  : 1\n", 2, 5, "k", "A key must be a word"),
    ("'': 1\n", 1, 1, "", "A key must be a word"),
    ("a: x\u202ey\n", 1, 5, "", "U+202E"),
    ("a: 1 # x\u2066y\n", 1, 9, "", "U+2066"),
    ('é: "\\u202e"\n', 1, 4, "é", "U+202E"),
    ("a: 1\nb: x\x07\n", 2, 5, "", "U+0007"),
    ("a: x\x00\n", 1, 5, "", "U+0000"),
    ("a: x\x85b: y\n", 1, 5, "", "U+0085"),
    ("a: x\u2028b: y\n", 1, 5, "", "U+2028"),
    ('a: "\\ud800"\n', 1, None, "a", ""),
    ('a: "\\UFFFFFFFF"\n', 1, None, "a", ""),
    ("a: b: c\n", 1, 5, None, "a colon stands where a value is expected"),
    ("a:\n\t- x\n", 2, 1, "a", "not readable YAML"),
    ("a: [1, 2\nb: 3\n", None, None, None, "not readable YAML"),
    ("a: 'x\n", None, None, "a", "the file ends inside quotes"),
    ("a: @x\n", 1, 4, "a", "a character that cannot start a value"),
    ("a: " + "[" * 60, 1, 43, "a" + "[1]" * 39, "more than 40 deep"),
    ("a: " + "x" * 20_001, 1, 4, "a", "longer than 20000 characters"),
]


@pytest.mark.parametrize(("text", "line", "column", "key", "message"), REFUSED)
def test_what_is_refused_is_named_with_its_place_and_a_remedy(text, line, column, key, message):
    problem = refused(text)
    assert problem.file == "f.yaml"
    assert message in problem.message
    assert problem.remedy
    if line is not None:
        assert problem.line == line
    if column is not None:
        assert problem.column == column
    if key is not None:
        assert problem.key == key


def test_bytes_that_are_no_text():
    problem = refused("a: é\nb: ".encode() + b"\xe9\n")
    assert (problem.line, problem.column) == (2, 4)
    assert "UTF-8" in problem.remedy


def test_utf_16_is_no_utf_8():
    assert "UTF-8" in refused("a: 1\n".encode("utf-16")).message


BOMB = "a0: &a0 [x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)
LONG = f"a0: &a0 {'x' * 20_000}\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 4)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "more than 400000 values"),
        (LONG, "characters"),
        ("a: &x 1\nb: [" + "*x," * 101 + "]\n", "more than 100 aliases"),
    ],
    ids=["aliases of aliases", "aliases of a long text", "many aliases"],
)
def test_what_would_fill_the_memory(text, message):
    assert message in refused(text).message


def test_many_values(monkeypatch):
    monkeypatch.setattr(limits, "MAX_EVENTS", 1000)
    assert read_yaml(b"- 1\n" * 999, "f") == [1] * 999
    problem = refused("- 1\n" * 1000)
    assert "more than 1000 values" in problem.message
    assert (problem.line, problem.key) == (1000, "[1000]")


POSITIONS = """\
é: 1
liste:
  - un
  - id: deux
    vers: [x, {y: z}]
"""


def test_positions_are_those_of_keys_and_of_items():
    assert positions_of(POSITIONS.encode(), "f") == {
        (): (1, 1),
        ("é",): (1, 1),
        ("liste",): (2, 1),
        ("liste", 0): (3, 5),
        ("liste", 1): (4, 5),
        ("liste", 1, "id"): (4, 5),
        ("liste", 1, "vers"): (5, 5),
        ("liste", 1, "vers", 0): (5, 12),
        ("liste", 1, "vers", 1): (5, 15),
        ("liste", 1, "vers", 1, "y"): (5, 16),
    }


# files


def unreadable(file: Path) -> str:
    with pytest.raises(InvalidInput) as caught:
        open_document(file)
    (problem,) = caught.value.problems
    assert problem.file == str(file)
    assert problem.remedy
    return problem.message


def test_files_that_cannot_be_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "not an ordinary file" in unreadable(tmp_path / "pipe")
    assert "not an ordinary file" in unreadable(tmp_path)
    assert "not an ordinary file" in unreadable(Path("/dev/zero"))
    assert "does not exist" in unreadable(tmp_path / "none")
    assert "cannot be read" in unreadable(tmp_path / "loop")
    assert "cannot be read" in unreadable(tmp_path / ("x" * 300))
    assert "cannot be read" in unreadable(tmp_path / "a\0b")


def test_a_file_that_the_system_does_not_let_one_read():
    # reading this process's memory at address 0 fails for everybody, root included
    assert "cannot be read" in unreadable(Path("/proc/self/mem"))


def test_a_huge_file_is_refused_without_being_read(tmp_path):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(2_000_000_000)
    program = (
        "import sys; from pathlib import Path\n"
        "from norm_engine.loading.documents import open_document\n"
        "from norm_engine.loading.problems import InvalidInput\n"
        "try: open_document(Path(sys.argv[1]))\n"
        "except InvalidInput as error: print(error)\n"
    )
    limit = 300 * 1024 * 1024
    done = subprocess.run(
        [sys.executable, "-c", program, str(huge)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert "4" in done.stdout
    assert str(huge) in done.stdout


# whatever is read, only `InvalidInput` comes out

VALID = (
    POSITIONS + "a: &x {b: 'c', d: \"e\\n\"}\nf: *x\ng: |\n  texte\nh: >-\n  x\n  y\n"
).encode()
PIECES = [
    b"%YAML 3.0\n", b"---", b"\n...\n", b"? ", b": ", b"- ", b"&x ", b"*x", b"!!int ", b"<<: ",
    b"[", b"]", b"{", b"}", b"'", b'"', b"|", b">", b"\t", b"\r", b"#", b"%", b"@", b"\\", b"\xff",
    b"\xc2\x85", b"\xe2\x80\xae", b"\xef\xbb\xbf", b"\x00", b"\\ud800", b".nan", b"\n", b"  ",
]  # fmt: skip


@st.composite
def mutated(draw):
    """A valid file with pieces cut out of it and others put in."""
    content = VALID
    for _turn in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(content)))
        end = start + draw(st.integers(0, 5))
        content = content[:start] + draw(st.sampled_from([b"", *PIECES])) + content[end:]
    return content


def outcomes(content: bytes) -> dict[str, object]:
    """What each parser makes of a file: its data with their positions, or None when refused."""
    made = {}
    chosen = yaml_reader._parser
    try:
        for name, parser in PARSERS.items():
            yaml_reader._parser = parser
            try:
                made[name] = (read_yaml(content, "f"), positions_of(content, "f"))
            except InvalidInput:
                made[name] = None
    finally:
        yaml_reader._parser = chosen
    return made


def agree(content: bytes) -> None:
    """Where both parsers accept a file, it means the same to both."""
    made = outcomes(content)
    data = {name: each[0] for name, each in made.items() if each}
    if len(data) == 2:
        assert repr(data["C"]) == repr(data["pure"])
        if data["C"] is not None:
            assert made["C"] == made["pure"]


class TestAnything:
    @pytest.fixture(autouse=True)
    def parser(self):
        """Both parsers run in each of these tests."""

    @given(st.binary(max_size=60))
    def test_random_bytes(self, content):
        agree(content)

    @given(st.lists(st.sampled_from([*PIECES, b"a", b"b: ", b"1"]), max_size=12).map(b"".join))
    @example(b"|\n...\n")  # one reader takes the end of the document for a line of the text
    def test_random_pieces(self, content):
        agree(content)

    @given(mutated())
    def test_mutated_files(self, content):
        agree(content)
