"""Finds, reads and validates rule sets; everything wrong is said at once, with its place."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.cache import cache_key, keep, recall
from norm_engine.loading.documents import Document, as_record, open_document
from norm_engine.loading.files import is_file, is_folder
from norm_engine.loading.problems import InvalidInput, KeyPath, Problem
from norm_engine.model.files import (
    ActionsFile,
    EvidenceFile,
    QuestionsFile,
    RequirementsFile,
    RuleSetName,
)
from norm_engine.model.records import from_plain, to_plain
from norm_engine.model.ruleset import Head, Planning, Requirement, RuleSet

HEAD_FILE = "ruleset.yaml"
STYLE_FILE = "style.yaml"
"""The list that texts are checked against; read by the checks for norm authors alone."""

RULES_VARIABLE = "NORM_ENGINE_RULES"

_PARTS: dict[str, type] = {
    "questions.yaml": QuestionsFile,
    "evidence.yaml": EvidenceFile,
    "actions.yaml": ActionsFile,
}


def shipped_rules() -> Path:
    """The folder of the rule sets that come with the product."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data" / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def rule_folders(given: Sequence[Path] = ()) -> list[Path]:
    """The folders of rule sets, in the order in which they are looked through.

    Args:
        given: rule sets, or folders of them, that come before ``NORM_ENGINE_RULES`` and those
            shipped.
    """
    named = os.environ.get(RULES_VARIABLE, "")
    roots = [*given, *(Path(each) for each in named.split(os.pathsep) if each)]
    folders: list[Path] = []
    for root in roots:
        found = _rule_sets_in(root)
        if not found:
            raise InvalidInput([_no_rules_here(root)])
        folders += found
    return [*folders, *_rule_sets_in(shipped_rules())]


def _rule_sets_in(root: Path) -> list[Path]:
    if is_file(root / HEAD_FILE):
        return [root]
    if not is_folder(root):
        return []
    return sorted(head.parent for head in root.glob(f"*/{HEAD_FILE}") if is_file(head))


def _no_rules_here(folder: Path) -> Problem:
    return Problem(
        str(folder),
        _("There is no rule set here."),
        _("Name a folder that holds {file}, with --rules or {variable}.").format(
            file=HEAD_FILE, variable=RULES_VARIABLE
        ),
    )


def find_ruleset(
    name: RuleSetName, folders: Iterable[Path], *, asked_in: Document | None = None
) -> Path:
    """The folder of the rule set that a document is about.

    A rule set whose head cannot be read is passed over, and only said when no other is the one.

    Args:
        asked_in: the document whose key ``ruleset`` asks for it, for the message.

    Raises:
        InvalidInput: when there is none, with those that there are.
    """
    known = []
    unreadable: list[Problem] = []
    for folder in folders:
        try:
            found = ruleset_name(folder)
        except InvalidInput as invalid:
            unreadable += invalid.problems
            continue
        if found == name:
            return folder
        known.append(f"{found.id} {found.edition}")
    problem = Problem(
        asked_in.name if asked_in else "ruleset",
        _("There is no rule set “{id}”, edition {edition}.").format(
            id=name.id, edition=name.edition
        ),
        _("Name its folder with --rules. Known: {known}.").format(known=", ".join(known) or "–"),
        ("ruleset",) if asked_in else (),
    )
    raise InvalidInput([*(asked_in.located([problem]) if asked_in else [problem]), *unreadable])


def ruleset_name(folder: Path) -> RuleSetName:
    """Identity and edition of the rule set in a folder."""
    document = open_document(folder / HEAD_FILE)
    key = cache_key("name", document.sha256)
    kept = recall(key)
    if kept is None:
        from norm_engine.loading.border import checked

        head, problems = checked(Head, document.data, document.name)
        if head is None:
            raise InvalidInput(document.located(problems))
        kept = {"id": head.id, "edition": head.edition}
        keep(key, kept)
    return from_plain(RuleSetName, kept)


def load_ruleset(folder: Path, overlays: Sequence[Path] = (), *, examples: bool = False) -> RuleSet:
    """The validated rule set of a folder with overlays laid over it.

    Args:
        examples: also load the examples of requirements, which an evaluation does not need.

    Raises:
        InvalidInput: with everything wrong with its files.
    """
    documents = _documents(folder)
    laid = [open_document(file) for file in overlays]
    named = [f"{_file_name(each)}:{each.sha256}" for each in documents]
    key = cache_key("ruleset", str(examples), *named, *(f"overlay:{each.sha256}" for each in laid))
    kept = recall(key)
    if kept is not None:
        return from_plain(RuleSet, kept)
    # a rule set found in the cache needs none of these
    from norm_engine.loading.fingerprints import fingerprints
    from norm_engine.loading.overlays import lay_over

    ruleset = lay_over(parse_ruleset(documents), laid)
    full, rules = fingerprints(ruleset)
    ruleset = replace(ruleset, fingerprint=full, rules_fingerprint=rules)
    if not examples:
        ruleset = without_examples(ruleset)
    keep(key, to_plain(ruleset))
    return ruleset


