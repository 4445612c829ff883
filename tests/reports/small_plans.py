"""A rule set of three requirements whose cheapest route is worked by hand."""

import datetime
from dataclasses import replace
from typing import Any

from norm_engine.loading.fingerprints import fingerprints
from norm_engine.model.ruleset import RuleSet
from norm_engine.reports.subject import Subject
from tests.support.small_rules import Doc, action, audit, requirement, rules

START = datetime.date(2026, 9, 1)


def effort(low: int, likely: int, high: int) -> Doc:
    return {"low": low, "likely": likely, "high": high}


def planned_rules(**more: Any) -> RuleSet:
    """One major requirement and two minor ones, of which the decision tolerates one.

    What satisfies T-1 takes 2 days, T-2 3 days, T-3 5 days. So ready costs 2 + 3 = 5 days, and
    leaves T-3; by the next best route, 2 + 5 = 7 days.
    """
    actions = {
        "faire_a": action(title="Faire a", sets={"a": True}, effort=effort(1, 2, 4)),
        "faire_b": action(title="Faire b", sets={"b": True}, effort=effort(2, 3, 5)),
        "faire_c": action(title="Faire c", sets={"c": True}, effort=effort(5, 5, 5)),
    }
    made = rules(
        requirement("T-1", "a", gravity="major", title="Avoir a"),
        requirement("T-2", "b", title="Avoir b", workshop="w2"),
        requirement("T-3", "c", title="Avoir c", workshop="w2"),
        actions={**actions, **more.pop("actions", {})},
        decision=[
            {"id": "majeures", "text": "Aucune majeure", "grade": "major", "at_most": 0},
            {"id": "mineures", "text": "Une mineure au plus", "grade": "minor", "at_most": 1},
        ],
        **more,
    )
    whole, only_rules = fingerprints(made)
    return replace(made, fingerprint=whole, rules_fingerprint=only_rules)


def planned_subject(**answers: Any) -> Subject:
    """A structure that has nothing yet, unless told otherwise."""
    given = {"a": False, "b": False, "c": False, **answers}
    return Subject(planned_rules(), START, audit=audit(given))
