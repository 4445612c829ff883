"""The program ``norm-engine``: sets the language, finds the verb, turns errors into words."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from norm_engine.language import DEFAULT, LANGUAGES, Language, _, mark, use

VERBS = {
    "new": ("new", mark("Create an audit folder for a structure.")),
    "evaluate": ("evaluate", mark("Show readiness, the decision, and what to do first.")),
    "gaps": ("gaps", mark("List the gaps and the root causes they come down to.")),
    "explain": ("explain", mark("Explain the status of a requirement.")),
    "next": ("next_", mark("Ask the question worth asking next.")),
    "plan": ("plan", mark("Find the cheapest route to ready, with its calendar.")),
    "compare": ("compare", mark("Compare two dates, two milestones or two structures.")),
    "report": ("report", mark("Write a PDF or HTML report that anyone can check.")),
    "verify": ("verify", mark("Check that a PDF report holds.")),
    "freeze": ("freeze", mark("Freeze the audit and its result as a milestone.")),
    "rules": ("rules", mark("For norm authors: list, show, check, test, draw the rules.")),
}
"""The verbs, by name: their module, and what they do. Modules are imported when called."""


def chosen_language(arguments: Sequence[str]) -> Language:
    """The language asked for: ``--lang``, else the locale's when it is one of ours, else French."""
    for position, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            chosen = value if equals else "".join(arguments[position + 1 : position + 2])
            if chosen in LANGUAGES:
                return chosen
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        named = os.environ.get(variable, "")
        if named:
            # "C" and "POSIX" are what servers have, not a wish for English
            return "en" if named.lower().startswith("en") else DEFAULT
    return DEFAULT


def run() -> None:
    """Entry point of ``norm-engine``; ends the process with an `ExitCode`."""
    # a command makes many small objects and keeps most of them: there is little to look for
    gc.set_threshold(100_000)
    use(chosen_language(sys.argv[1:]))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        # bytes that stand for no character are refused where they are asked for, in words
        sys.stdin.reconfigure(errors="surrogateescape")
    from norm_engine.cli.group import program
    from norm_engine.cli.guard import guarded

    sys.exit(guarded(program))


def load_verb(name: str) -> object:
    """The command of a verb, imported now."""
    module, _help = VERBS[name]
    return import_module(f"norm_engine.cli.{module}").command


def verb_help(name: str) -> str:
    """What a verb does, in the language in force."""
    return _(VERBS[name][1])
