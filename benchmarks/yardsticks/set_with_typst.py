"""``python set_with_typst.py FOLDER OUTPUT.pdf``: the words of a folder set with Typst.

The folder holds ``words.json``, ``report.typ`` and ``attached/``. As the report: tagged, with what
it carries attached, PDF/UA-1 and PDF/A-3a.
"""

import sys
from pathlib import Path

import typst

folder, output = map(Path, sys.argv[1:])
attached = sorted(each.name for each in (folder / "attached").iterdir())
typst.compile(
    str(folder / "report.typ"),
    output=str(output),
    root=str(folder),
    font_paths=[str(folder / "fonts")],
    sys_inputs={"attached": "\n".join(attached)},
    pdf_standards=["a-3a", "ua-1"],
)
