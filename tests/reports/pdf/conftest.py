"""Reports rendered once for all tests here, whichever worker asks first."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from norm_engine.reports.pdf.writing import pdf_of
from norm_engine.reports.render import render_pdf
from norm_engine.reports.subject import Kind, Wish
from tests.support.hostile import hostile
from tests.support.plain_document import DESCRIBED, document
from tests.support.report_material import looking_back, subject

ROOT = Path(__file__).parents[3]
Report = Callable[..., Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all workers of a run see."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "rendered"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def report(shared: Path) -> Report:
    """Renders a report on an example audit, or on a hostile one made from it."""

    def rendered(audit: str, kind: Kind, language: str = "fr", *, attacked: bool = False) -> Path:
        file = shared / f"{audit}-{kind}-{language}{'-attacked' * attacked}.pdf"
        with (shared / f"{file.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                read = subject(ROOT / "audits" / audit)
                read = looking_back(hostile(read) if attacked else read)
                file.write_bytes(render_pdf(read, Wish(kind, language)))
        return file

    return rendered


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes blocks as a PDF file; see `tests.support.plain_document` for the options."""

    def write(*blocks, name: str = "written", **options) -> Path:
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(pdf_of(document(*blocks, **options), DESCRIBED, (), None))
        return file

    return write
