"""The whole evaluation, by enumeration: slow, plain, and as close to the words as can be."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from tests.oracle.logic import condition_truth, conjunction, criterion_truth, essential_of
from tests.oracle.values import FALSE, NOT_APPLICABLE, TRUE, UNKNOWN, Doc, World, day, number

STATUSES = ("met", "blocked", "partial", "unmet", "not_applicable", "undetermined")
SEVERITY = ("major", "minor", "sensitive", "improvement", "satisfactory", "strength")
BRUTE_FORCE = 10

Grades = set[str | None]


@dataclass(frozen=True)
class State:
    """What one requirement can be in one pass."""

    possible: frozenset[str]
    credit: tuple[Fraction, Fraction] | None
    grades: frozenset[str | None]
    criteria: dict[str, str]

    @property
    def status(self) -> str:
        """The only possible status, or undetermined."""
        return next(iter(self.possible)) if len(self.possible) == 1 else "undetermined"

    @property
    def held(self) -> str:
        """The truth of: it is met, or not applicable."""
        good = self.possible & {"met", "not_applicable"}
        return TRUE if good == self.possible else UNKNOWN if good else FALSE

    @property
    def settled(self) -> bool:
        """Its status is determined and the two ends of its credit meet."""
        return len(self.possible) == 1 and self.credit is not None and len(set(self.credit)) == 1


class Pass:
    """One of the two computations: declared, or proven."""

    def __init__(self, world: World, proven: bool) -> None:
        self.world = world
        self.proven = proven
        self.blocked_credit = number(world.resolve(world.ruleset["blocked_credit"]))
        self._states: dict[str, State] = {}

    def state(self, requirement_id: str) -> State:
        """Compute a requirement once, what it leans on first."""
        if requirement_id not in self._states:
            self._states[requirement_id] = self._compute(self.world.requirements[requirement_id])
        return self._states[requirement_id]

    def held(self, requirement_id: str) -> str:
        """The truth of `met` on a requirement."""
        return self.state(requirement_id).held

    def applicability(self, requirement: Doc) -> str:
        """Whether a requirement is in force and applies."""
        force = requirement.get("in_force") or {}
        if force.get("from") is not None and self.world.as_of < day(force["from"]):
            return FALSE
        if force.get("to") is not None and self.world.as_of > day(force["to"]):
            return FALSE
        if not requirement.get("applies_when"):
            return TRUE
        found = condition_truth(
            self.world, requirement["applies_when"], self.world.atom_truth, self.held
        )
        return FALSE if found == NOT_APPLICABLE else found

    def _compute(self, requirement: Doc) -> State:
        criteria = {
            c["id"]: criterion_truth(self.world, c, self.proven, self.world.atom_truth, self.held)
            for c in requirement["criteria"]
        }
        left = [c for c in requirement["criteria"] if criteria[c["id"]] != NOT_APPLICABLE]
        applicable = self.applicability(requirement) if left else FALSE
        requires = requirement.get("requires") or []
        gate = conjunction(self.held(other) for other in requires) if requires else TRUE

        outcomes: list[tuple[str, Fraction | None, str | None]] = []
        if applicable != TRUE:
            outcomes.append(("not_applicable", None, None))
        if applicable != FALSE:
            for truths in product(*(_ways(criteria[c["id"]]) for c in left)):
                holding = {c["id"] for c, value in zip(left, truths, strict=True) if value}
                for opened in _ways(gate):
                    outcomes.append(self._settle(requirement, left, holding, opened))
        credits = [credit for _, credit, _ in outcomes if credit is not None]
        return State(
            possible=frozenset(status for status, _, _ in outcomes),
            credit=(min(credits), max(credits)) if credits else None,
            grades=frozenset(grade for _, _, grade in outcomes),
            criteria=criteria,
        )

    def _settle(
        self, requirement: Doc, left: list[Doc], holding: set[str], opened: bool
    ) -> tuple[str, Fraction, str | None]:
        """Status, credit and grade once everything is known."""
        total = sum(int(c.get("weight", 1)) for c in left)
        gained = sum(int(c.get("weight", 1)) for c in left if c["id"] in holding)
        own = Fraction(gained, total)
        satisfied = all(c["id"] in holding for c in essential_of(left))
        credit = own if opened else min(own, self.blocked_credit)
        if satisfied:
            status = "met" if opened else "blocked"
        else:
            status = "partial" if own > 0 else "unmet"
        grade: str | None
        if requirement["level"] == "recommendation":
            grade = "strength" if status == "met" else "improvement"
        elif status == "blocked":
            grade = None
        elif status == "met":
            grade = "satisfactory" if credit == 1 else "improvement"
        else:
            grade = requirement["gravity"]
        return status, credit, grade


def _ways(found: str) -> tuple[bool, ...]:
    """The booleans that a truth may turn out to be."""
    return {TRUE: (True,), FALSE: (False,)}.get(found, (True, False))


def _interval(ends: tuple[Fraction, Fraction] | None) -> Doc | None:
    return None if ends is None else {"low": ends[0], "high": ends[1]}


def mean_extremes(
    sure: list[tuple[int, Fraction]], maybe: list[tuple[int, Fraction]]
) -> tuple[Fraction, Fraction]:
    """Least and greatest weighted mean over the non-empty choices among what may count."""
    if len(maybe) <= BRUTE_FORCE:
        chosen = [
            sure + [item for item, taken in zip(maybe, picks, strict=True) if taken]
            for picks in product((False, True), repeat=len(maybe))
        ]
    else:  # the best choices are the first ones in order of credit
        ordered = sorted(maybe, key=lambda item: item[1])
        chosen = [sure + ordered[:n] for n in range(len(ordered) + 1)]
        chosen += [sure + ordered[n:] for n in range(len(ordered) + 1)]
    means = [
        sum((weight * credit for weight, credit in items), Fraction(0))
        / sum(weight for weight, _ in items)
        for items in chosen
        if items
    ]
    return min(means), max(means)


def _score(run: Pass, requirements: list[Doc]) -> tuple[tuple[Fraction, Fraction] | None, bool]:
    """Give the score's interval, and whether there may be no score at all."""
    low: dict[bool, list[tuple[int, Fraction]]] = {True: [], False: []}
    high: dict[bool, list[tuple[int, Fraction]]] = {True: [], False: []}
    for requirement in requirements:
        state = run.state(requirement["id"])
        if state.credit is not None:
            sure = "not_applicable" not in state.possible
            low[sure].append((requirement["weight"], state.credit[0]))
            high[sure].append((requirement["weight"], state.credit[1]))
    if not low[True] and not low[False]:
        return None, True
    least = mean_extremes(low[True], low[False])[0]
    most = mean_extremes(high[True], high[False])[1]
    return (least, most), not low[True]


