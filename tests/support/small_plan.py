"""Plans written by hand: a realistic one of a dozen steps, one whose every text is an attack."""

import datetime
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from norm_engine.model.plan_results import (
    AlternativeRoute,
    EffortResult,
    HelpfulAnswer,
    LeftGap,
    MonthLoad,
    PlanEffect,
    PlanMilestone,
    PlanProof,
    PlanResult,
    PlanStep,
)
from norm_engine.model.results import DecisionResult, GroupScore, Interval, RuleSetIdentity

AS_OF = datetime.date(2026, 9, 14)
AUDIT_DAY = datetime.date(2027, 4, 30)
CAPACITY = {"direction": "4", "encadrement": "5", "referent_qualite": "6"}
"""Days a month; mediators are not limited."""

WORKSHOPS = {
    "atelier-1": "Poser le cadre",
    "atelier-2": "Organiser l’action sur le terrain",
    "atelier-3": "Accompagner les médiateurs",
    "atelier-4": "Évaluer et faire reconnaître",
}

_TITLES = {
    "ecrire_cadre": "Écrire le cadre déontologique et le faire adopter",
    "engager_mediateurs": "Former les médiateurs au cadre et recueillir leur engagement",
    "preuve:delegation": "Rassembler la preuve « délégation écrite de l’encadrant »",
    "diagnostic": "Faire le diagnostic du territoire avec les partenaires",
    "fiches_situation": "Mettre en place la fiche de situation et son registre",
    "convention": "Signer une convention avec la ville et le bailleur",
    "analyse_pratiques": "Installer une séance mensuelle d’analyse des pratiques",
    "plan_formation": "Programmer la formation à la médiation sociale",
    "preuve:attestation": "Rassembler la preuve « attestation de formation »",
    "entretiens": "Conduire les entretiens annuels",
    "enquete_habitants": "Interroger les habitants et les partenaires",
    "bilan_annuel": "Écrire le bilan annuel et le présenter à l’instance",
}

# id, role, workshop, likely effort, lead time, start, end, slack, what it waits for
_ROWS = """
ecrire_cadre       direction        1 5    P3M 2026-09-14 2026-12-14   0 -
diagnostic         referent_qualite 2 6    P2M 2026-09-14 2026-11-14  29 -
preuve:delegation  referent_qualite 1 1/4  P1W 2026-09-14 2026-09-21 190 -
plan_formation     encadrement      3 2    P3M 2026-09-14 2026-12-14  61 -
analyse_pratiques  encadrement      3 3    P1M 2026-09-14 2026-10-14 166 -
fiches_situation   mediateurs       2 7/2  P1M 2026-11-15 2026-12-15  29 diagnostic
engager_mediateurs encadrement      1 3    P1M 2026-12-15 2027-01-15   0 ecrire_cadre
preuve:attestation referent_qualite 3 1/4  P1W 2026-12-15 2026-12-22  98 plan_formation
convention         direction        2 4    P2M 2026-12-16 2027-02-16  29 ecrire_cadre
entretiens         encadrement      3 4    P1M 2027-01-16 2027-02-16   0 engager_mediateurs
enquete_habitants  mediateurs       4 10/3 P1M 2027-01-16 2027-02-16   0 engager_mediateurs
bilan_annuel       referent_qualite 4 5    P1M 2027-02-17 2027-03-31   0 enquete_habitants
"""

_AFTER = {
    "fiches_situation": ("diagnostic",),
    "engager_mediateurs": ("ecrire_cadre",),
    "preuve:attestation": ("plan_formation",),
    "convention": ("fiches_situation",),
    "entretiens": ("engager_mediateurs",),
    "enquete_habitants": ("engager_mediateurs",),
    "bilan_annuel": (
        "enquete_habitants",
        "entretiens",
    ),
}

_WORK = {
    "ecrire_cadre": "09=1,10=5/4,11=7/4,12=1",
    "diagnostic": "09=3/2,10=3,11=3/2",
    "preuve:delegation": "09=1/4",
    "plan_formation": "09=1/2,10=1/2,11=1/2,12=1/2",
    "analyse_pratiques": "09=3/2,10=3/2",
    "fiches_situation": "11=7/4,12=7/4",
    "engager_mediateurs": "12=3/2,01=3/2",
    "preuve:attestation": "12=1/4",
    "convention": "12=1,01=2,02=1",
    "entretiens": "01=2,02=2",
    "enquete_habitants": "01=5/3,02=5/3",
    "bilan_annuel": "02=2,03=3",
}

