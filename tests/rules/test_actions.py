"""What the shipped catalogue's actions promise: each matter can be worked on, in bearable time."""

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.engine.actions import effort, makes_sense
from norm_engine.engine.truth import TRUE
from norm_engine.model.conditions import Condition
from norm_engine.model.ruleset import Question
from norm_engine.model.scalars import exact, months_and_days
from norm_engine.presentation.uses import names_in
from tests.rules.shipped import FOLDER, catalogue, evaluated, program

# --- what can be worked on ---------------------------------------------------------------------

NO_ACTION_CHANGES = {
    # who the structure is, and what it does
    "adultes_relais", "besoins", "commanditaire_externe", "contextes", "donnees_identifiantes",
    "effectif_total", "encadrants", "equipes", "horaires_decales", "mediateurs_en_poste",
    "registres",
    # what has happened: nobody is sent to make gaps up
    "ecarts_notes",
}  # fmt: skip
"""Questions that criteria read and that are no work to be done."""


def test_whatever_a_criterion_reads_some_action_supplies() -> None:
    actions = catalogue().actions.values()
    supplied = {("question", name) for action in actions for name in action.sets}
    supplied |= {("evidence", kind) for action in actions for kind in action.records}
    read = {
        named
        for requirement in catalogue().requirements
        for criterion in requirement.criteria
        for named in names_in(criterion.when) | names_in(criterion.proof)
    }
    assert read - supplied == {("question", name) for name in NO_ACTION_CHANGES}


@st.composite
def structures(draw: st.DrawFn) -> dict[str, Any]:
    """Answers to whatever decides which requirements apply and which actions make sense."""
    ruleset = catalogue()
    conditions = [
        *(each.applies_when for each in ruleset.requirements),
        *(each.when for each in ruleset.actions.values()),
    ]
    asked = {name for each in conditions for kind, name in names_in(each) if kind == "question"}
    found = {name: draw(answers_to(ruleset.questions[name])) for name in sorted(asked)}
    # posts that nobody holds are filled by hiring, which rests on others
    return {**found, "mediateurs_en_poste": draw(st.sampled_from([1, 2, 30]))}


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    if question.type == "yes_no":
        return st.booleans()
    if question.type == "scale":
        return st.sampled_from([each.value for each in question.levels])
    if question.type == "choice":
        return st.sampled_from([each.value for each in question.choices])
    if question.type == "choices":
        values = [each.value for each in question.choices]
        return st.sampled_from([[], values]) | st.lists(st.sampled_from(values), unique=True)
    if question.type == "date":
        return st.sampled_from(["2012-03-01", "2026-06-01"])
    assert question.type in ("count", "number")
    return st.sampled_from([0, 1, 2, 30])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(structures())
def test_evidence_that_is_missing_can_always_be_made(answers: dict[str, Any]) -> None:
    """Too old or rejected, it has to be made anew, however far the structure is otherwise."""
    evaluation = evaluated(answers)
    made = {
        kind
        for action in catalogue().actions.values()
        if makes_sense(evaluation, action)
        for kind in action.records
    }
    for requirement in catalogue().requirements:
        each = program().compiled(requirement.id)
        if each.applies >= 0 and evaluation.proven.truths[each.applies] != TRUE:
            continue
        for criterion in requirement.criteria:
            # the first annual report, which adds credit only, is not asked of a new service
            if criterion.proof is not None and criterion.essential:
                assert shown_by(criterion.proof, made), f"{requirement.id}.{criterion.id}"


def shown_by(proof: Condition, kinds: set[str]) -> bool:
    """Whether evidence of these kinds is enough for a proof."""
    if proof.evidence is not None:
        return proof.evidence in kinds
    if proof.all_ is not None:
        return all(shown_by(each, kinds) for each in proof.all_)
    assert proof.any_ is not None
    return any(shown_by(each, kinds) for each in proof.any_)


# --- order, efforts and time -------------------------------------------------------------------


