"""``python -m benchmarks``: measures everything in one run and prints the ratios."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import evaluations, interviews, loadings, plans, processes, reports
from benchmarks.table import NEAR, OVER, WITHIN, Row, plain, table

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "audits" / "association-des-deux-rives"


PARTS = ("processes", "evaluations", "loadings", "reports", "plan", "next")


def main() -> None:
    """Measure, and print the table (or JSON)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--clock", choices=("cpu", "wall"), default="cpu", help="default: cpu")
    parser.add_argument("--repetitions", type=int, default=9, metavar="N", help="default: 9")
    parser.add_argument("--part", choices=PARTS, help="measure this part alone")
    parser.add_argument(
        "--yardsticks",
        action="store_true",
        help="also set the report with Typst and WeasyPrint, installed in build/bench-venv",
    )
    parser.add_argument(
        "--largest",
        type=int,
        default=1_500,
        metavar="N",
        help="of plans, the largest synthetic rule set: 150, 1500 (default) or 15000",
    )
    given = parser.parse_args()
    rows = list(_rows(given))
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    if given.json:
        run = {"clock": given.clock, "repetitions": given.repetitions, "machine": machine}
        json.dump({**run, "rows": plain(rows)}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    print(f"{machine} · {given.clock} time · {given.repetitions} repetitions, interleaved\n")
    print(table(rows))
    print(f"\n{WITHIN} where we want to be   {NEAR} within the budget   {OVER} beyond it")


def _rows(given: argparse.Namespace) -> Iterator[Row]:
    part, clock, repetitions = given.part, given.clock, given.repetitions
    if part in (None, "processes"):
        yield from processes.rows(ROOT, EXAMPLE, clock, repetitions)
    if part in (None, "evaluations"):
        yield from evaluations.rows(EXAMPLE, clock, repetitions)
    if part in (None, "loadings"):
        yield from loadings.rows(EXAMPLE, clock, repetitions)
    if part in (None, "reports"):
        yield from reports.rows(ROOT, EXAMPLE, clock, repetitions, given.yardsticks)
    if part == "plan":
        yield from plans.rows(ROOT, clock, repetitions, given.largest)
    if part == "next":
        # numbers of questions, not durations: the same in every run, and minutes long
        yield from interviews.rows(EXAMPLE)


if __name__ == "__main__":
    main()
