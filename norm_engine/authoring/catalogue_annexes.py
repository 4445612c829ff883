"""What follows the domains: workshops, questions, evidence, actions, plans, settings, sources."""

from norm_engine.authoring.catalogue_planning import planning_section
from norm_engine.authoring.catalogue_requirements import effort_words, source_title
from norm_engine.authoring.catalogue_view import View
from norm_engine.language import _
from norm_engine.language.figures import duration_said
from norm_engine.model.conditions import SettingReference
from norm_engine.model.ruleset import (
    PHASES,
    Action,
    AnswerReference,
    DecisionCondition,
    FactReference,
    Question,
    Setting,
)
from norm_engine.presentation.document import (
    Badge,
    Block,
    Facts,
    Line,
    Link,
    Nested,
    Paragraph,
    Section,
    Table,
)
from norm_engine.presentation.values import (
    answer_words,
    asked_words,
    number_words,
    setting_value_words,
    setting_words,
    share_words,
)
from norm_engine.presentation.wording import basis_said, gravity_said, phase_said, role_said

_Row = tuple[str, tuple[Block, ...]]


def annexes(view: View) -> tuple[Section, ...]:
    """The sections that follow the domains; those without content are left out."""
    sections = (
        _workshops(view),
        _questions(view),
        _evidence(view),
        _actions(view),
        planning_section(view),
        _settings(view),
        _decision(view),
        _sources(view),
    )
    return tuple(each for each in sections if each.blocks)


def _workshops(view: View) -> Section:
    found: list[Block] = []
    for workshop in view.ruleset.head.workshops:
        aims = tuple((0, view.line(aim)) for aim in workshop.aims)
        inside = [each.id for each in view.requirements if each.workshop == workshop.id]
        rows: list[_Row] = [(_("Aims"), (Nested(aims),))] if aims else []
        if inside:
            rows.append((_("Requirements"), (Paragraph(view.codes(inside)),)))
        found.append(
            Section(
                view.anchor("workshop", workshop.id),
                view.line(workshop.title),
                (Facts(tuple(rows)),) if rows else (),
                badges=(Badge(view.capital(basis_said(workshop.basis))),),
            )
        )
    return Section("workshops", (_("Workshops"),), tuple(found))


def _questions(view: View) -> Section:
    """Questions that describe the structure, then each under the domain that uses it first."""
    domain_of = {each.id: each.domain for each in view.ruleset.requirements}
    groups: dict[str, list[Section]] = {"": []}
    groups.update({domain.id: [] for domain in view.ruleset.head.domains})
    for name, question in view.ruleset.questions.items():
        users = view.users["question", name]
        group = "" if question.profile or not users else domain_of[users[0]]
        groups[group].append(_question(name, question, view))
    titles = {each.id: view.line(each.title) for each in view.ruleset.head.domains}
    titles[""] = (_("The structure"),)
    return Section(
        "questions",
        (_("Questions"),),
        tuple(
            Section(view.anchor("questions", group or "profile"), titles[group], tuple(inside))
            for group, inside in groups.items()
            if inside
        ),
    )


def _question(name: str, question: Question, view: View) -> Section:
    blocks: list[Block] = list(view.paragraphs(question.help)) if question.help else []
    if question.choices:
        blocks.append(Nested(tuple((0, view.line(each.text)) for each in question.choices)))
    if question.levels:
        rows = tuple(
            ((f"{each.value} – ", *view.line(each.text)), view.line(each.anchor))
            for each in question.levels
        )
        blocks.append(Table((_("Levels"),), (_("Level"), _("What one sees")), rows))
    facts = _range(question, view)
    users = view.users["question", name]
    if users:
        facts.append((_("Used by"), (Paragraph(view.codes(users)),)))
    if facts:
        blocks.append(Facts(tuple(facts)))
    badges = [Badge(_type_words(question))]
    if question.not_applicable:
        badges.append(Badge(_("“Not applicable” allowed")))
    anchor = view.anchor("question", name)
    title = view.line(question.text)
    return Section(anchor, title, tuple(blocks), name, tuple(badges), listed=False)


