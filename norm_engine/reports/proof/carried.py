"""The files that a report carries, so that anyone can check it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pikepdf
import reportlab

from norm_engine import SEMANTICS, __version__
from norm_engine.language import _
from norm_engine.loading.fingerprints import canonical_json
from norm_engine.loading.schemas import document_schema
from norm_engine.model.records import Plain, to_plain
from norm_engine.model.report_results import (
    CarriedFile,
    EvidenceLookedAt,
    Libraries,
    Manifest,
    RuleSetCarried,
)
from norm_engine.model.results import EvaluationResult
from norm_engine.reports.proof.reduction import readable
from norm_engine.reports.subject import Subject, Wish

LAYOUT = 1
"""Version of how reports are laid out: it changes whenever the same inputs give other pages."""

AUDIT = "audit.json"
AUDIT_SCHEMA = "audit.schema.json"
RULESET = "referentiel.json"
EVALUATION = "evaluation.json"
MANIFEST = "rapport.json"

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
class Carried:
    """What a report carries: its subject as the reader may see it, and the files.

    `printed` are the labels and SHA-256 that stand at the foot of every page.
    """

    subject: Subject
    files: tuple[Attachment, ...]
    left_out: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)


def carry(subject: Subject, wish: Wish, result: EvaluationResult | None = None) -> Carried:
    """What a report carries, in the language in force.

    Args:
        subject: what the report speaks of; whatever its reader may not see is left out of it.
        wish: which report is wanted.
        result: the evaluation of `readable(subject, wish)`; None for a blank checklist.
    """
    shown, left_out = readable(subject, wish)
    files = [*_files(shown, result), *_logo(wish)]
    manifest = _manifest(shown, wish, left_out, files)
    files.append(
        _attached(
            MANIFEST,
            canonical_json(to_plain(manifest)),
            _("What this report is made from, and the fingerprint of each file"),
            "Supplement",
        )
    )
    labels = {AUDIT: _("Audit"), RULESET: _("Rule set"), EVALUATION: _("Evaluation")}
    held = {each.name: each.sha256 for each in files}
    printed = {label: held[name] for name, label in labels.items() if name in held}
    return Carried(shown, tuple(files), left_out, printed)


def libraries() -> Libraries:
    """The versions of the libraries that write reports here."""
    return Libraries(
        reportlab=reportlab.__version__,
        pikepdf=pikepdf.__version__,
        qpdf=pikepdf.__libqpdf_version__,
    )


def _files(subject: Subject, result: EvaluationResult | None) -> Iterator[Attachment]:
    if subject.audit is not None:
        audit = canonical_json(to_plain(subject.audit))
        yield _attached(AUDIT, audit, _("The audit that this report is made from"), "Source")
        schema = _audit_schema()
        said = _("The form of audits, as JSON Schema")
        yield _attached(AUDIT_SCHEMA, schema, said, "Supplement")
    # not canonical: reports list questions, kinds of evidence and actions in their own order
    rules = _json(to_plain(subject.ruleset))
    yield _attached(RULESET, rules, _("The rule set, with its overlays"), "Supplement")
    if result is not None:
        evaluation = canonical_json(to_plain(result))
        yield _attached(EVALUATION, evaluation, _("The evaluation of the audit"), "Data")


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
    return Manifest(
        format=1,
        product=__version__,
        semantics=SEMANTICS,
        layout=LAYOUT,
        libraries=libraries(),
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
        evidence=_evidence(subject),
        logo=logo[0] if logo else None,
    )


def _evidence(subject: Subject) -> tuple[EvidenceLookedAt, ...]:
    pieces = () if subject.audit is None else subject.audit.evidence
    return tuple(
        EvidenceLookedAt(id=each.id, state=subject.states[each.id], size=subject.sizes.get(each.id))
        for each in pieces
        if each.id in subject.states
    )
