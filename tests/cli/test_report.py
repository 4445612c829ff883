"""`norm-engine report` as its users meet it: what is written where, and what is refused."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.cli.program import Ended, in_this_process
from tests.support.poppler import text_of
from tests.support.secretive_audit import OVERLAY_WORDS, audit_folder
from tests.support.tampering import with_page

DAY = "2026-11-25"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small audit, its rule set, and an overlay."""
    audit_folder(tmp_path)
    return tmp_path


def report(place: Path, *more: str | Path) -> Ended:
    asked = ("report", place / "audit", "--rules", place / "regles", "--as-of", DAY)
    return in_this_process(*asked, *more)


def verified(file: Path) -> Ended:
    return in_this_process("verify", file, "--format", "json")


def test_a_report_goes_into_the_folder_of_its_audit(place: Path) -> None:
    ended = report(place)
    file = place / "audit" / "rapports" / f"self-audit-{DAY}.pdf"
    assert (ended.code, ended.out) == (0, "")
    assert str(file) in ended.err
    assert file.read_bytes().startswith(b"%PDF-1.7")


def test_what_changed_gets_a_number_and_what_did_not_is_left_as_it_is(place: Path) -> None:
    report(place)
    report(place)
    folder = place / "audit" / "rapports"
    assert [file.name for file in folder.iterdir()] == [f"self-audit-{DAY}.pdf"]
    audit = place / "audit" / "audit.yaml"
    audit.write_text(audit.read_text("utf-8").replace("postes: 4", "postes: 3"), "utf-8")
    report(place)
    names = sorted(file.name for file in folder.iterdir())
    assert names == [f"self-audit-{DAY}-2.pdf", f"self-audit-{DAY}.pdf"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("self-audit", "auto-evaluation"),
        ("compliance", "rapport-audit"),
        ("checklist", "liste-de-controle"),
        ("summary", "synthese"),
    ],
)
def test_every_kind_holds_when_verified(place: Path, kind: str, name: str) -> None:
    ended = report(place, "--kind", kind, "--lang", "fr")
    file = place / "audit" / "rapports" / f"{name}-{DAY}.pdf"
    assert ended.code == 0
    seen = verified(file)
    assert (seen.code, seen.data["verdict"]) == (0, "holds")
    assert seen.data["report"]["kind"] == kind


def test_a_report_that_was_altered_does_not_hold(place: Path) -> None:
    file = place / "a.pdf"
    report(place, "--kind", "summary", "-o", file)
    # every page starts by moving to where its first words stand
    file.write_bytes(with_page(file.read_bytes(), 1, lambda content: b"1 0 0 1 9 9 cm " + content))
    seen = verified(file)
    assert (seen.code, seen.data["verdict"]) == (1, "differs")


@pytest.mark.parametrize("name", ["page.html", "PAGE.HTML", "page.htm"])
def test_an_ending_says_what_to_write(place: Path, name: str) -> None:
    assert report(place, "-o", place / name).code == 0
    assert (place / name).read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_format_may_be_asked_for(place: Path) -> None:
    assert report(place, "--format", "html").code == 0
    assert (place / "audit" / "rapports" / f"self-audit-{DAY}.html").is_file()


@pytest.mark.parametrize("options", [("--format", "pdf", "-o", "a.html"), ("-o", "a.docx")])
def test_a_name_that_says_something_else_is_refused(place: Path, options) -> None:
    ended = report(place, *options)
    assert (ended.code, options[-1] in ended.err) == (2, True)


def test_a_file_that_is_named_is_replaced_as_a_whole(place: Path) -> None:
    folder = place / "chez-moi"
    folder.mkdir()
    file = folder / "a.pdf"
    file.write_bytes(b"autre chose" * 100_000)
    assert report(place, "-o", file).code == 0
    report(place, "-o", place / "b.pdf")
    assert file.read_bytes() == (place / "b.pdf").read_bytes()
    assert list(folder.iterdir()) == [file]
    assert not (place / "audit" / "rapports").exists()


