"""Reads what a report is made from: an audit with its evidence files, or a rule set alone."""

import datetime
from collections.abc import Sequence
from pathlib import Path

from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import load_ruleset, rule_folders
from norm_engine.reports.subject import Subject
from norm_engine.store.evidence_files import file_sizes, file_states
from norm_engine.store.folders import audit_file


def read_subject(
    audit: Path, rules: Sequence[Path], overlays: Sequence[Path], as_of: datetime.date
) -> Subject:
    """What a report on an audit speaks of.

    Raises:
        InvalidInput: with everything wrong with the audit, an overlay or the rule set.
    """
    file = audit_file(audit)
    loaded = load_audit(file, rule_folders(rules), overlays)
    return Subject(
        ruleset=loaded.ruleset,
        base=load_ruleset(loaded.folder) if loaded.ruleset.overlays else None,
        audit=loaded.audit,
        as_of=as_of,
        states=file_states(loaded.audit, file.parent),
        sizes=file_sizes(loaded.audit, file.parent),
    )


def read_blank(folder: Path, overlays: Sequence[Path], as_of: datetime.date) -> Subject:
    """What a blank checklist speaks of: the rule set of a folder, and no audit.

    Raises:
        InvalidInput: with everything wrong with the rule set or an overlay.
    """
    return Subject(
        ruleset=load_ruleset(folder, overlays),
        base=load_ruleset(folder) if overlays else None,
        as_of=as_of,
    )
