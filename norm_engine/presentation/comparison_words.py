"""How a comparison is said: rose and fell of one structure, higher and lower of two."""

from collections.abc import Sequence

from norm_engine.language import _, ngettext, pgettext
from norm_engine.language.figures import listed, number_said
from norm_engine.model.comparison_results import (
    ChangeCause,
    ComparedRequirement,
    ComparedSide,
    ComparedState,
    ComparisonResult,
)
from norm_engine.model.results import Interval
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.wording import outcome_said, status_said

MOVEMENT_SIGNS = {
    "same": "=",
    "higher": "▲",
    "lower": "▼",
    "narrower": "◂",
    "wider": "▸",
    "appears": "+",
    "vanishes": "–",
}
"""A sign for each movement, beside its words."""


_PIECES_SHOWN = 3


def movement_said(movement: str, *, same_structure: bool) -> str:
    """How a score moved, in a word or two."""
    if same_structure:
        moved = {"higher": pgettext("score", "up"), "lower": pgettext("score", "down")}
    else:
        moved = {"higher": pgettext("score", "higher"), "lower": pgettext("score", "lower")}
    return {
        **moved,
        "same": pgettext("score", "the same"),
        "narrower": pgettext("score", "more precise"),
        "wider": pgettext("score", "less precise"),
        "appears": _("now applies"),
        "vanishes": _("no longer applies"),
    }[movement]


def heading_said(section: str, result: ComparisonResult) -> str:
    """The heading of the requirements that moved one way."""
    if result.same_structure:
        return {
            "higher": _("What rose"),
            "lower": _("What fell"),
            "other": _("What changed otherwise"),
            "declared": _("What changed only in what is declared"),
        }[section]
    form = {
        "higher": _("Higher at {name}"),
        "lower": _("Lower at {name}"),
        "other": _("What differs otherwise"),
        "declared": _("What differs only in what is declared"),
    }[section]
    return form.format(name=result.after.name)


def counts_said(numbers: Sequence[int], *, same_structure: bool) -> str:
    """How many requirements moved which way, recommendations included, in one sentence.

    Args:
        numbers: those that are higher, lower, otherwise and the same; none is said where it is 0.
    """
    if same_structure:
        forms = (
            (
                ngettext("{n} requirement rose", "{n} requirements rose", numbers[0]),
                ngettext("{n} rose", "{n} rose", numbers[0]),
            ),
            (
                ngettext("{n} requirement fell", "{n} requirements fell", numbers[1]),
                ngettext("{n} fell", "{n} fell", numbers[1]),
            ),
            (
                ngettext(
                    "{n} requirement changed otherwise",
                    "{n} requirements changed otherwise",
                    numbers[2],
                ),
                ngettext("{n} changed otherwise", "{n} changed otherwise", numbers[2]),
            ),
        )
    else:
        forms = (
            (
                ngettext("{n} requirement is higher", "{n} requirements are higher", numbers[0]),
                ngettext("{n} is higher", "{n} are higher", numbers[0]),
            ),
            (
                ngettext("{n} requirement is lower", "{n} requirements are lower", numbers[1]),
                ngettext("{n} is lower", "{n} are lower", numbers[1]),
            ),
            (
                ngettext(
                    "{n} requirement differs otherwise",
                    "{n} requirements differ otherwise",
                    numbers[2],
                ),
                ngettext("{n} differs otherwise", "{n} differ otherwise", numbers[2]),
            ),
        )
    same = (
        ngettext("{n} requirement is the same", "{n} requirements are the same", numbers[3]),
        ngettext("{n} is the same", "{n} are the same", numbers[3]),
    )
    # the first of them says what is counted
    kept = [(n, form) for n, form in zip(numbers, (*forms, same), strict=True) if n]
    said = [form[at > 0].format(n=number_said(n)) for at, (n, form) in enumerate(kept)]
    return _("{counts}, recommendations included.").format(counts=listed(said))


def kind_said(requirement: ComparedRequirement) -> str:
    """How a requirement moved where neither side of it is better, in a few words."""
    return {
        "determined": _("now known"),
        "undetermined": _("no longer known"),
        "applicable": _("now applies"),
        "not_applicable": _("no longer applies"),
        "narrower": _("less is still possible"),
        "wider": _("more is still possible"),
        "other": _("something else is possible"),
    }.get(requirement.kind, "")


def shares_said(before: Interval | None, after: Interval | None) -> str:
    """A share on both sides: ``33 % → 67 %``."""
    return f"{score_said(before)} → {score_said(after)}"


def states_said(one: ComparedState, two: ComparedState) -> tuple[str, str, str]:
    """The statuses on both sides, and the credit on both where that alone tells them apart."""
    credit = ""
    if one.status == two.status and one.credit != two.credit:
        credit = _("share of its points: {shares}").format(
            shares=shares_said(one.credit, two.credit)
        )
    return status_said(one.status), status_said(two.status), credit


def outcomes_said(before: str, after: str, *, same_structure: bool) -> str:
    """The decision on both sides, once where it is the same."""
    if before != after:
        return f"{outcome_said(before)} → {outcome_said(after)}"
    form = (
        pgettext("decision before and after", "{outcome}, as before")
        if same_structure
        else pgettext("decision of two structures", "{outcome}, both")
    )
    return form.format(outcome=outcome_said(after))


def cause_said(cause: ChangeCause) -> str:
    """One cause in a line: what it speaks of, and what was found on each side.

    Of evidence, the pieces that came, went or grew old, where they are known.
    """
    if cause.pieces:
        said = [
            _("{piece} {text}").format(piece=each.id, text=each.text)
            for each in cause.pieces[:_PIECES_SHOWN]
        ]
        if len(cause.pieces) > _PIECES_SHOWN:
            said.append(_("and {n} others").format(n=len(cause.pieces) - _PIECES_SHOWN))
        return _("evidence “{title}”: {found}").format(title=cause.text, found=_("; ").join(said))
    if cause.difference is not None:
        return _("“{text}”: {found}").format(text=cause.text, found=cause.difference)
    form = {
        "answer": _("“{text}”: {before} → {after}"),
        "evidence": _("evidence “{text}”: {before} → {after}"),
        "day": _("time has passed on “{text}”: {before} → {after}"),
        "in_force": _("{subject} {text}: {before} → {after}"),
        "setting": _("setting “{text}”: {before} → {after}"),
    }[cause.kind]
    return form.format(
        subject=cause.subject, text=cause.text, before=cause.before, after=cause.after
    )


def side_said(side: ComparedSide) -> str:
    """A side by its name, with the label of the milestone that it is."""
    if side.milestone is None or not side.milestone.label:
        return side.name
    return _("{name} (“{label}”)").format(name=side.name, label=side.milestone.label)
