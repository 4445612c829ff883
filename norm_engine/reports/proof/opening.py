"""Opens a report that may be anything: cut short, damaged, hostile, or no report at all."""

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from norm_engine.language import _
from norm_engine.language.system import system_reason
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.reports.proof.carried import MANIFEST

MAX_REPORT = 200 * 1024 * 1024
"""Size of a report, in bytes."""

MAX_DECODED = 50 * 1024 * 1024
"""Size of one stream inside of a report once it is decoded, in bytes."""

MAX_FILES = 100
"""Files inside of a report."""

_END = b"%%EOF"
DAMAGED: tuple[type[Exception], ...] = (
    pikepdf.PikepdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What reading a damaged or hostile PDF may raise."""


@dataclass(frozen=True)
class Opened:
    """A PDF, and what stands after its end.

    `files` are the attached files by name, None for one that cannot be read.
    """

    pdf: pikepdf.Pdf
    files: Mapping[str, bytes | None]
    after: bytes


def read_report(file: Path) -> bytes:
    """The bytes of a report.

    Raises:
        InvalidInput: when it cannot be read, is no ordinary file, or is too large.
    """
    try:
        if not file.exists():
            raise _refused(
                str(file),
                _("This file does not exist."),
                _("Check its name and the folder it stands in."),
            )
        if not file.is_file():
            message = _("This is not an ordinary file.")
            raise _refused(str(file), message, _("Name a file, not a folder or a device."))
        with file.open("rb") as opened:
            content = opened.read(MAX_REPORT + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise _refused(
            str(file),
            _("This file cannot be read: {reason}").format(reason=reason),
            _("Check its name, and that you may read it."),
        ) from None
    if len(content) > MAX_REPORT:
        raise _refused(
            str(file),
            _("This file is larger than {limit} MB.").format(limit=MAX_REPORT // (1024 * 1024)),
            _("Check that it is the right file."),
        )
    return content


@contextmanager
def opened_report(content: bytes, name: str) -> Iterator[Opened]:
    """Open a report without mending anything in it.

    Args:
        name: how messages call it.

    Raises:
        InvalidInput: when it is no PDF, was cut short, cannot be read, or is none of our reports.
    """
    if not content.startswith(b"%PDF-"):
        message = _("This is not a PDF.")
        raise _refused(name, message, _("Name a report that “norm-engine report” has written."))
    with _limits():
        pdf, after = _opened(content, name)
        with pdf:
            files = attached_files(pdf)
            if MANIFEST not in files:
                raise _refused(
                    name,
                    _("This PDF is none of our reports: it carries no {file}.").format(
                        file=MANIFEST
                    ),
                    _("Name a report that “norm-engine report” has written."),
                )
            yield Opened(pdf, files, after)


@contextmanager
def opened_pdf(content: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a PDF that we have just written."""
    with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
        yield pdf


@contextmanager
def _limits() -> Iterator[None]:
    """Keep what a small file can unfold to within what a laptop holds."""
    before = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_DECODED,
        run_length_max_memory=MAX_DECODED,
        png_max_memory=MAX_DECODED,
        tiff_max_memory=MAX_DECODED,
        dct_max_memory=MAX_DECODED,
        max_stream_filters=2,
        doc_max_warnings=100,
    )
    try:
        yield
    finally:
        restore: Any = pikepdf.settings.set_qpdf_limits
        restore(**before)


def _opened(content: bytes, name: str) -> tuple[pikepdf.Pdf, bytes]:
    """The PDF, and what follows its last end that can be read; blanks do not count."""
    end = content.rfind(_END)
    if end < 0:
        raise _cut_short(name)
    body, after = content[: end + len(_END)], content[end + len(_END) :].strip()
    # what is appended may hold that word itself: ends are tried from the last one backwards
    for _attempt in range(10):
        try:
            return _read(body), after
        except DAMAGED:
            end = body.rfind(_END, 0, len(body) - len(_END))
            if end < 0:
                break
            body = body[: end + len(_END)]
            after = content[len(body) :].strip()
    if content.rstrip().endswith(_END):
        raise _refused(
            name,
            _("This PDF is damaged: its table of contents for programs cannot be read."),
            _("Ask for the report again, from whoever made it."),
        )
    raise _cut_short(name)


def _read(body: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(body), attempt_recovery=False, suppress_warnings=True)
    try:
        # reading is put off until something is asked for
        len(pdf.pages), pdf.Root.keys()
    except DAMAGED:
        pdf.close()
        raise
    return pdf


def _cut_short(name: str) -> InvalidInput:
    return _refused(
        name,
        _("This PDF was cut short: its end is missing."),
        _("Copy or download it again, or ask for it from whoever made it."),
    )


def attached_files(pdf: pikepdf.Pdf) -> dict[str, bytes | None]:
    """The files attached to a PDF, by name; None for one that cannot be read."""
    found: dict[str, bytes | None] = {}
    try:
        for name, attached in pdf.attachments.items():
            if len(found) >= MAX_FILES:
                break
            try:
                found[name] = attached.get_file().read_bytes()
            except DAMAGED:
                found[name] = None
    except DAMAGED:
        return found
    return found


def file_sha256s(files: Mapping[str, bytes | None]) -> dict[str, str]:
    """The SHA-256 of each file that can be read, by name."""
    return {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if content is not None
    }


def _refused(name: str, message: str, remedy: str) -> InvalidInput:
    return InvalidInput([Problem(name, message, remedy)])