def without_examples(ruleset: RuleSet) -> RuleSet:
    """The same rule set without the examples of its requirements."""
    bare = tuple(replace(each, examples=()) for each in ruleset.requirements)
    return replace(ruleset, requirements=bare)


def _documents(folder: Path) -> list[Document]:
    if not is_file(folder / HEAD_FILE):
        raise InvalidInput([_no_rules_here(folder)])
    files = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    if len(files) > limits.MAX_FILES:
        raise InvalidInput(
            [
                Problem(
                    str(folder),
                    _("This folder holds more than {limit} files.").format(limit=limits.MAX_FILES),
                    _("Keep only the files of the rule set there."),
                )
            ]
        )
    documents: list[Document] = []
    problems: list[Problem] = []
    for file in files:
        if file.suffix.lower() not in (".yaml", ".yml") or file.name == STYLE_FILE:
            continue
        if file.suffix != ".yaml":
            message = _("This file would not be read: its name must end in “.yaml”.")
            remedy = _("Rename it to {name}.").format(name=f"{file.stem}.yaml")
            problems.append(Problem(str(file), message, remedy))
            continue
        try:
            documents.append(open_document(file))
        except InvalidInput as unreadable:
            problems += unreadable.problems
    if problems:
        raise InvalidInput(problems)
    return documents


def _file_name(document: Document) -> str:
    return document.name.replace("\\", "/").rpartition("/")[2]


def parse_ruleset(documents: Sequence[Document]) -> RuleSet:
    """Parse and validate the files of a rule set.

    Raises:
        InvalidInput: with the problems of every file, each in the order of its file.
    """
    from norm_engine.loading.border import checked

    parts: dict[str, tuple[Document, object]] = {}
    domains: list[tuple[Document, RequirementsFile]] = []
    problems: list[Problem] = []
    for document in documents:
        name = _file_name(document)
        kind = Head if name == HEAD_FILE else _PARTS.get(name, RequirementsFile)
        try:
            built, found = checked(kind, document.data, document.name)
        except InvalidInput as unreadable:
            problems.extend(unreadable.problems)
            continue
        problems.extend(document.located(found) if found else ())
        if isinstance(built, RequirementsFile):
            domains.append((document, built))
        elif built is not None:
            parts[name] = (document, built)
    if HEAD_FILE not in parts and not problems:
        problems.append(
            Problem(HEAD_FILE, _("This file does not exist."), _("A rule set starts with it."))
        )
    if problems:
        raise InvalidInput(problems)
    return _assembled(parts, domains)


def _assembled(
    parts: dict[str, tuple[Document, object]], domains: list[tuple[Document, RequirementsFile]]
) -> RuleSet:
    from norm_engine.loading.rules import ruleset_problems

    by_name = {document.name: document for document, _part in [*parts.values(), *domains]}
    head_document, head = parts[HEAD_FILE]
    places: dict[str, tuple[str, KeyPath]] = {"head": (head_document.name, ())}
    held: dict[str, dict[str, object]] = {"questions": {}, "evidence": {}, "actions": {}}
    for key in held:
        document, part = parts.get(f"{key}.yaml", (head_document, None))
        places[key] = (document.name, (key,))
        if part is not None:
            held[key] = getattr(part, key)
    requirements: list[Requirement] = []
    for document, file in domains:
        for position, requirement in enumerate(file.requirements):
            places[str(len(requirements))] = (document.name, ("requirements", position))
            requirements.append(replace(requirement, domain=file.domain))
    _document, actions = parts.get("actions.yaml", (head_document, None))
    planning = actions.planning if isinstance(actions, ActionsFile) else Planning()
    ruleset = RuleSet(
        head=head,  # type: ignore[arg-type]
        requirements=tuple(requirements),
        planning=planning,
        **held,  # type: ignore[arg-type]
    )
    found = list(ruleset_problems(ruleset, places))
    if found:
        raise InvalidInput(
            [
                problem
                for name, document in by_name.items()
                for problem in document.located(each for each in found if each.file == name)
            ]
        )
    return ruleset


def requirement_files(ruleset: RuleSet, folder: Path) -> dict[str, list[Requirement]]:
    """The requirements of a rule set by the file of `folder` that they stand in, in its order."""
    files: dict[str, list[Requirement]] = {}
    known = {each.id: each for each in ruleset.requirements}
    for document in _documents(folder):
        name = document.name.replace("\\", "/").rpartition("/")[2]
        if name != HEAD_FILE and name not in _PARTS:
            file = as_record(document, RequirementsFile)
            files[document.name] = [known[each.id] for each in file.requirements]
    return files
