"""Strong Kleene logic over false, unknown and true, with what is not applicable dropping out.

The codes are ordered so that `min` is Kleene's conjunction with not-applicable as its neutral
element: ``FALSE < UNKNOWN < TRUE < NOT_APPLICABLE``.
(S. C. Kleene, Introduction to Metamathematics, 1952, §64.)
"""

from collections.abc import Iterable
from typing import Final

from norm_engine.model.ruleset import Truth

FALSE: Final = 0
UNKNOWN: Final = 1
TRUE: Final = 2
NOT_APPLICABLE: Final = 3

NAMES: Final[tuple[Truth, ...]] = ("false", "unknown", "true", "not_applicable")
"""The names of the truths in documents, by code."""

NEGATION: Final = (TRUE, UNKNOWN, FALSE, NOT_APPLICABLE)
"""The negation of each code."""


def conjunction(truths: Iterable[int]) -> int:
    """Kleene's `all`: not applicable drops out, and is what remains when nothing is left."""
    return min(truths, default=NOT_APPLICABLE)


def disjunction(truths: Iterable[int]) -> int:
    """Kleene's `any`: not applicable drops out, and is what remains when nothing is left."""
    return max((truth for truth in truths if truth != NOT_APPLICABLE), default=NOT_APPLICABLE)


def threshold(needed: int, truths: Iterable[int]) -> int:
    """At least `needed` of what is applicable; `needed` never exceeds what is left."""
    left = [truth for truth in truths if truth != NOT_APPLICABLE]
    if not left:
        return NOT_APPLICABLE
    needed = min(needed, len(left))
    surely = left.count(TRUE)
    if surely >= needed:
        return TRUE
    return UNKNOWN if surely + left.count(UNKNOWN) >= needed else FALSE


def criterion(when: int, proof: int) -> int:
    """Proven truth of a criterion: its condition and its proof.

    A criterion whose condition is not applicable is not applicable: there is nothing to prove.
    """
    return when if when == NOT_APPLICABLE else min(when, proof)
