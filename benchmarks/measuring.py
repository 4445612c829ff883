"""Interleaved repetitions of things to measure, and what they come to."""

import gc
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Clock = str
"""``cpu``: what the machine worked; ``wall``: what one waited, other people's work included."""


@dataclass
class Sample:
    """The durations of one thing, in seconds, by the clock chosen."""

    times: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        """The least disturbed repetition."""
        return min(self.times)

    @property
    def median(self) -> float:
        """The repetition in the middle."""
        return statistics.median(self.times)

    @property
    def noise(self) -> float:
        """How far the middle lies above the best, as a share of it."""
        return self.median / self.best - 1


def interleaved(things: Mapping[str, Callable[[], float]], repetitions: int) -> dict[str, Sample]:
    """Measure things in turn, `repetitions` times, after one round that does not count.

    Each thing measures itself and gives a duration, so that what disturbs the machine for a while
    disturbs all of them.
    """
    samples = {name: Sample() for name in things}
    for measure in things.values():
        measure()
    for _ in range(repetitions):
        for name, measure in things.items():
            samples[name].times.append(measure())
    return samples


def call(function: Callable[[], object], clock: Clock, least: float = 0.02) -> Callable[[], float]:
    """A measure of a function: called as often as fills `least` seconds, the mean duration."""
    read = time.process_time if clock == "cpu" else time.perf_counter
    times = 0

    def measure() -> float:
        nonlocal times
        if not times:
            started = time.perf_counter()
            function()
            times = max(1, int(least / max(time.perf_counter() - started, 1e-9)))
        gc.collect()
        started = read()
        for _ in range(times):
            function()
        return (read() - started) / times

    return measure


def process(
    command: Sequence[str], clock: Clock, environment: Callable[[], Mapping[str, str]]
) -> Callable[[], float]:
    """A measure of a command as a whole process; exit codes 0 and 1 are both answers."""

    def measure() -> float:
        variables = dict(environment())
        before, started = _children(), time.perf_counter()
        done = subprocess.run(
            command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
        )
        waited, worked = time.perf_counter() - started, _children() - before
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
        return worked if clock == "cpu" else waited

    return measure


def _children() -> float:
    spent = os.times()
    return _rusage() or spent.children_user + spent.children_system


def _rusage() -> float | None:
    """Seconds of processor time of the processes that have ended, finer than `os.times`."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(peak if sys.platform == "darwin" else peak * 1024)
"""


def peak_memory(python: str, command: Sequence[str], environment: Mapping[str, str]) -> int | None:
    """The most memory that a command held, in bytes; None where the system does not say.

    A small process starts the command: one started from here would be charged with what we hold.
    """
    done = subprocess.run(
        [python, "-c", _PEAK, *command],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return int(done.stdout) if done.returncode == 0 else None
