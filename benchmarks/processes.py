"""Whole processes: the program's start, with and without its cache, and its memory."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.measuring import Clock, Sample, interleaved, peak_memory, process
from benchmarks.table import Row, alone, compared

PART = "Whole processes"
PROGRAM = "import sys; from norm_engine.cli.main import run; sys.exit(run())"
MODEL = "from pydantic import BaseModel\nclass M(BaseModel): a: int"
NOTHING, CLICK, PYDANTIC, A_MODEL = (
    "python -c pass",
    "import click",
    "from pydantic import BaseModel",
    "… and a model of one field",
)
MEGABYTE = 1024 * 1024


class Places:
    """Folders of one run: bytecode and caches of its own, so that it neither finds nor leaves any.

    Bytecode is kept as an installed program has it, for the yardsticks as for the product.
    """

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.folder = folder

    def warm(self) -> Mapping[str, str]:
        """The variables of a process whose cache is where a user's is."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in ("PYTHONDONTWRITEBYTECODE", "NORM_ENGINE_CACHE", "NORM_ENGINE_RULES")
        }
        return clean | {
            "PYTHONPATH": str(self.root),
            "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode"),
            "XDG_CACHE_HOME": str(self.folder / "home"),
        }

    def cold(self) -> Mapping[str, str]:
        """The same, with a cache that nobody has written to."""
        shutil.rmtree(self.folder / "cold", ignore_errors=True)
        return {**self.warm(), "NORM_ENGINE_CACHE": str(self.folder / "cold")}


def rows(root: Path, example: Path, clock: Clock, repetitions: int) -> Iterator[Row]:
    """Every row of this part."""
    with tempfile.TemporaryDirectory(prefix="norm-engine-bench-") as folder:
        places = Places(root, Path(folder))
        evaluate = [sys.executable, "-c", PROGRAM, "evaluate", str(example)]
        commands = {
            NOTHING: [sys.executable, "-c", "pass"],
            CLICK: [sys.executable, "-c", CLICK],
            PYDANTIC: [sys.executable, "-c", PYDANTIC],
            A_MODEL: [sys.executable, "-c", MODEL],
            "evaluate": evaluate,
            "help": [sys.executable, "-c", PROGRAM, "--help"],
        }
        things = {name: process(command, clock, places.warm) for name, command in commands.items()}
        things["cold"] = process(evaluate, clock, places.cold)
        samples = interleaved(things, repetitions)
        yield from _times(samples)
        yield from _memory(evaluate, places)


def _times(samples: Mapping[str, Sample]) -> Iterator[Row]:
    warm = samples["evaluate"]
    what = "evaluate, cache warm"
    yield compared(PART, what, (warm, samples[PYDANTIC]), PYDANTIC, (2.5, 1.5))
    yield compared(PART, what, (warm, samples[A_MODEL]), A_MODEL, None)
    yield compared(PART, what, (warm, samples[NOTHING]), NOTHING, None)
    yield compared(PART, "--help", (samples["help"], samples[CLICK]), CLICK, (1.5, 1.2))
    yield alone(PART, "evaluate, cache cold", samples["cold"], (1500, 500))


def _memory(command: list[str], places: Places) -> Iterator[Row]:
    for name, variables in (("warm", places.warm()), ("cold", places.cold())):
        peak = peak_memory(sys.executable, command, variables)
        if peak is not None:
            size = peak / MEGABYTE
            what = f"peak memory of evaluate, cache {name}"
            yield Row(PART, what, size, "–", None, size, size, 0.0, 90, 60, "MB")
