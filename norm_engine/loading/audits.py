"""Reads and validates audits against their rule set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from norm_engine.language import _
from norm_engine.loading.cache import cache_key, keep, recall
from norm_engine.loading.documents import Document, open_document
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.rulesets import find_ruleset, load_ruleset
from norm_engine.model.audit import Audit
from norm_engine.model.files import RuleSetName
from norm_engine.model.records import Plain, from_plain
from norm_engine.model.ruleset import RuleSet


@dataclass(frozen=True)
class LoadedAudit:
    """An audit with the rule set it is about, and the bytes it was read from.

    `folder` holds the rule set, without the overlays.
    """

    audit: Audit
    ruleset: RuleSet
    document: Document
    folder: Path


def load_audit(
    file: Path,
    folders: Iterable[Path],
    overlays: Sequence[Path] = (),
) -> LoadedAudit:
    """Read an audit, its rule set, and the overlays that it names or that are given.

    Raises:
        InvalidInput: with everything wrong, in the audit, an overlay or the rule set.
    """
    document = open_document(file)
    data = _data(document)
    name = _ruleset_name(document, data)
    named = _named_overlays(document, data, file.parent)
    found = find_ruleset(name, folders, asked_in=document)
    ruleset = load_ruleset(found, [*named, *overlays])
    return LoadedAudit(audit_from(document, data, ruleset), ruleset, document, found)


def audit_from(document: Document, data: Plain, ruleset: RuleSet) -> Audit:
    """The audit that a document holds, validated against its rule set.

    Raises:
        InvalidInput: with everything wrong with it.
    """
    # a rule set made in memory has no fingerprint to be known by
    key = cache_key("valid", document.sha256, ruleset.fingerprint) if ruleset.fingerprint else None
    if key is None or recall(key) is None:
        # an audit found valid before needs none of these
        from norm_engine.loading.audit_rules import audit_problems
        from norm_engine.loading.audit_schema import audit_schema
        from norm_engine.loading.audit_words import schema_problems

        problems = list(schema_problems(data, audit_schema(ruleset), ruleset, document.name))
        if not problems:
            problems = list(audit_problems(from_plain(Audit, data), ruleset, document.name))
        if problems:
            raise InvalidInput(document.located(problems))
        if key is not None:
            keep(key, True)
    return from_plain(Audit, data)


def _data(document: Document) -> Plain:
    key = cache_key("yaml", document.sha256)
    kept = recall(key)
    if kept is None:
        kept = document.data
        keep(key, kept)
    return kept


def _ruleset_name(document: Document, data: Plain) -> RuleSetName:
    named = data.get("ruleset") if isinstance(data, dict) else None
    if (
        isinstance(named, dict)
        and set(named) == {"id", "edition"}
        and all(isinstance(held, str) for held in named.values())
    ):
        return from_plain(RuleSetName, named)
    raise InvalidInput(
        document.located(
            [
                Problem(
                    document.name,
                    _("This file does not say which rule set it is about."),
                    _("Write the keys “id” and “edition” under “ruleset”, the edition in quotes."),
                    ("ruleset",) if isinstance(data, dict) and "ruleset" in data else (),
                )
            ]
        )
    )


def _named_overlays(document: Document, data: Plain, folder: Path) -> list[Path]:
    """The overlays that an audit names, which must be the files it was made with."""
    listed = data.get("overlays")
    found: list[Path] = []
    problems: list[Problem] = []
    for position, each in enumerate(listed if isinstance(listed, list) else []):
        if not isinstance(each, dict) or not isinstance(each.get("file"), str):
            continue  # the schema of audits says so
        name, path = each["file"], ("overlays", position)
        if not stays_inside(folder, name):
            problems.append(
                Problem(
                    document.name,
                    _("“{file}” does not stand in the folder of the audit.").format(file=name),
                    _("Put the overlay into that folder and write its name, without “..”."),
                    (*path, "file"),
                )
            )
            continue
        try:
            sha256 = open_document(folder / name).sha256
        except InvalidInput as unreadable:
            problems += [
                replace(
                    each,
                    file=document.name,
                    message=_("{name}: {message}").format(name=name, message=each.message),
                    path=(*path, "file"),
                )
                for each in unreadable.problems
            ]
            continue
        if each.get("sha256") not in (None, sha256):
            problems.append(
                Problem(
                    document.name,
                    _("The overlay “{file}” is not the one this audit was made with.").format(
                        file=name
                    ),
                    _("Put that file back, or remove “sha256” to accept the new one."),
                    (*path, "sha256"),
                )
            )
        found.append(folder / name)
    if problems:
        raise InvalidInput(document.located(problems))
    return found


def stays_inside(folder: Path, name: str) -> bool:
    """Whether `name` leads to something inside of a folder, links followed.

    Names with a drive or with another system's separators are refused everywhere.
    """
    parts = name.replace("\\", "/").split("/")
    if ":" in name or any(part in ("", "..") for part in parts):
        return False
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
