"""Keeps what was parsed and validated, by the hash of its content, in the user's cache folder.

``NORM_ENGINE_CACHE`` names another folder, or turns the cache off (``off``). Files are readable by
their owner alone; a folder that others may write to is not used. What is kept is plain JSON with a
checksum of its own: a damaged file is as good as none.
"""

import hashlib
import json
import os
import stat
import sys
import time
from functools import cache
from pathlib import Path

from norm_engine import SEMANTICS, __version__
from norm_engine.model.records import Plain

VARIABLE = "NORM_ENGINE_CACHE"
_FORM = 1
_MAX_FILES = 1000
_ABANDONED = 3600
"""Seconds after which a file that is still being written is taken for what a crash left."""


def cache_folder() -> Path | None:
    """The folder of the cache, or None when it is turned off."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen.lower() in ("off", "0", "no", "non"):
        return None
    if chosen:
        return Path(os.path.expanduser(chosen))
    if sys.platform == "linux":
        # what platformdirs says there, without the modules that it imports on its way
        named = os.environ.get("XDG_CACHE_HOME", "")
        base = named if os.path.isabs(named) else os.path.expanduser("~/.cache")
        if os.path.isabs(base):
            return Path(base, "norm-engine")
    from platformdirs import user_cache_path

    return user_cache_path("norm-engine", appauthor=False)


def cache_key(*parts: str) -> str:
    """The key of what is made from `parts` by this version of the product."""
    whole = json.dumps([_FORM, SEMANTICS, __version__, _sources(), *parts])
    return hashlib.sha256(whole.encode()).hexdigest()


@cache
def _sources() -> list[list[str | int]]:
    """Size and time of the modules that decide what is kept, so that an edit makes it void."""
    here = os.path.dirname(os.path.abspath(__file__))
    found = []
    for folder in (here, os.path.join(os.path.dirname(here), "model")):
        with os.scandir(folder) as entries:
            found += [(each.name, each.stat()) for each in entries if "." in each.name]
    return sorted([name, state.st_size, state.st_mtime_ns] for name, state in found)


def recall(key: str) -> Plain | None:
    """What was kept under `key`, or None."""
    folder = cache_folder()
    if folder is None or not _is_private(folder):
        return None
    try:
        content = (folder / f"{key}.json").read_bytes()
    except OSError:
        return None
    checksum, _newline, body = content.partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def keep(key: str, data: Plain) -> None:
    """Keep `data` under `key`; a cache that cannot be written is no error."""
    folder = cache_folder()
    if folder is None:
        return
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_private(folder):
            return
        _write(folder / f"{key}.json", hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        _sweep(folder)
    except OSError:
        return


def _write(file: Path, content: bytes) -> None:
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
        os.replace(temporary, file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _is_private(folder: Path) -> bool:
    """Whether only the user can have written what stands in the folder."""
    if os.name != "posix":
        return folder.is_dir()
    try:
        found = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.getuid()
        and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def _sweep(folder: Path) -> None:
    """Keep the newest files only, and none that a crash left half written."""
    for file in folder.glob("*.part"):
        if file.stat().st_mtime < time.time() - _ABANDONED:
            file.unlink(missing_ok=True)
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[_MAX_FILES:]:
        file.unlink(missing_ok=True)