_CLOSES = {
    "ecrire_cadre": ("DEO-01", "DEO-02", "DEO-04"),
    "engager_mediateurs": ("DEO-05",),
    "diagnostic": ("PRO-01",),
    "fiches_situation": ("PRO-08", "PRO-09"),
    "convention": ("STR-03",),
    "analyse_pratiques": ("STR-27",),
    "preuve:attestation": ("STR-25",),
    "entretiens": ("STR-28",),
    "enquete_habitants": ("EVA-04",),
    "bilan_annuel": ("EVA-01", "EVA-02"),
}

IDENTITY = RuleSetIdentity(
    id="afnor_mediation_sociale",
    edition="2021",
    version="1.1.0",
    title="Médiation sociale – exigences et lignes directrices",
    fingerprint="3f" * 32,
    rules_fingerprint="a7" * 32,
)


def share(low: str, high: str | None = None) -> Interval:
    """An interval of shares."""
    ends = (low, high or low)
    percent = tuple(dict.fromkeys(int(Fraction(each) * 100 + Fraction(1, 2)) for each in ends))
    return Interval(low=ends[0], high=ends[1], percent=percent)


def small_plan() -> PlanResult:
    """A plan of twelve steps over seven months; one chain of them sets the end."""
    steps = tuple(_step(line.split()) for line in _ROWS.strip().splitlines())
    return PlanResult(
        format=1,
        semantics=1,
        ruleset=IDENTITY,
        structure="Association Point d’Appui",
        as_of=AS_OF,
        audit_day=AUDIT_DAY,
        day_asked=True,
        lacking=(),
        disclaimer=(
            "Ceci est un niveau de préparation au regard de ce référentiel, écrit avec nos mots à"
            " partir de sources publiques. Ce n’est pas une déclaration de conformité à la norme."
        ),
        goal="ready",
        assume="worst",
        budget=None,
        found=True,
        complete=True,
        decision_before=DecisionResult(outcome="not_ready", conditions=()),
        decision_after=DecisionResult(outcome="ready", conditions=()),
        before=_score("overall", "L’ensemble", "41/100", "58/100"),
        after=_score("overall", "L’ensemble", "84/100", "91/100"),
        effort=_total(steps),
        proof=PlanProof(
            optimum=_total(steps).likely, bound=_total(steps).likely, gap="0", proven=True
        ),
        steps=steps,
        end=datetime.date(2027, 3, 31),
        late=0,
        critical_path=("ecrire_cadre", "engager_mediateurs", "enquete_habitants", "bilan_annuel"),
        milestones=tuple(_milestone(name, title, steps) for name, title in WORKSHOPS.items()),
        loads=_loads(steps),
        left=(LeftGap(id="PRO-17", title="Bilan partagé", status="unmet", grade="sensitive"),),
        alternatives=(
            AlternativeRoute(
                effort=EffortResult(low="23", likely="41", high="63"),
                difference="5/3",
                adds=("convention_etat",),
                spares=("convention",),
            ),
        ),
        answers=(
            HelpfulAnswer(
                question="reunions_encadrement",
                text="Des réunions d’encadrement ont-elles lieu chaque mois ?",
                answer="oui",
                spares="2",
            ),
        ),
        effects=(PlanEffect(option="without", difference="3/2", text="Sans la formation longue"),),
        obstacles=(),
        relaxations=(),
        notes=("Les charges sont des estimations de ce projet, à ajuster à votre structure.",),
    )


