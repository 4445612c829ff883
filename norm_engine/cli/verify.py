"""``norm-engine verify REPORT``: whether a report says what the audit it carries comes to."""

from pathlib import Path

import click

from norm_engine.cli.exit_codes import ExitCode
from norm_engine.cli.options import format_option, new_page, print_json, print_page, verb
from norm_engine.language import _
from norm_engine.presentation.verification_page import verification_page
from norm_engine.reports.proof.opening import read_report
from norm_engine.reports.proof.verification import verify
from norm_engine.reports.render import render_pdf

_CODES = {"holds": ExitCode.DONE, "differs": ExitCode.NO, "partly": ExitCode.INVALID}


@verb(_("Evaluate again the audit that a PDF report carries, and say whether the report holds."))
@click.argument("report", metavar=_("REPORT"), type=click.Path(path_type=Path))
@click.option(
    "--evidence",
    metavar=_("FOLDER"),
    type=click.Path(path_type=Path),
    help=_("Also compare the evidence files in this folder with what the report says of them."),
)
@format_option
def command(report: Path, evidence: Path | None, form: str) -> int:
    """Verify a report; exit code 1 when anything differs, 3 when not all could be checked."""
    result = verify(read_report(report), render_pdf, evidence, str(report))
    if form == "json":
        print_json(result)
    else:
        page = new_page()
        verification_page(page, result, str(report))
        print_page(page)
    return _CODES[result.verdict]
