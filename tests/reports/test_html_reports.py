"""Reports as HTML: one file that every browser shows, without a fault that axe can find."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from norm_engine.reports.render import render_html
from norm_engine.reports.subject import KINDS, Kind, Subject, Wish
from tests.support.browser import Scheme, chromium, opened, overflow, violations
from tests.support.report_material import looking_back, subject
from tests.support.secretive_audit import secretive_subject

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / "audits" / "operateur-lumen-services"
WIDTHS = (1280, 320)

Written = Callable[[Kind], Path]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def _written(folder: Path, read: Subject, kind: Kind) -> Path:
    file = folder / f"{kind}.html"
    if not file.exists():
        file.write_bytes(render_html(read, Wish(kind)))
    return file


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Written:
    """Writes the report of an example audit, with its dozens of requirements."""
    folder, read = tmp_path_factory.mktemp("whole"), looking_back(subject(AUDIT))
    return lambda kind: _written(folder, read, kind)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Written:
    """Writes the report of an audit of two requirements, which has a bit of everything."""
    folder = tmp_path_factory.mktemp("small")
    read = looking_back(secretive_subject(folder, overlaid=True))
    return lambda kind: _written(folder, read, kind)


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_any_screen(browser, small, kind: Kind) -> None:
    with opened(browser, small(kind)) as (page, _asked):
        unfold(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in get_args(Scheme):
                page.emulate_media(color_scheme=scheme)
                assert violations(page) == [], (width, scheme)


@pytest.mark.parametrize(
    ("kind", "width", "scheme"), [("self-audit", 320, "dark"), ("compliance", 1280, "light")]
)
def test_axe_finds_nothing_in_a_whole_report(browser, whole, kind, width, scheme) -> None:
    with opened(browser, whole(kind), width=width, scheme=scheme) as (page, _asked):
        unfold(page)
        assert violations(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_for_nothing_runs_nothing_and_fits_its_window(browser, whole, kind) -> None:
    file = whole(kind)
    with opened(browser, file, scripts=False) as (page, asked):
        assert asked == [file.as_uri()]
        needing = "script, link, iframe, object, embed, form, [onclick], [onload], [style]"
        assert page.locator(needing).count() == 0
    with opened(browser, file) as (page, _asked):
        unfold(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) == 0, width


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_page_points_to_is_there_and_named_once(browser, whole, kind) -> None:
    with opened(browser, whole(kind)) as (page, _asked):
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        targets = page.evaluate(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(each => each.hash.slice(1))"
        )
    assert len(ids) == len(set(ids))
    assert targets
    assert {unquote(each) for each in targets} - set(ids) == set()


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "summary"])
def test_a_page_says_that_the_pdf_carries_the_proof(whole, kind: Kind) -> None:
    said = whole(kind).read_text("utf-8")
    assert "Cette page ne contient" in said
    assert "Le rapport contient les fichiers" not in said
