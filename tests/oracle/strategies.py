"""Random small rule sets, and audits over them, as plain documents that the format allows."""

import copy
import datetime
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
from tests.oracle.conditions import (
    CRITERION_WEIGHTS,
    KIND_COUNT,
    OPTIONS_KEY,
    ConditionMaker,
    add_setting,
    maybe_setting,
)
from tests.oracle.values import Doc, before, duration, number, option_values

DATES = tuple(
    datetime.date.fromisoformat(text)
    for text in ("2026-09-01", "2026-02-28", "2024-02-29", "2026-05-31", "2026-12-31")
)
DOMAINS = ("d1", "d2")
WORKSHOPS = ("a1", "a2")
QUESTION_TYPES = ("yes_no", "count", "number", "date", "choice", "choices", "scale", "text")
WORDS = ("oui-dire", "charte", "bilan")
DURATIONS = ("P1M", "P6M", "P1Y", "P24M", "P30D", "P1Y6M")
MAJOR_REFUSED = ("practice", "inferred")
BASES = ("attested", "partly_attested", "public_reference", "law", "practice", "inferred")
DECISION_GRADES = ("major", "minor", "sensitive", "improvement")
FINDING_GRADES = ("major", "minor", "sensitive", "improvement", "satisfactory", "strength")
BLOCKED_CREDITS = ("1/2", 0, 1, "1/3", "75 %", "0.4")


class Case(NamedTuple):
    """All that `evaluate` takes."""

    ruleset: Doc
    audit: Doc
    as_of: datetime.date
    files: dict[str, str]


def _question(draw: Source, rank: int, kind: str, counts: list[str]) -> Doc:
    """One question; a count may be bounded by an earlier count."""
    question: Doc = {
        "text": f"Question {rank} ?",
        "help": "Aide.",
        "type": kind,
        "profile": draw(booleans()),
        "not_applicable": draw(booleans()),
    }
    if kind == "count":
        question |= {"unit": "personnes", "min": 0}
        bounds: list[Any] = [None, None, 6, *({"answer": name} for name in counts)]
        bound = draw(sampled_from(bounds))
        if bound is not None:
            question["max"] = bound
    elif kind == "number":
        question |= draw(sampled_from([{}, {"min": 0}, {"min": 0, "max": 8}, {"min": -2}]))
    elif kind == "scale":
        top = draw(integers(1, 3))
        question["levels"] = [
            {"value": n, "text": f"Niveau {n}", "anchor": f"Repère {n}"} for n in range(top + 1)
        ]
    elif kind in ("choice", "choices"):
        size = draw(integers(2, 3))
        question[OPTIONS_KEY] = [{"value": v, "text": v.upper()} for v in ("x", "y", "z")[:size]]
    return question


def _questions(draw: Source) -> Doc:
    kinds = draw(lists(sampled_from(QUESTION_TYPES), min_size=2, max_size=6))
    questions: Doc = {}
    counts: list[str] = []
    for rank, kind in enumerate(kinds, 1):
        questions[f"q{rank}"] = _question(draw, rank, kind, counts)
        if kind == "count":
            counts.append(f"q{rank}")
    return questions


def _evidence_kinds(draw: Source, settings: Doc) -> Doc:
    kinds: Doc = {}
    for rank in range(1, draw(integers(1, KIND_COUNT)) + 1):
        kinds[f"k{rank}"] = {"title": f"Document {rank}", "proves": "Ce qui est dit."}
        if draw(booleans()):
            length = draw(sampled_from(DURATIONS))
            kinds[f"k{rank}"]["fresh_for"] = maybe_setting(draw, settings, "duration", length)
        if draw(integers(0, 3)) == 0:
            kinds[f"k{rank}"]["recurring"] = True
    return kinds


def _decision(draw: Source, settings: Doc) -> list[Doc]:
    conditions: list[Doc] = []
    for rank in range(1, draw(integers(0, 4)) + 1):
        condition: Doc = {"id": f"cond{rank}", "text": f"Condition {rank}"}
        form = draw(sampled_from(["grade", "domain", "workshop", "overall"]))
        if form == "grade":
            limit = maybe_setting(draw, settings, "count", draw(integers(0, 2)))
            condition |= {"grade": draw(sampled_from(DECISION_GRADES)), "at_most": limit}
        else:
            floor = draw(sampled_from(["1/2", "80 %", "0.25", 1, 0, "2/3"]))
            if form != "overall":
                condition["each"] = form
            condition["score_at_least"] = maybe_setting(draw, settings, "share", floor)
        conditions.append(condition)
    return conditions


def _criteria(draw: Source, earlier: list[str], maker: ConditionMaker) -> list[Doc]:
    criteria: list[Doc] = []
    for rank in range(1, draw(integers(1, 3)) + 1):
        criterion: Doc = {"id": f"c{rank}", "text": f"Critère {rank}"}
        form = draw(sampled_from(["when", "when", "both", "proof", "both"]))
        if form != "proof":
            criterion["when"] = maker.when(draw, earlier, 2)
        if form != "when":
            criterion["proof"] = maker.proof(draw, 1)
        if draw(booleans()):
            criterion["weight"] = draw(sampled_from(CRITERION_WEIGHTS))
        if draw(integers(0, 2)) == 0:
            criterion["essential"] = False
        criteria.append(criterion)
    return criteria


