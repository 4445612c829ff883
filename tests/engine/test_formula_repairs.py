"""Minimal repair sets of a gap: the fewest atoms to change so that it is surely met.

An atom is named by its question or kind of evidence; ``not a`` is to become false. The gap is T-1;
answers are letters for the questions a, b, c, …: T true, F false, U unknown, X not applicable.
"""

from typing import Any

import pytest

from norm_engine.engine.formula import literals, repair_formula
from norm_engine.engine.repairs import Repairs, repairs
from tests.support.condition_tables import case
from tests.support.small_rules import (
    Doc,
    criterion,
    kept,
    letters,
    met,
    named,
    no,
    requirement,
    rules,
    run,
    shown,
    yes,
)

Sets = list[set[str]]


def found(requirements: list[Doc], answers: str, **audit: Any) -> tuple[Sets, Repairs]:
    """The repair sets of T-1 by the names of their atoms, smallest first, and all about them."""
    evaluation = run(rules(*requirements), letters(answers), **audit)
    program = evaluation.program
    repaired = repairs(evaluation, program.requirement_index["T-1"])
    return [{named(program, each) for each in one} for one in repaired.sets], repaired


def same(given: Sets, expected: Sets) -> bool:
    """The same sets, smallest first; those of one size in any order."""
    sizes = [len(each) for each in given]
    as_sets = {frozenset(each) for each in given}
    return sizes == sorted(sizes) and as_sets == {frozenset(each) for each in expected}


def when(condition: Doc) -> list[Doc]:
    """T-1 with one criterion, that this condition holds."""
    return [requirement("T-1", criterion("only", when=condition))]


def every(names: str) -> Doc:
    return {"all": [yes(name) for name in names]}


def one_of(names: str) -> Doc:
    return {"any": [yes(name) for name in names]}


def some(needed: int, names: str) -> Doc:
    return {"at_least": needed, "of": [yes(name) for name in names]}


MONOTONE = [
    case("one atom that fails", yes("a"), "F", [{"a"}]),
    case("all: both fail", every("ab"), "FF", [{"a", "b"}]),
    case("all: one holds already", every("ab"), "TF", [{"b"}]),
    case("all: one is open, so not yet sure", every("ab"), "UF", [{"a", "b"}]),
    case("any: either will do", one_of("ab"), "FF", [{"a"}, {"b"}]),
    case("2 of 3: every pair", some(2, "abc"), "FFF", [{"a", "b"}, {"a", "c"}, {"b", "c"}]),
    case("2 of 3, one holds: either of the others", some(2, "abc"), "TFF", [{"b"}, {"c"}]),
    case("3 of 3 reads as all", some(3, "abc"), "FFF", [{"a", "b", "c"}]),
    case("1 of 3 reads as any", some(1, "abc"), "FFF", [{"a"}, {"b"}, {"c"}]),
    case("the smaller way first", {"any": [every("ab"), yes("c")]}, "FFF", [{"c"}, {"a", "b"}]),
    case(
        "(a or b) and (a or c): a alone, or both others",
        {"all": [one_of("ab"), one_of("ac")]},
        "FFF",
        [{"a"}, {"b", "c"}],
    ),
    case(
        "(a or b) and (b or c): b alone, or both others",
        {"all": [one_of("ab"), one_of("bc")]},
        "FFF",
        [{"b"}, {"a", "c"}],
    ),
    case("(a and b) or a: a is enough", {"any": [every("ab"), yes("a")]}, "FF", [{"a"}]),
    case("the same atom twice is one", {"all": [yes("a"), every("ab")]}, "FF", [{"a", "b"}]),
    case(
        "2 of (a, b and c, d): the pairs of ways",
        {"at_least": 2, "of": [yes("a"), every("bc"), yes("d")]},
        "FFFF",
        [{"a", "d"}, {"a", "b", "c"}, {"b", "c", "d"}],
    ),
    case("« sans objet » drops out of any", one_of("ab"), "FX", [{"a"}]),
    case("« sans objet » drops out of all", every("ab"), "FX", [{"a"}]),
    case("2 of 3 with one left: that one", some(2, "abc"), "FXX", [{"a"}]),
]

