"""Whole plans: the day they lead to, what they are made of, and what the user's choices change."""

from fractions import Fraction

import pytest

from norm_engine.model.ruleset import RuleSet
from norm_engine.model.scalars import later
from norm_engine.planning.calendar import NoCapacity
from norm_engine.planning.options import PlanOptions
from norm_engine.planning.plan import NotOffered
from tests.planning.asking import FILING, day, doing, plan, planned, step
from tests.support.small_rules import (
    AS_OF,
    criterion,
    kept,
    recommendation,
    requirement,
    shown,
    yes,
)

REPORT = requirement("T-2", criterion("c", when=yes("b"), proof=shown("bilan")))
"""A yearly report: what shows it stays fresh for a year."""


def taken(made):
    """The steps of a plan; None without a route."""
    return None if made.route is None else list(made.route.moves)


def effects(made):
    return [(each.kind, each.move, each.difference) for each in made.effects]


# --- audit day ------------------------------------------------------------------------------------


def test_with_nothing_to_do_audit_day_is_today():
    made = plan(planned(requirement("T-1", "a"), actions={}), {"a": True})
    assert (taken(made), made.audit_day, made.calendar.placed) == ([], AS_OF, ())


def test_audit_day_is_the_day_the_last_step_ends():
    """Two months from 1 September, and three."""
    actions = {"a": doing(1, "a", lead_time="P2M"), "b": doing(1, "b", lead_time="P3M")}
    made = plan(planned(requirement("T-1", "a", "b"), actions=actions))
    assert made.audit_day == made.calendar.end == day("2026-12-01")


def test_a_rule_set_may_leave_time_between_the_last_step_and_audit_day():
    """Two months and two more; with nothing to do there is nothing to wait for.

    The report of 15 November 2025 is fresh on the day the step ends, not on audit day.
    """
    actions = {
        "a": doing(1, "a", lead_time="P2M"),
        "dresser": doing(2, "b", records=["bilan"], lead_time="P1M"),
    }
    ruleset = planned(requirement("T-1", "a"), REPORT, actions=actions, margin="P2M")
    old = [kept("P1", "bilan", dated="2025-11-15")]
    made = plan(ruleset, {"b": True}, evidence=old)
    assert (made.calendar.end, made.audit_day) == (day("2026-11-01"), day("2027-01-01"))
    assert taken(made) == ["a", "dresser"]
    assert plan(ruleset, {"a": True, "b": True}, evidence=old).audit_day == AS_OF


def test_the_day_asked_for_is_audit_day():
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    made = plan(ruleset, options=PlanOptions(by=day("2027-06-30")))
    assert (made.audit_day, made.calendar.end) == (day("2027-06-30"), day("2026-10-01"))


def test_evidence_that_expires_before_the_last_step_ends_is_made_anew():
    """The report of 15 September 2025 counts today, and until 15 September 2026.

    T-1 takes until 1 December, when the report is too old. It is made anew, in a month, so that
    audit day stays where it is.
    """
    actions = {
        "a": doing(1, "a", lead_time="P3M"),
        "dresser": doing(2, "b", records=["bilan"], lead_time="P1M"),
    }
    ruleset = planned(requirement("T-1", "a"), REPORT, actions=actions)
    old = [kept("P1", "bilan", dated="2025-09-15")]
    made = plan(ruleset, {"b": True}, evidence=old)
    assert (taken(made), made.audit_day) == (["a", "dresser"], day("2026-12-01"))
    fresh = [kept("P1", "bilan", dated="2026-01-15")]
    assert taken(plan(ruleset, {"b": True}, evidence=fresh)) == ["a"]


def test_making_evidence_anew_may_move_audit_day_again():
    """Renewing the first takes until 1 March 2027, by when the second has expired as well.

    The reports are dated 15 September 2025 (past on 1 December) and 1 February 2026 (past on
    1 March 2027, not on 1 December): the third look finds both.
    """
    other = requirement("T-3", criterion("c", when=yes("d"), proof=shown("compte_rendu")))
    actions = {
        "a": doing(1, "a", lead_time="P3M"),
        "dresser": doing(2, "b", records=["bilan"], lead_time="P6M"),
        "rediger": doing(2, "d", records=["compte_rendu"], lead_time="P1M"),
    }
    ruleset = planned(
        requirement("T-1", "a"),
        REPORT,
        other,
        actions=actions,
        evidence={"bilan": {"fresh_for": "P1Y"}, "compte_rendu": {"fresh_for": "P1Y"}},
    )
    pieces = [
        kept("P1", "bilan", dated="2025-09-15"),
        kept("P2", "compte_rendu", dated="2026-02-01"),
    ]
    made = plan(ruleset, {"b": True, "d": True}, evidence=pieces)
    assert taken(made) == ["a", "dresser", "rediger"]
    assert made.audit_day == day("2027-03-01")


