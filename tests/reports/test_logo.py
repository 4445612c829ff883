"""Logos: what is taken, what is refused, and in which words."""

import io
import struct
import zlib

import pytest
from PIL import Image

from norm_engine.language import speaking
from norm_engine.loading.problems import InvalidInput
from norm_engine.reports.logo import Logo, checked_logo


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def _picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (120, 40)) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, kind)
    return written.getvalue()


def _noise(size: int) -> bytes:
    """A PNG whose content hardly compresses: about `size` x `size` bytes."""
    written = io.BytesIO()
    Image.effect_noise((size, size), 100).save(written, "png")
    return written.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def _png_that_says_it_is(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of any size (PNG specification, 11.2.2)."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b""))
        + _chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_colours_is_taken_as_it_is(mode) -> None:
    content = _picture("png", mode)
    assert checked_logo(content) == Logo(content, "png", 120, 40)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_in_grey_or_screen_colours_is_taken_as_it_is(mode) -> None:
    content = _picture("jpeg", mode, (40, 120))
    assert checked_logo(content) == Logo(content, "jpeg", 40, 120)


def test_the_largest_that_is_taken() -> None:
    assert checked_logo(_picture("png", "1", (4000, 4000))).width == 4000


def _refusal(content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        checked_logo(content, "logo.png")
    (problem,) = refused.value.problems
    assert problem.file == "logo.png"
    assert problem.remedy
    return problem.message


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", _picture("gif", "L"), _picture("tiff")],
    ids=["nothing", "svg", "gif", "tiff"],
)
def test_other_formats_are_refused(content) -> None:
    assert _refusal(content) == "This logo is neither a PNG nor a JPEG picture."


def test_the_colours_of_a_press_are_refused() -> None:
    said = _refusal(_picture("jpeg", "CMYK"))
    assert said == "This logo has the four colours of a printing press (CMYK)."


def test_a_file_of_more_than_a_megabyte_is_refused() -> None:
    assert _refusal(_noise(1100)) == "This logo is larger than 1 MB."


@pytest.mark.parametrize(
    ("width", "height"),
    [(4001, 10), (10, 4001), (20_000, 5_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)],
)
def test_a_picture_of_too_many_pixels_is_refused_by_what_it_says_of_itself(width, height) -> None:
    """The content is a few bytes: decoding it would say that it is damaged."""
    said = _refusal(_png_that_says_it_is(width, height))
    assert said == "This logo is more than 4000 pixels wide or high."


def test_words_that_unpack_to_more_than_the_memory_are_refused() -> None:
    bomb = zlib.compress(bytes(200 * 1024 * 1024), 9)
    content = _picture("png")
    # the compressed text goes before the end chunk, which is the last twelve bytes
    packed = content[:-12] + _chunk(b"zTXt", b"Comment\0\0" + bomb) + content[-12:]
    assert _refusal(packed).startswith("This logo is damaged")


@pytest.mark.parametrize("kind", ["png", "jpeg"])
@pytest.mark.parametrize("kept", [10, 60, 0.5, 0.9])
def test_a_file_cut_short_is_refused(kind, kept) -> None:
    content = _picture(kind, size=(300, 300))
    length = kept if isinstance(kept, int) else int(len(content) * kept)
    assert _refusal(content[:length]).startswith("This logo is damaged")


def test_a_png_with_an_altered_byte_is_refused() -> None:
    content = bytearray(_noise(50))
    content[len(content) // 2] ^= 1
    assert _refusal(bytes(content)).startswith("This logo is damaged")
