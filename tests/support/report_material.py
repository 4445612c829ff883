"""What reports are made from, for the tests of their content."""

import datetime
from dataclasses import replace
from pathlib import Path

from norm_engine.language import speaking
from norm_engine.reports.material import Material
from norm_engine.reports.reading import read_subject
from norm_engine.reports.render import material_of
from norm_engine.reports.subject import Earlier, Subject, Wish

DAY = datetime.date(2026, 11, 25)
"""The day that the example audits speak of in reports."""


def subject(audit_folder: Path, as_of: datetime.date = DAY) -> Subject:
    """An audit of a folder with its rule set and what was found of its evidence."""
    return read_subject(audit_folder, (), (), as_of)


def looking_back(subject: Subject) -> Subject:
    """The subject with the same audit of a year before, for a comparison to look back to."""
    assert subject.audit is not None
    day = subject.as_of.replace(year=subject.as_of.year - 1)
    return replace(subject, earlier=Earlier(subject.audit, day, subject.states, subject.sizes))


def material(audit_folder: Path, wish: Wish, as_of: datetime.date = DAY) -> Material:
    """What a report on the audit of a folder is written from."""
    with speaking(wish.language):
        return material_of(subject(audit_folder, as_of), wish)
