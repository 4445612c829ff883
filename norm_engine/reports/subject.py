"""What a report is made from: everything its bytes depend on, and nothing else."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from norm_engine.language import Language
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.ruleset import RuleSet

Kind = Literal["self-audit", "compliance", "checklist", "summary"]
KINDS: tuple[Kind, ...] = ("self-audit", "compliance", "checklist", "summary")


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
    """

    ruleset: RuleSet
    as_of: datetime.date
    base: RuleSet | None = None
    audit: Audit | None = None
    states: Mapping[str, FileState] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """Which report is wanted.

    Attributes:
        workshop: for a checklist, the one workshop wanted; None for all.
        logo: a PNG or JPEG file that `reports.logo` has accepted.
        overlay_texts: whether wording that an overlay brought in is printed and attached.
    """

    kind: Kind
    language: Language = "fr"
    workshop: str | None = None
    logo: bytes | None = None
    overlay_texts: bool = False
