"""``norm-engine rules``: what norm authors do with rule sets."""

from importlib import import_module

import click

from norm_engine.language import _, mark

_VERBS = {
    "list": ("list_", mark("List the rule sets found, or the requirements of one.")),
    "show": ("show", mark("Show a requirement, a question, an action or another part.")),
    "check": ("check", mark("Look for errors and for what an author should look at.")),
    "test": ("test", mark("Run the examples and tests of a rule set.")),
    "graph": ("graph", mark("Draw the graph of requirements as SVG.")),
    "schema": ("schema", mark("Print or write the JSON Schemas.")),
    "doc": ("doc", mark("Write the catalogue as one HTML page or as Markdown.")),
}


class _RulesVerbs(click.Group):
    """The verbs of ``rules``; each module is imported when its verb is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs, in the order of help."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb, imported now; None where there is no such verb."""
        if cmd_name not in _VERBS:
            return None
        loaded = import_module(f"norm_engine.cli.rules.{_VERBS[cmd_name][0]}").command
        return loaded if isinstance(loaded, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verbs into help, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(said)) for name, (_module, said) in _VERBS.items()])


@click.group(
    cls=_RulesVerbs,
    name="rules",
    help=_("For norm authors: list, show, check, test, draw the rules."),
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGUMENTS]…"),
)
def command() -> None:
    """Everything is done by its verbs."""
