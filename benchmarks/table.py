"""The rows of a run and how they are shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from benchmarks.measuring import Sample

WITHIN, NEAR, OVER, SHOWN = "✓", "~", "✗", " "
"""Where we want to be; within the budget; beyond it; a row without a budget."""


@dataclass(frozen=True)
class Row:
    """One measure next to its yardstick.

    Attributes:
        ratio: by the best repetitions of both, the least disturbed.
        ratio_median: by the repetitions in the middle.
        noise: how far the middle lies above the best, the worse of both.
        at_most, aim: the budget, and where we want to be.
        unit: what measured and yardstick are in; a ratio without a yardstick is an amount in it.
    """

    part: str
    what: str
    measured: float
    yardstick: str
    of_yardstick: float | None
    ratio: float
    ratio_median: float
    noise: float
    at_most: float | None
    aim: float | None
    unit: str = "ms"

    @property
    def mark(self) -> str:
        """How the ratio stands to the budget."""
        if self.at_most is None or self.aim is None:
            return SHOWN
        return WITHIN if self.ratio <= self.aim else NEAR if self.ratio <= self.at_most else OVER


def compared(
    part: str,
    what: str,
    samples: tuple[Sample, Sample],
    yardstick: str,
    budget: tuple[float, float] | None,
) -> Row:
    """The row of one thing and its yardstick."""
    measured, against = samples
    return Row(
        part,
        what,
        measured.best * 1000,
        yardstick,
        against.best * 1000,
        measured.best / against.best,
        measured.median / against.median,
        max(measured.noise, against.noise),
        *(budget or (None, None)),
    )


def alone(part: str, what: str, sample: Sample, budget: tuple[float, float] | None) -> Row:
    """The row of one thing whose budget is an amount of milliseconds."""
    best, middle = sample.best * 1000, sample.median * 1000
    at_most, aim = budget or (None, None)
    return Row(part, what, best, "–", None, best, middle, sample.noise, at_most, aim)


_HEADS = (
    "what", "measured", "yardstick", "of it", "ratio", "median", "noise", "at most", "aim", "",
)  # fmt: skip


def table(rows: Sequence[Row]) -> str:
    """The rows as a table of text."""
    cells = [_HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(each[column]) for each in cells) for column in range(len(_HEADS))]
    left = (0, 2)
    lines = []
    part = None
    for number, each in enumerate(cells):
        if number and rows[number - 1].part != part:
            part = rows[number - 1].part
            lines += ["", part]
        lines.append(
            "  ".join(
                text.ljust(width) if column in left else text.rjust(width)
                for column, (text, width) in enumerate(zip(each, widths, strict=True))
            ).rstrip()
        )
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    against = "" if row.of_yardstick is None else _amount(row.of_yardstick, row.unit)
    exact = row.of_yardstick is None

    def ratio(value: float | None) -> str:
        if value is None:
            return "–"
        return _amount(value, row.unit) if exact else f"{value:.2f} ×"

    return (
        row.what,
        _amount(row.measured, row.unit),
        row.yardstick,
        against,
        ratio(row.ratio),
        ratio(row.ratio_median),
        f"{row.noise:.0%}",
        ratio(row.at_most),
        ratio(row.aim),
        row.mark,
    )


def _amount(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows as plain data."""
    return [{**asdict(row), "mark": row.mark.strip()} for row in rows]