MIXED = [
    case("not: what holds is to fail", no("a"), "T", [{"not a"}]),
    case("not all: either is to fail", {"not": every("ab")}, "TT", [{"not a"}, {"not b"}]),
    case("not any: both are to fail", {"not": one_of("ab")}, "TT", [{"not a", "not b"}]),
    case("not any: one fails already", {"not": one_of("ab")}, "FT", [{"not b"}]),
    case(
        "not 2 of 3, all hold: two are to fail",
        {"not": some(2, "abc")},
        "TTT",
        [{"not a", "not b"}, {"not a", "not c"}, {"not b", "not c"}],
    ),
    case("not 2 of 3, two hold: either", {"not": some(2, "abc")}, "TTF", [{"not a"}, {"not b"}]),
    case("a double negation", {"not": no("a")}, "F", [{"a"}]),
    case("one to hold, one to fail", {"all": [yes("a"), no("b")]}, "FT", [{"a", "not b"}]),
    case(
        "(a and b) or (not a and c), a holds: b, or change a and have c",
        {"any": [every("ab"), {"all": [no("a"), yes("c")]}]},
        "TFF",
        [{"b"}, {"not a", "c"}],
    ),
    case(
        "the same, a fails: c, or both a and b",
        {"any": [every("ab"), {"all": [no("a"), yes("c")]}]},
        "FFF",
        [{"c"}, {"a", "b"}],
    ),
    case(
        "exactly one of a and b, neither holds: either",
        {"all": [one_of("ab"), {"not": every("ab")}]},
        "FF",
        [{"a"}, {"b"}],
    ),
    case(
        "exactly one of a and b, both hold: either is to fail",
        {"all": [one_of("ab"), {"not": every("ab")}]},
        "TT",
        [{"not a"}, {"not b"}],
    ),
]

HOPELESS = [
    case("a and not a, a holds", {"all": [yes("a"), no("a")]}, "T"),
    case("a and not a, a fails", {"all": [yes("a"), no("a")]}, "F"),
    case("no way but through the impossible", {"all": [yes("b"), yes("a"), no("a")]}, "FF"),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), [*MONOTONE, *MIXED])
def test_one_condition(condition: Doc, answers: str, expected: Sets) -> None:
    sets, about = found(when(condition), answers)
    assert same(sets, expected)
    assert about.exhausted
    assert not about.more


@pytest.mark.parametrize(("condition", "answers"), HOPELESS)
def test_no_repair_is_possible(condition: Doc, answers: str) -> None:
    sets, about = found(when(condition), answers)
    assert sets == []
    assert about.exhausted
    assert not about.more


BESIDE = criterion("b", essential=False)
SHOWN_A = criterion("a", when=yes("a"), proof=shown("charte"))

CRITERIA = [
    case("all essential ones", ["a", "b"], "FF", [{"a", "b"}]),
    case("the inessential one is not needed", ["a", BESIDE], "FF", [{"a"}]),
    case(
        "none is essential: all are needed",
        [criterion("a", essential=False), BESIDE],
        "FF",
        [{"a", "b"}],
    ),
    case("the essential one drops out: the other is needed", ["a", BESIDE], "XF", [{"b"}]),
    case("what is said is to be shown too", [SHOWN_A], "F", [{"a", "charte"}]),
    case("said, not shown", [SHOWN_A], "T", [{"charte"}]),
    case("a criterion that drops out asks no proof", [SHOWN_A, "b"], "XF", [{"b"}]),
    case(
        "one document for two criteria is one",
        [SHOWN_A, criterion("c", proof=shown("charte"))],
        "T",
        [{"charte"}],
    ),
]


@pytest.mark.parametrize(("criteria", "answers", "expected"), CRITERIA)
def test_criteria(criteria: list[Doc | str], answers: str, expected: Sets) -> None:
    """There is no charter."""
    sets, _ = found([requirement("T-1", *criteria)], answers, no_evidence=["charte"])
    assert same(sets, expected)


def behind(*gates: Doc) -> list[Doc]:
    """T-1, on the question a, behind these gates."""
    return [requirement("T-1", "a", requires=[gate["id"] for gate in gates]), *gates]


def linked(condition: Doc, *others: Doc) -> list[Doc]:
    return [*when(condition), *others]


