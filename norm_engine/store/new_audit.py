"""Creates audit folders: an ``audit.yaml`` that says what to write where, and its schema."""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from norm_engine.language import _
from norm_engine.model.records import Plain
from norm_engine.model.ruleset import Question, RuleSet
from norm_engine.model.scalars import text_in
from norm_engine.store.evidence_files import EVIDENCE_FOLDER
from norm_engine.store.folders import AUDIT_FILE, SCHEMA_FILE, Conflict, write_whole

_WIDTH = 92


def create_audit(
    folder: Path,
    structure: str,
    ruleset: RuleSet,
    groups: Sequence[tuple[str, Sequence[str]]],
    schema: Plain,
) -> list[Path]:
    """Create an audit folder; gives the files written.

    Args:
        structure: the structure's name.
        groups: the questions by heading, in the order in which they are asked.
        schema: the schema of the rule set's audits, written beside the audit for editors.

    Raises:
        Conflict: when the folder holds an audit already.
    """
    file = folder / AUDIT_FILE
    if os.path.lexists(file):  # a link that leads nowhere holds the name too
        raise Conflict(_("{file} exists already; nothing was overwritten.").format(file=file))
    # a name that came in another encoding is written as well as it can be
    written = "\n".join(_lines(structure, ruleset, groups)).encode(errors="replace")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / EVIDENCE_FOLDER).mkdir(exist_ok=True)
    said = json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n"
    write_whole(folder / SCHEMA_FILE, said.encode(), replace=True)
    write_whole(file, written)
    return [file, folder / SCHEMA_FILE]


def _lines(
    structure: str, ruleset: RuleSet, groups: Sequence[tuple[str, Sequence[str]]]
) -> Iterator[str]:
    head = ruleset.head
    yield f"# yaml-language-server: $schema={SCHEMA_FILE}"
    yield from _comment(
        _(
            "Write each answer after its colon, in place of “unknown” (I don’t know). A line that"
            " starts with # is an explanation and counts for nothing."
        ),
        0,
    )
    yield "format: 1"
    yield f'ruleset: {{id: {head.id}, edition: "{head.edition}"}}'
    yield "structure:"
    yield f"  name: {json.dumps(structure, ensure_ascii=False)}"
    yield "answers:"
    for title, names in groups:
        yield ""
        yield f"  # ---- {title}"
        for name in names:
            yield ""
            yield from _question(name, ruleset.questions[name], head.language)
    yield ""
    yield from _comment(_("Pieces of evidence; the files go into the folder “preuves”."), 0)
    yield "evidence: []"
    yield "#  - id: P1"
    yield f"#    proves: [{next(iter(ruleset.evidence), '')}]"
    yield "#    title: …"
    yield "#    file: …"
    yield "#    dated: 2026-03-31"
    yield from _comment(_("Kinds of evidence that the structure says it has none of."), 0)
    yield "no_evidence: []"
    yield ""


def _question(name: str, question: Question, language: str) -> Iterator[str]:
    yield from _comment(text_in(question.text, language), 2)
    if question.help is not None:
        yield from _comment(text_in(question.help, language), 2)
    for choice in question.choices:
        yield from _comment(f"{choice.value} = {text_in(choice.text, language)}", 4)
    for level in question.levels:
        words = f"{text_in(level.text, language)} – {text_in(level.anchor, language)}"
        yield from _comment(f"{level.value} = {words}", 4)
    yield from _comment("→ " + _how(question), 2)
    yield f"  {name}: unknown"


def _how(question: Question) -> str:
    said = {
        "yes_no": _("true (yes) or false (no)"),
        "count": _("a whole number"),
        "number": _("a number"),
        "date": _("a day: year-month-day"),
        "choice": _("one of these words"),
        "choices": _("several of these words: [one, another]"),
        "scale": _("the number of the level that looks most like what you do"),
        "text": _("text in quotes"),
    }[question.type]
    if question.not_applicable:
        said += _("; or, when it makes no sense for you: {not_applicable: the reason}")
    return said


def _comment(text: str, indent: int) -> Iterator[str]:
    import textwrap

    lead = " " * indent + "# "
    yield from textwrap.wrap(
        " ".join(text.split()), _WIDTH, initial_indent=lead, subsequent_indent=lead
    )