def test_audit_day_comes_back_where_evidence_to_come_spares_the_longest_step():
    """The charter is dated 20 September: on 1 September it does not count, and takes a year.

    A year later it does, and T-1 alone is left, which takes a month: 1 October is audit day.
    """
    actions = {
        "a": doing(1, "a", lead_time="P1M"),
        "ecrire": doing(5, "b", records=["charte"], lead_time="P1Y"),
    }
    charter = requirement("T-2", criterion("c", when=yes("b"), proof=shown("charte")))
    ruleset = planned(requirement("T-1", "a"), charter, actions=actions)
    made = plan(ruleset, {"b": True}, evidence=[kept("P1", "charte", dated="2026-09-20")])
    assert (taken(made), made.audit_day) == (["a"], day("2026-10-01"))


def test_what_stays_fresh_for_a_month_is_not_made_too_early():
    """The other step takes three months; the register has to be of the last month."""
    register = requirement("T-2", criterion("c", proof=shown("releve")))
    actions = {
        "a": doing(1, "a", lead_time="P3M"),
        "relever": step(1, records=["releve"], lead_time="P1W"),
    }
    made = plan(planned(requirement("T-1", "a"), register, actions=actions))
    (last,) = [each for each in made.calendar.placed if each.task.id == "relever"]
    assert made.audit_day == day("2026-12-01")
    assert last.end >= day("2026-11-01")


def test_what_is_valid_until_a_day_is_renewed_on_that_day():
    """The insurer's paper of today runs until 1 November: in October the same one would be had."""
    insurance = requirement("T-2", criterion("c", proof=shown("charte")))
    actions = {
        "a": doing(1, "a", lead_time="P3M"),
        "renouveler": step(1, records=["charte"], lead_time="P1W"),
    }
    paper = [kept("P1", "charte", valid_until="2026-11-01")]
    made = plan(planned(requirement("T-1", "a"), insurance, actions=actions), evidence=paper)
    (last,) = [each for each in made.calendar.placed if each.task.id == "renouveler"]
    assert (last.start, last.end) == (day("2026-10-25"), day("2026-11-01"))
    assert made.audit_day == day("2026-12-01")


def renewing(kinds: int, *, fresh_for: str, margin: str | None = None) -> RuleSet:
    """Registers to be shown, each a day's work of who has one day a month, soon too old."""
    names = [f"registre_{number}" for number in range(kinds)]
    return planned(
        *(
            requirement(f"T-{number}", criterion("c", proof=shown(name)))
            for number, name in enumerate(names, 1)
        ),
        actions={f"tenir_{name}": step(1, records=[name], lead_time="P1D") for name in names},
        evidence={name: {"fresh_for": fresh_for} for name in names},
        capacity={"direction": {"days": 1}},
        margin=margin,
    )


def test_evidence_that_ages_faster_than_it_is_made_leaves_no_audit_day():
    """Two dozen that count for a day: no day is found that all of them end on, or the day before.

    That is said, and not that a day which was asked for is missed.
    """
    made = plan(renewing(24, fresh_for="P1D"))
    assert made.route is not None
    assert len(made.route.moves) == 24
    assert made.late > 0
    assert not made.stopped


def test_the_margin_is_given_up_where_no_day_leaves_it():
    """A dozen that count for two months: two months after the last, the others are too old."""
    ruleset = renewing(12, fresh_for="P2M", margin="P2M")
    made = plan(ruleset)
    assert made.late == 0
    assert made.audit_day < later(made.calendar.end, "P2M")
    assert plan(ruleset, options=PlanOptions(by=made.audit_day)).late == 0


def test_the_margin_is_kept_where_evidence_bears_it():
    """Three that count for five months: the last of three months, and two months after it."""
    made = plan(renewing(3, fresh_for="P5M", margin="P2M"))
    assert (made.late, made.audit_day) == (0, later(made.calendar.end, "P2M"))


def test_a_day_without_the_margin_is_taken_where_none_leads_to_ready_with_it():
    """The paper counts until 15 November: after the step, on 1 November, not two months later.

    Nobody can have another one made.
    """
    paper = requirement("T-2", criterion("c", proof=shown("charte")))
    ruleset = planned(
        requirement("T-1", "a"),
        paper,
        actions={"a": doing(1, "a", lead_time="P2M")},
        margin="P2M",
    )
    piece = [kept("P1", "charte", valid_until="2026-11-15")]
    made = plan(ruleset, evidence=piece)
    assert (taken(made), made.audit_day, made.late) == (["a"], day("2026-11-01"), 0)


