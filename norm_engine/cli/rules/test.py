"""``norm-engine rules test``: runs the examples and tests of a rule set."""

from pathlib import Path

import click

from norm_engine.authoring.rule_tests import TestRun, load_tests, run_tests
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    format_option,
    new_page,
    overlay_option,
    print_json,
    print_page,
    rules_option,
    verb,
)
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _, ngettext
from norm_engine.loading.rulesets import load_ruleset
from norm_engine.model.rules_results import CriterionCoverage, RulesTestResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.terminal import Page


@verb(_("Run the examples beside the requirements and the tests of the rule set."))
@click.argument("ruleset", metavar=_("[RULESET]"), required=False)
@click.option(
    "--coverage", is_flag=True, help=_("Also say which criteria no example makes true, or false.")
)
@rules_option
@overlay_option
@format_option
def command(
    ruleset: str | None,
    coverage: bool,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    form: str,
) -> int:
    """Run a rule set's tests; exit code 1 when one fails, or when coverage is asked and lacks."""
    folder = chosen_ruleset(ruleset, rules)
    loaded = load_ruleset(folder, overlays, examples=True)
    result = tests_result(run_tests(loaded, load_tests(folder, loaded)), loaded)
    if form == "json":
        print_json(result)
    else:
        page = new_page()
        _page(page, result, coverage)
        print_page(page)
    return ExitCode.NO if result.failed or (coverage and result.uncovered) else ExitCode.DONE


def tests_result(run: TestRun, ruleset: RuleSet) -> RulesTestResult:
    """A run of tests as results carry it."""
    uncovered = run.uncovered(ruleset)
    criteria = sum(len(each.criteria) for each in ruleset.requirements)
    return RulesTestResult(
        format=1,
        passed=sum(outcome.passed for outcome in run.outcomes),
        failed=sum(not outcome.passed for outcome in run.outcomes),
        outcomes=run.outcomes,
        criteria=criteria,
        criteria_covered=criteria - len(uncovered),
        uncovered=uncovered,
    )


def _page(page: Page, result: RulesTestResult, coverage: bool) -> None:
    for outcome in result.outcomes:
        if outcome.passed:
            continue
        page.paragraph(outcome.name, lead=f"{page.truth('false')} ", hang=2)
        for failure in outcome.failures:
            page.paragraph(
                _("{what}: expected {expected}, found {found}").format(
                    what=failure.what, expected=failure.expected, found=failure.found
                ),
                indent=4,
            )
    page.line(
        ngettext("{n} test passed", "{n} tests passed", result.passed).format(n=result.passed)
        + ", "
        + ngettext("{n} failed", "{n} failed", result.failed).format(n=result.failed)
    )
    if coverage:
        page.line(
            _("{covered} of {all} criteria are made true and made false by some example").format(
                covered=result.criteria_covered, all=result.criteria
            )
        )
        for each in result.uncovered:
            page.line(f"  {each.criterion}: {_lacks(each)}")


def _lacks(each: CriterionCoverage) -> str:
    if not each.made_true and not each.made_false:
        return _("never true, never false")
    return _("never true") if not each.made_true else _("never false")
