"""An audit broken in one place: the key and the words that say so."""

import hashlib

import pytest

from norm_engine.loading.audit_rules import is_plain_name
from norm_engine.loading.audits import load_audit
from norm_engine.loading.problems import InvalidInput

from .small import AUDIT, changed, line_of, write_rules

A = "answers."

BROKEN = [
    # what is replaced by what, key, fragment of what is said (message and remedy)
    # which rule set
    (("id: petite,", "id: autre,"), "ruleset", "Known: petite 2021"),
    (('edition: "2021"', 'edition: "2027"'), "ruleset", "Known: petite 2021"),
    (('edition: "2021"', "edition: 2021"), "ruleset", "the edition in quotes"),
    (("format: 1", "format: 2"), "format", "1"),
    (("structure: {name: Association Exemple}\n", ""), "", "“structure” is missing"),
    (("structure:", "strcture:"), "strcture", "Did you mean “structure”?"),
    (("{name: Association Exemple}", "{names: Association}"), "structure.names", "Did you mean “name”?"),  # noqa: E501
    # answers of the wrong kind, one of each type
    (("postes: 4", "postes: quatre"), A + "postes", "Write a whole number"),
    (("postes: 4", "postes: true"), A + "postes", "Write a whole number"),
    (("postes: 4", "postes: 4.0"), A + "postes", "Write a whole number"),
    (("postes: 4", "postes: -1"), A + "postes", "Write a whole number from 0 to 500"),
    (("postes: 4", "postes: 501"), A + "postes", "Write a whole number from 0 to 500"),
    (("value: 3,", "value: -1,"), A + "formes.value", "from 0 to the answer to “postes”"),
    (("postes: 4", "postes: [4]"), A + "postes", "Write a whole number"),
    (("postes: 4", "postes:"), A + "postes", "Nothing is written here"),
    (("charte: true", "charte: oui"), A + "charte", "Write true (yes), false (no)"),
    (("charte: true", "charte: 1"), A + "charte", "Write true (yes), false (no)"),
    (("heures: 4/5", "heures: 4/0"), A + "heures", "Write a number"),
    (("heures: 4/5", "heures: 1e3"), A + "heures", "Write a number"),
    (("heures: 4/5", "heures: true"), A + "heures", "Write a number"),
    (("heures: 4/5", f"heures: {'9' * 5000}"), A + "heures", "Write a number"),
    (("heures: 4/5", 'heures: "3\\n"'), A + "heures", "Write a number"),
    (("heures: 4/5", "heures: -1/2"), A + "heures", "-1/2 is less than 0"),
    (("heures: 4/5", "heures: 71/2"), A + "heures", "71/2 is more than 35"),
    (("signee: 2026-01-31", "signee: 2026-02-30"), A + "signee", "Write a day that exists"),
    (("signee: 2026-01-31", "signee: 31/01/2026"), A + "signee", "Write a day that exists"),
    (("signee: 2026-01-31", "signee: 20260131"), A + "signee", "Write a day that exists"),
    (("terrain: rue", "terrain: bus"), A + "terrain", "Write one of: rue, gare"),
    (("terrain: rue", "terrain: [rue]"), A + "terrain", "Write one of: rue, gare"),
    (("[rue, gare]", "rue"), A + "lieux", "Write a list of: rue, gare"),
    (("[rue, gare]", "[rue, rue]"), A + "lieux", "Write a list of"),
    (("[rue, gare]", "[rue, bus]"), A + "lieux", "Write a list of"),
    (("niveau: 1", "niveau: 2"), A + "niveau", "Write one of: 0, 1"),
    (("niveau: 1", "niveau: true"), A + "niveau", "Write one of: 0, 1"),
    (("commune: unknown", "commune: 75"), A + "commune", "Write text, in quotes"),
    (("postes: 4", "poste: 4"), A + "poste", "Did you mean “postes”?"),
    (("postes: 4", "xyz: 4"), A + "xyz", "The question “xyz” does not exist"),
    # answers with details
    (("value: 3,", "value: trois,"), A + "formes.value", "Write a whole number"),
    (("value: 3,", "value: 5,"), A + "formes.value", "5 is more than 4"),
    (("value: 3,", ""), A + "formes", "one of the two"),
    (("value: 3,", "value: 3, not_applicable: non,"), A + "formes", "one of the two"),
    (("value: 3,", "not_applicable: '',"), A + "formes.not_applicable", "Do not leave it empty"),
    (("value: 3,", "not_applicable: '  ',"), A + "formes.not_applicable", ""),
    (("value: 3,", "valeur: 3,"), A + "formes.valeur", "Did you mean “value”?"),
    (("on: 2026-05-12", "on: 2026-02-30"), A + "formes.on", "Write a day that exists"),
    (("by: Coordination", "by: 12"), A + "formes.by", "text"),
    (("charte: true", "charte: {not_applicable: jamais}"), A + "charte.not_applicable",
     "does not allow “not applicable”"),
    # evidence
    (("charte-3fa2c1d0.pdf", "../x.pdf"), "evidence[P1].file", "name alone, without a path"),
    (("charte-3fa2c1d0.pdf", "/etc/passwd"), "evidence[P1].file", "name alone"),
    (("charte-3fa2c1d0.pdf", "a/b.pdf"), "evidence[P1].file", "name alone"),
    (("charte-3fa2c1d0.pdf", "'a\\b.pdf'"), "evidence[P1].file", "name alone"),
    (("charte-3fa2c1d0.pdf", "'C:x.pdf'"), "evidence[P1].file", "name alone"),
    (("charte-3fa2c1d0.pdf", "'..'"), "evidence[P1].file", "name alone"),
    (("dated: 2025-03-01", "dated: 2025-13-01"), "evidence[P1].dated", "day that exists"),
    (("dated: 2025-03-01", "date: 2025-03-01"), "evidence[P1].date", "Did you mean “dated”?"),
    (("dated: 2025-03-01", "sha256: abc"), "evidence[P1].sha256", "64 digits"),
    (("{id: P2, proves: [charte_signee]", "{id: P2, proves: [charte_signe]"),
     "evidence[P2].proves[1]", "Did you mean “charte_signee”?"),
    (("{id: P2, proves: [charte_signee]", "{id: P2, proves: []"), "evidence[P2].proves",
     "at least one"),
    (("{id: P2,", "{id: P1,"), "evidence[2].id", "stands twice"),
    (("{id: P2,", '{id: "P2\\n",'), "evidence[P2 ].id", "letters, digits"),
    (("[attestation]", "[charte_signee]"), "no_evidence[1]", "yet P2 is recorded for it"),
    (("[attestation]", "[attest]"), "no_evidence[1]", "Did you mean “attestation”?"),
    # findings, actions, engagement
    (("requirement: DEO-01", "requirement: DEO-09"), "findings[C1].requirement", "Did you mean"),
    (("grade: minor", "grade: mineure"), "findings[C1].grade", "minor"),
    (("examined: [P1]", "examined: [P9]"), "findings[C1].examined[1]", "does not exist"),
    (("rejected: [P2]", "rejected: [Q]"), "findings[C1].rejected[1]", "does not exist"),
    (("action: rediger", "action: redige"), "actions[A1].action", "Did you mean “rediger”?"),
    (("due: 2027-01-31", "due: demain"), "actions[A1].due", "Write a day that exists"),
    (("kind: self", "kind: auto"), "engagement.kind", "Write one of: self, mock, audit"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return write_rules(tmp_path_factory.mktemp("rules") / "petite")


def load(folder, rules, text=AUDIT, **more):
    (folder / "audit.yaml").write_text(text, "utf-8")
    return load_audit(folder / "audit.yaml", [rules], **more)


def problems(folder, rules, text):
    with pytest.raises(InvalidInput) as caught:
        load(folder, rules, text)
    return caught.value.problems


def test_the_audit_is_valid_before_it_is_broken(tmp_path, rules):
    audit = load(tmp_path, rules).audit
    assert audit.answers["postes"] == 4
    assert audit.answers["formes"].value == 3
    assert audit.answers["lieux"] == ("rue", "gare")


@pytest.mark.parametrize(("change", "key", "said"), BROKEN)
def test_broken_in_one_place(tmp_path, rules, change, key, said):
    found = problems(tmp_path, rules, changed(AUDIT, *change))
    assert {problem.file for problem in found} == {str(tmp_path / "audit.yaml")}
    at = [problem for problem in found if problem.key == key]
    assert at, "\n".join(map(str, found))
    assert said in f"{at[0].message} {at[0].remedy}"
    assert at[0].remedy
    assert at[0].line


def test_all_at_once_in_the_order_of_the_file(tmp_path, rules):
    text = changed(changed(AUDIT, "postes: 4", "postes: x"), "due: 2027-01-31", "due: x")
    found = problems(tmp_path, rules, text)
    file = tmp_path / "audit.yaml"
    assert [each.line for each in found] == [line_of(file, "postes: x"), line_of(file, "due: x")]


ACCEPTED = [
    # an answer that bounds another one may be unknown, then it bounds nothing
    ("postes: 4", "postes: unknown"),
    ("postes: 4", "postes: {value: unknown, comment: à voir}"),
    ("  postes: 4\n", ""),
    ("value: 3,", "value: unknown,"),
    ("value: 3,", "not_applicable: une seule équipe,"),
    ("value: 3,", "value: 4,"),
    # numbers as people write them
    ("heures: 4/5", "heures: 35"),
    ("heures: 4/5", "heures: 80 %"),
    ("heures: 4/5", "heures: '7.5'"),
    ("[rue, gare]", "[]"),
    ("commune: unknown", "commune: '75'"),
]


@pytest.mark.parametrize(("old", "new"), ACCEPTED)
def test_accepted(tmp_path, rules, old, new):
    load(tmp_path, rules, changed(AUDIT, old, new))


def test_a_bound_that_is_a_fraction(tmp_path):
    rules = write_rules(
        tmp_path / "r",
        {
            "questions.yaml": [
                ("type: number, min: 0, max: 35", "type: number"),
                ("{answer: postes}", "{answer: heures}"),
            ]
        },
    )
    text = changed(AUDIT, "heures: 4/5", "heures: 5/2")
    (found,) = problems(tmp_path, rules, text)
    assert found.key == "answers.formes.value"
    assert "3 is more than 5/2, the most possible (the answer to “Combien d’heures" in found.message
    load(tmp_path, rules, changed(text, "value: 3", "value: 2"))


@pytest.mark.parametrize(
    "text", ["", "[]", "12", "ruleset: 3", "ruleset: {id: petite}", "a: [", "\0"]
)
def test_what_is_no_audit(tmp_path, rules, text):
    (found,) = problems(tmp_path, rules, text)
    assert found.remedy


# overlays that an audit names

OVERLAY = 'format: 1\noverlay: {id: x, for: {id: petite, edition: "2021"}}\nsettings: {part: 1}\n'


def naming(file: str, sha256: str = "") -> str:
    entry = f"{{file: {file!r}, sha256: {sha256}}}" if sha256 else f"{{file: {file!r}}}"
    return f"{AUDIT}overlays: [{entry}]\n"


def test_an_overlay_is_the_file_the_audit_was_made_with(tmp_path, rules):
    (tmp_path / "o.yaml").write_text(OVERLAY)
    digest = hashlib.sha256(OVERLAY.encode()).hexdigest()
    loaded = load(tmp_path, rules, naming("o.yaml", digest))
    assert loaded.ruleset.head.settings["part"].default == 1
    (found,) = problems(tmp_path, rules, naming("o.yaml", "0" * 64))
    assert found.key == "overlays[1].sha256"
    assert "not the one this audit was made with" in found.message


@pytest.mark.parametrize(
    "name",
    ["/etc/hostname", "../o.yaml", "a/../../o.yaml", "..\\o.yaml", "C:\\o.yaml", "//host/o", "link",
     "linked/o.yaml"],
)  # fmt: skip
def test_an_audit_reads_no_overlay_elsewhere(tmp_path, rules, name):
    outside, folder = tmp_path / "outside", tmp_path / "audit"
    outside.mkdir()
    folder.mkdir()
    for file in (tmp_path / "o.yaml", outside / "o.yaml"):
        file.write_text(OVERLAY)
    (folder / "link").symlink_to(tmp_path / "o.yaml")
    (folder / "linked").symlink_to(outside)
    (found,) = problems(folder, rules, naming(name))
    assert found.key == "overlays[1].file"
    assert "does not stand in the folder of the audit" in found.message


def test_a_missing_overlay_is_said_in_the_audit(tmp_path, rules):
    (found,) = problems(tmp_path, rules, naming("o.yaml"))
    assert (found.key, found.file) == ("overlays[1].file", str(tmp_path / "audit.yaml"))
    assert "o.yaml" in found.message


def test_overlays_given_may_stand_anywhere(tmp_path, rules):
    folder = tmp_path / "audit"
    folder.mkdir()
    (tmp_path / "o.yaml").write_text(OVERLAY)
    loaded = load(folder, rules, overlays=[tmp_path / "o.yaml"])
    assert loaded.ruleset.head.settings["part"].default == 1


PLAIN = ["charte.pdf", "Charte signée (2).pdf", "a..b.pdf", "é" * 90, "con-seil.pdf"]
NOT_PLAIN = [
    "", ".", "..", "a/b", "a\\b", "/a", "C:a", "a\nb", "a\0b", ".caché", "a.", "a ", "é" * 101,
    "x" * 201, "CON", "nul.pdf", "com1.txt", "a?b", "a*b",
]  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_names_of_files(name):
    assert is_plain_name(name)


@pytest.mark.parametrize("name", NOT_PLAIN)
def test_names_that_lead_elsewhere_or_nowhere(name):
    assert not is_plain_name(name)


def test_many_unknown_answers_are_said_quickly(tmp_path, rules):
    text = AUDIT.replace(
        "answers:\n", "answers:\n" + "".join(f"  q{n}: 1\n" for n in range(20_000))
    )
    found = problems(tmp_path, rules, text)
    assert len(found) == 51
    assert "19950 more problems here" in found[-1].message
