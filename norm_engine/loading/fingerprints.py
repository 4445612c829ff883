"""Canonical JSON and fingerprints: which rules a result was computed under."""

import hashlib
import json
from collections.abc import Set
from typing import Any

from norm_engine.model.records import Plain, to_plain
from norm_engine.model.ruleset import RuleSet
from norm_engine.model.scalars import exact, is_number

_NUMBER_KEYS = frozenset(
    {
        "at_least",
        "at_most",
        "min",
        "max",
        "default",
        "low",
        "likely",
        "high",
        "days",
        "blocked_credit",
        "score_at_least",
    }
)
_TEXT_KEYS = frozenset(
    {
        "title",
        "statement",
        "text",
        "help",
        "guidance",
        "why",
        "how",
        "proves",
        "aims",
        "description",
        "anchor",
        "note",
        "unit",
        "publisher",
        "url",
        "clause",
        "licence",
    }
)
# documentation and provenance: not part of what a rule set means
_LEFT_OUT = frozenset({"examples", "overlays", "fingerprint", "rules_fingerprint"})
# these hold things by names of their own, which may be any of the words above
_NAMED = frozenset({"settings", "questions", "evidence", "actions", "sources", "sets"})
# lists of names in no order
_UNORDERED = frozenset({"requires", "after", "sources", "records"})
_LARGEST = 2**53 - 1


def canonical_json(data: Plain) -> bytes:
    """Canonical JSON (RFC 8785) of plain data without floating point.

    Keys go by their UTF-16 code units. Integers that a double cannot hold are no JSON numbers
    under this standard: they are written as text.
    """
    return json.dumps(
        _ordered(data), separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _ordered(data: Plain) -> Plain:
    if isinstance(data, dict):
        keys = sorted(data, key=lambda key: key.encode("utf-16-be"))
        return {key: _ordered(data[key]) for key in keys}
    if isinstance(data, list):
        return [_ordered(item) for item in data]
    if isinstance(data, int) and abs(data) > _LARGEST:
        return str(data)
    return data


def fingerprints(ruleset: RuleSet) -> tuple[str, str]:
    """SHA-256 of a rule set, and of its rules alone: the second stays when only wording changes."""
    plain = to_plain(ruleset)
    # a default is left out however it is written: 1/2, 0.5 or 50 %
    plain["head"]["blocked_credit"] = ruleset.head.blocked_credit
    numeric = frozenset(
        name for name, each in ruleset.questions.items() if each.type in ("count", "number")
    )
    whole = _Canonical(numeric, texts=True).of(plain)
    rules = _Canonical(numeric, texts=False).of(plain)
    # the version of the catalogue moves with its wording
    del rules["head"]["version"]
    return _sha256(whole), _sha256(rules)


def _sha256(plain: Plain) -> str:
    return hashlib.sha256(canonical_json(plain)).hexdigest()


class _Canonical:
    """Leaves out what carries no meaning, writes numbers one way, puts lists of things in order."""

    def __init__(self, numeric: Set[str], *, texts: bool) -> None:
        self.numeric = numeric
        self.texts = texts

    def of(self, data: Any, key: str = "") -> Any:
        """The canonical form of what stands under `key`."""
        if isinstance(data, dict):
            return self._named(data, key) if key in _NAMED else self._record(data)
        if isinstance(data, list):
            items = [self.of(item) for item in data]
            if key in _UNORDERED:
                return sorted(items)
            if items and all(isinstance(item, dict) and "id" in item for item in items):
                items.sort(key=lambda item: str(item["id"]))
            return items
        return _number(data) if key in _NUMBER_KEYS else data

    def _named(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        if key == "sets":
            return {
                name: _number(held) if name in self.numeric else self.of(held)
                for name, held in data.items()
            }
        return {name: self.of(held) for name, held in data.items()}

    def _record(self, data: dict[str, Any]) -> dict[str, Any]:
        made = {
            name: self.of(held, name)
            for name, held in data.items()
            if name not in _LEFT_OUT and (self.texts or name not in _TEXT_KEYS)
        }
        if data.get("answer") in self.numeric:
            if "is" in made:
                made["is"] = _number(made["is"])
            if isinstance(made.get("among"), list):
                made["among"] = [_number(item) for item in made["among"]]
        if data.get("type") == "text" and "default" in made:
            made["default"] = data["default"]
        return made


def _number(data: Any) -> Any:
    if isinstance(data, str) and is_number(data):
        number = exact(data)
        return int(number) if number.denominator == 1 else str(number)
    return data
