"""What the reader of a report may see: nothing more, and the same results from it."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from norm_engine.language import speaking
from norm_engine.loading.documents import Document
from norm_engine.loading.rulesets import parse_ruleset
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain, to_plain
from norm_engine.reports.proof.carried import carry
from norm_engine.reports.proof.reduction import left_out_said, readable
from norm_engine.reports.reading import read_subject
from norm_engine.reports.subject import KINDS, Earlier, Subject, Wish
from tests.oracle.strategies import Case, as_files, cases
from tests.support.report_material import looking_back
from tests.support.secretive_audit import OVERLAY_WORDS, SECRET, secretive_subject
from tests.support.small_report import evaluated, results_of

AUDITS = Path(__file__).parents[2] / "audits"
EXAMPLES = sorted(each.parent.name for each in AUDITS.glob("*/audit.yaml"))
SUMMARY = Wish("summary")


def carried_text(subject: Subject, wish: Wish) -> str:
    """Everything that a report carries, as one text."""
    shown, _codes = readable(subject, wish)
    files = carry(subject, wish, results_of(shown, wish)).files
    return "\n".join(each.content.decode() for each in files)


def test_a_summary_carries_nothing_that_names_or_tells_of_persons(tmp_path):
    subject = secretive_subject(tmp_path)
    assert SECRET in carried_text(subject, Wish("compliance"))
    assert SECRET not in carried_text(subject, SUMMARY)


def test_what_is_left_of_a_summary(tmp_path):
    audit = readable(secretive_subject(tmp_path), SUMMARY)[0].audit
    assert audit is not None
    plain = to_plain(audit)
    assert plain["structure"] == {"name": "Association Exemple"}
    assert plain["answers"] == {
        "postes": 4,
        "formes": {"value": 3, "on": "2026-05-12"},
        "charte": True,
        "heures": "4/5",
        "niveau": 1,
        "commune": "…",
    }
    assert [each["id"] for each in plain["evidence"]] == ["P1", "P2", "P3"]
    assert plain["evidence"][0]["file"] == "P1"
    assert plain["evidence"][0]["sha256"].isalnum()
    assert plain["evidence"][1]["kept_at"] == "…"
    [finding] = plain["findings"]
    assert (finding["examined"], finding["rejected"]) == (["P1"], ["P2"])
    assert plain["actions"] == [
        {"id": "A1", "action": "rediger", "state": "doing", "due": "2027-01-31"}
    ]


def test_what_was_found_of_a_file_follows_it_to_its_new_name(tmp_path):
    subject = secretive_subject(tmp_path)
    shown, _codes = readable(subject, SUMMARY)
    assert shown.states == {"P1": "ok", "P3": "missing"}
    assert shown.sizes == {"P1": 41}


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "summary"])
def test_the_other_reports_leave_nothing_of_the_audit_out(tmp_path, kind):
    subject = secretive_subject(tmp_path)
    shown, codes = readable(subject, Wish(kind))
    assert shown.audit == subject.audit
    assert codes == ()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_reduced_example_evaluates_to_the_same(name):
    subject = read_subject(AUDITS / name, (), (), datetime.date(2026, 11, 25))
    with speaking("en"):
        assert unnamed(evaluated(readable(subject, SUMMARY)[0])) == unnamed(evaluated(subject))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases(max_requirements=4))
def test_any_reduced_audit_evaluates_to_the_same_and_is_reduced_once_for_all(case: Case):
    subject = subject_of(case)
    back = replace(subject, earlier=Earlier(subject.audit, case.as_of, case.files))
    for kind in KINDS:
        wish = Wish(kind)
        assert readable(back, wish)[0] == readable(readable(back, wish)[0], wish)[0]
        shown, codes = readable(subject, wish)
        assert unnamed(evaluated(shown)) == unnamed(evaluated(subject))
        assert readable(shown, wish) == (shown, codes)


def subject_of(case: Case) -> Subject:
    """A random case as the subject of a report."""
    documents = [
        Document(name, json.dumps(data, default=str).encode())
        for name, data in as_files(case.ruleset).items()
    ]
    audit = from_plain(Audit, json.loads(json.dumps(case.audit, default=str)))
    return Subject(parse_ruleset(documents), case.as_of, audit=audit, states=case.files)


def unnamed(result):
    """A result without the identifiers of findings, which a summary numbers."""
    plain = to_plain(result)
    for each in (plain["decision_with_findings"] or {}).get("differences", ()):
        del each["finding"]
    return plain


# --- wording that an overlay brought in -----------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_of_an_overlay_is_carried_only_when_asked_for(tmp_path, kind):
    subject = looking_back(secretive_subject(tmp_path, overlaid=True))
    assert OVERLAY_WORDS not in carried_text(subject, Wish(kind))
    assert OVERLAY_WORDS in carried_text(subject, Wish(kind, overlay_texts=True))


def test_whatever_else_an_overlay_changes_stays(tmp_path):
    subject = secretive_subject(tmp_path, overlaid=True)
    shown, codes = readable(subject, Wish("self-audit"))
    first, second = shown.ruleset.requirements
    assert (first.weight, first.statement, first.clause) == (5, "Il y a une charte.", None)
    assert (second.title, second.guidance) == ("Formation", None)
    assert shown.ruleset.head.settings["tolerees"].default == 0
    changes = {each.path: (each.old, each.new) for each in shown.ruleset.overlays[0].changes}
    assert changes == {
        "settings.tolerees": (2, 0),
        "DEO-01.weight": (3, 5),
        "DEO-01.clause": (None, None),
        "DEO-01.statement": (None, None),
        "DEO-02.title": (None, None),
        "DEO-02.guidance": (None, None),
    }
    assert codes == ("overlay_texts",)
    assert readable(shown, Wish("self-audit")) == (shown, codes)


def test_without_the_rule_set_beneath_nothing_is_shown_by_mistake(tmp_path):
    subject = secretive_subject(tmp_path, overlaid=True)
    with pytest.raises(ValueError, match="base"):
        readable(replace(subject, base=None), Wish("self-audit"))


def test_everything_that_may_be_left_out_has_words(tmp_path):
    subject = secretive_subject(tmp_path, overlaid=True)
    _shown, codes = readable(subject, SUMMARY)
    with speaking("en"):
        assert [left_out_said(code) for code in codes] == [
            "comments",
            "names of persons",
            "titles, files and places of the pieces of evidence",
            "the reasons why questions do not apply",
            "free texts that no rule reads, and those of findings",
            "wording that an overlay brought in",
        ]
