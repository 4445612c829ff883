"""Verifies a report: whether what it shows is what the audit it carries comes to."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.language import _, ngettext, speaking
from norm_engine.loading.fingerprints import fingerprints
from norm_engine.loading.problems import InvalidInput
from norm_engine.loading.rulesets import find_ruleset, load_ruleset, rule_folders
from norm_engine.model.audit import Audit
from norm_engine.model.files import RuleSetName
from norm_engine.model.report_results import (
    Check,
    Manifest,
    Outcome,
    SignatureResult,
    VerificationResult,
)
from norm_engine.model.results import EvaluationResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.results import evaluation_result
from norm_engine.reports.proof.carried import (
    AUDIT,
    AUDIT_SCHEMA,
    EARLIER_AUDIT,
    EARLIER_EVALUATION,
    EVALUATION,
    MANIFEST,
    PLAN,
    RULESET,
)
from norm_engine.reports.proof.evaluation_differences import evaluation_differences
from norm_engine.reports.proof.evidence_check import evidence_check
from norm_engine.reports.proof.opening import file_sha256s, opened_report
from norm_engine.reports.proof.pages_check import Render, pages_checks
from norm_engine.reports.proof.plan_check import plan_checked
from norm_engine.reports.proof.received import Received
from norm_engine.reports.proof.signature_check import signature_check
from norm_engine.reports.proof.unpacking import manifest_of, unpacked
from norm_engine.reports.subject import Earlier, Subject


def verify(
    content: bytes, render: Render, evidence: Path | None = None, name: str = "PDF"
) -> VerificationResult:
    """Verify a report: what it carries, what that comes to, and whether its pages say the same.

    Args:
        content: the bytes of the report.
        render: writes a report again (`reports.render.render_pdf`).
        evidence: a folder that holds the evidence files, to be compared with their SHA-256.
        name: how messages call the report.

    Raises:
        InvalidInput: when it is no PDF, was cut short, cannot be read, is none of our reports, or
            rests on a meaning of results that this version does not know.
    """
    with opened_report(content, name) as opened:
        manifest = manifest_of(opened, name)
        report = Received(content, opened, manifest, unpacked(opened, manifest))
        signature, signatures = signature_check(content, opened)
        planned = plan_checked(report)
        checks = [
            _files_check(report),
            _ruleset_check(report),
            *_shipped_check(report),
            *_evaluation_check(report),
            *_earlier_check(report),
            *([planned.check] if planned.check is not None else []),
            *pages_checks(report, render, signatures, planned.found),
            *signature,
            *_evidence_checks(report, evidence),
        ]
    audit = report.unpacked.subject.audit if report.unpacked.subject else None
    return VerificationResult(
        format=1,
        verdict=_verdict(checks),
        sha256=hashlib.sha256(content).hexdigest(),
        structure=audit.structure.name if audit else None,
        report=manifest,
        checks=tuple(checks),
        signatures=signatures,
        proves=_proves(report, signatures),
    )


def _verdict(checks: Sequence[Check]) -> Literal["holds", "differs", "partly"]:
    outcomes = {check.outcome for check in checks}
    if "differs" in outcomes:
        return "differs"
    return "partly" if "unchecked" in outcomes else "holds"


def _proves(report: Received, signatures: Sequence[SignatureResult]) -> str:
    if not report.has_audit:
        return _(
            "This tells whether the checklist is consistent with the rule set it carries. It"
            " carries no audit."
        )
    if signatures and all(each.trusted for each in signatures):
        return _(
            "This tells whether the report is consistent with the audit it carries, and who signed"
            " it. It does not tell whether the audit is true."
        )
    if signatures:
        return _(
            "This tells whether the report is consistent with the audit it carries, and under which"
            " name it was signed; nobody known here vouches for that name. It does not tell whether"
            " the audit is true."
        )
    return _(
        "This tells whether the report is consistent with the audit it carries. It does not tell"
        " who made it, since it is not signed, nor whether the audit is true."
    )


def _files_check(report: Received) -> Check:
    """Each attached file against the SHA-256 that the report gives of it."""
    files, wanted = report.opened.files, report.wanted
    found = file_sha256s(files)
    details = []
    for name in report.altered:
        if name not in files:
            said = _("{name} is not attached.")
        elif files[name] is None:
            said = _("{name} is damaged: it cannot be read.")
        else:
            said = _("{name} was altered: its SHA-256 is {found}, the report gives {wanted}.")
        details.append(said.format(name=name, found=found.get(name), wanted=wanted[name]))
    needed = _needed(report)
    details += [
        _("{name} is not among the files that the report names.").format(name=name)
        for name in sorted((needed | files.keys()) - wanted.keys() - {MANIFEST})
    ]
    text = ngettext(
        "The attached file is the one that the report names.",
        "The {n} attached files are those that the report names.",
        len(wanted),
    ).format(n=len(wanted))
    if details:
        text = _("The attached files are not those that the report names.")
    return Check(
        id="files", outcome="differs" if details else "holds", text=text, details=tuple(details)
    )


def _needed(report: Received) -> set[str]:
    """The files without which a report of its kind is none."""
    needed = {RULESET} | ({AUDIT, AUDIT_SCHEMA, EVALUATION} if report.has_audit else set())
    more = {"plan": {PLAN}, "comparison": {EARLIER_AUDIT, EARLIER_EVALUATION}}
    return needed | more.get(report.manifest.kind, set())


def _ruleset_check(report: Received) -> Check:
    """The rule set against its fingerprints, computed again."""
    subject, manifest = report.unpacked.subject, report.manifest
    trouble = report.unpacked.troubles.get(RULESET)
    if subject is None:
        said = trouble or _("The audit cannot be read, and the rule set is not looked at alone.")
        outcome: Outcome = "differs" if trouble else "unchecked"
        text = _("The rule set cannot be read.")
        if not trouble:
            text = _("The rule set was not looked at.")
        return Check(id="ruleset", outcome=outcome, text=text, details=(said,))
    details = tuple(_ruleset_differences(subject.ruleset, manifest))
    if details:
        text = _("The rule set is not the one that the report names.")
    elif "overlay_texts" in manifest.left_out:
        text = _(
            "The rules are those that the report names, by their fingerprint; the wording of its"
            " overlays was left out, and cannot be checked."
        )
    else:
        text = _("The rule set is the one that the report names, by its fingerprint.")
    return Check(
        id="ruleset", outcome="differs" if details else "holds", text=text, details=details
    )


def _shipped_check(report: Received) -> Iterator[Check]:
    """The rules against those known here under the same name, edition and version.

    Whoever makes a report may weaken the rules it carries. Nothing is said of a rule set that is
    not known here in that version, nor of one that overlays changed: the report tells how.
    """
    subject = report.unpacked.subject
    if subject is None or subject.ruleset.overlays:
        return
    head = subject.ruleset.head
    try:
        folder = find_ruleset(RuleSetName(id=head.id, edition=head.edition), rule_folders())
        known = load_ruleset(folder)
    except InvalidInput:
        return
    if known.head.version != head.version:
        return
    same = known.rules_fingerprint == fingerprints(subject.ruleset)[1]
    text = _("The rules are those known here under this name, in version {version}.")
    if not same:
        text = _("The rules are not those known here under this name, in version {version}.")
    outcome: Outcome = "holds" if same else "differs"
    yield Check(id="shipped", outcome=outcome, text=text.format(version=head.version))


def _ruleset_differences(ruleset: RuleSet, manifest: Manifest) -> Iterator[str]:
    head, said = ruleset.head, manifest.ruleset
    for one, other in (
        (said.id, head.id),
        (said.edition, head.edition),
        (said.version, head.version),
        (said.fingerprint, ruleset.fingerprint),
        (said.rules_fingerprint, ruleset.rules_fingerprint),
    ):
        if one != other:
            yield _("The report names {said}, the rule set says {found}.").format(
                said=one, found=other
            )
    full, rules = fingerprints(ruleset)
    different = _("Its fingerprint is {found}, the report gives {said}.")
    if rules != said.rules_fingerprint:
        yield _("The rules themselves are not the same.")
        yield different.format(found=rules, said=said.rules_fingerprint)
    elif "overlay_texts" not in manifest.left_out and full != said.fingerprint:
        yield _("The rules are the same; the wording is not.")
        yield different.format(found=full, said=said.fingerprint)


def _evaluation_check(report: Received) -> Iterator[Check]:
    """The evaluation that the report carries against the one made again."""
    if not report.has_audit:
        return
    parts = report.unpacked
    troubles = tuple(
        parts.troubles[each] for each in (AUDIT, RULESET, EVALUATION) if each in parts.troubles
    )
    subject = parts.subject
    audit = None if subject is None else subject.audit
    if troubles or subject is None or audit is None or parts.evaluation is None:
        text = _("The audit cannot be evaluated again from what the report carries.")
        yield Check(id="evaluation", outcome="differs", text=text, details=troubles)
        return
    with speaking(parts.wish.language):
        found = _evaluated(subject.ruleset, audit, subject)
    details = tuple(evaluation_differences(parts.evaluation, found))
    n = len(found.requirements)
    text = ngettext(
        "Evaluated again, the audit gives the status, the credit and the grade of the one"
        " requirement, the scores and the decision that the report carries.",
        "Evaluated again, the audit gives the statuses, credits and grades of the {n} requirements,"
        " the scores and the decision that the report carries.",
        n,
    ).format(n=n)
    if details:
        text = _("Evaluated again, the audit does not give what the report says.")
    yield Check(
        id="evaluation", outcome="differs" if details else "holds", text=text, details=details
    )


def _earlier_check(report: Received) -> Iterator[Check]:
    """For a comparison, the same of what it looks back to."""
    if report.manifest.kind != "comparison":
        return
    parts = report.unpacked
    files = (EARLIER_AUDIT, RULESET, EARLIER_EVALUATION)
    troubles = tuple(parts.troubles[each] for each in files if each in parts.troubles)
    earlier = None if parts.subject is None else parts.subject.earlier
    if troubles or parts.subject is None or earlier is None or parts.earlier is None:
        text = _("What the report looks back to cannot be evaluated again.")
        yield Check(id="earlier", outcome="differs", text=text, details=troubles)
        return
    with speaking(parts.wish.language):
        found = _evaluated(parts.subject.ruleset, earlier.audit, earlier)
    details = tuple(evaluation_differences(parts.earlier, found))
    text = _("Evaluated again, what the report looks back to gives what it carries of it.")
    if details:
        text = _("Evaluated again, what the report looks back to does not give what it says.")
    yield Check(id="earlier", outcome="differs" if details else "holds", text=text, details=details)


def _evaluated(ruleset: RuleSet, audit: Audit, state: Subject | Earlier) -> EvaluationResult:
    program = compile_ruleset(ruleset)
    facts = facts_of(program, audit, state.states, state.as_of)
    return evaluation_result(evaluate(program, facts), audit)


def _evidence_checks(report: Received, folder: Path | None) -> Iterator[Check]:
    if folder is None:
        return
    subject = report.unpacked.subject
    if subject is None or subject.audit is None:
        text = _("No piece of evidence can be compared: the report carries no audit to go by.")
        yield Check(id="evidence", outcome="unchecked", text=text)
        return
    yield evidence_check(subject, folder, named="evidence_titles" not in report.manifest.left_out)
