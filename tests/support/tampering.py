"""Alters reports as somebody would who wants them to say something else."""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a PDF that was changed."""
    made = io.BytesIO()
    pdf.save(made)
    return made.getvalue()


def with_page(report: bytes, page: int, change: Callable[[bytes], bytes]) -> bytes:
    """The report with the content of a page, counted from 1, changed."""
    pdf = pikepdf.open(io.BytesIO(report))
    contents = pdf.pages[page - 1].obj.Contents
    altered = change(contents.read_bytes())
    assert altered != contents.read_bytes()
    contents.write(altered)
    return saved(pdf)


def attached(report: bytes, name: str) -> bytes:
    """A file that a report carries."""
    with pikepdf.open(io.BytesIO(report)) as pdf:
        return pdf.attachments[name].get_file().read_bytes()


def with_files(report: bytes, files: Mapping[str, bytes]) -> bytes:
    """The report with other files in place of those it carries."""
    pdf = pikepdf.open(io.BytesIO(report))
    for name, content in files.items():
        pdf.attachments[name].get_file().obj.write(content)
    return saved(pdf)


def with_json(
    report: bytes, name: str, change: Callable[[Any], None], *, thorough: bool = True
) -> bytes:
    """The report with an attached document changed.

    When `thorough`, its fingerprint in ``rapport.json`` is put right as well.
    """
    data = json.loads(attached(report, name))
    change(data)
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    files = {name: content}
    if thorough and name != "rapport.json":
        manifest = json.loads(attached(report, "rapport.json"))
        for each in manifest["files"]:
            if each["name"] == name:
                each["sha256"] = hashlib.sha256(content).hexdigest()
        files["rapport.json"] = json.dumps(manifest, separators=(",", ":")).encode()
    return with_files(report, files)
