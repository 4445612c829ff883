"""Causes of changes, and what became of pieces of evidence, as results carry them."""

import datetime

from norm_engine.engine.atoms import Atom
from norm_engine.engine.change_causes import Cause
from norm_engine.engine.comparison import Change, Comparison
from norm_engine.engine.piece_changes import PieceMove
from norm_engine.engine.program import Program
from norm_engine.language import _, pgettext
from norm_engine.language.figures import date_said
from norm_engine.model.comparison_results import CauseNamed, ChangeCause, PieceChange
from norm_engine.model.ruleset import Period
from norm_engine.presentation.atoms import found_said, value_said, words
from norm_engine.presentation.values import asked_words, setting_words
from norm_engine.presentation.wording import evidence_reason_said

_Key = tuple[str, str]


class Causes:
    """The causes of every requirement's change, each once, with what it moved.

    They are put in order, what moved most requirements first, and are then known by their place.
    """

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._held: dict[_Key, list[str]] = {}
        for change in comparison.changes:
            for key in dict.fromkeys(key for key, _through in _keys(change)):
                self._held.setdefault(key, []).append(change.requirement)
        self._order = sorted(self._held, key=lambda key: (-len(self._held[key]), key))
        self._place = {key: place for place, key in enumerate(self._order)}

    def named(self, change: Change) -> tuple[CauseNamed, ...]:
        """The causes of one requirement's change, by their place."""
        return tuple(
            CauseNamed(cause=self._place[key], through=through) for key, through in _keys(change)
        )

    def moved_by(self, move: PieceMove) -> tuple[str, ...]:
        """The requirements whose change a piece of evidence is a cause of."""
        found: dict[str, None] = {}
        for kind in move.kinds:
            if self._counts_for(move, kind):
                found |= dict.fromkeys(self._held.get(("evidence", kind), ()))
        return tuple(found)

    def results(self) -> tuple[ChangeCause, ...]:
        """All of them, in their order."""
        return tuple(self._result(*key) for key in self._order)

    def _counts_for(self, move: PieceMove, kind: str) -> bool:
        """Whether a piece is behind what moved in a kind: it came where there is more, and so on.

        Where nothing was recorded, or nothing is any more, all that came or went is behind it.
        """
        was, now = (
            each.facts.evidence[each.program.kind_index[kind]]
            for each in (self._comparison.middle, self._comparison.after.evaluation)
        )
        if kind not in move.kinds or was == now:
            return False
        if not was and not now:
            return True  # from nothing said to none that counts, or back
        return move.counts if (now or 0) > (was or 0) else move.counted

    def _result(self, kind: str, subject: str) -> ChangeCause:
        text, before, after = self._said(kind, subject)
        return ChangeCause(
            kind=kind,  # type: ignore[arg-type]
            subject=subject,
            text=text,
            before=before,
            after=after,
            difference=self._difference(subject) if kind == "answer" else None,
            pieces=tuple(
                piece_change(move, self.moved_by(move))
                for move in self._comparison.pieces
                if kind == "evidence" and self._counts_for(move, subject)
            ),
            requirements=tuple(self._held[kind, subject]),
        )

    def _said(self, kind: str, subject: str) -> tuple[str, str, str]:
        """What a cause speaks of, and what was found of it on each side."""
        sides = self._comparison.middle, self._comparison.after.evaluation
        program = sides[1].program
        if kind == "evidence":
            atom = Atom("evidence", (subject,), "count", 1)
            one, two = (found_said(side, atom) for side in sides)
            return words(program, program.ruleset.evidence[subject].title), one, two
        if kind == "in_force":
            requirement = program.requirements[program.requirement_index[subject]]
            said = [_in_force_said(requirement.in_force, side.facts.as_of) for side in sides]
            return words(program, requirement.title), said[0], said[1]
        if kind == "setting":
            title = words(program, program.ruleset.head.settings[subject].title)
            before = self._comparison.before.evaluation.program
            return title, setting_said(before, subject), setting_said(program, subject)
        question = program.ruleset.questions[subject]
        place = program.question_index[subject]
        answers = [value_said(program, question, side.facts.answers[place]) for side in sides]
        if kind == "day":
            form = _("{answer}, seen from {day}")
            answers = [
                form.format(answer=answer, day=date_said(side.facts.as_of))
                for answer, side in zip(answers, sides, strict=True)
            ]
        return asked_words(question, program.ruleset), answers[0], answers[1]

    def _difference(self, name: str) -> str | None:
        """Of a question with several choices, answered on both sides: what came and what went."""
        sides = self._comparison.middle, self._comparison.after.evaluation
        program = sides[1].program
        question, place = program.ruleset.questions[name], program.question_index[name]
        was, now = (side.facts.answers[place] for side in sides)
        if not isinstance(was, frozenset) or not isinstance(now, frozenset):
            return None
        said = [
            form.format(choices=value_said(program, question, moved))
            for form, moved in (
                (_("more: {choices}"), now - was),
                (_("less: {choices}"), was - now),
            )
            if moved
        ]
        return _("; ").join(said)


def _keys(change: Change) -> list[tuple[_Key, str | None]]:
    """The causes of a change, with the requirement under which each stands."""
    settings: list[tuple[_Key, str | None]] = [
        (("setting", each), None) for each in change.settings
    ]
    return settings + [(_key(each), each.through) for each in change.causes]


def _key(cause: Cause) -> _Key:
    return cause.kind, cause.subject


def setting_said(program: Program, name: str) -> str:
    """The value that a setting stands at."""
    return setting_words(program.ruleset.head.settings[name])


def _in_force_said(period: Period | None, day: datetime.date) -> str:
    if period is None or (period.from_ or day) <= day <= (period.to or day):
        return _("in force")
    return _("not in force")


def piece_change(move: PieceMove, requirements: tuple[str, ...]) -> PieceChange:
    """What became of a piece of evidence, and the requirements whose change it is a cause of."""
    return PieceChange(
        id=move.piece.id,
        title=move.piece.title,
        kinds=move.kinds,
        change=move.change,
        text=_move_said(move),
        day=move.day,
        requirements=requirements,
    )


def _move_said(move: PieceMove) -> str:
    if move.change == "new":
        if move.counts:
            return pgettext("piece of evidence", "new")
        return _("new, but does not count: {reason}").format(
            reason=evidence_reason_said(move.reason)
        )
    if move.change == "removed":
        return _("no longer recorded")
    if move.change == "counts":
        return _("counts now")
    if move.day is None:
        return _("counts no more: {reason}").format(reason=evidence_reason_said(move.reason))
    form = _("valid until {day}") if move.change == "expired" else _("too old since {day}")
    day = move.day - datetime.timedelta(1) if move.change == "expired" else move.day
    return form.format(day=date_said(day))
