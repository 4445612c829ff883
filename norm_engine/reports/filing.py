"""Puts reports into files: one, or those of many audits at once, each whole or not at all."""

import datetime
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from norm_engine.language import _, use
from norm_engine.language.system import system_reason
from norm_engine.loading.problems import InvalidInput
from norm_engine.planning.solver import Watch
from norm_engine.reports.material import Form
from norm_engine.reports.planned import PlanRefused
from norm_engine.reports.reading import Sources, last_milestone, read_comparison, read_subject
from norm_engine.reports.render import render_html, render_pdf
from norm_engine.reports.subject import Kind, Subject, Wish
from norm_engine.store.folders import AUDIT_FILE, write_whole

REPORTS_FOLDER = "rapports"

_NAMES: dict[str, dict[Kind, str]] = {
    "fr": {
        "self-audit": "auto-evaluation",
        "compliance": "rapport-audit",
        "checklist": "liste-de-controle",
        "summary": "synthese",
        "plan": "feuille-de-route",
        "comparison": "comparaison",
    },
    "en": {
        "self-audit": "self-audit",
        "compliance": "audit-report",
        "checklist": "checklist",
        "summary": "summary",
        "plan": "roadmap",
        "comparison": "comparison",
    },
}


@dataclass(frozen=True)
class Task:
    """A report to write of one audit; `since`: for a comparison, where no milestone is meant."""

    audit: Path
    rules: tuple[Path, ...]
    overlays: tuple[Path, ...]
    as_of: datetime.date
    wish: Wish
    form: Form
    output: Path
    since: datetime.date | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a task: the file, or what is wrong; `invalid` when an input file is."""

    task: Task
    problem: str = ""
    invalid: bool = False


def report_name(wish: Wish, day: datetime.date, form: Form) -> str:
    """The name of a report's file."""
    workshop = f"-{wish.workshop}" if wish.workshop else ""
    return f"{_NAMES[wish.language][wish.kind]}{workshop}-{day.isoformat()}.{form}"


def rendered(subject: Subject, wish: Wish, form: Form, watch: Watch | None = None) -> bytes:
    """A report in the form wanted.

    Args:
        watch: told how far the search for a plan is.

    Raises:
        InvalidInput: when the logo is not one that can be used.
    """
    render = render_pdf if form == "pdf" else render_html
    return render(subject, wish, watch)


def unknown_workshop(subject: Subject, wish: Wish) -> str:
    """What is wrong with the workshop wished for, in words; '' when the rule set has it."""
    known = [each.id for each in subject.ruleset.head.workshops]
    if wish.workshop is None or wish.workshop in known:
        return ""
    return _("There is no workshop “{name}”. Write one of: {values}.").format(
        name=wish.workshop, values=", ".join(known)
    )


def free_name(folder: Path, name: str, content: bytes) -> Path:
    """A file of that name in a folder, numbered when the name holds something else."""
    stem, _dot, ending = name.rpartition(".")
    for number in count(1):
        file = folder / (name if number == 1 else f"{stem}-{number}.{ending}")
        if not file.exists() or (file.is_file() and file.read_bytes() == content):
            return file
    raise AssertionError


def audits_in(folder: Path) -> list[Path]:
    """The audit folders right inside of a folder, by name."""
    return sorted(each.parent for each in folder.glob(f"*/{AUDIT_FILE}") if each.is_file())


def write_all(tasks: Sequence[Task], language: str) -> Iterator[Outcome]:
    """Write many reports, as many at once as there are processors; outcomes as they come.

    One that fails leaves the others alone, and nothing half written.
    """
    # processes that share nothing with this one behave the same on every system
    context = multiprocessing.get_context("spawn")
    workers = max(1, min(len(tasks), os.cpu_count() or 1))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        try:
            doing = {pool.submit(write_one, task, language): task for task in tasks}
            for done in as_completed(doing):
                yield _outcome(done, doing[done])
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _outcome(done: Future[Outcome], task: Task) -> Outcome:
    try:
        return done.result()
    except BrokenProcessPool:
        said = _("Its writing was stopped from outside, for lack of memory maybe.")
        return Outcome(task, said)


def write_one(task: Task, language: str) -> Outcome:
    """Write one report, in a process of its own."""
    use("en" if language == "en" else "fr")
    try:
        subject = _subject_of(task)
        if unknown := unknown_workshop(subject, task.wish):
            return Outcome(task, unknown, invalid=True)
        write_whole(task.output, rendered(subject, task.wish, task.form), replace=True)
    except (InvalidInput, PlanRefused) as invalid:
        return Outcome(task, str(invalid), invalid=True)
    except OSError as error:
        return Outcome(task, _("The system refuses: {reason}").format(reason=system_reason(error)))
    except Exception as error:  # whatever it is, the other reports are written
        said = _("Something went wrong that should not have. Nothing was changed.")
        return Outcome(task, f"{said}\n{type(error).__name__}: {error}")
    return Outcome(task)


def _subject_of(task: Task) -> Subject:
    subject = read_subject(task.audit, task.rules, task.overlays, task.as_of)
    if task.wish.kind != "comparison":
        return subject
    since = task.since or last_milestone(task.audit)
    return read_comparison(subject, task.audit, since, Sources(task.rules, task.overlays))
