"""Unfolds the truth of a condition down to answers, evidence, dates and settings."""

from collections.abc import Iterator
from typing import NamedTuple

from norm_engine.engine.atoms import Atom
from norm_engine.engine.evaluation import Evaluation
from norm_engine.model.conditions import Condition, SettingReference, children, form_of


class Reason(NamedTuple):
    """A condition, its truth code as proven, and the reasons it is made of.

    `atom` is set on atoms; `requirement` on edges to another requirement; `settings` are those the
    condition itself refers to.
    """

    condition: Condition
    form: str
    truth: int
    atom: Atom | None
    requirement: str | None
    settings: tuple[str, ...]
    parts: tuple["Reason", ...]


def reason(evaluation: Evaluation, condition: Condition) -> Reason:
    """Why a condition of the rule set has the truth it has (docs/semantique.md)."""
    program = evaluation.program
    index = program.node(condition)
    node = program.nodes[index]
    return Reason(
        condition,
        form_of(condition),
        evaluation.proven.truths[index],
        program.atoms[node.number] if node.op == "atom" else None,
        condition.met,
        tuple(dict.fromkeys(_settings(condition))),
        tuple(reason(evaluation, child) for child in children(condition)),
    )


def _settings(condition: Condition) -> Iterator[str]:
    values = (
        condition.is_,
        condition.at_least,
        condition.at_most,
        condition.among,
        condition.includes,
        condition.newer_than,
        condition.count,
    )
    for value in values:
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, SettingReference):
                yield item.setting
