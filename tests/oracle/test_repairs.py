"""Repairs and completions, worked by hand."""

from typing import Any

import pytest

from tests.oracle.completions import completion_count, completions
from tests.oracle.repairs import repairs
from tests.oracle.samples import AS_OF, SANS_OBJET, criterion, requirement, ruleset, run, yes
from tests.oracle.values import Doc


def atom(name: str) -> tuple[str, str, str, bool]:
    """The atom of a question answered yes."""
    return ("answer", name, "is", True)


K = ("evidence", "k", 1)


@pytest.mark.parametrize(
    ("criteria", "answers", "expected"),
    [
        ([criterion("a"), criterion("b")], {"a": False}, [{atom("a"): True, atom("b"): True}]),
        ([criterion("a"), criterion("b", essential=False)], {}, [{atom("a"): True}]),
        (
            [criterion("x", when={"any": [yes("a"), {"all": [yes("b"), yes("c")]}]})],
            {"a": False, "b": False, "c": False},
            [{atom("a"): True}, {atom("b"): True, atom("c"): True}],
        ),
        ([criterion("x", when={"not": yes("a")})], {"a": True}, [{atom("a"): False}]),
        # two of three, one sans objet
        (
            [criterion("x", when={"at_least": 2, "of": [yes("a"), yes("b"), yes("c")]})],
            {"a": False, "b": SANS_OBJET, "c": True},
            [{atom("a"): True}],
        ),
        # the same atom, twice; and its proof
        (
            [
                criterion("x", when=yes("a"), proof={"evidence": "k"}),
                criterion("y", when={"all": [yes("a"), yes("b")]}),
            ],
            {"a": False, "b": True},
            [{atom("a"): True, K: True}],
        ),
        # through `met` to R-02, and to what R-02 requires: R-03
        (
            [criterion("x", when={"met": "R-02"})],
            {"d": False, "e": False},
            [{atom("d"): True, atom("e"): True}],
        ),
        # either ends R-02
        (
            [criterion("x", when={"not": {"met": "R-02"}})],
            {"d": True, "e": True},
            [{atom("d"): False}, {atom("e"): False}],
        ),
        # R-04 perhaps applies: it counts as to be met
        ([criterion("x", when={"met": "R-04"})], {"f": False}, [{atom("f"): True}]),
        # nothing to repair
        ([criterion("a")], {"a": True}, [{}]),
        # a or not a is unknown for each occurrence: any value of a makes it true
        (
            [criterion("x", when={"any": [yes("a"), {"not": yes("a")}]})],
            {},
            [{atom("a"): True}, {atom("a"): False}],
        ),
        # nothing can do it
        ([criterion("x", when={"all": [yes("a"), {"not": yes("a")}]})], {"a": True}, []),
    ],
)
def test_repairs(criteria: list[Doc], answers: Doc, expected: list[Doc]) -> None:
    """Repairs of the first requirement, worked by hand."""
    rules = ruleset(
        requirement("R-01", *criteria),
        requirement("R-02", criterion("d"), requires=["R-03"]),
        requirement("R-03", criterion("e")),
        requirement("R-04", criterion("f"), applies_when=yes("g")),
    )
    found = repairs(rules, {"answers": answers}, AS_OF, {}, "R-01")
    wanted: set[frozenset[Any]] = {frozenset(changes.items()) for changes in expected}
    assert found == wanted


def test_repairs_lead_through_prerequisites_that_apply() -> None:
    """A prerequisite that does not apply asks for nothing."""
    rules = ruleset(
        requirement("R-01", criterion("a"), requires=["R-02", "R-03"]),
        requirement("R-02", criterion("b")),
        requirement("R-03", criterion("c"), applies_when=yes("e")),
    )
    audit = {"answers": {"a": True, "b": False, "c": False, "e": False}}
    found = repairs(rules, audit, AS_OF, {}, "R-01")
    assert found == {frozenset({(atom("b"), True)})}
    with pytest.raises(ValueError, match="too many"):
        repairs(rules, audit, AS_OF, {}, "R-01", max_atoms=1)


def test_completions() -> None:
    """Every unknown that a rule rests on takes each of its ways."""
    rules = ruleset(
        requirement("R-01", criterion("x", when=yes("a"), proof={"evidence": "k", "count": 2})),
        requirement("R-02", criterion("y", when={"answer": "n", "at_least": 3})),
        requirement("R-03", criterion("z", when=yes("c"), proof={"evidence": "j"})),
    )
    audit = {"answers": {"c": True, "b": "unknown"}, "no_evidence": ["j"]}
    # a: yes or no; n: below 3 or not; k: none or two pieces; b serves no rule
    assert completion_count(rules, audit, AS_OF, {}) == 8
    found = list(completions(rules, audit, AS_OF, {}))
    seen = {
        (c["answers"]["a"], c["answers"]["n"] >= 3, len(c["evidence"]), len(c["no_evidence"]))
        for c in found
    }
    assert seen == {
        (a, n, *k) for a in (True, False) for n in (True, False) for k in ((0, 2), (2, 1))
    }
    assert all(c["answers"]["b"] == "unknown" for c in found)
    for complete in found:
        statuses = {r["status"] for r in run(rules, **complete)["requirements"]}
        assert "undetermined" not in statuses
    assert len(list(completions(rules, audit, AS_OF, {}, limit=3))) == 3


def test_completions_stay_within_the_bounds_that_other_answers_set() -> None:
    """Completed answers are valid ones."""
    rules = ruleset(
        requirement("R-01", criterion("x", when={"ratio": ["n", "m"], "at_least": "1/2"})),
        questions={
            "n": {"type": "count", "min": 0, "max": {"answer": "m"}},
            "m": {"type": "count", "min": 0},
        },
    )
    found = [c["answers"] for c in completions(rules, {}, AS_OF, {})]
    assert all(c["n"] <= c["m"] for c in found)
    assert {2 * c["n"] >= c["m"] for c in found} == {True, False}
