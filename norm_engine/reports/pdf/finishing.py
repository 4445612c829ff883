"""Makes accessible, archivable files of pages: structure, metadata, links, outline, attachments.

PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3). Nothing here depends on the day or the machine:
the same pages, structure and files give the same bytes.
"""

import datetime
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from norm_engine.reports.pdf.sheet import Book
from norm_engine.reports.pdf.structure import Annotation, Area, Bookmark, Content, Node, is_empty
from norm_engine.reports.pdf.typesetting import shown
from norm_engine.reports.proof.carried import Attachment

PRODUCER = "Norm Engine"


@dataclass(frozen=True)
class Description:
    """What a file says of itself; `day` stands in place of the time it was made at."""

    title: str
    author: str
    language: str
    day: datetime.date


def finished(
    pages: bytes,
    book: Book,
    bookmarks: Sequence[Bookmark],
    described: Description,
    files: Sequence[Attachment],
) -> bytes:
    """The file made of pages, which are one already, and of all that they lack."""
    pdf = pikepdf.open(io.BytesIO(pages))
    areas = _annotations(pdf, book)
    _structure(pdf, book, areas)
    _outline(pdf, book, bookmarks)
    _describe(pdf, described)
    _attach(pdf, files, described)
    _drop_unused_font(pdf)
    _mend_unicode(pdf)
    made = io.BytesIO()
    pdf.save(
        made,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        # all of it by one library, so that the bytes do not depend on that of the interpreter
        recompress_flate=True,
    )
    return made.getvalue()


def _annotations(pdf: pikepdf.Pdf, book: Book) -> list[list[pikepdf.Dictionary]]:
    """The link annotations of each page."""
    found: list[list[pikepdf.Dictionary]] = []
    for sheet, page in zip(book.sheets, pdf.pages, strict=True):
        made = [pdf.make_indirect(_link(pdf, book, each)) for each in sheet.annotations]
        if made:
            page.obj.Annots = Array(made)
        page.obj.Tabs = Name.S
        found.append(made)
    return found


def _link(pdf: pikepdf.Pdf, book: Book, each: Annotation) -> Dictionary:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(value, 2) for value in each.box]),
        Border=Array([0, 0, 0]),
        F=4,
        Contents=String(each.words or each.target),
    )
    if not each.target.startswith("#"):
        link.A = Dictionary(S=Name.URI, URI=String(each.target))
        return link
    place = book.places.get(each.target[1:])
    if place is not None:
        link.Dest = _destination(pdf, place.page, place.top)
    return link


def _destination(pdf: pikepdf.Pdf, page: int, top: float) -> Array:
    return Array([pdf.pages[page].obj, Name.XYZ, 0, round(top, 2), 0])


class _Tree:
    """Builds the structure tree and, beside it, what leads back from pages to elements."""

    def __init__(self, pdf: pikepdf.Pdf, areas: list[list[pikepdf.Dictionary]]) -> None:
        self.pdf = pdf
        self.areas = areas
        self.pages = [page.obj for page in pdf.pages]
        self.owners: list[dict[int, pikepdf.Object]] = [{} for _ in self.pages]
        self.area_owners: list[tuple[int, pikepdf.Object]] = []

    def element(self, node: Node, parent: pikepdf.Object) -> pikepdf.Object:
        """The structure element of a node, with all below it."""
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"), P=parent)
        )
        _attributes(made, node)
        kids = [
            self._kid(kid, made)
            for kid in node.kids
            if not (isinstance(kid, Node) and is_empty(kid))
        ]
        made.K = Array(kids)
        return made

    def _kid(self, kid: Node | Content | Area, owner: pikepdf.Object) -> pikepdf.Object:
        match kid:
            case Node():
                return self.element(kid, owner)
            case Content(page=page, mark=mark):
                self.owners[page][mark] = owner
                return Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=mark)
            case Area(page=page, number=number):
                area = self.areas[page][number]
                key = len(self.pages) + len(self.area_owners)
                area.StructParent = key
                self.area_owners.append((key, owner))
                return Dictionary(Type=Name.OBJR, Obj=area, Pg=self.pages[page])


def _attributes(made: pikepdf.Object, node: Node) -> None:
    held = node.attributes
    for key, name in (("alt", "/Alt"), ("actual", "/ActualText"), ("language", "/Lang")):
        if held.get(key):
            made[name] = String(str(held[key]))
    owned = []
    if held.get("scope"):
        owned.append(Dictionary(O=Name.Table, Scope=Name(f"/{held['scope']}")))
    if held.get("list"):
        owned.append(Dictionary(O=Name.List, ListNumbering=Name(f"/{held['list']}")))
    box = held.get("box")
    if isinstance(box, tuple):
        corners = Array([round(value, 2) for value in box])
        owned.append(Dictionary(O=Name.Layout, BBox=corners, Placement=Name.Block))
    if owned:
        made.A = owned[0] if len(owned) == 1 else Array(owned)


