"""What an object of a PDF holds, told apart from how the file is written."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf

_PACKING = ("/Length", "/Filter", "/DecodeParms")


class Objects:
    """The objects of one PDF: which are pages, and what was found of its streams before."""

    def __init__(self, pages: Sequence[pikepdf.Page]) -> None:
        self._pages = {page.obj.objgen: number for number, page in enumerate(pages)}
        self._streams: dict[tuple[int, int], bytes] = {}

    def digest(self, start: Any) -> str:
        """A hash of everything that an object leads to, streams decoded; pages are only named.

        Objects are named by the order in which they are met, not by their numbers in the file.
        """
        made = hashlib.sha256()
        met: dict[tuple[int, int], int] = {}
        pending: list[Any] = [start]
        while pending:
            held = pending.pop()
            if isinstance(held, bytes):
                made.update(held)
                continue
            if isinstance(held, pikepdf.Object) and held.is_indirect:
                name = held.objgen
                if name in self._pages or name in met:
                    made.update(f"page {self._pages.get(name)} met {met.get(name)};".encode())
                    continue
                met[name] = len(met)
            pending += reversed(list(self._written(held)))
        return made.hexdigest()

    def _written(self, held: Any) -> Iterator[Any]:
        """What is hashed of an object: bytes, and the objects in it."""
        if isinstance(held, pikepdf.Stream):
            yield b"stream "
            for key in sorted(held.keys()):
                if key not in _PACKING:
                    yield key.encode(errors="replace") + b" "
                    yield held[key]
            yield self._decoded(held)
        elif isinstance(held, pikepdf.Dictionary):
            yield b"dictionary "
            for key in sorted(held.keys()):
                if key != "/Parent":
                    yield key.encode(errors="replace") + b" "
                    yield held[key]
        elif isinstance(held, pikepdf.Array | list):
            yield f"array {len(held)} ".encode()
            yield from held
        else:
            text = held.unparse() if isinstance(held, pikepdf.Object) else repr(held).encode()
            yield b"value " + text + b";"

    def _decoded(self, stream: pikepdf.Stream) -> bytes:
        """A hash of what a stream holds once decoded; pages share fonts, which are large."""
        name = stream.objgen
        if name not in self._streams:
            try:
                self._streams[name] = hashlib.sha256(stream.read_bytes()).digest()
            except pikepdf.PdfError:
                self._streams[name] = b"raw " + hashlib.sha256(stream.read_raw_bytes()).digest()
        return self._streams[name]
