"""The chain from a requirement to its root causes: what does not hold, and nothing else."""

from collections.abc import Iterator

import pytest

from norm_engine.engine.chain import Link, chain_of
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.repairs import repairs
from tests.support.condition_tables import case
from tests.support.small_rules import (
    Doc,
    criterion,
    letters,
    met,
    named,
    no,
    requirement,
    rules,
    run,
    yes,
)


def told(evaluation: Evaluation, link: Link, within: int) -> str:
    """A chain on one line: ``T-1(c(a any(b c)) <T-2(…))``; ``<`` before a gate, ``^`` above."""
    program = evaluation.program
    if link.kind == "atom":
        return named(program, (link.place, link.wanted))
    if link.kind == "requirement":
        within = link.place
        name = "<" * link.gate + "^" * link.above + program.requirements[within].id
    elif link.kind == "criterion":
        name = program.requirements[within].criteria[link.place].id
    else:
        name = f"{link.needed}of"
    parts = " ".join(told(evaluation, part, within) for part in link.parts)
    return f"{name}({parts})" if parts else name


def chain(requirements: list[Doc], answers: str) -> str | None:
    evaluation = run(rules(*requirements), letters(answers))
    link = chain_of(evaluation, 0)
    return None if link is None else told(evaluation, link, 0)


TABLE = [
    case("met: nothing holds it back", [requirement("T-1", "a")], "T", None),
    case("not applicable: nothing to satisfy", [requirement("T-1", "a")], "X", None),
    case("what is false, not what holds", [requirement("T-1", "a", "b")], "TF", "T-1(b(b))"),
    case("what is unknown too", [requirement("T-1", "a", "b")], "UF", "T-1(a(a) b(b))"),
    case(
        "not what is inessential",
        [requirement("T-1", "a", criterion("b", essential=False))],
        "FF",
        "T-1(a(a))",
    ),
    case(
        "through a gate and the gate of the gate",
        [
            requirement("T-1", "a", requires=["T-2"]),
            requirement("T-2", "b", requires=["T-3"]),
            requirement("T-3", "c"),
        ],
        "TFF",
        "T-1(<T-2(b(b) <T-3(c(c))))",
    ),
    case(
        "through a condition on another requirement",
        [requirement("T-1", criterion("m", when=met("T-2"))), requirement("T-2", "b")],
        "TF",
        "T-1(m(T-2(b(b))))",
    ),
    case(
        "a requirement met twice is unfolded once",
        [
            requirement("T-1", "a", requires=["T-2", "T-3"]),
            requirement("T-2", "b", requires=["T-3"]),
            requirement("T-3", "c"),
        ],
        "TTF",
        "T-1(<T-2(<T-3(c(c))) <^T-3)",
    ),
    case(
        "all of several are the parts themselves, any of several stand below",
        [
            requirement(
                "T-1",
                criterion("x", when={"all": [yes("a"), {"any": [yes("b"), yes("c")]}]}),
            )
        ],
        "FFF",
        "T-1(x(a 1of(b c)))",
    ),
    case(
        "of a way that takes two, both",
        [
            requirement(
                "T-1", criterion("x", when={"any": [yes("a"), {"all": [yes("b"), yes("c")]}]})
            )
        ],
        "FFF",
        "T-1(x(1of(a 2of(b c))))",
    ),
    case(
        "of three, two are wanted and one is there",
        [requirement("T-1", criterion("x", when={"at_least": 2, "of": list(map(yes, "abc"))}))],
        "TFF",
        "T-1(x(1of(b c)))",
    ),
    case(
        "a way that no minimal repair takes is left out",
        [
            requirement(
                "T-1", criterion("x", when={"any": [yes("a"), {"all": [yes("a"), yes("b")]}]})
            )
        ],
        "FF",
        "T-1(x(a))",
    ),
    case(
        "what is to be false",
        [requirement("T-1", criterion("x", when=no("a")))],
        "T",
        "T-1(x(not a))",
    ),
]


@pytest.mark.parametrize(("requirements", "answers", "expected"), TABLE)
def test_chains(requirements: list[Doc], answers: str, expected: str | None) -> None:
    assert chain(requirements, answers) == expected


def leaves(link: Link) -> Iterator[tuple[int, bool]]:
    if link.kind == "atom":
        yield link.place, link.wanted
    for part in link.parts:
        yield from leaves(part)


def test_its_ends_are_the_root_causes_of_the_gap() -> None:
    ruleset = rules(
        requirement("T-1", "a", criterion("x", when={"any": [yes("b"), met("T-2")]})),
        requirement("T-2", "c", requires=["T-3"]),
        requirement("T-3", "d"),
    )
    evaluation = run(ruleset, letters("FFFF"))
    link = chain_of(evaluation, 0)
    assert link is not None
    assert set(leaves(link)) == repairs(evaluation, 0).atoms


def test_a_very_long_chain_of_gates_is_cut_and_not_a_crash() -> None:
    count = 400
    ruleset = rules(
        *(
            requirement(f"T-{i:03}", "a", requires=[f"T-{i + 1:03}"] if i + 1 < count else [])
            for i in range(count)
        )
    )
    assert chain_of(run(ruleset, letters("F")), 0) is not None
