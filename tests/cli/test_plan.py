"""``plan``: what it says, what it writes, how it is refused, and how it is stopped."""

import datetime
import io
import json
import os
import re
import select
import subprocess
import sys
import zipfile
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from norm_engine.model.plan_results import PlanResult
from norm_engine.model.records import from_plain, to_plain
from tests.cli.program import (
    AUDITS,
    DAY,
    EXAMPLES,
    ROOT,
    Ended,
    environment,
    in_this_process,
    norm_engine,
    too_wide,
)

START = "2026-09-01"

HEAD = """\
format: 1
id: essai
edition: "2026"
version: 1.0.0
title: Référentiel d’essai
language: fr
settings: {tolerees: {type: count, default: 0, min: 0, title: Mineures tolérées}}
domains: [{id: cadre, title: Cadre}]
workshops: [{id: atelier-1, title: Premier atelier}, {id: atelier-2, title: Second atelier}]
decision:
  - {id: mineures, text: Peu de mineures, grade: minor, at_most: {setting: tolerees}}
"""

QUESTIONS = """\
questions:
  cadre: {text: "Un cadre est-il écrit ?", type: yes_no}
  charte: {text: "Une charte est-elle signée ?", type: yes_no}
  postes: {text: "Combien de postes ?", type: count, min: 0}
  bilan: {text: "Un bilan est-il dressé ?", type: yes_no}
"""

EVIDENCE = "evidence: {texte: {title: Texte du cadre, proves: Que le cadre est écrit.}}\n"

ACTIONS = """\
actions:
  ecrire:
    {title: Écrire le cadre, why: Pour agir ensemble., how: À plusieurs., sets: {cadre: true},
     records: [texte], effort: {low: 1, likely: 2, high: 4}, lead_time: P2M, role: direction,
     phase: concevoir}
  signer:
    {title: Signer la charte, why: Pour s’engager., how: Chacun signe., sets: {charte: true},
     effort: {low: 1/2, likely: 1, high: 2, per: postes}, lead_time: P1M, role: encadrement,
     phase: accompagner, after: [ecrire]}
  adherer:
    {title: Adhérer à une charte voisine, why: Pour faire vite., how: Par lettre.,
     sets: {charte: true}, effort: {low: 3, likely: 5, high: 9}, lead_time: P1M, role: direction,
     phase: accompagner}
  dresser:
    {title: Dresser le bilan, why: Pour savoir., how: En réunion., sets: {bilan: true},
     effort: {low: 1, likely: 3, high: 5}, lead_time: P3M, role: referent_qualite, phase: evaluer}
planning:
  filing: {effort: {low: 1/8, likely: 1/4, high: 1/2}, lead_time: P1W, role: referent_qualite}
"""

REQUIREMENTS = """\
domain: cadre
requirements:
  - {id: CAD-01, title: Cadre écrit, statement: Il y a un cadre., level: requirement,
     gravity: minor, weight: 1, workshop: atelier-1, basis: attested,
     criteria: [{id: ecrit, text: Il est écrit, when: {answer: cadre, is: true},
                 proof: {evidence: texte}}]}
  - {id: CAD-02, title: Charte signée, statement: Il y a une charte., level: requirement,
     gravity: minor, weight: 2, workshop: atelier-1, basis: attested,
     criteria: [{id: signee, text: Elle est signée, when: {answer: charte, is: true}}]}
  - {id: CAD-03, title: Bilan dressé, statement: Il y a un bilan., level: requirement,
     gravity: minor, weight: 1, workshop: atelier-2, basis: attested,
     criteria: [{id: dresse, text: Il est dressé, when: {answer: bilan, is: true}}]}
"""

AUDIT = """\
format: 1
ruleset: {id: essai, edition: "2026"}
structure: {name: Association Exemple}
answers: {cadre: false, charte: false, postes: 2}
"""
"""To be ready: write the frame (2 days), sign the charter (1 day for each of 2), draw up the report
(3 days): 7 days. Joining another charter, at 5 days, spares the signing."""


