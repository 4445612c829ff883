"""Random rule sets whose actions change answers and evidence, and audits that follow them up."""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.oracle.choices import (
    Source,
    booleans,
    composite,
    integers,
    lists,
    permutations,
    sampled_from,
    strategy,
)
from tests.oracle.conditions import ConditionMaker, add_setting
from tests.oracle.logic import conditions_of
from tests.oracle.moves import FILING, Base, Limits, Moves, after
from tests.oracle.routes import Assume, Routes
from tests.oracle.strategies import (
    DATES,
    DURATIONS,
    WORDS,
    Case,
    audits,
    rulesets,
)
from tests.oracle.values import Doc, duration, number, option_values

ROLES = ("direction", "encadrement", "referent_qualite", "mediateurs")
EFFORTS = (
    (0, 0, 0),
    (0, 0, 1),
    (0, "1/4", "1/2"),
    ("1/3", "1/3", 1),
    ("0.5", "1/2", 3),
    (1, 1, 1),
    ("1/2", 1, 2),
    (1, "3/2", 4),
    (2, 2, "5/2"),
    (1, 3, 8),
)
LEAD_TIMES = ("P0D", "P1D", "P1W", "P1M", "P2M", "P3M")
BY = ("P1W", "P1M", "P2M", "P4M")
REACHED = (
    ("overall",),
    ("overall",),
    ("domain",),
    ("workshop", "major"),
    ("major", "minor", "sensitive"),
    ("overall", "major", "minor"),
    ("overall", "domain", "improvement"),
)
ASSUME: tuple[Assume, ...] = ("worst", "worst", "best")
STATES = ("todo", "doing", "done", "dropped")


class PlanCase(NamedTuple):
    """A case, and what is asked of a plan for it."""

    case: Case
    limits: Limits
    wanted: Moves
    assume: Assume


def _plain(draw: Source, question: Doc, wanted: list[Any]) -> Any:
    """A value of a question's type; more often than not one that some rule asks for."""
    kind = question["type"]
    if kind == "yes_no":
        return draw(sampled_from([True, True, True, False]))
    if kind == "date":
        return draw(sampled_from(["2026-08-31", "2026-02-28", "2024-02-29", "2020-01-01"]))
    if kind == "choices":
        some = sampled_from(wanted * 3 + option_values(question))
        return draw(lists(some, min_size=1, max_size=2, unique=True))
    pools: dict[str, list[Any]] = {
        "count": [0, 1, 2, 3, 5, 8],
        "number": [0, "1/2", "0.8", 1, 2, "5/2", -1],
        "text": [*WORDS, "autre"],
    }
    pool = pools.get(kind) or option_values(question)
    fitting = [v for v in wanted if kind != "count" or number(v).denominator == 1]
    if fitting and draw(integers(0, 3)):
        value = draw(sampled_from(fitting))
        return int(number(value)) if kind == "count" else value
    return draw(sampled_from(pool))


def _sources(ruleset: Doc, name: str) -> list[str]:
    """The questions whose answer may be put in the place of another's."""
    questions = ruleset["questions"]
    kind, values = questions[name]["type"], option_values(questions[name])

    def alike(other: Doc) -> bool:
        if {other["type"], kind} == {"count", "number"}:
            return True
        return bool(other["type"] == kind and option_values(other) == values)

    return [each for each, other in questions.items() if each != name and alike(other)]


def _settings(ruleset: Doc, kind: str) -> list[str]:
    """The settings whose value may stand as an answer."""
    fitting = {"count": ("count",), "number": ("count", "number", "share"), "text": ("text",)}
    settings: Doc = ruleset["settings"]
    return [name for name, each in settings.items() if each["type"] in fitting.get(kind, ())]


def _fact(draw: Source, ruleset: Doc, name: str, wanted: list[Any]) -> Any:
    """What an action sets a question to: a value, or where it takes it from."""
    kind = ruleset["questions"][name]["type"]
    forms = ["plain"] * 5
    forms += ["answer"] * (2 if _sources(ruleset, name) else 0)
    forms += ["setting"] * (1 if _settings(ruleset, kind) else 0)
    forms += ["as_of"] * (5 if kind == "date" else 0)
    form = draw(sampled_from(forms))
    if form == "answer":
        return {"answer": draw(sampled_from(_sources(ruleset, name)))}
    if form == "setting":
        return {"setting": draw(sampled_from(_settings(ruleset, kind)))}
    if form == "as_of":
        return {"as_of": True}
    return _plain(draw, ruleset["questions"][name], wanted)


