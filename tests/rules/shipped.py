"""The shipped rule set, and what structures that answer so and so come to under it."""

import datetime
from functools import cache
from typing import Any

from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.loading.rulesets import load_ruleset, shipped_rules
from norm_engine.model.audit import Audit
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import RuleSet

FOLDER = shipped_rules() / "afnor_mediation_sociale"
DAY = datetime.date(2026, 11, 23)


@cache
def catalogue() -> RuleSet:
    """The shipped rule set with its examples."""
    return load_ruleset(FOLDER, examples=True)


@cache
def program() -> Program:
    """The same, compiled."""
    return compile_ruleset(catalogue())


def evaluated(answers: dict[str, Any]) -> Evaluation:
    """An audit with these answers and no evidence."""
    plain = {
        "format": 1,
        "ruleset": {"id": "afnor_mediation_sociale", "edition": "2021"},
        "structure": {"name": "Structure d’essai"},
        "answers": answers,
    }
    return evaluate(program(), facts_of(program(), from_plain(Audit, plain), {}, DAY))
