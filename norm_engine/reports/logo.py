"""The logo of a structure or of a network: looked at before it may enter a report."""

import io
import warnings
from dataclasses import dataclass
from typing import Literal

from PIL import Image

from norm_engine.language import _
from norm_engine.loading.problems import InvalidInput, Problem

MAX_BYTES = 1024 * 1024
"""Size of a logo's file, in bytes."""

MAX_SIDE = 4000
"""Width and height of a logo, in pixels."""

Kind = Literal["png", "jpeg"]

_BEGINNINGS: dict[bytes, Kind] = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@dataclass(frozen=True)
class Logo:
    """A picture that may stand in a report: its file as given, its size in pixels."""

    content: bytes
    kind: Kind
    width: int
    height: int


def checked_logo(content: bytes, name: str = "logo") -> Logo:
    """The logo in a file called `name`, when it is one that every reader can show.

    Raises:
        InvalidInput: when it is no PNG or JPEG, is too large, damaged, or made for a press (CMYK).
    """
    if len(content) > MAX_BYTES:
        raise _refused(
            name,
            _("This logo is larger than {limit} MB.").format(limit=MAX_BYTES // (1024 * 1024)),
            _("Save it smaller: a logo is printed a few centimetres wide."),
        )
    kind = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)
    if kind is None:
        raise _refused(
            name,
            _("This logo is neither a PNG nor a JPEG picture."),
            _("Save it as PNG or JPEG with a drawing program."),
        )
    with warnings.catch_warnings():
        # what Pillow only warns of, a picture that would fill the memory, is refused here
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return _decoded(content, kind, name)


def _decoded(content: bytes, kind: Kind, name: str) -> Logo:
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            width, height = image.size
            _refuse_large(width, height, name)
            if image.mode == "CMYK":
                raise _refused(
                    name,
                    _("This logo has the four colours of a printing press (CMYK)."),
                    _("Save it in RGB, the colours of screens."),
                )
            # looks at the checksums, which decoding does not
            image.verify()
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise _too_many_pixels(name) from None
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError):
        # all that Pillow says of files that are cut short or altered
        raise _refused(
            name,
            _("This logo is damaged: it cannot be read to its end."),
            _("Open it with a drawing program and save it again."),
        ) from None
    return Logo(content, kind, width, height)


def _refuse_large(width: int, height: int, name: str) -> None:
    if max(width, height) > MAX_SIDE:
        raise _too_many_pixels(name)


def _too_many_pixels(name: str) -> InvalidInput:
    return _refused(
        name,
        _("This logo is more than {limit} pixels wide or high.").format(limit=MAX_SIDE),
        _("Save it smaller: a logo is printed a few centimetres wide."),
    )


def _refused(name: str, message: str, remedy: str) -> InvalidInput:
    return InvalidInput([Problem(name, message, remedy)])
