"""``norm-engine rules doc``: the catalogue as one HTML page or as Markdown."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import click

from norm_engine.authoring.catalogue import catalogue_html, catalogue_markdown
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import overlay_option, rules_option, verb
from norm_engine.cli.output import output_option, put, wrong_ending
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.rulesets import load_ruleset

_ENDINGS: Mapping[str, tuple[str, ...]] = {"html": (".html", ".htm"), "markdown": (".md",)}


@verb(_("Write the whole catalogue as one readable page."))
@click.argument("ruleset", metavar=_("[RULESET]"), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_ENDINGS)),
    help=_("HTML page or Markdown (default: by the file’s ending, else html)."),
)
@output_option(_("Write to this file instead of standard output."))
@rules_option
@overlay_option
def command(
    ruleset: str | None,
    form: str | None,
    output: Path | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
) -> int:
    """Write the catalogue."""
    if output is not None:
        fitting = [*chain(*_ENDINGS.values())] if form is None else _ENDINGS[form]
        if refusal := wrong_ending(output, fitting):
            raise click.BadParameter(refusal, param_hint="-o")
    if form is None:
        markdown = output is not None and output.suffix.lower() in _ENDINGS["markdown"]
        form = "markdown" if markdown else "html"
    loaded = load_ruleset(chosen_ruleset(ruleset, rules), overlays, examples=True)
    written = catalogue_html(loaded) if form == "html" else catalogue_markdown(loaded)
    if output is None:
        click.echo(written)
    else:
        put(output, written.encode())
    return ExitCode.DONE
