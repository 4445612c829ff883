"""One input file: its bytes, its data, and where each value stands when something is wrong."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from norm_engine.language import _, ngettext
from norm_engine.loading import limits
from norm_engine.loading.files import read_bytes
from norm_engine.loading.problems import InvalidInput, Problem, names_of
from norm_engine.model.records import Plain

if TYPE_CHECKING:
    from norm_engine.loading.yaml_reader import Positions

_T = TypeVar("_T")


@dataclass(frozen=True)
class Document:
    """A YAML file that has been read from disk but not parsed yet.

    `name` is how messages call it.
    """

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def data(self) -> Plain:
        """The plain data of the file.

        Raises:
            InvalidInput: when it is not readable YAML or goes beyond the limits.
        """
        # what only an unknown content needs is not imported by a command that finds it in the cache
        from norm_engine.loading.yaml_reader import read_yaml

        return read_yaml(self.content, self.name)

    @cached_property
    def positions(self) -> "Positions":
        """Where each value stands."""
        from norm_engine.loading.yaml_reader import positions_of

        return positions_of(self.content, self.name)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The same problems with their line and column, in the order of the file."""
        from norm_engine.loading.yaml_reader import locate

        found = []
        for problem in problems:
            if problem.line is None:
                line, column = locate(self.positions, problem.path)
                names = names_of(problem.path, self.data)
                found.append(replace(problem, line=line, column=column, names=names))
            else:
                found.append(problem)
        found.sort(key=lambda each: (each.line or 0, each.column or 0))
        if len(found) > limits.MAX_PROBLEMS:
            rest = len(found) - limits.MAX_PROBLEMS
            more = ngettext("{rest} more problem here.", "{rest} more problems here.", rest)
            found = [
                *found[: limits.MAX_PROBLEMS],
                Problem(self.name, more.format(rest=rest), _("Correct these first.")),
            ]
        return found


def open_document(file: Path, name: str | None = None) -> Document:
    """Read a file from disk.

    Raises:
        InvalidInput: when it cannot be read or is too large.
    """
    called = name or str(file)
    return Document(called, read_bytes(file, called))


def as_record(document: Document, kind: type[_T]) -> _T:
    """The record of `kind` that a document holds.

    Raises:
        InvalidInput: with every problem found, where it stands and what to do.
    """
    from norm_engine.loading.border import checked

    built, problems = checked(kind, document.data, document.name)
    if built is None:
        raise InvalidInput(document.located(problems))
    return built
