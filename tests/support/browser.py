"""Opens pages in Chromium, as readers do, and lets axe look for what keeps some from reading."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "build/axe/axe.min.js"
"""The checker of accessibility; `make test` fetches it."""

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

Scheme = Literal["light", "dark"]


def _program() -> str:
    """Where the browser stands; Playwright's own is not fetched."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    assert found, "these tests need Chromium (on Debian: apt-get install chromium)"
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_program(),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(
    browser: Browser,
    file: Path,
    *,
    width: int = 1280,
    scheme: Scheme = "light",
    scripts: bool = True,
) -> Iterator[tuple[Page, list[str]]]:
    """A page of its own that shows a file, and the addresses that it has asked for so far."""
    asked: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=scripts,
        offline=True,
    )

    def note(request: Request) -> None:
        asked.append(request.url)

    try:
        page = context.new_page()
        page.on("request", note)
        page.goto(file.as_uri())
        yield page, asked
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds in a page as it is shown: the rule, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags},"
        " resultTypes: ['violations']})",
        list(TAGS),
    )
    return [
        f"{each['id']}: {node['html'][:200]} – {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width
