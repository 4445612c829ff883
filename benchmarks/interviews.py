"""How many questions until the decision is settled, asked in one order or another.

Nothing here is a duration: the amounts are numbers of questions, the same on every machine. The
orders: the one that `norm-engine next` proposes; the order of the files; any order, chance drawing
each question among those that are asked and open; and, where there are few, the best possible
strategy, found by going through every state of knowledge (dynamic programming).
"""

import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.synthetic import AS_OF, Doc
from benchmarks.table import Row
from norm_engine.engine.actions import facts_after
from norm_engine.engine.answers_possible import evidence_cells, question_cells
from norm_engine.engine.asking import asked
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.facts import Facts
from norm_engine.engine.next_question import certainty, ranked_items
from norm_engine.engine.program import Program, compile_ruleset, facts_of
from norm_engine.engine.subjects import Subject, atoms_by_subject, with_answer
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import rule_folders
from norm_engine.model.records import from_plain
from norm_engine.model.ruleset import AnswerReference, RuleSet
from norm_engine.store.evidence_files import file_states

SMALL = "Questions until the decision is settled, expected: small rule sets"
REAL = "Questions until the decision is settled: the catalogue, simulated structures"
EXPRESS = "Questions until 90 % is settled: the catalogue, simulated structures"

RULESETS = 60
"""Small rule sets that are gone through."""

ORDERS = 20
"""Random orders whose mean is taken."""

MATURITIES = (Fraction(1, 2), Fraction(4, 5), Fraction(19, 20), Fraction(1))
"""Shares of the answers of a simulated structure that are as they should be; others are drawn."""

STRUCTURES = 2
"""Structures simulated of each maturity; one where nothing is drawn."""

WANTED = Fraction(9, 10)
"""The certainty at which an express self-audit stops."""

Choose = Callable[[Evaluation], Subject]


SAID = {"next": "norm-engine next", "files": "order of the files", "random": "any order"}


def rows(example: Path) -> Iterator[Row]:
    """Every row of this part."""
    means = small_means()
    for name, said in SAID.items():
        yield _row(SMALL, said, means[name], "best possible", means["best"])
    runs = {maturity: simulated(example, maturity) for maturity in MATURITIES}
    for part, at in ((REAL, 0), (EXPRESS, 1)):
        for maturity, counts in runs.items():
            ours = counts["next"][at]
            for name in ("files", "random"):
                what = f"{float(maturity):.0%} as it should be: norm-engine next"
                yield _row(part, what, ours, SAID[name], counts[name][at])


def _row(part: str, what: str, measured: float, yardstick: str, of_it: float) -> Row:
    ratio = measured / of_it
    return Row(part, what, measured, yardstick, of_it, ratio, ratio, 0.0, None, None, "q.")


# --- small rule sets: every state of knowledge -------------------------------------------------


def small_means(count: int = RULESETS, seed: int = 2026) -> dict[str, float]:
    """Mean expected number of questions over small rule sets, by order of asking."""
    chance = random.Random(seed)
    found: dict[str, list[Fraction]] = {}
    while len(found.get("best", ())) < count:
        game = Game(compile_ruleset(from_plain(RuleSet, small(chance))))
        best = game.best(game.start)
        if best:
            for name, expected in (
                ("best", best),
                ("next", game.expected(game.start, proposed)),
                ("files", game.expected(game.start, in_file_order)),
                ("random", game.at_random(game.start)),
            ):
                found.setdefault(name, []).append(expected)
    return {name: float(mean(each)) for name, each in found.items()}


State = tuple[int | None, ...]
"""What is known of each item: which of its cells, or nothing."""


