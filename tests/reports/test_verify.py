"""Verifying reports: what holds, and every way in which one may not, each told by its name."""

import datetime
import io
import random
import shutil
import zlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import jsonschema
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from norm_engine.authoring.schemas import PUBLISHED
from norm_engine.language import speaking
from norm_engine.loading.fingerprints import fingerprints
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.schemas import schema_of
from norm_engine.model.report_results import VerificationResult
from norm_engine.reports.proof import signing
from norm_engine.reports.proof.opening import read_report
from norm_engine.reports.proof.signing import sign
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.reading import read_blank, read_subject
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import KINDS, Subject, Wish
from tests.cli.program import in_this_process, norm_engine
from tests.support.certificates import held, pkcs12_file
from tests.support.report_material import looking_back
from tests.support.secretive_audit import AS_OF, LEAFLET, SECRET, audit_folder, secretive_subject
from tests.support.small_report import small_report
from tests.support.small_rules import audit, criterion, requirement, rules
from tests.support.tampering import attached, saved, with_files, with_json, with_page

WISH = Wish("self-audit", language="en")
AUDITS = Path(__file__).parents[2] / "audits"
EXAMPLES = sorted(each.parent.name for each in AUDITS.glob("*/audit.yaml"))
NOON = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("verifier")


@pytest.fixture(scope="module")
def subject(place) -> Subject:
    return secretive_subject(place)


@pytest.fixture(scope="module")
def report(subject) -> bytes:
    return small_report(subject, WISH)


@pytest.fixture(scope="module")
def signed(report) -> bytes:
    return sign(report, pkcs12_file(held("Jeanne Exemple"), "secret"), "secret", at=NOON)


def outcomes(result: VerificationResult) -> dict[str, str]:
    """What each check found, those that hold left out."""
    return {each.id: each.outcome for each in result.checks if each.outcome != "holds"}


def details(result: VerificationResult, check: str) -> list[str]:
    [found] = [each for each in result.checks if each.id == check]
    return list(found.details)


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        verify(content, small_report)
    return refused.value.problems[0].message


# --- what holds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind"), [*zip(EXAMPLES, KINDS, strict=False), *zip(EXAMPLES, KINDS[4:], strict=False)]
)
def test_a_report_on_an_example_holds(name, kind):
    """Also where the order of questions is not that of the alphabet."""
    made = looking_back(read_subject(AUDITS / name, (), (), AS_OF))
    result = verify(small_report(made, Wish(kind)), small_report)
    assert (result.verdict, outcomes(result)) == ("holds", {})


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_as_it_is_written_holds(subject, kind):
    result = verify(render_pdf(looking_back(subject), Wish(kind)), render_pdf)
    assert (result.verdict, outcomes(result)) == ("holds", {})


def test_a_blank_checklist_holds(place, subject):
    blank = read_blank(place / "regles", (), AS_OF)
    result = verify(render_pdf(blank, Wish("checklist")), render_pdf)
    assert result.verdict == "holds"
    assert [each.id for each in result.checks] == ["files", "ruleset", "rendering"]
    assert "carries no audit" in result.proves


@pytest.mark.parametrize("overlay_texts", [False, True])
def test_a_report_under_an_overlay_holds(tmp_path, overlay_texts):
    laid = secretive_subject(tmp_path, overlaid=True)
    result = verify(
        small_report(laid, Wish("compliance", overlay_texts=overlay_texts)), small_report
    )
    assert result.verdict == "holds"
    [ruleset] = [each for each in result.checks if each.id == "ruleset"]
    assert ("was left out, and cannot be checked" in ruleset.text) == (not overlay_texts)


def test_a_count_that_no_json_number_holds_is_read_again():
    """Canonical JSON writes integers from 2**53 as text."""
    ruleset = rules(requirement("T-1", criterion("a", when={"answer": "postes", "at_least": 1})))
    full, alone = fingerprints(ruleset)
    ruleset = replace(ruleset, fingerprint=full, rules_fingerprint=alone)
    many = Subject(ruleset, AS_OF, audit=audit({"postes": 2**60}))
    content = small_report(many, WISH)
    assert b'"postes":"1152921504606846976"' in attached(content, "audit.json")
    assert outcomes(verify(content, small_report)) == {}


def test_it_is_said_what_this_proves_and_what_it_does_not(report):
    assert verify(report, small_report).proves == (
        "This tells whether the report is consistent with the audit it carries. It does not tell"
        " who made it, since it is not signed, nor whether the audit is true."
    )


