"""``norm-engine rules check``: errors and what an author should look at."""

from collections.abc import Sequence
from pathlib import Path

import click

from norm_engine.authoring.check import check_ruleset
from norm_engine.authoring.rule_tests import load_tests
from norm_engine.authoring.style import load_style
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import format_option, overlay_option, print_json, rules_option, verb
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _, ngettext
from norm_engine.loading.documents import open_document
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.rules_results import CheckResult, ProblemResult


@verb(_("Check a rule set: names, kinds, circles, gates, texts, tests."))
@click.argument("ruleset", metavar=_("[RULESET]"), required=False)
@rules_option
@overlay_option
@format_option
def command(
    ruleset: str | None, rules: tuple[Path, ...], overlays: tuple[Path, ...], form: str
) -> int:
    """Check a rule set; exit code 1 when there are errors."""
    problems = found_problems(chosen_ruleset(ruleset, rules), overlays)
    errors = sum(problem.severity == "error" for problem in problems)
    if form == "json":
        print_json(check_result(problems))
    else:
        for problem in problems:
            click.echo(("" if problem.severity == "error" else _("warning: ")) + str(problem))
        click.echo(
            ngettext("{n} error", "{n} errors", errors).format(n=errors)
            + ", "
            + ngettext("{n} warning", "{n} warnings", len(problems) - errors).format(
                n=len(problems) - errors
            )
        )
    return ExitCode.NO if errors else ExitCode.DONE


def found_problems(folder: Path, overlays: Sequence[Path]) -> list[Problem]:
    """Everything found about a rule set, with lines."""
    try:
        loaded = load_ruleset(folder, overlays, examples=True)
        load_tests(folder, loaded)
        problems = check_ruleset(loaded, folder, load_style(folder))
    except InvalidInput as invalid:
        return invalid.problems
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    return [
        problem
        for file, listed in by_file.items()
        for problem in open_document(Path(file)).located(listed)
    ]


def check_result(problems: Sequence[Problem]) -> CheckResult:
    """Problems as results carry them."""
    errors = sum(problem.severity == "error" for problem in problems)
    return CheckResult(
        format=1,
        errors=errors,
        warnings=len(problems) - errors,
        problems=tuple(
            ProblemResult(
                file=problem.file,
                line=problem.line,
                column=problem.column,
                key=problem.key,
                severity=problem.severity,
                message=problem.message,
                remedy=problem.remedy,
            )
            for problem in problems
        ),
    )