def test_the_role_that_lacks_days_is_named_and_no_other():
    """Three days of each role: at one a month, who does `a` takes three, who does `b` a week."""
    actions = {
        "a": doing(3, "a", lead_time="P1W", role="direction"),
        "b": doing(3, "b", lead_time="P1W", role="encadrement"),
    }
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    few = {"direction": Fraction(1), "encadrement": Fraction(31)}
    made = plan(ruleset, options=PlanOptions(by=day("2026-09-30"), capacity=few))
    assert made.late > 0
    assert made.lacking == ("direction",)
    both = {"direction": Fraction(1), "encadrement": Fraction(1)}
    made = plan(ruleset, options=PlanOptions(by=day("2026-09-30"), capacity=both))
    assert set(made.lacking) == {"direction", "encadrement"}


def test_no_role_lacks_days_where_lead_times_alone_are_too_long():
    """The register of the last month waits for a step of three months that it comes after."""
    register = requirement("T-2", criterion("c", when=yes("b"), proof=shown("releve")))
    actions = {
        "relever": step(1, records=["releve"], sets={"b": True}, lead_time="P1W"),
        "a": doing(1, "a", lead_time="P3M", after=["relever"]),
    }
    made = plan(planned(requirement("T-1", "a"), register, actions=actions))
    assert made.late > 0
    assert made.lacking == ()


# --- order, time and people -----------------------------------------------------------------------


def test_a_step_starts_once_those_it_needs_are_done():
    actions = {
        "avant": doing(1, "b", lead_time="P1M"),
        "apres": doing(1, "a", lead_time="P1M", after=["avant"]),
    }
    made = plan(planned(requirement("T-1", "a", "b"), actions=actions))
    first, then = made.calendar.placed
    assert (first.task.id, then.task.id, then.task.after) == ("avant", "apres", ("avant",))
    assert first.end < then.start or first.end == then.start
    assert made.calendar.critical_path == ("avant", "apres")


def test_days_a_month_are_the_rule_sets_the_structures_or_the_users():
    """Half a day for each of 4 posts makes 2 a month; said to be 3 by the user."""
    ruleset = planned(
        requirement("T-1", "a"),
        actions={"a": doing(1, "a")},
        capacity={"direction": {"days": "1/2", "per": "postes"}, "encadrement": {"days": 5}},
    )
    assert plan(ruleset, {"postes": 4}).capacity == {"direction": 2, "encadrement": 5}
    assert plan(ruleset).capacity["direction"] == Fraction(1, 2), "counted for one"
    three = PlanOptions(capacity={"direction": Fraction(3), "mediateurs": Fraction(1)})
    assert plan(ruleset, {"postes": 4}, three).capacity == {
        "direction": 3,
        "encadrement": 5,
        "mediateurs": 1,
    }


def first_steps(requirements, steps, **more):
    """The steps in the order of their starts, one person having a day a month."""
    ruleset = planned(*requirements, actions=steps, capacity={"direction": {"days": 1}})
    made = plan(ruleset, dict.fromkeys("abd", False), **more)
    return [each.task.id for each in made.calendar.placed]


def test_what_the_law_asks_for_goes_first_with_what_it_needs():
    """The law asks for T-2: `b`, which needs `avant`, goes before what the weightier T-1 takes."""
    requirements = (
        requirement("T-1", "a", weight=9),
        requirement("T-2", "b", basis="law"),
        recommendation("T-3", "d"),
    )
    actions = {"a": doing(1, "a"), "avant": doing(1, "d"), "b": doing(1, "b", after=["avant"])}
    assert first_steps(requirements, actions) == ["avant", "b", "a"]


def test_what_the_law_asks_for_goes_first_where_nobody_knows_whether_it_is_done():
    requirements = (requirement("T-1", "a", weight=9), requirement("T-2", "b", basis="law"))
    actions = {"a": doing(1, "a"), "b": doing(1, "b")}
    ruleset = planned(*requirements, actions=actions, capacity={"direction": {"days": 1}})
    made = plan(ruleset, {"a": False})
    assert [each.task.id for each in made.calendar.placed] == ["b", "a"]


def test_what_is_begun_is_gone_on_with():
    requirements = (requirement("T-1", "a", weight=9), requirement("T-2", "b"))
    actions = {"a": doing(1, "a"), "b": doing(1, "b")}
    assert first_steps(requirements, actions) == ["a", "b"]
    begun = [{"id": "A1", "action": "b", "state": "doing"}]
    assert first_steps(requirements, actions, actions=begun) == ["b", "a"]


