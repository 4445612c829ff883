"""Choices read off a string of bytes that hypothesis draws as a whole.

A rule set and its audit take hundreds of small choices. Drawn one by one by hypothesis they take
longer than all that is done with them; read off one string they take next to nothing. It still
shrinks: smaller bytes are earlier choices and shorter lists, and past the end all is the smallest.
"""

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from hypothesis import reject
from hypothesis import strategies as st

_LENGTH = 500
"""Bytes to choose by: more than the largest of some thousand cases took."""


T = TypeVar("T")
P = ParamSpec("P")

Drawn = Callable[["Source"], T]
"""Something to draw."""


class Source:
    """Where choices come from."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def __call__(self, drawn: Drawn[T]) -> T:
        """Draw something, as `draw` does in a composite strategy."""
        return drawn(self)

    def below(self, count: int) -> int:
        """A number from 0 on, below `count`, which is at most 256: all as likely."""
        if count == 1:
            return 0
        byte = self._content[self._at] if self._at < len(self._content) else 0
        self._at += 1
        return byte * count >> 8


class SampledFrom(Generic[T]):
    """One of some values."""

    def __init__(self, values: Sequence[T]) -> None:
        self.values = values

    def __call__(self, source: Source) -> T:
        """Draw one."""
        if not self.values:
            reject()
        return self.values[source.below(len(self.values))]

    def filter(self, wanted: Callable[[T], bool]) -> "SampledFrom[T]":
        """One of those that are wanted."""
        return SampledFrom([each for each in self.values if wanted(each)])


def sampled_from(values: Sequence[T]) -> SampledFrom[T]:
    """One of some values, the first being the smallest choice."""
    return SampledFrom(values)


def integers(low: int, high: int) -> Drawn[int]:
    """A whole number, both ends included."""
    return lambda source: low + source.below(high - low + 1)


def booleans() -> Drawn[bool]:
    """False or true."""
    return lambda source: source.below(2) == 1


def lists(
    each: SampledFrom[T], *, min_size: int = 0, max_size: int = 4, unique: bool = False
) -> Drawn[list[T]]:
    """A list of some of the values; a unique one is as long as there are other values left."""

    def draw(source: Source) -> list[T]:
        found: list[T] = []
        for _place in range(source(integers(min_size, max_size))):
            left = each.filter(lambda value: value not in found) if unique else each
            if left.values:
                found.append(source(left))
        return found

    return draw


def permutations(values: Sequence[T]) -> Drawn[list[T]]:
    """The values in another order."""

    def draw(source: Source) -> list[T]:
        left = list(values)
        return [left.pop(source.below(len(left))) for _each in values]

    return draw


def composite(function: Callable[Concatenate[Source, P], T]) -> Callable[P, Drawn[T]]:
    """What is drawn by a function of a source and some options."""

    def made(*options: P.args, **more: P.kwargs) -> Drawn[T]:
        return lambda source: function(source, *options, **more)

    return made


def strategy(drawn: Drawn[T]) -> st.SearchStrategy[Any]:
    """The same for `given`: hypothesis draws the bytes, and shows what they came to."""
    whole = st.binary(min_size=_LENGTH, max_size=_LENGTH)
    return whole.map(lambda content: drawn(Source(content)))
