"""What is written in a rule set and in an audit, read into exact values and atoms."""

import calendar
import datetime
import re
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]
Atom = tuple[Any, ...]

TRUE = "true"
FALSE = "false"
UNKNOWN = "unknown"
NOT_APPLICABLE = "not_applicable"

NUMERIC_TYPES = ("count", "number", "scale")
COMPARATORS = ("is", "at_least", "at_most", "among", "includes", "newer_than")


class _Mark:
    """A marker that is no value."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


NO_ANSWER = _Mark("NO_ANSWER")
SANS_OBJET = _Mark("SANS_OBJET")


def truth(value: bool) -> str:
    """Say a Python boolean as a truth."""
    return TRUE if value else FALSE


def number(raw: Any) -> Fraction:
    """Read an integer, a fraction, a percentage or a decimal, exactly."""
    if isinstance(raw, bool):
        raise TypeError("a boolean is no number")
    if isinstance(raw, int | Fraction):
        return Fraction(raw)
    text = "".join(str(raw).split())
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def day(raw: Any) -> datetime.date:
    """Read a date, already parsed or in ISO form."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    return datetime.date.fromisoformat(str(raw))


def duration(raw: Any) -> tuple[int, int]:
    """Read an ISO 8601 duration as (months, days)."""
    match = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", str(raw))
    if match is None or str(raw) == "P":
        raise ValueError(f"not a duration: {raw!r}")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return 12 * years + months, 7 * weeks + days


def before(date: datetime.date, length: tuple[int, int]) -> datetime.date:
    """Subtract calendar months, clamped to the month's end, then days."""
    months, days = length
    index = date.year * 12 + (date.month - 1) - months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(date.day, last)) - datetime.timedelta(days=days)


def option_values(question: Doc) -> list[Any]:
    """List what a choice, a multiple choice or a scale offers."""
    raw: Any = question.get("levels") or question.get("choices") or []
    return [item["value"] if isinstance(item, dict) else item for item in raw]


class World:
    """A rule set, an audit, a date and the state of the files: all that is known."""

    def __init__(
        self, ruleset: Doc, audit: Doc, as_of: datetime.date, files: dict[str, str]
    ) -> None:
        self.ruleset = ruleset
        self.audit = audit
        self.as_of = as_of
        self.files = files
        self.requirements: dict[str, Doc] = {r["id"]: r for r in ruleset["requirements"]}

    def resolve(self, raw: Any) -> Any:
        """Replace a reference to a setting by what the setting is worth."""
        if isinstance(raw, dict) and set(raw) == {"setting"}:
            return self.ruleset["settings"][raw["setting"]]["default"]
        return raw

    def typed(self, question: str, raw: Any) -> Any:
        """Read a value as the type of a question has it."""
        kind = self.ruleset["questions"][question]["type"]
        if kind in NUMERIC_TYPES:
            return number(raw)
        if kind == "date":
            return day(raw)
        if kind == "choices":
            return frozenset(str(item) for item in raw)
        if kind == "yes_no":
            if not isinstance(raw, bool):
                raise TypeError(f"{question}: not yes or no: {raw!r}")
            return raw
        return str(raw)

    def answer(self, question: str) -> Any:
        """Give the typed answer, or a mark when it is unknown or sans objet."""
        raw = (self.audit.get("answers") or {}).get(question)
        if isinstance(raw, dict):
            if "not_applicable" in raw:
                return SANS_OBJET
            raw = raw.get("value")
        if raw is None or raw == "unknown":
            return NO_ANSWER
        return self.typed(question, raw)

    def recorded(self, kind: str) -> list[Doc]:
        """List every piece recorded for a kind, whether it counts or not."""
        return [p for p in self.audit.get("evidence") or [] if kind in p["proves"]]

    def counts(self, piece: Doc, kind: str) -> bool:
        """Tell whether a recorded piece counts for a kind at the date."""
        has_file = piece.get("file") is not None and self.files.get(piece["id"]) == "ok"
        if not has_file and not piece.get("kept_at"):
            return False
        for finding in self.audit.get("findings") or []:
            if piece["id"] in (finding.get("rejected") or []):
                return False
        dated = None if piece.get("dated") is None else day(piece["dated"])
        if dated is not None and dated > self.as_of:
            return False
        if piece.get("valid_until") is not None and day(piece["valid_until"]) < self.as_of:
            return False
        fresh_for = self.ruleset["evidence"][kind].get("fresh_for")
        if fresh_for is None:
            return True
        oldest = before(self.as_of, duration(self.resolve(fresh_for)))
        return dated is not None and dated >= oldest

    def atom(self, condition: Doc) -> Atom | None:
        """Give the canonical atom that a condition is, or None if it is no atom."""
        if "evidence" in condition:
            wanted = int(number(self.resolve(condition.get("count", 1))))
            return ("evidence", condition["evidence"], wanted)
        if "ratio" in condition:
            first, second = condition["ratio"]
            (operator,) = (key for key in ("at_least", "at_most") if key in condition)
            share = number(self.resolve(condition[operator]))
            return ("ratio", first, second, operator, share)
        if "answer" not in condition:
            return None
        question = condition["answer"]
        (comparator,) = (key for key in COMPARATORS if key in condition)
        raw = self.resolve(condition[comparator])
        value: Any
        if comparator == "newer_than":
            value = duration(raw)
        elif comparator == "among":
            items = {self.typed(question, self.resolve(item)) for item in raw}
            value = tuple(sorted(items))
        elif comparator == "includes":
            value = str(raw)
        else:
            value = self.typed(question, raw)
        return ("answer", question, comparator, value)

    def atom_truth(self, atom: Atom) -> str:
        """Give the truth of an atom as things stand."""
        if atom[0] == "evidence":
            _, kind, wanted = atom
            pieces = self.recorded(kind)
            if pieces:
                return truth(sum(self.counts(piece, kind) for piece in pieces) >= wanted)
            return FALSE if kind in (self.audit.get("no_evidence") or []) else UNKNOWN
        if atom[0] == "ratio":
            _, first, second, way, share = atom
            values = [self.answer(first), self.answer(second)]
            if SANS_OBJET in values:
                return NOT_APPLICABLE
            if NO_ANSWER in values:
                return UNKNOWN
            part, whole = values
            return truth(part >= share * whole if way == "at_least" else part <= share * whole)
        _, question, operator, value = atom
        answer = self.answer(question)
        if answer is SANS_OBJET:
            return NOT_APPLICABLE
        if answer is NO_ANSWER:
            return UNKNOWN
        return truth(compares(answer, operator, value, self.as_of))


def compares(answer: Any, operator: str, value: Any, as_of: datetime.date) -> bool:
    """Compare a known answer."""
    if operator == "is":
        return bool(answer == value)
    if operator == "at_least":
        return bool(answer >= value)
    if operator == "at_most":
        return bool(answer <= value)
    if operator == "among":
        return bool(answer in value)
    if operator == "includes":
        return bool(value in answer)
    return bool(before(as_of, value) <= answer <= as_of)