# --- what was altered, each by its name -----------------------------------------------------------


def test_one_visible_figure(report):
    altered = with_page(report, 1, lambda content: content.replace(b"met", b"xyz", 1))
    result = verify(altered, small_report)
    assert outcomes(result) == {"rendering": "differs"}
    assert details(result, "rendering") == [
        "Page 1: the text or the drawings are not those that the audit gives."
    ]


def test_a_note_laid_over_a_page(report):
    pdf = pikepdf.open(io.BytesIO(report))
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[0, 0, 90, 90], Contents="100 %")
    pdf.pages[0].obj.Annots = Array([note])
    result = verify(saved(pdf), small_report)
    assert details(result, "rendering") == [
        "Page 1: the links or the notes are not those of the report."
    ]


def test_a_page_more(report):
    pdf = pikepdf.open(io.BytesIO(report))
    pdf.add_blank_page()
    result = verify(saved(pdf), small_report)
    assert details(result, "rendering") == ["It has 2 pages; what it carries gives 1."]


@pytest.mark.parametrize("name", ["audit.json", "referentiel.json", "evaluation.json"])
def test_one_attached_byte(report, name):
    content = attached(report, name)
    altered = with_files(report, {name: content.replace(b"DEO-02", b"DEO-03", 1)})
    if name == "audit.json":
        altered = with_files(report, {name: content.replace(b'"postes":4', b'"postes":5')})
    result = verify(altered, small_report)
    assert outcomes(result)["files"] == "differs"
    [said] = details(result, "files")
    assert said.startswith(f"{name} was altered: its SHA-256 is ")


def test_a_better_status_in_the_evaluation_that_is_carried(report):
    def better(evaluation):
        one = next(each for each in evaluation["requirements"] if each["id"] == "DEO-02")
        assert one["status"] == "partial"
        one["status"] = "met"

    result = verify(with_json(report, "evaluation.json", better), small_report)
    assert outcomes(result) == {"evaluation": "differs", "rendering": "differs"}
    assert details(result, "evaluation") == [
        "DEO-02: the report says met, the evaluation gives partly met."
    ]


def test_a_better_score_and_decision(report):
    def better(evaluation):
        evaluation["decision"]["outcome"] = "ready"
        evaluation["overall"]["score"] = {"low": "1", "high": "1", "percent": [100, 100]}

    result = verify(with_json(report, "evaluation.json", better), small_report)
    assert details(result, "evaluation") == [
        "The decision: the report says “Ready, against this catalogue”, the evaluation gives"
        " “Not ready yet”.",
        # DEO-01, of weight 3, is met; of DEO-02, of weight 2, a third holds: 3 2/3 of 5
        "The score of the whole: the report says 100% (1), the evaluation gives 73% (11/15).",
    ]


@pytest.mark.parametrize("low", ["beaucoup", "", "1/0", "9" * 5000])
def test_a_score_that_is_no_number(report, low):
    def worse(evaluation):
        evaluation["overall"]["score"]["low"] = low

    result = verify(with_json(report, "evaluation.json", worse), small_report)
    (said,) = details(result, "evaluation")
    assert said.startswith("evaluation.json · overall.score.low: “")


def test_a_grade_that_is_none(report):
    def graded(evaluation):
        evaluation["requirements"][1]["grades"] = ["grave"]

    result = verify(with_json(report, "evaluation.json", graded), small_report)
    (said,) = details(result, "evaluation")
    assert said.startswith("evaluation.json · requirements[2].grades[1]: “grave”")


def test_a_better_answer_in_the_audit_that_is_carried(report):
    """Its fingerprint put right as well: the figures give it away, and each page's foot."""

    def better(audit):
        audit["answers"]["postes"] = 3
        audit["answers"]["formes"]["value"] = 3
        audit["evidence"][2]["kept_at"] = "au siège"

    result = verify(with_json(report, "audit.json", better), small_report)
    assert outcomes(result) == {"evaluation": "differs", "rendering": "differs"}
    assert "Page 1" in details(result, "rendering")[0]


def test_a_milder_rule(report):
    def milder(ruleset):
        ruleset["requirements"][0]["weight"] = 30

    result = verify(with_json(report, "referentiel.json", milder), small_report)
    assert outcomes(result)["ruleset"] == "differs"
    assert details(result, "ruleset")[0] == "The rules themselves are not the same."


def test_other_wording_of_a_rule(report):
    def reworded(ruleset):
        ruleset["requirements"][0]["statement"] = "Autre chose."

    result = verify(with_json(report, "referentiel.json", reworded), small_report)
    assert details(result, "ruleset")[0] == "The rules are the same; the wording is not."


