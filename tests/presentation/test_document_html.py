"""Documents as pages: every kind of block, in a real browser, read by people and by machines."""

import re
from dataclasses import replace

import pytest

from norm_engine.language import speaking
from norm_engine.presentation.document import (
    Badge,
    Block,
    Code,
    Column,
    Document,
    Facts,
    Figure,
    Items,
    Labels,
    Link,
    Mark,
    Nested,
    Notice,
    Paragraph,
    Picture,
    Print,
    Room,
    Section,
    Strong,
    Table,
    Tile,
    Tiles,
    Together,
    Words,
)
from norm_engine.presentation.document_html import html_of
from norm_engine.presentation.palette import STATUS_COLOURS
from norm_engine.presentation.scene import Circle, Ink, Rectangle, Scene, Text
from norm_engine.presentation.wording import SHAPES, TRUTH_SHAPES
from tests.support.browser import chromium, opened, overflow, violations
from tests.support.poppler import information_of, text_of

MARKUP = """</style></title><script>document.title = "taken"</script><img src=x onerror=alert(1)>"""
CONTROLS = "a\x00b\x07c\x1bd\x85e\ufffef\ud800g"
EMOJI = "👩🏽‍🚒 🇫🇷 🏳️‍🌈"
ARABIC = "الوساطة الاجتماعية"
TURNED = "facture\u202efdp.exe"
ENDLESS = "x" * 10_000
COMMENT = "Nous avons revu la procédure avec l’équipe, point par point, en réunion. " * 40

# one grey pixel
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63680000008200817"
    "7cd72b60000000049454e44ae426082"
)


def bar(title: str = "Atelier 1") -> Scene:
    shapes = (
        Rectangle(0, 2, 120, 5, Ink(fill="#f4f2ed")),
        Rectangle(0, 2, 56, 5, Ink(fill="#0c5c60")),
    )
    return Scene(120, 9, shapes, title, "prouvé 47 %")


def map_of_all() -> Scene:
    shapes = (Circle(241, 60, 40, Ink(fill="#e4f1e8")), Text(241, 64, "DEO-01", anchor="middle"))
    return Scene(482, 120, shapes, "Toutes les exigences", "Une exigence satisfaite.")


SCORES = Table(
    ("Niveaux de préparation",),
    ("Atelier", "", "Prouvé", "Déclaré", "Éclairage"),
    (
        (("Concevoir",), (Picture(bar()),), ("47 %",), ("82 %",), ("Deux preuves manquent.",)),
        (("Évaluer",), (Picture(bar()),), ("0 %",), ("10 %",), ()),
    ),
    (Column(0.3), Column(0.2), Column(0.12, "end"), Column(0.13, "end"), Column(0.25)),
)
STATUSES = Table(
    ("Statuts",),
    ("Signe", "Sens"),
    tuple(((Mark(each, label=f"signe {each}"),), (f"sens de {each}",)) for each in SHAPES),
)


def everything(words: str = "Texte") -> tuple[Block, ...]:
    """Every kind of block, each holding the words."""
    return (
        Paragraph((words,), "lead"),
        Paragraph(
            (Strong(words), " ", Code(words), " ", Words(words, "en"), " ", Mark("met", words))
        ),
        Paragraph((Link("#second", words), Link("javascript:alert(1)", words)), "note"),
        Items(((Paragraph((words,)),), (Paragraph((words,)), Paragraph((words,))))),
        Items(((Paragraph((words,)),), (Paragraph(("À cocher",)),)), ticks=True),
        Nested(((0, (words,)), (1, (words,)), (2, (words,)), (0, (words,)))),
        Facts(((words, (Paragraph((words,)), SCORES)), ("Autre", (Paragraph((words,)),)))),
        Table((words,), (words, "B", "C"), (((words,), (words,), ()),)),
        Table(
            (words,),
            (words, words, words),
            (((words,), (Mark("false", words),), (words,)),),
            (Column(1), Column(1), Column(1, "centre")),
        ),
        SCORES,
        STATUSES,
        Figure(map_of_all(), STATUSES),
        Figure(map_of_all()),
        Tiles((Tile("47 %", words, words), Tile(words[:40], "Critères"), Tile("3", "Écarts"))),
        Together((Paragraph((words,)), Room(words, 3))),
        Room("", 2),
        *(Notice(words, (Paragraph((words,)),), tone) for tone in ("plain", "good", "bad", "open")),
    )


