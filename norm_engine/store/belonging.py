"""What in a folder belongs to an audit: its own files, its evidence, its milestones.

Nothing else is written there: whatever takes a name that a user gave asks here first.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from norm_engine.loading.files import is_file
from norm_engine.store.evidence_files import EVIDENCE_FOLDER
from norm_engine.store.folders import AUDIT_FILE, MILESTONE_FILE, MILESTONES_FOLDER, SCHEMA_FILE
from norm_engine.store.journal import JOURNAL_FILE, TORN_FILES

_FOLDERS = (EVIDENCE_FOLDER, MILESTONES_FOLDER)
_FILES = (AUDIT_FILE, SCHEMA_FILE, JOURNAL_FILE)


def audit_holding(place: Path) -> Path | None:
    """The folder of the audit, or of the milestone, that a place is part of; None when of none.

    A place is a file or a folder, there or not. It is looked at as it was named and as links lead,
    and in small letters: some disks take “AUDIT.YAML” for “audit.yaml”.
    """
    for path in _ways_to(place):
        # from the outside in: a milestone is part of its audit before it is one by itself
        for folder in (*reversed(path.parents), path):
            if _holds(folder, path):
                return folder
    return None


def _ways_to(place: Path) -> Iterator[Path]:
    """The places that a name may stand for; what links lead to is not always where they stand."""
    try:
        yield place.resolve()
        # a file takes the place of a link that has its name, and leaves what it leads to alone
        yield place.parent.resolve() / place.name
        # a folder of an audit may itself be a link, to another disk
        yield Path(os.path.abspath(place))
    except (OSError, RuntimeError, ValueError):
        return  # links in a circle, a name that no disk takes: nothing can be written there


def _holds(folder: Path, path: Path) -> bool:
    if is_file(folder / MILESTONE_FILE):
        return True
    inside = [each.casefold() for each in path.relative_to(folder).parts]
    owned = inside and (inside[0] in _FOLDERS or (len(inside) == 1 and _is_own_file(inside[0])))
    return bool(owned) and is_file(folder / AUDIT_FILE)


def _is_own_file(name: str) -> bool:
    return name in _FILES or name.startswith(TORN_FILES)
