"""The requirements that moved, and why, for the page of a comparison."""

from collections.abc import Callable, Mapping

from norm_engine.engine.gaps import GAP_STATUSES
from norm_engine.language import _
from norm_engine.language.typography import WIDE
from norm_engine.model.comparison_results import (
    ComparedRequirement,
    ComparedState,
    ComparisonResult,
)
from norm_engine.presentation.comparison_words import (
    cause_said,
    heading_said,
    kind_said,
    shares_said,
    states_said,
)
from norm_engine.presentation.result_words import names_said
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.terminal import WIDTH, Page, fitted
from norm_engine.presentation.wording import status_said

_CAUSES_EACH = 3
_CAUSES_SHOWN = 12
_DETAILED = 40
"""Requirements that moved one way beyond which each is told on one line."""

_BELONGS: Mapping[str, Callable[[ComparedRequirement], bool]] = {
    "higher": lambda each: each.kind != "same" and each.direction == "higher",
    "lower": lambda each: each.kind != "same" and each.direction == "lower",
    "other": lambda each: each.kind != "same" and each.direction == "level",
    "declared": lambda each: each.kind == "same" and each.declared_kind != "same",
}

SECTIONS = tuple(_BELONGS)
"""The ways in which requirements move, in the order in which they are told."""


def moved(result: ComparisonResult, section: str) -> list[ComparedRequirement]:
    """The requirements that moved one way: ``higher``, ``lower``, ``other`` or ``declared``."""
    belongs = _BELONGS[section]
    return [each for each in result.requirements if belongs(each)]


def moved_numbers(result: ComparisonResult) -> tuple[int, ...]:
    """How many requirements are higher, lower, otherwise, and the same."""
    numbers = [len(moved(result, way)) for way in ("higher", "lower", "other")]
    return *numbers, len(result.requirements) - sum(numbers)


def advice_moved(result: ComparisonResult) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The recommendations surely not followed any more, and those surely followed since."""
    advised = [each for each in result.requirements if each.level == "recommendation"]
    left = [x.id for x in advised if x.before.status == "met" and _unfollowed(x.after)]
    taken = [x.id for x in advised if _unfollowed(x.before) and x.after.status == "met"]
    return tuple(left), tuple(taken)


def _unfollowed(state: ComparedState) -> bool:
    return set(GAP_STATUSES).issuperset(state.possible)


def moved_part(page: Page, result: ComparisonResult, section: str) -> None:
    """The requirements that moved one way, by workshop, each with what moved it."""
    found = moved(result, section)
    if not found:
        return
    page.heading(f"{heading_said(section, result)} ({len(found)})")
    if len(found) > _DETAILED:
        page.paragraph(
            " · ".join(
                f"{page.shape(status)} {status_said(status)}".replace(" ", WIDE)
                for status in STATUSES
            ),
            indent=2,
        )
    for number, workshop in enumerate(result.workshops, 1):
        held = [each for each in found if each.workshop == workshop.id]
        if held:
            page.line()
            page.line(page.faint(f"{number} {workshop.title}"))
        for each in held:
            if len(found) > _DETAILED:
                _requirement_line(page, each)
            else:
                _requirement(page, result, each)


def _requirement_line(page: Page, each: ComparedRequirement) -> None:
    """One of many that moved the same way: on a line, without its causes."""
    one, two = each.before, each.after
    statuses, credits_ = (one.status, two.status), (one.credit, two.credit)
    if each.kind == "same":
        statuses = one.declared_status, two.declared_status
        credits_ = one.declared_credit, two.declared_credit
    shapes = " → ".join(page.shape(status) for status in statuses)
    head = f"{each.id:<7} "
    # where the shapes are the same, only the share tells what moved
    share = shares_said(*credits_) if statuses[0] == statuses[1] else ""
    title = fitted(each.title, WIDTH - 10 - len(head) - len(share))
    page.line(f"  {shapes}  {head}{title} {share}")


def _requirement(page: Page, result: ComparisonResult, each: ComparedRequirement) -> None:
    one, two = each.before, each.after
    page.paragraph(f"{each.id}  {each.title}", indent=2, hang=len(each.id) + 2)
    if each.kind == "same":
        declared = [status_said(side.declared_status) for side in (one, two)]
        page.paragraph(
            _("declared: {before} → {after}").format(before=declared[0], after=declared[1]),
            indent=4,
        )
    else:
        before, after, more = states_said(one, two)
        parts = [
            f"{page.shape(one.status)} {before} → {page.shape(two.status)} {after}"
            if before != after
            else f"{page.shape(two.status)} {after}",
            more,
            kind_said(each) if each.direction == "level" else "",
        ]
        page.paragraph(" · ".join(part for part in parts if part), indent=4)
    for named in each.causes[:_CAUSES_EACH]:
        said = cause_said(result.causes[named.cause])
        if named.through is not None:
            said = _("{cause} (through {requirement})").format(
                cause=said, requirement=named.through
            )
        page.paragraph(said, indent=4, lead="← ")
    if len(each.causes) > _CAUSES_EACH:
        page.paragraph(_("… and {n} others").format(n=len(each.causes) - _CAUSES_EACH), indent=6)


def causes_part(page: Page, result: ComparisonResult) -> None:
    """The causes that moved several requirements: the others stand beside what they moved."""
    several = [each for each in result.causes if len(each.requirements) > 1]
    if not several:
        return
    page.heading(_("What moved most") if result.same_structure else _("What differs most"))
    for each in several[:_CAUSES_SHOWN]:
        page.paragraph(cause_said(each), indent=2, lead="· ")
        page.paragraph(
            _("plays a part in {n}: {names}").format(
                n=len(each.requirements), names=names_said(each.requirements)
            ),
            indent=4,
        )
    if len(several) > _CAUSES_SHOWN:
        page.paragraph(_("… and {n} others").format(n=len(several) - _CAUSES_SHOWN), indent=2)