def test_metadata_and_what_is_done_on_opening(report):
    pdf = pikepdf.open(io.BytesIO(report))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    result = verify(saved(pdf), small_report)
    assert details(result, "rendering") == ["Something is done when the report is opened."]


def test_a_file_more(report):
    pdf = pikepdf.open(io.BytesIO(report))
    pdf.attachments["bonus.txt"] = pikepdf.AttachedFileSpec(pdf, b"bonus")
    result = verify(saved(pdf), small_report)
    assert outcomes(result) == {"files": "differs", "rendering": "differs"}
    assert details(result, "files") == ["bonus.txt is not among the files that the report names."]


def test_saved_again_by_another_program(report):
    result = verify(saved(pikepdf.open(io.BytesIO(report))), small_report)
    assert outcomes(result) == {"rendering": "differs"}
    assert "another program may have saved it again" in details(result, "rendering")[0]


def test_something_after_the_end(report):
    result = verify(report + b"\nmore", small_report)
    assert outcomes(result) == {"ending": "differs"}
    assert details(result, "ending") == ["5 bytes that are no signature."]


def test_a_page_changed_by_what_was_added_after_the_end(report):
    """An incremental update, which leaves every byte of the report where it was."""
    pdf = pikepdf.open(io.BytesIO(report))
    page = pdf.pages[0].obj
    update = incremental(
        report, page.objgen[0], page.unparse(resolved=True).replace(b"612", b"300")
    )
    assert update.startswith(report)
    result = verify(update, small_report)
    assert outcomes(result) == {"rendering": "differs", "ending": "differs"}
    assert details(result, "rendering") == [
        "Page 1: the size or the margins are not those of the report."
    ]


def incremental(report: bytes, number: int, content: bytes) -> bytes:
    """A report with one object written anew after its end, as ISO 32000-1, 7.5.6 has it."""
    start = report.rindex(b"startxref") + 9
    previous = int(report[start:].split()[0])
    pdf = pikepdf.open(io.BytesIO(report))
    root, size = pdf.Root.objgen[0], int(pdf.trailer.Size)
    at = len(report)
    body = b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, at)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (size, root, previous)
    return report + body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + len(body))


# --- no report, or one that cannot be read --------------------------------------------------------


def test_no_pdf():
    assert refusal(b"Bonjour") == "This is not a PDF."
    assert refusal(b"") == "This is not a PDF."


def test_a_report_cut_short(report):
    for length in (10, len(report) // 2, len(report) - 7):
        assert refusal(report[:length]) == "This PDF was cut short: its end is missing."


def test_a_pdf_that_is_none_of_ours():
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = saved(pdf)
    assert refusal(content) == "This PDF is none of our reports: it carries no rapport.json."


def test_a_report_with_a_meaning_that_is_not_known_is_refused_and_not_called_altered(report):
    def newer(manifest):
        manifest |= {"semantics": 9, "product": "7.0.0"}

    message = refusal(with_json(report, "rapport.json", newer))
    assert "the meaning number 9 (version 7.0.0 of the product)" in message
    assert "which says nothing against it" in message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"product": "0.0.9"}, "It was written with norm-engine 0.0.9; this is norm-engine 0.1.0."),
        (
            {"layout": 0},
            "It was written with report layout number 0; this is report layout number 2.",
        ),
    ],
    ids=["product", "layout"],
)
def test_a_report_of_another_version_is_evaluated_and_its_pages_left_alone(report, change, said):
    older = with_json(report, "rapport.json", lambda manifest: manifest.update(change))
    result = verify(older, small_report)
    assert (result.verdict, outcomes(result)) == ("partly", {"rendering": "unchecked"})
    assert details(result, "rendering") == [said]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b"null",
        b'{"format":1}',
        b'{"format":NaN}',
        b'{"a":"\\ud800"}',
        b"\xff\xfe",
        b'{"format":' + b"9" * 5000 + b"}",
    ],
    ids=[
        "empty",
        "open",
        "deep",
        "null",
        "lacking",
        "no number",
        "half a letter",
        "no text",
        "long",
    ],
)
@pytest.mark.parametrize("name", ["audit.json", "referentiel.json", "evaluation.json"])
def test_attached_files_that_hold_anything(report, name, content):
    result = verify(with_files(report, {name: content}), small_report)
    assert outcomes(result)["files"] == "differs"
    assert outcomes(result)["evaluation"] == "differs"
    with pytest.raises(InvalidInput):
        verify(with_files(report, {"rapport.json": content}), small_report)