def _type_words(question: Question) -> str:
    return {
        "yes_no": _("Yes or no"),
        "count": _("A whole number"),
        "number": _("A number"),
        "date": _("A date"),
        "choice": _("One choice"),
        "choices": _("Several choices"),
        "scale": _("A level"),
        "text": _("Text"),
    }[question.type]


def _range(question: Question, view: View) -> list[_Row]:
    rows: list[_Row] = []
    if question.unit:
        rows.append((_("Unit"), (Paragraph(view.line(question.unit)),)))
    if question.min is not None:
        rows.append((_("At least"), (Paragraph((number_words(question.min),)),)))
    if isinstance(question.max, AnswerReference):
        name = question.max.answer
        said = view.said(view.ruleset.questions[name].text)
        link = Link(f"#{view.anchor('question', name)}", *said)
        rows.append((_("At most"), (Paragraph((link,)),)))
    elif question.max is not None:
        rows.append((_("At most"), (Paragraph((number_words(question.max),)),)))
    return rows


def _evidence(view: View) -> Section:
    found: list[Block] = []
    for name, kind in view.ruleset.evidence.items():
        rows: list[_Row] = []
        if isinstance(kind.fresh_for, SettingReference):
            setting = view.ruleset.head.settings[kind.fresh_for.setting]
            fresh: Line = (setting_words(setting), " (", *view.setting(kind.fresh_for.setting), ")")
            rows.append((_("Counts for"), (Paragraph(fresh),)))
        elif kind.fresh_for:
            rows.append((_("Counts for"), (Paragraph((duration_said(kind.fresh_for),)),)))
        if kind.recurring:
            again = _("by itself: the practice keeps making new pieces")
            rows.append((_("Renewed"), (Paragraph((again,)),)))
        users = view.users["evidence", name]
        if users:
            rows.append((_("Used by"), (Paragraph(view.codes(users)),)))
        facts = (Facts(tuple(rows)),) if rows else ()
        blocks = (*view.paragraphs(kind.proves), *facts)
        anchor = view.anchor("evidence", name)
        found.append(Section(anchor, view.line(kind.title), blocks, name, listed=False))
    return Section("evidence", (_("Kinds of evidence"),), tuple(found))


def _actions(view: View) -> Section:
    found: list[Block] = []
    for phase in PHASES:
        inside = tuple(
            _action(name, action, view)
            for name, action in view.ruleset.actions.items()
            if action.phase == phase
        )
        if inside:
            title = (view.capital(phase_said(phase)),)
            found.append(Section(f"phase-{phase}", title, inside))
    return Section("actions", (_("Actions"),), tuple(found))


def _action(name: str, action: Action, view: View) -> Section:
    rows: list[_Row] = [
        (_("How"), view.paragraphs(action.how)),
        (_("Effort"), (Paragraph((effort_words(action.effort, view),)),)),
        (_("Lead time"), (Paragraph((duration_said(action.lead_time),)),)),
        (_("Who"), (Paragraph((view.capital(role_said(action.role)),)),)),
    ]
    if action.when is not None:
        rows.append((_("Makes sense when"), view.condition(action.when)))
    if action.sets:
        lines = tuple((0, _fact_line(question, action, view)) for question in action.sets)
        rows.append((_("What it brings"), (Nested(lines),)))
    if action.records:
        lines = tuple((0, _evidence_link(kind, view)) for kind in action.records)
        rows.append((_("Evidence it leaves"), (Nested(lines),)))
    if action.after:
        lines = tuple((0, _action_link(each, view)) for each in action.after)
        rows.append((_("Comes after"), (Nested(lines),)))
    blocks: tuple[Block, ...] = (*view.paragraphs(action.why), Facts(tuple(rows)))
    return Section(view.anchor("action", name), view.line(action.title), blocks, name, listed=False)


