"""``python set_with_weasyprint.py FOLDER OUTPUT.pdf``: a report's HTML page set with WeasyPrint.

The folder holds ``report.html`` and ``attached/``. Tagged, with what the report carries attached,
PDF/A-3a; PDF/UA-1 at once it does not do.
"""

import sys
from pathlib import Path

from weasyprint import HTML, Attachment

folder, output = map(Path, sys.argv[1:])
attached = [
    Attachment(string=each.read_bytes(), name=each.name, relationship="Supplement")
    for each in sorted((folder / "attached").iterdir())
]
page = HTML(filename=folder / "report.html")
page.write_pdf(output, pdf_variant="pdf/a-3a", attachments=attached)