def written(place: Path, **files: str) -> None:
    """A rule set in ``regles``."""
    (place / "regles").mkdir()
    for name, text in files.items():
        (place / "regles" / f"{name}.yaml").write_text(text, "utf-8")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a small rule set and an audit."""
    parts = {"questions": QUESTIONS, "evidence": EVIDENCE, "actions": ACTIONS}
    written(tmp_path, ruleset=HEAD, cadre=REQUIREMENTS, **parts)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "audit.yaml").write_text(AUDIT, "utf-8")
    return tmp_path


def answered(place: Path, old: str, new: str) -> None:
    file = place / "a" / "audit.yaml"
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def plan(place: Path, *more: str | Path, language: str = "en") -> Ended:
    asked = ("plan", place / "a", "--rules", place / "regles", "--as-of", START)
    return in_this_process(*asked, *more, language=language)


def flat(text: str) -> str:
    """A page as one line, so that where it is folded does not matter."""
    return " ".join(text.split())


# --- the page -------------------------------------------------------------------------------------


def test_the_page(place: Path) -> None:
    done = plan(place)
    assert (done.code, done.err) == (0, "")
    page = flat(done.out)
    for said in (
        "The cheapest route to ready Effort: 7 days (3 to 13), 3 steps",
        "Calendar: from 1 September 2026 to 2 December 2026",
        "Decision on 2 December 2026: Not ready yet → Ready, against this catalogue",
        "Proven readiness: 0 to 25% → 100%",
        "✓ No route takes less effort for an audit on 2 December 2026: proven.",
        "1 Premier atelier 0% → 100% 2 steps, done by 2 December 2026",
        "1 * Écrire le cadre management · 2 days (1 to 4) · from 1 September 2026 to 1 November",
        "3 * Signer la charte supervisors · 2 days (1 to 4)",
        "What sets the end Each waits for the one before",
        "10 days (5 to 18), 3 days more besides: Adhérer à une charte voisine",
        "spares: Signer la charte",
        "yes would spare 3 days",
        "The audit is taken to be on 2 December 2026, the day the last step ends",
        "It is not a statement of conformity to the norm.",
    ):
        assert said in page


def test_the_page_in_french(place: Path) -> None:
    done = plan(place, language="fr")
    assert (done.code, done.err) == (0, "")
    page = flat(done.out.replace("\u202f", " ").replace("\xa0", " "))
    for said in (
        "La route la moins coûteuse pour être prêt Charge : 7 jours (3 à 13), 3 étapes",
        "Calendrier : du 01/09/2026 au 02/12/2026",
        "Aucune route ne demande moins de travail pour un audit le 02/12/2026 : c’est prouvé.",
        "évite : Signer la charte",
        "Ce n’est pas une attestation de conformité à la norme.",
    ):
        assert said in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_is_wider_than_a_terminal(place: Path, language: str) -> None:
    for more in ((), ("--budget", "3"), ("--without", "ecrire"), ("--by", "2026-09-15")):
        assert too_wide(plan(place, *more, language=language).out) == []


def test_where_all_is_done_nothing_is_left(place: Path) -> None:
    ready = "cadre: true, charte: true, bilan: true"
    answered(place, "cadre: false, charte: false", ready)
    answered(
        place, "answers:", "evidence: [{id: P1, proves: [texte], title: T, kept_at: ici}]\nanswers:"
    )
    done = plan(place)
    assert done.code == 0
    assert "Nothing is left to do. Ready, against this catalogue" in flat(done.out)
    assert "To go further" not in done.out


def test_a_rule_set_without_actions_can_be_planned_for(place: Path) -> None:
    (place / "regles" / "actions.yaml").write_text("actions: {}\n", "utf-8")
    done = plan(place)
    assert (done.code, done.err) == (1, "")
    assert "no action of the rule set brings it about" in flat(done.out)
    tolerant = plan(place, "--setting", "tolerees=3")
    assert (tolerant.code, tolerant.err) == (0, "")
    assert "Nothing is left to do." in tolerant.out


def test_what_counts_for_one_is_said(place: Path) -> None:
    answered(place, ", postes: 2", "")
    page = flat(plan(place).out)
    assert "Effort: 6 days" in page
    assert "Counted for one, since it is not answered: Combien de postes" in page


def test_what_will_no_longer_be_in_force_is_waited_for(place: Path) -> None:
    """The report takes until 1 December; from 1 November on nobody asks for it."""
    file = place / "regles" / "cadre.yaml"
    words = file.read_text("utf-8")
    title = "title: Bilan dressé, "
    file.write_text(words.replace(title, title + "in_force: {to: 2026-10-31}, "), "utf-8")
    answered(place, "cadre: false, charte: false", "cadre: true, charte: true, bilan: false")
    piece = "evidence: [{id: P1, proves: [texte], title: T, kept_at: ici}]\nanswers:"
    answered(place, "answers:", piece)
    page = flat(plan(place).out)
    assert "Nothing is left to do." in page
    assert (
        "The audit is taken to be on 1 December 2026: of the earlier days that were tried, none"
        " suits what would then have to be done. · Another audit day is named with --by." in page
    )
    soon = flat(plan(place, "--by", "2026-10-31").out)
    assert "“Dresser le bilan” cannot be done before 1 December 2026" in soon


# --- what may be asked ----------------------------------------------------------------------------


def test_leaving_a_step_out(place: Path) -> None:
    """Without the signing, 2 + 5 + 3 days are left."""
    page = flat(plan(place, "--without", "signer").out)
    assert "Effort: 10 days" in page
    assert "Without “Signer la charte”: 3 days more" in page


def test_taking_a_step_whatever_it_costs(place: Path) -> None:
    """Joining the other charter costs 5 days and spares the signing of 2."""
    page = flat(plan(place, "--with", "adherer").out)
    assert "With “Adhérer à une charte voisine”: 3 days more" in page


def test_leaving_a_filing_out(place: Path) -> None:
    """The frame is written; filing its text takes 1/4, writing it again 2: 7/4 days more."""
    answered(place, "cadre: false", "cadre: true")
    assert "Gather the evidence “Texte du cadre”" in plan(place).out
    page = flat(plan(place, "--without", "preuve:texte").out)
    assert "Without “Gather the evidence “Texte du cadre””: 1.75 days more" in page


def test_a_page_names_the_steps_as_options_want_them(place: Path) -> None:
    lines = [line.strip() for line in plan(place).out.splitlines()]
    assert [name for name in ("ecrire", "signer", "dresser") if name in lines] == [
        "ecrire",
        "signer",
        "dresser",
    ]


def test_days_a_month_are_those_of_a_whole_month(place: Path) -> None:
    """Begun on 21 September the first month has a third of them, the others all nine."""
    day = ("--as-of", "2026-09-21", "--capacity", "direction=9", "--capacity", "encadrement=9")
    done = in_this_process("plan", place / "a", "--rules", place / "regles", *day, language="en")
    roles = flat(done.out[done.out.index("Who does how much") : done.out.index("The steps, by")])
    assert "management 2 days 9 days a month at most" in roles


def test_what_leads_further_keeps_the_options(place: Path) -> None:
    page = flat(plan(place, "--without", "signer", "--capacity", "direction=2").out)
    options = f"--without signer --capacity direction=2 --rules {place / 'regles'} --as-of {START}"
    assert f"norm-engine plan {place / 'a'} {options} -o plan.xlsx" in page
    assert f"norm-engine report {place / 'a'} {options} --kind plan" in page


def test_no_report_is_proposed_of_settings_tried_out(place: Path) -> None:
    page = plan(place, "--setting", "tolerees=2").out
    assert "--setting tolerees=2" in page
    assert "norm-engine report" not in page


def test_trying_a_setting_out_in_french(place: Path) -> None:
    page = flat(plan(place, "--setting", "tolerees=2", language="fr").out)
    assert "tolerees : 2 au lieu de 0 : 5 jours de moins" in page.replace("\xa0", " ")


def test_trying_a_setting_out(place: Path) -> None:
    """With two minors tolerated, one of three requirements is left: the cheapest takes 2 days."""
    page = flat(plan(place, "--setting", "tolerees=2").out)
    assert "Effort: 2 days" in page
    assert "tolerees: 2 in place of 0: 5 days less" in page
    assert "2 requirements are still short of met; the decision allows it." in page


def test_a_setting_left_as_it_is_changes_nothing(place: Path) -> None:
    done = plan(place, "--setting", "tolerees=0", "--format", "json")
    assert done.data["effort"]["likely"] == "7"
    assert done.data["effects"] == []


@pytest.mark.parametrize("budget", ["3", "3d", "3j", "3 jours", "3,0", "6/2"])
def test_ways_to_write_an_effort(place: Path, budget: str) -> None:
    """Of what 3 days buy for certain, the frame and the report weigh the same: 2 days are less."""
    done = plan(place, "--budget", budget, "--format", "json")
    assert done.code == 0, done.err
    assert [step["id"] for step in done.data["steps"]] == ["ecrire"]
    assert done.data["budget"] == "3"


def test_a_budget(place: Path) -> None:
    """Four days: writing and signing make 3 of 4 points certain; no other choice makes more."""
    done = plan(place, "--budget", "4")
    assert done.code == 0
    page = flat(done.out)
    assert "The most readiness for 4 days" in page
    assert "No other choice of steps within this effort reaches more for an audit on" in page
    assert "1 requirement is still short of met." in page


def test_a_budget_that_buys_nothing_is_not_the_end_of_the_work(place: Path) -> None:
    page = flat(plan(place, "--budget", "1").out)
    assert "No steps within this effort make for more readiness. Not ready yet" in page
    assert "Nothing is left to do" not in page


def test_a_budget_that_what_is_forced_passes(place: Path) -> None:
    done = plan(place, "--budget", "1", "--with", "dresser")
    assert done.code == 1
    assert "passes the effort there is" in done.out


def test_unknown_answers_at_their_best(place: Path) -> None:
    """Whether there is a report is not known: at best, 4 days will do."""
    done = plan(place, "--assume", "best")
    assert done.code == 0
    assert "Effort: 4 days" in done.out
    assert "what is found later may add steps" in flat(done.out)


def test_where_nothing_is_known_nothing_is_said_to_be_done(place: Path) -> None:
    answered(place, "{cadre: false, charte: false, postes: 2}", "{}")
    page = flat(plan(place, "--assume", "best").out)
    assert "Nothing that is known calls for a step: what is left is to answer" in page
    assert "3 requirements are not known to be met: their answers may still ask for steps." in page
    assert "Nothing is left to do" not in page
    assert "the decision allows it" not in page


def test_an_audit_day(place: Path) -> None:
    """Joining the other charter is quicker by a month than writing and then signing."""
    done = plan(place, "--by", "01/12/2026", "--format", "json")
    assert done.data["audit_day"] == "2026-12-01"
    assert {step["id"] for step in done.data["steps"]} <= {"ecrire", "adherer", "signer", "dresser"}
    assert done.code == (1 if done.data["late"] else 0)


def test_too_few_days_a_month_for_the_audit_day(place: Path) -> None:
    done = plan(place, "--by", "2026-12-31", "--capacity", "referent_qualite=1/2")
    assert done.code == 1
    page = flat(done.out)
    late = done_late(place, "--by", "2026-12-31", "--capacity", "referent_qualite=1/2")
    assert f"The steps end {late} days after 31 December 2026." in page
    assert "More days a month are needed for: quality lead." in page
    assert "Were the steps done by 31 December 2026: Not ready yet → Ready" in page


def done_late(place: Path, *more: str) -> int:
    """By how many days the steps end too late."""
    late = plan(place, *more, "--format", "json").data["late"]
    assert isinstance(late, int)
    return late


def test_a_budget_whose_steps_end_after_the_day_asked_for(place: Path) -> None:
    """Three days of the report at half a day a month are more than four months."""
    options = ("--budget", "4", "--capacity", "referent_qualite=1/2", "--with", "dresser")
    done = plan(place, *options, "--by", "2026-12-31")
    assert done.code == 1
    assert "days after 31 December 2026" in flat(done.out)
    assert plan(place, *options, "--by", "2027-06-30").code == 0


def test_a_day_is_found_that_the_steps_end_by() -> None:
    """Where evidence ages while the steps are done, the day moves until it holds, or its margin."""
    done = in_this_process(
        "plan", AUDITS / "service-mediation-valmont", "--as-of", DAY,
        "--capacity", "direction=3/2", "--format", "json",
    )  # fmt: skip
    result = check(done.data)
    assert (done.code, result.found, result.complete) == (0, True, True)
    assert (result.late, result.day_asked) == (0, False)
    assert result.end is not None
    assert result.end <= result.audit_day


def test_no_day_is_found_where_evidence_ages_faster_than_it_is_made() -> None:
    """No other day is advised, nor is one said to have been asked for."""
    done = in_this_process(
        "plan", AUDITS / "association-des-deux-rives", "--as-of", DAY,
        "--capacity", "referent_qualite=1/2", language="en",
    )  # fmt: skip
    page = flat(done.out)
    assert done.code == 1
    assert "No audit day was found that the steps end by" in page
    assert "More days a month are needed for: quality lead." in page
    assert "The audit is taken to be on" not in page


def test_an_answer_that_may_open_a_route_is_asked_for_first(tmp_path: Path) -> None:
    """Of an audit that nobody filled in, nothing is known, nor how many mediators there are."""
    assert in_this_process("new", tmp_path / "neuf").code == 0
    done = in_this_process("plan", tmp_path / "neuf", "--as-of", DAY, language="en")
    page = flat(done.out)
    assert done.code == 1
    assert "to be answered first, for some step may satisfy it:" in page
    assert re.search(r"As answers stand, \d+ things together would open a route", page)
    assert "Part of this hangs on answers that are missing: give them, then plan anew." in page


# --- no route -------------------------------------------------------------------------------------


def test_no_route_and_what_would_open_one(place: Path) -> None:
    done = plan(place, "--without", "ecrire")
    assert (done.code, done.err) == (1, "")
    page = flat(done.out)
    assert "No route leads to ready." in page
    assert "▲ CAD-01 Cadre écrit · “Écrire le cadre” was left out, as you asked" in page
    assert "One thing would open a route → “Écrire le cadre” no longer left out" in page


def test_no_time_and_when_there_would_be(place: Path) -> None:
    page = flat(plan(place, "--by", "2026-10-15").out)
    assert "“Écrire le cadre” cannot be done before 1 November 2026" in page
    assert "an audit on 1 December 2026, in place of 15 October 2026" in page


def test_what_was_dropped(place: Path) -> None:
    answered(place, "answers:", "actions: [{id: A1, action: ecrire, state: dropped}]\nanswers:")
    page = flat(plan(place).out)
    assert "“Écrire le cadre” was dropped in the audit’s follow-up" in page


# --- as data --------------------------------------------------------------------------------------


def check(document: object) -> PlanResult:
    """A document as its published schema has it, and as the record that it was made from."""
    schema = json.loads((ROOT / "schemas" / "plan-result.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(document)
    result = from_plain(PlanResult, document)
    assert to_plain(result) == document
    return result


@pytest.mark.parametrize(
    "more",
    [
        (),
        ("--budget", "3"),
        ("--budget", "0"),
        ("--without", "ecrire"),
        ("--by", "2026-10-15"),
        ("--assume", "best"),
        ("--with", "adherer", "--without", "signer", "--setting", "tolerees=1"),
    ],
    ids=" ".join,
)
def test_the_data_is_what_its_schema_says(place: Path, more: tuple[str, ...]) -> None:
    done = plan(place, *more, "--format", "json")
    assert done.err == ""
    result = check(done.data)
    likely = sum((Fraction(step.effort.likely) for step in result.steps), Fraction(0))
    assert Fraction(result.effort.likely) == likely
    months = sum((Fraction(load.days) for load in result.loads), Fraction(0))
    assert months == likely
    assert done.code == (0 if result.found else 1)


def test_the_data_of_a_plan(place: Path) -> None:
    result = check(plan(place, "--format", "json").data)
    assert (result.found, result.complete, result.goal, result.late) == (True, True, "ready", 0)
    assert result.proof is not None
    assert (result.proof.optimum, result.proof.bound, result.proof.gap) == ("7", "7", "0")
    assert {step.id: (step.closes, step.workshop) for step in result.steps} == {
        "ecrire": (("CAD-01",), "atelier-1"),
        "signer": (("CAD-02",), "atelier-1"),
        "dresser": (("CAD-03",), "atelier-2"),
    }
    assert result.critical_path == ("ecrire", "signer")
    assert (result.end, result.audit_day) == (datetime.date(2026, 12, 2),) * 2


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_plan_of_an_example_audit(name: str) -> None:
    done = in_this_process(
        "plan", AUDITS / name, "--as-of", DAY, "--budget", "6", "--format", "json"
    )
    assert (done.code, done.err) == (0, "")
    result = check(done.data)
    assert Fraction(result.effort.likely) <= 6
    assert result.complete


# --- into a file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [(), ("--without", "ecrire"), ("--budget", "0")], ids=" ".join)
@pytest.mark.parametrize("ending", ["xlsx", "ics", "svg", "json", "txt", "JSON"])
def test_into_a_file(place: Path, ending: str, more: tuple[str, ...]) -> None:
    """Whether there is a plan, none, or nothing in it: the file is whole and of its kind."""
    file = place / f"plan.{ending}"
    done = plan(place, *more, "-o", file)
    assert done.code == (1 if "--without" in more else 0)
    assert (done.out, done.err) == ("", f"Written: {file}\n")
    content = file.read_bytes()
    if ending == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            assert opened.testzip() is None
    elif ending == "ics":
        text = content.decode()
        assert text.startswith("BEGIN:VCALENDAR\r\n")
        assert text.endswith("END:VCALENDAR\r\n")
    elif ending == "svg":
        assert ElementTree.fromstring(content).tag.endswith("svg")
    elif ending == "txt":
        assert content.decode() == plan(place, *more).out
    else:
        assert json.loads(content) == plan(place, *more, "--format", "json").data


def test_a_file_is_replaced(place: Path) -> None:
    file = place / "plan.txt"
    file.write_text("autre chose", "utf-8")
    assert plan(place, "-o", file).code == 0
    assert "autre chose" not in file.read_text("utf-8")


# --- wrong usage ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--with", "ecrir"), "There is no step “ecrir”. Did you mean “ecrire”?"),
        (("--without", "xyz"), "There is no step “xyz”."),
        (("--with", "preuve:charte"), "There is no step “preuve:charte”."),
        (("--with", "ecrire", "--without", "ecrire"), "both to be left out and to be taken"),
        (("--with", "preuve:texte"), "“preuve:texte” has nothing to do for this structure"),
        (("--with", "ecrire", "--by", START), "cannot be taken: it cannot be done by the day"),
        (("--with", "signer", "--without", "ecrire"), "needs a step that is left out"),
        (("--by", "2026-08-31"), "the day the plan starts on"),
        (("--by", "2026-02-30"), "2026-02-30"),
        (("--budget", "douze"), "“douze” is no number of days"),
        (("--budget", "-1"), "“-1” is no number of days"),
        (("--budget", "1/0"), "“1/0” is no number of days"),
        (("--capacity", "chef=1"), "write a role and its days a month"),
        (("--capacity", "direction"), "write a role and its days a month"),
        (("--capacity", "direction=0"), "have no days for them"),
        (("--capacity", "direction=0.01"), "at least a quarter of a day a month"),
        (("--capacity", "direction=1/5"), "at least a quarter of a day a month"),
        (("--by", "2026-08-30"), "before 1 September 2026, the day the plan starts on"),
        (("--assume", "middling"), "worst"),
        (("--setting", "tolerees"), "write a name and a value"),
        (("--setting", "inconnu=1"), "The setting “inconnu” does not exist"),
        (("--setting", "tolerees=beaucoup"), "“beaucoup” does not fit here"),
        (("--setting", "tolerees=-1"), "-1"),
        (
            ("-o", "plan.docx"),
            "“plan.docx”: the name of what is written here ends with .ics or .json",
        ),
        (("-o", "plan"), "“plan”: the name of what is written here ends with .ics or .json"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_makes_no_sense_is_refused(place: Path, more: tuple[str, ...], said: str) -> None:
    done = plan(place, *more)
    assert (done.code, done.out) == (2, "")
    assert said in flat(done.err)
    assert "Traceback" not in done.err


def test_a_role_whose_days_never_suffice_is_named(place: Path) -> None:
    """A quarter of a day a month is 300 days in a hundred years: too few for 301 signatures."""
    answered(place, "postes: 2", "postes: 301")
    done = plan(place, "--capacity", "encadrement=1/4", "--without", "adherer")
    assert (done.code, done.out) == (2, "")
    assert flat(done.err).endswith(
        "The step “signer” would not end within a hundred years: more days a month are needed for:"
        " supervisors."
    )


def test_a_step_that_lasts_a_century_is_named(place: Path) -> None:
    """Its lead time is the cause, and no days are asked for."""
    rules = place / "regles" / "actions.yaml"
    rules.write_text(rules.read_text("utf-8").replace("lead_time: P3M", "lead_time: P9999Y"))
    done = plan(place)
    assert (done.code, done.out) == (2, "")
    assert (
        "The step “dresser” would end after a hundred years, or after the year 9999, by its lead"
        in flat(done.err)
    )


def test_refused_in_french(place: Path) -> None:
    done = plan(place, "--budget", "douze", language="fr")
    assert done.code == 2
    assert "douze" in done.err
    assert "is no number" not in done.err


def test_a_file_that_is_no_audit(place: Path) -> None:
    (place / "a" / "audit.yaml").write_text("format: 2\n", "utf-8")
    done = plan(place)
    assert (done.code, done.out) == (3, "")


# --- streams, speed, interruption -----------------------------------------------------------------


def test_standard_output_holds_nothing_but_the_result(place: Path) -> None:
    """In a process of its own, where what a library writes below Python would show."""
    asked = ("plan", "a", "--rules", "regles", "--as-of", START, "--format", "json")
    done = norm_engine(*asked, cwd=place)
    assert (done.code, done.err) == (0, "")
    check(done.data)


def test_the_same_plan_every_time(place: Path) -> None:
    asked = ("plan", "a", "--rules", "regles", "--as-of", START)
    first, second = (
        norm_engine(*asked, cwd=place, env={"PYTHONHASHSEED": seed}) for seed in ("0", "1")
    )
    assert first == second


@pytest.mark.parametrize("asked", [("--help",), ("plan", "--help"), ("plan", "a", "--budget", "x")])
def test_the_solver_is_not_loaded_before_it_is_needed(place: Path, asked: tuple[str, ...]) -> None:
    code = (
        "import sys; from norm_engine.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "print(sorted({'highspy', 'numpy', 'openpyxl', 'icalendar'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *asked],
        cwd=place,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def caps(place: Path, dimension: int) -> None:
    """A plan that takes long: the fewest points that meet every line over the three-element field.

    In dimension 4 it takes 61 of 81 (the largest cap set has 20: G. Pellegrino, 1970), which no
    general solver proves within minutes.
    """
    points = list(product(range(3), repeat=dimension))
    name = {point: f"p{''.join(map(str, point))}" for point in points}
    lines = {
        tuple(sorted((x, y, tuple((-a - b) % 3 for a, b in zip(x, y, strict=True)))))
        for x, y in combinations(points, 2)
    }
    effort = {"low": 1, "likely": 1, "high": 1}
    same = {"why": "…", "how": "…", "effort": effort, "lead_time": "P1M", "role": "direction"}
    rows = [
        {
            "id": f"T-{number}",
            "title": "Ligne",
            "statement": "Un point en est.",
            "level": "requirement",
            "gravity": "minor",
            "weight": 1,
            "workshop": "atelier-1",
            "basis": "attested",
            "criteria": [
                {
                    "id": "c",
                    "text": "…",
                    "when": {"any": [{"answer": name[point], "is": True} for point in line]},
                }
            ],
        }
        for number, line in enumerate(sorted(lines))
    ]
    actions = {
        f"faire_{each}": {"title": each, "sets": {each: True}, "phase": "concevoir", **same}
        for each in name.values()
    }
    questions = {each: {"text": each, "type": "yes_no"} for each in name.values()}
    # JSON is YAML
    written(
        place,
        ruleset=HEAD,
        evidence="evidence: {}\n",
        questions=json.dumps({"questions": questions}),
        actions=json.dumps({"actions": actions}),
        cadre=json.dumps({"domain": "cadre", "requirements": rows}),
    )
    (place / "a").mkdir()
    answers = ", ".join(f"{each}: false" for each in name.values())
    audit = AUDIT.partition("answers:")[0] + f"answers: {{{answers}}}\n"
    (place / "a" / "audit.yaml").write_text(audit, "utf-8")


HEEDING = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("norm_engine", run_name="__main__", alter_sys=True)
"""
"""The program, heeding Ctrl-C even where tests run in the background, told to ignore it."""