def test_few_days_a_month_make_the_calendar_longer_not_the_route_dearer():
    """12 days at 4 a month from 1 September: past 1 November; at 12 a month, by 1 October."""
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(12, "a")})
    quick, slow = (
        plan(ruleset, options=PlanOptions(capacity={"direction": Fraction(days)}))
        for days in (12, 4)
    )
    assert quick.calendar.end <= day("2026-10-01") < day("2026-11-01") <= slow.calendar.end
    assert quick.route is not None
    assert slow.route is not None
    assert quick.route.effort == slow.route.effort


def test_a_role_without_days_cannot_work():
    ruleset = planned(requirement("T-1", "a"), actions={"a": doing(1, "a")})
    with pytest.raises(NoCapacity) as refused:
        plan(ruleset, options=PlanOptions(capacity={"direction": Fraction(0)}))
    assert refused.value.role == "direction"


# --- choices of the user --------------------------------------------------------------------------

EITHER = planned(
    requirement("T-1", criterion("c", when={"any": [yes("a"), yes("b")]})),
    recommendation("T-2", "d"),
    actions={"a": doing(1, "a"), "b": doing(3, "b"), "d": doing(5, "d")},
)
"""T-1 takes a day with `a`, three with `b`; `d` serves a recommendation."""


def test_what_a_step_left_out_costs():
    made = plan(EITHER, options=PlanOptions(without=("a",)))
    assert (taken(made), effects(made)) == (["b"], [("without", "a", 2)])


def test_what_a_step_taken_whatever_it_costs_costs():
    made = plan(EITHER, options=PlanOptions(with_=("d",)))
    assert (taken(made), effects(made)) == (["a", "d"], [("with", "d", 5)])


def test_choices_that_change_nothing_say_so():
    left = plan(EITHER, options=PlanOptions(without=("d",)))
    assert effects(left) == [("without", "d", 0)]
    made = plan(EITHER, options=PlanOptions(with_=("a",)))
    assert effects(made) == [("with", "a", 0)]


def test_each_choice_is_looked_at_with_the_others_kept():
    """`a` left out and `d` taken: 3 + 5. With `a` it would be 1 + 5, without `d` it would be 3."""
    made = plan(EITHER, options=PlanOptions(without=("a",), with_=("d",)))
    assert taken(made) == ["b", "d"]
    assert effects(made) == [("without", "a", 2), ("with", "d", 5)]


def test_what_a_step_taken_needs_is_taken_too():
    ruleset = planned(
        requirement("T-1", "a"),
        recommendation("T-2", "b", "d"),
        actions={"a": doing(1, "a"), "b": doing(2, "b"), "d": doing(4, "d", after=["b"])},
    )
    made = plan(ruleset, options=PlanOptions(with_=("d",)))
    assert (taken(made), effects(made)) == (["a", "b", "d"], [("with", "d", 6)])


def test_a_step_that_cannot_be_taken_is_refused_with_the_reason():
    actions = {"a": doing(1, "a", lead_time="P6M"), "b": doing(1, "b", when=yes("d"))}
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    for options, name, reason in (
        (PlanOptions(with_=("a",), by=day("2026-10-01")), "a", "late"),
        (PlanOptions(with_=("b",)), "b", "when"),
        (PlanOptions(with_=("preuve:charte",)), "preuve:charte", None),
    ):
        with pytest.raises(NotOffered) as refused:
            plan(ruleset, {"d": False}, options)
        assert (refused.value.name, refused.value.reason) == (name, reason)


def test_a_filing_can_be_asked_for():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    actions = {"ecrire": doing(2, "a", records=["charte"])}
    ruleset = planned(written, actions=actions, filing=FILING)
    without = plan(ruleset, {"a": True}, PlanOptions(without=("preuve:charte",)))
    assert taken(without) == ["ecrire"]
    assert effects(without) == [("without", "preuve:charte", Fraction(7, 4))]


def test_other_routes_as_many_as_asked_for():
    assert [route.moves for route in plan(EITHER).others] == [("b",)]
    assert plan(EITHER, options=PlanOptions(alternatives=0)).others == ()


def test_a_budget_is_spent_on_readiness_and_nothing_else_is_looked_for():
    made = plan(EITHER, {"a": False, "b": False}, PlanOptions(budget=Fraction(3)))
    assert taken(made) == ["a"]
    assert (made.others, made.answers, made.effects, made.obstacles) == ((), (), (), ())


def test_a_budget_below_what_is_forced_gives_no_route():
    made = plan(EITHER, options=PlanOptions(budget=Fraction(4), with_=("d",)))
    assert (made.route, made.stopped) == (None, False)