def _asked(requirements: list[Doc]) -> tuple[dict[str, list[Any]], list[str]]:
    """The values that these compare each answer with, and the kinds of evidence they ask for."""
    values: dict[str, list[Any]] = {}
    kinds: dict[str, None] = {}
    for requirement in requirements:
        for condition in conditions_of(requirement):
            for name in condition.get("ratio") or []:
                values.setdefault(name, [])
            if "evidence" in condition:
                kinds[condition["evidence"]] = None
            if "answer" not in condition:
                continue
            found = values.setdefault(condition["answer"], [])
            for key in ("is", "at_least", "at_most", "among", "includes"):
                raw = condition.get(key, [])
                found += raw if isinstance(raw, list) else [raw]
    plain = {n: [v for v in found if not isinstance(v, dict)] for n, found in values.items()}
    return plain, list(kinds)


def _action(draw: Source, ruleset: Doc, earlier: list[str], maker: ConditionMaker) -> Doc:
    """An action that comes after some of those that are earlier in the hidden order."""
    requirements: list[Doc] = ruleset["requirements"]
    about = requirements
    if draw(integers(0, 2)):
        about = [draw(sampled_from(requirements))]
    values, kinds = _asked(about)
    some = sampled_from(list(values) * 3 or list(ruleset["questions"]))
    names = draw(lists(some, min_size=draw(integers(0, 1)), max_size=2, unique=True))
    action: Doc = {
        "title": "Action",
        "why": "Pour avancer.",
        "how": "À plusieurs.",
        "lead_time": draw(sampled_from(LEAD_TIMES)),
        "role": draw(sampled_from(ROLES)),
        "phase": "concevoir",
        "effort": _effort(draw, ruleset),
    }
    if names:
        action["sets"] = {n: _fact(draw, ruleset, n, values.get(n, [])) for n in names}
    if not names or (kinds and draw(integers(0, 3))):
        some = sampled_from(kinds or list(ruleset["evidence"]))
        action["records"] = draw(lists(some, min_size=1, max_size=2, unique=True))
    if earlier and draw(booleans()):
        action["after"] = draw(lists(sampled_from(earlier), max_size=2, unique=True))
    if draw(integers(0, 4)) == 0:
        action["when"] = maker.when(draw, [each["id"] for each in requirements], 1)
    return action


def _effort(draw: Source, ruleset: Doc) -> Doc:
    effort = dict(zip(("low", "likely", "high"), draw(sampled_from(EFFORTS)), strict=True))
    counts = [n for n, q in ruleset["questions"].items() if q["type"] == "count"]
    if counts and draw(integers(0, 3)) == 0:
        effort["per"] = draw(sampled_from(counts))
    return effort


def _strict_decision(draw: Source) -> list[Doc]:
    """A decision that a structure seldom satisfies as it is, and that actions may satisfy."""
    floor = draw(sampled_from(["1/2", "3/5", "80 %", "80 %", 1]))
    part = draw(sampled_from(["domain", "workshop"]))
    most = draw(sampled_from([0, 0, 1]))
    conditions: list[Doc] = [
        {"id": "tout", "score_at_least": floor},
        {"id": "planchers", "each": part, "score_at_least": floor},
        {"id": "majeures", "grade": "major", "at_most": 0},
        {"id": "mineures", "grade": "minor", "at_most": most},
        {"id": "sensibles", "grade": "sensitive", "at_most": most},
        {"id": "pistes", "grade": "improvement", "at_most": most},
    ]
    kept = draw(sampled_from([(0,), (1,), (0, 2, 3, 4), (2, 3, 4), (1, 2), (0, 3, 4), (0, 5)]))
    return [{**conditions[rank], "text": "…"} for rank in kept]


