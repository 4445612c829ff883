"""Milestones (*jalons*): an audit frozen with its result, never written again."""

import datetime
import errno
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from norm_engine.language import _
from norm_engine.loading.files import read_bytes
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.unseen import on_one_line
from norm_engine.model.records import Plain
from norm_engine.store.belonging import audit_holding
from norm_engine.store.folders import AUDIT_FILE, MILESTONE_FILE, MILESTONES_FOLDER, Conflict

RESULT_FILE = "resultat.json"


@dataclass(frozen=True)
class Milestone:
    """A milestone that has been read and found as it was frozen.

    Its label and the day it was frozen are said by ``jalon.json`` alone, which nothing vouches for.

    Attributes:
        folder: its own folder.
        home: the folder of the audit it was made of, where its evidence files and overlays are.
        ruleset: identity of the rules it was frozen under.
        result: the frozen result, an `EvaluationResult` as plain data.
    """

    folder: Path
    home: Path
    label: str
    frozen_on: datetime.date
    as_of: datetime.date
    ruleset: Plain
    result: Plain


def milestone_folder(file: Path) -> Path | None:
    """The milestone's folder that an ``audit.yaml`` stands in; None when it is no milestone's."""
    folder = file.resolve().parent
    return folder if (folder / MILESTONE_FILE).is_file() else None


def milestones_of(folder: Path) -> list[Path]:
    """The milestones of an audit's folder, the earliest first."""
    found = [
        each
        for each in (folder / MILESTONES_FOLDER).glob("*/")
        if (each / MILESTONE_FILE).is_file() and not each.name.startswith(".")
    ]
    return sorted(found, key=_rank)


def _rank(folder: Path) -> tuple[str, int, str]:
    """Of two milestones of one day, the one with the higher number is the later one."""
    number = folder.name[11:]
    return folder.name[:10], int(number) if number.isdecimal() else 1, folder.name


def read_milestone(folder: Path) -> Milestone:
    """Read a milestone.

    Raises:
        InvalidInput: when a file of it cannot be read, or is not as it was frozen.
    """
    said = _document(folder / MILESTONE_FILE)
    try:
        for name in (AUDIT_FILE, RESULT_FILE):
            content = read_bytes(folder / name, str(folder / name))
            if hashlib.sha256(content).hexdigest() != said["sha256"][name]:
                raise _altered(folder / name)
        result = _document(folder / RESULT_FILE)
        # a result without them is no result, which whoever makes use of it says with the key
        if any(said[key] != result.get(key, said[key]) for key in ("as_of", "ruleset")):
            raise _not_together(folder / RESULT_FILE)
        if not isinstance(said["label"], str):
            raise _unreadable(folder / MILESTONE_FILE)
        return Milestone(
            folder=folder,
            home=_home(folder),
            # a hand may have written into it what a terminal obeys
            label=on_one_line(said["label"]),
            frozen_on=datetime.date.fromisoformat(said["frozen_on"]),
            as_of=datetime.date.fromisoformat(said["as_of"]),
            ruleset=dict(said["ruleset"]),
            result=result,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _unreadable(folder / MILESTONE_FILE) from None


def _home(folder: Path) -> Path:
    held = folder.resolve()
    return held.parent.parent if held.parent.name == MILESTONES_FOLDER else held


def _document(file: Path) -> Any:
    try:
        data = json.loads(read_bytes(file, str(file)))
    except (ValueError, RecursionError):
        raise _unreadable(file) from None
    if not isinstance(data, dict) or data.get("format") != 1:
        raise _unreadable(file)
    return data


def _not_together(file: Path) -> InvalidInput:
    message = _(
        "This result and “{beside}” beside it are not of one day, or not of the same rules."
    )
    return InvalidInput(
        [
            Problem(
                str(file),
                message.format(beside=MILESTONE_FILE),
                _("Put it back from a copy, or freeze the audit anew."),
            )
        ]
    )


def _altered(file: Path) -> InvalidInput:
    return InvalidInput(
        [
            Problem(
                str(file),
                _("This file is no longer the one that was frozen: the milestone was changed."),
                _(
                    "Put the file back from a copy. To evaluate it as it is now, copy its"
                    " audit.yaml into a folder of its own."
                ),
            )
        ]
    )


def _unreadable(file: Path) -> InvalidInput:
    return InvalidInput(
        [
            Problem(
                str(file),
                _("This file is not one that “norm-engine freeze” wrote."),
                _("Put it back from a copy, or freeze the audit anew."),
            )
        ]
    )


def freeze(file: Path, content: bytes, result: Plain, frozen_on: datetime.date, label: str) -> Path:
    """Freeze an audit and its result; gives the new folder.

    The folder appears whole or not at all. A second milestone on one day gets a number.

    Args:
        file: the ``audit.yaml``.
        content: its bytes, as they were evaluated.
        result: the evaluation's result as plain data.

    Raises:
        Conflict: when this audit is a milestone, or part of another audit in some other way.
        OSError: when the folder of milestones cannot be written.
    """
    _refuse_frozen(file)
    milestones = file.parent / MILESTONES_FOLDER
    milestones.mkdir(exist_ok=True)
    try:
        made = Path(tempfile.mkdtemp(dir=milestones, prefix=".nouveau-"))
    except OSError as error:
        raise _of_milestones(error, milestones) from None
    try:
        said = _json(result)
        _write(made / AUDIT_FILE, content)
        _write(made / RESULT_FILE, said)
        _write(
            made / MILESTONE_FILE,
            _json(
                {
                    "format": 1,
                    "label": label,
                    "frozen_on": frozen_on.isoformat(),
                    "as_of": result["as_of"],
                    "ruleset": result["ruleset"],
                    "sha256": {
                        AUDIT_FILE: hashlib.sha256(content).hexdigest(),
                        RESULT_FILE: hashlib.sha256(said).hexdigest(),
                    },
                }
            ),
        )
        made.chmod(0o755)
        return _named(made, milestones, frozen_on)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _refuse_frozen(file: Path) -> None:
    if milestone_folder(file) is not None:
        message = _(
            "{file} belongs to a milestone, which is never written again; freeze the audit that"
            " the milestone was made of."
        )
        raise Conflict(message.format(file=file))
    holder = audit_holding(file.parent)
    if holder is not None:
        message = _("{file} is part of the audit in {folder}; freeze that audit.")
        raise Conflict(message.format(file=file, folder=holder))


def _of_milestones(error: OSError, milestones: Path) -> OSError:
    """The same error; the user knows the folder of milestones, not what is made in it first."""
    return OSError(error.errno, error.strerror, str(milestones))


def _named(made: Path, milestones: Path, day: datetime.date) -> Path:
    for number in range(1, 1000):
        name = day.isoformat() if number == 1 else f"{day.isoformat()}-{number}"
        target = milestones / name
        if os.path.lexists(target):
            continue
        try:
            # fails when someone else took the name meanwhile: a milestone is never overwritten
            os.rename(made, target)
        except OSError as error:
            if not os.path.lexists(target):
                raise _of_milestones(error, milestones) from None
            continue
        return target
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(milestones))


def _json(data: Plain) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    file.chmod(0o444)
