"""Reads what a report carries, checked as strictly as what users write: it may be hostile."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from norm_engine import SEMANTICS
from norm_engine.language import _
from norm_engine.loading import limits
from norm_engine.loading.audit_rules import audit_problems
from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.audit_words import schema_problems
from norm_engine.loading.border import checked
from norm_engine.loading.problems import InvalidInput, Problem
from norm_engine.loading.rules import ruleset_problems
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.records import Plain, from_plain
from norm_engine.model.report_results import EvidenceLookedAt, Manifest
from norm_engine.model.results import EvaluationResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.reports.planned import options_of
from norm_engine.reports.proof.carried import (
    AUDIT,
    EARLIER_AUDIT,
    EARLIER_EVALUATION,
    EVALUATION,
    MANIFEST,
    PLAN,
    RULESET,
)
from norm_engine.reports.proof.opening import Opened
from norm_engine.reports.subject import Earlier, Subject, Wish

KNOWN_SEMANTICS = frozenset({SEMANTICS})
"""The meanings of results that this version of the product can evaluate under."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Unpacked:
    """What a report carries; None for what is not there or cannot be used.

    `earlier` is the evaluation of what a comparison looks back to. `troubles` say what is wrong,
    by the name of the file.
    """

    subject: Subject | None
    wish: Wish
    evaluation: EvaluationResult | None
    earlier: EvaluationResult | None
    plan: PlanResult | None
    troubles: Mapping[str, str]


def manifest_of(opened: Opened, name: str) -> Manifest:
    """What a report says of itself.

    Raises:
        InvalidInput: when that cannot be read, or means what this version does not know.
    """
    inside = f"{name} · {MANIFEST}"
    data = _data(opened.files[MANIFEST], inside)
    if isinstance(data, dict):
        _refuse_newer(data, name)
    return _record(Manifest, data, inside)


def _refuse_newer(data: Mapping[str, Any], name: str) -> None:
    semantics, form, product = (data.get(key) for key in ("semantics", "format", "product"))
    written_by = str(product)[:40]
    if isinstance(form, int) and form != 1:
        message = _(
            "This report was written by version {product} of the product, in a form ({form}) that"
            " this version does not read."
        ).format(product=written_by, form=form)
    elif isinstance(semantics, int) and semantics not in KNOWN_SEMANTICS:
        message = _(
            "The results of this report have the meaning number {semantics} (version {product} of"
            " the product); this version knows {known}. It cannot be evaluated again here, which"
            " says nothing against it."
        ).format(
            semantics=semantics,
            product=written_by,
            known=", ".join(map(str, sorted(KNOWN_SEMANTICS))),
        )
    else:
        return
    remedy = _("Verify it with a version of the product that knows it.")
    raise InvalidInput([Problem(name, message, remedy)])


def unpacked(opened: Opened, manifest: Manifest) -> Unpacked:
    """What a report carries, each part checked at the border."""
    troubles: dict[str, str] = {}
    ruleset = _part(opened, RULESET, troubles, _ruleset)
    audit = None
    if AUDIT in opened.files and ruleset is not None:
        audit = _part(opened, AUDIT, troubles, lambda data, file: _audit(data, file, ruleset))
    earlier_audit = None
    if EARLIER_AUDIT in opened.files and ruleset is not None:
        earlier_audit = _part(
            opened, EARLIER_AUDIT, troubles, lambda data, file: _audit(data, file, ruleset)
        )
    wish = Wish(
        kind=manifest.kind,
        language=manifest.language,
        workshop=manifest.workshop,
        logo=None if manifest.logo is None else opened.files.get(manifest.logo),
        overlay_texts=manifest.overlay_texts,
        plan=None if manifest.plan is None else options_of(manifest.plan),
    )
    subject = None
    if ruleset is not None and not troubles.keys() & {AUDIT, EARLIER_AUDIT, RULESET}:
        subject = Subject(
            ruleset,
            manifest.as_of,
            audit=audit,
            states=_states(manifest.evidence),
            sizes=_sizes(manifest.evidence),
            earlier=_earlier(manifest, earlier_audit),
        )
    return Unpacked(
        subject,
        wish,
        evaluation=_result(opened, EVALUATION, EvaluationResult, troubles),
        earlier=_result(opened, EARLIER_EVALUATION, EvaluationResult, troubles),
        plan=_result(opened, PLAN, PlanResult, troubles),
        troubles=troubles,
    )