class Game:
    """Every state of knowledge of a small rule set, each looked at once."""

    def __init__(self, program: Program) -> None:
        self.program = program
        atoms = atoms_by_subject(program)
        nothing = Facts(
            [None] * len(program.question_index), [None] * len(program.kind_index), AS_OF
        )
        self.nothing = nothing
        self.items = tuple(atoms)
        self.cells = tuple(
            evidence_cells(program, atoms[each])
            if each[0] == "evidence"
            else question_cells(program, nothing, each[1], atoms[each])
            for each in self.items
        )
        self.start: State = (None,) * len(self.items)
        self.evaluation = cache(self._evaluation)
        self.best = cache(self._best)
        self.expected = cache(self._expected)
        self.at_random = cache(self._at_random)

    def _evaluation(self, state: State) -> Evaluation:
        facts = self.nothing
        start = evaluate(self.program, facts)
        for subject, cells, at in zip(self.items, self.cells, state, strict=True):
            if at is not None:
                facts = with_answer(start, facts, subject, cells[at].value)
        return evaluate(self.program, facts)

    def settled(self, state: State) -> bool:
        """Whether the outcome of the decision is known."""
        return self.evaluation(state).decision.outcome != "undetermined"

    def _after(self, state: State, item: int, count: Callable[[State], Fraction]) -> Fraction:
        """One question, and what is expected to follow its answer."""
        return Fraction(1) + sum(
            cell.prior * count((*state[:item], at, *state[item + 1 :]))
            for at, cell in enumerate(self.cells[item])
        )

    def _best(self, state: State) -> Fraction:
        if self.settled(state):
            return Fraction(0)
        return min(
            self._after(state, item, self.best) for item, at in enumerate(state) if at is None
        )

    def _expected(self, state: State, choose: Choose) -> Fraction:
        if self.settled(state):
            return Fraction(0)
        item = self.items.index(choose(self.evaluation(state)))
        return self._after(state, item, lambda after: self.expected(after, choose))

    def _at_random(self, state: State) -> Fraction:
        if self.settled(state):
            return Fraction(0)
        items = [self.items.index(each) for each in open_items(self.evaluation(state))]
        counts = [self._after(state, item, self.at_random) for item in items]
        return sum(counts, Fraction(0)) / len(counts)


def proposed(evaluation: Evaluation) -> Subject:
    """What `norm-engine next` proposes."""
    item = ranked_items(evaluation, 1).items[0]
    return item.kind, item.subject


def in_file_order(evaluation: Evaluation) -> Subject:
    """The first question that is asked and open, then the first kind of evidence."""
    return open_items(evaluation)[0]


def open_items(evaluation: Evaluation) -> list[Subject]:
    """What is asked and open, in the order of the files."""
    wanted = asked(evaluation)
    return [
        *(("question", name) for name in wanted.open_questions),
        *(("evidence", kind) for kind in wanted.open_evidence),
    ]


def small(chance: random.Random) -> Doc:
    """A rule set over at most six yes-or-no questions and kinds of evidence, as plain data."""
    questions = [f"q{number}" for number in range(chance.randint(2, 4))]
    kinds = [f"k{number}" for number in range(chance.randint(1, 2))]
    return {
        "head": {
            "format": 1,
            "id": "small",
            "edition": "1",
            "version": "1.0.0",
            "title": "Small",
            "language": "fr",
            "domains": [{"id": "d0", "title": "d0"}],
            "workshops": [{"id": "w0", "title": "w0"}],
            "decision": [
                {"id": "majors", "text": "…", "grade": "major", "at_most": 0},
                {"id": "minors", "text": "…", "grade": "minor", "at_most": 1},
                {"id": "floor", "text": "…", "each": "domain", "score_at_least": "60 %"},
            ],
        },
        "questions": {name: {"text": name, "type": "yes_no"} for name in questions},
        "evidence": {name: {"title": name, "proves": "…"} for name in kinds},
        "requirements": [
            _requirement(chance, number, questions, kinds) for number in range(chance.randint(3, 6))
        ],
    }


def _requirement(
    chance: random.Random, number: int, questions: Sequence[str], kinds: Sequence[str]
) -> Doc:
    return {
        "id": f"R-{number:02}",
        "title": "…",
        "statement": "…",
        "level": "requirement",
        "gravity": chance.choice(("major", "minor", "minor", "sensitive")),
        "weight": chance.choice((1, 2, 3)),
        "domain": "d0",
        "workshop": "w0",
        "basis": "attested",
        **({"applies_when": _test(chance, questions)} if chance.random() < 0.2 else {}),
        "criteria": [
            {
                "id": f"c{position}",
                "text": "…",
                "when": _condition(chance, questions),
                **({"proof": {"evidence": chance.choice(kinds)}} if chance.random() < 0.5 else {}),
            }
            for position in range(chance.randint(1, 2))
        ],
    }


