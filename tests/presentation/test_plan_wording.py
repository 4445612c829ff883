"""What a plan says in words: for which day its proof holds, what it leaves, and what sets its end.

Steps are named as the question that they set, and take the days that they are given.
"""

import datetime
from dataclasses import replace
from fractions import Fraction
from typing import Any

from norm_engine.engine.program import compile_ruleset
from norm_engine.language import speaking
from norm_engine.model.plan_results import AlternativeRoute, EffortResult, PlanResult
from norm_engine.model.ruleset import RuleSet
from norm_engine.planning.options import PlanOptions
from norm_engine.presentation.plan_others import told
from norm_engine.presentation.plan_page import plan_page
from norm_engine.presentation.plan_result import plan_result
from norm_engine.presentation.plan_words import day_aimed_at, no_steps_said
from norm_engine.presentation.terminal import Page
from tests.planning import asking
from tests.planning.asking import planned
from tests.support.small_plan import small_plan
from tests.support.small_rules import (
    AS_OF,
    QUESTIONS,
    Doc,
    audit,
    no,
    requirement,
    rules,
    yes,
)


def doing(days: int, *questions: str, **more: Any) -> Doc:
    """An action named after what it answers with yes."""
    return asking.doing(days, *questions, title=f"Faire {questions[0]}", **more)


def result(
    ruleset: RuleSet, answers: Doc, options: PlanOptions | None = None, **more: Any
) -> PlanResult:
    """The plan of a structure with these answers from 1 September 2026 on."""
    program = compile_ruleset(ruleset)
    with speaking("en"):
        return plan_result(program, audit(answers, **more), {}, AS_OF, options or PlanOptions())


def said(made: PlanResult, ruleset: RuleSet | None = None, asked: str = "a") -> str:
    """The page of a plan, as one line."""
    page = Page()
    titles = {step.id: step.title for step in made.steps}
    for route in made.alternatives:
        titles |= {name: name for name in (*route.adds, *route.spares)}
    with speaking("en"):
        plan_page(page, made, asked, titles, ruleset or rules())
    return " ".join(str(page).split())


# --- the day that the proof holds for -------------------------------------------------------------


def test_the_proof_names_the_day_that_it_holds_for() -> None:
    """A month from 1 September ends on 1 October."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    page = said(result(ruleset, {"a": False}), ruleset)
    assert "No route takes less effort for an audit on 1 October 2026: proven." in page
    assert "Another audit day is named with --by." in page


def test_a_day_that_was_asked_for_is_not_to_be_named_again() -> None:
    by = PlanOptions(by=datetime.date(2026, 12, 1))
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    page = said(result(ruleset, {"a": False}, by), ruleset, "a --by 2026-12-01")
    assert "for an audit on 1 December 2026: proven." in page
    assert "--by." not in page


def test_notes_hold_nothing_that_only_the_command_line_knows() -> None:
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    made = result(ruleset, {"a": False})
    assert made.notes[-1] == (
        "The audit is taken to be on 1 October 2026, the day the last step ends."
    )


# --- what may not concern the structure -----------------------------------------------------------


def test_what_is_met_if_it_applies_at_all_is_not_left() -> None:
    """Whether b is not known: T-2 is met by then, or does not concern the structure."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "c", applies_when=yes("b")),
        actions={"a": doing(1, "a"), "c": doing(2, "c")},
    )
    made = result(ruleset, {"a": False, "c": False})
    steps = {step.id: step for step in made.steps}
    assert (steps["c"].closes, steps["c"].may_not_apply) == (("T-2",), ("T-2",))
    assert (steps["a"].closes, steps["a"].may_not_apply) == (("T-1",), ())
    assert made.left == ()
    page = said(made, ruleset)
    assert "satisfies T-2, if it concerns you" in page
    assert "satisfies T-1 a" in page


# --- what the plan leaves -------------------------------------------------------------------------


def test_what_is_left_stands_by_gravity_and_is_counted_against_what_is_tolerated() -> None:
    """Two minors are tolerated: all of T-1 to T-4 may be left but for the major one, T-5."""
    ruleset = planned(
        requirement("T-1", "a", gravity="sensitive"),
        requirement("T-2", "b"),
        requirement("T-3", "c", gravity="sensitive"),
        requirement("T-4", "d"),
        requirement("T-5", "e", gravity="major"),
        actions={name: doing(1, name) for name in "abcde"},
        decision=[
            {"id": "majeures", "text": "…", "grade": "major", "at_most": 0},
            {"id": "mineures", "text": "…", "grade": "minor", "at_most": 2},
        ],
    )
    made = result(ruleset, dict.fromkeys("abcde", False))
    assert [each.id for each in made.left] == ["T-2", "T-4", "T-1", "T-3"]
    page = said(made, ruleset)
    assert "major nonconformity: 0, of which the decision tolerates 0" in page
    assert "minor nonconformity: 2, of which the decision tolerates 2" in page
    assert "weak point: 2 " in page


