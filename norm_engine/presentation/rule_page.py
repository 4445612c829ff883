"""One part of a rule set as a page of text."""

from typing import Any

from norm_engine.language import _
from norm_engine.model.records import to_plain
from norm_engine.model.ruleset import Criterion, Requirement, RuleSet
from norm_engine.model.scalars import Text
from norm_engine.presentation.conditions import outline
from norm_engine.presentation.page_parts import requirement_head
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.values import words_of


def part_page(page: Page, kind: str, name: str, part: Any, ruleset: RuleSet) -> None:
    """Write one part: a requirement in sentences, anything else key by key."""
    if isinstance(part, Requirement):
        _requirement(page, part, ruleset)
        return
    page.line(page.bold(name))
    _keys(page, to_plain(part), 2)


def _requirement(page: Page, requirement: Requirement, ruleset: RuleSet) -> None:
    def said(text: Text) -> str:
        """A text of the rule set in the language in force."""
        return words_of(text, ruleset)

    requirement_head(page, requirement, said(requirement.title))
    page.paragraph(said(requirement.statement))
    if requirement.clause:
        page.paragraph(_("Clause: {clause}").format(clause=requirement.clause))
    if requirement.applies_when is not None:
        page.heading(_("When it applies"))
        for depth, line in outline(requirement.applies_when, ruleset):
            page.paragraph(line, indent=2 + 2 * depth)
    page.heading(_("Its criteria"))
    for criterion in requirement.criteria:
        _criterion(page, criterion, said(criterion.text), ruleset)
    for names, text in (
        (requirement.requires, _("What must hold first: {names}")),
        (requirement.after, _("Comes after, in the order of work: {names}")),
    ):
        if names:
            page.line()
            page.paragraph(text.format(names=", ".join(names)))
    if requirement.guidance is not None:
        page.heading(_("How a structure usually gets there"))
        page.paragraph(said(requirement.guidance), indent=2)


def _criterion(page: Page, criterion: Criterion, text: str, ruleset: RuleSet) -> None:
    note = "" if criterion.essential else " " + _("(not essential)")
    page.paragraph(f"{text}{note}", indent=2, lead="· ")
    for label, condition in ((_("declared"), criterion.when), (_("proof"), criterion.proof)):
        if condition is not None:
            page.paragraph(label, indent=4)
            for depth, line in outline(condition, ruleset):
                page.paragraph(line, indent=6 + 2 * depth)


def _keys(page: Page, data: Any, indent: int) -> None:
    for key, held in data.items():
        if isinstance(held, dict):
            page.line(" " * indent + f"{key}:")
            _keys(page, held, indent + 2)
        elif isinstance(held, list) and held and isinstance(held[0], dict):
            page.line(" " * indent + f"{key}:")
            for item in held:
                page.line(" " * (indent + 2) + "-")
                _keys(page, item, indent + 4)
        else:
            shown = ", ".join(map(str, held)) if isinstance(held, list) else held
            page.paragraph(f"{key}: {shown}", indent=indent, hang=2)