def test_an_attached_audit_is_checked_as_strictly_as_one_that_a_user_writes(report):
    def wrong(audit):
        audit["answers"]["terrain"] = "lune"

    result = verify(with_json(report, "audit.json", wrong), small_report)
    [said] = details(result, "evaluation")
    assert said.startswith("audit.json · answers.terrain: “lune”")


def test_a_file_that_unfolds_to_more_than_a_laptop_holds(report):
    pdf = pikepdf.open(io.BytesIO(report))
    bomb = zlib.compress(b" " * 60 * 1024 * 1024, 9)
    pdf.attachments["audit.json"].get_file().obj.write(bomb, filter=Name.FlateDecode)
    made = io.BytesIO()
    pdf.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    result = verify(made.getvalue(), small_report)
    assert details(result, "files") == ["audit.json is damaged: it cannot be read."]


HOSTILE = {
    "names in a circle": lambda pdf: pdf.Root.Names.EmbeddedFiles.update(
        {"/Kids": Array([pdf.Root.Names.EmbeddedFiles])}
    ),
    "names that are a number": lambda pdf: pdf.Root.Names.update({"/EmbeddedFiles": 7}),
    "a file that is no file": lambda pdf: pdf.Root.Names.EmbeddedFiles.update(
        {"/Names": Array(["rapport.json", 7])}
    ),
    "a file without its content": lambda pdf: pdf.Root.Names.EmbeddedFiles.update(
        {"/Names": Array(["rapport.json", Dictionary(Type=Name.Filespec, EF=Dictionary(F=1))])}
    ),
    "pages in a circle": lambda pdf: pdf.Root.Pages.update({"/Kids": Array([pdf.Root.Pages])}),
    "pages that are a number": lambda pdf: pdf.Root.update({"/Pages": 7}),
    "a page that is text": lambda pdf: pdf.Root.Pages.update({"/Kids": Array(["page"])}),
    "notes that hold themselves": lambda pdf: pdf.pages[0].obj.update(
        {"/Annots": Array([pdf.pages[0].obj, 7, "x"]), "/MediaBox": Array([1])}
    ),
    "a form of nothing": lambda pdf: pdf.Root.update(
        {"/AcroForm": Dictionary(Fields=Array([7, Dictionary(FT=Name.Sig, V=7)]))}
    ),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE)
def test_a_pdf_made_to_break_its_reader_ends_in_words(report, change):
    with pikepdf.open(io.BytesIO(report)) as pdf:
        for name in ("/Names", "/Pages"):
            pdf.Root[name] = pdf.make_indirect(pdf.Root[name])
        pdf.Root.Names.EmbeddedFiles = pdf.make_indirect(pdf.Root.Names.EmbeddedFiles)
        change(pdf)
        content = saved(pdf)
    with suppress(InvalidInput):
        assert verify(content, small_report).verdict == "differs"


def test_a_file_that_is_larger_than_any_report(tmp_path):
    large = tmp_path / "large.pdf"
    with large.open("wb") as opened:
        opened.truncate(200 * 1024 * 1024 + 1)
    with pytest.raises(InvalidInput, match="larger than 200 MB"):
        read_report(large)


def test_cut_anywhere_or_with_any_bit_turned_it_ends_in_words(report):
    chance = random.Random(2026)
    for length in range(0, len(report), 997):
        refusal(report[:length])
    for _turn in range(100):
        damaged = bytearray(report)
        damaged[chance.randrange(len(report))] ^= 1 << chance.randrange(8)
        with suppress(InvalidInput):
            assert verify(bytes(damaged), small_report).verdict == "differs"


# --- signatures -----------------------------------------------------------------------------------


def test_who_signed_a_report(signed):
    result = verify(signed, small_report)
    assert (result.verdict, outcomes(result)) == ("holds", {})
    [signature] = result.signatures
    assert (signature.signer, signature.intact, signature.trusted) == (
        "Jeanne Exemple",
        True,
        False,
    )
    assert result.proves == (
        "This tells whether the report is consistent with the audit it carries, and under which"
        " name it was signed; nobody known here vouches for that name. It does not tell whether"
        " the audit is true."
    )


def test_an_altered_report_that_somebody_signed(report):
    altered = with_page(report, 1, lambda content: content.replace(b"met", b"xyz", 1))
    again = sign(altered, pkcs12_file(held("Jean"), "secret"), "secret", at=NOON)
    result = verify(again, small_report)
    assert outcomes(result) == {"rendering": "differs"}
    assert [each.signer for each in result.signatures] == ["Jean"]


