"""What a user may ask of a plan."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from norm_engine.model.ruleset import Role

Assume = Literal["worst", "best"]


@dataclass(frozen=True)
class PlanOptions:
    """What is asked of a plan.

    Attributes:
        by: the audit day; None for the one that the steps lead to.
        budget: person-days to spend at most; the plan then aims at the highest readiness within
            them. None for the cheapest route to *ready*.
        assume: how unknown answers are taken: at their worst (the decision is to be *ready*
            whatever they turn out to be) or at their best (nothing known is to stand against it).
        without, with_: steps to leave out, and steps to take whatever they cost.
        capacity: days a month by role, in place of the rule set's.
        alternatives: how many other routes to look for.
    """

    by: datetime.date | None = None
    budget: Fraction | None = None
    assume: Assume = "worst"
    without: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    capacity: Mapping[Role, Fraction] = field(default_factory=dict)
    alternatives: int = 3
