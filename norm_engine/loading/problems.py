"""What is wrong with an input file: where (file, line, key), what, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from norm_engine.loading.unseen import on_one_line

KeyPath = tuple[str | int, ...]
"""Where a value stands in a document: keys and positions in lists."""


@dataclass(frozen=True)
class Problem:
    """One problem, in the user's language: `message` says what is wrong, `remedy` what to do."""

    file: str
    message: str
    remedy: str = ""
    path: KeyPath = ()
    line: int | None = None
    column: int | None = None
    severity: Literal["error", "warning"] = "error"
    names: tuple[str, ...] = ()
    """What the parts of `path` are called, where the document is known (`names_of`)."""

    @property
    def key(self) -> str:
        """The place as users read it: ``requirements[DEO-01].criteria[2].when``."""
        shown = ""
        names = self.names if len(self.names) == len(self.path) else names_of(self.path, None)
        for part, name in zip(self.path, names, strict=True):
            shown += f"[{name}]" if isinstance(part, int) else f".{name}" if shown else name
        return shown

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f":{self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [f"{place} · {self.key}" if self.path else place]
        parts += [f"  {self.message}"]
        if self.remedy:
            parts += [f"  → {self.remedy}"]
        return "\n".join(parts)


def names_of(path: KeyPath, data: Any) -> tuple[str, ...]:
    """What the parts of a path are called: items of lists by their `id` when no other has it.

    Items without one are counted from 1.
    """
    names = []
    for part in path:
        name = str(part + 1) if isinstance(part, int) else part
        if isinstance(part, int) and isinstance(data, list):
            ids = [item.get("id") for item in data if isinstance(item, dict)]
            data = data[part] if part < len(data) else None
            own = data.get("id") if isinstance(data, dict) else None
            if isinstance(own, str) and ids.count(own) == 1:
                name = own
        elif isinstance(data, dict) and isinstance(part, str):
            data = data.get(part)
        else:
            data = None
        name = on_one_line(name)
        names.append(name if len(name) <= 60 else name[:59] + "…")
    return tuple(names)


@dataclass
class InvalidInput(Exception):
    """Raised when input files cannot be used; carries every problem found, not the first."""

    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def raise_errors(problems: Iterable[Problem]) -> None:
    """Raise `InvalidInput` when at least one of `problems` is an error."""
    listed = list(problems)
    if any(problem.severity == "error" for problem in listed):
        raise InvalidInput(listed)
