"""Names that must exist, and names that must stand once."""

from collections.abc import Iterable, Iterator, Sequence

from norm_engine.language import _
from norm_engine.loading.border import suggestion
from norm_engine.loading.problems import KeyPath, Problem


def missing(
    names: Iterable[str], known: Iterable[str], file: str, path: KeyPath
) -> Iterator[Problem]:
    """The items of the list at `path` that are none of the known names."""
    allowed = set(known)
    for position, name in enumerate(names):
        if name not in allowed:
            yield Problem(
                file,
                _("“{name}” does not exist.").format(name=name),
                suggestion(name, allowed) or _("Correct its name, or add it."),
                (*path, position),
            )


def repeated(names: Sequence[str], file: str, path: KeyPath, key: str = "id") -> Iterator[Problem]:
    """The items of the list at `path` whose name, under `key`, another one has before."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name in seen:
            yield Problem(
                file,
                _("“{name}” stands twice.").format(name=name),
                _("Give one of them another identifier."),
                (*path, position, key),
            )
        seen.add(name)
