"""Milestones (*jalons*): an audit frozen with its result, never written again."""

import datetime
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from norm_engine.model.records import Plain
from norm_engine.store.folders import AUDIT_FILE, MILESTONES_FOLDER

RESULT_FILE = "resultat.json"
MILESTONE_FILE = "jalon.json"


def freeze(file: Path, content: bytes, result: Plain, frozen_on: datetime.date, label: str) -> Path:
    """Freeze an audit and its result; gives the new folder.

    The folder appears whole or not at all. A second milestone on one day gets a number.

    Args:
        file: the ``audit.yaml``.
        content: its bytes, as they were evaluated.
        result: the evaluation's result as plain data.
    """
    milestones = file.parent / MILESTONES_FOLDER
    milestones.mkdir(exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=milestones, prefix=".nouveau-"))
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


def _named(made: Path, milestones: Path, day: datetime.date) -> Path:
    for number in range(1, 1000):
        name = day.isoformat() if number == 1 else f"{day.isoformat()}-{number}"
        target = milestones / name
        if os.path.lexists(target):
            continue
        try:
            # fails when someone else took the name meanwhile: a milestone is never overwritten
            os.rename(made, target)
        except OSError:
            if not os.path.lexists(target):
                raise
            continue
        return target
    raise FileExistsError(milestones)


def _json(data: Plain) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _write(file: Path, content: bytes) -> None:
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    file.chmod(0o444)
