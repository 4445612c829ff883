"""Gaps and root causes as a page of text."""

from norm_engine.language import _, ngettext
from norm_engine.language.figures import listed, number_said
from norm_engine.model.results import (
    BestCombinations,
    CauseResult,
    CombinationsResult,
    GapResult,
    GapsResult,
)
from norm_engine.model.ruleset import RuleSet
from norm_engine.presentation.gap_counts import GapCount, gaps_said
from norm_engine.presentation.page_parts import page_head
from norm_engine.presentation.terminal import Page
from norm_engine.presentation.values import words_of
from norm_engine.presentation.wording import grade_said, status_said

_CAUSES_SHOWN = 12


def gaps_page(page: Page, result: GapsResult, asked: str, ruleset: RuleSet) -> None:
    """Write gaps and root causes; `asked`: the audit and its options as typed."""
    page_head(page, result.structure, result.ruleset, result.as_of)
    if not result.gaps:
        page.line()
        page.paragraph(_("No gap among what is determined so far."))
        _foot(page, result, asked)
        return
    page.line()
    page.paragraph(_counted(result, ruleset))
    page.heading(_("What holds most back"))
    for cause in result.causes[:_CAUSES_SHOWN]:
        _cause(page, cause, ruleset)
    if len(result.causes) > _CAUSES_SHOWN:
        page.paragraph(_("… and {n} others").format(n=len(result.causes) - _CAUSES_SHOWN), indent=2)
    _combinations(page, result.combinations)
    page.heading(_("The gaps, worst first"))
    for gap in result.gaps:
        page.line()
        _gap(page, gap)
    _foot(page, result, asked)


def _counted(result: GapsResult, ruleset: RuleSet) -> str:
    """How many gaps, recommendations apart, and how few things they come down to."""
    advised = {each.id for each in ruleset.requirements if each.level == "recommendation"}
    gaps = [each for each in result.gaps if each.id not in advised]
    between = sum(each.status == "undetermined" for each in gaps)
    count = GapCount(len(gaps) - between, between, len(result.gaps) - len(gaps))
    n = len(result.causes)
    return ngettext(
        "{gaps}: they come down to {n} missing thing.",
        "{gaps}: they come down to {n} missing things.",
        n,
    ).format(gaps=gaps_said(count), n=number_said(n))


def _cause(page: Page, cause: CauseResult, ruleset: RuleSet) -> None:
    page.paragraph(cause.atom.text, indent=2, lead="· ")
    held = ngettext("holds back {names}", "holds back {n}: {names}", len(cause.holds_back)).format(
        n=len(cause.holds_back), names=listed(cause.holds_back)
    )
    page.paragraph(held, indent=4)
    titles = [
        words_of(each.title, ruleset)
        for each in ruleset.head.workshops
        if each.id in cause.workshops
    ]
    said = ngettext("workshop: {titles}", "workshops: {titles}", len(titles))
    parts = [_("weight {n}").format(n=cause.weight), said.format(titles=", ".join(titles))]
    if len(cause.holds_back) > 1 and cause.closes_alone:
        parts.append(_alone(cause))
    page.paragraph(" · ".join(parts), indent=4)


def _alone(cause: CauseResult) -> str:
    if len(cause.closes_alone) == len(cause.holds_back):
        return _("closes all of them by itself")
    return _("closes by itself {names}").format(names=listed(cause.closes_alone))


def _combinations(page: Page, found: CombinationsResult) -> None:
    """What few things close most, and whether more things do more than one gap each."""
    page.heading(_("What closes most gaps"))
    if not found.best:
        page.paragraph(_("No gap can be closed by three things or fewer."), indent=2)
    for best in found.best:
        _best(page, best)
    if found.best and all(each.closed <= each.size for each in found.best):
        page.line()
        page.paragraph(
            _("No combination of up to three things closes more gaps than it counts things."),
            indent=2,
        )
    if not found.exact:
        page.line()
        page.paragraph(
            _("There were too many combinations to try them all: a better one may exist."),
            indent=2,
        )


def _best(page: Page, best: BestCombinations) -> None:
    first = best.shown[0]
    things = ngettext("{n} thing", "{n} things", best.size).format(n=best.size)
    closed = ngettext("{n} gap", "{n} gaps", best.closed).format(n=best.closed)
    said = ngettext(
        "{things} closes {gaps}: {names} (weight {weight})",
        "{things} close {gaps}: {names} (weight {weight})",
        best.size,
    )
    page.line()
    page.paragraph(
        said.format(things=things, gaps=closed, names=listed(first.closes), weight=first.weight),
        indent=2,
    )
    for atom in first.atoms:
        page.paragraph(atom.text, indent=4, lead="· ")
    others = best.ties - 1
    if best.more_ties:
        said = _("at least {n} other combinations close as many")
        page.paragraph(said.format(n=number_said(others)), indent=4)
    elif others:
        said = ngettext(
            "{n} other combination closes as many",
            "{n} other combinations close as many",
            others,
        )
        page.paragraph(said.format(n=number_said(others)), indent=4)


def _gap(page: Page, gap: GapResult) -> None:
    page.paragraph(f"{gap.id}  {gap.title}", lead=f"{page.shape(gap.status)} ", hang=2)
    grade = "" if gap.grade is None else f" · {grade_said(gap.grade)}"
    page.paragraph(f"{status_said(gap.status)}{grade}", indent=2)
    if not gap.repairs:
        page.paragraph(_("Nothing the structure could do would repair it as things stand."), 2)
    for number, repair in enumerate(gap.repairs):
        lead = _("missing: ") if number == 0 else _("or else: ")
        for position, atom in enumerate(repair):
            page.paragraph(atom.text, indent=2, lead=lead if position == 0 else " " * len(lead))
    if gap.more_repairs:
        page.paragraph(_("There are other ways."), indent=2)


def _foot(page: Page, result: GapsResult, asked: str) -> None:
    page.heading(_("To go further"))
    first = result.gaps[0].id if result.gaps else "…"
    page.line(f"  norm-engine explain {first} {asked}")
    page.line()
    page.paragraph(result.disclaimer)