def _condition(chance: random.Random, questions: Sequence[str]) -> Doc:
    form = chance.choice(("test", "test", "all", "any", "of"))
    if form == "test" or len(questions) < 3:
        return _test(chance, questions)
    names = chance.sample(list(questions), 3 if form == "of" else 2)
    tests = [{"answer": name, "is": True} for name in names]
    return {"of": tests, "at_least": 2} if form == "of" else {form: tests}


def _test(chance: random.Random, questions: Sequence[str]) -> Doc:
    return {"answer": chance.choice(list(questions)), "is": True}


# --- the catalogue: simulated structures -------------------------------------------------------


def simulated(example: Path, maturity: Fraction, seed: int = 2026) -> dict[str, tuple[float, ...]]:
    """Mean number of questions until the outcome is known, and until 90 % is settled, by order."""
    loaded = load_audit(example / "audit.yaml", rule_folders())
    program = compile_ruleset(loaded.ruleset)
    known = facts_of(program, loaded.audit, file_states(loaded.audit, example), AS_OF)
    ready = facts_after(program, known, loaded.ruleset.actions.values())
    chance = random.Random(seed)
    counts: dict[str, list[tuple[int, int]]] = {name: [] for name in SAID}
    for _ in range(STRUCTURES if maturity < 1 else 1):
        structure = _structure(program, known, ready, maturity, chance)
        counts["next"].append(interview(program, structure, proposed))
        counts["files"].append(interview(program, structure, in_file_order))
        for _ in range(ORDERS):
            counts["random"].append(interview(program, structure, _drawn(chance)))
    return {name: tuple(map(mean, zip(*each, strict=True))) for name, each in counts.items()}


def _drawn(chance: random.Random) -> Choose:
    return lambda evaluation: chance.choice(open_items(evaluation))


def _structure(
    program: Program, known: Facts, ready: Facts, maturity: Fraction, chance: random.Random
) -> Facts:
    """A structure: its profile is known, its other answers are as they should be, or drawn."""
    facts = Facts([None] * len(known.answers), [None] * len(known.evidence), AS_OF)
    start = evaluate(program, facts)
    atoms = atoms_by_subject(program)
    for subject in _by_bounds(program):
        kind, name = subject
        if kind == "evidence":
            at = program.kind_index[name]
            value: Any = ready.evidence[at]
            cells = evidence_cells(program, atoms.get(subject, []))
        else:
            at = program.question_index[name]
            profile = program.ruleset.questions[name].profile
            value = (known if profile else ready).answers[at]
            cells = question_cells(program, facts, name, atoms.get(subject, []))
            if profile and value is not None:
                facts = with_answer(start, facts, subject, value)
                continue
        if value is None or chance.random() >= maturity:
            value = chance.choices(cells, [float(cell.prior) for cell in cells])[0].value
        facts = with_answer(start, facts, subject, value)
    return facts


def _by_bounds(program: Program) -> list[Subject]:
    """Everything that may be asked; a question comes after the one that bounds it."""
    questions: list[str] = []
    for name, question in program.ruleset.questions.items():
        bound = question.max
        for each in (bound.answer if isinstance(bound, AnswerReference) else name, name):
            if each not in questions:
                questions.append(each)
    kinds: list[Subject] = [("evidence", kind) for kind in program.kind_index]
    return [*(("question", name) for name in questions), *kinds]


def interview(program: Program, structure: Facts, choose: Choose) -> tuple[int, int]:
    """Questions asked of a structure until the outcome is known, and until 90 % is settled."""
    facts = Facts([None] * len(structure.answers), [None] * len(structure.evidence), AS_OF)
    evaluation = evaluate(program, facts)
    asked_so_far, known_at, express_at = 0, 0, 0
    while not (known_at and express_at):
        kind, name = choose(evaluation)
        if kind == "evidence":
            value = structure.evidence[program.kind_index[name]]
        else:
            value = structure.answers[program.question_index[name]]
        facts = with_answer(evaluation, facts, (kind, name), value)
        evaluation = evaluate(program, facts)
        asked_so_far += 1
        if not known_at and evaluation.decision.outcome != "undetermined":
            known_at = asked_so_far
        if not express_at and certainty(evaluation) >= WANTED:
            express_at = asked_so_far
    return known_at, express_at
