"""Rule sets of any size with actions, made up for plans, and a structure half way there.

Built on `synthetic`: one to four criteria a requirement, prerequisites, three gravities. Beside
that, half of the criteria want evidence; an action sets one to three answers to what satisfies
every test of them and records up to two kinds; a third of the actions come after one to three
others; every tenth effort is counted per mediator; a dearer action does what another one does
for a few more answers. A third of the answers are short of what is wanted, a few are unknown. The
decision allows no major gap, a few minor ones, and wants a floor in every domain.
"""

import random
from typing import Any

from benchmarks.synthetic import CHOICES, Doc, Synthetic, synthetic
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import RuleSet

MEDIATORS = "mediators"
ROLES = ("direction", "encadrement", "referent_qualite", "mediateurs")
PHASES = ("concevoir", "accompagner", "evaluer")
LEAD_TIMES = ("P1W", "P1M", "P2M", "P3M", "P6M")
FLOOR = "70 %"
BEST: Doc = {"yes_no": True, "choice": CHOICES[-1], "count": 10}
"""Answers that satisfy every test there is of them."""


def synthetic_plan(size: int, seed: int = 2026) -> Synthetic:
    """A rule set of `size` requirements with actions, and a structure that has a way to go."""
    made = synthetic(size, seed)
    chance = random.Random(seed * 7_000_003 + size)
    plain, ruleset_audit = made.plain, made.audit
    kinds = {name: asked["type"] for name, asked in plain["questions"].items()}
    for asked in plain["questions"].values():
        asked["not_applicable"] = False
    plain["questions"][MEDIATORS] = {"text": MEDIATORS, "type": "count"}
    plain["evidence"] = {f"e{n}": {"title": f"e{n}", "proves": "…"} for n in range(max(10, size))}
    _with_proofs(chance, plain)
    plain["actions"] = _actions(chance, kinds, list(plain["evidence"]))
    plain["planning"] = _planning()
    plain["head"]["decision"] = [
        {"id": "major", "text": "…", "grade": "major", "at_most": 0},
        {"id": "minor", "text": "…", "grade": "minor", "at_most": max(2, size // 30)},
        {"id": "floor", "text": "…", "each": "domain", "score_at_least": FLOOR},
    ]
    audit = {
        "format": 1,
        "ruleset": {"id": "synthetic", "edition": "1"},
        "structure": {"name": "Example"},
        "answers": {MEDIATORS: 4} | {name: _short(chance, kind) for name, kind in kinds.items()},
        "evidence": [
            {"id": f"P{number}", "proves": [kind], "title": "…", "kept_at": "…"}
            for number, kind in enumerate(plain["evidence"])
            if chance.random() < 0.6
        ],
    }
    return Synthetic(plain, from_plain(RuleSet, plain), from_plain(type(ruleset_audit), audit))


def _with_proofs(chance: random.Random, plain: Doc) -> None:
    kinds = list(plain["evidence"])
    for requirement in plain["requirements"]:
        for criterion in requirement["criteria"]:
            if chance.random() < 0.5:
                criterion["proof"] = {"evidence": chance.choice(kinds)}


def _actions(chance: random.Random, facts: Doc, kinds: list[str]) -> Doc:
    """Actions that together set every answer and record every kind, some of them twice over."""
    left, recorded = list(facts), list(kinds)
    chance.shuffle(left)
    chance.shuffle(recorded)
    actions: Doc = {}
    while left or recorded:
        names = [left.pop() for _ in range(min(len(left), chance.randint(1, 3)))]
        records = [recorded.pop() for _ in range(min(len(recorded), chance.randint(1, 2)))]
        actions[f"a{len(actions)}"] = _action(chance, facts, names, records, list(actions))
    for name in chance.sample(list(actions), len(actions) // 5):
        besides = chance.sample(list(facts), 2)
        names = list(dict.fromkeys([*actions[name]["sets"], *besides]))
        records = [*actions[name]["records"]]
        actions[f"a{len(actions)}"] = _action(chance, facts, names, records, [])
    return actions


def _action(
    chance: random.Random, facts: Doc, names: list[str], records: list[str], before: list[str]
) -> Doc:
    chained = before and chance.random() < 1 / 3
    days = chance.randint(2, 24)
    effort: Doc = {"low": f"{days}/8", "likely": f"{days}/4", "high": f"{days}/2"}
    if chance.random() < 0.1:
        effort["per"] = MEDIATORS
    return {
        "title": "…",
        "why": "…",
        "how": "…",
        "effort": effort,
        "lead_time": chance.choice(LEAD_TIMES),
        "role": chance.choice(ROLES),
        "phase": chance.choice(PHASES),
        "sets": {name: BEST[facts[name]] for name in names},
        "records": records,
        "after": sorted(chance.sample(before, min(len(before), chance.randint(1, 3))))
        if chained
        else [],
    }


def _planning() -> Doc:
    return {
        "filing": {
            "effort": {"low": "1/8", "likely": "1/4", "high": "1/2"},
            "lead_time": "P1W",
            "role": "referent_qualite",
        },
        "capacity": {role: {"days": 8} for role in ROLES},
    }


def _short(chance: random.Random, kind: str) -> Any:
    """An answer: mostly the best one, else one that may fall short, a few unknown."""
    drawn = chance.random()
    if drawn < 0.03:
        return "unknown"
    if drawn < 0.65:
        return BEST[kind]
    return {"yes_no": False, "choice": chance.choice(CHOICES[:-1]), "count": chance.randint(0, 9)}[
        kind
    ]
