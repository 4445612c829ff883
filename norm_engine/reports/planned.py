"""The plan that a report holds, and what was asked of it as the report carries that."""

from collections.abc import Iterator
from contextlib import contextmanager

from norm_engine.engine.program import Program
from norm_engine.model.plan_results import PlanResult
from norm_engine.model.report_results import PlanAsked
from norm_engine.model.scalars import exact
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.solver import Watch
from norm_engine.reports.subject import Subject, Wish


class PlanRefused(ValueError):
    """What was asked of a plan cannot be asked of this audit; its text says why."""


def planned(
    subject: Subject, wish: Wish, program: Program, watch: Watch | None = None
) -> PlanResult | None:
    """The plan of a subject as its reader may see it; None for the other kinds of report.

    Raises:
        PlanRefused: when a step asked for is not one that the structure can take, or a role has no
            days for what it is to do.
        KeyboardInterrupt: when the user stopped the search: what it had found by then another
            search would not find again.
    """
    from norm_engine.presentation.plan_result import plan_result

    if wish.kind != "plan" or subject.audit is None:
        return None
    if subject.plan is not None:
        return subject.plan
    options = wish.plan or PlanOptions()
    with refusals():
        made = plan_result(program, subject.audit, subject.states, subject.as_of, options, watch)
    if not made.complete:
        raise KeyboardInterrupt
    return made


@contextmanager
def refusals() -> Iterator[None]:
    """Says in words why a plan cannot be made.

    Raises:
        PlanRefused: in place of what making one raises.
    """
    from norm_engine.planning.calendar import EndsTooLate, NoCapacity
    from norm_engine.planning.plan import NotOffered
    from norm_engine.presentation.plan_obstacles import refusal_said

    try:
        yield
    except (NotOffered, NoCapacity, EndsTooLate) as refused:
        raise PlanRefused(refusal_said(refused)) from None


def asked_of(options: PlanOptions) -> PlanAsked:
    """What was asked of a plan, as a report carries it."""
    return PlanAsked(
        by=options.by,
        budget=None if options.budget is None else str(options.budget),
        assume=options.assume,
        without=options.without,
        with_=options.with_,
        capacity={role: str(days) for role, days in sorted(options.capacity.items())},
    )


def options_of(asked: PlanAsked | None) -> PlanOptions:
    """What was asked of a plan, from what a report carries."""
    if asked is None:
        return PlanOptions()
    return PlanOptions(
        by=asked.by,
        budget=None if asked.budget is None else exact(asked.budget),
        assume=asked.assume,
        without=asked.without,
        with_=asked.with_,
        capacity={role: exact(days) for role, days in asked.capacity.items()},
    )
