"""What a structure can do: the actions that make sense for it, and evidence to be filed."""

from fractions import Fraction

from norm_engine.planning.moves import after_moves, order_of_work
from tests.planning.asking import FILING, day, doing, offered, planned, step
from tests.support.small_rules import (
    KINDS,
    SANS_OBJET,
    criterion,
    kept,
    requirement,
    run,
    shown,
    yes,
)

WRITTEN = requirement("T-1", criterion("c", when=yes("a"), proof=shown("charte")))
"""A practice, `a`, and the document that shows it."""

WRITE = {"ecrire": doing(2, "a", records=["charte"])}


def names(offer) -> list[str]:
    return list(offer.moves)


# --- actions --------------------------------------------------------------------------------------


def test_every_action_without_a_condition_is_offered_in_the_order_of_work():
    """`b` is listed first but comes after `c`; `a` waits for nothing."""
    actions = {"b": doing(1, "b", after=["c"]), "a": doing(1, "a"), "c": doing(1, "c")}
    ruleset = planned(requirement("T-1", "a", "b", "c"), actions=actions)
    assert order_of_work(run(ruleset).program) == ["a", "c", "b"]
    assert names(offered(ruleset)) == ["a", "c", "b"]


def test_an_action_makes_sense_while_its_condition_is_not_false():
    ruleset = planned(requirement("T-1", "a"), actions={"faire": doing(1, "a", when=yes("b"))})
    assert names(offered(ruleset)) == ["faire"], "whether b holds is unknown"
    assert names(offered(ruleset, {"b": True})) == ["faire"]
    assert names(offered(ruleset)) == ["faire"], "not known: it may"
    for answer in (False, SANS_OBJET):
        offer = offered(ruleset, {"b": answer})
        assert (names(offer), offer.ruled_out) == ([], {"faire": "when"})


def test_what_does_not_make_sense_is_no_prerequisite():
    actions = {"avant": doing(1, "a", when=yes("b")), "apres": doing(1, "c", after=["avant"])}
    ruleset = planned(requirement("T-1", "a", "c"), actions=actions)
    assert offered(ruleset, {"b": True}).moves["apres"].needs == ("avant",)
    assert offered(ruleset, {"b": False}).moves["apres"].needs == ()


def test_what_the_structure_dropped_is_not_offered_nor_what_needs_it():
    actions = {"avant": doing(1, "a"), "apres": doing(1, "b", after=["avant"])}
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    offer = offered(ruleset, actions=[{"id": "A1", "action": "avant", "state": "dropped"}])
    assert names(offer) == []
    assert offer.ruled_out == {"avant": "dropped", "apres": "needs"}


def test_what_the_user_leaves_out_is_not_offered_nor_what_needs_it():
    actions = {"avant": doing(1, "a"), "apres": doing(1, "b", after=["avant"])}
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    offer = offered(ruleset, without=["avant"])
    assert (names(offer), offer.ruled_out) == ([], {"avant": "without", "apres": "needs"})
    assert names(offered(ruleset, without=["apres"])) == ["avant"]


def test_what_is_done_or_in_place_is_needed_no_more():
    """Said to be done in the follow-up, or found done in the answers."""
    actions = {"avant": doing(1, "a"), "apres": doing(1, "b", after=["avant"])}
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    done = [{"id": "A1", "action": "avant", "state": "done"}]
    for offer in (offered(ruleset, {"a": True}), offered(ruleset, actions=done)):
        assert offer.in_place == {"avant"}
        assert offer.moves["apres"].needs == ()
    assert names(offered(ruleset, {"a": True}, without=["avant"])) == ["apres"]


def test_an_action_under_way_is_still_to_be_done():
    ruleset = planned(requirement("T-1", "a"), actions={"faire": doing(1, "a")})
    under_way = [{"id": "A1", "action": "faire", "state": "doing"}]
    offer = offered(ruleset, actions=under_way)
    assert (names(offer), offer.in_place) == (["faire"], frozenset())


def test_an_action_is_in_place_when_no_rule_could_tell_it_was_done_again():
    """Trained 5 of 5: setting `formes` to `postes` changes nothing. Of 4 of 5, it does."""
    actions = {"former": step(1, sets={"formes": {"answer": "postes"}})}
    enough = {"ratio": ["formes", "postes"], "at_least": 1}
    ruleset = planned(requirement("T-1", criterion("c", when=enough)), actions=actions)
    assert offered(ruleset, {"postes": 5, "formes": 5}).in_place == {"former"}
    assert offered(ruleset, {"postes": 5, "formes": 4}).in_place == frozenset()
    assert offered(ruleset, {"formes": 4}).in_place == frozenset(), "from what is not known"


def test_an_effort_is_multiplied_by_the_answer_it_is_per():
    each = {"low": "1/2", "likely": 1, "high": 2, "per": "postes"}
    ruleset = planned(
        requirement("T-1", "a"), actions={"former": {**doing(1, "a"), "effort": each}}
    )
    assert offered(ruleset, {"postes": 3}).moves["former"].effort == (Fraction(3, 2), 3, 6)
    assert offered(ruleset).moves["former"].effort == (Fraction(1, 2), 1, 2), "counted for one"
    assert offered(ruleset, {"postes": 0}).moves["former"].effort == (0, 0, 0)


