"""A small audit on disk, everything of which that a summary may not show holds one same word."""

import datetime
import hashlib
from pathlib import Path

from norm_engine.reports.reading import read_subject
from norm_engine.reports.subject import Subject
from tests.loading.small import write_rules

SECRET = "Confidentia"
"""The word that a summary never shows."""

AS_OF = datetime.date(2026, 11, 25)
LEAFLET = b"Charte de l'association, version de 2025\n"

AUDIT = f"""\
format: 1
ruleset: {{id: petite, edition: "2021"}}
structure: {{name: Association Exemple, contact: {SECRET} contact}}
engagement: {{kind: audit, auditor: {SECRET} auditrice, from: 2026-09-01}}
answers:
  commune: {SECRET}-sur-Mer
  postes: 4
  formes: {{value: 3, by: {SECRET} par, on: 2026-05-12, comment: {SECRET} bientôt}}
  charte: true
  heures: {{value: 4/5, comment: {SECRET}}}
  niveau: 1
evidence:
  - {{id: {SECRET}-1, proves: [charte_signee], title: Charte de {SECRET},
     file: charte-{SECRET}.txt, sha256: {hashlib.sha256(LEAFLET).hexdigest()}, dated: 2025-03-01}}
  - {{id: P7, proves: [charte_signee], title: Original, kept_at: chez {SECRET}}}
  - {{id: P8, proves: [attestation], title: Vue, file: perdue.pdf, dated: 2026-03-01,
     comment: {SECRET}}}
findings:
  - {{id: {SECRET}-C, requirement: DEO-01, grade: minor, text: "{SECRET} a dit", by: {SECRET},
     examined: [{SECRET}-1], rejected: [P7]}}
actions:
  - {{id: {SECRET}-A, action: rediger, state: doing, owner: {SECRET}, due: 2027-01-31,
     comment: {SECRET}}}
"""

OVERLAY_WORDS = "Libelle reserve"
"""What an overlay brings in that belongs to whoever holds the norm."""

OVERLAY = f"""\
format: 1
overlay: {{id: reseau-x, for: {{id: petite, edition: "2021"}}}}
settings: {{tolerees: 0}}
requirements:
  DEO-01: {{weight: 5, clause: "{OVERLAY_WORDS} 4.2", statement: {OVERLAY_WORDS} un}}
  DEO-02: {{title: {OVERLAY_WORDS} deux, guidance: {OVERLAY_WORDS} trois}}
"""


def audit_folder(place: Path) -> Path:
    """The audit's folder in `place`, its rule set in ``regles`` and an overlay beside it."""
    write_rules(place / "regles")
    folder = place / "audit"
    (folder / "preuves").mkdir(parents=True)
    (folder / "audit.yaml").write_text(AUDIT, "utf-8")
    (folder / "preuves" / f"charte-{SECRET}.txt").write_bytes(LEAFLET)
    (place / "reseau.yaml").write_text(OVERLAY, "utf-8")
    return folder


def secretive_subject(place: Path, *, overlaid: bool = False) -> Subject:
    """What reports on that audit speak of."""
    folder = audit_folder(place)
    overlays = (place / "reseau.yaml",) if overlaid else ()
    return read_subject(folder, (place / "regles",), overlays, AS_OF)
