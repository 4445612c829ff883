"""Small rule sets and audits, written as in YAML, and what the engine makes of them."""

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from norm_engine.engine.evaluation import Evaluation, Pass, evaluate
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.engine.state import State
from norm_engine.engine.truth import NAMES
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import RuleSet

Doc = dict[str, Any]

AS_OF = datetime.date(2026, 9, 1)
"""The day that tests speak of unless they name another."""

SANS_OBJET: Doc = {"not_applicable": "une seule équipe"}
"""The answer « sans objet », with its reason."""

ANSWERS: Mapping[str, Any] = {"T": True, "F": False, "U": "unknown", "X": SANS_OBJET}
"""What is answered to a yes-or-no question for it to be true, false, unknown, not applicable."""

LETTERS: Mapping[str, str] = {"T": "true", "F": "false", "U": "unknown", "X": "not_applicable"}
"""The truths by the letters that tables write them with."""

YES_NO = tuple("abcdefghijklmnopqrstuvwxyz")
"""The yes-or-no questions that every small rule set has; each allows « sans objet »."""

_CHOICES = ({"value": "rue", "text": "…"}, {"value": "gare", "text": "…"})
_LEVELS = tuple({"value": value, "text": "…", "anchor": "…"} for value in range(4))

QUESTIONS: Mapping[str, Doc] = {
    **{name: {"type": "yes_no"} for name in YES_NO},
    "postes": {"type": "count", "min": 0},
    "formes": {"type": "count", "min": 0, "max": {"answer": "postes"}},
    "heures": {"type": "number"},
    "signature": {"type": "date"},
    "terrain": {"type": "choice", "choices": _CHOICES},
    "terrains": {"type": "choices", "choices": _CHOICES},
    "niveau": {"type": "scale", "levels": _LEVELS},
    "commune": {"type": "text"},
}
"""One question of every other type; ``formes`` is at most ``postes``."""

KINDS: Mapping[str, Doc] = {
    "charte": {},
    "bilan": {"fresh_for": "P1Y"},
    "releve": {"fresh_for": "P1M"},
}
"""Kinds of evidence: one that never ages, one that stays fresh a year, one a month."""


def yes(name: str) -> Doc:
    """The condition that a question is answered yes."""
    return {"answer": name, "is": True}


def no(name: str) -> Doc:
    """The condition that a question is not answered yes."""
    return {"not": yes(name)}


def shown(kind: str, count: int = 1) -> Doc:
    """The condition that so many pieces of a kind count."""
    return {"evidence": kind, "count": count}


def met(requirement_id: str) -> Doc:
    """The condition that a requirement is met, or has nothing to satisfy."""
    return {"met": requirement_id}


def criterion(name: str, **more: Any) -> Doc:
    """A criterion; without `when` and `proof`: that the question of the same name is a yes."""
    content: Doc = more if "when" in more or "proof" in more else {"when": yes(name), **more}
    return {"id": name, "text": "…", **content}


def requirement(name: str, *criteria: Doc | str, **more: Any) -> Doc:
    """A requirement of weight 1 and minor gravity, in the first domain and workshop.

    A criterion may be given as the name of the question that is to be answered yes.
    """
    return {
        "id": name,
        "title": "…",
        "statement": "…",
        "level": "requirement",
        "gravity": "minor",
        "weight": 1,
        "domain": "d1",
        "workshop": "w1",
        "basis": "attested",
        **more,
        "criteria": [criterion(each) if isinstance(each, str) else each for each in criteria],
    }


def recommendation(name: str, *criteria: Doc | str, **more: Any) -> Doc:
    """The same as a recommendation."""
    return requirement(name, *criteria, **{"level": "recommendation", **more})


def action(**more: Any) -> Doc:
    """An action of a day's work that changes nothing yet."""
    return {
        "title": "…",
        "why": "…",
        "how": "…",
        "effort": {"low": 1, "likely": 1, "high": 1},
        "lead_time": "P1M",
        "role": "direction",
        "phase": "concevoir",
        **more,
    }


