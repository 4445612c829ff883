"""``norm-engine explain REQ --what-if``: what other answers or evidence would change."""

from collections.abc import Sequence
from dataclasses import replace

import click

from norm_engine.cli.options import Evaluated, new_page, print_json, print_page
from norm_engine.engine.what_if import changed_facts, what_if
from norm_engine.language import _
from norm_engine.loading.audit_rules import audit_problems
from norm_engine.model.audit import Audit
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.typed_changes import NotUnderstood, TypedChange, typed_change
from norm_engine.presentation.what_if_page import what_if_page
from norm_engine.presentation.what_if_result import what_if_result


def print_what_if(done: Evaluated, name: str, supposed: Sequence[str], form: str) -> None:
    """Print what changes for a requirement, and beyond, under what is supposed."""
    program = done.evaluation.program
    changes = changes_typed(supposed, done.audit, program.ruleset)
    answers = {each.id: each.value for each in changes if each.subject == "answer"}
    evidence = {each.id: each.value for each in changes if each.subject == "evidence"}
    facts = changed_facts(program, done.evaluation.facts, answers, evidence)
    found = what_if(done.evaluation, facts, name)
    result = what_if_result(found, done.audit, name, changes)
    if form == "json":
        print_json(result)
        return
    page = new_page()
    what_if_page(page, result, program.ruleset)
    print_page(page)


def changes_typed(typed: Sequence[str], audit: Audit, ruleset: RuleSet) -> list[TypedChange]:
    """The changes that were typed after ``--what-if``; of one thing twice, the last.

    Raises:
        click.BadParameter: when one is not understood, or the answers would not go together.
    """
    changes: dict[tuple[str, str], TypedChange] = {}
    try:
        for each in typed:
            change = typed_change(each, ruleset)
            changes[change.subject, change.id] = change
    except NotUnderstood as unclear:
        raise click.BadParameter(str(unclear), param_hint="--what-if") from None
    answers = {each.id: each.value for each in changes.values() if each.subject == "answer"}
    supposed = replace(audit, answers={**audit.answers, **answers})
    for problem in audit_problems(supposed, ruleset, ""):
        named = str(problem.path[1]) if len(problem.path) > 1 else problem.key
        said = f"{named}{_(': ')}{problem.message} {problem.remedy}".strip()
        raise click.BadParameter(said, param_hint="--what-if")
    return list(changes.values())
