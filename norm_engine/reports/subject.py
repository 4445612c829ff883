"""What a report is made from: everything its bytes depend on, and nothing else."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from norm_engine.language import Language
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.planning.options import PlanOptions

Kind = Literal["self-audit", "compliance", "checklist", "summary", "plan", "comparison"]
KINDS: tuple[Kind, ...] = (
    "self-audit",
    "compliance",
    "checklist",
    "summary",
    "plan",
    "comparison",
)


@dataclass(frozen=True)
class Earlier:
    """The state that a comparison looks back to: an audit, a day, what was found of its files.

    Attributes:
        same_structure: whether it is one of the same structure; otherwise two are compared.
        milestone: whether it was frozen as a milestone, and the label that this was given.
    """

    audit: Audit
    as_of: datetime.date
    states: Mapping[str, FileState] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    same_structure: bool = True
    milestone: bool = False
    label: str = ""


@dataclass(frozen=True)
class Subject:
    """What a report speaks of.

    Attributes:
        ruleset: the rule set with its overlays.
        base: the same without overlays; None where there are none.
        audit: None for a blank checklist.
        as_of: the day the evaluation speaks of.
        states: what was found of each piece's file, by the piece's id.
        sizes: size in bytes of each file that is there, by the piece's id.
        earlier: what a comparison looks back to, under the same rule set.
        plan: the plan that the rest leads to, where it was made already.
    """

    ruleset: RuleSet
    as_of: datetime.date
    base: RuleSet | None = None
    audit: Audit | None = None
    states: Mapping[str, FileState] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    earlier: Earlier | None = None
    plan: PlanResult | None = None


@dataclass(frozen=True)
class Wish:
    """Which report is wanted.

    Attributes:
        workshop: for a checklist, the one workshop wanted; None for all.
        logo: a PNG or JPEG file that `reports.logo` has accepted.
        overlay_texts: whether wording that an overlay brought in is printed and attached.
        plan: for a plan, what is asked of it.
    """

    kind: Kind
    language: Language = "fr"
    workshop: str | None = None
    logo: bytes | None = None
    overlay_texts: bool = False
    plan: PlanOptions | None = None
