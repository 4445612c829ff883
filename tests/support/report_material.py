"""What reports are made from, for the tests of their content."""

import datetime
from pathlib import Path

from norm_engine.language import speaking
from norm_engine.reports.material import Material
from norm_engine.reports.reading import read_subject
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Subject, Wish

DAY = datetime.date(2026, 11, 25)
"""The day that the example audits speak of in reports."""


def subject(audit_folder: Path, as_of: datetime.date = DAY) -> Subject:
    """An audit of a folder with its rule set and what was found of its evidence."""
    return read_subject(audit_folder, (), (), as_of)


def material(audit_folder: Path, wish: Wish, as_of: datetime.date = DAY) -> Material:
    """What a report on the audit of a folder is written from."""
    with speaking(wish.language):
        return material_of(subject(audit_folder, as_of), wish)
