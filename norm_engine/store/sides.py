"""What a comparison compares: an audit or a milestone, each with its day and its files."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from norm_engine.loading.audits import audit_from, load_audit, stays_inside
from norm_engine.loading.documents import Document, open_document
from norm_engine.loading.rulesets import find_ruleset, load_ruleset
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.files import RuleSetName
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import RuleSet
from norm_engine.store.evidence_files import file_states
from norm_engine.store.folders import audit_file
from norm_engine.store.milestones import Milestone, milestone_folder, read_milestone


@dataclass(frozen=True)
class ReadSide:
    """An audit, or a milestone, that has been read.

    Attributes:
        home: the audit's folder; of a milestone, that of the audit it was made of.
        as_of: the day it is to be evaluated at.
        states: what was found of each piece's file, by the piece's id; a milestone keeps no files
            of its own, those of its audit are looked at.
    """

    home: Path
    document: Document
    audit: Audit
    ruleset: RuleSet
    states: dict[str, FileState]
    as_of: datetime.date
    milestone: Milestone | None


def read_side(
    given: Path,
    rules: Iterable[Path],
    overlays: Sequence[Path],
    *,
    day: datetime.date | None,
    today: datetime.date,
) -> ReadSide:
    """Read one of two things to compare, given by its folder or its ``audit.yaml``.

    Args:
        rules: folders of rule sets, in the order in which they are looked in.
        day: the day to evaluate it at; by default that of the milestone, else `today`.

    Raises:
        InvalidInput: when something cannot be read, or a milestone is not as it was frozen.
    """
    file = audit_file(given)
    folder = milestone_folder(file)
    milestone = None if folder is None else read_milestone(folder)
    home = file.resolve().parent if milestone is None else milestone.home
    document = open_document(file)
    named = [] if milestone is None else overlays_at_home(document, home)
    if named:
        found = find_ruleset(
            from_plain(RuleSetName, document.data["ruleset"]), rules, asked_in=document
        )
        ruleset = load_ruleset(found, [*named, *overlays])
        audit = audit_from(document, document.data, ruleset)
    else:
        loaded = load_audit(file, rules, overlays)
        document, audit, ruleset = loaded.document, loaded.audit, loaded.ruleset
    return ReadSide(
        home=home,
        document=document,
        audit=audit,
        ruleset=ruleset,
        states=file_states(audit, file.parent),
        as_of=day or (today if milestone is None else milestone.as_of),
        milestone=milestone,
    )


def overlays_at_home(document: Document, home: Path) -> list[Path]:
    """The overlays that an audit names, in its folder; a milestone keeps none of its own.

    Empty where the document is not what `freeze` takes; whoever loads it then says what is wrong.
    """
    data = document.data
    listed = data.get("overlays") if isinstance(data, dict) else None
    names = [
        each["file"]
        for each in (listed if isinstance(listed, list) else ())
        if isinstance(each, dict) and isinstance(each.get("file"), str)
    ]
    ruleset = data.get("ruleset") if isinstance(data, dict) else None
    if not isinstance(ruleset, dict) or set(ruleset) != {"id", "edition"}:
        return []
    return [home / name for name in names if stays_inside(home, name)]
