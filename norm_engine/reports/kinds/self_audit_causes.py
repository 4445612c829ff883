"""Root causes in a self-audit: what is missing, and every requirement that it holds back."""

from collections.abc import Callable, Iterator, Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.results import CauseResult
from norm_engine.presentation.document import (
    Block,
    Column,
    Facts,
    Figure,
    Inline,
    Items,
    Line,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.evaluation_page import number_word
from norm_engine.presentation.gap_counts import gaps_said
from norm_engine.presentation.graph_picture import graph_scene, shown_links
from norm_engine.presentation.scene import Scene
from norm_engine.reports.kinds.parts_missing import missing_said
from norm_engine.reports.kinds.parts_requirements import (
    evaluated_of,
    gap_count_of,
    linked,
    status_mark,
    title_lines,
)
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.material import Material

AT_LEAST = 12
"""Sets of causes shown even where each holds back only one requirement."""

AT_MOST = 40
"""Sets of causes shown where many hold back several requirements."""

_WIDEST = 800.0
"""Width of a picture, in points, beyond which its words would be too small on paper."""

Target = Callable[[str], str]


def causes_section(material: Material, target: Target) -> Section:
    """The root causes, those that hold most back first, and the picture of the worst gap."""
    evaluated = evaluated_of(material)
    causes = evaluated.gaps.causes
    title = (_("Root causes"),)
    if not causes:
        none = Paragraph((_("No gap among what is determined so far."),))
        return Section("causes", title, (none,))
    groups = grouped(causes)
    shown = chosen(groups)
    blocks: list[Block] = [
        Paragraph((_opening(material),), "lead"),
        Paragraph((_most_held(groups),)),
        Facts(tuple(_row(each, material, target) for each in shown)),
    ]
    rest = sum(len(each) for each in groups[len(shown) :])
    if rest:
        blocks.append(Paragraph((_rest_said(rest),), "note"))
    return Section("causes", title, (*blocks, *_picture(material, target)), new_page=True)


def grouped(causes: Sequence[CauseResult]) -> list[list[CauseResult]]:
    """Causes that hold back the same requirements, together; in the order of the first of each."""
    found: dict[tuple[str, ...], list[CauseResult]] = {}
    for cause in causes:
        found.setdefault(cause.holds_back, []).append(cause)
    return list(found.values())


def chosen(groups: Sequence[list[CauseResult]]) -> Sequence[list[CauseResult]]:
    """Those that hold back several requirements, or the first ones where there are few of these."""
    several = sum(len(each[0].holds_back) > 1 for each in groups)
    return groups[: min(max(several, AT_LEAST), AT_MOST)]


def _opening(material: Material) -> str:
    gaps = evaluated_of(material).gaps
    causes = len(gaps.causes)
    return ngettext(
        "{gaps}: they come down to {n} missing thing.",
        "{gaps}: they come down to {n} missing things.",
        causes,
    ).format(gaps=gaps_said(gap_count_of(material)), n=number_said(causes))


def _most_held(groups: Sequence[list[CauseResult]]) -> str:
    """What those that hold most back come to together."""
    held = {name for each in groups[:3] for name in each[0].holds_back}
    things = sum(len(each) for each in groups[:3])
    first = ngettext(
        "The missing thing that weighs most holds back",
        "The {n} missing things that weigh most hold back",
        things,
    ).format(n=number_word(things))
    return ngettext("{things} {n} requirement.", "{things} {n} requirements.", len(held)).format(
        things=first, n=number_said(len(held))
    )


def _row(
    causes: Sequence[CauseResult], material: Material, target: Target
) -> tuple[str, tuple[Block, ...]]:
    """What holds back the same requirements: these, what is missing, and what supplies it."""
    held = causes[0].holds_back
    label = ngettext("{n} requirement", "{n} requirements", len(held)).format(n=len(held))
    missing = Items(tuple((Paragraph(line),) for line in _causes(causes, material, target)))
    blocks: list[Block] = [Paragraph(linked(held, target)), missing]
    actions = tuple(dict.fromkeys(name for each in causes for name in each.actions))
    if actions:
        blocks.append(Paragraph(_supplied(actions, material), "note"))
    return label, tuple(blocks)


def _causes(causes: Sequence[CauseResult], material: Material, target: Target) -> Iterator[Line]:
    """What is missing: first what is enough by itself, then the rest."""
    held = causes[0].holds_back
    for cause in causes:
        if cause.closes_alone == held:
            yield (cause.atom.text, _(" – enough by itself"))
        elif cause.closes_alone:
            alone = linked(cause.closes_alone, target)
            yield (cause.atom.text, _(" – enough by itself for "), *alone)
    rest = [cause.atom for cause in causes if not cause.closes_alone]
    yield from ((said,) for said in missing_said(rest, material.ruleset))


def _supplied(actions: Sequence[str], material: Material) -> Line:
    """The actions that supply what is missing."""
    line: list[Inline] = [ngettext("Action: ", "Actions: ", len(actions))]
    for position, name in enumerate(actions):
        title = line_of(material.ruleset.actions[name].title, material.ruleset)
        line += [_("; "), *title] if position else title
    return tuple(line)


def _rest_said(rest: int) -> str:
    return ngettext(
        "{n} other missing thing is named in the sheets of the requirements.",
        "{n} other missing things are named in the sheets of the requirements.",
        rest,
    ).format(n=number_said(rest))


def _picture(material: Material, target: Target) -> tuple[Block, ...]:
    """What the first gap that is tied to others rests on, where paper can hold it."""
    for gap in evaluated_of(material).gaps.gaps:
        scene = graph_scene(material.ruleset, requirement=gap.id, after=False)
        table = _links_table(gap.id, material, target)
        if table.rows and scene.width <= _WIDEST:
            return (_picture_section(gap.id, scene, table, material),)
    return ()


def _picture_section(name: str, scene: Scene, table: Table, material: Material) -> Section:
    title = (_("What {requirement} is tied to").format(requirement=name),)
    said = _(
        "This gap is the gravest of those that are tied to other requirements. What stands on its"
        " left must hold first; what stands on its right waits for it."
    )
    return Section(
        "tied", title, (Paragraph((said,)), Figure(scene, table)), listed=False, together=True
    )


def _links_table(name: str, material: Material, target: Target) -> Table:
    shown, links = shown_links(material.ruleset, requirement=name, after=False)
    titles = title_lines(material)
    status = {each.id: each.status for each in evaluated_of(material).result.requirements}
    waits = {each.id: [link.before for link in links if link.after == each.id] for each in shown}
    rows = tuple(
        (
            linked([each.id], target),
            titles[each.id],
            (status_mark(status[each.id]),),
            linked(waits[each.id], target) or ("–",),
        )
        for each in shown
        if links
    )
    head = (_("Code"), _("Requirement"), _("Status"), _("Waits for"))
    columns = (Column(0.11), Column(0.47), Column(0.2), Column(0.22))
    return Table(
        (_("What {requirement} is tied to").format(requirement=name),), head, rows, columns
    )
