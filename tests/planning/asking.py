"""Asks for moves, routes and plans over small rule sets."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from norm_engine.engine.program import compile_ruleset
from norm_engine.model.audit import FileState
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import Planning, RuleSet
from norm_engine.planning.moves import Limits, Offer, offer
from norm_engine.planning.options import Assume, PlanOptions
from norm_engine.planning.plan import Plan, Question, make_plan
from norm_engine.planning.problem import Problem
from tests.support.small_rules import AS_OF, Doc, action, audit, rules, run

NO_MINOR: Doc = {"id": "mineures", "text": "…", "grade": "minor", "at_most": 0}
"""Ready when every requirement of minor gravity is satisfied: nearly all that small rules have."""

FILING: Doc = {
    "effort": {"low": "1/8", "likely": "1/4", "high": "1/2"},
    "lead_time": "P1W",
    "role": "referent_qualite",
}
"""A filing takes a quarter of a day and a week."""


def day(text: str) -> datetime.date:
    """A day as ISO 8601 writes it."""
    return datetime.date.fromisoformat(text)


def step(days: int | str = 1, **more: Any) -> Doc:
    """An action of so many likely person-days that takes a month."""
    return action(effort={"low": days, "likely": days, "high": days}, **more)


def doing(days: int | str, *questions: str, **more: Any) -> Doc:
    """An action after which these questions are answered yes."""
    return step(days, sets=dict.fromkeys(questions, True), **more)


def planned(
    *requirements: Doc,
    actions: Mapping[str, Doc],
    filing: Doc | None = None,
    capacity: Mapping[str, Doc] | None = None,
    margin: str | None = None,
    **more: Any,
) -> RuleSet:
    """A rule set with actions; ready when no requirement of minor gravity is short."""
    more.setdefault("decision", [NO_MINOR])
    made = rules(*requirements, actions=dict(actions), **more)
    planning: Doc = {"capacity": dict(capacity or {}), "margin": margin}
    planning |= {"filing": filing} if filing else {}
    return replace(made, planning=from_plain(Planning, planning))


def offered(
    ruleset: RuleSet,
    answers: Mapping[str, Any] | None = None,
    *,
    start: datetime.date = AS_OF,
    by: datetime.date | None = None,
    without: Collection[str] = (),
    assume: Assume = "worst",
    files: Mapping[str, FileState] | None = None,
    **more: Any,
) -> Offer:
    """What a structure with these answers can do; other keys are those of ``audit.yaml``."""
    evaluation = run(ruleset, answers, files, as_of=by or start, **more)
    limits = Limits(start, by, frozenset(without), assume)
    return offer(evaluation, audit(answers, **more), files or {}, limits)


def problem(
    ruleset: RuleSet,
    answers: Mapping[str, Any] | None = None,
    *,
    forced: Collection[str] = (),
    assume: Assume = "worst",
    **more: Any,
) -> Problem:
    """The problem of a structure with these answers."""
    kept = {key: each for key, each in more.items() if key not in ("start", "by", "without")}
    as_of = more.get("by") or more.get("start") or AS_OF
    return Problem(
        run(ruleset, answers, as_of=as_of, **kept),
        offered(ruleset, answers, **more),
        frozenset(forced),
        assume,
    )


def asked(
    ruleset: RuleSet,
    answers: Mapping[str, Any] | None = None,
    options: PlanOptions | None = None,
    start: datetime.date = AS_OF,
    **more: Any,
) -> Question:
    """What a plan is asked for."""
    program = compile_ruleset(ruleset)
    return Question(program, audit(answers, **more), {}, start, options or PlanOptions())


def plan(
    ruleset: RuleSet,
    answers: Mapping[str, Any] | None = None,
    options: PlanOptions | None = None,
    **more: Any,
) -> Plan:
    """The plan of a structure with these answers."""
    return make_plan(asked(ruleset, answers, options, **more))
