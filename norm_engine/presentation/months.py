"""Months in words."""

import datetime

from norm_engine.language import _, pgettext
from norm_engine.language.figures import year_said


def month_said(day: datetime.date) -> str:
    """The month of a day in words: ``décembre 2026``."""
    forms = (
        _("January {year}"),
        _("February {year}"),
        _("March {year}"),
        _("April {year}"),
        _("May {year}"),
        _("June {year}"),
        _("July {year}"),
        _("August {year}"),
        _("September {year}"),
        _("October {year}"),
        _("November {year}"),
        _("December {year}"),
    )
    return forms[day.month - 1].format(year=year_said(day))


def short_month_said(number: int) -> str:
    """The short name of a month, 1 to 12: ``janv.``."""
    return (
        pgettext("short month", "Jan"),
        pgettext("short month", "Feb"),
        pgettext("short month", "Mar"),
        pgettext("short month", "Apr"),
        pgettext("short month", "May"),
        pgettext("short month", "Jun"),
        pgettext("short month", "Jul"),
        pgettext("short month", "Aug"),
        pgettext("short month", "Sep"),
        pgettext("short month", "Oct"),
        pgettext("short month", "Nov"),
        pgettext("short month", "Dec"),
    )[number - 1]
