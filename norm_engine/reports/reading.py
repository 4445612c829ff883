"""Reads what a report is made from: an audit with its evidence files, or a rule set alone."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from norm_engine.language import _
from norm_engine.loading.audits import load_audit
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.rulesets import load_ruleset, rule_folders
from norm_engine.presentation.comparison_sides import result_kept, same_structure
from norm_engine.reports.subject import Earlier, Subject
from norm_engine.store.evidence_files import file_sizes, file_states
from norm_engine.store.folders import audit_file
from norm_engine.store.milestones import milestones_of
from norm_engine.store.sides import ReadSide, read_side


@dataclass(frozen=True)
class Sources:
    """Where rule sets are looked for, and what is laid over them."""

    rules: Sequence[Path] = ()
    overlays: Sequence[Path] = ()


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


def read_comparison(
    subject: Subject, audit: Path, since: Path | datetime.date, sources: Sources
) -> Subject:
    """A subject with what it is to be compared with.

    Args:
        audit: the folder of the subject's audit.
        since: an earlier day of it, or the folder of a milestone or of another audit.

    Raises:
        InvalidInput: when what is named cannot be read, or rests on other rules.
    """
    assert subject.audit is not None
    if isinstance(since, datetime.date):
        same = Earlier(subject.audit, since, subject.states, subject.sizes)
        return replace(subject, earlier=same)
    read = partial(
        read_side, rules=rule_folders(sources.rules), overlays=sources.overlays, day=None
    )
    before, after = (read(each, today=subject.as_of) for each in (since, audit))
    _check_rules(before, subject, since)
    frozen = before.milestone
    if frozen is not None:
        result_kept(frozen)  # no page shows it; a milestone that was edited is refused all the same
    earlier = Earlier(
        before.audit,
        before.as_of,
        before.states,
        file_sizes(before.audit, audit_file(since).parent),
        same_structure(before, after),
        frozen is not None,
        "" if frozen is None else frozen.label,
    )
    return replace(subject, earlier=earlier)


def last_milestone(audit: Path) -> Path:
    """The folder of the last milestone of an audit.

    Raises:
        InvalidInput: when it has none.
    """
    folder = audit_file(audit).parent
    if milestones := milestones_of(folder):
        return milestones[-1]
    message = _("This audit has no milestone to be compared with.")
    remedy = _("Name another audit or an earlier day with --since.")
    raise InvalidInput([Problem(str(folder), message, remedy)])


def _check_rules(before: ReadSide, subject: Subject, since: Path) -> None:
    """Refuse what rests on other rules: a report holds one rule set."""
    if before.ruleset.fingerprint == subject.ruleset.fingerprint:
        return
    message = _("It rests on another rule set, or on other overlays, than the audit of the report.")
    remedy = _("A report compares under one rule set; “norm-engine compare” shows the two.")
    raise InvalidInput([Problem(str(since), message, remedy)])


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
