"""How a report was computed, what it proves, and what it does not."""

from norm_engine.language import _
from norm_engine.language.figures import listed
from norm_engine.model.ruleset import GRADES, Change
from norm_engine.presentation.document import (
    Block,
    Code,
    Column,
    Facts,
    Items,
    Mark,
    Notice,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.results import STATUSES
from norm_engine.presentation.values import share_words
from norm_engine.presentation.wording import disclaimer, grade_said, status_said
from norm_engine.reports.kinds.parts_words import capital, paragraphs_of, size_said
from norm_engine.reports.material import Material
from norm_engine.reports.proof.reduction import left_out_said

_CHANGES_SHOWN = 40


def disclaimer_notice(material: Material) -> Notice:
    """What every report says about itself."""
    head = material.ruleset.head
    version = _("Catalogue {version}, fingerprint {fingerprint}.").format(
        version=head.version, fingerprint=material.ruleset.fingerprint
    )
    said = disclaimer()
    if material.evaluated is None:
        said = _(
            "These requirements are those of this catalogue, written in our own words from public"
            " sources. They are not the text of the norm."
        )
    return Notice(
        _("What this document is, and what it is not"),
        (Paragraph((said,)), Paragraph((version,), "note")),
    )


def method_section(material: Material) -> Section:
    """How results come about, in plain words, and how far they reach."""
    return Section(
        "method",
        (_("Method and limits"),),
        (
            _how(),
            _statuses(material),
            _grades(),
            _decision(material),
            *_overlays(material),
            _limits(material),
        ),
        new_page=True,
    )


def _how() -> Section:
    opening = _(
        "A requirement comes down to criteria, and a criterion to answers and pieces of evidence."
        " Nobody rates anything: each status follows from what the structure answered and recorded,"
        " on the day the report speaks of."
    )
    rules = (
        _(
            "Declared, proven: everything is computed twice. What is declared rests on answers"
            " alone; what is proven also asks for evidence that counts. The decision rests on what"
            " is proven; the distance between the two is the evidence still to gather."
        ),
        _(
            "Evidence counts when its file is there and unaltered, or when one knows where the"
            " original is kept; when the auditor has not rejected it; and when it is recent enough"
            " for what it proves."
        ),
        _(
            "Intervals: as long as answers are missing, a score is a range, from the least to the"
            " most it can become. Nothing is guessed. Once all is known, both ends meet."
        ),
        _(
            "Scores are means of requirements weighted by their points. What does not apply does"
            " not count; recommendations are scored apart and never make up for a requirement."
        ),
    )
    items = Items(tuple((Paragraph((each,)),) for each in rules))
    return _part("how", _("How results are computed"), (Paragraph((opening,)), items))


def _part(anchor: str, title: str, blocks: tuple[Block, ...]) -> Section:
    return Section(f"method-{anchor}", (title,), blocks, listed=False, together=True)


def _statuses(material: Material) -> Section:
    share = share_words(material.ruleset.head.blocked_credit)
    meanings = {
        "met": _("All essential criteria are proven, and what must hold first does."),
        "partial": _("An essential criterion is missing, others are proven."),
        "unmet": _("No criterion is proven."),
        "blocked": _(
            "Everything is there, but a requirement that must hold first is not met: at most"
            " {share} of the points until then."
        ).format(share=share),
        "undetermined": _("Answers or evidence are missing: several statuses are possible."),
        "not_applicable": _("Does not concern the structure, and does not count."),
    }
    rows = tuple(
        ((Mark(each, capital(status_said(each))),), (meanings[each],)) for each in STATUSES
    )
    table = Table(
        (_("What each status means"),),
        (_("Status"), _("Meaning")),
        rows,
        (Column(0.25), Column(0.75)),
    )
    return _part("statuses", _("Statuses"), (table,))


def _grades() -> Section:
    meanings = {
        "major": _("A requirement of major gravity is not met, or only partly."),
        "minor": _("A requirement of minor gravity is not met, or only partly."),
        "sensitive": _("A requirement that weighs less is not met, or only partly."),
        "improvement": _(
            "A requirement is met without all its points, or a recommendation is not followed."
        ),
        "satisfactory": _("A requirement is met with all its points."),
        "strength": _("A recommendation is followed."),
    }
    rows = tuple(((capital(grade_said(each)),), (meanings[each],)) for each in GRADES)
    table = Table(
        (_("When each grade is given"),),
        (_("Grade"), _("Given when")),
        rows,
        (Column(0.3), Column(0.7)),
    )
    words = _(
        "The words are those of auditors; which grade follows from which status is our choice. A"
        " blocked requirement has no grade of its own: its cause carries it."
    )
    return Section(
        "method-grades",
        (_("Grades"),),
        (table, Paragraph((words,), "note")),
        together=True,
        listed=False,
    )


def _decision(material: Material) -> Section:
    conditions = tuple(
        paragraphs_of(each.text, material.ruleset) for each in material.ruleset.head.decision
    )
    words = _(
        "A structure is called ready when all the conditions below hold. These conditions are ours:"
        " how a certifier decides is not public."
    )
    blocks: tuple[Block, ...] = (Paragraph((words,)),)
    if conditions:
        blocks = (*blocks, Items(conditions))
    return _part("decision", _("Decision"), blocks)


def _overlays(material: Material) -> tuple[Section, ...]:
    overlays = material.ruleset.overlays
    left_out = _left_out(material)
    if not overlays and not left_out:
        return ()
    blocks: list[Block] = []
    if overlays:
        words = _("Local changes were laid over the rule set by {names}.").format(
            names=listed([each.id for each in overlays])
        )
        changes = [change for each in overlays for change in each.changes]
        shown = tuple((Paragraph((_change(each),)),) for each in changes[:_CHANGES_SHOWN])
        blocks.append(Paragraph((words,)))
        blocks += [Items(shown)] if shown else []
        rest = len(changes) - len(shown)
        if rest > 0:
            blocks.append(Paragraph((_("… and {n} others").format(n=rest),)))
    if left_out:
        blocks.append(Paragraph((_("Left out of this report, and of the files it carries:"),)))
        blocks.append(Items(tuple((Paragraph((each,)),) for each in left_out)))
    title = _("Overlays and what was left out") if overlays else _("What was left out")
    return (Section("method-overlays", (title,), tuple(blocks), listed=False),)


def _change(change: Change) -> str:
    if change.old is None and change.new is None:
        return change.path
    none = _("nothing")
    return _("{path}: {old} → {new}").format(
        path=change.path,
        old=none if change.old is None else change.old,
        new=none if change.new is None else change.new,
    )


def _limits(material: Material) -> Section:
    items = (
        _(
            "The catalogue is written in our own words from public sources. It is not the text of"
            " the norm, and does not replace reading it."
        ),
        _("Weights, gravities, thresholds and workshops are ours, unless an overlay changed them."),
        _("Answers are those of the structure; no computation tells whether they are true."),
        _("A piece of evidence is known to be there; the engine does not read what it says."),
    )
    listed_limits = Items(tuple((Paragraph((each,)),) for each in items))
    return _part("limits", _("Limits"), (listed_limits, disclaimer_notice(material)))


def proof_section(material: Material) -> Section:
    """The files that the report carries, and what checking them proves."""
    files = material.carried.files
    said = _(
        "The report carries the files it was made from. Anyone can check it, without us, with the"
        " command below: it evaluates the audit again and compares every status, every score and"
        " the pages themselves."
    )
    if material.plan is not None:
        again = _(
            "The plan is searched for again: what it leads to, what it costs and its proof are"
            " compared."
        )
        said = f"{said} {again}"
    if material.form == "html":
        said = _(
            "This page carries none of the files it was made from. The same report as PDF carries"
            " them: anyone can check that one, without us, with the command below."
        )
    return Section(
        "proof",
        (_("Checking this report"),),
        (
            Paragraph((said,)),
            Paragraph((Code(_("norm-engine verify report.pdf")),)),
            *((_files(material),) if files else ()),
            _proves(),
            *_not_carried(material),
        ),
        together=len(files) < _CHANGES_SHOWN,
    )


def checking_note(material: Material) -> Paragraph:
    """The same in a few words, for a report of two pages."""
    said = [_("This report carries what it was made from; “norm-engine verify” checks it.")]
    if material.form == "html":
        said = [_("The same report as PDF carries what it was made from.")]
    if material.carried.left_out:
        things = _("; ").join(_left_out(material))
        said.append(_("Left out of the files it carries: {things}.").format(things=things))
    return Paragraph((" ".join(said),), "note")


def _files(material: Material) -> Facts:
    return Facts(
        tuple(
            (
                each.name,
                (
                    Paragraph((f"{each.description} · {size_said(len(each.content))}",)),
                    Paragraph(("SHA-256 ", Code(each.sha256)), "note"),
                ),
            )
            for each in material.carried.files
        )
    )


def _proves() -> Facts:
    return Facts(
        (
            (
                _("What it proves"),
                (
                    Paragraph(
                        (
                            _(
                                "The report says what the audit it carries leads to, under the rule"
                                " set it carries; its pages were not altered without the audit."
                                " Unless it is signed, it may have been made anew, as a whole, from"
                                " another audit. If it is signed: under which name."
                            ),
                        )
                    ),
                ),
            ),
            (
                _("What it does not"),
                (
                    Paragraph(
                        (
                            _(
                                "That the answers are true, that the evidence says what it is taken"
                                " for, or that a certifier would decide the same."
                            ),
                        )
                    ),
                ),
            ),
        )
    )


def _not_carried(material: Material) -> tuple[Block, ...]:
    left_out = _left_out(material)
    if not left_out:
        return ()
    words = _("Left out of the files it carries: {things}.").format(things=_("; ").join(left_out))
    return (Paragraph((words,), "note"),)


def _left_out(material: Material) -> list[str]:
    return [left_out_said(code) for code in material.carried.left_out]