def _fact_line(name: str, action: Action, view: View) -> Line:
    question = view.ruleset.questions[name]
    anchor, language = view.anchor("question", name), view.said(question.text)[1]
    link = Link(f"#{anchor}", asked_words(question, view.ruleset), language)
    value = action.sets[name]
    if not isinstance(value, FactReference):
        return (link, _(": "), answer_words(value, question, view.ruleset))
    if value.answer is not None:
        asked = asked_words(view.ruleset.questions[value.answer], view.ruleset)
        return (link, _(": "), _("as many as “{question}”").format(question=asked))
    if value.setting is not None:
        setting = view.ruleset.head.settings[value.setting]
        return (link, _(": "), setting_words(setting), " (", *view.setting(value.setting), ")")
    return (link, _(": "), _("the day it is done"))


def _evidence_link(name: str, view: View) -> Line:
    title = view.said(view.ruleset.evidence[name].title)
    return (Link(f"#{view.anchor('evidence', name)}", *title),)


def _action_link(name: str, view: View) -> Line:
    return (Link(f"#{view.anchor('action', name)}", *view.said(view.ruleset.actions[name].title)),)


def _settings(view: View) -> Section:
    opening = Paragraph(
        (_("An overlay can change each of them; the rest of the catalogue stays as it is."),),
        "note",
    )
    found = tuple(
        _setting(name, setting, view) for name, setting in view.ruleset.head.settings.items()
    )
    return Section("settings", (_("Settings"),), (opening, *found) if found else ())


def _setting(name: str, setting: Setting, view: View) -> Section:
    rows: list[_Row] = [(_("Default"), (Paragraph((setting_words(setting),)),))]
    if setting.min is not None or setting.max is not None:
        low, high = (
            "…" if each is None else setting_value_words(each, setting)
            for each in (setting.min, setting.max)
        )
        bounds = _("{low} to {high}").format(low=low, high=high)
        rows.append((_("Bounds"), (Paragraph((bounds,)),)))
    helping = view.paragraphs(setting.help) if setting.help else ()
    return Section(
        view.anchor("setting", name),
        view.line(setting.title),
        (*helping, Facts(tuple(rows))),
        name,
        (Badge(view.capital(basis_said(setting.basis))),),
        listed=False,
    )


def _decision(view: View) -> Section:
    conditions = view.ruleset.head.decision
    if not conditions:
        return Section("decision", (_("Decision"),), ())
    opening = Paragraph(
        (_("A structure is ready, against this catalogue, when all of these hold:"),)
    )
    rows = tuple((_decision_words(each), view.paragraphs(each.text)) for each in conditions)
    credit = _(
        "While a gate is not met, what it opens keeps at most {share} of its points."
    ).format(share=share_words(view.ruleset.head.blocked_credit))
    return Section(
        "decision",
        (_("Decision"),),
        (opening, _ruled(rows, conditions, view), Paragraph((credit,))),
    )


def _ruled(rows: tuple[_Row, ...], conditions: tuple[DecisionCondition, ...], view: View) -> Facts:
    """Each condition of the decision, with the setting that its bound comes from."""
    found: list[_Row] = []
    for (label, blocks), condition in zip(rows, conditions, strict=True):
        bound = condition.score_at_least if condition.each else condition.at_most
        if isinstance(bound, SettingReference):
            setting = view.ruleset.head.settings[bound.setting]
            line: Line = (
                _("Setting: "),
                *view.setting(bound.setting),
                f" = {setting_words(setting)}",
            )
            found.append((label, (*blocks, Paragraph(line))))
        else:
            found.append((label, blocks))
    return Facts(tuple(found))


def _decision_words(condition: DecisionCondition) -> str:
    if condition.grade is not None:
        return _("Number of gaps: {grade}").format(grade=gravity_said(condition.grade))
    if condition.each == "workshop":
        return _("Readiness of each workshop")
    return _("Readiness of each domain")


def _sources(view: View) -> Section:
    found: list[Block] = []
    for name, source in view.ruleset.head.sources.items():
        rows: list[_Row] = []
        if source.publisher:
            rows.append((_("Publisher"), (Paragraph((source.publisher,)),)))
        users = view.users["source", name]
        if users:
            rows.append((_("Backs"), (Paragraph(view.codes(users)),)))
        facts = (Facts(tuple(rows)),) if rows else ()
        anchor = view.anchor("source", name)
        found.append(Section(anchor, source_title(source, view), facts, name, listed=False))
    return Section("sources", (_("Sources"),), tuple(found))