def rules(*requirements: Doc, settings: Doc | None = None, **more: Any) -> RuleSet:
    """A rule set of these requirements, over `QUESTIONS` and `KINDS` unless told otherwise.

    `settings` are written ``{name: (type, value)}``; other keys belong to the head file.
    """
    parts = {key: more.pop(key) for key in ("questions", "evidence", "actions") if key in more}
    head = {
        "format": 1,
        "id": "essai",
        "edition": "2026",
        "version": "1.0.0",
        "title": "…",
        "language": "fr",
        "domains": [{"id": name, "title": "…"} for name in ("d1", "d2")],
        "workshops": [{"id": name, "title": "…"} for name in ("w1", "w2")],
        "settings": {
            name: {"type": kind, "default": value, "title": "…"}
            for name, (kind, value) in (settings or {}).items()
        },
        **more,
    }
    questions = parts.get("questions", QUESTIONS)
    evidence = parts.get("evidence", KINDS)
    plain = {
        "head": head,
        "questions": {
            name: {"text": "…", "not_applicable": True, **each} for name, each in questions.items()
        },
        "evidence": {
            name: {"title": "…", "proves": "…", **each} for name, each in evidence.items()
        },
        "actions": parts.get("actions", {}),
        "requirements": list(requirements),
    }
    return from_plain(RuleSet, plain)


def audit(answers: Mapping[str, Any] | None = None, **more: Any) -> Audit:
    """An audit with these answers; other keys are those of ``audit.yaml``."""
    plain = {
        "format": 1,
        "ruleset": {"id": "essai", "edition": "2026"},
        "structure": {"name": "Association Exemple"},
        "answers": dict(answers or {}),
        **more,
    }
    return from_plain(Audit, plain)


def kept(name: str, *kinds: str, **more: Any) -> Doc:
    """A piece of evidence whose original is kept somewhere, for these kinds."""
    return {"id": name, "proves": list(kinds), "title": "…", "kept_at": "au siège", **more}


def letters(given: str, names: str = "abcdefghijklmnopqrstuvwxyz") -> Doc:
    """Answers to the questions `names`, one letter each: true, false, unknown, not applicable."""
    found = given.replace(" ", "")
    return {name: ANSWERS[letter] for name, letter in zip(names, found, strict=False)}


def run(
    ruleset: RuleSet,
    answers: Mapping[str, Any] | None = None,
    files: Mapping[str, FileState] | None = None,
    as_of: datetime.date = AS_OF,
    **more: Any,
) -> Evaluation:
    """Evaluate an audit with these answers, and whatever else it is to hold."""
    program = compile_ruleset(ruleset)
    return evaluate(program, facts_of(program, audit(answers, **more), files or {}, as_of))


class Outcome(NamedTuple):
    """What a requirement comes to, in the words of the design; None: nothing applies."""

    status: str
    possible: set[str]
    credit: tuple[Fraction, Fraction] | None
    grades: tuple[str | None, ...]


def outcome(evaluation: Evaluation, requirement_id: str, *, declared: bool = False) -> Outcome:
    """What a requirement comes to, as proven or as declared."""
    run_ = evaluation.declared if declared else evaluation.proven
    state: State = run_.states[evaluation.program.requirement_index[requirement_id]]
    return Outcome(state.status, set(state.possible), evaluation.credit(state), state.grades)


def criterion_truth(evaluation: Evaluation, name: str, *, declared: bool = False) -> str:
    """The truth of a criterion, named ``T-1.a``."""
    requirement_id, _, criterion_id = name.partition(".")
    program: Program = evaluation.program
    index = program.requirement_index[requirement_id]
    position = [each.id for each in program.requirements[index].criteria].index(criterion_id)
    compiled = program.compiled(requirement_id)
    node = (compiled.declared if declared else compiled.proven)[position]
    run_: Pass = evaluation.declared if declared else evaluation.proven
    return NAMES[run_.truths[node]]


def named(program: Program, literal: tuple[int, bool]) -> str:
    """An atom to be made true as ``a``, or false as ``not a``; evidence by its kind."""
    node, wanted = literal
    atom = program.atoms[program.nodes[node].number]
    name = "/".join(atom.subjects)
    if (atom.comparator, atom.value) not in (("is", True), ("count", 1)):
        name += f" {atom.comparator} {atom.value}"
    return name if wanted else f"not {name}"


SPELLED: Doc = {"t": True, "f": False, "x": SANS_OBJET}
"""The answers with which spelled criteria have the truth that their letter says; ``u`` is open."""


def spelled(text: str) -> list[Doc]:
    """Criteria in few letters: ``T2 F?`` is a true one of weight 2, and a false inessential one.

    Each rests on the question that its letter names, answered by `SPELLED`.
    """
    found = []
    for position, word in enumerate(text.split()):
        letter, weight = word[0], word[1:].rstrip("?")
        content = {"when": yes(letter.lower()), "weight": int(weight or 1)}
        found.append(criterion(f"c{position}", **content, essential=not word.endswith("?")))
    return found
