"""Random conditions, of every form that the questions and kinds of a rule set allow."""

from collections.abc import Callable
from typing import Any

from tests.oracle.choices import Source, integers, lists, permutations, sampled_from
from tests.oracle.values import Doc, option_values

OPTIONS_KEY = "choices"
KIND_COUNT = 3
CRITERION_WEIGHTS = (1, 2, 3)
SETTING_BOUNDS: dict[str, Doc] = {"share": {"min": 0, "max": 1}}
COMPARISONS = {
    "yes_no": ("is",),
    "count": ("is", "at_least", "at_least", "at_most", "among"),
    "number": ("is", "at_least", "at_most", "among"),
    "date": ("newer_than",),
    "choice": ("is", "among"),
    "choices": ("includes",),
    "scale": ("is", "at_least", "at_most", "among"),
    "text": ("is",),
}


def add_setting(settings: Doc, kind: str, value: Any) -> Doc:
    """Add a setting and give the reference to it."""
    name = f"reglage_{len(settings) + 1}"
    settings[name] = {
        "type": kind,
        "default": value,
        **SETTING_BOUNDS.get(kind, {}),
        "title": f"Réglage {len(settings) + 1}",
        "basis": "inferred",
    }
    return {"setting": name}


def maybe_setting(draw: Source, settings: Doc, kind: str, value: Any) -> Any:
    """Give a value as it is, or one time in four as a new setting."""
    return add_setting(settings, kind, value) if draw(integers(0, 3)) == 0 else value


class ConditionMaker:
    """Draws conditions over given questions, kinds of evidence and earlier requirements."""

    def __init__(
        self,
        questions: Doc,
        kinds: Doc,
        settings: Doc,
        durations: tuple[str, ...],
        words: tuple[str, ...],
        monotone: bool,
    ) -> None:
        self.questions = questions
        self.kinds = kinds
        self.settings = settings
        self.durations = durations
        self.words = words
        self.monotone = monotone
        self.numeric = [n for n, q in questions.items() if q["type"] in ("count", "number")]

    def when(self, draw: Source, earlier: list[str], depth: int) -> Doc:
        """Draw a condition on answers and on earlier requirements."""
        forms = ["answer"] * 4
        if len(self.numeric) >= 2 and not self.monotone:
            forms += ["ratio", "ratio"]
        if earlier:
            forms.append("met")
        if depth:
            forms += ["all", "any", "of"] + ([] if self.monotone else ["not"])
        form = draw(sampled_from(forms))
        if form == "answer":
            return self._answer(draw)
        if form == "ratio":
            return self._ratio(draw)
        if form == "met":
            return {"met": draw(sampled_from(earlier))}
        if form == "not":
            return {"not": self.when(draw, earlier, depth - 1)}
        return self._group(draw, form, lambda: self.when(draw, earlier, depth - 1))

    def proof(self, draw: Source, depth: int) -> Doc:
        """Draw a condition on evidence."""
        forms = ["evidence"] * 4 + (["all", "any", "of"] if depth else [])
        form = draw(sampled_from(forms))
        if form != "evidence":
            return self._group(draw, form, lambda: self.proof(draw, depth - 1))
        condition: Doc = {"evidence": draw(sampled_from(list(self.kinds)))}
        if draw(integers(0, 2)) == 0:
            condition["count"] = draw(integers(1, 2))
        return condition

    def _group(self, draw: Source, form: str, part: Callable[[], Doc]) -> Doc:
        parts = [part() for _ in range(draw(integers(1, 3)))]
        if form == "of":
            return {"at_least": draw(integers(1, len(parts))), "of": parts}
        return {form: parts}

    def _ratio(self, draw: Source) -> Doc:
        pair = draw(permutations(self.numeric))[:2]
        share = draw(sampled_from(["4/5", "1/2", "80 %", "0.5", 1, 0]))
        operator = draw(sampled_from(["at_least", "at_most"]))
        return {"ratio": list(pair), operator: maybe_setting(draw, self.settings, "share", share)}

    def _answer(self, draw: Source) -> Doc:
        name = draw(sampled_from(list(self.questions)))
        question = self.questions[name]
        kind = question["type"]
        operator = draw(sampled_from(COMPARISONS[kind]))
        value: Any
        if kind in ("count", "number", "scale"):
            if self.monotone:
                operator = "at_least"
            numbers_of: dict[str, list[Any]] = {
                "count": [0, 1, 2, 3, 5],
                "number": [0, "1/2", "0.8", 1, "75 %", 2, "5/2"],
                "scale": option_values(question),
            }
            numbers = numbers_of[kind]
            if operator == "among":
                value = draw(lists(sampled_from(numbers), min_size=1, max_size=3, unique=True))
            else:
                of_type = "number" if kind == "number" else "count"
                value = draw(sampled_from(numbers))
                value = maybe_setting(draw, self.settings, of_type, value)
        elif kind == "yes_no":
            value = True if self.monotone else draw(sampled_from([True, True, False]))
        elif kind == "date":
            value = draw(sampled_from(self.durations))
            value = maybe_setting(draw, self.settings, "duration", value)
        elif kind == "text":
            value = draw(sampled_from(self.words))
        elif operator == "among":
            offered = option_values(question)
            value = draw(lists(sampled_from(offered), min_size=1, max_size=2, unique=True))
        else:
            value = draw(sampled_from(option_values(question)))
        return {"answer": name, operator: value}