def _summary(name: str, proven: Pass, declared: Pass, requirements: list[Doc]) -> Doc:
    ends, may_be_absent = _score(proven, requirements)
    counts = dict.fromkeys(STATUSES, 0)
    covered = weight = 0
    for requirement in requirements:
        state = proven.state(requirement["id"])
        counts[state.status] += 1
        if state.status != "not_applicable":
            weight += requirement["weight"]
            covered += requirement["weight"] if state.settled else 0
    return {
        "id": name,
        "score": _interval(ends),
        "may_be_absent": may_be_absent,
        "declared": _interval(_score(declared, requirements)[0]),
        "coverage": Fraction(covered, weight) if weight else None,
        "counts": counts,
    }


def _floor_truth(summary: Doc, floor: Fraction) -> str:
    """Whether a score reaches a floor; having no score satisfies it."""
    score = summary["score"]
    if score is None or score["low"] >= floor:
        return TRUE
    if score["high"] < floor and not summary["may_be_absent"]:
        return FALSE
    return UNKNOWN


def _worst(summaries: list[Doc]) -> Doc | None:
    """Extremes of the least score among those that exist."""
    scored = [s for s in summaries if s["score"] is not None]
    if not scored:
        return None
    sure = [s["score"]["high"] for s in scored if not s["may_be_absent"]]
    high = min(sure) if sure else max(s["score"]["high"] for s in scored)
    return {"low": min(s["score"]["low"] for s in scored), "high": high}


