"""Requirements by grade: strengths first, what weighs most last."""

from collections.abc import Mapping, Sequence

from norm_engine.language import _, ngettext
from norm_engine.model.ruleset import GRADES, Grade
from norm_engine.presentation.document import Block, Column, Line, Link, Paragraph, Section, Table
from norm_engine.reports.kinds.parts_requirements import linked
from norm_engine.reports.kinds.parts_words import by_domain, capital, line_of
from norm_engine.reports.kinds.requirement_sheet import Desk, derived_said, status_line


def effective_grade(name: str, found: Desk) -> Grade | None:
    """The auditor's grade where there is a finding, else the one derived; None when neither is."""
    findings = found.findings.get(name)
    if findings:
        return findings[0].grade
    result = found.results[name]
    return next((grade for grade in GRADES if grade == result.grade), None)


def grades_section(found: Desk) -> Section:
    """Requirements by grade: what is good first, what weighs most last."""
    members: dict[Grade | None, list[str]] = {}
    for each in by_domain(found.material.ruleset):
        if found.results[each.id].status != "not_applicable" or each.id in found.findings:
            members.setdefault(effective_grade(each.id, found), []).append(each.id)
    order: tuple[Grade, ...] = ("strength", "improvement", "sensitive", "minor", "major")
    sections = [_grade_section(grade, members.get(grade, []), found) for grade in order]
    words = _("Grades are derived from answers and evidence: no finding is recorded.")
    if found.findings:
        words = _(
            "The auditor’s grade where there is a finding, else the grade derived from answers and"
            " evidence."
        )
    return Section(
        "grades",
        (_("Strengths, leads and nonconformities"),),
        (Paragraph((words,)), *sections, *_others(members, found)),
    )


def _grade_section(grade: Grade, names: Sequence[str], found: Desk) -> Section:
    blocks: tuple[Block, ...] = (Paragraph((_("None."),)),)
    if names:
        blocks = (_grade_table(names, found),)
    return Section(f"grade-{grade}", (_grades_title(grade),), blocks, together=len(names) < 12)


def _grades_title(grade: Grade) -> str:
    return {
        "strength": _("Strengths"),
        "improvement": _("Improvement leads"),
        "sensitive": _("Weak points"),
        "minor": _("Minor nonconformities"),
        "major": _("Major nonconformities"),
        "satisfactory": _("Satisfactory"),
    }[grade]


def _grade_table(names: Sequence[str], found: Desk) -> Table:
    """Requirements with their status and, where findings are recorded, whence their grade comes."""
    head: tuple[str, ...] = (_("Requirement"), _("Status"))
    columns: tuple[Column, ...] = (Column(0.62), Column(0.38))
    rows = [(_name_line(name, found), status_line(found.results[name])) for name in names]
    if not found.findings:
        return Table((_counted(names),), head, tuple(rows), columns)
    columns = (Column(0.52), Column(0.22), Column(0.26))
    return Table(
        (_counted(names),),
        (*head, _("Where the grade comes from")),
        tuple((*row, (_origin(name, found),)) for row, name in zip(rows, names, strict=True)),
        columns,
    )


def _origin(name: str, found: Desk) -> str:
    result = found.results[name]
    findings = found.findings.get(name)
    if not findings:
        return _("derived")
    if result.grades == (findings[0].grade,):
        return _("finding {id}").format(id=findings[0].id)
    return _("finding {id}; derived: {grade}").format(id=findings[0].id, grade=derived_said(result))


def _others(members: Mapping[Grade | None, Sequence[str]], found: Desk) -> list[Section]:
    """Requirements with nothing to say against them, and those without a single grade."""
    sections = []
    fine = members.get("satisfactory", ())
    if fine:
        title = _grades_title("satisfactory")
        count = Paragraph((_("{count}: ").format(count=_counted(fine)), *linked(fine)))
        sections.append(Section("grade-satisfactory", (title,), (count,)))
    undecided = members.get(None, ())
    waiting = [name for name in undecided if found.results[name].status == "blocked"]
    still_open = [name for name in undecided if name not in waiting]
    if waiting:
        title = _("Blocked behind another requirement")
        sections.append(_derived_section("grade-blocked", title, waiting, found))
    if still_open:
        title = _("Several grades still possible")
        sections.append(_derived_section("grade-open", title, still_open, found))
    return sections


def _derived_section(anchor: str, title: str, names: Sequence[str], found: Desk) -> Section:
    rows = tuple(
        (_name_line(name, found), (capital(derived_said(found.results[name])),)) for name in names
    )
    head = (_("Requirement"), _("Grade derived"))
    table = Table((_counted(names),), head, rows, (Column(0.6), Column(0.4)))
    return Section(anchor, (title,), (table,))


def _counted(names: Sequence[str]) -> str:
    return ngettext("{n} requirement", "{n} requirements", len(names)).format(n=len(names))


def _name_line(name: str, found: Desk) -> Line:
    title = line_of(found.requirements[name].title, found.material.ruleset)
    return (Link(f"#{name}", name), " ", *title)