def test_at_worst_nothing_is_gone_on_from_that_may_not_be_there():
    """The level is unknown: at worst it is none, and the work begins at the beginning.

    Of a number there is no saying which is worse: to have 30 months may be what has to change.
    """
    actions = {
        "ecrire": step(5, sets={"niveau": 3}, when={"answer": "niveau", "at_most": 1}),
        "completer": step(1, sets={"niveau": 3}, when={"answer": "niveau", "at_least": 2}),
        "ajouter": doing(1, "a", when=yes("a")),
        "cesser": step(1, sets={"b": False}, when=yes("b")),
        "choisir": step(
            1, sets={"terrains": ["rue"]}, when={"answer": "terrains", "includes": "gare"}
        ),
        "reduire": step(1, sets={"postes": 3}, when={"answer": "postes", "at_least": 4}),
    }
    ruleset = planned(requirement("T-1", "a"), actions=actions)
    assert names(offered(ruleset)) == ["ecrire", "cesser", "reduire"]
    assert names(offered(ruleset, assume="best")) == list(actions)
    assert names(offered(ruleset, {"niveau": 2})) == ["completer", "cesser", "reduire"]


# --- by a day -------------------------------------------------------------------------------------


def test_lead_times_add_up_along_what_comes_first():
    """From 1 September: a month to 1 October, then two to 1 December; both ends count."""
    actions = {
        "avant": doing(1, "a", lead_time="P1M"),
        "apres": doing(1, "b", lead_time="P2M", after=["avant"]),
    }
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    in_time = offered(ruleset, by=day("2026-12-01"))
    assert {name: str(move.earliest) for name, move in in_time.moves.items()} == {
        "avant": "2026-10-01",
        "apres": "2026-12-01",
    }
    tight = offered(ruleset, by=day("2026-11-30"))
    assert (names(tight), tight.ruled_out) == (["avant"], {"apres": "late"})
    late = offered(ruleset, by=day("2026-09-30"))
    assert late.ruled_out == {"avant": "late", "apres": "late"}


def test_without_what_it_would_wait_for_an_action_is_in_time():
    actions = {
        "avant": doing(1, "a", lead_time="P1M"),
        "apres": doing(1, "b", lead_time="P2M", after=["avant"]),
    }
    ruleset = planned(requirement("T-1", "a", "b"), actions=actions)
    assert names(offered(ruleset, {"a": True}, by=day("2026-11-01"))) == ["avant", "apres"]


def test_what_waits_for_the_late_and_for_the_left_out_needs_a_step():
    """A later day alone would not do."""
    actions = {
        "long": doing(1, "a", lead_time="P9M"),
        "omis": doing(1, "b"),
        "apres": doing(1, "c", after=["long", "omis"]),
    }
    ruleset = planned(requirement("T-1", "a", "b", "c"), actions=actions)
    offer = offered(ruleset, by=day("2026-12-01"), without=["omis"])
    assert offer.ruled_out == {"long": "late", "omis": "without", "apres": "needs"}


def test_months_are_clamped_to_their_end():
    """A month from 31 January is 28 February."""
    ruleset = planned(requirement("T-1", "a"), actions={"faire": doing(1, "a", lead_time="P1M")})
    start = day("2027-01-31")
    assert names(offered(ruleset, start=start, by=day("2027-02-28"))) == ["faire"]
    assert names(offered(ruleset, start=start, by=day("2027-02-27"))) == []


# --- filing ---------------------------------------------------------------------------------------


def test_evidence_of_what_is_in_place_only_has_to_be_filed():
    """A quarter of a day in place of the two that the action takes, and a week."""
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    offer = offered(ruleset, {"a": True})
    assert names(offer) == ["ecrire", "preuve:charte"]
    filing = offer.moves["preuve:charte"]
    assert filing.effort == (Fraction(1, 8), Fraction(1, 4), Fraction(1, 2))
    assert (filing.kind, filing.needs, str(filing.earliest)) == ("charte", (), "2026-09-08")


def test_nothing_is_filed_of_what_is_not_done():
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    for answers in ({}, {"a": False}, {"a": SANS_OBJET}):
        assert names(offered(ruleset, answers)) == ["ecrire"]


def test_what_the_follow_up_says_is_done_can_be_filed():
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    done = [{"id": "A1", "action": "ecrire", "state": "done"}]
    assert names(offered(ruleset, actions=done)) == ["ecrire", "preuve:charte"]


def test_nothing_is_filed_that_counts_already_or_that_no_rule_asks_for():
    filed = {"evidence": [kept("P1", "charte")]}
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    assert names(offered(ruleset, {"a": True}, **filed)) == ["ecrire"]
    unasked = planned(requirement("T-1", "a"), actions=WRITE, filing=FILING)
    assert names(offered(unasked, {"a": True})) == ["ecrire"]


