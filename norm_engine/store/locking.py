"""One writer at a time: whoever comes second waits a moment, then is told."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from norm_engine.language import _
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.store.folders import MILESTONES_FOLDER, Conflict
from norm_engine.store.journal import journal_file

PATIENCE = 2.0
"""Seconds that a writer waits for another one, who needs some hundredths of a second."""


@contextmanager
def locked(file: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the right to write an audit's file; links to it share one lock.

    Raises:
        Conflict: when another program holds it for longer than `patience` seconds, or the file is
            part of a milestone.
        InvalidInput: when the file is not there any more.
        PermissionError: when the file, its folder or its journal may not be written.
    """
    from filelock import FileLock, Timeout

    real, journal = real_file(file), journal_file(file)
    if real.parent.parent.name == MILESTONES_FOLDER:
        raise Conflict(
            _("{file} belongs to a milestone, which is never written again.").format(file=file)
        )
    # the user knows the audit's file and its journal, not the lock beside them
    named = {real: file, real.parent: file, journal.parent: file, journal: journal}
    for path, known in named.items():
        if (path != journal or journal.exists()) and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(known))
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


def real_file(file: Path) -> Path:
    """The file of an audit that was read before, links followed.

    Raises:
        InvalidInput: when it is not there any more.
    """
    with suppress(RuntimeError):  # links in a circle
        real = file.resolve()
        if real.exists():
            return real
    message = _("This file does not exist any more.")
    remedy = _("Put it back where it was, or name the audit where it is now.")
    raise InvalidInput([Problem(str(file), message, remedy)])
