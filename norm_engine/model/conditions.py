"""Conditions: what a criterion says over answers and evidence, as data."""

from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.scalars import RequirementId, Slug


@record
class SettingReference:
    """Stands where a value stands and takes the value of a setting."""

    setting: Slug


Value = bool | int | str | SettingReference
"""A value of a condition: literal, or taken from a setting."""


@record
class Condition:
    """One condition. Exactly one form is filled in; `norm_engine.loading` refuses any other.

    Atoms: ``{answer, is|at_least|at_most|among|includes|newer_than}``,
    ``{ratio, at_least|at_most}``, ``{evidence, count}``. Edge: ``{met}``.
    Compounds: ``{all}``, ``{any}``, ``{at_least, of}``, ``{not}``.
    """

    answer: Slug | None = None
    ratio: tuple[Slug, ...] | None = None
    is_: Value | None = None
    at_least: Value | None = None
    at_most: Value | None = None
    among: tuple[Value, ...] | SettingReference | None = None
    includes: Value | None = None
    newer_than: str | SettingReference | None = None
    met: RequirementId | None = None
    evidence: Slug | None = None
    count: int | SettingReference | None = None
    all_: tuple["Condition", ...] | None = None
    any_: tuple["Condition", ...] | None = None
    of: tuple["Condition", ...] | None = None
    not_: "Condition | None" = None


Comparator = Literal["is", "at_least", "at_most", "among", "includes", "newer_than"]
COMPARATORS: tuple[Comparator, ...] = (
    "is",
    "at_least",
    "at_most",
    "among",
    "includes",
    "newer_than",
)

FORMS: dict[str, frozenset[str]] = {
    "answer": frozenset(COMPARATORS),
    "ratio": frozenset({"at_least", "at_most"}),
    "met": frozenset(),
    "evidence": frozenset({"count"}),
    "all": frozenset(),
    "any": frozenset(),
    "of": frozenset({"at_least"}),
    "not": frozenset(),
}
"""The key that heads each form, and the keys that may stand beside it."""


def form_of(condition: Condition) -> str:
    """The key of the form that `condition` has (`FORMS`)."""
    for key, name in _HEADS:
        if getattr(condition, name) is not None:
            return key
    raise ValueError("a condition without a form")


_HEADS = tuple((key, f"{key}_" if key in ("all", "any", "not") else key) for key in FORMS)


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that `condition` is made of."""
    if condition.not_ is not None:
        return (condition.not_,)
    return condition.all_ or condition.any_ or condition.of or ()