def _structure(pdf: pikepdf.Pdf, book: Book, areas: list[list[pikepdf.Dictionary]]) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree = _Tree(pdf, areas)
    root.K = Array([tree.element(book.root, root)])
    numbers = Array()
    for index, (page, owners) in enumerate(zip(pdf.pages, tree.owners, strict=True)):
        page.obj.StructParents = index
        listed = Array([owners[mark] for mark in range(len(owners))])
        numbers.append(index)
        numbers.append(pdf.make_indirect(listed))
    for key, owner in tree.area_owners:
        numbers.append(key)
        numbers.append(owner)
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(tree.pages) + len(tree.area_owners)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _outline(pdf: pikepdf.Pdf, book: Book, bookmarks: Sequence[Bookmark]) -> None:
    if not bookmarks:
        return
    with pdf.open_outline() as outline:
        branches = [outline.root]
        for each in bookmarks:
            place = book.places.get(each.anchor)
            if place is None:
                continue
            item = pikepdf.OutlineItem(each.words, _destination(pdf, place.page, place.top))
            item.is_closed = True
            depth = min(each.depth, len(branches) - 1)
            branches[depth].append(item)
            branches[depth + 1 :] = [item.children]
    pdf.Root.PageMode = Name.UseOutlines


@cache
def _profile() -> bytes:
    return Path(__file__).with_name("sRGB.icc").read_bytes()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00+00:00</xmp:CreateDate><xmp:ModifyDate>{day}T00:00:00+00:00</xmp:ModifyDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq>\
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def _describe(pdf: pikepdf.Pdf, described: Description) -> None:
    """Title, language, dates, colours: in the file's catalogue and in its metadata."""
    root = pdf.Root
    root.Lang = String(described.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    profile = pdf.make_stream(_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    root.OutputIntents = Array([pdf.make_indirect(intent)])
    moment = String(_moment(described.day))
    # XML holds no control characters: the library would mend it, and drop more than those
    title, author = (shown(each).replace("\n", " ") for each in (described.title, described.author))
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(author),
            Creator=String(PRODUCER),
            Producer=String(PRODUCER),
            CreationDate=moment,
            ModDate=moment,
        )
    )
    written = _XMP.format(
        title=escape(title),
        author=escape(author),
        language=described.language,
        producer=PRODUCER,
        day=described.day.isoformat(),
    )
    metadata = pdf.make_stream(written.encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata


def _moment(day: datetime.date) -> str:
    return f"D:{day.year:04}{day.month:02}{day.day:02}000000+00'00'"


def _attach(pdf: pikepdf.Pdf, files: Sequence[Attachment], described: Description) -> None:
    names, associated = Array(), Array()
    for each in sorted(files, key=lambda file: file.name):
        stream = pdf.make_stream(each.content)
        stream.Type, stream.Subtype = Name.EmbeddedFile, Name(f"/{each.mime}")
        stream.Params = Dictionary(
            Size=len(each.content),
            ModDate=String(_moment(described.day)),
            # what ISO 32000-1 7.11.4 asks for; it protects against accidents, not against people
            CheckSum=String(hashlib.md5(each.content, usedforsecurity=False).digest()),
        )
        held = Dictionary(
            Type=Name.Filespec,
            F=String(each.name),
            UF=String(each.name),
            Desc=String(each.description),
            AFRelationship=Name(f"/{each.relationship}"),
            EF=Dictionary(F=stream, UF=stream),
        )
        held = pdf.make_indirect(held)
        names.append(String(each.name))
        names.append(held)
        associated.append(held)
    if len(associated):
        pdf.Root.AF = associated
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _drop_unused_font(pdf: pikepdf.Pdf) -> None:
    """The library lists a font on each page that nothing is set in and that is not embedded."""
    for page in pdf.pages:
        fonts = page.obj.Resources.get("/Font", Dictionary())
        for name in list(fonts.keys()):
            if "/FontDescriptor" not in fonts[name] and "/DescendantFonts" not in fonts[name]:
                del fonts[name]


_BEYOND = re.compile(rb"(?<= )<[0-9A-F]{5,6}>")


def _mend_unicode(pdf: pikepdf.Pdf) -> None:
    """The library writes characters beyond U+FFFF as one number where readers expect UTF-16."""
    fonts = {each.objgen: each for page in pdf.pages for each in page.obj.Resources.Font.values()}
    for each in fonts.values():
        written = each.ToUnicode.read_bytes()
        mended = _BEYOND.sub(lambda found: _utf16(int(found[0][1:-1], 16)), written)
        if mended != written:
            each.ToUnicode.write(mended)


def _utf16(code: int) -> bytes:
    return f"<{chr(code).encode('utf-16-be').hex().upper()}>".encode()
