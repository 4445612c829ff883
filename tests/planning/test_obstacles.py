"""Where no route leads to ready: what stands in the way, and the least that would open one."""

from norm_engine.planning.options import PlanOptions
from tests.planning.asking import FILING, NO_MINOR, day, doing, plan, planned, step
from tests.support.small_rules import (
    criterion,
    no,
    recommendation,
    requirement,
    shown,
    yes,
)


def hindered(ruleset, answers=None, options=None, **more):
    """The obstacles by requirement: each thing missing, and why what would supply it is not there.

    A requirement that lacks nothing by itself has none.
    """
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
    """An action for each question, named as it is, that takes so many days."""
    return {name: doing(each, name) for name, each in days.items()}


# --- what stands in the way -----------------------------------------------------------------------


def test_no_action_brings_it_about():
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "b"), actions=acting(b=1))
    assert hindered(ruleset) == {"T-1": [("a", {})]}
    assert opened(ruleset) == [("requirement", "T-1")]


def unanswered(ruleset, answers=None):
    """What is to be answered before it is known whether a step supplies what is missing."""
    made = plan(ruleset, answers)
    assert made.route is None
    return [missing.unanswered for each in made.obstacles for missing in each.missing]


ALL_TRAINED = criterion("c", when={"ratio": ["formes", "postes"], "at_least": 1})


def test_whether_the_action_brings_it_about_hangs_on_an_answer():
    """All are trained once those trained are as many as there are: nobody knows how many."""
    train = step(1, sets={"formes": {"answer": "postes"}})
    ruleset = planned(requirement("T-1", ALL_TRAINED), actions={"former": train})
    assert unanswered(ruleset) == [("postes",)]
    assert opened(ruleset) == [("requirement", "T-1")], "without that answer"
    assert plan(ruleset, {"postes": 4, "formes": 0}).route is not None


def test_what_no_answer_changes_is_not_to_be_answered():
    """Nothing ever trains anybody, whatever is answered."""
    ruleset = planned(requirement("T-1", ALL_TRAINED), actions=acting(b=1))
    assert unanswered(ruleset) == [()]


def test_the_action_makes_no_sense_for_the_structure():
    """No option of the user's would make it make sense."""
    actions = {"faire": doing(1, "a", when=yes("b"))}
    ruleset = planned(requirement("T-1", "a"), actions=actions)
    assert hindered(ruleset, {"b": False}) == {"T-1": [("a", {"faire": "when"})]}
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


def test_what_was_dropped_and_is_asked_for_is_taken_all_the_same():
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    dropped = [{"id": "A1", "action": "a", "state": "dropped"}]
    made = plan(ruleset, options=PlanOptions(with_=("a",)), actions=dropped)
    assert made.route is not None
    assert made.route.moves == ("a",)


def test_the_action_takes_too_long():
    """A month from 1 September is 1 October; asked for is the day before."""
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    options = PlanOptions(by=day("2026-09-30"))
    assert hindered(ruleset, options=options) == {"T-1": [("a", {"a": "late"})]}
    assert opened(ruleset, options=options) == [("date", "")]
    assert plan(ruleset, options=options).opening == day("2026-10-01")


def test_the_action_needs_one_that_is_left_out():
    """Two steps would supply it: the reasons of both are given, one taken back is enough."""
    actions = {
        "avant": doing(1, "b"),
        "apres": doing(1, "a", after=["avant"]),
        "seul": doing(9, "a"),
    }
    ruleset = planned(requirement("T-1", "a"), recommendation("T-2", "b"), actions=actions)
    options = PlanOptions(without=("avant", "seul"))
    assert hindered(ruleset, options=options) == {
        "T-1": [("a", {"apres": "needs", "seul": "without"})]
    }
    assert opened(ruleset, options=options) in ([("without", "avant")], [("without", "seul")])


def test_evidence_that_nothing_records():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    assert hindered(planned(written, actions=acting(a=1))) == {"T-1": [("charte", {})]}


def test_a_filing_left_out_can_be_taken_back():
    written = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
    actions = {"ecrire": doing(2, "a", records=["charte"])}
    ruleset = planned(written, actions=actions, filing=FILING)
    options = PlanOptions(without=("ecrire", "preuve:charte"))
    assert opened(ruleset, {"a": True}, options) in (
        [("without", "ecrire")],
        [("without", "preuve:charte")],
    )


def test_what_satisfies_it_undoes_what_it_needs():
    """T-1 wants `a` and no `b`; the only action for `a` brings `b` about."""
    both = requirement("T-1", "a", criterion("c", when=no("b")))
    ruleset = planned(both, actions={"faire": doing(1, "a", "b")})
    assert hindered(ruleset, {"a": False, "b": False}) == {"T-1": []}


def test_what_can_be_met_by_itself_is_no_obstacle():
    """Each of the two can be met, but not both: one of them would have to be, otherwise."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", criterion("c", when=no("a"))),
        actions=acting(a=1),
    )
    assert hindered(ruleset, {"a": False}) == {}
    assert len(opened(ruleset, {"a": False})) == 1


def test_a_prerequisite_that_cannot_be_met_is_an_obstacle_to_both():
    """T-2 is satisfied by `b` but blocked behind T-1, and a floor of 1 asks for all."""
    whole = {"id": "plancher", "text": "…", "score_at_least": 1}
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b", requires=["T-1"]),
        actions=acting(b=1),
        decision=[whole],
    )
    assert set(hindered(ruleset)) == {"T-1", "T-2"}
    assert opened(ruleset) == [("requirement", "T-1")]


# --- what would open a route ----------------------------------------------------------------------


def test_as_few_as_will_do():
    """Nothing can be done for T-1 or T-2. Both are needed; of two, one where one is tolerated."""
    ones = (requirement("T-1", "a"), requirement("T-2", "b"))
    both = planned(*ones, actions={})
    assert opened(both) == [("requirement", "T-1"), ("requirement", "T-2")]
    tolerant = planned(*ones, actions={}, decision=[{**NO_MINOR, "at_most": 1}])
    assert len(opened(tolerant)) == 1


def test_one_step_that_serves_two_is_less_than_two_requirements():
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "a"), actions=acting(a=1))
    assert opened(ruleset, options=PlanOptions(without=("a",))) == [("without", "a")]


def test_where_either_would_do_what_the_user_can_change_is_named():
    ruleset = planned(requirement("T-1", "a"), actions=acting(a=1))
    late = PlanOptions(by=day("2026-09-30"))
    assert opened(ruleset, options=late) == [("date", "")]


def test_fewer_requirements_go_before_more_of_the_users_constraints():
    """Two steps left out are both needed for T-1; T-1 itself is one."""
    ruleset = planned(requirement("T-1", "a", "b"), actions=acting(a=1, b=1))
    assert opened(ruleset, options=PlanOptions(without=("a", "b"))) == [("requirement", "T-1")]


def test_too_late_and_left_out_are_two_things():
    """T-1 needs a later day. `b` too, and is left out as well: that is one thing more."""
    ruleset = planned(
        requirement("T-1", "a"),
        requirement("T-2", "b"),
        actions={name: doing(1, name, lead_time="P3M") for name in "ab"},
    )
    options = PlanOptions(by=day("2026-10-01"), without=("b",))
    assert opened(ruleset, options=options) == [("date", ""), ("without", "b")]
    assert plan(ruleset, options=options).opening is None, "a later day alone opens nothing"


def test_a_plan_that_is_found_has_neither():
    made = plan(planned(requirement("T-1", "a"), actions=acting(a=1)))
    assert made.route is not None
    assert (made.obstacles, made.relaxed, made.opening) == ((), (), None)
