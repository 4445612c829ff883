"""The catalogue as a document, for norm authors, trainers and whoever asks what is expected."""

from norm_engine.authoring.catalogue_annexes import annexes
from norm_engine.authoring.catalogue_markdown import markdown_of
from norm_engine.authoring.catalogue_requirements import requirement_section
from norm_engine.authoring.catalogue_view import View
from norm_engine.language import _, current
from norm_engine.language.figures import number_said
from norm_engine.model.ruleset import BASES, Domain, Requirement, RuleSet
from norm_engine.presentation.document import (
    Block,
    Code,
    Document,
    Facts,
    Labels,
    Line,
    Link,
    Notice,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.document_html import html_of
from norm_engine.presentation.wording import basis_said, disclaimer, gravity_said


def catalogue_html(ruleset: RuleSet) -> str:
    """The catalogue as one page that needs nothing else: no script, no file, no network.

    Examples are shown where `ruleset` was loaded with them.
    """
    return html_of(catalogue(ruleset))


def catalogue_markdown(ruleset: RuleSet) -> str:
    """The catalogue in Markdown, with the same content."""
    return markdown_of(catalogue(ruleset))


def catalogue(ruleset: RuleSet) -> Document:
    """The catalogue as a document that writers make pages of."""
    view = View(ruleset)
    return Document(
        title=view.line(ruleset.head.title),
        language=current(),
        eyebrow=_("Catalogue of requirements"),
        front=_front(view),
        sections=(
            _overview(view),
            *(_domain(domain, view) for domain in ruleset.head.domains),
            *annexes(view),
        ),
        colophon=_colophon(view),
        labels=Labels(_("Contents"), _("Skip to the content")),
    )


def _front(view: View) -> tuple[Block, ...]:
    head = view.ruleset.head
    opening = view.paragraphs(head.description, "lead") if head.description else ()
    return (
        *opening[:1],
        Notice(
            _("What this document is, and what it is not"),
            (
                Paragraph((disclaimer(),)),
                Paragraph(
                    (
                        _(
                            "The norm’s own text is not in it. Each requirement says how well it is"
                            " attested and from which public sources. Thresholds, weights and"
                            " gravities that no source gives are ours, and say so."
                        ),
                    )
                ),
            ),
        ),
        *opening[1:],
        *_identity(view),
    )


def _identity(view: View) -> tuple[Block, ...]:
    ruleset = view.ruleset
    head = ruleset.head
    rows: list[tuple[str, tuple[Block, ...]]] = [
        (_("Edition"), (Paragraph((head.edition,)),)),
        (_("Version of this catalogue"), (Paragraph((head.version,)),)),
        (_("Fingerprint"), (Paragraph((Code(ruleset.fingerprint or "–"),)),)),
    ]
    for overlay in ruleset.overlays:
        rows.append((_("Overlay"), (Paragraph((Code(overlay.id), " ", Code(overlay.sha256))),)))
    if head.predecessor is not None:
        before = view.paragraphs(head.predecessor.title)
        note = view.paragraphs(head.predecessor.note) if head.predecessor.note else ()
        rows.append((_("Earlier edition"), (*before, *note)))
    if head.licence:
        rows.append((_("Licence"), (Paragraph((head.licence,)),)))
    return (Facts(tuple(rows)),)


def _colophon(view: View) -> tuple[Block, ...]:
    head = view.ruleset.head
    version = _("{id}, edition {edition}, version {version}").format(
        id=head.id, edition=head.edition, version=head.version
    )
    fingerprint = view.ruleset.fingerprint or "–"
    return (
        Paragraph((version, " · ", Code(fingerprint))),
        Paragraph((disclaimer(),)),
    )


def _overview(view: View) -> Section:
    counted = _domain_table(view), _table_of(view, "basis"), _table_of(view, "gravity")
    reading = Section("reading", (_("How to read it"),), (_how_to_read(),), listed=False)
    return Section("overview", (_("Overview"),), (*counted, reading))


def _domain_table(view: View) -> Table:
    rows: list[tuple[Line, ...]] = []
    for domain in view.ruleset.head.domains:
        inside = _inside(domain, view)
        recommended = sum(each.level == "recommendation" for each in inside)
        rows.append(
            (
                (Link(f"#{view.anchor('domain', domain.id)}", *view.said(domain.title)),),
                (number_said(len(inside) - recommended),),
                (number_said(recommended),),
            )
        )
    head = (_("Domain"), _("Requirements"), _("Recommendations"))
    return Table((_("What the catalogue holds"),), head, tuple(rows))


def _table_of(view: View, key: str) -> Table:
    """How many requirements are attested so, or weigh so."""
    said = basis_said if key == "basis" else gravity_said
    values = BASES if key == "basis" else ("major", "minor", "sensitive")
    caption = _("How well it is attested") if key == "basis" else _("What a gap costs")
    held = [getattr(each, key) for each in view.ruleset.requirements]
    rows = tuple(
        ((view.capital(said(value)),), (number_said(held.count(value)),))
        for value in values
        if value in held
    )
    first = _("Basis") if key == "basis" else _("Gravity")
    return Table((caption,), (first, _("Requirements")), rows)


def _how_to_read() -> Facts:
    terms = (
        (
            _("Criterion"),
            _(
                "What is tested. It is declared when the answers say so, proven when the evidence"
                " asked for is there as well. The status rests on what is proven."
            ),
        ),
        (
            _("Essential"),
            _("A requirement is met when all its essential criteria hold; others add credit."),
        ),
        (
            _("Gate"),
            _("While a gate is not met, what it opens is blocked and keeps part of its points."),
        ),
        (
            _("Order of work"),
            _("What is best done first. It has no effect on any status."),
        ),
        (
            _("Setting"),
            _("A threshold that no source gives: its default is ours, an overlay can change it."),
        ),
    )
    return Facts(tuple((term, (Paragraph((meaning,)),)) for term, meaning in terms))


def _inside(domain: Domain, view: View) -> list[Requirement]:
    return [each for each in view.requirements if each.domain == domain.id]


def _domain(domain: Domain, view: View) -> Section:
    blocks: list[Block] = list(view.paragraphs(domain.description or "", "lead"))
    if domain.cross_cutting:
        words = _("This domain cuts across the workshops and is shown besides, as a gate.")
        blocks.append(Paragraph((words,), "note"))
    blocks.extend(requirement_section(each, view) for each in _inside(domain, view))
    return Section(view.anchor("domain", domain.id), view.line(domain.title), tuple(blocks))
