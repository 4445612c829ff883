"""A plan is made again when its report is verified: what it leads to and costs has to be the same.

Another choice of steps that takes as much is none the worse; a cheaper claim, or steps that do not
lead there, are told.
"""

import json
from typing import Any

import pytest

from norm_engine.language import speaking
from norm_engine.model.records import to_plain
from norm_engine.model.report_results import VerificationResult
from norm_engine.planning.options import PlanOptions
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.subject import Subject, Wish
from tests.reports.small_plans import effort, planned_rules, planned_subject
from tests.support.small_report import results_of, small_report
from tests.support.small_rules import action, audit
from tests.support.tampering import with_json

WISH = Wish("plan", "en")


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def report() -> bytes:
    return small_report(planned_subject(), WISH)


def checks(result: VerificationResult) -> dict[str, str]:
    return {each.id: each.outcome for each in result.checks}


def details(result: VerificationResult) -> str:
    return "\n".join(
        line for each in result.checks if each.id == "plan" for line in (each.text, *each.details)
    )


def forged(report: bytes, **changes: Any) -> VerificationResult:
    """The report verified once these keys of its plan were changed, fingerprints put right."""
    return verify(with_json(report, "plan.json", lambda plan: plan.update(changes)), small_report)


def test_a_plan_holds(report) -> None:
    result = verify(report, small_report)
    assert result.verdict == "holds"
    assert "Made again, the plan is the same" in details(result)


@pytest.mark.parametrize("asked", [{"without": ("faire_a",)}, {"assume": "best"}], ids=str)
def test_so_does_one_under_options_and_one_that_finds_no_route(asked) -> None:
    content = small_report(planned_subject(), Wish("plan", "en", plan=PlanOptions(**asked)))
    assert verify(content, small_report).verdict == "holds"


def test_a_cheaper_claim_is_told(report) -> None:
    result = forged(report, effort={"low": "3", "likely": "4", "high": "9"})
    assert checks(result)["plan"] == "differs"
    assert result.verdict == "differs"
    assert "effort" in details(result)


def test_a_decision_that_the_steps_do_not_lead_to_is_told(report) -> None:
    plan = to_plain(results_of(planned_subject(), WISH).plan)
    result = forged(report, decision_before=plan["decision_after"])
    assert checks(result)["plan"] == "differs"


def test_what_was_asked_may_not_be_changed_behind_it(report) -> None:
    def dearer(manifest: Any) -> None:
        manifest["plan"] = {"without": ["faire_b"]}

    result = verify(with_json(report, "rapport.json", dearer), small_report)
    assert checks(result)["plan"] == "differs"


def test_steps_that_nobody_offers_are_told(report) -> None:
    plan = to_plain(results_of(planned_subject(), WISH).plan)
    plan["steps"][0]["id"] = "miracle"
    result = forged(report, steps=plan["steps"])
    assert "It names steps that the structure cannot take: miracle." in details(result)


def test_fewer_steps_do_not_lead_there(report) -> None:
    """Without the step for T-1 its 2 days are spared, and it stays a major nonconformity."""
    plan = to_plain(results_of(planned_subject(), WISH).plan)
    result = forged(
        report,
        steps=plan["steps"][1:],
        effort={"low": "2", "likely": "3", "high": "5"},
        proof={"optimum": "3", "bound": "3", "gap": "0", "proven": True},
    )
    said = details(result)
    assert "Once its steps are done, the outcome is “Not ready yet”" in said
    assert "The report names a likely effort of 3 days; the least is 5 days." in said


def test_a_manifest_that_asks_what_cannot_be_asked_is_told(report) -> None:
    def unheard(manifest: Any) -> None:
        manifest["plan"] = {"with": ["miracle"]}

    result = verify(with_json(report, "rapport.json", unheard), small_report)
    assert checks(result)["plan"] == "differs"
    assert "miracle" in details(result)


# --- another choice, as cheap ---------------------------------------------------------------------


def tied() -> Subject:
    """T-2 can be had in two ways that take three days each."""
    other = {"autre_b": action(title="Autre b", sets={"b": True}, effort=effort(2, 3, 5))}
    return Subject(
        planned_rules(actions=other),
        planned_subject().as_of,
        audit=audit({"a": False, "b": False, "c": False}),
    )


@pytest.fixture(scope="module")
def other_choice() -> bytes:
    """A report whose plan has the other one of two steps that take as much."""
    with speaking("en"):
        content = small_report(tied(), WISH)
        chosen = {step.id for step in results_of(tied(), WISH).plan.steps}
        (taken,) = chosen & {"faire_b", "autre_b"}
        wish = Wish("plan", "en", plan=PlanOptions(without=(taken,)))
        plan = to_plain(results_of(tied(), wish).plan)
    assert taken not in {step["id"] for step in plan["steps"]}

    def put(held: Any) -> None:
        held.clear()
        held.update({**plan, "effects": []})

    return with_json(content, "plan.json", put)


def test_another_choice_of_steps_that_takes_as_much_holds(other_choice) -> None:
    result = verify(other_choice, small_report)
    assert checks(result)["plan"] == "holds"
    assert "other steps that take as much" in details(result)
    # under one solver there is one choice: the pages and the files are not those it would write
    assert checks(result)["rendering"] == "differs"


def test_under_another_solver_that_is_all_there_is_to_say(other_choice) -> None:
    def older(manifest: Any) -> None:
        manifest["libraries"]["highspy"] = "1.0.0"

    result = verify(with_json(other_choice, "rapport.json", older), small_report)
    assert (checks(result)["plan"], checks(result)["rendering"]) == ("holds", "unchecked")
    assert result.verdict == "partly"
    [rendering] = [each for each in result.checks if each.id == "rendering"]
    assert any("highspy 1.0.0" in each for each in rendering.details)


def test_a_plan_whose_file_was_taken_out_is_no_plan(report) -> None:
    def without(manifest: Any) -> None:
        manifest["files"] = [x for x in manifest["files"] if x["name"] != "plan.json"]

    result = verify(with_json(report, "rapport.json", without), small_report)
    [files] = [each for each in result.checks if each.id == "files"]
    assert "plan.json is not among the files that the report names." in files.details


@pytest.mark.parametrize(
    "change",
    [
        {"as_of": "9999-12-31"},
        {"as_of": "0001-01-01"},
        {"plan": {"by": "0001-01-01"}},
        {"plan": {"by": "9999-12-31"}},
        {"plan": {"capacity": {"direction": "0"}}},
        {"plan": {"capacity": {"direction": "1/999999999"}}},
        {"plan": {"budget": "999999999"}},
        {"plan": {"without": ["x"] * 1000}},
    ],
    ids=lambda change: str(change)[:40],
)
def test_whatever_is_asked_in_its_name_is_told_and_breaks_nothing(report, change: Any) -> None:
    altered = with_json(report, "rapport.json", lambda manifest: manifest.update(change))
    assert verify(altered, small_report).verdict == "differs"


def test_what_the_manifest_says_of_days_is_checked_at_the_border(report) -> None:
    def endless(manifest: Any) -> None:
        manifest["plan"] = {"budget": "1e999999999"}

    from norm_engine.loading.problems import InvalidInput

    with pytest.raises(InvalidInput):
        verify(with_json(report, "rapport.json", endless), small_report)


def test_the_plan_in_the_report_is_canonical(report) -> None:
    import rfc8785

    from tests.support.tampering import attached

    content = attached(report, "plan.json")
    assert content == rfc8785.dumps(json.loads(content))
