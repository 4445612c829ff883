"""``norm-engine gaps``: the gaps, their root causes, and the few things that close most."""

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
from norm_engine.presentation.gaps_page import gaps_page
from norm_engine.presentation.gaps_result import gaps_result


@verb(_("List the gaps, what each is missing, and what each missing thing holds back."))
@audit_argument
@evaluation_options
def command(
    audit: Path,
    rules: tuple[Path, ...],
    overlays: tuple[Path, ...],
    as_of: datetime.date | None,
    form: str,
) -> int:
    """List gaps; exit code 1 when there are any."""
    done = evaluated(audit, rules, overlays, as_of)
    result = gaps_result(done.evaluation, done.audit)
    if form == "json":
        print_json(result)
    else:
        page = new_page()
        gaps_page(page, result, asked_again(audit), done.evaluation.program.ruleset)
        print_page(page)
    return ExitCode.NO if result.gaps else ExitCode.DONE
