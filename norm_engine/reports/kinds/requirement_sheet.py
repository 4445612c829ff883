"""One requirement as an auditor's report shows it: what it asks, what was seen, what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from norm_engine.engine.facts import PieceState
from norm_engine.language import _
from norm_engine.language.figures import date_said, listed
from norm_engine.model.audit import Audit, Finding
from norm_engine.model.results import CriterionResult, RequirementResult
from norm_engine.model.ruleset import GRADES, Criterion, Requirement
from norm_engine.presentation.conditions import said
from norm_engine.presentation.document import (
    Badge,
    Block,
    Column,
    Facts,
    Items,
    Line,
    Link,
    Mark,
    Notice,
    Paragraph,
    Section,
    Strong,
    Table,
    bare,
)
from norm_engine.presentation.page_parts import grades_said
from norm_engine.presentation.result_words import score_said
from norm_engine.presentation.uses import names_in, uses
from norm_engine.presentation.wording import (
    basis_said,
    grade_said,
    gravity_said,
    level_said,
    status_said,
)
from norm_engine.reports.kinds.answers import answer_blocks
from norm_engine.reports.kinds.parts_requirements import truth_mark
from norm_engine.reports.kinds.parts_words import (
    capital,
    language_of,
    line_of,
    paragraphs_of,
    several,
    split_paragraphs,
    together,
)
from norm_engine.reports.kinds.pieces import (
    Inventoried,
    inventory,
    judged,
    piece_blocks,
    standing_mark,
)
from norm_engine.reports.material import Evaluated, Material

Row = tuple[str, tuple[Block, ...]]


@dataclass(frozen=True)
class Desk:
    """What the sheets of all requirements share, looked up once.

    Attributes:
        findings: by requirement, the most severe first.
        pieces: by their ids.
        judged: the pieces of each kind, with whether they count.
    """

    material: Material
    evaluated: Evaluated
    results: Mapping[str, RequirementResult]
    requirements: Mapping[str, Requirement]
    findings: Mapping[str, Sequence[Finding]]
    pieces: Mapping[str, Inventoried]
    judged: Mapping[str, Sequence[PieceState]]

    @property
    def audit(self) -> Audit:
        """The audit that the report is about."""
        return self.evaluated.audit


def desk(material: Material, evaluated: Evaluated) -> Desk:
    """What sheets are made from."""
    findings: dict[str, list[Finding]] = {}
    for finding in sorted(evaluated.audit.findings, key=lambda each: GRADES.index(each.grade)):
        findings.setdefault(finding.requirement, []).append(finding)
    return Desk(
        material,
        evaluated,
        {each.id: each for each in evaluated.result.requirements},
        {each.id: each for each in material.ruleset.requirements},
        findings,
        {each.piece.id: each for each in inventory(material)},
        judged(material, evaluated),
    )


def requirement_sheet(requirement: Requirement, desk: Desk) -> Section:
    """The sheet of one requirement."""
    result = desk.results[requirement.id]
    ruleset = desk.material.ruleset
    inside: tuple[Block, ...]
    if result.status == "not_applicable" and requirement.id not in desk.findings:
        inside = (Facts((*_verdict(result, desk), *_unapplied(requirement, desk))),)
    else:
        inside = (
            Facts((*_verdict(result, desk), *_prerequisites(requirement, desk))),
            *_difference(result, desk),
            _criteria(requirement, result, desk),
            Facts(
                (
                    _examined(requirement, desk),
                    *_answers(_named(requirement, "question", ruleset.questions), desk),
                    _basis(requirement, desk),
                )
            ),
        )
    return Section(
        requirement.id,
        line_of(requirement.title, ruleset),
        (*paragraphs_of(requirement.statement, ruleset), *inside),
        code=requirement.id,
        badges=_badges(requirement),
        together=True,
    )


def _badges(requirement: Requirement) -> tuple[Badge, ...]:
    gravity = _("Gravity: {gravity}").format(gravity=gravity_said(requirement.gravity))
    weight = _("Weight: {weight}").format(weight=requirement.weight)
    found = (
        Badge(capital(level_said(requirement.level))),
        Badge(gravity, strong=requirement.gravity == "major"),
        Badge(weight),
    )
    clause = requirement.clause
    return (*found, Badge(_("Clause {clause}").format(clause=clause))) if clause else found


def status_line(result: RequirementResult) -> Line:
    """The status with its mark, the statuses possible where it is not determined."""
    said = capital(status_said(result.status))
    if result.status == "undetermined":
        possible = _(" or ").join(status_said(each) for each in result.possible)
        said = _("{status}: {possible}").format(status=said, possible=possible)
    return (Mark(result.status, said),)


def derived_said(result: RequirementResult) -> str:
    """The grade derived, or those still possible."""
    return grades_said(result.grades or ("none",))


def _verdict(result: RequirementResult, desk: Desk) -> list[Row]:
    """What is derived, and right under it what the auditor found."""
    notes = []
    if result.status != "not_applicable":
        notes.append(derived_said(result))
    if result.declared.status != result.status:
        notes.append(_("declared: {status}").format(status=status_said(result.declared.status)))
    if result.credit is not None:
        notes.append(_("credit: {credit}").format(credit=score_said(result.credit)))
    derived: Line = status_line(result)
    if notes:
        derived = (*derived, f" · {together(notes)}")
    rows: list[Row] = [(_("Derived result"), (Paragraph(derived),))]
    for finding in desk.findings.get(result.id, ()):
        rows.append((_("Auditor’s finding"), finding_blocks(finding)))
    return rows


def finding_blocks(finding: Finding) -> tuple[Block, ...]:
    """A finding: its grade, its text, who noted it and when, and the evidence behind it."""
    day = "" if finding.on is None else date_said(finding.on)
    seen = _("pieces examined: {pieces}").format(pieces=listed(finding.examined))
    out = _("pieces rejected: {pieces}").format(pieces=listed(finding.rejected))
    notes = [
        finding.by or "",
        day,
        seen if finding.examined else "",
        out if finding.rejected else "",
    ]
    first, *rest = split_paragraphs(finding.text) or [""]
    head: Line = (
        Strong(_("{id}, {grade}").format(id=finding.id, grade=grade_said(finding.grade))),
    )
    line = (*head, _(": "), first) if first else head
    note = together(notes)
    return (
        Paragraph(line),
        *(Paragraph((each,)) for each in rest),
        *((Paragraph((note,), "note"),) if note else ()),
    )


def _difference(result: RequirementResult, desk: Desk) -> tuple[Block, ...]:
    second = desk.evaluated.result.decision_with_findings
    differences = () if second is None else second.differences
    found = next((each for each in differences if each.requirement == result.id), None)
    if found is None:
        return ()
    words = _("{found} for the auditor, {derived} for the evaluation.").format(
        found=capital(grade_said(found.found)), derived=grades_said(found.derived or ("none",))
    )
    title = _("The auditor’s finding differs from the grade derived")
    return (Notice(title, (Paragraph((words,)),), "open"),)


def _prerequisites(requirement: Requirement, desk: Desk) -> list[Row]:
    if not requirement.requires:
        return []
    items = [(Paragraph(requirement_line(name, desk)),) for name in requirement.requires]
    return [(_("Must hold first"), several(items))]


def requirement_line(name: str, desk: Desk) -> Line:
    """A requirement as a link, with its title and its status."""
    result = desk.results[name]
    title = line_of(desk.requirements[name].title, desk.material.ruleset)
    return (
        Link(f"#{name}", name), " ", *title, " – ", Mark(result.status, status_said(result.status)),
    )  # fmt: skip


def _criteria(requirement: Requirement, result: RequirementResult, desk: Desk) -> Table:
    rows = tuple(
        (
            _criterion_line(criterion, desk),
            (truth_mark(found.declared),),
            (truth_mark(found.proven),),
        )
        for criterion, found in _pairs(requirement, result)
    )
    return Table(
        (_("Criteria"),),
        (_("Criterion"), _("Declared"), _("Proven")),
        rows,
        (Column(0.62), Column(0.19), Column(0.19)),
    )


def _pairs(
    requirement: Requirement, result: RequirementResult
) -> list[tuple[Criterion, CriterionResult]]:
    return list(zip(requirement.criteria, result.criteria, strict=True))


def _criterion_line(criterion: Criterion, desk: Desk) -> Line:
    line = line_of(criterion.text, desk.material.ruleset)
    notes = [] if criterion.essential else [_("adds credit, not essential")]
    if criterion.weight != 1:
        notes.append(_("counts {n} times").format(n=criterion.weight))
    return (*line, f" ({', '.join(notes)})") if notes else line


def _examined(requirement: Requirement, desk: Desk) -> Row:
    """The pieces recorded for the kinds it asks for, and those the auditor examined besides."""
    kinds = _named(requirement, "evidence", desk.material.ruleset.evidence)
    verdicts: dict[str, Line] = {}
    for kind in kinds:
        for state in desk.judged.get(kind, ()):
            verdicts.setdefault(state.piece.id, (standing_mark(state.reason),))
    for finding in desk.findings.get(requirement.id, ()):
        for name in finding.examined:
            verdicts.setdefault(name, (_("examined by the auditor besides"),))
    items = [
        piece_blocks(desk.pieces[name], verdict)
        for name, verdict in verdicts.items()
        if name in desk.pieces
    ]
    items += [(Paragraph(_nothing(kind, desk)),) for kind in kinds if kind not in desk.judged]
    return _("Evidence recorded"), several(items) or (Paragraph((_("No evidence is asked for."),)),)


def _nothing(kind: str, desk: Desk) -> Line:
    """That nothing is recorded of a kind, and whether the structure says that it has none."""
    title = line_of(desk.material.ruleset.evidence[kind].title, desk.material.ruleset)
    if kind in desk.audit.no_evidence:
        return (*title, " – ", Mark("false", _("the structure says it has none")))
    return (*title, " – ", Mark("unknown", _("nothing recorded, nothing said")))


def _unapplied(requirement: Requirement, desk: Desk) -> list[Row]:
    """Why it does not apply, and what it would ask; nothing is judged."""
    ruleset = desk.material.ruleset
    asked = tuple(paragraphs_of(each.text, ruleset) for each in requirement.criteria)
    rows: list[Row] = [
        (_("Criteria, were it to apply"), (Items(asked),)),
        _basis(requirement, desk),
    ]
    condition = requirement.applies_when
    if condition is None:
        return rows
    named = {name for form, name in names_in(condition) if form == "question"}
    when: Row = (_("Applies when"), (Paragraph((capital(said(condition, ruleset)),)),))
    answers = _answers([name for name in ruleset.questions if name in named], desk)
    return [when, *answers, *rows]


def _answers(names: Sequence[str], desk: Desk) -> list[Row]:
    if not names:
        return []
    return [(_("Answers of the structure"), answer_blocks(names, desk.audit, desk.material))]


def _named(requirement: Requirement, kind: str, order: Mapping[str, object]) -> list[str]:
    """The questions, or kinds of evidence, that a requirement rests on, in the rule set's order."""
    wanted = {name for form, name in uses(requirement) if form == kind}
    return [name for name in order if name in wanted]


def _basis(requirement: Requirement, desk: Desk) -> Row:
    line: Line = (capital(basis_said(requirement.basis)),)
    for name in requirement.sources:
        line = (*line, _("; "), *_source(name, desk))
    return _("Basis and sources"), (Paragraph(line),)


def _source(name: str, desk: Desk) -> Line:
    ruleset = desk.material.ruleset
    source = ruleset.head.sources[name]
    title = line_of(source.title, ruleset)
    if source.url:
        title = (Link(source.url, bare(title), language_of(source.title, ruleset)),)
    return (f"{name} ", *title, f", {source.publisher}" if source.publisher else "")
