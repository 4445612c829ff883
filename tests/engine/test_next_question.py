"""The question worth asking next: worked by hand, and by brute force where each is read once.

Every yes and every no is as likely as the other, and so is having a piece of evidence. A decision
stands on ``majeures`` (no major nonconformity) unless told otherwise: its width is the number of
major requirements that may, but need not, be unmet, over the number of all.
"""

import datetime
from fractions import Fraction as F
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from norm_engine.engine.answers_possible import bounds, question_cells
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.mattering import mattering
from norm_engine.engine.next_question import Item, Possible, Ranking, certainty, ranked_items
from norm_engine.engine.subjects import Subject, atoms_by_subject, with_answer
from tests.support.condition_tables import case
from tests.support.small_rules import (
    QUESTIONS,
    SANS_OBJET,
    Doc,
    criterion,
    kept,
    letters,
    recommendation,
    requirement,
    rules,
    run,
    shown,
    yes,
)

NO_MAJOR: Doc = {"id": "majeures", "text": "…", "grade": "major", "at_most": 0}
FEW_MINOR: Doc = {"id": "mineures", "text": "…", "grade": "minor", "at_most": 1}
FLOOR: Doc = {"id": "plancher", "text": "…", "score_at_least": "1/2"}


PLAIN: Doc = {name: {"type": "yes_no", "not_applicable": False} for name in "abcdef"}
"""Questions to which « sans objet » is no answer."""


def major(name: str, *criteria: Doc | str, **more: Any) -> Doc:
    return requirement(name, *criteria, **{"gravity": "major", **more})


def evaluated(
    *requirements: Doc,
    answers: Doc | None = None,
    decision: tuple[Doc, ...] = (NO_MAJOR,),
    questions: Doc | None = None,
    **more: Any,
) -> Evaluation:
    asked = dict(QUESTIONS) if questions is None else questions
    return run(rules(*requirements, decision=list(decision), questions=asked), answers, **more)


def ranked(*requirements: Doc, deferred: str = "", **more: Any) -> Ranking:
    return ranked_items(evaluated(*requirements, **more), 20, frozenset(deferred.split()))


def names(ranking: Ranking) -> list[str]:
    return [item.name for item in ranking.items]


def worth(item: Item) -> tuple[Any, Any]:
    """How likely the answer is to settle the outcome, and how much it narrows."""
    return item.settles, item.narrows


# --- what an answer is worth -------------------------------------------------------------------


def test_one_question_decides_everything() -> None:
    """Yes: ready. No: not ready. Either way all is settled, from nothing."""
    ranking = ranked(major("T-1", "a"))
    (item,) = ranking.items
    assert ranking.outcome == "undetermined"
    assert ranking.certainty == 0
    assert worth(item) == (1, 1)
    # before: 1 major too many of 1, times 1 still to find; after either answer nothing is left
    assert item.gain == 1
    assert item.answers == (
        Possible(True, F(1, 2), "ready", F(1)),
        Possible(False, F(1, 2), "not_ready", F(1)),
    )
    assert (item.requirements, item.conditions) == (("T-1",), ("majeures",))


def test_a_yes_that_is_to_be_shown_settles_nothing_but_a_no_does() -> None:
    """A no settles all (1/2 x 1), a yes nothing; and just so for the evidence."""
    shows = criterion("c", when=yes("a"), proof=shown("charte"))
    ranking = ranked(major("T-1", shows))
    assert names(ranking) == ["a", "preuve:charte"]
    assert [worth(item) for item in ranking.items] == [(F(1, 2), F(1, 2))] * 2
    assert [item.kind for item in ranking.items] == ["question", "evidence"]

    said_yes = ranked(major("T-1", shows), answers={"a": True})
    assert names(said_yes) == ["preuve:charte"]
    assert worth(said_yes.items[0]) == (1, 1)

    said_no = ranked(major("T-1", shows), answers={"a": False})
    assert not said_no.items
    assert said_no.outcome == "not_ready"
    assert said_no.certainty == 1