def test_something_after_the_signature(signed):
    assert outcomes(verify(signed + b"more", small_report)) == {"ending": "differs"}


def test_a_signature_cut_short(signed, report):
    result = verify(signed[:-300], small_report)
    assert outcomes(result) == {"ending": "differs"}
    [ending] = [each for each in result.checks if each.id == "ending"]
    assert "such as a signature, was cut short or damaged" in ending.text


def test_without_the_library_a_signature_is_left_unchecked(signed, monkeypatch):
    monkeypatch.setattr(signing.importlib.util, "find_spec", lambda _name: None)
    result = verify(signed, small_report)
    assert (result.verdict, outcomes(result)) == ("partly", {"signature": "unchecked"})
    assert "norm-engine[sign]" in details(result, "signature")[0]


# --- evidence -------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """The audit's folder, to be changed."""
    return audit_folder(tmp_path / "copie")


@pytest.mark.parametrize("wish", [WISH, Wish("summary")], ids=["named", "reduced"])
def test_evidence_files_as_the_report_says(subject, folder, wish):
    """P8’s file is missing, as it was when the report was written."""
    content = small_report(subject, wish)
    for given in (folder, folder / "preuves"):
        assert verify(content, small_report, given).verdict == "holds"


def test_an_altered_evidence_file(report, folder):
    (folder / "preuves" / f"charte-{SECRET}.txt").write_bytes(LEAFLET + b"!")
    result = verify(report, small_report, folder)
    assert details(result, "evidence") == [
        f"{SECRET}-1 (charte-{SECRET}.txt): its file is not the one recorded"
    ]


def test_a_missing_evidence_file(report, subject, folder):
    shutil.rmtree(folder / "preuves")
    (folder / "preuves").mkdir()
    named, reduced = (
        details(verify(content, small_report, folder), "evidence")
        for content in (report, small_report(subject, Wish("summary")))
    )
    assert named == [f"{SECRET}-1 (charte-{SECRET}.txt): its file is missing"]
    assert reduced == ["P1: no file of the folder has its SHA-256"]


def test_an_evidence_file_that_was_recorded_without_its_fingerprint(report, folder):
    (folder / "preuves" / "perdue.pdf").write_bytes(b"retrouvee")
    result = verify(report, small_report, folder)
    assert outcomes(result) == {"evidence": "differs"}
    assert details(result, "evidence") == [
        "P8 (perdue.pdf): its SHA-256 was not recorded: nothing tells whether it is the same file"
    ]


# --- the command line -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def written(place, subject):
    """A report as the product writes it, on disk."""
    file = place / "rapport.pdf"
    file.write_bytes(render_pdf(subject, Wish("compliance", language="en")))
    return file


def test_the_page_of_a_report_that_holds(written):
    done = norm_engine("verify", written)
    assert (done.code, done.err) == (0, "")
    assert "The report says what the audit it carries comes to." in done.out
    assert "nor whether the audit is true" in " ".join(done.out.split())


def test_the_page_of_an_altered_report(written, tmp_path):
    altered = tmp_path / "altered.pdf"
    altered.write_bytes(with_page(written.read_bytes(), 2, lambda content: content + b" "))
    done = in_this_process("verify", altered)
    assert (done.code, done.err) == (1, "")
    assert "The report was altered" in done.out
    assert "Page 2" in done.out


def test_the_data_of_a_report(written):
    done = in_this_process("verify", written, "--format", "json")
    schema = schema_of(PUBLISHED["verification-result"], "verification-result")
    jsonschema.Draft7Validator(schema).validate(done.data)
    assert (done.code, done.data["verdict"]) == (0, "holds")
    assert done.data["structure"] == "Association Exemple"


def test_codes(written, tmp_path):
    older = tmp_path / "older.pdf"
    change = {"product": "0.0.1"}
    older.write_bytes(
        with_json(written.read_bytes(), "rapport.json", lambda held: held.update(change))
    )
    assert in_this_process("verify", older).code == 3
    assert in_this_process("verify", tmp_path).code == 3
    assert in_this_process("verify", tmp_path / "none.pdf").code == 3
    assert in_this_process("verify", written, "--evidence", tmp_path / "none").code == 3
    assert in_this_process("verify").code == 2


def test_a_report_is_said_in_the_language_asked_for(written):
    done = in_this_process("verify", written, language="fr")
    assert "Le rapport dit ce que donne l’audit qu’il contient." in done.out
