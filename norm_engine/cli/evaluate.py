"""``norm-engine evaluate``: readiness, the decision, and what to do first."""

import datetime
from pathlib import Path

from norm_engine.cli.asking_again import asked_again
from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import (
    audit_argument,
    evaluated,
    evaluation_options,
    new_page,
    print_json,
    print_page,
    verb,
)
from norm_engine.language import _
from norm_engine.presentation.evaluation_page import evaluation_page
from norm_engine.presentation.results import evaluation_result


@verb(_("Show how ready a structure is, the decision and what blocks it, and what to do first."))
@audit_argument
@evaluation_options
def command(
    audit: Path,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """Evaluate an audit; exit code 1 when it is not ready."""
    done = evaluated(audit, rules, overlays, as_of)
    result = evaluation_result(done.evaluation, done.audit)
    if form == "json":
        print_json(result)
    else:
        page = new_page()
        evaluation_page(page, result, done.evaluation, asked_again(audit))
        print_page(page)
    return ExitCode.DONE if result.decision.outcome == "ready" else ExitCode.NO
