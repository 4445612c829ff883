"""``norm-engine rules schema``: the JSON Schemas of documents, results, and a rule set's audits."""

import json
from pathlib import Path

import click

from norm_engine.authoring.schemas import PUBLISHED
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import rules_option, verb
from norm_engine.cli.output import part_of_an_audit
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.loading.schemas import schema_of, write_schemas
from norm_engine.store.folders import SCHEMA_FILE


@verb(_("Print a JSON Schema by its name, or write them all into a folder."))
@click.argument("name", metavar=_("[NAME]"), required=False)
@click.option(
    "--write",
    metavar=_("FOLDER"),
    type=click.Path(path_type=Path),
    help=_("Write every schema into this folder."),
)
@click.option(
    "--audits-of",
    metavar=_("RULESET"),
    help=_("Print the schema of the audits of this rule set: its questions and their choices."),
)
@rules_option
def command(
    name: str | None, write: Path | None, audits_of: str | None, rules: tuple[Path, ...]
) -> int:
    """Print or write schemas."""
    if write is not None:
        # the schema of all audits would take the place of that of one audit’s own questions
        if refusal := part_of_an_audit(write / SCHEMA_FILE):
            raise click.BadParameter(refusal, param_hint="--write")
        for file in write_schemas(write, PUBLISHED):
            click.echo(_("Written: {file}").format(file=file), err=True)
    elif audits_of is not None:
        _print(audit_schema(load_ruleset(chosen_ruleset(audits_of, rules))))
    elif name is None:
        for known in PUBLISHED:
            click.echo(known)
    elif name in PUBLISHED:
        _print(schema_of(PUBLISHED[name], name))
    else:
        raise click.BadParameter(
            _("There is no schema “{name}”. Known: {known}.").format(
                name=name, known=", ".join(PUBLISHED)
            ),
            param_hint=_("[NAME]"),
        )
    return ExitCode.DONE


def _print(schema: object) -> None:
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))
