"""Reads input files from disk: ordinary files only, and none that is too large."""

import os
import stat
from pathlib import Path

from norm_engine.language import _
from norm_engine.language.system import system_reason
from norm_engine.loading import limits
from norm_engine.loading.problems import InvalidInput, Problem

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_bytes(file: Path, name: str) -> bytes:
    """The bytes of an input file, refused beyond `limits.MAX_BYTES`.

    Raises:
        InvalidInput: when the file cannot be read, is none (a folder, a pipe), or is too large.
    """
    try:
        content = _read(file)
    except FileNotFoundError:
        raise _refused(
            name, _("This file does not exist."), _("Check its name and the folder it stands in.")
        ) from None
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        raise _refused(
            name,
            _("This file cannot be read: {reason}").format(reason=reason),
            _("Check its name, and that you may read it."),
        ) from None
    if content is None:
        raise _refused(
            name, _("This is not an ordinary file."), _("Name a file, not a folder or a device.")
        )
    if len(content) > limits.MAX_BYTES:
        limit = limits.MAX_BYTES // (1024 * 1024)
        raise _refused(
            name,
            _("This file is larger than {limit} MB.").format(limit=limit),
            _("Check that it is the right file, or split it."),
        )
    return content


def _read(file: Path) -> bytes | None:
    """At most one byte more than is allowed; None for what is no ordinary file.

    Opened without waiting, since a pipe would keep the reader until somebody writes into it.
    """
    if file.is_dir():
        return None
    with open(os.open(file, _FLAGS), "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            return None
        return opened.read(limits.MAX_BYTES + 1)


def _refused(name: str, message: str, remedy: str) -> InvalidInput:
    return InvalidInput([Problem(name, message, remedy)])


def is_file(file: Path) -> bool:
    """Whether there is a file, for any name: one that cannot be looked at is as good as none."""
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def is_folder(folder: Path) -> bool:
    """Whether there is a folder, for any name: one that cannot be looked at is as good as none."""
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False
