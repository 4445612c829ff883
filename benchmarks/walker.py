"""The yardstick of an evaluation: a plain walker over the rules as data, written to be read.

One pass, five statuses, a credit and the weighted scores, and for every requirement what each
criterion and each test came to, with what was found. Conditions are read as they stand, missing
answers count as not fulfilled (there are no intervals), and networkx gives the order of the
prerequisites once.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import networkx as nx

Doc = Mapping[str, Any]

NOT_APPLICABLE = "not applicable"
"""The answer « sans objet » as the walker reads it."""


class Walked(NamedTuple):
    """What the walker finds: statuses, scores by group, and why."""

    statuses: dict[str, str]
    scores: dict[str, float]
    explanations: dict[str, dict[str, Any]]


class Walker:
    """Walks the requirements of one rule set, in an order that is worked out once."""

    def __init__(self, plain: Doc) -> None:
        settings = plain["head"].get("settings", {})
        values = {name: _number(each["default"]) for name, each in settings.items()}
        self.requirements = {each["id"]: _settled(each, values) for each in plain["requirements"]}
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(self.requirements)
        for name, each in self.requirements.items():
            graph.add_edges_from((gate, name) for gate in _rests_on(each))
        self.order = list(nx.topological_sort(graph))

    def walk(self, answers: Mapping[str, Any]) -> Walked:
        """The statuses and scores of a structure with these answers, with an explanation."""
        statuses: dict[str, str] = {}
        totals: dict[str, list[float]] = {}
        explanations: dict[str, dict[str, Any]] = {}
        for name in self.order:
            requirement = self.requirements[name]
            status, credit, why = self._requirement(requirement, answers, statuses)
            statuses[name] = status
            explanations[name] = why
            if status == "not_applicable" or requirement["level"] == "recommendation":
                continue
            weight = requirement["weight"]
            for group in ("overall", requirement["domain"], requirement["workshop"]):
                total = totals.setdefault(group, [0.0, 0.0])
                total[0] += weight * credit
                total[1] += weight
        scores = {group: points / weight for group, (points, weight) in totals.items()}
        return Walked(statuses, scores, explanations)

    def _requirement(
        self, requirement: Doc, answers: Mapping[str, Any], statuses: Mapping[str, str]
    ) -> tuple[str, float, dict[str, Any]]:
        criteria: list[dict[str, Any]] = []
        closed = [each for each in requirement.get("requires", ()) if not _met(each, statuses)]
        explanation: dict[str, Any] = {"criteria": criteria, "closed": closed}
        if "applies_when" in requirement:
            applies, why = truth_of(requirement["applies_when"], answers, statuses)
            explanation["applies"] = why
            if not applies:
                return "not_applicable", 0.0, explanation
        reached = possible = essential = held = 0
        for each in requirement["criteria"]:
            truth, reasons = _criterion(each, answers, statuses)
            criteria.append({"id": each["id"], "truth": truth, "why": reasons})
            if truth is None:
                continue
            weight = each.get("weight", 1)
            possible += weight
            reached += weight if truth else 0
            if each.get("essential", True):
                essential += 1
                held += truth
        if not possible:
            return "not_applicable", 0.0, explanation
        credit = min(reached / possible, 0.5) if closed else reached / possible
        if held == essential and (essential or reached == possible):
            return ("blocked" if closed else "met"), credit, explanation
        return ("partial" if reached else "unmet"), credit, explanation


def _criterion(
    criterion: Doc, answers: Mapping[str, Any], statuses: Mapping[str, str]
) -> tuple[bool | None, list[dict[str, Any]]]:
    truth: bool | None = True
    reasons = []
    for part in ("when", "proof"):
        if truth is not None and part in criterion:
            found, why = truth_of(criterion[part], answers, statuses)
            reasons.append(why)
            truth = None if found is None else truth and found
    return truth, reasons


def truth_of(
    condition: Doc, answers: Mapping[str, Any], statuses: Mapping[str, str]
) -> tuple[bool | None, dict[str, Any]]:
    """Whether a condition holds, None when not applicable, and why."""
    if "answer" in condition:
        return _test(condition, answers)
    if "evidence" in condition:
        counted = answers.get("evidence:" + condition["evidence"]) or 0
        truth = counted >= condition.get("count", 1)
        return truth, {"condition": condition, "found": counted, "truth": truth}
    if "met" in condition:
        truth = _met(condition["met"], statuses)
        return truth, {"condition": condition, "truth": truth}
    if "ratio" in condition:
        return _ratio(condition, answers)
    if "not" in condition:
        inside, why = truth_of(condition["not"], answers, statuses)
        return None if inside is None else not inside, {"form": "not", "parts": [why]}
    return _several(condition, answers, statuses)


def _several(
    condition: Doc, answers: Mapping[str, Any], statuses: Mapping[str, str]
) -> tuple[bool | None, dict[str, Any]]:
    form = "all" if "all" in condition else "any" if "any" in condition else "of"
    parts = [truth_of(each, answers, statuses) for each in condition[form]]
    truths = [truth for truth, _ in parts if truth is not None]
    why: dict[str, Any] = {"form": form, "parts": [part for _, part in parts]}
    if not truths:
        return None, why
    needed = len(truths) if form == "all" else 1 if form == "any" else condition["at_least"]
    truth = sum(truths) >= min(needed, len(truths))
    why["truth"] = truth
    return truth, why


def _test(condition: Doc, answers: Mapping[str, Any]) -> tuple[bool | None, dict[str, Any]]:
    found = answers.get(condition["answer"])
    truth: bool | None
    if found == NOT_APPLICABLE:
        truth = None
    elif found is None:
        truth = False
    elif "is" in condition:
        truth = found == condition["is"]
    elif "among" in condition:
        truth = found in condition["among"]
    elif "at_least" in condition:
        truth = found >= condition["at_least"]
    elif "at_most" in condition:
        truth = found <= condition["at_most"]
    elif "includes" in condition:
        truth = condition["includes"] in found
    else:
        months = int(condition["newer_than"][1:-1])
        truth = found >= _months_before(answers["as_of"], months)
    return truth, {"condition": condition, "found": found, "truth": truth}


def _ratio(condition: Doc, answers: Mapping[str, Any]) -> tuple[bool | None, dict[str, Any]]:
    part, whole = (answers.get(name) for name in condition["ratio"])
    truth: bool | None
    if NOT_APPLICABLE in (part, whole):
        truth = None
    elif part is None or whole is None:
        truth = False
    elif "at_least" in condition:
        truth = part >= condition["at_least"] * whole
    else:
        truth = part <= condition["at_most"] * whole
    return truth, {"condition": condition, "found": (part, whole), "truth": truth}


def _met(requirement: str, statuses: Mapping[str, str]) -> bool:
    return statuses[requirement] in ("met", "not_applicable")


def _months_before(day: str, months: int) -> str:
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7]) - 1 - months, 12)
    return f"{year:04}-{month + 1:02}{day[7:]}"


def _settled(data: Any, values: Mapping[str, Any], key: str = "") -> Any:
    """Rules with the settings put in and with numbers to calculate with."""
    if isinstance(data, dict):
        if set(data) == {"setting"}:
            return values[data["setting"]]
        return {key: _settled(held, values, key) for key, held in data.items()}
    if isinstance(data, list):
        return [_settled(held, values) for held in data]
    return _number(data) if key in ("at_least", "at_most", "is") else data


def _number(value: Any) -> Any:
    """A number that is written as text, such as ``4/5`` or ``80 %``; anything else as it is."""
    if not isinstance(value, str) or not value[:1].isdigit():
        return value
    part, _, whole = value.rstrip(" %").partition("/")
    return float(part) / float(whole or 1) / (100 if value.endswith("%") else 1)


def _rests_on(data: Any) -> list[str]:
    """The requirements that a requirement rests on, as prerequisites or through conditions."""
    if isinstance(data, list):
        return [name for each in data for name in _rests_on(each)]
    if not isinstance(data, dict):
        return []
    found = [*data.get("requires", ()), *([data["met"]] if "met" in data else [])]
    return found + [name for each in data.values() for name in _rests_on(each)]


def walkable(answers: Doc, counted: Mapping[str, int | None], as_of: str) -> dict[str, Any]:
    """The facts of an audit as the walker reads them: bare answers, and pieces counted by kind."""
    bare: dict[str, Any] = {"as_of": as_of}
    for name, given in answers.items():
        value = given
        if isinstance(given, dict):
            value = NOT_APPLICABLE if "not_applicable" in given else given.get("value")
        bare[name] = None if value == "unknown" else _number(value) if _plain(value) else value
    return bare | {f"evidence:{kind}": count for kind, count in counted.items()}


def _plain(value: Any) -> bool:
    # a date begins with a digit too, and is compared as text
    return not (isinstance(value, str) and value.count("-") == 2)