def _states(evidence: Iterable[EvidenceLookedAt]) -> dict[str, FileState]:
    return {each.id: each.state for each in evidence}


def _sizes(evidence: Iterable[EvidenceLookedAt]) -> dict[str, int]:
    return {each.id: each.size for each in evidence if each.size is not None}


def _earlier(manifest: Manifest, audit: Audit | None) -> Earlier | None:
    said = manifest.earlier
    if audit is None or said is None:
        return None
    return Earlier(
        audit,
        said.as_of,
        _states(said.evidence),
        _sizes(said.evidence),
        said.same_structure,
        said.milestone,
        said.label,
    )


def _result(opened: Opened, name: str, kind: type[_T], troubles: dict[str, str]) -> _T | None:
    """A result that a report carries; None when it carries none that can be read."""
    if name not in opened.files:
        return None
    found: _T | None = _part(opened, name, troubles, lambda data, file: _record(kind, data, file))
    return found


def _part(opened: Opened, name: str, troubles: dict[str, str], read: Any) -> Any:
    try:
        if name not in opened.files:
            raise InvalidInput([Problem(name, _("This file is not attached."))])
        return read(_data(opened.files[name], name), name)
    except InvalidInput as invalid:
        first, *others = invalid.problems
        where = f"{first.file} · {first.key}" if first.path else first.file
        said = _("{name}: {message}").format(name=where, message=first.message)
        troubles[name] = said + (f" (+ {len(others)})" if others else "")
    return None


def _data(content: bytes | None, file: str) -> Plain:
    """The plain data of a JSON file; decimals stay text, as in the YAML that users write."""
    try:
        if content is None:
            raise ValueError
        data = json.loads(content.decode(), parse_float=str, parse_constant=_no_number)
        # half a character, which JSON can spell, can be written nowhere
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        message = _("This attached file is damaged: it cannot be read as JSON.")
        remedy = _("Ask for the report again, from whoever made it.")
        raise InvalidInput([Problem(file, message, remedy)]) from None
    return data


def _no_number(_name: str) -> None:
    raise ValueError


def _record(kind: type[_T], data: Plain, file: str) -> _T:
    built, problems = checked(kind, data, file)
    if built is None:
        raise InvalidInput(problems[: limits.MAX_PROBLEMS])
    return built


def _ruleset(data: Plain, file: str) -> RuleSet:
    ruleset = _record(RuleSet, data, file)
    places: dict[str, Any] = {"head": (file, ("head",))}
    places |= {key: (file, (key,)) for key in ("questions", "evidence", "actions")}
    places |= {str(at): (file, ("requirements", at)) for at in range(len(ruleset.requirements))}
    _refuse(ruleset_problems(ruleset, places))
    return ruleset


def _audit(data: Plain, file: str, ruleset: RuleSet) -> Audit:
    # not through `audits.audit_from`: its cache trusts fingerprints, and this one may be made up
    _restore_large_counts(data, ruleset)
    _refuse(schema_problems(data, audit_schema(ruleset), ruleset, file))
    audit = from_plain(Audit, data)
    _refuse(audit_problems(audit, ruleset, file))
    return audit


def _restore_large_counts(data: Plain, ruleset: RuleSet) -> None:
    """Turn back into integers those that canonical JSON had to write as text."""
    answers = data.get("answers") if isinstance(data, dict) else None
    for name, given in answers.items() if isinstance(answers, dict) else ():
        question = ruleset.questions.get(name)
        if question is None or question.type != "count":
            continue
        holder: Any
        holder, key = (given, "value") if isinstance(given, dict) else (answers, name)
        value = holder.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 100:
            holder[key] = int(value)


def _refuse(problems: Iterable[Problem]) -> None:
    listed = list(problems)
    if listed:
        raise InvalidInput(listed[: limits.MAX_PROBLEMS])
