"""Parts that several pages of text have in common."""

import datetime
from collections.abc import Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, listed
from norm_engine.model.results import RequirementResult, RuleSetIdentity
from norm_engine.model.ruleset import Requirement
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.wording import basis_said, grade_said, gravity_said, level_said


def page_head(page: Page, structure: str, ruleset: RuleSetIdentity, as_of: datetime.date) -> None:
    """The head of a page about a structure: who, against what, when."""
    page.paragraph(page.bold(structure))
    page.paragraph(
        _("{title}, edition {edition} · as of {day}").format(
            title=ruleset.title, edition=ruleset.edition, day=date_said(as_of)
        )
    )
    overlays_line(page, ruleset)


def overlays_line(page: Page, ruleset: RuleSetIdentity) -> None:
    """Which overlays were laid over the rule set, where there are any."""
    if ruleset.overlays:
        page.paragraph(
            _("With the overlay {names}: {changes}").format(
                names=listed(ruleset.overlays),
                changes=ngettext("{n} change", "{n} changes", len(ruleset.changes)).format(
                    n=len(ruleset.changes)
                ),
            )
        )


def requirement_head(page: Page, requirement: Requirement | RequirementResult, title: str) -> None:
    """The head of a page about a requirement: its title, and what kind of requirement it is."""
    page.paragraph(page.bold(f"{requirement.id}  {title}"))
    page.paragraph(
        " · ".join(
            (
                level_said(requirement.level),
                _("gravity: {gravity}").format(gravity=gravity_said(requirement.gravity)),
                _("weight {n}").format(n=requirement.weight),
                basis_said(requirement.basis),
            )
        )
    )
    page.line()


def grades_said(grades: Sequence[str]) -> str:
    """The grades possible, as results carry them (``none``: no grade of its own)."""
    return _(" or ").join(grade_said(None if each == "none" else each) for each in grades)
