"""``python -m benchmarks``: measures everything in one run and prints the ratios."""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from benchmarks import evaluations, loadings, processes
from benchmarks.table import NEAR, OVER, WITHIN, plain, table

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "audits" / "association-des-deux-rives"


def main() -> None:
    """Measure, and print the table (or JSON)."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--clock", choices=("cpu", "wall"), default="cpu", help="default: cpu")
    parser.add_argument("--repetitions", type=int, default=9, metavar="N", help="default: 9")
    given = parser.parse_args()
    rows = [
        *processes.rows(ROOT, EXAMPLE, given.clock, given.repetitions),
        *evaluations.rows(EXAMPLE, given.clock, given.repetitions),
        *loadings.rows(EXAMPLE, given.clock, given.repetitions),
    ]
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    if given.json:
        run = {"clock": given.clock, "repetitions": given.repetitions, "machine": machine}
        json.dump({**run, "rows": plain(rows)}, sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    print(f"{machine} · {given.clock} time · {given.repetitions} repetitions, interleaved\n")
    print(table(rows))
    print(f"\n{WITHIN} where we want to be   {NEAR} within the budget   {OVER} beyond it")


if __name__ == "__main__":
    main()