@pytest.mark.parametrize(
    ("language", "tagged", "words"),
    [
        ("fr", "fr-FR", ("Listes de contrôle des ateliers", "À la date du 25/11/2026")),
        ("en", "en-GB", ("Workshop checklists", "As of 25 November 2026")),
    ],
)
def test_a_report_is_in_the_language_asked_for(place: Path, language, tagged, words) -> None:
    file = place / "a.pdf"
    assert report(place, "--kind", "checklist", "--lang", language, "-o", file).code == 0
    with pikepdf.open(file) as pdf:
        assert pdf.Root.Lang == tagged
    said = " ".join(text_of(file).split())
    assert [each for each in words if each not in said] == []


def test_a_checklist_of_one_workshop_speaks_of_that_one_alone(place: Path) -> None:
    assert report(place, "--kind", "checklist", "--workshop", "atelier-2").code == 0
    file = place / "audit" / "rapports" / f"checklist-atelier-2-{DAY}.pdf"
    said = text_of(file)
    assert ("Workshop 2 · Deux" in said, "Workshop 1 · Un" in said) == (True, False)
    assert verified(file).code == 0


def test_a_blank_checklist_needs_no_audit(place: Path) -> None:
    ended = in_this_process(
        *("report", "--kind", "checklist", "--ruleset", "petite", "--rules", place / "regles"),
        *("-o", place / "vierge.pdf", "--as-of", DAY),
    )
    assert ended.code == 0
    seen = verified(place / "vierge.pdf")
    assert (seen.code, seen.data["structure"]) == (0, None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--kind", "checklist", "--workshop", "atelier-9"),
            "There is no workshop “atelier-9”. Write one of: atelier-1, atelier-2.",
        ),
        (("--workshop", "atelier-1"), "--kind checklist"),
        (("--kind", "compliance", "--workshop", "atelier-1"), "--kind checklist"),
        (("--ruleset", "petite"), "--kind checklist"),
        (("--kind", "checklist", "--ruleset", "inconnue"), "inconnue"),
        (("--kind", "checklist", "--ruleset", "petite", "--all", "."), "--all"),
        (("--all", "."), "-o"),
        (("--sign", "c.p12", "--format", "html"), "--sign"),
        (("--sign", "c.p12", "--all", ".", "-o", "sortie"), "--sign"),
        (("-o", "."), "“.” is a folder"),
        (("--kind", "poster"), "poster"),
    ],
)
def test_options_that_say_nothing_together_are_wrong_usage(place: Path, options, said) -> None:
    ended = report(place, *options)
    assert ended.code == 2
    assert said in ended.err
    assert not (place / "audit" / "rapports").exists()


def test_an_audit_that_is_not_valid_gives_no_report(place: Path) -> None:
    audit = place / "audit" / "audit.yaml"
    audit.write_text(audit.read_text("utf-8").replace("postes: 4", "postes: quatre"), "utf-8")
    (place / "avant.pdf").write_bytes(b"le rapport d'avant")
    for more in ((), ("-o", place / "neuf.pdf"), ("-o", place / "avant.pdf")):
        ended = report(place, *more)
        assert ended.code == 3
        assert "postes" in ended.err
    assert not (place / "audit" / "rapports").exists()
    assert not (place / "neuf.pdf").exists()
    assert (place / "avant.pdf").read_bytes() == b"le rapport d'avant"


def test_a_logo_is_looked_at_before_anything_is_written(place: Path) -> None:
    Image.new("CMYK", (20, 20)).save(place / "presse.jpg")
    (place / "logo.svg").write_text("<svg/>", "utf-8")
    for name, said in (
        ("absent.png", "does not exist"),
        ("logo.svg", "neither a PNG nor a JPEG"),
        ("presse.jpg", "CMYK"),
    ):
        ended = report(place, "--logo", place / name)
        assert ended.code == 3
        assert name in ended.err
        assert said in ended.err
    assert not (place / "audit" / "rapports").exists()