def test_hardly_anything_waits_for_more_than_three_others_in_a_row() -> None:
    """An action that comes after another drags it into every plan."""
    actions = catalogue().actions

    def depth(name: str) -> int:
        return 1 + max((depth(each) for each in actions[name].after), default=0)

    deep = {name for name in actions if depth(name) > 4}
    assert {name for name in deep if not rests_on(name, THE_QUESTIONS_TO_ASK)} == set()
    assert max(depth(name) for name in deep) <= 7
    assert sum(1 for each in actions.values() if each.after) <= len(actions) * 2 / 5


THE_QUESTIONS_TO_ASK = "co_construire_l_evaluation"
"""Evaluating social utility takes long: who sees to it, plan, method, questions, surveys, report,
sharing it. Whoever asks before knowing what to ask asks twice."""


def rests_on(name: str, other: str) -> bool:
    """Whether an action comes after another one, or after what comes after it."""
    return any(each == other or rests_on(each, other) for each in catalogue().actions[name].after)


EVALUATION = (
    "clarifier_roles_referent_qualite",
    "ecrire_le_plan_d_evaluation",
    "choisir_la_methode_d_utilite_sociale",
    THE_QUESTIONS_TO_ASK,
    "interroger_les_habitants",
    "rediger_le_rapport_d_utilite_sociale",
    "restituer_les_resultats",
)


@pytest.mark.parametrize(("first", "then"), [*pairwise(EVALUATION)])
def test_social_utility_is_evaluated_in_the_order_of_the_trade(first: str, then: str) -> None:
    assert first in catalogue().actions[then].after


def test_what_is_organised_for_mediators_says_who_organises_it() -> None:
    """Their time is what it takes; the work of setting it up is somebody else's."""
    for name in (
        "former_et_engager_mediateurs",
        "former_les_mediateurs",
        "tenir_la_formation_continue",
        "former_aux_premiers_secours",
        "installer_l_analyse_de_la_pratique",
        "preparer_l_equipe_a_l_audit",
    ):
        action = catalogue().actions[name]
        assert action.role == "mediateurs"
        assert re.match(r"(La direction|L’encadrant)\b[^.]*\borganise\b", str(action.how)), name


def test_no_text_tells_anyone_to_date_anew() -> None:
    """« Redater » sounds like putting an earlier day on a document."""
    written = "\n".join(each.read_text("utf-8") for each in FOLDER.glob("*.yaml"))
    assert re.findall(r"\bredat\w*", written) == []


def test_a_procedure_is_written_once_and_exercised_by_each_team() -> None:
    actions = catalogue().actions
    written, exercised = (
        actions[name] for name in ("ecrire_la_procedure_de_signalement", "s_exercer_au_signalement")
    )
    assert (written.effort.per, exercised.effort.per) == (None, "equipes")
    assert exercised.after == ("ecrire_la_procedure_de_signalement",)


SIZES = {
    4: {"mediateurs_en_poste": 4, "equipes": 1, "encadrants": 1, "adultes_relais": 2},
    120: {"mediateurs_en_poste": 120, "equipes": 12, "encadrants": 12, "adultes_relais": 12},
}


@pytest.mark.parametrize("mediators", SIZES)
def test_no_action_keeps_anyone_busy_for_more_than_half_a_year(mediators: int) -> None:
    """With the days that the catalogue counts with, in a small team as in a large one."""
    evaluation = evaluated({**SIZES[mediators], "conventions_en_cours": mediators // 4})
    long = {}
    for name, action in catalogue().actions.items():
        capacity = catalogue().planning.capacity[action.role]
        assert not isinstance(capacity.days, int | str)
        days = exact(catalogue().head.settings[capacity.days.setting].default)
        days *= SIZES[mediators][capacity.per] if capacity.per else 1
        months = effort(evaluation, action)[1] / days
        if months > Fraction(6):
            long[name] = months
    assert long == {}


def test_lead_times_are_between_two_weeks_and_a_year() -> None:
    for name, action in catalogue().actions.items():
        months, days = months_and_days(action.lead_time)
        assert 14 <= 30 * months + days <= 365, name