def interrupted(*asked: str, place: Path, shows: bytes = b"at least") -> Ended:
    """Run with standard error on a terminal, and type Ctrl-C once when it shows this."""
    import pty
    import signal

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", HEEDING, *asked, "a", "--rules", "regles", "--as-of", START],
        cwd=place,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=theirs,
    ) as running:
        assert running.stdout is not None
        said = out = b""
        typed = False
        while True:
            ready = select.select([ours, running.stdout], [], [], 120)[0]
            if not ready:
                running.kill()
                pytest.fail(f"not a word for two minutes after {said[-200:]!r}")
            if ours in ready:
                said += os.read(ours, 65536)
            if running.stdout in ready:
                chunk = os.read(running.stdout.fileno(), 65536)
                out += chunk
                if not chunk:
                    break
            if shows in said and not typed:
                running.send_signal(signal.SIGINT)
                typed = True
        code = running.wait(60)
    os.close(ours)
    os.close(theirs)
    return Ended(code, out.decode(), said.decode())


unix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals as Unix has them")


@unix
def test_stopped_it_gives_the_best_found_so_far_and_how_far_from_the_best(tmp_path: Path) -> None:
    """It comes, on the day its last step ends, though it is not proven the cheapest.

    Each of 1080 requirements wants one of three points: a third of each of the 81 is enough for
    the linear relaxation, and nothing below its 27 days is claimed to be possible.
    """
    caps(tmp_path, 4)
    done = interrupted("plan", "--format", "json", place=tmp_path)
    assert "Traceback" not in done.err
    assert re.search(r"at least \d+", done.err)
    assert done.code == 0, done
    result = check(done.data)
    assert (result.found, result.complete) == (True, False)
    assert result.decision_after.outcome == "ready"
    assert result.audit_day == result.end == datetime.date(2026, 10, 1)
    assert result.proof is not None
    optimum, bound, gap = map(
        Fraction, (result.proof.optimum, result.proof.bound, result.proof.gap)
    )
    assert 27 <= bound <= 61 <= optimum <= 81
    assert (gap, result.proof.proven) == (optimum - bound, False)
    assert Fraction(result.effort.likely) == optimum


