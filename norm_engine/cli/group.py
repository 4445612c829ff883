"""The group of verbs; a verb's module is imported only when the verb is called."""

from typing import Any

import click

from norm_engine import __version__
from norm_engine.cli.main import VERBS, load_verb, verb_help
from norm_engine.language import LANGUAGES, _


class Verbs(click.Group):
    """A group whose list of commands costs no import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which one needs them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb."""
        if cmd_name not in VERBS:
            return None
        loaded = load_verb(cmd_name)
        return loaded if isinstance(loaded, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or say which ones there are."""
        if args and args[0] not in VERBS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], VERBS, 1)
            ctx.fail(
                _("There is no command “{name}”.").format(name=args[0])
                + (" " + _("Did you mean “{near}”?").format(near=near[0]) if near else "")
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs with what they do."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, verb_help(name)) for name in VERBS])


def language_option(command: Any) -> Any:
    """``--lang``, read before anything else (`cli.main.chosen_language`); declared for help."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=_("Language of the interface (default: fr)."),
    )(command)


@click.group(
    cls=Verbs,
    name="norm-engine",
    help=_("Where a structure stands against the rules of a norm, why, and what to do first."),
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGUMENTS]…"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(__version__, "--version", prog_name="norm-engine")
@language_option
def program() -> None:
    """The program itself; everything is done by its verbs."""