def test_what_settles_a_requirement_comes_before_what_may_leave_it_open() -> None:
    """Of two majors. A no to any of a, b, c settles the outcome: 1/2 each.

    Whatever is answered to a, one of the two is settled: 1/2. A no to b settles one, a yes none:
    1/2 x 1/2 = 1/4.
    """
    ranking = ranked(major("T-1", "b", "c"), major("T-2", "a"))
    assert names(ranking) == ["a", "b", "c"]
    assert [worth(item) for item in ranking.items] == [(F(1, 2), F(1, 2))] + [
        (F(1, 2), F(1, 4))
    ] * 2


def test_a_profile_question_that_takes_requirements_away() -> None:
    """p says whether T-1 and T-2 apply. No: they do not, 2 of 3 settled; yes: nothing is.

    1/2 x 2/3 = 1/3 of the width, as for a, whose answer settles T-3, 1 of 3, in any case; but a no
    to a settles the outcome (1/2), and no answer to p does.
    """
    asked = {**QUESTIONS, "p": {"type": "yes_no", "profile": True}}
    only = {"applies_when": yes("p")}
    rest = (major("T-1", "b", **only), major("T-2", "c", **only))
    ranking = ranked(*rest, major("T-3", "a"), questions=asked)
    found = {item.name: worth(item) for item in ranking.items}
    assert found["a"] == (F(1, 2), F(1, 3))
    assert found["p"] == (0, F(1, 3))
    # a no to b settles nothing while T-1 may not apply; a yes settles T-1
    assert found["b"] == (0, F(1, 6))
    assert names(ranking) == ["a", "p", "b", "c"]


def test_a_floor_under_the_score_narrows_by_the_weight() -> None:
    """Weights 3 and 1, at least 1/2: a settles the outcome, b does not.

    The score is 0 to 1; a brings one end to 3/4 or 1/4, b one end to 1/4 or 3/4.
    """
    ranking = ranked(requirement("T-1", "b"), requirement("T-2", "a", weight=3), decision=(FLOOR,))
    assert [(item.name, *worth(item)) for item in ranking.items] == [
        ("a", 1, F(3, 4)),
        ("b", 0, F(1, 4)),
    ]


def test_once_the_outcome_is_known_the_rest_still_narrows() -> None:
    """a is a no: not ready whatever follows. b still tells 1 of 2 majors."""
    ranking = ranked(major("T-1", "a"), major("T-2", "b"), answers={"a": False})
    assert (ranking.outcome, ranking.certainty) == ("not_ready", F(1, 2))
    (item,) = ranking.items
    assert (item.name, item.for_outcome, *worth(item)) == ("b", False, 0, F(1, 2))


def test_what_bears_on_the_outcome_comes_before_what_only_narrows() -> None:
    """T-1 holds one of two, so that the floor is reached; b narrows the score, a the outcome too.

    The weight of T-2 is 8 of 17, that of T-3 1 of 17: without the outcome b would come first.
    """
    ranking = ranked(
        requirement("T-1", "c", weight=9),
        requirement("T-2", "b", weight=8),
        major("T-3", "a"),
        answers={"c": True},
        decision=(NO_MAJOR, FLOOR),
    )
    assert names(ranking) == ["a", "b"]
    assert [item.for_outcome for item in ranking.items] == [True, False]


def test_where_one_answer_alone_brings_nothing_the_widest_use_comes_first() -> None:
    """Two of three are wanted: no first answer settles anything. c stands in T-2 as well."""
    two = criterion("x", when={"of": [yes("a"), yes("b"), yes("c")], "at_least": 2})
    other = criterion("y", when={"of": [yes("c"), yes("d"), yes("e")], "at_least": 2})
    ranking = ranked(major("T-1", two), major("T-2", other))
    assert names(ranking) == ["c", "a", "b", "d", "e"]
    assert {worth(item) for item in ranking.items} == {(0, 0)}
    after = ranked(major("T-1", two), answers={"a": True})
    # one more yes settles it; a no leaves it to the last one
    assert [(item.name, *worth(item)) for item in after.items] == [
        ("b", F(1, 2), F(1, 2)),
        ("c", F(1, 2), F(1, 2)),
    ]


