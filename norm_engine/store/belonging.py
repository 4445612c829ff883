"""What in a folder belongs to an audit: its own files, its evidence, its milestones.

Nothing else is written there, nor into a rule set: whatever takes a name that a user gave asks here
first.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from norm_engine.loading.files import is_file
from norm_engine.loading.rulesets import HEAD_FILE
from norm_engine.store.evidence_files import EVIDENCE_FOLDER, evidence_folder
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


def is_kept_for(file: Path, place: Path) -> bool:
    """Whether a place is part of the audit in a file, which may have any name.

    So are the folders that those of its evidence and its milestones lead to, under any name.
    """
    homes = (file.parent.resolve(), Path(os.path.abspath(file.parent)))
    # a folder around the audit, that of all documents of a structure, is not the audit's own
    folders = [each for each in _led_to(homes[0]) if not homes[0].is_relative_to(each)]
    return any(
        any(path.is_relative_to(each) for each in folders)
        or any(path.is_relative_to(each) and _owns(each, path) for each in homes)
        for path in _ways_to(place)
    )


def _led_to(home: Path) -> Iterator[Path]:
    with suppress(RuntimeError):  # links in a circle
        yield evidence_folder(home)
    with suppress(RuntimeError):
        yield (home / MILESTONES_FOLDER).resolve()


def rules_holding(place: Path) -> Path | None:
    """The folder of the rule set that a place is part of; None when of none."""
    for path in _ways_to(place):
        for folder in (*reversed(path.parents), path):
            if is_file(folder / HEAD_FILE):
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
    return _owns(folder, path) and is_file(folder / AUDIT_FILE)


def _owns(folder: Path, path: Path) -> bool:
    """Whether an audit in a folder keeps a place in it for itself."""
    inside = [each.casefold() for each in path.relative_to(folder).parts]
    owned = inside and (inside[0] in _FOLDERS or (len(inside) == 1 and _is_own_file(inside[0])))
    return bool(owned)


def _is_own_file(name: str) -> bool:
    return name in _FILES or name.startswith(TORN_FILES)
