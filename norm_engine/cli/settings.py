"""``--setting NAME=VALUE``: the rules as if a setting had another value."""

from collections.abc import Mapping, Sequence

import click

from norm_engine.engine.program import Program, compile_ruleset
from norm_engine.language import _
from norm_engine.loading.border import shown
from norm_engine.loading.documents import Document
from norm_engine.loading.overlays import lay_over
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.unseen import not_on_one_line
from norm_engine.model.ruleset import Setting
from norm_engine.model.scalars import is_number


def with_settings(program: Program, written: Sequence[str]) -> Program:
    """The program with other values of settings, as an overlay would change them.

    Raises:
        click.BadParameter: when a setting does not exist or its value does not fit.
    """
    if not written:
        return program
    import json

    known = program.ruleset.head.settings
    settings = dict(_told_apart(each, known) for each in written)
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


def _told_apart(written: str, known: Mapping[str, Setting]) -> tuple[str, int | str]:
    """The name of a setting and its value, a number as a file would hold it."""
    name, _equals, value = (part.strip() for part in written.partition("="))
    refusal = not_on_one_line(written)
    if not refusal and not (name and value):
        if value:
            message = _("“{value}”: the name of the setting is missing, as in {example}.")
        else:
            message = _("“{value}”: write a name and a value, such as {example}.")
        example = next((f"{name}={each.default}" for name, each in known.items()), "…=1")
        refusal = message.format(value=shown(written), example=example)
    if refusal:
        raise click.BadParameter(refusal, param_hint="--setting")
    is_text = name in known and known[name].type == "text"
    whole = value.isascii() and value.isdecimal() and is_number(value)
    return name, int(value) if whole and not is_text else value