def report(words: str = "Texte", *, logo: bytes | None = PNG) -> Document:
    """A document with everything in it, at every depth."""
    blocks = (Notice(words, (Paragraph((words,)),), "good"), SCORES, Figure(map_of_all()))
    inner = Section("inner", (words,), blocks, code="STR-25", together=True)
    deep = Section("deep", (words,), (Section("deeper", (words,), (Paragraph((words,)),)),))
    badges = (Badge(words, True), Badge(words))
    first = Section("first", (words,), (inner, deep), badges=badges, new_page=True)
    second = Section("second", (Mark("true", words),), everything(words), listed=False)
    small_print = (("Audit", "0123456789abcdef" * 4), (words, words))
    return Document(
        title=(words,),
        language="fr",
        eyebrow=words,
        front=(Paragraph((words,), "lead"), Facts((("Structure", (Paragraph((words,)),)),))),
        sections=(first, second),
        colophon=(Paragraph((words,), "note"),),
        labels=Labels("Sommaire", "Aller au contenu"),
        print=Print(words, small_print, logo, "Logo de la structure"),
    )


def small(*blocks: Block, printed: Print | None = None) -> str:
    """The page of a document with these blocks."""
    with speaking("fr"):
        return html_of(
            Document(
                title=("Titre",),
                language="fr",
                eyebrow="",
                front=blocks,
                sections=(),
                colophon=(),
                labels=Labels("Sommaire", "Aller au contenu"),
                print=printed,
            )
        )


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Writes a document to a file, as the command does."""
    folder = tmp_path_factory.mktemp("pages")

    def write(document: Document | str):
        with speaking("fr"):
            page = document if isinstance(document, str) else html_of(document)
        file = folder / "page.html"
        file.write_text(page, encoding="utf-8")
        return file

    return write


TEXTS = {
    "plain": "Formation des médiateurs",
    "markup": MARKUP,
    "controls": CONTROLS,
    "emoji": EMOJI,
    "arabic": ARABIC,
    "turned": TURNED,
    "endless": ENDLESS,
    "comment": COMMENT,
}
HOSTILE = " ".join((MARKUP, CONTROLS, EMOJI, ARABIC, TURNED))


def unfold(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, shown, scheme, width):
    file = shown(report(HOSTILE))
    with opened(browser, file, width=width, scheme=scheme) as (page, _asked):
        unfold(page)
        assert violations(page) == []


@pytest.mark.parametrize("name", TEXTS)
def test_the_page_is_never_wider_than_its_window(browser, shown, name):
    with opened(browser, shown(report(TEXTS[name]))) as (page, _asked):
        unfold(page)
        for width in (1280, 640, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) == 0, width


def test_the_page_asks_for_nothing_and_runs_nothing(browser, shown):
    file = shown(report(MARKUP))
    with opened(browser, file) as (page, asked):
        # the logo is part of the page
        assert [each for each in asked if not each.startswith("data:image/png;base64,")] == [
            file.as_uri()
        ]
        assert page.title() == MARKUP
        assert page.locator("script, link, iframe, object, form, input, [style]").count() == 0


def test_the_page_works_without_scripts(browser, shown):
    with opened(browser, shown(report()), scripts=False) as (page, _asked):
        table = page.locator("#second figure table")
        assert not table.is_visible()
        page.locator("#second figure summary").click()
        assert table.is_visible()
        page.locator(".contents a", has_text="Texte").last.click()
        assert page.url.endswith("#second")


@pytest.mark.parametrize("name", ["markup", "emoji", "arabic", "turned", "endless"])
def test_texts_are_shown_to_the_letter(browser, shown, name):
    words = TEXTS[name]
    with opened(browser, shown(small(Paragraph((words,)), Room(words, 1)))) as (page, _asked):
        assert page.locator("main p").all_text_contents() == [words, words]


def test_what_a_page_cannot_hold_is_replaced(browser, shown):
    with opened(browser, shown(small(Paragraph((CONTROLS,))))) as (page, _asked):
        assert (
            page.locator("main p").text_content() == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf\ufffdg"
        )


def test_text_that_is_turned_leaves_what_follows_it(browser, shown):
    line = (TURNED, " (reçu)")
    with opened(browser, shown(small(Paragraph(line)))) as (page, _asked):
        where = page.evaluate(
            "() => { const range = document.createRange(), p = document.querySelector('main p');"
            " range.selectNodeContents(p.lastChild); const after = range.getBoundingClientRect();"
            " range.selectNodeContents(p.firstChild);"
            " return after.left - range.getBoundingClientRect().right }"
        )
        assert where == pytest.approx(0, abs=1)


def test_lists_to_tick_are_lists_with_drawn_boxes(browser, shown):
    page_text = small(Items(((Paragraph(("Charte",)),), (Paragraph(("Bilan",)),)), ticks=True))
    with opened(browser, shown(page_text)) as (page, _asked):
        listed = page.get_by_role("main").get_by_role("list")
        assert listed.get_by_role("listitem").all_text_contents() == ["Charte", "Bilan"]
        assert page.get_by_role("checkbox").count() == 0
        box = page.evaluate(
            "getComputedStyle(document.querySelector('.ticks > li'), '::before').borderTopWidth"
        )
        assert float(box.removesuffix("px")) >= 1


@pytest.mark.parametrize("verdict", [*SHAPES, *TRUTH_SHAPES])
def test_a_verdict_is_its_shape_and_its_words(browser, shown, verdict):
    line = (Mark(verdict, "avec mots"), " puis ", Mark(verdict, label="seul"))
    with opened(browser, shown(small(Paragraph(line)))) as (page, _asked):
        shape = {**SHAPES, **TRUTH_SHAPES}[verdict]
        read = page.locator("main p")
        assert read.text_content() == f"{shape}\u00a0avec mots puis {shape}seul"
        # what a screen reader says
        assert read.aria_snapshot() == "- paragraph: avec mots puis seul"


@pytest.mark.parametrize("status", SHAPES)
def test_verdicts_have_the_colours_of_pictures(browser, shown, status):
    with opened(browser, shown(small(Paragraph((Mark(status, "…"),))))) as (page, _asked):
        colour = page.evaluate("getComputedStyle(document.querySelector('.shape')).color")
        numbers = [int(each) for each in re.findall(r"\d+", colour)]
        assert "#{:02x}{:02x}{:02x}".format(*numbers) == STATUS_COLOURS[status]


def test_a_narrow_page_shows_each_row_as_a_block_and_stays_a_table(browser, shown):
    file = shown(small(SCORES))
    with opened(browser, file, width=320) as (page, _asked):
        cells = page.locator("tbody tr").first.locator("th, td")
        lefts = {cells.nth(at).bounding_box()["x"] for at in range(cells.count())}
        assert len(lefts) == 1
        table = page.get_by_role("table", name="Niveaux de préparation")
        assert table.get_by_role("columnheader").all_text_contents() == [
            "Atelier", "Prouvé", "Déclaré", "Éclairage",
        ]  # fmt: skip
        assert table.get_by_role("rowheader").all_text_contents() == ["Concevoir", "Évaluer"]
        head = page.evaluate(
            "getComputedStyle(document.querySelector('tbody td:nth-child(3)'), '::before').content"
        )
        assert head == '"Prouvé"'
    with opened(browser, file, width=1280) as (page, _asked):
        tops = {cells_top(page, at) for at in range(5)}
        assert len(tops) == 1


def cells_top(page, at: int) -> float:
    return page.locator("tbody tr").first.locator("th, td").nth(at).bounding_box()["y"]


def test_columns_are_as_wide_as_their_shares_and_aligned(browser, shown):
    with opened(browser, shown(small(SCORES)), width=1280) as (page, _asked):
        whole = page.locator("table").bounding_box()["width"]
        heads = page.locator("thead :is(th, td)")
        shares = [heads.nth(at).bounding_box()["width"] / whole for at in range(5)]
        # 30, 20, 12, 13 and 25 %, to the nearest 5 %
        assert shares == pytest.approx([0.3, 0.2, 0.1, 0.15, 0.25], abs=0.01)
        aligned = page.evaluate(
            "[...document.querySelectorAll('thead tr > *')].map(each =>"
            " getComputedStyle(each).textAlign)"
        )
        assert aligned == ["left", "left", "right", "right", "left"]


def test_pictures_are_named_and_described_apart(browser, shown):
    with opened(browser, shown(report())) as (page, _asked):
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)")
        assert len(ids) == len(set(ids))
        picture = page.locator("#second figure svg").first
        said = page.locator(f"#{picture.get_attribute('aria-labelledby').split()[1]}")
        assert said.text_content() == "Une exigence satisfaite."
        assert page.locator("#second figcaption").all_text_contents() == [
            "Toutes les exigences",
            "Toutes les exigences",
        ]


def test_a_logo_is_part_of_the_page(browser, shown):
    with opened(browser, shown(report())) as (page, _asked):
        logo = page.get_by_role("img", name="Logo de la structure")
        assert logo.evaluate("each => [each.naturalWidth, each.naturalHeight]") == [1, 1]


def on_paper(page, folder) -> list[str]:
    """The text of each page that the browser prints."""
    file = folder / "printed.pdf"
    page.pdf(path=str(file), prefer_css_page_size=True)
    assert information_of(file)["Page size"].endswith("(A4)")
    return text_of(file, "-layout").split("\f")[:-1]


def test_print_shows_what_screens_fold_and_hides_what_only_screens_need(browser, shown, tmp_path):
    with opened(browser, shown(report())) as (page, _asked):
        pages = on_paper(page, tmp_path)
    for number, text in enumerate(pages, 1):
        assert re.search(rf"{number} ?/ ?{len(pages)}$", text.strip())
        assert text.strip().startswith("Texte")
    printed = "".join(pages)
    # two tables of statuses stand there anyway, one is folded away under its picture
    assert printed.count("sens de blocked") == 2
    assert "Sommaire" not in printed
    assert "0123456789abcdef" * 4 in printed


def test_a_cover_and_sections_that_start_a_page_do_so_in_print(browser, shown, tmp_path):
    sections = (
        Section("a", ("Un",), (Paragraph(("suite un",)),), new_page=True),
        Section("b", ("Deux",), (Paragraph(("suite deux",)),)),
        Section("c", ("Trois",), (Paragraph(("suite trois",)),), new_page=True),
    )
    document = replace(report(), sections=sections)
    with opened(browser, shown(document)) as (page, _asked):
        pages = on_paper(page, tmp_path)
    found = [re.findall("suite [a-z]+", text) for text in pages]
    assert found == [[], ["suite un", "suite deux"], ["suite trois"]]


def test_long_tables_repeat_their_heads_in_print(browser, shown, tmp_path):
    rows = tuple(((f"ligne {number}",), ("oui",), ("non",)) for number in range(150))
    table = Table(("Lignes",), ("Nom", "Déclaré", "Prouvé"), rows, (Column(1),) * 3)
    with opened(browser, shown(small(table))) as (page, _asked):
        pages = on_paper(page, tmp_path)
    assert len(pages) > 2
    assert [text.count("Déclaré") for text in pages if "ligne" in text] == [1] * len(pages)


def test_what_stays_together_is_not_torn(browser, shown, tmp_path):
    sheets = [
        Together((Paragraph((f"début {at}",)), Room("", 6), Paragraph((f"fin {at}",))))
        for at in range(12)
    ]
    with opened(browser, shown(small(*sheets))) as (page, _asked):
        pages = on_paper(page, tmp_path)
    assert len(pages) > 1
    for text in pages:
        assert re.findall(r"début (\d+)", text) == re.findall(r"fin (\d+)", text)


def test_nothing_in_the_running_head_can_end_the_style_sheet():
    text = small(printed=Print('a"}</style><b>\n\\'))
    style = text.partition("<style>")[2].partition("</style>")[0]
    # each sign stands there by its number in Unicode, in hexadecimal digits
    written = r"\61 \22 \7d \3c \2f \73 \74 \79 \6c \65 \3e \3c \62 \3e \a \5c "
    assert f'content: "{written}";' in style