B = requirement("T-2", "b")
BC = requirement("T-2", "b", "c")
MAYBE_B = requirement("T-2", "b", applies_when=yes("d"))
CHAIN = [
    requirement("T-1", "a", requires=["T-2"]),
    requirement("T-2", "b", requires=["T-3"]),
    requirement("T-3", "c"),
]
EDGES = [
    case("blocked: its gate's own repair", behind(B), "TF", [{"b"}]),
    case("its own and its gate's", behind(B), "FF", [{"a", "b"}]),
    case("a gate that is open is to be met as well", behind(B), "FU", [{"a", "b"}]),
    case("a met gate asks nothing more", behind(B), "FT", [{"a"}]),
    case("a gate with nothing to satisfy asks nothing", behind(B), "FX", [{"a"}]),
    case("a gate that may apply is to be met", behind(MAYBE_B), "FFTU", [{"a", "b"}]),
    case("a gate that does not apply asks nothing", behind(MAYBE_B), "FFTF", [{"a"}]),
    case("gates behind gates", CHAIN, "TTF", [{"c"}]),
    case("gates behind gates, all failing", CHAIN, "FFF", [{"a", "b", "c"}]),
    case("met: the other's criteria", linked(met("T-2"), BC), "FFF", [{"b", "c"}]),
    case("met: what the other lacks", linked(met("T-2"), BC), "FTF", [{"c"}]),
    case(
        "met or another way",
        linked({"any": [met("T-2"), yes("a")]}, BC),
        "FFF",
        [{"a"}, {"b", "c"}],
    ),
    case(
        "not met: any criterion is to fail",
        linked({"not": met("T-2")}, BC),
        "FTT",
        [{"not b"}, {"not c"}],
    ),
    case(
        "not met, behind a gate: or the gate is to fail",
        linked(
            {"not": met("T-2")}, requirement("T-2", "b", requires=["T-3"]), requirement("T-3", "c")
        ),
        "FTT",
        [{"not b"}, {"not c"}],
    ),
    case("not met, though nothing is to satisfy: no way", linked({"not": met("T-2")}, B), "FX", []),
    case("the gate shares the atom", behind(requirement("T-2", "a")), "F", [{"a"}]),
]


@pytest.mark.parametrize(("requirements", "answers", "expected"), EDGES)
def test_other_requirements(requirements: list[Doc], answers: str, expected: Sets) -> None:
    sets, _ = found(requirements, answers)
    assert same(sets, expected)


NUMBERS = [
    case("five ways: all are shown", "abcde", 5, False),
    case("six ways: five are shown, and that there are more", "abcdef", 5, True),
    case("four ways", "abcd", 4, False),
]


@pytest.mark.parametrize(("names", "count", "more"), NUMBERS)
def test_at_most_five_are_shown(names: str, count: int, more: bool) -> None:
    sets, about = found(when(one_of(names)), "F" * len(names))
    assert (len(sets), about.more) == (count, more)
    # what is not shown holds the gap back all the same
    assert len(about.atoms) == len(about.alone) == len(names)


def test_the_smallest_are_shown_when_there_are_more() -> None:
    """a alone, and 2 of 4 others: 6 pairs; the first of five is a."""
    condition = {"any": [some(2, "bcde"), yes("a")]}
    sets, about = found(when(condition), "FFFFF")
    assert sets[0] == {"a"}
    assert [len(each) for each in sets] == [1, 2, 2, 2, 2]
    assert about.more


def test_two_pieces_asked_for_are_one_atom() -> None:
    requirements = [requirement("T-1", criterion("c", proof=shown("charte", 2)))]
    sets, _ = found(requirements, "", evidence=[kept("P1", "charte")])
    assert sets == [{"charte count 2"}]


def test_a_share_however_written_is_the_same_atom() -> None:
    """At least 4/5, 80 % and 0.8: one thing to change, not three."""
    shares = [
        criterion(f"c{i}", when={"ratio": ["formes", "postes"], "at_least": share})
        for i, share in enumerate(["4/5", "80 %", "0.8"])
    ]
    evaluation = run(rules(requirement("T-1", *shares)), {"formes": 0, "postes": 5})
    (only,) = repairs(evaluation, 0).sets
    assert {named(evaluation.program, each) for each in only} == {"formes/postes at_least 4/5"}


def test_a_met_requirement_has_nothing_to_repair() -> None:
    """Its repair is the empty set: nothing is to change."""
    sets, _ = found([requirement("T-1", "a")], "T")
    assert sets == [set()]


def test_the_formula_speaks_of_what_is_essential_and_applicable() -> None:
    optional = criterion("b", essential=False)
    evaluation = run(rules(requirement("T-1", "a", optional, "c", "d")), letters("FFXT"))
    spoken = literals(repair_formula(evaluation, 0))
    assert {named(evaluation.program, each) for each in spoken} == {"a", "d"}
