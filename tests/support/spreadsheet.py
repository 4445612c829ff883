"""Opens spreadsheets in LibreOffice: a program that shares no code with what writes them."""

import csv
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

_SEPARATED = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
"""Commas, double quotes, UTF-8, cells as they are shown, every sheet in a file of its own."""

Sheets = dict[str, list[list[str]]]
"""The cells of a file by the name of their sheet, row by row."""


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of files (``pdf``, ``ods``, ``xlsx``…), in a new folder in `folder`.

    It starts once for all of them, with a profile of its own there, so that nothing of the user's
    is read or written.
    """
    program = shutil.which("soffice")
    assert program, (
        "these tests need LibreOffice Calc (on Debian: apt-get install libreoffice-calc-nogui)"
    )
    made = folder / kind.partition(":")[0]
    made.mkdir(parents=True)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", kind, "--outdir", str(made)),
        *map(str, files),
    ]
    ran = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=180)
    found = sorted(made.iterdir())
    assert found, f"LibreOffice wrote nothing: {ran.stdout}{ran.stderr}"
    return found


def sheets_as_shown(files: Sequence[Path], folder: Path) -> list[Sheets]:
    """The cells of every sheet as LibreOffice shows them, formulas worked out, file by file.

    No file's name may begin with another's and a hyphen.
    """
    made = converted(files, _SEPARATED, folder)
    return [
        {
            each.stem.removeprefix(f"{file.stem}-"): _cells(each)
            for each in made
            if each.stem.startswith(f"{file.stem}-")
        }
        for file in files
    ]


def _cells(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))
