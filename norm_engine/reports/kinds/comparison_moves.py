"""The requirements that moved, each with its causes; then what moved most of them."""

from collections.abc import Callable, Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.comparison_results import ComparedRequirement, ComparisonResult
from norm_engine.presentation.comparison_moves import SECTIONS, moved
from norm_engine.presentation.comparison_words import (
    cause_said,
    heading_said,
    kind_said,
    states_said,
)
from norm_engine.presentation.document import (
    Column,
    Facts,
    Inline,
    Line,
    Mark,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.wording import level_said, status_said
from norm_engine.reports.kinds.parts_requirements import linked, title_lines
from norm_engine.reports.material import Material

_CAUSES_EACH = 3
_CAUSES_SHOWN = 20


def target_of(result: ComparisonResult) -> Callable[[str], str]:
    """Where each requirement that moved is listed."""
    found = {each.id: f"#moved-{way}" for way in SECTIONS for each in moved(result, way)}
    return found.__getitem__


def moved_sections(result: ComparisonResult, material: Material) -> tuple[Section, ...]:
    """A table for each way of moving, by workshop."""
    return tuple(_section(way, result, material) for way in SECTIONS)


def _section(way: str, result: ComparisonResult, material: Material) -> Section:
    found = moved(result, way)
    title = (heading_said(way, result),)
    if not found:
        return Section(f"moved-{way}", title, ())
    places = {each.id: at for at, each in enumerate(result.workshops)}
    found.sort(key=lambda each: places.get(each.workshop, len(places)))
    rows = tuple(_row(each, result, material) for each in found)
    count = len(found)
    caption = ngettext("{n} requirement", "{n} requirements", count).format(n=number_said(count))
    head = (_("Requirement"), _("Before → after"), _("What moved it"))
    if not result.same_structure:
        head = (_("Requirement"), _("First → second"), _("What differs"))
    columns = (Column(0.37), Column(0.24), Column(0.39))
    return Section(f"moved-{way}", title, (Table((caption,), head, rows, columns),))


def _row(
    each: ComparedRequirement, result: ComparisonResult, material: Material
) -> tuple[Line, ...]:
    apart = () if each.level == "requirement" else (f" ({level_said(each.level)})",)
    name: Line = (f"{each.id} ", *title_lines(material)[each.id], *apart)
    return (name, _states(each), _causes(each, result))


def _states(each: ComparedRequirement) -> Line:
    one, two = each.before, each.after
    if each.kind == "same":
        declared = [status_said(side.declared_status) for side in (one, two)]
        return (f"{declared[0]} → {declared[1]}",)
    before, after, more = states_said(one, two)
    line: list[Inline] = [Mark(one.status, before), " → ", Mark(two.status, after)]
    if one.status == two.status and more:
        line = [Mark(two.status, after)]
    notes = [more, kind_said(each) if each.direction == "level" else ""]
    line += [f" · {note}" for note in notes if note]
    return tuple(line)


def _causes(each: ComparedRequirement, result: ComparisonResult) -> Line:
    said = []
    for named in each.causes[:_CAUSES_EACH]:
        words = cause_said(result.causes[named.cause])
        if named.through is not None:
            words = _("{cause} (through {requirement})").format(
                cause=words, requirement=named.through
            )
        said.append(words)
    rest = len(each.causes) - _CAUSES_EACH
    if rest > 0:
        said.append(_("… and {n} others").format(n=number_said(rest)))
    return (_("; ").join(said) or "–",)


def causes_section(result: ComparisonResult, material: Material) -> Section:
    """The causes that moved several requirements: the others stand beside what they moved."""
    title = (_("What moved most") if result.same_structure else _("What differs most"),)
    several = [each for each in result.causes if len(each.requirements) > 1]
    target = target_of(result)
    rows = tuple(
        (
            _held(each.requirements),
            (Paragraph((cause_said(each),)), Paragraph(linked(each.requirements, target))),
        )
        for each in several[:_CAUSES_SHOWN]
    )
    if not rows:
        return Section("causes", title, ())
    blocks = [Facts(rows)]
    rest = len(several) - len(rows)
    more = (Paragraph((_("… and {n} others").format(n=number_said(rest)),), "note"),)
    return Section("causes", title, (*blocks, *(more if rest else ())))


def _held(names: Sequence[str]) -> str:
    return ngettext("{n} requirement", "{n} requirements", len(names)).format(
        n=number_said(len(names))
    )