def _requirement(draw: Source, name: str, earlier: list[str], maker: ConditionMaker) -> Doc:
    """One requirement, which may lean on those that come earlier in the hidden order."""
    basis = draw(sampled_from(BASES))
    gravities = ["minor", "sensitive"] + (["major"] if basis not in MAJOR_REFUSED else [])
    requirement: Doc = {
        "id": name,
        "domain": draw(sampled_from(DOMAINS)),
        "title": f"Exigence {name}",
        "statement": "La structure fait ce qu'elle dit.",
        "level": draw(sampled_from(["requirement"] * 3 + ["recommendation"])),
        "gravity": draw(sampled_from(gravities)),
        "weight": draw(integers(1, 4)),
        "workshop": draw(sampled_from(WORKSHOPS)),
        "basis": basis,
        "sources": [],
        "requires": [],
        "after": [],
        "guidance": "Écrire, dater, diffuser.",
        "examples": [],
    }
    if draw(integers(0, 5)) == 0:
        force = sampled_from(["2017-01-01", "2017-01-01", "2024-02-29", "2026-05-31", "2030-01-01"])
        requirement["in_force"] = {"from": datetime.date.fromisoformat(draw(force))}
    if not maker.monotone and draw(integers(0, 3)) == 0:
        requirement["applies_when"] = maker.when(draw, earlier, 1)
    if earlier:
        few = lists(sampled_from(earlier), max_size=2, unique=True)
        if draw(booleans()):
            requirement["requires"] = draw(few)
        if draw(integers(0, 3)) == 0:
            requirement["after"] = draw(few)
    requirement["criteria"] = _criteria(draw, earlier, maker)
    return requirement


@composite
def rulesets(
    draw: Source, *, monotone: bool = False, max_requirements: int = 6, min_requirements: int = 1
) -> Doc:
    """Draw a merged rule set.

    A monotone one has no `not`, `at_most`, `is: false`, `ratio` nor `applies_when`, and its
    numbers are only compared by `at_least`: a better answer, or one more piece, never hurts.
    """
    settings: Doc = {}
    questions = _questions(draw)
    kinds = _evidence_kinds(draw, settings)
    maker = ConditionMaker(questions, kinds, settings, DURATIONS, WORDS, monotone)
    size = draw(integers(min_requirements, max_requirements))
    names = [f"R-{rank:02}" for rank in range(1, size + 1)]
    order = draw(permutations(names))
    by_name = {n: _requirement(draw, n, list(order[:i]), maker) for i, n in enumerate(order)}
    if draw(integers(0, 3)) == 0:
        add_setting(settings, "number", 3)
    return {
        "format": 1,
        "id": "jeu_essai",
        "edition": "2021",
        "version": "1.0.0",
        "title": "Jeu d'essai",
        "language": "fr",
        "blocked_credit": draw(sampled_from(BLOCKED_CREDITS)),
        "domains": [{"id": d, "title": f"Domaine {d}"} for d in DOMAINS],
        "workshops": [
            {"id": w, "title": f"Atelier {w}", "aims": ["Comprendre"], "basis": "inferred"}
            for w in WORKSHOPS
        ],
        "decision": _decision(draw, settings),
        "settings": settings,
        "sources": {},
        "questions": questions,
        "evidence": kinds,
        "actions": {},
        "requirements": [by_name[n] for n in names],
    }


def as_files(ruleset: Doc) -> dict[str, Doc]:
    """Spread a merged rule set over the files of its folder, by file name."""
    whole = copy.deepcopy(ruleset)
    apart = {key: whole.pop(key) for key in ("questions", "evidence", "actions", "requirements")}
    planning = whole.pop("planning", None)
    files: dict[str, Doc] = {
        "ruleset.yaml": whole,
        **{f"{key}.yaml": {key: apart[key]} for key in ("questions", "evidence", "actions")},
    }
    if planning is not None:
        files["actions.yaml"]["planning"] = planning
    for requirement in apart["requirements"]:
        domain = requirement.pop("domain")
        rows = files.setdefault(f"{domain}.yaml", {"domain": domain, "requirements": []})
        rows["requirements"].append(requirement)
    return files


def _dates_around(ruleset: Doc, as_of: datetime.date) -> list[datetime.date]:
    """Dates on both sides of every edge that a duration of the rule set may draw."""
    edges = [before(as_of, duration(text)) for text in DURATIONS]
    one = datetime.timedelta(days=1)
    return sorted({as_of, as_of + one, as_of - one, *edges, *(edge - one for edge in edges)})


