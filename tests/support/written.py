"""What the shipped rule set and the example audits hold, read off their YAML by no code of ours."""

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
AUDITS = ROOT / "audits"
_RULES = ROOT / "rules" / "afnor_mediation_sociale"


@cache
def rules_file(name: str) -> Any:
    """A file of the rule set: ``questions.yaml``."""
    return _read(_RULES / name)


@cache
def requirements() -> dict[str, Any]:
    """The requirements by id, in the order of the domains."""
    files = ("deontologie", "processus", "structuration", "evaluation")
    return {
        each["id"]: each for name in files for each in rules_file(f"{name}.yaml")["requirements"]
    }


def audit(name: str) -> Any:
    """The audit of an example, named by its folder."""
    return _read(AUDITS / name / "audit.yaml")


def _read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text(encoding="utf-8"))
