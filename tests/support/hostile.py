"""An audit whose every text is an attack, or an accident, on what writes it."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, cycle

from norm_engine.model.audit import AnswerDetails, Audit, Engagement, Finding, Piece, PlannedAction
from norm_engine.model.ruleset import Grade
from norm_engine.reports.subject import Subject

TEXTS = (
    "<b>gras</b> &amp; <script>alert('x')</script> </p> <a href=\"javascript:x\">ici</a>",
    "%s {name} {0} \\n ${HOME} $(id) `id` ]]> --> (parenthèses \\) BT ET EMC",
    "commandes \x00\x01\x07\x08\x1b[31m\x7f\x85\x9f fin",
    "sauts\nde\r\nligne\rtout\u2028le\u2029temps\n\n\n\nvides",
    "émoticônes 😀🏳️‍🌈👩‍👩‍👧‍👦🇫🇷 et symboles \U0001d538\U0001d553 ☑ ☐ ⚠ □",
    "Za\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308lgo e\u0301te\u0301 "
    + "o"
    + "\u0336" * 60,
    "السلام عليكم ورحمة الله — שלום עולם — עִבְרִית \u202e gauche \u202c \u2066x\u2069",
    "社会调解 事前対策 조정 การไกล่เกลี่ย मध्यस्थता ᏣᎳᎩ ⴰⵎⴰⵣⵉⵖ",
    "\u200b\u200d\ufeff\u00ad\u2060",
    " \t  \u3000  ",
    "privés \ue000\uf8ff\U000f0000, non-caractères \ufdd0\uffff\U0010ffff, non assignés \u0378",
)
"""Texts that break those who take them as they come."""

LONG = (
    "mot" + "x" * 10_000,
    "insécables" + "\u00a0mot\u202fsuivant" * 300,
    "Quatre cents mots, ou peu s’en faut. " * 57,
)
"""Texts longer than a page is wide or high."""

PIECES = 300
GRADES: tuple[Grade, ...] = ("major", "minor", "sensitive", "improvement", "strength")


def hostile(subject: Subject) -> Subject:
    """The subject with other texts wherever a user can write one, and far more evidence."""
    assert subject.audit is not None
    # mostly short, so that the whole stays a report and not a book
    texts = chain.from_iterable((*TEXTS * 6, long) for long in cycle(LONG))
    audit = _audit(subject.audit, subject, texts)
    states = {
        piece.id: ("missing" if number % 3 else "altered")
        for number, piece in enumerate(audit.evidence)
        if piece.file
    }
    return replace(subject, audit=audit, states=states, sizes={})


def _audit(audit: Audit, subject: Subject, texts: Iterator[str]) -> Audit:
    pieces = tuple(_pieces(audit, subject, texts))
    rated = [each for each in subject.ruleset.requirements if each.level == "requirement"]
    return replace(
        audit,
        structure=replace(
            audit.structure,
            name="".join(TEXTS),
            address="".join((*TEXTS[3:7], *LONG)),
            sites=(*TEXTS, *LONG),
            contact=TEXTS[0],
        ),
        engagement=Engagement(
            kind="audit",
            scope="".join((*TEXTS, *LONG)),
            auditor="".join(TEXTS),
            from_=datetime.date(1, 1, 1),
            to=datetime.date(9999, 12, 31),
        ),
        answers={name: _answer(answer, texts) for name, answer in audit.answers.items()},
        evidence=pieces,
        findings=tuple(
            Finding(
                id=f"C{number}",
                requirement=each.id,
                grade=GRADES[number % len(GRADES)],
                text=next(texts),
                by=next(texts),
                on=datetime.date(2026, 11, 20),
                examined=tuple(piece.id for piece in pieces[number : number + 2]),
            )
            for number, each in enumerate(rated[:24])
        ),
        actions=tuple(
            PlannedAction(
                id=f"A{number}",
                action=name,
                state="doing",
                owner=next(texts),
                comment=next(texts),
            )
            for number, name in enumerate(subject.ruleset.actions)
        ),
    )


def _answer(answer: object, texts: Iterator[str]) -> AnswerDetails:
    held = answer if isinstance(answer, AnswerDetails) else AnswerDetails(value=answer)  # type: ignore[arg-type]
    reason = next(texts) if held.not_applicable is not None else None
    return replace(held, not_applicable=reason, by=next(texts), comment=next(texts))


def _pieces(audit: Audit, subject: Subject, texts: Iterator[str]) -> Iterator[Piece]:
    kinds = tuple(subject.ruleset.evidence)
    for number in range(PIECES):
        yield Piece(
            id=f"P{number + 1}",
            proves=(kinds[number % len(kinds)],),
            title=next(texts),
            file=f"{next(texts)}.pdf" if number % 2 else None,
            sha256="0" * 64 if number % 2 else None,
            kept_at=None if number % 2 else next(texts),
            dated=datetime.date(2026, 1, 1),
            comment=next(texts),
        )
