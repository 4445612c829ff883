"""``norm-engine explain REQ``: why a requirement has the status it has."""

import datetime
import re
from collections.abc import Sequence
from pathlib import Path

import click

from norm_engine.cli.asking_again import asked_again
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    OneLine,
    evaluated,
    evaluation_options,
    new_page,
    print_json,
    print_page,
    verb,
)
from norm_engine.cli.output import output_option, put, refuse_what_is_read
from norm_engine.engine.program import Program
from norm_engine.language import _
from norm_engine.model.results import ExplanationResult
from norm_engine.presentation.chain_page import chain_page
from norm_engine.presentation.explanation_page import explanation_page
from norm_engine.presentation.explanation_result import explanation_result


@verb(_("Explain a status, down to answers, evidence, dates and settings."))
@click.argument("named", metavar=_("[AUDIT] REQUIREMENT"), nargs=-1, required=True)
@click.option(
    "--what-if",
    "supposed",
    metavar=_("QUESTION=VALUE"),
    multiple=True,
    type=OneLine(),
    help=_("What would change with another answer, or evidence:kind=number. May be repeated."),
)
@click.option("--path", "chain", is_flag=True, help=_("The chain down to the root causes."))
@output_option(
    _("With --path: also write the chain to this file, as an SVG picture."), endings=(".svg",)
)
@evaluation_options
def command(
    named: tuple[str, ...],
    supposed: tuple[str, ...],
    chain: bool,
    output: Path | None,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Explain one requirement."""
    audit, requirement = told_apart(named)
    if supposed and chain:
        raise click.UsageError(_("Choose one of --what-if and --path."))
    if output is not None and not chain:
        raise click.UsageError(_("--output goes with --path."))
    if output is not None:
        refuse_what_is_read(output, audit)
    done = evaluated(audit, rules, overlays, as_of)
    name = known_requirement(done.evaluation.program, requirement)
    if supposed:
        # what checks answers and tells what may be typed takes longer to load than all the rest
        from norm_engine.cli.supposing import print_what_if

        print_what_if(done, name, supposed, form)
        return ExitCode.DONE
    result = explanation_result(done.evaluation, done.audit, name, done.states, path=chain)
    if form == "json":
        print_json(result)
    else:
        page = new_page()
        if chain:
            chain_page(page, result, asked_again(audit))
        else:
            explanation_page(page, result, done.evaluation.program)
        print_page(page)
    if output is not None:
        _draw(result, output)
    return ExitCode.DONE


def _draw(result: ExplanationResult, output: Path) -> None:
    from norm_engine.presentation.chain_picture import chain_scene
    from norm_engine.presentation.svg import svg

    if result.path is None:
        click.echo(_("Nothing holds it back: there is no chain to draw."), err=True)
        return
    drawn = svg(chain_scene(result.path, result.structure))
    put(output, drawn.encode())


def told_apart(named: Sequence[str]) -> tuple[Path, str]:
    """The audit and the requirement, named in either order; the audit may be left out."""
    codes = [each for each in named if re.fullmatch(r"[A-Za-z]{1,8}-\d{1,4}", each)]
    if len(codes) > 1:
        # a folder may be called like a requirement: “audit-2026”
        codes = [each for each in codes if not Path(each).exists()]
    others = [each for each in named if each not in codes]
    if len(codes) != 1 or len(others) > 1:
        raise click.UsageError(_("Name one audit and one requirement, such as STR-25."))
    return Path(others[0]) if others else Path(), codes[0]


def known_requirement(program: Program, given: str) -> str:
    """The id of a requirement as the user meant it.

    Raises:
        click.BadParameter: when there is none, with those whose code is near.
    """
    name = given.upper()
    if name in program.requirement_index:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name, program.requirement_index, 3)
    message = _("There is no requirement “{id}”.").format(id=given)
    if near:
        message += " " + _("Did you mean “{near}”?").format(near=", ".join(near))
    raise click.BadParameter(message, param_hint=_("REQUIREMENT"))
