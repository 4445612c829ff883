"""Writes anew what `test_frozen` compares with: ``python -m tests.reports.refresh``."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from norm_engine import SEMANTICS, __version__
from norm_engine.model.records import to_plain
from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.proof.carried import LAYOUT, libraries
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import KINDS, Wish
from tests.support.everything import everything
from tests.support.plain_document import DESCRIBED, document
from tests.support.report_material import looking_back
from tests.support.secretive_audit import secretive_subject

FROZEN = Path(__file__).with_name("frozen.json")
WORDS = "L’équipe a revu la procédure, point par point, en réunion. " * 12


def versions() -> dict[str, Any]:
    """What reports are written with; each report names it."""
    return {
        "product": __version__,
        "semantics": SEMANTICS,
        "layout": LAYOUT,
        "libraries": to_plain(libraries(solver=True)),
    }


def fingerprints() -> dict[str, str]:
    """The SHA-256 of each kind of report on a small audit, and of a document of every block."""
    with tempfile.TemporaryDirectory() as place:
        subject = looking_back(secretive_subject(Path(place), overlaid=True))
        reports = {
            f"{kind} {language}": render_pdf(subject, Wish(kind, language))
            for kind in KINDS
            for language in ("fr", "en")
        }
    blocks = document(*everything(WORDS), cover=True, small_print=(("Audit", "0f" * 32),))
    reports["every block"] = pdf_of(blocks, DESCRIBED, (), None)
    return {name: hashlib.sha256(content).hexdigest() for name, content in reports.items()}


def frozen() -> dict[str, Any]:
    """What was kept: the versions, and the fingerprints of what they wrote."""
    kept: dict[str, Any] = json.loads(FROZEN.read_text("utf-8"))
    return kept


def main() -> None:
    """Keep the fingerprints of today, and say which have changed."""
    before = frozen()
    now = {"versions": versions(), "reports": fingerprints()}
    FROZEN.write_text(json.dumps(now, indent=2) + "\n", encoding="utf-8")
    changed = [name for name, kept in now["reports"].items() if before["reports"].get(name) != kept]
    print("changed:", ", ".join(changed) or "nothing")
    if changed and before.get("versions") == now["versions"]:
        print(f"LAYOUT is still {LAYOUT}: reports that were released would be called altered.")


if __name__ == "__main__":
    main()
