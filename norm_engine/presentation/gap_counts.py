"""How many gaps there are, counted in one way wherever they are counted (docs/semantique.md)."""

from collections.abc import Iterable
from dataclasses import dataclass

from norm_engine.engine.gaps import GAP_STATUSES
from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.results import RequirementResult


@dataclass(frozen=True)
class GapCount:
    """Requirements that are gaps, and recommendations that are surely not followed.

    Attributes:
        settled: requirements partly met, not met or blocked.
        between: requirements of which only one thing is open: which of these three they are.
        recommendations: recommendations that are either; they are no part of the others.
    """

    settled: int
    between: int
    recommendations: int

    @property
    def gaps(self) -> int:
        """The gaps: all requirements that surely are one."""
        return self.settled + self.between


def is_gap(result: RequirementResult) -> bool:
    """Whether a requirement is surely blocked, partial or unmet, whichever of these it is."""
    return set(GAP_STATUSES).issuperset(result.possible)


def gap_count(results: Iterable[RequirementResult]) -> GapCount:
    """The gaps among these requirements."""
    settled = between = recommendations = 0
    for each in results:
        if not is_gap(each):
            continue
        if each.level == "recommendation":
            recommendations += 1
        elif each.status == "undetermined":
            between += 1
        else:
            settled += 1
    return GapCount(settled, between, recommendations)


def gaps_said(count: GapCount) -> str:
    """``57 écarts``, and beside them the recommendations that are not followed."""
    said = ngettext("{n} gap", "{n} gaps", count.gaps).format(n=number_said(count.gaps))
    if not count.recommendations:
        return said
    return ngettext(
        "{gaps} and {n} recommendation not followed",
        "{gaps} and {n} recommendations not followed",
        count.recommendations,
    ).format(gaps=said, n=number_said(count.recommendations))


def gaps_added_up(count: GapCount) -> str:
    """The same as a sentence that tells how the number comes from those of the statuses."""
    if not count.gaps and not count.recommendations:
        return _("No gap among what is determined so far.")
    if not count.between:
        return _("{gaps}.").format(gaps=gaps_said(count))
    settled = ngettext(
        "{n} requirement that is partly met, not met or blocked",
        "{n} requirements that are partly met, not met or blocked",
        count.settled,
    ).format(n=number_said(count.settled))
    between = ngettext(
        "{n} undetermined one that is surely one of these",
        "{n} undetermined ones that are surely one of these",
        count.between,
    ).format(n=number_said(count.between))
    gaps = ngettext("{n} gap", "{n} gaps", count.gaps).format(n=number_said(count.gaps))
    said = _("{gaps}: {settled}, and {between}.").format(
        gaps=gaps, settled=settled, between=between
    )
    if not count.recommendations:
        return said
    return ngettext(
        "{said} Counted apart: {n} recommendation not followed.",
        "{said} Counted apart: {n} recommendations not followed.",
        count.recommendations,
    ).format(said=said, n=number_said(count.recommendations))
