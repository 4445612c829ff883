"""What differs between two PDFs, named as a reader would: pages, attached files, bookmarks."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed
from norm_engine.reports.proof.carried import MANIFEST
from norm_engine.reports.proof.opening import attached_files
from norm_engine.reports.proof.pdf_objects import Objects

_SIGNING = frozenset({"/Perms", "/DSS", "/Extensions", "/Version"})
"""What signing adds to a document beside what it shows, its form left aside."""

_SIGNATURE_FIELD = frozenset(
    {"/F", "/FT", "/P", "/Rect", "/Subtype", "/T", "/TU", "/Type", "/V", "/Lock", "/SV"}
)
"""What the field of a signature that shows nothing holds."""

_STRUCTURE = {"/Type", "/Pages"}


def pdf_differences(said: pikepdf.Pdf, found: pikepdf.Pdf, *, signed: bool = False) -> list[str]:
    """Each difference in words; empty when the two say the same in other bytes.

    Args:
        said: the report as it is.
        found: the report written again from what it carries.
        signed: leave out what a signature adds.
    """
    pages = list(_page_differences(said, found, signed))
    files = list(_file_differences(said, found))
    named = [*pages, *files]
    if not named:
        # the structure and the metadata follow the pages: named only where these are the same
        named += _root_differences(said, found, signed)
    return named


def _page_differences(said: pikepdf.Pdf, found: pikepdf.Pdf, signed: bool) -> Iterator[str]:
    ones, others = list(said.pages), list(found.pages)
    if len(ones) != len(others):
        yield _("It has {n} pages; what it carries gives {m}.").format(n=len(ones), m=len(others))
    objects = (Objects(ones), Objects(others))
    altered: dict[str, list[str]] = {}
    for number, (one, other) in enumerate(zip(ones, others, strict=False), 1):
        part = _page_difference(one.obj, other.obj, objects, signed)
        if part:
            altered.setdefault(part, []).append(str(number))
    for part, numbers in altered.items():
        yield ngettext("Page {pages}: {part}.", "Pages {pages}: {part}.", len(numbers)).format(
            pages=_some(numbers), part=part
        )


def _some(numbers: list[str]) -> str:
    if len(numbers) <= 12:
        return listed(numbers)
    return ", ".join(numbers[:12]) + "…"


def _page_difference(
    one: pikepdf.Object, other: pikepdf.Object, objects: tuple[Objects, Objects], signed: bool
) -> str:
    """Which part of a page differs, in words; '' for none."""
    parts = {
        "/Contents": _("the text or the drawings are not those that the audit gives"),
        "/Resources": _("the fonts or the pictures are not those of the report"),
        "/Annots": _("the links or the notes are not those of the report"),
    }
    for key, words in parts.items():
        ends = (one.get(key), other.get(key))
        if key == "/Annots" and signed:
            ends = (_without_signature(ends[0]), _without_signature(ends[1]))
        if objects[0].digest(ends[0]) != objects[1].digest(ends[1]):
            return words
    apart = {*parts, "/Parent", "/StructParents", "/Tabs"}
    rest = [{key: held for key, held in each.items() if key not in apart} for each in (one, other)]
    if rest[0].keys() != rest[1].keys() or any(
        objects[0].digest(held) != objects[1].digest(rest[1][key]) for key, held in rest[0].items()
    ):
        return _("the size or the margins are not those of the report")
    return ""


def _without_signature(annotations: Any) -> Any:
    """A page's annotations without the widgets of signatures that show nothing."""
    if not isinstance(annotations, pikepdf.Array):
        return annotations
    return [each for each in annotations if not _is_bare_signature(each)] or None


def _is_bare_signature(field: Any) -> bool:
    """Whether a field is what signing adds and nothing more: no area, no picture, no action.

    A viewer puts the corners of a rectangle in order; one without area shows nothing in any order.
    """
    if not isinstance(field, pikepdf.Dictionary) or not _SIGNATURE_FIELD.issuperset(field.keys()):
        return False
    if field.get("/FT") != "/Sig" or "/V" not in field:
        return False
    left, bottom, right, top = (float(each) for each in field.get("/Rect", (0, 0, 1, 1)))
    return left == right and bottom == top


def _is_bare_form(form: Any) -> bool:
    """Whether a form holds signatures that show nothing, and nothing else."""
    if not isinstance(form, pikepdf.Dictionary) or not {"/Fields", "/SigFlags"} >= form.keys():
        return False
    fields = form.get("/Fields")
    return isinstance(fields, pikepdf.Array) and all(_is_bare_signature(each) for each in fields)


def _file_differences(said: pikepdf.Pdf, found: pikepdf.Pdf) -> Iterator[str]:
    ones, others = attached_files(said), attached_files(found)
    for name in sorted(ones.keys() | others.keys()):
        if name not in ones:
            yield _("The file {name} is not attached.").format(name=name)
        elif name not in others:
            yield _("The file {name} is attached, and does not belong to the report.").format(
                name=name
            )
        elif ones[name] != others[name]:
            yield (
                _("{name} is not what the report is made from.")
                if name == MANIFEST
                else _("The attached file {name} is not the one that the audit gives.")
            ).format(name=name)


def _root_differences(said: pikepdf.Pdf, found: pikepdf.Pdf, signed: bool) -> Iterator[str]:
    words = {
        "/Metadata": _("The metadata (title, author, standards) are not those of the report."),
        "/StructTreeRoot": _("The structure that screen readers follow is not that of the report."),
        "/Outlines": _("The bookmarks are not those of the report."),
        "/OpenAction": _("Something is done when the report is opened."),
        "/AA": _("Something is done when the report is opened."),
        "/AcroForm": _("A form was added."),
    }
    objects = (Objects(list(said.pages)), Objects(list(found.pages)))
    left_out = _STRUCTURE | _SIGNING if signed else _STRUCTURE
    if signed and _is_bare_form(said.Root.get("/AcroForm")):
        left_out = left_out | {"/AcroForm"}
    for key in sorted({*said.Root.keys(), *found.Root.keys()} - left_out):
        if objects[0].digest(said.Root.get(key)) != objects[1].digest(found.Root.get(key)):
            other = _("Something beside the pages is not that of the report ({key}).")
            yield words.get(key, other.format(key=key))
    info = [dict(pdf.trailer.get("/Info", {}).items()) for pdf in (said, found)]
    if {key: str(held) for key, held in info[0].items()} != {
        key: str(held) for key, held in info[1].items()
    }:
        yield words["/Metadata"]
