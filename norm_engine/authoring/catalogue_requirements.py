"""The section of one requirement in the catalogue."""

from norm_engine.authoring.catalogue_view import View
from norm_engine.language import _, ngettext
from norm_engine.language.figures import date_said, days_said, number_said, period_said
from norm_engine.model.ruleset import (
    Action,
    Criterion,
    Effort,
    Example,
    GivenAnswer,
    GivenPiece,
    Period,
    Requirement,
    RuleSet,
    Source,
)
from norm_engine.model.scalars import exact
from norm_engine.presentation.document import (
    Badge,
    Block,
    Facts,
    Items,
    Line,
    Link,
    Nested,
    Paragraph,
    Section,
    Strong,
    Table,
)
from norm_engine.presentation.uses import names_in
from norm_engine.presentation.values import answer_words, asked_words, words_of
from norm_engine.presentation.wording import (
    SHAPES,
    basis_said,
    gravity_said,
    level_said,
    role_said,
    status_said,
)

_Row = tuple[str, tuple[Block, ...]]


def requirement_section(requirement: Requirement, view: View) -> Section:
    """All there is to say of one requirement."""
    rows: list[_Row] = [
        *_when_it_applies(requirement, view),
        (_("Criteria"), (_criteria(requirement, view),)),
        *_links(requirement, view),
        *_advice(requirement, view),
        *_examples(requirement, view),
        *_sources(requirement, view),
    ]
    return Section(
        requirement.id,
        view.line(requirement.title),
        (*view.paragraphs(requirement.statement, "lead"), Facts(tuple(rows))),
        code=requirement.id,
        badges=_badges(requirement, view),
    )


def _badges(requirement: Requirement, view: View) -> tuple[Badge, ...]:
    workshops = {
        each.id: words_of(each.title, view.ruleset) for each in view.ruleset.head.workshops
    }
    gravity = _("Gravity: {gravity}").format(gravity=gravity_said(requirement.gravity))
    clause = requirement.clause
    found = (
        Badge(view.capital(level_said(requirement.level))),
        Badge(gravity, strong=requirement.gravity == "major"),
        Badge(_("Weight: {weight}").format(weight=requirement.weight)),
        Badge(_("Workshop: {title}").format(title=workshops[requirement.workshop])),
        Badge(view.capital(basis_said(requirement.basis))),
    )
    return (*found, Badge(_("Clause {clause}").format(clause=clause))) if clause else found


def _when_it_applies(requirement: Requirement, view: View) -> list[_Row]:
    rows: list[_Row] = []
    if requirement.applies_when is not None:
        rows.append((_("Applies when"), view.condition(requirement.applies_when)))
    period = requirement.in_force or Period()
    if days := period_said(period.from_, period.to):
        rows.append((_("In force"), (Paragraph((days,)),)))
    return rows


def _criteria(requirement: Requirement, view: View) -> Items:
    return Items(tuple(_criterion(each, view) for each in requirement.criteria))


def _criterion(criterion: Criterion, view: View) -> tuple[Block, ...]:
    words, language = view.said(criterion.text)
    notes = [] if criterion.essential else [_("adds credit, not essential")]
    if criterion.weight != 1:
        notes.append(_("counts {n} times").format(n=criterion.weight))
    note = f" ({', '.join(notes)})" if notes else ""
    rows: list[_Row] = []
    if criterion.when is not None:
        rows.append((_("Declared"), view.condition(criterion.when)))
    if criterion.proof is not None:
        rows.append((_("Proof"), view.condition(criterion.proof)))
    return (Paragraph((Strong(words, language), note)), Facts(tuple(rows)))


def _links(requirement: Requirement, view: View) -> list[_Row]:
    named = (
        (_("Gates"), requirement.requires),
        (_("Gate for"), view.gate_for[requirement.id]),
        (_("Comes after"), requirement.after),
        (_("Comes before"), view.before[requirement.id]),
    )
    return [(label, (view.requirement_links(list(names)),)) for label, names in named if names]


def _advice(requirement: Requirement, view: View) -> list[_Row]:
    rows: list[_Row] = []
    if requirement.guidance:
        rows.append((_("In practice"), view.paragraphs(requirement.guidance)))
    actions = closing(requirement, view.ruleset)
    if actions:
        lines = tuple((0, _action_line(name, view)) for name in actions)
        rows.append((_("Actions"), (Nested(lines),)))
    return rows


def closing(requirement: Requirement, ruleset: RuleSet) -> list[str]:
    """The actions that close a gap on a requirement.

    Those that set an answer which its criteria ask for; those that leave evidence for a criterion
    of nothing but evidence; and those that only leave evidence. Others leave the same kind, such as
    minutes, about something else.
    """
    answers: set[str] = set()
    kinds: set[str] = set()
    only_proof: set[str] = set()
    for criterion in requirement.criteria:
        named = names_in(criterion.when) | names_in(criterion.proof)
        answers |= {name for kind, name in named if kind == "question"}
        asked = {name for kind, name in named if kind == "evidence"}
        kinds |= asked
        only_proof |= asked if criterion.when is None else set()

    def closes(action: Action) -> bool:
        """Whether an action answers the criteria, or leaves evidence for them."""
        evidence = only_proof if action.sets else kinds
        return not answers.isdisjoint(action.sets) or not evidence.isdisjoint(action.records)

    return [name for name, action in ruleset.actions.items() if closes(action)]


