"""A report in its smallest form: a page of text for each domain, and the files it carries.

What verification says of a report does not depend on how its pages look; these are written in a
few milliseconds.
"""

import hashlib
import io
from dataclasses import replace

import pikepdf
from pikepdf import Dictionary, Name, Pdf

from norm_engine.engine.evaluation import evaluate
from norm_engine.engine.program import compile_ruleset, facts_of
from norm_engine.language import speaking
from norm_engine.model.results import EvaluationResult
from norm_engine.presentation.results import evaluation_result
from norm_engine.reports.planned import planned
from norm_engine.reports.proof.carried import Carried, Results, carry
from norm_engine.reports.proof.reduction import readable
from norm_engine.reports.subject import Subject, Wish


def small_report(subject: Subject, wish: Wish) -> bytes:
    """A report with a page a domain: the same subject and wish give the same bytes."""
    with speaking(wish.language):
        shown, _codes = readable(subject, wish)
        results = results_of(shown, wish)
        carried = carry(subject, wish, results)
    pdf = Pdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for words in pages_of(shown, results.evaluation):
        page = pdf.add_blank_page()
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content_of([*words, *carried.printed.values()]))
    attach(pdf, carried)
    made = io.BytesIO()
    pdf.save(made, deterministic_id=True, compress_streams=True)
    return made.getvalue()


def results_of(shown: Subject, wish: Wish) -> Results:
    """All that a report on a subject as its reader may see it holds, in the language in force."""
    earlier = shown.earlier
    plan = None
    if wish.kind == "plan":
        plan = planned(shown, wish, compile_ruleset(shown.ruleset))
    return Results(
        evaluated(shown),
        None
        if earlier is None
        else evaluated(
            replace(shown, audit=earlier.audit, as_of=earlier.as_of, states=earlier.states)
        ),
        plan,
    )


def evaluated(subject: Subject) -> EvaluationResult | None:
    """The result of evaluating a subject, in the language in force; None without an audit."""
    if subject.audit is None:
        return None
    program = compile_ruleset(subject.ruleset)
    facts = facts_of(program, subject.audit, subject.states, subject.as_of)
    return evaluation_result(evaluate(program, facts), subject.audit)


def pages_of(subject: Subject, result: EvaluationResult | None) -> list[list[str]]:
    """The words of each page: the statuses of a domain's requirements."""
    statuses = {} if result is None else {each.id: each.status for each in result.requirements}
    return [
        [
            f"{each.id} {statuses.get(each.id, '')}"
            for each in subject.ruleset.requirements
            if each.domain == domain.id
        ]
        for domain in subject.ruleset.head.domains
    ]


def content_of(lines: list[str]) -> bytes:
    """The content of a page of text."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 8 Tf 8 TL 20 760 Td {shown} ET".encode("latin-1", "replace")


def attach(pdf: pikepdf.Pdf, carried: Carried) -> None:
    """Attach the files that a report carries, without the day on which this is done."""
    specifications = pikepdf.Array()
    names = pikepdf.Array()
    for each in sorted(carried.files, key=lambda file: file.name):
        stream = pdf.make_stream(each.content)
        stream.Type = Name.EmbeddedFile
        stream.Params = Dictionary(CheckSum=hashlib.md5(each.content).digest())
        specification = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec,
                F=each.name,
                UF=each.name,
                AFRelationship=Name(f"/{each.relationship}"),
                EF=Dictionary(F=stream, UF=stream),
            )
        )
        specifications.append(specification)
        names.append(pikepdf.String(each.name))
        names.append(specification)
    pdf.Root.AF = specifications
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
