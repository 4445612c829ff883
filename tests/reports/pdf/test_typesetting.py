"""Setting text on lines: what is shown of it, in which font, and that nothing is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norm_engine.reports.pdf.faces import BOLD, FALLBACK, MISSING, REGULAR, Face, covers, width
from norm_engine.reports.pdf.typesetting import Run, cut_short, in_fonts, set_lines, shown

FACE = Face(REGULAR, 10, "#000000")
STRONG = Face(BOLD, 10, "#000000")
SPACES = dict.fromkeys(map(ord, " \n"))

TEXTS = st.text(st.characters(codec="utf-8"), max_size=80)
"""Any text that a file in UTF-8 can hold."""
SENTENCES = st.text(st.sampled_from("abcéW «»\u00a0\u202f’\n—") | st.characters(codec="utf-8"))


def written(line) -> str:
    return "".join(run.text for run, _width in line.runs)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("cafe\u0301", "café"),
        ("un\tdeux", "un deux"),
        ("un\r\ndeux\rtrois\u2028quatre\u2029cinq", "un\ndeux\ntrois\nquatre\ncinq"),
        ("12\u202f000\u00a0€", "12\u202f000\u00a0€"),
        ("un\u3000deux\u2003trois", "un deux trois"),
        ("a\x00b\x07c\x1b[31md\x9fe", "abc[31mde"),
        ("zéro\u200blargeur\ufeff, tiret\u00adconditionnel", "zérolargeur, tiretconditionnel"),
        ("droite\u202eà\u202cgauche", "droiteàgauche"),
        ("privé \ue000, non assigné \u0378, jamais \uffff", "privé , non assigné , jamais "),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_is_shown_of_a_text(given_: str, expected: str) -> None:
    assert shown(given_) == expected


def fonts_of(text: str) -> list[tuple[str, str]]:
    return [(run.text, run.face.font) for run in in_fonts(Run(text, FACE))]


def test_a_text_stays_in_its_own_font_as_long_as_that_has_the_characters() -> None:
    text = "« Évaluation », 12 000 € — l’œuvre…"
    (found,) = fonts_of(text)
    # the spaces beside a sign are not where a line may end
    assert (found[0].replace("\u00a0", " "), found[1]) == (text, REGULAR)
    assert "«\u00a0É" in found[0]


def test_only_the_characters_that_a_font_lacks_are_set_in_another_one() -> None:
    assert fonts_of("a שלום b") == [("a ", REGULAR), ("שלום", FALLBACK), (" b", REGULAR)]


def test_what_no_font_has_is_shown_as_missing_and_not_left_out() -> None:
    assert fonts_of("avant 社会 après") == [
        ("avant ", REGULAR),
        (MISSING * 2, FALLBACK),
        (" après", REGULAR),
    ]


def test_a_mark_that_no_font_has_does_not_spoil_the_letter_under_it() -> None:
    # U+1AB0: a combining mark that few fonts have
    assert fonts_of("a\u1ab0b") == [("ab", REGULAR)]


@given(TEXTS)
def test_every_character_is_set_in_a_font_that_has_it(text: str) -> None:
    for run in in_fonts(Run(text, FACE)):
        assert covers(run.face.font, run.text.replace("\n", ""))
        assert not any(
            unicodedata.category(each) in {"Cc", "Cf"} for each in run.text if each != "\n"
        )


def test_lines_are_filled_word_by_word() -> None:
    wide = width("un deux", FACE)
    assert [written(line) for line in set_lines([Run("un deux trois", FACE)], wide + 0.01)] == [
        "un deux",
        "trois",
    ]
    assert [written(line) for line in set_lines([Run("un deux trois", FACE)], wide - 0.01)] == [
        "un",
        "deux",
        "trois",
    ]


def test_a_space_that_does_not_break_holds_words_together() -> None:
    lines = set_lines([Run("un deux\u00a0?", FACE)], width("un deux", FACE) + 1)
    assert [written(line) for line in lines] == ["un", "deux\u00a0?"]


def test_a_word_in_two_faces_is_one_word() -> None:
    runs = [Run("pré ", FACE), Run("médi", FACE), Run("ation", STRONG)]
    lines = set_lines(runs, width("pré médiati", FACE))
    assert [written(line) for line in lines] == ["pré", "médiation"]


def test_ends_of_lines_are_kept_empty_lines_too() -> None:
    assert [written(line) for line in set_lines([Run("un\n\ndeux", FACE)], 200)] == [
        "un",
        "",
        "deux",
    ]


def test_there_is_one_line_even_where_there_is_no_text() -> None:
    (line,) = set_lines([], 200)
    assert (line.runs, line.width) == ((), 0)


def test_a_word_wider_than_a_line_is_torn_and_nothing_of_it_is_lost() -> None:
    word = "x" * 10_000
    lines = set_lines([Run(f"un {word} deux", FACE)], 100)
    assert "".join(map(written, lines)) == f"un{word} deux"
    assert written(lines[0]) == "un"
    assert max(line.width for line in lines) <= 100


@given(st.lists(SENTENCES, max_size=4), st.integers(20, 400))
def test_no_line_is_wider_than_its_room(parts: list[str], room: int) -> None:
    runs = [Run(part, FACE if at % 2 else STRONG) for at, part in enumerate(parts)]
    for line in set_lines(runs, room):
        measured = sum(width(run.text, run.face) for run, _width in line.runs)
        assert measured == pytest.approx(line.width, abs=1e-6)
        assert line.width <= room + 1e-6


@given(st.lists(SENTENCES, max_size=4), st.integers(20, 400))
def test_nothing_is_lost_but_spaces_and_ends_of_lines(parts: list[str], room: int) -> None:
    runs = [Run(part, FACE if at % 2 else STRONG) for at, part in enumerate(parts)]
    wanted = "".join(each.text for run in runs for each in in_fonts(run))
    lines = "".join(written(line) for line in set_lines(runs, room))
    assert lines.translate(SPACES) == wanted.translate(SPACES)


@given(SENTENCES, st.integers(20, 400))
def test_no_word_is_torn_unless_it_is_wider_than_a_line(text: str, room: int) -> None:
    lines = " ".join(written(line) for line in set_lines([Run(text, FACE)], room)).split(" ")
    for word in (
        "".join(run.text for run in in_fonts(Run(text, FACE))).replace("\n", " ").split(" ")
    ):
        wide = sum(width(run.text, run.face) for run in in_fonts(Run(word, FACE)))
        assert not word or word in lines or wide > room - 1e-6


@given(SENTENCES, st.integers(10, 400))
def test_what_is_cut_short_fits_and_says_that_it_was_cut(text: str, room: int) -> None:
    runs = cut_short(text, FACE, room)
    said = "".join(run.text for run in runs)
    assert "\n" not in said
    assert sum(width(run.text, run.face) for run in runs) <= room + 1e-6
    whole = "".join(run.text for run in in_fonts(Run(text.replace("\n", " "), FACE)))
    assert said.endswith("…") or said.split() == whole.replace("\n", " ").split()


def test_a_word_that_no_page_could_hold_is_cut_short_too() -> None:
    runs = cut_short("a " + "x" * 40_000, FACE, 100)
    said = "".join(run.text for run in runs)
    assert said.startswith("a xxx")
    assert said.endswith("x…")
