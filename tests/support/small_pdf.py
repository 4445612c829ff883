"""The smallest PDF that keeps PDF/UA-1 and PDF/A-3a at once: one empty page, written by hand."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

# the identifiers of both standards, and the schema that PDF/A wants of the one it does not know
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
    pdfaid:part="3" pdfaid:conformance="A" pdfuaid:part="1">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Une page vide</rdf:li></rdf:Alt></dc:title>
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>part of the standard</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def small_pdf() -> bytes:
    """The bytes of the file, the same at each call."""
    with pikepdf.new() as pdf:
        # where a field is added later, PDF/UA wants it reached in the order of the tags
        pdf.add_blank_page(page_size=(595, 842)).obj.Tabs = Name.S
        root = pdf.Root
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
        document.P = tree
        root.StructTreeRoot = tree
        root.MarkInfo = Dictionary(Marked=True)
        root.Lang = String("fr-FR")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        root.Metadata = pdf.make_stream(_METADATA.encode(), Type=Name.Metadata, Subtype=Name.XML)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, force_version="1.7", fix_metadata_version=False)
    return written.getvalue()
