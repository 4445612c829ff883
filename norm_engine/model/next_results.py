"""What ``norm-engine next --format json`` prints; its schema is published.

Shares are exact fractions as text (``"7/12"``) with a rounded ``percent`` beside them.
"""

import datetime
from typing import Literal

from norm_engine.model.records import record
from norm_engine.model.results import DecisionResult, RuleSetIdentity


@record
class Share:
    """A share, exact and as a whole percentage (100 only when complete, 0 only when empty)."""

    exact: str
    percent: int


@record
class OfferedAnswer:
    """An answer that the question offers: a choice, or a level with what one sees there."""

    value: str
    text: str
    anchor: str | None = None


@record
class ForeseenAnswer:
    """Answers that lead to the same, and what they lead to.

    `value` and `text` are one of them, which stands for all; of evidence, `value` is how many
    pieces count. `prior` is how likely they are held to be; `outcome` the decision once given;
    `narrows` by how much they make the certainty rise.
    """

    value: str
    text: str
    prior: str
    outcome: Literal["ready", "not_ready", "undetermined"]
    narrows: str


@record
class Named:
    """A requirement or a condition of the decision, by its id, with its title or text."""

    id: str
    text: str


@record
class ItemResult:
    """A question, or a kind of evidence, that can still matter.

    `settles` is how likely its answer is to settle the outcome, `narrows` by how much it is
    expected to make the certainty rise. `opens` are questions of use only once it is answered.
    `for_outcome` tells whether the outcome can still hang on it; `deferred` whether it was asked
    already and is not known.
    """

    kind: Literal["question", "evidence"]
    id: str
    text: str
    help: str | None
    type: str | None
    unit: str | None
    minimum: str | None
    maximum: str | None
    offered: tuple[OfferedAnswer, ...]
    not_applicable: bool
    deferred: bool
    for_outcome: bool
    settles: Share
    narrows: Share
    answers: tuple[ForeseenAnswer, ...]
    requirements: tuple[Named, ...]
    conditions: tuple[Named, ...]
    opens: tuple[str, ...]


@record
class Left:
    """How many questions and kinds of evidence can still matter, and what is asked besides.

    `deferred` of them were asked and are not known. `without_bearing` are open too, but can change
    nothing about the decision any more.
    """

    questions: int
    evidence: int
    deferred: int
    without_bearing: int


@record
class NextResult:
    """``norm-engine next --format json``; `next` is null when nothing open can matter."""

    format: Literal[1]
    semantics: int
    ruleset: RuleSetIdentity
    structure: str
    as_of: datetime.date
    disclaimer: str
    decision: DecisionResult
    certainty: Share
    next: ItemResult | None
    runners_up: tuple[ItemResult, ...]
    left: Left
