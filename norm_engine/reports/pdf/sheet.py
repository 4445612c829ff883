"""Pages as they are drawn: marked content, text, shapes; numbers that are known last."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Any, Protocol

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from norm_engine.reports.pdf.faces import Face, font
from norm_engine.reports.pdf.structure import Annotation, Area, Content, Node, Place
from norm_engine.reports.pdf.typesetting import Line, Run

WIDTH, HEIGHT = A4


def number(value: float) -> str:
    """A number as content streams write it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


@lru_cache(maxsize=256)
def colour(value: str, operator: str) -> str:
    """The operator that sets a colour: ``rg`` to fill, ``RG`` to stroke."""
    parts = (int(value[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return " ".join(f"{each:.3f}".rstrip("0").rstrip(".") for each in parts) + f" {operator}"


class Numbered(Protocol):
    """A line whose page number is painted when all pages are known."""

    @property
    def target(self) -> str:
        """The anchor whose page is meant, with its ``#``."""

    @property
    def x(self) -> float:
        """Where the line starts."""

    @property
    def to(self) -> float:
        """Where the number ends."""

    @property
    def face(self) -> Face:
        """What the number is set in."""

    @property
    def node(self) -> Node:
        """The element that the number belongs to."""

    @property
    def runs(self) -> Sequence[Run]:
        """The words of the line."""


class Sheet:
    """One page: operators in the order in which they paint; heights count from the bottom."""

    def __init__(self, book: "Book", index: int) -> None:
        self.book = book
        self.index = index
        self.operators: list[str] = []
        self.annotations: list[Annotation] = []
        self.images: list[tuple[int, str, tuple[float, float, float, float]]] = []
        self.marks = 0
        self.muted = False

    @contextmanager
    def repeated(self) -> Iterator[None]:
        """What is painted inside has been read before: nothing of it belongs to the structure."""
        with self.artifact("Pagination"):
            self.muted = True
            yield
            self.muted = False

    def add(self, operator: str) -> None:
        """Add operators as they are."""
        self.operators.append(operator)

    @contextmanager
    def marked(self, node: Node) -> Iterator[None]:
        """What is painted inside belongs to an element of the structure."""
        if self.muted:
            yield
            return
        self.add(f"/{node.tag} <</MCID {self.marks}>> BDC")
        node.kids.append(Content(self.index, self.marks))
        self.marks += 1
        yield
        self.add("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is painted inside is there for the eye alone."""
        if self.muted:
            yield
            return
        self.add(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self.add("EMC")

    def text(self, runs: Sequence[Run], x: float, y: float) -> None:
        """Paint runs from (x, y) on. To be called inside of a mark."""
        self.add(f"BT 1 0 0 1 {number(x)} {number(y)} Tm")
        for run in runs:
            self._show(run)
        self.add("ET")

    def _show(self, run: Run) -> None:
        face: Face = run.face
        held = font(face.font)
        document = self.book.canvas._doc
        self.add(colour(face.colour, "rg"))
        for subset, codes in held.splitString(run.text, document):
            name = held.getSubsetInternalName(subset, document)
            self.add(f"{name} {number(face.size)} Tf <{codes.hex()}> Tj")

    def line(self, node: Node, line: Line, x: float, y: float, space: bool = True) -> None:
        """Paint a line of a text element; links and spoken words get elements of their own.

        A space ends each line, so that those who read the text do not glue words together.
        """
        runs = list(line.runs)
        start = 0
        while start < len(runs):
            end = start + 1
            while end < len(runs) and _same_element(runs[start][0], runs[end][0]):
                end += 1
            part = [run for run, _width in runs[start:end]]
            wide = sum(each for _run, each in runs[start:end])
            if end == len(runs) and space:
                part.append(Run(" ", part[-1].face))
            self._element(node, part, (x, y), wide)
            x += wide
            start = end

    def _element(self, node: Node, part: list[Run], at: tuple[float, float], wide: float) -> None:
        run, (x, y) = part[0], at
        if self.muted:
            self.text(part, x, y)
            return
        if run.silent:
            with self.artifact():
                self.text(part, x, y)
            return
        inside = node
        if run.target:
            inside = self._link_node(node, run)
        elif run.spoken or run.language:
            inside = node.add("Span", actual=run.spoken, language=run.language)
        with self.marked(inside):
            self.text(part, x, y)
        if run.target:
            size = run.face.size
            box = (x, y - size * 0.25, x + wide, y + size * 0.85)
            words = "".join(each.text for each in part).strip()
            self.link(inside, box, run.target, words)

    def _link_node(self, node: Node, run: Run) -> Node:
        """The element of a link; one that goes on over a line's end keeps its element."""
        last = node.kids[-1] if node.kids else None
        if isinstance(last, Node) and last.tag == "Link" and last.attributes["to"] == run.target:
            return last
        return node.add("Link", to=run.target, language=run.language)

    def link(
        self, node: Node, box: tuple[float, float, float, float], target: str, words: str
    ) -> None:
        """Make an area of the page a link; it belongs to `node`."""
        node.kids.append(Area(self.index, len(self.annotations)))
        self.annotations.append(Annotation(box, target, words, node))

    def rectangle(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """Paint a filled rectangle whose lower left corner is (x, y)."""
        box = " ".join(map(number, (x, y, wide, high)))
        self.add(f"{colour(fill, 'rg')} {box} re f")

    def rule(self, x: float, y: float, to: float, stroke: str, thick: float = 0.5) -> None:
        """Paint a level line."""
        ends = f"{number(x)} {number(y)} m {number(to)} {number(y)} l S"
        self.add(f"{colour(stroke, 'RG')} {number(thick)} w {ends}")


def _same_element(one: Run, other: Run) -> bool:
    return (one.target, one.spoken, one.language, one.silent) == (
        other.target,
        other.spoken,
        other.language,
        other.silent,
    )


def _canvas(stream: IO[bytes]) -> Any:
    # compressed once, at the end, by one library
    canvas: Any = Canvas(stream, pagesize=A4, pageCompression=0, invariant=1)
    # the usual one names a font that is not embedded
    canvas._preamble = "1 0 0 1 0 0 cm"
    return canvas


class Book:
    """All pages of a document, its structure, and where its anchors stand."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.canvas: Any = _canvas(stream)
        self.root = Node("Document")
        self.sheets: list[Sheet] = []
        self.places: dict[str, Place] = {}
        self.pending: list[tuple[Sheet, Numbered, float]] = []

    def new_sheet(self) -> Sheet:
        """A new page after the others."""
        sheet = Sheet(self, len(self.sheets))
        self.sheets.append(sheet)
        return sheet

    def close(self, image: object = None) -> None:
        """Write the pages, now that nothing is added to them any more."""
        for sheet in self.sheets:
            position = 0
            for at, _name, (x, y, wide, high) in sheet.images:
                self._literal(sheet.operators[position:at])
                self.canvas.drawImage(image, x, y, wide, high, mask=None)
                position = at
            self._literal(sheet.operators[position:])
            self.canvas.showPage()
        self.canvas.save()

    def _literal(self, operators: Sequence[str]) -> None:
        if operators:
            self.canvas.addLiteral("\n".join(operators))
