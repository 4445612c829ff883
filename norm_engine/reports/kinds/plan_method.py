"""How a plan is found, how far it reaches, and where its efforts come from."""

from norm_engine.language import _
from norm_engine.model.plan_results import PlanResult
from norm_engine.presentation.document import Items, Paragraph, Section


def plan_method_section(plan: PlanResult) -> Section:
    """How the steps are chosen and laid out, and what this plan in particular rests on."""
    unknown = _(
        "What is not known is taken at its worst: the plan leads to ready whatever the answers"
        " turn out to be."
    )
    if plan.assume == "best":
        unknown = _("What is not known is taken at its best: what is found later may add steps.")
    chosen = _(
        "Of all choices of steps that lead to ready on audit day, the plan is one that takes the"
        " least likely effort. A solver proves that no other takes less."
    )
    if plan.goal == "budget":
        chosen = _(
            "Of all choices of steps within the effort given, the plan is one that reaches the most"
            " proven readiness. A solver proves that no other reaches more."
        )
    rules = (
        chosen,
        unknown,
        _(
            "A step is an action of the catalogue, or the filing of evidence of what is in place"
            " already. It is held to do what the catalogue says of it, no more and no less."
        ),
        _("Evidence that will be too old or no longer valid on audit day is made anew."),
        _(
            "The calendar keeps the order of the steps, the least time that each takes, and the"
            " days a month that each role has. It is a good one, not proven to be the shortest."
        ),
    )
    items = Items(tuple((Paragraph((each,)),) for each in (*rules, *plan.notes)))
    return Section("plan-method", (_("How the plan is found"),), (items,), together=True)
