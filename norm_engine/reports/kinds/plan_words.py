"""Steps of a plan as reports name them: by their number, with a link to their sheet."""

from collections.abc import Mapping, Sequence

from norm_engine.language import _
from norm_engine.model.plan_results import PlanResult
from norm_engine.planning.moves import FILING
from norm_engine.presentation.document import Inline, Line, Link
from norm_engine.reports.kinds.parts_words import line_of
from norm_engine.reports.material import Material

CLOSES = "closes"
"""Where the requirements that the plan is about are listed."""

LEFT = "left"
"""Where the requirements that it leaves are listed."""


def numbers_of(plan: PlanResult) -> Mapping[str, int]:
    """The number of each step, in the order of the plan."""
    return {step.id: number for number, step in enumerate(plan.steps, 1)}


def anchor_of(number: int) -> str:
    """Where the sheet of a step stands."""
    return f"step-{number}"


def step_links(names: Sequence[str], plan: PlanResult) -> Line:
    """Steps in a row by their numbers, each a link to its sheet."""
    numbers = numbers_of(plan)
    found: list[Inline] = []
    for number in sorted(numbers[each] for each in names if each in numbers):
        found += [", "] if found else []
        found.append(Link(f"#{anchor_of(number)}", str(number)))
    return tuple(found)


def step_title(name: str, material: Material) -> Line:
    """What a step is called, whether the plan takes it or not."""
    ruleset = material.ruleset
    kind = ruleset.evidence.get(name.removeprefix(FILING)) if name.startswith(FILING) else None
    if kind is not None:
        before, after = _("Gather the evidence “{title}”").format(title="\n").split("\n")
        return (before, *line_of(kind.title, ruleset), after)
    action = ruleset.actions.get(name)
    return (name,) if action is None else line_of(action.title, ruleset)


def requirement_target(plan: PlanResult) -> Mapping[str, str]:
    """Where each requirement that steps name is listed."""
    names = {name for step in plan.steps for name in (*step.closes, *step.serves)}
    left = {each.id for each in plan.left}
    return {name: f"#{LEFT if name in left else CLOSES}" for name in names | left}
