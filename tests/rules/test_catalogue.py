"""What the shipped catalogue promises to those who use it. Norms made elsewhere need none of it."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.authoring.check import MOST_GATED, WEAK_BASES
from norm_engine.authoring.rule_tests import load_tests, run_tests
from norm_engine.cli.rules.check import found_problems
from norm_engine.engine.actions import facts_after
from norm_engine.engine.asking import asked
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.graph import gated_by
from norm_engine.engine.truth import NAMES
from tests.rules.shipped import FOLDER, catalogue, evaluated, program

ROOT = FOLDER.parent.parent

MOST_QUESTIONS = 240
MOST_ASKED_OF_ONE_MEDIATOR = 140


def asked_of(answers: dict[str, Any]) -> set[str]:
    """The questions asked of a structure beyond its profile."""
    questions = catalogue().questions
    return {name for name in asked(evaluated(answers)).questions if not questions[name].profile}


# --- how much is asked -------------------------------------------------------------------------

ONE_MEDIATOR: dict[str, Any] = {
    "type_structure": "association",
    "ouverture_service": "2019-03-01",
    "mediateurs_en_poste": 1,
    "encadrants": 0,
    "equipes": 1,
    "sites": 1,
    "effectif_total": 1,
    "adultes_relais": 0,
    "salaries_prives": True,
    "agents_publics": False,
    "public_mineur": False,
    "postes_honorabilite": False,
}
"""An association of one mediator, who is no adulte-relais and works with adults only."""

OTHER_PROFILE: dict[str, list[Any]] = {
    "registres": [
        [],
        ["presence_active"],
        [
            "presence_active",
            "gestion_conflits",
            "levee_incomprehensions",
            "mise_en_relation",
            "concertation",
            "veille_sociale",
            "projets_collectifs",
            "information_sensibilisation",
        ],
    ],
    "besoins": [
        [],
        ["information_orientation"],
        [
            "information_orientation",
            "acces_droits",
            "conflits_usage",
            "participation",
            "dialogue_transitions",
            "climat_scolaire",
            "conflits_voisinage",
            "prevention_violences",
        ],
    ],
    "contextes": [
        ["espace_public"],
        ["espace_public", "logement", "transport", "acces_droits", "sante"],
    ],
    "horaires_decales": [False, True],
    "commanditaire_externe": [False, True],
    "partenaires_prevention": [False, True],
    "mise_a_disposition": [False, True],
    "accueil_public": [False, True],
    "donnees_identifiantes": [False, True],
    "deja_auditee": [False, True],
}
"""The other answers of the profile: the least, something, and the most one can answer."""


def test_the_profile_is_the_one_that_these_tests_know() -> None:
    profile = {name for name, question in catalogue().questions.items() if question.profile}
    assert profile == set(ONE_MEDIATOR) | set(OTHER_PROFILE)


def test_there_are_few_enough_questions() -> None:
    assert len(catalogue().questions) <= MOST_QUESTIONS


def worst_profile() -> dict[str, Any]:
    """The most asked of one mediator: the answers of the list, one question after the other.

    Going round twice: a question's worst answer may hang on that of another one.
    """
    chosen = {name: values[-1] for name, values in OTHER_PROFILE.items()}
    for name, values in [*OTHER_PROFILE.items()] * 2:
        chosen[name] = max(
            values,
            key=lambda value, name=name: len(asked_of(ONE_MEDIATOR | chosen | {name: value})),
        )
    return ONE_MEDIATOR | chosen


def test_one_mediator_is_asked_little_enough_whatever_else_the_profile_says() -> None:
    assert len(asked_of(worst_profile())) <= MOST_ASKED_OF_ONE_MEDIATOR


@st.composite
def other_profiles(draw: st.DrawFn) -> dict[str, Any]:
    """Any answers to the rest of the profile."""
    drawn: dict[str, Any] = {}
    for name in OTHER_PROFILE:
        question = catalogue().questions[name]
        if question.type == "choices":
            offered = [each.value for each in question.choices if each.value != "ecole"]
            drawn[name] = draw(st.lists(st.sampled_from(offered), unique=True))
        else:
            drawn[name] = draw(st.booleans())
    return drawn


@given(other_profiles())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_one_mediator_is_asked_little_enough_at_random(profile: dict[str, Any]) -> None:
    assert len(asked_of(ONE_MEDIATOR | profile)) <= MOST_ASKED_OF_ONE_MEDIATOR


CONCERNS: dict[str, list[str]] = {
    # what only concerns some structures, by the beginning or part of the question's own words
    "teams and their supervisors": [r"\bencadrants?\b", r"\béquipes? de médiateurs\b"],
    "adultes-relais": [r"adultes?-relais"],
    "minors": [r"\bmineurs?\b", r"\benfants?\b", r"\bhonorabilité\b"],
    "schools": [r"\bécoles?\b", r"\bscolaires?\b", r"\bcollèges?\b", r"établissements? scolaires?"],
}


def concerned(subject: str) -> set[str]:
    """The questions whose own words speak of a subject (help and anchors left out)."""
    patterns = [re.compile(each, re.IGNORECASE) for each in CONCERNS[subject]]
    return {
        name
        for name, question in catalogue().questions.items()
        if not question.profile and any(each.search(str(question.text)) for each in patterns)
    }


@pytest.mark.parametrize("subject", CONCERNS)
def test_nobody_is_asked_about_what_they_do_not_have(subject: str) -> None:
    assert concerned(subject)  # others are asked
    # whatever the rest of the profile says, and even where it is not yet answered
    assert asked_of(worst_profile()) & concerned(subject) == set()
    assert (
        asked_of(dict(ONE_MEDIATOR) | {"contextes": ["espace_public"]}) & concerned(subject)
        == set()
    )


# --- what it holds -----------------------------------------------------------------------------

DOMAINS = {"DEO": 34, "PRO": 37, "STR": 52, "EVA": 33}
"""How many statements the dossier has in each domain; they are numbered from 01."""


def test_every_statement_of_the_dossier_is_there() -> None:
    expected = {
        f"{domain}-{rank:02}" for domain, count in DOMAINS.items() for rank in range(1, count + 1)
    }
    assert len(expected) == 156
    assert {each.id for each in catalogue().requirements} == expected


def test_every_requirement_has_guidance_proof_and_examples() -> None:
    lacking = {
        each.id
        for each in catalogue().requirements
        if not (
            each.guidance and each.examples and any(criterion.proof for criterion in each.criteria)
        )
    }
    assert lacking == set()


def test_nothing_is_major_on_practice_or_inference_alone() -> None:
    majors = [each for each in catalogue().requirements if each.gravity == "major"]
    assert majors
    assert [each.id for each in majors if each.basis in WEAK_BASES] == []


def test_no_requirement_gates_too_many_others() -> None:
    assert {name: len(ids) for name, ids in gated_by(catalogue()).items() if len(ids) > 15} == {}
    assert MOST_GATED == 15


def test_the_check_for_authors_has_nothing_to_say() -> None:
    assert [str(problem) for problem in found_problems(FOLDER, [])] == []


def test_every_example_holds_and_every_criterion_is_seen_both_ways() -> None:
    run = run_tests(catalogue(), load_tests(FOLDER, catalogue()))
    assert [outcome for outcome in run.outcomes if not outcome.passed] == []
    assert run.uncovered(catalogue()) == ()


def test_addresses_of_sources_are_addresses() -> None:
    urls = {key: source.url for key, source in catalogue().head.sources.items() if source.url}
    assert urls
    address = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")
    assert {key: url for key, url in urls.items() if not address.fullmatch(url)} == {}


# milestones stay as they were frozen
YAML_FILES = sorted([*FOLDER.rglob("*.yaml"), *(ROOT / "audits").glob("*/*.yaml")], key=str)


@pytest.mark.parametrize("file", YAML_FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_file_tells_editors_its_schema(file: Path) -> None:
    first = file.read_text("utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found, first
    if file.name != "audit.yaml":  # whose schema `new` writes beside it
        assert (file.parent / found[1]).resolve().parent == (ROOT / "schemas").resolve()
    assert found[1].endswith(".schema.json")


# --- what actions do ---------------------------------------------------------------------------

FOUR_MEDIATORS: dict[str, Any] = {
    **{name: values[-1] for name, values in OTHER_PROFILE.items()},
    "type_structure": "association",
    "ouverture_service": "2012-03-01",
    "mediateurs_en_poste": 4,
    "encadrants": 1,
    "equipes": 2,
    "sites": 3,
    "effectif_total": 12,
    "adultes_relais": 2,
    "salaries_prives": True,
    "agents_publics": True,
    "public_mineur": True,
    "postes_honorabilite": True,
    "contextes": ["espace_public", "logement", "transport", "ecole", "acces_droits", "sante"],
    "ecarts_notes": 5,
}
"""A structure of four mediators to whom as much applies as may.

