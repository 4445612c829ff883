"""A small rule set and an audit of it on disk, to be broken in one place at a time."""

from pathlib import Path

HEAD = """\
format: 1
id: petite
edition: "2021"
version: 1.0.0
title: Petite norme
language: fr
blocked_credit: 1/2
settings:
  part: {type: share, default: 4/5, title: Part}
  fraicheur: {type: duration, default: P24M, title: Fraîcheur}
  tolerees: {type: count, default: 2, min: 0, max: 5, title: Tolérées}
domains: [{id: deontologie, title: Déontologie}]
workshops: [{id: atelier-1, title: Un}, {id: atelier-2, title: Deux}]
decision:
  - {id: majeures, text: Aucune majeure, grade: major, at_most: 0}
  - {id: mineures, text: Peu de mineures, grade: minor, at_most: {setting: tolerees}}
  - {id: planchers, text: Planchers, each: domain, score_at_least: {setting: part}}
sources: {FM7: {title: Source, url: "https://exemple.fr"}}
"""

QUESTIONS = """\
questions:
  postes: {text: Combien de postes, type: count, unit: personnes, min: 0, max: 500}
  formes: {text: Combien de formés, type: count, max: {answer: postes}, not_applicable: true}
  charte: {text: Une charte, type: yes_no}
  heures: {text: Combien d’heures, type: number, min: 0, max: 35}
  signee: {text: Signée quand, type: date}
  terrain: {text: Où, type: choice, choices: [{value: rue, text: Rue}, {value: gare, text: Gare}]}
  lieux: {text: Où, type: choices, choices: [{value: rue, text: Rue}, {value: gare, text: Gare}]}
  niveau:
    text: Quel niveau ?
    type: scale
    levels: [{value: 0, text: Zéro, anchor: Rien}, {value: 1, text: Un, anchor: Tout}]
  commune: {text: Quelle commune, type: text}
"""

EVIDENCE = """\
evidence:
  attestation: {title: Attestation, proves: La formation, fresh_for: {setting: fraicheur}}
  charte_signee: {title: Charte signée, proves: La charte}
"""

ACTIONS = """\
actions:
  rediger:
    title: Rédiger la charte
    why: Parce que
    how: Ainsi
    sets: {charte: true, signee: {as_of: true}}
    records: [charte_signee]
    effort: {low: 1, likely: 2, high: 4}
    lead_time: P1M
    role: direction
    phase: concevoir
  former:
    title: Former
    why: Parce que
    how: Ainsi
    sets: {formes: {answer: postes}}
    effort: {low: 1, likely: 2, high: 4, per: postes}
    lead_time: P3M
    role: direction
    phase: accompagner
    after: [rediger]
"""

PLANNING = """\
planning:
  filing: {effort: {low: 1/8, likely: 1/4, high: 1/2}, lead_time: P1W, role: referent_qualite}
  capacity:
    direction: {days: {setting: tolerees}}
    mediateurs: {days: 1/2, per: postes}
"""
"""What may stand in ``actions.yaml`` beside the actions."""

REQUIREMENTS = """\
domain: deontologie
requirements:
  - id: DEO-01
    title: Charte
    statement: Il y a une charte.
    level: requirement
    gravity: major
    weight: 3
    workshop: atelier-1
    basis: attested
    sources: [FM7]
    criteria:
      - id: ecrit
        text: Elle est écrite
        when: {answer: charte, is: true}
        proof: {evidence: charte_signee}
  - id: DEO-02
    title: Formation
    statement: Tous sont formés.
    level: requirement
    gravity: minor
    weight: 2
    workshop: atelier-2
    basis: practice
    sources: [FM7]
    in_force: {from: 2017-01-01, to: 2030-12-31}
    applies_when: {answer: postes, at_least: 1}
    requires: [DEO-01]
    after: [DEO-01]
    criteria:
      - id: part
        text: La part est atteinte
        when: {ratio: [formes, postes], at_least: {setting: part}}
        proof: {evidence: attestation, count: 2}
        weight: 2
      - id: bilan
        text: Bilan
        when: {any: [{answer: niveau, at_least: 1}, {answer: terrain, among: [rue, gare]}]}
        essential: false
    examples:
      - given: {postes: 4, formes: 4}
        expect: {declared: {part: true}}
"""

FILES = {
    "ruleset.yaml": HEAD,
    "questions.yaml": QUESTIONS,
    "evidence.yaml": EVIDENCE,
    "actions.yaml": ACTIONS,
    "deontologie.yaml": REQUIREMENTS,
}

AUDIT = """\
format: 1
ruleset: {id: petite, edition: "2021"}
structure: {name: Association Exemple}
engagement: {kind: self, from: 2026-09-01, to: 2026-09-02}
answers:
  postes: 4
  formes: {value: 3, by: Coordination, on: 2026-05-12, comment: bientôt}
  charte: true
  heures: 4/5
  signee: 2026-01-31
  terrain: rue
  lieux: [rue, gare]
  niveau: 1
  commune: unknown
evidence:
  - {id: P1, proves: [charte_signee], title: Charte, file: charte-3fa2c1d0.pdf, dated: 2025-03-01}
  - {id: P2, proves: [charte_signee], title: Original, kept_at: au siège}
no_evidence: [attestation]
findings:
  - {id: C1, requirement: DEO-01, grade: minor, text: Vu, examined: [P1], rejected: [P2]}
actions:
  - {id: A1, action: rediger, state: todo, due: 2027-01-31}
"""


def changed(text: str, old: str, new: str) -> str:
    """The text with its only `old` replaced by `new`."""
    assert text.count(old) == 1, (old, text.count(old))
    return text.replace(old, new)


def write_rules(folder: Path, changes: dict[str, list[tuple[str, str]]] | None = None) -> Path:
    """Write the rule set into a folder, with changes (old, new) to its files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, original in FILES.items():
        text = original
        for old, new in (changes or {}).get(name, []):
            text = changed(text, old, new)
        (folder / name).write_text(text, "utf-8")
    return folder


def line_of(file: Path, fragment: str) -> int:
    """The line on which a fragment first stands."""
    lines = file.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if fragment in line)