def test_of_what_is_open_the_worst_that_it_may_be_is_said() -> None:
    """Nobody knows of c, and one minor is tolerated: T-3 stays open, at worst a minor one."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-3", "c"),
        actions={"a": doing(1, "a"), "c": doing(5, "c")},
        decision=[{"id": "mineures", "text": "…", "grade": "minor", "at_most": 1}],
    )
    made = result(ruleset, {"a": False})
    assert [(each.id, each.grade, each.worst) for each in made.left] == [("T-3", None, "minor")]
    assert "undetermined · at worst: minor nonconformity" in said(made, ruleset)


# --- other routes ---------------------------------------------------------------------------------


def route(adds: str, spares: str) -> AlternativeRoute:
    """A route that costs as much and does these steps, a letter each."""
    effort = EffortResult(low="1", likely="2", high="3")
    return AlternativeRoute(effort=effort, difference="0", adds=tuple(adds), spares=tuple(spares))


def test_a_route_nearly_the_same_as_another_is_told_by_it() -> None:
    """The third is the first, but for one step spared and one done after all."""
    first, second, third = told([route("pabcd", "qefgh"), route("p", "q"), route("abcd", "efgh")])
    assert (first.like, first.adds, first.spares) == (None, tuple("pabcd"), tuple("qefgh"))
    assert (second.like, second.adds, second.spares) == (None, ("p",), ("q",))
    assert (third.like, third.adds, third.spares) == (1, ("q",), ("p",))
    with speaking("en"):
        assert third.heading == "2 days (1 to 3), as much; like route 1, but"


def test_a_route_is_told_by_the_plan_where_that_takes_about_as_many_names() -> None:
    """By the first it would take one step, by the plan two."""
    assert told([route("a", ""), route("ab", "")])[1].like is None


# --- too little is answered -----------------------------------------------------------------------


def test_where_less_than_half_is_answered_that_is_said_first() -> None:
    """Of three requirements that weigh the same one is known, of three questions one."""
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "abc"),
        actions={name: doing(1, name) for name in "abc"},
    )
    made = result(ruleset, {"a": False})
    assert made.answered is not None
    assert (made.answered.coverage, made.answered.questions_asked) == ("1/3", 3)
    page = said(made, ruleset)
    warned = page.index("of what is evaluated (33%): 2 questions of the 3 you are asked are")
    assert warned < page.index("The cheapest route to ready")


def test_where_half_is_answered_nothing_is_said_of_it() -> None:
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "ab"),
        actions={name: doing(1, name) for name in "ab"},
    )
    assert "less than half" not in said(result(ruleset, {"a": False}), ruleset)


# --- no route, and too late -----------------------------------------------------------------------


def test_what_a_structure_is_is_no_remedy_where_something_else_is_missing() -> None:
    """T-1 does not concern a structure without b; but nobody changes what they are for that."""
    questions = {**QUESTIONS, "b": {"type": "yes_no", "profile": True, "text": "Êtes-vous b ?"}}
    ruleset = planned(
        requirement("T-1", "a", applies_when=yes("b")),
        actions={"a": doing(1, "a", lead_time="P6M")},
        questions=questions,
    )
    by = PlanOptions(by=datetime.date(2026, 12, 1))
    made = result(ruleset, {"a": False, "b": True}, by)
    (obstacle,) = made.obstacles
    assert obstacle.reasons == ("“Faire a” cannot be done before 1 March 2027",)


def test_what_a_structure_is_is_said_where_nothing_else_is_missing() -> None:
    questions = {**QUESTIONS, "b": {"type": "yes_no", "profile": True, "text": "Êtes-vous b ?"}}
    forbidden = {"id": "pas_b", "text": "…", "when": no("b")}
    ruleset = planned(requirement("T-1", forbidden), actions={}, questions=questions)
    (obstacle,) = result(ruleset, {"b": True}).obstacles
    assert "Êtes-vous b" in obstacle.reasons[0]


def test_the_day_that_opens_a_route_rests_on_lead_times_alone() -> None:
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a", lead_time="P6M")})
    by = PlanOptions(by=datetime.date(2026, 12, 1))
    page = said(result(ruleset, {"a": False}, by), ruleset)
    assert "an audit on 1 March 2027, in place of 1 December 2026" in page
    assert "by lead times alone, without counting the days that each can give" in page


def test_steps_that_end_too_late_do_not_make_ready_on_audit_day() -> None:
    """Two days at one a month: September and October, done on 31 October at the earliest."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(2, "a")})
    slow = PlanOptions(by=datetime.date(2026, 10, 1), capacity={"direction": Fraction(1)})
    made = result(ruleset, {"a": False}, slow)
    assert (made.end, made.late) == (datetime.date(2026, 10, 31), 30)
    page = said(made, ruleset)
    assert "Were the steps done by 1 October 2026: Not ready yet → Ready" in page
    assert "Decision on" not in page
    assert "The steps end 30 days after 1 October 2026" in page


