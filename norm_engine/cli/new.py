"""``norm-engine new``: creates an audit folder for a structure."""

from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import OneLine, format_option, print_json, rules_option, verb
from norm_engine.cli.output import kept_for_else
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.loading.unseen import on_one_line
from norm_engine.model.rules_results import CreatedResult
from norm_engine.presentation.questionnaire import question_groups
from norm_engine.presentation.terminal import as_typed
from norm_engine.store.new_audit import create_audit


@verb(_("Create an audit folder, with every question and how to answer it."))
@click.argument("folder", metavar=_("FOLDER"), type=click.Path(path_type=Path))
@click.option(
    "--name",
    metavar=_("TEXT"),
    type=OneLine(guessing=True),
    help=_("The structure’s name (default: the folder’s)."),
)
@click.option(
    "--ruleset", metavar=_("ID"), help=_("Which rule set, when there are several: its id.")
)
@rules_option
@format_option
def command(
    folder: Path, name: str | None, ruleset: str | None, rules: tuple[Path, ...], form: str
) -> int:
    """Create an audit folder."""
    if refusal := kept_for_else(folder):
        raise click.BadParameter(refusal, param_hint=_("FOLDER"))
    loaded = load_ruleset(chosen_ruleset(ruleset, rules))
    groups = question_groups(loaded)
    structure = name or on_one_line(folder.resolve().name)
    files = create_audit(folder, structure, loaded, groups, audit_schema(loaded))
    if form == "json":
        print_json(CreatedResult(format=1, written=tuple(str(file) for file in files)))
        return ExitCode.DONE
    click.echo(_("Created: {file}").format(file=files[0]))
    click.echo(_("Open it in a text editor, answer, then:"))
    click.echo(f"  norm-engine evaluate {as_typed(folder)}")
    return ExitCode.DONE