# --- what is never asked -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requirements", "more", "wanted"),
    [
        case("a recommendation", [recommendation("T-1", "a")], {}, []),
        case("a requirement that no condition looks at", [requirement("T-1", "a")], {}, []),
        case(
            "a requirement that is met already, by the other of two",
            [major("T-1", criterion("c", when={"any": [yes("a"), yes("b")]}))],
            {"answers": {"a": True}},
            [],
        ),
        case(
            "a criterion that is not essential, where no score counts",
            [major("T-1", "a", criterion("b", essential=False))],
            {"questions": PLAIN},
            ["a"],
        ),
        case(
            "… unless the essential one may be « sans objet »: then the other one is essential",
            [major("T-1", "a", criterion("b", essential=False))],
            {},
            ["a", "b"],
        ),
        case(
            "… and where a score does",
            [major("T-1", "a", criterion("b", essential=False))],
            {"questions": PLAIN, "decision": (NO_MAJOR, FLOOR)},
            ["a", "b"],
        ),
        case(
            "the proof of what is not done",
            [major("T-1", criterion("c", when=yes("a"), proof=shown("charte")))],
            {"answers": {"a": False}},
            [],
        ),
        case(
            "a prerequisite of a major, whatever its own gravity: blocked has no grade of its own",
            [requirement("T-1", "a"), major("T-2", "b", requires=["T-1"])],
            {},
            ["b"],
        ),
        case(
            "… but a score hangs on it",
            [recommendation("T-1", "a"), major("T-2", "b", requires=["T-1"])],
            {"answers": {"b": True}, "decision": (FLOOR,)},
            ["a"],
        ),
        case("what does not concern it", [major("T-1", "a")], {"answers": {"a": SANS_OBJET}}, []),
        case(
            "evidence of which something is recorded, be it too little",
            [major("T-1", criterion("c", proof=shown("charte", 2)))],
            {"evidence": [kept("P1", "charte")]},
            [],
        ),
    ],
)
def test_never_a_question_that_cannot_matter(
    requirements: list[Doc], more: Doc, wanted: list[str]
) -> None:
    assert names(ranked(*requirements, **more)) == wanted


def test_what_was_asked_and_is_not_known_comes_last() -> None:
    ranking = ranked(major("T-1", "a"), major("T-2", "b"), deferred="a")
    assert [(item.name, item.deferred) for item in ranking.items] == [("b", False), ("a", True)]
    assert (ranking.questions, ranking.deferred) == (2, 1)


# --- numbers -----------------------------------------------------------------------------------

ENOUGH = criterion("c", when={"ratio": ["formes", "postes"], "at_least": "4/5"})


def test_a_number_is_asked_after_the_one_that_bounds_it() -> None:
    """Alone, neither tells anything; ``postes`` is worth what the two are, in two questions."""
    ranking = ranked(major("T-1", ENOUGH))
    (item,) = ranking.items
    assert (item.name, item.opens, *worth(item)) == ("postes", ("formes",), 0, 0)
    assert ranking.questions == 2


@pytest.mark.parametrize(("count", "first"), [(1, "niveau"), (3, "postes")])
def test_the_more_rests_on_a_number_the_more_it_is_worth(count: int, first: str) -> None:
    """A part that falls short settles the outcome: 1/2, once ``postes`` is known too.

    With one part that is (0 + 1/2) / 2 = 1/4 for each question, with three of them
    (0 + 3 x 1/2) / 4 = 3/8. Level 0, one of four, settles it as well: 1/4, and at once.
    """
    counted = {"type": "count", "min": 0, "max": {"answer": "postes"}}
    parts = ("un", "deux", "trois")[:count]
    ranking = ranked(
        *[
            major(f"T-{name}", criterion("x", when={"ratio": [name, "postes"], "at_least": 1}))
            for name in parts
        ],
        major("T-9", criterion("y", when={"answer": "niveau", "at_least": 1})),
        questions={**QUESTIONS, **dict.fromkeys(parts, counted)},
    )
    assert names(ranking)[0] == first
    assert set(names(ranking)) == {"niveau", "postes"}