def test_a_logo_is_on_the_page_and_in_the_proof(place: Path) -> None:
    Image.new("RGBA", (60, 20), (200, 30, 30, 128)).save(place / "logo.png")
    ended = report(place, "--kind", "summary", "--logo", place / "logo.png", "-o", place / "a.pdf")
    assert ended.code == 0
    with pikepdf.open(place / "a.pdf") as pdf:
        assert len(pdf.pages[0].get_images()) == 1
        assert (
            pdf.attachments["logo.png"].get_file().read_bytes() == (place / "logo.png").read_bytes()
        )
    assert verified(place / "a.pdf").code == 0


KINDS = ("self-audit", "compliance", "checklist", "summary", "plan")
HIDDEN_OR_NOT = [(kind, shown) for kind in KINDS for shown in (False, True)]


def everything_in(file: Path) -> bytes:
    """What a PDF holds besides the words on its pages, unpacked: metadata, bookmarks, files …"""
    unpacked = io.BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(
            unpacked,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return unpacked.getvalue()


@pytest.mark.parametrize(("kind", "shown"), HIDDEN_OR_NOT)
def test_the_wording_of_an_overlay_is_shown_when_it_is_asked_for(
    place: Path, kind: str, shown: bool
) -> None:
    file = place / "a.pdf"
    more = ["--with-overlay-texts"] if shown else []
    overlay = ("--overlay", place / "reseau.yaml")
    assert report(place, "--kind", kind, *overlay, "-o", file, *more).code == 0
    with pikepdf.open(file) as pdf:
        attached = b"".join(each.get_file().read_bytes() for each in pdf.attachments.values())
    # what the overlay decides is attached all the same
    assert b"reseau-x" in attached
    assert (OVERLAY_WORDS in " ".join(text_of(file).split())) is shown
    assert (OVERLAY_WORDS.encode() in attached) is shown
    # texts of a PDF outside of its pages stand in one of two encodings
    held = everything_in(file)
    assert any(OVERLAY_WORDS.encode(each) in held for each in ("latin-1", "utf-16-be")) is shown
    assert verified(file).code == 0


def test_a_page_hides_the_wording_of_an_overlay_too(place: Path) -> None:
    for more, shown in (((), False), (("--with-overlay-texts",), True)):
        overlay = ("--overlay", place / "reseau.yaml")
        report(place, "--kind", "compliance", *overlay, "-o", place / "a.html", *more)
        assert (OVERLAY_WORDS in (place / "a.html").read_text("utf-8")) is shown


@pytest.mark.parametrize(("where", "code"), [("fichier/a.pdf", 4), ("/proc/a.pdf", 5)])
def test_where_nothing_can_be_written_the_reason_is_said(place: Path, where, code) -> None:
    (place / "fichier").write_text("", "utf-8")
    ended = report(place, "-o", place / where)
    assert (ended.code, ended.out) == (code, "")
    assert str(place / where) in ended.err
    assert "The system refuses" in ended.err
    assert ".part" not in ended.err


def test_what_stands_where_reports_would_go_is_left_alone(place: Path) -> None:
    (place / "audit" / "rapports").write_text("mes notes", "utf-8")
    ended = report(place)
    assert (ended.code, "rapports" in ended.err) == (4, True)
    assert (place / "audit" / "rapports").read_text("utf-8") == "mes notes"


def test_a_folder_that_has_the_name_of_a_report_is_something_else(place: Path) -> None:
    folder = place / "audit" / "rapports"
    (folder / f"self-audit-{DAY}.pdf").mkdir(parents=True)
    assert report(place).code == 0
    assert (folder / f"self-audit-{DAY}-2.pdf").is_file()
