"""The compliance report: beside the same words on as many pages of plain reportlab, and others."""

import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from benchmarks.measuring import Clock, call, interleaved, peak_memory, process
from benchmarks.processes import MEGABYTE, PROGRAM, Places
from benchmarks.synthetic import AS_OF
from benchmarks.table import Row, compared
from benchmarks.yardsticks import plain, report_words
from benchmarks.yardsticks.environment import environment
from norm_engine.language import speaking
from norm_engine.reports.reading import read_subject
from norm_engine.reports.render import WRITERS, material_of, render_html, render_pdf
from norm_engine.reports.subject import Subject, Wish

WARM = "The compliance report, in a process that has written one before"
COLD = "The compliance report, as a whole process"
BESIDE = "The same, beside other programs that set pages"
OTHERS = {"Typst": "set_with_typst.py", "WeasyPrint": "set_with_weasyprint.py"}
WISH = Wish("compliance")
BUDGET = (3.0, 1.5)
FONTS = Path("norm_engine/reports/pdf/fonts")
YARDSTICKS = Path(plain.__file__).parent

_MOST, _MOST_OF_OTHERS = 5, 2
"""Repetitions: a report takes a second or two, WeasyPrint takes half a minute."""


@dataclass(frozen=True)
class Case:
    """A report, and what its yardsticks set in its place.

    Attributes:
        pages: how many the report has.
        stretch: what makes plain reportlab fill as many, or nearly, in the report's own fonts.
    """

    subject: Subject
    pieces: list[Any]
    pages: int
    fonts: str
    stretch: float
    plain_pages: int


def rows(root: Path, example: Path, clock: Clock, repetitions: int, others: bool) -> Iterator[Row]:
    """Every row of this part; `others` also measures Typst and WeasyPrint."""
    case = _case(root, example)
    fewer = min(repetitions, _MOST)
    yield from _warm(case, clock, fewer)
    with tempfile.TemporaryDirectory(prefix="norm-engine-bench-") as name:
        folder = Path(name)
        places = Places(root, folder)
        _lay_out(case, folder)
        yield from _cold(case, example, places, clock, fewer)
        if others:
            few = min(repetitions, _MOST_OF_OTHERS)
            yield from _beside_others(example, places, environment(root), clock, few)


def _case(root: Path, example: Path) -> Case:
    subject = read_subject(example, (), (), AS_OF)
    with speaking(WISH.language):
        material = material_of(subject, WISH)
        pieces = report_words.pieces_of(WRITERS[WISH.kind](material))
    pages = _pages(render_pdf(subject, WISH))
    fonts = str(root / FONTS)
    stretch, found = _stretch(pieces, pages, plain.faces(fonts))
    return Case(subject, pieces, pages, fonts, stretch, found)


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as file:
        return len(file.pages)


def _stretch(pieces: list[Any], pages: int, names: tuple[str, str]) -> tuple[float, int]:
    """The distance between lines that comes nearest to so many pages, and how many it gives."""
    low, high = 0.5, 2.5
    found: dict[float, int] = {}
    for _ in range(8):
        middle = (low + high) / 2
        found[middle] = plain.plain_pdf(pieces, middle, names)[1]
        if found[middle] == pages:
            break
        low, high = (middle, high) if found[middle] < pages else (low, middle)
    return min(found.items(), key=lambda each: abs(each[1] - pages))


def _warm(case: Case, clock: Clock, repetitions: int) -> Iterator[Row]:
    ours, usual = plain.faces(case.fonts), plain.faces("-")
    things = {
        "report": lambda: render_pdf(case.subject, WISH),
        "plain": lambda: plain.plain_pdf(case.pieces, case.stretch, ours),
        "usual": lambda: plain.plain_pdf(case.pieces, case.stretch, usual),
        "html": lambda: render_html(case.subject, WISH),
    }
    measured = interleaved(
        {name: call(thing, clock) for name, thing in things.items()}, repetitions
    )
    what = f"PDF, {case.pages} pages"
    report = measured["report"]
    said = f"plain reportlab, the same words on {case.plain_pages} pages"
    yield compared(WARM, what, (report, measured["plain"]), said, BUDGET)
    yield compared(WARM, what, (report, measured["usual"]), "… in Helvetica, not embedded", None)
    yield compared(WARM, "HTML", (measured["html"], report), "the PDF", None)


def _lay_out(case: Case, folder: Path) -> None:
    """What the yardsticks read, in a folder."""
    with speaking(WISH.language):
        carried = material_of(case.subject, WISH).carried
    words = json.dumps(case.pieces, ensure_ascii=False)
    (folder / "words.json").write_text(words, encoding="utf-8")
    (folder / "report.html").write_bytes(render_html(case.subject, WISH))
    shutil.copy(YARDSTICKS / "report.typ", folder)
    shutil.copytree(case.fonts, folder / "fonts")
    (folder / "attached").mkdir()
    for each in carried.files:
        (folder / "attached" / each.name).write_bytes(each.content)


def _report(example: Path, folder: Path) -> list[str]:
    wanted = ("--kind", WISH.kind, "--as-of", AS_OF.isoformat(), "-o", str(folder / "report.pdf"))
    return [sys.executable, "-c", PROGRAM, "report", str(example), *wanted]


def _cold(
    case: Case, example: Path, places: Places, clock: Clock, repetitions: int
) -> Iterator[Row]:
    folder = places.folder
    report = _report(example, folder)
    script = [sys.executable, str(YARDSTICKS / "plain.py"), str(folder / "words.json")]
    yardstick = [*script, str(case.stretch), case.fonts, str(folder / "plain.pdf")]
    commands = {"report": report, "plain": yardstick}
    things = {name: process(each, clock, places.warm) for name, each in commands.items()}
    measured = interleaved(things, repetitions)
    samples = measured["report"], measured["plain"]
    yield compared(COLD, "norm-engine report", samples, "plain reportlab", None)
    sizes = {
        name: peak_memory(sys.executable, each, places.warm()) for name, each in commands.items()
    }
    if sizes["report"] and sizes["plain"]:
        yield _memory(sizes["report"], sizes["plain"])


def _memory(ours: int, theirs: int) -> Row:
    ratio = ours / theirs
    amounts = ours / MEGABYTE, "plain reportlab", theirs / MEGABYTE
    return Row(COLD, "peak memory", *amounts, ratio, ratio, 0.0, None, None, "MB")


def _beside_others(
    example: Path, places: Places, python: Path, clock: Clock, repetitions: int
) -> Iterator[Row]:
    folder = places.folder
    things = {"report": process(_report(example, folder), clock, places.warm)}
    pages = {}
    for name, script in OTHERS.items():
        output = folder / f"{name}.pdf"
        command = [str(python), str(YARDSTICKS / script), str(folder), str(output)]
        # once beforehand: exit code 1, an answer of ours, is a failure of theirs
        subprocess.run(command, env=dict(places.warm()), check=True)
        pages[name] = _pages(output.read_bytes())
        things[name] = process(command, clock, places.warm)
    measured = interleaved(things, repetitions)
    for name, count in pages.items():
        samples = measured["report"], measured[name]
        yield compared(BESIDE, "norm-engine report", samples, f"{name}, {count} pages", None)
