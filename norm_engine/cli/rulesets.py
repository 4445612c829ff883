"""Which rule set a command speaks of."""

from collections.abc import Sequence
from pathlib import Path

import click

from norm_engine.language import _
from norm_engine.loading.rulesets import rule_folders, ruleset_name


def chosen_ruleset(name: str | None, rules: Sequence[Path]) -> Path:
    """The folder of the rule set with that id, or of the first one found.

    `name` may be ``id`` or ``id:edition``, or the path of a rule set's folder.

    Raises:
        click.BadParameter: when there is none, with those that there are.
    """
    folders = rule_folders([*rules, *([Path(name)] if name and Path(name).is_dir() else [])])
    if name is None or Path(name).is_dir():
        if not folders:
            raise click.UsageError(_("There is no rule set; name its folder with --rules."))
        return (
            Path(name)
            if name is not None and (Path(name) / "ruleset.yaml").is_file()
            else (folders[0])
        )
    known = []
    for folder in folders:
        found = ruleset_name(folder)
        if name in (found.id, f"{found.id}:{found.edition}"):
            return folder
        known.append(f"{found.id}:{found.edition}")
    raise click.BadParameter(
        _("There is no rule set “{id}”. Known: {known}.").format(id=name, known=", ".join(known))
    )
