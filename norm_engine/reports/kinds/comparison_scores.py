"""The scores of two sides, as a picture and as a table."""

from norm_engine.language import _
from norm_engine.language.figures import date_said
from norm_engine.model.comparison_results import ComparedGroup, ComparisonResult
from norm_engine.presentation.comparison_words import MOVEMENT_SIGNS, movement_said
from norm_engine.presentation.document import Column, Figure, Line, Section, Strong, Table, bare
from norm_engine.presentation.result_words import score_said
from norm_engine.reports.kinds.parts_requirements import group_titles
from norm_engine.reports.material import Material

_WIDTH = 482.0


def sides_said(result: ComparisonResult) -> tuple[str, str]:
    """What the two sides are called at the head of columns."""
    before, after = result.before, result.after
    if result.same_structure and before.as_of != after.as_of:
        return (date_said(before.as_of), date_said(after.as_of))
    return (_("First"), _("Second"))


def scores_section(result: ComparisonResult, material: Material) -> Section:
    """Proven readiness on both sides: the whole, each workshop, each domain."""
    from norm_engine.presentation.comparison_picture import comparison_profile

    title = (_("Readiness by workshop and domain"),)
    if result.identical:
        return Section("scores", title, ())
    titles = group_titles(material.ruleset)
    rows = [_row((Strong(_("The whole")),), result.overall, result)]
    for number, group in enumerate(result.workshops, 1):
        name = (f"{_('Workshop {n}').format(n=number)} · ", *titles[group.id])
        rows.append(_row(name, group, result))
    rows += [_row(titles[group.id], group, result) for group in result.domains]
    head = (_("Workshops, then domains"), *sides_said(result), _("Movement"))
    columns = (Column(0.44), Column(0.18, "end"), Column(0.18, "end"), Column(0.2))
    table = Table((_("Readiness, as proven"),), head, tuple(rows), columns)
    figure = Figure(comparison_profile(result, title=bare(title), width=_WIDTH), table)
    return Section("scores", title, (figure,))


def _row(name: Line, group: ComparedGroup, result: ComparisonResult) -> tuple[Line, ...]:
    moved = movement_said(group.movement, same_structure=result.same_structure)
    return (
        name,
        (score_said(group.before.score),),
        (score_said(group.after.score),),
        (f"{MOVEMENT_SIGNS[group.movement]} {moved}",),
    )
