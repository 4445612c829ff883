"""``norm-engine rules list``: the rule sets found, or the requirements of one."""

from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    format_option,
    new_page,
    print_json,
    print_page,
    rules_option,
    verb,
)
from norm_engine.cli.rulesets import chosen_ruleset
from norm_engine.language import _
from norm_engine.loading.rulesets import load_ruleset, rule_folders
from norm_engine.model.rules_results import (
    RequirementsListResult,
    RequirementSummary,
    RuleSetSummary,
    RulesListResult,
)
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.results import identity
from norm_engine.presentation.terminal import Page, fitted
from norm_engine.presentation.values import words_of
from norm_engine.presentation.wording import gravity_said, level_said


@verb(_("List the rule sets found; with a rule set’s id, its requirements."))
@click.argument("ruleset", metavar=_("[RULESET]"), required=False)
@rules_option
@format_option
def command(ruleset: str | None, rules: tuple[Path, ...], form: str) -> int:
    """List rule sets or requirements."""
    if ruleset is None:
        found = [(folder, load_ruleset(folder)) for folder in rule_folders(rules)]
        result = RulesListResult(
            format=1, rulesets=tuple(_summary(folder, loaded) for folder, loaded in found)
        )
        if form == "json":
            print_json(result)
        else:
            page = new_page()
            _rulesets_page(page, result)
            print_page(page)
        return ExitCode.DONE
    listed = _requirements(load_ruleset(chosen_ruleset(ruleset, rules)))
    if form == "json":
        print_json(listed)
    else:
        page = new_page()
        _requirements_page(page, listed)
        print_page(page)
    return ExitCode.DONE


def _summary(folder: Path, ruleset: RuleSet) -> RuleSetSummary:
    return RuleSetSummary(
        ruleset=identity(ruleset),
        folder=str(folder),
        requirements=len(ruleset.requirements),
        questions=len(ruleset.questions),
        evidence=len(ruleset.evidence),
        actions=len(ruleset.actions),
    )


def _requirements(ruleset: RuleSet) -> RequirementsListResult:
    return RequirementsListResult(
        format=1,
        ruleset=identity(ruleset),
        requirements=tuple(
            RequirementSummary(
                id=each.id,
                title=words_of(each.title, ruleset),
                domain=each.domain,
                workshop=each.workshop,
                level=each.level,
                gravity=each.gravity,
                basis=each.basis,
                weight=each.weight,
            )
            for each in sorted(ruleset.requirements, key=lambda each: each.id)
        ),
    )


def _rulesets_page(page: Page, result: RulesListResult) -> None:
    for each in result.rulesets:
        page.paragraph(page.bold(f"{each.ruleset.id}:{each.ruleset.edition}"))
        page.paragraph(each.ruleset.title, indent=2)
        page.paragraph(
            _(
                "version {version} · {requirements} requirements · {questions} questions"
                " · {evidence} kinds of evidence · {actions} actions"
            ).format(
                version=each.ruleset.version,
                requirements=each.requirements,
                questions=each.questions,
                evidence=each.evidence,
                actions=each.actions,
            ),
            indent=2,
        )
        page.paragraph(
            _("fingerprint {fingerprint}").format(fingerprint=each.ruleset.fingerprint), indent=2
        )
        page.line(f"  {each.folder}")


def _requirements_page(page: Page, result: RequirementsListResult) -> None:
    for each in result.requirements:
        kind = gravity_said(each.gravity) if each.level == "requirement" else level_said(each.level)
        page.line(f"{each.id:<7} {fitted(each.title, 54)} {kind}")
