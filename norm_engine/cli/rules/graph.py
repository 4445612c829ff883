"""``norm-engine rules graph``: the graph of requirements as SVG."""

from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import overlay_option, rules_option, verb
from norm_engine.cli.output import output_option, put
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.presentation.graph_picture import graph_scene
from norm_engine.presentation.svg import svg


@verb(_("Draw the graph of requirements as SVG: gates, conditions on others, order of work."))
@click.argument("ruleset", metavar=_("[RULESET]"), required=False)
@click.option("--domain", metavar=_("ID"), help=_("Only the requirements of this domain."))
@click.option(
    "--requirement", metavar=_("ID"), help=_("Only what this requirement rests on and holds back.")
)
@click.option("--gates-only", is_flag=True, help=_("Leave out the order of work."))
@output_option(_("Write to this file instead of standard output."), endings=(".svg",))
@rules_option
@overlay_option
def command(
    ruleset: str | None,
    domain: str | None,
    requirement: str | None,
    gates_only: bool,
    output: Path | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
) -> int:
    """Draw the graph."""
    loaded = load_ruleset(chosen_ruleset(ruleset, rules), overlays)
    domains = [each.id for each in loaded.head.domains]
    if domain is not None and domain not in domains:
        raise click.BadParameter(
            _("There is no domain “{id}”. Known: {known}.").format(
                id=domain, known=", ".join(domains)
            ),
            param_hint="--domain",
        )
    if requirement is not None:
        requirement = requirement.upper()
        if requirement not in {each.id for each in loaded.requirements}:
            raise click.BadParameter(
                _("There is no requirement “{id}”.").format(id=requirement),
                param_hint="--requirement",
            )
    drawn = svg(graph_scene(loaded, domain=domain, requirement=requirement, after=not gates_only))
    if output is None:
        click.echo(drawn)
    else:
        put(output, drawn.encode())
    return ExitCode.DONE
