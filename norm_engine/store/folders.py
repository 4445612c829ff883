"""Audit folders: where their parts stand, how one is created, how a file is written whole."""

import os
from pathlib import Path

from norm_engine.language import _
from norm_engine.loading.problems import InvalidInput, Problem

AUDIT_FILE = "audit.yaml"
SCHEMA_FILE = "audit.schema.json"
MILESTONES_FOLDER = "jalons"
MILESTONE_FILE = "jalon.json"


class Conflict(Exception):
    """Something is in the way, and nothing was overwritten."""


def audit_file(given: Path) -> Path:
    """The ``audit.yaml`` of an audit given by its folder or by the file itself.

    Raises:
        InvalidInput: when there is none.
    """
    file = given / AUDIT_FILE if given.is_dir() else given
    if not file.is_file():
        raise InvalidInput(
            [
                Problem(
                    str(given),
                    _("There is no audit here."),
                    _("Name a folder that holds {file}; “norm-engine new” creates one.").format(
                        file=AUDIT_FILE
                    ),
                )
            ]
        )
    return file


def write_whole(file: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file so that it is there as a whole or not at all, whenever the machine stops.

    Raises:
        Conflict: when the file exists and may not be replaced.
    """
    if file.exists() and not replace:
        raise Conflict(_("{file} exists already; nothing was overwritten.").format(file=file))
    import tempfile

    try:
        handle, temporary = tempfile.mkstemp(
            dir=file.parent, prefix=f".{file.name[:100]}.", suffix=".part"
        )
    except OSError as error:
        # the user knows the file that was asked for, not the one it is first written to
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).chmod(0o644 & ~_umask())
        if replace:
            os.replace(temporary, file)
        else:
            _put_new(Path(temporary), file)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _put_new(temporary: Path, file: Path) -> None:
    """Give a finished file its name, unless someone took the name meanwhile."""
    try:
        os.link(temporary, file)
    except FileExistsError:
        raise Conflict(
            _("{file} exists already; nothing was overwritten.").format(file=file)
        ) from None
    except OSError:
        # no hard links on this file system: the name was free a moment ago
        os.replace(temporary, file)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
