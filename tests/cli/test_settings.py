"""``--setting NAME=VALUE``: what fits is tried out, whatever else is refused in words."""

import pytest

from tests.cli.program import AUDITS, in_this_process

EXAMPLE = AUDITS / "association-point-d-appui"
COUNT = "mineures_tolerees"


def tried(written):
    return in_this_process("plan", EXAMPLE, "--as-of", "2026-09-01", "--setting", written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"{COUNT}=²", "“²” does not fit here. Write a number: 3, 4/5, 80 % or 0.8."),
        (f"{COUNT}=٣", "“٣” does not fit here."),
        (f"{COUNT}=" + "9" * 5000, "9…” does not fit here."),
        (f"{COUNT}=" + "9" * 19, "does not fit here."),
        (f"{COUNT}=-1", "“-1” does not fit here. Write a whole number from 0."),
        (f"{COUNT}=1/2", "“1/2” does not fit here. Write a whole number from 0."),
        (f"{COUNT}=\x1b[31m", "A character that is not seen stands here (U+001B)."),
        (f"{COUNT}=\udcff", "A character that is not seen stands here (U+DCFF)."),
        (f"{COUNT}=", f"“{COUNT}=”: write a name and a value, such as"),
        (COUNT, f"“{COUNT}”: write a name and a value, such as"),
        ("=3", "“=3”: the name of the setting is missing, as in fraicheur_document_cadre=P3Y."),
        (" =3", "“ =3”: the name of the setting is missing, as in"),
        ("mineures_toleres=3", f"“mineures_toleres” does not exist. Did you mean “{COUNT}”?"),
        ("zzz=3", "“zzz” does not exist. Correct its name; “norm-engine rules doc” lists"),
        ("z" * 500 + "=3", "z…” does not exist."),
    ],
    ids=lambda each: ascii(each[:30]),
)
def test_what_does_not_fit_is_refused(written, said):
    done = tried(written)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert len(done.err) < 1000


@pytest.mark.parametrize("written", [f"{COUNT}=0", f" {COUNT} = 3 ", f"{COUNT}=007"])
def test_what_fits_is_tried_out(written):
    assert tried(written).code in (0, 1)


def test_the_verb_that_is_named_does_list_the_settings(tmp_path):
    assert in_this_process("rules", "doc", "-o", tmp_path / "a.md").code == 0
    assert COUNT in (tmp_path / "a.md").read_text("utf-8")
