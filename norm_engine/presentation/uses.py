"""Which questions and kinds of evidence requirements rest on."""

from norm_engine.model.conditions import Condition, children
from norm_engine.model.ruleset import Requirement


def uses(requirement: Requirement) -> set[tuple[str, str]]:
    """The questions and kinds of evidence that a requirement rests on."""
    found = names_in(requirement.applies_when)
    for criterion in requirement.criteria:
        found |= names_in(criterion.when) | names_in(criterion.proof)
    return found


def names_in(condition: Condition | None) -> set[tuple[str, str]]:
    """The questions and kinds of evidence that a condition names."""
    if condition is None:
        return set()
    found = {("question", name) for name in condition.ratio or ()}
    if condition.answer is not None:
        found.add(("question", condition.answer))
    if condition.evidence is not None:
        found.add(("evidence", condition.evidence))
    return found.union(*map(names_in, children(condition)))