def test_a_part_of_a_known_whole() -> None:
    """Of 4, 3.2 are wanted: 0 to 3 are one cell, 4 the other; each counts for one half."""
    ranking = ranked(major("T-1", ENOUGH), answers={"postes": 4})
    (item,) = ranking.items
    assert (item.name, *worth(item)) == ("formes", 1, 1)
    assert [(each.value, each.prior) for each in item.answers] == [(3, F(1, 2)), (4, F(1, 2))]


def test_a_whole_that_is_not_known_keeps_its_parts_for_the_end() -> None:
    ranking = ranked(major("T-1", ENOUGH), major("T-2", "a", "b"), deferred="postes")
    assert [(item.name, item.deferred) for item in ranking.items] == [
        ("a", False),
        ("b", False),
        ("postes", True),
        ("formes", True),
    ]


def cells(name: str, condition: Doc, answers: Doc | None = None) -> list[tuple[Any, F]]:
    evaluation = evaluated(major("T-1", criterion("c", when=condition)), answers=answers)
    program = evaluation.program
    atoms = atoms_by_subject(program)["question", name]
    return [tuple(each) for each in question_cells(program, evaluation.facts, name, atoms)]


def compared(name: str, **more: Any) -> Doc:
    return {"answer": name, **more}


@pytest.mark.parametrize(
    ("name", "condition", "wanted"),
    [
        case("yes or no", "a", yes("a"), [(True, F(1, 2)), (False, F(1, 2))]),
        case(
            "levels 0 and 1, levels 2 and 3",
            "niveau",
            compared("niveau", at_least=2),
            [(1, F(1, 2)), (3, F(1, 2))],
        ),
        case(
            "levels 0, 1 and 2, level 3",
            "niveau",
            compared("niveau", at_least=3),
            [(2, F(3, 4)), (3, F(1, 4))],
        ),
        case(
            "a count below 2, from 2: as likely, however few numbers lie below",
            "postes",
            compared("postes", at_least=2),
            [(1, F(1, 2)), (3, F(1, 2))],
        ),
        case(
            "below 1.5, 1.5, above",
            "heures",
            {
                "all": [
                    compared("heures", at_least="3/2"),
                    compared("heures", at_most="3/2"),
                ]
            },
            [(F(1, 2), F(1, 3)), (F(3, 2), F(1, 3)), (F(5, 2), F(1, 3))],
        ),
        case(
            "within a year, or before (and after the day spoken of, which is no better)",
            "signature",
            compared("signature", newer_than="P1Y"),
            [(datetime.date(2025, 8, 31), F(1, 2)), (datetime.date(2025, 9, 1), F(1, 2))],
        ),
        case(
            "one of two places",
            "terrain",
            compared("terrain", among=["rue"]),
            [("rue", F(1, 2)), ("gare", F(1, 2))],
        ),
        case(
            "no place, either, both: a third for each number, shared by the two sets of one",
            "terrains",
            {"all": [compared("terrains", includes="rue"), compared("terrains", includes="gare")]},
            [
                (frozenset(), F(1, 3)),
                (frozenset({"rue"}), F(1, 6)),
                (frozenset({"gare"}), F(1, 6)),
                (frozenset({"rue", "gare"}), F(1, 3)),
            ],
        ),
        case(
            "only one of the two is looked at: with or without it",
            "terrains",
            compared("terrains", includes="rue"),
            [(frozenset(), F(1, 2)), (frozenset({"rue"}), F(1, 2))],
        ),
        case(
            "a text, and any other",
            "commune",
            compared("commune", **{"is": "Nantes"}),
            [("Nantes", F(1, 2)), ("", F(1, 2))],
        ),
    ],
)
def test_answers_that_differ_and_their_prior(
    name: str, condition: Doc, wanted: list[tuple[Any, F]]
) -> None:
    assert cells(name, condition) == wanted


