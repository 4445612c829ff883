"""Where no route leads to ready: what stands in the way, and the least that would open one."""

from norm_engine.planning.options import PlanOptions
from tests.planning.asking import FILING, NO_MINOR, day, doing, plan, planned
from tests.support.small_rules import criterion, no, requirement, shown, yes


def hindered(ruleset, answers=None, options=None, **more):
    """The obstacles, by requirement: what is missing, and why what would supply it is not there."""
    made = plan(ruleset, answers, options, **more)
    assert made.route is None
    program = made.problem.evaluation.program
    return {
        program.requirements[each.requirement].id: [
            (
                "/".join(program.atoms[program.nodes[missing.literal[0]].number].subjects),
                dict(missing.ruled_out),
            )
            for missing in each.missing
        ]
        for each in made.obstacles
    }


def opened(ruleset, answers=None, options=None, **more):
    """What would open a route together."""
    made = plan(ruleset, answers, options, **more)
    assert made.route is None
    return [(each.kind, each.name) for each in made.relaxed]


def acting(**days):
    return {name: doing(each, name) for name, each in days.items()}


# --- what stands in the way -----------------------------------------------------------------------


def test_no_action_brings_it_about():
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "b"), actions=acting(b=1))
    assert hindered(ruleset) == {"T-1": [("a", {})]}
    assert opened(ruleset) == [("requirement", "T-1")]


def test_the_action_makes_no_sense_for_the_structure():
    actions = {"faire": doing(1, "a", when=yes("b"))}
    ruleset = planned(requirement("T-1", "a"), actions=actions)
    assert hindered(ruleset, {"b": False}) == {"T-1": [("a", {"faire": "when"})]}
    # no option of the user's would make it make sense
    assert opened(ruleset, {"b": False}) == [("requirement", "T-1")]


def test_the_action_was_left_out():
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    options = PlanOptions(without=("a",))
    assert hindered(ruleset, options=options) == {"T-1": [("a", {"a": "without"})]}
    assert opened(ruleset, options=options) == [("without", "a")]


def test_the_action_was_dropped():
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    dropped = [{"id": "A1", "action": "a", "state": "dropped"}]
    assert hindered(ruleset, actions=dropped) == {"T-1": [("a", {"a": "dropped"})]}
    assert opened(ruleset, actions=dropped) == [("without", "a")]


def test_the_action_takes_too_long():
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    options = PlanOptions(by=day("2026-09-30"))
    assert hindered(ruleset, options=options) == {"T-1": [("a", {"a": "late"})]}
    assert opened(ruleset, options=options) == [("date", "")]


def test_the_action_needs_one_that_is_left_out():
    """Two steps that would supply it: both reasons are given; one of them is enough."""
    actions = {
        "avant": doing(1, "b"),
        "apres": doing(1, "a", after=["avant"]),
        "seul": doing(9, "a"),
    }
    ruleset = planned(requirement("T-1", "a"), actions=actions)
    options = PlanOptions(without=("avant", "seul"))
    assert hindered(ruleset, options=options) == {
        "T-1": [("a", {"apres": "needs", "seul": "without"})]
    }
    assert len(opened(ruleset, options=options)) == 1


def test_evidence_that_nothing_records():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    ruleset = planned(written, actions=acting(a=1))
    assert hindered(ruleset) == {"T-1": [("charte", {})]}


def test_a_filing_left_out_can_be_taken_back():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    actions = {"ecrire": doing(2, "a", records=["charte"])}
    ruleset = planned(written, actions=actions, filing=FILING)
    options = PlanOptions(without=("ecrire", "preuve:charte"))
    assert opened(ruleset, {"a": True}, options)[0] in (
        ("without", "ecrire"),
        ("without", "preuve:charte"),
    )


def test_what_satisfies_it_undoes_what_it_needs():
    """T-1 wants `a` and no `b`; the only action for `a` brings `b` about."""
    both = requirement("T-1", "a", criterion("c", when=no("b")))
    ruleset = planned(both, actions={"faire": doing(1, "a", "b")})
    assert hindered(ruleset, {"a": False, "b": False}) == {"T-1": []}


def test_what_can_be_met_is_no_obstacle_though_not_all_at_once():
    """Each of two can be met, by actions that undo each other."""
    ruleset = planned(
        requirement("T-1", "a"), requirement("T-2", criterion("c", when=no("a"))), actions=acting(a=1)
    )
    assert hindered(ruleset, {"a": False}) == {}
    assert len(opened(ruleset, {"a": False})) == 1


# --- what would open a route ----------------------------------------------------------------------


def test_a_smallest_set_that_opens_a_route_together():
    """T-1 and T-2 have no action at all; one minor is tolerated: one of the two has to be met."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b"),
        actions={},
        decision=[{**NO_MINOR, "at_most": 1}],
    )
    assert len(opened(ruleset)) == 1
    strict = planned(requirement("T-1", "a"), requirement("T-2", "b"), actions={})
    assert opened(strict) == [("requirement", "T-1"), ("requirement", "T-2")]


def test_one_step_that_serves_two_is_less_than_two_requirements():
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "a"), actions=acting(a=1))
    assert opened(ruleset, options=PlanOptions(without=("a",))) == [("without", "a")]


def test_the_users_own_constraints_go_before_requirements():
    """One of either would do: what the user can change is named."""
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    options = PlanOptions(by=day("2026-09-30"))
    assert opened(ruleset, options=options) == [("date", "")]


def test_fewer_requirements_go_before_more_of_the_users_constraints():
    """Two steps left out are both needed for T-1; T-1 itself is one."""
    ruleset = planned(requirement("T-1", "a", "b"), actions=acting(a=1, b=1))
    options = PlanOptions(without=("a", "b"))
    assert opened(ruleset, options=options) == [("requirement", "T-1")]


def test_too_late_and_left_out_are_two_things():
    """`b` is left out and would also be late: the day and the step have both to be given up.

    T-2 satisfied otherwise is one thing, T-1 needs the day anyway: two in either case.
    """
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b"),
        actions={"a": doing(1, "a", lead_time="P3M"), "b": doing(1, "b", lead_time="P3M")},
    )
    options = PlanOptions(by=day("2026-10-01"), without=("b",))
    assert opened(ruleset, options=options) == [("date", ""), ("without", "b")]


def test_a_plan_that_is_found_has_neither():
    made = plan(planned(requirement("T-1", "a"), actions=acting(a=1)))
    assert made.route is not None
    assert (made.obstacles, made.relaxed) == ((), ())
