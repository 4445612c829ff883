"""What the reader of a report may see: a summary says nothing of persons, comments or files."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from norm_engine.language import _
from norm_engine.model.audit import (
    UNKNOWN,
    AnswerDetails,
    Audit,
    Engagement,
    Finding,
    OverlayFileName,
    Piece,
    PlannedAction,
)
from norm_engine.model.conditions import Condition, children
from norm_engine.model.ruleset import (
    AnswerReference,
    FactReference,
    Overlaid,
    RuleSet,
)
from norm_engine.reports.subject import Earlier, Subject, Wish

HIDDEN = "…"
"""What stands in place of words that were left out: no reader of any language takes it for them."""

_TEXTS = ("title", "statement", "guidance", "clause")
"""What an overlay may bring in that belongs to whoever holds the norm."""

_LEFT_OUT_OF_SUMMARIES = ("comments", "persons", "evidence_titles", "reasons", "texts")


def readable(subject: Subject, wish: Wish) -> tuple[Subject, tuple[str, ...]]:
    """What the reader of a report may see of its subject, and the codes of what was left out.

    What is left evaluates to the same; done again, it changes nothing. A piece's state and size
    follow it to its new identifier. Answers come in the order of their questions, whatever order
    they were written in: canonical JSON keeps none.

    Raises:
        ValueError: when an overlay's wording is to be left out, and the rule set without it is
            not given.
    """
    ruleset = subject.ruleset if wish.overlay_texts else _without_wording(subject)
    shown = replace(subject, ruleset=ruleset, base=None)
    if subject.audit is not None:
        given = subject.audit.answers
        answers = {name: given[name] for name in ruleset.questions if name in given}
        audit = replace(subject.audit, answers=answers)
        shown = replace(shown, audit=audit, earlier=_earlier(subject, wish))
        if wish.kind == "summary":
            shown = _without_persons(shown, audit)
    return shown, left_out(shown, wish)


def _earlier(subject: Subject, wish: Wish) -> Earlier | None:
    """What a comparison looks back to, its answers in the order of their questions."""
    earlier = subject.earlier
    if earlier is None or wish.kind != "comparison":
        return None
    given = earlier.audit.answers
    answers = {name: given[name] for name in subject.ruleset.questions if name in given}
    return replace(earlier, audit=replace(earlier.audit, answers=answers))


def left_out(subject: Subject, wish: Wish) -> tuple[str, ...]:
    """The codes of what a report leaves out."""
    codes: tuple[str, ...] = ()
    if wish.kind == "summary" and subject.audit is not None:
        codes = _LEFT_OUT_OF_SUMMARIES
    if not wish.overlay_texts and any(_wording(overlay) for overlay in subject.ruleset.overlays):
        return (*codes, "overlay_texts")
    return codes


def left_out_said(code: str) -> str:
    """What was left out, in words."""
    return {
        "comments": _("comments"),
        "persons": _("names of persons"),
        "evidence_titles": _("titles, files and places of the pieces of evidence"),
        "reasons": _("the reasons why questions do not apply"),
        "texts": _("free texts that no rule reads, and those of findings"),
        "overlay_texts": _("wording that an overlay brought in"),
    }[code]


def _wording(overlay: Overlaid) -> list[str]:
    """The paths of the wording that an overlay changed."""
    return [each.path for each in overlay.changes if _is_wording(each.path)]


def _is_wording(path: str) -> bool:
    owner, _dot, key = path.rpartition(".")
    return owner != "settings" and key in _TEXTS


def _without_wording(subject: Subject) -> RuleSet:
    """The rule set with its own wording in place of that of its overlays; the rest is theirs."""
    ruleset, base = subject.ruleset, subject.base
    overlays = tuple(
        replace(
            overlay,
            changes=tuple(
                replace(each, old=None, new=None) if _is_wording(each.path) else each
                for each in overlay.changes
            ),
        )
        for overlay in ruleset.overlays
    )
    if base is None:
        if overlays != ruleset.overlays:
            raise ValueError("the wording of overlays cannot be left out without the base")
        return ruleset
    own = {each.id: each for each in base.requirements}
    requirements = tuple(
        replace(each, **{key: getattr(own[each.id], key) for key in _TEXTS})
        for each in ruleset.requirements
    )
    return replace(ruleset, requirements=requirements, overlays=overlays)


def _without_persons(subject: Subject, audit: Audit) -> Subject:
    ids = {piece.id: f"P{number}" for number, piece in enumerate(audit.evidence, 1)}
    read = _questions_read(subject.ruleset)
    texts = {
        name
        for name, question in subject.ruleset.questions.items()
        if question.type == "text" and name not in read
    }
    reduced = replace(
        audit,
        structure=replace(audit.structure, contact=None),
        engagement=_engagement(audit.engagement),
        overlays=tuple(
            OverlayFileName(file=f"surcouche-{number}.yaml", sha256=each.sha256)
            for number, each in enumerate(audit.overlays, 1)
        ),
        answers={
            name: _answer(given, hidden=name in texts) for name, given in audit.answers.items()
        },
        evidence=tuple(_piece(each, ids[each.id]) for each in audit.evidence),
        findings=tuple(
            _finding(each, f"C{number}", ids) for number, each in enumerate(audit.findings, 1)
        ),
        actions=tuple(
            PlannedAction(id=f"A{number}", action=each.action, state=each.state, due=each.due)
            for number, each in enumerate(audit.actions, 1)
        ),
    )
    return replace(
        subject, audit=reduced, states=_named(subject.states, ids), sizes=_named(subject.sizes, ids)
    )


def _named(found: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    return {ids[name]: held for name, held in found.items() if name in ids}


def _engagement(engagement: Engagement | None) -> Engagement | None:
    return None if engagement is None else replace(engagement, auditor=None)


def _answer(given: Any, *, hidden: bool) -> Any:
    if not isinstance(given, AnswerDetails):
        return HIDDEN if hidden and given != UNKNOWN else given
    if given.not_applicable is not None:
        return AnswerDetails(not_applicable=HIDDEN, on=given.on)
    value = HIDDEN if hidden and given.value not in (None, UNKNOWN) else given.value
    return (
        value if given.on is None and value is not None else AnswerDetails(value=value, on=given.on)
    )


def _piece(piece: Piece, name: str) -> Piece:
    """A piece that counts where it counted before; its fingerprint still tells its file."""
    return Piece(
        id=name,
        proves=piece.proves,
        title=HIDDEN,
        file=None if piece.file is None else name,
        sha256=piece.sha256,
        kept_at=None if piece.kept_at is None else HIDDEN,
        dated=piece.dated,
        valid_until=piece.valid_until,
    )


def _finding(finding: Finding, name: str, ids: Mapping[str, str]) -> Finding:
    return Finding(
        id=name,
        requirement=finding.requirement,
        grade=finding.grade,
        text=HIDDEN,
        on=finding.on,
        examined=tuple(ids[each] for each in finding.examined),
        rejected=tuple(ids[each] for each in finding.rejected),
    )


def _questions_read(ruleset: RuleSet) -> frozenset[str]:
    """The questions whose answers some rule, bound or action reads."""
    conditions: list[Condition | None] = [each.when for each in ruleset.actions.values()]
    for requirement in ruleset.requirements:
        conditions.append(requirement.applies_when)
        for criterion in requirement.criteria:
            conditions += (criterion.when, criterion.proof)
    found = set(_named_in(conditions))
    for question in ruleset.questions.values():
        if isinstance(question.max, AnswerReference):
            found.add(question.max.answer)
    for action in ruleset.actions.values():
        found.add(action.effort.per or "")
        taken = (each for each in action.sets.values() if isinstance(each, FactReference))
        found.update(each.answer or "" for each in taken)
    return frozenset(found)


def _named_in(conditions: Iterable[Condition | None]) -> Iterable[str]:
    pending = [each for each in conditions if each is not None]
    while pending:
        condition = pending.pop()
        yield from condition.ratio or ()
        if condition.answer is not None:
            yield condition.answer
        pending += children(condition)
