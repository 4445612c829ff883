"""An express self-audit under way: what is known, what was done today, how it is saved."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from norm_engine.cli.guard import PartlyDone
from norm_engine.engine.evaluation import Evaluation, evaluate
from norm_engine.engine.next_question import Item, Ranking, ranked_items
from norm_engine.engine.program import Program, facts_of
from norm_engine.language import _, ngettext
from norm_engine.loading.audit_rules import audit_problems
from norm_engine.loading.audits import load_audit
from norm_engine.loading.problems import Problem
from norm_engine.loading.rulesets import rule_folders
from norm_engine.model.audit import Audit, FileState
from norm_engine.model.records import Plain, from_plain, to_plain
from norm_engine.store.editing import Overtaken, Recorded, Signature, restore
from norm_engine.store.folders import Conflict
from norm_engine.store.yaml_edits import Unwritable

Write = Callable[[Signature, bytes], Recorded]
"""Writes one change, given who signs it and the content last seen."""


class Done(NamedTuple):
    """What was answered today: the item, what the audit was before it, what was recorded.

    `typed` is what the user typed, to be shown when it is to be corrected.
    """

    item: str
    earlier: bytes
    recorded: Recorded
    known: bool
    typed: str = ""


@dataclass
class Session:
    """A self-audit under way.

    Attributes:
        rules, overlays: where the audit's rules come from, as the command line says.
        content: of the audit's file, as it was last read or written.
        by: who answers.
        deferred: items asked on another day and not known.
        passed: items asked today and not known: nothing is asked twice in one day.
        ranked: what is worth asking, kept since it takes a moment to find out.
    """

    file: Path
    rules: Sequence[Path]
    overlays: Sequence[Path]
    states: Mapping[str, FileState]
    audit: Audit
    evaluation: Evaluation
    content: bytes
    by: str | None
    deferred: frozenset[str]
    passed: set[str] = field(default_factory=set)
    done: list[Done] = field(default_factory=list)
    ranked: Ranking | None = None

    def ranking(self) -> Ranking:
        """All that is worth asking; what was not known comes after the rest."""
        if self.ranked is None:
            program = self.evaluation.program
            every = len(program.question_index) + len(program.kind_index)
            self.ranked = ranked_items(self.evaluation, every, self.deferred | self.passed)
        return self.ranked

    def answered(self) -> int:
        """How many answers were given today, those that nobody knew left out."""
        return sum(each.known for each in self.done)


def item_to_ask(session: Session, wanted: str | None) -> Item | None:
    """The item that is to be asked again, or else the best one that was not asked today."""
    items = session.ranking().items
    found = next((each for each in items if each.name == wanted), None)
    return found or next((each for each in items if each.name not in session.passed), None)


def most_wanted(program: Program, kind: str) -> int:
    """How many documents of a kind the most demanding rule asks for."""
    atoms = (each for each in program.atoms if each.form == "evidence")
    return max((int(each.value) for each in atoms if each.subjects == (kind,)), default=1)


def problems_with(session: Session, question: str, value: Plain) -> list[Problem]:
    """What would be wrong with the audit if a question were answered so."""
    plain = to_plain(session.audit)
    plain["answers"] = {**plain.get("answers", {}), question: value}
    ruleset = session.evaluation.program.ruleset
    return list(audit_problems(from_plain(Audit, plain), ruleset, str(session.file)))


def save(session: Session, item: str, write: Write, *, known: bool) -> None:
    """Save an answer; `read_again` then says what it changes.

    Raises:
        Overtaken: when somebody else answered the same meanwhile; theirs is what counts now.
        Unwritable: when the file is laid out so that this answer cannot be written into it.
        PartlyDone: when the self-audit cannot go on.
    """
    earlier = session.content
    with leaving(lambda: not_saved_said(session), (Overtaken, Unwritable)):
        recorded = write(signature(session), earlier)
    session.content = recorded.content
    session.done.append(Done(item, earlier, recorded, known))
    session.passed.discard(item)
    if not known:
        session.passed.add(item)


def undo(session: Session) -> Done:
    """Take the last answer back, unless it is no longer, or not only, this session's own.

    Gives what it was; whether it was taken back or not, the one before it is now the last.

    Raises:
        Overtaken: when somebody else changed it meanwhile, or gave the same; theirs stays.
        Unwritable: when the file is laid out so that it cannot be taken out of it.
        PartlyDone: when the self-audit cannot go on.
    """
    last = session.done.pop()
    if not last.recorded.own:
        raise Overtaken(_("Somebody else gave the same answer meanwhile: it is not taken back."))
    kept = (Overtaken, Unwritable)
    with leaving(lambda: _("Your last answer was not taken back: it is still saved."), kept):
        # what others wrote since then is not ours, even where it was read meanwhile
        place, content, _own = last.recorded
        back = restore(session.file, place, last.earlier, signature(session), content)
    session.content = back.content
    session.passed.discard(last.item)
    return last


@contextmanager
def leaving(kept: Callable[[], str], passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Tell what goes wrong inside together with what it leaves: what is saved, what is not.

    Args:
        kept: says what is left.
        passing: what the caller sees to.

    Raises:
        PartlyDone: whatever else goes wrong.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, (PartlyDone, *passing)):
            raise
        resumed = _("Once this is put right, the same command goes on from there.")
        raise PartlyDone(f"{kept()} {resumed}") from error


def saved_said(session: Session) -> str:
    """That all answers given until now are saved."""
    if not session.done:
        return _("Nothing was changed.")
    return _("All your answers are saved, the last one too.")


def not_saved_said(session: Session) -> str:
    """That the last answer is not saved, and what is."""
    count = len(session.done)
    if not count:
        return _("Your answer was not saved: nothing was changed.")
    return ngettext(
        "Your last answer was not saved; the one before it is.",
        "Your last answer was not saved; the {n} before it are.",
        count,
    ).format(n=count)


def read_again(session: Session) -> None:
    """Read the audit's file as it is now, and evaluate it.

    Raises:
        InvalidInput: when somebody made it invalid meanwhile.
        Conflict: when somebody put it under other rules.
    """
    loaded = load_audit(session.file, rule_folders(session.rules), session.overlays)
    if loaded.ruleset.fingerprint != session.evaluation.program.ruleset.fingerprint:
        raise Conflict(
            _(
                "The rules that {file} is evaluated under changed meanwhile: another edition, or"
                " other overlays."
            ).format(file=session.file)
        )
    program, as_of = session.evaluation.program, session.evaluation.facts.as_of
    session.audit, session.content = loaded.audit, loaded.document.content
    facts = facts_of(program, loaded.audit, session.states, as_of)
    session.evaluation = evaluate(program, facts)
    session.ranked = None


def signature(session: Session) -> Signature:
    """Who answers, at this moment."""
    return Signature(session.by, datetime.datetime.now(datetime.UTC).astimezone())
