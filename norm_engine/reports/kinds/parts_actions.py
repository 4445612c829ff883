"""The first things to do, as reports show them."""

from collections.abc import Callable

from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, duration_said
from norm_engine.model.audit import PlannedAction
from norm_engine.model.results import ThingToDo
from norm_engine.presentation.document import (
    Block,
    Column,
    Line,
    Paragraph,
    Section,
    Strong,
    Table,
)
from norm_engine.presentation.evaluation_page import number_word
from norm_engine.presentation.result_words import effort_said
from norm_engine.presentation.wording import role_said
from norm_engine.reports.kinds.parts_requirements import evaluated_of, linked, own_anchor
from norm_engine.reports.kinds.parts_words import (
    capital,
    line_of,
    state_said,
    together,
    user_paragraphs,
)
from norm_engine.reports.material import Material


def first_title(material: Material) -> str:
    """The heading of the first things to do: how many there are."""
    count = len(evaluated_of(material).result.first)
    return ngettext("The first thing to do", "The {n} things to do first", count).format(
        n=number_word(count)
    )


def first_table(
    material: Material,
    caption: str,
    target: Callable[[str], str] = own_anchor,
    *,
    codes: bool = True,
) -> tuple[Block, ...]:
    """The first things to do on a line each: who, how many days, within what time, what it closes.

    Args:
        target: where a requirement's code leads to.
        codes: whether requirements are named at all.
    """
    things = evaluated_of(material).result.first
    if not things:
        return (Paragraph((_nothing_said(material),)),)
    rows = tuple(
        (
            (Strong(f"{number}. "), *_title(thing, material)),
            (capital(role_said(thing.role)),),
            (effort_said(thing),),
            (capital(duration_said(thing.lead_time)),),
            *((linked(thing.closes or thing.helps, target, most=3),) if codes else ()),
        )
        for number, thing in enumerate(things, 1)
    )
    head = (_("What to do"), _("Who"), _("Effort"), _("Within"), _("What it closes"))
    shares = (0.42, 0.15, 0.14, 0.12, 0.17) if codes else (0.55, 0.18, 0.15, 0.12)
    columns = tuple(Column(share) for share in shares)
    return (Table((caption,), head[: len(columns)], rows, columns),)


def _nothing_said(material: Material) -> str:
    open_ = evaluated_of(material).result.open
    if open_.questions or open_.evidence:
        return _("Answer what is still open first: what is known so far points to no action yet.")
    return _("Nothing is left to do.")


def _title(thing: ThingToDo, material: Material) -> Line:
    return line_of(material.ruleset.actions[thing.action].title, material.ruleset)


def first_things(
    material: Material, target: Callable[[str], str] = own_anchor
) -> tuple[Section, ...]:
    """The first things to do, each with its facts, why and how."""
    return tuple(
        _thing(number, thing, material, target)
        for number, thing in enumerate(evaluated_of(material).result.first, 1)
    )


def _thing(
    number: int, thing: ThingToDo, material: Material, target: Callable[[str], str]
) -> Section:
    action = material.ruleset.actions[thing.action]
    why, how = line_of(action.why, material.ruleset), line_of(action.how, material.ruleset)
    blocks = (
        Paragraph(_facts(thing, target), "note"),
        Paragraph((Strong(_("Why: ")), *why)),
        Paragraph((Strong(_("How: ")), *how)),
        *followed_up(thing.action, material),
    )
    title = (f"{number}. ", *_title(thing, material))
    return Section(f"first-{number}", title, blocks, listed=False, together=True)


def _facts(thing: ThingToDo, target: Callable[[str], str]) -> Line:
    """Who, how many days, within what time; what it closes and what it moves forward."""
    said = (
        capital(role_said(thing.role)),
        effort_said(thing),
        _("within {duration}").format(duration=duration_said(thing.lead_time)),
    )
    line: Line = (together(said),)
    for form, names in (
        (_("closes {names}"), thing.closes),
        (_("moves {names} forward"), thing.helps),
    ):
        if names:
            before, after = form.format(names="\n").split("\n")
            line = (*line, " · ", before, *linked(names, target), after)
    return line


def followed_up(action: str, material: Material) -> tuple[Block, ...]:
    """How far an action is that the structure follows up, for each time that it does."""
    planned = [x for x in evaluated_of(material).audit.actions if x.action == action]
    return tuple(block for each in planned for block in _followed(each))


def _followed(planned: PlannedAction) -> tuple[Block, ...]:
    """How far an action that the structure follows up is."""
    due = _("due on {day}").format(day=date_said(planned.due)) if planned.due else ""
    said = together([capital(state_said(planned.state)), planned.owner or "", due])
    followed = Paragraph((Strong(_("Follow-up: ")), said))
    return (followed, *user_paragraphs(planned.comment or ""))
