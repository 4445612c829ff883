"""The files that a report carries, so that anyone can check it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version

import pikepdf
import reportlab

from norm_engine import SEMANTICS, __version__
from norm_engine.language import _
from norm_engine.loading.fingerprints import canonical_json
from norm_engine.loading.schemas import document_schema
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.records import Plain, to_plain
from norm_engine.model.report_results import (
    CarriedFile,
    EarlierCarried,
    EvidenceLookedAt,
    Libraries,
    Manifest,
    RuleSetCarried,
)
from norm_engine.model.results import EvaluationResult
from norm_engine.planning.options import PlanOptions
from norm_engine.reports.planned import asked_of
from norm_engine.reports.proof.reduction import readable
from norm_engine.reports.subject import Subject, Wish

LAYOUT = 2
"""Version of how reports are laid out: it changes whenever the same inputs give other pages."""

AUDIT = "audit.json"
AUDIT_SCHEMA = "audit.schema.json"
RULESET = "referentiel.json"
EVALUATION = "evaluation.json"
EARLIER_AUDIT = "audit-avant.json"
EARLIER_EVALUATION = "evaluation-avant.json"
PLAN = "plan.json"
MANIFEST = "rapport.json"

PRINTED = 3
"""Fingerprints that the foot of a page has room for."""

_JSON = "application/json"
_PNG = b"\x89PNG"


@dataclass(frozen=True)
class Attachment:
    """A file inside of a report.

    `relationship` is the PDF's ``/AFRelationship``: ``Source``, ``Data``, ``Supplement`` (PDF/A-3
    allows no ``Schema``).
    """

    name: str
    content: bytes
    mime: str
    description: str
    relationship: str
    sha256: str


@dataclass(frozen=True)
class Results:
    """What a report says, as the files it carries have it; None for what it does not speak of.

    `earlier` is the evaluation of what a comparison looks back to.
    """

    evaluation: EvaluationResult | None = None
    earlier: EvaluationResult | None = None
    plan: PlanResult | None = None


@dataclass(frozen=True)
class Carried:
    """What a report carries: its subject as the reader may see it, and the files.

    `printed` are the labels and SHA-256 that stand at the foot of every page.
    """

    subject: Subject
    files: tuple[Attachment, ...]
    left_out: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)


def carry(subject: Subject, wish: Wish, results: Results) -> Carried:
    """What a report carries, in the language in force.

    Args:
        subject: what the report speaks of; whatever its reader may not see is left out of it.
        wish: which report is wanted.
        results: what `readable(subject, wish)` comes to; nothing for a blank checklist.
    """
    shown, left_out = readable(subject, wish)
    files = [*_files(shown, results), *_logo(wish)]
    manifest = _manifest(shown, wish, left_out, files)
    files.append(
        _attached(
            MANIFEST,
            canonical_json(to_plain(manifest)),
            _("What this report is made from, and the fingerprint of each file"),
            "Supplement",
        )
    )
    labels = {AUDIT: _("Audit"), EARLIER_AUDIT: _("Audit before"), RULESET: _("Rule set")}
    labels |= {PLAN: _("Plan"), EVALUATION: _("Evaluation")}
    held = {each.name: each.sha256 for each in files}
    printed = [(label, held[name]) for name, label in labels.items() if name in held]
    return Carried(shown, tuple(files), left_out, dict(printed[:PRINTED]))


def libraries(*, solver: bool = False) -> Libraries:
    """The versions of the libraries that write reports here.

    Args:
        solver: whether the report holds what the solver found.
    """
    return Libraries(
        reportlab=reportlab.__version__,
        pikepdf=pikepdf.__version__,
        qpdf=pikepdf.__libqpdf_version__,
        highspy=version("highspy") if solver else None,
    )


def _files(subject: Subject, results: Results) -> Iterator[Attachment]:
    if subject.audit is not None:
        said = _("The audit that this report is made from")
        yield _canonical(AUDIT, subject.audit, said, "Source")
        if subject.earlier is not None:
            said = _("The audit that this report looks back to")
            yield _canonical(EARLIER_AUDIT, subject.earlier.audit, said, "Source")
        schema = _audit_schema()
        said = _("The form of audits, as JSON Schema")
        yield _attached(AUDIT_SCHEMA, schema, said, "Supplement")
    # not canonical: reports list questions, kinds of evidence and actions in their own order
    rules = _json(to_plain(subject.ruleset))
    yield _attached(RULESET, rules, _("The rule set, with its overlays"), "Supplement")
    for name, result, said in (
        (EVALUATION, results.evaluation, _("The evaluation of the audit")),
        (EARLIER_EVALUATION, results.earlier, _("The evaluation of what is looked back to")),
        (PLAN, results.plan, _("The plan, with the proof that no route takes less effort")),
    ):
        if result is not None:
            yield _canonical(name, result, said, "Data")


def _canonical(name: str, record: object, said: str, relationship: str) -> Attachment:
    return _attached(name, canonical_json(to_plain(record)), said, relationship)


def _json(data: Plain) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _logo(wish: Wish) -> Iterator[Attachment]:
    if wish.logo is not None:
        kind = "png" if wish.logo.startswith(_PNG) else "jpeg"
        name = f"logo.{kind}".replace("jpeg", "jpg")
        yield _attached(name, wish.logo, _("The logo"), "Supplement", f"image/{kind}")


@cache
def _audit_schema() -> bytes:
    return _json(document_schema("audit"))


def _attached(
    name: str, content: bytes, description: str, relationship: str, mime: str = _JSON
) -> Attachment:
    sha256 = hashlib.sha256(content).hexdigest()
    return Attachment(name, content, mime, description, relationship, sha256)


def _manifest(
    subject: Subject, wish: Wish, left_out: tuple[str, ...], files: list[Attachment]
) -> Manifest:
    ruleset = subject.ruleset
    logo = [each.name for each in files if each.name.startswith("logo.")]
    planning = wish.kind == "plan"
    return Manifest(
        format=1,
        product=__version__,
        semantics=SEMANTICS,
        layout=LAYOUT,
        libraries=libraries(solver=planning),
        kind=wish.kind,
        language=wish.language,
        as_of=subject.as_of,
        ruleset=RuleSetCarried(
            id=ruleset.head.id,
            edition=ruleset.head.edition,
            version=ruleset.head.version,
            fingerprint=ruleset.fingerprint,
            rules_fingerprint=ruleset.rules_fingerprint,
        ),
        files=tuple(CarriedFile(name=each.name, sha256=each.sha256) for each in files),
        workshop=wish.workshop,
        overlay_texts=wish.overlay_texts,
        left_out=left_out,
        evidence=_evidence(subject.audit, subject.states, subject.sizes),
        logo=logo[0] if logo else None,
        plan=asked_of(wish.plan or PlanOptions()) if planning else None,
        earlier=_earlier(subject),
    )


def _earlier(subject: Subject) -> EarlierCarried | None:
    earlier = subject.earlier
    if earlier is None:
        return None
    evidence = _evidence(earlier.audit, earlier.states, earlier.sizes)
    return EarlierCarried(
        as_of=earlier.as_of,
        same_structure=earlier.same_structure,
        milestone=earlier.milestone,
        label=earlier.label,
        evidence=evidence,
    )


def _evidence(
    audit: Audit | None, states: Mapping[str, FileState], sizes: Mapping[str, int]
) -> tuple[EvidenceLookedAt, ...]:
    pieces = () if audit is None else audit.evidence
    return tuple(
        EvidenceLookedAt(id=each.id, state=states[each.id], size=sizes.get(each.id))
        for each in pieces
        if each.id in states
    )
