"""Months in words."""

from norm_engine.language import _, pgettext


def month_said(month: str) -> str:
    """A month, written ``2027-03``, as users read it: ``mars 2027``."""
    year, number = month.split("-")
    return _("{month} {year}").format(month=_month_name(int(number)), year=int(year))


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


def _month_name(number: int) -> str:
    return (
        pgettext("month", "January"),
        pgettext("month", "February"),
        pgettext("month", "March"),
        pgettext("month", "April"),
        pgettext("month", "May"),
        pgettext("month", "June"),
        pgettext("month", "July"),
        pgettext("month", "August"),
        pgettext("month", "September"),
        pgettext("month", "October"),
        pgettext("month", "November"),
        pgettext("month", "December"),
    )[number - 1]