def test_a_rule_set_need_not_know_of_filing():
    assert names(offered(planned(WRITTEN, actions=WRITE), {"a": True})) == ["ecrire"]


def test_a_filing_can_be_left_out_and_can_be_late():
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    assert names(offered(ruleset, {"a": True}, without=["preuve:charte"])) == ["ecrire"]
    assert names(offered(ruleset, {"a": True}, by=day("2026-09-08"))) == ["preuve:charte"]
    assert names(offered(ruleset, {"a": True}, by=day("2026-09-07"))) == []


def test_what_the_structure_says_it_has_not_is_not_filed_but_made():
    """To file it all the same would be to make it up."""
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    assert names(offered(ruleset, {"a": True}, no_evidence=["charte"])) == ["ecrire"]


def test_what_a_practice_keeps_making_is_filed_though_there_is_none_yet_or_none_that_counts():
    """The next minutes of a meeting that is held come by themselves."""
    kinds = {**KINDS, "bilan": {"fresh_for": "P1Y", "recurring": True}}
    report = requirement("T-1", criterion("c", when=yes("a"), proof=shown("bilan")))
    actions = {"reunir": doing(2, "a", records=["bilan"])}
    ruleset = planned(report, actions=actions, filing=FILING, evidence=kinds)
    old = [kept("P1", "bilan", dated="2024-09-01")]
    for held in ({"no_evidence": ["bilan"]}, {"evidence": old}):
        assert names(offered(ruleset, {"a": True}, **held)) == ["reunir", "preuve:bilan"]
        assert names(offered(ruleset, {"a": False}, **held)) == ["reunir"]


def test_evidence_that_is_too_old_is_not_filed_but_made_anew():
    """The report of two years ago is past the year for which its kind stays fresh."""
    report = requirement("T-1", criterion("c", when=yes("a"), proof=shown("bilan")))
    actions = {"dresser": doing(2, "a", records=["bilan"])}
    ruleset = planned(report, actions=actions, filing=FILING)
    old = [kept("P1", "bilan", dated="2024-09-01")]
    offer = offered(ruleset, {"a": True}, evidence=old)
    assert (names(offer), offer.anew) == (["dresser"], {"bilan"})
    # nothing at all was filed: the report may well exist
    missing = offered(ruleset, {"a": True})
    assert (names(missing), missing.anew) == (["dresser", "preuve:bilan"], frozenset())


def test_evidence_grows_old_between_today_and_audit_day():
    """Dated 1 September 2025: fresh a year, until 1 September 2026 itself."""
    report = requirement("T-1", criterion("c", when=yes("a"), proof=shown("bilan")))
    actions = {"dresser": doing(2, "a", records=["bilan"])}
    ruleset = planned(report, actions=actions, filing=FILING)
    piece = [kept("P1", "bilan", dated="2025-09-01")]
    assert offered(ruleset, {"a": True}, evidence=piece).anew == frozenset()
    later = offered(ruleset, {"a": True}, evidence=piece, by=day("2026-10-01"))
    assert later.anew == {"bilan"}


def test_evidence_past_its_end_and_evidence_rejected_are_made_anew():
    ruleset = planned(WRITTEN, actions=WRITE, filing=FILING)
    past = [kept("P1", "charte", valid_until="2026-08-31")]
    assert offered(ruleset, {"a": True}, evidence=past).anew == {"charte"}
    piece = [kept("P1", "charte")]
    finding = {"id": "C1", "requirement": "T-1", "grade": "minor", "text": "…"}
    rejected = [{**finding, "examined": ["P1"], "rejected": ["P1"]}]
    assert offered(ruleset, {"a": True}, evidence=piece, findings=rejected).anew == {"charte"}


# --- after the moves ------------------------------------------------------------------------------


def test_what_is_sans_objet_stays_so():
    """No action makes it the structure's business; what else it does is done."""
    actions = {"faire": doing(1, "a", "b")}
    ruleset = planned(requirement("T-1", "a"), requirement("T-2", "b"), actions=actions)
    evaluation = run(ruleset, {"a": SANS_OBJET})
    before = evaluation.facts
    after = after_moves(evaluation, offered(ruleset, {"a": SANS_OBJET}), ["faire"])
    a, b = (evaluation.program.question_index[name] for name in "ab")
    assert after.answers[a] is before.answers[a]
    assert (before.answers[b], after.answers[b]) == (None, True)


def test_moves_are_applied_in_the_order_of_work_whatever_order_they_are_named_in():
    """`dernier` comes after `premier` and has the last word."""
    actions = {
        "dernier": step(1, sets={"niveau": 1}, after=["premier"]),
        "premier": step(1, sets={"niveau": 3}),
    }
    scale = criterion("c", when={"answer": "niveau", "at_least": 2})
    ruleset = planned(requirement("T-1", scale), actions=actions)
    evaluation = run(ruleset)
    index = evaluation.program.question_index["niveau"]
    for chosen in (["dernier", "premier"], ["premier", "dernier"]):
        assert after_moves(evaluation, offered(ruleset), chosen).answers[index] == 1
