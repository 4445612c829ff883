"""The question worth asking next: the one expected to narrow the decision most.

**Items** are the open questions that are asked (`asking.asked`) and the kinds of evidence of which
nothing is recorded and nothing said, as far as they can still matter (`mattering`): nothing else is
ever proposed.

**Worth.** Every answer an item may be given (`answers_possible`: the cells and their stated prior)
is tried on the facts as they stand. Its worth is the measure as it stands, less its mean after the
answer: the expected value of information of one answer (R. A. Howard, Information Value Theory,
IEEE Transactions on Systems Science and Cybernetics, 1966), taken greedily as in the induction of
decision trees (J. R. Quinlan, Induction of Decision Trees, Machine Learning 1, 1986). The measures
are exact and never grow (`openness`), so no worth is negative. In this order:

1. while the outcome is open, what can bear on it comes before what cannot;
2. the chance that the answer settles the outcome, then how far it brings it nearer to being settled
   (`Openness.distance`);
3. how much it narrows the conditions of the decision (`Openness.width`);
4. where all that is nought (two of three things are wanted, and none is known), how many open
   requirements it bears on;
5. questions of the profile, then questions, then evidence, each in the rule set's order.

**Numbers that count something else.** A ratio is known when both numbers are, so either alone seems
worthless, and the greatest answer to a part may be the answer to another question. A question waits
while the open one that bounds it can matter. One that others rest on so is worth the best mean over
itself and any of these, most useful first, each counted with what it adds when both are answered
(two answers ahead): what J. B. Sidney (Decomposition Algorithms for Single-Machine Sequencing with
Precedence Relations, Operations Research 23, 1975) does for jobs that must precede others.

**Deferred** items were asked and are not known (« je ne sais pas »): they come after all others,
and so does what waits for them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from norm_engine.engine.answers_possible import Cell, evidence_cells, question_cells
from norm_engine.engine.asking import asked
from norm_engine.engine.decision import Outcome
from norm_engine.engine.evaluation import Evaluation
from norm_engine.engine.facts import Facts
from norm_engine.engine.looking_ahead import Lookahead, Reach
from norm_engine.engine.mattering import mattering
from norm_engine.engine.openness import Gauge, Openness, certainty
from norm_engine.engine.state import State
from norm_engine.engine.subjects import (
    EVIDENCE,
    Subject,
    atoms_by_subject,
    name_of,
    with_answer,
)
from norm_engine.model.ruleset import AnswerReference

__all__ = ["EVIDENCE", "Item", "Possible", "Ranking", "certainty", "ranked_items"]


class Possible(NamedTuple):
    """One of the answers that differ for the rules.

    Attributes:
        value: an answer that stands for all that come to the same; for evidence, how many pieces.
        prior: how likely such an answer is held to be before it is given.
        outcome: the outcome of the decision once it is given.
        narrows: by how much it makes `certainty` rise.
    """

    value: Any
    prior: Fraction
    outcome: Outcome
    narrows: Fraction


class Item(NamedTuple):
    """A question, or a kind of evidence, that can still matter.

    Attributes:
        name: a question's id, or `EVIDENCE` and a kind's id.
        subject: the id alone.
        kind: what it is.
        settles: how likely the answer is to settle the outcome.
        gain: expected fall of the outcome's distance from being settled.
        narrows: expected rise of `certainty`.
        answers: the answers that differ for the rules.
        requirements: the open requirements that it bears on.
        conditions: the decision's open conditions that it bears on.
        opens: questions that can be answered to some use only after it.
        for_outcome: whether it can still change the outcome.
        deferred: asked already, and not known.
    """

    name: str
    subject: str
    kind: Literal["question", "evidence"]
    settles: Fraction
    gain: Fraction
    narrows: Fraction
    answers: tuple[Possible, ...]
    requirements: tuple[str, ...]
    conditions: tuple[str, ...]
    opens: tuple[str, ...]
    for_outcome: bool
    deferred: bool


class Ranking(NamedTuple):
    """What can still matter, best first.

    Attributes:
        items: at most as many as were asked for; empty when nothing open can matter any more.
        outcome: of the decision as it stands.
        certainty: the share of the decision that is settled.
        questions, evidence: how many of each can still matter, deferred ones included.
        deferred: how many of all these were asked already, and are not known.
    """

    items: tuple[Item, ...]
    outcome: Outcome
    certainty: Fraction
    questions: int
    evidence: int
    deferred: int


def ranked_items(
    evaluation: Evaluation, most: int = 5, deferred: frozenset[str] = frozenset()
) -> Ranking:
    """What is worth asking next, best first.

    A pure function: the same evaluation gives the same ranking.

    Args:
        deferred: names of items asked already and not known: they come last. Facts do not tell
            « je ne sais pas » from what was never asked.
    """
    ranker = _Ranker(evaluation, deferred)
    items = ranker.items()
    evidence = sum(kind == "evidence" for kind, _ in ranker.bearings)
    return Ranking(
        items=tuple(items[:most]),
        outcome=evaluation.decision.outcome,
        certainty=1 - ranker.now.width,
        questions=len(ranker.bearings) - evidence,
        evidence=evidence,
        deferred=len(ranker.late),
    )


class _Worth(NamedTuple):
    """What answers are expected to bring: compared from left to right."""

    settles: Fraction
    gain: Fraction
    narrows: Fraction


_After = tuple[Any, Fraction, Openness]
"""An answer, its prior, and how open the decision is once it is given."""


class _Ranker:
    """Ranks the items of one evaluation."""

    def __init__(self, evaluation: Evaluation, deferred: frozenset[str]) -> None:
        self.evaluation = evaluation
        self.program = evaluation.program
        self.gauge = Gauge(evaluation)
        self.now = self.gauge.of(evaluation.proven.states)
        self.undecided = evaluation.decision.outcome == "undetermined"
        wanted = asked(evaluation)
        may = {("question", name) for name in wanted.open_questions}
        may |= {("evidence", kind) for kind in wanted.open_evidence}
        found = mattering(evaluation, for_outcome=False)
        self.bearings = {each: bearing for each, bearing in found.items() if each in may}
        self.for_outcome = mattering(evaluation, for_outcome=True) if self.undecided else {}
        self.ahead = Lookahead(evaluation)
        self.atoms = atoms_by_subject(evaluation.program)
        self.reaches: dict[tuple[Subject, ...], Reach] = {}
        self.measured: dict[frozenset[tuple[int, State]], Openness] = {}
        self.late = {each for each in self.bearings if name_of(each) in deferred}
        bounded = {each: self._bounding(each) for each in self.bearings}
        self.waiting = {
            each
            for each, whole in bounded.items()
            if whole in self.bearings and (whole not in self.late or each in self.late)
        }
        self.late |= {each for each, whole in bounded.items() if whole in self.late}
        self.parts = self._parts()

    def items(self) -> list[Item]:
        """Every item that is not waiting for another one, best first."""
        ranked = []
        for subject in self.bearings:
            if subject not in self.waiting:
                after = list(self._after((subject,), self.evaluation.facts))
                own = self._worth(after)
                ranked.append((subject, own, self._item(subject, own, after)))
        ranked.sort(key=lambda each: self._key(each[2], self._with_parts(each[0], each[1])))
        return [item for _, _, item in ranked]

    def _key(self, item: Item, worth: _Worth) -> tuple[Any, ...]:
        question = item.kind == "question"
        places = self.program.question_index if question else self.program.kind_index
        return (
            item.deferred,
            self.undecided and not item.for_outcome,
            *(-each for each in worth),
            -len(item.requirements),
            not (question and self.program.ruleset.questions[item.subject].profile),
            not question,
            places[item.subject],
        )

    def _item(self, subject: Subject, own: _Worth, after: Sequence[_After]) -> Item:
        bearing = self.bearings[subject]
        conditions = self.program.ruleset.head.decision
        return Item(
            name=name_of(subject),
            subject=subject[1],
            kind="evidence" if subject[0] == "evidence" else "question",
            settles=own.settles,
            gain=own.gain,
            narrows=own.narrows,
            answers=self._answers(after),
            requirements=tuple(
                self.program.requirements[index].id for index in sorted(bearing.requirements)
            ),
            conditions=tuple(each.id for each in conditions if each.id in bearing.conditions),
            opens=tuple(name for _, name in self.parts.get(subject, ())),
            for_outcome=subject in self.for_outcome,
            deferred=subject in self.late,
        )

    def _answers(self, after: Iterable[_After]) -> tuple[Possible, ...]:
        """The answers that differ in what they lead to, those that lead to the same joined."""
        found: dict[Openness, Possible] = {}
        for value, prior, measure in after:
            before = found[measure].prior if measure in found else 0
            narrows = self.now.width - measure.width
            found[measure] = Possible(value, before + prior, measure.outcome, narrows)
        return tuple(found.values())

    def _worth(self, after: Iterable[_After]) -> _Worth:
        settles, gain, narrows = Fraction(0), Fraction(0), Fraction(0)
        for _, prior, measure in after:
            if self.undecided and measure.outcome != "undetermined":
                settles += prior
            gain += prior * (self.now.distance - measure.distance)
            narrows += prior * (self.now.width - measure.width)
        return _Worth(settles, gain, narrows)

    def _after(self, subjects: tuple[Subject, ...], facts: Facts) -> Iterator[_After]:
        """How open the decision is after each answer to the last of some open items.

        Args:
            facts: the facts as they stand, the items before the last one answered.
        """
        reach = self.reaches.get(subjects)
        if reach is None:
            atoms = {atom for each in subjects for atom in self.atoms[each]}
            reach = self.reaches[subjects] = self.ahead.reach(tuple(atoms))
        for value, prior in self._cells(subjects[-1], facts):
            after = with_answer(self.evaluation, facts, subjects[-1], value)
            yield value, prior, self._measure(self.ahead.states_after(after, reach))

    def _cells(self, subject: Subject, facts: Facts) -> tuple[Cell, ...]:
        kind, name = subject
        if kind == "evidence":
            return evidence_cells(self.program, self.atoms[subject])
        return question_cells(self.program, facts, name, self.atoms[subject])

    def _measure(self, changed: Mapping[int, State]) -> Openness:
        key = frozenset(changed.items())
        known = self.measured.get(key)
        if known is None:
            states = list(self.evaluation.proven.states)
            for index, state in changed.items():
                states[index] = state
            known = self.measured[key] = self.gauge.of(states)
        return known

    def _with_parts(self, subject: Subject, own: _Worth) -> _Worth:
        """The worth of an item, or the best mean over it and questions that rest on it."""
        adds = [self._added(subject, part, own) for part in self.parts.get(subject, ())]
        best = total = own
        for count, each in enumerate(sorted(adds, reverse=True), 2):
            total = _Worth(*(one + two for one, two in zip(total, each, strict=True)))
            best = max(best, _Worth(*(each / count for each in total)))
        return best

    def _added(self, subject: Subject, part: Subject, own: _Worth) -> _Worth:
        """What a question adds to the worth of the one that it rests on, both answered."""
        both = [Fraction(0)] * 3
        for value, prior in self._cells(subject, self.evaluation.facts):
            facts = with_answer(self.evaluation, self.evaluation.facts, subject, value)
            worth = self._worth(self._after((subject, part), facts))
            both = [sum_ + prior * each for sum_, each in zip(both, worth, strict=True)]
        return _Worth(*(one - two for one, two in zip(both, own, strict=True)))

    def _bounding(self, subject: Subject) -> Subject | None:
        """The question whose answer is the greatest that one may be given."""
        if subject[0] == "evidence":
            return None
        bound = self.program.ruleset.questions[subject[1]].max
        return ("question", bound.answer) if isinstance(bound, AnswerReference) else None

    def _parts(self) -> dict[Subject, list[Subject]]:
        """The open questions that each one bounds, or is in a ratio with."""
        found: dict[Subject, set[Subject]] = {}
        for subject in self.bearings:
            rests_on = {self._bounding(subject)}
            for atom in self.atoms[subject]:
                rests_on |= {("question", name) for name in self._ratio(atom)}
            for other in rests_on & self.bearings.keys() - {subject}:
                if other is not None and other not in self.waiting:
                    found.setdefault(other, set()).add(subject)
        return {
            each: sorted(parts - self.late, key=lambda one: self.program.question_index[one[1]])
            for each, parts in found.items()
        }

    def _ratio(self, atom: int) -> tuple[str, ...]:
        form, subjects, _, _ = self.program.atoms[atom]
        return subjects if form == "ratio" else ()
