"""``norm-engine rules show``: one part of a rule set, as it reads after overlays."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    format_option,
    new_page,
    overlay_option,
    print_json,
    print_page,
    rules_option,
    verb,
)
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.rules_results import PartKind, PartResult
from norm_engine.model.ruleset import Planning, RuleSet
from norm_engine.presentation.rule_page import part_page


@verb(_("Show a requirement, question, kind of evidence, action, setting or source by its id."))
@click.argument("name", metavar=_("ID"))
@click.option("--ruleset", metavar=_("ID"), help=_("Which rule set, when there are several."))
@rules_option
@overlay_option
@format_option
def command(
    name: str,
    ruleset: str | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    form: str,
) -> int:
    """Show one part of a rule set."""
    loaded = load_ruleset(chosen_ruleset(ruleset, rules), overlays, examples=True)
    parts = parts_of(loaded)
    # the codes of requirements are in capitals, whatever the user typed
    name = name if name in parts else name.upper() if name.upper() in parts else name
    if name not in parts:
        from difflib import get_close_matches

        near = get_close_matches(name, parts, 3)
        message = _("There is nothing called “{name}”.").format(name=name)
        if near:
            message += " " + _("Did you mean “{near}”?").format(near=", ".join(near))
        raise click.BadParameter(message, param_hint=_("ID"))
    kind, part = parts[name]
    if form == "json":
        print_json(PartResult(format=1, kind=kind, id=name, **{kind: part}))
    else:
        page = new_page()
        part_page(page, kind, name, part, loaded)
        print_page(page)
    return ExitCode.DONE


def parts_of(ruleset: RuleSet) -> dict[str, tuple[PartKind, Any]]:
    """Everything in a rule set that has an id, with its kind."""
    parts: dict[str, tuple[PartKind, Any]] = {}
    if ruleset.planning != Planning():
        # it has no id of its own: anything that has one of that name comes first
        parts["planning"] = ("planning", ruleset.planning)
    by_kind: tuple[tuple[PartKind, Mapping[str, Any]], ...] = (
        ("source", ruleset.head.sources),
        ("setting", ruleset.head.settings),
        ("evidence", ruleset.evidence),
        ("action", ruleset.actions),
        ("question", ruleset.questions),
    )
    for kind, held in by_kind:
        parts.update({name: (kind, part) for name, part in held.items()})
    parts.update({each.id: ("requirement", each) for each in ruleset.requirements})
    return parts
