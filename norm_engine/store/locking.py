"""One writer at a time: whoever comes second waits a moment, then is told."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from norm_engine.language import _
from norm_engine.store.folders import MILESTONES_FOLDER, Conflict

PATIENCE = 2.0
"""Seconds that a writer waits for another one, who needs some hundredths of a second."""


@contextmanager
def locked(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the right to write an audit's file; links to it share one lock.

    Raises:
        Conflict: when another program holds it for longer than `patience` seconds, or the file is
            part of a milestone.
        PermissionError: when the file or its folder may not be written.
    """
    from filelock import FileLock, Timeout

    real = file.resolve()
    if real.parent.parent.name == MILESTONES_FOLDER:
        raise Conflict(
            _("{file} belongs to a milestone, which is never written again.").format(file=file)
        )
    for path in (real, real.parent):
        # the user knows the audit's file, not the lock beside it
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(file))
    lock = FileLock(real.with_name(f".{real.name[:100]}.lock"), timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise Conflict(
            _(
                "Another program is writing {file} at this moment; nothing was overwritten. Close"
                " it, or try again in a moment."
            ).format(file=file)
        ) from None
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from None
    try:
        yield
    finally:
        lock.release()
