"""``--setting NAME=VALUE``: the rules as if a setting had another value."""

from collections.abc import Sequence

import click

from norm_engine.engine.program import Program, compile_ruleset
from norm_engine.language import _
from norm_engine.loading.documents import Document
from norm_engine.loading.overlays import lay_over
from norm_engine.loading.problems import InvalidInput


def with_settings(program: Program, written: Sequence[str]) -> Program:
    """The program with other values of settings, as an overlay would change them.

    Raises:
        click.BadParameter: when a setting does not exist or its value does not fit.
    """
    if not written:
        return program
    import json

    settings: dict[str, int | str] = {}
    for each in written:
        name, equals, value = each.partition("=")
        if not equals or not value.strip():
            message = _("“{value}”: write a name and a value, such as {name}=1.")
            known = next(iter(program.ruleset.head.settings), "…")
            said = message.format(value=each, name=known)
            raise click.BadParameter(said, param_hint="--setting")
        settings[name.strip()] = int(value) if value.strip().isdigit() else value.strip()
    head = program.ruleset.head
    overlay = {
        "format": 1,
        "overlay": {"id": "essai", "for": {"id": head.id, "edition": head.edition}},
        "settings": settings,
    }
    # JSON is YAML, and quotes every text
    document = Document("--setting", json.dumps(overlay, ensure_ascii=False).encode())
    try:
        return compile_ruleset(lay_over(program.ruleset, [document]))
    except InvalidInput as invalid:
        said = " ".join(f"{each.message} {each.remedy}" for each in invalid.problems)
        raise click.BadParameter(said, param_hint="--setting") from None