def test_of_many_choices_each_stands_in_its_share_of_the_sets() -> None:
    """Of six choices, of which sets are only sampled: each is in half of all sets, as any other."""
    offered = [{"value": f"v{i}", "text": "…"} for i in range(6)]
    asked = {"q": {"type": "choices", "choices": offered}}
    every = {"all": [compared("q", includes=each["value"]) for each in offered]}
    evaluation = evaluated(major("T-1", criterion("c", when=every)), questions=asked)
    program = evaluation.program
    atoms = atoms_by_subject(program)["question", "q"]
    found = question_cells(program, evaluation.facts, "q", atoms)
    assert sum(each.prior for each in found) == 1
    for choice in offered:
        assert sum(each.prior for each in found if choice["value"] in each.value) == F(1, 2)
    assert [each.prior for each in found if len(each.value) in (0, 6)] == [F(1, 7), F(1, 7)]


def test_bounds_come_from_the_question_and_from_other_answers() -> None:
    evaluation = evaluated(major("T-1", ENOUGH), answers={"postes": 4})
    assert bounds(evaluation.program, evaluation.facts, "formes") == (F(0), F(4))
    evaluation = evaluated(major("T-1", ENOUGH), answers={"formes": 3})
    assert bounds(evaluation.program, evaluation.facts, "postes") == (F(3), None)


# --- brute force: each question is read once ---------------------------------------------------

READ_ONCE = "abcdef"


@st.composite
def read_once(draw: st.DrawFn) -> list[Doc]:
    """Requirements over six questions, each of which stands in one place."""
    left = list(draw(st.permutations(READ_ONCE)))
    found: list[Doc] = []
    while left:
        name = f"T-{len(found)}"
        criteria = []
        for position in range(draw(st.integers(1, 2))):
            taken = [left.pop() for _ in range(min(len(left), draw(st.integers(1, 3))))]
            if taken:
                essential = draw(st.booleans())
                criteria.append(
                    criterion(f"c{position}", when=_drawn(draw, taken), essential=essential)
                )
        more: Doc = {"gravity": draw(st.sampled_from(["major", "minor"]))}
        if found and draw(st.integers(0, 2)) == 0:
            more["requires"] = [draw(st.sampled_from(found))["id"]]
        if left and draw(st.integers(0, 3)) == 0:
            more["applies_when"] = yes(left.pop())
        make = recommendation if draw(st.integers(0, 5)) == 0 else requirement
        found.append(make(name, *criteria, **more))
    return found


def _drawn(draw: st.DrawFn, taken: list[str]) -> Doc:
    tests = [yes(each) if draw(st.booleans()) else {"not": yes(each)} for each in taken]
    form = draw(st.sampled_from(["all", "any", "of"]))
    if len(tests) == 1:
        return tests[0]
    return {"of": tests, "at_least": 2} if form == "of" else {form: tests}


def standings(evaluation: Evaluation) -> list[Any]:
    return [(s.truth, s.low, s.high, s.below) for s in evaluation.decision.standings]


@given(read_once(), st.text("TFU", min_size=6, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_proposed_has_two_completions_that_it_alone_tells_apart(
    requirements: list[Doc], answered: str
) -> None:
    now = evaluated(
        *requirements,
        questions=PLAIN,
        answers=letters(answered, READ_ONCE),
        decision=(NO_MAJOR, FEW_MINOR),
    )
    unknown: list[Subject] = [
        ("question", name) for name, at in zip(READ_ONCE, answered, strict=True) if at == "U"
    ]
    told_apart: set[Subject] = set()
    for values in product((True, False), repeat=len(unknown)):
        facts = now.facts
        for subject, value in zip(unknown, values, strict=True):
            facts = with_answer(now, facts, subject, value)
        whole = standings(evaluate(now.program, facts))
        for subject, value in zip(unknown, values, strict=True):
            other = evaluate(now.program, with_answer(now, facts, subject, not value))
            if standings(other) != whole:
                told_apart.add(subject)
    assert mattering(now, for_outcome=False).keys() == told_apart
    assert {(item.kind, item.subject) for item in ranked_items(now, 9).items} == told_apart
    assert (certainty(now) == 1) == (not told_apart)
