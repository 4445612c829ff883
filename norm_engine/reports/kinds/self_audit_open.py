"""What a structure has still to answer and to show."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from norm_engine.language import _, ngettext
from norm_engine.language.figures import number_said
from norm_engine.model.audit import UNKNOWN, AnswerDetails
from norm_engine.model.results import GroupScore
from norm_engine.presentation.document import Block, Items, Line, Paragraph, Section
from norm_engine.presentation.questionnaire import question_groups
from norm_engine.presentation.uses import uses
from norm_engine.reports.kinds.parts_requirements import evaluated_of, linked
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.material import Material

_MOST_NAMED = 4

Target = Callable[[str], str]


def open_section(material: Material, target: Target) -> Section:
    """The questions and the kinds of evidence still open, by domain."""
    open_ = evaluated_of(material).result.open
    blocks: list[Block] = []
    if open_.questions:
        blocks.append(_questions(material, target))
    if open_.evidence:
        blocks.append(_evidence(material, target))
    if not blocks:
        said = _(
            "Nothing: every question asked has its answer, and of every kind of evidence it is"
            " recorded what there is, or that there is none."
        )
        blocks.append(Paragraph((said,)))
    return Section("open", (_("Still to be answered"),), tuple(blocks))


def _questions(material: Material, target: Target) -> Section:
    open_ = evaluated_of(material).result.open
    count = len(open_.questions)
    said = ngettext(
        "{n} question of the {all} you are asked:",
        "{n} questions of the {all} you are asked:",
        count,
    ).format(n=number_said(count), all=number_said(open_.questions_asked))
    users = users_of(material, "question")
    blocks: list[Block] = [Paragraph((said,))]
    for number, (title, names) in enumerate(question_groups(material.ruleset), 1):
        lines = [_question(x, users, material, target) for x in names if x in open_.questions]
        if lines:
            blocks.append(_group(f"open-questions-{number}", title, lines))
    return Section("open-questions", (_("Questions"),), tuple(blocks))


def _question(
    name: str, users: Mapping[str, Sequence[str]], material: Material, target: Target
) -> Line:
    text = line_of(material.ruleset.questions[name].text, material.ruleset)
    given = evaluated_of(material).audit.answers.get(name)
    value = given.value if isinstance(given, AnswerDetails) else given
    asked = (_(" – asked, and not known yet"),) if value == UNKNOWN else ()
    return (*text, *asked, *_for(users.get(name, ()), target))


def _evidence(material: Material, target: Target) -> Section:
    open_ = evaluated_of(material).result.open
    count = len(open_.evidence)
    said = ngettext(
        "{n} kind of evidence of which nothing is said yet:",
        "{n} kinds of evidence of which nothing is said yet:",
        count,
    ).format(n=number_said(count))
    users = users_of(material, "evidence")
    blocks: list[Block] = [Paragraph((said,))]
    for domain, names in _by_domain(open_.evidence, users, material):
        lines = [_kind(x, users, material, target) for x in names]
        blocks.append(_group(f"open-evidence-{domain.id}", domain.title, lines))
    heading = (_("Evidence to show, or to say that there is none"),)
    return Section("open-evidence", heading, tuple(blocks))


def _kind(
    name: str, users: Mapping[str, Sequence[str]], material: Material, target: Target
) -> Line:
    title = line_of(material.ruleset.evidence[name].title, material.ruleset)
    return (*title, *_for(users.get(name, ()), target))


def _by_domain(
    kinds: Sequence[str], users: Mapping[str, Sequence[str]], material: Material
) -> Iterator[tuple[GroupScore, list[str]]]:
    """Kinds of evidence under the domain of the first requirement that asks for them."""
    domain_of = {each.id: each.domain for each in material.ruleset.requirements}
    results = evaluated_of(material).result.domains
    for domain in results:
        names = [x for x in kinds if x in users and domain_of[users[x][0]] == domain.id]
        if names:
            yield domain, names


def users_of(material: Material, form: str) -> dict[str, list[str]]:
    """The requirements that may apply and rest on each question, or on each kind of evidence."""
    status = {each.id: each.status for each in evaluated_of(material).result.requirements}
    found: dict[str, list[str]] = {}
    for requirement in material.ruleset.requirements:
        if status[requirement.id] != "not_applicable":
            for kind, name in sorted(uses(requirement)):
                if kind == form:
                    found.setdefault(name, []).append(requirement.id)
    return found


def _group(anchor: str, title: str, lines: Sequence[Line]) -> Section:
    items = Items(tuple((Paragraph(line),) for line in lines))
    return Section(anchor, (title,), (items,), listed=False)


def _for(names: Sequence[str], target: Target) -> Line:
    """The requirements that a question or a kind of evidence serves, in brackets."""
    return (" (", *linked(names, target, _MOST_NAMED), ")") if names else ()