def _action_line(name: str, view: View) -> Line:
    action = view.ruleset.actions[name]
    link = Link(f"#{view.anchor('action', name)}", *view.said(action.title))
    return (link, f" – {role_said(action.role)}, {effort_words(action.effort, view)}")


def effort_words(effort: Effort, view: View) -> str:
    """An effort in person-days, from the least to the most."""
    low, high = number_said(exact(effort.low), 2), number_said(exact(effort.high), 2)
    days = days_said(exact(effort.likely))
    words = _("{days} of work ({low} to {high})").format(days=days, low=low, high=high)
    if effort.per is None:
        return words
    asked = asked_words(view.ruleset.questions[effort.per], view.ruleset)
    return _("{effort} for each counted in “{question}”").format(effort=words, question=asked)


def _sources(requirement: Requirement, view: View) -> list[_Row]:
    if not requirement.sources:
        return []
    lines = tuple((0, source_line(name, view)) for name in requirement.sources)
    return [(_("Sources"), (Nested(lines),))]


def source_line(name: str, view: View) -> Line:
    """A source: its key, its title as a link, who publishes it."""
    source = view.ruleset.head.sources[name]
    publisher = f", {source.publisher}" if source.publisher else ""
    key = Link(f"#{view.anchor('source', name)}", name)
    return (key, " ", *source_title(source, view), publisher)


def source_title(source: Source, view: View) -> Line:
    """The title of a source, a link where it has an address."""
    if not source.url:
        return view.line(source.title)
    return (Link(source.url, *view.said(source.title)),)


def _examples(requirement: Requirement, view: View) -> list[_Row]:
    """The first example; the others are tests."""
    if not requirement.examples:
        return []
    example = requirement.examples[0]
    blocks: list[Block] = []
    title = view.line(example.title) if example.title else (_("An example"),)
    given = _given(example, view)
    if given:
        head = (_("What the structure says"), _("Value"))
        blocks.append(Table(title, head, tuple(given)))
    expected = _expected(requirement, example, view)
    if expected:
        columns = (_("Criterion"), _("Declared"), _("Proven"))
        blocks.append(Table((_("What follows"),) if given else title, columns, tuple(expected)))
    status = example.expect.status
    if status is not None:
        words = f"{SHAPES[status]} {status_said(status)}"
        blocks.append(Paragraph((Strong(_("Status: {status}").format(status=words)),)))
    return [(_("Example"), tuple(blocks))] if blocks else []


def _given(example: Example, view: View) -> list[tuple[Line, ...]]:
    rows: list[tuple[Line, ...]] = []
    for name, given in example.given.items():
        question = view.ruleset.questions[name]
        rows.append((view.line(question.text), (_given_words(given, name, view),)))
    for kind, pieces in example.evidence.items():
        title = view.line(view.ruleset.evidence[kind].title)
        rows.append((title, (_pieces_words(pieces),)))
    return rows


def _given_words(
    given: bool | int | str | tuple[str, ...] | GivenAnswer, name: str, view: View
) -> str:
    if isinstance(given, GivenAnswer):
        if given.not_applicable is not None:
            return _("not applicable: {reason}").format(reason=given.not_applicable)
        given = "unknown" if given.value is None else given.value
    if given == "unknown":
        return _("unknown")
    return answer_words(given, view.ruleset.questions[name], view.ruleset)


def _pieces_words(pieces: str | int | tuple[GivenPiece, ...]) -> str:
    if isinstance(pieces, tuple):
        dates = (date_said(each.dated) for each in pieces if each.dated)
        count = _piece_count(len(pieces))
        dated = ", ".join(dates)
        return _("{pieces}, dated {dates}").format(pieces=count, dates=dated) if dated else count
    return _("none") if pieces in ("none", 0) else _piece_count(int(pieces))


def _piece_count(number: int) -> str:
    return ngettext("{n} piece", "{n} pieces", number).format(n=number)


def _expected(requirement: Requirement, example: Example, view: View) -> list[tuple[Line, ...]]:
    rows: list[tuple[Line, ...]] = []
    for criterion in requirement.criteria:
        pair = [
            example.expect.declared.get(criterion.id),
            example.expect.proven.get(criterion.id),
        ]
        if any(each is not None for each in pair):
            said = tuple((_truth_words(each),) for each in pair)
            rows.append((view.line(criterion.text), *said))
    return rows


def _truth_words(truth: object) -> str:
    if truth is None:
        return "–"
    words = {
        "true": _("yes"),
        "false": _("no"),
        "unknown": _("unknown"),
        "not_applicable": _("not applicable"),
    }
    return words[str(truth).lower()]