@composite
def rulesets_with_actions(draw: Source, *, max_requirements: int = 4, max_actions: int = 7) -> Doc:
    """Draw a rule set with actions, some of which contradict one another or break other rules."""
    monotone = draw(integers(0, 2)) == 0
    ruleset: Doc = draw(
        rulesets(monotone=monotone, min_requirements=2, max_requirements=max_requirements)
    )
    for requirement in ruleset["requirements"]:
        if draw(integers(0, 3)):
            requirement["level"] = "requirement"
    if draw(integers(0, 7)):
        ruleset["decision"] = _strict_decision(draw)
    settings = ruleset["settings"]
    if draw(integers(0, 2)) == 0:
        add_setting(settings, "count", draw(integers(0, 5)))
    if draw(integers(0, 5)) == 0:
        add_setting(settings, "text", draw(sampled_from(WORDS)))
    maker = ConditionMaker(
        ruleset["questions"], ruleset["evidence"], settings, DURATIONS, WORDS, monotone=False
    )
    size = draw(integers(min(4, max_actions), max_actions))
    names = [f"action_{rank}" for rank in range(1, size + 1)]
    order = draw(permutations(names))
    made = {n: _action(draw, ruleset, list(order[:i]), maker) for i, n in enumerate(order)}
    ruleset["actions"] = {n: made[n] for n in names}
    ruleset["planning"] = {}
    if draw(booleans()):
        ruleset["planning"]["filing"] = {
            "effort": _effort(draw, ruleset),
            "lead_time": draw(sampled_from(LEAD_TIMES)),
            "role": "referent_qualite",
        }
    return ruleset


@composite
def any_plan_case(draw: Source, *, max_requirements: int = 4, max_actions: int = 7) -> PlanCase:
    """Draw a rule set with actions, an audit, and what is asked of a plan."""
    ruleset = draw(
        rulesets_with_actions(max_requirements=max_requirements, max_actions=max_actions)
    )
    as_of = draw(sampled_from(DATES))
    audit, files = draw(audits(ruleset, as_of, max_pieces=2))
    for rank, (name, action) in enumerate(ruleset["actions"].items(), 1):
        if draw(integers(0, 4)) == 0:
            state = draw(sampled_from(STATES))
            audit["actions"].append({"id": f"A{rank}", "action": name, "state": state})
        elif draw(integers(0, 3)) == 0:  # the practice is there already
            sets = action.get("sets") or {}
            plain = {q: value for q, value in sets.items() if not isinstance(value, dict)}
            audit["answers"] |= plain
    asked = _asked_of(draw, Case(ruleset, audit, as_of, files))
    if draw(integers(0, 4)):
        ruleset["decision"] = _within_reach(draw, asked)
    return asked


def plan_cases(**limits: Any) -> st.SearchStrategy[PlanCase]:
    """Cases for `given`."""
    return strategy(any_plan_case(**limits))


def _within_reach(draw: Source, asked: PlanCase) -> list[Doc]:
    """A decision that some moves drawn at random satisfy, and nothing that falls short of them."""
    routes = Routes(Base(*asked.case), asked.limits)
    drawn = [each for each in routes.moves if draw(integers(0, 2))]
    chosen = max((each for each in routes.closed() if each <= set(drawn)), key=len)
    result = routes.result(chosen)
    conditions: list[Doc] = []
    for form in draw(sampled_from(REACHED)):
        condition: Doc = {"id": f"cond{len(conditions) + 1}", "text": "…"}
        if form in ("major", "minor", "sensitive", "improvement"):
            possibly = sum(
                form in each["grades"]
                for each in result["requirements"]
                if each["level"] == "requirement"
            )
            conditions.append({**condition, "grade": form, "at_most": possibly})
            continue
        groups = [result["overall"]] if form == "overall" else result[f"{form}s"]
        floor = min((each["score"]["low"] for each in groups if each["score"]), default=0)
        if form != "overall":
            condition["each"] = form
        conditions.append({**condition, "score_at_least": str(floor)})
    return conditions


def _asked_of(draw: Source, case: Case) -> PlanCase:
    """What a user may ask: half of the time nothing but the route."""
    names = [*case.ruleset["actions"], *(FILING + kind for kind in case.ruleset["evidence"])]
    few = lists(sampled_from(names), max_size=2, unique=True)
    by = without = wanted = None
    if draw(booleans()):
        by = draw(sampled_from([None, *BY]))
        without, wanted = draw(few), draw(few)
    limits = Limits(
        start=case.as_of,
        by=None if by is None else after(case.as_of, duration(by)),
        without=frozenset(without or ()),
        assume=draw(sampled_from(ASSUME)),
    )
    return PlanCase(case, limits, frozenset(wanted or ()) - limits.without, limits.assume)
