"""The least effort within a budget, where a tolerance may cut off the best moves; by hand."""

from fractions import Fraction

import pytest

from norm_engine.planning.budget import within_budget
from norm_engine.planning.moves import Limits, offer
from norm_engine.planning.problem import Problem
from tests.support.small_rules import (
    AS_OF,
    action,
    audit,
    criterion,
    requirement,
    rules,
    run,
    shown,
)


def _effort(likely: str) -> dict[str, str]:
    return {"low": likely, "likely": likely, "high": likely}


def _newer(duration: str) -> dict[str, str]:
    return {"answer": "signature", "newer_than": duration}


RULES = rules(
    requirement(
        "T-1",
        criterion("c1", proof=shown("bilan")),
        criterion("c2", when={"answer": "postes", "at_most": 1}),
        requires=["T-2"],
    ),
    requirement("T-2", criterion("c", when={"not": {"answer": "postes", "at_most": 0}}), weight=3),
    requirement(
        "T-3",
        criterion("c", when={"answer": "postes", "at_least": 5}, proof=shown("bilan")),
        weight=2,
    ),
    requirement(
        "T-4",
        criterion(
            "c",
            when={"any": [_newer("P6M"), {"not": _newer("P30D")}]},
            proof=shown("charte"),
        ),
        weight=2,
    ),
    blocked_credit=0,
    actions={
        "seul": action(
            sets={"signature": {"as_of": True}, "postes": 5},
            effort=_effort("3/2"),
            after=["zero", "bilan"],
        ),
        "zero": action(sets={"postes": 0}, effort=_effort("0")),
        "encore": action(sets={"postes": 0}, effort=_effort("1/2")),
        "charte": action(records=["charte"], effort=_effort("0")),
        "suite": action(
            sets={"signature": "2028-08-31", "postes": 5},
            effort=_effort("1/4"),
            after=["encore", "zero"],
        ),
        "bilan": action(records=["bilan"], effort=_effort("1/2")),
    },
)


@pytest.mark.parametrize("budget", ["5/4", "3/2", "2", "5"])
def test_the_least_effort_that_gives_the_highest_readiness(budget: str) -> None:
    """With five posts T-1 has half its credit: (1/2 + 3 + 2 + 2) / 8 = 15/16, the highest.

    `suite` gives it for 1/4 with `encore` (1/2) and `bilan` (1/2): 5/4 in five moves; `seul` for
    3/2 with `bilan`: 2 in four moves.
    """
    evaluation = run(RULES)
    told = offer(evaluation, audit(), {}, Limits(AS_OF))
    route = within_budget(Problem(evaluation, told), Fraction(budget))
    assert route is not None
    assert set(route.moves) == {"zero", "encore", "charte", "suite", "bilan"}
    assert route.effort[1] == Fraction(5, 4)
    assert route.bound == Fraction(15, 16)
