"""The pages of the documentation, taken apart: fenced blocks, tables, headings, links."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = tuple(sorted(DOCS.glob("*.md")))
AUTHORS = "guide-auteurs.md"

_FENCE = re.compile(r"^```(.*)$")
_HEADING = re.compile(r"^#{1,6} (.+)$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its info string in words, its text, and the table right after it."""

    page: str
    line: int
    words: tuple[str, ...]
    text: str
    table: tuple[tuple[str, ...], ...]

    @property
    def language(self) -> str:
        return self.words[0] if self.words else ""

    @property
    def kind(self) -> str:
        return self.words[1] if len(self.words) > 1 else ""

    @property
    def about(self) -> str:
        return self.words[2] if len(self.words) > 2 else ""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def page_text(page: Path) -> str:
    return page.read_text("utf-8")


@cache
def blocks() -> tuple[Block, ...]:
    return tuple(block for page in PAGES for block in _blocks(page))


def blocks_of(language: str, *kinds: str) -> list[Block]:
    return [b for b in blocks() if b.language == language and (not kinds or b.kind in kinds)]


def _blocks(page: Path) -> list[Block]:
    found: list[Block] = []
    lines = page_text(page).splitlines()
    start: int | None = None
    words: tuple[str, ...] = ()
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if start is None:
            start, words = number, tuple(fence[1].split())
        else:
            text = "\n".join(lines[start + 1 : number]) + "\n"
            found.append(Block(page.name, start + 1, words, text, _table(lines, number + 1)))
            start = None
    assert start is None, f"{page.name}:{start}: this block does not end"
    return found


def _table(lines: list[str], start: int) -> tuple[tuple[str, ...], ...]:
    """The rows of the table that stands after at most one blank line, its rule left out."""
    rows: list[tuple[str, ...]] = []
    for line in lines[start + 1 :]:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    return tuple(row for row in rows if not set(row[0]) <= set("-:"))


def prose(page: Path) -> str:
    """The page without its blocks, its code and its addresses."""
    kept = re.sub(r"^```.*?^```$", "", page_text(page), flags=re.DOTALL | re.MULTILINE)
    kept = re.sub(r"`[^`\n]*`", "", kept)
    return re.sub(r"https?://\S+", "", kept)


def headings(page: Path) -> list[str]:
    outside = re.sub(r"^```.*?^```$", "", page_text(page), flags=re.DOTALL | re.MULTILINE)
    return [found[1] for line in outside.splitlines() if (found := _HEADING.match(line))]


def section(page: Path, title: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    _before, found, after = page_text(page).partition(f"\n## {title}\n")
    assert found, f"{page.name} has no section “{title}”"
    return re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]


def anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab give a heading."""
    text = unicodedata.normalize("NFC", heading.replace("`", "").lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def links(page: Path) -> list[str]:
    kept = re.sub(r"^```.*?^```$", "", page_text(page), flags=re.DOTALL | re.MULTILINE)
    return _LINK.findall(kept)