def _decide(world: World, result: Doc, grades: dict[str, Grades]) -> Doc:
    """Kleene `all` of the decision's conditions, for given grades."""
    conditions: list[Doc] = []
    for condition in world.ruleset.get("decision") or []:
        if "grade" in condition:
            wanted = condition["grade"]
            limit = number(world.resolve(condition["at_most"]))
            surely = sum(found == {wanted} for found in grades.values())
            possibly = sum(wanted in found for found in grades.values())
            held = TRUE if possibly <= limit else FALSE if surely > limit else UNKNOWN
            stand: Doc | None = {"low": surely, "high": possibly}
        else:
            floor = number(world.resolve(condition["score_at_least"]))
            summaries: list[Doc] = [result["overall"]]
            if "each" in condition:
                summaries = result[f"{condition['each']}s"]
            held = conjunction([TRUE, *(_floor_truth(s, floor) for s in summaries)])
            stand = _worst(summaries)
        stand = stand or {"low": None, "high": None}
        conditions.append({"id": condition["id"], "truth": held, **stand})
    verdict = conjunction([TRUE, *(c["truth"] for c in conditions)])
    outcome = {TRUE: "ready", FALSE: "not_ready", UNKNOWN: "undetermined"}[verdict]
    return {"outcome": outcome, "conditions": conditions}


def _found_grades(findings: Iterable[Doc]) -> dict[str, str]:
    """The most severe finding of each requirement that has any."""
    found: dict[str, str] = {}
    for finding in findings:
        name, grade = finding["requirement"], finding["grade"]
        found[name] = min(found.get(name, grade), grade, key=SEVERITY.index)
    return found


def evaluate(ruleset: Doc, audit: Doc, as_of: datetime.date, files: dict[str, str]) -> Doc:
    """Evaluate an audit against a rule set at a date; every figure is an exact fraction."""
    world = World(ruleset, audit, as_of, files)
    proven, declared = Pass(world, proven=True), Pass(world, proven=False)
    everything: list[Doc] = ruleset["requirements"]
    scored = [r for r in everything if r["level"] == "requirement"]
    advised = [r for r in everything if r["level"] == "recommendation"]

    def summary(name: str, requirements: list[Doc]) -> Doc:
        return _summary(name, proven, declared, requirements)

    def by(key: str, value: Any) -> list[Doc]:
        return [r for r in scored if r.get(key) == value]

    result: Doc = {
        "as_of": as_of,
        "overall": summary("overall", scored),
        "recommendations": summary("recommendations", advised),
        "domains": [summary(d["id"], by("domain", d["id"])) for d in ruleset["domains"]],
        "workshops": [summary(w["id"], by("workshop", w["id"])) for w in ruleset["workshops"]],
        "by_basis": {b: summary(b, by("basis", b)) for b in sorted({r["basis"] for r in scored})},
        "requirements": [_requirement(r, proven, declared) for r in everything],
    }
    grades: dict[str, Grades] = {r["id"]: set(proven.state(r["id"]).grades) for r in scored}
    result["decision"] = _decide(world, result, grades)
    result["decision_with_findings"] = None
    if audit.get("findings"):
        found = _found_grades(audit["findings"])
        replaced: dict[str, Grades] = {
            n: {found[n]} if n in found else had for n, had in grades.items()
        }
        result["decision_with_findings"] = _decide(world, result, replaced)
    return result


def _requirement(requirement: Doc, proven: Pass, declared: Pass) -> Doc:
    name = requirement["id"]
    state, said = proven.state(name), declared.state(name)
    return {
        "id": name,
        "domain": requirement["domain"],
        "workshop": requirement.get("workshop"),
        "level": requirement["level"],
        "status": state.status,
        "possible": set(state.possible),
        "credit": _interval(state.credit),
        "applicable": _applicable(state),
        "declared": {
            "status": said.status,
            "possible": set(said.possible),
            "credit": _interval(said.credit),
        },
        "grades": set(state.grades),
        "criteria": {c: (said.criteria[c], state.criteria[c]) for c in state.criteria},
    }


def _applicable(state: State) -> str:
    """Whether a requirement surely, surely not, or perhaps applies."""
    if state.credit is None:
        return FALSE
    return UNKNOWN if "not_applicable" in state.possible else TRUE