@unix
def test_stopped_a_budget_is_spent_as_well_as_was_found(tmp_path: Path) -> None:
    """40 of 81 points: less than 61, so that some line is left, and no more than 40 days."""
    caps(tmp_path, 4)
    budget = ("--budget", "40", "--format", "json")
    done = interrupted("plan", *budget, place=tmp_path, shows=b"s (Ctrl-C gives the best found)")
    assert "Traceback" not in done.err
    assert done.code == 0, done
    result = check(done.data)
    assert (result.found, result.complete) == (True, False)
    assert Fraction(result.effort.likely) <= 40
    assert result.proof is not None
    assert 0 < Fraction(result.proof.optimum) < 1
    assert Fraction(result.proof.optimum) <= Fraction(result.proof.bound) <= 1


@unix
def test_stopped_a_report_is_not_written(tmp_path: Path) -> None:
    """Another search would not end where this one was stopped: such a report could not hold."""
    caps(tmp_path, 4)
    done = interrupted("report", "--kind", "plan", "-o", "plan.pdf", place=tmp_path)
    assert done.code == 5
    assert re.search(r"at least \d+ \(Ctrl-C stops\)", done.err)
    assert done.err.rstrip().endswith("Stopped.")
    assert not (tmp_path / "plan.pdf").exists()
