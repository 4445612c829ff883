"""The French catalogue: complete, well set, in step with the code, and what the program speaks."""

import ast
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from norm_engine.cli.main import VERBS, chosen_language
from norm_engine.language import LOCALE_FOLDER

ROOT = Path(__file__).parents[2]
OURS = ROOT / "norm_engine"
CATALOGUE = Path(LOCALE_FOLDER) / "fr" / "LC_MESSAGES" / "messages.po"
MARKERS = ("_", "ngettext", "pgettext", "mark")
"""What our code calls to have a message translated, or marked for it."""

Key = tuple[str | None, str, str | None]
"""Context, message, plural."""

THIN, WIDE = "\u202f", "\u00a0"


def key_of(message: Message) -> Key:
    one, *several = (message.id,) if isinstance(message.id, str) else message.id
    context: str | bytes | None = message.context
    if isinstance(context, bytes):  # so are they read from compiled catalogues
        context = context.decode()
    return context or None, one, several[0] if several else None


def said_in(message: Message) -> list[str]:
    """The translations of a message: one, or one for each number."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


@cache
def french() -> Catalog:
    with CATALOGUE.open("rb") as opened:
        return read_po(opened, locale="fr")


def messages() -> list[Message]:
    """The messages of the catalogue, without its head."""
    return [each for each in french() if each.id]


@cache
def extracted() -> frozenset[Key]:
    """What Babel finds in our code and in the command-line library, as ``make catalogues`` does."""
    keywords = {**DEFAULT_KEYWORDS, "mark": None}
    template = Catalog()
    for folder in (OURS, *map(Path, click.__path__)):
        for _file, _line, found, _comments, context in extract_from_dir(folder, keywords=keywords):
            template.add(found, context=context)
    return frozenset(key_of(each) for each in template if each.id)


def translations() -> Iterator[tuple[str, str]]:
    """Every French text, with the English one that it stands for."""
    for message in messages():
        _context, one, several = key_of(message)
        for said, meant in zip(said_in(message), (one, several or one), strict=False):
            yield meant, said


# ---- complete and in step


def test_every_message_is_in_the_catalogue() -> None:
    assert sorted(extracted() - {key_of(each) for each in messages()}, key=str) == []


def test_the_catalogue_holds_nothing_else() -> None:
    assert sorted({key_of(each) for each in messages()} - extracted(), key=str) == []
    assert list(french().obsolete) == []


def test_everything_is_translated() -> None:
    for message in messages():
        wanted = 1 if isinstance(message.id, str) else 2
        said = said_in(message)
        assert len(said) == wanted, message.id
        assert all(said), message.id
        assert not message.fuzzy, message.id


def test_the_compiled_catalogue_is_in_step() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as opened:
        compiled = read_mo(opened)
    assert compiled.num_plurals == french().num_plurals
    assert compiled.plural_expr == french().plural_expr
    found = {key_of(each): said_in(each) for each in compiled if each.id}
    assert found == {key_of(each): said_in(each) for each in messages()}


def test_no_message_escapes_the_extraction() -> None:
    """Babel sees no message inside of an f-string; nothing can translate one that is made up."""
    known = {(one, several) for _context, one, several in extracted()}
    for file in OURS.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in MARKERS:
                continue
            where = f"{file.relative_to(ROOT)}:{node.lineno}"
            assert not any(isinstance(each, ast.JoinedStr) for each in node.args), where
            words = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if node.func.id == "pgettext":
                words = words[1:]
            if words:
                pair = (words[0], words[1] if node.func.id == "ngettext" else None)
                assert pair in known, where


# ---- well set


def test_placeholders_are_those_of_the_message() -> None:
    """Of a message with a plural, each form may have those of either."""
    for message in messages():
        _context, one, several = key_of(message)
        allowed = [placeholders(each) for each in (one, several) if each is not None]
        for said in said_in(message):
            assert placeholders(said) in allowed, said


def placeholders(text: str) -> set[str]:
    """The names in ``{name}`` (however it is converted) and ``%(name)s``."""
    fields = {name for _words, name, *_rest in string.Formatter().parse(text) if name}
    return fields | set(re.findall(r"%\((\w+)\)s", text))


def test_spaces_and_signs_are_french() -> None:
    wrong = [said for _meant, said in translations() if any(each.search(said) for each in _WRONG)]
    assert wrong == []


_WRONG = [
    re.compile(pattern)
    for pattern in (
        "'",  # the apostrophe is ’
        '[“”"]',  # quotes are « »
        r"\.\.\.",  # the ellipsis is …
        "[ \u00a0][?!;%»]",  # a thin space stands before these
        r"[^\W\d_\s\]][?!;](?!\S)",  # …  and not nothing
        "(?<!«)[ \u202f]:(?!\\w)",  # a wide one before the colon
        "«[^\u202f]",
        "[^\u202f]»",
        " {2}",
    )
]


SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def test_margins_are_those_of_the_message() -> None:
    """Spaces at the ends, and the full stop, since messages are put together with others."""
    # the library puts a colon behind its headings, for which French wants a space
    headings = {"Options", "Commands", "Positional arguments"}
    for meant, said in translations():
        if meant in headings:
            assert said.endswith(WIDE)
            continue
        head = said.startswith((" ", THIN, WIDE))
        assert head == (meant[0] in " ;:"), said
        assert said.endswith(" ") == meant.endswith(" "), said
        # « avr. » is cut short, “Apr” is not
        if meant not in SHORT_MONTHS and not meant.endswith(("...", "!", "?", ")")):
            assert said.endswith(".") == meant.endswith("."), said


def test_no_english_is_left() -> None:
    for _meant, said in translations():
        # keys and commands are quoted as they are written
        prose = re.sub(r"«[^»]*»|\{[^}]*\}|%\(\w+\)s|--[\w-]+|\w+\.yaml", " ", said)
        assert not _ENGLISH.findall(prose), said


_ENGLISH = re.compile(
    r"\b(the|this|that|these|those|there|of|to|and|is|are|was|were|be|been|it|its|with|without|from"
    r"|for|by|at|not|no|has|have|must|should|can|cannot|may|which|what|when|where|who|how|why|your"
    r"|you|write|read|file|folder|answer|evidence|requirement|setting|finding|gap|missing|unknown)\b"
    r"(?! \(je ne sais pas\))",
    re.IGNORECASE,
)


_NAMES_IN_CAPITALS = {
    *("CMJN", "HTML", "JPEG", "JSON", "PDF", "PKCS", "PNG", "RVB", "SHA", "STR", "SVG"),
    *("UTF", "UUID", "YAML"),
}


def test_nothing_is_shouted() -> None:
    """Words in capitals are what the user is to replace, or names that are so written."""
    for meant, said in translations():
        if re.sub(r"[\W\d_]", "", meant).isupper() or meant.startswith("COMMAND"):
            continue
        shouted = set(re.findall(r"\b[^\W\d_]{3,}\b", said)) & set(
            re.findall(r"\b[A-ZÀ-Þ]{3,}\b", said)
        )
        assert shouted <= _NAMES_IN_CAPITALS, said


# ---- what the program speaks


def program(*arguments: str, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run the program as users do, in a process of its own that knows of no locale but these."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "norm_engine", *arguments],
        env={**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "80", **surroundings},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


SPOKEN = [
    # arguments, exit code, French, English
    (
        ["--help"],
        0,
        [
            f"Utilisation{WIDE}: norm-engine [OPTIONS] COMMANDE [ARGUMENTS]…",
            f"Options{WIDE}:",
            "Affiche cette aide.",
            f"Commandes{WIDE}:",
        ],
        [
            "Usage: norm-engine [OPTIONS] COMMAND [ARGUMENTS]…",
            "Options:",
            "Show this message and exit.",
            "Commands:",
        ],
    ),
    (
        ["evaluate", "--help"],
        0,
        [f"Utilisation{WIDE}: norm-engine evaluate [OPTIONS] [AUDIT]", "--as-of JOUR"],
        ["Usage: norm-engine evaluate [OPTIONS] [AUDIT]", "--as-of DAY"],
    ),
    (
        ["evaluate", "a", "b", "c"],
        2,
        [
            f"Écrivez «{THIN}norm-engine evaluate --help{THIN}» pour obtenir de l’aide.",
            f"Erreur{WIDE}: Des arguments sont de trop{WIDE}: b c",
        ],
        [
            "Try 'norm-engine evaluate --help' for help.",
            "Error: Got unexpected extra arguments (b c)",
        ],
    ),
    (
        ["evaluate", "a", "b"],
        2,
        [f"Erreur{WIDE}: Un argument est de trop{WIDE}: b"],
        ["Error: Got unexpected extra argument (b)"],
    ),
    (
        ["evaluate", "--format", "xml"],
        2,
        [
            f"Erreur{WIDE}: Valeur incorrecte pour «{THIN}--format{THIN}».",
            f"«{THIN}xml{THIN}» ne convient pas.",
            f"Écrivez l’un de ces mots{WIDE}: «{THIN}text{THIN}», «{THIN}json{THIN}».",
        ],
        ["Error: Invalid value for '--format': 'xml' is not one of 'text', 'json'."],
    ),
    (
        ["new"],
        2,
        [f"Erreur{WIDE}: Il manque l’argument «{THIN}DOSSIER{THIN}»."],
        ["Error: Missing argument 'FOLDER'."],
    ),
    (
        ["evaluate", "--frmat", "text"],
        2,
        [
            f"Erreur{WIDE}: L’option «{THIN}--frmat{THIN}» n’existe pas."
            f" Vouliez-vous dire «{THIN}--format{THIN}»{THIN}?"
        ],
        ["Error: No such option '--frmat'. Did you mean '--format'?"],
    ),
    (
        ["evaluate", "--as-of"],
        2,
        [f"Erreur{WIDE}: L’option «{THIN}--as-of{THIN}» attend une valeur."],
        ["Error: Option '--as-of' requires an argument."],
    ),
    (
        ["evalute"],
        2,
        [
            f"Erreur{WIDE}: La commande «{THIN}evalute{THIN}» n’existe pas."
            f" Vouliez-vous dire «{THIN}evaluate{THIN}»{THIN}?"
        ],
        ["Error: There is no command “evalute”. Did you mean “evaluate”?"],
    ),
]


@pytest.mark.parametrize(
    ("arguments", "code", "in_french", "in_english"), SPOKEN, ids=[" ".join(s[0]) for s in SPOKEN]
)
def test_the_language_of_the_surroundings(
    arguments: list[str], code: int, in_french: list[str], in_english: list[str]
) -> None:
    for language, expected, other in (
        ("fr", in_french, in_english),
        ("en", in_english, in_french),
    ):
        ended = program(*arguments, LANGUAGE=language)
        assert ended.returncode == code
        said = ended.stderr if code else ended.stdout
        assert [each for each in expected if each not in said] == []
        assert [each for each in other if each in said] == []


@pytest.mark.parametrize(
    ("surroundings", "arguments", "expected"),
    [
        ({}, [], "Affiche cette aide."),
        ({"LANG": "C"}, [], "Affiche cette aide."),
        ({"LANG": "en_GB.UTF-8"}, [], "Show this message and exit."),
        ({"LANG": "en_GB.UTF-8"}, ["--lang", "fr"], "Affiche cette aide."),
        ({"LANG": "fr_FR.UTF-8"}, ["--lang", "en"], "Show this message and exit."),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, ["--lang=en"], "Show this message and exit."),
    ],
)
def test_the_language_asked_for(
    surroundings: dict[str, str], arguments: list[str], expected: str
) -> None:
    for place in ([*arguments, "evaluate", "--help"], ["evaluate", *arguments, "--help"]):
        assert expected in program(*place, **surroundings).stdout


@pytest.mark.parametrize(
    ("surroundings", "arguments", "expected"),
    [
        # nothing said, or what servers have: French
        ({}, [], "fr"),
        ({"LANG": ""}, [], "fr"),
        ({"LANG": "C"}, [], "fr"),
        ({"LANG": "C.UTF-8"}, [], "fr"),
        ({"LANG": "POSIX"}, [], "fr"),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, [], "fr"),
        # English is a choice; of other languages we have none
        ({"LANG": "en_GB.UTF-8"}, [], "en"),
        ({"LANG": "EN_us"}, [], "en"),
        ({"LANG": "fr_CA.UTF-8"}, [], "fr"),
        ({"LANG": "de_DE.UTF-8"}, [], "fr"),
        # the stronger variable speaks first, an empty one not at all
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, [], "en"),
        ({"LC_ALL": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, [], "fr"),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, [], "en"),
        ({"LANGUAGE": "en:fr", "LC_ALL": "fr_FR.UTF-8"}, [], "en"),
        ({"LANGUAGE": "fr:en", "LC_ALL": "en_GB.UTF-8"}, [], "fr"),
        # --lang wins, wherever and however it is written
        ({"LC_ALL": "fr_FR.UTF-8"}, ["--lang", "en"], "en"),
        ({"LANGUAGE": "en"}, ["evaluate", "audit", "--lang=fr"], "fr"),
        ({"LANG": "en_GB.UTF-8"}, ["evaluate", "--lang", "fr", "audit"], "fr"),
        # one that there is not leaves it to the surroundings, so that its refusal can be read
        ({"LANG": "en_GB.UTF-8"}, ["--lang", "de"], "en"),
        ({"LANG": "fr_FR.UTF-8"}, ["--lang", "english"], "fr"),
        ({"LANG": "en_GB.UTF-8"}, ["--lang"], "en"),
        ({"LANG": "fr_FR.UTF-8"}, ["--language", "en"], "fr"),
    ],
)
def test_chosen_language(
    surroundings: dict[str, str],
    arguments: Sequence[str],
    expected: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert chosen_language(arguments) == expected


def test_a_language_that_there_is_not_is_refused() -> None:
    ended = program("--lang", "de", "evaluate", LANG="C")
    assert ended.returncode == 2
    assert f"Valeur incorrecte pour «{THIN}--lang{THIN}»." in ended.stderr


@pytest.mark.parametrize("verb", [*VERBS, "rules list", "rules show", "rules check", "rules test"])
def test_the_help_of_every_verb_is_french_and_fits(verb: str) -> None:
    ended = program(*verb.split(), "--help", LANGUAGE="fr")
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"Utilisation{WIDE}: norm-engine {verb} ")
    assert not _ENGLISH.findall(re.sub(r"--[\w-]+|norm-engine [\w ]+", " ", ended.stdout))
    assert [line for line in ended.stdout.splitlines() if len(line) > 80] == []
