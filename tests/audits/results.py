"""What is kept of an example audit's result, and how it is compared with what it was.

Texts are left out, so that a change of wording breaks nothing; everything that a rule decides is
kept: a change there is either meant, and then the frozen files are made anew, or a mistake.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from norm_engine.language import speaking
from norm_engine.loading.audit_schema import audit_schema
from norm_engine.loading.audits import load_audit
from norm_engine.loading.rulesets import rule_folders
from tests.cli.program import AUDITS, in_this_process

DAY = "2026-11-23"
FROZEN = Path(__file__).parent / "frozen"
NAMES = (
    "association-des-deux-rives",
    "association-point-d-appui",
    "operateur-lumen-services",
    "service-mediation-valmont",
)
REFRESH = "python -m tests.audits.refresh"

Doc = dict[str, Any]


def evaluated(name: str) -> Doc:
    """What ``evaluate --format json`` says of an example audit."""
    done = in_this_process("evaluate", AUDITS / name, "--as-of", DAY, "--format", "json")
    assert done.err == "", done.err
    found: Doc = done.data
    return found


def schema_of(name: str) -> Doc:
    """The schema that editors check an example audit against, of the catalogue as it stands."""
    loaded = load_audit(AUDITS / name / "audit.yaml", rule_folders())
    with speaking("fr"):
        return audit_schema(loaded.ruleset)


def kept(result: Doc) -> Doc:
    """What is kept of a result."""
    second, open_ = result["decision_with_findings"], result["open"]
    groups = [result["overall"], result["recommendations"]]
    return {
        "as_of": result["as_of"],
        "decision": _decision(result["decision"]),
        "with_findings": None
        if second is None
        else {
            **_decision(second),
            "differences": {
                each["requirement"]: f"{', '.join(each['derived'])} → {each['found']}"
                for each in second["differences"]
            },
        },
        "scores": {
            each["id"]: _score(each)
            for each in (*groups, *result["domains"], *result["workshops"], *result["bases"])
        },
        "first": [each["action"] for each in result["first"]],
        "open": {
            "questions": f"{len(open_['questions'])} of {open_['questions_asked']}",
            "evidence": f"{len(open_['evidence'])} of {open_['evidence_wanted']}",
        },
        "requirements": {each["id"]: _requirement(each) for each in result["requirements"]},
    }


def _ends(interval: Doc | None) -> str:
    if interval is None:
        return "–"
    low, high = interval["low"], interval["high"]
    return str(low) if low == high else f"{low} … {high}"


def _decision(decision: Doc) -> Doc:
    return {
        "outcome": decision["outcome"],
        **{
            each["id"]: f"{each['truth']}: {_ends(each)} against {each['bound']}"
            for each in decision["conditions"]
        },
    }


def _score(group: Doc) -> str:
    return f"{_ends(group['score'])} (declared {_ends(group['declared'])})"


def _requirement(each: Doc) -> str:
    """One line: status, credit, grades; and what is declared where that differs."""
    declared = each["declared"]
    said = f"{each['status']} {_ends(each['credit'])}"
    if each["status"] == "undetermined":
        said += f" ({', '.join(sorted(each['possible']))})"
    said += f" [{', '.join(each['grades'])}]"
    if (declared["status"], declared["credit"]) != (each["status"], each["credit"]):
        said += f"; declared {declared['status']} {_ends(declared['credit'])}"
    return said


def frozen(name: str) -> Doc:
    """What was kept of an audit's result."""
    found: Doc = json.loads((FROZEN / f"{name}.json").read_text("utf-8"))
    return found


def freeze(name: str) -> Path:
    """Keep what an audit's result is now; gives the file."""
    FROZEN.mkdir(exist_ok=True)
    file = FROZEN / f"{name}.json"
    text = json.dumps(kept(evaluated(name)), ensure_ascii=False, indent=2)
    file.write_text(text + "\n", "utf-8")
    return file


def differences(before: Any, now: Any, place: str = "") -> Iterator[str]:
    """Every difference on a line of its own: where, what it was, what it is."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in dict.fromkeys((*before, *now)):
            there = f"{place}.{key}" if place else key
            yield from differences(before.get(key, "(absent)"), now.get(key, "(absent)"), there)
    elif before != now:
        yield f"{place}\n    was  {before}\n    is   {now}"
