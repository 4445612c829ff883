"""Reading the real rule set and an audit in this process, with and without the cache."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.measuring import Clock, call, interleaved
from benchmarks.table import Row, compared
from norm_engine.loading.audits import audit_from
from norm_engine.loading.cache import VARIABLE
from norm_engine.loading.documents import open_document
from norm_engine.loading.rulesets import load_ruleset, shipped_rules

PART = "Loading, in a process that has done it before"


def rows(example: Path, clock: Clock, repetitions: int) -> Iterator[Row]:
    """Every row of this part."""
    rules = next(head.parent for head in sorted(shipped_rules().glob("*/ruleset.yaml")))
    file = example / "audit.yaml"
    ruleset = load_ruleset(rules)

    def audit() -> object:
        document = open_document(file)
        return audit_from(document, document.data, ruleset)

    with tempfile.TemporaryDirectory(prefix="norm-engine-bench-") as folder:
        things: dict[str, Callable[[], object]] = {
            "rules kept": with_cache(folder, lambda: load_ruleset(rules)),
            "rules": with_cache("off", lambda: load_ruleset(rules)),
            "audit kept": with_cache(folder, audit),
            "audit": with_cache("off", audit),
        }
        samples = interleaved(
            {name: call(thing, clock) for name, thing in things.items()}, repetitions
        )
    for name, what in (("rules", "the rule set"), ("audit", "the example audit")):
        yield compared(
            PART,
            f"{what}, from the cache",
            (samples[f"{name} kept"], samples[name]),
            "without the cache",
            None,
        )


def with_cache(folder: str, load: Callable[[], object]) -> Callable[[], object]:
    """Load with another cache than the user's."""

    def loaded() -> object:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = folder
        try:
            return load()
        finally:
            if before is None:
                del os.environ[VARIABLE]
            else:
                os.environ[VARIABLE] = before

    return loaded
