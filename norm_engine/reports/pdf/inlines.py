"""Lines of a document as runs of text."""

from collections.abc import Iterator
from dataclasses import replace

from norm_engine.presentation.document import Code, Inline, Line, Link, Mark, Picture, Strong, Words
from norm_engine.presentation.palette import ACCENT, STATUS_COLOURS
from norm_engine.presentation.wording import SHAPES, TRUTH_SHAPES
from norm_engine.reports.pdf.faces import SEMIBOLD, Face
from norm_engine.reports.pdf.typesetting import Run

_MARK_COLOURS = {
    **STATUS_COLOURS,
    "true": STATUS_COLOURS["met"],
    "false": STATUS_COLOURS["unmet"],
    "unknown": STATUS_COLOURS["undetermined"],
}
_SAFE = ("#", "http://", "https://", "mailto:")


def runs_of(line: Line, face: Face) -> list[Run]:
    """The runs of a line set in a face."""
    return [run for inline in line for run in _runs(inline, face)]


def _runs(inline: Inline, face: Face) -> Iterator[Run]:
    match inline:
        case str():
            yield Run(inline, face)
        case Words(words=words, language=language):
            yield Run(words, face, language=language)
        case Strong(words=words, language=language):
            yield Run(words, replace(face, font=SEMIBOLD), language=language)
        case Code(words=words):
            yield Run(words, face)
        case Link(target=target, words=words, language=language):
            if target.lower().startswith(_SAFE):
                shown = replace(face, colour=ACCENT)
                yield Run(words, shown, target=target, language=language)
            else:
                yield Run(f"{words} ({target})", face)
        case Mark():
            yield from _mark(inline, face)
        case Picture(scene=scene):
            yield Run(scene.title, face)


def _mark(mark: Mark, face: Face) -> Iterator[Run]:
    shape = SHAPES.get(mark.verdict) or TRUTH_SHAPES[mark.verdict]
    shown = replace(face, font=SEMIBOLD, colour=_MARK_COLOURS[mark.verdict])
    if mark.words:
        yield Run(f"{shape}\u00a0", shown, silent=True)
        yield Run(mark.words, face)
    else:
        yield Run(shape, shown, spoken=mark.label)
