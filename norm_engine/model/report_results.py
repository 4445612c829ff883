"""What a report says of itself, and what verifying one comes to."""

import datetime
from dataclasses import field
from typing import Annotated, Literal

from norm_engine.model.audit import FileState
from norm_engine.model.records import record
from norm_engine.model.ruleset import Role
from norm_engine.model.scalars import Form, LanguageCode, PieceId, Sha256

ReportKind = Literal["self-audit", "compliance", "checklist", "summary", "plan", "comparison"]

PersonDays = Annotated[str, Form("number", r"^[0-9]{1,9}(/0{0,8}[1-9][0-9]{0,8})?$")]
"""Person-days as an exact number of 0 or more: ``12``, ``7/2``."""


@record
class CarriedFile:
    """A file inside of a report, and the SHA-256 of its bytes."""

    name: str
    sha256: Sha256


@record
class EvidenceLookedAt:
    """What was found of a piece's file on the day of the report; `size` is in bytes."""

    id: PieceId
    state: FileState
    size: int | None = None


@record
class RuleSetCarried:
    """The rule set that a report was made under."""

    id: str
    edition: str
    version: str
    fingerprint: str
    rules_fingerprint: str


@record
class Libraries:
    """The versions of the libraries that wrote a report: other versions may write other bytes.

    `highspy` is the solver that found a plan: another one may choose other steps, as cheap.
    """

    reportlab: str
    pikepdf: str
    qpdf: str
    highspy: str | None = None


@record
class PlanAsked:
    """What was asked of the plan that a report holds (`planning.options.PlanOptions`)."""

    by: datetime.date | None = None
    budget: PersonDays | None = None
    assume: Literal["worst", "best"] = "worst"
    without: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    capacity: dict[Role, PersonDays] = field(default_factory=dict)


@record
class EarlierCarried:
    """What a comparison looks back to, beside its audit (`reports.subject.Earlier`)."""

    as_of: datetime.date
    same_structure: bool = True
    milestone: bool = False
    label: str = ""
    evidence: tuple[EvidenceLookedAt, ...] = ()


@record
class Manifest:
    """``rapport.json``: everything that a report is made from beside the files it carries.

    Attributes:
        product: version of the product that wrote the report.
        semantics: version of the meaning of its results.
        layout: version of how reports are laid out.
        workshop: for a checklist, the one workshop it holds.
        overlay_texts: whether the wording that an overlay brought in is shown and attached.
        left_out: codes of what the report's reader may not see.
        logo: name of the attached logo.
        plan: for a plan, what was asked of it.
        earlier: for a comparison, what it looks back to.
    """

    format: Literal[1]
    product: str
    semantics: int
    layout: int
    libraries: Libraries
    kind: ReportKind
    language: LanguageCode
    as_of: datetime.date
    ruleset: RuleSetCarried
    files: tuple[CarriedFile, ...]
    workshop: str | None = None
    overlay_texts: bool = False
    left_out: tuple[str, ...] = ()
    evidence: tuple[EvidenceLookedAt, ...] = ()
    logo: str | None = None
    plan: PlanAsked | None = None
    earlier: EarlierCarried | None = None


Outcome = Literal["holds", "differs", "unchecked"]
"""What a check found: it holds, something differs, or it could not be made."""


@record
class Check:
    """One thing that was verified; `details` name each difference."""

    id: Literal[
        "files",
        "ruleset",
        "shipped",
        "evaluation",
        "earlier",
        "plan",
        "rendering",
        "ending",
        "signature",
        "evidence",
    ]
    outcome: Outcome
    text: str
    details: tuple[str, ...] = ()


@record
class SignatureResult:
    """A signature of a report; `trusted` says whether its certificate's issuer is known."""

    signer: str
    signed_at: datetime.datetime | None
    intact: bool
    covers_whole: bool
    trusted: bool
    reason: str


@record
class VerificationResult:
    """``norm-engine verify --format json``.

    `verdict`: ``holds`` (every check holds), ``differs`` (something differs), ``partly`` (nothing
    differs, and something could not be checked). `proves` says what that means and what it does
    not.
    """

    format: Literal[1]
    verdict: Literal["holds", "differs", "partly"]
    sha256: str
    structure: str | None
    report: Manifest
    checks: tuple[Check, ...]
    signatures: tuple[SignatureResult, ...]
    proves: str
