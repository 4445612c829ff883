"""The checklist of a workshop: boxes to tick, room to write, evidence to bring."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from norm_engine.language import _, ngettext
from norm_engine.model.results import RequirementResult
from norm_engine.model.ruleset import Criterion, Requirement, Workshop
from norm_engine.presentation.document import (
    Block,
    Document,
    Facts,
    Items,
    Line,
    Mark,
    Paragraph,
    Room,
    Section,
    Strong,
    Together,
)
from norm_engine.presentation.uses import names_in, uses
from norm_engine.presentation.wording import gravity_said, level_said, status_said
from norm_engine.reports.kinds.parts_frame import (
    disclaimer_notice,
    frame,
    identity_facts,
    proof_section,
)
from norm_engine.reports.kinds.parts_words import by_domain, capital, line_of, paragraphs_of
from norm_engine.reports.material import Material

_MISSING_SHOWN = 3


def checklist_document(material: Material) -> Document:
    """The checklist of one workshop or of all, blank or filled in from an audit."""
    ruleset = material.ruleset
    chosen = [
        each
        for each in ruleset.head.workshops
        if material.wish.workshop in (None, each.id) and _inside(each, material)
    ]
    audit = material.subject.audit
    title: Line = line_of(ruleset.head.title, ruleset)
    if audit is not None:
        title = (audit.structure.name,)
    elif len(chosen) == 1:
        title = line_of(chosen[0].title, ruleset)
    return frame(
        material,
        title,
        _("Workshop checklist") if len(chosen) == 1 else _("Workshop checklists"),
        (_how_to_use(material), identity_facts(material), disclaimer_notice(material)),
        (*_workshops(chosen, material), proof_section(material)),
        cover=False,
    )


def _inside(workshop: Workshop, material: Material) -> list[Requirement]:
    """The requirements of a workshop, in the order of the domains."""
    return [each for each in by_domain(material.ruleset) if each.workshop == workshop.id]


def _how_to_use(material: Material) -> Paragraph:
    words = _(
        "For each requirement: read what it asks, tick the criteria that hold today, tick the"
        " evidence that is on the table, and write what is left to do."
    )
    if material.evaluated is not None:
        words = _(
            "For each requirement: what the audit says today is shown beside the criteria. Tick"
            " what the group confirms, and write what is left to do."
        )
    return Paragraph((words,), "lead")


def _workshops(workshops: Sequence[Workshop], material: Material) -> list[Section]:
    """Each workshop on pages of its own, to hand out; the first begins below what opens them."""
    sections = [_workshop(each, material) for each in workshops]
    return [replace(each, new_page=number > 0) for number, each in enumerate(sections)]


def _workshop(workshop: Workshop, material: Material) -> Section:
    ruleset = material.ruleset
    inside = _inside(workshop, material)
    aims = tuple(paragraphs_of(each, ruleset) for each in workshop.aims)
    rows: list[tuple[str, tuple[Block, ...]]] = []
    if aims:
        rows.append((_("Aims"), (Items(aims),)))
    results = _results(material)
    number = ruleset.head.workshops.index(workshop) + 1
    return Section(
        f"workshop-{workshop.id}",
        (_("Workshop {n}").format(n=number), " · ", *line_of(workshop.title, ruleset)),
        (
            Together((Room(_("Structure, date and place"), 1), Room(_("Participants"), 2))),
            *((Facts(tuple(rows)),) if rows else ()),
            *_to_bring(inside, material),
            Section(
                f"requirements-{workshop.id}",
                (_count(len(inside)),),
                tuple(_requirement(each, results.get(each.id), material) for each in inside),
            ),
        ),
    )


def _count(number: int) -> str:
    return ngettext(
        "{n} requirement to go through", "{n} requirements to go through", number
    ).format(n=number)


def _results(material: Material) -> Mapping[str, RequirementResult]:
    evaluated = material.evaluated
    return {} if evaluated is None else {each.id: each for each in evaluated.result.requirements}


def _to_bring(inside: Sequence[Requirement], material: Material) -> tuple[Section, ...]:
    wanted = {name for each in inside for form, name in uses(each) if form == "evidence"}
    kinds = [name for name in material.ruleset.evidence if name in wanted]
    if not kinds:
        return ()
    items = tuple((Paragraph(_kind_line(kind, material)),) for kind in kinds)
    anchor = f"bring-{inside[0].workshop}"
    return (Section(anchor, (_("Evidence to bring"),), (Items(items, ticks=True),)),)


def _kind_line(kind: str, material: Material) -> Line:
    """A kind of evidence; with an audit, what it holds of it today."""
    title = line_of(material.ruleset.evidence[kind].title, material.ruleset)
    evaluated = material.evaluated
    if evaluated is None:
        return title
    program, facts = evaluated.evaluation.program, evaluated.evaluation.facts
    counted = facts.evidence[program.kind_index[kind]]
    if counted is None:
        return (*title, " – ", Mark("unknown", _("nothing recorded, nothing said")))
    if counted == 0:
        return (*title, " – ", Mark("false", _("none that counts")))
    said = ngettext("{n} piece counts", "{n} pieces count", counted).format(n=counted)
    return (*title, " – ", Mark("true", said))


def _requirement(
    requirement: Requirement, result: RequirementResult | None, material: Material
) -> Section:
    ruleset = material.ruleset
    criteria = [
        _criterion(each, place, result, material) for place, each in enumerate(requirement.criteria)
    ]
    return Section(
        requirement.id,
        line_of(requirement.title, ruleset),
        (
            Paragraph(_standing(requirement, result), "note"),
            *paragraphs_of(requirement.statement, ruleset),
            Items((*criteria, *_bring(requirement, material)), ticks=True),
            *(_missing(result) if result is not None else ()),
            Room(_("Notes, who, by when"), 2 if result is None else 1),
        ),
        code=requirement.id,
        listed=False,
        together=True,
    )


def _standing(requirement: Requirement, result: RequirementResult | None) -> Line:
    """What kind of requirement it is and, with an audit, its status of the day."""
    said = capital(level_said(requirement.level))
    if requirement.level == "requirement":
        said = _("Gravity: {gravity}").format(gravity=gravity_said(requirement.gravity))
    if result is None:
        return (said,)
    today = _("Today: {status}").format(status=status_said(result.status))
    return (f"{said} · ", Mark(result.status, today))


def _criterion(
    criterion: Criterion, place: int, result: RequirementResult | None, material: Material
) -> tuple[Block, ...]:
    line = line_of(criterion.text, material.ruleset)
    if not criterion.essential:
        line = (*line, " ", _("(not essential)"))
    if result is None:
        return (Paragraph(line),)
    found = result.criteria[place]
    marks: Line = (
        " – ",
        Mark(found.declared, _("declared")),
        ", ",
        Mark(found.proven, _("proven")),
    )
    return (Paragraph((*line, *marks)),)


def _bring(requirement: Requirement, material: Material) -> list[tuple[Block, ...]]:
    """The evidence of a requirement, to tick where it is on the table."""
    kinds = [
        name
        for criterion in requirement.criteria
        for form, name in sorted(names_in(criterion.proof))
        if form == "evidence"
    ]
    ruleset = material.ruleset
    return [
        (Paragraph((Strong(_("To bring: ")), *line_of(ruleset.evidence[kind].title, ruleset))),)
        for kind in dict.fromkeys(kinds)
    ]


def _missing(result: RequirementResult) -> tuple[Block, ...]:
    """The smallest repair, which the group may start from."""
    if not result.repairs:
        return ()
    said = _("; ").join(each.text for each in result.repairs[0])
    return (Paragraph((Strong(_("What would be enough: ")), said)),)