def large_plan(steps: int, months: int) -> PlanResult:
    """A plan of so many steps spread over so many months, one every few days."""
    plan = small_plan()
    days = months * 30
    made = []
    for number in range(steps):
        like = plan.steps[number % len(plan.steps)]
        start = AS_OF + datetime.timedelta(days=days * number // (steps + 1))
        end = start + datetime.timedelta(days=max(1, days // 8))
        made.append(
            replace(
                like,
                id=f"{like.id}-{number}",
                title=f"{like.title} ({number + 1})",
                start=start,
                end=min(end, AS_OF + datetime.timedelta(days=days)),
                after=(),
                waits_for=None,
                critical=number % 7 == 0,
                slack_days=0 if number % 7 == 0 else days // 20,
                work={f"{start:%Y-%m}": like.effort.likely},
            )
        )
    found = tuple(made)
    end = max((each.end for each in found), default=None)
    return replace(
        plan,
        steps=found,
        end=end,
        audit_day=(end or AS_OF) + datetime.timedelta(days=max(3, days // 20)),
        effort=_total(found),
        critical_path=tuple(each.id for each in found if each.critical),
        milestones=tuple(_milestone(name, title, found) for name, title in WORKSHOPS.items()),
        loads=_loads(found),
    )


HOSTILE_TITLES = (
    '=HYPERLINK("http://example.org";"cliquez")',
    "+33 1 23 45 67 89",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\tavec une tabulation",
    "\ravec un retour",
    'virgule, point-virgule; barre \\ deux-points: "guillemets" <b>gras</b> &amp; ]]>',
    "deux\nlignes\r\net trois\u2028séparées",
    "contrôles \x00\x07\x1b[31m\x7f\x85 fin\ufffe",
    "très long " + "insécable\u00a0" * 80 + "x" * 400,
    "émoticônes 👩‍👩‍👧‍👦🇫🇷 et Za\u0300\u0301lgo, السلام عليكم, 社会调解",
    " ",
)
"""One for each step of the small plan."""


def hostile_plan() -> PlanResult:
    """The small plan with a hostile text wherever one may stand."""
    plan = small_plan()
    steps = tuple(
        replace(step, title=title, why=title, how=title)
        for step, title in zip(plan.steps, HOSTILE_TITLES, strict=True)
    )
    milestones = tuple(
        replace(each, title=title)
        for each, title in zip(
            plan.milestones, HOSTILE_TITLES[:1] + HOSTILE_TITLES[7:10], strict=True
        )
    )
    return replace(
        plan,
        structure=HOSTILE_TITLES[0] + HOSTILE_TITLES[8],
        ruleset=replace(plan.ruleset, title=HOSTILE_TITLES[2]),
        steps=steps,
        milestones=milestones,
        notes=HOSTILE_TITLES,
    )


def empty_plan() -> PlanResult:
    """A plan that has nothing left to do."""
    return replace(
        small_plan(),
        steps=(),
        end=None,
        critical_path=(),
        milestones=(),
        loads=(),
        effort=EffortResult(low="0", likely="0", high="0"),
    )


def _step(row: list[str]) -> PlanStep:
    name, role, workshop, likely, lead, start, end, slack, waits = row
    filing = name.startswith("preuve:")
    return PlanStep(
        id=name,
        kind="filing" if filing else "action",
        title=_TITLES[name],
        why="Ce que les habitants, les partenaires ou l’auditeur y gagnent.",
        how="Une personne prépare, l’équipe relit, l’instance décide. Le compte rendu est classé.",
        role=role,
        phase="accompagner",
        effort=EffortResult(
            low=str(Fraction(likely) / 2), likely=likely, high=str(Fraction(likely) * 3 / 2)
        ),
        lead_time=lead,
        start=datetime.date.fromisoformat(start),
        end=datetime.date.fromisoformat(end),
        after=_AFTER.get(name, ()),
        waits_for=None if waits == "-" else waits,
        critical=name
        in ("ecrire_cadre", "engager_mediateurs", "enquete_habitants", "bilan_annuel"),
        slack_days=int(slack),
        work=_work(_WORK[name]),
        workshop=f"atelier-{workshop}",
        closes=_CLOSES.get(name, ()),
        serves=_CLOSES.get(name, ("STR-10",)),
        records=() if filing else ("compte_rendu",),
        renews=("attestation",) if name == "preuve:attestation" else (),
    )


def _work(text: str) -> dict[str, str]:
    parts = [each.split("=") for each in text.split(",")]
    return {f"{2026 if month >= '09' else 2027}-{month}": days for month, days in parts}


def _total(steps: tuple[PlanStep, ...]) -> EffortResult:
    low, likely, high = (
        str(sum((Fraction(getattr(step.effort, end)) for step in steps), Fraction(0)))
        for end in ("low", "likely", "high")
    )
    return EffortResult(low=low, likely=likely, high=high)


def _score(name: str, title: str, low: str, high: str) -> GroupScore:
    return GroupScore(
        id=name,
        title=title,
        score=share(low, high),
        declared=share(high),
        coverage="3/4",
        counts={},
    )


def _milestone(name: str, title: str, steps: tuple[PlanStep, ...]) -> PlanMilestone:
    inside = [step for step in steps if step.workshop == name]
    return PlanMilestone(
        workshop=name,
        title=title,
        day=max((step.end for step in inside), default=AS_OF),
        steps=tuple(step.id for step in inside),
        before=share("2/5", "3/5"),
        after=share("4/5", "9/10"),
    )


def _loads(steps: tuple[PlanStep, ...]) -> tuple[MonthLoad, ...]:
    given: Counter[tuple[str, str]] = Counter()
    for step in steps:
        for month, days in step.work.items():
            given[month, step.role] += Fraction(days)  # type: ignore[assignment]
    return tuple(
        MonthLoad(month=month, role=role, days=str(days), capacity=CAPACITY.get(role))
        for (month, role), days in sorted(given.items())
    )
