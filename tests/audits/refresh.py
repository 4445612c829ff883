"""Freezes the results of the example audits anew: ``python -m tests.audits.refresh``.

Their schemas, which tell editors the names there are, are written anew as well.

To be run when rules or example audits were changed on purpose; the difference is then read over
in version control, before it is kept.
"""

import json

from norm_engine.store.folders import SCHEMA_FILE
from tests.audits.results import (
    NAMES,
    differences,
    evaluated,
    freeze,
    frozen,
    kept,
    schema_of,
)
from tests.cli.program import AUDITS


def main() -> None:
    for name in NAMES:
        try:
            before = frozen(name)
        except FileNotFoundError:
            before = {}
        changes = list(differences(before, kept(evaluated(name)))) if before else ["new"]
        print(f"{freeze(name).name}: {len(changes)} changes")
        for change in changes[:20]:
            print(f"  {change}")
        schema = json.dumps(schema_of(name), ensure_ascii=False, separators=(",", ":"))
        (AUDITS / name / SCHEMA_FILE).write_text(schema + "\n", "utf-8")


if __name__ == "__main__":
    main()