# --- what sets the end ----------------------------------------------------------------------------


def test_one_role_s_days_set_the_end() -> None:
    """Three steps of 2 days each at one day a month: half a year, whatever their order."""
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "abc"),
        actions={name: doing(2, name) for name in "abc"},
    )
    slow = PlanOptions(capacity={"direction": Fraction(1)})
    page = said(result(ruleset, dict.fromkeys("abc", False), slow), ruleset)
    ends = "What sets the end is one role, management: 6 days of work, 1 day a month at most."
    assert ends in page
    assert "Each waits for the one before" not in page


def test_steps_that_follow_each_other_set_the_end() -> None:
    ruleset = planned(
        *(requirement(f"T-{name}", name) for name in "ab"),
        actions={"a": doing(1, "a"), "b": doing(1, "b", after=["a"])},
    )
    page = said(result(ruleset, dict.fromkeys("ab", False)), ruleset)
    assert "Each waits for the one before; a delay of one delays the whole. → Faire a" in page


def test_each_link_is_named_where_they_differ() -> None:
    """In the small plan the second waits for its role's days, though it is made to follow none."""
    plan = small_plan()
    freed = tuple(
        replace(step, after=()) if step.id == "engager_mediateurs" else step for step in plan.steps
    )
    page = said(replace(plan, steps=freed))
    assert "leur engagement waits for days of this role: supervisors" in page
    assert "les partenaires follows the one before" in page


def test_a_plan_of_more_than_three_years_is_not_realistic() -> None:
    """40 days at one a month last three years and four months: to 31 December 2029."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(40, "a")})
    slow = PlanOptions(capacity={"direction": Fraction(1)})
    made = result(ruleset, {"a": False}, slow)
    assert made.end == datetime.date(2029, 12, 31)
    assert made.notes[-1] == (
        "At this pace the last step ends on 31 December 2029, more than three years from now: not"
        " realistic. What sets the end is one role, management: 40 days of work, 1 day a month at"
        " most."
    )


def test_a_plan_of_three_years_has_no_such_note() -> None:
    """36 days at one a month end on 31 August 2029."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(36, "a")})
    slow = PlanOptions(capacity={"direction": Fraction(1)})
    made = result(ruleset, {"a": False}, slow)
    assert made.end == datetime.date(2029, 8, 31)
    assert not [each for each in made.notes if "realistic" in each]


# --- the audit's own follow-up --------------------------------------------------------------------


def test_a_step_that_ends_after_the_day_due_says_so() -> None:
    """It ends on 1 October; the earlier of two days due counts, and not that of what is over."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    followed = [
        {"id": "A1", "action": "a", "state": "doing", "due": "2026-12-01"},
        {"id": "A2", "action": "a", "state": "todo", "due": "2026-09-30"},
        {"id": "A3", "action": "a", "state": "done", "due": "2026-09-02"},
    ]
    made = result(ruleset, {"a": False}, actions=followed)
    assert made.steps[0].due == datetime.date(2026, 9, 30)
    page = said(made, ruleset)
    assert "! ends after the day due in your follow-up, 30 September 2026" in page


def test_a_step_that_ends_on_the_day_due_is_in_time() -> None:
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    followed = [{"id": "A1", "action": "a", "due": "2026-10-01"}]
    page = said(result(ruleset, {"a": False}, actions=followed), ruleset)
    assert "follow-up" not in page


# --- no steps -------------------------------------------------------------------------------------


def test_a_plan_without_steps_says_why() -> None:
    """Stopped, out of reach, of no use, unknown or done: five reasons, and no other is given."""
    empty = replace(small_plan(), steps=(), late=0)
    none = replace(empty, found=False)
    left = replace(empty, goal="budget", left=small_plan().left)
    unknown = replace(empty.decision_after, outcome="undetermined")
    with speaking("en"):
        assert [
            no_steps_said(each)
            for each in (
                none,
                replace(none, day_asked=False),
                replace(none, complete=False),
                replace(none, goal="budget"),
                left,
                replace(left, complete=False),
                replace(empty, decision_after=unknown),
                empty,
            )
        ] == [
            "No route leads to ready for an audit on 30 April 2027.",
            "No route leads to ready.",
            "The search was stopped before a route was found.",
            "What is to be done whatever it costs passes the effort there is.",
            "No steps within this effort make for more readiness.",
            "The search was stopped before steps within this effort were found that make for more"
            " readiness.",
            "Nothing that is known calls for a step: what is left is to answer the questions.",
            "Nothing is left to do.",
        ]


def test_an_audit_day_is_aimed_at_where_it_was_asked_for_or_the_steps_lead_to_it() -> None:
    plan = small_plan()
    found = replace(plan, day_asked=False)
    assert day_aimed_at(plan) == day_aimed_at(found) == plan.audit_day
    assert day_aimed_at(replace(plan, late=3)) == plan.audit_day
    assert day_aimed_at(replace(found, late=3)) is None
    assert day_aimed_at(replace(found, steps=())) is None
