"""Reports keep their bytes until LAYOUT says that they are laid out in another way.

`norm-engine verify` writes a report again and compares it byte for byte; a report of another
LAYOUT it does not compare, and says why. Were pages to change under the same number, reports that
were written before would be called altered.
"""

from tests.reports.refresh import fingerprints, frozen, versions

REFRESH = "python -m tests.reports.refresh"
RAISE = (
    "These reports have other bytes than before. Raise LAYOUT in"
    " norm_engine/reports/proof/carried.py, or reports that were released will be called altered;"
    f" then run {REFRESH}"
)


def test_what_reports_were_frozen_with_is_what_writes_them_here() -> None:
    """Another product, layout or library writes other bytes, and says so in each report."""
    assert versions() == frozen()["versions"], f"run {REFRESH}"


def test_reports_have_the_bytes_they_had() -> None:
    before, now = frozen(), fingerprints()
    changed = [name for name in now if before["reports"].get(name) != now[name]]
    same_versions = before["versions"] == versions()
    assert changed == [], RAISE if same_versions else f"run {REFRESH}"
    assert before["reports"].keys() == now.keys(), f"run {REFRESH}"
