"""From a subject to the bytes of its report: a pure function of what the subject and wish hold."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.gaps import gaps
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.language import speaking
from norm_engine.model.audit import Audit
from norm_engine.planning.solver import Watch
from norm_engine.presentation.document import Document, bare
from norm_engine.presentation.document_html import html_of
from norm_engine.presentation.gaps_result import gaps_result
from norm_engine.presentation.results import evaluation_result
from norm_engine.reports.compared import compared
from norm_engine.reports.kinds.checklist import checklist_document
from norm_engine.reports.kinds.comparison import comparison_document
from norm_engine.reports.kinds.compliance import compliance_document
from norm_engine.reports.kinds.plan import plan_document
from norm_engine.reports.kinds.self_audit import self_audit_document
from norm_engine.reports.kinds.summary import summary_document
from norm_engine.reports.logo import checked_logo
from norm_engine.reports.material import Evaluated, Material
from norm_engine.reports.pdf.beginning import Logo
from norm_engine.reports.pdf.finishing import Description
from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.planned import planned
from norm_engine.reports.proof.carried import Results, carry
from norm_engine.reports.proof.reduction import readable
from norm_engine.reports.subject import Earlier, Kind, Subject, Wish

WRITERS: Mapping[Kind, Callable[[Material], Document]] = {
    "self-audit": self_audit_document,
    "compliance": compliance_document,
    "checklist": checklist_document,
    "summary": summary_document,
    "plan": plan_document,
    "comparison": comparison_document,
}
"""What makes the document of each kind of report."""

_LOCALES = {"fr": "fr-FR", "en": "en-GB"}


def render_pdf(subject: Subject, wish: Wish, watch: Watch | None = None) -> bytes:
    """A report as a PDF file that carries what it was made from.

    The same subject and wish give the same bytes, on any day and any machine with the same
    versions of the libraries that the file names.

    Args:
        watch: told how far the search for a plan is.

    Raises:
        InvalidInput: when the logo is not one that can be used.
    """
    with speaking(wish.language):
        material = material_of(subject, wish, watch)
        document = WRITERS[wish.kind](material)
        audit = material.subject.audit
        described = Description(
            title=f"{document.eyebrow} – {bare(document.title)}",
            author=audit.structure.name if audit is not None else material.ruleset.head.id,
            language=_LOCALES[wish.language],
            day=subject.as_of,
        )
        return pdf_of(document, described, material.carried.files, _logo(wish))


def render_html(subject: Subject, wish: Wish, watch: Watch | None = None) -> bytes:
    """The same report as one HTML page that needs nothing else."""
    with speaking(wish.language):
        material = replace(material_of(subject, wish, watch), form="html")
        return html_of(WRITERS[wish.kind](material)).encode()


def material_of(subject: Subject, wish: Wish, watch: Watch | None = None) -> Material:
    """What a report is written from: its subject as its reader may see it, evaluated."""
    shown, _left_out = readable(subject, wish)
    if shown.audit is None:
        carried = carry(subject, wish, Results())
        return Material(carried.subject, wish, carried, None)
    program = compile_ruleset(shown.ruleset)
    evaluated = _evaluated(program, shown.audit, shown)
    plan = planned(shown, wish, program, watch)
    results, comparison = Results(evaluated.result, plan=plan), None
    if wish.kind == "comparison" and shown.earlier is not None:
        earlier = _evaluated(program, shown.earlier.audit, shown.earlier)
        both = (earlier.evaluation, evaluated.evaluation)
        comparison = compared(shown, shown.audit, both)
        results = replace(results, earlier=earlier.result)
    carried = carry(subject, wish, results)
    return Material(carried.subject, wish, carried, evaluated, plan=plan, comparison=comparison)


def _evaluated(program: Program, audit: Audit, state: Subject | Earlier) -> Evaluated:
    facts = facts_of(program, audit, state.states, state.as_of)
    evaluation = evaluate(program, facts)
    found = gaps(evaluation)
    return Evaluated(
        audit,
        evaluation,
        evaluation_result(evaluation, audit, found),
        gaps_result(evaluation, audit, found),
    )


def _logo(wish: Wish) -> Logo | None:
    if wish.logo is None:
        return None
    checked = checked_logo(wish.logo)
    return Logo(checked.content, checked.width, checked.height)
