"""How the tables of conditions are written and put to the engine.

Conditions, answers and pieces of evidence are written as YAML would have them, over the questions
and kinds of evidence of `tests.support.small_rules`. A case is headed by its title, which says the
arithmetic.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

from norm_engine.engine.evaluation import condition_truth
from norm_engine.engine.truth import NAMES
from norm_engine.model.audit import FileState
from tests.support.small_rules import AS_OF, LETTERS, Doc, criterion_truth, requirement, rules, run


def case(title: str, *values: Any) -> ParameterSet:
    """One row of a table, headed by its title."""
    return pytest.param(*values, id=title)


def squared(table: str) -> list[ParameterSet]:
    """The rows of a table of two operands: the first one down, the second one across.

    Every row gives the letters of both operands and the truth of the whole.
    """
    across, *rows = (line.split() for line in table.strip().splitlines())
    return [
        case(f"{down} with {second} is {truth}", down + second, LETTERS[truth])
        for down, *truths in rows
        for second, truth in zip(across, truths, strict=True)
    ]


def truth_of(
    condition: Doc,
    answers: Mapping[str, Any] | None = None,
    *,
    also: Sequence[Doc] = (),
    settings: Doc | None = None,
    files: Mapping[str, FileState] | None = None,
    as_of: datetime.date = AS_OF,
    proof: bool = False,
    declared: bool = False,
    **audit: Any,
) -> str:
    """The truth of a condition that is the only criterion of the requirement ``T-1``.

    Args:
        also: other requirements of the rule set.
        settings: those of the rule set, as ``{name: (type, value)}``.
        proof: the condition is the criterion's `proof`, not its `when`.
        declared: as declared, not as proven.
        audit: whatever else the audit holds: `evidence`, `no_evidence`, `findings`.
    """
    only = {"id": "only", "text": "…", "proof" if proof else "when": condition}
    ruleset = rules(requirement("T-1", only), *also, settings=settings)
    evaluation = run(ruleset, answers, files, as_of, **audit)
    found = criterion_truth(evaluation, "T-1.only", declared=declared)
    written = ruleset.requirements[0].criteria[0]
    alone = written.proof if proof else written.when
    if alone is not None and not declared:
        # read by itself, as the `when` of an action is, a condition means the same
        assert NAMES[condition_truth(evaluation, alone)] == found
    return found
