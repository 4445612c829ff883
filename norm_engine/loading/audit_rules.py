"""What no schema can say of an audit: bounds between answers, names that must exist once."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from norm_engine.language import _
from norm_engine.loading.audit_words import wanted_answer
from norm_engine.loading.border import shown, suggestion
from norm_engine.loading.problems import KeyPath, Problem
from norm_engine.model.audit import UNKNOWN, AnswerDetails, Audit
from norm_engine.model.ruleset import AnswerReference, Question, RuleSet
from norm_engine.model.scalars import exact, is_number, text_in


def audit_problems(audit: Audit, ruleset: RuleSet, file: str) -> Iterator[Problem]:
    """What no schema can say of an audit."""
    for name, given in audit.answers.items():
        value = given.value if isinstance(given, AnswerDetails) else given
        question = ruleset.questions[name]
        path: KeyPath = ("answers", name)
        if isinstance(given, AnswerDetails):
            yield from _reason_problems(given, file, path)
            path = (*path, "value")
        if value is not None and value != UNKNOWN and question.type in ("count", "number"):
            yield from _bound_problems(value, question, audit, ruleset, file, path)
    yield from _repeated("evidence", [piece.id for piece in audit.evidence], file)
    yield from _repeated("findings", [finding.id for finding in audit.findings], file)
    yield from _repeated("actions", [action.id for action in audit.actions], file)
    yield from _evidence_problems(audit, file)


def _reason_problems(given: AnswerDetails, file: str, path: KeyPath) -> Iterator[Problem]:
    if given.not_applicable is not None and not given.not_applicable.strip():
        yield Problem(
            file,
            _("“Not applicable” needs a reason."),
            _("Say in a few words why the question does not concern the structure."),
            (*path, "not_applicable"),
        )


def _repeated(key: str, ids: Sequence[str], file: str) -> Iterator[Problem]:
    for position, each in enumerate(ids):
        if each in ids[:position]:
            yield Problem(
                file,
                _("“{name}” stands twice.").format(name=each),
                _("Give one of them another identifier."),
                (key, position, "id"),
            )


def _bound_problems(
    value: Any, question: Question, audit: Audit, ruleset: RuleSet, file: str, path: KeyPath
) -> Iterator[Problem]:
    if not is_number(value):
        yield Problem(
            file,
            _("“{value}” does not fit here.").format(value=shown(value)),
            wanted_answer(question),
            path,
        )
        return
    number = exact(value)
    if question.min is not None and number < exact(question.min):
        yield Problem(
            file,
            _("{value} is less than {bound}, the least possible.").format(
                value=value, bound=question.min
            ),
            _("Check this figure."),
            path,
        )
    bound, origin = _upper_bound(question, audit, ruleset)
    if bound is not None and number > bound:
        yield Problem(
            file,
            _("{value} is more than {bound}, the most possible{origin}.").format(
                value=value, bound=bound, origin=origin
            ),
            _("Check both figures.") if origin else _("Check this figure."),
            path,
        )


def _upper_bound(question: Question, audit: Audit, ruleset: RuleSet) -> tuple[Any, str]:
    if question.max is None:
        return None, ""
    if not isinstance(question.max, AnswerReference):
        return exact(question.max), ""
    name = question.max.answer
    given = audit.answers.get(name)
    value = given.value if isinstance(given, AnswerDetails) else given
    if isinstance(value, bool) or not isinstance(value, int | str) or not is_number(value):
        return None, ""
    words = text_in(ruleset.questions[name].text, ruleset.head.language)
    return exact(value), _(" (the answer to “{question}”)").format(question=words)


def _evidence_problems(audit: Audit, file: str) -> Iterator[Problem]:
    recorded = {kind: piece.id for piece in audit.evidence for kind in piece.proves}
    for position, kind in enumerate(audit.no_evidence):
        if kind in recorded:
            yield Problem(
                file,
                _("“{kind}” is said to be missing, yet {piece} is recorded for it.").format(
                    kind=kind, piece=recorded[kind]
                ),
                _("Remove one of the two."),
                ("no_evidence", position),
            )
    for position, piece in enumerate(audit.evidence):
        if piece.file is not None and not is_plain_name(piece.file):
            yield Problem(
                file,
                _("“{name}” is not the name of a file in the folder “preuves”.").format(
                    name=piece.file
                ),
                _("Put the file into that folder and write its name alone, without a path."),
                ("evidence", position, "file"),
            )
    pieces = {piece.id for piece in audit.evidence}
    for position, finding in enumerate(audit.findings):
        for key in ("examined", "rejected"):
            for index, each in enumerate(getattr(finding, key)):
                if each not in pieces:
                    yield Problem(
                        file,
                        _("The piece of evidence “{id}” does not exist.").format(id=each),
                        suggestion(each, pieces)
                        or _("Correct its identifier, or record it under “evidence”."),
                        ("findings", position, key, index),
                    )


_SEPARATORS = re.compile(r'[/\\:*?"<>|\x00-\x1f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def is_plain_name(name: str) -> bool:
    """Whether `name` names, on every system, a file of a folder itself and nothing else."""
    return (
        0 < len(name.encode(errors="replace")) <= 200
        and not _SEPARATORS.search(name)
        and not name.startswith(".")
        and not name.endswith((".", " "))
        and not _DEVICES.fullmatch(name)
    )