Beyond its profile it says only how many gaps it has noted: a figure that no action can make up.
"""


def proven(evaluation: Evaluation, requirement: str, criterion: str) -> str:
    compiled = program().compiled(requirement)
    found = catalogue().requirements
    own = next(each for each in found if each.id == requirement).criteria
    position = [each.id for each in own].index(criterion)
    return NAMES[evaluation.proven.truths[compiled.proven[position]]]


def test_actions_make_every_essential_criterion_true_and_proven() -> None:
    """All actions done, from a structure that has answered its profile and nothing else.

    What an action takes from an answer needs that answer, so actions are done twice over.
    """
    before = evaluated(FOUR_MEDIATORS)
    actions = list(catalogue().actions.values())
    facts = facts_after(program(), before.facts, actions)
    after = evaluate(program(), facts_after(program(), facts, actions))
    left = {
        f"{each.id}.{criterion.id}": proven(after, each.id, criterion.id)
        for each in catalogue().requirements
        for criterion in each.criteria
        if criterion.essential
    }
    assert {
        name: truth for name, truth in left.items() if truth not in ("true", "not_applicable")
    } == {}


def test_what_an_action_sets_and_records_is_used_by_some_criterion() -> None:
    """Nobody is sent to work that moves nothing."""
    before = evaluated(FOUR_MEDIATORS)
    idle = []
    for name, action in catalogue().actions.items():
        after = evaluate(program(), facts_after(program(), before.facts, [action]))
        if after.proven.truths == before.proven.truths:
            idle.append(name)
    assert idle == []


def test_ids_and_titles_are_told_apart() -> None:
    titles = Counter(str(each.title) for each in catalogue().requirements)
    assert [title for title, count in titles.items() if count > 1] == []
