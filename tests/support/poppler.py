"""Reads PDF files with poppler: a reader that shares no code with what writes them."""

import subprocess
from pathlib import Path


def text_of(pdf: Path, *options: str) -> str:
    """The text in the order a reader meets it; pages end with a form feed."""
    return _said("pdftotext", "-enc", "UTF-8", *options, str(pdf), "-")


def information_of(pdf: Path) -> dict[str, str]:
    """What pdfinfo tells: ``Title``, ``Pages``, ``Tagged``, ``Page size`` …"""
    lines = _said("pdfinfo", str(pdf)).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def structure_of(pdf: Path) -> str:
    """The tree of tags as pdfinfo prints it, with the text of each."""
    return _said("pdfinfo", "-struct-text", str(pdf))


def pages_as_png(pdf: Path, folder: Path, *, dpi: int = 96) -> list[Path]:
    """Every page as a picture in `folder`, in the order of the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    _said("pdftoppm", "-png", "-r", str(dpi), str(pdf), str(folder / "page"))
    # the numbers are padded to the same width, so their names sort as the pages do
    return sorted(folder.glob("page-*.png"))


def _said(*command: str) -> str:
    ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    return ran.stdout