def _value(
    draw: Source, ruleset: Doc, name: str, answers: dict[str, Any], dates: list[datetime.date]
) -> Any:
    """A value of the question's type, within its bounds."""
    question = ruleset["questions"][name]
    kind = question["type"]
    if kind == "yes_no":
        return draw(sampled_from([True, True, False]))
    if kind == "date":
        return draw(sampled_from(dates))
    if kind == "text":
        return draw(sampled_from([*WORDS, "autre"]))
    if kind in ("choice", "scale"):
        return draw(sampled_from(option_values(question)))
    if kind == "choices":
        return draw(lists(sampled_from(option_values(question)), unique=True))
    low, high = question.get("min", -2), question.get("max", 8)
    if isinstance(high, dict):
        other = answers.get(high["answer"])
        other = other.get("value") if isinstance(other, dict) else other
        high = other if isinstance(other, int) else 8
    if kind == "count":
        return draw(integers(low, high))
    values = sampled_from([-2, "-1/2", 0, "1/2", 1, "0.8", "75 %", 2, "5/2", 3, 4, 7, 8])
    return draw(values.filter(lambda v: low <= number(v) <= high))


def _answers(draw: Source, ruleset: Doc, dates: list[datetime.date]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for name, question in ruleset["questions"].items():
        forms = ["plain", "plain", "plain", "dressed", "unknown", "missing"]
        form = draw(sampled_from(forms + ["sans objet"] * bool(question["not_applicable"])))
        if form == "unknown":
            answers[name] = "unknown"
        elif form == "sans objet":
            answers[name] = {"not_applicable": "une seule équipe"}
        elif form != "missing":
            answers[name] = _value(draw, ruleset, name, answers, dates)
            if form == "dressed":
                dressed: Doc = {"value": answers[name], "by": "Coordination"}
                if draw(booleans()):
                    dressed |= {"on": dates[0], "comment": "Vu en réunion."}
                answers[name] = dressed
    return answers


def _piece(draw: Source, rank: int, kinds: list[str], dates: list[datetime.date]) -> Doc:
    piece: Doc = {
        "id": f"P{rank}",
        "proves": draw(lists(sampled_from(kinds), min_size=1, max_size=3, unique=True)),
        "title": f"Pièce {rank}",
    }
    where = draw(sampled_from(["file", "file", "file", "kept_at", "both"]))
    if where != "kept_at":
        piece |= {"file": f"piece-{rank}-{rank:08x}.pdf", "sha256": f"{rank:08x}" + "0" * 56}
    if where != "file":
        piece["kept_at"] = "au siège"
    if draw(booleans()):
        recent = dates[-3:-1]  # the day before, the day itself
        piece["dated"] = draw(sampled_from(dates + recent * 6))
    if draw(integers(0, 4)) == 0:
        later = [d for d in dates if d >= piece.get("dated", dates[0])]
        piece["valid_until"] = draw(sampled_from(later))
    return piece


def _finding(draw: Source, rank: int, ruleset: Doc, pieces: list[Doc], as_of: datetime.date) -> Doc:
    examined: list[str] = []
    if pieces:
        ids = [piece["id"] for piece in pieces]
        examined = draw(lists(sampled_from(ids), max_size=2, unique=True))
    return {
        "id": f"C{rank}",
        "requirement": draw(sampled_from([r["id"] for r in ruleset["requirements"]])),
        "grade": draw(sampled_from(FINDING_GRADES)),
        "text": "Constaté sur place.",
        "by": "Auditrice",
        "on": as_of,
        "examined": examined,
        "rejected": [name for name in examined if draw(booleans())],
    }


@composite
def audits(
    draw: Source, ruleset: Doc, as_of: datetime.date, *, max_pieces: int = 5
) -> tuple[Doc, dict[str, str]]:
    """Draw an audit over a rule set, and the state of the files it names."""
    dates = _dates_around(ruleset, as_of)
    kinds = list(ruleset["evidence"])
    pieces = [_piece(draw, n, kinds, dates) for n in range(1, draw(integers(0, max_pieces)) + 1)]
    states = sampled_from(["ok"] * 6 + ["missing", "altered"])
    files = {piece["id"]: draw(states) for piece in pieces if "file" in piece}
    recorded = {kind for piece in pieces for kind in piece["proves"]}
    size = draw(sampled_from([0, 0, 1, 2]))
    audit: Doc = {
        "format": 1,
        "ruleset": {"id": ruleset["id"], "edition": ruleset["edition"]},
        "overlays": [],
        "structure": {"name": "Association Exemple", "sites": []},
        "engagement": {"kind": "self"},
        "answers": _answers(draw, ruleset, dates),
        "evidence": pieces,
        "no_evidence": [k for k in kinds if k not in recorded and draw(booleans())],
        "findings": [_finding(draw, n, ruleset, pieces, as_of) for n in range(1, size + 1)],
        "actions": [],
    }
    return audit, files


@composite
def any_case(draw: Source, **limits: Any) -> Case:
    """Draw a rule set within some limits (`rulesets`), a date, and an audit."""
    ruleset = draw(rulesets(**limits))
    as_of = draw(sampled_from(DATES))
    audit, files = draw(audits(ruleset, as_of))
    return Case(ruleset, audit, as_of, files)


def cases(**limits: Any) -> st.SearchStrategy[Case]:
    """Cases for `given`."""
    return strategy(any_case(**limits))
