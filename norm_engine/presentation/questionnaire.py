"""The questions of a rule set in the order in which a structure is asked them."""

from collections.abc import Iterator

from norm_engine.language import _, current
from norm_engine.model.conditions import Condition, children
from norm_engine.model.ruleset import AnswerReference, Requirement, RuleSet
from norm_engine.model.scalars import text_in


def question_groups(ruleset: RuleSet) -> list[tuple[str, list[str]]]:
    """The questions by heading: the profile, then each domain; each question stands once."""
    placed = {name for name, question in ruleset.questions.items() if question.profile}
    profile = [name for name in ruleset.questions if name in placed]
    groups = [(_("Your structure"), profile)] if profile else []
    for domain in ruleset.head.domains:
        used = {
            name
            for requirement in ruleset.requirements
            if requirement.domain == domain.id
            for name in questions_of(requirement)
        }
        own = [name for name in ruleset.questions if name in used and name not in placed]
        placed.update(own)
        if own:
            groups.append((text_in(domain.title, current(), ruleset.head.language), own))
    rest = [name for name in ruleset.questions if name not in placed]
    bounds = {
        question.max.answer
        for question in ruleset.questions.values()
        if isinstance(question.max, AnswerReference)
    }
    rest = [name for name in rest if name in bounds]
    return [*groups, (_("Other figures"), rest)] if rest else groups


def questions_of(requirement: Requirement) -> set[str]:
    """The questions that a requirement's conditions speak of."""
    found = set()
    for condition in _conditions(requirement):
        if condition.answer is not None:
            found.add(condition.answer)
        found.update(condition.ratio or ())
    return found


def _conditions(requirement: Requirement) -> Iterator[Condition]:
    pending = [requirement.applies_when] if requirement.applies_when is not None else []
    for criterion in requirement.criteria:
        pending.extend(each for each in (criterion.when, criterion.proof) if each is not None)
    while pending:
        condition = pending.pop()
        yield condition
        pending.extend(children(condition))
