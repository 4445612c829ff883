"""What the whole test run shares."""

from hypothesis import settings

from tests.support.verapdf import UNCHECKED

# tests run side by side, so that how long one takes says little of it
settings.register_profile(
    "unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None
)
settings.load_profile("unhurried")


def pytest_terminal_summary(terminalreporter) -> None:
    """Say at the very end, where it is read, that PDF files went unchecked."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {str(report.longrepr[2]) for report in skipped if UNCHECKED in str(report.longrepr)}
    for reason in sorted(reasons):
        terminalreporter.write_line(reason.removeprefix("Skipped: "), yellow=True, bold=True)
