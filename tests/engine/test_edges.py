"""What the status of a requirement rests on: gates and `met` conditions, never in a circle."""

from graphlib import CycleError

import pytest

from norm_engine.engine.program import compile_ruleset
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import Requirement, edges
from tests.support.condition_tables import case
from tests.support.small_rules import Doc, criterion, met, requirement, rules, yes

EDGES = [
    case("none", requirement("T-1", "a"), set()),
    case("gates", requirement("T-1", "a", requires=["T-2", "T-3"]), {"T-2", "T-3"}),
    case("the order of work is none", requirement("T-1", "a", after=["T-2"]), set()),
    case("met in a criterion", requirement("T-1", criterion("c", when=met("T-2"))), {"T-2"}),
    case("met in whether it applies", requirement("T-1", "a", applies_when=met("T-2")), {"T-2"}),
    case(
        "met deep inside",
        requirement(
            "T-1",
            criterion("c", when={"any": [yes("a"), {"not": {"all": [met("T-2"), met("T-3")]}}]}),
            criterion("d", when={"at_least": 1, "of": [met("T-4")]}),
        ),
        {"T-2", "T-3", "T-4"},
    ),
]

CIRCLES = [
    case("itself", [requirement("T-1", "a", requires=["T-1"])]),
    case(
        "two gates",
        [requirement("T-1", "a", requires=["T-2"]), requirement("T-2", "a", requires=["T-1"])],
    ),
    case(
        "a gate one way, met the other way",
        [
            requirement("T-1", "a", requires=["T-2"]),
            requirement("T-2", criterion("c", when={"not": met("T-1")})),
        ],
    ),
    case(
        "through whether it applies",
        [
            requirement("T-1", "a", applies_when=met("T-2")),
            requirement("T-2", "a", applies_when=met("T-3")),
            requirement("T-3", "a", requires=["T-1"]),
        ],
    ),
]


@pytest.mark.parametrize(("written", "expected"), EDGES)
def test_edges(written: Doc, expected: set[str]) -> None:
    assert set(edges(from_plain(Requirement, written))) == expected


@pytest.mark.parametrize("requirements", CIRCLES)
def test_a_circle_is_refused(requirements: list[Doc]) -> None:
    with pytest.raises(CycleError):
        compile_ruleset(rules(*requirements))


def test_requirements_stand_after_what_they_rest_on() -> None:
    """T-1 rests on T-3, which rests on T-2."""
    ruleset = rules(
        requirement("T-1", criterion("c", when=met("T-3"))),
        requirement("T-2", "a"),
        requirement("T-3", "a", requires=["T-2"]),
    )
    program = compile_ruleset(ruleset)
    order = [program.requirements[each.index].id for each in program.order]
    assert order == ["T-2", "T-3", "T-1"]


def test_coming_after_one_another_in_the_work_is_no_circle_of_statuses() -> None:
    """`after` has no effect on any status (checking a rule set is another business)."""
    ruleset = rules(requirement("T-1", "a", after=["T-2"]), requirement("T-2", "a", after=["T-1"]))
    assert len(compile_ruleset(ruleset).order) == 2
